"""培训与沙龙: planned, people asked, the roll called with digits, kept in one step."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.trainings import hours_of, roll
from jiuliting_desk.model.trainings import Attendance, Presence, TrainingKind, TrainingSession, TrainingState
from jiuliting_desk.store import Store
from jiuliting_desk.store.trainings import uncalled_count
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.trainings import TrainingsPage
from jiuliting_desk.ui.pages.trainings.inviting import InviteDialog
from jiuliting_desk.ui.record_dialog import RecordDialog
from tests.actions.people import CHAT, HAIRCUT, TODAY, enterprise, volunteer
from tests.ui.scripted import ScriptedDialogs

Open = Callable[..., MainWindow]


@pytest.fixture
def page(open_window: Open, store: Store) -> TrainingsPage:
    """Today's training with two on the roll, a salon to come, four volunteers."""
    firm = enterprise(store)
    people = [
        volunteer(store, "顾海宁", number="V0001", skills=(HAIRCUT,)),
        volunteer(store, "汤立新", number="V0002", skills=(CHAT,), enterprise_id=firm.id),
        volunteer(store, "钟毓秀", number="V0003", skills=(CHAT,)),
        volunteer(store, "俞敏芳", number="V0004", skills=(CHAT,)),
    ]
    with store.operation("plan_training"):
        today = store.add(TrainingSession(topic="上门礼仪", day=TODAY, minutes=90))
        store.add(TrainingSession(topic="茶话会", kind=TrainingKind.SALON, day=TODAY + timedelta(days=9)))
        store.add_many([Attendance(session_id=today.id, provider_id=one.id) for one in people[:2]])
    found = open_window("trainings").current_page()
    assert isinstance(found, TrainingsPage)
    found.table.choose(today.id)
    return found


def called(store: Store) -> dict[str, tuple[Presence, int]]:
    return {line.name: (line.attendance.presence, line.attendance.minutes) for line in roll(store, session_id=1)}


def test_sessions_are_listed_with_what_is_left_to_do(page: TrainingsPage, store: Store) -> None:
    assert [page.table.cell_text(row, "topic") for row in range(2)] == ["茶话会", "上门礼仪"]
    assert [page.table.cell_text(row, "state") for row in range(2)] == ["已安排", "还没点名"]
    assert uncalled_count(store, today=TODAY) == 1
    assert page.panel.title() == "上门礼仪"
    page.kind.setCurrentIndex(2)
    page.kind.edited.emit()
    assert [line.session.topic for line in page.table.rows()] == ["茶话会"]
    page.show_record(None, "")
    assert not page.roll.all_button.isEnabled()


def test_the_roll_is_called_by_keyboard_in_one_step(page: TrainingsPage, store: Store) -> None:
    window = page.window()
    page.roll.table.setFocus()
    page.roll.table.choose(page.roll.table.rows()[0].id)
    QTest.keyClick(window, Qt.Key.Key_1)
    QTest.keyClick(window, Qt.Key.Key_3)
    assert set(called(store).values()) == {(Presence.INVITED, 0)}
    assert page.has_unsaved()
    QTest.keyClick(window, Qt.Key.Key_F3)
    QTest.keyClicks(page.roll.add_field, "zyx")
    QTest.keyClick(page.roll.add_field, Qt.Key.Key_Return)
    assert page.roll.add_field.text() == ""
    assert page.roll.table.current() is not None
    page.roll.minutes.setValue(45)
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert called(store) == {
        "顾海宁": (Presence.CAME, 90),
        "汤立新": (Presence.EXCUSED, 0),
        "钟毓秀": (Presence.CAME, 45),
    }
    assert store.get(TrainingSession, 1).state is TrainingState.HELD
    assert hours_of(store, provider_id=2).training_minutes == 90
    assert not page.has_unsaved()
    undo(store)
    assert {presence for presence, _ in called(store).values()} == {Presence.INVITED}


def test_a_called_roll_is_not_lost_when_the_page_is_left(
    page: TrainingsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.roll.all_came()
    gone: list[int] = []
    dialogs.answers = ["stay", "save"]
    page.leave(lambda: gone.append(1))
    assert not gone
    page.leave(lambda: gone.append(1))
    assert gone
    assert {presence for presence, _ in called(store).values()} == {Presence.CAME}


def test_a_called_roll_is_not_lost_when_another_session_is_looked_at(
    page: TrainingsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.roll.all_came()
    first = page.table.current()
    assert first is not None
    other = next(line for line in page.table.rows() if line.session.id != first.session.id)
    page.table.choose(other.session.id)
    assert not page.roll.is_changed
    assert page.has_unsaved()
    page.table.choose(first.session.id)
    assert {one.presence for one in page.roll.table.rows()} == {Presence.CAME}
    page.table.choose(other.session.id)
    gone: list[int] = []
    dialogs.answers = ["save"]
    page.leave(lambda: gone.append(1))
    assert gone
    assert {presence for presence, _ in called(store).values()} == {Presence.CAME}
    assert not page.has_unsaved()


def test_several_are_asked_at_once_by_what_they_can_do(
    page: TrainingsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.invite_button.click()
    (dialog,) = dialogs.shown
    assert isinstance(dialog, InviteDialog)
    assert [one.name for one in dialog.table.rows()] == ["钟毓秀", "俞敏芳"]
    dialog.skill.setCurrentIndex(1)
    dialog.skill.edited.emit()
    dialog.all_button.click()
    dialog.invite_button.click()
    assert set(called(store)) == {"顾海宁", "汤立新", "钟毓秀", "俞敏芳"}
    page.roll.table.choose(2)
    page.roll.strike_button.click()
    assert "顾海宁" not in called(store)
    assert dialogs.asked == []


def test_minutes_are_not_taken_out_of_a_record_unasked(
    page: TrainingsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.roll.all_came()
    page.keep_roll()
    page.roll.table.choose(2)
    dialogs.answers = ["", "do"]
    page.roll.strike_button.click()
    assert called(store)["顾海宁"][0] is Presence.CAME
    page.roll.strike_button.click()
    assert "顾海宁" not in called(store)
    assert {question.title for question in dialogs.asked} == {"把顾海宁从名单去掉？"}


def test_one_is_planned_changed_cancelled_and_planned_again(
    page: TrainingsPage, store: Store, dialogs: ScriptedDialogs
) -> None:
    page.plan()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, RecordDialog)
    dialog.form.set_values(topic="急救", day=None)
    dialog.form.fields["starts"].setText("25.00")  # type: ignore[attr-defined]
    dialog.save_button.click()
    assert "9:30" in dialog.form.complaint("starts")
    dialog.form.fields["starts"].setText("930")  # type: ignore[attr-defined]
    dialog.save_button.click()
    assert dialog.form.complaint("day")
    dialog.form.set_values(topic="急救", day=TODAY, starts=570)
    dialog.save_button.click()
    (made,) = store.where(TrainingSession, topic="急救")
    assert (made.starts, page.panel.title()) == (570, "急救")
    dialogs.answers = [("do", "讲师病了")]
    page.cancel()
    assert store.get(TrainingSession, made.id).reason == "讲师病了"
    assert page.again_button.isVisible()
    page.again_button.click()
    assert store.get(TrainingSession, made.id).state is TrainingState.PLANNED
