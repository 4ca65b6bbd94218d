"""No sequence of actions reaches a state that the work does not know, and all of it can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jiuliting_desk.actions import (
    bookings,
    calls,
    elders,
    feedback,
    follow_ups,
    form_prints,
    forms,
    needs,
    pairings,
    providers,
    series,
    series_away,
    stand_ins,
    visits,
)
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.withdrawals import planned_visits
from jiuliting_desk.model.calls import CallOutcome
from jiuliting_desk.model.cards import PrintBatch
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FormState
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState
from jiuliting_desk.model.providers import Provider, Skill
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import FELL_THROUGH, ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, HAIRCUT
from tests.store.test_undo import contents

START = date(2026, 3, 18)
PICK = st.integers(0, 5)
REASON = st.sampled_from(["家里有事", "天气不好", ""])
RARELY = st.integers(0, 5).map(lambda number: number == 5)

NEED_WAYS = {
    NeedState.OPEN: {NeedState.CLAIMED, NeedState.BOOKED, NeedState.CLOSED},
    NeedState.CLAIMED: {NeedState.OPEN, NeedState.BOOKED, NeedState.CLOSED},
    NeedState.BOOKED: {NeedState.OPEN, NeedState.CLAIMED, NeedState.SERVED, NeedState.CLOSED},
    NeedState.SERVED: set(),
    NeedState.CLOSED: {NeedState.OPEN},
}
VISIT_WAYS = {
    VisitState.PLANNED: set(VisitState),
    VisitState.UNDER_WAY: {VisitState.DONE, *FELL_THROUGH},
    VisitState.DONE: set(),
    **{state: {VisitState.PLANNED} for state in FELL_THROUGH},
}
FORM_WAYS = {
    FormState.MADE: {FormState.OUT, FormState.ENTERED, FormState.VOID},
    FormState.OUT: {FormState.RETURNED, FormState.ENTERED, FormState.VOID},
    FormState.RETURNED: {FormState.OUT, FormState.ENTERED, FormState.VOID},
    FormState.ENTERED: {FormState.RETURNED},
    FormState.VOID: {FormState.OUT},
}
CLAIM_WAYS = {
    ClaimState.HELD: set(ClaimState) - {ClaimState.HELD},
    ClaimState.USED: set(),
    ClaimState.RELEASED: set(),
    ClaimState.LAPSED: set(),
}

WAYS: dict[type[Any], dict[Any, Any]] = {
    Need: NEED_WAYS,
    Visit: VISIT_WAYS,
    FeedbackForm: FORM_WAYS,
    Claim: CLAIM_WAYS,
    FollowUp: {"open": {"closed"}, "closed": {"open"}},
    Series: {
        "active": {"paused", "ended"},
        "paused": {"active", "ended"},
        "ended": set(),
    },
}


def state_of(record: Any) -> Any:
    """What a record's state is; of those that have no word for it, by what they tell."""
    if isinstance(record, FollowUp):
        return "open" if record.is_open else "closed"
    if isinstance(record, Series):
        return "ended" if record.ended_on is not None else "paused" if record.is_paused else "active"
    return record.state


class Desk(RuleBasedStateMachine):
    """Days of work at random; each step goes through the actions alone."""

    opened: Callable[[], Store]

    @initialize()
    def begin(self) -> None:
        self.store = self.opened()
        self.today = START
        self.people: list[int] = []
        self.team: list[int] = []
        with self.store.operation("people"):
            for name in ("苗芬", "邹福"):
                self.people.append(self.store.add(Elder(name=name)).id)
            for name in ("顾海宁", "汤立新"):
                skills = tuple(Skill(category_id=category) for category in (CHAT, HAIRCUT))
                self.team.append(self.store.add(Provider(name=name, skills=skills)).id)
            wanted = [
                Need(elder_id=elder_id, category_id=category, rhythm=rhythm, since=START).checked()
                for elder_id, category, rhythm in (
                    (self.people[0], HAIRCUT, Rhythm.ONCE),
                    (self.people[0], CHAT, Rhythm.WEEKLY),
                    (self.people[1], CHAT, Rhythm.MONTHLY),
                )
            ]
            self.store.add_many(wanted)
        self.steps = 1
        self.wanted_again: set[int] = set()
        self.by_hand: set[int] = set()
        """Visits moved, changed or taken up again by hand: they may lie where their series does not, and outlive it."""
        self.first = contents(self.store)
        self.states = self._states()
        for which, who, category in ((0, 0, HAIRCUT), (0, 1, CHAT), (1, 0, CHAT), (1, 1, HAIRCUT)):
            self.book(which, (who,), 0, 9 + which + who, [category], "开头")
        self.states = self._states()

    def _states(self) -> dict[type[Any], dict[int, Any]]:
        return {kind: {record.id: state_of(record) for record in self.store.all(kind)} for kind in WAYS}

    def _do(self, action: Callable[..., Any], **values: Any) -> None:
        before = contents(self.store)
        try:
            with self.store.operation(action.__name__) as operation:
                action(self.store, today=self.today, **values)
        except UserError:
            assert contents(self.store) == before
            return
        self.steps += bool(operation.changes)
        after = self._states()
        for kind, ways in WAYS.items():
            for record_id, state in self.states[kind].items():
                now = after[kind][record_id]
                assert now == state or now in ways[state], (action.__name__, kind, state, now)
        self.states = after

    def _one(self, kind: type[Any], which: int) -> Any:
        found = self.store.all(kind)
        return found[which % len(found)] if found else None

    @rule(days=st.integers(0, 5))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(which=PICK, category=st.sampled_from([CHAT, HAIRCUT, AIRCON]), rhythm=st.sampled_from(Rhythm))
    def want(self, which: int, category: int, rhythm: Rhythm) -> None:
        self._do(needs.add_need, elder_id=self.people[which % 2], category_id=category, rhythm=rhythm)

    @rule(which=PICK, who=PICK, reason=REASON)
    def claim(self, which: int, who: int, reason: str) -> None:
        if need := self._one(Need, which):
            self._do(pairings.claim_need, need_id=need.id, provider_id=self.team[who % 2], reason=reason)

    @rule(which=PICK)
    def release(self, which: int) -> None:
        if need := self._one(Need, which):
            self._do(pairings.release_claim, need_id=need.id)

    @rule()
    def lapse(self) -> None:
        self._do(pairings.lapse_claims)
        self._do(stand_ins.lapse_stand_ins)

    @rule(which=PICK, reason=REASON)
    def close(self, which: int, reason: str) -> None:
        if need := self._one(Need, which):
            self._do(needs.close_need, need_id=need.id, reason=reason)

    @rule(which=PICK)
    def reopen(self, which: int) -> None:
        if need := self._one(Need, which):
            self._do(needs.reopen_need, need_id=need.id)
            self.wanted_again.add(need.id)

    @rule(which=PICK, who=st.sampled_from([(0,), (1,), (0, 1)]), ahead=st.integers(-1, 5), hour=st.integers(9, 11),
          what=st.lists(st.sampled_from([CHAT, HAIRCUT]), min_size=1, max_size=2), reason=REASON)  # fmt: skip
    def book(self, which: int, who: tuple[int, ...], ahead: int, hour: int, what: list[int], reason: str) -> None:
        self._do(
            calls.book_by_phone,
            elder_id=self.people[which % 2],
            services=tuple(ServiceLine(category_id=category) for category in what),
            provider_ids=tuple(self.team[one] for one in who),
            day=self.today + timedelta(days=ahead),
            starts=hour * 60,
            reason=reason,
        )

    @rule(which=PICK, ahead=st.integers(0, 5), reason=REASON)
    def move(self, which: int, ahead: int, reason: str) -> None:
        if visit := self._one(Visit, which):
            day = self.today + timedelta(days=ahead)
            self.by_hand.add(visit.id)
            self._do(bookings.move_visit, visit_id=visit.id, day=day, starts=600, reason=reason)

    @rule(which=PICK, who=PICK, reason=REASON)
    def change(self, which: int, who: int, reason: str) -> None:
        if visit := self._one(Visit, which):
            self.by_hand.add(visit.id)
            fields = {"provider_ids": (self.team[who % 2],), "services": (ServiceLine(category_id=CHAT),)}
            self._do(bookings.change_visit, visit_id=visit.id, reason=reason, **fields)

    @rule(which=PICK, step=st.sampled_from(["begin_visit", "remind_visit", "confirm_provider", "reinstate_visit"]))
    def step(self, which: int, step: str) -> None:
        if visit := self._one(Visit, which):
            if step == "reinstate_visit":
                self.by_hand.add(visit.id)
            self._do(getattr(visits, step), visit_id=visit.id)

    @rule(which=PICK, step=st.sampled_from(["cancel_visit", "note_not_home", "note_no_show"]), reason=REASON)
    def fall_through(self, which: int, step: str, reason: str) -> None:
        if visit := self._one(Visit, which):
            self._do(getattr(visits, step), visit_id=visit.id, reason=reason)

    @rule(which=PICK, hazards=st.sampled_from(["", "漏水"]))
    def finish(self, which: int, hazards: str) -> None:
        if visit := self._one(Visit, which):
            self._do(visits.finish_visit, outcome=visits.Outcome(visit_id=visit.id, hazards=hazards))

    @rule()
    def finish_the_next(self) -> None:
        for visit in self.store.where(Visit, state=[VisitState.PLANNED, VisitState.UNDER_WAY], order="day")[:1]:
            self.today = max(self.today, visit.day)
            self._do(visits.finish_visit, outcome=visits.Outcome(visit_id=visit.id))

    @rule(told=st.lists(st.tuples(PICK, st.sampled_from([VisitState.DONE, VisitState.NOT_HOME, VisitState.NO_SHOW])),
          min_size=1, max_size=3, unique_by=lambda one: one[0]), reason=REASON)  # fmt: skip
    def record_a_campaign_day(self, told: list[tuple[int, VisitState]], reason: str) -> None:
        known = self.store.all(Visit)
        chosen = {known[which].id: state for which, state in told if which < len(known)}
        self._do(
            visits.record_visits,
            done=[visits.Outcome(visit_id=one) for one, state in chosen.items() if state is VisitState.DONE],
            fell=[
                visits.FellThrough(visit_id=one, state=state, reason=reason)
                for one, state in chosen.items()
                if state is not VisitState.DONE
            ],
        )

    @rule(which=PICK, who=PICK, interval=st.sampled_from(Interval), count=st.integers(1, 4), ahead=st.integers(0, 3),
          hour=st.integers(9, 16), reason=REASON, as_call=st.booleans())  # fmt: skip
    def begin_series(
        self, which: int, who: int, interval: Interval, count: int, ahead: int, hour: int, reason: str, as_call: bool
    ) -> None:
        planned = Series(
            elder_id=self.people[which % 2],
            services=(ServiceLine(category_id=CHAT, minutes=60),),
            provider_ids=(self.team[who % 2],),
            starts=hour * 60,
            minutes=60,
            interval=interval,
            begins_on=self.today + timedelta(days=ahead),
            count=count,
        )
        action = calls.begin_series_by_phone if as_call else series.begin_series
        self._do(action, series=planned, reason=reason)

    @rule(which=PICK, interval=st.sampled_from(Interval), reason=REASON)
    def repeat_a_visit(self, which: int, interval: Interval, reason: str) -> None:
        visit = self._one(Visit, which)
        if visit is None or visit.state is not VisitState.PLANNED or visit.series_id is not None:
            return
        planned = Series(
            elder_id=visit.elder_id,
            services=tuple(replace(line, need_id=0) for line in visit.services),
            provider_ids=visit.provider_ids,
            starts=visit.starts,
            minutes=visit.minutes,
            interval=interval,
            begins_on=visit.day,
            count=3,
        )
        self._do(series.begin_series, series=planned, visit_id=visit.id, reason=reason)

    @rule(which=PICK, days=st.integers(0, 10), until=st.none() | st.integers(0, 20), reason=REASON)
    def pause_series(self, which: int, days: int, until: int | None, reason: str) -> None:
        if found := self._one(Series, which):
            since = self.today + timedelta(days=days)
            last = None if until is None else since + timedelta(days=until)
            self._do(series.pause_series, series_id=found.id, since=since, until=last, reason=reason)

    @rule(which=PICK, days=st.integers(0, 10))
    def resume_series(self, which: int, days: int) -> None:
        if found := self._one(Series, which):
            self._do(series.resume_series, series_id=found.id, on=self.today + timedelta(days=days))

    @rule(which=PICK, days=st.integers(0, 20), reason=REASON, goes=RARELY)
    def end_series(self, which: int, days: int, reason: str, goes: bool) -> None:
        found = self._one(Series, which)
        if found and goes:
            self._do(series.end_series, series_id=found.id, after=self.today + timedelta(days=days), reason=reason)

    @rule()
    def extend_series(self) -> None:
        self._do(series.extend_series)
        self._do(series_away.seek_for_away)

    @rule(score=st.integers(1, 5), wish=st.sampled_from([(), (AIRCON,), (CHAT, HAIRCUT)]), same=st.booleans())
    def evaluate_what_is_on_the_board(self, score: int, wish: tuple[int, ...], same: bool) -> None:
        for line in forms.board(self.store, today=self.today)[:1]:
            typed = Feedback(
                visit_id=line.visit_id, overall=score, wishes=wish, same_person=same, entered_on=self.today
            )
            team = self.store.get(Visit, line.visit_id).provider_ids
            self._do(feedback.enter_feedback, feedback=typed, pair_with=team)

    @rule(which=PICK, step=st.sampled_from(["return_forms", "take_back_return", "chase_forms"]))
    def paper(self, which: int, step: str) -> None:
        if form := self._one(FeedbackForm, which):
            self._do(getattr(forms, step), form_ids=[form.id])

    @rule(which=PICK)
    def issue(self, which: int) -> None:
        if visit := self._one(Visit, which):
            self._do(forms.issue_forms, visit_ids=[visit.id])

    @rule(which=PICK)
    def print_form(self, which: int) -> None:
        if visit := self._one(Visit, which):
            self._do(form_prints.make_forms, visit_ids=[visit.id], target="pdf")

    @rule(which=PICK, spoilt=st.booleans())
    def say_how_it_came_out(self, which: int, spoilt: bool) -> None:
        if batch := self._one(PrintBatch, which):
            spoilt_ids = batch.item_ids if spoilt else ()
            self._do(form_prints.confirm_forms, batch_id=batch.id, spoilt_ids=spoilt_ids)

    @rule(which=PICK, score=st.integers(0, 5), wish=st.sampled_from([(), (AIRCON,), (CHAT, HAIRCUT)]),
          same=st.booleans(), other=st.booleans())  # fmt: skip
    def evaluate(self, which: int, score: int, wish: tuple[int, ...], same: bool, other: bool) -> None:
        if visit := self._one(Visit, which):
            typed = Feedback(
                visit_id=visit.id,
                overall=score,
                wishes=wish,
                same_person=same,
                other_person=other,
                entered_on=self.today,
            )
            self._do(feedback.enter_feedback, feedback=typed, pair_with=visit.provider_ids)

    @rule(which=PICK)
    def take_out(self, which: int) -> None:
        if visit := self._one(Visit, which):
            self._do(feedback.remove_feedback, visit_id=visit.id)

    @rule(which=PICK, outcome=REASON)
    def follow_up(self, which: int, outcome: str) -> None:
        if found := self._one(FollowUp, which):
            self._do(follow_ups.close_follow_up, follow_up_id=found.id, outcome=outcome)

    @rule(which=PICK)
    def follow_up_again(self, which: int) -> None:
        if found := self._one(FollowUp, which):
            self._do(follow_ups.reopen_follow_up, follow_up_id=found.id)

    @rule(which=PICK, who=PICK, reason=REASON, says=RARELY)
    def refuse(self, which: int, who: int, reason: str, says: bool) -> None:
        if not says:
            return
        two = {"elder_id": self.people[which % 2], "provider_id": self.team[who % 2]}
        self._do(pairings.refuse, by_elder=True, reason=reason, **two)

    @rule(who=PICK, reason=REASON)
    def pause_or_resume(self, who: int, reason: str) -> None:
        self._do(providers.resume_provider, provider_id=self.team[who % 2])
        held = providers.commitments(self.store, provider_id=self.team[who % 2]).needs
        needs_held = [need.id for need in held]
        self._do(providers.pause_provider, provider_id=self.team[who % 2], reason=reason, release_need_ids=needs_held)

    @rule(who=PICK, days=st.integers(1, 40), reason=REASON)
    def go_away(self, who: int, days: int, reason: str) -> None:
        provider_id, until = self.team[who % 2], self.today + timedelta(days=days)
        missing = stand_ins.still_without(self.store, provider_id=provider_id, today=self.today)
        again = [visit.id for visit in missing] if days % 2 else []
        self._do(providers.resume_provider, provider_id=provider_id, visit_ids=again)
        planned = planned_visits(self.store, provider_id=provider_id, today=self.today)
        left = [visit.id for visit in planned if visit.day < until]
        self._do(providers.pause_provider, provider_id=provider_id, reason=reason, until=until, leave_visit_ids=left)
        wishes = [need.wishes for need in self.store.all(Need)]
        for visit in self.store.get_many(Visit, left).values():
            day = f"{visit.day.month}月{visit.day.day}日 "
            for need in self.store.get_many(Need, visit.need_ids if visit.state == "cancelled" else ()).values():
                # Somebody is sought for the day, or the need itself waits; a single one may be met another day.
                is_sought = any(words.startswith(day) for words in wishes)
                assert is_sought or need.rhythm is Rhythm.ONCE or need.state is not NeedState.BOOKED

    @rule(reason=REASON, goes=RARELY)
    def stop_the_second(self, reason: str, goes: bool) -> None:
        if goes:
            self._do(providers.stop_provider, provider_id=self.team[1], reason=reason)

    @rule(reason=REASON, goes=RARELY)
    def the_second_moves_and_comes_back(self, reason: str, goes: bool) -> None:
        state = ElderState.MOVED if goes else ElderState.ACTIVE
        self._do(elders.change_elder_state, elder_id=self.people[1], reason=reason, state=state)

    @rule(which=PICK, outcome=st.sampled_from(CallOutcome))
    def ring(self, which: int, outcome: CallOutcome) -> None:
        self._do(calls.log_call, elder_id=self.people[which % 2], outcome=outcome, notes="x")

    @invariant()
    def every_visit_done_has_one_evaluation_or_stands_on_the_board(self) -> None:
        if not hasattr(self, "store"):
            return
        on_board = {line.visit_id for line in forms.board(self.store, today=self.today)}
        answered = [one.visit_id for one in self.store.all(Feedback)]
        done = {visit.id for visit in self.store.where(Visit, state=VisitState.DONE)}
        assert len(answered) == len(set(answered))
        assert set(answered) | on_board == done
        assert not set(answered) & on_board

    @invariant()
    def needs_agree_with_claims_and_visits(self) -> None:
        if not hasattr(self, "store"):
            return
        is_open = [visit for visit in self.store.all(Visit) if visit.is_open]
        planned = {need_id for visit in is_open for need_id in visit.need_ids}
        going_on = {need_id for visit in is_open if visit.state != "planned" for need_id in visit.need_ids}
        held = {claim.need_id: claim.provider_id for claim in self.store.where(Claim, state=ClaimState.HELD)}
        for need in self.store.all(Need):
            assert (need.state is NeedState.CLAIMED) == (need.id in held)
            assert (need.claimed_by is None) or need.state is not NeedState.OPEN
            if need.state is NeedState.CLAIMED:
                assert held[need.id] == need.claimed_by
            if need.state is NeedState.BOOKED:
                assert need.id in planned
            if need.id in planned:
                assert need.state in {NeedState.BOOKED, NeedState.SERVED} or need.id in going_on

    @invariant()
    def nobody_is_sought_beside_who_goes_or_for_a_need_that_waits_itself(self) -> None:
        if not hasattr(self, "store"):
            return
        for need in self.store.all(Need):
            if need.stands_in_for is None or not need.is_waiting or need.id in self.wanted_again:
                continue
            visit = self.store.get(Visit, need.stands_in_for)
            lasting = self.store.get_many(Need, visit.need_ids).values()
            assert not visit.is_open
            assert any(one.state is NeedState.BOOKED for one in lasting if one.category_id == need.category_id)

    @invariant()
    def series_visit_once_a_day_and_never_when_they_rest(self) -> None:
        if not hasattr(self, "store"):
            return
        for found in self.store.all(Series):
            days = [
                visit.day
                for visit in self.store.where(Visit, series_id=found.id, state=VisitState.PLANNED)
                if visit.day >= self.today and visit.id not in self.by_hand
            ]
            assert len(days) == len(set(days))
            assert not [day for day in days if any(pause.holds(day) for pause in found.pauses)]
            assert found.ended_on is None or all(day <= found.ended_on for day in days)

    @invariant()
    def elders_were_seen_by_their_last_visit(self) -> None:
        if not hasattr(self, "store"):
            return
        for elder in self.store.all(Elder):
            days = [visit.day for visit in self.store.where(Visit, elder_id=elder.id, state=VisitState.DONE)]
            assert elder.seen_on == (max(days) if days else None)

    @invariant()
    def follow_ups_close_with_an_outcome(self) -> None:
        if not hasattr(self, "store"):
            return
        assert all(bool(one.outcome) == (not one.is_open) for one in self.store.all(FollowUp))

    def teardown(self) -> None:
        if hasattr(self, "store"):
            for _ in range(self.steps - 1):
                undo(self.store)
            assert contents(self.store) == self.first
            self.store.close()


def test_days_of_work_keep_to_the_known_states_and_are_undone(empty_file: Path, tmp_path: Path) -> None:
    copies = iter(range(100000))

    class Here(Desk):
        @staticmethod
        def opened() -> Store:
            path = tmp_path / f"{next(copies)}.db"
            path.write_bytes(empty_file.read_bytes())
            return Store.open(path, who="何佩")

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=40, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
