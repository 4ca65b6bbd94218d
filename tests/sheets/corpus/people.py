"""Invented people for the corpus: phones begin with 100, identity numbers with region 000000."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jiuliting_desk.model.identity import check_digit

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云"
    "苏潘葛奚范彭郎鲁韦马苗凤花方俞任袁柳鲍史唐薛雷贺倪汤顾陆瞿诸钮"
)
GIVEN = (
    "秀兰英华珍玉芳凤妹莲桂琴惠娟丽月仙美雅素宝云小文静慧红梅菊香根福荣林国强志明德仁阿毛泉生金水民龙海宁建忠良兴祥伟平"
)
RARE = "㛃䶮𬱖喆堃昇禛"
CATEGORIES = ("陪伴聊天", "居家清洁", "理发", "清洗空调", "清洗油烟机", "代买代办")
OTHER_WORDS = {
    "陪伴聊天": ("陪聊", "聊天", "陪伴"),
    "居家清洁": ("打扫卫生", "保洁", "居家保洁"),
    "理发": ("剪发", "上门理发"),
    "清洗空调": ("空调清洗", "洗空调"),
    "清洗油烟机": ("油烟机清洗", "洗油烟机"),
    "代买代办": ("代购", "配药"),
}
TAGS = ("高龄", "独居", "孤寡", "行动不便", "低保", "残疾", "失独", "优抚")
PLACES = {
    "亭北居民区": ("亭北新村", "亭北东块", "亭北西苑"),
    "金丰居民区": ("金丰蓝庭", "金丰蓝庭二期", "金丰公寓"),
    "桂溪居民区": ("桂溪花园", "桂溪一村"),
    "知雅居委会": ("知雅汇", "云杉苑", "望桥里"),
}
RELATIONS = ("女儿", "儿子", "侄女", "邻居", "妹妹", "外甥")
ENTERPRISES = ("净邻家政（虚构）", "亮洁家电清洗（虚构）", "同心理发社（虚构）", "暖阳社工站（虚构）")
TODAY = date(2026, 3, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone on a sheet, elder or volunteer."""

    name: str
    male: bool
    born: date
    identity: str
    mobile: str
    landline: str
    committee: str
    compound: str
    building: int
    unit: int
    room: str
    needs: tuple[str, ...]
    tags: tuple[str, ...]
    living: str
    alone: bool
    contact: str
    relation: str
    contact_phone: str
    enterprise: str | None
    capacity: int
    certificate: str | None
    expires: date

    @property
    def sex(self) -> str:
        """男 or 女."""
        return "男" if self.male else "女"

    @property
    def age(self) -> int:
        """Full years on the corpus's day."""
        return TODAY.year - self.born.year - ((TODAY.month, TODAY.day) < (self.born.month, self.born.day))


def mobile(dice: Random) -> str:
    """Eleven digits that begin with 100."""
    return f"100{dice.randrange(10**8):08d}"


def name(dice: Random) -> str:
    """Two or three characters, a rare one now and then."""
    given = dice.choice(GIVEN)
    if dice.random() < 0.8:
        given += dice.choice(RARE if dice.random() < 0.04 else GIVEN)
    return dice.choice(SURNAMES) + given


def identity(dice: Random, born: date, *, male: bool) -> str:
    """A sound identity number of no region."""
    first = f"000000{born:%Y%m%d}{dice.randrange(1, 499) * 2 + male:03d}"
    return first + check_digit(first)


def person(dice: Random, committee: str, *, young: bool = False) -> Person:
    """An elder, or a volunteer where ``young``."""
    male = dice.random() < 0.45
    years = dice.uniform(20, 68) if young else dice.uniform(66, 98)
    born = TODAY - timedelta(days=int(years * 365.25))
    tags = tuple(sorted(dice.sample(TAGS, dice.choice((0, 0, 1, 1, 2))), key=TAGS.index))
    needs = tuple(sorted(dice.sample(CATEGORIES, dice.choice((1, 1, 1, 2, 3))), key=CATEGORIES.index))
    return Person(
        name=name(dice),
        male=male,
        born=born,
        identity=identity(dice, born, male=male),
        mobile=mobile(dice),
        landline=f"{dice.choice((5, 6))}{dice.randrange(10**7):07d}",
        committee=committee,
        compound=dice.choice(PLACES[committee]),
        building=dice.randrange(1, 60),
        unit=dice.randrange(1, 4),
        room=f"{dice.randrange(1, 19)}{dice.randrange(1, 5):02d}",
        needs=needs,
        tags=tags,
        living=dice.choice(("独居", "空巢", "与子女同住", "孤寡")),
        alone=dice.random() < 0.5,
        contact=dice.choice(SURNAMES) + dice.choice(("先生", "女士", "小妹", *GIVEN)),
        relation=dice.choice(RELATIONS),
        contact_phone=mobile(dice),
        enterprise=None,
        capacity=dice.choice((1, 2, 4, 6, 8)),
        certificate=dice.choice((None, None, "家电清洗资质", "健康证")),
        expires=date(dice.choice((2026, 2027, 2028)), dice.randrange(1, 13), dice.randrange(1, 29)),
    )


def people(dice: Random, committee: str, count: int, *, young: bool = False) -> list[Person]:
    """People with no two of one name."""
    found: dict[str, Person] = {}
    while len(found) < count:
        one = person(dice, committee, young=young)
        found.setdefault(one.name, one)
    return list(found.values())
