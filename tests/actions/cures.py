"""What the matching tells of a file, held against the file: facts counted again, cures and advice carried out."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from jiuliting_desk.actions import confirming, elders, matching, matching_outlook, needs, pairings, providers
from jiuliting_desk.actions.certificates import add_certificate
from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.matching import Inputs, Steering, may_join
from jiuliting_desk.actions.matching_causes import Causes, causes_of
from jiuliting_desk.actions.matching_lists import claim_lines, lapsing
from jiuliting_desk.actions.settings import change_settings, number_setting
from jiuliting_desk.matching.advice import Advice
from jiuliting_desk.matching.changes import Change, ChangeKind
from jiuliting_desk.matching.explain import Cure
from jiuliting_desk.matching.plan import Effort, Plan, plan
from jiuliting_desk.matching.rows import FixedRow, Source
from jiuliting_desk.model.elders import Elder, Phone, Sex
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.providers import Provider, Refusal, Skill
from jiuliting_desk.store import Store
from tests.actions.people import TODAY

UNSTEERED = Steering()
MOST_CHOSEN = 8


@dataclass(slots=True)
class Tally:
    """How many of each kind were tried, and those that did not keep their word."""

    tried: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, str]] = field(default_factory=list)

    def count(self, kind: str, what: str, *, kept: bool) -> None:
        """One more of a kind; ``what`` says what happened where it did not keep its word."""
        self.tried[kind] += 1
        if not kept:
            self.broken.append((kind, what))

    def add(self, other: "Tally") -> None:
        """Those of another too."""
        self.tried += other.tried
        self.broken += other.broken

    def lines(self) -> Iterator[str]:
        """A table."""
        wrong = Counter(kind for kind, _ in self.broken)
        for kind, tried in sorted(self.tried.items()):
            yield f"{kind:<34} {tried:>7} tried {tried - wrong[kind]:>7} kept their word"
        yield f"{'all':<34} {self.tried.total():>7} tried {self.tried.total() - len(self.broken):>7} kept their word"


class Office:
    """A file with its plan and what is told about it, as the desk has them."""

    def __init__(self, store: Store, today: date = TODAY) -> None:
        self.store = store
        self.today = today
        self.inputs, self.plan = self.planned()
        claims = lapsing(store, claim_lines(store, today=self.today))
        self.causes: Causes = causes_of(self.inputs, self.plan, claims=claims, cures=1000)

    def planned(self, steering: Steering = UNSTEERED, effort: Effort = Effort.THOROUGH) -> tuple[Inputs, Plan]:
        """What stands in the file now, and the plan for it."""
        inputs = matching.read_inputs(self.store, today=self.today)
        return inputs, matching.propose_plan(inputs, steering=steering, effort=effort)

    def again(
        self,
        *,
        chosen: Iterable[tuple[int, int]] = (),
        last: Iterable[tuple[int, int]] | None = None,
        effort: Effort = Effort.GENTLE,
    ) -> Plan:
        """The plan made again from the one there is, as the desk does after a step."""
        fixed = tuple(FixedRow(need=need, provider=provider, source=Source.CHOSEN) for need, provider in chosen)
        return self.planned(Steering(chosen=fixed, last=tuple(self.plan.pairs() if last is None else last)), effort)[1]

    def weight(self, need_ids: Iterable[int]) -> int:
        """Urgency weight of these needs."""
        found = self.store.get_many(Need, set(need_ids))
        return sum(need.urgency.weight for need in found.values())

    @contextmanager
    def step(self) -> Iterator[None]:
        """Something is done in one step, looked at, and undone."""
        before = self.store.undoable()
        try:
            yield
        finally:
            while self.store.undoable() != before:
                undo(self.store)


def carry_out(store: Store, change: Change) -> int:
    """Do with the actions what a change asks for; gives the provider whom it is about."""
    kind = change.kind
    if kind is ChangeKind.RECRUIT:
        return _register(store, change)
    if kind is ChangeKind.RESUME:
        providers.resume_provider(store, provider_id=change.provider, today=TODAY)
    elif kind is ChangeKind.CERTIFY:
        add_certificate(store, provider_id=change.provider, kind=change.certificate, today=TODAY)
    elif kind in {ChangeKind.ASK_ELDER, ChangeKind.ASK_PROVIDER}:
        _withdraw(store, change)
    elif kind in {ChangeKind.ANY_SEX, ChangeKind.ANY_DIALECT, ChangeKind.OTHER_HALF_DAY}:
        _ask(store, change)
    elif kind is ChangeKind.MORE_HOMES:
        homes = number_setting(store, "homes_per_half_day") + change.amount
        change_settings(store, values={"homes_per_half_day": str(homes)}, today=TODAY)
    elif kind is ChangeKind.RELEASE:
        pairings.release_claim(store, need_id=change.need, today=TODAY, reason="试一试")
    elif kind is not ChangeKind.NOT_LASTING:
        _edit(store, change)
    return change.provider


def _edit(store: Store, change: Change) -> None:
    old = store.get(Provider, change.provider)
    if change.kind is ChangeKind.TEACH:
        fresh = replace(old, skills=(*old.skills, Skill(category_id=change.category, level=1)))
    elif change.kind is ChangeKind.WIDER_AREA:
        committee = store.get(Elder, store.get(Need, change.need).elder_id).committee_id
        area = () if committee is None else (*old.area_committee_ids, committee)
        fresh = replace(old, area_committee_ids=area)
    elif change.kind is ChangeKind.FARTHER:
        fresh = replace(old, max_metres=change.amount)
    elif change.kind is ChangeKind.MORE_MINUTES:
        fresh = replace(old, minutes_per_month=(old.minutes_per_month or 0) + change.amount)
    else:
        assert change.kind is ChangeKind.MORE_VISITS, change
        fresh = replace(old, visits_per_month=(old.visits_per_month or 0) + change.amount)
    providers.edit_provider(store, provider=fresh, today=TODAY)


def _ask(store: Store, change: Change) -> None:
    need = store.get(Need, change.need)
    if change.kind is ChangeKind.ANY_SEX:
        needs.edit_need(store, need_id=need.id, wants_sex="", today=TODAY)
        elders.edit_elder(store, elder_id=need.elder_id, refuses_sex=Sex.UNKNOWN, today=TODAY)
    elif change.kind is ChangeKind.ANY_DIALECT:
        needs.edit_need(store, need_id=need.id, wants_dialect=False, today=TODAY)
    else:
        more = {half_day for half_day in range(14) if change.amount >> half_day & 1}
        needs.edit_need(store, need_id=need.id, half_days=tuple(sorted({*need.half_days, *more})), today=TODAY)


def _withdraw(store: Store, change: Change) -> None:
    elder_id, provider = store.get(Need, change.need).elder_id, store.get(Provider, change.provider)
    sides = [one for one in (provider.id, provider.enterprise_id) if one]
    by_elder = change.kind is ChangeKind.ASK_ELDER
    for said in store.where(Refusal, elder_id=elder_id, provider_id=sides, by_elder=by_elder):
        pairings.withdraw_refusal(store, refusal_id=said.id, today=TODAY)


def _register(store: Store, change: Change) -> int:
    """Somebody of whom no more is true than what the sentence says, living where it says."""
    row, text = change.row, change.text
    assert row is not None
    sex = Sex.MALE if "男" in text else Sex.FEMALE if "女" in text else (Sex.MALE, Sex.FEMALE)[store.count(Need) % 2]
    made = providers.register_provider(
        store,
        today=TODAY,
        provider=Provider(
            name="新来的一位",
            phones=(Phone(number="10055550999"),),
            sex=sex,
            languages=("上海话",) if "上海话" in text else (),
            skills=(Skill(category_id=change.category),),
            visits_per_month=row.visits,
            minutes_per_month=row.minutes,
            compound_id=row.place.compound or None,
            committee_id=row.place.committee or None,
            max_metres=row.max_metres,
        ),
    )
    if change.certificate and change.certificate in text:
        add_certificate(store, provider_id=made.id, kind=change.certificate, today=TODAY)
    return made.id


# -- cures


def try_cures(office: Office, tally: Tally) -> None:
    """Every cure of every unserved need is carried out, and the plan made again."""
    for need_id in office.plan.unserved:
        for cure in office.causes.with_cures(need_id).cures:
            with office.step():
                what = _outcome(office, need_id, cure)
                tally.count(_kind(cure), what, kept=not what)


def _kind(cure: Cure) -> str:
    kinds = [change.kind.value for change in cure.changes]
    return f"cure {kinds[0]}" if len(kinds) == 1 else f"cure of {len(kinds)} steps"


def _outcome(office: Office, need_id: int, cure: Cure) -> str:
    """What is not as it was said, "" for nothing."""
    store, weight = office.store, office.weight([need_id])

    def told(why: str) -> str:
        return f"need {need_id} by {cure.provider}: {cure.text}: {why}"

    with store.operation("carry_out"):
        provider_id = [*(carry_out(store, change) for change in cure.changes), cure.provider][0]
    kinds = {change.kind for change in cure.changes}
    line = Confirmation(need_id=need_id, provider_id=provider_id)
    before = [Confirmation(need_id=one.need, provider_id=one.provider) for one in office.plan.lines]
    stale = confirming.overtaken(store, lines=[*before, line], today=office.today, month=office.inputs.month)
    if stale:
        return told(f"cannot be confirmed {stale}")
    if ChangeKind.NOT_LASTING in kinds:
        try:
            with store.operation("claim_need"):
                pairings.claim_need(
                    store, need_id=need_id, provider_id=provider_id, today=office.today, month=office.inputs.month
                )
        except UserError as error:
            return told(repr(error))
        return "" if store.get(Need, need_id).state is NeedState.CLAIMED else told("not claimed")
    inputs, pairs = matching.read_inputs(store, today=office.today), dict(office.plan.pairs())
    if not may_join(inputs, pairs, need_id=need_id, provider_id=provider_id):
        is_paired = any(one.need == need_id and one.source is Source.PAIRING for one in office.again().lines)
        return "" if is_paired else told("no room beside the lines")
    again = office.again(chosen=[(need_id, provider_id)], effort=Effort.GENTLE)
    # Others give way at most to heavier ones, whom the same change lets be served.
    if again.provider_of(need_id) != provider_id or served(office, again) < served(office, office.plan) + weight:
        return told(f"put in, the plan serves {served(office, again)} instead of {served(office, office.plan)}")
    now, before_it = served(office, office.again(effort=Effort.THOROUGH)), served(office, office.plan)
    if now < before_it + weight:
        return told(f"{now} served instead of {before_it} and {weight}")
    return ""


def served(office: Office, plan: Plan) -> int:
    """Urgency weight of all lines."""
    return office.weight(line.need for line in plan.lines)


# -- insisting


def try_insisting(office: Office, tally: Tally) -> None:
    """Every unserved need is put in by hand all the same."""
    for need_id in office.plan.unserved:
        cost = office.causes.cost(need_id)
        if cost is None:
            continue
        foretold = cost.carried_out(dict(office.plan.pairs()))
        again = office.again(chosen=[(need_id, cost.provider)], last=foretold.items(), effort=Effort.THOROUGH)
        now, promised = served(office, again), served(office, office.plan) - cost.lost_weight + cost.gained_weight
        is_true = now == promised if cost.least else now >= promised
        tally.count("insisting", f"need {need_id}: {now} served instead of {promised}, {cost}", kept=is_true)
        by_hand = office.again(chosen=[(need_id, cost.provider)], last=foretold.items(), effort=Effort.GENTLE)
        is_true = dict(by_hand.pairs()) == foretold
        tally.count("put in by hand", f"need {need_id}: {by_hand.pairs()} instead of {foretold}", kept=is_true)


def try_choosing(office: Office, tally: Tally) -> None:
    """Somebody else is put into the plan by hand, for needs that are served as well."""
    draw, pairs = random.Random(len(office.plan.lines)), dict(office.plan.pairs())
    for need_id in draw.sample(sorted(office.inputs.rows), min(MOST_CHOSEN, len(office.inputs.rows))):
        for candidate in matching.rank_need(office.inputs, need_id).candidates[:2]:
            cost = office.causes.cost(need_id, candidate.provider)
            if cost is None or office.plan.provider_of(need_id) == candidate.provider:
                continue
            chosen, foretold = [(need_id, candidate.provider)], cost.carried_out(pairs)
            by_hand = office.again(chosen=chosen, last=foretold.items(), effort=Effort.GENTLE)
            gone = {line.need for line in office.plan.lines} - {line.need for line in by_hand.lines}
            now, promised = served(office, by_hand), served(office, office.plan) - cost.lost_weight + cost.gained_weight
            what = f"need {need_id} by {candidate.provider}: {now} served instead of {promised}, {gone} lost, {cost}"
            tally.count("chosen by hand", what, kept=now == promised and gone == set(cost.lost))


def try_later(office: Office, tally: Tally) -> None:
    """Unserved needs are claimed for the month after by those of whom it is said that they could go then."""
    month = matching_outlook.next_month(office.store, office.inputs)
    later = matching_outlook.Later(office.plan, month)
    for need_id in office.plan.unserved:
        found = later.first_for(need_id)
        if found is None:
            continue
        what = ""
        with office.step():
            try:
                with office.store.operation("claim_need"):
                    pairings.claim_need(
                        office.store,
                        need_id=need_id,
                        provider_id=found.provider,
                        today=office.today,
                        month=later.month,
                    )
            except UserError as error:
                what = f"need {need_id} by {found.provider}: {error!r}"
        tally.count("in the month after", what, kept=not what)


# -- advice


def try_advice(office: Office, tally: Tally) -> None:
    """Every piece of advice is followed; recruits one after the other."""
    told = matching_outlook.advice_for(office.plan)
    recruits = [advice for advice in told if advice.kind.value == "recruit"]
    for advice in told:
        if advice not in recruits:
            with office.step():
                _follow(office, [advice], tally)
    for number in range(1, len(recruits) + 1):
        with office.step():
            _follow(office, recruits[:number], tally)


def _follow(office: Office, told: list[Advice], tally: Tally) -> None:
    before, weight = served(office, office.plan), sum(advice.weight for advice in told)
    last = told[-1]
    tried = matching_outlook.try_advice(office.plan, last) if len(told) == 1 else None
    with office.store.operation("follow"):
        for advice in told:
            text = matching_outlook.advice_text(office.inputs, advice)
            for change in advice.changes:
                carry_out(office.store, replace(change, text=text) if change.row is not None else change)
    after = served(office, office.again(effort=Effort.THOROUGH))
    words = matching_outlook.advice_text(office.inputs, last)
    tally.count(
        f"advice {last.kind.value}",
        f"{words} for {last.needs}: {after} served instead of {before} and {weight}",
        kept=after >= before + weight,
    )
    if tried is not None:
        inputs = matching.read_inputs(office.store, today=office.today)
        who = max(inputs.providers) if last.provider < 0 else last.provider
        begin = (*office.plan.pairs(), *((need, who) for need in last.needs))
        really = plan(replace(inputs.situation, last=begin), effort=Effort.GENTLE)
        now, then = tried.difference.served_after, served(office, really)
        tally.count("try advice", f"{words}: {then} served, {now} told", kept=then >= now)
        gained = set(tried.difference.gained)
        # Or heavier ones, whom the same help lets be served.
        kept = set(last.needs) <= gained or now > before + last.weight
        tally.count("try advice serves", f"{words}: {last.needs} not in {gained}", kept=kept)


# -- what stands


def try_plan(office: Office, tally: Tally) -> None:
    """The lines can be confirmed as they are, and a plan made again moves nothing."""
    lines = [Confirmation(need_id=line.need, provider_id=line.provider) for line in office.plan.lines]
    stale = confirming.overtaken(office.store, lines=lines, today=office.today, month=office.inputs.month)
    proposed = {line.provider for line in office.plan.lines if line.source is Source.PROPOSED}
    few = [who.id for who, _ in confirming.too_few_homes(office.inputs, lines) if who.id in proposed]
    tally.count("plan can be confirmed", f"{stale} {few}", kept=not stale and not few)
    with office.step():
        what = ""
        try:
            with office.store.operation("confirm_lines"):
                confirming.confirm_lines(office.store, lines=lines, today=office.today, month=office.inputs.month)
        except UserError as error:
            what = repr(error)
        tally.count("plan is confirmed", what, kept=not what)
    for effort in (Effort.GENTLE, Effort.THOROUGH):
        again = office.again(effort=effort)
        tally.count("again moves nothing", effort, kept=again.pairs() == office.plan.pairs())
