"""A booking names what stands against it, and books the needs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from jiuliting_desk.actions.bookings import change_visit, clashes_of, draft_visit, move_visit
from jiuliting_desk.actions.callers import caller, first_slot, reason_known, week_for, who_could_go
from jiuliting_desk.actions.pairings import claim_need, pair, refuse, release_claim
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.actions.visits import cancel_visit, note_not_home, reinstate_visit
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.clashes import ClashKind
from jiuliting_desk.model.elders import ElderState, Sex
from jiuliting_desk.model.errors import Missing, NotActive, ReasonWanted, WrongState
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.quota import QuotaWarning
from jiuliting_desk.model.recurrence import Holiday
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, HAIRCUT, TODAY, elder, enterprise, need, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, TOMORROW, book, done


def test_a_booking_takes_the_waiting_need_and_its_claim(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    wanted = need(store, gao.id)
    with store.operation("claim_need"):
        claim_need(store, need_id=wanted.id, provider_id=gu.id, today=TODAY)
    visit = book(store, gao.id, gu.id)
    assert (visit.services, visit.minutes) == ((ServiceLine(category_id=HAIRCUT, need_id=wanted.id, minutes=30),), 30)
    assert (store.get(Need, wanted.id).state, store.get(Need, wanted.id).claimed_by) == (NeedState.BOOKED, gu.id)
    assert [claim.state for claim in store.all(Claim)] == [ClaimState.USED]
    assert store.get(Provider, gu.id).asked_on == TODAY
    line = store.undoable()
    assert line is not None
    assert line.about == "顾海宁 → 高莲英　理发　3月25日 14:00"


def test_the_clash_is_named_and_a_reason_overrides_it(store: Store) -> None:
    gao, zhou, gu = elder(store), elder(store, "周荣生"), volunteer(store)
    first = book(store, zhou.id, gu.id)
    draft = draft_visit(
        store,
        elder_id=gao.id,
        services=(ServiceLine(category_id=HAIRCUT),),
        provider_ids=(gu.id,),
        day=NEXT_WEDNESDAY,
        starts=14 * 60 + 20,
    )
    (clash,) = clashes_of(store, visit=draft, today=TODAY)
    assert (clash.kind, clash.provider_id, clash.other) == (ClashKind.PROVIDER_BUSY, gu.id, first)
    with pytest.raises(ReasonWanted) as raised:
        book(store, gao.id, gu.id, starts=14 * 60 + 20)
    assert raised.value.rules == ("provider_busy",)
    assert store.count(Visit) == 1
    visit = book(store, gao.id, gu.id, starts=14 * 60 + 20, reason="同一幢楼")
    assert visit.override_reason == "同一幢楼"
    assert book(store, gao.id, gu.id, starts=10 * 60, reason="用不着").override_reason == ""


def test_every_rule_of_the_day_is_named(store: Store) -> None:
    with store.operation("set up"):
        committee = store.add(ResidentsCommittee(name="亭北"))
        he = store.add(Cadre(committee_id=committee.id, name="何佩"))
        store.add(Holiday(day=NEXT_WEDNESDAY, name="停电"))
        aircon = store.get(ServiceCategory, AIRCON)
        store.update(replace(aircon, months=(5, 6), quota_per_year=1))
    gao, zhou = elder(store, committee_id=committee.id), elder(store, "周荣生", committee_id=committee.id)
    jing = enterprise(store, half_days=(0,), visits_per_month=1)
    with store.operation("certify"):
        store.add(Certificate(provider_id=jing.id, kind="空调清洗", expires_on=TOMORROW))
        refuse(store, elder_id=gao.id, provider_id=jing.id, by_elder=True, reason="太吵", today=TODAY)
    wanted = need(store, gao.id, AIRCON, half_days=(5,))
    done(store, gao.id, jing.id, category_id=AIRCON, starts=9 * 60)
    book(store, zhou.id, volunteer(store).id, cadre_id=he.id, reason="停电也去")
    draft = draft_visit(
        store,
        elder_id=gao.id,
        services=(ServiceLine(category_id=AIRCON, need_id=wanted.id),),
        provider_ids=(jing.id,),
        day=NEXT_WEDNESDAY,
        starts=14 * 60,
        cadre_id=he.id,
    )
    found = clashes_of(store, visit=draft, today=NEXT_WEDNESDAY + timedelta(days=1))
    assert [clash.ends for clash in found if clash.ends] == [TOMORROW]
    assert [clash.kind for clash in found] == [
        Barrier.CERTIFICATE_EXPIRED,
        Barrier.REFUSED_BY_ELDER,
        ClashKind.CADRE_BUSY,
        ClashKind.IN_THE_PAST,
        ClashKind.HOLIDAY,
        ClashKind.PROVIDER_NOT_FREE,
        ClashKind.CAPACITY,
        QuotaWarning.USED_UP,
        QuotaWarning.OUT_OF_SEASON,
    ]


def test_a_rule_that_the_office_goes_without_stands_against_nothing(store: Store) -> None:
    with store.operation("set up"):
        far, near = (store.add(ResidentsCommittee(name=name)) for name in ("亭北", "望桥"))
    gao = elder(store, committee_id=near.id)
    gu = volunteer(store, area_committee_ids=(far.id,))

    def against() -> tuple[Sequence[object], Sequence[object]]:
        draft = draft_visit(
            store,
            elder_id=gao.id,
            services=(ServiceLine(category_id=HAIRCUT),),
            provider_ids=(gu.id,),
            day=NEXT_WEDNESDAY,
            starts=14 * 60,
        )
        clashes = [clash.kind for clash in clashes_of(store, visit=draft, today=TODAY)]
        found = who_could_go(store, elder_id=gao.id, category_id=HAIRCUT, today=TODAY)
        return clashes, [one.barriers for one in found]

    assert against() == ([Barrier.OUT_OF_AREA], [(Barrier.OUT_OF_AREA,)])
    with store.operation("settings"):
        change_settings(store, values={"rule_out_of_area": "0"}, today=TODAY)
    assert against() == ([], [()])
    wanted = need(store, gao.id, HAIRCUT)
    with store.operation("claim"):
        assert claim_need(store, need_id=wanted.id, provider_id=gu.id, today=TODAY).reason
    # That the rule was off is not why they go, should it hold again.
    assert reason_known(store, elder_id=gao.id, need_id=wanted.id, provider_id=gu.id) == ""
    assert book(store, gao.id, gu.id).override_reason == ""


def test_a_need_that_another_holds_is_told(store: Store) -> None:
    gao, gu, tang = elder(store), volunteer(store), volunteer(store, "汤立新")
    wanted = need(store, gao.id)
    with store.operation("claim_need"):
        claim_need(store, need_id=wanted.id, provider_id=gu.id, today=TODAY)
    with pytest.raises(ReasonWanted) as raised:
        book(store, gao.id, tang.id)
    assert raised.value.rules == ("claimed_by_other",)
    book(store, gao.id, tang.id, reason="顾海宁住院")
    assert store.get(Need, wanted.id).claimed_by == tang.id
    assert [claim.state for claim in store.all(Claim)] == [ClaimState.RELEASED]


def test_who_left_is_not_booked(store: Store) -> None:
    gone = elder(store, state=ElderState.DECEASED)
    gu = volunteer(store)
    with pytest.raises(NotActive):
        book(store, gone.id, gu.id)
    with pytest.raises(Missing):
        book(store, elder(store, "苗芬").id)


def test_moving_and_changing(store: Store) -> None:
    gao, gu, tang = elder(store), volunteer(store), volunteer(store, "汤立新")
    wanted, chat = need(store, gao.id), need(store, gao.id, CHAT)
    visit = book(store, gao.id, gu.id)
    other = book(store, elder(store, "周荣生").id, gu.id, day=TOMORROW)
    with pytest.raises(ReasonWanted), store.operation("move_visit"):
        move_visit(store, visit_id=visit.id, day=TOMORROW, starts=14 * 60, today=TODAY)
    with store.operation("move_visit"):
        moved = move_visit(store, visit_id=visit.id, day=TOMORROW, starts=16 * 60, today=TODAY)
    assert (moved.day, moved.starts, moved.minutes) == (TOMORROW, 960, 30)
    with store.operation("change_visit"):
        changed = change_visit(
            store,
            visit_id=visit.id,
            today=TODAY,
            provider_ids=(tang.id,),
            services=(ServiceLine(category_id=CHAT, need_id=chat.id, minutes=60),),
            minutes=60,
        )
    assert changed.provider_ids == (tang.id,)
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    assert (store.get(Need, chat.id).state, store.get(Need, chat.id).claimed_by) == (NeedState.BOOKED, tang.id)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=other.id, reason="老人不需要了", today=TODAY)
    with pytest.raises(WrongState), store.operation("move_visit"):
        move_visit(store, visit_id=other.id, day=TOMORROW, starts=600, today=TODAY)


def test_a_visit_that_falls_through_frees_its_need_unless_another_is_planned(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    wanted = need(store, gao.id)
    first = book(store, gao.id, gu.id, day=TODAY)
    with store.operation("note_not_home"):
        note_not_home(store, visit_id=first.id, reason="出门了", today=TODAY)
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    second = book(store, gao.id, gu.id)
    assert second.need_ids == (wanted.id,)
    with store.operation("reinstate_visit"):
        reinstate_visit(store, visit_id=first.id, today=TODAY)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=second.id, reason="重复", today=TODAY)
    assert store.get(Need, wanted.id).state is NeedState.BOOKED
    assert store.get(Visit, first.id).state is VisitState.PLANNED


def test_the_desk_knows_the_caller(store: Store) -> None:
    with store.operation("set up"):
        committee = store.add(ResidentsCommittee(name="亭北居民区"))
        compound = store.add(Compound(name="亭北新村", committee_id=committee.id))
        cadre = store.add(Cadre(committee_id=committee.id, name="何佩"))
    gao = elder(store, committee_id=committee.id, compound_id=compound.id)
    gu = volunteer(store)
    done(store, gao.id, gu.id, day=date(2026, 3, 4))
    coming = book(store, gao.id, gu.id)
    wanted = need(store, gao.id, CHAT)
    found = caller(store, elder_id=gao.id, today=TODAY)
    assert (found.compound, found.committee, found.cadres) == ("亭北新村", "亭北居民区", (cadre,))
    assert [one.id for one in found.needs] == [wanted.id]
    assert [line.visit.id for line in found.coming] == [coming.id]
    assert found.last is not None
    assert (found.last.visit.day, found.last.providers, found.last.icon) == (date(2026, 3, 4), ("顾海宁",), "scissors")
    standing = found.standings[HAIRCUT]
    assert (standing.used, standing.planned) == (1, 1)


def test_who_could_go_puts_the_known_and_near_first(store: Store) -> None:
    with store.operation("set up"):
        compound = store.add(Compound(name="亭北新村", longitude=121.0, latitude=31.0))
        far = store.add(Compound(name="桂溪", longitude=121.02, latitude=31.0))
    gao = elder(store, compound_id=compound.id, refuses_sex=Sex.MALE)
    tang = volunteer(store, "汤立新", compound_id=far.id)
    near = volunteer(store, "钟毓秀", compound_id=compound.id)
    gu = volunteer(store, "顾海宁", compound_id=far.id)
    male = volunteer(store, "蔡志刚", sex=Sex.MALE, compound_id=compound.id)
    volunteer(store, "陆佳敏", skills=(CHAT,))
    full = volunteer(store, "俞敏芳", compound_id=compound.id, visits_per_month=0)
    with store.operation("pair"):
        pair(store, elder_id=gao.id, provider_id=gu.id, category_id=HAIRCUT, today=TODAY)
    ranked = who_could_go(store, elder_id=gao.id, category_id=HAIRCUT, today=TODAY)
    assert [one.provider.id for one in ranked] == [gu.id, near.id, tang.id, male.id, full.id] or [
        one.provider.id for one in ranked
    ] == [gu.id, near.id, tang.id, full.id, male.id]
    assert ranked[0].is_paired
    assert ranked[1].same_compound
    assert ranked[2].metres == pytest.approx(1907, abs=10)
    assert {one.provider.id: one.barriers for one in ranked[3:]} == {
        male.id: (Barrier.WRONG_SEX,),
        full.id: (Barrier.FULL,),
    }


def test_who_has_no_hours_left_in_the_month_is_full_as_the_booking_says(store: Store) -> None:
    gao, other = elder(store), elder(store, "马根宝")
    busy, theirs = volunteer(store, visits_per_month=9, minutes_per_month=50), need(store, other.id)
    for taken, full in ((False, ()), (True, (Barrier.FULL,))):
        if taken:
            with store.operation("claim_need"):
                claim_need(store, need_id=theirs.id, provider_id=busy.id, today=TODAY)
        (found,) = who_could_go(store, elder_id=gao.id, category_id=HAIRCUT, today=TODAY)
        assert found.barriers == full
        visit = draft_visit(
            store,
            elder_id=gao.id,
            services=(ServiceLine(category_id=HAIRCUT),),
            provider_ids=(busy.id,),
            day=TODAY + timedelta(days=1),
            starts=600,
        )
        kinds = [clash.kind for clash in clashes_of(store, visit=visit, today=TODAY)]
        assert (ClashKind.CAPACITY in kinds) == bool(full)


def test_who_has_claimed_the_need_comes_first_and_even_where_a_rule_says_no(store: Store) -> None:
    gao = elder(store, refuses_sex=Sex.MALE)
    wanted = need(store, gao.id, HAIRCUT)
    known, far, male = volunteer(store), volunteer(store, "汤立新"), volunteer(store, "蔡志刚", sex=Sex.MALE)
    with store.operation("pair"):
        pair(store, elder_id=gao.id, provider_id=known.id, category_id=HAIRCUT, today=TODAY)

    def ranked() -> list[tuple[int, bool]]:
        found = who_could_go(store, elder_id=gao.id, category_id=HAIRCUT, need_id=wanted.id, today=TODAY)
        return [(one.provider.id, one.has_claimed) for one in found]

    assert ranked() == [(known.id, False), (far.id, False), (male.id, False)]
    with store.operation("claim_need"):
        claim = claim_need(store, need_id=wanted.id, provider_id=far.id, today=TODAY)
    assert ranked() == [(far.id, True), (known.id, False), (male.id, False)]
    with store.operation("release_claim"):
        release_claim(store, need_id=claim.need_id, reason="没空了", today=TODAY)
    with store.operation("claim_need"):
        claim_need(store, need_id=wanted.id, provider_id=male.id, today=TODAY, reason="老人点名要他")
    assert ranked() == [(male.id, True), (known.id, False), (far.id, False)]


def test_the_week_and_the_first_free_time(store: Store) -> None:
    gao, gu = elder(store), volunteer(store, half_days=(5,))
    monday = date(2026, 3, 23)
    booked = book(store, elder(store, "周荣生").id, gu.id, starts=16 * 60)
    view = week_for(store, elder_id=gao.id, provider_ids=(gu.id,), minutes=40, monday=monday, today=TODAY)
    assert [(slot.day, slot.starts) for slot in view.week.slots] == [
        (NEXT_WEDNESDAY, 840),
        (NEXT_WEDNESDAY, 900),
        (NEXT_WEDNESDAY, 780),
    ]
    assert [line.name for line in view.visits.values()] == ["周荣生"]
    assert view.visits[booked.id].providers == ("顾海宁",)
    with store.operation("change_settings"):
        change_settings(store, values={"visits_from_hour": "10"}, today=TODAY)
        store.add(Holiday(day=NEXT_WEDNESDAY, name="停电"))
    empty = week_for(store, elder_id=gao.id, provider_ids=(gu.id,), minutes=40, monday=monday, today=TODAY)
    assert (empty.week.opens, empty.week.slots) == (600, ())
    slot = first_slot(store, elder_id=gao.id, provider_ids=(gu.id,), minutes=40, monday=monday, today=TODAY)
    assert slot is not None
    assert slot.day == date(2026, 4, 1)
