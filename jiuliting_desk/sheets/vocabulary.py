"""The words that the office already knows, handed in so that reading a sheet needs no database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jiuliting_desk.model.categories import STARTING_CATEGORIES
from jiuliting_desk.model.tags import STARTING_TAGS
from jiuliting_desk.sheets.tables import Kind, ReadTable

_BETWEEN_ALIASES = re.compile(r"[、,，/;；\s]+")


def _starting_categories() -> Mapping[str, tuple[str, ...]]:
    return {category.name: category.words for category in STARTING_CATEGORIES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Known names, each with its other words, and what staff once decided about a sender's sheets."""

    committees: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compound_committees: Mapping[str, str] = field(default_factory=dict)
    """The committee of a compound, by the compound's name."""
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=_starting_categories)
    tags: tuple[str, ...] = tuple(tag.name for tag in STARTING_TAGS)
    headers: Mapping[str, str] = field(default_factory=dict)
    """Learned: a header as written (levels joined by "/") -> its field, as in ``ColumnMatch``."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Learned: a word of a need or skill list -> a category's name, "" for words to pass over."""
    today: date | None = None
    """For two-digit years and tallies that name no year; None: the file's own dates decide."""


def with_places_of(words: Vocabulary, tables: Sequence[ReadTable]) -> Vocabulary:
    """The words with the compounds and their other names that lists of places among the tables have.

    The very same words where there are none, or nothing but one table.
    """
    compounds = dict(words.compounds)
    lists = [table for table in tables if table.kind is Kind.PLACES and not table.hidden] if len(tables) > 1 else []
    for row in (row for table in lists for row in table.rows if not row.refused):
        name = row.fields.get("compound")
        if name:
            aliases = filter(None, _BETWEEN_ALIASES.split(str(row.fields.get("aliases") or "")))
            compounds[name] = tuple(dict.fromkeys((*compounds.get(name, ()), *aliases)))
    return words if compounds == words.compounds else replace(words, compounds=compounds)
