"""From a book to its tables: the one entry that the import calls, as often as a person changes a choice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jiuliting_desk.sheets.addresses import Compounds
from jiuliting_desk.sheets.around import titles_over, told_of_all
from jiuliting_desk.sheets.book import Book, Cell, Sheet
from jiuliting_desk.sheets.chains import chained_lines
from jiuliting_desk.sheets.columns import matched_columns
from jiuliting_desk.sheets.content import Known
from jiuliting_desk.sheets.couples import places_apart, told_apart
from jiuliting_desk.sheets.facts import committee_in, completed, label_of, month_of, pairs_in, period_in, told_of
from jiuliting_desk.sheets.fields import OF_ELDERS, OF_PROVIDERS, resolved
from jiuliting_desk.sheets.forms import forms
from jiuliting_desk.sheets.grid import Grid, is_blank, is_month_word
from jiuliting_desk.sheets.headers import exact_field, header_text, meaning
from jiuliting_desk.sheets.kinds import guessed_kind
from jiuliting_desk.sheets.layout import Frame, found_frames, frame_at, headless_frame
from jiuliting_desk.sheets.legends import legends_in, signs_in
from jiuliting_desk.sheets.outside import with_outside
from jiuliting_desk.sheets.readers import Readers, lists_of
from jiuliting_desk.sheets.records import read_records
from jiuliting_desk.sheets.reshaped import Reshaped, folded, values_below
from jiuliting_desk.sheets.sections import of_enterprise, with_sections
from jiuliting_desk.sheets.sorting import sorted_rows
from jiuliting_desk.sheets.tables import Choice, ColumnMatch, Kind, LeftOut, Omission, ReadRow, ReadTable
from jiuliting_desk.sheets.tallies import read_tally, without_doubles
from jiuliting_desk.sheets.turned import turned_tables
from jiuliting_desk.sheets.vocabulary import Vocabulary, with_places_of
from jiuliting_desk.sheets.word_lists import living_list, need_list, tag_list

KEY_FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.ENTERPRISES: ("enterprise", "name"),
    Kind.PLACES: ("compound", "committee"),
    Kind.FEEDBACK: ("name", "form_number"),
    Kind.CALLS: ("name", "phones"),
}
"""What a record of a kind cannot lack; a name for the others."""


_OF_PERSONS = frozenset({Kind.SURVEY, Kind.VOLUNTEERS, Kind.UNKNOWN})
_NUMBERS = "0123456789一二三四五六七八九十"
_BETTER_SAID = frozenset({"joined_on", "certificate_expires", "households", "capacity_per_month"})
"""Fields that columns of a wider meaning are read into where none has the very word."""
_LINES_BELOW = 12
"""Lines at the end of a table among which explanations are looked for."""
_BRACKETED = re.compile(r"[（(\[【][^（()）\[\]【】]*[)）\]】]")
_WORTH_KEEPING = frozenset(
    {"name", "given_name", "phones", "id_number", "compound", "committee", "enterprise", "provider", "address"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What was found in a book."""

    tables: tuple[ReadTable, ...]
    without_table: tuple[str, ...]
    """Filled sheets, hidden ones aside, in which no table was found: the header row has to be picked."""


def understood(book: Book, *, vocabulary: Vocabulary | None = None, choices: Sequence[Choice] = ()) -> Understanding:
    """All tables of a book. Pure: the same book, words and choices give the same tables. Never raises."""
    words = vocabulary or Vocabulary()
    known = _known(words)
    by_sheet = {
        index: _tables_of(book, index, sheet, words, known, choices)
        for index, sheet in enumerate(book.sheets)
        if sheet.rows
    }
    told = with_places_of(words, [table for tables in by_sheet.values() for table in tables])
    if told is not words:
        known = _known(told)
        for index, tables in by_sheet.items():
            if any(table.kind is not Kind.PLACES for table in tables):
                by_sheet[index] = _tables_of(book, index, book.sheets[index], told, known, choices)
    return Understanding(
        tables=tuple(table for tables in by_sheet.values() for table in tables),
        without_table=tuple(
            book.sheets[index].name
            for index, tables in by_sheet.items()
            if not tables and not book.sheets[index].hidden
        ),
    )


def _known(words: Vocabulary) -> Known:
    return Known(
        categories=need_list(words.categories, words.values),
        tags=tag_list(words.tags),
        livings=living_list(),
        compounds=Compounds(words.compounds),
        committees=frozenset(words.committees),
    )


def _tables_of(
    book: Book, index: int, sheet: Sheet, words: Vocabulary, known: Known, all_choices: Sequence[Choice]
) -> list[ReadTable]:
    choices = [choice for choice in all_choices if choice.sheet_index == index]
    if any(choice.with_hidden_rows for choice in choices):
        sheet = replace(sheet, hidden_rows=frozenset())
    if any(choice.with_hidden_columns for choice in choices):
        sheet = replace(sheet, hidden_columns=frozenset())
    found = _tables_seen(book, index, sheet, words, known, choices)
    if not found and sheet.hidden_columns:
        # Without what is hidden nobody is named there.
        sheet = replace(sheet, hidden_columns=frozenset())
        found = _tables_seen(book, index, sheet, words, known, choices)
    return found


def _tables_seen(
    book: Book, index: int, sheet: Sheet, words: Vocabulary, known: Known, choices: Sequence[Choice]
) -> list[ReadTable]:
    """The tables of a sheet as it is seen on the screen."""
    grid = Grid.of(sheet)
    picked = next((choice for choice in choices if choice.header_row is not None), None)
    if picked is not None and picked.header_row is not None:
        if picked.header_row == 0:
            whole = headless_frame(grid)
            frames = [] if whole is None else [whole]
        else:
            frames = frame_at(grid, min(picked.header_row, len(grid.rows)) - 1, known.categories.words)
    else:
        frames = found_frames(grid, known.categories.words)
        others = _reshaped(grid.without_columns(sheet.hidden_columns), frames, known)
        if others:
            choice = next(iter(choices), None)
            read = [_read_table(book, index, sheet, grid, other, words, known, choice) for other in others]
            return with_outside(
                grid.without_columns(sheet.hidden_columns), [table for table in read if table is not None]
            )
        if not frames:
            whole = headless_frame(grid)
            frames = [] if whole is None else [whole]
    tables: list[ReadTable] = []
    for frame in frames:
        choice = next(
            (
                c
                for c in choices
                if c.first_column in {None, frame.left} and c.header_row in {None, frame.bottom + 1, 0}
            ),
            None,
        )
        on = folded(grid, frame) if frame.lines_per_record == 2 else frame
        before = tables[-1].facts if tables else None
        table = _read_table(book, index, sheet, grid, on, words, known, choice, before)
        if table is not None:
            tables.append(table)
    return with_outside(grid.without_columns(sheet.hidden_columns), tables)


def _reshaped(grid: Grid, frames: list[Frame], known: Known) -> list[Reshaped]:
    """The tables of a sheet that is no list: turned ones, forms, cards with the values below the labels."""
    turned = turned_tables(grid, known.categories.words, has_header=bool(frames))
    if turned:
        return turned
    found = values_below(grid, frames) or forms(grid, frames) or (None if frames else chained_lines(grid))
    return [] if found is None else [found]


def _read_table(
    book: Book,
    index: int,
    sheet: Sheet,
    grid: Grid,
    on: Frame | Reshaped,
    words: Vocabulary,
    known: Known,
    choice: Choice | None,
    before: Mapping[str, str] | None = None,
) -> ReadTable | None:
    frame = place = on.on_sheet if isinstance(on, Reshaped) else on
    title, facts = _facts(book, sheet, grid, place, words, before or {})
    seen, hidden = grid, sheet.hidden_columns - _only_names(place, sheet.hidden_columns)
    if isinstance(on, Reshaped):
        grid, frame, hidden = on.grid, on.frame, frozenset()
    left_aside = frame.again | grid.hidden
    rows = [row for row in range(frame.bottom + 1, frame.last + 1) if row not in left_aside]
    matches, holds = matched_columns(grid, frame, rows, known, words.headers, hidden)
    kind, confidence = guessed_kind(matches, holds, (title, sheet.name, book.file_name))
    if choice is not None and choice.kind is not None:
        kind, confidence = choice.kind, 1.0
    if (choice is None or choice.header_row is None) and not _is_of_use(matches, kind, frame, rows):
        return None
    columns = _resolved(matches, kind, choice)
    year = _year(facts, words)
    around = _lines_around(seen, place)
    readers = Readers(
        known=known,
        year=year,
        kind=kind,
        from_1904=sheet.from_1904,
        legends=legends_in(around, lists_of(known)),
        signs=signs_in(around, known.tags),
    )
    columns = readers.named_by_legend(columns)
    if kind is Kind.TALLY:
        columns = without_doubles(columns, readers)
        read, left_out = read_tally(grid, frame, columns, readers, facts, words)
    else:
        keys = KEY_FIELDS.get(kind, ("name",))
        key_columns = tuple(c.index for name in keys for c in columns if _names(c.field, name))
        fields = {column.index: _sorting_field(column, match) for column, match in zip(columns, matches, strict=True)}
        ordered = sorted_rows(grid, frame, fields, key_columns)
        read = read_records(grid, columns, ordered.records, readers, frozenset(keys) if key_columns else frozenset())
        if kind in _OF_PERSONS or kind is Kind.VISITS:
            read = told_apart(read, ordered.records, grid, columns, readers)
        elif kind is Kind.PLACES:
            read = places_apart(read)
        read = with_sections(read, ordered.sections, words, known)
        if kind is Kind.VOLUNTEERS and "enterprise" in facts:
            read = [of_enterprise(row, facts["enterprise"]) for row in read]
        titles = (*titles_over(seen, frame, place), sheet.name, book.file_name)
        read = told_of_all(read, kind, titles, facts, before or {}, known)
        left_out = ordered.left_out
        for left in left_out:
            if left.why is Omission.FOOTER:
                for name, value in pairs_in([left.text]).items():
                    facts.setdefault(name, value)
        completed(facts)
    if isinstance(on, Reshaped):
        read = [_in_place(row, on) for row in read]
        left_out = _hidden_lines(seen, place)
    return ReadTable(
        sheet=sheet.name,
        sheet_index=index,
        hidden=sheet.hidden,
        first_row=place.top + 1,
        header_row=place.bottom + 1 if frame.levels and place.bottom >= place.top else 0,
        last_row=place.last + 1,
        first_column=place.left,
        last_column=place.right,
        kind=kind,
        kind_confidence=confidence,
        title=title,
        columns=tuple(columns),
        facts=facts,
        rows=tuple(read),
        left_out=tuple(left_out),
        hidden_columns=_hidden_columns(seen, place, sheet.hidden_columns, columns),
    )


def _only_names(frame: Frame, hidden: frozenset[int]) -> frozenset[int]:
    """The columns of names where all of them are hidden: a list is read with the names of its people."""
    names = frozenset(
        column for column, texts in frame.levels.items() if hidden and "name" in meaning(texts[-1]).field.split("+")
    )
    return names if names <= hidden else frozenset()


def _hidden_lines(grid: Grid, place: Frame) -> list[LeftOut]:
    """The hidden lines among the forms or the fields of a sheet."""
    rows = sorted(row for row in grid.hidden if place.above <= row)
    return [LeftOut(first_row=row + 1, last_row=row + 1, why=Omission.HIDDEN) for row in rows]


def _hidden_columns(
    grid: Grid, place: Frame, hidden: frozenset[int], columns: Sequence[ColumnMatch]
) -> tuple[int, ...]:
    """The hidden columns with something in them beside the rows of a table that nobody asked for."""
    taken = () if place.reshaped else {column.index for column in columns if column.field}
    rows = grid.rows[place.top : place.last + 1]
    return tuple(
        column
        for column in sorted(hidden)
        if column < grid.width
        and column not in taken
        and (place.reshaped or column in place.columns)
        and any(not is_blank(row[column]) for row in rows)
    )


def _in_place(row: ReadRow, on: Reshaped) -> ReadRow:
    """A row of a table that was laid out anew, with the rows of the sheet where it stands."""
    places = on.places[row.row - 1]
    lines = [line for line, _ in places.values()]
    cells = {column: on.grid.rows[row.row - 1][column] for column in places}
    return replace(row, row=min(lines) + 1, last_row=max(lines) + 1, places=places, cells=cells)


def _names(field: str, key: str) -> bool:
    """Whether a column tells a key field of a record: a name by itself, or its given part."""
    return key in field.split("+") or (key == "name" and field == "given_name")


def _is_of_use(matches: list[ColumnMatch], kind: Kind, frame: Frame, rows: list[int]) -> bool:
    """Whether a table that nobody picked holds anything that the office keeps."""
    told = {part for match in matches for part in match.field.split("+")} - {"", "number", "unused"}
    if frame.is_guessed:
        return bool(rows) and len(told) >= 2 and bool(told & {"name", "phones", "id_number"})
    return kind not in {Kind.UNKNOWN, Kind.SURVEY} or bool(told & _WORTH_KEEPING)


def _sorting_field(column: ColumnMatch, match: ColumnMatch) -> str:
    """The field by which rows are sorted: a running number counts as one though it is not imported."""
    return column.field or (match.field if match.field in {"number", "signature", "total"} else "")


def _resolved(matches: list[ColumnMatch], kind: Kind, choice: Choice | None) -> list[ColumnMatch]:
    columns = []
    given = {part for match in matches for part in match.field.split("+")}
    for match in matches:
        if choice is not None and match.index in choice.columns:
            columns.append(replace(match, field=choice.columns[match.index], confidence=1.0, why="chosen"))
            continue
        field = match.field.replace("skill:", "need:", 1)
        is_settled = match.why == "learned" and not field.startswith("need:")
        if is_settled:
            columns.append(match)
            continue
        told = resolved(field, kind)
        if not told and field in OF_PROVIDERS | OF_ELDERS:
            # Nothing like it is known of what this table lists: somebody has to say where it goes.
            columns.append(replace(match, field="", confidence=min(match.confidence, 0.3)))
            continue
        # 注册时间 says it better than any other date of the row.
        columns.append(replace(match, field="" if told != field and told in _BETTER_SAID & given else told))
    if any(match.field in {"contact_name", "contact_phone"} for match in matches):
        columns = [
            replace(column, field="")
            if match.field in {"charge", "charge_phone"} and column.why != "chosen"
            else column
            for column, match in zip(columns, matches, strict=True)
        ]
    fields = [column.field for column in columns]
    if kind is Kind.PLACES:
        return [_further_compound(column) for column in columns]
    if kind is Kind.VOLUNTEERS and fields.count("name") > 1:
        seen = False
        for place, column in enumerate(columns):
            if column.field == "name":
                columns[place] = replace(column, field="" if seen else "name")
                seen = True
    return columns


def _further_compound(column: ColumnMatch) -> ColumnMatch:
    """小区2 and 小区3 beside 小区1, in a list of places."""
    said = header_text(column.header[-1]).base.rstrip(_NUMBERS) if column.header else ""
    is_further = not column.field and column.why == "neighbours" and exact_field(said) == "compound"
    return replace(column, field="more_compounds", confidence=0.8) if is_further else column


def _facts(
    book: Book, sheet: Sheet, grid: Grid, frame: Frame, words: Vocabulary, before: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """The title and the facts of a table; ``before`` has those of the table above it on the sheet."""
    lines: list[str] = []
    title = ""
    pairs: dict[str, str] = {}
    for row in range(frame.above, frame.top):
        cells = [str(cell).strip() for cell in _cells(grid, row, frame) if not is_blank(cell)]
        if not title and len(cells) == 1 and len(cells[0]) <= 60:
            said = _BRACKETED.sub("", cells[0])
            title = cells[0] if said and "：" not in said and ":" not in said else ""
        lines.extend(cells)
        for label, value in pairwise(cells):
            name = label_of(label)
            if name and not label_of(value) and (label.endswith(("：", ":")) or len(cells) % 2 == 0):
                pairs.setdefault(told_of(label, name, value), value)
    facts = pairs_in(lines)
    for name, value in pairs.items():
        facts.setdefault(name, value)
    for text in (title, *lines, sheet.name, book.file_name.rsplit(".", 1)[0]):
        for name, value in period_in(text).items():
            facts.setdefault(name, value)
    if "year" in before:
        facts.setdefault("year", before["year"])
    for text in (title, *lines, sheet.name):
        for name, value in month_of(text, facts.get("year", "")).items():
            facts.setdefault(name, value)
    if "committee" in before and (not title or is_month_word(title)):
        facts.setdefault("committee", before["committee"])
    told = facts.get("committee", "")
    if told:
        facts["committee"] = committee_in(told, words.committees) or told
    else:
        for text in (title, *lines, sheet.name, book.file_name.rsplit(".", 1)[0]):
            named = committee_in(text, words.committees)
            if named:
                facts["committee"] = named
                break
    return title, completed(facts)


def _lines_around(grid: Grid, place: Frame) -> list[str]:
    """The texts of the lines above a table, and of those of few cells at its end."""
    rows = [*range(place.above, place.top), *range(max(place.bottom + 1, place.last - _LINES_BELOW), place.last + 1)]
    filled = [(row, grid.filled(row)) for row in rows]
    return [
        str(grid.rows[row][column])
        for row, columns in filled
        for column in columns
        if row < place.top or len(columns) <= 2
    ]


def _cells(grid: Grid, row: int, frame: Frame) -> list[Cell]:
    return grid.rows[row][: max(frame.right + 1, 1)] if frame.left == 0 else grid.rows[row]


def _year(facts: dict[str, str], words: Vocabulary) -> int | None:
    told = facts.get("year", "")
    if told.isdecimal():
        return int(told)
    return words.today.year if words.today else None
