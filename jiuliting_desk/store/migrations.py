"""The schema, step by step; a step that was shipped is never edited."""

from collections.abc import Callable
from typing import Any

from jiuliting_desk.model.categories import STARTING_CATEGORIES
from jiuliting_desk.model.tags import STARTING_TAGS
from jiuliting_desk.model.visits import STARTING_REASONS
from jiuliting_desk.store.cipher import sqlite_utils
from jiuliting_desk.store.mapping import Mapped
from jiuliting_desk.store.tables import TABLES
from jiuliting_desk.store.visit_tables import CADRES_COUNTED, SCORED_SERVICES, VISIT_TABLES

APPLICATION_ID = 0x4A4C5431
"""The ``application_id`` of every file of this program ("JLT1")."""

FIRST_TABLES = """
CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    name TEXT NOT NULL,
    about TEXT NOT NULL,
    undoes INTEGER REFERENCES operation(id),
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX operation_undoes ON operation(undoes) WHERE undoes IS NOT NULL;
CREATE INDEX operation_own ON operation(undone, id) WHERE undoes IS NULL;
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation(id),
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    last_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('add', 'update', 'remove')),
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX change_operation ON change(operation_id);
CREATE INDEX change_row ON change(table_name, row_id);
CREATE INDEX change_span ON change(table_name, last_id) WHERE last_id > row_id;
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE committee (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, aliases TEXT NOT NULL CHECK (json_valid(aliases)),
    phone TEXT NOT NULL, active INTEGER NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX committee_name ON committee(name);
CREATE TABLE cadre (
    id INTEGER PRIMARY KEY AUTOINCREMENT, committee_id INTEGER NOT NULL REFERENCES committee(id),
    name TEXT NOT NULL, phone TEXT NOT NULL, active INTEGER NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE INDEX cadre_committee ON cadre(committee_id);
CREATE TABLE compound (
    id INTEGER PRIMARY KEY AUTOINCREMENT, committee_id INTEGER REFERENCES committee(id), name TEXT NOT NULL,
    aliases TEXT NOT NULL CHECK (json_valid(aliases)), longitude REAL, latitude REAL,
    active INTEGER NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX compound_name ON compound(name);
CREATE INDEX compound_committee ON compound(committee_id);
CREATE TABLE category (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, unit TEXT NOT NULL, minutes INTEGER NOT NULL,
    certificate_kind TEXT NOT NULL, months TEXT NOT NULL CHECK (json_valid(months)), quota_per_year INTEGER,
    eligibility TEXT NOT NULL CHECK (json_valid(eligibility)), words TEXT NOT NULL CHECK (json_valid(words)),
    icon TEXT NOT NULL, position INTEGER NOT NULL, active INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX category_name ON category(name);
CREATE TABLE tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, short TEXT NOT NULL,
    position INTEGER NOT NULL, active INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX tag_name ON tag(name);
CREATE TABLE setting (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, value TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX setting_key ON setting(key);
CREATE TABLE survey (
    id INTEGER PRIMARY KEY AUTOINCREMENT, surveyed_on TEXT NOT NULL, committee_id INTEGER REFERENCES committee(id),
    source_file TEXT NOT NULL, source_digest TEXT NOT NULL, kind TEXT NOT NULL, rows_new INTEGER NOT NULL,
    rows_changed INTEGER NOT NULL, rows_same INTEGER NOT NULL, rows_refused INTEGER NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE INDEX survey_committee ON survey(committee_id);
CREATE INDEX survey_digest ON survey(source_digest);
CREATE TABLE learned_word (
    id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL, sender TEXT NOT NULL, word TEXT NOT NULL,
    meaning TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX learned_word_word ON learned_word(scope, sender, word);
CREATE TABLE elder (
    id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, name TEXT NOT NULL, sex TEXT NOT NULL,
    birth TEXT NOT NULL, id_number TEXT NOT NULL, id_flag TEXT NOT NULL,
    phones TEXT NOT NULL CHECK (json_valid(phones)), best_hours TEXT NOT NULL,
    committee_id INTEGER REFERENCES committee(id), compound_id INTEGER REFERENCES compound(id),
    building TEXT NOT NULL, unit TEXT NOT NULL, room TEXT NOT NULL, floor INTEGER, without_lift INTEGER NOT NULL,
    living TEXT NOT NULL, tags TEXT NOT NULL CHECK (json_valid(tags)),
    contacts TEXT NOT NULL CHECK (json_valid(contacts)), health TEXT NOT NULL, hearing TEXT NOT NULL,
    language TEXT NOT NULL, likes TEXT NOT NULL, refuses TEXT NOT NULL, refuses_sex TEXT NOT NULL,
    consent_on TEXT, consent_by TEXT NOT NULL, survey_id INTEGER REFERENCES survey(id), state TEXT NOT NULL,
    state_on TEXT, state_reason TEXT NOT NULL, notes TEXT NOT NULL, registered_on TEXT, seen_on TEXT
) STRICT;
CREATE UNIQUE INDEX elder_number ON elder(number) WHERE number <> '';
CREATE INDEX elder_name ON elder(name);
CREATE INDEX elder_id_number ON elder(id_number) WHERE id_number <> '';
CREATE INDEX elder_compound ON elder(compound_id);
CREATE INDEX elder_committee ON elder(committee_id);
CREATE INDEX elder_survey ON elder(survey_id) WHERE survey_id IS NOT NULL;
CREATE TABLE provider (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,
    enterprise_id INTEGER REFERENCES provider(id), contact_name TEXT NOT NULL, sex TEXT NOT NULL,
    birth TEXT NOT NULL, id_number TEXT NOT NULL, id_flag TEXT NOT NULL,
    phones TEXT NOT NULL CHECK (json_valid(phones)), committee_id INTEGER REFERENCES committee(id),
    compound_id INTEGER REFERENCES compound(id), address TEXT NOT NULL,
    area_committee_ids TEXT NOT NULL CHECK (json_valid(area_committee_ids)), max_metres INTEGER,
    skills TEXT NOT NULL CHECK (json_valid(skills)), languages TEXT NOT NULL CHECK (json_valid(languages)),
    half_days TEXT NOT NULL CHECK (json_valid(half_days)), visits_per_month INTEGER, minutes_per_month INTEGER,
    homes_at_once INTEGER NOT NULL, state TEXT NOT NULL, state_on TEXT, state_reason TEXT NOT NULL, resume_on TEXT,
    asked_on TEXT, insured_until TEXT, guardian_consent INTEGER NOT NULL, joined_on TEXT, notes TEXT NOT NULL
) STRICT;
CREATE INDEX provider_name ON provider(name);
CREATE INDEX provider_enterprise ON provider(enterprise_id) WHERE enterprise_id IS NOT NULL;
CREATE INDEX provider_compound ON provider(compound_id);
CREATE INDEX provider_committee ON provider(committee_id);
CREATE TABLE need (
    id INTEGER PRIMARY KEY AUTOINCREMENT, elder_id INTEGER NOT NULL REFERENCES elder(id),
    category_id INTEGER NOT NULL REFERENCES category(id), quantity INTEGER NOT NULL, rhythm TEXT NOT NULL,
    per_month INTEGER NOT NULL, half_days TEXT NOT NULL CHECK (json_valid(half_days)), urgency TEXT NOT NULL,
    wishes TEXT NOT NULL, wants_sex TEXT NOT NULL, wants_dialect INTEGER NOT NULL, state TEXT NOT NULL,
    claimed_by INTEGER REFERENCES provider(id), source TEXT NOT NULL, survey_id INTEGER REFERENCES survey(id),
    source_row INTEGER, since TEXT NOT NULL, closed_on TEXT, close_reason TEXT NOT NULL
) STRICT;
CREATE INDEX need_elder ON need(elder_id, state);
CREATE INDEX need_waiting ON need(state, since) WHERE state IN ('open', 'claimed', 'booked');
CREATE INDEX need_category ON need(category_id);
CREATE INDEX need_claimed_by ON need(claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX need_survey ON need(survey_id) WHERE survey_id IS NOT NULL;
CREATE TABLE certificate (
    id INTEGER PRIMARY KEY AUTOINCREMENT, provider_id INTEGER NOT NULL REFERENCES provider(id), kind TEXT NOT NULL,
    number TEXT NOT NULL, issued_on TEXT, expires_on TEXT
) STRICT;
CREATE INDEX certificate_provider ON certificate(provider_id);
CREATE INDEX certificate_expires ON certificate(expires_on);
CREATE TABLE refusal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, elder_id INTEGER NOT NULL REFERENCES elder(id),
    provider_id INTEGER NOT NULL REFERENCES provider(id), by_elder INTEGER NOT NULL, reason TEXT NOT NULL,
    said_on TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX refusal_pair ON refusal(elder_id, provider_id, by_elder);
CREATE INDEX refusal_provider ON refusal(provider_id);
CREATE TABLE claim (
    id INTEGER PRIMARY KEY AUTOINCREMENT, need_id INTEGER NOT NULL REFERENCES need(id),
    provider_id INTEGER NOT NULL REFERENCES provider(id), claimed_on TEXT NOT NULL, expires_on TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX claim_held ON claim(need_id) WHERE state = 'held';
CREATE INDEX claim_need ON claim(need_id);
CREATE INDEX claim_provider ON claim(provider_id);
CREATE INDEX claim_expires ON claim(expires_on) WHERE state = 'held';
CREATE TABLE pairing (
    id INTEGER PRIMARY KEY AUTOINCREMENT, elder_id INTEGER NOT NULL REFERENCES elder(id),
    provider_id INTEGER NOT NULL REFERENCES provider(id), category_id INTEGER REFERENCES category(id),
    started_on TEXT NOT NULL, review_on TEXT NOT NULL, reviewed_on TEXT, pinned INTEGER NOT NULL, ended_on TEXT,
    end_reason TEXT NOT NULL, override_reason TEXT NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE INDEX pairing_elder ON pairing(elder_id);
CREATE INDEX pairing_provider ON pairing(provider_id);
CREATE INDEX pairing_review ON pairing(review_on) WHERE ended_on IS NULL;
CREATE INDEX pairing_category ON pairing(category_id) WHERE category_id IS NOT NULL;
CREATE TABLE card (
    id INTEGER PRIMARY KEY AUTOINCREMENT, elder_id INTEGER NOT NULL REFERENCES elder(id), number TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT NOT NULL, made_on TEXT NOT NULL, issued_on TEXT, handed_on TEXT,
    handed_by TEXT NOT NULL, handed_to TEXT NOT NULL, ended_on TEXT, ended_reason TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX card_number ON card(number);
CREATE INDEX card_elder ON card(elder_id);
CREATE TABLE print_batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, printed_on TEXT NOT NULL, printed_by TEXT NOT NULL,
    target TEXT NOT NULL, stock TEXT NOT NULL, start_slot INTEGER NOT NULL,
    item_ids TEXT NOT NULL CHECK (json_valid(item_ids)), state TEXT NOT NULL,
    spoilt_ids TEXT NOT NULL CHECK (json_valid(spoilt_ids))
) STRICT;
CREATE VIRTUAL TABLE search USING fts5(
    name, pinyin, digits, place, content='', detail='column', columnsize=0, tokenize='ascii', prefix='2'
);
INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
"""


def _run(db: Any, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


def _fill(db: Any, records: tuple[Any, ...]) -> None:
    for record in records:
        rows: Mapped[Any] = TABLES[type(record)]
        db.execute(rows.insert, rows.row(record))


STEPS: list[str] = []
"""The names of all steps, in order; their number is the file's ``user_version``."""

_FUNCTIONS: dict[str, Callable[[Any], None]] = {}


def step(name: str) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a migration under ``name``, after those before it in this module."""
    STEPS.append(name)

    def register(function: Callable[[Any], None]) -> Callable[[Any], None]:
        _FUNCTIONS[name] = function
        return function

    return register


def apply(connection: Any) -> None:
    """Carry out, through sqlite-utils and without its plugins, the steps that a file lacks."""
    library = sqlite_utils()
    migrations = library.Migrations("jiuliting_desk")
    for name in STEPS:
        migrations(name=name)(_FUNCTIONS[name])
    migrations.apply(library.Database(connection, execute_plugins=False))


@step("001_first_tables")
def first_tables(db: Any) -> None:
    """Everything from the survey to the printed card."""
    _run(db, FIRST_TABLES)
    _fill(db, STARTING_CATEGORIES)
    _fill(db, STARTING_TAGS)


ELDER_ROW = """
CREATE TABLE elder_row (
    elder_id INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, birth TEXT NOT NULL,
    committee_id INTEGER, compound_id INTEGER, building TEXT NOT NULL, room TEXT NOT NULL, tags TEXT NOT NULL,
    state TEXT NOT NULL, seen_on TEXT, standing INTEGER NOT NULL, since TEXT NOT NULL, need_id INTEGER
) STRICT;
CREATE INDEX elder_row_standing ON elder_row(standing, since, elder_id, state, committee_id, compound_id, tags);
CREATE INDEX elder_row_facets ON elder_row(standing, tags, state, committee_id, compound_id);
"""


@step("002_elder_rows")
def elder_rows(db: Any) -> None:
    """One narrow row for each elder; ``store/elder_rows.py`` fills it and keeps it right."""
    _run(db, ELDER_ROW)


DISCLOSURES = """
ALTER TABLE elder ADD COLUMN consent_ended_on TEXT;
CREATE TABLE disclosure (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL,
    record_id INTEGER, what TEXT NOT NULL, people INTEGER NOT NULL, why TEXT NOT NULL, to_whom TEXT NOT NULL
) STRICT;
CREATE INDEX disclosure_record ON disclosure(kind, record_id) WHERE record_id IS NOT NULL;
CREATE INDEX change_removed ON change(table_name) WHERE kind = 'remove';
"""


@step("003_disclosures")
def disclosures(db: Any) -> None:
    """Who was shown whose data; and the end of a consent."""
    _run(db, DISCLOSURES)


@step("004_visits")
def visits(db: Any) -> None:
    """Calls, visits and their series, forms and evaluations, follow-ups, trainings."""
    _run(db, VISIT_TABLES)
    _fill(db, STARTING_REASONS)


IMPORTED_FIGURES = """
CREATE TABLE imported_figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT, survey_id INTEGER NOT NULL REFERENCES survey(id), month TEXT NOT NULL,
    committee_id INTEGER REFERENCES committee(id), compound_id INTEGER REFERENCES compound(id),
    category_id INTEGER REFERENCES category(id), provider_name TEXT NOT NULL, measure TEXT NOT NULL,
    quantity REAL NOT NULL
) STRICT;
CREATE INDEX imported_figure_survey ON imported_figure(survey_id);
CREATE INDEX imported_figure_month ON imported_figure(month);
CREATE INDEX imported_figure_committee ON imported_figure(committee_id) WHERE committee_id IS NOT NULL;
CREATE INDEX imported_figure_compound ON imported_figure(compound_id) WHERE compound_id IS NOT NULL;
CREATE INDEX imported_figure_category ON imported_figure(category_id) WHERE category_id IS NOT NULL;
"""


@step("005_imported_figures")
def imported_figures(db: Any) -> None:
    """Figures of tally sheets that came in."""
    _run(db, IMPORTED_FIGURES)


@step("006_scored_services")
def scored_services(db: Any) -> None:
    """The narrow rows of services say all that tallies count."""
    _run(db, SCORED_SERVICES)


NAME_KEYS = """
ALTER TABLE elder_row ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
"""


@step("007_name_keys")
def name_keys(db: Any) -> None:
    """What elders are sorted by when they are sorted by name."""
    _run(db, NAME_KEYS)


MADE_FORMS = """
CREATE TABLE feedback_form_next (
    id INTEGER PRIMARY KEY AUTOINCREMENT, visit_id INTEGER NOT NULL REFERENCES visit(id), number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('made', 'out', 'returned', 'entered', 'void')), issued_on TEXT NOT NULL,
    returned_on TEXT, chased_on TEXT, chased_times INTEGER NOT NULL, held_by INTEGER REFERENCES cadre(id)
) STRICT;
INSERT INTO feedback_form_next SELECT id, visit_id, number, state, issued_on, returned_on, chased_on, chased_times,
    held_by FROM feedback_form;
DELETE FROM sqlite_sequence WHERE name = 'feedback_form_next';
INSERT INTO sqlite_sequence (name, seq) SELECT 'feedback_form_next', seq FROM sqlite_sequence
    WHERE name = 'feedback_form';
DROP TABLE feedback_form;
ALTER TABLE feedback_form_next RENAME TO feedback_form;
CREATE UNIQUE INDEX feedback_form_visit ON feedback_form(visit_id);
CREATE UNIQUE INDEX feedback_form_number ON feedback_form(number);
CREATE INDEX feedback_form_awaited ON feedback_form(state, visit_id) WHERE state IN ('out', 'returned');
"""


@step("008_made_forms")
def made_forms(db: Any) -> None:
    """A form that is printed but not yet said to have come out right."""
    _run(db, MADE_FORMS)


IMPORTED_PAST = """
ALTER TABLE visit ADD COLUMN survey_id INTEGER REFERENCES survey(id);
ALTER TABLE visit ADD COLUMN source_row INTEGER;
ALTER TABLE call ADD COLUMN survey_id INTEGER REFERENCES survey(id);
ALTER TABLE call ADD COLUMN source_row INTEGER;
CREATE INDEX visit_survey ON visit(survey_id) WHERE survey_id IS NOT NULL;
CREATE INDEX call_survey ON call(survey_id) WHERE survey_id IS NOT NULL;
"""


@step("009_imported_past")
def imported_past(db: Any) -> None:
    """Visits and calls of earlier years name the workbook that they came from."""
    _run(db, IMPORTED_PAST)


@step("010_cadres_counted")
def cadres_counted(db: Any) -> None:
    """Supervision coverage counts visits with a cadre only."""
    _run(db, CADRES_COUNTED)


CLAIMS_FOR_A_MONTH = """
ALTER TABLE claim ADD COLUMN begins_on TEXT;
"""


@step("011_claims_for_a_month")
def claims_for_a_month(db: Any) -> None:
    """From which day a claim is meant, where that is a later month."""
    _run(db, CLAIMS_FOR_A_MONTH)


STAND_INS = """
ALTER TABLE need ADD COLUMN stands_in_for INTEGER REFERENCES visit(id);
CREATE INDEX need_stands_in ON need(stands_in_for) WHERE stands_in_for IS NOT NULL;
"""


@step("012_stand_ins")
def stand_ins(db: Any) -> None:
    """A need for which somebody stands in once names the visit that was cancelled."""
    _run(db, STAND_INS)
