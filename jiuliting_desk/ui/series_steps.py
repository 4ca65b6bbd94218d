"""What can be done with a series of visits from any page: paused, resumed, ended."""

from datetime import date, timedelta

from PySide6.QtCore import QObject, Qt

from jiuliting_desk.actions import series as actions
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import Missing, UserError
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.store.visits import of_series
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.lost_visits import first_of, tell_helpers
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.text import label


class SeriesSteps(QObject):
    """Each method does one step for one series, after asking what it must know."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def pause(self, series_id: int) -> None:
        """Ask from when, until when and why."""
        self._session.dialogs.show(PauseDialog(self._session, series_id))

    def resume(self, series_id: int) -> None:
        """Ask from when."""
        self._session.dialogs.show(ResumeDialog(self._session, series_id))

    def end(self, series_id: int) -> None:
        """Ask after which day and why."""
        self._session.dialogs.show(EndDialog(self._session, series_id))


class _StepDialog(WindowDialog):
    """A short form about one series and the button that does it."""

    def __init__(self, session: Session, series_id: int) -> None:
        super().__init__("", width=460, parent=session.dialogs.window)
        self._session = session
        self._series = session.store.get(Series, series_id)
        self._name = session.store.get(Elder, self._series.elder_id).name
        self.form = Form(label_width=72)
        self.note = label("", "sub", wrap=True)
        self.body.addWidget(self.note)
        self.body.addWidget(self.form)
        self.lost_words = label("", "strong", wrap=True)
        self.body.addWidget(self.lost_words)
        self.foot.addWidget(button(self.tr("不改，回去"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.save_button = button("", self.save, kind="primary", icon="check", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)

    def lost(self, *, since: date | None, until: date | None = None) -> list[VisitLine]:
        """The visits of the series that are planned in these days, from today on."""
        if since is None or self._session.is_lent:
            return []
        planned = of_series(self._session.store, self._series.id, first=max(since, self._session.today()))
        kept = [
            visit for visit in planned if visit.state is VisitState.PLANNED and (until is None or visit.day <= until)
        ]
        return lines(self._session.store, kept)

    def _tell_lost(self, lost: list[VisitLine]) -> None:
        words = self.tr("会取消 {count} 次约好的上门：{visits}")
        first = first_of(lost, today=self._session.today())
        self.lost_words.setText(words.format(count=len(lost), visits=first) if lost else "")
        self.lost_words.setVisible(bool(lost))

    def save(self) -> None:
        """Do it and close."""
        raise NotImplementedError

    def _show_error(self, error: UserError) -> bool:
        return self.form.show_error(error)


class PauseDialog(_StepDialog):
    """No visits for a while: in hospital, away with the children, the heat."""

    def __init__(self, session: Session, series_id: int) -> None:
        super().__init__(session, series_id)
        self.setWindowTitle(self.tr("暂停{name}的定期上门").format(name=self._name))
        self.save_button.setText(self.tr("暂停"))
        self.note.setText(
            self.tr("这段时间排好的上门会取消，原因写在上面；没写到哪天的，需求还留给原来的人，恢复时按规律再排。")
        )
        today = session.today()
        self._since = self.form.date("since", self.tr("从哪天"), today=today, required=True)
        self._until = self.form.date(
            "until", self.tr("到哪天"), today=today, hint=self.tr("空着就一直停，直到点“恢复”。")
        )
        self.form.text("reason", self.tr("原因"), required=True)
        self.form.set_values(since=today, until=None, reason="")
        self.form.fields["reason"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.edited.connect(lambda _name: self._tell_lost(self._falls_out()))
        self._tell_lost(self._falls_out())

    def _falls_out(self) -> list[VisitLine]:
        try:
            return self.lost(since=self._since.value(), until=self._until.value())
        except UserError:
            # It is said at the field when it is saved.
            return []

    def save(self) -> None:
        """Pause it."""
        values = self.form.read()
        if values is None:
            return
        for name in ("since", "reason"):
            if not values[name]:
                self._show_error(Missing(field=name))
                return
        words = self.tr("已暂停定期上门：{name}。{told}")
        said = words.format(name=self._name, told=tell_helpers(self._falls_out()))
        done = self._session.perform(
            actions.pause_series, series_id=self._series.id, on_error=self._show_error, said=said, **values
        )
        if done is not None:
            self.accept()


class ResumeDialog(_StepDialog):
    """Visits again."""

    def __init__(self, session: Session, series_id: int) -> None:
        super().__init__(session, series_id)
        self.setWindowTitle(self.tr("恢复{name}的定期上门").format(name=self._name))
        self.save_button.setText(self.tr("恢复"))
        pause = self._series.pauses[-1]
        words = self.tr("{day}起停着：{reason}")
        self.note.setText(words.format(day=labels.month_day(pause.since), reason=pause.reason))
        self.lost_words.setText(self._taken_words())
        self.lost_words.setVisible(bool(self.lost_words.text()))
        self.form.date("on", self.tr("从哪天"), today=session.today(), required=True)
        self.form.set_values(on=session.today() + timedelta(days=1))
        self.form.fields["on"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken_words(self) -> str:
        """Who took what the series is for while it was paused; "" for nobody."""
        store = self._session.store
        words = self.tr("停着的时候，{service}由{who}接了；恢复以后还是{back}去，{who}认领的放回。")
        helpers = store.get_many(Provider, self._series.provider_ids)
        back = self.tr("、").join(one.name for one in helpers.values())
        return "\n".join(
            words.format(service=store.get(ServiceCategory, need.category_id).name, who=who.name, back=back)
            for need, who in actions.taken_meanwhile(store, series_id=self._series.id)
        )

    def save(self) -> None:
        """Resume it."""
        values = self.form.read()
        if values is None:
            return
        if values["on"] is None:
            self._show_error(Missing(field="on"))
            return
        if (
            self._session.perform(
                actions.resume_series, series_id=self._series.id, on=values["on"], on_error=self._show_error
            )
            is not None
        ):
            self.accept()


class EndDialog(_StepDialog):
    """No visits any more after a day."""

    def __init__(self, session: Session, series_id: int) -> None:
        super().__init__(session, series_id)
        self.setWindowTitle(self.tr("结束{name}的定期上门").format(name=self._name))
        self.save_button.setText(self.tr("结束定期上门"))
        self.note.setText(self.tr("那天以后排好的上门会取消。"))
        self._last = self.form.date("after", self.tr("最后一天"), today=session.today(), required=True)
        self.form.text("reason", self.tr("原因"), required=True)
        self.form.set_values(after=session.today(), reason="")
        self.form.fields["reason"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.edited.connect(lambda _name: self._tell_lost(self._falls_out()))
        self._tell_lost(self._falls_out())

    def _falls_out(self) -> list[VisitLine]:
        try:
            after = self._last.value()
        except UserError:
            # It is said at the field when it is saved.
            return []
        return [] if after is None else self.lost(since=after + timedelta(days=1))

    def save(self) -> None:
        """End it."""
        values = self.form.read()
        if values is None:
            return
        for name in ("after", "reason"):
            if not values[name]:
                self._show_error(Missing(field=name))
                return
        words = self.tr("已结束定期上门：{name}。{told}")
        said = words.format(name=self._name, told=tell_helpers(self._falls_out()))
        done = self._session.perform(
            actions.end_series, series_id=self._series.id, on_error=self._show_error, said=said, **values
        )
        if done is not None:
            self.accept()
