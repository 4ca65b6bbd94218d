"""A file of 50,000 elders and 500,000 visits: made once in a run, in a process of its own, for all that measure it."""

import atexit
import gc
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FormState, form_number
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store

ELDERS, PROVIDERS, VISITS = 50_000, 2_000, 500_000
TODAY = date(2026, 3, 18)
DAYS = 3650
SIZE = f"{ELDERS} elders, {VISITS} visits"
PART = 50_000
"""Visits that are made ready at once."""


@cache
def large_file() -> tuple[Path, float, float]:
    """The file, the seconds that making the people took, and those that the visits took."""
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)
    path = Path(folder.name) / "case.db"
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from tests.benchmarks import large; large.build(sys.argv[1])", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    people, visits = (float(word) for word in done.stdout.split())
    return path, people, visits


def build(path: str) -> None:
    """Write the file and print the two times; in a process of its own, whose memory is not counted."""
    gc.disable()
    store = Store.open(path)
    # So that every page of the file is written once, not each time that the cache is full.
    store.rows("PRAGMA cache_size=-786432")
    begun = time.perf_counter()
    with store.operation("demo"):
        fill_with_demo(store, elders=ELDERS, volunteers=PROVIDERS, visits=0, seed=1, today=TODAY)
    settled = time.perf_counter()
    with store.operation("visits"):
        add_visits(store)
    print(settled - begun, time.perf_counter() - settled)
    store.close()


def add_visits(store: Store, *, visits: int = VISITS, days: int = DAYS, seed: int = 1) -> None:
    """Write visits of ten years, two weeks of them ahead, with forms, evaluations and calls, straight into the file.

    Runs inside an operation. One visit in fifteen fell through; one form in a hundred of the last year is out.
    """
    dice = Random(seed)
    elders, providers = store.all(Elder), store.all(Provider)
    cadres = [cadre.id for cadre in store.all(Cadre)]
    able = [provider for provider in providers if provider.skills]
    first = TODAY - timedelta(days=days - 14)
    seen: dict[int, date] = {}
    next_form = store.next_id("feedback_form")
    for start in range(0, visits, PART):
        made = []
        for n in range(start, min(start + PART, visits)):
            elder, provider = elders[int(dice.random() * len(elders))], able[int(dice.random() * len(able))]
            day = first + timedelta(days=n * days // visits)
            made.append(_visit(n, elder, provider, cadres[n % len(cadres)], day))
        ids = store.add_many(made)
        took_place = [
            (visit_id, visit) for visit_id, visit in zip(ids, made, strict=True) if visit.state is VisitState.DONE
        ]
        forms, answers = [], []
        for n, (visit_id, visit) in enumerate(took_place, start=start):
            seen[visit.elder_id] = visit.day
            is_out = visit.day > TODAY - timedelta(days=365) and n % 100 == 0
            number = form_number(next_form)
            next_form += 1
            standing = FormState.OUT if is_out else FormState.ENTERED
            forms.append(FeedbackForm(visit_id=visit_id, number=number, state=standing, issued_on=visit.day))
            if not is_out:
                answers.append(
                    Feedback(visit_id=visit_id, punctual=5, manner=5, work=4, overall=3 + n % 3, entered_on=visit.day)
                )
        store.add_many(forms)
        store.add_many(answers)
    store.update_many([replace(elder, seen_on=seen.get(elder.id, elder.seen_on)) for elder in elders])
    store.add_many(
        [
            Call(at=store.now() - timedelta(hours=n), elder_id=elders[n % len(elders)].id, outcome=CallOutcome.ASKED)
            for n in range(visits // 10)
        ]
    )


def _visit(n: int, elder: Elder, provider: Provider, cadre_id: int, day: date) -> Visit:
    state = VisitState.PLANNED if day > TODAY else VisitState.DONE
    if state is VisitState.DONE and n % 15 == 0:
        state = (VisitState.CANCELLED, VisitState.NOT_HOME, VisitState.NO_SHOW)[n // 15 % 3]
    done = state is VisitState.DONE
    category = provider.skills[n % len(provider.skills)].category_id
    return Visit(
        elder_id=elder.id,
        committee_id=elder.committee_id,
        compound_id=elder.compound_id,
        services=(ServiceLine(category_id=category, quantity=1 + n % 2, minutes=60),),
        provider_ids=(provider.id,),
        day=day,
        starts=540 + n % 16 * 30,
        minutes=60,
        state=state,
        reason="" if done or state is VisitState.PLANNED else "老人不需要了",
        ended_on=None if state is VisitState.PLANNED else day,
        booked_on=day - timedelta(days=5),
        on_site_minutes=60 if done else 0,
        cadre_id=cadre_id,
        led_in=done and n % 3 > 0,
        stayed=done and n % 5 > 0,
    )
