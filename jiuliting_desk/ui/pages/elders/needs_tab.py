"""需求: everything the elder ever wanted, what still waits first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from jiuliting_desk.actions.needs import close_need, reopen_need
from jiuliting_desk.actions.stand_ins import beside
from jiuliting_desk.actions.withdrawals import planned_for
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Interval
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.booking_dialog import BookingDialog, BookingDraft
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.lost_visits import first_of, tell_helpers
from jiuliting_desk.ui.pages.elders import words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.half_days import half_day_words
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, scrolled, wrapping
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label

_ORDER = (NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED, NeedState.SERVED, NeedState.CLOSED)

_INTERVALS = {Rhythm.WEEKLY: Interval.WEEKLY, Rhythm.MONTHLY: Interval.MONTHLY_BY_WEEKDAY}
"""How often visits come back for a need that is wanted so often."""


class NeedsTab(QWidget):
    """A table and what can be done with its current line."""

    add_wanted = Signal()
    edit_wanted = Signal(int)
    match_wanted = Signal(int)

    def __init__(self, session: Session, *, has_match: bool) -> None:
        super().__init__()
        self._session = session
        self._categories: dict[int, ServiceCategory] = {}
        self._providers: dict[int, Provider] = {}
        self._reasons: dict[int, str] = {}
        """By need, why whoever took it goes against a rule."""
        self._has_match = has_match
        self.count = label("", "sub")
        self.add_button = button(self.tr("登记需求"), self.add_wanted.emit, icon="plus")
        head = row(label(self.tr("需求"), "strong"), self.count, STRETCH, self.add_button, margins=(12, 16))
        self.table: RecordTable[Need] = RecordTable(
            [
                Column(key="category", title=self.tr("项目"), cell=self._category, width=104, least=96, stretch=1),
                Column(key="state", title=self.tr("状态"), cell=self._state, width=92),
                Column(key="since", title=self.tr("登记"), cell=self._since, width=62, sort=lambda need: need.since),
                Column(key="wishes", title=self.tr("说明"), cell=self._wishes, width=96, least=60, stretch=2),
            ],
            multi=False,
            empty_text=self.tr("还没有登记过需求。"),
        )
        self.details = label("", wrap=True)
        self.book_button = button(self.tr("排上门…"), self._on_book, size="s", icon="calendar-plus")
        self.edit_button = button(self.tr("改这条需求"), self._on_edit, size="s")
        self.match_button = button(self.tr("找人"), self._on_match, size="s", icon="heart-handshake")
        self.close_button = button(self.tr("不要了"), self._on_close, size="s")
        self.reopen_button = button(self.tr("重新要"), self._on_reopen, size="s")
        self._foot = QWidget()
        actions = wrapping(
            self.book_button, self.match_button, self.edit_button, self.close_button, self.reopen_button, gap=6
        )
        self._foot.setLayout(column(self.details, actions, margins=(10, 16), gap=8))
        self.table.setMinimumHeight(theme.size("header") + 3 * theme.size("row"))
        # The room is the buttons' first: the table would ask for more than its least before the tab is scrolled.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        content = QWidget()
        inner = column(head, self.table, self._foot, gap=0)
        inner.setStretchFactor(self.table, 1)
        content.setLayout(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        # In a low window the whole tab scrolls.
        layout.addWidget(scrolled(content))
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda _need: self._on_edit())
        self._on_current(None)

    def show_elder(self, elder: Elder) -> None:
        """Show the elder's needs."""
        store = self._session.store
        needs = store.where(Need, elder_id=elder.id)
        needs.sort(key=lambda need: need.since, reverse=True)
        needs.sort(key=lambda need: _ORDER.index(need.state))
        self._categories = {each.id: each for each in store.all(ServiceCategory)}
        self._providers = store.get_many(Provider, [need.claimed_by for need in needs if need.claimed_by])
        self._reasons = {
            claim.need_id: claim.reason
            for claim in store.where(Claim, need_id=[need.id for need in needs if need.claimed_by], order="id")
            if claim.state in {ClaimState.HELD, ClaimState.USED}
        }
        waiting = sum(need.state is NeedState.OPEN for need in needs)
        self.count.setText(
            self.tr("{waiting} 条等安排，共 {count} 条").format(waiting=waiting, count=len(needs)) if needs else ""
        )
        self.add_button.setEnabled(elder.is_served)
        self.add_button.setToolTip("" if elder.is_served else self.tr("已经不在服务名单里，先恢复再登记"))
        self.table.set_rows(needs)
        if needs and self.table.current() is None:
            self.table.choose_first()
        self._on_current(self.table.current())

    # -- cells

    def _category(self, need: Need) -> Cell:
        category = self._categories[need.category_id]
        return Cell(category.name, icon=category.icon)

    def _state(self, need: Need) -> Cell:
        icon, tone = words.NEED_LOOK[need.state]
        return Cell(words.need_state(need), icon=icon, tone=tone, strong=need.state is not NeedState.CLOSED)

    def _since(self, need: Need) -> Cell:
        return Cell(f"{need.since.month}-{need.since.day:02d}", tone="ink2", tip=labels.day(need.since))

    def _wishes(self, need: Need) -> Cell | str:
        if need.state is NeedState.CLOSED:
            return Cell(need.close_reason, tone="ink2", tip=need.close_reason)
        text = need.wishes or (half_day_words(need.half_days) if need.half_days else "")
        return Cell(text, tip=text) if text else Cell("—", tone="ink3")

    # -- the current one

    def _on_current(self, need: Need | None) -> None:
        self._foot.setVisible(need is not None)
        if need is None:
            return
        self.details.setText(self._told(need))
        is_open = need.state not in {NeedState.SERVED, NeedState.CLOSED}
        self.edit_button.setVisible(is_open)
        self.close_button.setVisible(is_open)
        self.match_button.setVisible(self._has_match and need.state is NeedState.OPEN)
        self.book_button.setVisible(need.is_waiting)
        self.reopen_button.setVisible(need.state is NeedState.CLOSED)

    def _told(self, need: Need) -> str:
        category = self._categories[need.category_id]
        parts = [
            f"{need.quantity} {category.unit}",
            words.rhythm(need),
            half_day_words(need.half_days),
            labels.label(need.urgency),
            need.wishes,
            self.tr("来自{source}").format(source=labels.label(need.source)),
        ]
        if need.claimed_by in self._providers:
            why = self._reasons.get(need.id, "")
            told = self.tr("{name} 已认领（{why}）") if why else self.tr("{name} 已认领")
            parts.insert(0, told.format(name=self._providers[need.claimed_by].name, why=why))
        return self.tr("，").join(part for part in parts if part)

    def _on_edit(self) -> None:
        need = self.table.current()
        if need is not None and need.state not in {NeedState.SERVED, NeedState.CLOSED}:
            self.edit_wanted.emit(need.id)

    def _on_book(self) -> None:
        """A visit for the need, or visits that come back as often as it is wanted."""
        need = self.table.current()
        if need is not None:
            line = ServiceLine(category_id=need.category_id, need_id=need.id, quantity=need.quantity)
            instead = self._session.store.find(Visit, need.stands_in_for)
            draft = BookingDraft(
                elder_id=need.elder_id,
                services=(line,),
                provider_ids=(need.claimed_by,) if need.claimed_by else (),
                day=max(self._session.today(), instead.day) if instead else self._session.today(),
                starts=instead.starts if instead else None,
                minutes=self._categories[need.category_id].minutes,
                interval=_INTERVALS.get(need.rhythm),
            )
            self._session.dialogs.show(BookingDialog(self._session, draft))

    def _on_match(self) -> None:
        need = self.table.current()
        if need is not None:
            self.match_wanted.emit(need.id)

    def _on_close(self) -> None:
        need = self.table.current()
        if need is None:
            return
        name = self._categories[need.category_id].name
        store, today = self._session.store, self._session.today()
        ids = set() if self._session.is_lent else {one.id for one in (need, *beside(store, need))}
        visits = [visit for one in ids for visit in planned_for(store, need_id=one, today=today)]
        visits.sort(key=lambda visit: (visit.day, visit.starts, visit.id))
        lost = [line for line in lines(store, visits) if ids.issuperset(line.visit.need_ids)]
        falls_out, close = "", Choice("close", self.tr("记下不要了"), "primary")
        if lost:
            falls_out = self.tr("约好的上门也取消：{visits}").format(visits=first_of(lost, today=today))
            close = Choice("close", self.tr("不要了，取消 {count} 次上门").format(count=len(lost)), "bad")

        def answered(key: str, reason: str) -> None:
            if key == "close":
                said = self.tr("已取消需求：{name}。{told}").format(name=name, told=tell_helpers(lost)) if lost else ""
                self._session.perform(close_need, need_id=need.id, reason=reason, said=said)

        self._session.dialogs.ask(
            Question(
                title=self.tr("“{name}”不要了？").format(name=name),
                text=self.tr("这条需求会从等安排里拿掉，记录留着，以后还可以重新要。"),
                lines=tuple(filter(None, (falls_out,))),
                choices=(Choice("keep", self.tr("还要")), close),
                default="keep" if lost else "close",
                cancel="keep",
                input_label=self.tr("为什么不要了"),
                input_required=True,
            ),
            answered,
        )

    def _on_reopen(self) -> None:
        need = self.table.current()
        if need is not None:
            self._session.perform(reopen_need, need_id=need.id)
