"""今日: the visits of three days at the left, all that waits at the right, each line a click from its work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import ClassVar

from lunardate import LunarDate
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from jiuliting_desk.actions.disclosures import reveal_phones
from jiuliting_desk.actions.follow_ups import close_follow_up
from jiuliting_desk.actions.today import Group, Morning, morning
from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import BoardColumn, Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.masking import masked_phone, spaced_phone
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.revealing import reveal
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.visit_steps import VisitSteps
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, surface
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import Elide, label

SHORT = 5
"""Lines of a group that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the page and what a click on it does."""

    key: str
    line: Line
    run: Callable[[], object] | None = None
    visit: VisitLine | None = None


class TodayPage(Page):
    """The desk in the morning."""

    watches: ClassVar = frozenset(
        {Visit, Call, Elder, Need, Provider, Pairing, Claim, Certificate, FeedbackForm, Feedback, FollowUp, Setting}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.found: Morning | None = None
        self.steps = VisitSteps(session)
        self._date = label("", "h2")
        self._lunar = label("", "sub")
        self.counts = label("", "strong")
        self.visits: LineList[Item] = LineList(lambda item: item.line, key=lambda item: item.key)
        self.visits.setAccessibleName(self.tr("今天的上门"))
        self.visits.current_changed.connect(lambda _item: self._show_foot())
        self.visits.opened.connect(self._open)
        self.work: LineList[Item] = LineList(lambda item: item.line, key=lambda item: item.key)
        self.work.setAccessibleName(self.tr("等着办的事"))
        self.work.opened.connect(self._open)
        self.work.clicked.connect(lambda index: self._open(self.work.rows()[index.row()]))
        layout = column(
            row(self._date, self._lunar, STRETCH, self.counts, gap=12), self._body(), margins=(12, 20, 16, 20), gap=10
        )
        layout.setStretch(1, 1)
        self.setLayout(layout)

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
        lower = row(
            self.remind_button,
            self.agree_button,
            self.done_button,
            self.move_button,
            self.home_button,
            self.absent_button,
            self.cancel_button,
            STRETCH,
            gap=6,
        )
        self._foot = surface("foot", column(upper, lower, margins=(8, 16), gap=6))
        left = surface("panel", column(self.visits, hairline(), self._foot, gap=0))
        right = surface("panel", column(self.work, gap=0))
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
        found = morning(self.session.store, today=today)
        self.found = found
        self._date.setText(f"{labels.month_day(today)}　{labels.weekday(today.weekday())}")
        moon = LunarDate.from_solar_date(today.year, today.month, today.day)
        self._lunar.setText(
            self.tr("农历{month}月{day}").format(month=_MONTHS[moon.month - 1], day=_DAYS[moon.day - 1])
        )
        words = self.tr("{visits} 次上门　{forms} 张反馈表未交回　{needs} 条需求等安排　{low} 件要回访")
        self.counts.setText(
            words.format(
                visits=found.visit_count, forms=len(found.forms), needs=found.waiting.count, low=len(found.follow_ups)
            )
        )
        self.visits.set_rows(self._visit_items(found))
        if self.visits.current() is None:
            self.visits.choose_first()
        self.work.set_rows(self._work_items(found))
        self._show_foot()

    def _visit_items(self, found: Morning) -> list[Item]:
        items: list[Item] = []
        for offset in range(3):
            day = found.today + timedelta(days=offset)
            lines = [line for line in found.visits if line.visit.day == day]
            name = (self.tr("今天"), self.tr("明天"), self.tr("后天"))[offset]
            count = self.tr("{count} 次").format(count=len(lines))
            if lines or not offset:
                head = Line(title=name, after=f"{labels.month_day(day)}　{count}", is_heading=True)
                items.append(Item(key=f"day{offset}", line=head))
            if not lines and not offset:
                items.append(Item(key="none", line=Line(title=self._nothing(found), is_heading=True)))
            items += [Item(key=f"v{line.visit.id}", line=self._visit_line(line), visit=line) for line in lines]
        return items

    def _nothing(self, found: Morning) -> str:
        later = [(line.visit.day, line.visit.starts) for line in found.visits]
        first = min([*later, *([found.next_visit] if found.next_visit else [])], default=None)
        if first is None:
            return self.tr("今天没有上门。")
        when = f"{labels.month_day(first[0])} {time_text(first[1])}"
        return self.tr("今天没有上门。下一次是 {when}。").format(when=when)

    def _visit_line(self, line: VisitLine) -> Line:
        visit = line.visit
        state, icon, tone = visit_words.state(visit)
        note = visit.reason or visit.notes
        if visit.state is VisitState.DONE and not line.overall:
            note = self.tr("反馈表未收")
        elif visit.is_open and self.found is not None and visit.elder_id in self.found.last_scores:
            score = self.found.last_scores[visit.elder_id]
            note = self.tr("上次只打了 {score} 分，结束后问一声").format(score=score)
        what = visit_words.joined((visit_words.services(line), visit_words.people(line)))
        return Line(
            title=f"{time_text(visit.starts)}　{line.name}",
            after=visit_words.sex_and_age(line.sex, line.birth, self.session.today()),
            tags=tuple(Chip(tag) for tag in line.tags[:3]),
            second=f"{what}　{visit_words.address(line)}",
            right=state,
            right_tone=tone,
            right_icon=icon,
            second_right=note,
        )

    def _work_items(self, found: Morning) -> list[Item]:
        today, items = found.today, list[Item]()
        self._head(items, "forms", self.tr("反馈表未交回"), len(found.forms), self.tr("都交回了"))
        for form in found.forms[:SHORT]:
            late = form.column is BoardColumn.CHASE
            right = self.tr("已过 {days} 天").format(days=form.days)
            items.append(
                self._item(
                    f"f{form.form.id}",
                    form.name,
                    visit_words.joined((form.category, form.provider)),
                    right,
                    "bad" if late else "ink2",
                    partial(self._go, "feedback", Ref(Visit, form.visit_id)),
                )
            )
        self._group(items, "needs", self.tr("等安排的需求"), found.waiting, "matching", Need, days=found.waiting_days)
        self._head(items, "low", self.tr("要回访"), len(found.follow_ups), self.tr("都办好了"))
        for one in found.follow_ups[:SHORT]:
            follow_up = one.follow_up
            due = self.tr("今天到期") if follow_up.due_on == today else labels.month_day(follow_up.due_on)
            tone = "bad" if follow_up.due_on <= today else "warn"
            what = visit_words.joined((one.category, follow_up.what or labels.label(follow_up.cause)))
            items.append(
                self._item(
                    f"l{follow_up.id}", one.name, what, due, tone,
                    partial(self._close, follow_up, one.name),
                )
            )  # fmt: skip
        self._head(items, "recalls", self.tr("要回电"), len(found.recalls), "")
        names = self.session.store.get_many(Elder, [call.elder_id for call in found.recalls if call.elder_id])
        for call in found.recalls[:SHORT]:
            elder = names.get(call.elder_id or 0)
            name = elder.name if elder else call.caller_name or masked_phone(call.phone)
            items.append(
                self._item(f"r{call.id}", name, call.notes, "", "ink2", lambda: self._go("phone", None, "call"))
            )
        self._group(items, "past", self.tr("过了还没记的上门"), found.unrecorded, "", Visit)
        self._group(items, "claims", self.tr("认领快到期"), found.claims, "matching", None, intent="claims")
        self._group(items, "certs", self.tr("证书快到期"), found.certificates, "providers", Provider, by_other=True)
        self._group(items, "unseen", self.tr("好久没人见过的老人"), found.unseen, "elders", Elder)
        self._group(items, "unasked", self.tr("好久没请过的志愿者"), found.unasked, "providers", Provider)
        self._group(items, "reviews", self.tr("结对要回头看"), found.reviews, "matching", None, intent="bonds")
        return items

    def _head(self, items: list[Item], key: str, title: str, count: int, nothing: str) -> None:
        if count or nothing:
            items.append(Item(key=key, line=Line(title=title, after=str(count) if count else nothing, is_heading=True)))

    def _item(self, key: str, name: str, what: str, right: str, tone: str, run: Callable[[], object]) -> Item:
        icon = {"bad": "circle-alert", "warn": "clock"}.get(tone, "")
        line = Line(title=name, after=what, right=right, right_tone=tone, right_icon=icon if right else "")
        return Item(key=key, line=line, run=run)

    def _group(
        self,
        items: list[Item],
        key: str,
        title: str,
        group: Group,
        page: str,
        record_class: type | None,
        *,
        intent: str = "",
        days: int = 0,
        by_other: bool = False,
    ) -> None:
        self._head(items, key, title, group.count, "")
        for one in group.lines[:SHORT]:
            waited = (self.session.today() - one.day).days if one.day else None
            if waited is None:
                right = self.tr("从没有过")
            elif waited >= 0:
                right = self.tr("{days} 天").format(days=waited)
            else:
                right = labels.month_day(one.day) if one.day else ""
            tone = "bad" if waited is None or (days and waited >= days) else "warn" if days or waited >= 0 else "ink2"
            run: Callable[[], object]
            ref = None if record_class is None else Ref(record_class, one.other_id if by_other else one.record_id)
            run = partial(self._go, page, ref, intent) if page else partial(self.steps.finish, one.record_id)
            items.append(self._item(f"{key}{one.record_id}", one.name, one.what, right, tone, run))

    # -- doing

    def _open(self, item: Item) -> None:
        if item.run is not None:
            item.run()
        elif item.visit is not None:
            visit = item.visit.visit
            page = "feedback" if visit.state is VisitState.DONE else "visits"
            self._go(page, Ref(Visit, visit.id))

    def _go(self, page: str, ref: Ref | None, intent: str = "") -> None:
        if page in self.session.page_keys:
            self.session.goto(page, ref, intent)
        elif ref is not None and ref.record_class is Visit:
            self.session.goto("elders", Ref(Elder, self.session.store.get(Visit, ref.record_id).elder_id))

    def _close(self, follow_up: FollowUp, name: str) -> None:
        question = Question(
            title=self.tr("{name}的回访有什么结果？").format(name=name),
            text=follow_up.what or labels.label(follow_up.cause),
            choices=(Choice("", self.tr("先不办")), Choice("close", self.tr("记下结果"), "primary", "check")),
            default="close",
            input_label=self.tr("结果"),
            input_required=True,
        )

        def answered(key: str, text: str) -> None:
            if key == "close":
                self.session.perform(close_follow_up, follow_up_id=follow_up.id, outcome=text)

        self.session.dialogs.ask(question, answered)

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

    def _show_phone(self) -> None:
        line = self._current()
        found = reveal(self.session, reveal_phones, elder_id=line.visit.elder_id) if line is not None else None
        if found:
            self.phone_text.setText("　".join(spaced_phone(number) for number in found))

    def _show_foot(self) -> None:
        line = self._current()
        self._foot.setVisible(line is not None)
        if line is None:
            return
        visit, is_planned = line.visit, line.visit.state is VisitState.PLANNED
        is_due = visit.is_open and visit.day <= self.session.today()
        self._chosen.setText(f"{line.name}　{time_text(visit.starts)}")
        self.phone_text.setText(masked_phone(line.phone))
        self.phone_button.setVisible(bool(line.phone))
        self.remind_button.setVisible(is_planned and visit.reminded_at is None)
        self.agree_button.setVisible(is_planned and visit.awaits_answer)
        is_done = visit.state is VisitState.DONE
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
