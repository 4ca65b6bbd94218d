"""Survey rows against who is known: new, changed, the same, doubtful, and what is written of each."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jiuliting_desk.actions.history import undo, undo_step
from jiuliting_desk.actions.imports.carrying import carry_out
from jiuliting_desk.actions.imports.planning import plan_tables
from jiuliting_desk.actions.imports.rows import SheetTable
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.model.elders import Contact, Elder, ElderState, Living, Phone, Sex
from jiuliting_desk.model.errors import PlanOvertaken
from jiuliting_desk.model.imports import Choices, Decision, ImportPlan, Outcome, Remark
from jiuliting_desk.model.needs import Need, NeedSource
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.surveys import LearnedWord, NeedsSurvey
from jiuliting_desk.sheets.tables import Remark as CellRemark
from jiuliting_desk.store import Store, backup, history
from tests.actions.imports.sheets_by_hand import MIAO, ZOU, HandRow, HandTable, survey
from tests.store.test_undo import contents

DAY = date(2026, 3, 18)


def planned(store: Store, *tables: SheetTable, **options: Any) -> ImportPlan:
    """The plan of some tables against a file."""
    return plan_tables(
        take_snapshot(store), tables, today=DAY, source_name="亭北.xlsx", source_digest="ab" * 32, **options
    )


def imported(store: Store, *tables: SheetTable, **options: Any) -> ImportPlan:
    """Tables planned and carried out."""
    plan = planned(store, *tables, **options)
    carry_out(store, plan, today=DAY, with_backup=False)
    return plan


def outcomes(plan: ImportPlan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def test_a_first_sheet_becomes_elders_with_needs(store: Store) -> None:
    report = carry_out(store, planned(store, survey(MIAO, ZOU)), today=DAY)
    assert (report.counts[Outcome.NEW], report.needs_added) == (2, 3)
    assert report.new_committees == ("亭北居民区",)
    assert report.new_compounds == ("亭北新村", "亭北东块")
    miao, zou = store.all(Elder)
    compounds = {compound.name: compound for compound in store.all(Compound)}
    committee = store.all(ResidentsCommittee)[0]
    assert miao == Elder(
        id=miao.id,
        number="0001",
        name="苗芬",
        sex=Sex.MALE,
        birth="1948-08-20",
        id_number="000000194808205470",
        phones=(Phone(number="10016215129"),),
        committee_id=committee.id,
        compound_id=compounds["亭北新村"].id,
        building="16",
        room="501",
        tags=("高龄",),
        survey_id=report.survey_ids[0],
        registered_on=DAY,
    )
    assert (zou.number, zou.birth) == ("0002", "1929-11-07")
    assert all(compound.committee_id == committee.id for compound in compounds.values())
    needs = [(need.elder_id, need.category_id, need.source, need.source_row) for need in store.all(Need)]
    assert needs == [
        (miao.id, 1, NeedSource.SURVEY, 4),
        (miao.id, 3, NeedSource.SURVEY, 4),
        (zou.id, 6, NeedSource.SURVEY, 5),
    ]
    [round_] = store.all(NeedsSurvey)
    assert (round_.source_file, round_.source_digest, round_.rows_new) == ("亭北.xlsx", "ab" * 32, 2)
    assert (round_.surveyed_on, round_.committee_id) == (date(2026, 3, 5), committee.id)
    assert {need.since for need in store.all(Need)} == {date(2026, 3, 5)}
    assert all(elder.checked(today=DAY) == elder for elder in store.all(Elder))


def test_the_same_sheet_again_changes_nothing(store: Store) -> None:
    imported(store, survey(MIAO, ZOU))
    before, line = contents(store), store.undoable()
    plan = imported(store, survey(MIAO, ZOU))
    assert outcomes(plan) == ["same", "same"]
    assert plan.writes_nothing
    assert contents(store) == before
    assert store.undoable() == line
    assert backup.list_backups(store.path) == []


def test_what_changed_is_told_field_by_field_and_nothing_is_taken_away(store: Store) -> None:
    imported(store, survey(MIAO | {"emergency_contact": "苗芳", "emergency_phone": "10000000001"}, ZOU))
    before = store.all(Elder)[0]
    with store.operation("edit"):
        store.update(replace(before, phones=(Phone(number="10016215129", note="女儿家", preferred=True),), notes="a"))
    row = MIAO | {
        "phones": ["10016215130"],
        "compound": "亭北东块",
        "building": "3",
        "tags": ["独居"],
        "needs": ["理发", "居家清洁"],
        "notes": "b",
        "emergency_contact": "苗芳",
        "emergency_phone": "10000000002",
    }
    plan = imported(store, survey(row))
    told = {change.field: (change.old, change.new) for change in plan.rows[0].changes}
    assert told == {
        "phones": (("10016215129",), ("10016215130", "10016215129")),
        "address": ("亭北新村 16号 501", "亭北东块 3号 501"),
        "living": ("unknown", "alone"),
        "tags": (("高龄",), ("高龄", "独居")),
        "contacts": ((("苗芳", "", "10000000001"),), (("苗芳", "", "10000000002"),)),
        "notes": ("a", "a；b"),
    }
    assert plan.rows[0].category_ids == (2,)
    after = store.get(Elder, before.id)
    assert after.phones == (Phone(number="10016215130"), Phone(number="10016215129", note="女儿家", preferred=True))
    assert (after.living, after.tags, after.notes) == (Living.ALONE, ("高龄", "独居"), "a；b")
    assert after.contacts == (Contact(name="苗芳", phone="10000000002"),)
    assert [need.category_id for need in store.where(Need, elder_id=before.id)] == [1, 3, 2]
    assert after.survey_id == before.survey_id


def test_empty_cells_leave_what_is_known_unless_staff_want_otherwise(store: Store) -> None:
    imported(store, survey(MIAO))
    emptied = MIAO | {"phones": [], "tags": [], "room": "", "id_number": "", "birth": "1948-08-20"}
    assert outcomes(planned(store, survey(emptied | {"room": "501"}))) == ["same"]
    plan = imported(store, survey(emptied | {"room": "501"}), choices=Choices(empty_cells_keep=False))
    elder = store.all(Elder)[0]
    assert outcomes(plan) == ["changed"]
    assert (elder.phones, elder.tags, elder.id_number, elder.room) == ((), (), "", "501")
    missing = {key: value for key, value in MIAO.items() if key not in {"phones", "tags"}}
    with store.operation("edit"):
        store.update(replace(elder, phones=(Phone(number="66551234"),), id_number=str(MIAO["id_number"])))
    assert "phones" not in {
        c.field for c in planned(store, survey(missing), choices=Choices(empty_cells_keep=False)).rows[0].changes
    }


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ({"id_number": "000000194808205470", "phones": [], "compound": ""}, "same"),
        ({"id_number": "", "compound": "", "room": ""}, "same"),
        ({"id_number": "", "phones": []}, "same"),
        ({"id_number": "", "phones": [], "room": "502", "birth": "1948-08-20"}, "doubtful"),
        ({"id_number": "", "phones": [], "room": "502"}, "new"),
        ({"name": "苗分", "id_number": "", "phones": []}, "doubtful"),
        ({"name": "苗分", "id_number": "", "phones": ["10016215129"], "room": "502"}, "new"),
        ({"id_number": "000000193212121917"}, "new"),
    ],
)
def test_who_is_the_same_person(store: Store, row: dict[str, Any], outcome: str) -> None:
    imported(store, survey(MIAO | {"needs": []}))
    assert outcomes(planned(store, survey(MIAO | {"needs": []} | row))) == [outcome]


def test_a_question_is_decided_by_staff(store: Store) -> None:
    imported(store, survey(MIAO))
    asked = survey(MIAO | {"name": "苗分", "id_number": "", "phones": ["10000000009"], "sex": "女"})
    plan = planned(store, asked)
    [row] = plan.rows
    assert row.outcome is Outcome.DOUBTFUL
    assert [candidate.record_id for candidate in row.candidates] == [1]
    assert plan.writes_nothing
    other = planned(store, asked, choices=Choices(decisions={row.key: (Decision.OTHER_PERSON, None)}))
    assert outcomes(other) == ["new"]
    same = imported(store, asked, choices=Choices(decisions={row.key: (Decision.SAME_PERSON, row.candidates[0])}))
    assert outcomes(same) == ["changed"]
    [elder] = store.all(Elder)
    assert (elder.name, elder.sex, len(elder.phones)) == ("苗分", Sex.FEMALE, 2)


def test_one_person_in_two_rows_is_one_person(store: Store) -> None:
    again = MIAO | {"needs": ["居家清洁", "理发"], "phones": ["10000000001"], "tags": ["低保"]}
    plan = imported(store, survey(MIAO, ZOU, again, again))
    assert outcomes(plan) == ["new", "new", "changed", "same"]
    assert [(note.remark, note.detail) for note in plan.rows[2].notes] == [(Remark.SAME_ROW, "4")]
    miao = store.where(Elder, name="苗芬")
    assert len(miao) == 1
    assert [phone.number for phone in miao[0].phones] == ["10000000001", "10016215129"]
    assert miao[0].tags == ("高龄", "低保")
    assert [need.category_id for need in store.where(Need, elder_id=miao[0].id)] == [1, 3, 2]


def test_a_question_within_the_sheet_is_decided_too(store: Store) -> None:
    twin = ZOU | {"phones": [], "room": "909"}
    plan = planned(store, survey(ZOU, twin))
    assert outcomes(plan) == ["new", "doubtful"]
    candidate = plan.rows[1].candidates[0]
    assert (candidate.record_id, candidate.row_key) == (0, plan.rows[0].key)
    decided = {plan.rows[1].key: (Decision.SAME_PERSON, candidate)}
    imported(store, survey(ZOU, twin), choices=Choices(decisions=decided))
    [elder] = store.all(Elder)
    assert elder.room == "909"


def test_who_left_the_list_is_a_question(store: Store) -> None:
    imported(store, survey(MIAO))
    with store.operation("died"):
        elder = store.all(Elder)[0]
        store.update(elder.now_in(ElderState.DECEASED, on=DAY, reason="病故"))
        for need in store.all(Need):
            store.update(need.closed(on=DAY, reason="病故"))
    plan = planned(store, survey(MIAO))
    assert outcomes(plan) == ["doubtful"]
    assert plan.rows[0].notes[-1].remark is Remark.NOT_SERVED
    same = Choices(decisions={(0, 0): (Decision.SAME_PERSON, plan.rows[0].candidates[0])})
    assert outcomes(planned(store, survey(MIAO), choices=same)) == ["same"]
    assert outcomes(planned(store, survey(MIAO | {"needs": []}))) == ["same"]


def test_a_field_can_be_left_as_it_is(store: Store) -> None:
    imported(store, survey(MIAO))
    row = MIAO | {"room": "502", "phones": ["10000000001"], "needs": ["居家清洁"]}
    kept = Choices(kept={(0, 0): frozenset({"address", "needs"})})
    plan = imported(store, survey(row), choices=kept)
    assert [change.field for change in plan.rows[0].changes] == ["phones"]
    assert store.all(Elder)[0].room == "501"
    assert store.count(Need) == 2
    everything = Choices(kept={(0, 0): frozenset({"address", "needs"})}, left_out=frozenset({(0, 1)}))
    assert outcomes(planned(store, survey(row, ZOU), choices=everything)) == ["same", "refused"]


def test_refused_rows_and_unknown_services_are_kept_in_sight(store: Store) -> None:
    rows = [
        HandRow(row=4, fields=MIAO | {"needs": ["擦玻璃", "理发"]}),
        HandRow(row=5, fields={"name": ""}, refused="name_missing", remarks=("name_missing",)),
    ]
    plan = imported(store, HandTable(rows=rows))
    assert outcomes(plan) == ["new", "refused"]
    assert plan.unknown_needs == {"擦玻璃": 1}
    assert plan.rows[1].read_remarks == ("name_missing",)
    assert store.count(Need) == 1
    assert store.all(NeedsSurvey)[0].rows_refused == 1


def test_an_age_gives_the_year_of_birth_and_never_replaces_a_date(store: Store) -> None:
    row = {key: value for key, value in MIAO.items() if key != "id_number"} | {"age": 78}
    plan = imported(store, survey(row))
    assert plan.rows[0].notes[0].remark is Remark.AGE_ONLY
    assert store.all(Elder)[0].birth == "1948"
    imported(store, survey(MIAO))
    assert store.all(Elder)[0].birth == "1948-08-20"
    assert outcomes(planned(store, survey(row | {"age": 80}))) == ["same"]


def test_a_plan_that_others_overtook_is_not_carried_out(store: Store) -> None:
    plan = planned(store, survey(MIAO))
    with store.operation("register"):
        store.add(Elder(name="邵雯", number="9"))
    before = contents(store)
    with pytest.raises(PlanOvertaken):
        carry_out(store, plan, today=DAY)
    assert contents(store) == before


def test_a_file_that_holds_something_is_backed_up_first(store: Store) -> None:
    imported(store, survey(ZOU))
    report = carry_out(store, planned(store, survey(MIAO)), today=DAY)
    [made] = backup.list_backups(store.path)
    assert (made.path.name, made.reason) == (report.backup_name, "import")


def test_a_cancelled_import_leaves_nothing(store: Store) -> None:
    plan = planned(store, survey(MIAO, ZOU))
    before = contents(store)

    class Cancelled(Exception):
        pass

    for step in range(6):

        def cancel(done: int, total: int, at: int = step) -> None:
            if done == at:
                raise Cancelled

        with pytest.raises(Cancelled):
            carry_out(store, plan, today=DAY, progress=cancel)
        assert contents(store) == before
        assert store.undoable() is None
    assert carry_out(store, plan, today=DAY).operation_id


def test_a_whole_import_goes_back_after_other_work(store: Store) -> None:
    imported(store, survey(ZOU))
    before = contents(store)
    plan = planned(store, survey(MIAO, ZOU | {"phones": ["10000000001"]}))
    word = LearnedWord(scope="header", sender="亭北", word="情况", meaning="notes")
    report = carry_out(store, plan, today=DAY, with_backup=False, learned=(word,))
    assert store.count(LearnedWord) == 1
    with store.operation("register"):
        other = store.add(Elder(name="邵雯", number="9"))
    undo_step(store, operation_id=report.operation_id)
    assert store.get(Elder, other.id) == other
    undo(store)
    assert {name: rows for name, rows in contents(store).items() if name != "elder"} == {
        name: rows for name, rows in before.items() if name != "elder"
    }
    assert contents(store)["elder"] == before["elder"]
    assert history.lines(store)[0].name == "undo"


def test_what_could_not_be_taken_is_kept_in_the_notes(store: Store) -> None:
    wrong = CellRemark(code="phone_wrong", field="phones", text="1005779633")
    word = CellRemark(code="need_unknown", field="needs", text="修电视")
    row = HandRow(row=4, fields=MIAO | {"phones": []}, remarks=(wrong, word))
    sheet = replace(survey(MIAO), rows=[row])
    imported(store, sheet)
    [elder] = store.all(Elder)
    assert elder.notes == "表里写的电话：1005779633；表里写的需求：修电视"
    assert outcomes(planned(store, sheet)) == ["same"]
    imported(store, survey(MIAO))
    with store.operation("edit_elder"):
        store.update(replace(store.all(Elder)[0], notes=""))
    imported(store, sheet)
    assert store.all(Elder)[0].notes == "表里写的需求：修电视", "a phone is known in the place of the wrong one"


def test_what_was_taught_of_a_sheet_that_brings_nothing_new_is_remembered(store: Store) -> None:
    imported(store, survey(MIAO))
    before = contents(store)
    word = LearnedWord(scope="category", sender="", word="擦玻璃", meaning="居家清洁")
    report = carry_out(store, planned(store, survey(MIAO)), today=DAY, learned=[word], with_backup=False)
    assert report.operation_id == 0
    [known] = store.all(LearnedWord)
    assert (known.word, known.meaning) == ("擦玻璃", "居家清洁")
    steps = contents(store)
    carry_out(store, planned(store, survey(MIAO)), today=DAY, learned=[word], with_backup=False)
    assert contents(store) == steps
    undo(store)
    assert contents(store) == before
