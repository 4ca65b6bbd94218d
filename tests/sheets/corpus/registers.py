"""Layouts of registers as neighbourhoods keep them: visits, calls, feedback sheets."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.sheets.corpus.cells import Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, OTHER_WORDS, PLACES, Person, name, people
from tests.sheets.corpus.rosters import _made

Layout = Callable[[Random], MadeBook]
_LASTING: tuple[tuple[Cell, int], ...] = (
    ("1.5小时", 90), ("90分钟", 90), ("1小时30分", 90), ("一个半小时", 90), ("半小时", 30), ("2小时", 120),
    ("40分", 40), ("1个小时", 60),
)  # fmt: skip


def _elders(dice: Random, fewest: int = 20, most: int = 60) -> list[Person]:
    return people(dice, dice.choice(tuple(PLACES)), dice.randrange(fewest, most))


def _day(dice: Random, year: int = 2025) -> date:
    return date(year, 1, 1) + timedelta(days=dice.randrange(365))


def _home(one: Person) -> Record:
    return {"compound": one.compound, "building": str(one.building), "room": one.room}


def visits_from_to(dice: Random) -> MadeBook:
    """Visits with times from and to, several volunteers in a cell, the outcome in words."""
    paper, records = Paper("上门台账"), []
    paper.merge(paper.line(["2024年度居家上门服务工作台账"]), 0, 0, 9)
    paper.line(
        [
            "序号",
            "服务日期",
            "服务时间",
            "服务对象\n姓名",
            "住址",
            "服务内容",
            "服务志愿者",
            "陪同干部",
            "完成情况",
            "备注",
        ]
    )
    form = dice.choice(("%Y.%m.%d", "%Y年%m月%d日", "real"))
    for number, one in enumerate(_elders(dice), 1):
        day, hour = _day(dice, 2024), dice.choice((9, 13, 14))
        time = dice.choice((f"{hour}:00-{hour + 1}:30", f"{hour}：30—{hour + 2}：00"))
        went, cadre = "、".join(name(dice) for _ in range(dice.choice((1, 2, 3)))), name(dice)
        row = paper.line([number, day if form == "real" else day.strftime(form), time, one.name,
                          f"{one.compound}{one.building}号{one.room}室", one.needs[0], went, cadre,
                          dice.choice(("已完成", "老人不在家", "完成")), None])  # fmt: skip
        records.append({"row": row + 1, "date": day.isoformat(), "time": time, "name": one.name, **_home(one),
                        "category": one.needs[0], "provider": went, "cadre": cadre,
                        "result": paper.rows[row][8]})  # fmt: skip
    return _made("visits_from_to", "visits", [paper], records)


def visits_by_day(dice: Random) -> MadeBook:
    """The day merged over its visits, how long in words, a sum under each day."""
    paper, records = Paper("Sheet1"), []
    paper.line(["服务记录"])
    paper.line(["日期", "老人姓名", "联系电话", "服务项目", "数量", "服务时长", "志愿者姓名", "服务对象签名"])
    everyone = iter(_elders(dice, 60, 61))
    for _ in range(dice.randrange(8, 12)):
        day, start = _day(dice), len(paper.rows)
        count = dice.randrange(1, 5)
        for index in range(count):
            one, (words, minutes), went = next(everyone), dice.choice(_LASTING), name(dice)
            row = paper.line([day.isoformat() if not index else None, one.name, one.mobile,
                              dice.choice((one.needs[0], *OTHER_WORDS[one.needs[0]])), dice.choice((1, 2)), words, went,
                              None])  # fmt: skip
            records.append({"row": row + 1, "date": day.isoformat(), "name": one.name, "phones": [one.mobile],
                            "category": one.needs[0], "quantity": paper.rows[row][4], "minutes": minutes,
                            "provider": went})  # fmt: skip
        paper.merge(start, 0, len(paper.rows) - 1, 0)
        if count > 1:
            paper.line([None, "小计", None, f"{count}户"])
    return _made("visits_by_day", "visits", [paper], records)


def visits_in_months(dice: Random) -> MadeBook:
    """A line for each month over its visits, days as 3.15 or 3月15日, the year in the title."""
    paper, records = Paper("台账"), []
    paper.line(["金丰居民区2024年助老上门服务登记册"])
    paper.line(["", "日期", "姓名", "门牌", "服务类型", "上门人员", "用时（分钟）", "满意度"])
    everyone = iter(people(dice, "金丰居民区", 60))
    form = dice.choice(("{}.{}", "{}月{}日", "{}/{}"))
    for month in sorted(dice.sample(range(1, 13), 4)):
        paper.line([f"{month}月份"])
        for number in range(1, dice.randrange(4, 9)):
            one, day, went = next(everyone), dice.randrange(1, 29), name(dice)
            minutes, (rating, meant) = dice.choice((30, 45, 60)), dice.choice((("满意", 4), ("很满意", 5)))
            row = paper.line([number, form.format(month, day), one.name, f"{one.compound}{one.building}/{one.room}",
                              one.needs[0], went, minutes, rating])  # fmt: skip
            records.append(
                {
                    "row": row + 1,
                    "date": f"2024-{month:02d}-{day:02d}",
                    "name": one.name,
                    **_home(one),
                    "category": one.needs[0],
                    "provider": went,
                    "minutes": minutes,
                    "rating": meant,
                }
            )
    return _made("visits_in_months", "visits", [paper], records)


def elders_of_one_visit(dice: Random) -> MadeBook:
    """One line a round: the elders who were served in one cell."""
    paper, records = Paper("理发日"), []
    paper.line(["便民理发日服务登记"])
    paper.line(["服务日期", "服务地点", "服务项目", "服务对象", "志愿者"])
    everyone = iter(_elders(dice, 60, 61))
    for _ in range(dice.randrange(8, 15)):
        day, went = _day(dice), name(dice)
        elders = [next(everyone).name for _ in range(dice.choice((1, 2, 3)))]
        row = paper.line([day.isoformat(), "居委活动室", "理发", "、".join(elders), went])
        records += [
            {"row": row + 1, "date": day.isoformat(), "name": elder, "category": "理发", "provider": went}
            for elder in elders
        ]
    return _made("elders_of_one_visit", "visits", [paper], records)


def calls_for_elders(dice: Random) -> MadeBook:
    """Calls with day and time in one cell, who rang for whom, what was done."""
    paper, records = Paper("来电登记本"), []
    paper.line(["为老服务热线来电登记本"])
    paper.line(
        [
            "来电时间",
            "来电人",
            "与老人关系",
            "来电号码",
            "老人姓名",
            "居住小区",
            "诉求内容",
            "是否办结",
            "处理结果",
            "接电人",
        ]
    )
    for one in _elders(dice):
        day, clock = _day(dice), f"{dice.randrange(8, 17)}:{dice.randrange(60):02d}"
        caller = dice.choice((one.name, name(dice)))
        about = dice.choice(("预约上门理发", "想请人陪老人看病", "空调清洗什么时候来", "投诉志愿者迟到"))
        result, taker = dice.choice(("已预约3月10日", "已答复", "转居委处理", "电话未接通")), name(dice)
        row = paper.line([f"{day.year}-{day.month}-{day.day} {clock}", caller,
                          "本人" if caller == one.name else "女儿", one.mobile, one.name, one.compound, about,
                          dice.choice(("是", "否")), result, taker])  # fmt: skip
        records.append({"row": row + 1, "date": day.isoformat(), "name": one.name, "phones": [one.mobile],
                        "compound": one.compound, "about": about, "result": result, "handled_by": taker})  # fmt: skip
    return _made("calls_for_elders", "calls", [paper], records)


def calls_day_and_hour(dice: Random) -> MadeBook:
    """Calls with the day and the hour in two columns, hidden rows, a note at the foot."""
    paper, records = Paper("电话记录"), []
    paper.line(["电话记录表", None, None, "部门：九里志愿服务中心"])
    paper.skip()
    paper.line(["编号", "日期", "时间", "来电人姓名", "电话号码", "事由", "答复情况", "受理人", "备注"])
    for number, one in enumerate(_elders(dice), 1):
        day, taker = _day(dice), name(dice)
        time = dice.choice(("上午9点", "下午2:30", "10:15", "15点"))
        about = dice.choice(("咨询服务卡怎么用", "要求清洗油烟机", "询问下次上门日期"))
        row = paper.line([number, day, time, one.name, dice.choice((one.mobile, one.landline)), about,
                          dice.choice(("已解释", "已登记")), taker, None])  # fmt: skip
        records.append({"row": row + 1, "date": day.isoformat(), "time": time, "name": one.name,
                        "phones": [paper.rows[row][4]], "about": about, "result": paper.rows[row][6],
                        "handled_by": taker})  # fmt: skip
    paper.line(["注：本表每月底交街道存档"])
    return _made("calls_day_and_hour", "calls", [paper], records)


def _fed_back(row: int, one: Person, day: date, went: str) -> Record:
    return {"row": row + 1, "date": day.isoformat(), "name": one.name, "category": one.needs[0], "provider": went}


def scores_in_stars(dice: Random) -> MadeBook:
    """Feedback with form numbers and four scores under a group, as stars, digits or points."""
    paper, records = Paper("意见反馈汇总"), []
    paper.merge(paper.line(["服务意见反馈表回收汇总"]), 0, 0, 9)
    top = paper.line(["表单编号", "服务日期", "老人姓名", "服务项目", "服务人员", "评价", None, None, None, "其他意见"])
    paper.line([None, None, None, None, None, "守时", "态度", "质量", "总体", None])
    paper.merge(top, 5, top, 8)
    for column in (0, 1, 2, 3, 4, 9):
        paper.merge(top, column, top + 1, column)
    style = dice.choice(("stars", "points", "hollow", "digits"))
    shown = {"stars": lambda n: "★" * n, "points": lambda n: f"{n}分", "hollow": lambda n: "★" * n + "☆" * (5 - n),
             "digits": lambda n: n}[style]  # fmt: skip
    for number, one in enumerate(_elders(dice), 1):
        day, went = _day(dice), name(dice)
        scores = [dice.choice((5, 5, 4, 3)) for _ in range(4)]
        row = paper.line([f"JLT2025{number:05d}", day.isoformat(), one.name, one.needs[0], went, *map(shown, scores),
                          dice.choice((None, "很好"))])  # fmt: skip
        records.append({**_fed_back(row, one, day, went), "form_number": f"JLT2025{number:05d}",
                        "punctual_rating": scores[0], "manner_rating": scores[1], "work_rating": scores[2],
                        "rating": scores[3], "comment": paper.rows[row][9]})  # fmt: skip
    return _made("scores_in_stars", "feedback", [paper], records)


def scores_as_ticks(dice: Random) -> MadeBook:
    """Feedback with a tick under one of the words, wishes as ticks, rows of forms not come back."""
    paper, records = Paper("满意度"), []
    words = ("非常满意", "满意", "一般", "不满意")
    paper.line(["服务满意度回访统计"])
    top = paper.line(["序号", "姓名", "电话", "服务项目", "服务时间", "志愿者", "满意程度", None, None, None,
                      "还希望得到的服务", *[None] * 5])  # fmt: skip
    paper.line([*[None] * 6, *words, *CATEGORIES])
    paper.merge(top, 6, top, 9)
    paper.merge(top, 10, top, 15)
    for column in range(6):
        paper.merge(top, column, top + 1, column)
    mark = dice.choice(("√", "✓", 1))
    for number, one in enumerate(_elders(dice), 1):
        day, went, score = _day(dice), name(dice), dice.choice((5, 5, 4, 3, 2))
        wishes = [word for word in CATEGORIES if dice.random() < 0.15]
        row = paper.line([number, one.name, one.mobile, one.needs[0], day, went,
                          *(mark if 5 - index == score else None for index in range(4)),
                          *(mark if word in wishes else None for word in CATEGORIES)])  # fmt: skip
        records.append({**_fed_back(row, one, day, went), "phones": [one.mobile], "rating": score,
                        "wishes": wishes})  # fmt: skip
    return _made("scores_as_ticks", "feedback", [paper], records)


def scores_in_words(dice: Random) -> MadeBook:
    """Feedback in words, whether the same volunteer should come again, wishes as free words, empty forms."""
    paper, records = Paper("反馈"), []
    paper.line(["社区：知雅居委会", None, "统计人：何佩"])
    paper.line(["老人姓名", "服务项目", "服务日期", "志愿者", "服务态度评价", "服务效果评价", "总体满意度",
                "是否愿意继续由该志愿者服务", "希望增加的服务", "意见和建议", "未填写原因"])  # fmt: skip
    meant: dict[str, int] = {"很满意": 5, "满意": 4, "一般": 3, "不满意": 2}
    for one in people(dice, "知雅居委会", dice.randrange(20, 50)):
        day, went = _day(dice), name(dice)
        told = [dice.choice(tuple(meant)) for _ in range(3)]
        again = dice.choice((("是", "same"), ("否", "other"), (None, None)))
        wishes = dice.sample(CATEGORIES, dice.choice((0, 0, 1, 2)))
        if dice.random() < 0.1:
            told, again, wishes = ["", "", ""], (None, None), []
        row = paper.line([one.name, one.needs[0], f"{day.year}/{day.month}/{day.day}", went, *told, again[0],
                          "、".join(wishes) or None, None, None if told[0] else "老人住院"])  # fmt: skip
        record = {**_fed_back(row, one, day, went), "wishes": wishes}
        names = ("manner_rating", "work_rating", "rating")
        record |= {field: meant[word] for field, word in zip(names, told, strict=True) if word}
        records.append(record | ({"again": again[1]} if again[1] == "same" else {}))
    return _made("scores_in_words", "feedback", [paper], records)


REGISTERS: tuple[Layout, ...] = (
    visits_from_to, visits_by_day, visits_in_months, elders_of_one_visit, calls_for_elders, calls_day_and_hour,
    scores_in_stars, scores_as_ticks, scores_in_words,
)  # fmt: skip
