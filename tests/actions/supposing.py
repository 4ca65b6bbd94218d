"""What-ifs carried out by the actions, and what must hold of any plan whatever the file."""

import random
from dataclasses import replace

from jiuliting_desk.actions import certificates, matching, matching_outlook, pairings, providers
from jiuliting_desk.matching.candidates import rank
from jiuliting_desk.matching.changes import Change
from jiuliting_desk.matching.plan import Effort, Plan, plan
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.needs import NeedState
from jiuliting_desk.model.providers import Certificate
from tests.actions.cures import Office, Tally, carry_out, served
from tests.actions.towns import REASON, newcomer
from tests.matching.doubling import doubled

MOST_SUPPOSED = 6


def try_supposing(office: Office, tally: Tally) -> None:
    """One who stops, a certificate that lapses, one more: as it is told, and as it is then."""
    draw = random.Random(len(office.inputs.needs))
    store, inputs = office.store, office.inputs
    for provider_id in draw.sample(sorted(inputs.providers), min(MOST_SUPPOSED, len(inputs.providers))):
        change = matching_outlook.one_stops(inputs, provider_id)
        standing = providers.commitments(store, provider_id=provider_id).needs
        with office.step():
            with store.operation("stop_provider"):
                providers.stop_provider(store, provider_id=provider_id, reason=REASON, today=office.today)
            _compare(office, tally, "one stops", change)
            freed = sum(store.get(type(need), need.id).state is NeedState.OPEN for need in standing)
            said = f"手上 {freed} 条" in change.text if freed else "手上" not in change.text
            tally.count("one stops, needs held", f"{change.text}: {freed} freed", kept=said)
    for provider_id, kind in matching_outlook.certificates_at_stake(inputs)[:MOST_SUPPOSED]:
        change = matching_outlook.certificate_lapses(inputs, provider_id, kind)
        with office.step():
            with store.operation("edit_certificate"):
                for held in store.where(Certificate, provider_id=provider_id, kind=kind):
                    certificates.remove_certificate(store, certificate_id=held.id, today=office.today)
            _compare(office, tally, "certificate lapses", change)
    homes = sorted({need.place.compound for need in inputs.situation.needs})
    for category_id in draw.sample(sorted(inputs.categories), 3):
        change = matching_outlook.one_more(inputs, category_id=category_id, compound_id=draw.choice(homes))
        with office.step():
            with store.operation("register_provider"):
                carry_out(store, change)
            _compare(office, tally, "one more", change)


def _compare(office: Office, tally: Tally, kind: str, change: Change) -> None:
    told = matching_outlook.try_out(office.plan, (change,))
    known = set(office.inputs.rows)
    inputs = matching.read_inputs(office.store, today=office.today)
    about = tuple(need for need in inputs.situation.needs if need.id in known)
    situation = replace(inputs.situation, needs=about, last=office.plan.pairs())
    really = plan(situation, effort=Effort.GENTLE)
    lines, then = _weights(told.plan), _weights(really)
    # Of one more no more is told than is true of anybody.
    kept = then >= lines if change.row is not None else lines == then
    tally.count(kind, f"{change.text}: {then} instead of {lines}", kept=kept)


def _weights(found: Plan) -> tuple[int, int]:
    weights = {need.id: need.weight for need in found.table.situation.needs}
    return sum(weights[line.need] for line in found.lines), len(found.lines)


def try_properties(office: Office, tally: Tally) -> None:
    """More help never serves less, a refusal never more; order does not matter; what is pinned stays; and so on."""
    draw, store = random.Random(7), office.store
    before, situation = served(office, office.plan), office.inputs.situation
    with office.step():
        with store.operation("register_provider"):
            newcomer(store, draw)
        after = served(office, office.again(effort=Effort.THOROUGH))
        tally.count("one more serves no less", f"{after} instead of {before}", kept=after >= before)
    for _ in range(3):
        need, provider = draw.choice(list(office.inputs.needs.values())), draw.choice(sorted(office.inputs.providers))
        with office.step():
            with store.operation("refuse"):
                pairings.refuse(
                    store,
                    elder_id=need.elder_id,
                    provider_id=provider,
                    by_elder=True,
                    reason=REASON,
                    today=office.today,
                    end_bonds=False,
                )
            again = office.again(effort=Effort.THOROUGH)
            after, held = served(office, again), _is_paired(office, need.elder_id, provider)
            tally.count("a refusal serves no more", f"{after} and {before}", kept=held or after <= before)
    mixed = replace(
        situation,
        needs=tuple(draw.sample(situation.needs, len(situation.needs))),
        providers=tuple(draw.sample(situation.providers, len(situation.providers))),
        refusals=situation.refusals[::-1],
        bonds=situation.bonds[::-1],
    )
    tally.count("order does not matter", "other lines", kept=plan(mixed).lines == office.plan.lines)
    twice = plan(doubled(situation)).levels
    tally.count("a copy doubles", f"{twice}", kept=twice == tuple(2 * level for level in office.plan.levels))
    pinned = {(bond.elder, bond.provider) for bond in situation.bonds if bond.pinned}
    for bond in situation.bonds:
        if bond.pinned:
            mine = [
                need.id
                for need in situation.needs
                if need.elder == bond.elder and bond.category in {None, need.category}
            ]
            for need_id in mine:
                who = [
                    line for line in office.plan.lines if line.need == need_id and (bond.elder, line.provider) in pinned
                ]
                # Other pairs may have all of the provider's time; or the elder has another one that is pinned.
                room, row = office.plan.table.room, office.inputs.rows[need_id]
                out = rank(office.plan.table.pool, row, room=room).exclusion(bond.provider)
                kept = out is not None or bool(who and who[0].source is Source.PAIRING)
                tally.count("pinned stays", f"need {need_id} of {bond}", kept=kept)


def _is_paired(office: Office, elder_id: int, provider_id: int) -> bool:
    return any(bond.elder == elder_id and bond.provider == provider_id for bond in office.inputs.situation.bonds)
