"""Service categories: what the office offers, in which unit, to whom and how often."""

from dataclasses import dataclass, replace
from typing import Self

from jiuliting_desk.model.errors import BadNumber, Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Who may have the service: any of ``livings`` (empty: all) from ``min_age`` years on.

    Several rules on one category are alternatives: 70+ living alone, or 80+ couples.
    """

    min_age: int = 0
    livings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCategory:
    """服务项目, edited by staff."""

    id: int = 0
    name: str
    unit: str = "次"
    minutes: int = 60
    """Planned minutes of one visit on site."""
    certificate_kind: str = ""
    """The certificate a provider must hold, "" for none."""
    months: tuple[int, ...] = ()
    """Months of the season, 1-12; empty: all the year."""
    quota_per_year: int | None = None
    eligibility: tuple[Eligibility, ...] = ()
    words: tuple[str, ...] = ()
    """Other words for it in sheets and on the phone: 擦玻璃."""
    icon: str = "heart-handshake"
    position: int = 0
    active: bool = True

    def checked(self) -> Self:
        """The same with a clean name. Raises Missing and BadNumber."""
        name = self.name.strip()
        if not name:
            raise Missing(field="name")
        if not self.unit.strip():
            raise Missing(field="unit")
        if not 5 <= self.minutes <= 600:
            raise BadNumber(field="minutes", text=str(self.minutes), lowest=5, highest=600)
        if self.quota_per_year is not None and not 0 <= self.quota_per_year <= 400:
            raise BadNumber(field="quota_per_year", text=str(self.quota_per_year), lowest=0, highest=400)
        return replace(self, name=name, unit=self.unit.strip())


STARTING_CATEGORIES: tuple[ServiceCategory, ...] = (
    ServiceCategory(
        name="陪伴聊天",
        unit="人次",
        minutes=60,
        icon="message-circle",
        position=1,
        words=("陪聊", "聊天", "谈心", "陪伴"),
    ),
    ServiceCategory(
        name="居家清洁",
        unit="户",
        minutes=120,
        icon="brush-cleaning",
        position=2,
        words=("打扫", "打扫卫生", "家政", "保洁", "居家保洁", "清洁"),
    ),
    ServiceCategory(
        name="理发", unit="人次", minutes=30, icon="scissors", position=3, words=("剪发", "剃头", "上门理发")
    ),
    ServiceCategory(
        name="清洗空调",
        unit="台",
        minutes=60,
        certificate_kind="空调清洗",
        icon="air-vent",
        position=4,
        words=("洗空调", "空调清洗"),
    ),
    ServiceCategory(
        name="清洗油烟机",
        unit="台",
        minutes=90,
        certificate_kind="油烟机清洗",
        icon="cooking-pot",
        position=5,
        words=("洗油烟机", "油烟机清洗", "脱排清洗", "洗脱排"),
    ),
    ServiceCategory(
        name="代买代办",
        unit="次",
        minutes=60,
        icon="shopping-bag",
        position=6,
        words=("代购", "代买", "代办", "买菜", "配药"),
    ),
)
"""What a new file begins with; all of it can be edited."""
