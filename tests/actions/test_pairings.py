"""Claims and pairings, with and against the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.model.errors import (
    AlreadyClaimed,
    AlreadyPaired,
    Missing,
    NotActive,
    ReasonWanted,
    WrongState,
)
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.providers import Certificate, ProviderState, Refusal
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, HAIRCUT, TODAY, elder, enterprise, need, volunteer


def claimed(store: Store, need_id: int, provider_id: int, *, on: date = TODAY, reason: str = "") -> Claim:
    with store.operation("claim_need"):
        return pairings.claim_need(store, need_id=need_id, provider_id=provider_id, today=on, reason=reason)


def paired(store: Store, elder_id: int, provider_id: int, category_id: int | None = HAIRCUT) -> Pairing:
    with store.operation("pair"):
        return pairings.pair(store, elder_id=elder_id, provider_id=provider_id, category_id=category_id, today=TODAY)


def last_about(store: Store) -> str:
    line = store.undoable()
    assert line is not None
    return line.about


def test_a_claim_moves_the_need_and_holds_for_the_days_of_the_settings(store: Store) -> None:
    with store.operation("change_settings"):
        change_settings(store, values={"claim_days": "10"}, today=TODAY)
    wanted, helper = need(store, elder(store).id), volunteer(store)
    claim = claimed(store, wanted.id, helper.id)
    assert (claim.state, claim.expires_on) == (ClaimState.HELD, TODAY + timedelta(days=10))
    now = store.get(Need, wanted.id)
    assert (now.state, now.claimed_by) == (NeedState.CLAIMED, helper.id)
    assert last_about(store) == "顾海宁 → 高莲英　理发"
    undo(store)
    assert store.all(Claim) == []
    assert store.get(Need, wanted.id) == wanted


def test_a_need_is_claimed_once(store: Store) -> None:
    wanted, helper, other = need(store, elder(store).id), volunteer(store), volunteer(store, "钟毓秀")
    claimed(store, wanted.id, helper.id)
    with pytest.raises(AlreadyClaimed) as raised:
        claimed(store, wanted.id, other.id)
    assert raised.value.provider_id == helper.id


def test_against_a_rule_a_reason_is_wanted_and_kept(store: Store) -> None:
    wanted, helper = need(store, elder(store).id, AIRCON), volunteer(store)
    with pytest.raises(ReasonWanted) as raised:
        claimed(store, wanted.id, helper.id)
    assert raised.value.rules == (Barrier.NO_SKILL, Barrier.NO_CERTIFICATE)
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    with pytest.raises(ReasonWanted):
        claimed(store, wanted.id, helper.id, reason="  ")
    assert claimed(store, wanted.id, helper.id, reason="自己家有全套工具").reason == "自己家有全套工具"


def test_the_certificate_and_the_refusal_of_the_enterprise_cover_its_members(store: Store) -> None:
    firm = enterprise(store)
    member = volunteer(store, "俞敏芳", skills=(AIRCON,), enterprise_id=firm.id)
    person = elder(store)
    wanted = need(store, person.id, AIRCON)
    with store.operation("add_certificate"):
        store.add(Certificate(provider_id=firm.id, kind="空调清洗", expires_on=TODAY))
    found = pairings.need_barriers(store, need_id=wanted.id, provider_id=member.id, today=TODAY)
    assert found == ()
    with store.operation("refuse"):
        pairings.refuse(store, elder_id=person.id, provider_id=firm.id, by_elder=True, reason="太吵", today=TODAY)
    found = pairings.need_barriers(store, need_id=wanted.id, provider_id=member.id, today=TODAY)
    assert found == (Barrier.REFUSED_BY_ELDER,)


def test_those_who_are_out_are_not_brought_together_even_with_a_reason(store: Store) -> None:
    helper = volunteer(store)
    gone = volunteer(store, "汤立新", state=ProviderState.STOPPED)
    alive, dead = elder(store), elder(store, "马根宝", state=ElderState.DECEASED)
    for needed, who in ((need(store, dead.id), helper), (need(store, alive.id), gone)):
        with pytest.raises(NotActive):
            claimed(store, needed.id, who.id, reason="一定要")
    with pytest.raises(NotActive):
        paired(store, dead.id, helper.id)


def test_capacity_counts_what_is_held_already(store: Store) -> None:
    helper = volunteer(store, visits_per_month=2)
    person = elder(store)
    for _ in range(2):
        claimed(store, need(store, person.id).id, helper.id)
    third = need(store, person.id)
    assert pairings.need_barriers(store, need_id=third.id, provider_id=helper.id, today=TODAY) == (Barrier.FULL,)


def test_released_and_lapsed_claims_open_the_need_again(store: Store) -> None:
    helper = volunteer(store)
    person = elder(store)
    first, second, third = (need(store, person.id) for _ in range(3))
    claimed(store, first.id, helper.id)
    claimed(store, second.id, helper.id)
    claimed(store, third.id, helper.id, on=TODAY + timedelta(days=1))
    with store.operation("release_claim"):
        pairings.release_claim(store, need_id=first.id, today=TODAY, reason="家里有事")
    assert store.where(Claim, need_id=first.id)[0].state is ClaimState.RELEASED
    day = TODAY + timedelta(days=14)
    assert pairings.overdue_claims(store, today=day) == []
    with store.operation("lapse_claims"):
        assert pairings.lapse_claims(store, today=day) == []
    assert last_about(store) == "顾海宁 → 高莲英　理发"
    day += timedelta(days=1)
    with store.operation("lapse_claims"):
        lapsed = pairings.lapse_claims(store, today=day)
    assert [claim.need_id for claim in lapsed] == [second.id]
    states = [store.get(Need, found.id).state for found in (first, second, third)]
    assert states == [NeedState.OPEN, NeedState.OPEN, NeedState.CLAIMED]
    with store.operation("claim_need"), pytest.raises(WrongState):
        pairings.release_claim(store, need_id=first.id, today=TODAY)
    claimed(store, second.id, helper.id, on=day)


def test_a_claim_can_be_given_more_days(store: Store) -> None:
    wanted, helper = need(store, elder(store).id), volunteer(store)
    claimed(store, wanted.id, helper.id)
    later = TODAY + timedelta(days=9)
    with store.operation("prolong_claim"):
        claim = pairings.prolong_claim(store, need_id=wanted.id, today=later)
    assert claim.expires_on == later + timedelta(days=14)
    assert len(store.all(Claim)) == 1


def test_many_needs_are_taken_in_one_step_or_none(store: Store) -> None:
    helper = volunteer(store)
    first, second, foreign = (need(store, elder(store, name).id) for name in ("高莲英", "马根宝", "冯阿毛"))
    barred = need(store, foreign.elder_id, AIRCON)
    choices = [pairings.Choice(need_id=wanted.id, provider_id=helper.id) for wanted in (first, second)]
    bad = pairings.Choice(need_id=barred.id, provider_id=helper.id)
    with pytest.raises(ReasonWanted), store.operation("claim_needs"):
        pairings.claim_needs(store, choices=[*choices, bad], today=TODAY)
    assert store.all(Claim) == []
    with store.operation("claim_needs"):
        pairings.claim_needs(store, choices=choices, today=TODAY)
    assert last_about(store) == "顾海宁 → 高莲英　理发 等 2 条"
    undo(store)
    assert store.all(Claim) == []


def test_a_bond_is_made_once_reviewed_and_ended_with_a_reason(store: Store) -> None:
    person, helper = elder(store), volunteer(store)
    bond = paired(store, person.id, helper.id)
    assert bond.review_on == TODAY + timedelta(weeks=6)
    for category in (HAIRCUT, None):
        with pytest.raises(AlreadyPaired):
            paired(store, person.id, helper.id, category)
    paired(store, person.id, helper.id, CHAT)
    due = bond.review_on
    assert [found.id for found in pairings.due_reviews(store, today=due)][:1] == [bond.id]
    with store.operation("review_pairing"):
        reviewed = pairings.review_pairing(store, pairing_id=bond.id, today=due, notes="两边都满意")
    assert (reviewed.review_on, reviewed.notes) == (date(2026, 10, 29), "两边都满意")
    with pytest.raises(Missing), store.operation("end_pairing"):
        pairings.end_pairing(store, pairing_id=bond.id, reason=" ", today=due)
    with store.operation("end_pairing"):
        pairings.end_pairing(store, pairing_id=bond.id, reason="搬走了", today=due)
    assert last_about(store) == "顾海宁 → 高莲英　理发"
    again = paired(store, person.id, helper.id)
    assert again.id != bond.id


def test_a_bond_against_a_rule_keeps_its_reason(store: Store) -> None:
    person, helper = elder(store), volunteer(store, skills=())
    with pytest.raises(ReasonWanted) as raised:
        paired(store, person.id, helper.id)
    assert raised.value.rules == (Barrier.NO_SKILL,)
    with store.operation("pair"):
        bond = pairings.pair(
            store, elder_id=person.id, provider_id=helper.id, category_id=HAIRCUT, today=TODAY, reason="女儿"
        )
    assert bond.override_reason == "女儿"


def test_a_pinned_bond_stays_pinned_until_it_ends(store: Store) -> None:
    bond = paired(store, elder(store).id, volunteer(store).id)
    with store.operation("pin_pairing"):
        assert pairings.pin_pairing(store, pairing_id=bond.id, today=TODAY).pinned
    with store.operation("end_pairing"):
        assert not pairings.end_pairing(store, pairing_id=bond.id, reason="换人", today=TODAY).pinned
    with pytest.raises(WrongState), store.operation("pin_pairing"):
        pairings.pin_pairing(store, pairing_id=bond.id, today=TODAY)


def test_somebody_else_from_now_on_is_one_step(store: Store) -> None:
    bond = paired(store, elder(store).id, volunteer(store).id)
    other = volunteer(store, "钟毓秀")
    with store.operation("replace_provider"):
        new = pairings.replace_provider(
            store, pairing_id=bond.id, provider_id=other.id, reason="时间对不上", today=TODAY
        )
    assert (new.provider_id, new.category_id) == (other.id, HAIRCUT)
    assert store.get(Pairing, bond.id).end_reason == "时间对不上"
    undo(store)
    assert store.all(Pairing) == [bond]


def test_a_need_and_a_bond_in_one_step(store: Store) -> None:
    wanted, helper = need(store, elder(store).id), volunteer(store)
    with store.operation("pair_and_claim"):
        bond, claim = pairings.pair_and_claim(store, need_id=wanted.id, provider_id=helper.id, today=TODAY)
    assert (bond.category_id, claim.need_id) == (HAIRCUT, wanted.id)
    undo(store)
    assert (store.all(Pairing), store.all(Claim)) == ([], [])


def test_why_somebody_with_all_their_pairs_is_paired_once_more_is_kept(store: Store) -> None:
    with store.operation("change_settings"):
        change_settings(store, values={"lasting_elders": "1"}, today=TODAY)
    first, second, helper = elder(store), elder(store, "马根宝"), volunteer(store)
    with store.operation("pair"):
        values: dict[str, Any] = {"provider_id": helper.id, "today": TODAY, "reason": "住对门"}
        unasked = pairings.pair(store, elder_id=first.id, category_id=HAIRCUT, **values)
        again = pairings.pair(store, elder_id=first.id, category_id=CHAT, **values)
        beyond = pairings.pair(store, elder_id=second.id, category_id=HAIRCUT, **values)
    assert [bond.override_reason for bond in (unasked, again, beyond)] == ["", "", "住对门"]


def test_a_refusal_ends_what_binds_the_two(store: Store, open_store: Callable[[], Store]) -> None:
    person, helper, other = elder(store), volunteer(store), volunteer(store, "钟毓秀")
    bond = paired(store, person.id, helper.id)
    kept = paired(store, person.id, other.id)
    wanted = need(store, person.id)
    claimed(store, wanted.id, helper.id)
    with store.operation("refuse"):
        first = pairings.refuse(
            store, elder_id=person.id, provider_id=helper.id, by_elder=True, reason="说话太快", today=TODAY
        )
    assert store.get(Pairing, bond.id).end_reason == "说话太快"
    assert store.get(Pairing, kept.id).is_active
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    with pytest.raises(ReasonWanted):
        claimed(store, wanted.id, helper.id)
    with store.operation("refuse"):
        second = pairings.refuse(
            store, elder_id=person.id, provider_id=helper.id, by_elder=True, reason="换了", today=TODAY
        )
    assert store.all(Refusal) == [replace(first, reason="换了")] == [second]
    with store.operation("withdraw_refusal"):
        pairings.withdraw_refusal(store, refusal_id=first.id, today=TODAY)
    claimed(store, wanted.id, helper.id)
