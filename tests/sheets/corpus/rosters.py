"""Layouts of rosters as units and neighbourhoods send them: volunteers and enterprises."""

from collections.abc import Callable
from random import Random

from tests.sheets.corpus.cells import Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, ENTERPRISES, OTHER_WORDS, PLACES, Person, mobile, name, people

Layout = Callable[[Random], MadeBook]
_COMMITTEES = tuple(PLACES)


def _made(layout: str, kind: str, papers: list[Paper], records: list[Record], **more: object) -> MadeBook:
    sheet = {"sheets": [paper.name for paper in papers]} if len(papers) > 1 else {"sheet": papers[0].name}
    return MadeBook(
        layout=layout, seed=0, papers=papers, truth={"kind": kind, "records": records, "refused": [], **sheet, **more}
    )


def _said(dice: Random, person: Person) -> list[str]:
    return [dice.choice((skill, *OTHER_WORDS[skill])) for skill in person.needs]


def _volunteer(row: int, person: Person, **more: object) -> Record:
    return {"row": row + 1, "name": person.name, "phones": [person.mobile], "skills": list(person.needs), **more}


def _young(dice: Random, fewest: int = 20, most: int = 60) -> list[Person]:
    return people(dice, dice.choice(_COMMITTEES), dice.randrange(fewest, most), young=True)


def teams_in_sections(dice: Random) -> MadeBook:
    """Volunteers in numbered teams, a line over each with its leader, skills in free words."""
    paper, records = Paper("花名册"), []
    paper.merge(paper.line(["“银龄守望”志愿者花名册"]), 0, 0, 8)
    paper.line(["填报单位：桂溪居民区", None, None, None, "填报时间：2026年3月"])
    paper.line(
        ["序号", "姓名", "性别", "政治面貌", "出生年月", "手机号码", "家庭地址", "特长及服务意向", "每月可服务次数"]
    )
    everyone = iter(_young(dice, 24, 50))
    for team in ("一、理发服务队", "二、陪伴聊天服务队", "三、家电清洗服务队"):
        row = paper.line([f"{team}（队长：{name(dice)}，{mobile(dice)}）"])
        paper.merge(row, 0, row, 8)
        for number in range(1, dice.randrange(5, 9)):
            one = next(everyone)
            words = dice.choice(("会{}", "{}", "可以{}")).format(dice.choice(("、", "，", "和")).join(_said(dice, one)))
            row = paper.line([number, one.name, one.sex, dice.choice(("党员", "群众")), f"{one.born:%Y.%m}", one.mobile,
                              f"{one.compound}{one.building}号{one.room}室", words, f"{one.capacity}次"])  # fmt: skip
            records.append(_volunteer(row, one, sex=one.sex, birth=f"{one.born:%Y-%m}", compound=one.compound,
                                      building=str(one.building), room=one.room,
                                      capacity_per_month=one.capacity))  # fmt: skip
    paper.line([None, "合计", f"{len(records)}人"])
    return _made("teams_in_sections", "volunteers", [paper], records)


def free_half_days(dice: Random) -> MadeBook:
    """Free times as a grid of weekdays with 上午 or 下午 in the cells, the team merged down."""
    paper, records = Paper("可服务时间"), []
    paper.skip()
    top = paper.line(["所属队伍", "姓名", "联系方式", "技能", "可服务时间", *[None] * 6])
    paper.line([None, None, None, None, *(f"周{day}" for day in "一二三四五六日")])
    paper.merge(top, 4, top, 10)
    for column in range(4):
        paper.merge(top, column, top + 1, column)
    everyone = iter(_young(dice, 30, 40))
    for team in ("爱心理发队", "邻里互助队"):
        start = len(paper.rows)
        for index in range(dice.randrange(8, 14)):
            one = next(everyone)
            free = [dice.choice((None, None, "上午", "下午", "全天")) for _ in range(7)]
            free[index % 7] = "上午"
            row = paper.line([team if not index else None, one.name, one.mobile, "/".join(_said(dice, one)), *free])
            told = "、".join(f"周{day}{half}" for day, half in zip("一二三四五六日", free, strict=True) if half)
            records.append(_volunteer(row, one, available_times=told))
        paper.merge(start, 0, len(paper.rows) - 1, 0)
    return _made("free_half_days", "volunteers", [paper], records)


def certificates_with_days(dice: Random) -> MadeBook:
    """Certificates with their number, day of issue and last day; hours done so far; the day of registration."""
    paper, records = Paper("Sheet1"), []
    paper.line(["持证志愿者信息登记表"])
    paper.line(
        [
            "编号",
            "志愿者姓名",
            "移动电话",
            "服务项目",
            "证书名称",
            "证书编号",
            "发证日期",
            "有效期限",
            "注册时间",
            "累计服务时长（小时）",
            "所属单位",
        ]
    )
    span = dice.random() < 0.5
    for number, one in enumerate(_young(dice), 1):
        kind = one.certificate
        until = one.expires.isoformat()
        shown = f"2024-01-01至{until}" if span else one.expires
        unit = dice.choice((None, *ENTERPRISES))
        row = paper.line(
            [
                f"Z{number:03d}",
                one.name,
                int(one.mobile),
                "、".join(_said(dice, one)),
                kind,
                f"ZS2024{number:04d}" if kind else None,
                "2024-01-01" if kind else None,
                shown if kind else None,
                f"2023/5/{number % 28 + 1}",
                dice.randrange(4, 200),
                unit,
            ]
        )
        records.append(
            _volunteer(
                row,
                one,
                certificate=kind,
                certificate_number=f"ZS2024{number:04d}" if kind else None,
                certificate_expires=until if kind else None,
                enterprise=unit,
                joined_on=f"2023-05-{number % 28 + 1:02d}",
                capacity_per_month=None,
            )
        )
    return _made("certificates_with_days", "volunteers", [paper], records)


def two_volunteers_a_row(dice: Random) -> MadeBook:
    """Two volunteers beside each other on each row, the unit in a line over each block."""
    paper, records = Paper("单位志愿者"), []
    everyone = iter(_young(dice, 40, 41))
    for unit in dice.sample(ENTERPRISES, 2):
        paper.line([f"单位名称：{unit}"])
        paper.line(["姓名", "性别", "手机", "服务意向", "姓名", "性别", "手机", "服务意向"])
        for _ in range(dice.randrange(6, 10)):
            pair = (next(everyone), next(everyone))
            cells: list[Cell] = []
            for one in pair:
                cells += [one.name, one.sex, one.mobile, "、".join(_said(dice, one))]
            row = paper.line(cells)
            records += [_volunteer(row, one, sex=one.sex, enterprise=unit) for one in pair]
        paper.skip()
    return _made("two_volunteers_a_row", "volunteers", [paper], records)


def boxes_in_a_cell(dice: Random) -> MadeBook:
    """Skills as boxes in one cell, the identity number, the time of registration, prefilled numbers below."""
    paper, records = Paper("招募报名"), []
    paper.line(["志愿者招募报名汇总（注：带*为必填）"])
    paper.line(["序号", "*姓名", "*身份证号码", "*手机号", "现住址", "意向服务类别（请打勾）", "服务频次", "报名时间"])
    on, off = dice.choice((("☑", "□"), ("√", "○"), ("■", "□")))
    everyone = _young(dice)
    for number, one in enumerate(everyone, 1):
        boxes = " ".join(f"{on if skill in one.needs else off}{skill}" for skill in CATEGORIES)
        row = paper.line(
            [
                number,
                one.name,
                one.identity,
                one.mobile,
                f"{one.compound}{one.building}-{one.room}",
                boxes,
                dice.choice(("每月{}次", "{}次/月")).format(one.capacity),
                "2026-03-01 10:22:35",
            ]
        )
        records.append(_volunteer(row, one, id_number=one.identity, sex=one.sex, birth=one.born.isoformat(),
                                  compound=one.compound, building=str(one.building), room=one.room,
                                  capacity_per_month=one.capacity, joined_on="2026-03-01"))  # fmt: skip
    for number in range(len(everyone) + 1, len(everyone) + 6):
        paper.line([number])
    return _made("boxes_in_a_cell", "volunteers", [paper], records)


def roster_without_header(dice: Random) -> MadeBook:
    """A volunteers' list that is only a title and the rows."""
    paper, records = Paper("Sheet1"), []
    paper.line(["志愿者名单"])
    for number, one in enumerate(_young(dice, 20, 40), 1):
        row = paper.line([number, one.name, one.sex, one.mobile, one.compound, "、".join(one.needs)])
        records.append(_volunteer(row, one, sex=one.sex, compound=one.compound))
    return _made("roster_without_header", "volunteers", [paper], records)


def partners(dice: Random) -> MadeBook:
    """What partner units offer: a person to ask for under a group, homes a month, how many at once."""
    paper, records = Paper("资源清单"), []
    paper.merge(paper.line(["区域化党建共建单位资源清单"]), 0, 0, 9)
    top = paper.line(["序号", "共建单位名称", "单位地址", "联系人", None, None, "可提供的服务资源", "每月可服务户数",
                      "资质证明", "备注"])  # fmt: skip
    paper.line([None, None, None, "姓名", "职务", "手机", None, None, None, None])
    paper.merge(top, 3, top, 5)
    for column in (0, 1, 2, 6, 7, 8, 9):
        paper.merge(top, column, top + 1, column)
    for number in range(1, dice.randrange(20, 30)):
        unit, contact, phone = f"{name(dice)}家政服务有限公司（虚构{number}）", name(dice), mobile(dice)
        skills, homes = dice.sample(CATEGORIES, dice.choice((1, 2))), dice.choice((3, 5, 10))
        note = dice.choice((None, "要3户一起", "提前一周预约"))
        certificate = dice.choice((None, "家电清洗资质"))
        row = paper.line(
            [
                number,
                unit,
                f"涞坊路{number}88号",
                contact,
                dice.choice(("经理", "工会主席")),
                phone,
                dice.choice(("、", "；", "\n")).join(skills),
                dice.choice((homes, f"{homes}户", f"{homes}户/月")),
                certificate,
                note,
            ]
        )
        records.append({"row": row + 1, "enterprise": unit, "address": f"涞坊路{number}88号", "contact_name": contact,
                        "phones": [phone], "skills": skills, "capacity_per_month": homes, "certificate": certificate,
                        "notes": note})  # fmt: skip
    paper.line(["填表人：何佩　　联系电话：10000000001"])
    return _made("partners", "enterprises", [paper], records)


def partners_merged_down(dice: Random) -> MadeBook:
    """A unit merged over the lines of what it offers, person and phone in one cell."""
    paper, records = Paper("共建项目"), []
    paper.line(["序号", "单位", "联系人及电话", "服务项目", "说明"])
    for number in range(1, dice.randrange(15, 25)):
        unit, contact, phone = f"{name(dice)}便民服务社（虚构{number}）", name(dice), mobile(dice)
        skills = sorted(dice.sample(CATEGORIES, dice.choice((1, 2, 3))), key=CATEGORIES.index)
        start = len(paper.rows)
        for index, skill in enumerate(skills):
            head: list[Cell] = (
                [None] * 3 if index else [number, unit, f"{contact}{dice.choice((' ', '', '：'))}{phone}"]
            )
            paper.line([*head, skill, None])
        for column in range(3):
            paper.merge(start, column, len(paper.rows) - 1, column)
        records.append(
            {"row": start + 1, "enterprise": unit, "contact_name": contact, "phones": [phone], "skills": skills}
        )
    return _made("partners_merged_down", "enterprises", [paper], records)


def partners_turned(dice: Random) -> MadeBook:
    """Units across, what is told of them down the side."""
    paper, records = Paper("爱心企业"), []
    paper.line(["爱心企业服务承诺一览"])
    rows = [paper.line([word]) for word in ("企业名称", "负责人", "联系电话", "服务内容", "每月服务户数", "资质证书",
                                           "证书有效期")]  # fmt: skip
    for column in range(1, dice.randrange(8, 16)):
        unit, contact, phone = f"{name(dice)}清洗（虚构{column}）", name(dice), mobile(dice)
        skills, homes = dice.sample(CATEGORIES, 2), dice.choice((4, 6))
        kind = dice.choice((None, "家电清洗资质"))
        values: list[Cell] = [unit, contact, phone, "、".join(skills), homes, kind, "2027.6.30" if kind else None]
        for row, value in zip(rows, values, strict=True):
            paper.put(row, column, value)
        records.append({"row": rows[0] + 1, "enterprise": unit, "contact_name": contact, "phones": [phone],
                        "skills": skills, "capacity_per_month": homes, "certificate": kind,
                        "certificate_expires": "2027-06-30" if kind else None})  # fmt: skip
    return _made("partners_turned", "enterprises", [paper], records)


ROSTERS: tuple[Layout, ...] = (
    teams_in_sections, free_half_days, certificates_with_days, two_volunteers_a_row, boxes_in_a_cell,
    roster_without_header, partners, partners_merged_down, partners_turned,
)  # fmt: skip
