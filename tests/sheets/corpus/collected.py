"""Survey sheets as stair captains, questionnaires and card registers write them."""

from collections.abc import Callable
from random import Random

from tests.sheets.corpus.cells import Column
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, PLACES, RELATIONS, Person, mobile, name, people
from tests.sheets.corpus.received import (
    Layout,
    age_of,
    aside,
    committee_of,
    crowd,
    home_of,
    kept,
    made,
    name_of,
    needs_of,
    over,
    phone_of,
)
from tests.sheets.corpus.tables import plain_table

Shown = Callable[[Person], Cell]

_NAMED: dict[str, Callable[[Person], object]] = {
    "name": lambda p: p.name,
    "sex": lambda p: p.sex,
    "age": lambda p: p.age,
    "phones": lambda p: [p.mobile],
    "birth": lambda p: p.born.isoformat(),
    "id_number": lambda p: p.identity,
    "compound": lambda p: p.compound,
    "building": lambda p: str(p.building),
    "room": lambda p: p.room,
    "needs": lambda p: list(p.needs),
    "living": lambda p: p.living,
    "alone": lambda p: p.alone,
    "emergency_contact": lambda p: p.contact,
    "emergency_relation": lambda p: p.relation,
    "emergency_phone": lambda p: p.contact_phone,
}
HOME = "compound building room"


def column(header: str, shown: Shown, fields: str = "", group: str = "", **more: Callable[[Person], object]) -> Column:
    """A column and what is to be read of it: fields by name, and others as told."""
    return kept(header, group, show=shown, **{field: _NAMED[field] for field in fields.split()}, **more)


def number_of(header: str = "序号") -> Column:
    """A running number, counted by who writes the table."""
    return aside(header, lambda _p: None)


def stair_captains(dice: Random) -> MadeBook:
    """A list for each building below the other, its compound, number and stair captain in the line above it."""
    committee, paper = committee_of(dice), Paper("楼组")
    compound, everyone, records = dice.choice(PLACES[committee]), iter(people(dice, committee, 120)), []
    form = dice.choice(
        ("{0}{1}号  楼组长：{2}  电话：{3}", "{0}{1}号楼（楼组长：{2} {3}）", "{1}号楼  楼组长：{2} {3}")
    )
    over(paper, 6, f"{compound}楼组老人情况")
    for building in sorted(dice.sample(range(1, 60), dice.randrange(3, 6))):
        over(paper, 6, form.format(compound, building, name(dice), mobile(dice)))
        columns = [
            number_of(),
            column("室号", lambda p: p.room, "room"),
            name_of("姓名"),
            age_of("年龄"),
            phone_of("联系电话"),
            needs_of("服务需求"),
        ]
        part = [next(everyone) for _ in range(dice.randrange(5, 14))]
        for record in plain_table(paper, dice, columns, part).records:
            records.append({**record, "building": str(building), "compound": compound})
        paper.skip()
    return made("stair_captains", [paper], records)


def couples_below(dice: Random) -> MadeBook:
    """Husband and wife on two rows, the second with 同上 for what they share and 配偶 for what they are."""
    committee, paper, records = committee_of(dice), Paper("老年家庭"), []
    over(paper, 8, f"{committee}老年家庭登记")
    paper.line(["户号", "姓名", "与户主关系", "性别", "年龄", "住址", "联系电话", "需求"])
    everyone = iter(people(dice, committee, 120))
    again = dice.choice(("同上", "〃", "同 上"))
    for number in range(1, dice.randrange(15, 35)):
        first = next(everyone)
        for place, one in enumerate([first, next(everyone)] if dice.random() < 0.5 else [first]):
            home = f"{first.compound}{first.building}号{first.room}室"
            row = paper.line(
                [
                    None if place else number,
                    one.name,
                    "配偶" if place else "户主",
                    one.sex,
                    one.age,
                    again if place else home,
                    again if place else first.mobile,
                    "、".join(one.needs),
                ]
            )
            records.append(
                {
                    "row": row + 1,
                    "name": one.name,
                    "sex": one.sex,
                    "age": one.age,
                    "phones": [first.mobile],
                    "compound": first.compound,
                    "building": str(first.building),
                    "room": first.room,
                    "needs": list(one.needs),
                    "emergency_relation": None,
                }
            )
    return made("couples_below", [paper], records)


def questionnaire(dice: Random) -> MadeBook:
    """An export of an online questionnaire: questions as headers, lettered answers, an age bracket, its own columns."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    letters = dict(zip(CATEGORIES, "ABCDEF", strict=True))
    sign = dice.choice((". ", ".", "、"))
    columns = [
        number_of(),
        column("提交答卷时间", lambda _p: f"2026/3/{dice.randrange(1, 19)} 9:{dice.randrange(10, 59)}:12"),
        column("所用时间", lambda _p: f"{dice.randrange(40, 400)}秒"),
        column("来源", lambda _p: "微信"),
        column("来自IP", lambda _p: "10.0.0.1(上海-上海)"),
        name_of("1、您的姓名："),
        column("2、您的性别：[单选题]", lambda p: f"{'A' if p.male else 'B'}{sign}{p.sex}", "sex"),
        column("3、您的年龄段是？", lambda p: f"{p.age // 5 * 5}-{p.age // 5 * 5 + 4}岁"),
        home_of("4、您的家庭住址（小区+楼号+室号）"),
        phone_of("5、您的联系电话是："),
        column("6、您目前的居住情况是？", lambda p: p.living, "living"),
        column(
            "7、您希望得到哪些服务？[多选题]", lambda p: "┋".join(f"{letters[n]}{sign}{n}" for n in p.needs), "needs"
        ),
        column("总分", lambda _p: 0),
    ]
    return made("questionnaire", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def card_register(dice: Random) -> MadeBook:
    """A register of cards: one compound above, door and room in one cell, needs ranked in three columns."""
    committee, paper = committee_of(dice), Paper("结对卡")
    compound = dice.choice(PLACES[committee])

    def need(place: int) -> Shown:
        return lambda p: p.needs[place] if place < len(p.needs) else dice.choice((None, "/"))

    columns = [
        column("卡号", lambda p: f"JL{dice.randrange(10**5):05d}"),
        name_of("姓名"),
        column("性别", lambda p: p.sex, "sex"),
        column("出生年份", lambda p: p.born.year, birth=lambda p: str(p.born.year)),
        column(
            dice.choice(("楼室", "楼号-室号", "楼栋室号")),
            lambda p: f"{p.building}-{p.room}",
            "building room",
            compound=lambda _p: compound,
        ),
        phone_of("手机"),
        column("第一需求", need(0), "needs"),
        column("第二需求", need(1)),
        column("第三需求", need(2)),
        column("发卡人", lambda _p: name(dice)),
        column("备注", lambda _p: None),
    ]
    over(paper, len(columns), "结对卡发放登记册")
    paper.line([f"居委：{committee}", None, None, f"小区：{compound}"])
    return made("card_register", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def typed_by_hand(dice: Random) -> MadeBook:
    """Numbers in groups, with apostrophes, tabs and spaces before and between them; headers with colons."""
    committee, paper = committee_of(dice), Paper("Sheet1")

    def phone(person: Person) -> Cell:
        number = person.mobile
        return dice.choice(
            (
                f"{number[:3]} {number[3:7]} {number[7:]}",
                f"{number[:3]}-{number[3:7]}-{number[7:]}",
                f"'{number}",
                f"\t{number}",
                f"{number} ",
                f"{number}。",
                f"{number[:3]}.{number[3:7]}.{number[7:]}",
            )
        )

    def identity(person: Person) -> Cell:
        number = person.identity
        return dice.choice(
            (
                f"{number[:6]} {number[6:14]} {number[14:]}",
                f"'{number}",
                f"\t{number}",
                number.lower(),
                f"{number[:6]}-{number[6:14]}-{number[14:]}",
                f"{number}\n",
            )
        )

    def home(person: Person) -> Cell:
        forms = ("{0} {1} 号 {2} 室", "{0}{1}号－{2}", "{0}{1}/{2}", "{0}{1}号，{2}室", "{0}第{1}幢{2}室")
        return dice.choice(forms).format(person.compound, person.building, person.room)

    columns = [
        number_of("序号："),
        name_of("姓名："),
        column("身份证号：", identity, "id_number birth"),
        column("手机：", phone, "phones"),
        column("地址：", home, HOME),
        needs_of("需要什么服务：", "，"),
    ]
    over(paper, len(columns), f"{committee}老人信息（手工录入）")
    return made("typed_by_hand", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def _often(dice: Random, category: str) -> Shown:
    return lambda p: dice.choice((1, 2, 4, 12)) if category in p.needs else None


def counted_needs(dice: Random) -> MadeBook:
    """Services as columns with how often a year, the sum at the right, the sums of all below."""
    committee, paper = committee_of(dice), Paper("需求统计")
    columns = [
        number_of(),
        name_of("姓名"),
        home_of("家庭地址"),
        phone_of("联系电话"),
        *(column(category, _often(dice, category), "needs", group="需求（次/年）") for category in CATEGORIES),
        column("小计", lambda p: 9, group="需求（次/年）"),
        column("签收", lambda _p: None),
    ]
    over(paper, len(columns), f"{committee}老人全年服务需求统计表")
    records = plain_table(paper, dice, columns, crowd(dice, committee)).records
    paper.line(["合计", None, None, None, *[9] * 7])
    return made("counted_needs", [paper], records)


def two_children(dice: Random) -> MadeBook:
    """A first and a second child, each with relation and phone, beside the elder."""
    committee, paper = committee_of(dice), Paper("联系册")
    first, second = dice.choice((("子女1", "子女2"), ("第一联系人", "第二联系人"), ("紧急联系人1", "紧急联系人2")))
    columns = [
        number_of(),
        name_of("姓名"),
        age_of("年龄"),
        phone_of("本人电话"),
        home_of("居住地址"),
        column(f"{first}姓名", lambda p: p.contact, "emergency_contact"),
        column(f"{first}关系", lambda p: p.relation, "emergency_relation"),
        column(f"{first}电话", lambda p: p.contact_phone, "emergency_phone"),
        column(f"{second}姓名", lambda p: name(dice) if p.alone else None),
        column(f"{second}关系", lambda p: dice.choice(RELATIONS) if p.alone else None),
        column(f"{second}电话", lambda p: mobile(dice) if p.alone else None),
        needs_of("需求"),
    ]
    over(paper, len(columns), f"{committee}独居老人家庭联系册")
    return made("two_children", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def banner_left(dice: Random) -> MadeBook:
    """A banner merged downwards to the left of the list, and the ages behind the births in one column."""
    committee, paper = committee_of(dice), Paper("名册")
    form = dice.choice(("{0:%Y.%m}（{1}）", "{0:%Y-%m}（{1}岁）", "{0:%Y.%m}/{1}", "{0:%Y年%m月}（{1}岁）"))
    columns = [
        number_of(),
        name_of("姓名"),
        column("性别", lambda p: p.sex, "sex"),
        column("出生年月（年龄）", lambda p: form.format(p.born, p.age), "age", birth=lambda p: f"{p.born:%Y-%m}"),
        home_of("住址"),
        phone_of("联系方式"),
        needs_of("帮扶需求"),
    ]
    paper.line([None, f"{committee}帮扶对象名册"])
    top = len(paper.rows)
    records = plain_table(paper, dice, columns, crowd(dice, committee), left=1).records
    paper.put(top, 0, "九里亭街道结对助老")
    paper.merge(top, 0, len(paper.rows) - 1, 0)
    return made("banner_left", [paper], records)


def counted_buildings(dice: Random) -> MadeBook:
    """Buildings merged down with the count of their elders, the floor in a column, 独居 as a column of words."""
    committee, paper, records = committee_of(dice), Paper("Sheet1"), []
    compound, everyone = dice.choice(PLACES[committee]), iter(people(dice, committee, 150))
    form = dice.choice(("{0}号\n（{1}人）", "{0}号楼（共{1}人）", "{0}号（{1}户）"))
    over(paper, 7, f"{compound}高龄老人分布表")
    paper.line(["楼栋", "楼层", "室号", "姓名", "是否独居", "联系电话", "所需服务"])
    for building in sorted(dice.sample(range(1, 60), dice.randrange(4, 9))):
        part = sorted((next(everyone) for _ in range(dice.randrange(2, 9))), key=lambda p: int(p.room))
        start = len(paper.rows)
        for one in part:
            row = paper.line(
                [
                    form.format(building, len(part)) if len(paper.rows) == start else None,
                    f"{one.room[:-2]}楼",
                    one.room,
                    one.name,
                    dice.choice(("独居", "是")) if one.alone else dice.choice(("非独居", "否")),
                    one.mobile,
                    "、".join(one.needs),
                ]
            )
            records.append(
                {
                    "row": row + 1,
                    "name": one.name,
                    "building": str(building),
                    "room": one.room,
                    "compound": compound,
                    "alone": one.alone,
                    "phones": [one.mobile],
                    "needs": list(one.needs),
                }
            )
        paper.merge(start, 0, len(paper.rows) - 1, 0)
    return made("counted_buildings", [paper], records)


def notes_hold_needs(dice: Random) -> MadeBook:
    """No column of needs: the notes hold them, and a helper's name and phone stand to the right."""
    committee, paper = committee_of(dice), Paper("关爱名单")
    words = dice.choice(("需要{}", "希望{}", "{}", "需{}服务"))
    columns = [
        number_of(),
        name_of("老人"),
        age_of("岁数"),
        home_of("门牌号", "{0}{1}号{2}"),
        phone_of("手机"),
        column("独居/空巢", lambda p: p.living, "living"),
        column(
            dice.choice(("备注（服务需求）", "备注（需要的服务）", "其他（需求）")),
            lambda p: words.format("、".join(p.needs)),
            "needs",
        ),
        column("楼组长", lambda _p: name(dice)),
        column("楼组长电话", lambda _p: mobile(dice)),
    ]
    over(paper, len(columns), f"{committee}关爱老人名单（2026年春节）")
    return made("notes_hold_needs", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


COLLECTED: tuple[Layout, ...] = (
    stair_captains,
    couples_below,
    questionnaire,
    card_register,
    typed_by_hand,
    counted_needs,
    two_children,
    banner_left,
    counted_buildings,
    notes_hold_needs,
)
