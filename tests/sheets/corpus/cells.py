"""Columns of the corpus: header words, how a cell is written, and what is to be read from it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.sheets.corpus.paper import Cell
from tests.sheets.corpus.people import CATEGORIES, OTHER_WORDS, Person, mobile

Record = dict[str, Any]
Render = Callable[[Random, Person, Record], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its header, the group over it, and its cells."""

    header: str
    render: Render
    group: str = ""


def ornamented(dice: Random, word: str) -> str:
    """A header word with blanks, line breaks, required marks, colons now and then."""
    roll = dice.random()
    if roll < 0.1 and len(word) == 2:
        return f"{word[0]}  {word[1]}"
    if roll < 0.2 and len(word) >= 4:
        return word[: len(word) // 2] + "\n" + word[len(word) // 2 :]
    if roll < 0.3:
        return word + dice.choice(("*", "（*）", "(必填)", "（必填）", "（选填）"))
    if roll < 0.35:
        return dice.choice(("*", "※")) + word
    return word + "：" if roll < 0.38 else word


def column(dice: Random, words: str, render: Render, *, group: str = "") -> Column:
    """A column under one of several words."""
    return Column(header=ornamented(dice, dice.choice(words.split())), render=render, group=group)


def name_column(dice: Random, words: str = "姓名 老人姓名 名字 姓名 服务对象姓名", *, group: str = "") -> Column:
    """Names, some with inner blanks or stray signs."""
    messy = dice.random() < 0.5

    def render(dice: Random, person: Person, record: Record) -> Cell:
        record["name"] = person.name
        if messy and len(person.name) == 2 and dice.random() < 0.4:
            return f"{person.name[0]}{dice.choice(('  ', '　', ' '))}{person.name[1]}"
        if messy and dice.random() < 0.1:
            return person.name + dice.choice((" ", "\xa0", "，", "\\", "/"))
        return person.name

    return column(dice, words, render, group=group)


def sex_column(dice: Random) -> Column:
    """男 and 女."""
    long = dice.random() < 0.1

    def render(_dice: Random, person: Person, record: Record) -> Cell:
        record["sex"] = person.sex
        return person.sex + ("性" if long else "")

    return column(dice, "性别", render)


def birth_column(dice: Random) -> Column:
    """Birth dates in one form, or several mixed."""
    forms = [dice.choice(("iso", "dots", "chinese", "slashes", "real", "run", "run_number", "month", "year_month"))]
    if dice.random() < 0.3:
        forms += ["iso", "dots", "chinese", "real", "short"]

    def render(dice: Random, person: Person, record: Record) -> Cell:
        born = person.born
        record["birth"] = born.isoformat()
        form = dice.choice(forms)
        if form in {"month", "year_month"}:
            record["birth"] = f"{born:%Y-%m}"
        written: dict[str, Cell] = {
            "iso": born.isoformat(),
            "dots": f"{born.year}.{born.month}.{born.day}",
            "chinese": f"{born.year}年{born.month}月{born.day}日",
            "slashes": f"{born.year}/{born.month}/{born.day}",
            "real": born,
            "run": f"{born:%Y%m%d}",
            "run_number": int(f"{born:%Y%m%d}"),
            "month": f"{born.year}年{born.month}月",
            "year_month": f"{born.year}.{born.month:02d}",
            "short": f"{born.year - 1900}/{born.month}/{born.day}",
        }
        return written[form]

    return column(dice, "出生日期 出生年月 生日 出生年月日", render)


def age_column(dice: Random) -> Column:
    """Ages as numbers or with 岁."""
    with_word = dice.random() < 0.3

    def render(_dice: Random, person: Person, record: Record) -> Cell:
        record["age"] = person.age
        return f"{person.age}岁" if with_word else person.age

    return column(dice, "年龄 周岁 年龄（岁）", render)


def identity_column(dice: Random, *, damaged: float = 0.05) -> Column:
    """Identity numbers; some typed as numbers and so damaged, some masked or cut."""
    derived = dice.random() < 0.5

    def render(dice: Random, person: Person, record: Record) -> Cell:
        if dice.random() < damaged:
            record["id_number"] = None
            record["id_damaged"] = True
            number = "310" + person.identity[3:]
            ways: tuple[Cell, ...] = (
                float(int(number[:15] + "000")),
                person.identity[:6] + "********" + person.identity[14:],
                person.identity[:17],
            )
            return dice.choice(ways)
        record["id_number"] = person.identity
        if "birth" in record or derived:
            # What is typed to the month only, the number tells to the day.
            record["birth"] = person.born.isoformat()
        roll = dice.random()
        if roll < 0.05:
            return person.identity.lower()
        if roll < 0.08:
            return person.identity + dice.choice((" ", "。"))
        if roll < 0.1:
            return person.identity[:6] + " " + person.identity[6:14] + " " + person.identity[14:]
        return person.identity

    return column(dice, "身份证号 身份证号码 身份证 证件号码 公民身份号码 身份证号(18位)", render)


def phone_column(
    dice: Random, words: str = "联系电话 联系方式 电话 手机号码 手机 电话、手机", *, wrong: float = 0.03
) -> Column:
    """Phones as text or number, several in a cell, landlines, some a digit short."""
    forms = [dice.choice(("text", "number", "mixed"))]
    several = dice.random() < 0.4

    def render(dice: Random, person: Person, record: Record) -> Cell:
        roll = dice.random()
        if roll < wrong:
            record["phones"] = []
            record["phone_wrong"] = True
            return dice.choice((person.mobile[:10], person.mobile + "3"))
        record["phones"] = [person.mobile]
        if several and roll < 0.3:
            landline, written = dice.choice(
                (
                    (f"021-{person.landline}", f"021-{person.landline}"),
                    (person.landline, person.landline),
                    (f"021-{person.landline}", f"(021){person.landline}"),
                )
            )
            record["phones"] = [person.mobile, landline]
            return person.mobile + dice.choice(("、", "/", " ", "，", ";", "\n", " / ")) + written
        if roll > 0.97:
            return f"{person.mobile[:3]}-{person.mobile[3:7]}-{person.mobile[7:]}"
        if roll > 0.95:
            return f"{person.mobile[:3]} {person.mobile[3:7]} {person.mobile[7:]}"
        if roll > 0.93:
            return "".join(chr(ord(sign) + 0xFEE0) for sign in person.mobile)
        form = forms[0] if forms[0] != "mixed" else dice.choice(("text", "number"))
        return person.mobile if form == "text" else int(person.mobile)

    return column(dice, words, render)


def address_column(dice: Random) -> Column:
    """Whole addresses in one of the usual forms."""
    form = dice.choice(("room", "bare", "dash", "tower", "region", "hash", "unit", "block"))

    def render(_dice: Random, person: Person, record: Record) -> Cell:
        place, building, room = person.compound, person.building, person.room
        record.update(compound=place, building=str(building), room=room)
        if form == "unit":
            record["unit"] = str(person.unit)
        return {
            "room": f"{place}{building}号{room}室",
            "bare": f"{place}{building}号{room}",
            "dash": f"{place}{building}-{room}",
            "tower": f"{place} {building}号楼{room}室",
            "region": f"上海市松江区九里亭街道{place}{building}号{room}室",
            "hash": f"{place}{building}#{room}",
            "unit": f"{place}{building}号楼{person.unit}单元{room}室",
            "block": f"{place}{building}幢{room}",
        }[form]

    return column(dice, "家庭住址 居住地址 现住址 住址 联系地址 详细地址", render)


def place_columns(dice: Random, *, group: str = "") -> list[Column]:
    """Compound, building and room apart; building and room in one column now and then."""
    building_word, room_word = dice.choice(("", "号", "号楼")), dice.choice(("", "室"))
    as_numbers = dice.random() < 0.4

    def compound(_dice: Random, person: Person, record: Record) -> Cell:
        record["compound"] = person.compound
        return person.compound

    def building(_dice: Random, person: Person, record: Record) -> Cell:
        record["building"] = str(person.building)
        return f"{person.building}{building_word}" if building_word or not as_numbers else person.building

    def room(_dice: Random, person: Person, record: Record) -> Cell:
        record["room"] = person.room
        return f"{person.room}{room_word}" if room_word or not as_numbers else int(person.room)

    def both(_dice: Random, person: Person, record: Record) -> Cell:
        record.update(building=str(person.building), room=person.room)
        return f"{person.building}-{person.room}"

    first = column(dice, "小区 小区名称 居住小区 所在小区", compound, group=group)
    if dice.random() < 0.25:
        return [first, column(dice, "楼号-室号 楼号/室号 楼栋房号 楼号室号", both, group=group)]
    return [
        first,
        column(dice, "楼号 楼栋 楼栋号 幢号", building, group=group),
        column(dice, "室号 房号 房间号", room, group=group),
    ]


def written_needs(dice: Random, needs: tuple[str, ...], *, aliases: bool, separator: str) -> str:
    """A list of needs with one separator, some by other words."""
    words = [dice.choice(OTHER_WORDS[need]) if aliases and dice.random() < 0.3 else need for need in needs]
    if separator == "1.":
        return " ".join(f"{index}.{word}" for index, word in enumerate(words, 1))
    return separator.join(words)


def needs_column(
    dice: Random,
    words: str = "服务需求 需求项目 需要的服务 服务需求（可多选） 需求内容 服务项目",
    *,
    field: str = "needs",
) -> Column:
    """Needs or skills as a list in a cell."""
    separators = ["、", "，", "/", ",", "；", " ", "\n", "1."]
    chosen = dice.sample(separators, dice.choice((1, 1, 3)))
    aliases = dice.random() < 0.5

    def render(dice: Random, person: Person, record: Record) -> Cell:
        record[field] = list(person.needs)
        return written_needs(dice, person.needs, aliases=aliases, separator=dice.choice(chosen))

    return column(dice, words, render)


def tick_columns(dice: Random, *, group: str, field: str = "needs") -> list[Column]:
    """One column for each service, ticked."""
    yes = dice.choice((("√",), ("是",), (1,), ("√", "✓", "是", 1), ("Y",), ("有",), ("☑",)))
    no = dice.choice((("",), ("", "否"), ("", "×"), ("", "无"), ("", 0)))
    unit = dice.random() < 0.2

    def column_of(category: str) -> Column:
        def render(dice: Random, person: Person, record: Record) -> Cell:
            record.setdefault(field, [])
            if category in person.needs:
                record[field].append(category)
                return dice.choice(yes)
            return dice.choice(no) or (None if dice.random() < 0.7 else "") if no[-1] != 0 else dice.choice((None, 0))

        return Column(header=category + ("（次）" if unit else ""), render=render, group=group)

    return [column_of(category) for category in CATEGORIES]


def tags_column(dice: Random) -> Column:
    """Tags as a list."""
    separator = dice.choice(("、", "，", "/", " "))
    nothing = dice.choice(("", "无", "/", "正常"))

    def render(_dice: Random, person: Person, record: Record) -> Cell:
        record["tags"] = list(person.tags)
        return separator.join(person.tags) or nothing

    return column(dice, "人员类别 类别 老人类型 对象类别 特殊情况", render)


def alone_column(dice: Random) -> Column:
    """Lives alone: ticked or not."""
    yes, no = dice.choice((("是", "否"), ("√", ""), ("√", "×"), ("Y", "N"), ("1", "0"), ("是", "")))

    def render(_dice: Random, person: Person, record: Record) -> Cell:
        record["alone"] = person.alone
        return yes if person.alone else no

    return column(dice, "是否独居 独居否 是否独居老人", render)


def living_column(dice: Random) -> Column:
    """With whom."""

    def render(_dice: Random, person: Person, record: Record) -> Cell:
        record["living"] = person.living
        return person.living

    return column(dice, "居住状况 居住情况 居住方式", render)


def contact_columns(dice: Random, *, group: str = "") -> list[Column]:
    """The emergency contact: two or three columns, one column, or under a group with plain words."""

    def contact(_dice: Random, person: Person, record: Record) -> Cell:
        record["emergency_contact"] = person.contact
        return person.contact

    def phone(dice: Random, person: Person, record: Record) -> Cell:
        record["emergency_phone"] = person.contact_phone
        return int(person.contact_phone) if dice.random() < 0.2 else person.contact_phone

    def relation(_dice: Random, person: Person, record: Record) -> Cell:
        record["emergency_relation"] = person.relation
        return person.relation

    def both(dice: Random, person: Person, record: Record) -> Cell:
        record.update(emergency_contact=person.contact, emergency_phone=person.contact_phone)
        return person.contact + dice.choice((" ", "", "：", "/", "，")) + person.contact_phone

    if group:
        return [
            Column(header="姓名", render=contact, group=group),
            Column(header="关系", render=relation, group=group),
            Column(header=dice.choice(("电话", "联系电话")), render=phone, group=group),
        ]
    if dice.random() < 0.25:
        return [column(dice, "紧急联系人及电话 紧急联系人及联系方式 紧急联系人（姓名、电话）", both)]
    columns = [column(dice, "紧急联系人 监护人 家属姓名", contact)]
    if dice.random() < 0.5:
        columns.append(column(dice, "与老人关系 关系", relation))
    columns.append(column(dice, "紧急联系电话 联系电话 电话 紧急联系人电话", phone))
    return columns


def notes_column(dice: Random) -> Column:
    """Mostly empty remarks."""

    def render(dice: Random, _person: Person, record: Record) -> Cell:
        note = dice.choice((None, None, None, None, "耳背，讲话大声", "有狗", "住院中"))
        record["notes"] = note
        return note

    return column(dice, "备注 备注说明 说明", render)


def unused_column(dice: Random) -> Column:
    """A column that is nothing to us."""
    words = dice.choice(
        (("政治面貌", ("群众", "党员")), ("民族", ("汉", "汉族", "回族")), ("文化程度", ("小学", "初中")))
    )
    return Column(header=words[0], render=lambda dice, _person, _record: dice.choice(words[1]))


def spare_phone(dice: Random) -> str:
    """A number of nobody."""
    return mobile(dice)
