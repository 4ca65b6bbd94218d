"""Further sheets as they are sent: chains of messages, sums above the list, names of a system's fields."""

from datetime import date
from random import Random

from tests.sheets.corpus.cells import Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import PLACES, Person, name, people
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
    sex_of,
    ticks_of,
    told,
)
from tests.sheets.corpus.tables import plain_table


def chain_of_messages(dice: Random) -> MadeBook:
    """A chain from a chat pasted into one column: 1. 苗芬 100… 亭北新村3号301 理发、陪聊."""
    committee, paper, records = committee_of(dice), Paper("Sheet1"), []
    paper.line([f"#接龙 {committee}助老服务需求登记"])
    paper.line(["请按“姓名 电话 地址 需求”接龙"])
    for number, person in enumerate(crowd(dice, committee, 60), 1):
        home = f"{person.compound}{person.building}号{person.room}室"
        row = paper.line([f"{number}. {person.name} {person.mobile} {home} {'、'.join(person.needs)}"])
        records.append({"row": row + 1, "name": person.name, "phones": [person.mobile], "compound": person.compound,
                        "building": str(person.building), "room": person.room,
                        "needs": list(person.needs)})  # fmt: skip
    return made("chain_of_messages", [paper], records)


def doors_merged_down(dice: Random) -> MadeBook:
    """The door merged down over the people behind it, couples share phone and address; 本人 and 老伴 beside."""
    committee, paper, records = committee_of(dice), Paper("楼组"), []
    compound = dice.choice(PLACES[committee])
    over(paper, 8, f"{compound}老年家庭走访登记表")
    paper.line([f"所属居委：{committee}", None, None, "楼组长：王好", None, "走访日期：2026年3月8日"])
    paper.line(["户号", "门牌号", "姓名", "与户主关系", "年龄", "联系电话", "需求", "走访记录"])
    everyone = iter(people(dice, committee, 90))
    for number in range(1, dice.randrange(15, 35)):
        first = next(everyone)
        home = [first, next(everyone)] if dice.random() < 0.4 else [first]
        start = len(paper.rows)
        for person in home:
            is_first = person is first
            row = paper.line([number if is_first else None,
                f"{first.building}号{first.room}" if is_first else None, person.name,
                              "户主" if is_first else "配偶", person.age, person.mobile, "，".join(person.needs),
                              dice.choice((None, "身体尚可", "家中无人，改日再访"))])  # fmt: skip
            records.append({"row": row + 1, "name": person.name, "age": person.age, "phones": [person.mobile],
                            "building": str(first.building), "room": first.room,
                            "needs": list(person.needs)})  # fmt: skip
        for column in (0, 1):
            paper.merge(start, column, len(paper.rows) - 1, column)
    return made("doors_merged_down", [paper], records)


def yes_and_what(dice: Random) -> MadeBook:
    """Whether anything is needed in one column, what in the next; many need nothing."""
    committee, paper = committee_of(dice), Paper("摸底表")

    def wants(person: Person) -> bool:
        return person.unit != 1

    def what(person: Person, record: Record) -> Cell:
        record["needs"] = list(person.needs) if wants(person) else []
        return "、".join(person.needs) if wants(person) else dice.choice((None, "无", "暂无需求", "/", "不需要"))

    columns = [aside("序号", lambda _p: None), kept("居民姓名", name=lambda p: p.name), sex_of("性 别"),
               kept("出生日期（阳历）", birth=lambda p: p.born.isoformat(), show=lambda p: f"{p.born:%Y/%m/%d}"),
               home_of("现居住地址（详细到室）"), phone_of("本人或家属电话"),
               aside("是否有服务需求", lambda p: "是" if wants(p) else "否"), told("若有，具体需求", what),
               aside("能否接受志愿者上门", lambda _p: dice.choice(("能", "否"))), aside("排摸人签名",
               lambda _p: None)]  # fmt: skip
    over(paper, len(columns), f"{committee}独居、高龄老人需求摸底表")
    return made("yes_and_what", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def sums_above(dice: Random) -> MadeBook:
    """A small table of sums stands above the list, under a title of its own."""
    committee, paper = committee_of(dice), Paper("3月")
    over(paper, 7, f"{committee}2026年3月助老工作情况")
    paper.line(["一、基本数据"])
    paper.line(["类别", "独居", "空巢", "高龄", "合计"])
    paper.line(["人数", 12, 20, 30, 62])
    paper.skip()
    paper.line(["二、需求清单"])
    columns = [aside("序号", lambda _p: None), name_of("老人姓名"), age_of("年龄"), home_of("地址", "{0}{1}#{2}"),
               phone_of("电话"), needs_of("需求类型", "；"), aside("落实情况",
               lambda _p: dice.choice(("待落实", None)))]  # fmt: skip
    written = plain_table(paper, dice, columns, crowd(dice, committee))
    paper.skip()
    paper.line(["三、存在问题：部分老人不愿留电话。"])
    return made("sums_above", [paper], written.records)


def field_names(dice: Random) -> MadeBook:
    """What a system exports under names of its fields, coded yes and no, numbers with quotes before them."""
    committee, paper = committee_of(dice), Paper("t_elder")
    columns = [aside("elder_id", lambda _p: dice.randrange(10**6)), name_of("elder_name"), kept("gender",
        sex=lambda p: p.sex),
               kept("id_card", id_number=lambda p: p.identity), phone_of("phone_number"), home_of("home_address"),
               kept("is_alone", alone=lambda p: p.alone, show=lambda p: "Y" if p.alone else "N"),
               needs_of("service_needs", "|"), aside("remark", lambda _p: None),
               aside("update_time", lambda _p: "2026-03-01 09:12:44.0")]  # fmt: skip
    return made("field_names", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def several_committees_beside(dice: Random) -> MadeBook:
    """Needs as ticks with the phone in front, a contact in one cell, a column of sums at the right, 序 counted anew."""
    committee, paper = committee_of(dice), Paper("汇总")
    ticks = ticks_of("申请服务项目（请在相应栏内打“√”）", lambda p, c: "√" if c in p.needs else None)
    columns = [aside("序", lambda _p: None), phone_of("联系电话（必填）"), name_of("申请人（老人）"),
        age_of("年龄（周岁）"),
               home_of("上门地址", "{0}-{1}-{2}"), *ticks, aside("合计（项）", lambda p: len(p.needs)),
               kept("家属及联系方式", emergency_contact=lambda p: p.contact, emergency_phone=lambda p: p.contact_phone,
                    show=lambda p: f"{p.relation}{p.contact}{p.contact_phone}")]  # fmt: skip
    over(paper, len(columns), "上门服务申请汇总表")
    paper.line([f"申报单位（盖章）：{committee}", *[None] * 5, "申报日期：2026.03"])
    written = plain_table(paper, dice, columns, crowd(dice, committee))
    paper.line(["合计", None, None, None, None, *[7] * 7])
    return made("several_committees_beside", [paper], written.records)


def team_register(dice: Random) -> MadeBook:
    """Volunteers with a badge number, stars, hours so far, when they joined, what they are good at."""
    paper = Paper("花名册")
    columns = [aside("序号", lambda _p: None), aside("志愿者证号", lambda _p: f"SH{dice.randrange(10**8):08d}"),
               kept("志愿者姓名", name=lambda p: p.name), sex_of(), phone_of("联系手机"),
               kept("工作单位", enterprise=lambda p: "净邻家政（虚构）" if p.male else None,
               show=lambda p: "净邻家政（虚构）" if p.male else "个人"),
               needs_of("擅长领域", "、", field="skills"), aside("星级", lambda _p: dice.choice(("★★★", "★"))),
               aside("累计服务时长（小时）", lambda _p: dice.randrange(1, 300)), aside("入队日期",
               lambda _p: "2024-05-06")]  # fmt: skip
    over(paper, len(columns), "九里亭街道助老志愿服务队花名册（2026年）")
    written = plain_table(paper, dice, columns, people(dice, committee_of(dice), dice.randrange(30, 60), young=True))
    return made("team_register", [paper], written.records, "volunteers")


def visits_of_a_year(dice: Random) -> MadeBook:
    """Visits with short days under a year in the title, from–to times, two helpers, what was done in words."""
    paper, records = Paper("台账"), []
    committee = committee_of(dice)
    over(paper, 9, f"{committee}2025年度上门服务台账")
    paper.line(["序号", "日期", "起止时间", "老人", "地址", "服务项目", "志愿者1", "志愿者2", "居委陪同人员"])
    for number, person in enumerate(people(dice, committee, dice.randrange(30, 80)), 1):
        day, cadre, helper = date(2025, dice.randrange(1, 13), dice.randrange(2, 28)), name(dice), name(dice)
        row = paper.line([number, f"{day.month}.{day.day}", "9:00-10:30", person.name,
                          f"{person.compound}{person.building}号{person.room}室", person.needs[0], helper,
                          dice.choice((None, name(dice))), cadre])  # fmt: skip
        records.append({"row": row + 1, "date": day.isoformat(), "name": person.name, "compound": person.compound,
                        "building": str(person.building), "room": person.room, "category": person.needs[0],
                        "provider": helper, "cadre": cadre})  # fmt: skip
    return made("visits_of_a_year", [paper], records, "visits")


FURTHER_RECEIVED: tuple[Layout, ...] = (
    chain_of_messages, doors_merged_down, yes_and_what, sums_above, field_names, several_committees_beside,
    team_register, visits_of_a_year,
)  # fmt: skip
