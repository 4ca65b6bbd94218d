"""Who goes to whom as it stands, as sheets that go out: lasting pairs and claims."""

from collections.abc import Callable, Collection
from datetime import date

from jiuliting_desk.actions.list_cells import Names, People, info_line
from jiuliting_desk.actions.matching_lists import Pausing, bond_lines, claim_lines
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.sheets import lists
from jiuliting_desk.sheets.writing import OutSheet
from jiuliting_desk.store import Store


def _pausing(pausing: Pausing | None, *, masked: Callable[[str], str]) -> str:
    if pausing is None:
        return ""
    until = f"，{pausing.back_on.isoformat()} 回来" if pausing.back_on is not None else ""
    return f"{masked(pausing.name)}暂停中{until}"


def pairing_sheets(
    store: Store, names: Names, *, ids: Collection[int] | None, full: bool, today: date
) -> tuple[list[OutSheet], int]:
    """固定结对 and 认领 as they stand, of all elders or those of ``ids``, by committee; with how many lines there are.

    ``full`` is not masked.
    """
    bonds = [line for line in bond_lines(store, today=today) if ids is None or line.bond.elder_id in ids]
    claims = [line for line in claim_lines(store, today=today) if ids is None or line.elder_id in ids]
    elders = {line.bond.elder_id for line in bonds} | {line.elder_id for line in claims}
    people = People(store, names, elders=elders, full=full)
    bonds.sort(key=lambda line: people.place(line.bond.elder_id))
    claims.sort(key=lambda line: people.place(line.elder_id))
    pairs = [
        [
            *people.elder(line.bond.elder_id, line.category or lists.FOR_ALL_SERVICES),
            *people.who_goes(line.bond.provider_id),
            line.bond.started_on,
            line.bond.review_on,
            "固定" if line.bond.pinned else "",
            "，".join(filter(None, ("该回访了" if line.is_due else "", _pausing(line.pausing, masked=people.said)))),
            people.said(line.bond.override_reason),
        ]
        for line in bonds
    ]
    held = [
        [
            *people.elder(line.elder_id, line.category),
            *people.who_goes(line.claim.provider_id),
            line.claim.claimed_on,
            line.claim.expires_on,
            _pausing(line.pausing, masked=people.said),
            people.said(line.claim.reason),
        ]
        for line in claims
    ]
    sheets = [
        OutSheet(
            name="结对",
            title=lists.PAIRINGS_TITLE,
            info=info_line(store, count=len(pairs), unit="对", full=full, today=today),
            columns=lists.PAIRINGS,
            rows=pairs,
            frozen_columns=2,
        ),
        OutSheet(
            name="认领",
            title=lists.CLAIMS_TITLE,
            info=info_line(store, count=len(held), unit="条", full=full, today=today),
            columns=lists.CLAIMS,
            rows=held,
            frozen_columns=2,
        ),
    ]
    return sheets, len(pairs) + len(held)


def standing_count(store: Store) -> int:
    """How many pairs last and how many claims are held."""
    return store.count(Pairing, ended_on=None) + store.count(Claim, state=ClaimState.HELD)
