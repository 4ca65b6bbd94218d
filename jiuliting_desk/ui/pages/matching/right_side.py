"""The right side: the whole plan, or what is claimed, paired and long not asked."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QStackedWidget

from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_lists import ClaimLine
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.matching.held import Held
from jiuliting_desk.ui.pages.matching.proposal_side import ProposalSide
from jiuliting_desk.ui.pages.matching.trying import TryingSide
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import Segmented, button, with_count
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row

MARGIN, GAP = 12, 8


class RightSide(QFrame):
    """Five parts of which one is seen."""

    keys = ("plan", "claims", "bonds", "resting", "trying")

    export_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setProperty("surface", "flat")
        self._counts: dict[str, int] = {}
        self.plan_side = ProposalSide()
        self.held = Held.made(session)
        self.trying = TryingSide(session)
        self.parts = Segmented(
            [
                ("plan", self.tr("整体方案")),
                ("claims", self.tr("认领")),
                ("bonds", self.tr("结对")),
                ("resting", self.tr("久没问")),
                ("trying", self.tr("试一试")),
            ]
        )
        self.parts.chosen.connect(self.show_part)
        self.part_button = button("", self._open_parts, icon="chevron-down", size="s")
        self.part_button.setAccessibleName(self.tr("看哪一部分"))
        self.part_button.hide()
        self.export_button = button(self.tr("导出"), self.export_wanted.emit, kind="link", size="s")
        self.export_button.setToolTip(self.tr("方案、没人能去的、结对和认领，存成 Excel（Ctrl+E）"))
        self.stack = QStackedWidget()
        for part in (self.plan_side, self.held.claims, self.held.bonds, self.held.resting, self.trying):
            self.stack.addWidget(part)
        head = row(self.parts, self.part_button, STRETCH, self.export_button, margins=(10, MARGIN, 4, MARGIN))
        self.setLayout(column(head, self.stack, gap=0))

    def refresh(self, claims: Sequence[ClaimLine], inputs: Inputs) -> None:
        """Read the lists beside the plan, but for the claims, which the plan looks at too."""
        self._counts = self.held.refresh(self.session, claims, inputs)
        self._show_counts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Numbers behind the words only where they fit, and the export, which has a key, where they leave it room.

        Where not even the words fit, a menu stands for them.
        """
        super().resizeEvent(event)
        self._show_counts()

    def _show_counts(self) -> None:
        self.parts.set_counts(self._counts)
        room = self.width() - 2 * theme.px(MARGIN)
        if self.parts.sizeHint().width() > room:
            self.parts.set_counts({})
        is_menu = self.parts.sizeHint().width() > room
        self.parts.setVisible(not is_menu)
        self.part_button.setVisible(is_menu)
        self._name_part()
        parts = self.part_button if is_menu else self.parts
        beside = parts.sizeHint().width() + self.export_button.sizeHint().width()
        self.export_button.setVisible(beside + theme.px(GAP) <= room)

    def _name_part(self) -> None:
        key = str(self.parts.value())
        self.part_button.setText(with_count(self.parts.text(key), self._counts.get(key)))

    def _open_parts(self) -> None:
        menu = QMenu(self)
        for key in self.keys:
            text = with_count(self.parts.text(key), self._counts.get(key))
            action = menu.addAction(text, partial(self.show_part, key))
            action.setCheckable(True)
            action.setChecked(key == self.parts.value())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.part_button.mapToGlobal(QPoint(0, self.part_button.height())))

    def show_part(self, key: str) -> None:
        """Show the plan, the claims, the pairings or those long not asked."""
        self.parts.choose(key)
        self._name_part()
        self.stack.setCurrentIndex(self.keys.index(key))
        if key == "trying":
            # Chosen once more after it was stopped: it was seen all the time.
            self.trying.look()

    def part(self) -> str:
        """The key of the part that is seen."""
        return self.keys[self.stack.currentIndex()]

    def current_list(self) -> QAbstractItemView:
        """The list of the part that is seen."""
        lists: tuple[QAbstractItemView, ...] = (
            self.plan_side.table,
            self.held.claims.lines,
            self.held.bonds.lines,
            self.held.resting.lines,
            self.trying.lines,
        )
        return lists[self.stack.currentIndex()]
