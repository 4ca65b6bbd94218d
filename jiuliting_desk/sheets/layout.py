"""Where the tables of a sheet are: header rows, their levels, and what stands beside and between."""

from dataclasses import dataclass, field
from itertools import pairwise

from jiuliting_desk.sheets.book import Cell, Row
from jiuliting_desk.sheets.grid import Grid, could_be_header, is_blank, word_strength
from jiuliting_desk.sheets.headers import exact_field, header_text, meaning
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.sheets.words import HEADER_WORDS

ROWS_LOOKED_AT_CLOSELY = 120
ROWS_AFTER_A_GAP = 6
MOST_LEVELS = 3
LEAST_WORDS = 1.6
LEAST_SHARE = 0.4
KEYS = frozenset({"name", "committee", "compound", "month", "enterprise", "provider"})
"""Fields that can begin a table of their own beside another."""

_RAW_WORDS = frozenset(word for words in HEADER_WORDS.values() for word in words.split())


@dataclass(slots=True, kw_only=True)
class Frame:
    """One table: its header rows, its columns and its rows; all from 0, ends included."""

    top: int
    """The first header row; the first data row where there is no header."""
    bottom: int
    """The lowest header row; ``top - 1`` where there is none."""
    last: int
    left: int
    right: int
    above: int
    """The first row that belongs to the lines above the table."""
    levels: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Column -> header texts from the top, as written."""
    again: set[int] = field(default_factory=set)
    """Rows at which the header is repeated."""
    lines_per_record: int = 1
    reshaped: bool = False
    """Laid out anew from another shape: blank rows in it mean nothing."""


def found_frames(grid: Grid, categories: frozenset[str]) -> list[Frame]:
    """The tables of a sheet that have a header, in reading order."""
    blocks = _header_blocks(grid, categories)
    frames: list[Frame] = []
    for top, bottom in blocks:
        for left, right in _side_by_side(grid, top, bottom):
            levels = {
                column: texts for column in range(left, right + 1) if (texts := _levels(grid, top, bottom, column))
            }
            if levels:
                frames.append(
                    Frame(
                        top=top,
                        bottom=bottom,
                        last=len(grid.rows) - 1,
                        left=left,
                        right=right,
                        above=0,
                        levels=levels,
                        lines_per_record=2 if _is_two_lined(grid, top, bottom, categories) else 1,
                    )
                )
    return _ended(grid, frames)


def frame_at(grid: Grid, header_row: int, categories: frozenset[str]) -> list[Frame]:
    """The tables under a header row that a person picked (from 0)."""
    top, bottom = _grown(grid, header_row, categories)
    bottom = header_row
    top = min(top, bottom)
    frames = []
    for left, right in _side_by_side(grid, top, bottom):
        levels = {c: texts for c in range(left, right + 1) if (texts := _levels(grid, top, bottom, c))}
        frames.append(
            Frame(top=top, bottom=bottom, last=len(grid.rows) - 1, left=left, right=right, above=0, levels=levels)
        )
    return _ended(grid, frames)


def headless_frame(grid: Grid) -> Frame | None:
    """The whole filled area as one table without a header; None for an empty sheet."""
    rows = [row for row in range(len(grid.rows)) if not grid.is_blank_row(row)]
    if not rows:
        return None
    columns = [column for row in rows[:200] for column in grid.filled(row)]
    return Frame(top=rows[0], bottom=rows[0] - 1, last=rows[-1], left=min(columns), right=max(columns), above=rows[0])


def _header_blocks(grid: Grid, categories: frozenset[str]) -> list[tuple[int, int]]:
    blocks: list[tuple[int, int]] = []
    seen_words: set[str] = set()
    near_gap = ROWS_AFTER_A_GAP
    row = 0
    while row < len(grid.rows):
        cells = grid.rows[row]
        is_far_down = row >= ROWS_LOOKED_AT_CLOSELY and near_gap <= 0
        if is_far_down and _RAW_WORDS.isdisjoint(cells) and seen_words.isdisjoint(cells):
            if sum(cell != "" for cell in cells) <= 1:
                near_gap = ROWS_AFTER_A_GAP
            row += 1
            continue
        near_gap -= 1
        filled = grid.filled(row)
        if len(filled) <= 1:
            near_gap = ROWS_AFTER_A_GAP
        if _is_header(grid, row, filled, categories):
            top, bottom = _grown(grid, row, categories)
            if blocks and top <= blocks[-1][1]:
                top = blocks[-1][1] + 1
            if top <= bottom:
                blocks.append((top, bottom))
                seen_words.update(cell for r in range(top, bottom + 1) for cell in grid.rows[r] if type(cell) is str)
                seen_words.discard("")
            row = max(bottom, row) + 1
            continue
        row += 1
    return blocks


def _is_header(grid: Grid, row: int, filled: list[int], categories: frozenset[str]) -> bool:
    if len(filled) < 2:
        return False
    cells = grid.rows[row]
    words = sum(word_strength(cells[column], categories) for column in filled)
    if words < LEAST_WORDS or words < LEAST_SHARE * len(filled) * 0.5:
        return False
    if not any(exact_field(cell) for column in filled if type(cell := cells[column]) is str):
        return False
    plain = sum(could_be_header(cells[column]) for column in filled)
    known = sum(word_strength(cells[column], categories) > 0 for column in filled)
    return (
        plain >= 0.8 * len(filled)
        and (known >= LEAST_SHARE * len(filled) or words >= 4)
        and not _is_form_line(grid, row, filled, categories)
    )


def _is_form_line(grid: Grid, row: int, filled: list[int], categories: frozenset[str]) -> bool:
    """Whether labels and values take turns in a row, as on a form for one person."""
    cells = grid.rows[row]
    strong = [word_strength(cells[column], categories) >= 0.6 for column in filled]
    turns = sum(one and not other for one, other in pairwise(strong))
    return len(filled) >= 4 and turns >= 2 and strong[0] and not strong[-1] and sum(strong) <= (len(filled) + 1) // 2


def _grown(grid: Grid, row: int, categories: frozenset[str]) -> tuple[int, int]:
    """The first and last row of the header of which ``row`` is part."""
    top = bottom = row
    while bottom + 1 < len(grid.rows) and bottom - top + 1 < MOST_LEVELS and _continues(grid, bottom, categories):
        bottom += 1
    if top == bottom and bottom + 2 < len(grid.rows) and _is_two_lined(grid, row, row + 1, categories):
        return row, row + 1
    while top > 0 and bottom - top + 1 < MOST_LEVELS and _is_level_above(grid, top - 1, top, bottom):
        top -= 1
    return top, bottom


def _continues(grid: Grid, row: int, categories: frozenset[str]) -> bool:
    """Whether the row below ``row`` is a further level of its header."""
    below = row + 1
    filled = grid.filled(below)
    cells, upper = grid.rows[below], grid.rows[row]
    if not filled or not all(could_be_header(cells[column]) or _is_small_number(cells[column]) for column in filled):
        return False
    groups = _groups(grid, row)
    inside = 0
    for column in filled:
        if grid.is_covered(below, column):
            return False
        if column in groups or is_blank(upper[column]):
            inside += 1
        elif cells[column] != upper[column]:
            return False
    known = sum(word_strength(cells[column], categories) > 0 for column in filled)
    merged_up = any(top <= row and bottom >= below for spans in grid.down.values() for top, bottom in spans)
    if not inside:
        return False
    if known >= 0.5 * len(filled) and len(filled) >= 2:
        return True
    # Unknown words under real merges, beside cells that reach down over both rows.
    return bool(grid.across.get(row)) and merged_up and inside == len(filled)


def _is_two_lined(grid: Grid, row: int, below: int, categories: frozenset[str]) -> bool:
    """Whether two header rows name different things in the same columns: each person takes two rows."""
    if below != row + 1:
        return False
    upper, lower = grid.rows[row], grid.rows[below]
    filled = grid.filled(below)
    both = [column for column in filled if not is_blank(upper[column])]
    if len(both) < 2 or len(both) < len(filled) - 1 or grid.across.get(row):
        return False
    if not all(could_be_header(lower[column]) for column in filled):
        return False
    words = [column for column in both if word_strength(lower[column], categories) >= 0.5]
    words = [column for column in words if exact_field(str(lower[column]))]
    different = [c for c in words if header_text(str(upper[c])).base != header_text(str(lower[c])).base]
    return len(different) >= 2 and len(words) >= 0.7 * len(filled)


def _is_small_number(cell: Cell) -> bool:
    """1, 2, 3 as headers under a group."""
    text = cell_text(cell).strip()
    return len(text) <= 2 and text.isdecimal() and int(text) <= 31


def _groups(grid: Grid, row: int) -> set[int]:
    """The columns that lie under a header cell spanning several, by merge or by the blanks to its right."""
    columns: set[int] = set()
    for top, left, _bottom, right in grid.across.get(row, ()):
        if top == row or top < row:
            columns.update(range(left, right + 1))
    cells = grid.rows[row]
    filled = grid.filled(row)
    for column, following in pairwise([*filled, grid.width]):
        if following > column + 1 and could_be_header(cells[column]):
            columns.update(range(column, following))
    return columns


def _is_level_above(grid: Grid, upper: int, top: int, bottom: int) -> bool:
    """Whether a row is a group level above a header: partial spans, or words where the header is blank."""
    filled = grid.filled(upper)
    if not filled or not all(could_be_header(grid.rows[upper][column]) for column in filled):
        return False
    head = [column for row in range(top, bottom + 1) for column in grid.filled(row)]
    first, last = min(head), max(head)
    blank_below = [c for c in filled if all(is_blank(grid.rows[row][c]) for row in range(top, bottom + 1))]
    spans = [(column, grid.span(upper, column)) for column in filled]
    if any(":" in str(grid.rows[upper][column]) or "：" in str(grid.rows[upper][column]) for column in filled):
        return False
    if len(filled) == 1:
        column, end = spans[0]
        return first < column and end <= last and end > column
    reaches_down = [c for c in filled if any(t <= upper and b >= top for t, b in grid.down.get(c, ()))]
    if reaches_down or any(end > column for column, end in spans):
        return True
    # No merges to go by (text files): groups are words with blanks to their right.
    return len(blank_below) >= 1 and len(filled) >= 2 and len(filled) < len(set(head))


def _levels(grid: Grid, top: int, bottom: int, column: int) -> tuple[str, ...]:
    """The header texts over a column, groups first; a text that spans several columns counts for each."""
    texts: list[str] = []
    for row in range(top, bottom + 1):
        text = _text_over(grid, row, column, is_lowest=row == bottom)
        if text and (not texts or header_text(texts[-1]).base != header_text(text).base):
            texts.append(text)
    return tuple(texts)


def _text_over(grid: Grid, row: int, column: int, *, is_lowest: bool) -> str:
    cell = grid.rows[row][column]
    if not is_blank(cell):
        return cell_text(cell).strip()
    for top, left, bottom, right in grid.across.get(row, ()):
        if left <= column <= right and top <= row <= bottom:
            return str(grid.rows[top][left]).strip() if top == row else ""
    if is_lowest or grid.is_covered(row, column):
        return ""
    if grid.across.get(row):
        return ""
    # Without merges: the nearest text to the left, where the row below goes on.
    if is_blank(grid.rows[row + 1][column]):
        return ""
    for other in range(column - 1, -1, -1):
        text = grid.rows[row][other]
        if not is_blank(text):
            return str(text).strip() if is_blank(grid.rows[row][other + 1]) else ""
    return ""


def _side_by_side(grid: Grid, top: int, bottom: int) -> list[tuple[int, int]]:
    """First and last columns of the tables that share header rows."""
    leaves = {c: texts for c in range(grid.width) if (texts := _levels(grid, top, bottom, c))}
    if not leaves:
        return []
    columns = sorted(leaves)
    left, right = columns[0], columns[-1]
    cuts = _repetitions(leaves) or _gaps(grid, leaves, bottom)
    edges = [left, *cuts, right + 1]
    return [(begin, _last_used(leaves, begin, end - 1)) for begin, end in pairwise(edges)]


def _last_used(leaves: dict[int, tuple[str, ...]], first: int, last: int) -> int:
    while last > first and last not in leaves:
        last -= 1
    return last


def _repetitions(leaves: dict[int, tuple[str, ...]]) -> list[int]:
    """Columns at which the same run of headers begins anew (two persons on a line)."""
    columns = sorted(leaves)
    words = ["/".join(header_text(text).base for text in leaves[column][-1:]) for column in columns]
    names = [
        i
        for i, column in enumerate(columns)
        if meaning(leaves[column][-1], leaves[column][-2] if len(leaves[column]) > 1 else "").field.split("+")[0]
        == "name"
        or meaning(leaves[column][-1]).field in {"month"}
    ]
    if len(names) < 2:
        return []
    distance = names[1] - names[0]
    if distance < 2 or any(b - a != distance for a, b in pairwise(names)):
        return []
    start = names[0]
    while start > 0 and start - 1 + distance < len(words) and words[start - 1] == words[start - 1 + distance]:
        start -= 1
    first_run = words[start : start + distance]
    for index in range(1, len(names)):
        run = words[start + index * distance : start + (index + 1) * distance]
        same = sum(one == other for one, other in zip(first_run, run, strict=False))
        if same < max(2, 0.6 * min(len(run), distance)):
            return []
    return [columns[start + index * distance] for index in range(1, len(names))]


def _gaps(grid: Grid, leaves: dict[int, tuple[str, ...]], bottom: int) -> list[int]:
    """Columns after an empty one where another table with a key word of its own begins."""
    columns = sorted(leaves)
    cuts = []
    for before, after in pairwise(columns):
        if after == before + 1:
            continue
        between = range(before + 1, after)
        if any(not is_blank(grid.rows[row][c]) for row in range(bottom + 1, len(grid.rows)) for c in between):
            continue
        sides = [c for c in columns if c <= before], [c for c in columns if c >= after]
        if all(_stands_alone(leaves, side) for side in sides):
            cuts.append(after)
    return cuts


def _stands_alone(leaves: dict[int, tuple[str, ...]], columns: list[int]) -> bool:
    fields = [meaning(leaves[column][-1]).field for column in columns]
    return sum(bool(name) for name in fields) >= 2 and any(KEYS.intersection(name.split("+")) for name in fields)


def _ended(grid: Grid, frames: list[Frame]) -> list[Frame]:
    """The frames with their last rows, the first rows of the lines above, and repeated headers folded in."""
    frames.sort(key=lambda frame: (frame.top, frame.left))
    kept: list[Frame] = []
    for frame in frames:
        over = next((f for f in reversed(kept) if f.left <= frame.right and frame.left <= f.right), None)
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
