"""Rounds of the needs survey and other workbooks that came in."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsSurvey:
    """需求排摸: one workbook (or one batch of typed forms) that came in."""

    id: int = 0
    surveyed_on: date
    committee_id: int | None = None
    source_file: str = ""
    source_digest: str = ""
    """SHA-256 of the file, in hex."""
    kind: str = "survey"
    rows_new: int = 0
    rows_changed: int = 0
    rows_same: int = 0
    rows_refused: int = 0
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedWord:
    """What staff once decided that a word of a sheet means.

    ``scope`` is "header", "value", "category" or "certificate" (then the meaning may be several kinds, between 、,
    or "" for a certificate of its own) or "provider" (a record's id, ``volunteer`` or
    ``enterprise``); ``sender`` narrows it to one sender, "" means all.
    """

    id: int = 0
    scope: str
    sender: str = ""
    word: str
    meaning: str
