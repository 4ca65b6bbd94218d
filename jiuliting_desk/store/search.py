"""The search index: names, pinyin, numbers and addresses of elders and providers, as FTS5 tokens.

A row's id is the record's id times 8 plus the number of its class. The index holds tokens only; a token is
deleted by giving it again, so an index made by another version of the rules is rebuilt at opening.
"""

import os
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.places import Compound
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store.mapping import Mapped

if TYPE_CHECKING:
    from jiuliting_desk.store.store import Store

RULES = "1"
"""Raise it whenever the tokens below change."""
READINGS = "0.55.0"
"""The release of pypinyin that pyproject.toml pins; another may read signs otherwise. Asking which one is installed
would take a tenth of the time of starting."""

CLASS_NUMBERS: dict[type[Any], int] = {Elder: 0, Provider: 1, ServiceCard: 2}
CLASSES = {number: record_class for record_class, number in CLASS_NUMBERS.items()}

_SEEN: dict[type[Any], frozenset[str]] = {
    Elder: frozenset(
        ("name", "number", "phones", "contacts", "id_number", "compound_id", "building", "unit", "room"),
    ),
    Provider: frozenset(("name", "contact_name", "number", "phones", "compound_id")),
    ServiceCard: frozenset(("number",)),
    Compound: frozenset(("name",)),
}


def columns_of(table: Mapped[Any]) -> frozenset[str]:
    """The columns of a table that the index is made of; empty where it holds none of its records."""
    return _SEEN.get(table.record_class, frozenset())


SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "任": "ren", "华": "hua", "卜": "bu", "尉": "yu", "洗": "xian", "冼": "xian", "覃": "qin", "翟": "zhai",
    "召": "shao", "员": "yun", "乐": "yue", "缪": "miao", "秘": "bi", "种": "chong", "重": "chong", "繁": "po",
    "逄": "pang", "隗": "wei", "晟": "cheng", "宓": "mi", "佴": "nai", "万": "wan", "车": "che", "折": "she",
}  # fmt: skip
"""Readings of surnames that differ from the character's usual one."""

MANY_DELETES = 200
DELETE = "INSERT INTO search(search, rowid, name, pinyin, digits, place) VALUES ('delete', ?, ?, ?, ?, ?)"

Doc = tuple[str, str, str, str]


@lru_cache(maxsize=20000)
def _reading(sign: str) -> str:
    # Imported here, and without its phrases, which single signs do not need and which take a third of a second:
    # the readings take time to load, and only writing needs them.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    found: list[str] = lazy_pinyin(sign, style=Style.NORMAL, errors="ignore")
    return found[0].lower() if found else ""


def syllables(name: str) -> list[str]:
    """The pinyin of each sign of a name, the surname's own reading first; signs without one stand for themselves."""
    signs = [sign for sign in name.lower() if not sign.isspace()]
    readings = [_reading(sign) or sign for sign in signs]
    if signs:
        readings[0] = SURNAMES.get(signs[0], readings[0])
    return readings


@lru_cache(maxsize=20000)
def sort_key(name: str) -> str:
    """What names are sorted by: pinyin syllable by syllable, then the signs themselves."""
    return " ".join([*syllables(name), name])


@lru_cache(maxsize=20000)
def name_tokens(name: str) -> tuple[str, str]:
    """Tokens of a name and of its pinyin: every tail of the name, and of its syllables and initials."""
    name = name.lower()
    if name.isascii():
        parts = name.split()
        return " ".join(dict.fromkeys([*parts, "".join(parts)])), " ".join(parts)
    signs = [sign for sign in name if not sign.isspace()]
    readings = syllables(name)
    joined = "".join(signs)
    names = dict.fromkeys([joined[start:] for start in range(len(joined))])
    for sign in signs:
        names[sign] = None
    sounds: dict[str, None] = {}
    whole = "".join(readings)
    for variant in (readings, [reading.replace("v", "u") for reading in readings]) if "v" in whole else (readings,):
        initials = "".join([syllable[0] for syllable in variant])
        for start in range(len(variant)):
            sounds["".join(variant[start:])] = None
            sounds[initials[start:]] = None
            sounds[initials[start]] = None
    return " ".join(names), " ".join(sounds)


def full_reading(name: str) -> str:
    """A whole name in pinyin without blanks, for telling names that sound alike."""
    return "".join(syllables(name))


@lru_cache(maxsize=4000)
def _place_tokens(name: str) -> str:
    names, sounds = name_tokens(name)
    return f"{names} {sounds}"


def _tail(digits: str) -> str:
    """A number as it is found by its last digits: reversed, behind an r."""
    return "r" + digits[::-1].lower()


def _phone_tokens(phones: Iterable[Any]) -> list[str]:
    tokens = []
    for phone in phones:
        digits = phone.number.split("-")[0]
        tokens += [digits, _tail(digits)]
    return tokens


def elder_doc(elder: Elder, compound: str) -> Doc:
    """The tokens of an elder."""
    names, sounds = name_tokens(elder.name)
    digits = [elder.number, elder.number.lstrip("0"), *_phone_tokens(elder.phones)]
    for contact in elder.contacts:
        if contact.phone:
            digits.append(_tail(contact.phone.split("-")[0]))
    if elder.id_number:
        digits += [elder.id_number.lower(), _tail(elder.id_number)]
    place = [_place_tokens(compound)] if compound else []
    place += [part for part in (elder.building.lower(), elder.unit.lower(), elder.room.lower()) if part]
    return names, sounds, " ".join(filter(None, digits)), " ".join(place)


def provider_doc(provider: Provider, compound: str) -> Doc:
    """The tokens of a volunteer or an enterprise."""
    names, sounds = name_tokens(provider.name)
    if provider.contact_name:
        more_names, more_sounds = name_tokens(provider.contact_name)
        names, sounds = f"{names} {more_names}", f"{sounds} {more_sounds}"
    digits = [provider.number, *_phone_tokens(provider.phones)]
    place = _place_tokens(compound) if compound else ""
    return names, sounds, " ".join(filter(None, digits)), place


def card_doc(card: ServiceCard) -> Doc:
    """The tokens of a card: its number, in full."""
    return "", "", f"c{card.number.lower()} {card.number.lower()}", ""


class IndexWriter:
    """Keeps the index in step: gathers what an operation changed and writes it once, before the commit."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._before: dict[tuple[type[Any], int], Any] = {}
        self._after: dict[tuple[type[Any], int], Any] = {}
        self._renamed: set[int] = set()
        self._compounds: dict[int, str] | None = None

    def added(self, record: Any) -> None:
        """A new record."""
        if isinstance(record, Compound):
            self._compounds = None
        if type(record) in CLASS_NUMBERS:
            self._note(None, record, record.id)

    def added_many(self, record_class: type[Any], ids: range, records: Sequence[Any]) -> None:
        """Many new records, whose own id is still 0."""
        if record_class is Compound:
            self._compounds = None
        if record_class in CLASS_NUMBERS:
            for record_id, record in zip(ids, records, strict=True):
                self._note(None, record, record_id)

    def changed(self, before: Any, after: Any) -> None:
        """A changed (or, with None, a removed) record."""
        if isinstance(before, Compound):
            self._compounds = None
            if after is not None and after.name != before.name:
                self._rename(before)
        if type(before) in CLASS_NUMBERS:
            self._note(before, after, before.id)

    def _note(self, before: Any, after: Any, record_id: int) -> None:
        key = (type(before if before is not None else after), record_id)
        self._before.setdefault(key, None if before is None else self._doc(before))
        self._after[key] = after

    def _rename(self, compound: Compound) -> None:
        """Take the old name's tokens out before the new name is known, for all who live there."""
        living: tuple[type[Any], ...] = (Elder, Provider)
        for record_class in living:
            for record in self._store.where(record_class, compound_id=compound.id):
                key = (record_class, record.id)
                if key not in self._before:
                    self._before[key] = self._doc(record, {compound.id: compound.name})
                self._after.setdefault(key, record)

    def _compound_names(self) -> dict[int, str]:
        if self._compounds is None:
            self._compounds = dict(self._store.rows("SELECT id, name FROM compound"))
        return self._compounds

    def _doc(self, record: Any, names: dict[int, str] | None = None) -> Doc:
        if isinstance(record, ServiceCard):
            return card_doc(record)
        known = self._compound_names()
        compound_id = record.compound_id or 0
        compound = (names or {}).get(compound_id) or known.get(compound_id, "")
        return elder_doc(record, compound) if isinstance(record, Elder) else provider_doc(record, compound)

    def write(self) -> None:
        """Bring the index up to the operation's state."""
        deletes, inserts = [], []
        for key, before in self._before.items():
            after = self._after[key]
            row_id = key[1] * 8 + CLASS_NUMBERS[key[0]]
            new = None if after is None else self._doc(after)
            if new == before:
                continue
            if before is not None:
                deletes.append((row_id, *before))
            if new is not None:
                inserts.append((row_id, *new))
        if len(deletes) > MANY_DELETES:
            # Secure deletion rewrites a page for every token; dropping the tokens in one merge leaves as little.
            self._store.execute("INSERT INTO search(search, rank) VALUES ('secure-delete', 0)")
            self._store.execute_many(DELETE, deletes)
            self._store.execute("INSERT INTO search(search) VALUES ('optimize')")
            self._store.execute("INSERT INTO search(search, rank) VALUES ('secure-delete', 1)")
        elif deletes:
            self._store.execute_many(DELETE, deletes)
        if inserts:
            self._store.execute_many(
                "INSERT INTO search(rowid, name, pinyin, digits, place) VALUES (?, ?, ?, ?, ?)", inserts
            )
        self.forget()

    def forget(self) -> None:
        """Drop what was gathered; after a roll-back compound names are read anew."""
        self._before.clear()
        self._after.clear()
        self._compounds = None


def rebuild_if_other(store: "Store") -> bool:
    """Rebuild the index where other rules made it; gives whether it did."""
    mark = f"{RULES}/{READINGS}"
    if store.value("SELECT value FROM fact WHERE key = 'search_rules'") == mark:
        return False
    names = dict(store.rows("SELECT id, name FROM compound"))
    store.execute("BEGIN")
    store.execute("INSERT INTO search(search) VALUES ('delete-all')")
    rows: list[tuple[Any, ...]] = []
    for record_class, number in CLASS_NUMBERS.items():
        for record in store.all(record_class):
            if isinstance(record, ServiceCard):
                doc = card_doc(record)
            elif isinstance(record, Elder):
                doc = elder_doc(record, names.get(record.compound_id or 0, ""))
            else:
                doc = provider_doc(record, names.get(record.compound_id or 0, ""))
            rows.append((record.id * 8 + number, *doc))
    store.execute_many("INSERT INTO search(rowid, name, pinyin, digits, place) VALUES (?, ?, ?, ?, ?)", rows)
    store.execute("INSERT OR REPLACE INTO fact(key, value) VALUES ('search_rules', ?)", (mark,))
    store.execute("COMMIT")
    return True


_PIECES = re.compile(r"\d+x?\b|[a-z]+|[^\W\d_a-z]+|\d+", re.IGNORECASE)
_PLACE_WORDS = frozenset(["号", "室", "弄", "单元", "幢", "栋", "楼", "号楼", "座", "层"])


def pieces(text: str) -> list[str]:
    """The words of a query: runs of hanzi, of letters, of digits; a phone in any format is one word."""
    from jiuliting_desk.model.text import half_width

    text = half_width(text).strip().lower()
    bare = re.sub(r"[\s\-()+]", "", text)
    if bare.isdecimal() and len(bare) >= 7:
        if len(bare) > 11 and bare.startswith("86"):
            bare = bare[2:]
        return [bare]
    found = _PIECES.findall(text)
    return [
        word
        for index, word in enumerate(found)
        if not (word in _PLACE_WORDS and index > 0 and found[index - 1].isdecimal())
    ]


def match_expression(words: Sequence[str]) -> str:
    """The FTS5 expression that finds rows with all of the words, each by any of its forms; "" for none."""
    return " AND ".join(_one(word) for word in words)


def _one(word: str) -> str:
    if word[0].isdecimal():
        forms = [f'digits : "{word}" *' if len(word) > 1 else f'digits : "{word}"']
        if len(word) >= 3:
            forms.append(f'digits : "{_tail(word)}" *')
        if len(word) <= 5:
            forms.append(f'place : "{word}"')
        return "(" + " OR ".join(forms) + ")"
    star = " *" if len(word) > 1 else ""
    if word.isascii():
        return f'({{name pinyin place digits}} : "{word}"{star})'
    return f'({{name place}} : "{word}"{star})'
