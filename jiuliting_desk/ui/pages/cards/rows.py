"""The list of cards to print: its rows and columns."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.cards import CardDraft
from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.rows_model import Column

translate = QCoreApplication.translate

REASON_WORDS = {
    "new": QT_TRANSLATE_NOOP("cards", "新卡"),
    "lost": QT_TRANSLATE_NOOP("cards", "卡丢了"),
    "damaged": QT_TRANSLATE_NOOP("cards", "卡坏了"),
    "phone_changed": QT_TRANSLATE_NOOP("cards", "换了电话"),
    "volunteer_changed": QT_TRANSLATE_NOOP("cards", "换了志愿者"),
}


@dataclass(slots=True)
class CardRow:
    """One line: a draft, whether it is ticked, and what the paper says against it."""

    draft: CardDraft
    ticked: bool
    complaint: str = ""
    """Why this card cannot be printed on this stock, "" where it can."""
    remark: str = ""

    @property
    def is_blocked(self) -> bool:
        """Whether the card cannot be printed."""
        return bool(self.complaint) or self.draft.obstacle not in {"", "no_address", "paused"}


def reason_words(reason: str) -> str:
    """Why a card is printed, in words."""
    return translate("cards", REASON_WORDS[reason])


def obstacle_words(obstacle: str) -> str:
    """What stands in the way, in words."""
    if obstacle == "no_address":
        return translate("cards", "没有地址")
    return labels.label(ElderState(obstacle)) if obstacle else ""


def columns() -> tuple[Column[CardRow], ...]:
    """Tick, name and number, why."""
    return (
        Column(key="tick", title="", cell=lambda row: Cell(check=row.ticked), width=38, sortable=False, must=True),
        Column(
            key="name",
            title=translate("cards", "姓名"),
            cell=lambda row: Cell(row.draft.name, second=row.draft.number, tone="ink3" if row.is_blocked else "ink"),
            width=116,
            stretch=1,
            must=True,
        ),
        Column(key="why", title=translate("cards", "为什么印"), cell=_why, width=104, stretch=1),
    )


def _why(row: CardRow) -> Cell:
    if row.complaint:
        return Cell(row.complaint, tone="bad", icon="octagon-x", tip=row.complaint)
    obstacle = obstacle_words(row.draft.obstacle)
    if obstacle:
        return Cell(obstacle, tone="warn", icon="triangle-alert", tip=obstacle)
    return Cell(reason_words(row.draft.reason), second=row.remark, tip=row.remark)
