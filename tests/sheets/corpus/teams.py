"""Sheets of volunteer teams and enterprises, and what was done in earlier years, as they are sent."""

from datetime import date
from random import Random

from tests.sheets.corpus.cells import Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, ENTERPRISES, PLACES, Person, mobile, name, people
from tests.sheets.corpus.received import (
    Layout,
    age_of,
    aside,
    committee_of,
    kept,
    made,
    name_of,
    needs_of,
    over,
    phone_of,
    sex_of,
    ticks_of,
)
from tests.sheets.corpus.tables import plain_table


def team_list(dice: Random) -> MadeBook:
    """The members of one enterprise's team; the enterprise and its leader stand above."""
    paper, unit = Paper("报名表"), dice.choice(ENTERPRISES)
    columns = [aside("序号", lambda _p: None), name_of("队员姓名"), sex_of(), age_of("年龄"), aside("政治面貌",
        lambda _p: "党员"),
               phone_of("手机号码"), needs_of("可提供的服务", "、", field="skills"),
               kept("每月可服务次数", capacity_per_month=lambda p: p.capacity),
               aside("服装尺码", lambda _p: dice.choice(("L", "XL", "M")))]  # fmt: skip
    over(paper, len(columns), "“九里 to 行动”志愿服务队报名表")
    paper.line([f"单位名称：{unit}", None, None, f"领队：{name(dice)}", None, f"联系电话：{mobile(dice)}"])
    written = plain_table(paper, dice, columns, people(dice, committee_of(dice), dice.randrange(12, 60), young=True))
    records = [{**record, "enterprise": unit} for record in written.records]
    return made("team_list", [paper], records, "volunteers")


def week_days(dice: Random) -> MadeBook:
    """What volunteers can do and on which days, both in tick columns."""
    paper = Paper("排班")
    columns = [aside("编号", lambda _p: None), name_of("志愿者"), phone_of("联系方式"), kept("所在小区",
        compound=lambda p: p.compound),
               *ticks_of("服务特长", lambda p, c: "√" if c in p.needs else None, field="skills"),
               *(aside(day, lambda _p: dice.choice((None, None, "√")), "可服务时间") for day in ("周一", "周二",
                   "周三", "周四", "周五", "周六", "周日"))]  # fmt: skip
    over(paper, len(columns), "助老志愿者特长及时间排班表")
    written = plain_table(paper, dice, columns, people(dice, committee_of(dice), dice.randrange(20, 60), young=True))
    return made("week_days", [paper], written.records, "volunteers")


def willing_residents(dice: Random) -> MadeBook:
    """Residents who signed up in a mini program: times, consent, skills with words of their own."""
    paper = Paper("Sheet1")
    columns = [aside("提交时间", lambda _p: f"2026/3/{dice.randrange(1, 19)} 10:22"), name_of("您的姓名"),
        sex_of("您的性别"),
               phone_of("您的手机号"), kept("您居住的小区", compound=lambda p: p.compound),
               needs_of("您愿意提供哪些志愿服务（可多选）", dice.choice(("┋", ";", "，")), field="skills"),
               aside("您是否为党员", lambda _p: dice.choice(("是", "否"))), aside("是否同意志愿服务承诺",
               lambda _p: "同意")]  # fmt: skip
    written = plain_table(paper, dice, columns, people(dice, committee_of(dice), dice.randrange(20, 60), young=True))
    return made("willing_residents", [paper], written.records, "volunteers")


def enterprises_two_contacts(dice: Random) -> MadeBook:
    """Enterprises with the legal person, the contact, a number of the licence, what they can do a month."""
    paper, records = Paper("企业名录"), []
    over(paper, 9, "爱心企业（商户）认领服务项目汇总表")
    top = paper.line(
        [
            "序号",
            "企业（商户）名称",
            "统一社会信用代码",
            "法人代表",
            "对接人",
            "对接人电话",
            "认领服务项目",
            "每月可提供数量",
            "备注",
        ]
    )
    for number in range(1, dice.randrange(30, 60)):
        unit, contact, phone = f"{dice.choice('清新净亮暖')}{name(dice)}家政服务部（虚构）", name(dice), mobile(dice)
        skills = sorted(dice.sample(CATEGORIES, dice.choice((1, 2))), key=CATEGORIES.index)
        row = paper.line([number, unit, f"91310000MA{dice.randrange(10**7):07d}X", name(dice), contact, phone,
                          "、".join(skills), dice.randrange(1, 20), None])  # fmt: skip
        records.append({"row": row + 1, "enterprise": unit, "contact_name": contact, "phones": [phone],
            "skills": skills})  # fmt: skip
    return made("enterprises_two_contacts", [paper], records, "enterprises", header_row=top + 1)


def ratings_in_ticks(dice: Random) -> MadeBook:
    """Feedback whose rating is a tick under 非常满意, 满意, 一般, 不满意."""
    paper, records = Paper("满意度"), []
    words = {"非常满意": 5, "满意": 4, "一般": 3, "不满意": 2}
    over(paper, 11, "助老服务满意度调查汇总表")
    first = paper.line(
        [
            "序号",
            "服务时间",
            "老人姓名",
            "联系电话",
            "服务项目",
            "志愿者姓名",
            "满意度（请打√）",
            None,
            None,
            None,
            "意见或建议",
        ]
    )
    second = paper.line([*[None] * 6, *words])
    for place in (0, 1, 2, 3, 4, 5, 10):
        paper.merge(first, place, second, place)
    paper.merge(first, 6, first, 9)
    for number, person in enumerate(people(dice, committee_of(dice), dice.randrange(30, 80)), 1):
        day = date(2026, dice.randrange(1, 4), dice.randrange(1, 28))
        rating, provider = dice.choice(tuple(words)), name(dice)
        row = paper.line([number, day, person.name, person.mobile, person.needs[0], provider,
                          *("√" if word == rating else None for word in words), dice.choice((None,
                              "希望多来"))])  # fmt: skip
        records.append({"row": row + 1, "date": day.isoformat(), "name": person.name, "phones": [person.mobile],
                        "category": person.needs[0], "provider": provider, "rating": words[rating]})  # fmt: skip
    return made("ratings_in_ticks", [paper], records, "feedback")


def follow_up_calls(dice: Random) -> MadeBook:
    """Feedback asked by phone: stars, points, words with points."""
    paper, records = Paper("回访"), []
    forms = dice.choice((("★★★★★", "★★★★☆", "★★★☆☆"), ("5分", "4分", "3分"), ("非常满意（5分）", "满意（4分）",
        "一般（3分）"),
        ("很满意", "满意", "一般")))  # fmt: skip
    paper.line(["电话回访记录表（2026年第一季度）"])
    paper.line(["序号", "服务日期", "服务对象", "家庭住址", "服务内容", "服务人员", "满意程度", "老人意见"])
    for number, person in enumerate(people(dice, committee_of(dice), dice.randrange(30, 80)), 1):
        day, place, provider = date(2026, dice.randrange(1, 4), dice.randrange(1, 28)), dice.randrange(3), name(dice)
        row = paper.line([number, f"{day.year}.{day.month}.{day.day}", person.name,
            f"{person.compound}{person.building}号{person.room}室",
                          person.needs[0], provider, forms[place], None])  # fmt: skip
        records.append({"row": row + 1, "date": day.isoformat(), "name": person.name, "compound": person.compound,
                        "category": person.needs[0], "provider": provider, "rating": 5 - place})  # fmt: skip
    return made("follow_up_calls", [paper], records, "feedback")


def tally_month_sheets(dice: Random) -> MadeBook:
    """A sheet for each month, committees down, services across, the year above."""
    papers, records = [], []
    for month in range(1, dice.randrange(4, 8)):
        paper = Paper(f"{month}月")
        over(paper, 9, "2025年“九里 to 行动”服务量统计")
        paper.line(["序号", "居民区", *(f"{one}次数" for one in CATEGORIES), "小计"])
        for number, committee in enumerate(PLACES, 1):
            figures = [dice.choice((0, dice.randrange(1, 40))) for _ in CATEGORIES]
            row = paper.line([number, committee, *(figure or None for figure in figures), sum(figures)])
            records += [
                {"row": row + 1, "committee": committee, "month": f"2025-{month:02d}", "category": c, "quantity": f}
                for c, f in zip(CATEGORIES, figures, strict=True)
                if f
            ]
        paper.line(["合  计", None, *[1] * 7])
        papers.append(paper)
    return made("tally_month_sheets", papers, records, "tally")


def tally_merged_down(dice: Random) -> MadeBook:
    """Committees merged down over their services, months across, sums to the right and below each."""
    paper, records = Paper("年度汇总"), []
    over(paper, 15, "2025年度各居民区助老服务汇总表（单位：次）")
    paper.line(["居民区", "服务项目", *(f"{month}月" for month in range(1, 13)), "全年合计"])
    for committee in PLACES:
        start = len(paper.rows)
        for category in CATEGORIES:
            figures = [dice.choice((0, dice.randrange(1, 30))) for _ in range(12)]
            row = paper.line([committee if len(paper.rows) == start else None, category,
                *(f or None for f in figures), sum(figures)])  # fmt: skip
            records += [
                {"row": row + 1, "committee": committee, "month": f"2025-{m:02d}", "category": category, "quantity": f}
                for m, f in enumerate(figures, 1)
                if f
            ]
        paper.merge(start, 0, len(paper.rows) - 1, 0)
        paper.line([None, "小计", *[5] * 12, 60])
    return made("tally_merged_down", [paper], records, "tally")


def visit_diary(dice: Random) -> MadeBook:
    """Visits day by day, the day merged down or once, two volunteers in a cell, durations in words."""
    paper, records = Paper("2025年服务记录"), []
    over(paper, 8, f"{committee_of(dice)}志愿服务活动记录")
    paper.line(["日期", "服务对象", "住址", "服务内容", "参与志愿者", "服务时长", "带队干部", "备注"])
    everyone: list[Person] = people(dice, committee_of(dice), dice.randrange(30, 80))
    day = date(2025, 1, 6)
    place = 0
    while place < len(everyone):
        start, here = len(paper.rows), everyone[place : place + dice.randrange(1, 4)]
        for person in here:
            minutes, cadre = dice.choice((30, 60, 90)), name(dice)
            shown: Cell = dice.choice((f"{minutes}分钟", {30: "半小时", 60: "1小时", 90: "1.5小时"}[minutes]))
            helpers = [name(dice) for _ in range(dice.choice((1, 2)))]
            row = paper.line([f"{day.year}年{day.month}月{day.day}日" if person is here[0] else None, person.name,
                              f"{person.compound}{person.building}号{person.room}室", person.needs[0],
                              "、".join(helpers),
                              shown, cadre, None])  # fmt: skip
            record: Record = {"row": row + 1, "date": day.isoformat(), "name": person.name,
                "compound": person.compound,
                              "building": str(person.building), "room": person.room, "category": person.needs[0],
                              "minutes": minutes, "cadre": cadre}  # fmt: skip
            records.append(record)
        paper.merge(start, 0, len(paper.rows) - 1, 0)
        place += len(here)
        day = date.fromordinal(day.toordinal() + dice.randrange(1, 6))
    return made("visit_diary", [paper], records, "visits")


def call_log(dice: Random) -> MadeBook:
    """Calls with the minute, who rang for whom, what was arranged."""
    paper, records = Paper("来电"), []
    over(paper, 8, "服务热线来电登记簿（2025年）")
    paper.line(["序号", "来电时间", "来电号码", "老人姓名", "所属居委", "来电事项", "处理情况", "接电人"])
    for number, person in enumerate(people(dice, committee_of(dice), dice.randrange(30, 80)), 1):
        day, handled = date(2025, dice.randrange(1, 13), dice.randrange(1, 28)), name(dice)
        about, clock = f"预约{person.needs[0]}", f"{dice.randrange(9, 17):02d}:{dice.randrange(60):02d}"
        row = paper.line([number, f"{day.isoformat()} {clock}", person.mobile, person.name,
                          person.committee, about, dice.choice(("已安排", "已转居委", "待回复")),
                          handled])  # fmt: skip
        records.append({"row": row + 1, "date": day.isoformat(), "name": person.name, "phones": [person.mobile],
                        "about": about, "handled_by": handled})  # fmt: skip
    return made("call_log", [paper], records, "calls")


TEAMS: tuple[Layout, ...] = (
    team_list, week_days, willing_residents, enterprises_two_contacts, ratings_in_ticks, follow_up_calls,
    tally_month_sheets, tally_merged_down, visit_diary, call_log,
)  # fmt: skip
