"""Erasing one person leaves nothing that tells who it was, anywhere in the file, and the figures as they were."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jiuliting_desk.actions.disclosures import disclosures_of, reveal_phones
from jiuliting_desk.actions.drafts import keep_draft, kept_draft
from jiuliting_desk.actions.elders import edit_elder, register_elder
from jiuliting_desk.actions.erasing import erase_elder
from jiuliting_desk.actions.history import redo, undo, undo_step
from jiuliting_desk.actions.merging import merge_elders
from jiuliting_desk.actions.needs import add_need
from jiuliting_desk.actions.search import search
from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.cards import CardState, ServiceCard
from jiuliting_desk.model.elders import Contact, Elder, ElderState, Phone
from jiuliting_desk.model.erasing import FREE_TEXT
from jiuliting_desk.model.errors import Missing, NothingToUndo
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, ProviderKind, Refusal
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store, history
from jiuliting_desk.store.tables import TABLES

DAY = date(2026, 3, 18)
SECRETS = ("高莲英", "10000004417", "7144000001", "高静", "10000002250", "听沪剧", "带围布", "剪得清爽")


@pytest.fixture
def elder(store: Store) -> Elder:
    """Somebody with a whole life in the file."""
    with store.operation("settle"):
        committee = store.add(ResidentsCommittee(name="亭北居民区"))
        compound = store.add(Compound(name="亭北新村", committee_id=committee.id))
    with store.operation("register_elder"):
        registered = register_elder(
            store,
            name="高莲英",
            phones=(Phone(number="10000004417"),),
            contacts=(Contact(name="高静", relation="女儿", phone="10000002250"),),
            compound_id=compound.id,
            building="12",
            room="301",
            today=DAY,
        )
    with store.operation("edit_elder"):
        edit_elder(store, elder_id=registered.id, likes="听沪剧", id_number="7144000001", today=DAY)
    with store.operation("add_need"):
        add_need(store, elder_id=registered.id, category_id=3, wishes="带围布", today=DAY)
    with store.operation("visit"):
        provider = store.add(Provider(kind=ProviderKind.VOLUNTEER, name="顾海宁"))
        visit = store.add(
            Visit(
                elder_id=registered.id,
                committee_id=registered.committee_id,
                services=(ServiceLine(category_id=3),),
                provider_ids=(provider.id,),
                day=DAY,
                starts=600,
                minutes=30,
                state=VisitState.DONE,
                on_site_minutes=30,
            )
        )
        store.add(Feedback(visit_id=visit.id, overall=5, words="剪得清爽", entered_on=DAY))
        store.add(ServiceCard(elder_id=registered.id, number="0001", made_on=DAY, handed_to="高静"))
        store.add(
            Call(
                at=datetime(2026, 3, 18, 9, tzinfo=UTC),
                elder_id=registered.id,
                phone="10000004417",
                caller_name="高静",
                outcome=CallOutcome.BOOKED,
            )
        )
    return store.get(Elder, registered.id)


def everything(store: Store) -> str:
    """All values of all tables, those of the search index included, as one text."""
    tables = [row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'search'")]
    values: list[Any] = []
    for table in tables:
        for row in store.rows(f"SELECT * FROM {table}"):
            values += row
    return "\n".join(value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in values)


def erase(store: Store, elder: Elder) -> None:
    with store.operation("erase_elder"):
        erase_elder(store, elder_id=elder.id, reason="本人要求", today=DAY)


def test_nothing_that_tells_who_it_was_is_left_in_the_file(store: Store, elder: Elder) -> None:
    before = everything(store)
    assert all(secret in before for secret in SECRETS)
    erase(store, elder)
    after = everything(store)
    assert [secret for secret in SECRETS if secret in after] == []
    store.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    assert store.rows("PRAGMA foreign_key_check") == []
    assert search(store, "高莲英", inactive=True) == []
    assert [
        hit for text in ("4417", "gly", "gaolianying", "7144000001") for hit in search(store, text, inactive=True)
    ] == []


OF_THE_DOUBLE = ("高连英", "高兰英", "66551234", "7144000002", "高小静", "10000007788", "爱唱歌", "送毛巾", "说话重")


@pytest.fixture
def merge(store: Store, elder: Elder) -> int:
    """A second record of the same person, merged into the first; gives the id of the step."""
    with store.operation("register_elder"):
        double = register_elder(
            store,
            name="高兰英",
            phones=(Phone(number="66551234"),),
            contacts=(Contact(name="高小静", relation="女儿", phone="10000007788"),),
            id_number="7144000002",
            likes="爱唱歌",
            today=DAY,
        )
    with store.operation("edit_elder"):
        edit_elder(store, elder_id=double.id, name="高连英", today=DAY)
    with store.operation("add_need"):
        add_need(store, elder_id=double.id, category_id=5, wishes="送毛巾", today=DAY)
    with store.operation("refuse"):
        provider = store.all(Provider)[0]
        for elder_id, reason in ((elder.id, "不合"), (double.id, "说话重")):
            store.add(Refusal(elder_id=elder_id, provider_id=provider.id, by_elder=True, reason=reason, said_on=DAY))
    with store.operation("merge_elders") as step:
        merge_elders(store, kept_id=elder.id, other_id=double.id, sides={}, reason="合并重复", today=DAY)
    return step.id


def test_a_record_that_was_merged_into_the_person_is_forgotten_with_them(
    store: Store, elder: Elder, merge: int
) -> None:
    before = everything(store)
    assert [secret for secret in (*SECRETS, *OF_THE_DOUBLE) if secret not in before] == []
    erase(store, store.get(Elder, elder.id))
    after = everything(store)
    assert [secret for secret in (*SECRETS, *OF_THE_DOUBLE) if secret in after] == []
    with pytest.raises(NothingToUndo):
        undo_step(store, operation_id=merge)
    assert [one.name for one in store.all(Elder)] == ["已清除"]


def test_a_merge_that_was_parted_again_leaves_the_other_record_alone(store: Store, elder: Elder, merge: int) -> None:
    undo_step(store, operation_id=merge)
    double = next(one for one in store.all(Elder) if one.id != elder.id)
    needs = store.where(Need, elder_id=double.id)
    erase(store, store.get(Elder, elder.id))
    after = everything(store)
    assert [secret for secret in SECRETS if secret in after] == []
    assert store.get(Elder, double.id) == double
    assert store.where(Need, elder_id=double.id) == needs
    with pytest.raises(NothingToUndo):
        undo_step(store, operation_id=merge)


def test_what_was_handed_on_or_removed_is_forgotten_too(store: Store, elder: Elder) -> None:
    with store.operation("register_elder"):
        other = register_elder(store, name="马根宝", today=DAY)
    with store.operation("note"):
        gone = store.add(Need(elder_id=elder.id, category_id=1, since=DAY, wishes="钥匙在高静那里"))
        call = store.all(Call)[0]
    with store.operation("correct"):
        store.remove(gone)
        store.update(replace(call, elder_id=other.id, phone="", caller_name=""))
    erase(store, elder)
    after = everything(store)
    assert [secret for secret in (*SECRETS, "钥匙在") if secret in after] == []
    assert store.get(Call, call.id).elder_id == other.id


def test_drafts_of_the_telephone_are_forgotten_and_those_of_others_kept(store: Store, elder: Elder) -> None:
    visit = store.all(Visit)[0]
    others = json.dumps({"elder_id": elder.id + 7, "phone": "10000005555"})
    keep_draft(store, name="phone", text=json.dumps({"elder_id": 0, "phone": "4417"}))
    keep_draft(store, name="phone.held", text=f"{json.dumps({'elder_id': elder.id, 'phone': ''})}\n{others}")
    keep_draft(store, name="phone.note", text=json.dumps({"elder_id": 0, "values": {"notes": "高莲英的女儿来电"}}))
    entry = {"reason": ""}
    keep_draft(store, name="campaign", text=json.dumps({str(visit.id): entry, str(visit.id + 1): entry}))
    erase(store, elder)
    assert (kept_draft(store, name="phone"), kept_draft(store, name="phone.note")) == ("", "")
    assert kept_draft(store, name="phone.held") == others
    assert json.loads(kept_draft(store, name="campaign")) == {str(visit.id + 1): entry}


def test_the_figures_stay_and_nothing_is_left_to_do(store: Store, elder: Elder) -> None:
    erase(store, elder)
    gone = store.get(Elder, elder.id)
    assert (gone.state, gone.number, gone.committee_id) == (ElderState.WITHDREW, "", elder.committee_id)
    visit = store.all(Visit)[0]
    assert (visit.state, visit.on_site_minutes, visit.committee_id) == (VisitState.DONE, 30, elder.committee_id)
    assert store.all(Feedback)[0].overall == 5
    assert store.all(Need)[0].state is NeedState.CLOSED
    assert store.all(ServiceCard)[0].state is CardState.VOID


def test_it_cannot_be_undone_and_other_steps_can(store: Store, elder: Elder) -> None:
    with store.operation("register_elder", "马根宝"):
        other = register_elder(store, name="马根宝", today=DAY)
    erase(store, elder)
    erased = history.lines(store)[0]
    assert (erased.name, erased.about) == ("erase_elder", "0001 本人要求")
    with pytest.raises(NothingToUndo):
        undo_step(store, operation_id=erased.id)
    undo(store)
    assert store.find(Elder, other.id) is None
    redo(store)
    assert store.get(Elder, other.id) == other
    assert store.get(Elder, elder.id).name == "已清除"


def test_what_was_looked_at_stays_noted(store: Store, elder: Elder) -> None:
    reveal_phones(store, elder_id=elder.id, why="来电")
    erase(store, elder)
    assert len(disclosures_of(store, kind="elder", record_id=elder.id)) == 1


def test_a_reason_is_wanted(store: Store, elder: Elder) -> None:
    with pytest.raises(Missing), store.operation("erase_elder"):
        erase_elder(store, elder_id=elder.id, reason=" ", today=DAY)
    assert store.get(Elder, elder.id) == elder


@pytest.mark.parametrize("state", [ElderState.ACTIVE, ElderState.MOVED])
def test_whatever_stands_ends_and_who_asked_is_not_written_into_it(
    store: Store, elder: Elder, state: ElderState
) -> None:
    with store.operation("settle"):
        store.update(replace(elder, state=state))
        done = store.all(Visit)[0]
        visits = [
            store.add(replace(done, id=0, state=VisitState.PLANNED, day=DAY, on_site_minutes=0)),
            store.add(replace(done, id=0, state=VisitState.NOT_HOME, reason="出门了")),
            store.add(replace(done, id=0, state=VisitState.NOT_HOME, reason="在高静家")),
        ]
        provider_id = done.provider_ids[0]
        series = store.add(
            Series(
                elder_id=elder.id,
                services=done.services,
                provider_ids=(provider_id,),
                starts=600,
                minutes=30,
                interval=Interval.WEEKLY,
                begins_on=DAY,
            )
        )
        bond = store.add(
            Pairing.begun(elder_id=elder.id, provider_id=provider_id, category_id=3, today=DAY, first_weeks=6)
        )
        need = store.all(Need)[0]
        claim = store.add(Claim(need_id=need.id, provider_id=provider_id, claimed_on=DAY, expires_on=DAY))
    with store.operation("erase_elder"):
        erase_elder(store, elder_id=elder.id, reason="女儿高某要求", today=DAY)
    assert [(visit.state, visit.reason) for visit in store.get_many(Visit, [one.id for one in visits]).values()] == [
        (VisitState.CANCELLED, "资料已清除"),
        (VisitState.NOT_HOME, "出门了"),
        (VisitState.NOT_HOME, "资料已清除"),
    ]
    assert store.get(Series, series.id).ended_on is not None
    assert not store.get(Pairing, bond.id).is_active
    assert store.get(Need, need.id).state is NeedState.CLOSED
    assert store.get(Claim, claim.id).state is ClaimState.RELEASED
    assert not store.all(ServiceCard)[0].is_valid
    assert everything(store).count("女儿高某要求") == 1
    assert store.get(Elder, elder.id).state is (ElderState.MOVED if state is ElderState.MOVED else ElderState.WITHDREW)


def test_who_left_keeps_the_state(store: Store, elder: Elder) -> None:
    with store.operation("leave"):
        store.update(replace(elder, state=ElderState.DECEASED))
    erase(store, elder)
    assert store.get(Elder, elder.id).state is ElderState.DECEASED


def test_every_class_that_belongs_to_an_elder_is_known() -> None:
    keys = {"elder_id", "need_id", "visit_id", "call_id"}
    belonging = {record_class for record_class, table in TABLES.items() if keys & set(table.columns)}
    assert belonging == set(FREE_TEXT)
