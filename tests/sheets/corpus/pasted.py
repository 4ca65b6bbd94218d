"""Survey sheets pasted from elsewhere: broken headers and cells, spacers, blank rows, further sheets."""

from random import Random

from tests.sheets.corpus.cells import Record
from tests.sheets.corpus.collected import HOME, column, number_of
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import Person
from tests.sheets.corpus.received import (
    Layout,
    age_of,
    committee_of,
    crowd,
    home_of,
    made,
    name_of,
    needs_of,
    over,
    phone_of,
)
from tests.sheets.corpus.tables import data_row, plain_table


def broken_headers(dice: Random) -> MadeBook:
    """Header words broken over two rows of cells, nothing merged."""
    committee, paper, records = committee_of(dice), Paper("Sheet1"), []
    columns = [
        number_of(),
        name_of("姓名"),
        age_of("年龄"),
        home_of("住址"),
        phone_of("联系电话"),
        column("紧急联系人", lambda p: p.contact, "emergency_contact"),
        column("紧急联系人电话", lambda p: p.contact_phone, "emergency_phone"),
        needs_of("服务需求"),
    ]
    paper.line([f"{committee}老人登记"])
    paper.line(["序", "姓", "年", "居住", "联系", "紧急", "紧急联系", "服务"])
    paper.line(["号", "名", "龄", "地址", "电话", "联系人", "人电话", "需求"])
    for number, person in enumerate(crowd(dice, committee), 1):
        record, row = data_row(paper, dice, columns, person)
        paper.put(row, 0, number)
        records.append(record)
    return made("broken_headers", [paper], records)


def spacer_columns(dice: Random) -> MadeBook:
    """An empty column between every group of columns, and the list begins in column C, row 6."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    blank = column("", lambda _p: None)
    columns = [
        number_of(),
        name_of("姓名"),
        age_of("年龄"),
        blank,
        phone_of("联系电话"),
        home_of("现住址"),
        blank,
        needs_of("服务需求"),
        column("备注", lambda _p: dice.choice((None, "已上门"))),
    ]
    paper.skip(2)
    paper.line([None, None, f"{committee}老人需求"])
    paper.skip(2)
    return made("spacer_columns", [paper], plain_table(paper, dice, columns, crowd(dice, committee), left=2).records)


def unheaded_columns(dice: Random) -> MadeBook:
    """Phone and sex without a header, the others with one."""
    committee, paper = committee_of(dice), Paper("名单")
    columns = [
        number_of(),
        name_of("姓名"),
        column("", lambda p: p.sex, "sex"),
        age_of("年龄"),
        home_of("地址"),
        column("", lambda p: p.mobile, "phones"),
        needs_of("需求"),
    ]
    over(paper, len(columns), f"{committee}名单")
    return made("unheaded_columns", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def vertical_committee(dice: Random) -> MadeBook:
    """Committee written downwards in a cell merged over the list, compounds merged down beside it."""
    committee, paper, records = committee_of(dice), Paper("总表"), []
    everyone = sorted(crowd(dice, committee), key=lambda p: p.compound)
    over(paper, 8, "九里亭街道独居老人需求汇总表")
    paper.line(["居委", "小区", "姓名", "楼号", "室号", "电话", "年龄", "需求"])
    top, start = len(paper.rows), len(paper.rows)
    for place, p in enumerate(everyone):
        new = place == 0 or everyone[place - 1].compound != p.compound
        if new and place:
            paper.merge(start, 1, len(paper.rows) - 1, 1)
        if new:
            start = len(paper.rows)
        row = paper.line(
            [
                "\n".join(committee) if place == 0 else None,
                "\n".join(p.compound) if new else None,
                p.name,
                p.building,
                p.room,
                p.mobile,
                p.age,
                "、".join(p.needs),
            ]
        )
        records.append(
            {
                "row": row + 1,
                "committee": committee,
                "compound": p.compound,
                "name": p.name,
                "building": str(p.building),
                "room": p.room,
                "phones": [p.mobile],
                "age": p.age,
                "needs": list(p.needs),
            }
        )
    paper.merge(start, 1, len(paper.rows) - 1, 1)
    paper.merge(top, 0, len(paper.rows) - 1, 0)
    return made("vertical_committee", [paper], records)


def continued_sheets(dice: Random) -> MadeBook:
    """A list that goes on over further sheets without a header there."""
    committee = committee_of(dice)
    columns = [
        number_of(),
        name_of("姓名"),
        column("性别", lambda p: p.sex, "sex"),
        age_of("年龄"),
        home_of("住址"),
        phone_of("电话"),
        needs_of("需求"),
    ]
    everyone = crowd(dice, committee)
    size = len(everyone) // 3
    first, papers, records = Paper("第1页"), [], []
    over(first, len(columns), f"{committee}老人需求名册")
    records += plain_table(first, dice, columns, everyone[:size]).records
    papers.append(first)
    for page in (2, 3):
        paper = Paper(f"第{page}页")
        for person in everyone[size * (page - 1) : size * page]:
            record, row = data_row(paper, dice, columns, person)
            paper.put(row, 0, size * (page - 1) + row + 1)
            records.append(record)
        papers.append(paper)
    book = made("continued_sheets", [first], records)
    book.papers = papers
    book.truth["sheets"] = [paper.name for paper in papers]
    return book


def spaced_rows(dice: Random) -> MadeBook:
    """A blank row behind every person, the number in the middle of the columns."""
    committee, paper = committee_of(dice), Paper("Sheet2")
    columns = [
        name_of("老人姓名"),
        home_of("居住地"),
        number_of("编号"),
        age_of("岁数"),
        phone_of("联络电话"),
        needs_of("需要的帮助"),
    ]
    return made(
        "spaced_rows", [paper], plain_table(paper, dice, columns, crowd(dice, committee), blank_rows=0.95).records
    )


def wide_cells(dice: Random) -> MadeBook:
    """Every cell merged over two or three columns, as tables come out of a word processor."""
    committee, paper, records = committee_of(dice), Paper("表1"), []
    columns = [
        number_of(),
        name_of("姓名"),
        column("性别", lambda p: p.sex, "sex"),
        age_of("年龄"),
        home_of("家庭住址"),
        phone_of("联系电话"),
        needs_of("服务需求"),
    ]
    widths = [dice.choice((1, 2, 3)) for _ in columns]

    def line(cells: list[Cell]) -> int:
        out: list[Cell] = []
        row = len(paper.rows)
        for cell, width in zip(cells, widths, strict=True):
            paper.merge(row, len(out), row, len(out) + width - 1)
            out += [cell, *[None] * (width - 1)]
        return paper.line(out)

    over(paper, sum(widths), f"{committee}老人需求表")
    line([one.header for one in columns])
    for number, person in enumerate(crowd(dice, committee), 1):
        record: Record = {}
        cells = [one.render(dice, person, record) for one in columns]
        cells[0] = number
        records.append({**record, "row": line(cells) + 1})
    return made("wide_cells", [paper], records)


def broken_cells(dice: Random) -> MadeBook:
    """Line breaks in the middle of names, phones, identity numbers and addresses."""
    committee, paper = committee_of(dice), Paper("Sheet1")

    def broken(text: str, *places: int) -> str:
        return (
            text
            if dice.random() < 0.4
            else "\n".join(text[a:b] for a, b in zip((0, *places), (*places, len(text)), strict=True))
        )

    def home(p: Person) -> Cell:
        text = f"{p.compound}{p.building}号{p.room}室"
        return broken(text, len(p.compound))

    columns = [
        number_of(),
        column("姓\n名", lambda p: broken(p.name, 1), "name"),
        column("身份证\n号码", lambda p: broken(p.identity, 10), "id_number"),
        column("联系\n电话", lambda p: broken(p.mobile, 7), "phones"),
        column("住\n址", home, HOME),
        column("服务\n需求", lambda p: "\n".join(p.needs), "needs"),
    ]
    over(paper, len(columns), f"{committee}老人\n需求表")
    return made("broken_cells", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


PASTED: tuple[Layout, ...] = (
    broken_headers,
    spacer_columns,
    unheaded_columns,
    vertical_committee,
    continued_sheets,
    spaced_rows,
    wide_cells,
    broken_cells,
)
