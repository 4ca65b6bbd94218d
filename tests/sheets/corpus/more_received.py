"""Survey sheets as committees send them, continued: groups and units, signs at names, template rows, exports."""

from random import Random

from tests.sheets.corpus.cells import Column, Record
from tests.sheets.corpus.paper import Cell, MadeBook, Paper
from tests.sheets.corpus.people import CATEGORIES, PLACES, Person, mobile, name, people
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
from tests.sheets.corpus.tables import data_row, plain_table


def units_in_headers(dice: Random) -> MadeBook:
    """Headers with units, English beside the Chinese, quantities in the columns of services."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    units = {"陪伴聊天": "次", "居家清洁": "户", "理发": "人次", "清洗空调": "台", "清洗油烟机": "台", "代买代办": "次"}
    words = {one: f"{one}\n（{unit}）" for one, unit in units.items()}
    columns = [aside("No.", lambda _p: None), name_of("姓名\nName"), sex_of("性别\nSex"), age_of("年龄\nAge（岁）"),
               aside("月收入（元）", lambda _p: dice.randrange(2, 9) * 1000), aside("居住面积（㎡）",
               lambda _p: dice.randrange(30, 99)),
               home_of("地址\nAddress"), phone_of("电话\nTel"),
               *ticks_of("需求量", lambda p, c: dice.randrange(1, 4) if c in p.needs else None, words)]  # fmt: skip
    over(paper, len(columns), "助老服务需求量统计表 Needs survey")
    written = plain_table(paper, dice, columns, crowd(dice, committee))
    paper.line(["合计", f"{len(written.records)}人", None, None, None, None, None, None, *[9] * len(CATEGORIES)])
    return made("units_in_headers", [paper], written.records)


def signs_at_names(dice: Random) -> MadeBook:
    """★ and ▲ behind names, explained in a legend above or below the table."""
    committee, paper = committee_of(dice), Paper("名单")
    legend = "说明：★独居老人  ▲行动不便  ●低保"
    signs = {"独居": "★", "行动不便": "▲", "低保": "●"}

    def shown(person: Person) -> Cell:
        marks = "".join(sign for tag, sign in signs.items() if tag in person.tags)
        return marks + person.name if dice.random() < 0.3 else person.name + marks

    above = dice.random() < 0.5
    columns = [aside("序号", lambda _p: None), kept("姓名", name=lambda p: p.name, show=shown), age_of("年龄"),
        home_of("家庭地址", "{0} {1}/{2}"),
               phone_of("电话号码"), needs_of("希望得到的服务")]  # fmt: skip
    over(paper, len(columns), f"{committee}重点老人名册", *([legend] if above else []))
    written = plain_table(paper, dice, columns, crowd(dice, committee))
    if not above:
        paper.line([legend])
    return made("signs_at_names", [paper], written.records)


def template_rows(dice: Random) -> MadeBook:
    """A template with rows prefilled to the end: numbers, the committee and 否 stand where nobody is named."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    columns = [aside("序号", lambda _p: None), aside("居委", lambda _p: committee), name_of("姓名（必填）"),
        sex_of("性别（下拉选择）"),
               kept("身份证号码（18位）", id_number=lambda p: p.identity), phone_of("手机号（11位数字）"),
               home_of("居住地址（填写到室）"),
               kept("是否独居（是/否）", alone=lambda p: p.alone, show=lambda p: "是" if p.alone else "否"),
               needs_of("服务需求（多个用、隔开）"), aside("备注", lambda _p: None)]  # fmt: skip
    over(
        paper,
        len(columns),
        "附件1：",
        "九里亭街道老年人需求排摸表",
        "填表要求：1.请勿修改表头；2.身份证号为文本格式；3.下拉选项不得修改",
    )
    written = plain_table(paper, dice, columns, crowd(dice, committee, 60))
    for number in range(dice.randrange(5, 40)):
        paper.line([len(written.records) + number + 1, committee, None, None, None, None, None, "否"])
    return made("template_rows", [paper], written.records)


def paged_two_levels(dice: Random) -> MadeBook:
    """Both header levels and the title again on each printed page, with 第 2 页 共 3 页."""
    committee, paper, records = committee_of(dice), Paper("打印"), []
    columns = [aside("序号", lambda _p: None), name_of("姓名", "基本情况"), age_of("年龄", "基本情况"),
               phone_of("电话", "基本情况"), home_of("住址", group="基本情况"),
               *ticks_of("服务需求", lambda p, c: "√" if c in p.needs else None)]  # fmt: skip
    everyone = crowd(dice, committee)
    size = dice.randrange(12, 25)
    pages = [everyone[start : start + size] for start in range(0, len(everyone), size)]
    for number, page in enumerate(pages, 1):
        over(paper, len(columns), f"{committee}助老需求一览表")
        records += plain_table(paper, dice, columns, page).records
        paper.line([*[None] * 5, f"第 {number} 页 共 {len(pages)} 页"])
    return made("paged_two_levels", [paper], records)


def phones_of_all_sorts(dice: Random) -> MadeBook:
    """固话 and 手机 with 无, 同女儿, +86, (家), two in a cell."""
    committee, paper = committee_of(dice), Paper("Sheet1")

    def landline(person: Person, record: Record) -> Cell:
        written = dice.choice((person.landline, f"{person.landline}（家）", f"021 {person.landline}",
            f"021{person.landline}", "无", "/", None, "没有"))  # fmt: skip
        record["phones"] = []
        if written and person.landline in written:
            record["phones"] = [f"021-{person.landline}" if written.startswith("021") else person.landline]
        return written

    def own(person: Person, record: Record) -> Cell:
        second = mobile(dice)
        ways: tuple[tuple[Cell, list[str]], ...] = (
            (person.mobile, [person.mobile]), (f"+86{person.mobile}", [person.mobile]),
            (f"86-{person.mobile}", [person.mobile]),
            (f"{person.mobile}（微信同号）", [person.mobile]), (f"{person.mobile}/{second}", [person.mobile, second]),
            (f"{person.mobile}\n{second}", [person.mobile, second]), ("无手机", []), (None, []), ("-", []),
            (f"{person.mobile} {second}", [person.mobile, second]), (f"本人{person.mobile}", [person.mobile]),
        )  # fmt: skip
        written, phones = dice.choice(ways)
        record["phones"] += phones
        return written

    columns = [aside("序号", lambda _p: None), name_of("姓名"), told("固话", landline), told("手机/微信", own),
               home_of("住址"), age_of("实足年龄"), needs_of("需求服务", "；")]  # fmt: skip
    over(paper, len(columns), f"{committee}老人通讯录及需求")
    return made("phones_of_all_sorts", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def wrong_headers(dice: Random) -> MadeBook:
    """Headers that stand over the wrong column: the content tells."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    heads = dice.choice((
        ("姓名", "性别", "出生年月", "联系电话", "身份证号码", "住址", "需求"),
        ("姓名", "年龄", "性别", "住址", "身份证号码", "联系电话", "需求"),
        ("姓名", "性别", "年龄", "地址", "家庭住址", "联系方式", "服务"),
        ("姓名", "性别", "年龄", "项目1", "项目2", "项目3", "需求"),
    ))  # fmt: skip
    columns = [aside("序号", lambda _p: None), name_of(heads[0]), sex_of(heads[1]), age_of(heads[2]),
               kept(heads[3], id_number=lambda p: p.identity), phone_of(heads[4]), home_of(heads[5]),
               needs_of(heads[6])]  # fmt: skip
    return made("wrong_headers", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def notes_first(dice: Random) -> MadeBook:
    """Columns in an unusual order, the name near the end, the number in the middle, unusual words."""
    committee, paper = committee_of(dice), Paper("花名册")
    columns = [aside("备考", lambda _p: dice.choice((None, "已走访", "外出"))), needs_of("申请项目", "，"),
               kept("家庭类型", living=lambda p: p.living), phone_of("联络方式"), aside("序号", lambda _p: None),
               home_of("家庭详细住址（小区+楼号+室号）"), kept("生日", birth=lambda p: p.born.isoformat(),
               show=lambda p: p.born),
               sex_of(), name_of("老年人姓名"), kept("证件号", id_number=lambda p: p.identity)]  # fmt: skip
    paper.skip(2)
    return made("notes_first", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def need_a_row(dice: Random) -> MadeBook:
    """One need a row; the person stands only on the first of their rows, nothing is merged."""
    committee, paper, records = committee_of(dice), Paper("Sheet1"), []
    width = 7
    over(paper, width, "老人需求明细表")
    paper.line(["序号", "姓名", "年龄", "住址", "联系电话", "需求项目", "期望频次"])
    for number, person in enumerate(crowd(dice, committee), 1):
        for place, need in enumerate(person.needs):
            first: list[Cell] = [number, person.name, person.age,
                f"{person.compound}{person.building}号{person.room}室", person.mobile]  # fmt: skip
            row = paper.line(
                [*(first if place == 0 else [None] * 5), need, dice.choice(("每月1次", "一次性", "每周一次"))]
            )
            if place == 0:
                records.append({"row": row + 1, "name": person.name, "age": person.age, "compound": person.compound,
                                "building": str(person.building), "room": person.room, "phones": [person.mobile],
                                "needs": list(person.needs)})  # fmt: skip
    return made("need_a_row", [paper], records)


def kinds_in_ticks(dice: Random) -> MadeBook:
    """Kinds of elders and ways of living in tick columns under groups, the needs beside as a list."""
    committee, paper = committee_of(dice), Paper("分类表")
    tags = ("高龄", "失独", "低保", "残疾", "优抚")
    livings = ("独居", "空巢", "与子女同住", "孤寡")
    sign = dice.choice(("√", "1", "是", "●"))
    words = {"高龄": "高龄\n（80周岁以上）", "残疾": "残疾人", "低保": "低保户"}

    def tag(one: str) -> Column:
        def cell(person: Person, record: Record) -> Cell:
            kinds = record.setdefault("tags", [])
            if one in person.tags:
                kinds.append(one)
            return sign if one in person.tags else None

        return told(words.get(one, one), cell, "老人类别")

    def living(one: str) -> Column:
        return kept(one, "居住情况", living=lambda p: p.living, show=lambda p: sign if p.living == one else None)

    columns = [aside("序号", lambda _p: None), name_of("姓名", "基本信息"), sex_of(group="基本信息"),
        age_of("年龄", "基本信息"),
               home_of("住址", group="基本信息"), phone_of("电话", "基本信息"),
               *map(living, livings),
               *map(tag, tags), needs_of("服务需求", "/")]  # fmt: skip
    over(paper, len(columns), f"{committee}老年人分类排摸汇总表")
    return made("kinds_in_ticks", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def more_in_the_name(dice: Random) -> MadeBook:
    """Sex and age behind the name in brackets, or before it the door: 王秀兰（女，82岁）."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    form = dice.choice(("{0}（{1}，{2}岁）", "{0}({1}/{2})", "{0} {1} {2}岁", "{0}，{1}，{2}", "{0}（{1} {2}）"))
    columns = [aside("编号", lambda _p: None),
               kept("姓名、性别、年龄", name=lambda p: p.name, sex=lambda p: p.sex, age=lambda p: p.age,
                    show=lambda p: form.format(p.name, p.sex, p.age)),
               home_of("住址"), phone_of("电话"), needs_of("需求")]  # fmt: skip
    over(paper, len(columns), f"{committee}帮困助老名单")
    return made("more_in_the_name", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def lanes_in_addresses(dice: Random) -> MadeBook:
    """Addresses with road, lane, floor, the compound before or behind, one form or several."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    lane = dice.randrange(100, 900)
    forms = ("涞亭南路{lane}弄{0}{1}号{2}室", "{0}（{lane}弄）{1}号{2}室", "{lane}弄{1}号{2}室（{0}）",
        "{0}{1}号楼{floor}楼{2}室",
             "{0}, {1}号, {2}室", "{0}小区{1}号{2}", "{0}　{1}栋{2}房", "松江区{0}{1}号-{2}室", "{0}{1}号（{2}室）",
             "涞亭南路{lane}弄{1}号{2}室 {0}")  # fmt: skip
    chosen = dice.sample(forms, dice.choice((1, 3)))

    def shown(person: Person) -> Cell:
        return dice.choice(chosen).format(person.compound, person.building, person.room, lane=lane,
            floor=person.room[:-2])  # fmt: skip

    columns = [aside("序号", lambda _p: None), name_of("姓名"), age_of("年龄"),
               kept("家庭住址", compound=lambda p: p.compound, building=lambda p: str(p.building),
               room=lambda p: p.room, show=shown),
               phone_of("联系电话"), needs_of("服务需求")]  # fmt: skip
    over(paper, len(columns), f"填报居委：{committee}")
    return made("lanes_in_addresses", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def whole_street(dice: Random) -> MadeBook:
    """All committees on one sheet, merged down or once a group, 小计 behind each and 总计 at the end."""
    paper, records = Paper("全街道"), []
    columns = [name_of("姓名"), sex_of(), kept("出生日期", birth=lambda p: p.born.isoformat(),
        show=lambda p: f"{p.born:%Y.%m.%d}"),
               kept("身份证", id_number=lambda p: p.identity), home_of("地址"), phone_of("手机"), needs_of("需求",
               "\n")]  # fmt: skip
    over(paper, 9, "九里亭街道结对助老对象汇总表")
    paper.line(["居委会", "序号", *(column.header for column in columns)])
    total = 0
    merged = dice.random() < 0.5
    for committee in PLACES:
        start = len(paper.rows)
        for number, person in enumerate(people(dice, committee, dice.randrange(8, 25)), 1):
            record, row = data_row(paper, dice, columns, person, left=2)
            paper.put(row, 1, number)
            paper.put(row, 0, committee if number == 1 else None)
            records.append({**record, "committee": committee})
            total += 1
        if merged:
            paper.merge(start, 0, len(paper.rows) - 1, 0)
        paper.line([dice.choice(("小计", f"{committee}小计")), None, f"{number}人"])
    paper.line(["总计", None, f"{total}人"])
    return made("whole_street", [paper], records)


def coded_export(dice: Random) -> MadeBook:
    """What a system exports: field names in a line of their own, sex and living as codes explained in the header."""
    committee, paper = committee_of(dice), Paper("export")
    english = ("id", "name", "gender", "birthday", "mobile", "address", "service", "create_time")
    columns = [aside("编号", lambda _p: dice.randrange(10000, 99999)), name_of("姓名"),
               kept("性别（1男 2女）", sex=lambda p: p.sex, show=lambda p: 1 if p.male else 2),
               kept("出生日期", birth=lambda p: p.born.isoformat(), show=lambda p: f"{p.born:%Y-%m-%d} 00:00:00"),
               phone_of("手机号码"), home_of("地址"), needs_of("服务需求", ","), aside("创建时间",
               lambda _p: "2026-03-01 09:12:44")]  # fmt: skip
    paper.line(list(english))
    return made("coded_export", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def figures_beside(dice: Random) -> MadeBook:
    """A block of sums and a legend to the right of the list."""
    committee, paper = committee_of(dice), Paper("Sheet1")
    columns = [aside("序号", lambda _p: None), name_of("姓名"), sex_of(), age_of("年龄"), home_of("住址"),
               phone_of("联系电话"), needs_of("需求")]  # fmt: skip
    top = len(paper.rows)
    written = plain_table(paper, dice, columns, crowd(dice, committee))
    beside: tuple[tuple[Cell, ...], ...] = (
        ("人数统计", None), ("男", 20), ("女", 25), ("80岁以上", 12), ("合计", 45), (None, None), ("图例",
        None), ("黄色",
        "独居"), ("红色", "重残"),
    )  # fmt: skip
    for offset, pair in enumerate(beside):
        for place, cell in enumerate(pair):
            paper.put(top + offset, len(columns) + 1 + place, cell)
    return made("figures_beside", [paper], written.records)


def helped_by(dice: Random) -> MadeBook:
    """Who helps stands beside who is helped: 结对志愿者 with a phone of their own, and the cadre in charge."""
    committee, paper = committee_of(dice), Paper("结对")
    columns = [aside("序号", lambda _p: None), name_of("受助老人"), age_of("年龄"), home_of("住址"),
        phone_of("联系电话"),
               kept("紧急联系人及电话", emergency_contact=lambda p: p.contact,
               emergency_phone=lambda p: p.contact_phone,
                    show=lambda p: f"{p.contact}（{p.relation}）{p.contact_phone}"),
               needs_of("服务需求"), aside("结对志愿者", lambda _p: name(dice)), aside("志愿者电话",
               lambda _p: mobile(dice)),
               aside("包干干部", lambda _p: name(dice))]  # fmt: skip
    over(paper, len(columns), f"{committee}“一对一”结对助老情况表")
    return made("helped_by", [paper], plain_table(paper, dice, columns, crowd(dice, committee)).records)


def three_levels_of_needs(dice: Random) -> MadeBook:
    """Three header levels in which only the lowest names the service, by short words; the groups are not needs."""
    committee, paper, records = committee_of(dice), Paper("三级"), []
    base = [aside("序号", lambda _p: None), name_of("姓名"), age_of("年龄"), home_of("地址"), phone_of("电话")]
    ticks = ticks_of("", lambda p, c: "√" if c in p.needs else None,
                     {"清洗空调": "空调", "清洗油烟机": "油烟机", "居家清洁": "保洁", "陪伴聊天": "陪聊",
                     "代买代办": "代购"})  # fmt: skip
    row = paper.line([*(column.header for column in base), "服务需求"])
    paper.line([*[None] * 5, "生活照料类", None, None, "家电清洗类", None, "其他类"])
    bottom = paper.line([*[None] * 5, *(column.header for column in ticks)])
    for place in range(5):
        paper.merge(row, place, bottom, place)
    paper.merge(row, 5, row, 10)
    paper.merge(row + 1, 5, row + 1, 7)
    paper.merge(row + 1, 8, row + 1, 9)
    for person in crowd(dice, committee):
        records.append(data_row(paper, dice, [*base, *ticks], person)[0])
    return made("three_levels_of_needs", [paper], records, header_row=bottom + 1)


MORE_RECEIVED: tuple[Layout, ...] = (
    units_in_headers, signs_at_names, template_rows, paged_two_levels, phones_of_all_sorts, wrong_headers,
        notes_first,
    need_a_row, kinds_in_ticks, more_in_the_name, lanes_in_addresses, whole_street, coded_export, figures_beside,
    helped_by, three_levels_of_needs,
)  # fmt: skip
