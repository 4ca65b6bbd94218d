"""What can be done with a follow-up from any page: told of, handed on, closed with an outcome, opened anew."""

from datetime import date

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import follow_ups as actions
from jiuliting_desk.actions.disclosures import reveal_phones
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.masking import masked_phone, spaced_phone
from jiuliting_desk.ui.revealing import reveal
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.masked import MaskedValue


class FollowUpSteps(QObject):
    """Opens the dialogs."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def show(self, follow_up_id: int) -> None:
        """What it is about, and what came of it."""
        self._session.dialogs.show(FollowUpDialog(self._session, follow_up_id))

    def open_new(self, elder_id: int, *, visit_id: int | None = None) -> None:
        """One by hand."""
        self._session.dialogs.show(OpenDialog(self._session, elder_id, visit_id=visit_id))


class FollowUpDialog(WindowDialog):
    """Closes it with an outcome, or hands it on to somebody or another day."""

    def __init__(self, session: Session, follow_up_id: int, *, parent: QWidget | None = None) -> None:
        follow_up = session.store.get(FollowUp, follow_up_id)
        elder = session.store.get(Elder, follow_up.elder_id)
        super().__init__("", width=560, parent=parent or session.dialogs.window)
        self.setWindowTitle(self.tr("回访{name}").format(name=elder.name))
        self._session = session
        self._follow_up = follow_up
        today = session.today()
        facts = Facts(label_width=72)
        told = labels.label(follow_up.cause)
        if follow_up.score:
            told = self.tr("{cause}：{score} 分").format(cause=told, score=follow_up.score)
        facts.add(self.tr("为什么"), told, tone="bad" if follow_up.due_on <= today and follow_up.is_open else "")
        facts.add(self.tr("说了什么"), follow_up.what)
        visit = session.store.find(Visit, follow_up.visit_id)
        if visit is not None:
            (line,) = lines(session.store, [visit])
            when = labels.day(visit.day, today=today)
            facts.add(
                self.tr("哪次上门"),
                visit_words.joined((when, visit_words.services(line), visit_words.people(line), line.cadre)),
            )
        if elder.phone:
            facts.add(self.tr("电话"), MaskedValue(masked_phone(elder.phone), self._phone))
        facts.add(self.tr("记过的"), follow_up.notes)
        if follow_up.closed_on is not None:
            day = labels.day(follow_up.closed_on, today=today)
            facts.add(self.tr("办完"), self.tr("{day}　{who}").format(day=day, who=follow_up.owner))
        facts.add(self.tr("结果"), follow_up.outcome)
        self.body.addWidget(facts)
        self.form = Form(label_width=72)
        self.form.notes("outcome", self.tr("结果"), lines=2, hint=self.tr("写了结果才算办完。"))
        self.form.text("owner", self.tr("谁来办"))
        self.form.date("due_on", self.tr("哪天前"), today=today)
        self.form.notes("notes", self.tr("记一笔"), lines=2)
        self.form.set_values(outcome="", owner=follow_up.owner or session.who, due_on=follow_up.due_on, notes="")
        if not follow_up.is_open:
            for name in self.form.fields:
                self.form.show_row(name, False)
        self.body.addWidget(self.form)
        self.keep_button = button(self.tr("先不办，只记下改动"), self.keep, size="l")
        self.close_button = button(self.tr("记下结果，办完了"), self.close_it, kind="primary", icon="check", size="l")
        self.again_button = button(self.tr("还要再回访"), self.reopen, icon="undo-2", size="l")
        open_elder = button(self.tr("打开老人资料"), self._open_elder, kind="link")
        self.shut_button = button(self.tr("关上"), self.reject, size="l")
        self.foot.addLayout(
            row(open_elder, STRETCH, self.keep_button, self.again_button, self.shut_button, self.close_button)
        )
        self.keep_button.setVisible(follow_up.is_open)
        self.close_button.setVisible(follow_up.is_open)
        self.again_button.setVisible(not follow_up.is_open)
        self.shut_button.setVisible(not follow_up.is_open)
        self.confirm_with(self.close_button)
        where = self.form.fields["outcome"] if follow_up.is_open else self.shut_button
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _phone(self) -> str:
        found = reveal(self._session, reveal_phones, elder_id=self._follow_up.elder_id, why=self.tr("回访"))
        return "　".join(spaced_phone(number) for number in found or [])

    def _open_elder(self) -> None:
        self.reject()
        self._session.goto("elders", Ref(Elder, self._follow_up.elder_id))

    def close_it(self) -> None:
        """With the outcome it is over."""
        values = self.form.read()
        if values is None:
            return
        done = self._session.perform(
            actions.close_follow_up,
            follow_up_id=self._follow_up.id,
            outcome=values["outcome"],
            on_error=self.form.show_error,
        )
        if done is not None:
            self.accept()

    def keep(self) -> None:
        """Another owner or day, or a note; it stays open."""
        values = self.form.read()
        if values is None:
            return
        if values["outcome"]:
            self.form.complain("outcome", self.tr("写了结果，请点“记下结果，办完了”；还没办完就写到“记一笔”里。"))
            return
        due: date = values["due_on"] or self._follow_up.due_on
        done = self._session.perform(
            actions.assign_follow_up,
            follow_up_id=self._follow_up.id,
            owner=values["owner"],
            due_on=due,
            notes=values["notes"],
            on_error=self.form.show_error,
        )
        if done is not None:
            self.accept()

    def reopen(self) -> None:
        """Not over after all."""
        if self._session.perform(actions.reopen_follow_up, follow_up_id=self._follow_up.id) is not None:
            self.accept()


class OpenDialog(WindowDialog):
    """A follow-up by hand: an incident, a hazard, a complaint told later."""

    def __init__(
        self, session: Session, elder_id: int, *, visit_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        elder = session.store.get(Elder, elder_id)
        super().__init__("", width=500, parent=parent or session.dialogs.window)
        self.setWindowTitle(self.tr("列入回访：{name}").format(name=elder.name))
        self._session = session
        self._elder_id = elder_id
        self._visit_id = visit_id
        self.form = Form(label_width=72)
        causes = (Cause.INCIDENT, Cause.HAZARD, Cause.COMPLAINT, Cause.CONDITION, Cause.OTHER)
        self.form.choice("cause", self.tr("为什么"), [(cause, labels.label(cause)) for cause in causes])
        self.form.notes("what", self.tr("说了什么"), lines=3)
        self.form.text("owner", self.tr("谁来办"))
        self.form.date("due_on", self.tr("哪天前"), today=session.today(), hint=self.tr("空着就按设置里的天数。"))
        self.form.set_values(cause=causes[0], what="", owner=session.who, due_on=None)
        self.body.addWidget(self.form)
        self.foot.addWidget(button(self.tr("不列了"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.save_button = button(self.tr("列入回访"), self.save, kind="primary", icon="check", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)
        self.form.fields["what"].setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Open it and close the window."""
        values = self.form.read()
        if values is None:
            return
        if not values["what"]:
            self.form.complain("what", self.tr("写一句是什么事。"))
            return
        done = self._session.perform(
            actions.open_follow_up,
            elder_id=self._elder_id,
            visit_id=self._visit_id,
            on_error=self.form.show_error,
            **values,
        )
        if done is not None:
            self.accept()
