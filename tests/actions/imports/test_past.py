"""Visits and calls of earlier years: matched with who is known, asked where in doubt, marked with their source."""

from datetime import date
from typing import Any

import pytest

from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.imports.asked import asked_of
from jiuliting_desk.actions.imports.carrying import carry_out
from jiuliting_desk.actions.imports.planning import plan_tables
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.actions.imports.visit_words import read_outcome, read_state, read_times
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.imports import Choices, Decision, ImportPlan, Remark
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.surveys import LearnedWord, NeedsSurvey
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.visit_lines import lines
from tests.actions.imports.sheets_by_hand import MIAO, ZOU, HandRow, HandTable, survey, volunteers
from tests.actions.imports.test_survey import DAY, imported, outcomes
from tests.actions.imports.test_volunteers import LU, YU
from tests.store.test_undo import contents

VISIT: dict[str, Any] = {
    "date": "2025-03-05",
    "time": "9:30",
    "name": "苗芬",
    "phones": ("10016215129",),
    "category": "理发",
    "provider": "鲁云民",
    "minutes": 40,
    "result": "已完成",
    "cadre": "何佩",
}
CALL: dict[str, Any] = {
    "date": "2025-03-06",
    "time": "下午2点半",
    "name": "苗芬的女儿",
    "phones": ("10016215129",),
    "about": "想理发",
    "result": "已预约3月8日",
    "handled_by": "何佩",
}


def table(kind: str, *rows: dict[str, Any]) -> HandTable:
    return HandTable(rows=[HandRow(row=n, fields=row) for n, row in enumerate(rows, start=3)], kind=kind)


def planned(store: Store, *tables: HandTable, **options: Any) -> ImportPlan:
    snapshot = take_snapshot(store, asked=asked_of(tables))
    return plan_tables(snapshot, tables, today=DAY, source_name="2025.xlsx", source_digest="cd" * 32, **options)


def past(store: Store, *tables: HandTable, **options: Any) -> ImportPlan:
    plan = planned(store, *tables, **options)
    carry_out(store, plan, today=DAY, with_backup=False)
    return plan


@pytest.fixture
def office(store: Store) -> Store:
    """Two elders and two volunteers, and a cadre of the elders' committee."""
    imported(store, survey(MIAO, ZOU))
    imported(store, volunteers(LU, YU))
    with store.operation("add_cadre"):
        store.add(Cadre(committee_id=1, name="何佩"))
    return store


def test_a_visit_is_stored_as_it_was_with_its_source(office: Store) -> None:
    report = carry_out(office, planned(office, table("visits", VISIT)), today=DAY)
    assert report.visits_added == 1
    [visit] = office.all(Visit)
    [source] = office.where(NeedsSurvey, kind="visits")
    assert visit == Visit(
        id=visit.id,
        elder_id=1,
        committee_id=1,
        compound_id=1,
        services=(ServiceLine(category_id=3, quantity=1, minutes=40),),
        provider_ids=(2,) if office.get(Provider, 2).name == "鲁云民" else (1,),
        cadre_id=1,
        day=date(2025, 3, 5),
        starts=570,
        minutes=40,
        state=VisitState.DONE,
        ended_on=date(2025, 3, 5),
        on_site_minutes=40,
        led_in=True,
        survey_id=source.id,
        source_row=3,
    )
    assert (source.source_file, source.rows_new) == ("2025.xlsx", 1)
    assert visit.checked() == visit
    assert [line.source_file for line in lines(office, [visit])] == ["2025.xlsx"]


def test_the_same_visits_again_change_nothing_and_undo_takes_them_back(office: Store) -> None:
    before = contents(office)
    rows = (VISIT, VISIT | {"date": "2025-04-01", "more_categories": ("居家清洁",), "provider": "鲁云民、喻凤"})
    past(office, table("visits", *rows))
    assert [len(visit.services) for visit in office.all(Visit)] == [1, 2]
    assert [len(visit.provider_ids) for visit in office.all(Visit)] == [1, 2]
    assert outcomes(planned(office, table("visits", *rows))) == ["same", "same"]
    assert outcomes(planned(office, table("visits", VISIT | {"provider": "喻凤"}))) == ["new"]
    undo(office)
    assert contents(office) == before


@pytest.mark.parametrize(
    ("row", "outcome", "remark"),
    [
        ({}, "new", None),
        ({"time": None}, "new", Remark.NO_TIME),
        ({"phones": ()}, "new", Remark.NAME_ONLY),
        ({"phones": (), "compound": "亭北东块"}, "doubtful", None),
        ({"name": "苗粉", "phones": ("10016215129",)}, "doubtful", None),
        ({"name": "安常", "phones": ()}, "refused", Remark.ELDER_UNKNOWN),
        ({"date": "2025-03"}, "refused", Remark.NO_DAY),
        ({"date": "2026-12-01"}, "refused", Remark.NO_FUTURE),
        ({"category": None}, "refused", Remark.NEED_NOT_OFFERED),
        ({"provider": "路人"}, "doubtful", Remark.PROVIDER_UNKNOWN),
        ({"provider": None}, "doubtful", Remark.PROVIDER_MISSING),
    ],
)
def test_what_becomes_of_a_visit(office: Store, row: dict[str, Any], outcome: str, remark: Remark | None) -> None:
    plan = planned(office, table("visits", VISIT | row))
    assert outcomes(plan) == [outcome]
    assert remark is None or remark in {note.remark for note in plan.rows[0].notes}


def test_who_went_is_asked_once(office: Store) -> None:
    rows = (VISIT | {"provider": "路人、鲁师傅"}, VISIT | {"date": "2025-03-07", "provider": None})
    sheet = table("visits", *rows)
    assert planned(office, sheet).unknown_providers == {"路人": 1, "鲁师傅": 1, "": 1}
    lu = office.where(Provider, name="鲁云民")[0].id
    said = {"路人": "volunteer", "鲁师傅": str(lu), "": str(lu)}
    plan = planned(office, sheet, provider_words=said)
    assert outcomes(plan) == ["new", "new"]
    carry_out(
        office, plan, today=DAY, learned=[LearnedWord(scope="provider", word=w, meaning=m) for w, m in said.items()]
    )
    [stranger] = office.where(Provider, name="路人")
    assert [visit.provider_ids for visit in office.all(Visit)] == [(stranger.id, lu), (lu,)]
    assert {word.word for word in office.all(LearnedWord)} == {"路人", "鲁师傅"}
    assert outcomes(planned(office, sheet, provider_words=said)) == ["same", "same"]


def test_a_doubtful_elder_is_decided_for_all_rows_that_say_the_same(office: Store) -> None:
    row = VISIT | {"phones": (), "compound": "亭北东块"}
    plan = planned(office, table("visits", row, row | {"date": "2025-05-01"}))
    [candidate] = plan.rows[0].candidates
    same = Choices(decisions={plan.rows[0].key: (Decision.SAME_PERSON, candidate)})
    assert outcomes(planned(office, table("visits", row, row | {"date": "2025-05-01"}), choices=same)) == ["new", "new"]
    other = Choices(decisions={plan.rows[0].key: (Decision.OTHER_PERSON, None)})
    assert outcomes(planned(office, table("visits", row), choices=other)) == ["refused"]


def test_calls_are_stored_with_who_rang_and_what_came_of_it(office: Store) -> None:
    stranger = CALL | {"name": "过路人", "phones": ("10099998888",), "about": "打错了", "result": None, "time": None}
    assert outcomes(past(office, table("calls", CALL, stranger, CALL | {"about": None, "result": None}))) == [
        "new", "new", "refused",
    ]  # fmt: skip
    call, wrong = office.all(Call)
    assert (call.elder_id, call.caller_name, call.outcome) == (1, "苗芬的女儿", CallOutcome.BOOKED)
    assert (call.at.date(), call.at.hour, call.at.minute) == (date(2025, 3, 6), 14, 30)
    assert call.notes == "想理发；处理：已预约3月8日"
    assert (call.taken_by, call.source_row) == ("何佩", 3)
    assert (wrong.elder_id, wrong.phone, wrong.outcome) == (None, "10099998888", CallOutcome.WRONG_NUMBER)
    assert outcomes(planned(office, table("calls", CALL, stranger))) == ["same", "same"]


def test_all_services_of_a_call_are_kept(office: Store) -> None:
    past(office, table("calls", CALL | {"category": "理发", "more_categories": ("清洗空调",)}))
    assert office.all(Call)[0].notes == "想理发；项目：理发、清洗空调；处理：已预约3月8日"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9:30", (None, 570, None)), ("上午9点", (None, 540, None)), ("下午2点半", (None, 870, None)),
        ("9:00-10:30", (None, 540, 90)), ("2024-11-02 9:00-10:30", (date(2024, 11, 2), 540, 90)),
        ("2024年11月2日14时至15时20分", (date(2024, 11, 2), 840, 80)), ("下午1:30~3:00", (None, 810, 90)),
        ("9:00:00", (None, 540, None)), ("上午", (None, 540, None)), ("25:00", (None, None, None)),
        ("2:00 PM", (None, 840, None)), ("2:00:00 p.m.-3:30 pm", (None, 840, 90)), ("9:05 AM", (None, 545, None)),
        ("0.395833333333333", (None, 570, None)), ("", (None, None, None)),
        ("11:00-1:00", (None, 660, 120)), ("2024-13-40 9:00", (None, 540, None)),
    ],
)  # fmt: skip
def test_times(text: str, found: tuple[Any, ...]) -> None:
    assert read_times(text) == found


def test_what_came_of_it() -> None:
    states = {
        "已完成": "done",
        "老人不在家": "not_home",
        "志愿者没来": "no_show",
        "取消": "cancelled",
        "未完成": "cancelled",
    }
    assert {text: read_state(text) for text in states} == states
    assert read_state("物业处理") is None
    assert read_outcome("空调不制冷", "转物业") is CallOutcome.MESSAGE
    assert read_outcome("投诉服务态度", "已道歉") is CallOutcome.COMPLAINT
    assert read_outcome("咨询助浴", "") is CallOutcome.ASKED


def test_whoever_comes_in_with_the_same_workbook_is_known(store: Store) -> None:
    visits = table("visits", VISIT | {"provider": "鲁云民、净邻家政（虚构）"}, VISIT | {"date": "2025-04-01"})
    plan = planned(store, visits, survey(MIAO), volunteers(LU, YU), table("calls", CALL))
    assert outcomes(plan) == ["new"] * 6
    report = carry_out(store, plan, today=DAY)
    assert (report.visits_added, report.calls_added) == (2, 1)
    [miao] = store.all(Elder)
    names = {provider.id: provider.name for provider in store.all(Provider)}
    assert len(names) == 3
    first, second = store.all(Visit)
    assert {first.elder_id, second.elder_id} == {miao.id}
    assert (first.committee_id, first.compound_id) == (miao.committee_id, miao.compound_id)
    assert [names[who] for who in first.provider_ids] == ["鲁云民", "净邻家政(虚构)"]
    assert [names[who] for who in second.provider_ids] == ["鲁云民"]
    assert [call.elder_id for call in store.all(Call)] == [miao.id]
    again = planned(store, visits, survey(MIAO), volunteers(LU, YU), table("calls", CALL))
    assert outcomes(again) == ["same"] * 6


def test_what_a_record_of_the_past_has_no_place_for_is_kept_in_its_notes(office: Store) -> None:
    told = {"rating": 5, "comment": "手很轻", "notes": "带了剪刀"}
    past(office, table("visits", VISIT | told), table("calls", CALL | {"rating": 2, "cadre": "何佩"}))
    [visit] = office.all(Visit)
    assert visit.notes == "带了剪刀；满意度（1 到 5）：5；意见：手很轻"
    [call] = office.all(Call)
    assert call.notes.endswith("满意度（1 到 5）：2；居委干部：何佩")
    assert outcomes(planned(office, table("calls", CALL | {"rating": 2, "cadre": "何佩"}))) == ["same"]


def test_a_caller_without_a_name_is_kept_by_the_number(office: Store) -> None:
    wrong = {"name": None, "phones": ("10099998888",), "about": "打错了", "result": None}
    past(office, table("calls", CALL | wrong, CALL | {"name": None}))
    first, second = office.all(Call)
    assert (first.elder_id, first.caller_name, first.phone) == (None, "", "10099998888")
    assert first.outcome is CallOutcome.WRONG_NUMBER
    assert (second.elder_id, second.phone) == (1, "10016215129")
