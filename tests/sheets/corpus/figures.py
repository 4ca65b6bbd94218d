"""Layouts of tallies and of lists of places as neighbourhoods and the sub-district keep them."""

from collections.abc import Callable
from random import Random

from tests.sheets.corpus.cells import Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, PLACES, mobile, name
from tests.sheets.corpus.rosters import _made

Layout = Callable[[Random], MadeBook]


def _figure(row: int, committee: str, month: str, category: str, quantity: int) -> Record:
    return {"row": row + 1, "committee": committee, "month": month, "category": category, "quantity": quantity}


def tally_months_over_services(dice: Random) -> MadeBook:
    """Committees down; months over services across, with a sum in each month."""
    paper, records = Paper("汇总"), []
    services = dice.sample(CATEGORIES, 3)
    months = sorted(dice.sample(range(1, 13), 3))
    paper.line(["2025年各居民区助老服务统计（单位：次）"])
    top = paper.line(["居民区"])
    paper.line([None])
    for index, month in enumerate(months):
        left = 1 + 4 * index
        paper.put(top, left, f"{month}月")
        paper.merge(top, left, top, left + 3)
        for offset, word in enumerate((*services, "小计")):
            paper.put(top + 1, left + offset, word)
    paper.merge(top, 0, top + 1, 0)
    for committee in PLACES:
        cells: list[Cell] = [committee]
        row = len(paper.rows)
        for month in months:
            figures = [dice.choice((0, dice.randrange(1, 30))) for _ in services]
            cells += [*(figure or None for figure in figures), sum(figures)]
            records += [_figure(row, committee, f"2025-{month:02d}", service, figure)
                        for service, figure in zip(services, figures, strict=True) if figure]  # fmt: skip
        paper.line(cells)
    paper.line(["合计", *[5] * (4 * len(months))])
    return _made("tally_months_over_services", "tally", [paper], records)


def tally_a_sheet_a_month(dice: Random) -> MadeBook:
    """A sheet for each month: services down, committees across."""
    papers, records = [], []
    for month in sorted(dice.sample(range(1, 13), 3)):
        paper = Paper(f"{month}月")
        paper.line([f"2025年{month}月份服务统计表"])
        paper.line(["服务项目", *PLACES, "合计"])
        for category in CATEGORIES:
            figures = [dice.choice((0, dice.randrange(1, 30))) for _ in PLACES]
            row = paper.line([category, *(figure or "-" for figure in figures), sum(figures)])
            records += [{**_figure(row, committee, f"2025-{month:02d}", category, figure)}
                        for committee, figure in zip(PLACES, figures, strict=True) if figure]  # fmt: skip
        paper.line(["总计", 1, 2, 3, 4, 10])
        papers.append(paper)
    return _made("tally_a_sheet_a_month", "tally", papers, records)


def tally_merged_committee(dice: Random) -> MadeBook:
    """The committee merged over its months, a sum under each, units written behind the figures."""
    paper, records = Paper("月报"), []
    paper.line(["助老服务月报汇总"])
    services = CATEGORIES[:4]
    paper.line(["居委", "月份", *services, "合计"])
    with_unit = dice.random() < 0.5
    for committee in PLACES:
        start = len(paper.rows)
        for month in range(1, 5):
            figures = [dice.choice((0, dice.randrange(1, 30))) for _ in services]
            shown = [f"{figure}次" if with_unit and figure else figure or None for figure in figures]
            row = paper.line([committee if month == 1 else None, f"2025.{month}", *shown, sum(figures)])
            records += [_figure(row, committee, f"2025-{month:02d}", service, figure)
                        for service, figure in zip(services, figures, strict=True) if figure]  # fmt: skip
        paper.merge(start, 0, len(paper.rows) - 1, 0)
        paper.line(["小计", None, 1, 2, 3, 4])
    paper.line(["总计", None, 4, 8, 12, 16])
    return _made("tally_merged_committee", "tally", [paper], records)


def tally_of_people_and_times(dice: Random) -> MadeBook:
    """People and times of each service under two levels, one committee, months down."""
    paper, records = Paper("统计"), []
    services = dice.sample(CATEGORIES, 3)
    paper.line(["填报单位：桂溪居民区", None, None, "统计年度：2025年"])
    top = paper.line(["月份"])
    paper.line([None])
    for index, service in enumerate(services):
        paper.put(top, 1 + 2 * index, service)
        paper.merge(top, 1 + 2 * index, top, 2 + 2 * index)
        paper.put(top + 1, 1 + 2 * index, "次数")
        paper.put(top + 1, 2 + 2 * index, "人数")
    for month in range(1, 13):
        cells: list[Cell] = [f"{month}月"]
        row = len(paper.rows)
        for service in services:
            times, heads = dice.randrange(1, 30), dice.randrange(1, 30)
            cells += [times, heads]
            one = _figure(row, "桂溪居民区", f"2025-{month:02d}", service, times)
            records += [{**one, "measure": None}, {**one, "quantity": heads, "measure": "people"}]
        paper.line(cells)
    return _made("tally_of_people_and_times", "tally", [paper], records)


def committees_with_cadres(dice: Random) -> MadeBook:
    """Committees with secretary, director and their phones, all compounds in one cell."""
    paper, records = Paper("居委名册"), []
    paper.line(["九里街道居民区通讯录"])
    top = paper.line(["序号", "居民区", "居委会地址", "书记", None, "所辖小区"])
    paper.line([None, None, None, "姓名", "手机", None])
    paper.merge(top, 3, top, 4)
    for column in (0, 1, 2, 5):
        paper.merge(top, column, top + 1, column)
    sign = dice.choice(("、", "，", "\n"))
    for number in range(1, dice.randrange(20, 30)):
        committee, phone, cadre = f"{name(dice)}{number}居民区", mobile(dice), name(dice)
        compounds = [
            f"{name(dice)}{dice.choice(('苑', '新村', '公寓', '家园'))}" for _ in range(dice.choice((1, 2, 3)))
        ]
        row = paper.line([number, committee, f"涞坊路{number}0号", cadre, phone, sign.join(compounds)])
        records += [
            {"row": row + 1, "committee": committee, "compound": compound, "contact_name": cadre, "cadre_phone": phone}
            for compound in compounds
        ]
    return _made("committees_with_cadres", "places", [paper], records)


def compounds_with_other_names(dice: Random) -> MadeBook:
    """Compounds with the name people use, the cadre in charge and the committee merged down."""
    paper, records = Paper("小区基本情况"), []
    paper.line(["辖区小区基本情况表"])
    paper.line(["居委会", "小区名称", "俗称/曾用名", "小区地址", "户数", "联系干部", "干部电话", "备注"])
    sign = dice.choice(("、", "/", "，"))
    for number in range(1, dice.randrange(6, 12)):
        committee, start = f"{name(dice)}{number}居委会", len(paper.rows)
        for index in range(dice.randrange(1, 6)):
            compound, cadre, phone = (
                f"{name(dice)}{number}{dice.choice(('苑', '新村', '里'))}",
                name(dice),
                mobile(dice),
            )
            aliases = [
                f"{word}{number}{index}"
                for word in dice.sample(("老供销社", "三号地块", "电厂宿舍"), dice.choice((0, 1, 2)))
            ]
            row = paper.line(
                [
                    committee if not index else None,
                    compound,
                    sign.join(aliases) or None,
                    f"涞坊路{number}{index}0弄",
                    dice.randrange(100, 900),
                    cadre,
                    phone,
                    None,
                ]
            )
            records.append(
                {
                    "row": row + 1,
                    "committee": committee,
                    "compound": compound,
                    "aliases": sign.join(aliases) or None,
                    "households": str(paper.rows[row][4]),
                    "contact_name": cadre,
                    "cadre_phone": phone,
                }
            )
        paper.merge(start, 0, len(paper.rows) - 1, 0)
    return _made("compounds_with_other_names", "places", [paper], records)


def compounds_across(dice: Random) -> MadeBook:
    """A committee a row, its compounds in numbered columns."""
    paper, records = Paper("Sheet1"), []
    paper.line(["社区居委会", "联系人", "联系电话", "小区1", "小区2", "小区3"])
    for number in range(1, dice.randrange(20, 30)):
        committee, phone, cadre = f"{name(dice)}{number}居委会", mobile(dice), name(dice)
        compounds = [
            f"{name(dice)}{number}{dice.choice(('苑', '新村', '公寓'))}" for _ in range(dice.choice((1, 2, 3)))
        ]
        row = paper.line([committee, cadre, phone, *compounds])
        records += [
            {"row": row + 1, "committee": committee, "compound": compound, "contact_name": cadre, "phones": [phone]}
            for compound in compounds
        ]
    return _made("compounds_across", "places", [paper], records)


FIGURES: tuple[Layout, ...] = (
    tally_months_over_services, tally_a_sheet_a_month, tally_merged_committee, tally_of_people_and_times,
    committees_with_cadres, compounds_with_other_names, compounds_across,
)  # fmt: skip
