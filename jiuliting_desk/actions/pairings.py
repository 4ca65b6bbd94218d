"""Claims on needs and lasting pairings: begun, reviewed, ended, each against the rules or with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiuliting_desk.actions.planned_months import last_to_book
from jiuliting_desk.actions.settings import number_setting, rules_off
from jiuliting_desk.actions.stand_ins import days_wanted
from jiuliting_desk.actions.withdrawals import withdraw_provider
from jiuliting_desk.model.barriers import Barrier, Load, Question, barriers
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import AlreadyPaired, NotActive, ReasonWanted, WrongState
from jiuliting_desk.model.months import first_chance
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Refusal
from jiuliting_desk.store import Store
from jiuliting_desk.store.loads import month_loads

RULE_IS_OFF = "这条规则已在匹配设置里关掉"
"""The reason noted where only rules stand against it that the office has switched off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who is to meet a need; ``reason`` is why, where a rule says no."""

    need_id: int
    provider_id: int
    reason: str = ""


def about(store: Store, *, elder_id: int, provider_id: int, category_id: int | None) -> str:
    """The words by which history tells of the two: 顾海宁 → 高莲英　理发."""
    elder, provider = store.find(Elder, elder_id), store.find(Provider, provider_id)
    category = store.find(ServiceCategory, category_id)
    names = f"{provider.name if provider else ''} → {elder.name if elder else ''}"
    return f"{names}　{category.name}" if category else names


# -- the rules


def need_barriers(
    store: Store, *, need_id: int, provider_id: int, today: date, month: date | None = None
) -> tuple[Barrier, ...]:
    """The rules that keep a provider from a need; () where none does. Raises NotThere.

    With ``month`` they are those of a claim for that month: its load, and certificates to the last day of booking. Of a
    need for one day only they are those of that day.
    """
    return wish_barriers(store, need=store.get(Need, need_id), provider_id=provider_id, today=today, month=month)


def wish_barriers(
    store: Store, *, need: Need, provider_id: int, today: date, month: date | None = None
) -> tuple[Barrier, ...]:
    """The same for a need that may not be written down yet."""
    return barriers(
        _question(
            store,
            elder_id=need.elder_id,
            provider_id=provider_id,
            category_id=need.category_id,
            need=need,
            today=today,
            month=month,
        )
    )


def pairing_barriers(
    store: Store, *, elder_id: int, provider_id: int, category_id: int | None, today: date, month: date | None = None
) -> tuple[Barrier, ...]:
    """The rules against a lasting bond of the two; () where none says no. Raises NotThere."""
    return barriers(
        _question(
            store,
            elder_id=elder_id,
            provider_id=provider_id,
            category_id=category_id,
            need=None,
            today=today,
            month=month,
        )
    )


def _question(
    store: Store,
    *,
    elder_id: int,
    provider_id: int,
    category_id: int | None,
    need: Need | None,
    today: date,
    month: date | None = None,
) -> Question:
    elder, provider = store.get(Elder, elder_id), store.get(Provider, provider_id)
    sides = [provider.id] if provider.enterprise_id is None else [provider.id, provider.enterprise_id]
    own = [need.id] if need else ()
    day = days_wanted(store, [need]).get(need.id) if need else None
    begins = first_chance(month or today, today=today)
    loads = month_loads(store, month=begins, provider_ids=[provider.id], without_needs=own, ahead=True)
    return Question(
        elder=elder,
        provider=provider,
        category=store.find(ServiceCategory, category_id),
        need=need,
        certificates=tuple(store.where(Certificate, provider_id=sides)),
        refusals=tuple(store.where(Refusal, elder_id=elder.id, provider_id=sides)),
        elder_compound=store.find(Compound, elder.compound_id),
        provider_compound=store.find(Compound, provider.compound_id),
        load=loads.get(provider.id, Load()),
        on=day or (today if month is None else last_to_book(store, month=month, today=today)),
        begins=day or begins,
    )


def _why(store: Store, rules: tuple[Barrier, ...], reason: str) -> str:
    """The reason that is kept. Raises ReasonWanted where a rule says no and none is known."""
    kept = reason.strip()
    if not kept and rules and set(rules) <= rules_off(store):
        kept = RULE_IS_OFF
    if rules and not kept:
        raise ReasonWanted(field="reason", rules=tuple(rule.value for rule in rules))
    return kept


def _must_be_able(elder: Elder, provider: Provider) -> None:
    elder.must_be_served()
    if provider.state is ProviderState.STOPPED:
        raise NotActive(name=provider.name, state=provider.state)


# -- claims


def claim_need(
    store: Store, *, need_id: int, provider_id: int, today: date, reason: str = "", month: date | None = None
) -> Claim:
    """A provider takes a need, for as many days as the settings say from today on, or from ``month`` on if it is later.

    Raises AlreadyClaimed, WrongState and NotActive; ReasonWanted where a rule says no and no reason is given.
    """
    claim = _claim(store, Choice(need_id=need_id, provider_id=provider_id, reason=reason), today=today, month=month)
    need = store.get(Need, need_id)
    store.running.about = about(store, elder_id=need.elder_id, provider_id=provider_id, category_id=need.category_id)
    return claim


def claim_needs(store: Store, *, choices: Sequence[Choice], today: date) -> list[Claim]:
    """Several needs taken in one step, all or none. Raises as ``claim_need`` does."""
    claims = [_claim(store, choice, today=today) for choice in choices]
    store.running.about = _claims_about(store, claims)
    return claims


def _claims_about(store: Store, claims: Sequence[Claim]) -> str:
    if not claims:
        return ""
    need = store.get(Need, claims[0].need_id)
    first = about(store, elder_id=need.elder_id, provider_id=claims[0].provider_id, category_id=need.category_id)
    return first if len(claims) == 1 else f"{first} 等 {len(claims)} 条"


def _claim(store: Store, choice: Choice, *, today: date, month: date | None = None) -> Claim:
    need, provider = store.get(Need, choice.need_id), store.get(Provider, choice.provider_id)
    _must_be_able(store.get(Elder, need.elder_id), provider)
    claimed = need.claimed(by=provider.id)
    rules = need_barriers(store, need_id=need.id, provider_id=provider.id, today=today, month=month)
    reason = _why(store, rules, choice.reason)
    store.update(claimed)
    return store.add(
        Claim.begun(
            need_id=need.id,
            provider_id=provider.id,
            today=today,
            days=number_setting(store, "claim_days"),
            month=month,
            reason=reason,
        )
    )


def release_claim(store: Store, *, need_id: int, today: date, reason: str = "") -> Need:
    """The need is open again. Raises WrongState unless it is claimed (a booked one is cancelled as a visit)."""
    del today
    need = store.get(Need, need_id)
    if need.state is not NeedState.CLAIMED:
        raise WrongState(kind="need", state=need.state, wanted=NeedState.OPEN)
    store.running.about = about(
        store, elder_id=need.elder_id, provider_id=need.claimed_by or 0, category_id=need.category_id
    )
    return _release(store, need, ClaimState.RELEASED, reason)


def _release(store: Store, need: Need, state: ClaimState, reason: str) -> Need:
    for claim in store.where(Claim, need_id=need.id, state=ClaimState.HELD):
        store.update(claim.ended(state, reason=reason.strip()))
    return store.update(need.released())


def overdue_claims(store: Store, *, today: date) -> list[Claim]:
    """Held claims whose days are over, the oldest first."""
    held = store.where(Claim, state=ClaimState.HELD, order="expires_on")
    return [claim for claim in held if claim.days_left(today) < 0]


def lapse_claims(store: Store, *, today: date) -> list[Claim]:
    """Let every claim whose days are over lapse, in one step that the program takes by itself."""
    overdue = overdue_claims(store, today=today)
    store.running.about = _claims_about(store, overdue)
    lapsed = []
    for claim in overdue:
        need = store.get(Need, claim.need_id)
        if need.state is NeedState.CLAIMED and need.claimed_by == claim.provider_id:
            store.update(need.released())
        lapsed.append(store.update(claim.ended(ClaimState.LAPSED)))
    return lapsed


def prolong_claim(store: Store, *, need_id: int, today: date) -> Claim:
    """The days of a held claim begin anew, today or in its month. Raises WrongState where none is held."""
    need = store.get(Need, need_id)
    held = store.where(Claim, need_id=need_id, state=ClaimState.HELD)
    if not held:
        raise WrongState(kind="need", state=need.state, wanted=NeedState.CLAIMED)
    claim = held[0].prolonged(today=today, days=number_setting(store, "claim_days"))
    last = claim.expires_on
    store.running.about = f"{_claims_about(store, held)}，到 {last.month}月{last.day}日"
    return store.update(claim)


# -- pairings


def pair(
    store: Store,
    *,
    elder_id: int,
    provider_id: int,
    category_id: int | None,
    today: date,
    reason: str = "",
    pinned: bool = False,
    month: date | None = None,
) -> Pairing:
    """A lasting bond begins, for one service or (None) for all that the provider can do, with visits from ``month`` on.

    Raises AlreadyPaired and NotActive; ReasonWanted where a rule says no and no reason is given.
    """
    elder, provider = store.get(Elder, elder_id), store.get(Provider, provider_id)
    _must_be_able(elder, provider)
    for bond in store.where(Pairing, elder_id=elder_id, provider_id=provider_id, ended_on=None):
        if bond.category_id in {None, category_id} or category_id is None:
            raise AlreadyPaired(elder_id=elder_id, provider_id=provider_id)
    rules = pairing_barriers(
        store, elder_id=elder_id, provider_id=provider_id, category_id=category_id, today=today, month=month
    )
    kept = _why(store, rules, reason)
    begun = Pairing.begun(
        elder_id=elder_id,
        provider_id=provider_id,
        category_id=category_id,
        today=today,
        first_weeks=number_setting(store, "review_first_weeks"),
        override_reason=kept if rules or _has_all_pairs(store, elder_id, provider) else "",
    )
    store.running.about = about(store, elder_id=elder_id, provider_id=provider_id, category_id=category_id)
    return store.add(replace(begun, pinned=pinned))


def _has_all_pairs(store: Store, elder_id: int, provider: Provider) -> bool:
    """Whether a volunteer is paired with as many other elders as one may be by the settings."""
    elders = {bond.elder_id for bond in store.where(Pairing, provider_id=provider.id, ended_on=None)} - {elder_id}
    return provider.kind is ProviderKind.VOLUNTEER and len(elders) >= number_setting(store, "lasting_elders")


def pair_and_claim(
    store: Store, *, need_id: int, provider_id: int, today: date, reason: str = "", month: date | None = None
) -> tuple[Pairing, Claim]:
    """A lasting bond for the need's service, and the need itself, in one step. Raises as the two do."""
    need = store.get(Need, need_id)
    claim = _claim(store, Choice(need_id=need_id, provider_id=provider_id, reason=reason), today=today, month=month)
    bond = pair(
        store,
        elder_id=need.elder_id,
        provider_id=provider_id,
        category_id=need.category_id,
        today=today,
        reason=reason,
        month=month,
    )
    return bond, claim


def end_pairing(store: Store, *, pairing_id: int, reason: str, today: date) -> Pairing:
    """The bond ends, with a reason. Raises Missing, WrongState and DateOrder."""
    return store.update(_named(store, pairing_id).ended(on=today, reason=reason))


def replace_provider(
    store: Store, *, pairing_id: int, provider_id: int, reason: str, today: date, override_reason: str = ""
) -> Pairing:
    """From now on somebody else: the bond ends with ``reason`` and one with the other provider begins."""
    old = end_pairing(store, pairing_id=pairing_id, reason=reason, today=today)
    return pair(
        store,
        elder_id=old.elder_id,
        provider_id=provider_id,
        category_id=old.category_id,
        today=today,
        reason=override_reason,
    )


def review_pairing(store: Store, *, pairing_id: int, today: date, notes: str = "") -> Pairing:
    """The bond was looked at and goes on; the next review is months away by the settings. Raises WrongState."""
    reviewed = _named(store, pairing_id).reviewed(on=today, months=number_setting(store, "review_months"))
    again = reviewed.review_on
    store.running.about += f"，{again.year}年{again.month}月{again.day}日再看"
    kept = "\n".join(filter(None, (reviewed.notes, notes.strip())))
    return store.update(replace(reviewed, notes=kept))


def pin_pairing(store: Store, *, pairing_id: int, today: date) -> Pairing:
    """No plan may change the bond. Raises WrongState once it has ended."""
    del today
    return _pin(store, pairing_id, pinned=True)


def unpin_pairing(store: Store, *, pairing_id: int, today: date) -> Pairing:
    """Plans may change the bond again. Raises WrongState once it has ended."""
    del today
    return _pin(store, pairing_id, pinned=False)


def _pin(store: Store, pairing_id: int, *, pinned: bool) -> Pairing:
    bond = _named(store, pairing_id)
    if not bond.is_active:
        raise WrongState(kind="pairing", state="ended", wanted="pinned")
    return store.update(replace(bond, pinned=pinned))


def _named(store: Store, pairing_id: int) -> Pairing:
    bond = store.get(Pairing, pairing_id)
    store.running.about = about(
        store, elder_id=bond.elder_id, provider_id=bond.provider_id, category_id=bond.category_id
    )
    return bond


def due_reviews(store: Store, *, today: date) -> list[Pairing]:
    """Bonds whose review day has come, the longest due first."""
    lasting = store.where(Pairing, ended_on=None, order="review_on")
    return [bond for bond in lasting if bond.review_on <= today]


# -- refusals


def refuse(
    store: Store,
    *,
    elder_id: int,
    provider_id: int,
    by_elder: bool,
    reason: str,
    today: date,
    end_bonds: bool = True,
) -> Refusal:
    """The two are not to be brought together any more; said again, the reason is brought up to date.

    With ``end_bonds`` their pairings end, the claims on the elder's needs are released, and planned visits of the
    two are cancelled (or go on with the others who come), in the same step.
    """
    store.running.about = about(store, elder_id=elder_id, provider_id=provider_id, category_id=None)
    if end_bonds:
        for bond in store.where(Pairing, elder_id=elder_id, provider_id=provider_id, ended_on=None):
            store.update(bond.ended(on=today, reason=reason.strip() or "不再安排"))
        for need in store.where(Need, elder_id=elder_id, claimed_by=provider_id, state=NeedState.CLAIMED):
            _release(store, need, ClaimState.RELEASED, reason)
        withdraw_provider(store, provider_id=provider_id, elder_id=elder_id, reason=reason, today=today)
        store.running.about = about(store, elder_id=elder_id, provider_id=provider_id, category_id=None)
    said = store.where(Refusal, elder_id=elder_id, provider_id=provider_id, by_elder=by_elder)
    if said:
        return store.update(replace(said[0], reason=reason.strip(), said_on=today))
    return store.add(
        Refusal(elder_id=elder_id, provider_id=provider_id, by_elder=by_elder, reason=reason.strip(), said_on=today)
    )


def withdraw_refusal(store: Store, *, refusal_id: int, today: date) -> None:
    """The two can be brought together again. Raises NotThere."""
    del today
    refusal = store.get(Refusal, refusal_id)
    store.running.about = about(store, elder_id=refusal.elder_id, provider_id=refusal.provider_id, category_id=None)
    store.remove(refusal)
