"""Survey sheets that serve other work too: claims, weekly contacts, health, subsidies, gifts."""

from random import Random

from tests.sheets.corpus.cells import Record
from tests.sheets.corpus.collected import column, number_of
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import ENTERPRISES, Person, mobile, name
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
from tests.sheets.corpus.tables import data_row, header, plain_table


def needs_with_times(dice: Random) -> MadeBook:
    """A person merged over a row for each need, each with its wished time and urgency."""
    committee, paper, records = committee_of(dice), Paper("需求明细"), []
    columns = [number_of(), name_of("姓名"), age_of("年龄"), home_of("住址"), phone_of("联系电话")]
    over(paper, 8, f"{committee}老人服务需求明细")
    paper.line([*(one.header for one in columns), "需求项目", "希望时间", "轻重缓急"])
    for number, person in enumerate(crowd(dice, committee), 1):
        start = len(paper.rows)
        for place, need in enumerate(person.needs):
            cells: list[Cell] = [None] * 5
            if place == 0:
                record: Record = {}
                cells = [one.render(dice, person, record) for one in columns]
                cells[0] = number
                records.append({**record, "row": len(paper.rows) + 1, "needs": list(person.needs)})
            paper.line([*cells, need, dice.choice(("周一上午", "周末", "随时")), dice.choice(("急", "一般"))])
        for place in range(5):
            paper.merge(start, place, len(paper.rows) - 1, place)
    return made("needs_with_times", [paper], records)


def claimed_at_right(dice: Random) -> MadeBook:
    """Who claimed the need, when, and that one's phone, at the right of the survey under a group."""
    committee, paper = committee_of(dice), Paper("认领情况")
    base, claim = "老人信息", dice.choice(("认领情况", "企业认领", "认领单位情况"))
    unit = {"": ""}

    def unit_of(_p: Person) -> Cell:
        unit[""] = dice.choice((*ENTERPRISES, ""))
        return unit[""] or None

    columns = [
        name_of("姓名", group=base),
        age_of("年龄", group=base),
        home_of("住址", group=base),
        phone_of("联系电话", group=base),
        column("需求", lambda p: "，".join(p.needs), "needs", group=base),
        column("认领单位", unit_of, group=claim),
        column("联系人", lambda _p: name(dice) if unit[""] else None, group=claim),
        column("联系电话", lambda _p: mobile(dice) if unit[""] else None, group=claim),
        column("认领日期", lambda _p: "2026-03-12" if unit[""] else None, group=claim),
    ]
    over(paper, len(columns), f"{committee}微心愿认领表")
    return made("claimed_at_right", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def weekly_contacts(dice: Random) -> MadeBook:
    """Ticks for each week of the month behind the list: calls made, no needs."""
    committee, paper = committee_of(dice), Paper("3月")
    weeks = dice.choice(
        (
            ("第1周", "第2周", "第3周", "第4周"),
            ("3月1日", "3月8日", "3月15日", "3月22日"),
            ("周一", "周三", "周五", "周日"),
        )
    )
    columns = [
        number_of(),
        name_of("姓名"),
        home_of("家庭住址"),
        phone_of("电话"),
        needs_of("服务需求"),
        *(column(week, lambda _p: dice.choice(("√", "√", None)), group="电话问候记录") for week in weeks),
        column("备注", lambda _p: None),
    ]
    over(paper, len(columns), f"{committee}独居老人每周电话问候记录（2026年3月）")
    return made("weekly_contacts", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def sections_by_age(dice: Random) -> MadeBook:
    """Lines between the rows that name a bracket of ages or a degree of care: no place."""
    committee, paper, records = committee_of(dice), Paper("分类"), []
    columns = [
        number_of(),
        name_of("姓名"),
        age_of("年龄"),
        column("性别", lambda p: p.sex, "sex"),
        home_of("家庭地址"),
        phone_of("联系电话"),
        needs_of("服务需求"),
    ]
    over(paper, len(columns), f"{committee}老人分年龄段名册")
    header(paper, columns)
    everyone = sorted(crowd(dice, committee), key=lambda p: p.age)
    form = dice.choice(("{}、{}-{}岁老人（共{}人）", "（{}）{}—{}周岁  {}人", "{}．{}～{}岁组：{}名"))
    number = 0
    for place, low in enumerate(range(60, 100, 10)):
        part = [p for p in everyone if low <= p.age < low + 10]
        if not part:
            continue
        over(paper, len(columns), form.format("一二三四"[place], low, low + 9, len(part)))
        for person in part:
            number += 1
            record, row = data_row(paper, dice, columns, person)
            paper.put(row, 0, number)
            records.append(record)
    return made("sections_by_age", [paper], records)


def health_columns(dice: Random) -> MadeBook:
    """Blood pressure, sugar, weight, medicine and a doctor with a phone, among what is asked of elders."""
    committee, paper = committee_of(dice), Paper("健康档案")
    columns = [
        column("档案号", lambda _p: f"{dice.randrange(10**9, 10**10)}"),
        name_of("姓名"),
        column("性别", lambda p: p.sex, "sex"),
        column("出生日期", lambda p: p.born, "birth"),
        column("身份证号码", lambda p: p.identity, "id_number"),
        home_of("现住址"),
        phone_of("本人电话"),
        column("身高cm", lambda _p: dice.randrange(150, 180)),
        column("体重kg", lambda _p: dice.randrange(45, 80)),
        column("血压", lambda _p: f"{dice.randrange(110, 160)}/{dice.randrange(60, 95)}"),
        column("空腹血糖", lambda _p: round(dice.uniform(4, 9), 1)),
        column("慢病情况", lambda _p: dice.choice(("高血压", "糖尿病", "无"))),
        column("责任医生", lambda _p: name(dice)),
        column("医生电话", lambda _p: mobile(dice)),
        needs_of("助老服务需求"),
    ]
    over(paper, len(columns), "老年人健康管理及服务需求登记")
    return made("health_columns", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def subsidies(dice: Random) -> MadeBook:
    """Bank cards, amounts and codes of long digits beside identity numbers and phones."""
    committee, paper = committee_of(dice), Paper("补贴")
    columns = [
        number_of(),
        name_of("姓名"),
        column("身份证号", lambda p: p.identity, "id_number"),
        column("银行卡号", lambda _p: f"6217{dice.randrange(10**15):015d}"),
        column("开户行", lambda _p: "某某银行（虚构）"),
        column("社保卡号", lambda _p: f"{dice.randrange(10**9, 10**10)}"),
        column("补贴金额（元）", lambda _p: dice.choice((100, 200, 300.5))),
        column("等级", lambda _p: dice.choice(("一级", "二级"))),
        phone_of("联系方式"),
        home_of("地址"),
        needs_of("可兑换服务", "/"),
    ]
    over(paper, len(columns), f"{committee}养老服务补贴发放及服务登记")
    records = plain_table(paper, dice, columns, crowd(dice, committee)).records
    paper.line(["合计", None, None, None, None, None, 9000])
    return made("subsidies", [paper], records)


def contact_in_words(dice: Random) -> MadeBook:
    """The contact, the relation and the phone in one cell in any order."""
    committee, paper = committee_of(dice), Paper("Sheet1")

    def contact(p: Person) -> Cell:
        forms = ("{1}{0} {2}", "{1}：{0}，{2}", "{0}({1}){2}", "{2}（{1}{0}）", "{0} {1} {2}", "{1} {2} {0}")
        return dice.choice(forms).format(p.contact, p.relation, p.contact_phone)

    columns = [
        number_of(),
        name_of("姓名"),
        age_of("年龄"),
        home_of("住址"),
        phone_of("本人电话"),
        column(
            dice.choice(("家属及联系方式", "紧急联系方式", "子女姓名及电话", "紧急联系人（姓名、关系、电话）")),
            contact,
            "emergency_contact emergency_phone emergency_relation",
        ),
        needs_of("需求"),
    ]
    over(paper, len(columns), f"{committee}老人及家属联系表")
    return made("contact_in_words", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def gifts(dice: Random) -> MadeBook:
    """Gifts as ticks and counts beside the needs: rice and oil are no services."""
    committee, paper = committee_of(dice), Paper("慰问")
    goods = dice.choice((("大米", "食用油"), ("棉被", "羽绒服", "慰问金"), ("粽子", "月饼")))
    columns = [
        number_of(),
        name_of("老人姓名"),
        age_of("年龄"),
        home_of("住址"),
        phone_of("电话"),
        needs_of("服务需求"),
        *(column(one, lambda _p: dice.choice(("√", 1, None)), group="慰问品") for one in goods),
        column("领取人签名", lambda _p: None),
    ]
    over(paper, len(columns), f"{committee}春节慰问暨需求登记表")
    return made("gifts", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


LIVED: tuple[Layout, ...] = (
    needs_with_times,
    claimed_at_right,
    weekly_contacts,
    sections_by_age,
    health_columns,
    subsidies,
    contact_in_words,
    gifts,
)
