"""The section 假日: days on which no recurring visit falls, a year at a time."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import holidays as actions
from jiuliting_desk.model.errors import Missing, UserError
from jiuliting_desk.model.recurrence import Holiday
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store.visits import planned_by_day
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row, wrapping
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label


class HolidaySection(Section):
    """Days off by year; the 13 statutory ones are filled in with one click, those moved around them by hand."""

    watches: ClassVar = frozenset({Holiday, Visit})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(
            self.tr("假日"),
            self.tr("定期上门不排在这些天；单次预约排到这些天会提醒。调休的日子每年按通知自己加。"),
        )
        self.year = session.today().year
        self._planned: dict[Any, int] = {}
        self._year_words = label("", "h3")
        before = icon_button("chevron-left", self.tr("前一年"), lambda: self._turn(-1))
        after = icon_button("chevron-right", self.tr("后一年"), lambda: self._turn(1))
        self.add_button = button(self.tr("加一天"), self.add, icon="plus", kind="strong")
        self.fill_button = button("", self.fill, icon="calendar-plus")
        self.remove_button = button(self.tr("删掉"), self.remove, icon="trash-2")
        columns: list[Column[Holiday]] = [
            Column(
                key="day", title=self.tr("哪天"), width=170, sort=lambda one: one.day,
                cell=lambda one: f"{labels.month_day(one.day)} {labels.weekday(one.day.weekday())}",
            ),
            Column(key="name", title=self.tr("什么假"), width=160, stretch=1, cell=lambda one: one.name),
            Column(key="planned", title=self.tr("这天已排的上门"), width=150, cell=self._count),
        ]  # fmt: skip
        self.table = RecordTable[Holiday](columns, multi=False, empty_text=self.tr("这一年还没有假日。"))
        self.table.setAccessibleName(self.tr("假日"))
        self.table.setMinimumHeight(theme.px(300))
        self.table.setMaximumWidth(theme.px(640))
        self.table.current_changed.connect(lambda one: self.remove_button.setEnabled(one is not None))
        tools: QWidget = wrapping(self.add_button, self.fill_button, self.remove_button)
        self.body.addLayout(row(before, self._year_words, after, STRETCH))
        self.body.addWidget(tools)
        self.body.addWidget(self.table, 1)

    def _count(self, one: Holiday) -> Cell:
        count = self._planned.get(one.day, 0)
        if not count:
            return Cell("—", tone="ink3")
        return Cell(self.tr("{count} 次").format(count=count), icon="circle-alert", tone="warn")

    def refresh(self) -> None:
        """Read the days of the year."""
        store = self.session.store
        self._year_words.setText(self.tr("{year} 年").format(year=self.year))
        shown = actions.holidays(store, year=self.year)
        self._planned = planned_by_day(store, [one.day for one in shown])
        self.table.set_rows(shown)
        known = {one.day for one in shown}
        lacks = [one for one in actions.statutory_holidays(self.year) if one.day not in known]
        self.fill_button.setText(self.tr("填上法定节假日，{count} 天").format(count=len(lacks)))
        self.fill_button.setVisible(bool(lacks))
        self.remove_button.setEnabled(self.table.current() is not None)

    def _turn(self, years: int) -> None:
        self.year = min(2099, max(2000, self.year + years))
        self.refresh()

    def add(self) -> None:
        """A day off by hand."""
        form = Form(label_width=64)
        form.date("day", self.tr("哪天"), today=self.session.today(), required=True)
        form.text("name", self.tr("什么假"), required=True, placeholder=self.tr("例如：国庆调休"))
        form.set_values(day=None, name="")

        def store(values: dict[str, Any], on_error: Callable[[UserError], object]) -> Done[Holiday] | None:
            if values["day"] is None:
                on_error(Missing(field="day"))
                return None
            new = Holiday(day=values["day"], name=values["name"])
            done = self.session.perform(actions.add_holidays, new=[new], on_error=on_error)
            if done is None:
                return None
            known = done.result or self.session.store.where(Holiday, day=new.day)
            self.year = new.day.year
            self.refresh()
            return Done(result=known[0], touched=done.touched)

        title = self.tr("加一天假日")
        dialog = RecordDialog(self.session, title=title, form=form, store=store, parent=self.window())
        dialog.saved.connect(self.table.choose)
        self.session.dialogs.show(dialog)

    def fill(self) -> None:
        """The statutory days of the year that are not there yet."""
        self.session.perform(actions.add_holidays, new=actions.statutory_holidays(self.year))

    def remove(self) -> None:
        """Take the chosen day off the list."""
        chosen = self.table.current()
        if chosen is not None:
            self.session.perform(actions.remove_holiday, holiday_id=chosen.id)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+N adds a day."""
        return (Key(keys="Ctrl+N", words=self.tr("加一天假日"), run=self.add),)
