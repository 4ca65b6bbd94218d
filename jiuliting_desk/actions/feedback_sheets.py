"""Feedback sheets that go out as Excel, filled in beforehand for one committee or one enterprise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jiuliting_desk.actions.disclosures import note_list_given_out
from jiuliting_desk.actions.form_prints import printable_visits
from jiuliting_desk.actions.forms import board, issue_forms
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.sheets import feedback_sheet
from jiuliting_desk.sheets.writing import OutSheet, save_workbook
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.store.visits import VisitFilter

ROW_HEIGHT = 33
"""Points: two lines, and room for a pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom a sheet can go to, and how many forms of theirs are not answered."""

    name: str
    committee_id: int | None = None
    provider_id: int | None = None
    waiting: int = 0


def recipients(store: Store, *, today: date) -> list[Recipient]:
    """Committees and providers with visits that took place and are not answered, the fullest first."""
    committees: dict[int, int] = {}
    providers: dict[int, int] = {}
    awaited = board(store, today=today)
    visits = store.get_many(Visit, {line.visit_id for line in awaited})
    for visit in visits.values():
        if visit.committee_id is not None:
            committees[visit.committee_id] = committees.get(visit.committee_id, 0) + 1
        for provider_id in visit.present_ids:
            providers[provider_id] = providers.get(provider_id, 0) + 1
    found = [
        Recipient(name=one.name, committee_id=one.id, waiting=committees.get(one.id, 0))
        for one in store.all(ResidentsCommittee, order="name")
        if one.active or one.id in committees
    ]
    found += [
        Recipient(name=one.name, provider_id=one.id, waiting=providers[one.id])
        for one in store.get_many(Provider, providers).values()
    ]
    return sorted(found, key=lambda one: (-one.waiting, one.provider_id is not None, one.name))


def sheet_visits(store: Store, to: Recipient, *, today: date, days_ahead: int = 0) -> list[Visit]:
    """The visits of a sheet, by day: those not answered yet, and those planned for the next days."""
    awaited = store.get_many(Visit, {line.visit_id for line in board(store, today=today)}).values()
    only = VisitFilter(committee_id=to.committee_id, provider_id=to.provider_id)
    ahead = queries.between(store, today, today + timedelta(days=days_ahead), only) if days_ahead else []
    mine = [
        visit
        for visit in awaited
        if (to.committee_id is not None and visit.committee_id == to.committee_id)
        or (to.provider_id is not None and to.provider_id in visit.present_ids)
    ]
    chosen = {visit.id: visit for visit in (*mine, *printable_visits(store, ahead))}
    return sorted(chosen.values(), key=lambda one: (one.day, one.starts, one.id))


def send_feedback_sheet(
    store: Store, *, to: Recipient, path: Path, today: date, days_ahead: int = 0, password: str = ""
) -> int:
    """Write the sheet for a committee or a provider; gives how many rows it has.

    Opens its own operation: every row has its form, which is out from now on. What leaves the house is noted. Raises
    NothingToPrint where no answers are awaited, and OSError; then no form is out.
    """
    visits = sheet_visits(store, to, today=today, days_ahead=days_ahead)
    if not visits:
        raise NothingToPrint()
    # Noted before the file is there, and apart from the step: undo does not bring a list back into the house.
    note_list_given_out(store, people=len(visits), why=feedback_sheet.SHEET, to_whom=to.name)
    with store.operation("send_feedback_sheet", f"{to.name} {len(visits)} 行"):
        forms = issue_forms(store, visit_ids=[visit.id for visit in visits], today=today)
        store.running.about = f"{to.name} {len(visits)} 行"
        numbers = {form.visit_id: form.number for form in forms}
        save_workbook(path, [_sheet(store, to, visits, numbers, today)], password=password, creator=store.who)
    return len(visits)


def _sheet(store: Store, to: Recipient, visits: Sequence[Visit], numbers: dict[int, str], today: date) -> OutSheet:
    services = [one.name for one in store.where(ServiceCategory, active=True, order="position")]
    columns = feedback_sheet.columns(services)
    blank = [None] * (len(columns) - feedback_sheet.PREFILLED)
    label = "居委" if to.committee_id is not None else "服务单位"
    return OutSheet(
        name=feedback_sheet.SHEET,
        title="意见反馈表",
        info=f"{label}：{to.name}　发出日期：{today.isoformat()}　一行是一次上门；前 7 列不用改，后面能选的请选",
        columns=columns,
        rows=[[*_known(line, numbers[line.visit.id]), *blank] for line in lines(store, visits)],
        frozen_columns=2,
        row_height=ROW_HEIGHT,
    )


def _known(line: VisitLine, number: str) -> Sequence[Any]:
    return [
        number,
        line.name,
        line.visit.day.isoformat(),
        "、".join(line.categories),
        "、".join(line.providers),
        line.compound,
        line.cadre,
    ]
