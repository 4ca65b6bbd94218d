"""Service cards and the batches that were printed."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.errors import Missing, WrongState


class CardState(StrEnum):
    """made -> issued (printed well) -> handed; lost or void from any of them."""

    MADE = "made"
    ISSUED = "issued"
    HANDED = "handed"
    LOST = "lost"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """服务卡: its number is on it and in its code; a reissue has a new number."""

    id: int = 0
    elder_id: int
    number: str
    state: CardState = CardState.MADE
    reason: str = "new"
    """new, lost, phone_changed, volunteer_changed, damaged."""
    made_on: date
    issued_on: date | None = None
    handed_on: date | None = None
    handed_by: str = ""
    handed_to: str = ""
    ended_on: date | None = None
    ended_reason: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether the number still counts."""
        return self.state not in {CardState.LOST, CardState.VOID}

    def issued(self, *, on: date) -> Self:
        """Printed and come out right; a card printed again keeps its later state."""
        if not self.is_valid:
            raise WrongState(kind="card", state=self.state, wanted=CardState.ISSUED)
        if self.state is not CardState.MADE:
            return self
        return replace(self, state=CardState.ISSUED, issued_on=on)

    def handed(self, *, on: date, by: str, to: str) -> Self:
        """Handed over. Raises WrongState unless it is issued, Missing without a receiver."""
        if self.state is not CardState.ISSUED:
            raise WrongState(kind="card", state=self.state, wanted=CardState.HANDED)
        if not to.strip():
            raise Missing(field="handed_to")
        return replace(self, state=CardState.HANDED, handed_on=on, handed_by=by, handed_to=to.strip())

    def ended(self, state: CardState, *, on: date, reason: str = "") -> Self:
        """Lost or void: the number counts no more. Raises WrongState where it is so already."""
        if not self.is_valid or state not in {CardState.LOST, CardState.VOID}:
            raise WrongState(kind="card", state=self.state, wanted=state)
        return replace(self, state=state, ended_on=on, ended_reason=reason)


class PrintState(StrEnum):
    """What became of a batch."""

    SENT = "sent"
    CONFIRMED = "confirmed"
    SPOILT = "spoilt"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintBatch:
    """One print or PDF: what, on which stock, and whether it came out right."""

    id: int = 0
    kind: str
    """cards, forms, slips, lists, test_sheet."""
    printed_on: date
    printed_by: str = ""
    target: str = ""
    """Printer's name, or "pdf"."""
    stock: str = ""
    start_slot: int = 0
    item_ids: tuple[int, ...] = ()
    state: PrintState = PrintState.SENT
    spoilt_ids: tuple[int, ...] = ()

    def came_out(self, *, spoilt_ids: tuple[int, ...] = ()) -> Self:
        """Settled by staff: all right, or some spoilt. Raises WrongState where it is settled already."""
        if self.state is not PrintState.SENT:
            raise WrongState(kind="print", state=self.state, wanted=PrintState.CONFIRMED)
        spoilt = tuple(item for item in self.item_ids if item in spoilt_ids)
        all_spoilt = len(spoilt) == len(self.item_ids) > 0
        return replace(self, state=PrintState.SPOILT if all_spoilt else PrintState.CONFIRMED, spoilt_ids=spoilt)
