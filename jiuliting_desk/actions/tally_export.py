"""统计汇总 to a workbook: what is seen on screen, and the same by month."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from jiuliting_desk.actions.imported_tallies import imported_beside
from jiuliting_desk.actions.settings import setting
from jiuliting_desk.actions.tallies import tally
from jiuliting_desk.actions.tally_details import details
from jiuliting_desk.model.tallies import AGE_BANDS, Dimension, Figures, ImportedTally, Key, Tally, TallyFilter
from jiuliting_desk.sheets.tally_book import TallySheet, tally_workbook
from jiuliting_desk.sheets.writing import put_in_place
from jiuliting_desk.store import Store

LEADS = "点一个蓝色的数字，到“明细”里看是哪几次。"
MEASURES = ("visits", "people", "quantity", "minutes")
_MEASURE_WORDS = {"visits": "上门次数", "people": "服务老人", "quantity": "数量", "minutes": "服务分钟"}
_DIMENSION_WORDS = {
    Dimension.CATEGORY: "项目",
    Dimension.MONTH: "月份",
    Dimension.COMMITTEE: "居委",
    Dimension.COMPOUND: "小区",
    Dimension.PROVIDER: "志愿者或单位",
    Dimension.AGE_BAND: "年龄",
}


def measured(figures: Figures, measure: str) -> int:
    """One figure of a cell; quantities of all units together where the cell has several."""
    if measure == "quantity":
        return sum(figures.quantities.values())
    return int(getattr(figures, measure))


def key_words(counted: Tally, dimension: Dimension, key: Key) -> str:
    """What a row or column is called."""
    if dimension is Dimension.AGE_BAND:
        if key == -1:
            return "年龄不详"
        band = AGE_BANDS.index(int(key))
        if band + 1 == len(AGE_BANDS):
            return f"{key} 岁以上"
        return f"{AGE_BANDS[band + 1]} 岁以下" if key == 0 else f"{key}–{AGE_BANDS[band + 1] - 1} 岁"
    if dimension is Dimension.MONTH:
        return month_words(str(key))
    if isinstance(key, str):
        return key
    if dimension is Dimension.CATEGORY and not key:
        return "不分项目"
    return counted.labels[dimension].get(key, "") or "没有登记"


def month_words(month: str) -> str:
    """2026-03 as people write it: 2026年3月; a year alone as 2026年."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月" if number else f"{year}年"


def as_sheet(store: Store, counted: Tally, *, measure: str, name: str) -> TallySheet:
    """A tally as a sheet of the workbook."""
    columns = counted.columns or Dimension.CATEGORY
    rows = tuple(
        (
            key_words(counted, counted.rows, row),
            tuple(measured(counted.cell(row, column), measure) for column in counted.column_keys),
        )
        for row in counted.row_keys
    )
    only = counted.only
    overlapping = Dimension.PROVIDER in {counted.rows, columns}
    return TallySheet(
        name=name,
        title=f"{setting(store, 'office_name')}{_day(only.first)}至{_day(only.last)}{_MEASURE_WORDS[measure]}",
        info=_info(counted, rows, measure),
        corner=_DIMENSION_WORDS[counted.rows],
        columns=tuple(key_words(counted, columns, key) for key in counted.column_keys),
        rows=rows,
        adds_up=measure in {"visits", "quantity", "minutes"} and not overlapping,
        row_totals=tuple(measured(counted.row_totals[key], measure) for key in counted.row_keys),
        column_totals=tuple(measured(counted.column_totals[key], measure) for key in counted.column_keys),
        total=measured(counted.total, measure),
        more_columns=("服务老人", "小时", "平均分", "满意率", "督导率"),
        more_formats=("0", "0.0", "0.00", "0%", "0%"),
        more=(*[_more(counted.row_totals[key]) for key in counted.row_keys], _more(counted.total)),
    )


def _info(counted: Tally, rows: tuple[tuple[str, tuple[int, ...]], ...], measure: str) -> str:
    said = "只算做成的上门，取消的、没人在家的、志愿者没来的不算。"
    sums = [measured(counted.row_totals[key], measure) for key in counted.row_keys]
    if measure == "visits" and [sum(figures) for _, figures in rows] != sums:
        said += "一次上门做几样的，每样各算一次，合计里只算一次。"
    if measure == "people":
        said += "同一位老人在几格里出现，合计里只算一位。"
    return said


def imported_sheet(counted: Tally, found: ImportedTally, *, measure: str, name: str) -> TallySheet:
    """What one tally sheet said that came in, laid out as the computed figures are; on a sheet of its own."""
    columns = counted.columns or Dimension.CATEGORY
    row_keys, column_keys = found.row_keys, found.column_keys
    rows = tuple(
        (key_words(counted, counted.rows, row), tuple(found.cells.get((row, key), 0) for key in column_keys))
        for row in row_keys
    )
    return TallySheet(
        name=name,
        title=f"导入的{_MEASURE_WORDS['quantity' if measure == 'visits' else measure]}：{found.source}",
        info=f"{_day(found.taken_on)}的表，原样导入，不在本系统算的数字里。",
        corner=_DIMENSION_WORDS[counted.rows],
        columns=tuple(key_words(counted, columns, key) for key in column_keys),
        rows=rows,
        row_totals=tuple(sum(figures) for _, figures in rows),
        column_totals=tuple(sum(row[1][at] for row in rows) for at in range(len(column_keys))),
        total=sum(sum(figures) for _, figures in rows),
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _more(figures: Figures) -> tuple[object, ...]:
    return (
        figures.people,
        round(figures.hours, 1),
        None if figures.mean_score is None else round(figures.mean_score, 2),
        None if figures.satisfaction is None else round(figures.satisfaction, 3),
        None if figures.coverage is None else round(figures.coverage, 3),
    )


def export_tally(
    store: Store,
    *,
    only: TallyFilter,
    rows: Dimension,
    columns: Dimension,
    measure: str,
    path: Path,
) -> Path:
    """Write the tally, the same by month and the visits behind it into a workbook that can be sent as it is.

    Raises OSError.
    """
    counted = tally(store, only=only, rows=rows, columns=columns)
    first = as_sheet(store, counted, measure=measure, name="汇总")
    behind = details(
        store,
        counted,
        row_words={key: key_words(counted, rows, key) for key in counted.row_keys},
        column_words={key: key_words(counted, columns, key) for key in counted.column_keys},
        titles=(_DIMENSION_WORDS[rows], _DIMENSION_WORDS[columns]),
    )
    sheets = [replace(first, details=behind, info=first.info + (LEADS if behind is not None else ""))]
    if Dimension.MONTH not in {rows, columns}:
        by_month = tally(store, only=only, rows=Dimension.MONTH, columns=columns)
        sheets.append(as_sheet(store, by_month, measure=measure, name="按月"))
    beside = imported_beside(store, only=only, rows=rows, columns=columns, measure=measure)
    for number, one in enumerate(beside, start=1):
        sheets.append(imported_sheet(counted, one, measure=measure, name=f"导入的{number}"))
    put_in_place(path, tally_workbook(sheets))
    return path


def period(year: int, quarter: int, today: date) -> tuple[date, date]:
    """First and last day of a year (quarter 0) or a quarter, not beyond today where it has begun."""
    first = date(year, 1 if quarter == 0 else quarter * 3 - 2, 1)
    last = date(year, 12, 31) if quarter in {0, 4} else date(year, quarter * 3 + 1, 1) - date.resolution
    return first, min(last, today) if first <= today else last


def as_plain(store: Store, *, only: TallyFilter, rows: Dimension, columns: Dimension | None) -> dict[str, object]:
    """A tally as JSON holds it: one entry a cell, one a row's total where there are columns, and one for all."""
    counted = tally(store, only=only, rows=rows, columns=columns)
    cells: list[dict[str, object]] = []
    for row in counted.row_keys:
        words: dict[str, object] = {rows.value: _plain_key(counted, rows, row)}
        if columns is None:
            cells.append(words | _plain(counted.row_totals[row]))
            continue
        for column in counted.column_keys:
            if (row, column) in counted.cells:
                told = {columns.value: _plain_key(counted, columns, column)}
                cells.append(words | told | _plain(counted.cells[row, column]))
    days = {"first": only.first.isoformat(), "last": only.last.isoformat()}
    came_in = [
        {"source": one.source, "taken_on": one.taken_on.isoformat(), "total": one.total, "figures": len(one.figures)}
        for one in imported_beside(store, only=only, rows=rows, columns=columns, measure="quantity")
    ]
    return {**days, "cells": cells, "total": _plain(counted.total), "imported": came_in}


def _plain_key(counted: Tally, dimension: Dimension, key: Key) -> str:
    return str(key) if dimension is Dimension.MONTH else key_words(counted, dimension, key)


def _plain(figures: Figures) -> dict[str, object]:
    return {
        "visits": figures.visits,
        "people": figures.people,
        "quantities": figures.quantities,
        "minutes": figures.minutes,
        "mean_score": figures.mean_score,
        "satisfaction": figures.satisfaction,
        "coverage": figures.coverage,
    }
