"""Survey sheets with what was done before, questions about other things, ticks under numbers, and English words."""

from random import Random

from tests.sheets.corpus.cells import Column
from tests.sheets.corpus.collected import Shown, column, number_of
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, Person
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
from tests.sheets.corpus.tables import plain_table


def _ticked(category: str) -> Shown:
    return lambda p: "√" if category in p.needs else None


def _answered(dice: Random, category: str, other: str) -> Shown:
    return lambda p: "需要" if category in p.needs else dice.choice(("不需要", other, None))


def past_services(dice: Random) -> MadeBook:
    """What was done last and when stands before what is wanted now."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    columns = [
        number_of(),
        name_of("姓名"),
        age_of("年龄"),
        home_of("住址"),
        phone_of("电话"),
        column("上次服务日期", lambda _p: f"2025-{dice.randrange(1, 13):02d}-11"),
        column("上次服务项目", lambda _p: dice.choice(CATEGORIES)),
        column("累计服务次数", lambda _p: dice.randrange(0, 9)),
        needs_of("本次需求"),
    ]
    over(paper, len(columns), f"{committee}老人服务回访及本次需求登记")
    return made("past_services", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def numbered_ticks(dice: Random) -> MadeBook:
    """Ticks under 1 to 6 or A to F, which a line above explains."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    signs = dice.choice(("123456", "ABCDEF", "①②③④⑤⑥"))
    columns = [
        number_of(),
        name_of("姓名"),
        age_of("年龄"),
        home_of("住址"),
        phone_of("电话"),
        *(column(sign, _ticked(one), "needs", "服务需求") for sign, one in zip(signs, CATEGORIES, strict=True)),
    ]
    over(
        paper,
        len(columns),
        f"{committee}需求登记",
        "服务项目："
        + "  ".join(f"{s}{c}" if s in "①②③④⑤⑥" else f"{s}.{c}" for s, c in zip(signs, CATEGORIES, strict=True)),
    )
    return made("numbered_ticks", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def room_with_name(dice: Random) -> MadeBook:
    """The door before the name in one cell, the compound above."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    form = dice.choice(("{0}-{1} {2}", "{0}号{1}室 {2}", "{0}号{1} {2}"))
    columns = [
        number_of(),
        column(
            dice.choice(("室号姓名", "门牌、姓名", "住址姓名")),
            lambda p: form.format(p.building, p.room, p.name),
            "name building room",
        ),
        age_of("年龄"),
        phone_of("电话"),
        needs_of("需求"),
    ]
    over(paper, len(columns), f"{committee}老人名单")
    return made("room_with_name", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def considering(dice: Random) -> MadeBook:
    """Each service answered 需要, 不需要 or something between."""
    committee, paper = committee_of(dice), Paper("意向")
    other = dice.choice(("考虑中", "暂不需要", "以后再说", "不确定"))
    columns = [
        number_of(),
        name_of("老人姓名"),
        age_of("年龄"),
        home_of("地址"),
        phone_of("联系电话"),
        *(column(c, _answered(dice, c, other), "needs") for c in CATEGORIES),
    ]
    over(paper, len(columns), f"{committee}服务意向调查")
    return made("considering", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def other_questions(dice: Random) -> MadeBook:
    """Questions about the party, the household, pets and consent, answered 是 and 否, among what is kept."""
    committee, paper = committee_of(dice), Paper("调查")

    def asked(header: str) -> Column:
        return column(header, lambda _p: dice.choice(("是", "否")))

    columns = [
        number_of(),
        name_of("姓名"),
        column("性别", lambda p: p.sex, "sex"),
        asked("是否党员"),
        asked("是否本地户籍"),
        column("是否独居", lambda p: "是" if p.alone else "否", "alone"),
        asked("家中是否有宠物"),
        home_of("居住地址"),
        phone_of("联系电话"),
        asked("是否接受过服务"),
        needs_of("需要哪些服务"),
        asked("是否同意上门"),
    ]
    over(paper, len(columns), f"{committee}老年人入户调查表")
    return made("other_questions", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def english(dice: Random) -> MadeBook:
    """English headers, M and F, the rest in Chinese."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    columns = [
        number_of("No"),
        name_of("Elder Name"),
        column("M/F", lambda p: "M" if p.male else "F", "sex"),
        age_of("Age"),
        column("ID No.", lambda p: p.identity, "id_number"),
        phone_of("Tel."),
        home_of("Home Address"),
        needs_of("Services Needed", ", "),
    ]
    return made("english", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def years_over_needs(dice: Random) -> MadeBook:
    """Needs of last year and of this one side by side under the years."""
    committee, paper = committee_of(dice), Paper("对比")

    def last(p: Person) -> Cell:
        return "、".join(dice.sample(CATEGORIES, 2))

    columns = [
        number_of(),
        name_of("姓名"),
        age_of("年龄"),
        phone_of("电话"),
        home_of("住址"),
        column("备注", lambda _p: dice.choice((None, "住院", "与女儿同住"))),
        column("2026年服务需求", lambda p: "、".join(p.needs), "needs"),
        column("2025年已享受服务", last),
    ]
    over(paper, len(columns), f"{committee}2026年老人需求调整表")
    return made("years_over_needs", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def notes_at_names(dice: Random) -> MadeBook:
    """Notes in brackets at names, ages with 周岁, phones with whose they are."""
    committee, paper = committee_of(dice), Paper("Sheet1")

    def named(p: Person) -> Cell:
        return p.name + dice.choice(("", "", "（住院）", "（独居）", "(老党员)", "【外地】"))

    columns = [
        number_of(),
        column("姓名", named, "name"),
        column("年龄", lambda p: f"{p.age}周岁", "age"),
        column("联系电话", lambda p: p.mobile + dice.choice(("", "（本人）", "（女儿）", "儿子")), "phones"),
        home_of("住址"),
        needs_of("需求", "\n"),
    ]
    over(paper, len(columns), f"{committee}老人名单")
    return made("notes_at_names", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


ASKED: tuple[Layout, ...] = (
    past_services,
    numbered_ticks,
    room_with_name,
    considering,
    other_questions,
    english,
    years_over_needs,
    notes_at_names,
)
