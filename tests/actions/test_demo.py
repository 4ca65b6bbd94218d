"""The invented sub-district is reproducible and visibly invented."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.today import morning
from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FormState
from jiuliting_desk.model.identity import read_id_number
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from tests.store.test_undo import contents

DAY = date(2026, 3, 18)

SAME = """
import sys
from datetime import date, timedelta, datetime, UTC
from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.store import Store
store = Store.open(sys.argv[1], now=lambda: datetime(2026, 3, 18, tzinfo=UTC))
with store.operation("demo"):
    fill_with_demo(store, elders=60, volunteers=12, visits=40, seed=5, today=date(2026, 3, 18))
rows = []
for table in "elder need provider pairing card claim certificate refusal visit call feedback".split():
    rows.append(repr(store.rows(f"SELECT * FROM {table} ORDER BY id")))
import hashlib
print(hashlib.sha256("".join(rows).encode()).hexdigest())
store.close()
"""


def test_everyone_is_visibly_invented(store: Store) -> None:
    with store.operation("demo"):
        made = fill_with_demo(store, elders=150, volunteers=30, visits=0, seed=3, today=DAY)
    elders, providers = store.all(Elder), store.all(Provider)
    assert made["elders"] == len(elders) == 150
    assert made["needs"] == store.count(Need) > 60
    phones = [phone.number for elder in elders for phone in elder.phones]
    phones += [phone.number for provider in providers for phone in provider.phones]
    phones += [contact.phone for elder in elders for contact in elder.contacts]
    phones += [cadre.phone for cadre in store.all(Cadre)]
    assert all(number.startswith("100") and len(number) == 11 for number in phones)
    for elder in elders:
        assert elder.checked(today=DAY) == elder
        if elder.id_number:
            found = read_id_number(elder.id_number)
            assert (found.region, found.problem, found.sex) == ("000000", None, elder.sex)
            assert found.birth.startswith(elder.birth)
    numbers = [card.number for card in store.all(ServiceCard)]
    assert len(set(numbers)) == len(numbers)
    assert {certificate.kind for certificate in store.all(Certificate)} <= {"空调清洗", "油烟机清洗"}


def test_the_demo_is_one_step_that_can_be_undone(store: Store) -> None:
    before = contents(store)
    with store.operation("demo"):
        fill_with_demo(store, elders=40, volunteers=8, visits=0, seed=1, today=DAY)
    undo(store)
    assert store.count(Elder) == store.count(Provider) == 0
    assert contents(store) == before


def test_the_visits_of_the_demo_are_as_the_work_would_leave_them(store: Store) -> None:
    before = contents(store)
    with store.operation("demo"):
        made = fill_with_demo(store, elders=80, volunteers=20, visits=160, seed=2, today=DAY)
    visits = {visit.id: visit for visit in store.all(Visit)}
    assert made["visits"] == len(visits) > 160
    assert {one.is_paused for one in store.all(Series)} == {True, False}
    done = {visit.id for visit in visits.values() if visit.state is VisitState.DONE}
    assert {form.visit_id for form in store.all(FeedbackForm)} == done
    entered = {form.visit_id for form in store.where(FeedbackForm, state=FormState.ENTERED)}
    assert {answer.visit_id for answer in store.all(Feedback)} == entered
    assert all(visit.checked() == visit for visit in visits.values())
    assert all(visit.day >= DAY for visit in visits.values() if visit.is_open)
    booked = {need.id for need in store.where(Need, state=NeedState.BOOKED)}
    assert booked == {need_id for visit in visits.values() if visit.is_open for need_id in visit.need_ids}
    found = morning(store, today=DAY)
    assert found.visit_count > 0
    assert found.forms
    assert found.recalls
    undo(store)
    assert contents(store) == before


def test_the_same_seed_gives_the_same_people_in_any_process(tmp_path: Path) -> None:
    told = set()
    for n, hash_seed in enumerate(("1", "2")):
        done = subprocess.run(
            [sys.executable, "-c", SAME, str(tmp_path / f"{n}.db")],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
        )
        told.add(done.stdout)
    assert len(told) == 1


def test_a_demo_made_on_a_sunday_has_visits_ahead(store: Store) -> None:
    sunday = date(2026, 3, 22)
    with store.operation("demo"):
        fill_with_demo(store, elders=40, volunteers=12, visits=60, seed=4, today=sunday)
    days = {visit.day for visit in store.where(Visit, state=VisitState.PLANNED)}
    assert sunday not in days
    assert sunday + timedelta(days=1) in days
