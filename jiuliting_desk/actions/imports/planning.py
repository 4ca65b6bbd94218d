"""From rows that were read to a plan: every row matched with who is known, within the sheet too; nothing written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType

from jiuliting_desk.actions.imports.asked import PAST_KINDS
from jiuliting_desk.actions.imports.call_rows import CallRows
from jiuliting_desk.actions.imports.elder_finder import ElderFinder
from jiuliting_desk.actions.imports.feedback_rows import FeedbackRows
from jiuliting_desk.actions.imports.place_rows import PlaceRows
from jiuliting_desk.actions.imports.rows import SheetRow, SheetTable, refused_row
from jiuliting_desk.actions.imports.snapshot import Places, Snapshot
from jiuliting_desk.actions.imports.survey_rows import SurveyRows
from jiuliting_desk.actions.imports.tally_rows import TallyRows
from jiuliting_desk.actions.imports.visit_rows import VisitRows
from jiuliting_desk.actions.imports.volunteer_rows import VolunteerRows
from jiuliting_desk.model.imports import Choices, ImportPlan, Note, PlannedRow, PlanSums, Remark, RowKey, TablePlan

Progress = Callable[[int, int], None]

REPORT_EVERY = 500
"""Rows between two calls of ``progress``."""


def no_progress(done: int, total: int) -> None:
    """Nobody waits."""


def plan_tables(
    snapshot: Snapshot,
    tables: Sequence[SheetTable],
    *,
    today: date,
    source_name: str = "",
    source_digest: str = "",
    seen_before: date | None = None,
    choices: Choices | None = None,
    certificate_words: Mapping[str, str] = MappingProxyType({}),
    provider_words: Mapping[str, str] = MappingProxyType({}),
    progress: Progress = no_progress,
) -> ImportPlan:
    """What importing these tables would do; ``certificate_words`` says which kinds other words for them mean,
    ``provider_words`` which record's id a name stands for, or that it is a ``volunteer`` or ``enterprise`` to be made.

    Pure: it may run in any thread or process. ``progress`` is called every few hundred rows and may raise to cancel.
    """
    choices = choices or Choices()
    places = Places(snapshot)
    surveys = SurveyRows(snapshot, places, choices, today)
    volunteers = VolunteerRows(snapshot, places, choices, today, certificate_words)
    planners: dict[str, Callable[[RowKey, SheetRow, str], PlannedRow]] = {
        "survey": surveys.plan,
        "volunteers": volunteers.plan,
        "tally": TallyRows(snapshot, places, choices).plan,
        "enterprises": partial(volunteers.plan, is_enterprise=True),
        "places": PlaceRows(snapshot, places, choices).plan,
    }
    visits = None
    if snapshot.papers is not None:
        planners["feedback"] = FeedbackRows(snapshot, snapshot.papers, choices, today).plan
    total = sum(len(table.rows) for table in tables)
    done = 0
    by_table: dict[int, list[PlannedRow]] = {}
    # Visits and calls last: whoever comes in with the same workbook is known by then.
    for index, table in sorted(enumerate(tables), key=lambda pair: pair[1].kind in PAST_KINDS):
        if table.kind in {"visits", "calls"} and visits is None:
            elders = ElderFinder(surveys.people, snapshot, choices, today)
            visits = VisitRows(
                snapshot, choices, today, elders, volunteers.people.states, volunteers.new_enterprises, provider_words
            )
            planners |= {"visits": visits.plan, "calls": CallRows(snapshot, choices, today, elders).plan}
        rows = by_table[index] = []
        plan = planners.get(table.kind, _refused(str(table.kind)))
        committee = table.facts.get("committee", "")
        for row_index, row in enumerate(table.rows):
            if done % REPORT_EVERY == 0:
                progress(done, total)
            done += 1
            rows.append(plan((index, row_index), row, committee))
    progress(total, total)
    planned = [row for index in range(len(tables)) for row in by_table[index]]
    return ImportPlan(
        source_name=source_name,
        source_digest=source_digest,
        tables=tuple(
            TablePlan(
                sheet=table.sheet,
                kind=str(table.kind),
                header_row=table.header_row,
                committee=table.facts.get("committee", ""),
                reported_on=day_of(table.facts.get("date", "")),
            )
            for table in tables
        ),
        rows=tuple(planned),
        choices=choices,
        new_committees=tuple(places.new_committees),
        new_compounds=places.new_compounds,
        new_enterprises=tuple(volunteers.new_enterprises),
        unknown_needs=dict(surveys.unknown_needs + volunteers.unknown_needs),
        unknown_certificates=dict(volunteers.unknown_certificates),
        unknown_providers=dict(visits.unknown_providers) if visits is not None else {},
        seen_before=seen_before,
        as_of=snapshot.as_of,
        sums=PlanSums.of(planned),
    )


def day_of(text: str) -> date | None:
    """The day of an ISO text, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _refused(kind: str) -> Callable[[RowKey, SheetRow, str], PlannedRow]:
    notes = (Note(Remark.KIND_NOT_IMPORTED, "", kind),)
    return lambda key, row, committee: refused_row(key, row, kind, notes)
