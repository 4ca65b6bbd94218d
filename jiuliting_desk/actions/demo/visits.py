"""Invented visits of the last 300 days and the next ten, with their forms, evaluations, follow-ups and calls."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from jiuliting_desk.model.calls import Call, CallOutcome
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback, FeedbackForm, FilledBy, FormState, form_number
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.model.visits import STARTING_REASONS, ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store

DAYS = 300
AHEAD = 10
WORDS = ("", "", "", "谢谢！", "小伙子很客气", "洗得很干净", "下次能不能早点来", "聊得开心")
LOW_WORDS = ("来晚了半个钟头", "没擦窗", "水溅了一地没拖", "话太多")
OUTCOMES = ("打电话道歉，下次提前出门", "补做了一次", "换了一位志愿者")
MESSAGES = ("问洗空调什么时候开始", "要改到下个礼拜", "女儿打来的，问要不要带工具", "问卡丢了怎么办")
STARTS = {0: (540, 570, 600, 630), 1: (810, 840, 870, 930, 960)}


@dataclass(slots=True)
class _Book:
    """Who is taken on which half-day."""

    taken: set[tuple[str, int, date, int]] = field(default_factory=set)

    def take(self, who: Iterable[tuple[str, int]], day: date, half: int) -> bool:
        """Take all of them for the half-day; False, and nothing taken, where one of them is not free."""
        keys = {(kind, number, day, half) for kind, number in who}
        if keys & self.taken:
            return False
        self.taken |= keys
        return True


def add_visits(store: Store, dice: Random, *, visits: int, today: date) -> int:
    """About ``visits`` visits with all that belongs to them; gives how many."""
    if visits <= 0:
        return 0
    elders = {elder.id: elder for elder in store.all(Elder)}
    providers = [one for one in store.all(Provider) if one.state is ProviderState.ACTIVE and one.skills]
    categories = {category.id: category for category in store.all(ServiceCategory)}
    cadres: dict[int | None, list[int]] = {}
    for cadre in store.all(Cadre):
        cadres.setdefault(cadre.committee_id, []).append(cadre.id)
    book = _Book()
    made: list[Visit] = []
    ahead = max(6, visits // 20)
    made += _ahead(store, dice, book, elders, providers, categories, cadres, count=ahead, today=today)
    seen = [elder for elder in elders.values() if elder.is_served or dice.random() < 0.5]
    while len(made) < visits:
        back = int(dice.triangular(1, DAYS, 30))
        day = today - timedelta(days=back)
        if day.weekday() > 5:
            continue
        provider = dice.choice(providers)
        near = [elder for elder in seen if elder.committee_id == provider.committee_id] or seen
        category = categories[dice.choice(provider.skills).category_id]
        visit = _visit(dice, book, dice.choice(near), provider, category, cadres, day)
        if visit is not None:
            made.append(_happened(dice, visit))
    made.sort(key=lambda visit: (visit.day, visit.starts, visit.elder_id))
    made = [replace(visit, id=number) for number, visit in enumerate(made, start=store.next_id("visit"))]
    store.add_many([replace(visit, id=0) for visit in made])
    _see(store, elders, made)
    _paper(store, dice, made, today=today)
    _calls(store, dice, made, today=today)
    return len(made)


def _visit(
    dice: Random,
    book: _Book,
    elder: Elder,
    provider: Provider,
    category: ServiceCategory,
    cadres: dict[int | None, list[int]],
    day: date,
    *,
    need_id: int = 0,
) -> Visit | None:
    half = dice.randrange(2)
    if not book.take((("elder", elder.id), ("provider", provider.id)), day, half):
        return None
    leading = cadres.get(elder.committee_id, [])
    return Visit(
        elder_id=elder.id,
        committee_id=elder.committee_id,
        compound_id=elder.compound_id,
        services=(ServiceLine(category_id=category.id, need_id=need_id, minutes=category.minutes),),
        provider_ids=(provider.id,),
        cadre_id=dice.choice(leading) if leading else None,
        day=day,
        starts=dice.choice(STARTS[half]),
        minutes=category.minutes,
        booked_on=day - timedelta(days=dice.randrange(2, 9)),
        booked_by="演示",
    )


def _happened(dice: Random, visit: Visit) -> Visit:
    fate = dice.random()
    if fate < 0.1:
        state = VisitState.CANCELLED if fate < 0.05 else VisitState.NOT_HOME if fate < 0.08 else VisitState.NO_SHOW
        reason = dice.choice([reason.words for reason in STARTING_REASONS if reason.state is state])
        return visit.fell_through(state, reason=reason, today=visit.day)
    minutes = max(15, visit.minutes + dice.choice((-15, -5, 0, 0, 5, 10, 20)))
    led = dice.random() < 0.85 and visit.cadre_id is not None
    return visit.done(on_site_minutes=minutes, today=visit.day).attended(
        led_in=led, stayed=led and dice.random() < 0.8, signed=led, cadre_id=visit.cadre_id
    )


def _ahead(
    store: Store,
    dice: Random,
    book: _Book,
    elders: dict[int, Elder],
    providers: list[Provider],
    categories: dict[int, ServiceCategory],
    cadres: dict[int | None, list[int]],
    *,
    count: int,
    today: date,
) -> list[Visit]:
    """Today's visits in all states, and those of the next days, each for a need that waited."""
    made: list[Visit] = []
    waiting = [
        need for need in store.where(Need, state=NeedState.OPEN, order="since") if elders[need.elder_id].is_served
    ]
    for need in waiting:
        if len(made) >= count:
            break
        elder = elders[need.elder_id]
        able = [one for one in providers if need.category_id in one.category_ids]
        able = [one for one in able if one.committee_id == elder.committee_id] or able
        # Nobody goes on a Sunday: then the next day is the full one.
        soon = int(today.weekday() > 5)
        day = today + timedelta(days=soon if len(made) < 6 else dice.randrange(1, AHEAD))
        if not able or day.weekday() > 5 or dice.random() < 0.4:
            continue
        category = categories[need.category_id]
        visit = _visit(dice, book, elder, dice.choice(able), category, cadres, day, need_id=need.id)
        if visit is None:
            continue
        visit = replace(visit, booked_on=today - timedelta(days=dice.randrange(1, 6)))
        if day == today and visit.starts < 600:
            visit = _happened(dice, visit)
        state = NeedState.SERVED if visit.state is VisitState.DONE else NeedState.BOOKED if visit.is_open else None
        if state is not None:
            store.update(replace(need, state=state, claimed_by=visit.provider_ids[0]))
        if visit.is_open and day <= today + timedelta(days=1):
            roll = dice.random()
            at = datetime.combine(today - timedelta(days=1), time(16, 10)).astimezone()
            visit = replace(visit, awaits_answer=roll < 0.2, reminded_at=at if roll > 0.5 else None)
        made.append(visit)
    return made


def _see(store: Store, elders: dict[int, Elder], visits: list[Visit]) -> None:
    last = {visit.elder_id: visit.day for visit in visits if visit.state is VisitState.DONE}
    changed = [replace(elders[elder_id], seen_on=day) for elder_id, day in last.items()]
    store.update_many(changed)


def _paper(store: Store, dice: Random, visits: list[Visit], *, today: date) -> None:
    """Forms of all visits done; those of the last days are partly still out."""
    forms: list[FeedbackForm] = []
    answers: list[Feedback] = []
    follow_ups: list[FollowUp] = []
    number = store.next_id("feedback_form")
    for visit in visits:
        if visit.state is not VisitState.DONE:
            continue
        age = (today - visit.day).days
        is_out = dice.random() < (0.75 if age < 3 else 0.3 if age < 10 else 0.015)
        back = visit.day + timedelta(days=dice.randrange(1, 6))
        state = FormState.OUT if is_out else FormState.ENTERED
        if is_out and dice.random() < 0.2:
            state = FormState.RETURNED
        forms.append(
            FeedbackForm(
                visit_id=visit.id,
                number=form_number(number + len(forms)),
                state=state,
                issued_on=visit.day,
                returned_on=None if state is FormState.OUT else min(back, today),
                held_by=visit.cadre_id,
            )
        )
        if state is FormState.ENTERED:
            low = dice.random() < 0.05
            answer = _answer(dice, visit, entered_on=min(back, today), low=low)
            answers.append(answer)
            if low:
                follow_ups.append(_follow_up(dice, visit, answer, today=today))
    store.add_many(forms)
    store.add_many(answers)
    store.add_many(follow_ups)


def _answer(dice: Random, visit: Visit, *, entered_on: date, low: bool) -> Feedback:
    scores = [dice.choice((2, 2, 1, 3)) if low else dice.choice((3, 4, 4, 5, 5, 5, 5)) for _ in range(4)]
    return Feedback(
        visit_id=visit.id,
        punctual=scores[0],
        manner=max(scores[1], 3),
        work=scores[2],
        overall=2 if low else max(3, scores[3]),
        words=dice.choice(LOW_WORDS if low else WORDS),
        filled_by=dice.choice((FilledBy.ELDER, FilledBy.ELDER, FilledBy.FAMILY)),
        filled_on=visit.day,
        same_person=not low and dice.random() < 0.15,
        on_time=True if visit.led_in else None,
        whole_time=True if visit.stayed else None,
        signature_seen=visit.signed,
        cadre_id=visit.cadre_id,
        entered_on=entered_on,
        entered_by="演示",
    )


def _follow_up(dice: Random, visit: Visit, answer: Feedback, *, today: date) -> FollowUp:
    opened = FollowUp(
        elder_id=visit.elder_id,
        visit_id=visit.id,
        cause=Cause.LOW_SCORE,
        what=answer.words,
        score=answer.lowest,
        owner="演示",
        opened_on=answer.entered_on,
        due_on=answer.entered_on + timedelta(days=3),
    )
    if (today - opened.opened_on).days < 12:
        return opened
    return opened.closed(outcome=dice.choice(OUTCOMES), on=opened.opened_on + timedelta(days=2))


def _calls(store: Store, dice: Random, visits: list[Visit], *, today: date) -> None:
    """Calls by which visits were booked in the last month, some messages, three to ring back."""
    calls = []
    for visit in visits:
        if visit.booked_on is None or not timedelta(0) <= today - visit.booked_on < timedelta(days=30):
            continue
        at = datetime.combine(visit.booked_on, time(dice.randrange(9, 16), dice.randrange(60))).astimezone()
        calls.append(
            Call(
                at=at,
                elder_id=visit.elder_id,
                category_id=visit.services[0].category_id,
                outcome=CallOutcome.BOOKED,
                visit_id=visit.id,
                taken_by="演示",
            )
        )
        if dice.random() < 0.2:
            note = dice.choice(MESSAGES)
            calls.append(replace(calls[-1], outcome=CallOutcome.ASKED, visit_id=None, notes=note))
    for note in MESSAGES[:3]:
        visit = dice.choice(visits)
        at = datetime.combine(today - timedelta(days=1), time(dice.randrange(13, 17), 5)).astimezone()
        calls.append(
            Call(
                at=at,
                elder_id=visit.elder_id,
                outcome=CallOutcome.MESSAGE,
                notes=note,
                taken_by="演示",
                recall_on=today,
            )
        )
    store.add_many(sorted(calls, key=lambda call: call.at))
