"""Who goes to whom goes out as it stands, and the plan with its reasons; masked unless asked; never read back."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jiuliting_desk.actions import matching, pairings
from jiuliting_desk.actions.exports import Exported, GoingOut, export_list
from jiuliting_desk.actions.imports.draft import open_draft
from jiuliting_desk.actions.imports.words import vocabulary
from jiuliting_desk.actions.matching_causes import causes_of
from jiuliting_desk.actions.plan_list import export_plan
from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.errors import ReasonWanted
from jiuliting_desk.model.needs import Rhythm
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.sheets.tables import Kind
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, CLEAN, HAIRCUT, TODAY, elder, enterprise, need, volunteer
from tests.actions.test_exports import by_title, cells_of
from tests.actions.visits import book

BACK = date(2026, 4, 1)


@pytest.fixture
def office(store: Store) -> Store:
    """A pair that is due and pauses, a pair for all services, a claim, two needs of which nobody can meet one."""
    with store.operation("set up"):
        compound = store.add(Compound(name="亭北新村"))
    phones = (Phone(number="10011110001"), Phone(number="10011110002", preferred=True))
    first = elder(store, "高莲英", phones=phones, compound_id=compound.id, building="12", room="301")
    second = elder(store, "马根宝", compound_id=compound.id)
    one = volunteer(store, "顾海宁", compound_id=compound.id, skills=(HAIRCUT, CHAT))
    firm = enterprise(store, "净邻家政（虚构）")
    for elder_id, provider_id, category_id in ((first.id, one.id, CHAT), (second.id, firm.id, None)):
        with store.operation("pair"):
            pairings.pair(store, elder_id=elder_id, provider_id=provider_id, category_id=category_id, today=TODAY)
    claimed = need(store, second.id, CLEAN)
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=claimed.id, provider_id=firm.id, today=TODAY)
    need(store, first.id, CHAT, rhythm=Rhythm.MONTHLY, per_month=2)
    need(store, second.id, HAIRCUT, half_days=(5,))
    volunteer(store, "汤立新", skills=(AIRCON,))
    need(store, first.id, AIRCON)
    return store


def pause(store: Store, name: str) -> None:
    (provider,) = store.where(Provider, name=name)
    with store.operation("pause"):
        store.update(provider.paused(on=TODAY, reason="出门", until=BACK))


def test_pairs_and_claims_stand_in_their_sheets(office: Store, tmp_path: Path) -> None:
    pause(office, "顾海宁")
    path, late = tmp_path / "x.xlsx", TODAY + timedelta(weeks=60)
    report = export_list(
        office, what=Exported.PAIRINGS, going=GoingOut(path=path, full=True, reason="给居委"), today=late
    )
    assert (report.rows, report.masked) == (3, False)
    assert load_workbook(path).sheetnames == ["结对", "认领"]
    for_all, pair = by_title(path, "结对")
    assert [pair[title] for title in ("老人姓名", "老人电话", "小区", "楼室", "服务项目", "谁去", "谁去的电话")] == [
        "高莲英", "10011110002", "亭北新村", "12-301", "陪伴聊天", "顾海宁", "10055550101",
    ]  # fmt: skip
    assert pair["结对日期"].date() == TODAY
    assert pair["现在"] == "该回访了，顾海宁暂停中，2026-04-01 回来"
    assert (for_all["服务项目"], for_all["谁去"]) == ("都做", "净邻家政（虚构）")
    (claim,) = by_title(path, "认领")
    assert (claim["老人姓名"], claim["服务项目"], claim["谁去"]) == ("马根宝", "居家清洁", "净邻家政（虚构）")
    assert claim["留到"].date() == TODAY + timedelta(days=14)


def test_no_volunteer_and_no_elder_is_named_unless_asked(office: Store, tmp_path: Path) -> None:
    pause(office, "顾海宁")
    path = tmp_path / "x.xlsx"
    assert export_list(office, what=Exported.PAIRINGS, going=GoingOut(path=path), today=TODAY).masked
    text = "".join(str(cell) for name in ("结对", "认领") for row in cells_of(path, name) for cell in row)
    for secret in ("高莲英", "马根宝", "顾海宁", "10011110002", "10055550101", "301"):
        assert secret not in text, secret
    assert "净邻家政（虚构）" in text
    assert by_title(path, "结对")[1]["现在"] == "顾**暂停中，2026-04-01 回来"
    assert office.rows("SELECT count(*) FROM disclosure") == [(0,)]


def test_the_list_of_some_elders_has_only_theirs(office: Store, tmp_path: Path) -> None:
    (wanted,) = office.where(Elder, name="高莲英")
    path = tmp_path / "x.xlsx"
    assert (
        export_list(office, what=Exported.PAIRINGS, going=GoingOut(path=path), today=TODAY, ids=[wanted.id]).rows == 1
    )


def written_plan(store: Store, path: Path, *, full: bool) -> None:
    inputs = matching.read_inputs(store, today=TODAY)
    plan = matching.propose_plan(inputs)
    unticked = {line.need for line in plan.lines if inputs.needs[line.need].category_id == HAIRCUT}
    going = GoingOut(path=path, full=full, reason="请主任过目" if full else "")
    causes = causes_of(inputs, plan).known()
    report = export_plan(store, inputs=inputs, plan=plan, causes=causes, unticked=unticked, going=going, today=TODAY)
    assert report.rows == len(inputs.needs) + 3


def test_a_plan_goes_out_with_reasons_causes_and_ways(office: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    written_plan(office, path, full=True)
    assert load_workbook(path).sheetnames == ["方案", "没人能去", "结对", "认领"]
    lines = {row["服务项目"]: row for row in by_title(path, "方案")}
    chat, haircut = lines["陪伴聊天"], lines["理发"]
    assert (chat["老人姓名"], chat["谁去"], chat["怎么来的"], chat["要不要确认"]) == (
        "高莲英", "顾海宁", "固定结对", "要确认",
    )  # fmt: skip
    assert (chat["频次"], chat["紧急程度"], chat["已等天数"]) == ("每月 2 次", "一般", 0)
    assert "同小区" in chat["为什么"].split("、")
    assert (haircut["怎么来的"], haircut["要不要确认"]) == ("建议", "先不确认")
    (left,) = by_title(path, "没人能去")
    assert (left["老人姓名"], left["服务项目"], left["能不能去"]) == ("高莲英", "清洗空调", "没人能去")
    assert "证书" in left["为什么"]
    assert "汤立新" in left["怎么办"]
    assert office.rows("SELECT what, why FROM disclosure") == [("list", "请主任过目")]


def test_days_on_which_somebody_stands_in_are_told_apart(office: Store, tmp_path: Path) -> None:
    (other,) = office.where(Elder, name="马根宝")
    (helper,) = office.where(Provider, name="顾海宁")
    days = [TODAY + timedelta(days=number) for number in (2, 9)]
    for day in days:
        visit = book(office, other.id, helper.id, category_id=CHAT, day=day)
        need(office, other.id, CHAT, stands_in_for=visit.id)
    path = tmp_path / "x.xlsx"
    written_plan(office, path, full=False)
    told = [row["频次"] for sheet in ("方案", "没人能去") for row in by_title(path, sheet)]
    assert sorted(told) == ["3月20日代一次", "3月27日代一次", "一次", "一次", "每月 2 次"]


def test_a_masked_plan_masks_the_sentences_too(office: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    written_plan(office, path, full=False)
    text = "".join(str(cell.value) for sheet in load_workbook(path) for row in sheet for cell in row)
    for secret in ("高莲英", "马根宝", "顾海宁", "汤立新", "10011110002"):
        assert secret not in text, secret
    assert "汤**" in by_title(path, "没人能去")[0]["怎么办"]


def test_whoever_is_named_in_a_sentence_is_masked(office: Store, tmp_path: Path) -> None:
    elder(office, "丁兰")
    (pair, *_) = office.where(Pairing)
    with office.operation("note"):
        office.update(replace(pair, override_reason="丁兰介绍的，丁兰兰也这么说，打10011110002问过"))
    path = tmp_path / "x.xlsx"
    export_list(office, what=Exported.PAIRINGS, going=GoingOut(path=path), today=TODAY)
    told = {row["不合适仍结对的原因"] for row in by_title(path, "结对")}
    assert "丁*介绍的，丁*兰也这么说，打100****0002问过" in told


def test_a_full_plan_wants_a_reason(office: Store, tmp_path: Path) -> None:
    inputs = matching.read_inputs(office, today=TODAY)
    plan = matching.propose_plan(inputs)
    going = GoingOut(path=tmp_path / "x.xlsx", full=True)
    with pytest.raises(ReasonWanted):
        export_plan(office, inputs=inputs, plan=plan, causes=(), going=going, today=TODAY)
    assert not list(tmp_path.glob("*.xlsx"))


def test_what_went_out_to_be_read_is_not_read_back(office: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    written_plan(office, path, full=True)
    draft = open_draft(path, vocabulary=vocabulary(office, today=TODAY))
    assert {table.kind for table in draft.tables} == {Kind.OUTGOING}
    assert draft.tables_on == ()
