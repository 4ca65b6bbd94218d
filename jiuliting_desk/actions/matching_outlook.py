"""What if, for the desk: the month after, one more, one who stops, a certificate that lapses; nothing is written."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from jiuliting_desk.actions.matching import Inputs, half_day_mask, undated_of
from jiuliting_desk.actions.planned_months import last_to_book
from jiuliting_desk.matching.advice import Advice, AdviceKind, Assumed, advise
from jiuliting_desk.matching.arcs import grids, lay_out
from jiuliting_desk.matching.beside import Beside
from jiuliting_desk.matching.candidates import Candidate, rank
from jiuliting_desk.matching.changes import Change, ChangeKind, duration, recruit, said
from jiuliting_desk.matching.plan import Effort, Plan
from jiuliting_desk.matching.rows import NOWHERE, FixedRow, NeedRow, ProviderRow, Situation
from jiuliting_desk.matching.terms import SEX_NAMES
from jiuliting_desk.matching.what_if import Outcome, planned_beside, what_if
from jiuliting_desk.model.dates import add_months
from jiuliting_desk.model.months import amid, month_name
from jiuliting_desk.store import Store
from jiuliting_desk.store import matching_rows as queries
from jiuliting_desk.store.matching_rows import MonthOfProvider
from jiuliting_desk.store.passing import Passing

STANDARD = Assumed()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMonth:
    """The month after the planned one as the planner takes it."""

    first: date
    situation: Situation


def next_month(store: Store, inputs: Inputs) -> NextMonth:
    """The same people and needs with what the month after the planned one holds; certificates must hold to its end.

    Needs that somebody has to meet on a day before it are left out.
    """
    today, first = inputs.situation.today, add_months(inputs.month, 1)
    last = last_to_book(store, month=first, today=today)
    months = queries.months_of_providers(store, month=first)

    def in_month(row: ProviderRow) -> ProviderRow:
        held = months.get(row.id, MonthOfProvider())
        return replace(
            row,
            booked_visits=held.visits,
            booked_minutes=held.minutes,
            booked_half_days=tuple(held.half_days),
            undated=undated_of(held),
            booked_elders=frozenset(held.elders),
            paused=inputs.providers[row.id].is_away(first),
        )

    situation = replace(
        inputs.situation,
        month_name=month_name(first, today=today),
        needs=tuple(
            replace(need, day=need.only_on or last)
            for need in inputs.situation.needs
            if need.only_on is None or need.only_on >= first
        ),
        providers=tuple(in_month(row) for row in inputs.situation.providers),
    )
    return NextMonth(first=first, situation=situation)


class Later:
    """Who could go next month, beside what that month holds and the lines of this plan that come back."""

    def __init__(self, plan: Plan, month: NextMonth) -> None:
        self.month = month.first
        self._table = lay_out(replace(month.situation, fixed=_going_on(plan, month), last=()))
        self._needs = {need.id: need for need in month.situation.needs}

    def first_for(self, need_id: int) -> Candidate | None:
        """The best candidate for a need, each need taken alone; None for nobody, and where the need's day is over."""
        if need_id not in self._needs:
            return None
        found = rank(self._table.pool, self._needs[need_id], room=self._table.room).candidates
        return next((candidate for candidate in found if not candidate.homes_short), None)


def _going_on(plan: Plan, month: NextMonth) -> tuple[FixedRow, ...]:
    lasting = {need.id for need in month.situation.needs if need.lasting}
    return tuple(
        FixedRow(need=line.need, provider=line.provider, source=line.source)
        for line in plan.lines
        if line.need in lasting
    )


def planned_next_month(plan: Plan, month: NextMonth, *, stop: Callable[[], bool] | None = None) -> Outcome:
    """Who of those that this plan leaves out can be served next month.

    Needs that come back stay with whom this plan gives them, single ones that it serves are done by then.
    """
    going_on = _going_on(plan, month)
    kept: set[int] = {row.need for row in going_on} | set(plan.unserved)
    asked: tuple[NeedRow, ...] = tuple(need for need in month.situation.needs if need.id in kept)
    return planned_beside(plan, replace(month.situation, needs=asked, fixed=going_on), stop=stop)


# -- what would be


def one_more(inputs: Inputs, *, category_id: int, compound_id: int, assumed: Assumed = STANDARD) -> Change:
    """One volunteer more for a service, living in a compound (0: anywhere)."""
    place = next((need.place for need in inputs.situation.needs if need.place.compound == compound_id), NOWHERE)
    return recruit(
        inputs.situation,
        category=category_id,
        place=replace(place, building=""),
        minutes=assumed.minutes,
        visits=assumed.visits,
        metres=assumed.metres if compound_id else None,
    )


def one_stops(inputs: Inputs, provider_id: int) -> Change:
    """A provider who does not go on; what they hold already is not among the needs planned, so it is said.

    What others go to as well is theirs from then on, and takes of their time. Where somebody was sought for single days
    of a need, it waits as a whole then.
    """
    taking: defaultdict[int, list[Passing]] = defaultdict(list)
    for one in inputs.passing.get(provider_id, ()):
        taking[one.provider_id].append(one)
    rows = tuple(
        replace(
            row,
            booked_visits=row.booked_visits + sum(one.visits for one in taking[row.id]),
            booked_minutes=row.booked_minutes + sum(one.minutes for one in taking[row.id]),
            booked_elders=row.booked_elders | {one.elder_id for one in taking[row.id]},
            undated=(
                *row.undated,
                *((half_day_mask(one.half_days), one.undated) for one in taking[row.id] if one.undated),
            ),
        )
        for row in inputs.situation.providers
        if row.id in taking
    )
    days = inputs.single_days.get(provider_id, ())
    change = Change(kind=ChangeKind.STOP, provider=provider_id, gone=tuple(days), others=rows)
    told = said(change, name=inputs.providers[provider_id].name)
    held = inputs.held.get(provider_id, 0)
    return replace(told, text=f"{told.text}，手上 {held} 条要另外找人") if held else told


def certificate_lapses(inputs: Inputs, provider_id: int, kind: str) -> Change:
    """A certificate that is not renewed."""
    change = Change(kind=ChangeKind.LAPSE, provider=provider_id, certificate=kind)
    return said(change, name=inputs.providers[provider_id].name)


def certificates_at_stake(inputs: Inputs) -> list[tuple[int, str]]:
    """(holder, kind) of the certificates that count today and that some service wants, by holder."""
    wanted = {category.certificate_kind for category in inputs.categories.values() if category.certificate_kind}
    today = inputs.situation.today
    found = {
        (held.holder or row.id, held.kind)
        for row in inputs.situation.providers
        for held in row.certificates
        if held.is_valid_on(today) and held.kind in wanted
    }
    return sorted(one for one in found if one[0] in inputs.providers)


def try_out(plan: Plan, changes: tuple[Change, ...], *, stop: Callable[[], bool] | None = None) -> Outcome:
    """The plan if these changes held, beside the one that is."""
    return what_if(plan, changes, stop=stop)


def try_advice(plan: Plan, advice: Advice, *, stop: Callable[[], bool] | None = None) -> Outcome:
    """The plan if a piece of advice were followed: it serves at least what the advice says."""
    return what_if(plan, advice.changes, lines=advice.lines, stop=stop)


def without_candidates(inputs: Inputs) -> int:
    """How many open needs nobody may go to, whatever time there is."""
    pool, reached = inputs.pool, 0
    for _, grid in grids(pool, pool.room, enumerate(inputs.situation.needs)):
        reached += int((grid.masks == 0).any(axis=1).sum())
    return len(inputs.situation.needs) - reached


def planned_under(
    plan: Plan,
    after: Inputs,
    *,
    effort: Effort = Effort.GENTLE,
    seconds: float | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The plan under other weights and rules, beside the one that is; gently, or everything anew."""
    situation = replace(after.situation, fixed=plan.table.situation.fixed)
    return planned_beside(plan, situation, effort=effort, seconds=seconds, stop=stop)


# -- advice


def advice_for(
    plan: Plan, *, assumed: Assumed = STANDARD, progress: Callable[[int, int], None] | None = None
) -> tuple[Advice, ...]:
    """Whom to recruit, and who could give more, by what it would bring."""
    return advise(Beside(plan), assumed=assumed, progress=progress)


def advice_text(inputs: Inputs, advice: Advice) -> str:
    """What to do, in one sentence, the place first: 亭北新村一带，招一位会理发的."""
    if advice.kind is not AdviceKind.RECRUIT:
        return "，".join(change.text for change in advice.changes)
    place = inputs.compounds.get(advice.place.compound, "")
    where = f"{place}一带，" if place else ""
    return f"{where}{advice.changes[0].text}"


def advice_assumes(inputs: Inputs, advice: Advice) -> str:
    """What was assumed of the time, "" where nothing was."""
    month = amid(inputs.situation.month_name)
    if advice.kind is AdviceKind.RECRUIT:
        return f"按每月 {advice.visits} 次、{duration(advice.minutes)}、{advice.metres / 1000:.1f} 公里内算"
    if advice.kind is AdviceKind.MORE_TIME:
        parts = [duration(advice.minutes)] if advice.minutes else []
        parts += [f"{advice.visits} 次"] if advice.visits else []
        return f"按{month}多 {'、'.join(parts)}算"
    return f"按{month}剩下的时间算"


def recruiting_note(inputs: Inputs, advice: Advice) -> str:
    """A note to hand on: who is sought, for how many, how much time. No elder is named."""
    category = inputs.categories[advice.category].name
    certificate = inputs.categories[advice.category].certificate_kind
    place = inputs.compounds.get(advice.place.compound, "本街道")
    row = advice.changes[0].row
    speaks = "、会说上海话" if row is not None and row.dialect else ""
    held = f"，须有“{certificate}”证书" if certificate else ""
    sex = "" if row is None else SEX_NAMES.get(row.sex, "")
    return (
        f"招募{sex}志愿者：会{category}{speaks}{held}，最好住在{place}或附近。"
        f"每月大约 {advice.visits} 次、{duration(advice.minutes)}，{place}一带有 {len(advice.needs)} 条需求在等。"
    )
