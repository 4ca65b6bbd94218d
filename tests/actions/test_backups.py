"""Backups as the desk makes them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jiuliting_desk.actions import backups
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import StorageTrouble, Store, Trouble, backup
from tests.actions.people import TODAY

MORNING = datetime(2026, 3, 18, 8, 0).astimezone()


class Clock:
    """A clock that the test winds."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at

    def on(self, **time: float) -> datetime:
        """Wind it on."""
        self.at += timedelta(**time)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(case_file: Path, clock: Clock) -> Iterator[Store]:
    """A store that goes by the test's clock."""
    opened = Store.open(case_file, who="何佩", now=clock)
    yield opened
    opened.close()


def work(store: Store) -> Elder:
    with store.operation("register_elder"):
        return store.add(Elder(name="高莲英"))


def test_a_backup_is_made_only_where_something_changed(desk: Store, clock: Clock) -> None:
    assert backups.back_up_if_changed(desk, reason="timer") is None
    work(desk)
    clock.on(minutes=30)
    made = backups.back_up_if_changed(desk, reason="timer")
    assert made is not None
    assert made.reason == "timer"
    clock.on(minutes=30)
    assert backups.back_up_if_changed(desk, reason="timer") is None
    work(desk)
    assert backups.standing(desk, now=clock()).steps_since == 1
    assert backups.back_up_if_changed(desk, reason="close") is not None
    assert [found.reason for found in backups.list_backups(desk.path)] == ["close", "timer"]


def test_today_without_a_backup_is_told(desk: Store, clock: Clock) -> None:
    assert backups.standing(desk, now=clock()).last is None
    backups.back_up(desk, reason="hand")
    assert backups.standing(desk, now=clock()).is_of_today
    now = backups.standing(desk, now=clock.on(days=1))
    assert (now.is_of_today, now.last is not None) == (False, True)


def test_old_backups_are_thinned_out(desk: Store, clock: Clock) -> None:
    for _ in range(6):
        clock.on(hours=1)
        backups.back_up(desk, reason="hand")
    clock.on(days=4)
    backups.back_up(desk, reason="hand")
    assert len(backups.list_backups(desk.path)) == 2


def test_the_second_place_gets_one_a_week_and_keeps_ten(desk: Store, clock: Clock, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    assert not backups.standing(desk, now=clock()).is_second_due
    with desk.operation("change_settings"):
        change_settings(desk, values={"second_backup_folder": str(stick)}, today=TODAY)
    assert backups.standing(desk, now=clock()).is_second_due
    for _ in range(12):
        made = backups.back_up_to_second_place(desk)
        assert not backups.standing(desk, now=clock.on(days=7)).is_second_due
        assert backups.standing(desk, now=clock.on(hours=1)).is_second_due
    assert len(list(stick.glob("*.db"))) == 10
    assert made.path.exists()
    assert backups.check(desk, path=made.path)
    assert backups.list_backups(desk.path) == []


def test_the_second_place_keeps_the_one_just_made_whatever_the_clock_said(
    desk: Store, clock: Clock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    with desk.operation("change_settings"):
        change_settings(desk, values={"second_backup_folder": str(stick)}, today=TODAY)
    clock.on(days=3650)
    for _ in range(12):
        backups.back_up_to_second_place(desk)
        clock.on(days=7)
    clock.at = MORNING
    made = backups.back_up_to_second_place(desk)
    assert made.path.exists()
    assert len(list(stick.glob("*.db"))) == 10


def test_a_second_place_that_is_not_there_is_told(desk: Store, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("x")
    with desk.operation("change_settings"):
        change_settings(desk, values={"second_backup_folder": str(tmp_path / "stick")}, today=TODAY)
    with pytest.raises(StorageTrouble) as raised:
        backups.back_up_to_second_place(desk)
    assert raised.value.trouble is Trouble.NO_ACCESS


def test_going_back_brings_the_old_state_and_keeps_the_newer_file(desk: Store, clock: Clock) -> None:
    elder = work(desk)
    made = backups.back_up(desk, reason="hand")
    with desk.operation("edit_elder"):
        desk.update(replace(elder, name="错"))
    path, key = desk.path, desk.key
    desk.close()
    aside = backups.restore(path, path=made.path, key=key, now=clock())
    again = Store.open(path, now=clock)
    assert again.all(Elder) == [elder]
    again.close()
    newer = Store.open(aside, now=clock)
    assert newer.all(Elder) == [replace(elder, name="错")]
    newer.close()
    assert backup.backup_folder(path).is_dir()


def test_work_after_going_back_is_new_again(desk: Store, clock: Clock) -> None:
    work(desk)
    first = backups.back_up(desk, reason="hand")
    assert backups.steps_since(desk, first) == 0
    for _ in range(3):
        clock.on(minutes=1)
        work(desk)
    assert backups.steps_since(desk, first) == 3
    clock.on(minutes=1)
    newer = backups.back_up(desk, reason="restore")
    path, key = desk.path, desk.key
    desk.close()
    backups.restore(path, path=first.path, key=key, now=clock())
    again = Store.open(path, now=clock)
    assert backups.standing(again, now=clock()).steps_since == 0
    for steps in range(1, 5):
        clock.on(minutes=1)
        work(again)
        assert backups.steps_since(again, newer) == steps
    again.close()
