"""The phone desk, 今日 and the tallies over 50,000 elders and 500,000 visits."""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from jiuliting_desk.actions.callers import caller, week_for, who_could_go
from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.actions.forms import board
from jiuliting_desk.actions.search import search
from jiuliting_desk.actions.tallies import tally
from jiuliting_desk.actions.today import morning
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FormState, form_number
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.tallies import Dimension, TallyFilter
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.store.visits import VisitFilter

ELDERS, PROVIDERS, VISITS = 50_000, 2_000, 500_000
TODAY = date(2026, 3, 18)
DAYS = 3650
SIZE = f"{ELDERS} elders, {VISITS} visits"


def add_visits(store: Store, *, visits: int = VISITS, days: int = DAYS, seed: int = 1) -> None:
    """Write visits of ten years, two weeks of them ahead, with forms, evaluations and calls, straight into the file.

    Runs inside an operation. One visit in fifteen fell through; one form in a hundred of the last year is out.
    """
    dice = Random(seed)
    elders, providers = store.all(Elder), store.all(Provider)
    able = [provider for provider in providers if provider.skills]
    cadres = [cadre.id for cadre in store.all(Cadre)]
    first = TODAY - timedelta(days=days - 14)
    made: list[Visit] = []
    for n in range(visits):
        elder, provider = elders[dice.randrange(len(elders))], able[dice.randrange(len(able))]
        day = first + timedelta(days=n * days // visits)
        category = provider.skills[n % len(provider.skills)].category_id
        state = VisitState.PLANNED if day > TODAY else VisitState.DONE
        if state is VisitState.DONE and n % 15 == 0:
            state = (VisitState.CANCELLED, VisitState.NOT_HOME, VisitState.NO_SHOW)[n // 15 % 3]
        done = state is VisitState.DONE
        made.append(
            Visit(
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
                cadre_id=cadres[n % len(cadres)],
                led_in=done and n % 3 > 0,
                stayed=done and n % 5 > 0,
            )
        )
    ids = store.add_many(made)
    took_place = [(visit_id, visit.day) for visit_id, visit in zip(ids, made, strict=True) if visit.state == "done"]
    next_form = store.next_id("feedback_form")
    forms, answers = [], []
    for n, (visit_id, day) in enumerate(took_place):
        is_out = day > TODAY - timedelta(days=365) and n % 100 == 0
        number = form_number(next_form + n)
        standing = FormState.OUT if is_out else FormState.ENTERED
        forms.append(FeedbackForm(visit_id=visit_id, number=number, state=standing, issued_on=day))
        if not is_out:
            answers.append(Feedback(visit_id=visit_id, punctual=5, manner=5, work=4, overall=3 + n % 3, entered_on=day))
    store.add_many(forms)
    store.add_many(answers)
    seen = {made[i].elder_id: made[i].day for i in range(visits) if made[i].state is VisitState.DONE}
    store.update_many([replace(elder, seen_on=seen.get(elder.id, elder.seen_on)) for elder in elders])
    store.add_many(
        [
            Call(at=store.now() - timedelta(hours=n), elder_id=elders[n % len(elders)].id, outcome=CallOutcome.ASKED)
            for n in range(visits // 10)
        ]
    )


def timed(work: Callable[[int], object], times: int) -> tuple[float, float]:
    """Median and 95th percentile of some runs, in seconds."""
    taken = []
    for n in range(times):
        begun = time.perf_counter()
        work(n)
        taken.append(time.perf_counter() - begun)
    taken.sort()
    return statistics.median(taken), taken[int(len(taken) * 0.95)]


def run() -> list[tuple[str, str, float, float, str]]:
    """The desk's work at size against the cheapest query that the file allows."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "case.db")
        with store.operation("demo"):
            fill_with_demo(store, elders=ELDERS, volunteers=PROVIDERS, visits=0, seed=1, today=TODAY)
        begun = time.perf_counter()
        with store.operation("visits"):
            add_visits(store)
        written = time.perf_counter() - begun
        rows = _measured(store)
        store.close()
    return [("writing all visits, forms, evaluations", SIZE, written, 0.0, "-"), *rows]


def _measured(store: Store) -> list[tuple[str, str, float, float, str]]:
    served = [row[0] for row in store.rows("SELECT id FROM elder WHERE state = 'active' AND id % 499 = 3")]
    names = [row[0] for row in store.rows("SELECT name FROM elder WHERE id % 499 = 3")]
    tails = [row[0] for row in store.rows("SELECT substr(json_extract(phones, '$[0].number'), -4) FROM elder"
                                          " WHERE id % 499 = 3 AND phones <> '[]'")]  # fmt: skip
    busy = [row[0] for row in store.rows("SELECT DISTINCT provider_id FROM visit_provider WHERE day > '2026-03-18'")]
    monday = TODAY + timedelta(days=5)
    floor, _ = timed(lambda n: store.rows("SELECT * FROM elder WHERE id = ?", (served[n % len(served)],)), 200)
    scan, _ = timed(lambda n: store.value("SELECT count(*) FROM visit_service WHERE quantity > 0"), 5)

    def week(n: int) -> None:
        week_for(
            store,
            elder_id=served[n % len(served)],
            provider_ids=(busy[n % len(busy)],),
            minutes=60,
            monday=monday,
            today=TODAY,
            now=540,
        )

    def whole_week(n: int) -> None:
        first = monday - timedelta(weeks=n)
        lines(store, queries.between(store, first, first + timedelta(days=6), VisitFilter()))

    year = TallyFilter(first=date(2025, 1, 1), last=date(2025, 12, 31))
    whole = TallyFilter(first=date(2000, 1, 1), last=date(2026, 12, 31))
    cases: list[tuple[str, Callable[[int], object], int, float, str]] = [
        ("caller by name", lambda n: search(store, names[n % len(names)]), 100, floor, "one elder by id"),
        ("caller by last digits", lambda n: search(store, tails[n % len(tails)]), 100, floor, "one elder by id"),
        ("caller by form number", lambda n: search(store, form_number(1 + n * 4999)), 90, floor, "one elder by id"),
        ("all about the caller", lambda n: caller(store, elder_id=served[n % len(served)], today=TODAY), 90, floor,
         "one elder by id"),
        ("who could go", lambda n: who_could_go(store, elder_id=served[n % len(served)], category_id=1 + n % 6,
                                                today=TODAY), 30, floor, "one elder by id"),
        ("week grid with suggestions", week, 100, floor, "one elder by id"),
        ("all visits of a week with names", whole_week, 20, floor, "one elder by id"),
        ("今日", lambda n: morning(store, today=TODAY), 20, floor, "one elder by id"),
        ("outstanding-paper board", lambda n: board(store, today=TODAY), 10, floor, "one elder by id"),
        ("tally of a year, category x month", lambda n: tally(store, only=year, rows=Dimension.CATEGORY,
                                                              columns=Dimension.MONTH), 3, scan, "scan of services"),
        ("tally of ten years, committee x month", lambda n: tally(store, only=whole, rows=Dimension.COMMITTEE,
                                                                  columns=Dimension.MONTH), 1, scan,
         "scan of services"),
    ]  # fmt: skip
    rows = []
    for what, work, times, least, least_name in cases:
        work(0)
        median, late = timed(work, times)
        rows.append((f"{what}, median", SIZE, median, least, least_name))
        rows.append((f"{what}, 95th percentile", SIZE, late, least, least_name))
    return rows
