"""今日: the visits of the next days at the left, all that waits at the right, each line a click from its work."""

from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from lunardate import LunarDate
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from jiuliting_desk.actions.disclosures import reveal_phones
from jiuliting_desk.actions.today import Morning, morning
from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.trainings import Attendance, TrainingSession
from jiuliting_desk.model.visits import FELL_THROUGH, Visit, VisitState
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.masking import masked_phone, spaced_phone
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.today.backup_foot import BackupFoot
from jiuliting_desk.ui.pages.today.item import Item
from jiuliting_desk.ui.pages.today.stops import stops
from jiuliting_desk.ui.pages.today.work import Steps, WorkList
from jiuliting_desk.ui.revealing import reveal
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, surface, wrapping
from jiuliting_desk.ui.widgets.lines import LineList
from jiuliting_desk.ui.widgets.text import Elide, label
from jiuliting_desk.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from jiuliting_desk.ui.follow_up_steps import FollowUpSteps
    from jiuliting_desk.ui.visit_steps import VisitSteps

THREE_DAYS, WEEK = 3, 7
CLOCK_EVERY_MS = 60_000
"""How often the red line moves."""


class TodayPage(Page):
    """The desk in the morning."""

    watches: ClassVar = frozenset(
        {
            Visit, Call, Elder, Need, Provider, Pairing, Claim, Certificate, FeedbackForm, Feedback, FollowUp, Setting,
            TrainingSession, Attendance, Series,
        }
    )  # fmt: skip

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.found: Morning | None = None
        self._unfolded: set[str] = set()
        self._only = ""
        self._date = label("", "h2")
        self._lunar = label("", "sub")
        self.counts = {key: self._count_button(key) for key in ("visits", "forms", "needs", "low")}
        self.visits: Timeline[Item] = Timeline(lambda item: item.line, key=lambda item: item.key)
        self.visits.setAccessibleName(self.tr("上门"))
        self.visits.current_changed.connect(lambda _item: self._show_foot())
        self.visits.opened.connect(self._open)
        self.work: LineList[Item] = LineList(lambda item: item.line, key=lambda item: item.key)
        self.work.setAccessibleName(self.tr("等着办的事"))
        self.work.opened.connect(self._open)
        self.work.clicked.connect(self._on_work_clicked)
        layout = column(
            row(self._date, self._lunar, STRETCH, *self.counts.values(), gap=8),
            self._body(),
            margins=(10, 20, 16, 20),
            gap=8,
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_EVERY_MS)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()

    # This page is the first that is seen: what opens on a key is loaded with that key.

    @cached_property
    def steps(self) -> "VisitSteps":
        """What can be done with a visit."""
        from jiuliting_desk.ui.visit_steps import VisitSteps

        return VisitSteps(self.session)

    @cached_property
    def follow_ups(self) -> "FollowUpSteps":
        """What can be done with a follow-up."""
        from jiuliting_desk.ui.follow_up_steps import FollowUpSteps

        return FollowUpSteps(self.session)

    def _count_button(self, key: str) -> QPushButton:
        """A count that shows its group alone, and all again."""
        made = button("", partial(self._show_only, "" if key == "visits" else key), kind="facet")
        made.setCheckable(key != "visits")
        return made

    def _body(self) -> QWidget:
        self._chosen = Elide("", "strong")
        self.phone_text = label("", "field")
        self.phone_button = button(self.tr("显示号码"), self._show_phone, kind="link", icon="eye")
        self.remind_button = button(self.tr("已打电话提醒"), lambda: self._step("remind"), kind="strong", icon="phone")
        self.agree_button = button(self.tr("志愿者答应了"), lambda: self._step("confirm"), icon="check")
        self.done_button = button(self.tr("做好了"), lambda: self._step("finish"), icon="circle-check")
        self.move_button = button(self.tr("改期"), lambda: self._step("move"))
        self.home_button = button(self.tr("家里没人"), lambda: self._fall(VisitState.NOT_HOME))
        self.absent_button = button(self.tr("志愿者没来"), lambda: self._fall(VisitState.NO_SHOW))
        self.cancel_button = button(self.tr("取消上门"), lambda: self._fall(VisitState.CANCELLED))
        upper = row(self._chosen, self.phone_text, self.phone_button, STRETCH, gap=8)
        self.begin_button = button(self.tr("开始了"), lambda: self._step("begin"), icon="play")
        self.form_button = button(self.tr("录反馈"), self._to_form, kind="strong", icon="clipboard-pen-line")
        self.again_button = button(self.tr("还是要去"), lambda: self._step("reinstate"), icon="undo-2")
        lower = wrapping(
            self.remind_button, self.agree_button, self.begin_button, self.done_button, self.form_button,
            self.move_button, self.home_button, self.absent_button, self.cancel_button, self.again_button, gap=6,
        )  # fmt: skip
        self._foot = surface("foot", column(upper, lower, margins=(8, 16), gap=6))
        self.days = Segmented([(THREE_DAYS, self.tr("三天")), (WEEK, self.tr("一周"))])
        self.days.chosen.connect(lambda _days: self.refresh())
        self._title = label(self.tr("今天的上门"), "h3")
        self.upper = row(self._title, STRETCH, self.days, margins=(8, 16))
        left = surface("panel", column(self.upper, hairline(), self.visits, self._foot, gap=0))
        self.backup = BackupFoot(self.session)
        right = surface("panel", column(self.work, self.backup, gap=0))
        body = QWidget()
        layout = QHBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(16))
        layout.addWidget(left, 3)
        layout.addWidget(right, 2)
        for side in (left, right):
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        return body

    def keys(self) -> tuple[Key, ...]:
        """The phone and the list."""
        return (Key(keys="F2", words=self.tr("电话预约")), Key(keys="Enter", words=self.tr("打开选中的这一行")))

    # -- reading

    def refresh(self) -> None:
        """Read the morning anew."""
        today = self.session.today()
        found = morning(self.session.store, today=today, days=int(str(self.days.value())))
        self.found = found
        self._date.setText(f"{labels.month_day(today)}　{labels.weekday(today.weekday())}")
        moon = LunarDate.from_solar_date(today.year, today.month, today.day)
        self._lunar.setText(
            self.tr("农历{month}月{day}").format(month=_MONTHS[moon.month - 1], day=_DAYS[moon.day - 1])
        )
        words = {
            "visits": self.tr("{count} 次上门").format(count=found.visit_count),
            "forms": self.tr("{count} 张反馈表未交回").format(count=len(found.forms)),
            "needs": self.tr("{count} 条需求等安排").format(count=found.waiting.count),
            "low": self.tr("{count} 件要回访").format(count=len(found.follow_ups)),
        }
        for key, text in words.items():
            self.counts[key].setText(text)
        self._show_visits()
        if self.visits.current() is None:
            self._choose_next()
        self._show_work()
        self.backup.refresh()
        self._show_foot()

    def _on_minute(self) -> None:
        """The red line moves; a new day is read anew."""
        if self.found is not None and self.found.today != self.session.today() and not self.session.is_lent:
            self.refresh()
        else:
            self._show_visits()

    def _show_visits(self) -> None:
        if self.found is not None:
            self.visits.set_rows(stops(self.found, days=int(str(self.days.value())), now=self.session.now()))

    def _choose_next(self) -> None:
        """The first visit that still wants something done; else the first."""
        for item in self.visits.rows():
            if item.visit is not None and item.visit.visit.is_open:
                self.visits.choose(item.key)
                return
        self.visits.choose_first()

    def _show_work(self) -> None:
        if self.found is None:
            return
        steps = Steps(
            go=self._go,
            follow_up=lambda follow_up_id: self.follow_ups.show(follow_up_id),
            finish=lambda visit_id: self.steps.finish(visit_id),
            radar=self._show_radar,
            closed=self._show_closed,
            unfold=self._unfold,
        )
        made = WorkList(self.session.store, self.found, steps, unfolded=self._unfolded, only=self._only)
        self.work.set_rows(made.items())
        for key, one in self.counts.items():
            one.setChecked(bool(self._only) and key == self._only)

    def _show_only(self, key: str) -> None:
        """One group alone; the same again, or the visits, brings all back."""
        self._only = "" if key == self._only else key
        self._show_work()

    def _unfold(self, key: str) -> None:
        self._unfolded.add(key)
        self._show_work()

    # -- doing

    def _open(self, item: Item) -> None:
        if item.run is not None:
            item.run()
        elif item.visit is not None:
            visit = item.visit.visit
            page = "feedback" if visit.state is VisitState.DONE else "visits"
            self._go(page, Ref(Visit, visit.id), "")

    def _on_work_clicked(self, index: QModelIndex) -> None:
        self._open(self.work.rows()[index.row()])

    def _show_radar(self) -> None:
        from jiuliting_desk.ui.pages.today.radar import RadarDialog

        self.session.dialogs.show(RadarDialog(self.session))

    def _show_closed(self) -> None:
        from jiuliting_desk.ui.pages.today.closed import ClosedDialog

        self.session.dialogs.show(ClosedDialog(self.session))

    def _go(self, page: str, ref: Ref | None, intent: str) -> None:
        if page in self.session.page_keys:
            self.session.goto(page, ref, intent)
        elif ref is not None and ref.record_class is Visit:
            self.session.goto("elders", Ref(Elder, self.session.store.get(Visit, ref.record_id).elder_id))

    def _current(self) -> VisitLine | None:
        item = self.visits.current()
        return item.visit if item is not None else None

    def _step(self, name: str) -> None:
        line = self._current()
        if line is not None:
            getattr(self.steps, name)(line.visit.id)

    def _fall(self, state: VisitState) -> None:
        line = self._current()
        if line is not None:
            self.steps.fall_through(line.visit.id, state, line.name)

    def _to_form(self) -> None:
        line = self._current()
        if line is not None:
            self._go("feedback", Ref(Visit, line.visit.id), "")

    def _show_phone(self) -> None:
        line = self._current()
        found = reveal(self.session, reveal_phones, elder_id=line.visit.elder_id) if line is not None else None
        if found:
            self.phone_text.setText("　".join(spaced_phone(number) for number in found))

    def take_focus(self) -> None:
        """The keyboard begins where there is something: the visits, what waits, else the backup."""
        for view in (self.visits, self.work):
            if view.current() is None:
                view.choose_first()
            if view.current() is not None:
                view.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.backup.now_button.setFocus(Qt.FocusReason.TabFocusReason)

    def panes(self) -> list[QWidget]:
        """F6 goes round the lists that hold something, and the backup."""
        lists: list[QWidget] = [view for view in (self.visits, self.work) if view.current() is not None]
        return [*lists, self.backup.now_button]

    def _show_foot(self) -> None:
        line = self._current()
        held = self.window().focusWidget()
        had_keyboard = held is not None and self._foot.isAncestorOf(held)
        self._fit_foot(line)
        if had_keyboard and held is not None and not held.isVisibleTo(self):
            self.take_focus()

    def _fit_foot(self, line: VisitLine | None) -> None:
        self._foot.setVisible(line is not None)
        if line is None:
            return
        visit, is_planned = line.visit, line.visit.state is VisitState.PLANNED
        is_due = visit.is_open and visit.day <= self.session.today()
        when = "" if visit.day == self.session.today() else f"{labels.month_day(visit.day)} "
        self._chosen.setText(f"{line.name}　{when}{time_text(visit.starts)}")
        self.phone_text.setText(masked_phone(line.phone))
        self.phone_button.setVisible(bool(line.phone))
        self.remind_button.setVisible(is_planned and visit.reminded_at is None)
        self.agree_button.setVisible(is_planned and visit.awaits_answer)
        is_done = visit.state is VisitState.DONE
        self.begin_button.setVisible(is_planned and visit.day == self.session.today())
        self.form_button.setVisible(is_done and not line.is_evaluated)
        self.again_button.setVisible(visit.state in FELL_THROUGH)
        self.done_button.setVisible(is_due or is_done)
        self.done_button.setText(self.tr("改上门记录") if is_done else self.tr("做好了"))
        self.move_button.setVisible(is_planned)
        self.home_button.setVisible(is_due)
        self.absent_button.setVisible(is_due)
        self.cancel_button.setVisible(visit.is_open)


_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_DAYS = tuple(
    head + unit
    for head, units in (
        ("初", "一二三四五六七八九十"),
        ("十", "一二三四五六七八九"),
        ("", ("二十",)),
        ("廿", "一二三四五六七八九"),
        ("", ("三十",)),
    )
    for unit in units
)
