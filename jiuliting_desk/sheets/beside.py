"""Tables side by side under the same header rows, and what stands beside a table without being part of it."""

from collections.abc import Mapping
from itertools import pairwise

from jiuliting_desk.sheets.grid import Grid, is_blank
from jiuliting_desk.sheets.header_rows import levels_over
from jiuliting_desk.sheets.headers import header_text, meaning, role_of

KEYS = frozenset({"name", "committee", "compound", "month", "enterprise", "provider"})
"""Fields that can begin a table of their own beside another."""
LEGENDS = frozenset(
    {"说明", "填表说明", "填写说明", "代码", "选项", "图例", "注", "注释", "编码说明", "代码说明", "可选项"}
)

Levels = Mapping[int, tuple[str, ...]]


def columns_of_tables(grid: Grid, top: int, bottom: int, last: int) -> list[list[int]]:
    """The columns of each table under the header rows ``top`` to ``bottom``, the data reaching to row ``last``.

    Columns beside repeated runs of headers (one address for two persons) belong to every run.
    """
    levels = {c: texts for c in range(grid.width) if (texts := levels_over(grid, top, bottom, c))}
    if not levels:
        return []
    runs = _repetitions(levels)
    if runs:
        return runs
    columns = sorted(levels)
    first, end = columns[0], columns[-1]
    tables: list[list[int]] = [[]]
    for column in range(first, end + 1):
        if column in levels and tables[-1] and _begins_anew(grid, levels, column, tables[-1], bottom, last):
            tables.append([])
        tables[-1].append(column)
    kept = [_without_empty_edge(table, levels) for table in tables]
    kept[-1].extend(_filled_beside(grid, kept[-1], bottom, last))
    return [table for index, table in enumerate(kept) if index == 0 or not _is_legend(table, levels, kept[0])]


def _without_empty_edge(columns: list[int], levels: Levels) -> list[int]:
    while columns and columns[-1] not in levels:
        columns.pop()
    return columns


def _filled_beside(grid: Grid, columns: list[int], bottom: int, last: int) -> list[int]:
    """Columns without a header at the right edge in which something stands beside the records of a table."""
    if columns[-1] + 1 >= grid.width:
        return []
    records = [
        row
        for row in range(bottom + 1, last + 1)
        if 2 * sum(not is_blank(grid.rows[row][column]) for column in columns) >= len(columns)
    ]
    found: list[int] = []
    for column in range(columns[-1] + 1, grid.width):
        if all(is_blank(grid.rows[row][column]) for row in records):
            break
        found.append(column)
    return found


def _repetitions(levels: Levels) -> list[list[int]]:
    """The columns of each run, where the same run of headers begins anew (two persons on a line)."""
    columns = sorted(levels)
    words = [header_text(levels[column][-1]).base for column in columns]
    names = [place for place, column in enumerate(columns) if _is_key(levels[column])]
    if len(names) < 2:
        return []
    roles = {role_of(levels[columns[place]][-2]) if len(levels[columns[place]]) > 1 else "" for place in names}
    if "subject" in roles and len(roles) > 1:
        return []
    distance = names[1] - names[0]
    if distance < 2 or any(after - before != distance for before, after in pairwise(names)):
        return []
    start = names[0]
    while start > 0 and start - 1 + distance < len(words) and words[start - 1] == words[start - 1 + distance]:
        start -= 1
    first_run = words[start : start + distance]
    length = distance
    for index in range(1, len(names)):
        run = words[start + index * distance : start + (index + 1) * distance]
        same = sum(one == other for one, other in zip(first_run, run, strict=False))
        if same < max(2, 0.6 * min(len(run), distance)):
            return []
        while length and not _alike(first_run, run, length):
            length -= 1
    end = start + (len(names) - 1) * distance + length
    shared = [*columns[:start], *columns[end:]]
    if length < distance or any(_is_key(levels[column]) for column in shared):
        shared = columns[:start]
        length = distance
    return [
        [*shared, *columns[start + index * distance : start + index * distance + length]] for index in range(len(names))
    ]


def _alike(first_run: list[str], run: list[str], length: int) -> bool:
    return len(run) >= length and first_run[length - 1] == run[length - 1]


def _is_key(texts: tuple[str, ...]) -> bool:
    field = meaning(texts[-1], texts[-2] if len(texts) > 1 else "").field
    return field.split("+")[0] == "name" or meaning(texts[-1]).field == "month"


def _begins_anew(grid: Grid, levels: Levels, column: int, so_far: list[int], bottom: int, last: int) -> bool:
    """Whether a column stands behind a blank one and begins something else: a table of its own, or a legend."""
    if so_far[-1] in levels:
        return False
    gap = [c for c in so_far if c not in levels and c > max((d for d in so_far if d in levels), default=-1)]
    if any(not is_blank(grid.rows[row][c]) for row in range(bottom + 1, last + 1) for c in gap):
        return False
    right = [c for c in sorted(levels) if c >= column]
    left = [c for c in so_far if c in levels]
    if _stands_alone(levels, left) and _stands_alone(levels, right):
        return True
    return _stands_alone(levels, left) and _is_legend(right, levels, left)


def _is_legend(columns: list[int], levels: Levels, beside: list[int]) -> bool:
    """Whether columns explain codes or instruct, rather than hold records."""
    words = {header_text(levels[column][-1]).base for column in columns if column in levels}
    if words & LEGENDS:
        return True
    fields = {meaning(levels[column][-1]).field for column in columns if column in levels} - {""}
    others = {meaning(levels[column][-1]).field for column in beside if column in levels}
    return bool(fields) and fields <= others and not fields & KEYS


def _stands_alone(levels: Levels, columns: list[int]) -> bool:
    fields = [meaning(levels[column][-1]).field for column in columns if column in levels]
    return sum(bool(name) for name in fields) >= 2 and any(KEYS.intersection(name.split("+")) for name in fields)
