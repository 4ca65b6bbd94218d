"""今日 tells what waits, by the thresholds of the settings."""

from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions.calls import log_call
from jiuliting_desk.actions.elders import change_elder_state
from jiuliting_desk.actions.pairings import claim_need, pair
from jiuliting_desk.actions.series import begin_series, draft_series, pause_series, resume_series
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.actions.today import Group, morning, work_counts
from jiuliting_desk.actions.visits import cancel_visit
from jiuliting_desk.model.calls import CallOutcome
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.needs import Need, Rhythm
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.recurrence import Interval
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store import Store
from jiuliting_desk.store.matching_rows import count_waiting
from tests.actions.people import AIRCON, CHAT, TODAY, elder, enterprise, need, volunteer
from tests.actions.test_feedback import answers, enter
from tests.actions.visits import NEXT_WEDNESDAY, TOMORROW, book, done


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def told(group: Group) -> list[tuple[str, str, date | None]]:
    return [(line.name, line.what, line.day) for line in group.lines]


def test_an_empty_desk(store: Store) -> None:
    found = morning(store, today=TODAY)
    assert (found.visits, found.next_visit, found.forms, found.follow_ups, found.recalls) == ((), None, (), (), ())
    work = (found.waiting, found.claims, found.certificates, found.unseen, found.paused, found.resting, found.unasked)
    for group in work:
        assert group == Group(count=0, lines=())


def test_visits_of_three_days_and_the_next_after_them(store: Store) -> None:
    gu = volunteer(store, visits_per_month=None)
    gao = elder(store, seen_on=TODAY)
    done(store, gao.id, gu.id, starts=540)
    off = book(store, gao.id, gu.id, day=TODAY, starts=660)
    gone = book(store, gao.id, gu.id, day=TOMORROW)
    book(store, gao.id, gu.id, day=TOMORROW, starts=900)
    book(store, gao.id, gu.id, day=NEXT_WEDNESDAY, starts=615)
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=off.id, reason="天气不好", today=TODAY)
        cancel_visit(store, visit_id=gone.id, reason="天气不好", today=TODAY)
    found = morning(store, today=TODAY)
    assert [(line.visit.day, line.visit.starts) for line in found.visits] == [
        (TODAY, 540),
        (TODAY, 660),
        (TOMORROW, 900),
    ]
    assert found.visit_count == 1
    assert found.next_visit == (NEXT_WEDNESDAY, 615)
    assert found.visits[0].form_number == "B-0001"


def test_a_low_score_last_time_is_told_today(store: Store) -> None:
    gu = volunteer(store)
    gao, chen = elder(store), elder(store, "陈炳荣")
    for who, score in ((gao, 2), (chen, 4)):
        visit = done(store, who.id, gu.id, day=days_ago(5), starts=540 + score * 60)
        enter(store, answers(visit, overall=score))
        book(store, who.id, gu.id, day=TODAY, starts=540 + score * 60)
    found = morning(store, today=TODAY)
    assert found.last_scores == {gao.id: 2}
    assert [(line.name, line.follow_up.score) for line in found.follow_ups] == [("高莲英", 2)]


def test_what_waits_is_listed_the_worst_first(store: Store) -> None:
    gao, chen = elder(store, seen_on=TODAY), elder(store, "陈炳荣", seen_on=TODAY)
    gu, jing = volunteer(store, asked_on=TODAY), enterprise(store)
    left = elder(store, "马根宝", state=ElderState.MOVED)
    old = need(store, chen.id, AIRCON)
    need(store, gao.id, CHAT)
    need(store, left.id, CHAT)
    held = need(store, gao.id)
    with store.operation("set up"):
        store.update(replace(old, since=days_ago(21)))
        store.update(replace(store.add(Need(elder_id=gao.id, category_id=CHAT, since=TODAY + timedelta(days=3)))))
        store.add(Certificate(provider_id=jing.id, kind="空调清洗", expires_on=TODAY + timedelta(days=30)))
        store.add(Certificate(provider_id=jing.id, kind="油烟机清洗", expires_on=TODAY + timedelta(days=31)))
        claim_need(store, need_id=held.id, provider_id=gu.id, today=days_ago(11))
        pair(store, elder_id=gao.id, provider_id=gu.id, category_id=None, today=days_ago(42))
        log_call(store, outcome=CallOutcome.MESSAGE, elder_id=gao.id, notes="x", recall_on=TODAY, today=TODAY)
        log_call(store, outcome=CallOutcome.MESSAGE, elder_id=gao.id, notes="y", recall_on=TOMORROW, today=TODAY)
    found = morning(store, today=TODAY)
    assert told(found.waiting) == [("陈炳荣", "清洗空调·", days_ago(21)), ("高莲英", "陪伴聊天·", TODAY)]
    assert told(found.claims) == [("高莲英", "顾海宁·理发", TODAY + timedelta(days=3))]
    assert told(found.certificates) == [("净邻家政", "空调清洗", TODAY + timedelta(days=30))]
    assert told(found.reviews) == [("高莲英", "顾海宁", TODAY)]
    assert [call.notes for call in found.recalls] == ["x"]
    assert work_counts(store, today=TODAY) == {"waiting": 2, "forms": 0}
    with store.operation("renew"):
        store.add(Certificate(provider_id=jing.id, kind="空调清洗", expires_on=date(2028, 1, 1)))
    assert morning(store, today=TODAY).certificates.count == 0


def test_visits_for_which_a_certificate_does_not_last_are_told_beside_it(store: Store) -> None:
    firm, gao = enterprise(store, "净邻家政", skills=(AIRCON, CHAT)), elder(store)
    member = volunteer(store, "葛林", skills=(AIRCON,), enterprise_id=firm.id)
    own = volunteer(store, "范兴", skills=(AIRCON,), enterprise_id=firm.id)
    last = TODAY + timedelta(days=5)
    with store.operation("certificates"):
        store.add(Certificate(provider_id=firm.id, kind="空调清洗", expires_on=last))
        store.add(Certificate(provider_id=own.id, kind="空调清洗", expires_on=last + timedelta(days=300)))
    for starts, (who, category, day) in enumerate(
        (
            (firm, AIRCON, last),
            (firm, AIRCON, last + timedelta(days=1)),
            (member, AIRCON, last + timedelta(days=2)),
            (firm, CHAT, last + timedelta(days=3)),
            (own, AIRCON, last + timedelta(days=4)),
        )
    ):
        book(store, gao.id, who.id, category_id=category, day=day, starts=600 + 60 * starts, reason="说好了")

    def told() -> list[tuple[str, int]]:
        return [(line.name, line.visits) for line in morning(store, today=TODAY).certificates.lines]

    assert told() == [("净邻家政", 2)]
    with store.operation("renew"):
        store.add(Certificate(provider_id=member.id, kind="空调清洗", expires_on=None))
    assert told() == [("净邻家政", 1)]


def test_the_radar_finds_those_whom_nobody_saw(store: Store) -> None:
    elder(store, "一", seen_on=days_ago(31))
    elder(store, "二", seen_on=days_ago(30))
    elder(store, "三", registered_on=days_ago(40))
    elder(store, "四", seen_on=days_ago(90), state=ElderState.DECEASED)
    five = elder(store, "五", seen_on=days_ago(60))
    book(store, five.id, volunteer(store, asked_on=TODAY).id)
    found = morning(store, today=TODAY).unseen
    assert found.count == 3
    assert told(found) == [("三", "", None), ("一", "", days_ago(31))]
    with store.operation("change_settings"):
        change_settings(store, values={"unseen_days": "29"}, today=TODAY)
    assert morning(store, today=TODAY).unseen.count == 4


def test_elders_who_pause_for_long_are_not_forgotten(store: Store) -> None:
    """They are in no other list of work, however long they wait."""
    back, moved, fresh = (elder(store, name, seen_on=days_ago(90)) for name in ("一", "二", "三"))
    need(store, back.id)
    for who, state, reason, days in (
        (back, ElderState.PAUSED, "住院", 30),
        (moved, ElderState.MOVED, "搬走", 60),
        (fresh, ElderState.PAUSED, "走亲戚", 29),
    ):
        with store.operation("change_elder_state"):
            change_elder_state(store, elder_id=who.id, state=state, reason=reason, today=days_ago(days))
    found = morning(store, today=TODAY)
    assert (found.waiting.count, found.unseen.count) == (0, 0)
    assert (found.paused.count, told(found.paused)) == (1, [("一", "住院", days_ago(30))])
    with store.operation("change_elder_state"):
        change_elder_state(store, elder_id=back.id, state=ElderState.ACTIVE, reason="", today=TODAY)
    assert morning(store, today=TODAY).paused == Group(count=0, lines=())


def test_visits_that_rest_without_an_end_are_not_forgotten(store: Store) -> None:
    """What they are for stays booked, and the elder may be seen by others."""
    gu = volunteer(store, visits_per_month=None)
    resting = []
    for name, until, days in (("一", None, 30), ("二", None, 29), ("三", days_ago(-60), 40)):
        gao = elder(store, name, seen_on=TODAY)
        wanted = need(store, gao.id, CHAT, rhythm=Rhythm.WEEKLY)
        services = (ServiceLine(category_id=CHAT, need_id=wanted.id),)
        began = days_ago(60)
        with store.operation("begin_series"):
            rule = draft_series(
                store, elder_id=gao.id, services=services, provider_ids=[gu.id], begins_on=began, starts=600,
                interval=Interval.WEEKLY,
            )  # fmt: skip
            resting.append(begin_series(store, series=rule, today=began, reason="说好了")[0])
        with store.operation("pause_series"):
            since = days_ago(days)
            pause_series(store, series_id=resting[-1].id, since=since, reason="女儿来住", today=since, until=until)
    found = morning(store, today=TODAY)
    assert (found.waiting.count, found.unseen.count) == (0, 0)
    assert (found.resting.count, told(found.resting)) == (1, [("一", "陪伴聊天·女儿来住", days_ago(30))])
    with store.operation("resume_series"):
        resume_series(store, series_id=resting[0].id, on=TODAY, today=TODAY)
    assert morning(store, today=TODAY).resting == Group(count=0, lines=())


def test_volunteers_not_asked_for_long(store: Store) -> None:
    volunteer(store, "一", asked_on=days_ago(60))
    volunteer(store, "二", asked_on=days_ago(59))
    volunteer(store, "三", joined_on=days_ago(100))
    enterprise(store, "企业", asked_on=days_ago(200))
    found = morning(store, today=TODAY).unasked
    assert [line.name for line in found.lines] == ["三", "一"]


def test_past_visits_that_nobody_recorded_are_told(store: Store) -> None:
    gao, gu = elder(store), volunteer(store)
    visit = book(store, gao.id, gu.id, day=days_ago(1), today=days_ago(2))
    found = morning(store, today=TODAY).unrecorded
    assert [(line.record_id, line.what) for line in found.lines] == [(visit.id, "理发")]
    enter(store, Feedback(visit_id=visit.id, overall=5, entered_on=TODAY))
    assert morning(store, today=TODAY).unrecorded.count == 0
    assert store.get(Provider, gu.id).asked_on == days_ago(2)


def test_the_rail_counts_the_needs_that_wait_as_today_does(store: Store) -> None:
    gao, away, gone = elder(store), elder(store, "停"), elder(store, "走", state=ElderState.MOVED)
    for one in (gao, gao, away, gone):
        need(store, one.id)
    with store.operation("pause"):
        store.update(replace(store.get(Elder, away.id), state=ElderState.PAUSED))
        store.add(Need(elder_id=gao.id, category_id=CHAT, since=TODAY + timedelta(days=1)))
    taken, helper = need(store, gao.id, CHAT), volunteer(store)
    with store.operation("claim_need"):
        claim_need(store, need_id=taken.id, provider_id=helper.id, today=TODAY)
    assert count_waiting(store, today=TODAY) == morning(store, today=TODAY).waiting.count == 2
