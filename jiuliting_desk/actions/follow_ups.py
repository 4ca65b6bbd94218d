"""Follow-ups: opened by hand or by what was told, handed on, closed with an outcome."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.store import Store
from jiuliting_desk.store import follow_ups as queries


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """A follow-up with whom it is about."""

    follow_up: FollowUp
    name: str
    category: str
    visit_day: date | None
    providers: str
    is_overdue: bool


def open_follow_up(
    store: Store,
    *,
    elder_id: int,
    what: str,
    today: date,
    cause: Cause = Cause.OTHER,
    visit_id: int | None = None,
    owner: str = "",
    due_on: date | None = None,
) -> FollowUp:
    """A follow-up by hand, due after the days of the settings. Raises DateOrder and NotThere."""
    store.running.about = store.get(Elder, elder_id).name
    return store.add(
        FollowUp(
            elder_id=elder_id,
            visit_id=visit_id,
            cause=cause,
            what=what,
            owner=owner or store.who,
            opened_on=today,
            due_on=due_on or today + timedelta(days=number_setting(store, "follow_up_days")),
        ).checked()
    )


def close_follow_up(store: Store, *, follow_up_id: int, outcome: str, today: date) -> FollowUp:
    """Looked into, with an outcome. Raises Missing without one, WrongState once it is closed."""
    return store.update(_named(store, follow_up_id).closed(outcome=outcome, on=today))


def reopen_follow_up(store: Store, *, follow_up_id: int, today: date) -> FollowUp:
    """Not over after all. Raises WrongState where it is open."""
    days = number_setting(store, "follow_up_days")
    return store.update(_named(store, follow_up_id).reopened(due_on=today + timedelta(days=days)))


def assign_follow_up(
    store: Store, *, follow_up_id: int, owner: str, due_on: date, today: date, notes: str = ""
) -> FollowUp:
    """Another owner, another day, a note. Raises DateOrder."""
    del today
    follow_up = _named(store, follow_up_id)
    told = "\n".join(part for part in (follow_up.notes, notes.strip()) if part)
    return store.update(replace(follow_up, owner=owner, due_on=due_on, notes=told).checked())


def open_follow_ups(store: Store, *, today: date) -> list[FollowUpLine]:
    """All that are open, the earliest due first."""
    return [_line(found, today) for found in queries.open_lines(store)]


def closed_follow_ups(store: Store, *, since: date, today: date) -> list[FollowUpLine]:
    """Those closed since a day, the last first."""
    return [_line(found, today) for found in queries.closed_lines(store, since=since)]


def _line(found: queries.Line, today: date) -> FollowUpLine:
    follow_up, name, category, visit_day, providers = found
    return FollowUpLine(
        follow_up=follow_up,
        name=name,
        category=category,
        visit_day=visit_day,
        providers=providers,
        is_overdue=follow_up.is_open and follow_up.due_on < today,
    )


def _named(store: Store, follow_up_id: int) -> FollowUp:
    follow_up = store.get(FollowUp, follow_up_id)
    store.running.about = store.get(Elder, follow_up.elder_id).name
    return follow_up
