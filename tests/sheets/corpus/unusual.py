"""Survey layouts that are no plain lists, or say things in unusual ways: turned tables, forms, labels in cells."""

from collections.abc import Callable
from datetime import date
from random import Random

from tests.sheets.corpus import cells
from tests.sheets.corpus.cells import Column, Record, Render
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, PLACES, Person, people
from tests.sheets.corpus.tables import above, data_row, numbered, plain_table, serial

Layout = Callable[[Random], MadeBook]
EPOCH_1904 = date(1904, 1, 1)


def _made(layout: str, papers: list[Paper], records: list[Record], **more: object) -> MadeBook:
    truth = {"kind": "survey", "sheets": [paper.name for paper in papers], "records": records, "refused": []}
    return MadeBook(layout=layout, seed=0, papers=papers, truth={**truth, **more})


def _committee(dice: Random) -> str:
    return dice.choice(tuple(PLACES))


def _fields(dice: Random, *, fewest: int = 5) -> list[Column]:
    """Fields as a form or a turned table has them, the name first."""
    rest = [cells.sex_column(dice), cells.age_column(dice) if dice.random() < 0.5 else cells.birth_column(dice),
            cells.phone_column(dice, "联系电话 电话 手机号码", wrong=0), cells.address_column(dice),
            cells.needs_column(dice, "服务需求 需求内容 服务项目")]  # fmt: skip
    if dice.random() < 0.5:
        rest.insert(2, cells.identity_column(dice, damaged=0))
    if dice.random() < 0.5:
        rest.append(cells.living_column(dice))
    if dice.random() < 0.5:
        rest += cells.contact_columns(dice)
    if dice.random() < 0.5:
        rest.append(cells.notes_column(dice))
    return [cells.name_column(dice, "姓名 老人姓名"), *rest[: max(fewest, len(rest))]]


def turned(dice: Random) -> MadeBook:
    """Fields down, persons across; a title, numbers of persons, groups of fields at the left now and then."""
    committee, paper, columns = _committee(dice), Paper("Sheet1"), _fields(dice)
    everyone = people(dice, committee, dice.randrange(2, 14))
    left = dice.choice((0, 0, 1))
    if dice.random() < 0.6:
        row = paper.line([f"{committee}老人需求情况"])
        paper.merge(row, 0, row, left + len(everyone))
    top = len(paper.rows)
    if dice.random() < 0.4:
        paper.line([dice.choice(("序号", "编号", "项目")), *range(1, len(everyone) + 1)], left=left)
    first = len(paper.rows)
    records: list[Record] = [{} for _ in everyone]
    for offset, column in enumerate(columns):
        paper.put(first + offset, left, column.header)
        for place, (person, record) in enumerate(zip(everyone, records, strict=True)):
            paper.put(first + offset, left + 1 + place, column.render(dice, person, record))
    if left:
        half = len(columns) // 2
        for start, end, word in ((0, half - 1, "基本信息"), (half, len(columns) - 1, "需求情况")):
            paper.put(first + start, 0, word)
            paper.merge(first + start, 0, first + end, 0)
    if dice.random() < 0.3:
        paper.skip()
        paper.line(["填表人：", None, "审核人："], left=left)
    for record in records:
        record["row"] = top + 1
    return _made("turned", [paper], records)


def turned_with_ticks(dice: Random) -> MadeBook:
    """Persons across, services down, ticks where they meet."""
    committee, paper = _committee(dice), Paper("需求")
    columns = [cells.name_column(dice, "姓名"), cells.age_column(dice), cells.phone_column(dice, "电话", wrong=0),
               *cells.place_columns(dice), *cells.tick_columns(dice, group="")]  # fmt: skip
    everyone = people(dice, committee, dice.randrange(4, 12))
    row = paper.line([f"{committee}老人服务需求一览"])
    paper.merge(row, 0, row, len(everyone))
    first = len(paper.rows)
    records: list[Record] = [{"row": first + 1} for _ in everyone]
    for column in columns:
        paper.line([column.header, *(column.render(dice, *both) for both in zip(everyone, records, strict=True))])
    return _made("turned_with_ticks", [paper], records)


def _form(paper: Paper, dice: Random, columns: list[Column], person: Person, *, top: int, left: int, pairs: int,
          colon: bool, wide: bool) -> Record:  # fmt: skip
    """One form of labels with values beside them, ``pairs`` on a line; the last value spans what is left."""
    record: Record = {"row": top + 1}
    step = 3 if wide else 2
    for number, column in enumerate(columns):
        row, place = top + number // pairs, left + step * (number % pairs)
        paper.put(row, place, column.header.rstrip("：") + ("：" if colon else ""))
        paper.put(row, place + 1, column.render(dice, person, record))
        last = left + step * pairs - 1 if number == len(columns) - 1 else place + step - 1
        if last > place + 1:
            paper.merge(row, place + 1, row, last)
    return record


def form_sheets(dice: Random) -> MadeBook:
    """A form on a sheet of its own for each person."""
    columns, committee, papers, records = _fields(dice), _committee(dice), [], []
    pairs, colon, wide = dice.choice((1, 2, 3)), dice.random() < 0.4, dice.random() < 0.4
    by_name, footer = dice.random() < 0.5, dice.random() < 0.5
    for number, person in enumerate(people(dice, committee, dice.randrange(2, 7)), 1):
        paper = Paper(person.name if by_name else f"Sheet{number}")
        row = paper.line(["老年人服务需求登记表"])
        paper.merge(row, 0, row, 5)
        start = len(paper.rows)
        if dice.random() < 0.5:
            paper.line(["填表日期：2026年3月5日"])
        records.append(
            _form(paper, dice, columns, person, top=len(paper.rows), left=0, pairs=pairs, colon=colon, wide=wide)
        )
        records[-1]["row"] = start + 1
        if footer:
            paper.skip()
            paper.line(["调查员：", None, "审核人："])
        papers.append(paper)
    return _made("form_sheets", papers, records)


def forms_beside(dice: Random) -> MadeBook:
    """Forms in two columns of forms, stacked too, each under its title."""
    columns, committee, paper = _fields(dice), _committee(dice), Paper("登记卡")
    colon, records = dice.random() < 0.5, []
    everyone = people(dice, committee, 2 * dice.randrange(1, 5))
    height = len(columns) + dice.choice((0, 1)) + 1
    for number, person in enumerate(everyone):
        top, left = (number // 2) * height, 3 * (number % 2)
        if height > len(columns) + 1:
            paper.put(top, left, dice.choice(("登记卡", "老人登记卡")))
            top += 1
        records.append(_form(paper, dice, columns, person, top=top, left=left, pairs=1, colon=colon, wide=False))
    return _made("forms_beside", [paper], records)


def forms_values_below(dice: Random) -> MadeBook:
    """Cards of two lines of labels, each with its values in the line below."""
    columns, committee, paper = _fields(dice)[:6], _committee(dice), Paper("登记卡")
    half, records = (len(columns) + 1) // 2, []
    for person in people(dice, committee, dice.randrange(3, 9)):
        record: Record = {"row": len(paper.rows) + 2}
        for part in (columns[:half], columns[half:]):
            paper.line([column.header for column in part])
            paper.line([column.render(dice, person, record) for column in part])
        if dice.random() < 0.9:
            paper.skip()
        records.append(record)
    return _made("forms_values_below", [paper], records)


def labels_in_cells(dice: Random) -> MadeBook:
    """A person a line, each cell with its label: 姓名：苗芬 | 电话：100…"""
    columns, committee, paper = _fields(dice), _committee(dice), Paper("名单")
    sign, records = dice.choice(("：", ":", "： ")), []
    labels = [column.header.replace("\n", "").rstrip("：") for column in columns]
    if dice.random() < 0.5:
        paper.line(["老人需求登记"])
    for person in people(dice, committee, dice.randrange(4, 20)):
        record: Record = {"row": len(paper.rows) + 1}
        shown = [column.render(dice, person, record) for column in columns]
        paper.line([f"{label}{sign}{'' if cell is None else cell}" for label, cell in zip(labels, shown, strict=True)])
        records.append(record)
    return _made("labels_in_cells", [paper], records)


def form_of_labelled_cells(dice: Random) -> MadeBook:
    """A form for each person whose cells hold label and value, over several lines."""
    columns, committee, paper = _fields(dice), _committee(dice), Paper("登记表")
    pairs, records = dice.choice((1, 2, 3)), []
    labels = [column.header.replace("\n", "").rstrip("：") for column in columns]
    for person in people(dice, committee, dice.randrange(2, 9)):
        if dice.random() < 0.8:
            paper.line(["老年人需求登记表"])
        record: Record = {"row": len(paper.rows) + 1}
        shown = [column.render(dice, person, record) for column in columns]
        texts: list[Cell] = [
            f"{label}：{'' if cell is None else cell}" for label, cell in zip(labels, shown, strict=True)
        ]
        for start in range(0, len(texts), pairs):
            paper.line(texts[start : start + pairs])
        paper.skip(dice.choice((1, 1, 2)))
        records.append(record)
    return _made("form_of_labelled_cells", [paper], records)


def everything_in_a_cell(dice: Random) -> MadeBook:
    """A person a cell: 姓名：苗芬  年龄：78  电话：…"""
    committee, paper = _committee(dice), Paper("名单")
    columns = [cells.name_column(dice, "姓名"), cells.sex_column(dice), cells.age_column(dice),
               cells.phone_column(dice, "电话", wrong=0), cells.address_column(dice),
               Column(header="服务需求", render=_joined_needs)]  # fmt: skip
    sign, between, records = dice.choice(("：", ":")), dice.choice(("  ", "，", "\n", "；", "　")), []
    labels = [column.header.replace("\n", "").replace(" ", "").rstrip("：") for column in columns]
    for person in people(dice, committee, dice.randrange(3, 15)):
        record: Record = {"row": len(paper.rows) + 1}
        texts = []
        for label, column in zip(labels, columns, strict=True):
            cell = column.render(dice, person, record)
            texts.append(f"{label}{sign}{'' if cell is None else str(cell).replace(chr(10), ' ')}")
        paper.line([between.join(texts)])
        records.append(record)
    return _made("everything_in_a_cell", [paper], records)


def _joined_needs(_dice: Random, person: Person, record: Record) -> Cell:
    record["needs"] = list(person.needs)
    return "、".join(person.needs)


_QUESTIONS = (
    "是否需要{}",
    "是否需要{}？",
    "需要{}吗？",
    "您是否需要{}服务",
    "有无{}需求",
    "{}（需要/不需要）",
    "需{}否",
)


def questions(dice: Random) -> MadeBook:
    """Services as questions, answered 是 and 否."""
    committee, paper = _committee(dice), Paper("问卷")
    form = dice.choice(_QUESTIONS)
    yes, no = dice.choice((("是", "否"), ("需要", "不需要"), ("√", ""), ("√", "×"), ("有", "无"), ("1", "0")))

    def of(category: str) -> Column:
        def render(_dice: Random, person: Person, record: Record) -> Cell:
            record.setdefault("needs", [])
            if category in person.needs:
                record["needs"].append(category)
                return yes
            return no or None

        return Column(header=form.format(category), render=render)

    columns = [serial(), cells.name_column(dice), cells.phone_column(dice), cells.address_column(dice),
               cells.alone_column(dice), *map(of, CATEGORIES)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="助老服务需求问卷")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(8, 30)))
    return _made("questions", [paper], written.records, header_row=written.header_row)


def yes_and_no_columns(dice: Random) -> MadeBook:
    """Each service over two columns, 是 and 否 (or 需要 and 不需要), one of them ticked."""
    committee, paper = _committee(dice), Paper("Sheet1")
    words = dice.choice((("是", "否"), ("需要", "不需要"), ("有", "无")))
    form = dice.choice(("{}", "是否需要{}", "{}需求"))
    flat = [serial(), cells.name_column(dice, "姓名"), cells.phone_column(dice), cells.address_column(dice)]
    merged = dice.random() < 0.8
    top = paper.line([*(column.header for column in flat), *(None for _ in range(2 * len(CATEGORIES)))])
    for number, category in enumerate(CATEGORIES):
        place = len(flat) + 2 * number
        paper.put(top, place, form.format(category))
        paper.put(top + 1, place, words[0])
        paper.put(top + 1, place + 1, words[1])
        paper.merge(top, place, top, place + 1)
    if merged:
        for place in range(len(flat)):
            paper.merge(top, place, top + 1, place)
    records = []
    for number, person in enumerate(people(dice, committee, dice.randrange(8, 25)), 1):
        record, row = data_row(paper, dice, flat, person)
        numbered(paper, row, 0, number, flat)
        record["needs"] = list(person.needs)
        for index, category in enumerate(CATEGORIES):
            paper.put(row, len(flat) + 2 * index + (category not in person.needs), "√")
        records.append(record)
    return _made("yes_and_no_columns", [paper], records, header_row=top + 2)


def day_numbers_1904(dice: Random) -> MadeBook:
    """A workbook that counts days from 1904, births as real dates or as bare day numbers."""
    committee, paper = _committee(dice), Paper("Sheet1")
    bare = dice.choice((0.0, 0.5, 1.0))

    def birth(dice: Random, person: Person, record: Record) -> Cell:
        record["birth"] = person.born.isoformat()
        return (person.born - EPOCH_1904).days if dice.random() < bare else person.born

    columns = [serial(), cells.name_column(dice), Column(header="出生日期", render=birth), cells.phone_column(dice),
               cells.address_column(dice), cells.needs_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人名单")
    everyone = [p for p in people(dice, committee, dice.randrange(12, 30)) if p.born.year > 1915]
    written = plain_table(paper, dice, columns, everyone)
    book = _made("day_numbers_1904", [paper], written.records)
    book.format, book.from_1904 = dice.choice(("xlsx_1904", "xls_1904")), True
    return book


def groups_over_times(dice: Random) -> MadeBook:
    """Each service over 需求 and 次数 (or 频次): the ticks are needs, the counts are not."""
    committee, paper = _committee(dice), Paper("Sheet1")
    second = dice.choice(("次数", "每月次数", "频次", "备注"))
    first = dice.choice(("是否需要", "需求", "需要打√"))
    flat = [serial(), cells.name_column(dice, "姓名"), cells.phone_column(dice)]
    top = paper.line([column.header for column in flat])
    chosen = CATEGORIES[:3]
    for place in range(len(flat)):
        paper.merge(top, place, top + 1, place)
    for number, category in enumerate(chosen):
        place = len(flat) + 2 * number
        paper.put(top, place, category)
        paper.merge(top, place, top, place + 1)
        paper.put(top + 1, place, first)
        paper.put(top + 1, place + 1, second)
    records = []
    for number, person in enumerate(people(dice, committee, dice.randrange(8, 25)), 1):
        record, row = data_row(paper, dice, flat, person)
        numbered(paper, row, 0, number, flat)
        record["needs"] = [category for category in chosen if category in person.needs]
        for index, category in enumerate(chosen):
            if category in person.needs:
                paper.put(row, len(flat) + 2 * index, dice.choice(("√", "是")))
                if second != "备注":
                    paper.put(row, len(flat) + 2 * index + 1, dice.choice((1, 2, "每月1次")))
        records.append(record)
    return _made("groups_over_times", [paper], records, header_row=top + 2)


_FREE = {
    "陪伴聊天": ("想有人来陪聊", "希望志愿者来聊天", "需要有人陪聊"),
    "居家清洁": ("家里想打扫一下卫生", "打扫卫生", "希望上门做保洁"),
    "理发": ("想剪头发", "上门理个发", "需要理发师上门剪发"),
    "清洗空调": ("空调要洗一洗", "两台空调需要清洗", "洗空调2台"),
    "清洗油烟机": ("油烟机太脏了要洗", "脱排油烟机清洗", "帮忙洗油烟机"),
    "代买代办": ("代配药", "帮忙买菜", "每月代配药一次"),
}


def free_words(dice: Random) -> MadeBook:
    """Needs as people say them."""
    committee, paper = _committee(dice), Paper("走访")
    between = dice.choice(("；", "，", "、", "。"))

    def needs(dice: Random, person: Person, record: Record) -> Cell:
        record["needs"] = list(person.needs)
        return between.join(dice.choice(_FREE[need]) for need in person.needs)

    columns = [serial(), cells.name_column(dice), cells.phone_column(dice), *cells.place_columns(dice),
               cells.column(dice, "需求情况 具体需求 需要什么帮助 老人需求", needs)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人走访需求")
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(8, 30)))
    return _made("free_words", [paper], written.records, header_row=written.header_row)


def places_merged_down(dice: Random) -> MadeBook:
    """Compound and building merged down over the people who live there; couples share a room."""
    committee, paper = _committee(dice), Paper("楼组")
    own = [cells.name_column(dice, "姓名"), cells.age_column(dice), cells.phone_column(dice), cells.needs_column(dice)]
    merged = dice.random() < 0.7
    above(paper, dice, committee, width=4 + len(own), title="楼组老人名单")
    top = paper.line([dice.choice(("小区", "小区名称")), "楼号", "室号", *(column.header for column in own)])
    records = []
    names = iter(people(dice, committee, 200))
    for compound in PLACES[committee]:
        start = len(paper.rows)
        for building in dice.sample(range(1, 60), dice.randrange(1, 4)):
            first = len(paper.rows)
            for _ in range(dice.randrange(1, 4)):
                room, at = f"{dice.randrange(1, 19)}0{dice.randrange(1, 5)}", len(paper.rows)
                for _ in range(dice.choice((1, 1, 2))):
                    record, row = data_row(paper, dice, own, next(names), left=3)
                    record.update(compound=compound, building=str(building), room=room)
                    records.append(record)
                    firsts: tuple[tuple[Cell, int], ...] = ((compound, start), (building, first), (room, at))
                    for place, (cell, begins) in enumerate(firsts):
                        paper.put(row, place, cell if row == begins or not merged else None)
                if merged:
                    paper.merge(at, 2, len(paper.rows) - 1, 2)
            if merged:
                paper.merge(first, 1, len(paper.rows) - 1, 1)
        if merged:
            paper.merge(start, 0, len(paper.rows) - 1, 0)
    return _made("places_merged_down", [paper], records, header_row=top + 1)


def pages(dice: Random) -> MadeBook:
    """Printed pages below one another: title, facts, header, rows, 小计 and 第1页 on each."""
    committee, paper = _committee(dice), Paper("打印")
    columns = [serial(), cells.name_column(dice), cells.sex_column(dice), cells.phone_column(dice),
               cells.address_column(dice), cells.needs_column(dice)]  # fmt: skip
    everyone = people(dice, committee, dice.randrange(20, 50))
    size, records = dice.randrange(8, 15), []
    count = (len(everyone) + size - 1) // size
    with_facts = dice.random() < 0.6
    for page in range(count):
        row = paper.line([f"{committee}老人服务需求排摸表"])
        paper.merge(row, 0, row, len(columns) - 1)
        if with_facts:
            paper.line([f"填报单位：{committee}", None, None, f"第{page + 1}页 共{count}页"])
        paper.line([column.header for column in columns])
        part = everyone[page * size : (page + 1) * size]
        for number, person in enumerate(part, page * size + 1):
            record, line = data_row(paper, dice, columns, person)
            numbered(paper, line, 0, number, columns)
            records.append(record)
        paper.line([None, "本页小计", None, f"{len(part)}人"])
        if not with_facts:
            paper.line([f"第 {page + 1} 页，共 {count} 页"])
    return _made("pages", [paper], records)


def notes_between(dice: Random) -> MadeBook:
    """Remarks on lines of their own between the rows, and rows struck out by a word."""
    committee, paper = _committee(dice), Paper("Sheet1")
    columns = [serial(), cells.name_column(dice), cells.phone_column(dice), cells.address_column(dice),
               cells.needs_column(dice), cells.notes_column(dice)]  # fmt: skip
    above(paper, dice, committee, width=len(columns), title="老人名单")
    top = paper.line([column.header for column in columns])
    records = []
    for number, person in enumerate(people(dice, committee, dice.randrange(10, 30)), 1):
        record, row = data_row(paper, dice, columns, person)
        numbered(paper, row, 0, number, columns)
        records.append(record)
        if dice.random() < 0.15:
            row = paper.line([dice.choice(("以下为新增人员", "以上人员已核实，电话均可打通", "（3月补充）",
                                           "注：下列老人子女在外地", "—— 以下空白 ——", "新增："))])  # fmt: skip
            if dice.random() < 0.5:
                paper.merge(row, 0, row, len(columns) - 1)
    return _made("notes_between", [paper], records, header_row=top + 1)


_PHONES: tuple[tuple[str, Callable[[str, str], list[str]]], ...] = (
    ("021-{landline}", lambda _, at_home: [f"021-{at_home}"]),
    ("021-{landline}-805", lambda _, at_home: [f"021-{at_home}-805"]),
    ("021-{landline}转805", lambda _, at_home: [f"021-{at_home}-805"]),
    ("(021){landline}", lambda _, at_home: [f"021-{at_home}"]),
    ("021{landline}", lambda _, at_home: [f"021-{at_home}"]),
    ("{landline}/{mobile}", lambda own, at_home: [at_home, own]),
    ("手机{mobile} 座机{landline}", lambda own, at_home: [own, at_home]),
    ("+86 {mobile}", lambda own, _: [own]),
    ("86-{mobile}", lambda own, _: [own]),
    ("{mobile}（女儿）", lambda own, _: [own]),
    ("{mobile}微信同号", lambda own, _: [own]),
    ("座机：{landline}", lambda _, at_home: [at_home]),
    ("电话{mobile}。", lambda own, _: [own]),
    ("{mobile}\n{landline}", lambda own, at_home: [own, at_home]),
)  # fmt: skip


def odd_phones(dice: Random) -> MadeBook:
    """Phones in every way that people write them."""
    committee, paper = _committee(dice), Paper("Sheet1")

    def phone(dice: Random, person: Person, record: Record) -> Cell:
        form, meant = dice.choice(_PHONES)
        record["phones"] = meant(person.mobile, person.landline)
        return form.format(mobile=person.mobile, landline=person.landline)

    columns = [serial(), cells.name_column(dice), cells.column(dice, "联系电话 电话 联系方式", phone),
               cells.address_column(dice), cells.needs_column(dice)]  # fmt: skip
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(8, 30)))
    return _made("odd_phones", [paper], written.records, header_row=written.header_row)


_AGES = ("{}", "{}岁", "{}周岁", "{} 岁", "约{}岁", "{}(虚)", "虚岁{}", "{}+")
_WRAPS = ("{}＊", "＊{}", "{}\n（必填）", "1、{}", "{}（*）", "【{}】", "{}：", " {} ", "{}/Name", "{}\n",
          "{}（请如实填写）", "{}(文本格式)", "*{}：", "（必填）{}", "{}▲")  # fmt: skip


def odd_headers(dice: Random) -> MadeBook:
    """Every header word wrapped in marks, blanks, numbers and instructions."""
    committee, paper = _committee(dice), Paper("Sheet1")

    def wrapped(column: Column) -> Column:
        text = column.header
        if len(text) == 2 and dice.random() < 0.3:
            text = dice.choice(("{}    {}", "{}\n{}", "{}　　{}")).format(*text)
        form = dice.choice([wrap for wrap in _WRAPS if "Name" not in wrap or column is named])
        return Column(header=form.format(text), render=column.render)

    def age(dice: Random, person: Person, record: Record) -> Cell:
        record["age"] = person.age
        return dice.choice(_AGES[:4]).format(person.age)

    named = Column(header="姓名", render=cells.name_column(dice).render)
    columns = [named, Column(header="性别", render=cells.sex_column(dice).render),
               Column(header="年龄", render=age),
               Column(header="身份证号码", render=cells.identity_column(dice, damaged=0).render),
               Column(header="联系电话", render=cells.phone_column(dice, wrong=0).render),
               Column(header="家庭住址", render=cells.address_column(dice).render),
               Column(header="服务需求", render=cells.needs_column(dice).render)]  # fmt: skip
    columns = [wrapped(column) for column in columns]
    written = plain_table(paper, dice, columns, people(dice, committee, dice.randrange(6, 30)))
    return _made("odd_headers", [paper], written.records, header_row=written.header_row)


def headerless_short(dice: Random) -> MadeBook:
    """A handful of people, no header, a title at most."""
    committee, paper = _committee(dice), Paper("Sheet1")
    own: list[Render] = [cells.name_column(dice).render, cells.phone_column(dice, wrong=0).render,
                         cells.address_column(dice).render, cells.needs_column(dice).render]  # fmt: skip
    if dice.random() < 0.5:
        own.insert(1, cells.sex_column(dice).render)
    if dice.random() < 0.5:
        own.insert(2, cells.identity_column(dice, damaged=0).render)
    if dice.random() < 0.5:
        paper.line([f"{committee}要服务的老人"])
    columns = [Column(header="", render=render) for render in own]
    records = []
    for number, person in enumerate(people(dice, committee, dice.randrange(3, 9)), 1):
        record, row = data_row(paper, dice, columns, person, left=1)
        paper.put(row, 0, number)
        records.append(record)
    return _made("headerless_short", [paper], records)


UNUSUAL: tuple[Layout, ...] = (
    turned, turned_with_ticks, form_sheets, forms_beside, forms_values_below, labels_in_cells, form_of_labelled_cells,
    everything_in_a_cell, questions, yes_and_no_columns, day_numbers_1904, groups_over_times, free_words,
    places_merged_down, pages, notes_between, odd_phones, odd_headers, headerless_short,
)  # fmt: skip
