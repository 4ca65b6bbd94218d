"""References that a step broke are found beside the rows that it touched, as looking at the whole file finds them."""

from datetime import date

import pytest

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import FeedbackForm, FormState
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store import Store
from jiuliting_desk.store.references import all_broken_references, broken_references
from tests.actions.people import CHAT, TODAY, elder, need, volunteer

DAY = date(2026, 3, 20)


@pytest.fixture
def full(store: Store) -> Store:
    """Two elders; the first has a need, a claim on it, a visit of two volunteers for it and its form."""
    first, _ = elder(store), elder(store, "马根宝")
    one, other = volunteer(store), volunteer(store, "汤立新")
    wanted = need(store, first.id, CHAT)
    with store.operation("set up"):
        store.add(Claim.begun(need_id=wanted.id, provider_id=one.id, today=TODAY, days=14))
        service = ServiceLine(category_id=CHAT, need_id=wanted.id)
        made = store.add(
            Visit(
                elder_id=first.id,
                services=(service,),
                provider_ids=(one.id, other.id),
                day=DAY,
                starts=540,
                minutes=60,
            )
        )
        store.add(FeedbackForm(visit_id=made.id, number="B-0001", state=FormState.OUT, issued_on=DAY))
    return store


@pytest.mark.parametrize(
    ("table", "record_class", "broken"),
    [
        ("elder", Elder, {"need", "visit"}),
        ("provider", Provider, {"claim", "visit_provider"}),
        ("need", Need, {"claim", "visit_service"}),
        ("visit", Visit, {"feedback_form"}),
        ("claim", Claim, set()),
    ],
)
def test_what_refers_to_a_row_that_is_gone_is_found(
    full: Store, table: str, record_class: type, broken: set[str]
) -> None:
    with full.operation("remove") as step:
        full.execute("PRAGMA defer_foreign_keys=ON")
        full.remove(full.get(record_class, 1))
        found = broken_references(full, {table: {1}})
        assert {one.table for one in found} == broken
        assert set(found) == set(all_broken_references(full))
        assert broken_references(full, {"committee": {1}}) == []
        step.changes.clear()


def test_rows_that_came_back_without_what_they_refer_to_are_found(full: Store) -> None:
    with full.operation("remove") as step:
        full.execute("PRAGMA defer_foreign_keys=ON")
        for record_class in (Provider, Elder):
            full.remove(full.get(record_class, 1))
        found = broken_references(full, {"visit": {1}})
        assert {(one.table, one.parent, one.parent_id) for one in found} == {
            ("visit", "elder", 1),
            ("visit_provider", "provider", 1),
        }
        assert broken_references(full, {"visit": {2}}) == []
        step.changes.clear()
