"""Import and export from a shell."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from jiuliting_desk.actions.exports import Exported, GoingOut, export_list
from jiuliting_desk.actions.imports import words
from jiuliting_desk.actions.imports.carrying import carry_out
from jiuliting_desk.actions.imports.doubts import with_columns_agreed
from jiuliting_desk.actions.imports.draft import Draft, asks, open_draft, planned
from jiuliting_desk.actions.imports.report import Line, Told, report_of
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.cli_files import reading
from jiuliting_desk.cli_words import told_to_the_end
from jiuliting_desk.model.imports import ImportPlan, ImportReport, Outcome, PlannedRow
from jiuliting_desk.store import Store

WHO = "命令行"

LINES = 100
"""Lines of a report that a shell shows."""

_COUNTED = {
    Outcome.NEW: "新增",
    Outcome.CHANGED: "更新",
    Outcome.SAME: "重复",
    Outcome.DOUBTFUL: "待选",
    Outcome.REFUSED: "有误",
}


def run_import(
    case: Path | None,
    file: Path,
    *,
    today: date,
    dry_run: bool = False,
    as_json: bool = False,
    password: str | None = None,
) -> int:
    """Import a workbook into a data file, or only say what would happen; gives the exit code.

    A dry run needs no data file. Doubtful rows are left for a person. Raises SheetTrouble and StorageTrouble.
    """
    report = None
    with _opened(case, dry_run) as store:
        draft = open_draft(
            file,
            vocabulary=words.vocabulary(store, today=today),
            learned=words.learned_words(store),
            password=password,
        )
        draft = with_columns_agreed(draft)
        draft = planned(draft, today=today, snapshot=take_snapshot(store, asked=asks(draft)))
        plan = _plan_of(draft)
        if not dry_run and case is not None:
            report = carry_out(store, plan, today=today)
    with told_to_the_end():
        _tell(draft, report, as_json=as_json)
    return 0


def _tell(draft: Draft, report: ImportReport | None, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(as_plain(draft), ensure_ascii=False))
        return
    plan = _plan_of(draft)
    print(_told(plan, report))
    if draft.without_table:
        print(f"没认出表头，请在窗口里指给程序看：{'、'.join(draft.without_table)}")
    lines = report_of(draft)
    for line in lines[:LINES]:
        print(_line(line))
    if len(lines) > LINES:
        print(f"还有 {len(lines) - LINES} 处，加上 --json 都列出来。")


@contextmanager
def _opened(case: Path | None, only_read: bool) -> Iterator[Store]:
    if case is None:
        with tempfile.TemporaryDirectory() as folder:
            store = Store.open(Path(folder) / "case.db", who=WHO)
            try:
                yield store
            finally:
                store.close()
        return
    if only_read:
        with reading(case, who=WHO) as store:
            yield store
        return
    store = Store.open(case, who=WHO)
    try:
        yield store
    finally:
        store.close()


def _plan_of(draft: Draft) -> ImportPlan:
    if draft.plan is None:
        raise ValueError("the draft was not planned")
    return draft.plan


def as_plain(draft: Draft) -> dict[str, Any]:
    """What was read and what would happen, as JSON can hold it: tables, and the sheets without one."""
    by_table: dict[int, list[PlannedRow]] = {}
    for row in _plan_of(draft).rows:
        by_table.setdefault(row.key[0], []).append(row)
    places = {id(table): index for index, table in enumerate(draft.tables_on)}
    tables = []
    for table in draft.tables:
        index = places.get(id(table))
        rows = by_table.get(index, []) if index is not None else []
        tables.append(
            {
                "sheet": table.sheet,
                "header_row": table.header_row,
                "kind": str(table.kind),
                "committee": table.facts.get("committee", ""),
                "rows": [
                    {
                        "row": row.number,
                        "outcome": row.outcome.value,
                        "fields": {name: _plain(value) for name, value in row.fields.items()},
                        "remarks": [*filter(None, (row.refused,)), *(remark.code for remark in row.read_remarks)]
                        + [":".join(filter(None, (note.remark.value, note.detail))) for note in row.notes],
                    }
                    for row in rows
                ],
            }
        )
    report = [{"why": line.why, "sheet": line.sheet, "row": line.row, "text": line.text} for line in report_of(draft)]
    return {"tables": tables, "without_table": list(draft.without_table), "report": report}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _told(plan: ImportPlan, report: ImportReport | None) -> str:
    counts = "，".join(f"{_COUNTED[outcome]} {count} 行" for outcome, count in plan.counts.items())
    counts = counts or "没有可导入的行"
    if report is None:
        return f"{plan.source_name}：{counts}。只是试一试，什么都没有写。"
    if not report.operation_id:
        return f"{plan.source_name}：{counts}。没有新内容，什么都没有写。"
    left = plan.counts[Outcome.DOUBTFUL] + plan.counts[Outcome.REFUSED]
    tail = f"{left} 行没有写，请在窗口里看过再定。" if left else ""
    added = "、".join(
        f"{count} {what}"
        for count, what in (
            (report.needs_added, "条需求"),
            (report.visits_added, "次上门"),
            (report.calls_added, "个来电"),
        )
        if count
    )
    return f"{plan.source_name}：{counts}。已写入{f'，加了 {added}' if added else ''}。{tail}"


_ABOUT = {
    Told.UNDERSTOOD: "照备注里的话记",
    Told.GUESSED: "照猜的记",
    Told.AT_ODDS: "这位还结着对、认领着或约着上门，没有动，请处理",
    Told.KEPT: "没认出，原样记着",
    Told.COLUMN: "这一列没有导",
    Told.ROW: "这一行不是名单，没有导",
}


def _line(line: Line) -> str:
    """A line of the report: 志愿者 第 4 行：照猜的记：约3 → 3."""
    place = f"第 {line.row} 行" if line.row else f"{line.count} 格"
    made = f" → {line.value}" if line.value else ""
    return f"{line.sheet} {place}：{_ABOUT[line.why]}：{' '.join(line.text.split())}{made}"


def run_export(
    case: Path,
    what: str,
    out: Path,
    *,
    today: date,
    full: bool = False,
    reason: str = "",
    to_whom: str = "",
    password: str = "",
) -> int:
    """Write elders, volunteers or needs of a data file to a workbook; gives the exit code.

    Raises ReasonWanted for a full list without a reason, StorageTrouble and OSError.
    """
    with _opened(case, not full) as store:
        report = export_list(
            store,
            what=Exported(what),
            going=GoingOut(path=out, full=full, reason=reason, to_whom=to_whom, password=password),
            today=today,
        )
    hidden = "姓名、电话、证件号已遮盖" if report.masked else "含个人信息"
    print(f"已存到 {report.path}（{report.rows} 行，{hidden}）。", file=sys.stderr)
    return 0
