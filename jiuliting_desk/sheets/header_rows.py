"""Header rows: where they are, which rows belong to one header, and what stands over each column."""

import re
from itertools import pairwise

from jiuliting_desk.sheets.book import Cell, Row
from jiuliting_desk.sheets.grid import Grid, could_be_header, is_blank, word_strength
from jiuliting_desk.sheets.headers import exact_field, header_text
from jiuliting_desk.sheets.questions import ANSWERS
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.sheets.words import HEADER_WORDS

ROWS_LOOKED_AT_CLOSELY = 120
ROWS_AFTER_A_GAP = 6
MOST_LEVELS = 3
LEAST_WORDS = 1.6
LEAST_SHARE = 0.4

_FOR_HANDS = re.compile(r"(?:签字|签名|盖章|签章)[)）]?\s*[:：]\s*$")
"""Where somebody is to sign, below a table."""
_RAW_WORDS = frozenset(word for words in HEADER_WORDS.values() for word in words.split())


def header_blocks(grid: Grid, categories: frozenset[str]) -> list[tuple[int, int]]:
    """First and last rows of all headers of a sheet."""
    blocks: list[tuple[int, int]] = []
    seen_words: set[str] = set()
    near_gap = ROWS_AFTER_A_GAP
    row = 0
    while row < len(grid.rows):
        cells = grid.rows[row]
        is_far_down = row >= ROWS_LOOKED_AT_CLOSELY and near_gap <= 0
        if is_far_down and _RAW_WORDS.isdisjoint(cells) and seen_words.isdisjoint(cells):
            if len(cells) - cells.count("") <= 1:
                near_gap = ROWS_AFTER_A_GAP
            row += 1
            continue
        near_gap -= 1
        filled = grid.filled(row)
        if len(filled) <= 1:
            near_gap = ROWS_AFTER_A_GAP
        if _is_header(grid, row, filled, categories):
            top, bottom = grown(grid, row, categories)
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
    if any(_FOR_HANDS.search(str(cells[column])) for column in filled):
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


def grown(grid: Grid, row: int, categories: frozenset[str]) -> tuple[int, int]:
    """The first and last row of the header of which ``row`` is part."""
    if row > 0 and _breaks_words(grid, row - 1):
        return row - 1, row
    if _breaks_words(grid, row):
        return row, row + 1
    top = bottom = row
    while bottom + 1 < len(grid.rows) and bottom - top + 1 < MOST_LEVELS and _continues(grid, top, bottom, categories):
        bottom += 1
    if top == bottom and bottom + 2 < len(grid.rows) and is_two_lined(grid, row, row + 1, categories):
        return row, row + 1
    while top > 0 and bottom - top + 1 < MOST_LEVELS and _is_level_above(grid, top - 1, top, bottom):
        top -= 1
    return top, bottom


def _breaks_words(grid: Grid, row: int) -> bool:
    """Whether most words of a header are broken over a row and the next: 居住 above 地址, 联系 above 电话."""
    if row + 1 >= len(grid.rows) or grid.across.get(row) or grid.across.get(row + 1):
        return False
    upper, lower = grid.rows[row], grid.rows[row + 1]
    both = [column for column in grid.filled(row) if not is_blank(lower[column])]
    parts = [(header_text(str(upper[column])).base, header_text(str(lower[column])).base) for column in both]
    whole = sum(bool(one and other and exact_field(one + other)) for one, other in parts)
    return whole >= 3 and whole >= 0.6 * len(both)


def _continues(grid: Grid, top: int, row: int, categories: frozenset[str]) -> bool:
    """Whether the row below ``row`` is a further level of its header, which begins at ``top``."""
    below = row + 1
    filled = grid.filled(below)
    cells, upper = grid.rows[below], grid.rows[row]
    if not filled or not all(could_be_header(cells[column]) or _is_small_number(cells[column]) for column in filled):
        return False
    if _says_it_again(upper, cells, filled):
        return True
    # A group of one column is one beside others: under the group over them.
    groups = _groups(grid, row)
    if groups and row > top:
        groups |= _groups(grid, row - 1)
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
    if inside == len(filled) >= 2 and all(header_text(str(cells[column])).base in ANSWERS for column in filled):
        return True
    # Unknown words under real merges, beside cells that reach down over both rows.
    return bool(grid.across.get(row)) and merged_up and inside == len(filled)


def _says_it_again(upper: Row, lower: Row, filled: list[int]) -> bool:
    """Whether a row names most columns by other words for the same: name, gender, mobile over 姓名, 性别, 手机号码."""
    fields = [(exact_field(str(upper[column])), exact_field(str(lower[column]))) for column in filled]
    same = [
        column
        for column, (one, other) in zip(filled, fields, strict=True)
        if one and one == other and header_text(str(upper[column])).base != header_text(str(lower[column])).base
    ]
    return len(same) >= 3 and len(same) >= 0.5 * len(filled)


def is_two_lined(grid: Grid, row: int, below: int, categories: frozenset[str]) -> bool:
    """Whether two header rows name different things in the same columns: each person takes two rows."""
    if below != row + 1 or _breaks_words(grid, row):
        return False
    upper, lower = grid.rows[row], grid.rows[below]
    filled = grid.filled(below)
    both = [column for column in filled if not is_blank(upper[column])]
    if len(both) < 2 or len(both) < len(filled) - 1 or grid.across.get(row):
        return False
    if not all(could_be_header(lower[column]) for column in filled) or _says_it_again(upper, lower, filled):
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


def levels_over(grid: Grid, top: int, bottom: int, column: int) -> tuple[str, ...]:
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
