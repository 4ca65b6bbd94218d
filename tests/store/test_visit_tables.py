"""The narrow rows say what the visits say, after every write and undo."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jiuliting_desk.actions.history import redo, undo, undo_step
from jiuliting_desk.actions.places import merge_compounds
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import Overtaken
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, form_number
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store, usage
from jiuliting_desk.store.cipher import IntegrityError, connect
from jiuliting_desk.store.finding import Why, find
from jiuliting_desk.store.matching_rows import TIMES_SERVED
from jiuliting_desk.store.migrations import STEPS
from jiuliting_desk.store.visit_tables import SPAN

DAY = date(2026, 3, 18)


def narrow(store: Store) -> tuple[list[Any], list[Any]]:
    return (
        store.rows("SELECT id, provider_id, day, state, minutes FROM visit_provider ORDER BY id"),
        store.rows("SELECT id, category_id, need_id, quantity, minutes, day, state FROM visit_service ORDER BY id"),
    )


def people(store: Store) -> tuple[Elder, list[int]]:
    with store.operation("register"):
        elder = store.add(Elder(name="苗芬"))
        return elder, store.add_many([Provider(name="顾海宁"), Provider(name="汤立新")])


def planned(elder: Elder, provider_ids: tuple[int, ...]) -> Visit:
    return Visit(
        elder_id=elder.id,
        services=(ServiceLine(category_id=3, minutes=30), ServiceLine(category_id=1, quantity=2, minutes=60)),
        provider_ids=provider_ids,
        day=DAY,
        starts=840,
        minutes=90,
    )


def test_rows_follow_the_visit_through_writes_and_undo(store: Store) -> None:
    elder, (gu, tang) = people(store)
    states = [narrow(store)]
    with store.operation("book"):
        visit = store.add(planned(elder, (gu, tang)))
    first = visit.id * SPAN
    states.append(narrow(store))
    assert states[-1] == (
        [(first, gu, "2026-03-18", "planned", 90), (first + 1, tang, "2026-03-18", "planned", 90)],
        [(first, 3, None, 1, 30, "2026-03-18", "planned"), (first + 1, 1, None, 2, 60, "2026-03-18", "planned")],
    )
    with store.operation("done"):
        done = visit.done(on_site_minutes=60, today=DAY)
        store.update(done.attended(led_in=False, stayed=False, signed=False, cadre_id=None, absent_ids=(tang,)))
    states.append(narrow(store))
    assert [row[3:] for row in states[-1][0]] == [("done", 60), ("no_show", 60)]
    assert [row[4] for row in states[-1][1]] == [20, 40]
    with store.operation("change"):
        store.update_many([replace(store.get(Visit, visit.id), provider_ids=(tang,), day=date(2026, 3, 17))])
    states.append(narrow(store))
    with store.operation("remove"):
        store.remove(store.get(Visit, visit.id))
    states.append(narrow(store))
    assert states[-1] == ([], [])
    for expected in reversed(states[:-1]):
        undo(store)
        assert narrow(store) == expected
    for expected in states[1:]:
        redo(store)
        assert narrow(store) == expected


def test_a_person_whom_a_visit_names_is_not_undone(store: Store) -> None:
    elder, (gu, _) = people(store)
    with store.operation("register", "魏宁"):
        wei = store.add(Provider(name="魏宁"))
    registered = store.undoable()
    assert registered is not None
    with store.operation("book", "魏宁 → 苗芬"):
        store.add(planned(elder, (gu, wei.id)))
    with pytest.raises(Overtaken) as raised:
        undo_step(store, operation_id=registered.id)
    assert raised.value.by == ("book|魏宁 → 苗芬",)
    with pytest.raises(IntegrityError), store.operation("remove"):
        store.remove(wei)


def test_one_form_and_one_evaluation_for_each_visit(store: Store) -> None:
    elder, ids = people(store)
    with store.operation("book"):
        visit = store.add(planned(elder, tuple(ids)))
        store.add(FeedbackForm(visit_id=visit.id, number="B-0001", issued_on=DAY))
        store.add(Feedback(visit_id=visit.id, overall=5, entered_on=DAY))
    with pytest.raises(IntegrityError), store.operation("again"):
        store.add(Feedback(visit_id=visit.id, overall=4, entered_on=DAY))
    with pytest.raises(IntegrityError), store.operation("again"):
        store.add(FeedbackForm(visit_id=visit.id, number="B-0002", issued_on=DAY))
    with store.operation("another"):
        other = store.add(planned(elder, tuple(ids)))
    with pytest.raises(IntegrityError), store.operation("again"):
        store.add(FeedbackForm(visit_id=other.id, number="B-0001", issued_on=DAY))
    assert other.state is VisitState.PLANNED


def test_a_form_opens_its_visit(store: Store) -> None:
    elder, ids = people(store)
    with store.operation("book"):
        visit = store.add(planned(elder, tuple(ids)))
        store.add(FeedbackForm(visit_id=visit.id, number=form_number(326), issued_on=DAY))
        store.update(replace(elder, number="0326"))
    for text in ("B-0326", "b0326", "JLT-B-0326", "Ｂ－0326"):
        (hit,) = [hit for hit in find(store, text) if hit.kind == "visit"]
        assert (hit.record_id, hit.name, hit.why, hit.number) == (visit.id, "苗芬", Why.FORM_NUMBER, "B-0326")
        assert find(store, text)[0] == hit
    assert [hit.kind for hit in find(store, "0326")] == ["elder", "visit"]
    assert find(store, "B-0327") == []


def test_what_stands_on_people_and_places_counts_visits(store: Store) -> None:
    elder, (gu, tang) = people(store)
    with store.operation("book"):
        kept, gone = store.add(Compound(name="亭北新村")), store.add(Compound(name="亭北"))
        store.add(replace(planned(elder, (gu, tang)), compound_id=gone.id))
    assert usage.uses(store, store.get(Provider, tang)) == {"visit": 1}
    assert usage.uses(store, gone) == {"visit": 1}
    assert usage.uses(store, store.get(ServiceCategory, 3)) == {"visit": 1}
    with store.operation("merge"):
        merge_compounds(store, kept_id=kept.id, gone_id=gone.id, today=DAY)
    assert [visit.compound_id for visit in store.all(Visit)] == [kept.id]


def test_the_rows_of_services_know_the_score(store: Store) -> None:
    elder, ids = people(store)

    def scores() -> list[tuple[int, int | None]]:
        return store.rows("SELECT leads, overall FROM visit_service ORDER BY id")

    with store.operation("book"):
        lines = (*planned(elder, (ids[0],)).services, ServiceLine(category_id=1))
        visit = store.add(replace(planned(elder, (ids[0],)), services=lines))
    assert scores() == [(2, None), (1, None), (0, None)]
    with store.operation("enter"):
        answers = store.add(Feedback(visit_id=visit.id, overall=4, entered_on=DAY))
    with store.operation("move"):
        store.update(replace(visit, day=date(2026, 3, 19)))
    assert scores() == [(2, 4), (1, 4), (0, 4)]
    with store.operation("correct"):
        store.update(replace(answers, overall=2))
    assert scores()[0] == (2, 2)
    with store.operation("remove"):
        store.remove(answers)
    assert scores()[0] == (2, None)
    undo(store)
    assert scores()[0] == (2, 2)


def test_an_older_file_counts_no_visit_without_a_cadre_as_supervised(store: Store) -> None:
    elder, ids = people(store)
    with store.operation("book"):
        place = store.add(ResidentsCommittee(name="亭北"))
        leads = store.add(Cadre(name="何佩", committee_id=place.id)).id
        visit = replace(planned(elder, (ids[0],)).done(on_site_minutes=60, today=DAY), led_in=True, stayed=True)
        store.add_many([visit, replace(visit, starts=600, cadre_id=leads)])

    def counted(there: Store) -> list[int]:
        return [row[0] for row in there.rows("SELECT had_cadre FROM visit_service ORDER BY id")]

    assert counted(store) == [0, 0, 1, 1]
    path, at = store.path, STEPS.index("010_cadres_counted")
    store.close()
    connection = connect(str(path))
    connection.execute("UPDATE visit_service SET had_cadre = 1")
    connection.execute(f"DELETE FROM _sqlite_migrations WHERE name = '{STEPS[at]}'")
    connection.execute(f"PRAGMA user_version={at}")
    connection.commit()
    connection.close()
    again = Store.open(path)
    assert counted(again) == [0, 0, 1, 1]
    with again.operation("name"):
        again.update(replace(again.get(Visit, 1), cadre_id=leads))
    assert counted(again) == [1, 1, 1, 1]
    again.close()


def test_who_served_whom_is_found_without_an_index_made_on_the_way(store: Store) -> None:
    steps = [row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {TIMES_SERVED}", ("[1]",))]
    assert not any("AUTOMATIC" in step for step in steps)
    assert any("SEARCH p USING INTEGER PRIMARY KEY" in step for step in steps)
