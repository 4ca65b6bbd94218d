"""Lines of a plan that are confirmed: checked against the file as it is now, and written as one step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.pairings import RULE_IS_OFF, about, end_pairing
from jiuliting_desk.actions.planned_months import last_to_book
from jiuliting_desk.actions.settings import number_setting, rules_off
from jiuliting_desk.actions.stand_ins import days_wanted
from jiuliting_desk.model.barriers import Barrier, Load, Question, barriers
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import NotActive, NotThere, ReasonWanted
from jiuliting_desk.model.months import first_chance
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider, ProviderState, Refusal
from jiuliting_desk.store import Store
from jiuliting_desk.store.loads import month_loads

KEPT_AS_PAIRED = "已结对，照常去"
"""The reason noted where a paired provider goes against a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A line of the plan that is to stand; ``reason`` is why, where a rule says no."""

    need_id: int
    provider_id: int
    lasting: bool = False
    """Whether a lasting pairing begins with it."""
    reason: str = ""


class _Ground:
    """What the rules look at for many lines, read at once; the load grows with each line that is taken."""

    def __init__(self, store: Store, lines: Iterable[Confirmation], *, today: date, month: date | None) -> None:
        lines = list(lines)
        self.on = today if month is None else last_to_book(store, month=month, today=today)
        self.begins = first_chance(month or today, today=today)
        self.needs = store.get_many(Need, {line.need_id for line in lines})
        self._days = days_wanted(store, self.needs.values())
        self.elders = store.get_many(Elder, {need.elder_id for need in self.needs.values()})
        self.providers = store.get_many(Provider, {line.provider_id for line in lines})
        self._categories = {category.id: category for category in store.all(ServiceCategory)}
        self._compounds = {compound.id: compound for compound in store.all(Compound)}
        self._certificates: dict[int, list[Certificate]] = {}
        for held in store.all(Certificate):
            self._certificates.setdefault(held.provider_id, []).append(held)
        self._refusals: dict[tuple[int, int], list[Refusal]] = {}
        for said in store.all(Refusal):
            self._refusals.setdefault((said.elder_id, said.provider_id), []).append(said)
        self.bonds: dict[tuple[int, int], list[Pairing]] = {}
        for bond in store.where(Pairing, ended_on=None):
            self.bonds.setdefault((bond.elder_id, bond.provider_id), []).append(bond)
        self._loads = month_loads(store, month=self.begins, ahead=True)
        self._off = rules_off(store)

    def question(self, line: Confirmation, *, with_need: bool = True) -> Question:
        """Everything that the rules look at for a line; without the need, for a lasting bond."""
        need, provider = self.needs[line.need_id], self.providers[line.provider_id]
        elder, day = self.elders[need.elder_id], self._days.get(need.id)
        sides = [provider.id] if provider.enterprise_id is None else [provider.id, provider.enterprise_id]
        return Question(
            elder=elder,
            provider=provider,
            category=self._categories.get(need.category_id),
            need=need if with_need else None,
            certificates=tuple(held for side in sides for held in self._certificates.get(side, ())),
            refusals=tuple(said for side in sides for said in self._refusals.get((elder.id, side), ())),
            elder_compound=self._compounds.get(elder.compound_id or 0),
            provider_compound=self._compounds.get(provider.compound_id or 0),
            load=self._loads.get(provider.id, Load()),
            on=day or self.on,
            begins=day or self.begins,
        )

    def take(self, line: Confirmation) -> None:
        """The provider has this line too."""
        need = self.needs[line.need_id]
        load, category = self._loads.get(line.provider_id, Load()), self._categories.get(need.category_id)
        self._loads[line.provider_id] = Load(
            visits=load.visits + need.visits_per_month,
            minutes=load.minutes + need.visits_per_month * (category.minutes if category is not None else 0),
        )

    def covering(self, line: Confirmation) -> list[Pairing]:
        """Bonds of the two that cover the need's service."""
        need = self.needs[line.need_id]
        held = self.bonds.get((need.elder_id, line.provider_id), ())
        return [bond for bond in held if bond.category_id in {None, need.category_id}]

    def reason(self, line: Confirmation, rules: Sequence[Barrier]) -> str:
        """The reason that goes with a line against these rules, "" where one is wanted and none is known."""
        if line.reason.strip() or not rules:
            return line.reason.strip()
        bonds = self.covering(line)
        if bonds:
            return bonds[0].override_reason or KEPT_AS_PAIRED
        return RULE_IS_OFF if set(rules) <= self._off else ""


def overtaken(
    store: Store, *, lines: Sequence[Confirmation], today: date, month: date | None = None
) -> dict[int, tuple[Barrier, ...]]:
    """Lines, by need, that no longer hold as they were proposed, with the rules against them; () where the need
    itself is no longer open, or the provider has left. ``month`` is the one that was planned, by default this one."""
    ground = _Ground(store, lines, today=today, month=month)
    found: dict[int, tuple[Barrier, ...]] = {}
    for line in lines:
        need, provider = ground.needs.get(line.need_id), ground.providers.get(line.provider_id)
        gone = need is None or need.state is not NeedState.OPEN or not ground.elders[need.elder_id].is_served
        if gone or provider is None or provider.state is ProviderState.STOPPED:
            found[line.need_id] = ()
            continue
        rules = barriers(ground.question(line))
        if rules and not ground.reason(line, rules):
            found[line.need_id] = rules
        else:
            ground.take(line)
    return found


def too_few_homes(inputs: Inputs, lines: Iterable[Confirmation]) -> list[tuple[Provider, int]]:
    """Enterprises that come only for several homes at once and would have fewer with these lines, and how many."""
    rows = {row.id: row for row in inputs.situation.providers if row.homes_at_once}
    homes: dict[int, set[int]] = {}
    for line in lines:
        row, need = rows.get(line.provider_id), inputs.needs.get(line.need_id)
        if row is not None and need is not None:
            homes.setdefault(row.id, set(row.booked_elders)).add(need.elder_id)
    return [
        (inputs.providers[provider_id], len(elders))
        for provider_id, elders in sorted(homes.items())
        if len(elders) < rows[provider_id].homes_at_once
    ]


def short_trips(inputs: Inputs) -> dict[int, tuple[int, int]]:
    """Enterprises that have homes to go to in the month, but fewer than they come for: how many they want and have."""
    rows = inputs.situation.providers
    return {
        row.id: (row.homes_at_once, len(row.booked_elders))
        for row in rows
        if 0 < len(row.booked_elders) < row.homes_at_once
    }


def confirm_lines(
    store: Store, *, lines: Sequence[Confirmation], today: date, month: date | None = None
) -> list[Claim]:
    """Needs taken, and lasting pairings begun for those that are to last, as one step: all of them or none.

    They are held for the visits of ``month``, by default of this one.
    Raises AlreadyClaimed, WrongState, NotActive, NotThere; ReasonWanted where a rule says no and none is given.
    """
    ground = _Ground(store, lines, today=today, month=month)
    days, first_weeks = number_setting(store, "claim_days"), number_setting(store, "review_first_weeks")
    claims: list[Claim] = []
    bonds: list[Pairing] = []
    for line in lines:
        need, reason = _taken(ground, line)
        claims.append(
            Claim.begun(
                need_id=need.id, provider_id=line.provider_id, today=today, days=days, month=month, reason=reason
            )
        )
        if line.lasting and not ground.covering(line):
            rules = barriers(ground.question(line, with_need=False))
            bond = Pairing.begun(
                elder_id=need.elder_id,
                provider_id=line.provider_id,
                category_id=need.category_id,
                today=today,
                first_weeks=first_weeks,
                override_reason=reason if rules else "",
            )
            ground.bonds.setdefault((bond.elder_id, bond.provider_id), []).append(bond)
            bonds.append(bond)
    store.update_many([ground.needs[line.need_id] for line in lines])
    ids = store.add_many(claims)
    store.add_many(bonds)
    store.running.about = _about(store, ground, lines, len(bonds))
    return [replace(claim, id=claim_id) for claim, claim_id in zip(claims, ids, strict=True)]


def _taken(ground: _Ground, line: Confirmation) -> tuple[Need, str]:
    """The need as it is once the line stands, and the reason that goes with it."""
    if line.need_id not in ground.needs:
        raise NotThere(kind="need", record_id=line.need_id)
    if line.provider_id not in ground.providers:
        raise NotThere(kind="provider", record_id=line.provider_id)
    need, provider = ground.needs[line.need_id], ground.providers[line.provider_id]
    ground.elders[need.elder_id].must_be_served()
    if provider.state is ProviderState.STOPPED:
        raise NotActive(name=provider.name, state=provider.state)
    claimed = need.claimed(by=provider.id)
    rules = barriers(ground.question(line))
    reason = ground.reason(line, rules)
    if rules and not reason:
        raise ReasonWanted(field="reason", rules=tuple(rule.value for rule in rules))
    ground.take(line)
    ground.needs[line.need_id] = claimed
    return claimed, reason


def _about(store: Store, ground: _Ground, lines: Sequence[Confirmation], bonds: int) -> str:
    if not lines:
        return ""
    need = ground.needs[lines[0].need_id]
    first = about(store, elder_id=need.elder_id, provider_id=lines[0].provider_id, category_id=need.category_id)
    told = first if len(lines) == 1 else f"{first} 等 {len(lines)} 条"
    return f"{told}，新结对 {bonds} 对" if bonds else told


def change_for_good(
    store: Store,
    *,
    need_id: int,
    provider_id: int,
    pairing_id: int,
    end_reason: str,
    today: date,
    reason: str = "",
    month: date | None = None,
) -> Claim:
    """Somebody else takes the need and is paired from now on; the bond that was ends with ``end_reason``.

    Raises Missing without one, and as ``confirm_lines`` does.
    """
    end_pairing(store, pairing_id=pairing_id, reason=end_reason, today=today)
    line = Confirmation(need_id=need_id, provider_id=provider_id, lasting=True, reason=reason)
    return confirm_lines(store, lines=[line], today=today, month=month)[0]
