"""电话预约 on a month's last days: who could go is told for the month in which the visit falls."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from jiuliting_desk.actions.callers import who_could_go
from jiuliting_desk.actions.pairings import claim_need, release_claim
from jiuliting_desk.model.elders import Phone
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Certificate
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.phone import PhonePage
from jiuliting_desk.ui.remembered import Remembered
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.week_grid import GridSlot
from tests.actions.people import AIRCON, HAIRCUT, elder, need, volunteer
from tests.actions.visits import book
from tests.ui.phone import open_phone
from tests.ui.scripted import ScriptedDialogs


@pytest.fixture
def clock() -> list[datetime]:
    """What time it is: Friday 27 November, until a test sets it."""
    return [datetime(2026, 11, 27, 9, 0, tzinfo=UTC)]


@pytest.fixture
def session(store: Store, dialogs: ScriptedDialogs, tmp_path: Path, clock: list[datetime]) -> Iterator[Session]:
    """A session on an empty file."""
    made = Session(store, dialogs=dialogs, remembered=Remembered(tmp_path / "window.json"), now=lambda: clock[0])
    yield made
    made.jobs.stop()


@pytest.fixture
def page(store: Store, open_window: Callable[..., MainWindow]) -> PhonePage:
    """高莲英 waits; one barber has a visit left in December only, the other two in each month."""
    gao = elder(store, phones=(Phone(number="10000004417"),))
    need(store, gao.id, HAIRCUT)
    full = volunteer(store, visits_per_month=1)
    volunteer(store, "汤立新", visits_per_month=2)
    book(store, elder(store, "奚金").id, full.id, day=date(2026, 11, 30))
    found = open_phone(open_window)
    found.take(gao.id)
    return found


def told(page: PhonePage) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What is told of the month of each, and what stands against them."""
    shown = page.left.people.list
    lines = [shown.lines_model.line(at) for at in range(len(shown.rows()))]
    return {line.title: (line.right, tuple(chip.text for chip in line.chips if chip.icon == "ban")) for line in lines}


def test_who_is_full_this_month_goes_in_the_next(page: PhonePage) -> None:
    assert page.plan.day == date(2026, 12, 1)
    assert told(page) == {"顾海宁": ("12 月 0/1 次", ()), "汤立新": ("12 月 0/2 次", ())}
    page.left.people.chosen.emit(2)
    assert page.plan.day is not None
    page.when.slot_chosen.emit(GridSlot(day=date(2026, 11, 30), starts=9 * 60, minutes=30))
    page.left.people.findChildren(QPushButton)[0].click()
    assert told(page) == {"汤立新": ("本月 0/2 次", ()), "顾海宁": ("", ("当月名额用完了",))}


def test_who_claimed_a_need_for_the_month_to_come_is_proposed_in_that_month(page: PhonePage, session: Session) -> None:
    tang, first = 2, page.session.store.where(Need)[0]
    session.perform(claim_need, need_id=first.id, provider_id=tang, month=date(2026, 12, 1))
    page.drop_caller()
    page.take(first.elder_id)
    assert (page.plan.provider_id, page.plan.day) == (tang, date(2026, 12, 1))
    page.left.people.chosen.emit(1)
    page.left.people.chosen.emit(tang)
    assert page.plan.day == date(2026, 12, 1)
    session.perform(release_claim, need_id=first.id)
    page.left.people.chosen.emit(1)
    page.left.people.chosen.emit(tang)
    assert page.plan.day == date(2026, 11, 27)


def test_a_booking_left_over_its_day_is_proposed_at_a_time_to_come(
    page: PhonePage, session: Session, clock: list[datetime]
) -> None:
    assert page.plan.day == date(2026, 12, 1)
    left = page.plan
    clock[0] = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
    page.refresh()
    assert (page.plan.provider_id, page.plan.day) == (left.provider_id, date(2026, 12, 3))
    assert page.when.says_against == ""
    # A day gone by that is chosen on purpose stays, to write down what was done.
    page.when.slot_chosen.emit(GridSlot(day=date(2026, 12, 2), starts=9 * 60, minutes=30))
    page.refresh()
    assert page.plan.day == date(2026, 12, 2)
    # The same of a call that was held.
    page.take(elder(session.store, "奚金生").id)
    page.resume(left)
    assert page.plan.day == date(2026, 12, 3)


def test_a_certificate_that_ends_before_the_day_is_told_with_its_last_day(
    store: Store, open_window: Callable[..., MainWindow]
) -> None:
    gao, cleaner = elder(store, phones=(Phone(number="10000004417"),)), volunteer(store, "葛林", skills=(AIRCON,))
    need(store, gao.id, AIRCON)
    with store.operation("certificate"):
        store.add(Certificate(provider_id=cleaner.id, kind="空调清洗", expires_on=date(2026, 12, 3)))
    (found,) = who_could_go(store, elder_id=gao.id, category_id=AIRCON, today=date(2026, 11, 27))
    assert (found.barriers, found.certificate_ends) == ((), date(2026, 12, 3))
    page = open_phone(open_window)
    page.take(gao.id)
    page.when.slot_chosen.emit(GridSlot(day=date(2026, 12, 8), starts=9 * 60, minutes=60))
    assert told(page) == {"葛林": ("", ("证书 12月3日到期",))}
    assert "葛林（清洗空调）：证书 12月3日到期，之后的上门要换证" in page.when.says_against
