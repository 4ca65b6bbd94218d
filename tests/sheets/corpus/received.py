"""Survey sheets as committees send them: other header words, wrong headers, needs told in other ways."""

from collections.abc import Callable
from random import Random

from tests.sheets.corpus.cells import Column, Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, PLACES, Person, mobile, name, people
from tests.sheets.corpus.tables import plain_table

Layout = Callable[[Random], MadeBook]
Told = Callable[[Person, Record], Cell]


def made(layout: str, papers: list[Paper], records: list[Record], kind: str = "survey", **more: object) -> MadeBook:
    """A book of one kind, read from all its sheets."""
    truth = {"kind": kind, "sheets": [paper.name for paper in papers], "records": records, "refused": []}
    return MadeBook(layout=layout, seed=0, papers=papers, truth={**truth, **more})


def told(header: str, cell: Told, group: str = "") -> Column:
    """A column whose cells tell of a person and write down what is to be read."""
    return Column(header=header, group=group, render=lambda _dice, person, record: cell(person, record))


def kept(header: str, group: str = "", *, show: Callable[[Person], Cell] | None = None,
         **fields: Callable[[Person], object]) -> Column:  # fmt: skip
    """A column of which fields are to be read; it shows the first of them, or what ``show`` gives."""

    def cell(person: Person, record: Record) -> Cell:
        record.update({field: of(person) for field, of in fields.items()})
        shown = record[next(iter(fields))] if show is None else show(person)
        written: Cell = shown[0] if isinstance(shown, list) else shown
        return written

    return told(header, cell, group)


def aside(header: str, cell: Callable[[Person], Cell], group: str = "") -> Column:
    """A column of which nothing is to be read."""
    return told(header, lambda person, _record: cell(person), group)


def name_of(header: str, group: str = "") -> Column:
    """The person's name."""
    return kept(header, group, name=lambda person: person.name)


def sex_of(header: str = "性别", group: str = "") -> Column:
    """男 or 女."""
    return kept(header, group, sex=lambda person: person.sex)


def age_of(header: str, group: str = "") -> Column:
    """Full years."""
    return kept(header, group, age=lambda person: person.age)


def phone_of(header: str, group: str = "") -> Column:
    """The person's mobile phone."""
    return kept(header, group, phones=lambda person: [person.mobile])


def home_of(header: str, form: str = "{0}{1}号{2}室", group: str = "") -> Column:
    """The whole address in one form: compound, building, room."""

    def cell(person: Person, record: Record) -> Cell:
        record.update(compound=person.compound, building=str(person.building), room=person.room)
        return form.format(person.compound, person.building, person.room)

    return told(header, cell, group)


def needs_of(header: str, between: str = "、", group: str = "", field: str = "needs") -> Column:
    """Services as a list in a cell."""

    def cell(person: Person, record: Record) -> Cell:
        record[field] = list(person.needs)
        return between.join(person.needs)

    return told(header, cell, group)


def ticks_of(group: str, write: Callable[[Person, str], Cell], words: dict[str, str] | None = None,
             field: str = "needs") -> list[Column]:  # fmt: skip
    """A column for each service; ``write`` gives the cell of one that is wanted or not."""

    def one(category: str) -> Column:
        def cell(person: Person, record: Record) -> Cell:
            wanted = record.setdefault(field, [])
            if category in person.needs:
                wanted.append(category)
            return write(person, category)

        return told((words or {}).get(category, category), cell, group)

    return [one(category) for category in CATEGORIES]


def committee_of(dice: Random) -> str:
    """One of the known committees."""
    return dice.choice(tuple(PLACES))


def over(paper: Paper, width: int, *lines: str) -> None:
    """Lines merged over the whole width."""
    for line in lines:
        row = paper.line([line])
        paper.merge(row, 0, row, width - 1)


def crowd(dice: Random, committee: str, most: int = 120) -> list[Person]:
    """A list's worth of people."""
    return people(dice, committee, dice.randrange(30, most))


def lane_register(dice: Random) -> MadeBook:
    """网格 and 楼组长 first, the address over four columns, 座机 and 手机, notes at the end."""
    committee, paper = committee_of(dice), Paper("台账")
    lane = dice.randrange(100, 900)
    columns = [
        aside("网格", lambda person: f"第{person.unit}网格"), aside("楼组长", lambda _p: name(dice)),
        name_of("老人"), kept("男/女", sex=lambda p: p.sex),
        kept("小区", "现居住地", compound=lambda p: p.compound), aside("弄", lambda _p: lane, "现居住地"),
        kept("号", "现居住地", building=lambda p: str(p.building), show=lambda p: p.building),
        kept("室", "现居住地", room=lambda p: p.room, show=lambda p: int(p.room)),
        aside("座机", lambda p: p.landline),
        kept("手机", phones=lambda p: [p.landline, p.mobile], show=lambda p: int(p.mobile)),
        kept("独居", alone=lambda p: p.alone, show=lambda p: "√" if p.alone else None),
        needs_of("拟申请服务", "+"), aside("意愿服务时间", lambda _p: dice.choice(("周三上午", "周末", None))),
    ]  # fmt: skip
    over(paper, len(columns), f"{committee}结对助老服务对象台账（2026年度）")
    written = plain_table(paper, dice, columns, crowd(dice, committee))
    paper.line(["居委书记（签字）：", None, None, "经办人：", None, "报送日期：  年  月  日"])
    return made("lane_register", [paper], written.records)


def rhythm_in_ticks(dice: Random) -> MadeBook:
    """How often stands where a tick would: 2次/月, 每周1次, 1."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    often: tuple[Cell, ...] = dice.choice((("2次/月", "每周1次", "1次/季"), (1, 2), ("每月2次", "√"), ("1", "2次")))
    nothing: Cell = dice.choice((None, "/", "—", "无", 0))
    ticks = ticks_of("服务需求及频次", lambda p, c: dice.choice(often) if c in p.needs else nothing)
    columns = [aside("序号", lambda _p: None), name_of("老人姓名"), age_of("年龄"), phone_of("联系电话"),
               home_of("居住地址"), *ticks, aside("备注", lambda _p: None)]  # fmt: skip
    over(paper, len(columns), "居家老人上门服务需求汇总（按频次）")
    paper.line([f"社区名称：{committee}", None, None, None, "填表时间：2026.3"])
    return made("rhythm_in_ticks", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


AID_WORDS = {"陪伴聊天": "助聊（陪聊）", "居家清洁": "助洁（打扫卫生）", "理发": "助发（上门理发）",
             "清洗空调": "家电清洗（空调）", "清洗油烟机": "家电清洗（油烟机）",
             "代买代办": "代办（代购、配药）"}  # fmt: skip


def aid_words(dice: Random) -> MadeBook:
    """助洁, 助聊, 家电清洗 in tick columns answered 需要 and 不需要."""
    committee, paper = committee_of(dice), Paper("需求")
    yes, no = dice.choice((("需要", "不需要"), ("要", "不要"), ("√", "×"), ("■", "□"), ("☑", "□"), ("需", "")))
    columns = [aside("编号", lambda _p: None), name_of("长者姓名"), sex_of(), age_of("周岁"),
               home_of("门牌", "{0}{1}-{2}"), phone_of("联系号码"),
               *ticks_of("", lambda p, c: yes if c in p.needs else no, AID_WORDS)]  # fmt: skip
    over(paper, len(columns), f"{committee}“九里 to 行动”需求征集表", "填写说明：需要的项目请注明，不需要的不填")
    return made("aid_words", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def boxes_in_a_cell(dice: Random) -> MadeBook:
    """Every service in one cell, the wanted ones marked."""
    committee, paper = committee_of(dice), Paper("登记")
    yes, no = dice.choice((("☑{}", "□{}"), ("■{}", "□{}"), ("{}（√）", "{}（ ）"), ("[√]{}", "[ ]{}"), ("√{}", "□{}"),
                           ("{}☑", "{}□")))  # fmt: skip
    between = dice.choice((" ", "  ", "\n", "；"))

    def needs(person: Person, record: Record) -> Cell:
        record["needs"] = list(person.needs)
        return between.join((yes if one in person.needs else no).format(one) for one in CATEGORIES)

    columns = [aside("序", lambda _p: None), name_of("姓名"), age_of("年龄"), home_of("住址"), phone_of("电话"),
               told("所需服务（请打√）", needs), kept("居住状况", living=lambda p: p.living)]  # fmt: skip
    over(paper, len(columns), "老年人居家服务意向登记")
    return made("boxes_in_a_cell", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def loose_lists(dice: Random) -> MadeBook:
    """Needs as people type them: 和, 及, +, 等, numbers, full stops, all on one sheet."""
    committee, paper = committee_of(dice), Paper("Sheet1")

    def needs(person: Person, record: Record) -> Cell:
        record["needs"] = list(person.needs)
        words = list(person.needs)
        forms = (
            "和".join(words), "，".join(words) + "。", "、".join(words) + "等", "+".join(words), "&".join(words),
            "；".join(words) + "；", " ".join(f"{n}、{w}" for n, w in enumerate(words, 1)), "及".join(words),
            "\n".join(f"{n}.{w}" for n, w in enumerate(words, 1)), "需要" + "、".join(words), ",".join(words),
            "|".join(words),
            "，".join(f"（{n}）{w}" for n, w in enumerate(words, 1)),
        )  # fmt: skip
        return dice.choice(forms)

    columns = [aside("序号", lambda _p: None), home_of("地址", "{0}{1}号{2}"), name_of("户主姓名"), age_of("年令"),
               phone_of("联络电话"), told("需求情况", needs), kept("居住形态", living=lambda p: p.living)]  # fmt: skip
    paper.line([f"{committee}老人需求排查"])
    return made("loose_lists", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def sheet_for_each_building(dice: Random) -> MadeBook:
    """A sheet for each building named by it; the compound above, the rooms in the rows."""
    committee = committee_of(dice)
    compound = dice.choice(PLACES[committee])
    form = dice.choice(("{}号楼", "{}号", "{}幢"))
    papers, records, everyone = [], [], iter(people(dice, committee, 120))
    for building in sorted(dice.sample(range(1, 60), dice.randrange(3, 6))):
        paper = Paper(form.format(building))
        columns = [kept("室号", room=lambda p: p.room), name_of("姓名"), sex_of(),
                   age_of("年龄"), phone_of("联系方式"), needs_of("服务需求")]  # fmt: skip
        over(paper, 6, f"{compound}老年人情况表")
        part = [next(everyone) for _ in range(dice.randrange(8, 20))]
        for record in plain_table(paper, dice, columns, part).records:
            records.append({**record, "building": str(building), "compound": compound})
        papers.append(paper)
    book = made("sheet_for_each_building", papers, records)
    book.truth["by_sheet"] = True
    return book


def month_sheets(dice: Random) -> MadeBook:
    """New elders month by month, a sheet each, the header a row lower on some; an empty sheet at the end."""
    committee, papers, records = committee_of(dice), [], []
    everyone = iter(people(dice, committee, 120))
    for month in range(1, dice.randrange(4, 7)):
        paper = Paper(f"{month}月新增")
        if month % 2:
            over(paper, 6, f"{committee}{month}月新增服务对象")
        columns = [aside("序号", lambda _p: None), name_of("姓  名"), told("出生年月", _month_of_birth),
                   home_of("现 住 址", "{0}{1}幢{2}室"), phone_of("联系电话\n（手机）"), needs_of("需求\n项目",
                   "/")]  # fmt: skip
        part = [next(everyone) for _ in range(dice.randrange(6, 18))]
        records += plain_table(paper, dice, columns, part).records
        papers.append(paper)
    papers.append(Paper("Sheet3"))
    return made("month_sheets", papers, records, by_sheet=True)


def _month_of_birth(person: Person, record: Record) -> Cell:
    record["birth"] = f"{person.born:%Y-%m}"
    return f"{person.born.year}.{person.born.month:02d}"


def titled_blocks_beside(dice: Random) -> MadeBook:
    """Two or three lists side by side, each under the name of its compound."""
    committee, paper, records = committee_of(dice), Paper("各小区"), []
    compounds, everyone = PLACES[committee], iter(people(dice, committee, 200))
    over(paper, 6 * len(compounds) - 1, f"{committee}各小区独居老人名单")
    top = len(paper.rows)
    for place, compound in enumerate(compounds):
        left = place * 6
        paper.put(top, left, compound)
        paper.merge(top, left, top, left + 4)
        for offset, header in enumerate(("楼号", "室号", "姓名", "电话", "需求")):
            paper.put(top + 1, left + offset, header)
        for offset in range(dice.randrange(15, 40)):
            person, row = next(everyone), top + 2 + offset
            line: tuple[Cell, ...] = (person.building, person.room, person.name, person.mobile,
                "、".join(person.needs))  # fmt: skip
            for column, cell in enumerate(line):
                paper.put(row, left + column, cell)
            records.append({"row": row + 1, "name": person.name, "compound": compound, "phones": [person.mobile],
                            "building": str(person.building), "room": person.room,
                            "needs": list(person.needs)})  # fmt: skip
    return made("titled_blocks_beside", [paper], records)


def children_and_surveyor(dice: Random) -> MadeBook:
    """Groups for the elder, the children (with their own address) and who surveyed: 姓名 and 电话 in each."""
    committee, paper = committee_of(dice), Paper("排摸")
    who, who_phone = name(dice), mobile(dice)
    first, second, third = dice.choice((
        ("老人基本情况", "子女情况", "排摸人"), ("服务对象", "赡养人", "走访人员"), ("长者信息", "家属信息",
        "排摸人员信息"),
    ))  # fmt: skip
    columns = [
        aside("序号", lambda _p: None), name_of("姓名", first), sex_of("性别", first), age_of("年龄", first),
        home_of("住址", group=first), phone_of("电话", first),
        kept("姓名", second, emergency_contact=lambda p: p.contact),
        kept("与老人关系", second, emergency_relation=lambda p: p.relation),
        aside("住址", lambda _p: f"外区某路{dice.randrange(1, 300)}弄{dice.randrange(1, 30)}号", second),
        kept("电话", second, emergency_phone=lambda p: p.contact_phone), needs_of("需求内容"),
        aside("姓名", lambda _p: who, third), aside("电话", lambda _p: who_phone, third),
    ]  # fmt: skip
    over(paper, len(columns), f"{committee}老人走访排摸表")
    return made("children_and_surveyor", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def two_addresses(dice: Random) -> MadeBook:
    """The registered address before the one lived at, 人户分离 between, and what official exports add."""
    committee, paper = committee_of(dice), Paper("人员数据")
    living = home_of(
        dice.choice(("实际居住地址", "现居住地", "居住地详址", "常住地址")), "上海市松江区九里亭街道{0}{1}号{2}室"
    )
    columns = [
        name_of("姓名"), aside("民族", lambda _p: "汉族"),
        kept("公民身份号码", id_number=lambda p: p.identity),
        aside("户籍地址", lambda _p: f"上海市长宁区某路{dice.randrange(1, 300)}弄{dice.randrange(1, 30)}号101室"),
        aside("是否人户分离", lambda _p: dice.choice(("是", "否"))), living,
        aside("文化程度", lambda _p: dice.choice(("小学", "初中", "高中"))), aside("婚姻状况", lambda _p: "丧偶"),
        aside("退休前单位", lambda _p: "某某厂（虚构）"), phone_of("移动电话"), needs_of("为老服务需求", "，"),
        aside("所属居委", lambda _p: committee),
    ]  # fmt: skip
    return made("two_addresses", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")


def births_in_words(dice: Random) -> MadeBook:
    """Births in many ways on one sheet, to the day, the month or the year."""
    committee, paper = committee_of(dice), Paper("Sheet1")

    def birth(person: Person, record: Record) -> Cell:
        born = person.born
        year, month, short = str(born.year), f"{born:%Y-%m}", str(born.year)[2:]
        ways: tuple[tuple[Cell, str], ...] = (
            (born, born.isoformat()), (f"{year}.{born.month}", month), (f"{year}年", year), (born.year, year),
            (f"{year.translate(_NUMERALS)}年", year), (f"{short.translate(_NUMERALS)}年", year),
            (f"{short}年{born.month}月", month),
            (f"{year}.{born.month}.{born.day}", born.isoformat()), (f"{year}/{born.month:02d}", month),
            (f"{year}年{born.month}月{born.day}日生", born.isoformat()), (f"{short}.{born.month}.{born.day}",
            born.isoformat()),
            (f"{year}-{born.month:02d}-{born.day:02d} 00:00:00", born.isoformat()), (f"{born:%Y%m}", month),
        )  # fmt: skip
        written, record["birth"] = dice.choice(ways)
        return written

    columns = [aside("序号", lambda _p: None), name_of("姓名"), sex_of(), told("出生（年月）", birth), home_of("住址"),
               phone_of("电话"), needs_of("需求")]  # fmt: skip
    over(paper, len(columns), "老年人生日及需求登记")
    return made("births_in_words", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


RECEIVED: tuple[Layout, ...] = (
    lane_register, rhythm_in_ticks, aid_words, boxes_in_a_cell, loose_lists, sheet_for_each_building, month_sheets,
    titled_blocks_beside, children_and_surveyor, two_addresses, births_in_words,
)  # fmt: skip
