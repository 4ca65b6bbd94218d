"""Tables that are no plain lists, laid out as if they were: one row a person, whatever shape the sheet has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jiuliting_desk.sheets.book import Cell, Row
from jiuliting_desk.sheets.grid import Grid, is_blank
from jiuliting_desk.sheets.headers import header_text, meaning
from jiuliting_desk.sheets.layout import Frame
from jiuliting_desk.sheets.tables import Place

KEY_LABELS = ("name", "enterprise", "provider")
"""Fields of which a person's form has one, the first that a sheet has being the one that counts."""
LEAST_LABELS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshaped:
    """A table laid out anew: one row for each record, with where each of its cells stands on the sheet."""

    grid: Grid
    frame: Frame
    places: Sequence[dict[int, Place]]
    """Of each row of the grid: column -> row and column on the sheet, from 0."""
    header: tuple[int, int] | None = None
    """The first and last header row on the sheet, of a list that has header rows."""

    @property
    def on_sheet(self) -> Frame:
        """Where the table stands on its sheet: rows and columns, without levels."""
        told = [place for row in self.places for place in row.values()]
        rows, columns = [row for row, _ in told], [column for _, column in told]
        first = min(rows, default=0)
        top, bottom = self.header or (first, first - 1)
        return Frame(
            top=top,
            bottom=bottom,
            last=max(rows, default=0),
            columns=tuple(range(min(columns, default=0), max(columns, default=0) + 1)),
            above=self.frame.above,
            reshaped=True,
        )


@dataclass(slots=True, kw_only=True)
class Pair:
    """A label and its value, and where the value stands (or would)."""

    label: str
    value: Cell
    place: Place
    group: str = ""
    """A word at the left that reaches over several lines and says whose name, whose phone."""

    @property
    def base(self) -> str:
        """The label as columns are told apart by."""
        return header_text(self.group).base + header_text(self.label).base

    @property
    def fields(self) -> list[str]:
        """The fields that the label means."""
        return meaning(self.label, self.group).field.split("+")


@dataclass(slots=True)
class _Record:
    cells: dict[int, Cell] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)


def of_pairs(lanes: Iterable[Sequence[Pair]], *, above: int) -> Reshaped | None:
    """Records from labels and values in reading order, lane by lane; None where these are no forms.

    A record begins where the label comes again that comes as often as the key's and earliest.
    """
    columns: dict[tuple[str, int], int] = {}
    levels: dict[int, tuple[str, ...]] = {}
    records: list[_Record] = []
    for pairs in lanes:
        start = _start_of(pairs)
        if start is None:
            continue
        times: dict[str, int] = {}
        for pair in pairs:
            if pair.base == start:
                records.append(_Record())
                times = {}
            if not times and pair.base != start:
                # Lines before the first record: facts about all of them.
                continue
            times[pair.base] = number = times.get(pair.base, 0) + 1
            column = columns.setdefault((pair.base, number), len(columns))
            levels.setdefault(column, (pair.group, pair.label) if pair.group else (pair.label,))
            records[-1].cells[column] = pair.value
            records[-1].places[column] = pair.place
    filled = sum(not is_blank(value) for record in records for value in record.cells.values())
    if len(levels) < LEAST_LABELS or filled < LEAST_LABELS:
        return None
    return laid_out(
        [record.cells for record in records], [record.places for record in records], levels, len(columns), above=above
    )


def _start_of(pairs: Sequence[Pair]) -> str | None:
    """The label with which each record of a lane begins."""
    for key in KEY_LABELS:
        named = [pair for pair in pairs if key in pair.fields]
        if named:
            counts: dict[str, int] = {}
            for pair in pairs:
                counts[pair.base] = counts.get(pair.base, 0) + 1
            most = max(counts[pair.base] for pair in named)
            if all(is_blank(pair.value) for pair in named):
                return None
            return next(base for base, count in counts.items() if count == most)
    return None


def laid_out(
    cells: Sequence[dict[int, Cell]],
    places: Sequence[dict[int, Place]],
    levels: dict[int, tuple[str, ...]],
    width: int,
    *,
    above: int,
) -> Reshaped:
    """Records as a grid of one row each."""
    rows: list[Row] = [[told.get(column, "") for column in range(width)] for told in cells]
    frame = Frame(
        top=0, bottom=-1, last=len(rows) - 1, columns=tuple(range(width)), above=above, levels=levels, reshaped=True
    )
    return Reshaped(grid=Grid(rows, width, {}, {}, {}), frame=frame, places=places)


def folded(grid: Grid, frame: Frame) -> Reshaped:
    """A table of two rows a person, as one of one row a person: the second row's cells follow the first's."""
    width = frame.right + 1
    cells: list[dict[int, Cell]] = []
    places: list[dict[int, Place]] = []
    row = frame.bottom + 1
    while row <= frame.last:
        if grid.is_blank_row(row):
            row += 1
            continue
        lines = 1 if row == frame.last else 2
        told = [(place, column) for place in range(lines) for column in range(frame.left, width)]
        cells.append({column + place * width: grid.rows[row + place][column] for place, column in told})
        places.append({column + place * width: (row + place, column) for place, column in told})
        row += lines
    levels: dict[int, tuple[str, ...]] = {}
    for place, line in enumerate((frame.top, frame.bottom)):
        for column in range(frame.left, width):
            cell = grid.rows[line][column]
            if not is_blank(cell):
                levels[column + place * width] = (str(cell).strip(),)
    laid = laid_out(cells, places, levels, 2 * width, above=frame.above)
    columns = tuple(range(frame.left, 2 * width))
    return Reshaped(
        grid=laid.grid,
        frame=replace(laid.frame, columns=columns),
        places=laid.places,
        header=(frame.top, frame.bottom),
    )


def values_below(grid: Grid, frames: Sequence[Frame]) -> Reshaped | None:
    """Cards of several lines of labels with one line of values below each, as records; None where there are none."""
    if len(frames) < 2 or not any(_goes_on(one, other) for one, other in pairwise(frames)):
        return None
    pairs: list[Pair] = []
    for frame in frames:
        rows = [row for row in range(frame.bottom + 1, frame.last + 1) if row not in frame.again]
        filled = [row for row in rows if not grid.is_blank_row(row)]
        if len(filled) > 1 or frame.again or not frame.levels:
            return None
        row = filled[0] if filled else frame.bottom + 1
        for column, texts in frame.levels.items():
            value = grid.rows[row][column] if filled else ""
            pairs.append(Pair(label=texts[-1], value=value, place=(row, column)))
    return of_pairs([pairs], above=frames[0].above)


def _goes_on(one: Frame, other: Frame) -> bool:
    """Whether the labels of ``other`` stand right below the values of ``one`` and name nobody."""
    return other.top == one.bottom + 2 and _names(one) and not _names(other)


def _names(frame: Frame) -> bool:
    return any("name" in meaning(texts[-1]).field.split("+") for texts in frame.levels.values())
