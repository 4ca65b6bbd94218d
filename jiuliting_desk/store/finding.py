"""Who is meant: from the words in the search box to a short list that tells same names apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.model.feedback import form_number
from jiuliting_desk.model.providers import ProviderState
from jiuliting_desk.model.text import half_width
from jiuliting_desk.store.search import match_expression, pieces
from jiuliting_desk.store.store import Store

CODE_PREFIX = "JLT"
"""What the codes on cards begin with: JLT-0137."""


class Why(StrEnum):
    """Which of a record's values the words met, the most telling first."""

    FORM_NUMBER = "form_number"
    CARD_NUMBER = "card_number"
    PHONE = "phone"
    ID_TAIL = "id_tail"
    PINYIN = "pinyin"
    NAME = "name"
    PLACE = "place"


_ORDER = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One elder or provider that the words met, or the visit of a form."""

    kind: str
    """elder, volunteer or enterprise; visit where the number of its form was met."""
    record_id: int
    name: str
    number: str
    sex: str
    birth: str
    compound: str
    building: str
    unit: str
    room: str
    phone: str
    state: str
    why: Why
    matched: str
    """The part of the value that was met, for underlining; "" where it is not shown as typed."""
    needs: tuple[tuple[int, str], ...] = ()
    """Waiting or booked needs: category id and state."""
    is_void_card: bool = False
    """Met by the number of a card that is lost or void."""


def find(store: Store, text: str, *, limit: int = 30, inactive: bool = False) -> list[Hit]:
    """Up to ``limit`` hits for words in any order, exact numbers and names first.

    With ``inactive`` those who moved, died, withdrew or stopped instead of those who are served or serve.
    """
    text = text.strip()
    if text.upper().startswith(CODE_PREFIX):
        text = text[len(CODE_PREFIX) :].lstrip("-: ")
    words = pieces(text)
    if not words:
        return []
    forms = [] if inactive else _visits_of_forms(store, text)
    ids, by_place = _row_ids(store, text, words, limit * 2)
    elder_ids = [row_id // 8 for row_id in ids if row_id % 8 == 0]
    provider_ids = [row_id // 8 for row_id in ids if row_id % 8 == 1]
    cards = _elders_of_cards(store, text, [row_id // 8 for row_id in ids if row_id % 8 == 2])
    elder_ids = list(dict.fromkeys([*(elder_id for elder_id, _ in cards), *elder_ids]))
    void = {elder_id for elder_id, is_valid in cards if not is_valid}
    hits = [
        *_elders(store, elder_ids, words, text, void=void, by_card={elder_id for elder_id, _ in cards}),
        *_providers(store, provider_ids, words, text),
    ]
    hits = [replace(hit, why=Why.PLACE) if hit.why is Why.PINYIN and _row_id(hit) in by_place else hit for hit in hits]
    served = {ElderState.ACTIVE, ElderState.PAUSED, ProviderState.ACTIVE, ProviderState.PAUSED}
    hits = [hit for hit in hits if (hit.state in served) is not inactive]
    exact = text.lower()
    hits.sort(key=lambda hit: (exact not in {hit.name.lower(), hit.number.lower()}, _ORDER[hit.why], hit.kind))
    if text[:1].isdecimal():
        return [*hits[: limit - len(forms)], *forms]
    return [*forms, *hits][:limit]


_FORM = re.compile(r"(?:[bB][-－ ]?)?(\d{4,9})")


def _visits_of_forms(store: Store, text: str) -> list[Hit]:
    """The visit of the form with this number, typed with or without its B."""
    found = _FORM.fullmatch(half_width(text).strip())
    if found is None:
        return []
    hits = []
    for row in store.rows(
        "SELECT v.id, e.name, f.number, e.sex, e.birth, coalesce(c.name, ''), e.building, e.unit, e.room, v.state, '',"
        " coalesce(json_extract(e.phones, '$[0].number'), '')"
        " FROM feedback_form f JOIN visit v ON v.id = f.visit_id JOIN elder e ON e.id = v.elder_id"
        " LEFT JOIN compound c ON c.id = e.compound_id WHERE f.number = ?",
        (form_number(int(found[1])),),
    ):
        hits.append(_hit("visit", row, Why.FORM_NUMBER, text, ()))
    return hits


def _row_id(hit: Hit) -> int:
    return hit.record_id * 8 + (0 if hit.kind == "elder" else 1)


def _row_ids(store: Store, text: str, words: Sequence[str], most: int) -> tuple[list[int], set[int]]:
    """Rows of the index, those first whose own name or number is met; and those met by their address alone."""
    sql = "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?"
    first = [
        row[0] * 8 + offset
        for offset, table in ((0, "elder"), (1, "provider"))
        for row in store.rows(f"SELECT id FROM {table} WHERE name = ? LIMIT ?", (text, most))
    ]
    first += [row[0] * 8 for row in store.rows("SELECT id FROM elder WHERE number = ? AND number <> ''", (text,))]
    expression = match_expression(words)
    # A place's name can be that of thousands: who is called so must not be lost behind those who live there.
    own = [row[0] for row in store.rows(sql, (f"{{name pinyin digits}} : ({expression})", most))]
    found = own
    if len(own) < most:
        found = list(dict.fromkeys([*own, *(row[0] for row in store.rows(sql, (expression, most)))]))
    if not found and not first and len(words) == 1 and not words[0].isascii():
        found = _split_in_two(store, words[0], most)
    by_place = set(found) - set(own) if len(words) == 1 else set()
    return list(dict.fromkeys([*first, *found])), by_place


def _split_in_two(store: Store, word: str, most: int) -> list[int]:
    """A name and a place written together, as in 高莲英亭北."""
    for cut in range(len(word) - 1, 0, -1):
        rows = store.rows(
            "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", (match_expression([word[:cut], word[cut:]]), most)
        )
        if rows:
            return [row[0] for row in rows]
    return []


def _elders_of_cards(store: Store, text: str, card_ids: list[int]) -> list[tuple[int, bool]]:
    marks = ",".join("?" * len(card_ids))
    return [
        (row[0], row[1] not in {"lost", "void"})
        for row in store.rows(
            f"SELECT elder_id, state FROM card WHERE number = ? OR id IN ({marks})", (text.upper(), *card_ids)
        )
    ]


def _elders(
    store: Store, ids: list[int], words: Sequence[str], text: str, *, void: set[int], by_card: set[int]
) -> list[Hit]:
    marks = ",".join("?" * len(ids))
    needs: dict[int, list[tuple[int, str]]] = {}
    for elder_id, category_id, state in store.rows(
        "SELECT elder_id, category_id, state FROM need"
        f" WHERE elder_id IN ({marks}) AND state IN ('open', 'claimed', 'booked') ORDER BY id",
        ids,
    ):
        needs.setdefault(elder_id, []).append((category_id, state))
    hits = []
    for row in store.rows(
        "SELECT e.id, e.name, e.number, e.sex, e.birth, coalesce(c.name, ''), e.building, e.unit, e.room, e.state,"
        " e.id_number, coalesce(json_extract(e.phones, '$[0].number'), ''),"
        " coalesce((SELECT group_concat(json_extract(value, '$.number'), ' ') FROM json_each(e.phones)), '')"
        f" FROM elder e LEFT JOIN compound c ON c.id = e.compound_id WHERE e.id IN ({marks})",
        ids,
    ):
        why, matched = _why(words, text, name=row[1], numbers=(row[2],), phones=row[12], id_number=row[10])
        if row[0] in by_card:
            why, matched = Why.CARD_NUMBER, text
        hits.append(_hit("elder", row, why, matched, needs.get(row[0], ()), is_void=row[0] in void))
    return hits


def _providers(store: Store, ids: list[int], words: Sequence[str], text: str) -> list[Hit]:
    marks = ",".join("?" * len(ids))
    hits = []
    for row in store.rows(
        "SELECT p.id, p.name, p.number, p.sex, p.birth, coalesce(c.name, p.address), '', '', '', p.state, p.kind,"
        " coalesce(json_extract(p.phones, '$[0].number'), ''),"
        " coalesce((SELECT group_concat(json_extract(value, '$.number'), ' ') FROM json_each(p.phones)), '')"
        f" FROM provider p LEFT JOIN compound c ON c.id = p.compound_id WHERE p.id IN ({marks})",
        ids,
    ):
        why, matched = _why(words, text, name=row[1], numbers=(row[2],), phones=row[12], id_number="")
        hits.append(_hit(row[10], row, why, matched, ()))
    return hits


def _hit(
    kind: str, row: tuple[Any, ...], why: Why, matched: str, needs: Sequence[tuple[int, str]], *, is_void: bool = False
) -> Hit:
    return Hit(
        kind=kind,
        record_id=row[0],
        name=row[1],
        number=row[2],
        sex=row[3],
        birth=row[4],
        compound=row[5],
        building=row[6],
        unit=row[7],
        room=row[8],
        phone=row[11],
        state=row[9],
        why=why,
        matched=matched,
        needs=tuple(needs),
        is_void_card=is_void,
    )


def _why(
    words: Sequence[str], text: str, *, name: str, numbers: Sequence[str], phones: str, id_number: str
) -> tuple[Why, str]:
    """The most telling value that one of the words met."""
    best: tuple[Why, str] = (Why.PLACE, "")
    for word in words:
        if word[0].isdecimal():
            if any(word in {number, number.lstrip("0")} for number in numbers if number):
                found = (Why.CARD_NUMBER, text)
            elif any(number.startswith(word) or number.split("-")[0].endswith(word) for number in phones.split()):
                found = (Why.PHONE, word)
            elif id_number and (id_number.lower().endswith(word) or id_number.lower().startswith(word)):
                found = (Why.ID_TAIL, word)
            else:
                found = (Why.PLACE, word)
        elif word in name.lower():
            found = (Why.NAME, word)
        elif word.isascii():
            found = (Why.PINYIN, "")
        else:
            found = (Why.PLACE, word)
        if _ORDER[found[0]] < _ORDER[best[0]] or not best[1]:
            best = found if _ORDER[found[0]] <= _ORDER[best[0]] else best
    return best
