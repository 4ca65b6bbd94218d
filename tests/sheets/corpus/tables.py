"""Writing a table of the corpus on a paper: header levels, data, and the lines around it."""

from dataclasses import dataclass, field
from random import Random

from tests.sheets.corpus.cells import Column, Record
from tests.sheets.corpus.paper import Cell, Paper
from tests.sheets.corpus.people import Person


@dataclass(slots=True, kw_only=True)
class Written:
    """What a table put on the paper."""

    header_row: int
    records: list[Record] = field(default_factory=list)
    refused: list[Record] = field(default_factory=list)


def above(
    paper: Paper, dice: Random, committee: str, *, width: int, title: str = "", lines: int = 0, facts: bool = True
) -> None:
    """A title, instruction lines and a line of facts, merged over the table or not."""
    if title:
        row = paper.line([title])
        if dice.random() < 0.8:
            paper.merge(row, 0, row, width - 1)
    for number in range(lines):
        text = dice.choice(
            (
                "填表说明：请各居委于每月25日前上报，联系电话必须填写。",
                f"{number + 1}.姓名、身份证号必须与证件一致",
                "注：本表一式两份",
            )
        )
        row = paper.line([text])
        if dice.random() < 0.6:
            paper.merge(row, 0, row, width - 1)
    if facts:
        style = dice.choice(("one", "cells", "pairs"))
        if style == "one":
            row = paper.line([f"填报单位：{committee}　　　填报日期：2026年3月5日　　联系人：王老师"])
            paper.merge(row, 0, row, width - 1)
        elif style == "cells":
            paper.line([f"社区：{committee}", None, None, "填报日期：2026.3.5"])
        else:
            paper.line(["填报单位：", committee, None, "日期：", "2026-03-05"])
    if dice.random() < 0.2:
        paper.skip()


def below(paper: Paper, dice: Random, *, width: int) -> None:
    """A footer now and then."""
    if dice.random() < 0.3:
        paper.skip()
    style = dice.random()
    if style < 0.35:
        row = paper.line(["填表人：                审核人：                2026年3月"])
        paper.merge(row, 0, row, width - 1)
    elif style < 0.6:
        paper.line(["填表人：", None, "审核人：", None, "日期："])
    elif style < 0.75:
        paper.line(["注：以上人员均已上门核实，请志愿者服务时注意安全，谢谢配合工作"])


def header(paper: Paper, columns: list[Column], *, left: int = 0, merged: bool = True) -> int:
    """One or two header levels; gives the lowest header row, from 0."""
    top = len(paper.rows)
    if not any(column.group for column in columns):
        return paper.line([column.header for column in columns], left=left, row=top)
    previous = ""
    start = left
    for offset, column in enumerate(columns):
        place = left + offset
        if column.group:
            paper.put(top + 1, place, column.header)
            if column.group != previous:
                paper.put(top, place, column.group)
                start = place
            elif merged:
                if paper.merges and paper.merges[-1][:2] == (top, start):
                    paper.merges.pop()
                paper.merge(top, start, top, place)
        else:
            paper.put(top, place, column.header)
            paper.put(top + 1, place, None)
            if merged:
                paper.merge(top, place, top + 1, place)
        previous = column.group
    return top + 1


def data_row(
    paper: Paper,
    dice: Random,
    columns: list[Column],
    person: Person,
    *,
    left: int = 0,
    row: int | None = None,
    nameless: bool = False,
) -> tuple[Record, int]:
    """Write one person; gives the record (its row from 1) and the row from 0."""
    record: Record = {}
    cells: list[Cell] = [column.render(dice, person, record) for column in columns]
    if nameless:
        for index, column in enumerate(columns):
            probe: Record = {}
            column.render(dice, person, probe)
            if "name" in probe:
                cells[index] = None
    number = len(paper.rows) if row is None else row
    for offset, cell in enumerate(cells):
        paper.put(number, left + offset, cell)
    record["row"] = number + 1
    return record, number


def serial(width: int = 1) -> Column:
    """A running number, counted by who writes the table."""
    return Column(header="序号", render=lambda _dice, _person, _record: None)


def numbered(paper: Paper, row: int, left: int, number: int, columns: list[Column]) -> None:
    """Fill in the running number where the table has one."""
    for offset, column in enumerate(columns):
        if column.header in {"序号", "编号"} and paper.rows[row][left + offset] is None:
            paper.put(row, left + offset, number)


def plain_table(
    paper: Paper,
    dice: Random,
    columns: list[Column],
    people: list[Person],
    *,
    left: int = 0,
    merged: bool = True,
    nameless: float = 0.0,
    blank_rows: float = 0.0,
    totals: bool = False,
    prefilled: int = 0,
    repeat_every: int = 0,
) -> Written:
    """A table of one person a row, with what is usually strewn into it."""
    written = Written(header_row=header(paper, columns, left=left, merged=merged) + 1)
    head = [list(paper.rows[row]) for row in range(written.header_row - 1, written.header_row)]
    since_total = 0
    for number, person in enumerate(people, 1):
        if repeat_every and number > 1 and (number - 1) % repeat_every == 0 and len(head) == 1:
            paper.line(head[0])
        is_nameless = dice.random() < nameless
        record, row = data_row(paper, dice, columns, person, left=left, nameless=is_nameless)
        numbered(paper, row, left, number, columns)
        if is_nameless:
            written.refused.append({"row": record["row"], "why": "name missing"})
        else:
            written.records.append(record)
        since_total += 1
        if totals and since_total >= 8 and dice.random() < 0.3:
            paper.line([None, dice.choice(("小计", "小 计")), None, f"{since_total}人"], left=left)
            since_total = 0
        if dice.random() < blank_rows:
            paper.skip()
    for number in range(prefilled):
        paper.line([len(people) + number + 1], left=left)
    if totals:
        paper.line([dice.choice(("合计", "总计", "合  计")), f"{len(people)}人"], left=left)
    return written
