"""Queries about forms and evaluations: the outstanding-paper board, what bears on consequences."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jiuliting_desk.model.asked import Asked
from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.model.feedback import BoardColumn, Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import Cause
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """A form of a visit that took place, whose answers are not in the file."""

    form: FeedbackForm
    visit_id: int
    visit_day: date
    column: BoardColumn
    days: int
    """Since the visit."""
    elder_id: int
    name: str
    compound: str
    committee_id: int | None
    committee: str
    category: str
    provider: str
    cadre_id: int | None
    cadre: str


def board(store: Store, *, today: date, chase_days: int) -> list[BoardLine]:
    """All forms out or back untyped whose visit took place, the oldest visit first."""
    table = mapped(FeedbackForm)
    names = ", ".join(f"f.{column}" for column in table.columns)
    width = len(table.columns)
    found = []
    for row in store.rows(
        f"SELECT {names}, v.day, e.id, e.name, coalesce(c.name, ''), v.committee_id, coalesce(m.name, ''),"
        " (SELECT name FROM category WHERE id = v.services ->> '$[0].category_id'),"
        " (SELECT name FROM provider WHERE id = v.provider_ids ->> '$[0]'), d.id, coalesce(d.name, '')"
        " FROM feedback_form f CROSS JOIN visit v ON v.id = f.visit_id JOIN elder e ON e.id = v.elder_id"
        " LEFT JOIN compound c ON c.id = v.compound_id LEFT JOIN committee m ON m.id = v.committee_id"
        " LEFT JOIN cadre d ON d.id = coalesce(f.held_by, v.cadre_id)"
        " WHERE f.state IN ('out', 'returned') AND v.state = 'done' ORDER BY v.day, v.starts, f.id"
    ):
        form, day = table.record(row[:width]), date.fromisoformat(row[width])
        found.append(
            BoardLine(
                form=form,
                visit_id=form.visit_id,
                visit_day=day,
                column=form.column(visit_day=day, today=today, chase_days=chase_days),
                days=(today - day).days,
                elder_id=row[width + 1],
                name=row[width + 2],
                compound=row[width + 3],
                committee_id=row[width + 4],
                committee=row[width + 5],
                category=row[width + 6],
                provider=row[width + 7],
                cadre_id=row[width + 8],
                cadre=row[width + 9],
            )
        )
    return found


def awaited_count(store: Store) -> int:
    """How many forms of visits that took place are out or back untyped."""
    return int(
        store.value(
            "SELECT count(*) FROM feedback_form f CROSS JOIN visit v ON v.id = f.visit_id"
            " WHERE f.state IN ('out', 'returned') AND v.state = 'done'"
        )
    )


def entered_since(store: Store, day: date) -> int:
    """How many evaluations were put in since a day."""
    return int(store.value("SELECT count(*) FROM feedback WHERE entered_on >= ?", (day.isoformat(),)))


def without_form(store: Store, first: date, last: date) -> list[Visit]:
    """Planned visits of some days that have no form yet."""
    table = mapped(Visit)
    rows = store.rows(
        f"{table.select} WHERE day BETWEEN ? AND ? AND state IN ('planned', 'under_way')"
        " AND NOT EXISTS (SELECT 1 FROM feedback_form f WHERE f.visit_id = visit.id) ORDER BY day, starts",
        (first.isoformat(), last.isoformat()),
    )
    return table.records(rows)


def qualified_enterprises(store: Store, *, on: date) -> dict[int, tuple[int, ...]]:
    """For each service that wants a certificate: active enterprises that offer it and hold a valid one."""
    found: dict[int, list[int]] = {}
    for category_id, provider_id in store.rows(
        "SELECT DISTINCT c.id, p.id FROM category c JOIN certificate q ON q.kind = c.certificate_kind"
        " JOIN provider p ON p.id = q.provider_id"
        " WHERE c.certificate_kind <> '' AND p.kind = 'enterprise' AND p.state = 'active'"
        " AND (q.expires_on IS NULL OR q.expires_on >= :on) AND (q.issued_on IS NULL OR q.issued_on <= :on)"
        " AND EXISTS (SELECT 1 FROM json_each(p.skills) WHERE value ->> 'category_id' = c.id) ORDER BY c.id, p.name",
        {"on": on.isoformat()},
    ):
        found.setdefault(category_id, []).append(provider_id)
    return {category_id: tuple(ids) for category_id, ids in found.items()}


def answered(store: Store, visit_ids: Iterable[int]) -> set[int]:
    """Those of some visits, however many, whose answers are in the file."""
    rows = store.rows(
        "SELECT visit_id FROM feedback WHERE visit_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(visit_ids)),),
    )
    return {row[0] for row in rows}


def form_by_number(store: Store, number: str) -> FeedbackForm | None:
    """The form with this number, or None."""
    found = store.where(FeedbackForm, number=number)
    return found[0] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedVisit:
    """A visit as a feedback sheet may mean it, with all that bears on what its answers bring."""

    visit: Visit
    name: str
    is_served: bool
    form_number: str
    feedback: Feedback | None
    unpaired_ids: frozenset[int]
    """Those who went, can be asked, and are not paired with the elder for the visit's services."""
    known_causes: frozenset[Cause]


def visits_to_evaluate(store: Store, asked: Asked, *, since: date, until: date) -> list[EvaluatedVisit]:
    """Visits of some days that did not fall through, and earlier ones whose forms are awaited or whose day is asked
    of, by day; of these only those whose form's number or whose elder's name is asked of."""
    visits = mapped(Visit)
    columns = ", ".join(f"v.{column}" for column in visits.columns)
    rows = store.rows(
        "WITH asked(id) AS (SELECT f.visit_id FROM json_each(:numbers) j CROSS JOIN feedback_form f"
        " ON f.number = j.value UNION SELECT v.id FROM json_each(:names) j CROSS JOIN elder e ON e.name = j.value"
        " CROSS JOIN visit v ON v.elder_id = e.id)"
        f" SELECT {columns}, e.name, e.state, coalesce(f.number, '') FROM asked a CROSS JOIN visit v ON v.id = a.id"
        " JOIN elder e ON e.id = v.elder_id LEFT JOIN feedback_form f ON f.visit_id = v.id"
        " WHERE v.state IN ('planned', 'under_way', 'done')"
        " AND v.day <= :until AND (v.day >= :since OR f.state IN ('out', 'returned')"
        " OR v.day IN (SELECT value FROM json_each(:days))) ORDER BY v.day, v.starts, v.id",
        {
            "numbers": json.dumps(sorted(asked.numbers)),
            "names": json.dumps(sorted(asked.names)),
            "days": json.dumps(sorted(asked.days)),
            "until": until.isoformat(),
            "since": since.isoformat(),
        },
    )
    width = len(visits.columns)
    found = [(visits.record(row[:width]), *row[width:]) for row in rows]
    answers = {
        one.visit_id: one
        for one in mapped(Feedback).records(
            store.rows(
                f"{mapped(Feedback).select} WHERE visit_id IN (SELECT value FROM json_each(?))",
                (json.dumps([visit.id for visit, *_ in found]),),
            )
        )
    }
    stopped = {row[0] for row in store.rows("SELECT id FROM provider WHERE state = 'stopped'")}
    bonds: dict[int, list[tuple[int, int | None]]] = {}
    for elder_id, provider_id, category_id in store.rows(
        "SELECT elder_id, provider_id, category_id FROM pairing WHERE ended_on IS NULL"
    ):
        bonds.setdefault(elder_id, []).append((provider_id, category_id))
    causes: dict[int, set[Cause]] = {}
    for visit_id, cause in store.rows("SELECT visit_id, cause FROM follow_up WHERE visit_id IS NOT NULL"):
        causes.setdefault(visit_id, set()).add(Cause(cause))
    return [
        EvaluatedVisit(
            visit=visit,
            name=name,
            is_served=state in {ElderState.ACTIVE, ElderState.PAUSED},
            form_number=number,
            feedback=answers.get(visit.id),
            unpaired_ids=frozenset(visit.present_ids)
            - stopped
            - {who for who, what in bonds.get(visit.elder_id, ()) if what is None or what in visit.category_ids},
            known_causes=frozenset(causes.get(visit.id, ())),
        )
        for visit, name, state, number in found
    ]
