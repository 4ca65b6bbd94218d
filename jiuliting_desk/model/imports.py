"""What an import would do, row by row, before anything is written; and what staff decided about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

from jiuliting_desk.model.known import NeedTerms

RowKey = tuple[int, int]
"""A row of the source: number of the table among those read, index of the row in it; both from 0."""


CertificateRow = tuple[str, str, str | None]
"""Kind, number, last valid day as ISO text or None."""


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


class Decision(StrEnum):
    """What staff say of a doubtful row."""

    LATER = "later"
    SAME_PERSON = "same_person"
    OTHER_PERSON = "other_person"
    USE_SHEET = "use_sheet"
    """Of a form that is answered already: the sheet's answers take the place of the known ones."""
    KEEP_KNOWN = "keep_known"
    """The known answers stay."""


class Remark(StrEnum):
    """What is worth saying of a row that the sheet's own reading does not say."""

    SAME_ROW = "same_row"
    """The same person stands in an earlier row, ``detail``."""
    NOT_SERVED = "not_served"
    """The person has left the list; ``detail`` is the state."""
    AGE_ONLY = "age_only"
    """Only an age is given: the year of birth is counted from it."""
    OTHER_ID = "other_id"
    """The known identity number differs; it stays."""
    CERTIFICATE_KIND = "certificate_kind"
    """No service asks for a certificate of this kind, ``detail``."""
    NEED_NOT_OFFERED = "need_not_offered"
    """The office has no such service, ``detail``."""
    NO_FUTURE = "no_future"
    """A date that is still to come, ``detail``."""
    NO_FIGURE = "no_figure"
    """A tally's cell that is no number, or whose month or year is not told."""
    LEFT_OUT = "left_out"
    """Staff said that the row is not to be written."""
    KEPT_AS_WISH = "kept_as_wish"
    """Words about a need, ``detail``, that could not be read: they stand among its wishes."""
    ELDER_UNKNOWN = "elder_unknown"
    """Nobody of this name is on the list."""
    NAME_ONLY = "name_only"
    """Only the name tells who is meant; one person has it."""
    PROVIDER_UNKNOWN = "provider_unknown"
    """Nobody said yet which volunteer or enterprise ``detail`` is."""
    PROVIDER_MISSING = "provider_missing"
    """The row does not say who went."""
    NO_DAY = "no_day"
    """The row does not say on which day; ``detail`` is what it says."""
    NO_TIME = "no_time"
    """The row does not say at what time of the day."""
    NO_WORDS = "no_words"
    """A call of which nothing is told."""
    NO_PLACE = "no_place"
    """Neither a compound nor a committee is named."""
    BAD_POSITION = "bad_position"
    """Longitude and latitude that are no place on the globe, ``detail``."""
    NOT_FILLED = "not_filled"
    """A feedback row without any answer yet."""
    NO_SCORE = "no_score"
    """Neither a score nor a reason for none."""
    FORM_UNKNOWN = "form_unknown"
    """No form has this number, ``detail``."""
    FORM_OF_OTHER = "form_of_other"
    """The form with this number is another elder's, ``detail``."""
    VISIT_UNKNOWN = "visit_unknown"
    """No visit of this name and day, ``detail``."""
    VISIT_UNCLEAR = "visit_unclear"
    """Several visits may be meant, ``detail``."""
    SAME_FORM = "same_form"
    """An earlier row, ``detail``, answers the same form."""
    ANSWERED = "answered"
    """The form was answered on the day ``detail``, and otherwise."""
    NEED_DONE = "need_done"
    """What the row wants was done or closed already; ``detail`` is what it says."""
    STATE_TAKEN = "state_taken"
    """Somebody new who is not simply on the list: ``detail`` is what the sheet says."""
    STATE_KEPT = "state_kept"
    """Somebody known of whom the sheet says another state, ``detail``; it stays."""
    UNDERSTOOD = "understood"
    """Words of a note, ``detail``, from which a field was taken; they stay among the notes."""
    CONTRADICTED = "contradicted"
    """Words of a note, ``detail``, that say otherwise than the row's own column, which counts."""
    STILL_COMES = "still_comes"
    """Somebody whom the row refuses, ``detail``, is paired with the elder, claimed a need or is to come; that stays."""
    KIND_NOT_IMPORTED = "kind_not_imported"
    """Tables of this kind, ``detail``, are not imported."""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark with the field it is about and its detail."""

    remark: Remark
    field: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a known record, before and after, as plain values of the record."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a doubtful row may mean: a known record, or an earlier row of the same import."""

    record_id: int
    why: str
    row_key: RowKey | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row and what would be written of it. Its fields are in an order that suits ten thousand calls."""

    key: RowKey
    number: int
    """Row of the source, from 1."""
    kind: str
    outcome: Outcome
    fields: Mapping[str, Any]
    """The values read, by meaning."""
    read_remarks: Sequence[Any] = ()
    """What the reading itself remarked, as the sheets wing gives it."""
    notes: tuple[Note, ...] = ()
    ref: int = 0
    """Who is meant: a record's id, below zero for somebody who stands only in the sheet, 0 where it is open."""
    person: Any = None
    """What will be known of them after this row (KnownElder, KnownVisit …); None where nothing is written."""
    changes: tuple[FieldChange, ...] = ()
    category_ids: tuple[int, ...] = ()
    """Services of the needs to add."""
    certificates: tuple[CertificateRow, ...] = ()
    """Certificates to add."""
    joins: RowKey | None = None
    """An earlier row that means the same person."""
    candidates: tuple[Candidate, ...] = ()
    """Whom a doubtful row may mean."""
    refused: str = ""
    """Why the reading could not take the row."""
    terms: NeedTerms | None = None
    """How the needs to add are wanted; None where the row does not say."""
    since: date | None = None
    """Since when the needs to add are waited for, where the row says it."""
    refuses: tuple[tuple[int, str], ...] = ()
    """Providers whom the elder will not have, by their id, with the words that say it."""
    need_changes: tuple[tuple[int, NeedTerms], ...] = ()
    """Needs that wait already, by their id, and how they are wanted from now on."""

    @property
    def is_unfilled(self) -> bool:
        """Whether it is a feedback form that nobody filled in yet."""
        return any(note.remark is Remark.NOT_FILLED for note in self.notes)

    @property
    def is_written(self) -> bool:
        """Whether carrying the plan out writes something of this row."""
        return self.outcome in {Outcome.NEW, Outcome.CHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What staff decided in the wizard; everything else follows from the sheet and the rules."""

    decisions: Mapping[RowKey, tuple[Decision, Candidate | None]] = field(default_factory=dict)
    kept: Mapping[RowKey, frozenset[str]] = field(default_factory=dict)
    """Fields of a known record that stay as they are ("留原来的")."""
    left_out: frozenset[RowKey] = frozenset()
    """Rows not to be written at all."""
    empty_cells_keep: bool = True
    """Whether an empty cell leaves what is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """The facts of one table that hold for all its rows."""

    sheet: str
    kind: str
    header_row: int
    """Row of the header's last line, from 1; 0 where there is none."""
    committee: str = ""
    reported_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSums:
    """What the rows of a plan sum up to, counted once: a face asks for it at every step."""

    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    people: Mapping[tuple[type[Any], bool], int] = field(default_factory=dict)
    """How many people, places, visits … are written, by class and by whether they are new."""
    services: Mapping[int, int] = field(default_factory=dict)
    """How many needs are added, by category."""
    certificates: int = 0

    @classmethod
    def of(cls, rows: Sequence[PlannedRow]) -> Self:
        """The sums of some rows."""
        refs: dict[tuple[type[Any], bool], set[int]] = {}
        services: Counter[int] = Counter()
        certificates = 0
        for row in rows:
            if row.is_written:
                refs.setdefault((type(row.person), row.ref < 0), set()).add(row.ref)
                services.update(row.category_ids)
                certificates += len(row.certificates)
        return cls(
            outcomes=Counter([row.outcome for row in rows]),
            people={key: len(found) for key, found in refs.items()},
            services=services,
            certificates=certificates,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What carrying out would do; pure data, made anew whenever a choice changes."""

    source_name: str
    source_digest: str
    tables: tuple[TablePlan, ...]
    rows: tuple[PlannedRow, ...]
    choices: Choices = field(default_factory=Choices)
    new_committees: tuple[str, ...] = ()
    new_compounds: Mapping[str, str] = field(default_factory=dict)
    """Compound to the committee it would belong to, "" for none."""
    new_enterprises: tuple[str, ...] = ()
    unknown_needs: Mapping[str, int] = field(default_factory=dict)
    """Words of the need columns that name no service, with how often they stand there."""
    unknown_certificates: Mapping[str, int] = field(default_factory=dict)
    """Words for certificates that no service asks for, with how often they stand there; nobody said what they mean."""
    unknown_providers: Mapping[str, int] = field(default_factory=dict)
    """Names of people who went that are nobody's yet, "" where none stands, with how often."""
    seen_before: date | None = None
    """When the very same file was imported before."""
    as_of: int = 0
    """The last step of the history that the plan knows."""
    sums: PlanSums

    @property
    def counts(self) -> Counter[Outcome]:
        """How many rows have each outcome."""
        return Counter(self.sums.outcomes)

    @property
    def needs_added(self) -> int:
        """How many needs would be added."""
        return sum(self.sums.services.values())

    @property
    def writes_nothing(self) -> bool:
        """Whether everything in the sheet is known already, or nothing can be written."""
        return not any(row.is_written for row in self.rows)

    def problems(self) -> Sequence[int]:
        """Indices of the rows that a person should look at, in order."""
        return [n for n, row in enumerate(self.rows) if row.outcome in {Outcome.DOUBTFUL, Outcome.REFUSED}]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. ``operation_id`` is 0 where there was nothing to write."""

    operation_id: int
    survey_ids: tuple[int, ...]
    counts: Mapping[Outcome, int]
    needs_added: int = 0
    certificates_added: int = 0
    visits_added: int = 0
    calls_added: int = 0
    answers_saved: int = 0
    paired: int = 0
    """Pairings that began because an elder would like the same person again."""
    wanting_same: tuple[str, ...] = ()
    """Elders who would like the same person again and are not paired with them."""
    new_committees: tuple[str, ...] = ()
    new_compounds: tuple[str, ...] = ()
    new_enterprises: tuple[str, ...] = ()
    backup_name: str = ""
