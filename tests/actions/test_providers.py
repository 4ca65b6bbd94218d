"""Volunteers and enterprises from the first day to the last."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from jiuliting_desk.actions import certificates, pairings, providers, visits
from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.elders import Phone, Sex
from jiuliting_desk.model.errors import BadPhone, DateOrder, Missing, StillUsed, WrongState
from jiuliting_desk.model.identity import check_digit
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Skill
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.matching_rows import held_needs
from tests.actions.people import CHAT, HAIRCUT, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import book


def invented_id(birth: str, order: str) -> str:
    """A number that checks, of the region 000000 that nobody has."""
    return f"000000{birth}{order}" + check_digit(f"000000{birth}{order}")


def registered(store: Store, provider: Provider) -> Provider:
    with store.operation("register_provider"):
        return providers.register_provider(store, provider=provider, today=TODAY)


def test_numbers_run_by_kind(store: Store) -> None:
    first = registered(store, Provider(name=" 顾 海宁 ", skills=(Skill(category_id=HAIRCUT),)))
    firm = registered(store, Provider(name="净邻家政", kind=ProviderKind.ENTERPRISE))
    second = registered(store, Provider(name="钟毓秀"))
    assert [found.number for found in (first, firm, second)] == ["V0001", "E0001", "V0002"]
    assert (first.name, first.joined_on) == ("顾海宁", TODAY)
    own = registered(store, Provider(name="俞敏芳", number="V0207"))
    assert own.number == "V0207"
    assert registered(store, Provider(name="蔡志刚")).number == "V0208"


def test_the_identity_number_tells_birth_and_sex(store: Store) -> None:
    told = registered(store, Provider(name="顾海宁", id_number=invented_id("19710412", "012")))
    assert (told.birth, told.sex, told.id_flag) == ("1971-04-12", Sex.FEMALE, "")
    wrong = registered(store, Provider(name="钟毓秀", id_number="000000197104120121"))
    assert (wrong.birth, wrong.id_number, wrong.id_flag) == ("", "000000197104120121", "check_digit")


def test_wrong_fields_are_refused_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(Missing):
        registered(store, Provider(name="　"))
    with pytest.raises(BadPhone):
        registered(store, Provider(name="顾海宁", phones=(Phone(number="1005555010"),)))
    assert store.all(Provider) == []


def test_editing_leaves_state_and_kind_alone(store: Store) -> None:
    old = registered(store, Provider(name="顾海宁"))
    with store.operation("pause_provider"):
        paused = providers.pause_provider(store, provider_id=old.id, reason="出国", today=TODAY)
    form = replace(old, name="顾海宁", half_days=(5, 1, 5), kind=ProviderKind.ENTERPRISE)
    with store.operation("edit_provider"):
        now = providers.edit_provider(store, provider=form, today=TODAY)
    assert now == replace(paused, half_days=(1, 5))


def test_likely_the_same_while_typing(store: Store) -> None:
    id_number = invented_id("19710412", "012")
    by_id = volunteer(store, "顾海凝", id_number=id_number, phones=())
    by_phone = volunteer(store, "顾阿姨")
    by_name = volunteer(store, "顾海宁", phones=())
    volunteer(store, "钟毓秀", phones=(Phone(number="10055550109"),))
    found = providers.likely_same(store, name="顾 海宁", phones=["100-5555-0101"], id_number=id_number)
    assert [(likeness.provider.id, likeness.same) for likeness in found] == [
        (by_id.id, ("id_number",)),
        (by_phone.id, ("phone",)),
        (by_name.id, ("name",)),
    ]
    assert providers.likely_same(store, phones=["1005"]) == []
    assert providers.likely_same(store) == []
    assert providers.likely_same(store, name="顾海宁", but=by_name.id) == []


def test_at_most_five_are_shown(store: Store) -> None:
    for _ in range(8):
        volunteer(store)
    assert len(providers.likely_same(store, name="顾海宁")) == 5


def test_members_join_and_leave(store: Store) -> None:
    firm, helper = enterprise(store), volunteer(store)
    with store.operation("join_enterprise"):
        providers.join_enterprise(store, provider_ids=[helper.id], enterprise_id=firm.id, today=TODAY)
    assert [member.id for member in providers.members(store, enterprise_id=firm.id)] == [helper.id]
    with pytest.raises(WrongState), store.operation("join_enterprise"):
        providers.join_enterprise(store, provider_ids=[firm.id], enterprise_id=firm.id, today=TODAY)
    with pytest.raises(WrongState), store.operation("join_enterprise"):
        providers.join_enterprise(store, provider_ids=[firm.id], enterprise_id=helper.id, today=TODAY)
    with store.operation("leave_enterprise"):
        providers.leave_enterprise(store, provider_id=helper.id, today=TODAY)
    assert providers.members(store, enterprise_id=firm.id) == []


def busy(store: Store, helper: Provider) -> tuple[Need, Pairing, Pairing]:
    """A provider with one claimed need and two bonds."""
    person, other = elder(store), elder(store, "马根宝")
    wanted = need(store, person.id)
    with store.operation("claim_need"):
        pairings.claim_need(store, need_id=wanted.id, provider_id=helper.id, today=TODAY)
    bonds = []
    for who in (person, other):
        with store.operation("pair"):
            bonds.append(pairings.pair(store, elder_id=who.id, provider_id=helper.id, category_id=HAIRCUT, today=TODAY))
    return wanted, bonds[0], bonds[1]


def test_who_stops_leaves_nobody_hanging(store: Store) -> None:
    helper = volunteer(store)
    wanted, ended, kept = busy(store, helper)
    standing = providers.commitments(store, provider_id=helper.id)
    assert [found.id for found in standing.needs] == [wanted.id]
    assert [found.id for found in standing.pairings] == [ended.id, kept.id]
    with pytest.raises(Missing), store.operation("stop_provider"):
        providers.stop_provider(store, provider_id=helper.id, reason="", today=TODAY)
    with store.operation("stop_provider"):
        providers.stop_provider(
            store, provider_id=helper.id, reason="搬去外地", today=TODAY, keep_pairing_ids=[kept.id]
        )
    assert store.get(Provider, helper.id).state is ProviderState.STOPPED
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    assert (store.all(Claim)[0].state, store.all(Claim)[0].reason) == (ClaimState.RELEASED, "搬去外地")
    assert store.get(Pairing, ended.id).end_reason == "搬去外地"
    assert store.get(Pairing, kept.id).is_active
    undo(store)
    assert store.get(Provider, helper.id) == helper
    assert store.get(Need, wanted.id).claimed_by == helper.id
    assert store.get(Pairing, ended.id) == ended


def test_a_pause_keeps_what_is_not_given_up(store: Store) -> None:
    helper = volunteer(store)
    wanted, first, second = busy(store, helper)
    until = TODAY + timedelta(days=30)
    with store.operation("pause_provider"):
        providers.pause_provider(
            store,
            provider_id=helper.id,
            reason="住院",
            today=TODAY,
            until=until,
            release_need_ids=[wanted.id],
            end_pairing_ids=[second.id],
        )
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    assert [store.get(Pairing, bond.id).is_active for bond in (first, second)] == [True, False]
    with store.operation("resume_due"):
        assert providers.resume_due(store, today=until - timedelta(days=1)) == []
    with store.operation("resume_due"):
        assert [found.name for found in providers.resume_due(store, today=until)] == ["顾海宁"]
    now = store.get(Provider, helper.id)
    assert (now.state, now.resume_on, now.state_reason) == (ProviderState.ACTIVE, None, "")


def test_an_enterprise_stops_with_or_without_its_members(store: Store) -> None:
    firm = enterprise(store)
    member = volunteer(store, enterprise_id=firm.id)
    busy(store, member)
    with store.operation("stop_provider"):
        providers.stop_provider(store, provider_id=firm.id, reason="合同到期", today=TODAY)
    assert store.get(Provider, member.id).state is ProviderState.ACTIVE
    undo(store)
    with store.operation("stop_provider"):
        providers.stop_provider(store, provider_id=firm.id, reason="合同到期", today=TODAY, stop_members=True)
    line = store.undoable()
    assert line is not None
    assert line.about == "净邻家政"
    assert store.get(Provider, member.id).state is ProviderState.STOPPED
    assert store.where(Pairing, ended_on=None) == []
    with store.operation("resume_provider"):
        providers.resume_provider(store, provider_id=firm.id, today=TODAY)
    assert store.get(Provider, firm.id).state is ProviderState.ACTIVE


def test_only_a_record_without_work_can_be_removed(store: Store) -> None:
    helper, mistake = volunteer(store), volunteer(store, "顾海宇")
    busy(store, helper)
    with store.operation("add_certificate"):
        certificates.add_certificate(store, provider_id=mistake.id, kind="健康证", today=TODAY)
    with pytest.raises(StillUsed) as raised, store.operation("remove_provider"):
        providers.remove_provider(store, provider_id=helper.id, today=TODAY)
    assert (raised.value.used_by, raised.value.count) == ("claim", 1)
    with store.operation("remove_provider"):
        providers.remove_provider(store, provider_id=mistake.id, today=TODAY)
    assert store.find(Provider, mistake.id) is None
    undo(store)
    assert [found.kind for found in store.where(Certificate, provider_id=mistake.id)] == ["健康证"]


def test_certificates_are_added_renewed_and_watched(store: Store) -> None:
    firm, gone = enterprise(store), enterprise(store, "旧家政", state=ProviderState.STOPPED)
    end = TODAY + timedelta(days=20)
    with store.operation("add_certificate"):
        paper = certificates.add_certificate(
            store, provider_id=firm.id, kind=" 空调清洗 ", number="A-1", expires_on=end, today=TODAY
        )
        certificates.add_certificate(store, provider_id=gone.id, kind="空调清洗", expires_on=TODAY, today=TODAY)
        certificates.add_certificate(store, provider_id=firm.id, kind="健康证", today=TODAY)
    assert [found.id for found in certificates.expiring(store, today=TODAY)] == [paper.id]
    assert certificates.known_kinds(store) == ["空调清洗", "油烟机清洗", "健康证"]
    with pytest.raises(DateOrder), store.operation("renew_certificate"):
        certificates.renew_certificate(store, certificate_id=paper.id, expires_on=end, today=TODAY)
    with pytest.raises(Missing), store.operation("renew_certificate"):
        certificates.renew_certificate(store, certificate_id=paper.id, today=TODAY)
    with store.operation("renew_certificate"):
        new = certificates.renew_certificate(
            store, certificate_id=paper.id, issued_on=TODAY, expires_on=date(2028, 3, 1), today=TODAY
        )
    assert (new.kind, new.number) == ("空调清洗", "A-1")
    assert certificates.expiring(store, today=TODAY) == []
    assert store.get(Certificate, paper.id) == paper
    with pytest.raises(DateOrder), store.operation("edit_certificate"):
        certificates.edit_certificate(store, certificate=replace(new, issued_on=date(2028, 3, 2)), today=TODAY)
    with store.operation("remove_certificate"):
        certificates.remove_certificate(store, certificate_id=new.id, today=TODAY)
    assert [found.id for found in certificates.expiring(store, today=TODAY)] == [paper.id]


def test_a_pause_leaves_the_visits_named_and_no_others(store: Store) -> None:
    helper, mate = volunteer(store), volunteer(store, "沈另文")
    gao = elder(store)
    wanted = need(store, gao.id, HAIRCUT)
    services = (ServiceLine(category_id=HAIRCUT, need_id=wanted.id),)
    soon = book(store, gao.id, helper.id, day=TODAY + timedelta(days=1), services=services)
    together = book(store, gao.id, helper.id, mate.id, day=TODAY + timedelta(days=2))
    later = book(store, gao.id, helper.id, day=TODAY + timedelta(days=40))
    with store.operation("pause_provider"):
        providers.pause_provider(
            store,
            provider_id=helper.id,
            reason="住院",
            today=TODAY,
            until=TODAY + timedelta(days=30),
            leave_visit_ids=[soon.id, together.id],
        )
    assert store.get(Visit, soon.id).state is VisitState.CANCELLED
    assert store.get(Visit, together.id).provider_ids == (mate.id,)
    assert store.get(Visit, later.id) == later
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    undo(store)
    assert store.get(Visit, soon.id).state is VisitState.PLANNED


@pytest.mark.parametrize("leave", [providers.pause_provider, providers.stop_provider])
def test_where_somebody_else_goes_they_go_on(store: Store, leave: Callable[..., Provider]) -> None:
    helper, stand_in, gao = volunteer(store), volunteer(store, "沈另文"), elder(store)
    shared, replaced = need(store, gao.id, HAIRCUT), need(store, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    together = book(
        store, gao.id, helper.id, stand_in.id, services=(ServiceLine(category_id=HAIRCUT, need_id=shared.id),)
    )
    services = (ServiceLine(category_id=CHAT, need_id=replaced.id),)
    instead = book(store, gao.id, stand_in.id, day=TODAY + timedelta(days=3), services=services)
    own = book(store, gao.id, helper.id, day=TODAY + timedelta(days=9), services=services)
    more = {"release_need_ids": [shared.id, replaced.id]} if leave is providers.pause_provider else {}
    with store.operation("leave"):
        leave(store, provider_id=helper.id, reason="搬走", today=TODAY, **more)
    assert store.get(Visit, together.id).provider_ids == (stand_in.id,)
    assert store.get(Visit, instead.id) == instead
    assert store.get(Visit, own.id).state is VisitState.CANCELLED
    for one in (shared, replaced):
        held = store.get(Need, one.id)
        assert (held.state, held.claimed_by) == (NeedState.BOOKED, stand_in.id)


def test_who_stops_leaves_the_visits_of_days_gone_by_to_be_recorded(store: Store) -> None:
    helper, gao = volunteer(store), elder(store)
    early = TODAY - timedelta(days=2)
    gone = book(store, gao.id, helper.id, day=early, today=early)
    ahead = book(store, gao.id, helper.id)
    with store.operation("stop_provider"):
        providers.stop_provider(store, provider_id=helper.id, reason="搬走", today=TODAY)
    assert store.get(Visit, gone.id).state is VisitState.PLANNED
    assert store.get(Visit, ahead.id).state is VisitState.CANCELLED


@pytest.mark.parametrize("leave", [providers.pause_provider, providers.stop_provider])
def test_what_a_visit_under_way_meets_is_offered_to_nobody_else(store: Store, leave: Callable[..., Provider]) -> None:
    helper, gao = volunteer(store), elder(store)
    single, weekly = need(store, gao.id, HAIRCUT), need(store, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
    services = tuple(ServiceLine(category_id=one.category_id, need_id=one.id) for one in (single, weekly))
    here = book(store, gao.id, helper.id, day=TODAY, services=services)
    with store.operation("begin_visit"):
        visits.begin_visit(store, visit_id=here.id, today=TODAY)
    more = {"release_need_ids": [single.id, weekly.id]} if leave is providers.pause_provider else {}
    with store.operation("leave"):
        leave(store, provider_id=helper.id, reason="搬走", today=TODAY, **more)
    assert store.get(Need, single.id).state is NeedState.BOOKED
    assert store.get(Need, weekly.id).state is NeedState.OPEN
    with store.operation("finish_visit"):
        visits.finish_visit(store, outcome=visits.Outcome(visit_id=here.id), today=TODAY)
    assert store.get(Need, single.id).state is NeedState.SERVED


@pytest.mark.parametrize("leave", [providers.pause_provider, providers.stop_provider])
def test_what_two_may_have_met_on_a_day_gone_by_is_the_others(store: Store, leave: Callable[..., Provider]) -> None:
    helper, mate, gao = volunteer(store), volunteer(store, "沈另文"), elder(store)
    wanted, early = need(store, gao.id, HAIRCUT), TODAY - timedelta(days=1)
    services = (ServiceLine(category_id=HAIRCUT, need_id=wanted.id),)
    gone = book(store, gao.id, helper.id, mate.id, day=early, today=early, services=services)
    more = {"release_need_ids": [wanted.id]} if leave is providers.pause_provider else {}
    assert held_needs(store) == {}
    with store.operation("leave"):
        leave(store, provider_id=helper.id, reason="搬走", today=TODAY, **more)
    held = store.get(Need, wanted.id)
    assert (held.state, held.claimed_by) == (NeedState.BOOKED, mate.id)
    assert store.get(Visit, gone.id) == gone
    with store.operation("finish_visit"):
        visits.finish_visit(store, outcome=visits.Outcome(visit_id=gone.id), today=TODAY)
    assert store.get(Need, wanted.id).state is NeedState.SERVED
