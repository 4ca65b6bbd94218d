"""Forms: labels with values beside them or behind a colon, several persons on a sheet or one on each."""

import re
from bisect import bisect_right

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.cell_words import ALSO_HEADERS
from jiuliting_desk.sheets.grid import Grid, is_blank
from jiuliting_desk.sheets.headers import header_text, meaning, role_of
from jiuliting_desk.sheets.layout import Frame
from jiuliting_desk.sheets.reshaped import KEY_LABELS, LEAST_LABELS, Pair, Reshaped, of_pairs
from jiuliting_desk.sheets.tables import cell_text

_COLON = re.compile(r"[:：]")
_APART = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff]\s*[:：])")
"""The blanks of 姓  名：."""
_SEPARATED = re.compile(r"[\s，,；;、。|)）]")
_BRACKET_AT_END = re.compile(r"(?:[(（][^()（）]*[)）]|[*＊※])+$")
_BEFORE_LABELS = " \t\r\n\u3000*＊※●·•-—、.0123456789"
_LONGEST_LABEL = 12
_SEVERAL = frozenset({"service", "other_service", "ability_service", "wishes", "tags", "notes", "times", "health"})
"""Fields of which people list several, with signs between them that also part cells."""
_ROWS_LOOKED_AT = 3_000


def forms(grid: Grid, frames: list[Frame]) -> Reshaped | None:
    """The forms of a sheet as one table; None where there are none, or where ``frames`` are the lists they seem."""
    if any(_is_list(grid, frame) for frame in frames):
        return None
    pairs = _pairs(grid)
    if not pairs:
        return None
    return of_pairs(_lanes(pairs), above=0)


def _is_list(grid: Grid, frame: Frame) -> bool:
    """Whether names stand under the name header of a frame, or it is a list of something else."""
    for column, texts in frame.levels.items():
        if KEY_LABELS[0] in meaning(texts[-1], texts[-2] if len(texts) > 1 else "").field.split("+"):
            below = next(
                (
                    grid.rows[row][column]
                    for row in range(frame.bottom + 1, min(frame.last, frame.bottom + 6) + 1)
                    if not is_blank(grid.rows[row][column])
                ),
                "",
            )
            return not is_blank(below) and not _is_label(below) and not _labelled(below)
    if all(len(grid.filled(row)) < 2 for row in range(frame.bottom + 1, frame.last + 1)):
        return False
    words = {header_text(texts[-1]).base for texts in frame.levels.values() if _is_label(texts[-1])}
    return len(words) >= LEAST_LABELS and not any(_is_label(cell) for cell in _first_cells(grid, frame))


def _first_cells(grid: Grid, frame: Frame) -> list[Cell]:
    """The cells of the first lines under a header."""
    rows = range(frame.bottom + 1, min(frame.last, frame.bottom + 4) + 1)
    return [grid.rows[row][column] for row in rows for column in grid.filled(row)]


def _pairs(grid: Grid) -> list[tuple[int, Pair]]:
    """Labels with their values in reading order, each with the column where its label stands."""
    found: list[tuple[int, Pair]] = []
    for row in range(min(len(grid.rows), _ROWS_LOOKED_AT)):
        filled = grid.filled(row)
        cells = grid.rows[row]
        taken = -1
        for index, column in enumerate(filled):
            if column <= taken:
                continue
            cell = cells[column]
            within = _labelled(cell)
            if within and (len(within) > 1 or within[0][1]):
                within, taken = _gone_on(within, grid, row, column)
                found += [(column, Pair(label=label, value=value, place=(row, column))) for label, value in within]
                if within[-1][1] or not _follows(grid, row, column, filled, index):
                    continue
                found.pop()
                cell = within[-1][0]
            if not _is_label(cell):
                continue
            value, place, taken = _value_beside(grid, row, column, filled[index + 1 :])
            found.append(
                (column, Pair(label=str(cell).strip(), value=value, place=place, group=_group(grid, row, column)))
            )
    return found


def _gone_on(within: list[tuple[str, str]], grid: Grid, row: int, column: int) -> tuple[list[tuple[str, str]], int]:
    """A list at the end of a cell with what the next cells add to it, and the last column that does."""
    label, value = within[-1]
    if not value or not _SEVERAL.intersection(meaning(label).field.split("+")):
        return within, column
    cells = grid.rows[row]
    last = column
    while last + 1 < len(cells) and not is_blank(cells[last + 1]):
        text = cell_text(cells[last + 1]).strip()
        if _is_label(text) or _labelled(text):
            break
        value, last = f"{value}，{text}", last + 1
    return [*within[:-1], (label, value)], last


def _follows(grid: Grid, row: int, column: int, filled: list[int], index: int) -> bool:
    """Whether a value stands in the cell behind one that ends with a label and a colon."""
    if index + 1 >= len(filled) or filled[index + 1] != grid.span(row, column) + 1:
        return False
    cell = grid.rows[row][filled[index + 1]]
    return not _is_label(cell) and not _labelled(cell)


def _value_beside(grid: Grid, row: int, column: int, others: list[int]) -> tuple[Cell, tuple[int, int], int]:
    """The value right of a label, where it stands, and the last column that belongs to it."""
    cells = grid.rows[row]
    start = grid.span(row, column) + 1
    values: list[int] = []
    for other in others:
        cell = cells[other]
        is_value = other == start and str(cell).strip() in ALSO_HEADERS
        if (_is_label(cell) and not is_value) or _labelled(cell):
            break
        values.append(other)
    if not values or values[0] > start + 1:
        return "", (row, min(start, grid.width - 1)), column
    if len(values) == 1:
        return cells[values[0]], (row, values[0]), values[0]
    texts = [cell_text(cells[value]).strip() for value in values]
    # One sign in each box, as identity numbers are filled in; else several things said.
    joined = "" if sum(len(text) == 1 for text in texts) >= 0.8 * len(texts) else " "
    return joined.join(texts), (row, values[0]), values[-1]


def _group(grid: Grid, row: int, column: int) -> str:
    """The word at the left that reaches down over this line and says whose the labels are, "" for none."""
    for left in range(column - 1, max(-1, column - 12), -1):
        for top, bottom in grid.down.get(left, ()):
            if top <= row <= bottom:
                text = str(grid.rows[top][left]).strip()
                if text:
                    return text if role_of(text) else ""
    return ""


def _lanes(pairs: list[tuple[int, Pair]]) -> list[list[Pair]]:
    """The pairs of forms that stand side by side, apart."""
    by_row: dict[int, list[tuple[int, Pair]]] = {}
    for column, pair in pairs:
        by_row.setdefault(pair.place[0], []).append((column, pair))
    starts: list[int] = [0]
    for line in by_row.values():
        for key in KEY_LABELS:
            keys = [pair for _, pair in line if key in pair.fields and not pair.group]
            if len(keys) > 1 and len({column for column, _ in line}) >= len(keys):
                again = [column for column, pair in line if pair.base == line[0][1].base]
                if len(again) == len(keys) > len(starts):
                    starts = again
            if keys:
                break
    lanes: list[list[Pair]] = [[] for _ in starts]
    for column, pair in pairs:
        lanes[max(0, bisect_right(starts, column) - 1)].append(pair)
    return lanes


def _labelled(cell: Cell) -> list[tuple[str, str]]:
    """The labels with colons in a cell and what stands behind each; [] where it begins with something else."""
    if type(cell) is not str or len(cell) > 2_000:
        return []
    if ":" not in cell and "：" not in cell:
        return []
    text = _APART.sub("", cell)
    found: list[tuple[int, int, str]] = []
    end = 0
    for colon in _COLON.finditer(text):
        before = text[end : colon.start()].rstrip()
        label = _label_at_end(before, is_first=not found)
        if label:
            found.append((end + len(before) - len(label), colon.end(), label))
            end = colon.end()
    if not found or text[: found[0][0]].strip(_BEFORE_LABELS):
        return []
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return [
        (label, text[behind:stop].strip().strip("，,；;。|").strip())
        for (_, behind, label), stop in zip(found, ends, strict=True)
    ]


def _label_at_end(text: str, *, is_first: bool) -> str:
    """The longest known label with which a text ends; before the first one there is nothing that could be a value."""
    whole = text.strip()
    is_whole = len(whole) <= _LONGEST_LABEL and not _SEPARATED.search(whole) and _is_label(whole)
    if is_whole and (is_first or meaning(whole).confidence >= 0.9):
        return whole
    bracket = _BRACKET_AT_END.search(text)
    head = text[: bracket.start()] if bracket else text
    for size in range(min(len(head), _LONGEST_LABEL), 1, -1):
        label = head[-size:]
        if not _SEPARATED.search(label) and meaning(label).confidence >= 0.9:
            return text[len(head) - size :]
    return ""


def _is_label(cell: Cell) -> bool:
    if type(cell) is not str:
        return False
    found = meaning(cell)
    return bool(found.field) and found.confidence >= 0.8 and len(header_text(cell).base) >= 2
