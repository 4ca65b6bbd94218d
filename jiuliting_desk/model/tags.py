"""Tags of elders: 高龄 独居 行动不便 …, edited by staff."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A word that staff put on elders; ``short`` is its one-character form for narrow tables."""

    id: int = 0
    name: str
    short: str = ""
    position: int = 0
    active: bool = True


STARTING_TAGS: tuple[Tag, ...] = tuple(
    Tag(name=name, short=short, position=position)
    for position, (name, short) in enumerate(
        (
            ("高龄", "高"),
            ("独居", "独"),
            ("孤寡", "孤"),
            ("空巢", "空"),
            ("行动不便", "行"),
            ("失能", "失"),
            ("半失能", "半"),
            ("低保", "低"),
            ("残疾", "残"),
            ("失独", "特"),
            ("优抚", "优"),
            ("认知障碍", "认"),
        ),
        start=1,
    )
)
