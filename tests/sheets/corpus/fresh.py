"""Survey layouts with couples, codes, hidden parts, whole books of their own words, and exports of questionnaires."""

from collections.abc import Callable
from random import Random

from tests.sheets.corpus import cells
from tests.sheets.corpus.cells import Column, Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, PLACES, Person, mobile, people
from tests.sheets.corpus.tables import above, data_row, numbered, plain_table, serial

Layout = Callable[[Random], MadeBook]


def _made(layout: str, papers: list[Paper], records: list[Record], **more: object) -> MadeBook:
    truth = {"kind": "survey", "sheets": [paper.name for paper in papers], "records": records, "refused": []}
    return MadeBook(layout=layout, seed=0, papers=papers, truth={**truth, **more})


def _committee(dice: Random) -> str:
    return dice.choice(tuple(PLACES))


def _unread(header: str, cell: Callable[[Random, Person], Cell]) -> Column:
    """A column of which nothing is to be read."""
    return Column(header=header, render=lambda dice, person, _record: cell(dice, person))


def surname_apart(dice: Random) -> MadeBook:
    """姓 and 名 in columns of their own, under a group now and then."""
    committee, paper = _committee(dice), Paper("Sheet1")

    def given(_dice: Random, person: Person, record: Record) -> Cell:
        record["name"] = person.name
        return person.name[1:]

    group = dice.choice(("", "", "姓名", "老人姓名"))
    columns = [serial(),
               Column(header=dice.choice(("姓", "姓氏")), group=group, render=lambda _d, person, _r: person.name[0]),
               Column(header="名", group=group, render=given),
               cells.sex_column(dice), cells.phone_column(dice), cells.address_column(dice),
               cells.needs_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老年人需求登记表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)))
    return _made("surname_apart", [paper], written.records, header_row=written.header_row)


def couples_in_a_cell(dice: Random) -> MadeBook:
    """Some couples on one row: both names, ages and phones in one cell each, or one phone for both."""
    committee, paper = _committee(dice), Paper("纯老家庭")
    sign = dice.choice(("、", "/", "，", "\n", " "))
    with_sex = dice.random() < 0.5
    head = ["序号", "姓名", *(["性别"] if with_sex else []), "年龄", "联系电话", "家庭住址", "服务需求"]
    above(paper, dice, committee, width=len(head), title=f"{committee}纯老家庭排摸表")
    top, records, everyone = paper.line(list(head)), [], iter(people(dice, committee, 80))
    home = cells.address_column(dice)
    for number in range(1, dice.randrange(8, 25)):
        one = next(everyone)
        both = [one, next(everyone)] if dice.random() < 0.4 else [one]
        shared: Record = {}
        address = home.render(dice, one, shared)
        phones = [person.mobile for person in both][: 1 if dice.random() < 0.3 else 2]
        if len(both) == 1:
            name: Cell = one.name
            age: Cell = one.age
        else:
            name, age = sign.join(p.name for p in both), sign.join(str(p.age) for p in both)
        sexes = [sign.join(person.sex for person in both)] if with_sex else []
        row = paper.line([number, name, *sexes, age, sign.join(phones), address, "、".join(one.needs)])
        for place, person in enumerate(both):
            record: Record = {
                "row": row + 1, "name": person.name, "age": person.age,
                "phones": [phones[min(place, len(phones) - 1)]], "needs": list(one.needs), **shared,
            }  # fmt: skip
            records.append(record | ({"sex": person.sex} if with_sex else {}))
    return _made("couples_in_a_cell", [paper], records, header_row=top + 1)


def hidden_columns(dice: Random) -> MadeBook:
    """Hidden columns of helpers, of old phones or of identity numbers, and rows that a filter hides."""
    committee, paper = _committee(dice), Paper("名单")
    asides = [
        _unread(dice.choice(("辅助列", "拼接", "查重")), lambda _d, person: person.name + person.mobile[-4:]),
        _unread(dice.choice(("原联系电话", "电话", "联系电话")), lambda dice, _p: mobile(dice)),
        _unread("身份证号", lambda _d, person: person.identity),
        _unread("备注", lambda dice, _p: dice.choice((None, "去年已走访", "待核"))),
    ]
    columns = [serial(), cells.name_column(dice), cells.phone_column(dice), cells.address_column(dice),
               cells.living_column(dice), cells.needs_column(dice)]  # fmt: skip
    hidden = dice.sample(asides, dice.randrange(1, 3))
    for column in hidden:
        columns.insert(dice.randrange(1, len(columns) + 1), column)
    above(paper, dice, committee, width=len(columns), title="独居老人名单")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(8, 30)))
    paper.hidden_columns.update(columns.index(column) for column in hidden)
    for record in dice.sample(written.records, dice.choice((0, 2))):
        paper.hidden_rows.add(record["row"] - 1)
        written.records.remove(record)
    return _made("hidden_columns", [paper], written.records, header_row=written.header_row)


def hidden_in_forms(dice: Random) -> MadeBook:
    """Forms below one another, of which some are hidden, and some have a hidden line."""
    committee, paper, records = _committee(dice), Paper("登记表"), []
    columns = [cells.name_column(dice, "姓名"), cells.age_column(dice), cells.phone_column(dice, "联系电话", wrong=0),
               cells.address_column(dice), cells.needs_column(dice, "服务需求"),
               _unread("备注", lambda dice, _p: dice.choice(("有狗", "住院中", "耳背")))]  # fmt: skip
    everyone = people(dice, committee, dice.randrange(4, 12))
    out = set(dice.sample(range(len(everyone)), dice.randrange(1, 3)))
    without_notes = dice.random() < 0.6
    for number, person in enumerate(everyone):
        row = paper.line(["老人情况登记表"])
        paper.merge(row, 0, row, 3)
        record: Record = {"row": row + 2}
        for place in range(0, len(columns), 2):
            line: list[Cell] = []
            for column in columns[place : place + 2]:
                line += [column.header, column.render(dice, person, record)]
            paper.line(line)
        if without_notes:
            # The needs share their line with the notes: a line of its own for what is not to be seen.
            paper.line(["民族", "汉族", "特殊情况", "独居"])
            paper.hidden_rows.add(len(paper.rows) - 1)
        paper.skip()
        if number in out:
            paper.hidden_rows.update(range(row, len(paper.rows)))
        else:
            record["tags"] = []
            records.append(record)
    return _made("hidden_in_forms", [paper], records)


def turned_and_hidden(dice: Random) -> MadeBook:
    """Persons across; the columns of some and the lines of some fields are hidden."""
    committee, paper = _committee(dice), Paper("Sheet1")
    columns = [cells.name_column(dice, "姓名"), cells.age_column(dice), cells.phone_column(dice, "电话", wrong=0),
               cells.address_column(dice), cells.needs_column(dice), cells.living_column(dice)]  # fmt: skip
    aside = _unread(dice.choice(("备用电话", "其他电话")), lambda dice, _p: mobile(dice))
    columns.insert(dice.randrange(2, 6), aside)
    everyone = people(dice, committee, dice.randrange(5, 14))
    top = paper.line(["老人需求表"]) + 1
    records: list[Record] = [{"row": top + 1} for _ in everyone]
    for column in columns:
        row = paper.line([column.header, *(column.render(dice, *of) for of in zip(everyone, records, strict=True))])
        if column is aside:
            paper.hidden_rows.add(row)
    out = dice.sample(range(len(everyone)), dice.randrange(1, 3))
    paper.hidden_columns.update(place + 1 for place in out)
    return _made("turned_and_hidden", [paper], [r for place, r in enumerate(records) if place not in out])


def lines_in_one_column(dice: Random) -> MadeBook:
    """A text file of one person a line, in which a comma stands now and then."""
    committee, paper, records = _committee(dice), Paper("名单"), []
    for person in people(dice, committee, dice.randrange(6, 20)):
        needs = dice.choice((",", "，", "、", ",")).join(person.needs)
        row = paper.line([f"姓名：{person.name} 年龄：{person.age} 电话：{person.mobile} 需求：{needs}"])
        records.append({"row": row + 1, "name": person.name, "age": person.age, "phones": [person.mobile],
                        "needs": list(person.needs)})  # fmt: skip
    book = _made("lines_in_one_column", [paper], records)
    book.format = "text_lines"
    return book


_LEGENDS = (
    (" ", "{}.{}", "1 2 3 4 5 6"),
    ("；", "{}、{}", "1 2 3 4 5 6"),
    ("，", "{}-{}", "1 2 3 4 5 6"),
    (" ", "{}{}", "1 2 3 4 5 6"),
    (" ", "{}{}", "① ② ③ ④ ⑤ ⑥"),
    (" ", "{}.{}", "A B C D E F"),
    ("；", "{}：{}", "A B C D E F"),
)


def coded_needs(dice: Random) -> MadeBook:
    """Needs as numbers or letters, explained in the header, above or below the table."""
    committee, paper = _committee(dice), Paper("Sheet1")
    between, form, codes = dice.choice(_LEGENDS)
    services = dice.sample(CATEGORIES, len(CATEGORIES))
    code_of = dict(zip(services, codes.split(), strict=True))
    legend = between.join(form.format(code, service) for service, code in code_of.items())
    where = dice.choice(("header", "above", "below"))
    sign = dice.choice(("、", ",", "，", " ", ""))

    def needs(_dice: Random, person: Person, record: Record) -> Cell:
        record["needs"] = [service for service in services if service in person.needs]
        written = sign.join(code_of[service] for service in record["needs"])
        return int(written) if written.isdecimal() and len(written) == 1 else written

    word = dice.choice(("服务需求", "需求项目"))
    columns = [serial(), cells.name_column(dice), cells.phone_column(dice), cells.address_column(dice),
               Column(header=f"{word}（{legend}）" if where == "header" else word, render=needs)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老年人服务需求排摸表")
    line = f"{dice.choice(('服务需求代码', word, '注：服务需求', '需求代码'))}：{legend}"
    if where == "above":
        paper.line([line])
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(8, 30)))
    if where == "below":
        paper.line([line])
    return _made("coded_needs", [paper], written.records, header_row=written.header_row)


def building_sections(dice: Random) -> MadeBook:
    """Lines between the rows name the building; the rows have the room."""
    committee, paper, records = _committee(dice), Paper("楼组"), []
    compound = dice.choice(PLACES[committee])

    def room(_dice: Random, person: Person, record: Record) -> Cell:
        record["room"] = person.room
        return person.room

    columns = [Column(header=dice.choice(("室号", "房号")), render=room), cells.name_column(dice),
               cells.age_column(dice), cells.phone_column(dice), cells.needs_column(dice)]  # fmt: skip
    row = paper.line([f"{compound}老人名单"])
    paper.merge(row, 0, row, len(columns) - 1)
    top = paper.line([column.header for column in columns])
    form = dice.choice(("{}号楼", "{}号", "{}幢", "【{}号】", "{}号楼（楼组长：王老师）", compound + "{}号"))
    merged = dice.random() < 0.6
    everyone = iter(people(dice, committee, 60))
    for building in sorted(dice.sample(range(1, 90), dice.randrange(2, 6))):
        row = paper.line([form.format(building)])
        if merged:
            paper.merge(row, 0, row, len(columns) - 1)
        for _ in range(dice.randrange(2, 7)):
            record, _ = data_row(paper, dice, columns, next(everyone))
            records.append({**record, "building": str(building)})
    return _made("building_sections", [paper], records, header_row=top + 1)


def numbered_columns(dice: Random) -> MadeBook:
    """A line of column numbers under the header, as official forms have it."""
    committee, paper, records = _committee(dice), Paper("报表"), []
    columns = [serial(), cells.name_column(dice), cells.sex_column(dice), cells.age_column(dice),
               cells.phone_column(dice), cells.address_column(dice), cells.needs_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="助老服务需求情况表")
    top = paper.line([column.header for column in columns])
    count = len(columns)
    numbers: tuple[list[Cell], ...] = (
        list(range(1, count + 1)), [f"（{number}）" for number in range(1, count + 1)],
        ["甲", "乙", *range(1, count - 1)], [str(number) for number in range(1, count + 1)],
        ["A", "B", "C", "D", "E", "F", "G"], ["甲", "乙", "丙", "丁", "1", "2", "3"],
    )  # fmt: skip
    paper.line(dice.choice(numbers))
    for number, person in enumerate(people(dice, committee, dice.randrange(6, 25)), 1):
        record, row = data_row(paper, dice, columns, person)
        numbered(paper, row, 0, number, columns)
        records.append(record)
    return _made("numbered_columns", [paper], records, header_row=top + 1)


def questionnaire(dice: Random) -> MadeBook:
    """What a web questionnaire exports: numbered questions, times and sources, choices joined by a bar of its own."""
    committee, paper, records = _committee(dice), Paper("Sheet1"), []
    spread = dice.random() < 0.4
    asked = ["1、您的姓名", "2、您的性别", "3、您的年龄（周岁）：", "4、您的联系电话", "5、您的家庭住址"]
    question = "6、您需要哪些服务？"
    if spread:
        asked += [f"{question}({service})" for service in CATEGORIES]
    else:
        asked.append(question + dice.choice(("（多选）", "【多选题】", "")))
    top = paper.line(["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", *asked, "总分"])
    home = cells.address_column(dice)
    for number, person in enumerate(people(dice, committee, dice.randrange(6, 25)), 1):
        record: Record = {"name": person.name, "sex": person.sex, "age": person.age, "phones": [person.mobile],
                          "needs": list(person.needs)}  # fmt: skip
        address = home.render(dice, person, record)
        told: list[Cell] = (
            [int(service in person.needs) for service in CATEGORIES] if spread else ["┋".join(person.needs)]
        )
        row = paper.line([number, f"2026/3/{dice.randrange(1, 19)} 10:{dice.randrange(10, 59)}:05",
                          f"{dice.randrange(40, 200)}秒", "微信", "N/A", "10.0.0.8(上海)", person.name, person.sex,
                          person.age, person.mobile, address, *told, 0])  # fmt: skip
        records.append({**record, "row": row + 1})
    return _made("questionnaire", [paper], records, header_row=top + 1)


def households(dice: Random) -> MadeBook:
    """A household a row: one or two elders under groups, one address, phone and list of needs for both."""
    committee, paper, records = _committee(dice), Paper("家庭"), []
    groups = dice.choice((("老人1", "老人2"), ("老人一", "老人二"), ("老人（一）", "老人（二）"), ("第一位", "第二位")))
    home, needs = cells.address_column(dice), cells.needs_column(dice)
    phone = cells.phone_column(dice, wrong=0)
    parts = ("姓名", "性别", "年龄")
    above(paper, dice, committee, width=10, title="纯老家庭需求表")
    top = len(paper.rows)
    for place, word in enumerate(("序号", home.header)):
        paper.put(top, place, word)
        paper.merge(top, place, top + 1, place)
    for number, group in enumerate(groups):
        paper.put(top, 2 + 3 * number, group)
        paper.merge(top, 2 + 3 * number, top, 4 + 3 * number)
        for offset, word in enumerate(parts):
            paper.put(top + 1, 2 + 3 * number + offset, word)
    for place, word in enumerate((phone.header, needs.header), 8):
        paper.put(top, place, word)
        paper.merge(top, place, top + 1, place)
    everyone = iter(people(dice, committee, 60))
    for number in range(1, dice.randrange(6, 20)):
        one = next(everyone)
        shared: Record = {}
        row = paper.line([number, home.render(dice, one, shared)])
        paper.put(row, 8, phone.render(dice, one, shared))
        paper.put(row, 9, needs.render(dice, one, shared))
        for place, person in enumerate([one, next(everyone)] if dice.random() < 0.5 else [one]):
            told: tuple[Cell, ...] = (person.name, person.sex, person.age)
            for offset, cell in enumerate(told):
                paper.put(row, 2 + 3 * place + offset, cell)
            records.append({**shared, "row": row + 1, "name": person.name, "sex": person.sex, "age": person.age})
    return _made("households", [paper], records, header_row=top + 2)


def aliases_in_the_book(dice: Random) -> MadeBook:
    """A sheet of compounds with their other names, and a survey that uses these."""
    committee = _committee(dice)
    places, paper = Paper("小区一览"), Paper("排摸")
    places.line(["居委", "小区", "别名", "总户数"])
    names = dice.sample(
        (("听泉家园", "三号地块"), ("松鹤里", "老供销社"), ("丰泽苑", "电厂宿舍"), ("锦文坊", "二纺机")), 3
    )
    for name, alias in names:
        places.line([committee, name, alias, dice.randrange(100, 900)])
    at: dict[str, tuple[str, str]] = {}

    def address(dice: Random, person: Person, record: Record) -> Cell:
        name, alias = at.setdefault(person.name, dice.choice(names))
        record.update(compound=name, building=str(person.building), room=person.room)
        return f"{dice.choice((name, alias, alias))}{person.building}号{person.room}室"

    columns = [serial(), cells.name_column(dice), cells.phone_column(dice), Column(header="家庭住址", render=address),
               cells.needs_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="需求排摸表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 20)))
    book = _made("aliases_in_the_book", [paper], written.records, header_row=written.header_row, also="places")
    book.papers = dice.choice(([places, paper], [paper, places]))
    return book


def several_services(dice: Random) -> MadeBook:
    """Feedback sheets and registers of calls whose rows are about several services."""
    paper, records = Paper("Sheet1"), []
    is_calls = dice.random() < 0.5
    paper.line(["来电登记" if is_calls else "助老服务意见反馈表"])
    last = ("来电内容", "接听人") if is_calls else ("满意度", "意见建议")
    top = paper.line(["序号", "来电日期" if is_calls else "日期", "姓名", "联系电话", "服务项目", *last])
    sign = dice.choice(("、", "/", "，", " "))
    for number, person in enumerate(people(dice, "桂溪居民区", dice.randrange(5, 20)), 1):
        day = f"2026-02-{dice.randrange(10, 28)}"
        told = ("想约上门", "何佩") if is_calls else (dice.choice((5, 4)), None)
        row = paper.line([number, day, person.name, person.mobile, sign.join(person.needs), *told])
        record: Record = {"row": row + 1, "date": day, "name": person.name, "phones": [person.mobile],
                          "category": person.needs[0]}  # fmt: skip
        if len(person.needs) > 1:
            record["more_categories"] = list(person.needs[1:])
        records.append(record)
    kind = "calls" if is_calls else "feedback"
    return _made("several_services", [paper], records, header_row=top + 1, kind=kind)


FRESH: tuple[Layout, ...] = (
    surname_apart, couples_in_a_cell, hidden_columns, hidden_in_forms, turned_and_hidden, lines_in_one_column,
    coded_needs, building_sections, numbered_columns, questionnaire, households, aliases_in_the_book,
    several_services,
)  # fmt: skip
