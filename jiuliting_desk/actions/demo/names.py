"""Invented names, phones and identity numbers."""

from datetime import date, timedelta
from random import Random

from jiuliting_desk.model.identity import check_digit

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花"
    "方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤单"
)
WOMEN = "秀兰英华珍玉芳凤妹莲桂琴惠娟丽月仙美雅素宝云小文静慧红梅菊香"
MEN = "根福荣林国强志明德仁阿毛泉生金水民宝龙海宁建忠良兴发祥伟平学文"
RARE = "㛃䶮𬱖喆堃昇"


def person_name(dice: Random, *, male: bool | None = None) -> str:
    """A name of two or three characters, now and then with a rare one."""
    if male is None:
        male = dice.random() < 0.4
    given = MEN if male else WOMEN
    name = dice.choice(SURNAMES) + dice.choice(given)
    if dice.random() < 0.85:
        name += dice.choice(RARE) if dice.random() < 0.02 else dice.choice(given)
    return name


def phone(dice: Random) -> str:
    """Eleven digits that begin with 100, a prefix nobody has."""
    return f"100{dice.randrange(10**8):08d}"


def born_between(dice: Random, today: date, youngest: int, oldest: int) -> date:
    """A birth date of someone of ``youngest`` to ``oldest`` years, the old ones rarer."""
    years = youngest + (oldest - youngest) * dice.betavariate(1.6, 2.2)
    return today - timedelta(days=int(years * 365.25) + dice.randrange(300))


def id_number(dice: Random, born: date, *, male: bool) -> str:
    """A number with region 000000 and a right check digit."""
    order = dice.randrange(0, 999) // 2 * 2 + (1 if male else 0)
    first = f"000000{born:%Y%m%d}{order % 1000:03d}"
    return first + check_digit(first)
