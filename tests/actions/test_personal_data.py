"""The workbook for the person it is about holds whatever was written about them, and nothing of anybody else."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jiuliting_desk.actions.disclosures import disclosures_of
from jiuliting_desk.actions.elders import belongings_of, register_elder
from jiuliting_desk.actions.personal_data import export_person
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.disclosures import Disclosed
from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.erasing import FREE_TEXT
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.providers import Provider, ProviderKind, Refusal
from jiuliting_desk.model.recurrence import Interval, Pause, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store import disclosures as log

DAY = date(2026, 3, 18)


def marked(record: Any, of: str) -> Any:
    """The same with a word of its own in every field in which anything may be written."""
    return replace(record, **{name: f"{of}-{type(record).__name__}-{name}" for name in FREE_TEXT[type(record)]})


def a_whole_life(store: Store, name: str) -> Elder:
    """Somebody with one record of every kind, each field that holds words marked with the name."""
    with store.operation("settle"):
        elder = register_elder(store, name=name, phones=(Phone(number="10000004417"),), today=DAY)
        service = ServiceLine(category_id=3)
        provider = store.add(Provider(kind=ProviderKind.VOLUNTEER, name="顾海宁"))
        need = store.add(marked(Need(elder_id=elder.id, category_id=3, since=DAY), name))
        claim = Claim.begun(need_id=need.id, provider_id=provider.id, today=DAY, days=7)
        bond = Pairing.begun(elder_id=elder.id, provider_id=provider.id, category_id=3, today=DAY, first_weeks=8)
        visit = store.add(
            marked(
                Visit(
                    elder_id=elder.id,
                    services=(service,),
                    provider_ids=(provider.id,),
                    day=DAY,
                    starts=570,
                    minutes=30,
                    state=VisitState.DONE,
                    on_site_minutes=45,
                ),
                name,
            )
        )
        rows = [
            claim,
            bond,
            Refusal(elder_id=elder.id, provider_id=provider.id, said_on=DAY),
            ServiceCard(elder_id=elder.id, number=f"C-{elder.id}", made_on=DAY),
            Call(at=datetime(2026, 3, 18, 9, tzinfo=UTC), elder_id=elder.id, outcome=CallOutcome.MESSAGE),
            FeedbackForm(visit_id=visit.id, number=f"B-{elder.id}", issued_on=DAY),
            Feedback(visit_id=visit.id, overall=4, entered_on=DAY, entered_by="周老师"),
            FollowUp(elder_id=elder.id, cause=Cause.HAZARD, opened_on=DAY, due_on=DAY),
            Series(
                elder_id=elder.id,
                services=(service,),
                provider_ids=(provider.id,),
                starts=570,
                minutes=30,
                interval=Interval.WEEKLY,
                begins_on=DAY,
                pauses=(Pause(since=DAY, reason=f"{name}-pause"),),
            ),
        ]
        for row in rows:
            store.add(marked(row, name))
    return elder


def words_in(path: Path) -> str:
    book = load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)


def exported(store: Store, elder: Elder, folder: Path) -> str:
    path = export_person(store, elder_id=elder.id, path=folder / "a.xlsx", why="本人要看", today=DAY)
    return words_in(path)


def test_whatever_was_written_about_the_person_is_in_it(store: Store, tmp_path: Path) -> None:
    one, other = a_whole_life(store, "高莲英"), a_whole_life(store, "苗芬")
    belongings = belongings_of(store, elder_id=one.id)
    assert {type(record) for record in belongings} == set(FREE_TEXT)
    written = exported(store, one, tmp_path)
    fields = [getattr(record, name) for record in belongings for name in FREE_TEXT[type(record)]]
    wanted = (*fields, "高莲英-pause", f"C-{one.id}", f"B-{one.id}", "09:30")
    assert [words for words in wanted if words not in written] == []
    assert [words for words in ("苗芬", f"C-{other.id}", f"B-{other.id}") if words in written] == []


@pytest.mark.parametrize("what", Disclosed)
def test_every_earlier_look_is_told(store: Store, tmp_path: Path, what: Disclosed) -> None:
    one = a_whole_life(store, "高莲英")
    log.disclose(store, what=what, kind="elder", record_id=one.id, why="家属来问")
    assert "家属来问" in exported(store, one, tmp_path)


def test_it_is_noted_before_it_is_written_and_wants_a_reason(store: Store, tmp_path: Path) -> None:
    one = a_whole_life(store, "高莲英")
    with pytest.raises(ReasonWanted):
        export_person(store, elder_id=one.id, path=tmp_path / "a.xlsx", why=" ", today=DAY)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert disclosures_of(store, kind="elder", record_id=one.id) == []
    assert "本人要看" in exported(store, one, tmp_path)
    assert [line.why for line in disclosures_of(store, kind="elder", record_id=one.id)] == ["本人要看"]
