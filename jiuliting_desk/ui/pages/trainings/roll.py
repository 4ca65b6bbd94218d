"""The roll of one session: everybody on it, called with one digit each, kept in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.trainings import RollLine
from jiuliting_desk.model.trainings import Presence, TrainingSession
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.trainings import words
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.fields import NumberField
from jiuliting_desk.ui.widgets.layout import column, row, wrapping
from jiuliting_desk.ui.widgets.pick_field import PickField
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """One person of the roll as it stands on screen."""

    line: RollLine
    presence: Presence
    minutes: int

    @property
    def id(self) -> int:
        """The provider's."""
        return self.line.attendance.provider_id

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what is kept."""
        kept = self.line.attendance
        return self.presence is not kept.presence or (self.presence is Presence.CAME and self.minutes != kept.minutes)


class AddPerson(PickField):
    """Name or initials and Enter puts somebody on the roll; the field is ready for the next."""

    added = Signal(int)

    def __init__(self) -> None:
        super().__init__(kind="provider")
        self.setPlaceholderText(self.tr("加人：姓名或拼音首字母，Enter"))
        self.setAccessibleName(self.tr("加人到名单"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the marked one, or who alone is left."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
        ):
            super().keyPressEvent(event)
            return
        listed = self.marked()
        if listed:
            self.setText(listed)
        found = self.known()
        if found is not None:
            self.clear()
            self.hide_list()
            self.added.emit(found)


class RollPanel(QWidget):
    """The table of a roll; what is called is kept only when it is confirmed."""

    confirmed = Signal()
    added = Signal(int)
    struck = Signal(object)
    """A RollLine."""

    def __init__(self) -> None:
        super().__init__()
        self._session: TrainingSession | None = None
        self._rows: list[Called] = []
        self.can_call = False
        self.add_field = AddPerson()
        self.add_field.added.connect(self.added)
        columns: list[Column[Called]] = [
            Column(
                key="number", title=self.tr("编号"), cell=lambda one: Cell(one.line.number, tone="ink2"), width=70,
                give_up=1,
            ),
            Column(
                key="name",
                title=self.tr("姓名"),
                cell=lambda one: Cell(one.line.name, second=one.line.enterprise, strong=True),
                width=120,
                stretch=1,
                least=80,
                must=True,
            ),
            Column(key="presence", title=self.tr("到没到"), cell=self._presence, width=100, must=True),
            Column(key="minutes", title=self.tr("学时"), cell=self._minutes, width=86, right=True, must=True),
        ]  # fmt: skip
        self.table = RecordTable[Called](
            columns, multi=False, empty_text=self.tr("名单还空着。在上面打姓名加人，或点“请人参加”。")
        )
        self.table.setAccessibleName(self.tr("点名"))
        self._put_aside: dict[int, dict[int, Called]] = {}
        """What was called and not confirmed in sessions that are not shown now."""
        self.table.setProperty("bleed", "panel")
        self.table.current_changed.connect(lambda _one: self._show_current())
        self.minutes = NumberField(0, 900)
        self.minutes.setFixedWidth(theme.px(84))
        self.minutes.setAccessibleName(self.tr("这一位的分钟数"))
        self.minutes.edited.connect(self._on_minutes)
        self._minutes_label = label(self.tr("分钟"), "sub")
        self.strike_button = button(self.tr("从名单去掉"), self._strike, size="s", icon="user-x")
        self.all_button = button(self.tr("没点的都到了"), self.all_came, size="s", icon="list-checks")
        self.confirm_button = button("", self.confirmed.emit, kind="primary", icon="check")
        self.told = label("", "cap", wrap=True)
        tools = wrapping(self.all_button, self.strike_button, self.minutes, self._minutes_label, gap=6)
        foot = row(self.told, self.confirm_button, gap=8)
        foot.setStretchFactor(self.told, 1)
        layout = column(self.add_field, self.table, tools, foot, margins=(12, 16), gap=8)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    # -- showing

    def show_roll(self, session: TrainingSession, lines: Sequence[RollLine], *, can_call: bool, keep: bool) -> None:
        """Show a session's roll with what was called and not confirmed; without ``keep`` the shown one's is dropped."""
        called = {one.id: one for one in self._rows if one.is_changed}
        if self._session is not None and self._session.id != session.id:
            if called:
                self._put_aside[self._session.id] = called
            called = self._put_aside.pop(session.id, {})
        elif not keep:
            called = {}
        self._session = session
        self.can_call = can_call
        self._rows = []
        for line in lines:
            kept = line.attendance
            shown = Called(line=line, presence=kept.presence, minutes=kept.minutes or session.minutes)
            before = called.get(shown.id)
            if before is not None:
                shown = replace(shown, presence=before.presence, minutes=before.minutes)
            self._rows.append(shown)
        self._show()

    def _show(self) -> None:
        self.table.set_rows(self._rows)
        if self.table.current() is None:
            self.table.choose_first()
        came = sum(one.presence is Presence.CAME for one in self._rows)
        open_count = sum(one.presence is Presence.INVITED for one in self._rows)
        changed = sum(one.is_changed for one in self._rows)
        self.confirm_button.setText(self.tr("记下点名，{count} 人到").format(count=came))
        self.confirm_button.setEnabled(self.can_call and changed > 0)
        self.confirm_button.setToolTip("" if changed else self.tr("还没有改动"))
        if not self.can_call:
            self.told.setText(self.tr("到了那天再点名；现在可以加人、印签到表。"))
        elif changed:
            self.told.setText(self.tr("改了 {count} 人，还没记下。").format(count=changed))
        else:
            self.told.setText(
                self.tr("1 到了　2 没来　3 请假　0 没点；还有 {count} 人没点。").format(count=open_count)
                if open_count
                else self.tr("1 到了　2 没来　3 请假　0 没点。")
            )
        self.all_button.setEnabled(self.can_call and open_count > 0)
        self._show_current()

    def _show_current(self) -> None:
        one = self.table.current()
        came = one is not None and one.presence is Presence.CAME and self.can_call
        self.minutes.setEnabled(came)
        self.minutes.set_value(one.minutes if one is not None and came else 0)
        self.strike_button.setEnabled(one is not None)

    def _presence(self, one: Called) -> Cell:
        icon, tone = words.PRESENCE_LOOK[one.presence]
        return Cell(labels.label(one.presence), icon=icon, tone=tone, strong=one.is_changed)

    def _minutes(self, one: Called) -> Cell:
        return Cell(words.hours(one.minutes) if one.presence is Presence.CAME else "—", tone="ink2")

    # -- calling

    def call(self, presence: Presence) -> None:
        """The current person came, did not, or excused themselves; on to the next."""
        one = self.table.current()
        if one is None or not self.can_call or self._session is None:
            return
        self._put(replace(one, presence=presence))
        rows = self.table.rows()
        at = next(index for index, row_ in enumerate(rows) if row_.id == one.id)
        if at + 1 < len(rows):
            self.table.choose(rows[at + 1].id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def all_came(self) -> None:
        """Everybody who was not called yet came."""
        self._rows = [
            replace(one, presence=Presence.CAME) if one.presence is Presence.INVITED else one for one in self._rows
        ]
        self._show()

    def note_came(self, provider_id: int) -> None:
        """Somebody who came unannounced was put on the roll: they are here."""
        for one in self._rows:
            if one.id == provider_id and one.presence is Presence.INVITED and self.can_call:
                self._put(replace(one, presence=Presence.CAME))
        self.table.choose(provider_id)

    def _on_minutes(self) -> None:
        one = self.table.current()
        if one is not None:
            self._put(replace(one, minutes=self.minutes.value()))

    def _put(self, changed: Called) -> None:
        self._rows = [changed if one.id == changed.id else one for one in self._rows]
        self._show()

    def _strike(self) -> None:
        one = self.table.current()
        if one is not None:
            self.struck.emit(one.line)

    @property
    def waiting(self) -> list[int]:
        """Sessions that are not shown now and in which something was called and not confirmed."""
        return list(self._put_aside)

    def forget(self, session_id: int) -> None:
        """Drop what was put aside of a session."""
        self._put_aside.pop(session_id, None)

    @property
    def is_changed(self) -> bool:
        """Whether somebody was called and it was not confirmed."""
        return any(one.is_changed for one in self._rows)

    def presences(self) -> Mapping[int, Presence]:
        """What was called and differs from what is kept, by provider id."""
        return {one.id: one.presence for one in self._rows if one.is_changed}

    def given_minutes(self) -> Mapping[int, int]:
        """Minutes of those who came, by provider id."""
        return {one.id: one.minutes for one in self._rows if one.presence is Presence.CAME}
