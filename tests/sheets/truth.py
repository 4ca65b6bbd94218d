"""Comparing what was read with what a careful person would read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiuliting_desk.sheets.tables import ReadRow, ReadTable

FLAGS = frozenset({"id_damaged", "phone_wrong"})


@dataclass(slots=True)
class Score:
    """Counts over one file, and the first differences in words."""

    rows: int = 0
    rows_right: int = 0
    cells: int = 0
    cells_right: int = 0
    silently_wrong: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add another file's counts."""
        self.rows += other.rows
        self.rows_right += other.rows_right
        self.cells += other.cells
        self.cells_right += other.cells_right
        self.silently_wrong += other.silently_wrong
        self.differences.extend(other.differences)


def plain(value: Any) -> Any:
    """A field as the truth file writes it: lists for tuples."""
    return list(value) if isinstance(value, tuple) else value


def compared(tables: Sequence[ReadTable], truth: Mapping[str, Any]) -> Score:
    """The score of the tables of the truth's sheets against its records, refusals included."""
    score = Score()
    sheets = truth["sheets"] if "sheets" in truth else [truth["sheet"]]
    read = [row for table in tables if table.sheet in sheets and not table.hidden for row in table.rows]
    if truth["kind"] == "tally":
        _compare_figures(read, truth, score)
        return score
    duplicates = set(truth.get("duplicate_rows", ()))
    # A sheet may hold two persons on one row.
    left: dict[int, list[ReadRow]] = {}
    for row in read:
        if row.row not in duplicates:
            left.setdefault(row.row, []).append(row)
    for record in truth["records"]:
        candidates = left.get(record["row"], [])
        best = max(candidates, key=lambda row: _same(row, record), default=None)
        if best is not None:
            candidates.remove(best)
        _compare_row(best, record, score)
    for refusal in truth.get("refused", ()):
        score.rows += 1
        candidates = left.get(refusal["row"], [])
        refused = next((row for row in candidates if row.refused), None)
        if refused is None:
            score.differences.append(f"row {refusal['row']}: should be refused")
            continue
        candidates.remove(refused)
        score.rows_right += 1
    for number, extra in sorted(left.items()):
        for row in extra:
            score.rows += 1
            score.silently_wrong += 0 if row.refused else 1
            score.differences.append(f"row {number}: read but not there: {row.fields.get('name')!r}")
    return score


def _same(row: ReadRow, record: Mapping[str, Any]) -> int:
    return sum(plain(row.fields.get(name)) == value for name, value in record.items())


def _compare_row(row: ReadRow | None, record: Mapping[str, Any], score: Score) -> None:
    score.rows += 1
    wanted = {name: value for name, value in record.items() if name != "row"}
    score.cells += len(wanted)
    if row is None:
        score.differences.append(f"row {record['row']}: missing")
        return
    right = not row.refused
    if row.refused:
        score.differences.append(f"row {record['row']}: refused as {row.refused}")
    remarked = {remark.field for remark in row.remarks}
    for name, value in wanted.items():
        got = plain(row.fields.get(name, _absent(value)))
        if got == value or (name in FLAGS and bool(got) == bool(value)):
            score.cells_right += 1
            continue
        right = False
        if got not in (None, [], "") and not remarked:
            score.silently_wrong += 1
        score.differences.append(f"row {record['row']}: {name} is {got!r}, should be {value!r}")
    for name in FLAGS - set(wanted):
        if row.fields.get(name):
            right = False
            score.differences.append(f"row {record['row']}: {name} without need")
    score.rows_right += right


def _absent(value: Any) -> Any:
    """What stands for a column that is not there, beside a truth that says nothing either."""
    return [] if value == [] else None


def _compare_figures(read: Sequence[ReadRow], truth: Mapping[str, Any], score: Score) -> None:
    names = [name for name in truth["records"][0] if name != "quantity"]
    got = {}
    for row in read:
        key = tuple({**row.fields, "row": row.row}.get(name) for name in names)
        got[key] = row
    for record in truth["records"]:
        score.rows += 1
        score.cells += 1
        key = tuple(record[name] for name in names)
        found = got.pop(key) if key in got else None
        if found is not None and found.fields["quantity"] == record["quantity"]:
            score.rows_right += 1
            score.cells_right += 1
            continue
        score.silently_wrong += found is not None and not found.remarks
        score.differences.append(f"figure {record} read as {found.fields if found else None}")
    for key, other in got.items():
        score.rows += 1
        score.silently_wrong += not other.remarks
        score.differences.append(f"figure read but not there: {key} {other.fields['quantity']}")
