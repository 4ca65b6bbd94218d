"""Layouts of survey sheets."""

from collections.abc import Callable
from random import Random

from tests.sheets.corpus import cells
from tests.sheets.corpus.cells import Column, Record
from tests.sheets.corpus.paper import MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, PLACES, Person, people
from tests.sheets.corpus.tables import Written, above, below, data_row, header, numbered, plain_table, serial

Layout = Callable[[Random], MadeBook]


def _committee(dice: Random) -> str:
    return dice.choice(tuple(PLACES))


def _usual(dice: Random, *, needs: bool = True) -> list[Column]:
    """The columns of a usual survey, in a usual order, some missing."""
    columns = [serial(), cells.name_column(dice)] if dice.random() < 0.8 else [cells.name_column(dice)]
    if dice.random() < 0.7:
        columns.append(cells.sex_column(dice))
    if dice.random() < 0.4:
        columns.append(cells.birth_column(dice))
    elif dice.random() < 0.5:
        columns.append(cells.age_column(dice))
    if dice.random() < 0.6:
        columns.append(cells.identity_column(dice))
    columns.append(cells.phone_column(dice))
    columns.extend([cells.address_column(dice)] if dice.random() < 0.55 else cells.place_columns(dice))
    if dice.random() < 0.4:
        columns.append(cells.tags_column(dice))
    if dice.random() < 0.3:
        columns.append(cells.alone_column(dice))
    elif dice.random() < 0.3:
        columns.append(cells.living_column(dice))
    if dice.random() < 0.4:
        columns.extend(cells.contact_columns(dice))
    if dice.random() < 0.2:
        columns.append(cells.unused_column(dice))
    if needs:
        columns.append(cells.needs_column(dice))
    if dice.random() < 0.5:
        columns.append(cells.notes_column(dice))
    return columns


def _book(layout: str, committee: str, paper: Paper, written: Written, **more: object) -> MadeBook:
    truth = {
        "kind": "survey",
        "sheet": paper.name,
        "header_row": written.header_row,
        "committee": committee,
        "records": written.records,
        "refused": written.refused,
    }
    return MadeBook(layout=layout, seed=0, papers=[paper], truth={**truth, **more})


def usual(dice: Random) -> MadeBook:
    """Title, facts, header, rows, footer."""
    committee, columns, paper = _committee(dice), _usual(dice), Paper(dice.choice(("Sheet1", "排摸表", "名单")))
    above(paper, dice, committee, width=len(columns), title="高龄独居老人服务需求排摸表")
    written = plain_table(
        paper,
        dice,
        columns,
        people(dice, committee, dice.randrange(8, 50)),
        prefilled=dice.choice((0, 0, 3, 8)) if columns[0].header == "序号" else 0,
    )
    below(paper, dice, width=len(columns))
    return _book("usual", committee, paper, written)


def bare(dice: Random) -> MadeBook:
    """Header in row 1, the committee only in the sheet's name."""
    committee, columns = _committee(dice), _usual(dice)
    paper = Paper(committee)
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(5, 60)))
    return _book("bare", committee, paper, written)


def with_ticks(dice: Random) -> MadeBook:
    """Two levels, a tick column for each service."""
    committee, paper = _committee(dice), Paper("Sheet1")
    person_group = dice.choice(("基本情况", "基本信息", "老人信息"))
    columns = [serial()]
    for made in (
        cells.name_column(dice, "姓名"),
        cells.sex_column(dice),
        cells.age_column(dice),
        cells.phone_column(dice),
    ):
        columns.append(Column(header=made.header, render=made.render, group=person_group))
    columns += cells.place_columns(dice, group=dice.choice(("住址", "居住地址")))
    columns += cells.tick_columns(dice, group=dice.choice(("需求项目", "服务需求", "需求（请打√）")))
    columns.append(Column(header="备注", render=cells.notes_column(dice).render))
    above(paper, dice, committee, width=len(columns), title=f"{committee}老年人需求汇总表", facts=False)
    written = plain_table(
        paper, dice, columns, people(dice, committee, dice.randrange(8, 40)), totals=dice.random() < 0.5
    )
    return _book("with_ticks", committee, paper, written)


def three_levels(dice: Random) -> MadeBook:
    """Three header levels: needs in groups."""
    committee, paper = _committee(dice), Paper("汇总")
    flat = [serial(), cells.name_column(dice, "姓名"), cells.phone_column(dice), *cells.place_columns(dice)]
    ticks = cells.tick_columns(dice, group="")
    width = len(flat) + len(ticks)
    above(paper, dice, committee, width=width, title="助老服务需求表")
    top = len(paper.rows)
    for place, column in enumerate(flat):
        paper.put(top, place, column.header)
        paper.merge(top, place, top + 2, place)
    paper.put(top, len(flat), "服务需求")
    paper.merge(top, len(flat), top, width - 1)
    for first, last, word in ((0, 2, "生活类"), (3, 5, "清洁及代办")):
        paper.put(top + 1, len(flat) + first, word)
        paper.merge(top + 1, len(flat) + first, top + 1, len(flat) + last)
    for place, column in enumerate(ticks):
        paper.put(top + 2, len(flat) + place, column.header)
    written = Written(header_row=top + 3)
    for number, person in enumerate(people(dice, committee, dice.randrange(6, 30)), 1):
        record, row = data_row(paper, dice, flat + ticks, person)
        numbered(paper, row, 0, number, flat)
        written.records.append(record)
    return _book("three_levels", committee, paper, written)


def after_instructions(dice: Random) -> MadeBook:
    """The header in row 6 to 10, below instructions."""
    committee, columns, paper = _committee(dice), _usual(dice), Paper("登记表")
    above(paper, dice, committee, width=len(columns), title="老年人基本信息登记表", lines=dice.randrange(3, 7))
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)), blank_rows=0.1)
    below(paper, dice, width=len(columns))
    return _book("after_instructions", committee, paper, written)


def two_on_a_line(dice: Random) -> MadeBook:
    """Two persons side by side under the same headers."""
    committee, paper = _committee(dice), Paper("Sheet1")
    half = [serial(), cells.name_column(dice, "姓名"), cells.phone_column(dice, "电话"), cells.address_column(dice)]
    if dice.random() < 0.5:
        half.append(cells.needs_column(dice))
    gap = dice.choice((0, 1))
    width = 2 * len(half) + gap
    above(paper, dice, committee, width=width, title=f"{committee}独居老人名单", facts=False)
    row = len(paper.rows)
    paper.line([column.header for column in half], row=row)
    paper.line([column.header for column in half], row=row, left=len(half) + gap)
    everyone = people(dice, committee, 2 * dice.randrange(5, 20) - 1)
    middle = (len(everyone) + 1) // 2
    written = Written(header_row=row + 1)
    for number, person in enumerate(everyone):
        left, line = (0, number) if number < middle else (len(half) + gap, number - middle)
        record, place = data_row(paper, dice, half, person, left=left, row=row + 1 + line)
        numbered(paper, place, left, number + 1, half)
        written.records.append(record)
    return _book("two_on_a_line", committee, paper, written)


def stacked(dice: Random) -> MadeBook:
    """A table for each compound, one below the other, each with its title."""
    committee, columns, paper = _committee(dice), _usual(dice), Paper("Sheet1")
    whole = Written(header_row=0)
    for compound in PLACES[committee]:
        if paper.rows:
            paper.skip(dice.randrange(1, 3))
        row = paper.line([f"{committee}{compound}老人需求表"])
        paper.merge(row, 0, row, len(columns) - 1)
        written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(4, 15)))
        whole.records += written.records
        whole.header_row = whole.header_row or written.header_row
    return _book("stacked", committee, paper, whole)


def merged_down(dice: Random) -> MadeBook:
    """A person merged over several rows, one need a row."""
    committee, paper = _committee(dice), Paper("需求")
    fixed = [serial(), cells.name_column(dice), cells.phone_column(dice), cells.address_column(dice)]
    need_word = dice.choice(("服务需求", "需求项目"))
    above(paper, dice, committee, width=len(fixed) + 2, title="老人服务需求登记表")
    merged = dice.random() < 0.7
    top = paper.line([*(column.header for column in fixed), need_word, "备注"])
    written = Written(header_row=top + 1)
    for number, person in enumerate(people(dice, committee, dice.randrange(6, 25)), 1):
        record, row = data_row(paper, dice, fixed, person)
        numbered(paper, row, 0, number, fixed)
        record["needs"] = list(person.needs)
        for offset, need in enumerate(person.needs):
            paper.put(row + offset, len(fixed), need)
        if merged:
            for place in range(len(fixed)):
                paper.merge(row, place, row + len(person.needs) - 1, place)
        written.records.append(record)
    return _book("merged_down", committee, paper, written)


def with_sections(dice: Random) -> MadeBook:
    """Lines between the rows name the compound; the rows tell building and room only."""
    committee, paper = _committee(dice), Paper("Sheet1")

    def number_of(what: str) -> Column:
        def render(_dice: Random, person: Person, record: Record) -> str:
            value = str(person.building) if what == "building" else person.room
            record[what] = value
            return value

        return Column(header={"building": "楼号", "room": "室号"}[what], render=render)

    columns = [serial(), cells.name_column(dice), cells.phone_column(dice), number_of("building"), number_of("room"),
               cells.needs_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人名单")
    written = Written(header_row=header(paper, columns) + 1)
    for index, compound in enumerate(PLACES[committee]):
        numeral = "一二三四"[index]
        row = paper.line([dice.choice((compound, f"{numeral}、{compound}", f"{compound}："))])
        if dice.random() < 0.6:
            paper.merge(row, 0, row, len(columns) - 1)
        for number, person in enumerate(people(dice, committee, dice.randrange(3, 10)), 1):
            record, line = data_row(paper, dice, columns, person)
            numbered(paper, line, 0, number, columns)
            record["compound"] = compound
            written.records.append(record)
    return _book("with_sections", committee, paper, written)


def repeated_header(dice: Random) -> MadeBook:
    """The header again on every printed page."""
    committee, columns, paper = _committee(dice), _usual(dice), Paper("打印版")
    above(paper, dice, committee, width=len(columns), title="需求排摸表")
    written = plain_table(
        paper, dice, columns, people(dice, committee, dice.randrange(25, 60)), repeat_every=dice.randrange(8, 20)
    )
    return _book("repeated_header", committee, paper, written)


def shifted(dice: Random) -> MadeBook:
    """Blank rows above, a blank column at the left, blank rows between."""
    committee, columns, paper = _committee(dice), _usual(dice), Paper("Sheet1")
    paper.skip(dice.randrange(1, 4))
    written = plain_table(
        paper, dice, columns, people(dice, committee, dice.randrange(5, 30)), left=dice.randrange(1, 3), blank_rows=0.2
    )
    paper.name = f"{committee[:2]}名单"
    book = _book("shifted", committee, paper, written)
    del book.truth["committee"]
    return book


def nameless(dice: Random) -> MadeBook:
    """Rows without a name are refused."""
    committee, columns, paper = _committee(dice), _usual(dice), Paper("名单")
    above(paper, dice, committee, width=len(columns), title="老年人信息表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(15, 50)), nameless=0.12)
    return _book("nameless", committee, paper, written)


def birth_in_three(dice: Random) -> MadeBook:
    """Year, month and day in three columns."""
    committee, paper = _committee(dice), Paper("Sheet1")
    group = dice.choice(("出生日期", "出生年月日", ""))

    def part(word: str, attribute: str) -> Column:
        def render(_dice: Random, person: Person, record: Record) -> int:
            record["birth"] = person.born.isoformat()
            return int(getattr(person.born, attribute))

        return Column(header=word if group else f"出生{word}", render=render, group=group)

    columns = [serial(), cells.name_column(dice, "姓名"), part("年", "year"), part("月", "month"), part("日", "day"),
               cells.phone_column(dice), cells.address_column(dice), cells.needs_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人情况表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)))
    return _book("birth_in_three", committee, paper, written)


def several_things_in_a_cell(dice: Random) -> MadeBook:
    """姓名/电话 and 性别/年龄 in one column each."""
    committee, paper = _committee(dice), Paper("Sheet1")

    def name_phone(dice: Random, person: Person, record: Record) -> str:
        record.update(name=person.name, phones=[person.mobile])
        return person.name + dice.choice((" ", "/", "\n", "")) + person.mobile

    def sex_age(_dice: Random, person: Person, record: Record) -> str:
        record.update(sex=person.sex, age=person.age)
        return f"{person.sex}/{person.age}"

    columns = [serial(), Column(header="姓名/电话", render=name_phone), Column(header="性别/年龄", render=sex_age),
               cells.address_column(dice), cells.needs_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人需求表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)))
    return _book("several_things_in_a_cell", committee, paper, written)


def person_over_two_rows(dice: Random) -> MadeBook:
    """Two header rows, two rows for each person."""
    committee, paper = _committee(dice), Paper("Sheet1")
    upper = [cells.name_column(dice, "姓名"), cells.sex_column(dice), cells.phone_column(dice, "联系电话", wrong=0)]
    lower = [cells.needs_column(dice), cells.age_column(dice), cells.address_column(dice)]
    above(paper, dice, committee, width=3, title="老人需求登记表")
    paper.line([column.header for column in upper])
    bottom = paper.line([column.header for column in lower])
    written = Written(header_row=bottom + 1)
    for person in people(dice, committee, dice.randrange(5, 20)):
        first, _ = data_row(paper, dice, upper, person)
        second, _ = data_row(paper, dice, lower, person)
        written.records.append({**second, **first})
    return _book("person_over_two_rows", committee, paper, written)


def as_above(dice: Random) -> MadeBook:
    """同上 and 〃 instead of a repeated compound."""
    committee, paper = _committee(dice), Paper("Sheet1")
    mark = dice.choice(("同上", "〃", "″"))
    last: list[str] = []

    def compound(_dice: Random, person: Person, record: Record) -> str:
        record["compound"] = person.compound
        same = bool(last) and last[-1] == person.compound
        last.append(person.compound)
        return mark if same else person.compound

    columns = [serial(), cells.name_column(dice), Column(header="小区", render=compound), cells.phone_column(dice),
               cells.needs_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人需求表")
    everyone = sorted(people(dice, committee, dice.randrange(8, 30)), key=lambda person: person.compound)
    written = plain_table(paper, dice, columns, everyone)
    return _book("as_above", committee, paper, written)


def contact_group(dice: Random) -> MadeBook:
    """姓名 and 电话 twice: the person's own, and the contact's under a group."""
    committee, paper = _committee(dice), Paper("Sheet1")
    own = dice.choice(("基本信息", "老人信息", "本人"))
    columns = [serial()]
    for made in (cells.name_column(dice, "姓名"), cells.sex_column(dice), cells.phone_column(dice, "电话 联系电话")):
        columns.append(Column(header=made.header, render=made.render, group=own))
    columns += cells.contact_columns(dice, group=dice.choice(("紧急联系人", "家属", "监护人信息", "子女情况")))
    columns.append(cells.address_column(dice))
    columns.append(cells.needs_column(dice))
    above(paper, dice, committee, width=len(columns), title="老人登记表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)))
    return _book("contact_group", committee, paper, written)


def needs_in_columns(dice: Random) -> MadeBook:
    """需求1, 需求2, 需求3."""
    committee, paper = _committee(dice), Paper("Sheet1")
    word = dice.choice(("服务需求", "需求"))

    def slot(index: int) -> Column:
        def render(_dice: Random, person: Person, record: Record) -> str | None:
            record["needs"] = list(person.needs)
            return person.needs[index] if index < len(person.needs) else None

        return Column(header=f"{word}{index + 1}", render=render)

    columns = [serial(), cells.name_column(dice), cells.phone_column(dice), cells.address_column(dice),
               *(slot(index) for index in range(3))]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人需求表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)))
    return _book("needs_in_columns", committee, paper, written)


def tag_ticks(dice: Random) -> MadeBook:
    """Tags as tick columns under a group."""
    committee, paper = _committee(dice), Paper("Sheet1")
    words = ("高龄", "低保", "残疾", "失独")
    group = dice.choice(("人员类别", "老人类型"))

    def tag(word: str) -> Column:
        def render(_dice: Random, person: Person, record: Record) -> str | None:
            record.setdefault("tags", [])
            if word in person.tags:
                record["tags"].append(word)
                return "√"
            return None

        return Column(header=word, render=render, group=group)

    columns = [serial(), cells.name_column(dice, "姓名"), cells.phone_column(dice), *map(tag, words),
               *cells.tick_columns(dice, group="服务需求")]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人需求表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)))
    return _book("tag_ticks", committee, paper, written)


def hidden_things(dice: Random) -> MadeBook:
    """A hidden sheet of choices before the list, and hidden rows in it."""
    committee, columns, paper = _committee(dice), _usual(dice), Paper("名单")
    above(paper, dice, committee, width=len(columns), title="老人信息表")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(10, 40)))
    for record in dice.sample(written.records, 2):
        paper.hidden_rows.add(record["row"] - 1)
        written.records.remove(record)
    choices = Paper("选项", hidden=True)
    for word in CATEGORIES:
        choices.line([word])
    book = _book("hidden_things", committee, paper, written)
    book.papers.insert(0, choices)
    return book


def example_row(dice: Random) -> MadeBook:
    """An example and a line of hints under the header."""
    committee, columns, paper = _committee(dice), _usual(dice), Paper("Sheet1")
    columns = [column for column in columns if column.header != "序号"]
    columns.insert(0, serial())
    above(paper, dice, committee, width=len(columns), title="信息采集表")
    top = header(paper, columns)
    if dice.random() < 0.5:
        paper.line(["填写说明", *("必填" if index < 3 else "选填" for index in range(len(columns) - 1))])
    else:
        data_row(paper, dice, columns, people(dice, committee, 1)[0])
        paper.put(len(paper.rows) - 1, 0, dice.choice(("例", "示例", "例：")))
    written = Written(header_row=top + 1)
    for number, person in enumerate(people(dice, committee, dice.randrange(6, 30)), 1):
        record, row = data_row(paper, dice, columns, person)
        numbered(paper, row, 0, number, columns)
        written.records.append(record)
    return _book("example_row", committee, paper, written)


def english(dice: Random) -> MadeBook:
    """English headers."""
    committee, paper = _committee(dice), Paper("Sheet1")
    columns = [cells.name_column(dice, "Name"), cells.phone_column(dice, "Phone Mobile Tel"), cells.age_column(dice),
               cells.needs_column(dice, "Needs Services")]  # fmt: skip
    columns[2] = Column(header="Age", render=columns[2].render)
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)))
    book = _book("english", committee, paper, written)
    del book.truth["committee"]
    return book


def headerless(dice: Random) -> MadeBook:
    """No header at all."""
    committee, paper = _committee(dice), Paper("Sheet1")
    columns = [cells.name_column(dice), cells.sex_column(dice), cells.identity_column(dice, damaged=0),
               cells.phone_column(dice, wrong=0), cells.address_column(dice), cells.needs_column(dice)]  # fmt: skip
    written = Written(header_row=0)
    for person in people(dice, committee, dice.randrange(10, 30)):
        record, _ = data_row(paper, dice, columns, person)
        written.records.append(record)
    book = _book("headerless", committee, paper, written)
    del book.truth["committee"]
    return book


def form_for_each(dice: Random) -> MadeBook:
    """One form for each person, stacked."""
    committee, paper = _committee(dice), Paper("登记表")
    made = {
        "name": cells.name_column(dice, "姓名"),
        "sex": cells.sex_column(dice),
        "phones": cells.phone_column(dice, "联系电话", wrong=0),
        "age": cells.age_column(dice),
        "address": cells.address_column(dice),
        "needs": cells.needs_column(dice, "服务需求"),
    }
    written = Written(header_row=0)
    for person in people(dice, committee, dice.randrange(2, 8)):
        row = paper.line(["老人服务需求登记表"])
        paper.merge(row, 0, row, 3)
        record: Record = {"row": row + 2}
        for left, right in (("name", "sex"), ("phones", "age"), ("address", "needs")):
            paper.line(
                [
                    made[left].header,
                    made[left].render(dice, person, record),
                    made[right].header,
                    made[right].render(dice, person, record),
                ]
            )
        paper.skip()
        written.records.append(record)
    book = _book("form_for_each", committee, paper, written)
    del book.truth["committee"]
    del book.truth["header_row"]
    return book


def a_sheet_for_each(dice: Random) -> MadeBook:
    """A sheet for each committee, with other columns on each."""
    papers, records = [], []
    for committee in dice.sample(tuple(PLACES), 2):
        paper, columns = Paper(committee), _usual(dice)
        above(paper, dice, committee, width=len(columns), title="需求表", facts=False)
        written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(5, 20)))
        papers.append(paper)
        records.append(written.records)
    first = max(range(2), key=lambda index: len(records[index]))
    book = _book("a_sheet_for_each", papers[first].name, papers[first], Written(header_row=0, records=records[first]))
    del book.truth["header_row"]
    book.papers = [*papers, Paper("Sheet3")]
    return book


def two_levels_as_text(dice: Random) -> MadeBook:
    """Two levels as a text file keeps them: groups at their first column only."""
    book = with_ticks(dice)
    book.layout = "two_levels_as_text"
    book.papers[0].merges.clear()
    book.format = dice.choice(("csv_gb18030", "csv_utf8"))
    book.truth["sheet"] = None
    return book


SURVEYS: tuple[Layout, ...] = (
    usual, bare, with_ticks, three_levels, after_instructions, two_on_a_line, stacked, merged_down, with_sections,
    repeated_header, shifted, nameless, birth_in_three, several_things_in_a_cell, person_over_two_rows, as_above,
    contact_group, needs_in_columns, tag_ticks, hidden_things, example_row, english, headerless, form_for_each,
    a_sheet_for_each, two_levels_as_text,
)  # fmt: skip
