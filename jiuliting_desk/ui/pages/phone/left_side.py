"""The left side: who rings, what is to be done, who goes; and while nobody rings, whom to ring back."""

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QWidget

from jiuliting_desk.actions.search import search
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.quota import Standing
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.pages.phone.caller_panel import CallerBox, CallerCard, HitList, NobodyPanel
from jiuliting_desk.ui.pages.phone.held import HeldCalls
from jiuliting_desk.ui.pages.phone.on_the_line import OnTheLine
from jiuliting_desk.ui.pages.phone.people_list import PeopleList
from jiuliting_desk.ui.pages.phone.recalls import Recalls
from jiuliting_desk.ui.pages.phone.step_head import StepHead
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.key_choice import KeyChoice
from jiuliting_desk.ui.widgets.layout import column, row, scrolled
from jiuliting_desk.ui.widgets.text import label

WIDTH = 376
WHO, WHAT, PEOPLE, WHEN = 1, 2, 3, 4


class LeftSide(QFrame):
    """Steps 1 to 3 as widgets; what they mean is the page's."""

    category_chosen = Signal(int)
    note_wanted = Signal()
    need_wanted = Signal()
    """Nobody can go: let it wait as a need."""
    more_wanted = Signal()
    """Several services or people, or again and again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("surface", "flat")
        self.setFixedWidth(theme.px(WIDTH))
        self.heads = {
            WHO: StepHead(1, self.tr("谁打来的"), self.tr("电话尾号、卡号或姓名首字母")),
            WHAT: StepHead(2, self.tr("要做什么"), self.tr("按数字")),
            PEOPLE: StepHead(3, self.tr("谁去"), self.tr("按数字")),
        }
        self.box = CallerBox(icon="phone")
        self.box.setAccessibleName(self.tr("谁打来的"))
        self.hits = HitList(session.today)
        self.box.moved.connect(self._on_moved)
        self.nobody = NobodyPanel()
        self.card = CallerCard()
        self.recalls = Recalls()
        self.people = PeopleList()
        self.buttons: dict[int, KeyChoice] = {}
        self._group = QButtonGroup(self)
        self.held = HeldCalls(session)
        self.line = OnTheLine(session)
        self.card.note_wanted.connect(self.note_wanted)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid_holder = QWidget()
        self._grid_holder.setLayout(self._grid)
        self._quota = label("", "cap", wrap=True)
        self._nobody_goes = QWidget()
        words = label(self.tr("没有人会做这一项，或都已停用。记成需求，有人了再约。"), "sub", wrap=True)
        self.need_button = button(self.tr("登记需求"), self.need_wanted.emit, kind="link", size="s")
        self._nobody_goes.setLayout(row(words, self.need_button, gap=6))
        self._more = button(self.tr("多项、定期…"), self.more_wanted.emit, kind="link", size="s", tip="F8")
        what = row(self.heads[WHAT], self._more, gap=6)
        what.setStretch(0, 1)
        upper = column(self.heads[WHO], self.box, margins=(8, 20, 6, 20), gap=6)
        under = column(
            self.hits,
            self.nobody,
            self.held,
            self.line,
            self.card,
            what,
            self._grid_holder,
            self._quota,
            self.heads[PEOPLE],
            self.people,
            self._nobody_goes,
            margins=(0, 20, 12, 20),
            gap=6,
        )
        under.addWidget(self.recalls, 1)
        under.addStretch(0)
        content = QWidget()
        content.setLayout(under)
        layout = column(upper, gap=0)
        self._area = scrolled(content)
        layout.addWidget(self._area, 1)
        self.setLayout(layout)

    def show_categories(self, categories: Iterable[ServiceCategory]) -> None:
        """Offer these services; the first nine have keys."""
        for made in self.buttons.values():
            self._group.removeButton(made)
            self._grid.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.buttons = {}
        for place, category in enumerate(categories):
            made = KeyChoice(str(place + 1) if place < 9 else "", category.name, icon=category.icon, is_low=True)
            made.setAutoExclusive(True)
            made.clicked.connect(lambda _on=False, key=category.id: self.category_chosen.emit(key))
            self._group.addButton(made)
            self._grid.addWidget(made, place // 2, place % 2)
            self.buttons[category.id] = made

    def _on_moved(self, step: int) -> None:
        """Up and down go through those found; while nobody is looked for, down goes to those to ring back."""
        if self.hits.isVisible():
            self.hits.move(step)
        elif step > 0 and self.recalls.isVisible():
            self.recalls.enter()

    def show_people_part(self) -> None:
        """Scroll to those who could go, once they have their place."""

        def scroll() -> None:
            if self.people.isVisible():
                height = self.people.list.sizeHintForRow(0) if self.people.list.rows() else 0
                self._area.ensureVisible(0, self.people.y() + height * 2, 0, theme.px(8))
            else:
                self._area.verticalScrollBar().setValue(0)

        QTimer.singleShot(0, self, scroll)

    def check_category(self, category_id: int) -> None:
        """Mark the service that was chosen; 0 marks none."""
        self._group.setExclusive(False)
        for key, made in self.buttons.items():
            made.setChecked(key == category_id)
        self._group.setExclusive(True)

    def pick_category(self, number: int) -> bool:
        """Press the service with that key; gives whether there is one."""
        found = [made for made in self.buttons.values() if made.key == str(number)]
        if found:
            found[0].click()
        return bool(found)

    def look_for(self, *, is_idle: bool) -> None:
        """Show whom the words in the box mean, or the ways on with somebody whom nobody knows."""
        text, is_lent = self.box.value(), self._session.is_lent
        hits = search(self._session.store, text, limit=16) if text and not is_lent else []
        found = [hit for hit in hits if hit.kind == "elder"][:8]
        self.hits.show_hits(found)
        self.nobody.say(text)
        self.show_search(has_hits=bool(found), nobody=bool(text) and not found and not is_lent, is_idle=is_idle)

    def show_search(self, *, has_hits: bool, nobody: bool, is_idle: bool) -> None:
        """While somebody is looked for: hits or the way out; while nobody is, the queue."""
        self.hits.setVisible(has_hits)
        self.nobody.setVisible(nobody)
        is_free = is_idle and not has_hits and not nobody
        self.recalls.setVisible(is_free)
        self.held.setVisible(is_free and bool(self.held.words()))
        if has_hits or nobody:
            self._area.verticalScrollBar().setValue(0)

    def show_steps(self, *, name: str, has_category: bool, has_people: bool) -> None:
        """Which parts there are now; ``name`` of the caller, "" for nobody, stays in sight whatever is scrolled."""
        has_caller = bool(name)
        self.heads[WHO].set_answer(name)
        self.card.setVisible(has_caller)
        self._grid_holder.setVisible(has_caller)
        self.heads[WHAT].setVisible(has_caller)
        self._more.setVisible(has_caller)
        self.heads[PEOPLE].setVisible(has_category)
        self.people.setVisible(has_category and has_people)
        self._nobody_goes.setVisible(has_category and not has_people)

    def show_quota(self, standing: Standing | None) -> None:
        """What may still be had of the service chosen; None while none is."""
        warnings = standing.warnings if standing is not None else ()
        told = [visit_words.quota(standing)] if standing is not None else []
        text = "；".join(filter(None, [*told, *(labels.label(warning) for warning in warnings)]))
        self._quota.setText(text)
        self._quota.setVisible(bool(text))
        theme.mark(self._quota, tone="warn" if warnings else "")

    def quota(self) -> str:
        """What is said about the quota."""
        return "" if self._quota.isHidden() else self._quota.text()
