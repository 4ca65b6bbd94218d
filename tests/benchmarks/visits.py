"""The phone desk, 今日 and the tallies over 50,000 elders and 500,000 visits."""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta

from jiuliting_desk.actions.callers import caller, week_for, who_could_go
from jiuliting_desk.actions.forms import board
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.imports.papers import take_papers
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.actions.pairings import claim_need
from jiuliting_desk.actions.search import search
from jiuliting_desk.actions.tallies import tally
from jiuliting_desk.actions.today import morning
from jiuliting_desk.model.asked import Asked
from jiuliting_desk.model.feedback import form_number
from jiuliting_desk.model.tallies import Dimension, TallyFilter
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.store.visits import VisitFilter
from tests.benchmarks.large import SIZE, TODAY, large_file


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
    path, people, visits = large_file()
    store = Store.open(path)
    rows = _measured(store)
    store.close()
    return [
        ("writing all people, needs, pairings", SIZE, people, 0.0, "-"),
        ("writing all visits, forms, evaluations, calls", SIZE, visits, 0.0, "-"),
        *rows,
    ]


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

    open_needs = [row[0] for row in store.rows("SELECT id FROM need WHERE state = 'open' AND id % 997 = 3")]

    def claimed_and_undone(n: int) -> None:
        need_id = open_needs[n % len(open_needs)]
        with store.operation("claim_need"):
            claim_need(store, need_id=need_id, provider_id=busy[n % len(busy)], today=TODAY, reason="老人点名")
        undo(store)

    awaited = board(store, today=TODAY)[:200]
    sheet = Asked(
        numbers=frozenset(line.form.number for line in awaited), names=frozenset(line.name for line in awaited)
    )
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
        ("a claim, and undone again", claimed_and_undone, 10, floor, "one elder by id"),
        ("what 200 rows of a feedback sheet are compared with", lambda n: take_snapshot(store, asked=sheet), 3, scan,
         "scan of services"),
        ("of that the visits and forms", lambda n: take_papers(store, sheet, today=TODAY), 5, scan,
         "scan of services"),
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
