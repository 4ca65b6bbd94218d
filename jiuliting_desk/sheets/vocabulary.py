"""The words that the office already knows, handed in so that reading a sheet needs no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from jiuliting_desk.model.categories import STARTING_CATEGORIES
from jiuliting_desk.model.tags import STARTING_TAGS


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
