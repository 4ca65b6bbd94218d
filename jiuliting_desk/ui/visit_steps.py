"""What can be done with one visit, from whatever page shows it: questions asked, actions run."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject

from jiuliting_desk.actions import visits as actions
from jiuliting_desk.actions.bookings import changed_visit, clashes_of, move_visit, visit_about
from jiuliting_desk.actions.stand_ins import sought_for
from jiuliting_desk.model.clashes import Clash
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.visits import Visit, VisitReason, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.ui import action_words, labels, visit_words
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.finish_dialog import FinishDialog
from jiuliting_desk.ui.resuming import no_more_sought
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.widgets.time_field import TimeField

FALLS: dict[VisitState, Callable[..., Visit]] = {
    VisitState.CANCELLED: actions.cancel_visit,
    VisitState.NOT_HOME: actions.note_not_home,
    VisitState.NO_SHOW: actions.note_no_show,
}


class VisitSteps(QObject):
    """Each method does one step for one visit, after asking what it must know."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def remind(self, visit_id: int) -> None:
        """已打电话提醒."""
        self._session.perform(actions.remind_visit, visit_id=visit_id)

    def confirm(self, visit_id: int) -> None:
        """The volunteer said yes."""
        self._session.perform(actions.confirm_provider, visit_id=visit_id)

    def begin(self, visit_id: int) -> None:
        """The volunteers are at the door."""
        self._session.perform(actions.begin_visit, visit_id=visit_id)

    def reinstate(self, visit_id: int) -> None:
        """Planned again after all; whom somebody was sought to replace goes themselves, and that is said."""
        store = self._session.store
        sought = [] if self._session.is_lent else sought_for(store, [visit_id])
        said = ""
        if sought:
            about = visit_about(store, store.get(Visit, visit_id))
            said = action_words.done(actions.reinstate_visit.__name__, about) + no_more_sought(store, sought)
        self._session.perform(actions.reinstate_visit, visit_id=visit_id, said=said)

    def finish(self, visit_id: int) -> None:
        """It took place: ask for minutes, quantity and the cadre's part."""
        self._session.dialogs.show(FinishDialog(self._session, visit_id))

    def move(self, visit_id: int) -> None:
        """At another time: ask when."""
        self._session.dialogs.show(MoveDialog(self._session, visit_id))

    def fall_through(self, visit_id: int, state: VisitState, name: str) -> None:
        """It did not take place: ask why."""
        titles = {
            VisitState.CANCELLED: self.tr("取消{name}的这次上门？"),
            VisitState.NOT_HOME: self.tr("{name}家里没人？"),
            VisitState.NO_SHOW: self.tr("到{name}家的志愿者没来？"),
        }
        usual = [
            one.words for one in self._session.store.where(VisitReason, state=state, order="position") if one.active
        ]
        cancels = state is VisitState.CANCELLED
        question = Question(
            title=titles[state].format(name=name),
            text=self.tr("写一句原因，例如：{reasons}。").format(reasons="、".join(usual[:5])),
            choices=(
                Choice("", self.tr("不改，回去")),
                Choice("do", self.tr("取消这次上门"), "bad", "circle-x")
                if cancels
                else Choice("do", self.tr("记下这一次"), "primary", "check"),
            ),
            default="" if cancels else "do",
            tone="warn",
            input_label=self.tr("原因"),
            input_text=usual[0] if usual else "",
            input_required=True,
        )

        def answered(key: str, text: str) -> None:
            if key == "do":
                self._session.perform(FALLS[state], visit_id=visit_id, reason=text)

        self._session.dialogs.ask(question, answered)

    def move_to(self, visit_id: int, day: date, starts: int) -> None:
        """Move at once; where something stands against it ask for a reason."""
        store, today = self._session.store, self._session.today()
        try:
            moved = changed_visit(store.get(Visit, visit_id), day=day, starts=starts)
        except UserError as error:
            self._session.tell(error)
            return
        wanted = [clash for clash in clashes_of(store, visit=moved, today=today) if clash.wants_reason]
        if not wanted:
            self._session.perform(move_visit, visit_id=visit_id, day=day, starts=starts)
            return
        question = Question(
            title=self.tr("这个时间有 {count} 处要留意").format(count=len(wanted)),
            text=self.tr("写一句原因就可以照样改期。"),
            lines=tuple(_told(store, wanted)),
            choices=(Choice("", self.tr("不改期")), Choice("move", self.tr("照样改期"), "primary", "check")),
            default="move",
            tone="warn",
            input_label=self.tr("原因"),
            input_required=True,
        )

        def answered(key: str, text: str) -> None:
            if key == "move":
                self._session.perform(move_visit, visit_id=visit_id, day=day, starts=starts, reason=text)

        self._session.dialogs.ask(question, answered)


def _told(store: Store, wanted: list[Clash]) -> list[str]:
    return [visit_words.clash(store, clash) for clash in wanted]


class MoveDialog(WindowDialog):
    """Another day and time."""

    def __init__(self, session: Session, visit_id: int) -> None:
        visit = session.store.get(Visit, visit_id)
        super().__init__("", width=440, parent=session.dialogs.window)
        (line,) = lines(session.store, [visit])
        self.setWindowTitle(self.tr("改期：{name}").format(name=line.name))
        when = f"{labels.day(visit.day, today=session.today())} {visit_words.times(visit)}"
        about = visit_words.joined((line.name, visit_words.services(line), visit_words.people(line), when))
        self.body.addWidget(label(about, "strong", wrap=True))
        self._session = session
        self._visit = visit
        self.form = Form()
        self.form.date("day", self.tr("哪天"), today=session.today(), required=True)
        self.form.add("starts", self.tr("几点"), TimeField(), required=True, hint=self.tr("可以写 9:30、930、14"))
        self.form.set_values(day=visit.day, starts=visit.starts)
        self.body.addWidget(self.form)
        self.foot.addWidget(button(self.tr("不改期"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.save_button = button(self.tr("改到这个时间"), self.save, kind="primary", icon="check", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)

    def save(self) -> None:
        """Move it and close."""
        values = self.form.read()
        if values is None:
            return
        if values["day"] is None:
            self.form.complain("day", self.tr("请填哪天。"))
            return
        self.accept()
        VisitSteps(self._session).move_to(self._visit.id, values["day"], values["starts"])
