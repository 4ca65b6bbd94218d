"""Tallies equal plain counting written apart, and each figure opens its visits."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from jiuliting_desk.actions.tallies import behind, need_counts, sentence, tally, visit_ids
from jiuliting_desk.actions.visits import Outcome, cancel_visit, finish_visit
from jiuliting_desk.model.dates import age_on
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.tallies import Dimension, Figures, Key, TallyFilter, rounded_down
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, CLEAN, HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import book, done

YEAR = TallyFilter(first=date(2026, 1, 1), last=date(2026, 12, 31))
UNITS = {CHAT: "人次", CLEAN: "户", HAIRCUT: "人次", AIRCON: "台"}
BIRTHS = ("1931", "1944-03-18", "1944-04", "1956", "", "1970-01-01", "1935-12-31")


@pytest.fixture
def busy_months(store: Store) -> Store:
    """Fifty visits of all kinds over three months, two in three evaluated."""
    dice = Random(7)
    with store.operation("places"):
        places = []
        for name in ("亭北", "金丰"):
            committee = store.add(ResidentsCommittee(name=name))
            places += [
                (committee.id, store.add(Compound(name=f"{name}{n}", committee_id=committee.id)).id) for n in "一二"
            ]
        leads = store.add(Cadre(name="何佩", committee_id=committee.id)).id
        places.append((None, None))  # type: ignore[arg-type]
    people = [
        elder(store, f"老人{n}", birth=birth, committee_id=committee, compound_id=compound)
        for n, (birth, (committee, compound)) in enumerate(zip(BIRTHS, [*places, *places], strict=False))
    ]
    helpers = [volunteer(store, f"志愿者{n}", visits_per_month=None, skills=tuple(UNITS)) for n in range(3)]
    for n in range(50):
        day = TODAY - timedelta(days=dice.randrange(75))
        services = tuple(
            ServiceLine(category_id=category, quantity=dice.randint(1, 3))
            for category in dice.sample(list(UNITS), dice.choice((1, 1, 2)))
        )
        team = [helper.id for helper in dice.sample(helpers, dice.choice((1, 1, 2)))]
        visit = book(
            store,
            dice.choice(people).id,
            *team,
            day=day,
            starts=540 + n * 5,
            services=services,
            today=day,
            reason="补录",
        )
        fate = dice.random()
        with store.operation("settle"):
            if fate < 0.1:
                cancel_visit(store, visit_id=visit.id, reason="天气不好", today=day)
            elif fate < 0.9:
                led = dice.random() < 0.6
                outcome = Outcome(
                    visit_id=visit.id,
                    on_site_minutes=dice.randint(20, 130),
                    cadre_id=leads if led else None,
                    led_in=led,
                    stayed=led and dice.random() < 0.5,
                    absent_ids=tuple(team[1:]) if dice.random() < 0.3 else (),
                )
                finish_visit(store, outcome=outcome, today=day)
                if dice.random() < 0.66:
                    overall = dice.choice((0, 2, 3, 4, 5, 5))
                    store.add(Feedback(visit_id=visit.id, punctual=4, overall=overall, entered_on=day))
                if not led and n % 2:
                    # A file of an earlier version may tell of a cadre's part without the cadre.
                    store.update(replace(store.get(Visit, visit.id), led_in=True, stayed=n % 4 == 1))
    return store


def plain(store: Store, visits: Iterable[Visit], *, category_id: int | None = None) -> Figures:
    """The figures of some visits counted one by one; of one service only where that is asked."""
    found = list(visits)
    answers = {answer.visit_id: answer for answer in store.all(Feedback)}
    lines = [
        line for visit in found for line in visit.services if category_id is None or line.category_id == category_id
    ]
    given = [answers[visit.id].overall for visit in found if visit.id in answers]
    quantities: dict[str, int] = {}
    for line in lines:
        unit = UNITS[line.category_id]
        quantities[unit] = quantities.get(unit, 0) + line.quantity
    return Figures(
        visits=len(found),
        people=len({visit.elder_id for visit in found}),
        quantities=quantities,
        minutes=sum(line.minutes for line in lines),
        scored=sum(score > 0 for score in given),
        score_sum=sum(given),
        satisfied=sum(score >= 4 for score in given),
        evaluated=len(given),
        supervised=sum(visit.cadre_id is not None and (visit.led_in or visit.stayed) for visit in found),
    )


def band(store: Store, visit: Visit) -> int:
    age = age_on(store.get(Elder, visit.elder_id).birth, visit.day)
    return -1 if age is None else max(lowest for lowest in (0, 60, 70, 80, 90) if lowest <= age)


KEYS: dict[Dimension, Callable[[Store, Visit], set[Key]]] = {
    Dimension.CATEGORY: lambda _, visit: set(visit.category_ids),
    Dimension.MONTH: lambda _, visit: {visit.day.isoformat()[:7]},
    Dimension.COMMITTEE: lambda _, visit: {visit.committee_id or 0},
    Dimension.COMPOUND: lambda _, visit: {visit.compound_id or 0},
    Dimension.PROVIDER: lambda _, visit: set(visit.present_ids),
    Dimension.AGE_BAND: lambda store, visit: {band(store, visit)},
}


@pytest.mark.parametrize("rows", list(Dimension))
@pytest.mark.parametrize("columns", [Dimension.MONTH, Dimension.CATEGORY, Dimension.PROVIDER])
def test_every_figure_equals_plain_counting(busy_months: Store, rows: Dimension, columns: Dimension) -> None:
    if rows is columns:
        columns = Dimension.AGE_BAND
    store = busy_months
    visits = store.where(Visit, state=VisitState.DONE)
    counted = tally(store, only=YEAR, rows=rows, columns=columns)
    assert counted.total == plain(store, visits)
    seen = set()
    for row in counted.row_keys:
        in_row = [visit for visit in visits if row in KEYS[rows](store, visit)]
        of_row = int(row) if rows is Dimension.CATEGORY else None
        assert counted.row_totals[row] == plain(store, in_row, category_id=of_row)
        for column in counted.column_keys:
            in_cell = [visit for visit in in_row if column in KEYS[columns](store, visit)]
            of_cell = int(column) if columns is Dimension.CATEGORY else of_row
            assert counted.cell(row, column) == plain(store, in_cell, category_id=of_cell)
            keys = {rows: row, columns: column}
            assert sorted(visit_ids(store, only=YEAR, keys=keys)) == [visit.id for visit in in_cell]
            seen |= {visit.id for visit in in_cell}
    assert seen == {visit.id for visit in visits}
    for column in counted.column_keys:
        in_column = [visit for visit in visits if column in KEYS[columns](store, visit)]
        of_column = int(column) if columns is Dimension.CATEGORY else None
        assert counted.column_totals[column] == plain(store, in_column, category_id=of_column)


def test_parts_sum_to_the_whole(busy_months: Store) -> None:
    counted = tally(busy_months, only=YEAR, rows=Dimension.COMMITTEE, columns=Dimension.MONTH)
    assert sum(figures.visits for figures in counted.cells.values()) == counted.total.visits
    for by in Dimension:
        if by is not Dimension.PROVIDER:
            totals = tally(busy_months, only=YEAR, rows=by).row_totals.values()
            assert sum(figures.minutes for figures in totals) == counted.total.minutes
    assert counted.row_keys == tuple(sorted(counted.row_keys, key=lambda key: (key == 0, key)))
    assert counted.column_keys == tuple(sorted(counted.column_keys, key=str))


def test_a_filter_narrows_all_of_it(busy_months: Store) -> None:
    store = busy_months
    visits = store.where(Visit, state=VisitState.DONE)
    march = TallyFilter(first=date(2026, 3, 1), last=date(2026, 3, 31), category_id=HAIRCUT, provider_id=1)
    mine = [
        visit for visit in visits if visit.day.month == 3 and HAIRCUT in visit.category_ids and 1 in visit.present_ids
    ]
    counted = tally(store, only=march, rows=Dimension.PROVIDER, columns=Dimension.MONTH)
    assert counted.total == plain(store, mine, category_id=HAIRCUT)
    assert counted.row_keys == (1,)
    assert [line.visit.id for line in behind(store, only=march, keys={})] == [
        visit.id for visit in sorted(mine, key=lambda visit: (visit.day, visit.id))
    ]
    assert {line.visit.state for line in behind(store, only=YEAR, keys={})} == {VisitState.DONE}


def test_a_tally_of_nothing(store: Store) -> None:
    counted = tally(store, only=YEAR, rows=Dimension.CATEGORY, columns=Dimension.MONTH)
    assert (counted.row_keys, counted.column_keys, counted.total) == ((), (), Figures())
    assert (counted.total.mean_score, counted.total.coverage, counted.total.satisfaction) == (None, None, None)
    assert sentence(store, today=TODAY) == ""


def test_needs_registered_and_waiting(store: Store) -> None:
    gao = elder(store)
    need(store, gao.id, HAIRCUT)
    need(store, gao.id, CHAT)
    done(store, gao.id, volunteer(store).id)
    assert need_counts(store, only=YEAR, by=Dimension.CATEGORY) == {HAIRCUT: (1, 0), CHAT: (1, 1)}
    assert need_counts(store, only=YEAR, by=Dimension.COMMITTEE) == {0: (2, 1)}


def test_the_sentence_rounds_down(store: Store) -> None:
    gao, gu = elder(store), volunteer(store, visits_per_month=None)
    for day in range(13):
        done(store, gao.id, gu.id, day=TODAY - timedelta(days=day))
    done(store, gao.id, gu.id, category_id=CHAT, starts=600)
    assert sentence(store, today=TODAY) == "近 300 天：陪伴聊天 1 人次、理发 10 余人次，共上门 14 次，服务老人 1 位。"
    assert [rounded_down(count) for count in (0, 9, 10, 127, 999, 1234)] == [0, 9, 10, 120, 990, 1200]
