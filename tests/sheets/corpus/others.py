"""Layouts of the other kinds: volunteers, enterprises, places, tallies, feedback, visits, calls."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from tests.sheets.corpus import cells
from tests.sheets.corpus.cells import Column, Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, ENTERPRISES, PLACES, Person, mobile, name, people
from tests.sheets.corpus.tables import above, data_row, header, numbered, plain_table, serial

Layout = Callable[[Random], MadeBook]

UNITS = {"陪伴聊天": "次", "居家清洁": "户", "理发": "人次", "清洗空调": "台", "清洗油烟机": "台", "代买代办": "次"}


def _made(layout: str, kind: str, paper: Paper, records: list[Record], header_row: int = 0, **more: Any) -> MadeBook:
    truth: dict[str, Any] = {"kind": kind, "sheet": paper.name, "records": records, "refused": [], **more}
    if header_row:
        truth["header_row"] = header_row
    return MadeBook(layout=layout, seed=0, papers=[paper], truth=truth)


def _set(field: str, value: Callable[[Person], Any]) -> cells.Render:
    def render(_dice: Random, person: Person, record: Record) -> Cell:
        record[field] = value(person)
        written: Cell = record[field]
        return written

    return render


def _capacity(dice: Random) -> Column:
    forms = dice.choice((("{}",), ("{}次",), ("{}", "{}次", "每月{}次")))

    def render(dice: Random, person: Person, record: Record) -> Cell:
        record["capacity_per_month"] = person.capacity
        form = dice.choice(forms)
        return person.capacity if form == "{}" else form.format(person.capacity)

    return cells.column(dice, "每月次数 每月可服务次数 每月服务次数 可服务次数", render)


def _expires(dice: Random) -> Column:
    def render(dice: Random, person: Person, record: Record) -> Cell:
        if person.certificate is None:
            record["certificate_expires"] = None
            return None
        record["certificate_expires"] = person.expires.isoformat()
        return dice.choice((person.expires, person.expires.isoformat(), person.expires.strftime("%Y/%m/%d")))

    return cells.column(dice, "证书有效期 有效期至 证书到期日", render)


def _volunteer_columns(dice: Random) -> list[Column]:
    columns = [cells.name_column(dice, "姓名 志愿者姓名"), cells.sex_column(dice), cells.phone_column(dice)]
    if dice.random() < 0.4:
        columns.append(cells.identity_column(dice, damaged=0.02))
    columns.append(Column(header=dice.choice(("居住小区", "小区")), render=_set("compound", lambda p: p.compound)))
    columns.append(cells.needs_column(dice, "服务意向 可提供服务 服务技能 特长 服务项目", field="skills"))
    if dice.random() < 0.6:
        columns.append(
            Column(header="可服务时间", render=_set("available_times", lambda p: "周三下午" if p.male else "周末"))
        )
    columns.append(_capacity(dice))
    if dice.random() < 0.5:
        columns.append(Column(header="证书名称", render=_set("certificate", lambda p: p.certificate)))
        columns.append(_expires(dice))
    return columns


def volunteers_by_unit(dice: Random) -> MadeBook:
    """Volunteers with their unit merged down, or standing only at the first of each group."""
    paper, columns = Paper("志愿者"), _volunteer_columns(dice)
    merged = dice.random() < 0.6
    above(paper, dice, "", width=len(columns) + 1, title="志愿者登记表", facts=False)
    top = paper.line([dice.choice(("所属单位", "单位", "单位名称")), *(column.header for column in columns)])
    records = []
    for unit in ("个人", *dice.sample(ENTERPRISES, 2)):
        start = len(paper.rows)
        for index, person in enumerate(people(dice, "金丰居民区", dice.randrange(3, 9), young=True)):
            record, row = data_row(paper, dice, columns, person, left=1)
            record["enterprise"] = None if unit == "个人" else unit
            paper.put(row, 0, unit if index == 0 else None)
            records.append(record)
        if merged:
            paper.merge(start, 0, len(paper.rows) - 1, 0)
    return _made("volunteers_by_unit", "volunteers", paper, records, top + 1)


def volunteers_plain(dice: Random) -> MadeBook:
    """One volunteer a row, the unit in each."""
    paper, columns = Paper("Sheet1"), [serial(), *_volunteer_columns(dice)]
    above(paper, dice, "", width=len(columns), title="“九里 to 行动”志愿者招募登记表", facts=False)
    written = plain_table(paper, dice, columns, people(dice, "桂溪居民区", dice.randrange(6, 40), young=True))
    return _made("volunteers_plain", "volunteers", paper, written.records, written.header_row)


def volunteers_with_skill_ticks(dice: Random) -> MadeBook:
    """Skills as tick columns under a group."""
    paper = Paper("志愿者名单")
    columns = [serial(), cells.name_column(dice, "姓名"), cells.phone_column(dice),
               *cells.tick_columns(dice, group=dice.choice(("服务意向", "可提供服务")), field="skills"),
               _capacity(dice)]  # fmt: skip
    above(paper, dice, "", width=len(columns), title="志愿者服务意向统计", facts=False)
    written = plain_table(paper, dice, columns, people(dice, "桂溪居民区", dice.randrange(6, 30), young=True))
    return _made("volunteers_with_skill_ticks", "volunteers", paper, written.records, written.header_row)


def enterprises(dice: Random) -> MadeBook:
    """Enterprises with a person to ask for."""
    paper = Paper("爱心企业")
    records: list[Record] = []
    top = paper.line(["序号", dice.choice(("企业名称", "单位名称", "爱心企业")), "联系人", "联系电话",
                      dice.choice(("服务项目", "服务内容", "可提供服务")), "资质证书", "地址"])  # fmt: skip
    for number, unit in enumerate(dice.sample(ENTERPRISES, dice.randrange(2, 5)), 1):
        skills = dice.sample(CATEGORIES, 2)
        phone, contact = mobile(dice), name(dice)
        row = paper.line(
            [number, unit, contact, phone, "、".join(skills), "空调清洗资质" if number % 2 else None, "九亭大街12号"]
        )
        records.append(
            {
                "row": row + 1,
                "enterprise": unit,
                "contact_name": contact,
                "phones": [phone],
                "skills": skills,
                "certificate": "空调清洗资质" if number % 2 else None,
            }
        )
    return _made("enterprises", "enterprises", paper, records, top + 1)


def places(dice: Random) -> MadeBook:
    """Committees with their compounds, the committee merged down or repeated."""
    paper, records = Paper("小区名册"), []
    merged = dice.random() < 0.5
    paper.line(["街道小区一览表"])
    top = paper.line([dice.choice(("居委会", "居民区", "社区")), dice.choice(("小区名称", "小区")), "地址", "总户数"])
    for committee, compounds in PLACES.items():
        start = len(paper.rows)
        for index, compound in enumerate(compounds):
            row = paper.line([committee if index == 0 or not merged else None, compound, f"涞坊路{index + 3}0弄", 300])
            records.append({"row": row + 1, "committee": committee, "compound": compound})
        if merged:
            paper.merge(start, 0, len(paper.rows) - 1, 0)
    return _made("places", "places", paper, records, top + 1)


def _nothing(dice: Random, marks: tuple[str | int | None, ...]) -> Cell:
    return dice.choice(marks)


def tally_months_by_service(dice: Random) -> MadeBook:
    """Months down, services across, one table for each committee."""
    paper, records = Paper("汇总"), []
    year, marks = dice.choice((2024, 2025)), dice.choice(((None,), (None, 0, "--", "/"), (0,)))
    units = dice.random() < 0.6
    month_form = dice.choice(("{}月份", "{}月", "{}"))
    for committee in dice.sample(tuple(PLACES), dice.choice((1, 2))):
        if paper.rows:
            paper.skip(2)
        row = paper.line([f"{committee}{year}年志愿服务统计汇总表"])
        paper.merge(row, 0, row, 8)
        top = paper.line(["月份", "服务项目（次数）", None, None, None, None, None, "合计", "备注"])
        paper.line([None, *(f"{c}（{UNITS[c]}）" if units else c for c in CATEGORIES), None, None])
        paper.merge(top, 1, top, 6)
        for column in (0, 7, 8):
            paper.merge(top, column, top + 1, column)
        for month in range(1, 13):
            figures = [dice.randrange(1, 40) if dice.random() < 0.5 else 0 for _ in CATEGORIES]
            shown: list[Cell] = [figure or _nothing(dice, marks) for figure in figures]
            label: Cell = month if month_form == "{}" else month_form.format(month)
            row = paper.line([label, *shown, sum(figures)])
            records += [
                {"row": row + 1, "committee": committee, "month": f"{year}-{month:02d}", "category": c, "quantity": f}
                for c, f in zip(CATEGORIES, figures, strict=True)
                if f
            ]
        paper.line(["合计"])
    return _made("tally_months_by_service", "tally", paper, records)


def tally_committees_by_service(dice: Random) -> MadeBook:
    """Committees down, services across, the month in the title."""
    paper, records = Paper("Sheet1"), []
    year, month = 2025, dice.randrange(1, 13)
    row = paper.line([f"{year}年{month}月助老服务情况统计表"])
    paper.merge(row, 0, row, 8)
    paper.line(["序号", dice.choice(("居委", "居民区", "社区")), *CATEGORIES, "合计"])
    for number, committee in enumerate(PLACES, 1):
        figures = [dice.choice((0, dice.randrange(1, 40))) for _ in CATEGORIES]
        row = paper.line([number, committee, *(figure or None for figure in figures), sum(figures)])
        records += [
            {"row": row + 1, "committee": committee, "month": f"{year}-{month:02d}", "category": c, "quantity": f}
            for c, f in zip(CATEGORIES, figures, strict=True)
            if f
        ]
    paper.line(["合计", None, *(1 for _ in CATEGORIES)])
    return _made("tally_committees_by_service", "tally", paper, records)


def tally_services_by_month(dice: Random) -> MadeBook:
    """Services down, months across."""
    paper, records = Paper("统计"), []
    year, committee = 2025, dice.choice(tuple(PLACES))
    paper.line([f"{committee}{year}年服务统计表"])
    paper.line([dice.choice(("服务项目", "项目")), *(f"{month}月" for month in range(1, 13)), "合计"])
    for category in CATEGORIES:
        figures = [dice.choice((0, dice.randrange(1, 30))) for _ in range(12)]
        row = paper.line([category, *(figure or None for figure in figures), sum(figures)])
        records += [
            {"row": row + 1, "committee": committee, "month": f"{year}-{m:02d}", "category": category, "quantity": f}
            for m, f in enumerate(figures, 1)
            if f
        ]
    return _made("tally_services_by_month", "tally", paper, records)


def tally_long(dice: Random) -> MadeBook:
    """One figure a row: month, committee, service, quantity."""
    paper, records = Paper("明细"), []
    paper.line(["2025年服务量统计"])
    paper.line(["序号", "月份", dice.choice(("居委", "居民区")), "服务项目", dice.choice(("数量", "服务次数", "次数"))])
    for number in range(1, dice.randrange(8, 30)):
        month, committee, category = dice.randrange(1, 13), dice.choice(tuple(PLACES)), dice.choice(CATEGORIES)
        figure = dice.randrange(1, 50)
        row = paper.line([number, f"2025年{month}月", committee, category, figure])
        records.append(
            {
                "row": row + 1,
                "committee": committee,
                "month": f"2025-{month:02d}",
                "category": category,
                "quantity": figure,
            }
        )
    return _made("tally_long", "tally", paper, records)


def feedback(dice: Random) -> MadeBook:
    """The feedback sheet that a committee filled in."""
    paper, records = Paper("反馈"), []
    ratings: tuple[str | int, ...] = dice.choice(
        (("非常满意", "满意", "一般", "不满意"), ("5", "4", "3", "2"), (5, 4, 3, 2))
    )
    meant = {str(word): value for word, value in zip(ratings, (5, 4, 3, 2), strict=True)}
    paper.line(["助老服务意见反馈表"])
    top = paper.line(["序号", "日期", "老人姓名", "联系电话", "服务项目", "志愿者",
                      dice.choice(("满意度", "满意程度", "总体评价")),
                      dice.choice(("意见建议", "意见与建议"))])  # fmt: skip
    for number, person in enumerate(people(dice, "金丰居民区", dice.randrange(5, 25)), 1):
        day = date(2026, dice.randrange(1, 4), dice.randrange(1, 28))
        rating, provider = dice.choice(ratings), name(dice)
        row = paper.line([number, day.isoformat(), person.name, person.mobile, person.needs[0], provider, rating,
                          dice.choice((None, "很好", "来晚了"))])  # fmt: skip
        records.append(
            {
                "row": row + 1,
                "date": day.isoformat(),
                "name": person.name,
                "phones": [person.mobile],
                "category": person.needs[0],
                "provider": provider,
                "rating": meant[str(rating)],
            }
        )
    return _made("feedback", "feedback", paper, records, top + 1)


def visits(dice: Random) -> MadeBook:
    """A register of visits of an earlier year."""
    paper, records = Paper("服务台账"), []
    paper.line(["2025年上门服务台账"])
    form = dice.choice(("%Y-%m-%d", "%Y/%m/%d", "short", "real"))
    top = paper.line(["序号", dice.choice(("服务日期", "日期", "上门日期")), "服务对象", "居住地址", "服务项目",
                      dice.choice(("志愿者", "服务人员")), "数量", "服务时长（分钟）", "居委干部"])  # fmt: skip
    for number, person in enumerate(people(dice, "桂溪居民区", dice.randrange(5, 25)), 1):
        day, provider, cadre = date(2025, dice.randrange(1, 13), dice.randrange(1, 28)), name(dice), name(dice)
        quantity, minutes = dice.randrange(1, 4), dice.choice((30, 60, 90))
        shown: Cell = day if form == "real" else f"{day.month}月{day.day}日" if form == "short" else day.strftime(form)
        row = paper.line([number, shown, person.name, f"{person.compound}{person.building}号{person.room}室",
                          person.needs[0], provider, quantity, minutes, cadre])  # fmt: skip
        records.append(
            {
                "row": row + 1,
                "date": day.isoformat(),
                "name": person.name,
                "compound": person.compound,
                "building": str(person.building),
                "room": person.room,
                "category": person.needs[0],
                "provider": provider,
                "quantity": quantity,
                "minutes": minutes,
                "cadre": cadre,
            }
        )
    return _made("visits", "visits", paper, records, top + 1)


def calls(dice: Random) -> MadeBook:
    """A register of calls."""
    paper, records = Paper("来电登记"), []
    paper.line(["电话来电登记表"])
    top = paper.line(["序号", dice.choice(("来电日期", "日期")), "姓名", "联系电话",
                      dice.choice(("来电内容", "诉求内容", "来电事由")),
                      dice.choice(("处理结果", "处理情况")), dice.choice(("接听人", "记录人"))])  # fmt: skip
    for number, person in enumerate(people(dice, "知雅居委会", dice.randrange(5, 25)), 1):
        day, handled = date(2025, dice.randrange(1, 13), dice.randrange(1, 28)), name(dice)
        about = dice.choice(("想约理发", "空调不冷，想清洗", "问服务卡怎么办"))
        row = paper.line([number, day, person.name, person.mobile, about, dice.choice(("已预约", "已答复")), handled])
        records.append(
            {
                "row": row + 1,
                "date": day.isoformat(),
                "name": person.name,
                "phones": [person.mobile],
                "about": about,
                "handled_by": handled,
            }
        )
    return _made("calls", "calls", paper, records, top + 1)


def elders_beside_volunteers(dice: Random) -> MadeBook:
    """Two tables of different kinds side by side, a blank column between."""
    paper = Paper("Sheet1")
    left = [serial(), cells.name_column(dice, "老人姓名"), cells.phone_column(dice), cells.needs_column(dice)]
    right = [
        cells.name_column(dice, "志愿者姓名"),
        Column(header="联系电话", render=cells.phone_column(dice, wrong=0).render),
    ]
    top = header(paper, left)
    paper.line([column.header for column in right], left=len(left) + 1, row=top)
    elders = people(dice, "桂溪居民区", dice.randrange(6, 15))
    records = []
    for number, person in enumerate(elders, 1):
        record, row = data_row(paper, dice, left, person)
        numbered(paper, row, 0, number, left)
        records.append(record)
    for offset, person in enumerate(people(dice, "桂溪居民区", dice.randrange(4, 10), young=True)):
        record, _ = data_row(paper, dice, right, person, left=len(left) + 1, row=top + 1 + offset)
        records.append(record)
    book = _made("elders_beside_volunteers", "survey", paper, records, top + 1)
    book.truth["also"] = "volunteers"
    return book


OTHERS: tuple[Layout, ...] = (
    volunteers_by_unit, volunteers_plain, volunteers_with_skill_ticks, enterprises, places, tally_months_by_service,
    tally_committees_by_service, tally_services_by_month, tally_long, feedback, visits, calls, elders_beside_volunteers,
)  # fmt: skip
