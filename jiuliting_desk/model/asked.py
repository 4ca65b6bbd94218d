"""What a workbook asks of the visits that the file holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Days of visits (ISO), numbers of forms, and names of elders whose forms may be meant; "" among them is none."""

    days: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __or__(self, other: "Asked") -> "Asked":
        return Asked(days=self.days | other.days, numbers=self.numbers | other.numbers, names=self.names | other.names)

    def covers(self, other: "Asked") -> bool:
        """Whether nothing is asked by the other that is not asked by this."""
        return self | other == self
