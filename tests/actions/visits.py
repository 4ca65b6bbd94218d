"""Invented visits for the tests of actions and pages."""

from datetime import date, timedelta
from typing import Any

from jiuliting_desk.actions.bookings import book_visit
from jiuliting_desk.actions.visits import Outcome, finish_visit
from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store import Store
from tests.actions.people import HAIRCUT, TODAY

TOMORROW = TODAY + timedelta(days=1)
NEXT_WEDNESDAY = TODAY + timedelta(days=7)


def cadre(store: Store, name: str = "何佩", *, committee: str = "亭北") -> int:
    """The id of a cadre of a committee."""
    with store.operation("places"):
        place = store.add(ResidentsCommittee(name=committee))
        return store.add(Cadre(name=name, committee_id=place.id)).id


def book(
    store: Store,
    elder_id: int,
    *provider_ids: int,
    category_id: int = HAIRCUT,
    day: date = NEXT_WEDNESDAY,
    starts: int = 14 * 60,
    today: date = TODAY,
    **more: Any,
) -> Visit:
    """A booked visit."""
    with store.operation("book_visit"):
        return book_visit(
            store,
            elder_id=elder_id,
            services=more.pop("services", (ServiceLine(category_id=category_id),)),
            provider_ids=provider_ids,
            day=day,
            starts=starts,
            today=today,
            **more,
        )


def done(
    store: Store,
    elder_id: int,
    *provider_ids: int,
    day: date = TODAY,
    category_id: int = HAIRCUT,
    starts: int = 14 * 60,
    today: date = TODAY,
    services: tuple[ServiceLine, ...] = (),
    **outcome: Any,
) -> Visit:
    """A visit that took place on its day."""
    visit = book(
        store,
        elder_id,
        *provider_ids,
        day=day,
        starts=starts,
        today=day,
        services=services or (ServiceLine(category_id=category_id),),
        reason="补录",
    )
    with store.operation("finish_visit"):
        return finish_visit(store, outcome=Outcome(visit_id=visit.id, **outcome), today=max(day, today))
