"""The tables of the phone desk, the visit and its evaluation, and the narrow rows that queries go by.

``visit_provider`` and ``visit_service`` hold what a visit's JSON lists say, one row for each entry; triggers keep
them right in every write, undo included. A row's id is the visit's id times ``SPAN`` plus its place in the list.
"""

SPAN = 32
"""Ids of narrow rows for each visit; a visit has fewer providers and services than this."""

NARROW_TABLES = ("visit_provider", "visit_service")

_FILL_PROVIDERS = f"""INSERT INTO visit_provider (id, provider_id, day, state, minutes)
    SELECT NEW.id * {SPAN} + key, value, NEW.day,
        CASE WHEN value IN (SELECT value FROM json_each(NEW.absent_ids)) THEN 'no_show' ELSE NEW.state END,
        CASE NEW.state WHEN 'done' THEN NEW.on_site_minutes ELSE NEW.minutes END
    FROM json_each(NEW.provider_ids)"""

_FILL_SERVICES = f"""INSERT INTO visit_service (id, category_id, need_id, quantity, minutes, elder_id, committee_id,
        compound_id, day, state, had_cadre)
    SELECT NEW.id * {SPAN} + key, value ->> 'category_id', nullif(value ->> 'need_id', 0), value ->> 'quantity',
        value ->> 'minutes', NEW.elder_id, NEW.committee_id, NEW.compound_id, NEW.day, NEW.state,
        NEW.led_in OR NEW.stayed
    FROM json_each(NEW.services)"""

_EMPTY = f"BETWEEN OLD.id * {SPAN} AND OLD.id * {SPAN} + {SPAN - 1}"

_OF_FEEDBACK = f"BETWEEN ROW.visit_id * {SPAN} AND ROW.visit_id * {SPAN} + {SPAN - 1}"

VISIT_TABLES = f"""
CREATE TABLE series (
    id INTEGER PRIMARY KEY AUTOINCREMENT, elder_id INTEGER NOT NULL REFERENCES elder(id),
    services TEXT NOT NULL CHECK (json_valid(services)), provider_ids TEXT NOT NULL CHECK (json_valid(provider_ids)),
    cadre_id INTEGER REFERENCES cadre(id), starts INTEGER NOT NULL, minutes INTEGER NOT NULL,
    interval TEXT NOT NULL, begins_on TEXT NOT NULL, until TEXT, count INTEGER, skip_holidays INTEGER NOT NULL,
    pauses TEXT NOT NULL CHECK (json_valid(pauses)), ended_on TEXT, end_reason TEXT NOT NULL, planned_until TEXT,
    override_reason TEXT NOT NULL
) STRICT;
CREATE INDEX series_elder ON series(elder_id);
CREATE TABLE holiday (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, name TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX holiday_day ON holiday(day);
CREATE TABLE visit_reason (
    id INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, words TEXT NOT NULL, position INTEGER NOT NULL,
    active INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX visit_reason_words ON visit_reason(state, words);
CREATE TABLE call (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, elder_id INTEGER REFERENCES elder(id),
    phone TEXT NOT NULL, caller_name TEXT NOT NULL, is_outgoing INTEGER NOT NULL,
    category_id INTEGER REFERENCES category(id), outcome TEXT NOT NULL, notes TEXT NOT NULL,
    visit_id INTEGER REFERENCES visit(id), need_id INTEGER REFERENCES need(id), taken_by TEXT NOT NULL,
    recall_on TEXT, recall_tries INTEGER NOT NULL, settled_on TEXT
) STRICT;
CREATE INDEX call_at ON call(at);
CREATE INDEX call_elder ON call(elder_id, at) WHERE elder_id IS NOT NULL;
CREATE INDEX call_visit ON call(visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX call_need ON call(need_id) WHERE need_id IS NOT NULL;
CREATE INDEX call_recall ON call(recall_on) WHERE recall_on IS NOT NULL AND settled_on IS NULL;
CREATE TABLE visit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, elder_id INTEGER NOT NULL REFERENCES elder(id),
    committee_id INTEGER REFERENCES committee(id), compound_id INTEGER REFERENCES compound(id),
    services TEXT NOT NULL CHECK (json_valid(services)), provider_ids TEXT NOT NULL CHECK (json_valid(provider_ids)),
    cadre_id INTEGER REFERENCES cadre(id), day TEXT NOT NULL, starts INTEGER NOT NULL, minutes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'under_way', 'done', 'cancelled', 'not_home', 'no_show')),
    reason TEXT NOT NULL, ended_on TEXT, series_id INTEGER REFERENCES series(id),
    booked_on TEXT, booked_by TEXT NOT NULL, override_reason TEXT NOT NULL, asked_on TEXT,
    awaits_answer INTEGER NOT NULL, reminded_at TEXT, began_at TEXT, on_site_minutes INTEGER NOT NULL,
    absent_ids TEXT NOT NULL CHECK (json_valid(absent_ids)), led_in INTEGER NOT NULL, stayed INTEGER NOT NULL,
    signed INTEGER NOT NULL, incident TEXT NOT NULL, hazards TEXT NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE INDEX visit_day ON visit(day, starts);
CREATE INDEX visit_elder ON visit(elder_id, day);
CREATE INDEX visit_open ON visit(state, day) WHERE state IN ('planned', 'under_way');
CREATE INDEX visit_cadre ON visit(cadre_id, day) WHERE cadre_id IS NOT NULL;
CREATE INDEX visit_series ON visit(series_id, day) WHERE series_id IS NOT NULL;
CREATE TABLE visit_provider (
    id INTEGER PRIMARY KEY, provider_id INTEGER NOT NULL REFERENCES provider(id), day TEXT NOT NULL,
    state TEXT NOT NULL, minutes INTEGER NOT NULL
) STRICT;
CREATE INDEX visit_provider_day ON visit_provider(provider_id, day, state, minutes);
CREATE TABLE visit_service (
    id INTEGER PRIMARY KEY, category_id INTEGER NOT NULL REFERENCES category(id), need_id INTEGER REFERENCES need(id),
    quantity INTEGER NOT NULL, minutes INTEGER NOT NULL, elder_id INTEGER NOT NULL, committee_id INTEGER,
    compound_id INTEGER, day TEXT NOT NULL, state TEXT NOT NULL, had_cadre INTEGER NOT NULL
) STRICT;
CREATE INDEX visit_service_done ON visit_service(day, category_id, committee_id, elder_id, quantity, minutes, had_cadre)
    WHERE state = 'done';
CREATE INDEX visit_service_elder ON visit_service(elder_id, category_id, day, state);
CREATE INDEX visit_service_need ON visit_service(need_id, state) WHERE need_id IS NOT NULL;
CREATE TRIGGER visit_added AFTER INSERT ON visit BEGIN {_FILL_PROVIDERS}; {_FILL_SERVICES}; END;
CREATE TRIGGER visit_removed AFTER DELETE ON visit
    BEGIN DELETE FROM visit_provider WHERE id {_EMPTY}; DELETE FROM visit_service WHERE id {_EMPTY}; END;
CREATE TRIGGER visit_providers_changed
    AFTER UPDATE OF provider_ids, absent_ids, day, state, minutes, on_site_minutes ON visit
    BEGIN DELETE FROM visit_provider WHERE id {_EMPTY}; {_FILL_PROVIDERS}; END;
CREATE TRIGGER visit_services_changed
    AFTER UPDATE OF services, elder_id, committee_id, compound_id, day, state, led_in, stayed ON visit
    BEGIN DELETE FROM visit_service WHERE id {_EMPTY}; {_FILL_SERVICES}; END;
CREATE TABLE feedback_form (
    id INTEGER PRIMARY KEY AUTOINCREMENT, visit_id INTEGER NOT NULL REFERENCES visit(id), number TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('out', 'returned', 'entered', 'void')), issued_on TEXT NOT NULL,
    returned_on TEXT, chased_on TEXT, chased_times INTEGER NOT NULL, held_by INTEGER REFERENCES cadre(id)
) STRICT;
CREATE UNIQUE INDEX feedback_form_visit ON feedback_form(visit_id);
CREATE UNIQUE INDEX feedback_form_number ON feedback_form(number);
CREATE INDEX feedback_form_awaited ON feedback_form(state, visit_id) WHERE state IN ('out', 'returned');
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT, visit_id INTEGER NOT NULL REFERENCES visit(id), punctual INTEGER NOT NULL,
    manner INTEGER NOT NULL, work INTEGER NOT NULL, overall INTEGER NOT NULL,
    wishes TEXT NOT NULL CHECK (json_valid(wishes)), words TEXT NOT NULL, same_person INTEGER NOT NULL,
    other_person INTEGER NOT NULL, filled_by TEXT NOT NULL, filled_on TEXT, unanswered_reason TEXT NOT NULL,
    elder_condition TEXT NOT NULL, home_condition TEXT NOT NULL, report TEXT NOT NULL, hazards TEXT NOT NULL,
    would_return INTEGER, cadre_id INTEGER REFERENCES cadre(id), on_time INTEGER, whole_time INTEGER,
    remarks TEXT NOT NULL, signature_seen INTEGER NOT NULL, source TEXT NOT NULL, entered_on TEXT NOT NULL,
    entered_by TEXT NOT NULL, need_ids TEXT NOT NULL CHECK (json_valid(need_ids))
) STRICT;
CREATE UNIQUE INDEX feedback_visit ON feedback(visit_id);
CREATE INDEX feedback_entered ON feedback(entered_on);
CREATE TABLE follow_up (
    id INTEGER PRIMARY KEY AUTOINCREMENT, elder_id INTEGER NOT NULL REFERENCES elder(id),
    visit_id INTEGER REFERENCES visit(id), call_id INTEGER REFERENCES call(id), cause TEXT NOT NULL,
    what TEXT NOT NULL, score INTEGER NOT NULL, owner TEXT NOT NULL, opened_on TEXT NOT NULL, due_on TEXT NOT NULL,
    outcome TEXT NOT NULL, closed_on TEXT, notes TEXT NOT NULL
) STRICT;
CREATE INDEX follow_up_open ON follow_up(due_on) WHERE closed_on IS NULL;
CREATE INDEX follow_up_elder ON follow_up(elder_id);
CREATE INDEX follow_up_visit ON follow_up(visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX follow_up_call ON follow_up(call_id) WHERE call_id IS NOT NULL;
CREATE TABLE training (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, topic TEXT NOT NULL, day TEXT NOT NULL,
    starts INTEGER NOT NULL, minutes INTEGER NOT NULL, place TEXT NOT NULL, speaker TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT NOT NULL, notes TEXT NOT NULL
) STRICT;
CREATE INDEX training_day ON training(day);
CREATE TABLE attendance (
    id INTEGER PRIMARY KEY AUTOINCREMENT, session_id INTEGER NOT NULL REFERENCES training(id),
    provider_id INTEGER NOT NULL REFERENCES provider(id), presence TEXT NOT NULL, minutes INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX attendance_once ON attendance(session_id, provider_id);
CREATE INDEX attendance_provider ON attendance(provider_id);
CREATE INDEX elder_unseen ON elder(coalesce(seen_on, registered_on, '')) WHERE state = 'active';
CREATE INDEX provider_asked ON provider(coalesce(asked_on, joined_on, '')) WHERE state = 'active';
"""


_FILL_SCORED = f"""INSERT INTO visit_service (id, category_id, need_id, quantity, minutes, elder_id, committee_id,
        compound_id, day, state, had_cadre, leads, overall)
    SELECT NEW.id * {SPAN} + line.key, line.value ->> 'category_id', nullif(line.value ->> 'need_id', 0),
        line.value ->> 'quantity', line.value ->> 'minutes', NEW.elder_id, NEW.committee_id, NEW.compound_id, NEW.day,
        NEW.state, NEW.led_in OR NEW.stayed,
        CASE WHEN line.key = 0 THEN 2 ELSE NOT EXISTS (SELECT 1 FROM json_each(NEW.services) earlier
            WHERE earlier.key < line.key AND earlier.value ->> 'category_id' = line.value ->> 'category_id') END,
        (SELECT overall FROM feedback WHERE visit_id = NEW.id)
    FROM json_each(NEW.services) line"""

SCORED_SERVICES = f"""
ALTER TABLE visit_service ADD COLUMN leads INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit_service ADD COLUMN overall INTEGER;
DROP TRIGGER visit_added;
DROP TRIGGER visit_services_changed;
CREATE TRIGGER visit_added AFTER INSERT ON visit BEGIN {_FILL_PROVIDERS}; {_FILL_SCORED}; END;
CREATE TRIGGER visit_services_changed
    AFTER UPDATE OF services, elder_id, committee_id, compound_id, day, state, led_in, stayed ON visit
    BEGIN DELETE FROM visit_service WHERE id {_EMPTY}; {_FILL_SCORED}; END;
CREATE TRIGGER feedback_added AFTER INSERT ON feedback
    BEGIN UPDATE visit_service SET overall = NEW.overall WHERE id {_OF_FEEDBACK.replace("ROW", "NEW")}; END;
CREATE TRIGGER feedback_removed AFTER DELETE ON feedback
    BEGIN UPDATE visit_service SET overall = NULL WHERE id {_OF_FEEDBACK.replace("ROW", "OLD")}; END;
CREATE TRIGGER feedback_changed AFTER UPDATE OF overall ON feedback
    BEGIN UPDATE visit_service SET overall = NEW.overall WHERE id {_OF_FEEDBACK.replace("ROW", "NEW")}; END;
UPDATE visit SET services = services;
DROP INDEX visit_service_done;
CREATE INDEX visit_service_done ON visit_service(day, category_id, committee_id, compound_id, elder_id, quantity,
    minutes, had_cadre, leads, overall) WHERE state = 'done';
"""
"""Whether a line is the first of its visit (2) or of its category in the visit (1), and the visit's overall score."""


_FILL_COUNTED = _FILL_SCORED.replace(
    "NEW.led_in OR NEW.stayed", "NEW.cadre_id IS NOT NULL AND (NEW.led_in OR NEW.stayed)"
)

CADRES_COUNTED = f"""
DROP TRIGGER visit_added;
DROP TRIGGER visit_services_changed;
CREATE TRIGGER visit_added AFTER INSERT ON visit BEGIN {_FILL_PROVIDERS}; {_FILL_COUNTED}; END;
CREATE TRIGGER visit_services_changed
    AFTER UPDATE OF services, elder_id, committee_id, compound_id, day, state, cadre_id, led_in, stayed ON visit
    BEGIN DELETE FROM visit_service WHERE id {_EMPTY}; {_FILL_COUNTED}; END;
UPDATE visit_service SET had_cadre = 0
    WHERE had_cadre AND id / {SPAN} IN (SELECT id FROM visit WHERE cadre_id IS NULL);
"""
"""A visit at which nobody is named who led in or stayed is not counted as supervised."""


def owner_of(table: str, row_id: int) -> tuple[str, int]:
    """The table and row whose record a row belongs to: the visit of a narrow row, else the row itself."""
    return ("visit", row_id // SPAN) if table in NARROW_TABLES else (table, row_id)
