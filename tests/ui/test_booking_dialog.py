"""A visit of several services and people booked and changed; series begun, with what stands against them named."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.recurrence import Holiday, Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui.booking_dialog import BookingDialog, BookingDraft, draft_of
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.elders.needs_tab import NeedsTab
from jiuliting_desk.ui.pages.elders.page import EldersPage
from jiuliting_desk.ui.session import Ref, Session
from tests.actions.people import CHAT, HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, book
from tests.ui.scripted import ScriptedDialogs

Opened = Callable[[BookingDraft], BookingDialog]


@pytest.fixture
def gao(store: Store) -> Elder:
    """Two volunteers, and 高莲英 who waits for a haircut and for company."""
    volunteer(store, "顾海宁", number="V0001", visits_per_month=None)
    volunteer(store, "汤立新", number="V0002", visits_per_month=None)
    found = elder(store)
    need(store, found.id, HAIRCUT)
    need(store, found.id, CHAT)
    return found


@pytest.fixture
def opened(session: Session, open_window: Callable[..., MainWindow]) -> Opened:
    open_window("visits")

    def show(draft: BookingDraft) -> BookingDialog:
        made = BookingDialog(session, draft)
        session.dialogs.show(made)
        return made

    return show


def at(day: date = NEXT_WEDNESDAY, starts: int = 840) -> dict[str, object]:
    return {"day": day, "starts": starts}


def test_two_needs_and_two_people_in_one_visit(opened: Opened, store: Store, gao: Elder) -> None:
    dialog = opened(BookingDraft(elder_id=gao.id, services=(ServiceLine(category_id=HAIRCUT),), **at()))  # type: ignore[arg-type]
    services, people = dialog.form.fields["services"], dialog.form.fields["provider_ids"]
    services.add_button.click()  # type: ignore[attr-defined]
    people.add_button.click()  # type: ignore[attr-defined]
    dialog.form.set_values(provider_ids=(1, 2))
    dialog.form.edited.emit("provider_ids")
    assert dialog.against.text() == "没有冲突。"
    dialog.save_button.click()
    (visit,) = store.all(Visit)
    assert (visit.provider_ids, set(visit.category_ids), len(visit.need_ids)) == ((1, 2), {HAIRCUT, CHAT}, 2)
    assert {one.state for one in store.all(Need)} == {NeedState.BOOKED}
    assert visit.minutes == sum(line.minutes for line in visit.services)


def test_people_are_found_by_initials_with_the_keyboard(opened: Opened, store: Store, gao: Elder) -> None:
    dialog = opened(BookingDraft(elder_id=gao.id, services=(ServiceLine(category_id=HAIRCUT),), **at()))  # type: ignore[arg-type]
    field = dialog.form.fields["provider_ids"].first()  # type: ignore[attr-defined]
    field.setFocus()
    QTest.keyClicks(field, "tlx")
    QTest.keyClick(field, Qt.Key.Key_Return)
    dialog.save_button.click()
    assert [visit.provider_ids for visit in store.all(Visit)] == [(2,)]


def test_a_clash_is_named_and_overridden_with_a_reason(opened: Opened, store: Store, gao: Elder) -> None:
    book(store, elder(store, "周荣生").id, 1, day=NEXT_WEDNESDAY, starts=840)
    services = (ServiceLine(category_id=HAIRCUT),)
    dialog = opened(BookingDraft(elder_id=gao.id, services=services, provider_ids=(1,), **at()))  # type: ignore[arg-type]
    assert "顾海宁 14:00–14:30 已约周荣生" in dialog.against.text()
    dialog.save_button.click()
    assert dialog.reason.complaint("reason")
    dialog.reason.set_values(reason="同一幢楼")
    dialog.save_button.click()
    assert [one.override_reason for one in store.where(Visit, elder_id=gao.id)] == ["同一幢楼"]


def test_a_series_is_begun_and_skips_holidays(opened: Opened, store: Store, gao: Elder) -> None:
    with store.operation("add_holidays"):
        store.add(Holiday(day=NEXT_WEDNESDAY + timedelta(weeks=1), name="春游"))
    services = (ServiceLine(category_id=CHAT),)
    dialog = opened(BookingDraft(elder_id=gao.id, services=services, provider_ids=(1,), **at()))  # type: ignore[arg-type]
    assert dialog.times.fields["count"].isHidden()
    dialog.times.set_values(interval=Interval.WEEKLY, count=4)
    dialog.times.edited.emit("interval")
    assert not dialog.times.fields["count"].isHidden()
    assert "先排好 4 次" in dialog.days.text()
    assert "4月1日（春游）" in dialog.days.text()
    assert dialog.save_button.text() == "排好定期上门"
    dialog.save_button.click()
    days = [visit.day for visit in store.all(Visit, order="day")]
    assert days == [NEXT_WEDNESDAY + timedelta(weeks=week) for week in (0, 2, 3, 4)]
    undo(store)
    assert not store.all(Visit)
    assert not store.all(Series)


def test_a_series_begins_with_a_visit_that_is_booked(opened: Opened, store: Store, gao: Elder) -> None:
    visit = book(store, gao.id, 1, category_id=CHAT)
    dialog = opened(draft_of(visit, begins_series=True))
    dialog.times.set_values(interval=Interval.FORTNIGHTLY, until=NEXT_WEDNESDAY + timedelta(weeks=4))
    dialog.times.edited.emit("interval")
    assert dialog.against.text() == "没有冲突。"
    dialog.save_button.click()
    assert [one.day for one in store.all(Visit, order="day")] == [
        NEXT_WEDNESDAY + timedelta(weeks=week) for week in (0, 2, 4)
    ]
    assert {one.series_id for one in store.all(Visit)} == {1}


def test_on_the_telephone_the_call_is_logged_with_the_series(opened: Opened, store: Store, gao: Elder) -> None:
    services = (ServiceLine(category_id=CHAT),)
    draft = BookingDraft(
        elder_id=gao.id, services=services, provider_ids=(1,), interval=Interval.MONTHLY_BY_WEEKDAY, is_call=True,
        phone="10000004417", **at(),  # type: ignore[arg-type]
    )  # fmt: skip
    opened(draft).save_button.click()
    (call,) = store.all(Call)
    assert (call.phone, call.visit_id) == ("10000004417", store.all(Visit, order="day")[0].id)


def test_a_planned_visit_is_changed_alone_or_with_those_to_come(opened: Opened, store: Store, gao: Elder) -> None:
    services = (ServiceLine(category_id=CHAT),)
    draft = BookingDraft(elder_id=gao.id, services=services, provider_ids=(1,), interval=Interval.WEEKLY, **at())  # type: ignore[arg-type]
    opened(draft).save_button.click()
    first, second, *_ = store.all(Visit, order="day")
    alone = opened(draft_of(first))
    alone.form.fields["services"].add_button.click()  # type: ignore[attr-defined]
    alone.form.set_values(provider_ids=(1, 2))
    alone.save_button.click()
    changed = store.get(Visit, first.id)
    assert (changed.provider_ids, len(changed.services)) == ((1, 2), 2)
    assert store.get(Visit, second.id).provider_ids == (1,)
    every = opened(draft_of(store.get(Visit, second.id)))
    every.form.set_values(provider_ids=(2,))
    every.times.set_values(which="all", starts=600)
    every.save_button.click()
    assert {(one.provider_ids, one.starts) for one in store.all(Visit) if one.day >= second.day} == {((2,), 600)}


def test_what_lacks_is_said_at_its_field(opened: Opened, store: Store, gao: Elder) -> None:
    dialog = opened(BookingDraft(elder_id=gao.id))
    dialog.save_button.click()
    assert dialog.times.complaint("starts")
    dialog.times.set_values(starts=600)
    dialog.save_button.click()
    assert dialog.times.complaint("day")
    dialog.times.set_values(day=TODAY, starts=600)
    dialog.save_button.click()
    assert dialog.form.complaint("provider_ids")
    dialog.reject()
    assert not store.all(Visit)


def test_notes_of_a_visit_against_a_warning_want_no_new_reason(opened: Opened, store: Store, gao: Elder) -> None:
    book(store, elder(store, "周荣生").id, 1, day=NEXT_WEDNESDAY, starts=840)
    visit = book(store, gao.id, 1, day=NEXT_WEDNESDAY, starts=840, reason="同一幢楼")
    dialog = opened(draft_of(visit))
    assert dialog.reason.fields["reason"].value() == "同一幢楼"  # type: ignore[attr-defined]
    dialog.reason.set_values(reason="")
    dialog.form.set_values(notes="带梯子")
    dialog.save_button.click()
    assert store.get(Visit, visit.id).notes == "带梯子"
    moved = opened(draft_of(store.get(Visit, visit.id)))
    moved.reason.set_values(reason="")
    moved.times.set_values(starts=845)
    moved.save_button.click()
    assert moved.reason.complaint("reason")
    moved.reject()


def test_a_need_becomes_a_series_of_its_rhythm(
    store: Store, gao: Elder, open_window: Callable[..., MainWindow], dialogs: ScriptedDialogs
) -> None:
    with store.operation("need"):
        wanted = store.add(Need(elder_id=gao.id, category_id=CHAT, rhythm=Rhythm.WEEKLY, since=TODAY))
    window = open_window("elders")
    window.session.goto("elders", Ref(Elder, gao.id))
    page = window.current_page()
    assert isinstance(page, EldersPage)
    page.panel.show_tab("needs")
    tab = page.panel.findChild(NeedsTab)
    assert tab is not None
    tab.table.choose(wanted.id)
    tab.book_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, BookingDialog)
    assert dialog.times.fields["interval"].value() is Interval.WEEKLY  # type: ignore[attr-defined]
    dialog.form.set_values(provider_ids=(1,))
    dialog.times.set_values(day=NEXT_WEDNESDAY, starts=600, count=2)
    dialog.save_button.click()
    assert [one.need_ids for one in store.all(Visit)] == [(wanted.id,), (wanted.id,)]
    assert store.get(Need, wanted.id).state is NeedState.BOOKED
