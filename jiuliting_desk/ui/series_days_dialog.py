"""A series goes to another weekday or date: from which visit on, to which day, and what that brings is told first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from jiuliting_desk.actions.series_days import SeriesMove, draft_move, move_series
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.widgets.time_field import TimeField

TOLD = 6
"""Days, and things that stand against them, that are told one by one."""


class SeriesDaysDialog(WindowDialog):
    """Keeps the visits that are planned, on their new days; with a reason also where something stands against one."""

    def __init__(self, session: Session, series_id: int, movable: Sequence[Visit]) -> None:
        """With the planned visits from which on the series can be moved, one at least."""
        super().__init__("", width=560, parent=session.dialogs.window)
        self._session = session
        self._series = session.store.get(Series, series_id)
        name = session.store.get(Elder, self._series.elder_id).name
        self.setWindowTitle(self.tr("{name}的定期上门改到别的日子").format(name=name))
        today = session.today()
        self.body.addWidget(
            label(self.tr("现在是{rhythm}").format(rhythm=visit_words.rhythm(self._series)), "strong", wrap=True)
        )
        self.form = Form(label_width=88)
        days = [(visit.day, labels.day(visit.day, today=today)) for visit in movable]
        self.form.choice("since", self.tr("从哪一次起"), days)
        self.form.date("day", self.tr("这一次改到"), today=today, required=True)
        self.form.add("starts", self.tr("几点"), TimeField(), required=True)
        self.form.text("reason", self.tr("原因"), hint=self.tr("写一句，原因会留在上门里。"))
        kept = self._series.override_reason
        self.form.set_values(since=movable[0].day, day=movable[0].day, starts=self._series.starts, reason=kept)
        self.told = label("", wrap=True)
        self.against = label("", wrap=True)
        for part in (self.form, self.told, self.against):
            self.body.addWidget(part)
        self.foot.addWidget(button(self.tr("不改，回去"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.save_button = button("", self.save, kind="primary", icon="check", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)
        self.form.edited.connect(self._on_edited)
        self._show()
        day = self.form.fields["day"]
        day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self, name: str) -> None:
        if name == "since":
            self.form.set_values(day=self._value("since"))
        if name != "reason":
            self._show()

    def _value(self, name: str) -> Any:
        try:
            return self.form.fields[name].value()  # type: ignore[attr-defined]
        except UserError:
            return None

    def _draft(self) -> SeriesMove | None:
        since, day, starts = (self._value(name) for name in ("since", "day", "starts"))
        if day is None or starts is None:
            return None
        try:
            return draft_move(
                self._session.store,
                series_id=self._series.id,
                since=since,
                day=day,
                starts=starts,
                today=self._session.today(),
            )
        except UserError:
            return None

    def _show(self) -> None:
        """The new days, and what stands against them."""
        found = self._draft()
        steps = found.steps if found is not None else ()
        told = []
        if found is not None:
            days = "、".join(labels.month_day(step.visit.day) for step in steps[:TOLD])
            words = self.tr("以后{rhythm}：{days}{more}")
            more = self.tr("……共 {count} 次").format(count=len(steps)) if len(steps) > TOLD else ""
            told.append(words.format(rhythm=visit_words.rhythm(found.series), days=days, more=more))
            if found.dropped:
                gone = "、".join(labels.month_day(visit.day) for visit in found.dropped)
                told.append(
                    self.tr("{days}的那 {count} 次没有新日子（放假、停着或排完了），会取消。").format(
                        days=gone, count=len(found.dropped)
                    )
                )
        self.told.setText("\n".join(told))
        self.save_button.setText(self.tr("改 {count} 次上门").format(count=len(steps)))
        clashes = [(step.visit.day, clash) for step in steps for clash in step.clashes]
        wanted = any(clash.wants_reason for _, clash in clashes)
        self.form.show_row("reason", wanted)
        store = self._session.store
        lines = [f"·{labels.month_day(day)}：{visit_words.clash(store, clash)}" for day, clash in clashes[:TOLD]]
        if len(clashes) > TOLD:
            lines.append(self.tr("……另外 {count} 处").format(count=len(clashes) - TOLD))
        head = self.tr("有 {count} 处要留意：").format(count=len(clashes)) if clashes else self.tr("没有冲突。")
        self.against.setText("\n".join([head, *lines]) if found is not None else "")
        theme.mark(self.against, tone="warn" if clashes else "")

    def save(self) -> None:
        """Move it and close."""
        values = self.form.read()
        if values is None:
            return
        done = self._session.perform(move_series, series_id=self._series.id, on_error=self.form.show_error, **values)
        if done is not None:
            self.accept()
