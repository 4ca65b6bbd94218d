"""Blank sheets that go out to be filled in, with the office's own services and compounds to choose from."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from jiuliting_desk.actions.list_cells import SEPARATOR
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.places import Compound
from jiuliting_desk.sheets import lists
from jiuliting_desk.sheets.writing import OutColumn, OutSheet, save_workbook
from jiuliting_desk.store import Store


class Template(StrEnum):
    """Which blank sheet."""

    SURVEY = "survey"
    VOLUNTEERS = "volunteers"


TEMPLATE_ROWS = 200


def save_template(store: Store, *, what: Template, path: Path) -> None:
    """Write a blank sheet with the office's own services and compounds in its drop-downs. Raises OSError."""
    categories = tuple(c.name for c in store.all(ServiceCategory, order="position") if c.active)
    compounds = tuple(c.name for c in store.all(Compound, order="name") if c.active)
    title, columns, sheet = {
        Template.SURVEY: ("需求排摸表", lists.SURVEY_TEMPLATE, "需求排摸"),
        Template.VOLUNTEERS: ("志愿者登记表", lists.VOLUNTEERS_TEMPLATE, "志愿者"),
    }[what]
    offered = {"服务需求": categories, "可服务项目": categories, "小区": compounds}
    info = "居委会：　　　　　　填报人：　　　　　　填报日期：　　　　　　（带 * 的必填）"
    filled: tuple[OutColumn, ...] = tuple(
        OutColumn(
            title=column.title,
            width=column.width,
            cells=column.cells,
            choices=offered.get(column.title, column.choices),
            wanted=column.wanted,
            hint=_hint(column, categories),
        )
        for column in columns
    )
    save_workbook(
        path,
        [
            OutSheet(
                name=sheet,
                title=title,
                info=info,
                columns=filled,
                rows=(),
                frozen_columns=2,
                blank_rows=TEMPLATE_ROWS,
            )
        ],
        creator=store.who,
    )


def _hint(column: OutColumn, categories: Sequence[str]) -> str:
    if column.title in {"服务需求", "可服务项目"}:
        return f"{column.hint}：{SEPARATOR.join(categories)}"
    return column.hint
