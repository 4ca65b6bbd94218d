"""Visits as lists show them: with the names of everybody, the address, the form and the evaluation."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jiuliting_desk.model.feedback import FormState
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One visit with what a list tells of it; the phone in full, for the faces to mask."""

    visit: Visit
    name: str
    number: str
    sex: str
    birth: str
    tags: tuple[str, ...]
    phone: str
    hearing: str
    committee: str
    compound: str
    building: str
    unit: str
    room: str
    providers: tuple[str, ...]
    categories: tuple[str, ...]
    icon: str
    cadre: str
    form_number: str = ""
    form_state: FormState | None = None
    is_evaluated: bool = False
    overall: int = 0
    """0 where it is not evaluated, and where that question was left empty."""
    lowest: int = 0
    source_file: str = ""
    """The workbook of earlier years that it came from."""


def lines(store: Store, visits: Sequence[Visit]) -> list[VisitLine]:
    """The lines of some visits, in their order."""
    elders = _by_id(
        store,
        "SELECT e.id, e.name, e.number, e.sex, e.birth, e.tags, coalesce((SELECT value ->> 'number'"
        " FROM json_each(e.phones) ORDER BY value ->> 'preferred' DESC, key LIMIT 1), ''), e.hearing,"
        " coalesce(m.name, ''), coalesce(c.name, ''), e.building, e.unit, e.room FROM elder e"
        " LEFT JOIN committee m ON m.id = e.committee_id LEFT JOIN compound c ON c.id = e.compound_id"
        " WHERE e.id IN (SELECT value FROM json_each(?))",
        {visit.elder_id for visit in visits},
    )
    providers = _by_id(
        store,
        "SELECT id, name FROM provider WHERE id IN (SELECT value FROM json_each(?))",
        {provider_id for visit in visits for provider_id in visit.provider_ids},
    )
    cadres = _by_id(
        store,
        "SELECT id, name FROM cadre WHERE id IN (SELECT value FROM json_each(?))",
        {visit.cadre_id for visit in visits if visit.cadre_id is not None},
    )
    categories = {row[0]: row for row in store.rows("SELECT id, name, icon FROM category")}
    papers = _by_id(
        store,
        "SELECT v.value, coalesce(f.number, ''), f.state, b.id IS NOT NULL, b.punctual, b.manner, b.work, b.overall"
        " FROM json_each(?) v LEFT JOIN feedback_form f ON f.visit_id = v.value"
        " LEFT JOIN feedback b ON b.visit_id = v.value",
        {visit.id for visit in visits},
    )
    sources = _by_id(
        store,
        "SELECT id, source_file FROM survey WHERE id IN (SELECT value FROM json_each(?))",
        {visit.survey_id for visit in visits if visit.survey_id is not None},
    )
    found = []
    for visit in visits:
        elder, paper = elders[visit.elder_id], papers[visit.id]
        shown = [categories[category_id] for category_id in visit.category_ids]
        found.append(
            VisitLine(
                visit=visit,
                name=elder[1],
                number=elder[2],
                sex=elder[3],
                birth=elder[4],
                tags=tuple(json.loads(elder[5])),
                phone=elder[6],
                hearing=elder[7],
                committee=elder[8],
                compound=elder[9],
                building=elder[10],
                unit=elder[11],
                room=elder[12],
                providers=tuple(providers[provider_id][1] for provider_id in visit.provider_ids),
                categories=tuple(category[1] for category in shown),
                icon=shown[0][2],
                cadre="" if visit.cadre_id is None else cadres[visit.cadre_id][1],
                form_number=paper[1],
                form_state=None if paper[2] is None else FormState(paper[2]),
                is_evaluated=bool(paper[3]),
                overall=paper[7] or 0,
                lowest=min((score for score in paper[4:8] if score), default=0),
                source_file="" if visit.survey_id is None else sources[visit.survey_id][1],
            )
        )
    return found


def _by_id(store: Store, sql: str, ids: set[int]) -> dict[int, tuple[Any, ...]]:
    if not ids:
        return {}
    return {row[0]: row for row in store.rows(sql, (json.dumps(sorted(ids)),))}
