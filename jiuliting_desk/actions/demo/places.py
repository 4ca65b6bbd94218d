"""Invented committees, compounds and cadres on an invented map."""

from dataclasses import dataclass
from random import Random

from jiuliting_desk.actions.demo.names import person_name
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.store import Store

COMMITTEES = (
    "亭北", "金丰", "桂溪", "望桥", "云杉", "知雅", "虹泉", "柳浦", "松涧", "兰汀",
    "梅坞", "竹影", "荷渡", "枫岸", "栖霞台", "月浦湾", "晴川里", "听雨", "白鹭洲", "红枫",
)  # fmt: skip
ENDINGS = ("新村", "东块", "蓝庭", "花园", "苑", "里", "公寓", "汇")

DEGREE_METRES = 111_320


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The ids that the people of the demo are spread over."""

    committees: list[int]
    compounds: list[tuple[int, int]]
    """Compound id and its committee's id."""
    names: dict[int, str]


def settle(store: Store, dice: Random, *, elders: int) -> Town:
    """Committees (4 to 20, by size), their compounds and cadres."""
    count = max(4, min(len(COMMITTEES), elders // 40))
    committees: list[int] = []
    compounds: list[tuple[int, int]] = []
    names: dict[int, str] = {}
    for index, stem in enumerate(COMMITTEES[:count]):
        committee = store.add(
            ResidentsCommittee(name=f"{stem}居民区", aliases=(f"{stem}居委会", stem), phone=f"100200{index:05d}")
        )
        committees.append(committee.id)
        for _ in range(2):
            store.add(
                Cadre(committee_id=committee.id, name=person_name(dice), phone=f"1003{dice.randrange(10**7):07d}")
            )
        for ending in dice.sample(ENDINGS, 2 + (index % 3) + (elders > 2000) * 3):
            compound = store.add(
                Compound(
                    committee_id=committee.id,
                    name=stem + ending,
                    longitude=round(121.0 + index % 5 * 0.012 + dice.uniform(-0.004, 0.004), 5),
                    latitude=round(31.0 + index // 5 * 0.011 + dice.uniform(-0.004, 0.004), 5),
                )
            )
            compounds.append((compound.id, committee.id))
            names[compound.id] = compound.name
    return Town(committees=committees, compounds=compounds, names=names)
