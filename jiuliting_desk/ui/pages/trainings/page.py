"""The page 培训与沙龙: the sessions at the left, at the right the one chosen, with its roll call."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from jiuliting_desk.actions import trainings as actions
from jiuliting_desk.model.errors import Missing, UserError
from jiuliting_desk.model.providers import Provider, ProviderKind, ProviderState
from jiuliting_desk.model.trainings import Attendance, TrainingKind, TrainingSession, TrainingState
from jiuliting_desk.store.search import name_tokens
from jiuliting_desk.store.trainings import SessionLine
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.trainings import words
from jiuliting_desk.ui.pages.trainings.inviting import InviteDialog
from jiuliting_desk.ui.pages.trainings.roll import RollPanel
from jiuliting_desk.ui.pages.trainings.sign_in import SignInDialog
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Ref, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell, Chip
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.fields import ComboFacet
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.side_panel import FoldingSplitter, SidePanel
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.widgets.time_field import TimeField

SPLIT_MEMORY = "trainings.split"


class TrainingsPage(Page):
    """Sessions planned, held and cancelled; who came, and what it counts for."""

    watches: ClassVar = frozenset({TrainingSession, Attendance, Provider})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._shown: TrainingSession | None = None
        self.table = RecordTable[SessionLine](
            self._columns(), key=lambda line: line.session.id, multi=False, bleed=True,
            empty_text=self.tr("还没有培训和沙龙。按 Ctrl+N 安排第一次。"),
        )  # fmt: skip
        self.table.setAccessibleName(self.tr("培训与沙龙"))
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda _line: self.roll.table.setFocus(Qt.FocusReason.TabFocusReason))
        self.year = ComboFacet(self.tr("年份"))
        self.kind = ComboFacet(self.tr("种类"), [(kind, labels.label(kind)) for kind in TrainingKind])
        self.state = ComboFacet(self.tr("状态"), [(state, labels.label(state)) for state in TrainingState])
        for facet in (self.year, self.kind, self.state):
            facet.edited.connect(self._read)
        self._counts = label("", "strong")
        self.plan_button = button(self.tr("安排培训或沙龙"), self.plan, kind="primary", icon="calendar-plus")
        self._build_panel()
        self.split = FoldingSplitter(self.table, self.panel, right_width=440)
        self.split.restore(session.remembered.get(SPLIT_MEMORY, {}))
        self.split.moved.connect(lambda: session.remembered.keep(SPLIT_MEMORY, self.split.remembered()))
        self.panel.folded.connect(self.split.fold)
        top = row(self.year, self.kind, self.state, self._counts, STRETCH, self.plan_button, margins=(12, 20, 10, 20))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.split, 1)

    def _columns(self) -> list[Column[SessionLine]]:
        today = self.session.today()
        return [
            Column(
                key="day", title=self.tr("哪天"), width=130, must=True,
                cell=lambda line: Cell(labels.day(line.session.day, today=today), strong=line.session.day == today),
                sort=lambda line: (line.session.day, line.session.starts),
            ),
            Column(
                key="time", title=self.tr("几点"), width=104, give_up=2, cell=lambda line: words.times(line.session),
                sort=lambda line: line.session.starts,
            ),
            Column(
                key="topic", title=self.tr("主题"), width=200, stretch=2, least=120, must=True,
                cell=lambda line: Cell(line.session.topic, strong=True),
            ),
            Column(
                key="kind", title=self.tr("种类"), width=70, give_up=3,
                cell=lambda line: labels.label(line.session.kind),
            ),
            Column(key="place", title=self.tr("地点"), width=120, give_up=1, cell=lambda line: line.session.place),
            Column(
                key="roll", title=self.tr("名单"), width=84, right=True, give_up=4, sort=lambda line: line.on_roll,
                cell=lambda line: self.tr("{count} 人").format(count=line.on_roll),
            ),
            Column(
                key="came", title=self.tr("到了"), width=84, right=True, sort=lambda line: line.came,
                cell=lambda line: self.tr("{count} 人").format(count=line.came) if line.came else "—",
            ),
            Column(key="state", title=self.tr("状态"), width=120, must=True, cell=self._state),
        ]  # fmt: skip

    def _state(self, line: SessionLine) -> Cell:
        icon, tone = words.STATE_LOOK[line.session.state]
        if self._is_uncalled(line):
            return Cell(self.tr("还没点名"), icon="circle-alert", tone="warn", strong=True)
        return Cell(labels.label(line.session.state), icon=icon, tone=tone)

    def _is_uncalled(self, line: SessionLine) -> bool:
        return line.session.state is TrainingState.PLANNED and line.session.day <= self.session.today()

    def _build_panel(self) -> None:
        self.edit_button = button(self.tr("改"), self.edit, icon="pencil")
        self.invite_button = button(self.tr("请人参加"), self.invite, kind="strong", icon="user-plus")
        self.sheet_button = button(self.tr("印签到表"), self.print_sheet, icon="printer")
        self.again_button = button(self.tr("还是要办"), self.plan_again, icon="undo-2")
        menu = QMenu()
        self.panel = SidePanel(
            nothing=self.tr("先在左边选一次培训或沙龙。"),
            actions=(self.invite_button, self.edit_button, self.sheet_button, self.again_button),
            more=menu,
        )
        menu.setParent(self.panel, menu.windowFlags())
        self.cancel_action = menu.addAction(self.tr("这次不办了…"), self.cancel)
        self.roll = RollPanel()
        self.roll.confirmed.connect(self.keep_roll)
        self.roll.added.connect(self.add_person)
        self.roll.struck.connect(self.strike)
        self.panel.add_full_tab("roll", self.tr("点名"), self.roll)
        self._about = self.panel.add_tab("about", self.tr("情况"))

    def keys(self) -> tuple[Key, ...]:
        """Digits call the roll, Ctrl+Enter keeps it."""
        digits = tuple(
            Key(keys=digit, run=partial(self.roll.call, presence)) for digit, presence in words.PRESENCE_KEYS
        )
        return (
            Key(keys="", shown_as="1 2 3 0", words=self.tr("点名")),
            Key(keys="Ctrl+Return", shown_as="Ctrl+Enter", words=self.tr("记下点名"), run=self.keep_roll),
            Key(keys="Ctrl+Enter", run=self.keep_roll),
            Key(keys="F3", words=self.tr("加人"), run=self._to_add),
            Key(keys="Ctrl+N", words=self.tr("安排培训或沙龙"), run=self.plan),
            Key(keys="Ctrl+P", words=self.tr("印签到表"), run=self.print_sheet),
            Key(keys="F4", words=self.tr("收起右栏"), run=self.split.fold),
            *digits,
        )

    def take_focus(self) -> None:
        """The keyboard begins in the list; Enter goes to the roll."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- reading

    def refresh(self) -> None:
        """Read the sessions and the people who can be put on a roll."""
        store = self.session.store
        every = actions.sessions(store, first=date.min, last=date.max)
        years = sorted({line.session.day.year for line in every}, reverse=True)
        self.year.set_choices([(year, self.tr("{year} 年").format(year=year)) for year in years])
        people = store.where(
            Provider, kind=ProviderKind.VOLUNTEER, state=[ProviderState.ACTIVE, ProviderState.PAUSED], order="number"
        )
        self.roll.add_field.set_choices(
            (one.id, f"{one.name} {one.number}".strip(), " ".join(name_tokens(one.name))) for one in people
        )
        self._read()

    def _read(self) -> None:
        year, kind, state = self.year.value(), self.kind.value(), self.state.value()
        first, last = (date.min, date.max) if year is None else (date(year, 1, 1), date(year, 12, 31))
        lines = [
            line
            for line in actions.sessions(self.session.store, first=first, last=last)
            if (kind is None or line.session.kind is kind) and (state is None or line.session.state is state)
        ]
        held = [line for line in lines if line.session.state is TrainingState.HELD]
        told = self.tr("办了 {count} 次　{came} 人次").format(count=len(held), came=sum(one.came for one in held))
        self._counts.setText(told)
        self.table.set_rows(lines)
        if self.table.current() is None:
            self.table.choose_first()
        self._on_current(self.table.current())

    def _on_current(self, line: SessionLine | None) -> None:
        if line is None:
            self._shown = None
            self.panel.show_nothing()
            return
        session = line.session
        keep = self._shown is not None and self._shown.id == session.id
        self._shown = session
        icon, tone = words.STATE_LOOK[session.state]
        self.panel.show_head(
            session.topic,
            right=labels.day(session.day, today=self.session.today()),
            chips=[
                Chip(labels.label(session.kind)),
                Chip(labels.label(session.state), tone=tone if tone in {"ok", "info"} else "", icon=icon),
                Chip(words.hours(session.minutes), "line"),
            ],
        )
        is_off = session.state is TrainingState.CANCELLED
        self.edit_button.setVisible(not is_off)
        self.invite_button.setVisible(not is_off)
        self.sheet_button.setVisible(not is_off)
        self.again_button.setVisible(is_off)
        self.cancel_action.setEnabled(session.state is TrainingState.PLANNED)
        self.roll.show_roll(
            session,
            actions.roll(self.session.store, session_id=session.id),
            can_call=not is_off and session.day <= self.session.today(),
            keep=keep,
        )
        self.panel.set_tab(self._about, [self._facts(line)])

    def _facts(self, line: SessionLine) -> QWidget:
        session = line.session
        facts = Facts()
        facts.add(self.tr("时间"), f"{labels.day(session.day)}　{words.times(session)}")
        facts.add(self.tr("地点"), session.place)
        facts.add(self.tr("主讲"), session.speaker)
        facts.add(self.tr("学时"), words.hours(session.minutes))
        facts.add(
            self.tr("人数"),
            self.tr("名单 {roll} 人，到了 {came} 人").format(roll=line.on_roll, came=line.came),
        )
        facts.add(self.tr("为什么不办"), session.reason)
        facts.add(self.tr("备注"), session.notes)
        made = QWidget()
        made.setLayout(column(facts))
        return made

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """A session, whatever is filtered; "new" plans one."""
        if intent == "new":
            self.plan()
        if ref is not None and ref.record_class is TrainingSession and not self.table.choose(ref.record_id):
            for facet in (self.year, self.kind, self.state):
                facet.clear_choice()
            self._read()
            self.table.choose(ref.record_id)

    # -- doing

    def plan(self) -> None:
        """Type in a new session."""
        self._open(TrainingSession(topic="", day=self.session.today()), actions.plan_training)

    def edit(self) -> None:
        """Change the one that is shown."""
        if self._shown is not None:
            self._open(self._shown, actions.edit_training)

    def _open(self, training: TrainingSession, action: Callable[..., TrainingSession]) -> None:
        form = Form(label_width=72)
        form.choice("kind", self.tr("种类"), [(kind, labels.label(kind)) for kind in TrainingKind])
        form.text("topic", self.tr("主题"), required=True)
        form.date("day", self.tr("哪天"), today=self.session.today(), required=True)
        form.add("starts", self.tr("几点"), TimeField(), required=True)
        form.number("minutes", self.tr("学时"), 10, 900, unit=self.tr("分钟（记进志愿者的时长）"))
        form.text("place", self.tr("地点"))
        form.text("speaker", self.tr("主讲"))
        form.notes("notes", self.tr("备注"), lines=2)
        form.set_values(
            kind=training.kind,
            topic=training.topic,
            day=training.day,
            starts=training.starts,
            minutes=training.minutes,
            place=training.place,
            speaker=training.speaker,
            notes=training.notes,
        )

        def store(values: dict[str, Any], on_error: Callable[[UserError], object]) -> Done[TrainingSession] | None:
            if values["day"] is None:
                on_error(Missing(field="day"))
                return None
            return self.session.perform(action, session=replace(training, **values), on_error=on_error)

        title = self.tr("改：{topic}").format(topic=training.topic) if training.id else self.tr("安排培训或沙龙")
        dialog = RecordDialog(self.session, title=title, form=form, store=store, parent=self.window())
        form.fields["topic"].setFocus(Qt.FocusReason.OtherFocusReason)
        dialog.saved.connect(lambda saved: self.show_record(Ref(TrainingSession, saved), ""))
        self.session.dialogs.show(dialog)

    def cancel(self) -> None:
        """Ask why it will not take place."""
        shown = self._shown
        if shown is None:
            return
        question = Question(
            title=self.tr("“{topic}”不办了？").format(topic=shown.topic),
            text=self.tr("名单留着；写一句原因。"),
            choices=(Choice("", self.tr("还是要办")), Choice("do", self.tr("取消这一次"), "bad", "calendar-x")),
            default="do",
            tone="warn",
            input_label=self.tr("原因"),
            input_required=True,
        )

        def answered(key: str, text: str) -> None:
            if key == "do":
                self.session.perform(actions.cancel_training, session_id=shown.id, reason=text)

        self.session.dialogs.ask(question, answered)

    def plan_again(self) -> None:
        """It will take place after all."""
        if self._shown is not None:
            self.session.perform(actions.replan_training, session_id=self._shown.id)

    def print_sheet(self) -> None:
        """签到表 of the one that is shown."""
        if self._shown is not None:
            self.session.dialogs.show(SignInDialog(self.session, self._shown))

    def invite(self) -> None:
        """Choose several people for the roll."""
        if self._shown is not None:
            known = {one.id for one in self.roll.table.rows()}
            self.session.dialogs.show(InviteDialog(self.session, self._shown, known, parent=self.window()))

    def add_person(self, provider_id: int) -> None:
        """One person more on the roll; while it is being called they are here."""
        if self._shown is None:
            return
        known = {one.id for one in self.roll.table.rows()}
        if provider_id in known or (
            self.session.perform(actions.invite, session_id=self._shown.id, provider_ids=[provider_id], quiet=True)
        ):
            self.roll.note_came(provider_id)

    def strike(self, line: actions.RollLine) -> None:
        """Take somebody off the roll; asked first where it takes minutes out of their record."""

        def answered(key: str, _text: str) -> None:
            if key == "do":
                self.session.perform(actions.strike_from_roll, attendance_id=line.attendance.id)

        if not line.attendance.minutes:
            answered("do", "")
            return
        taken = words.hours(line.attendance.minutes)
        question = Question(
            title=self.tr("把{name}从名单去掉？").format(name=line.name),
            text=self.tr("点名记着到了，去掉以后服务记录里少 {hours}。人没来的，改成“没来”就行。").format(hours=taken),
            choices=(Choice("", self.tr("留在名单上")), Choice("do", self.tr("去掉，扣掉时长"), "bad", "user-x")),
            tone="warn",
        )
        self.session.dialogs.ask(question, answered)

    def keep_roll(self) -> None:
        """What was called is kept, in one step."""
        if self._shown is None or not self.roll.is_changed or not self.roll.can_call:
            return
        self.session.perform(
            actions.call_roll,
            session_id=self._shown.id,
            presences=self.roll.presences(),
            minutes=self.roll.given_minutes(),
        )

    def _to_add(self) -> None:
        if not self.panel.is_empty:
            self.panel.show_tab("roll")
            self.roll.add_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- leaving

    def has_unsaved(self) -> bool:
        """Whether somebody was called and it was not confirmed."""
        return self.roll.is_changed or bool(self.roll.waiting)

    def _show_waiting(self) -> bool:
        """Go to a session whose roll was called and not confirmed; gives whether there is one."""
        for session_id in self.roll.waiting:
            self.show_record(Ref(TrainingSession, session_id), "")
            if self.roll.is_changed:
                return True
            # It was removed meanwhile.
            self.roll.forget(session_id)
        return False

    def leave(self, go: Callable[[], object]) -> None:
        """Ask about a roll that was called and not confirmed."""
        if not self.roll.is_changed and not self._show_waiting():
            go()
            return
        question = Question(
            title=self.tr("点过的名还没记下"),
            choices=(
                Choice("stay", self.tr("接着点")),
                Choice("drop", self.tr("不记，离开"), "bad"),
                Choice("save", self.tr("记下点名"), "primary"),
            ),
            default="save",
            cancel="stay",
            tone="warn",
        )

        def answered(key: str, _text: str) -> None:
            if key == "save":
                self.keep_roll()
            elif key == "drop":
                self._shown = None
                self._on_current(self.table.current())
            if key != "stay":
                # Another session may have one too.
                self.leave(go)

        self.session.dialogs.ask(question, answered)
