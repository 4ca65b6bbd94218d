"""A situation beside a copy of itself that has nothing to do with it."""

from dataclasses import replace

from jiuliting_desk.matching.rows import RefusalRow, Situation


def doubled(situation: Situation) -> Situation:
    """The same sub-district twice, the second with other people who refuse everybody of the first."""
    far = 1000
    needs = tuple(replace(need, id=need.id + far, elder=need.elder + far) for need in situation.needs)
    providers = tuple(
        replace(row, id=row.id + far, booked_elders=frozenset(elder + far for elder in row.booked_elders))
        for row in situation.providers
    )
    refusals = [replace(row, elder=row.elder + far, provider=row.provider + far) for row in situation.refusals]
    for mine, theirs in ((situation.needs, providers), (needs, situation.providers)):
        refusals += [RefusalRow(elder=need.elder, provider=row.id) for need in mine for row in theirs]
    return replace(
        situation,
        needs=situation.needs + needs,
        providers=situation.providers + providers,
        refusals=situation.refusals + tuple(refusals),
        bonds=situation.bonds
        + tuple(replace(bond, elder=bond.elder + far, provider=bond.provider + far) for bond in situation.bonds),
        served=situation.served
        + tuple(replace(row, elder=row.elder + far, provider=row.provider + far) for row in situation.served),
        last=situation.last + tuple((need + far, provider + far) for need, provider in situation.last),
    )
