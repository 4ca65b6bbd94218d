"""Where the tables of a sheet are: their header rows, their columns, and what stands above and between them."""

from dataclasses import dataclass, field

from jiuliting_desk.sheets.beside import columns_of_tables
from jiuliting_desk.sheets.book import Row
from jiuliting_desk.sheets.grid import Grid, could_be_header, is_blank
from jiuliting_desk.sheets.header_rows import grown, header_blocks, is_two_lined, levels_over
from jiuliting_desk.sheets.headers import header_text


@dataclass(slots=True, kw_only=True)
class Frame:
    """One table: its header rows, its columns and its rows; all from 0, ends included."""

    top: int
    """The first header row; the first data row where there is no header."""
    bottom: int
    """The lowest header row; ``top - 1`` where there is none."""
    last: int
    columns: tuple[int, ...]
    """Its columns; those that side-by-side tables share belong to each."""
    above: int
    """The first row that belongs to the lines above the table."""
    levels: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Column -> header texts from the top, as written."""
    again: set[int] = field(default_factory=set)
    """Rows at which the header is repeated."""
    shared: frozenset[int] = frozenset()
    """Columns that belong to a table beside it too, which comes first: alone they make no record here."""
    lines_per_record: int = 1
    is_guessed: bool = False
    """Without a header that has known words."""
    reshaped: bool = False
    """Laid out anew from another shape: blank rows in it mean nothing."""

    @property
    def left(self) -> int:
        """Its first column."""
        return self.columns[0]

    @property
    def right(self) -> int:
        """Its last column."""
        return self.columns[-1]


def found_frames(grid: Grid, categories: frozenset[str]) -> list[Frame]:
    """The tables of a sheet that have a header, in reading order."""
    blocks = header_blocks(grid, categories)
    frames: list[Frame] = []
    for index, (top, bottom) in enumerate(blocks):
        last = blocks[index + 1][0] - 1 if index + 1 < len(blocks) else len(grid.rows) - 1
        lines = 2 if is_two_lined(grid, top, bottom, categories) else 1
        frames.extend(_frames_under(grid, top, bottom, last, lines))
    return _ended(grid, frames)


def frame_at(grid: Grid, header_row: int, categories: frozenset[str]) -> list[Frame]:
    """The tables under a header row that a person picked (from 0)."""
    top = min(grown(grid, header_row, categories)[0], header_row)
    return _ended(grid, _frames_under(grid, top, header_row, len(grid.rows) - 1, 1))


def _frames_under(grid: Grid, top: int, bottom: int, last: int, lines: int) -> list[Frame]:
    frames: list[Frame] = []
    for columns in columns_of_tables(grid, top, bottom, last):
        levels = {column: texts for column in columns if (texts := levels_over(grid, top, bottom, column))}
        frames.append(
            Frame(
                top=top,
                bottom=bottom,
                last=len(grid.rows) - 1,
                columns=tuple(sorted(columns)),
                above=0,
                levels=levels,
                shared=frozenset(columns).intersection(frames[0].columns if frames else ()),
                lines_per_record=lines,
            )
        )
    return frames


def headless_frame(grid: Grid) -> Frame | None:
    """The filled area as one table: under a row of short texts above the first data, or without a header.

    None for an empty sheet.
    """
    rows = [row for row in range(len(grid.rows)) if not grid.is_blank_row(row)]
    if not rows:
        return None
    used = {column for row in rows[:200] for column in grid.filled(row)}
    columns = tuple(range(min(used), max(used) + 1))
    data = next((row for row in rows[:50] if _holds_data(grid, row)), rows[0])
    head = data - 1
    if head in rows:
        filled = grid.filled(head)
        if len(filled) >= 2 and all(could_be_header(grid.rows[head][column]) for column in filled):
            levels = {column: texts for column in columns if (texts := levels_over(grid, head, head, column))}
            return Frame(top=head, bottom=head, last=rows[-1], columns=columns, above=0, levels=levels, is_guessed=True)
    return Frame(top=data, bottom=data - 1, last=rows[-1], columns=columns, above=0, is_guessed=True)


def _holds_data(grid: Grid, row: int) -> bool:
    """Whether a row has several cells, one of which no header would have: a number, a date, a phone."""
    filled = grid.filled(row)
    return len(filled) >= 2 and any(not could_be_header(grid.rows[row][column]) for column in filled)


def _ended(grid: Grid, frames: list[Frame]) -> list[Frame]:
    """The frames with their last rows, the first rows of the lines above, and repeated headers folded in."""
    frames.sort(key=lambda frame: (frame.top, frame.left))
    kept: list[Frame] = []
    for frame in frames:
        over = next((f for f in reversed(kept) if f.bottom < frame.top and _overlap(f, frame)), None)
        if over is None:
            kept.append(frame)
            continue
        title_from = _first_line_above(grid, frame, over.bottom + 1)
        if _same_header(over, frame) and _same_lines_above(grid, over, frame, title_from):
            over.again.update(range(title_from, frame.bottom + 1))
            continue
        over.last = title_from - 1
        frame.above = title_from
        kept.append(frame)
    return kept


def _overlap(one: Frame, other: Frame) -> bool:
    return one.left <= other.right and other.left <= one.right


def _first_line_above(grid: Grid, frame: Frame, lowest: int) -> int:
    """The first of the title and fact lines directly above a header: lines with few cells, blank lines between."""
    row = frame.top
    first = frame.top
    while row - 1 >= lowest:
        row -= 1
        filled = grid.filled(row, frame.left, frame.right)
        if not filled:
            if row < first - 2:
                break
            continue
        if len(filled) > 1 and not _reads_as_facts(grid.rows[row], filled):
            break
        if len(filled) == 1 and not _reads_as_title(grid, row, filled[0], frame):
            break
        first = row
    return first


def _reads_as_facts(cells: Row, filled: list[int]) -> bool:
    texts = [str(cells[column]) for column in filled]
    return any("：" in text or ":" in text for text in texts) and len(texts) <= 6


def _reads_as_title(grid: Grid, row: int, column: int, frame: Frame) -> bool:
    cell = grid.rows[row][column]
    if type(cell) is not str:
        return False
    if column == frame.left or grid.span(row, column) > column:
        return not header_text(cell).base.startswith(("合计", "总计", "小计", "填表人", "审核"))
    return len(cell) > 5


def _same_header(one: Frame, other: Frame) -> bool:
    return {c: texts[-1] for c, texts in one.levels.items()} == {c: texts[-1] for c, texts in other.levels.items()}


def _same_lines_above(grid: Grid, one: Frame, other: Frame, first: int) -> bool:
    """Whether the lines above a repeated header are none, or the ones above the first header again."""
    earlier = {str(cell) for row in range(one.above, one.top) for cell in grid.rows[row] if not is_blank(cell)}
    later = {str(cell) for row in range(first, other.top) for cell in grid.rows[row] if not is_blank(cell)}
    return later <= earlier
