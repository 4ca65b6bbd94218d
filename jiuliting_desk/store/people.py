"""Everybody and every figure that is known, as few values as an import compares, read in one go."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from jiuliting_desk.model.known import KnownElder, KnownFigure, KnownProvider, NeedTerms
from jiuliting_desk.model.text import tidy_name
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.visit_tables import SPAN

_NUMBER = re.compile(r'"number":"([^"]*)"')


@lru_cache(maxsize=4000)
def _texts(plain: str) -> tuple[str, ...]:
    return tuple(json.loads(plain))


@lru_cache(maxsize=4000)
def _numbers(plain: str) -> tuple[int, ...]:
    return tuple(json.loads(plain))


@lru_cache(maxsize=4000)
def _category_ids(plain: str) -> tuple[int, ...]:
    return tuple(skill["category_id"] for skill in json.loads(plain))


AT_ONCE = 1000
"""Lists that are decoded together: five times faster than each for itself, and short enough not to be felt."""

Contacts = tuple[tuple[str, str, str], ...]


def _contacts(plains: Sequence[str]) -> Iterator[Contacts]:
    """Name, relation and phone of the contacts in each of some JSON lists."""
    for start in range(0, len(plains), AT_ONCE):
        for contacts in json.loads(f"[{','.join(plains[start : start + AT_ONCE])}]"):
            yield tuple([(c["name"], c["relation"], c["phone"]) for c in contacts]) if contacts else ()


def elders(store: Store) -> list[KnownElder]:
    """All elders by id, those who left the list included; names as records hold them now, whoever wrote them."""
    find = _NUMBER.findall
    rows = store.rows(
        "SELECT contacts, id, name, sex, birth, id_number, id_flag, phones, committee_id, compound_id, building, unit,"
        " room, living, tags, health, hearing, language, likes, floor, without_lift, notes, state"
        " FROM elder ORDER BY id"
    )
    return [
        KnownElder(
            id_, name if name.isalpha() else tidy_name(name), sex, birth, id_number, id_flag, tuple(find(phones)),
            committee, compound, building, unit, room, living, _texts(tags), contacts, health, hearing, language, likes,
            floor, without_lift == 1, notes, state,
        )
        for contacts, (_, id_, name, sex, birth, id_number, id_flag, phones, committee, compound, building, unit, room,
        living, tags, health, hearing, language, likes, floor, without_lift, notes, state) in zip(
            _contacts([row[0] for row in rows]), rows, strict=True
        )
    ]  # fmt: skip


def providers(store: Store) -> list[KnownProvider]:
    """All volunteers and enterprises by id, those who stopped included; names as records hold them now."""
    return [
        KnownProvider(
            id_, kind, tidy_name(name), enterprise, contact_name, sex, birth, id_number, id_flag,
            tuple(_NUMBER.findall(phones)), compound, address, _category_ids(skills), _texts(languages),
            _numbers(half_days), visits, minutes, joined_on or "", notes, state, homes, far, _numbers(areas), seat,
        )
        for id_, kind, name, enterprise, contact_name, sex, birth, id_number, id_flag, phones, compound, address,
        skills, languages, half_days, visits, minutes, joined_on, notes, state, homes, far, areas, seat in store.rows(
            "SELECT id, kind, name, enterprise_id, contact_name, sex, birth, id_number, id_flag, phones, compound_id,"
            " address, skills, languages, half_days, visits_per_month, minutes_per_month, joined_on, notes,"
            " state, homes_at_once, max_metres, area_committee_ids, committee_id FROM provider ORDER BY id"
        )
    ]  # fmt: skip


def waiting_needs(store: Store) -> dict[tuple[int, int], tuple[int, NeedTerms]]:
    """Every need that is open, claimed or booked, by elder and category: its id and how it is wanted."""
    return {
        (elder, category): (
            id_,
            NeedTerms(quantity, rhythm, monthly, _numbers(half_days), urgency, wishes, sex, dialect == 1),
        )
        for id_, elder, category, quantity, rhythm, monthly, half_days, urgency, wishes, sex, dialect in store.rows(
            "SELECT id, elder_id, category_id, quantity, rhythm, per_month, half_days, urgency, wishes, wants_sex,"
            " wants_dialect"
            " FROM need WHERE state IN ('open', 'claimed', 'booked') AND stands_in_for IS NULL ORDER BY id DESC"
        )
    }


def certificates(store: Store) -> set[tuple[int, str, str, str | None]]:
    """Provider, kind, number and last valid day (ISO) of every certificate."""
    found: list[tuple[int, str, str, str | None]] = store.rows(
        "SELECT provider_id, kind, number, expires_on FROM certificate"
    )
    return set(found)


def refusals(store: Store) -> frozenset[tuple[int, int]]:
    """Every elder and provider of whom the elder will not have the provider."""
    return frozenset(store.rows("SELECT elder_id, provider_id FROM refusal WHERE by_elder = 1"))


def coming(store: Store) -> frozenset[tuple[int, int]]:
    """Every elder and provider of whom one is to come: by a pairing, a claim, or a visit that is planned."""
    return frozenset(
        store.rows(
            "SELECT elder_id, provider_id FROM pairing WHERE ended_on IS NULL"
            " UNION SELECT elder_id, claimed_by FROM need"
            " WHERE state IN ('claimed', 'booked') AND claimed_by IS NOT NULL"
            " UNION SELECT v.elder_id, p.value FROM visit v, json_each(v.provider_ids) p WHERE v.state = 'planned'"
        )
    )


def figures(store: Store) -> list[KnownFigure]:
    """All figures that came in before, by id."""
    return [
        KnownFigure(*row)
        for row in store.rows(
            "SELECT id, month, committee_id, compound_id, category_id, provider_name, measure, quantity"
            " FROM imported_figure ORDER BY id"
        )
    ]


VisitKey = tuple[int, str, int]
"""Elder, ISO day, category."""

CallKey = tuple[str, int | None, str, str]
"""Day and minute as ``YYYY-MM-DDTHH:MM``, elder, phone, notes."""


_PLACES = f"v.id * {SPAN} AND v.id * {SPAN} + {SPAN - 1}"


def visit_keys(store: Store, days: Iterable[str]) -> dict[VisitKey, frozenset[int]]:
    """Who went, by elder, day and service, of the visits of some days, in any state."""
    listed = (json.dumps(sorted(days)),)
    of_days = f"json_each(?) j CROSS JOIN visit v ON v.day = j.value CROSS JOIN {{table}} x ON x.id BETWEEN {_PLACES}"
    went: dict[int, set[int]] = {}
    providers = f"SELECT v.id, x.provider_id FROM {of_days.format(table='visit_provider')}"
    for visit_id, provider_id in store.rows(providers, listed):
        went.setdefault(visit_id, set()).add(provider_id)
    found: dict[VisitKey, frozenset[int]] = {}
    services = f"SELECT v.id, v.elder_id, v.day, x.category_id FROM {of_days.format(table='visit_service')}"
    for visit_id, *key in store.rows(services, listed):
        elder_id, day, category_id = key
        known = found.get((elder_id, day, category_id), frozenset())
        found[elder_id, day, category_id] = known | went.get(visit_id, set())
    return found


def call_keys(store: Store) -> frozenset[CallKey]:
    """What tells the calls apart."""
    return frozenset(store.rows("SELECT substr(at, 1, 16), elder_id, phone, notes FROM call"))


def last_step(store: Store) -> int:
    """The id of the last step of the history, 0 for none: whether anything happened since."""
    return int(store.value("SELECT max(id) FROM operation") or 0)
