"""Quota, clashes, the week's grid, and what follows from an evaluation."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.categories import Eligibility, ServiceCategory
from jiuliting_desk.model.clashes import ClashKind, day_clashes, time_clashes
from jiuliting_desk.model.consequences import Circumstances, ConsequenceKind, consequences
from jiuliting_desk.model.elders import Elder, Living
from jiuliting_desk.model.feedback import Condition, Feedback
from jiuliting_desk.model.follow_ups import Cause
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.quota import QuotaWarning, standing
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.model.week import Asked, BlockKind, lay_out

MONDAY = date(2026, 3, 23)
WEDNESDAY = date(2026, 3, 25)

LAUNDRY = ServiceCategory(
    id=9,
    name="洗衣",
    quota_per_year=8,
    eligibility=(
        Eligibility(min_age=70, livings=("alone", "no_kin")),
        Eligibility(min_age=80, livings=("couple",)),
    ),
)


def visit(visit_id: int, *, day: date = WEDNESDAY, starts: int = 840, minutes: int = 40, **more: object) -> Visit:
    plain = Visit(
        id=visit_id,
        elder_id=visit_id,
        services=(ServiceLine(category_id=3),),
        provider_ids=(5,),
        day=day,
        starts=starts,
        minutes=minutes,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def test_the_quota_as_it_stands_at_the_call() -> None:
    alone = Elder(name="苗芬", birth="1950", living=Living.ALONE)
    stand = standing(elder=alone, category=LAUNDRY, on=MONDAY, used=5, planned=1)
    assert (stand.limit, stand.used, stand.left, stand.warnings) == (8, 5, 2, ())
    full = standing(elder=alone, category=LAUNDRY, on=MONDAY, used=7, planned=1)
    assert (full.left, full.warnings) == (0, (QuotaWarning.USED_UP,))
    couple = replace(alone, living=Living.COUPLE)
    assert standing(elder=couple, category=LAUNDRY, on=MONDAY, used=0, planned=0).warnings == (
        QuotaWarning.NOT_ELIGIBLE,
    )
    unknown = replace(alone, birth="")
    assert standing(elder=unknown, category=LAUNDRY, on=MONDAY, used=0, planned=0).warnings == (
        QuotaWarning.AGE_UNKNOWN,
    )
    seasonal = ServiceCategory(name="洗空调", months=(5, 6, 7))
    assert standing(elder=alone, category=seasonal, on=MONDAY, used=0, planned=0).warnings == (
        QuotaWarning.OUT_OF_SEASON,
    )


def test_clashes_name_who_is_in_the_way() -> None:
    asked = visit(1, cadre_id=2)
    others = [
        visit(2, starts=870),
        visit(3, starts=885, cadre_id=2, provider_ids=(6,)),
        visit(4, starts=800, provider_ids=(6,), cadre_id=2),
        visit(5, elder_id=1, starts=860, provider_ids=(6,)),
        visit(6, state=VisitState.CANCELLED),
        visit(7, day=MONDAY),
    ]
    found = [(clash.kind, clash.other.id if clash.other else 0) for clash in time_clashes(asked, others, gap=10)]
    assert found == [(ClashKind.PROVIDER_BUSY, 2), (ClashKind.ELDER_BUSY, 5)]
    assert [clash.kind for clash in time_clashes(asked, [visit(8, starts=885)], gap=10)] == [ClashKind.PROVIDER_BUSY]
    assert time_clashes(asked, [visit(8, starts=890)], gap=10) == []
    assert [clash.kind for clash in time_clashes(asked, [visit(9, provider_ids=(6,), cadre_id=2)], gap=10)] == [
        ClashKind.CADRE_BUSY
    ]


def test_the_day_and_the_month_may_stand_against_it() -> None:
    gu = Provider(id=5, name="顾海宁", half_days=(5, 8), visits_per_month=4, minutes_per_month=100)
    around = {"loads": {5: Load(visits=3, minutes=60)}, "wanted_half_days": (), "holidays": (), "today": MONDAY}
    assert day_clashes(visit(1), providers=[gu], **around) == []  # type: ignore[arg-type]
    around |= {"loads": {5: Load(visits=3, minutes=61)}}
    (full,) = day_clashes(visit(1), providers=[gu], **around)  # type: ignore[arg-type]
    assert (full.kind, full.limit, full.used) == (ClashKind.CAPACITY, 100, 61)
    around |= {"loads": {5: Load(visits=4)}, "wanted_half_days": (4,), "holidays": (WEDNESDAY,)}
    around |= {"today": WEDNESDAY + timedelta(days=1)}
    kinds = [
        clash.kind
        for clash in day_clashes(
            visit(1),
            providers=[replace(gu, half_days=(4,))],
            **around,  # type: ignore[arg-type]
        )
    ]
    assert kinds == [
        ClashKind.IN_THE_PAST,
        ClashKind.HOLIDAY,
        ClashKind.ELDER_NOT_FREE,
        ClashKind.PROVIDER_NOT_FREE,
        ClashKind.CAPACITY,
    ]


def test_the_week_of_the_picture() -> None:
    """顾海宁 is free on Wednesday afternoons and on Fridays; 周三 16:00, 周四 14:00 and 周五 13:30 are taken."""
    asked = Asked(
        minutes=40,
        provider_half_days=(5, 7, 8, 9),
        wanted_half_days=tuple(range(10)),
        usual=(2, 840),
        today=date(2026, 3, 18),
    )
    week = lay_out(
        MONDAY,
        asked,
        provider_visits=[
            visit(1, starts=960),
            visit(2, day=MONDAY + timedelta(days=3), minutes=60),
            visit(3, day=MONDAY + timedelta(days=4), starts=810, minutes=60),
        ],
        elder_visits=[],
    )
    assert [(slot.day.weekday(), slot.starts) for slot in week.slots] == [(2, 840), (2, 900), (3, 900)]
    kinds = [(block.day.weekday(), block.kind, block.starts, block.ends) for block in week.blocks]
    assert (0, BlockKind.PROVIDER_NOT_FREE, 540, 1020) in kinds
    assert (2, BlockKind.PROVIDER_NOT_FREE, 540, 720) in kinds
    assert (5, BlockKind.ELDER_NOT_FREE, 540, 1020) in kinds
    assert (4, BlockKind.BOOKED, 810, 870) in kinds


def test_nothing_is_offered_where_nothing_is_free() -> None:
    asked = Asked(minutes=40, today=WEDNESDAY, now=16 * 60 + 30)
    holidays = {MONDAY + timedelta(days=offset) for offset in range(7)}
    assert lay_out(MONDAY, asked, provider_visits=[], elder_visits=[], holidays=holidays).slots == ()
    assert lay_out(MONDAY, asked, provider_visits=[], elder_visits=[], full_months={(2026, 3)}).slots == ()
    later = lay_out(MONDAY, asked, provider_visits=[], elder_visits=[])
    assert later.slots[0].day == WEDNESDAY + timedelta(days=1)


visits_of_week = st.lists(
    st.builds(
        lambda day, starts, minutes: visit(99, day=MONDAY + timedelta(days=day), starts=starts, minutes=minutes),
        st.integers(0, 6),
        st.integers(50, 102).map(lambda step: step * 10),
        st.integers(1, 12).map(lambda step: step * 10),
    ),
    max_size=20,
)


@given(
    visits_of_week,
    visits_of_week,
    st.sets(st.integers(0, 13)),
    st.sets(st.integers(0, 13)),
    st.integers(1, 30).map(lambda step: step * 10),
    st.integers(-3, 8),
    st.integers(0, 30),
)
def test_suggestions_are_always_free(
    provider_visits: list[Visit],
    elder_visits: list[Visit],
    free: set[int],
    wanted: set[int],
    minutes: int,
    offset: int,
    gap: int,
) -> None:
    provider_visits = [replace(one, id=index) for index, one in enumerate(provider_visits)]
    elder_visits = [replace(one, id=100 + index, provider_ids=(8,)) for index, one in enumerate(elder_visits)]
    today = MONDAY + timedelta(days=offset)
    asked = Asked(minutes=minutes, provider_half_days=free, wanted_half_days=wanted, today=today, now=600, gap=gap)
    week = lay_out(MONDAY, asked, provider_visits=provider_visits, elder_visits=elder_visits)
    assert len(week.slots) <= 3
    for slot in week.slots:
        assert slot.starts % 10 == 0
        assert week.opens <= slot.starts
        assert slot.ends <= week.closes
        assert slot.day >= today
        assert slot.day > today or slot.starts >= 600
        for block in week.blocks:
            assert block.day != slot.day or block.ends <= slot.starts or slot.ends <= block.starts
        planned = visit(0, day=slot.day, starts=slot.starts, minutes=minutes)
        assert time_clashes(planned, provider_visits, gap=gap) == []
    assert len({(slot.day, slot.starts) for slot in week.slots}) == len(week.slots)


def around(**more: object) -> Circumstances:
    return replace(Circumstances(qualified={4: (31,)}, today=WEDNESDAY), **more)  # type: ignore[arg-type]


def test_what_follows_is_told_beforehand() -> None:
    answers = Feedback(
        visit_id=1, punctual=2, work=4, overall=4, wishes=(4, 1), words="来晚了", same_person=True, entered_on=WEDNESDAY
    )
    found = consequences(answers, visit(1), around(waiting_category_ids=(1,), unpaired_ids=(5,)))
    assert [one.kind for one in found] == [
        ConsequenceKind.NEED,
        ConsequenceKind.NEED,
        ConsequenceKind.FOLLOW_UP,
        ConsequenceKind.PAIRING,
    ]
    assert (found[0].enterprise_ids, found[0].is_known, found[1].is_known) == ((31,), False, True)
    assert (found[2].cause, found[2].question, found[2].score) == (Cause.LOW_SCORE, "punctual", 2)
    assert found[2].due_on == WEDNESDAY + timedelta(days=3)
    assert consequences(answers, visit(1), around(low_score=1, is_served=False)) == ()


def test_hazards_and_refusals_follow_too() -> None:
    answers = Feedback(
        visit_id=1,
        overall=5,
        hazards="煤气灶漏气",
        elder_condition=Condition.WORRYING,
        other_person=True,
        would_return=False,
        entered_on=WEDNESDAY,
    )
    found = consequences(answers, visit(1, provider_ids=(5, 6), absent_ids=(6,)), around(known_causes=(Cause.HAZARD,)))
    assert [(one.kind, one.cause, one.provider_id, one.by_elder) for one in found] == [
        (ConsequenceKind.FOLLOW_UP, Cause.CONDITION, 0, True),
        (ConsequenceKind.REFUSAL, None, 5, True),
        (ConsequenceKind.REFUSAL, None, 5, False),
    ]
