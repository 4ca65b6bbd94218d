"""The table of records: filling and painting it at 50,000 rows, beside a bare QTableView of the same texts."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

ROWS = 50_000


def best(work: Callable[[], Any], times: int = 5) -> float:
    """The shortest of some runs, in seconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def run() -> Iterator[tuple[str, str, float, float, str]]:
    """Rows of the benchmark table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QTableView

    from jiuliting_desk.app import make_application
    from jiuliting_desk.ui import theme
    from tests.ui.kit import PEOPLE, people_table

    application = QCoreApplication.instance() or make_application(["benchmark"])
    theme.apply(application, theme.Look())  # type: ignore[arg-type]
    rows = [replace(PEOPLE[number % len(PEOPLE)], id=number) for number in range(ROWS)]
    ours = people_table()
    bare = QTableView()
    for table in (ours, bare):
        table.resize(1000, 700)
        table.show()
        # What is not exposed yet paints nothing.
        QTest.qWaitForWindowExposed(table)

    def fill_bare() -> None:
        model = QStandardItemModel(bare)
        for person in rows[:5000]:
            texts = (str(person.id), person.name, person.place, " ".join(person.tags), person.need, person.state)
            model.appendRow([QStandardItem(text) for text in texts])
        bare.setModel(model)
        bare.viewport().repaint()

    def fill_ours() -> None:
        ours.set_rows(rows)
        ours.viewport().repaint()

    floor = best(fill_bare, 1) * ROWS / 5000
    yield ("table: fill and paint", f"{ROWS} rows", best(fill_ours), floor, "QStandardItemModel, from 5,000 rows")
    repaint_floor = best(bare.viewport().repaint, 20)
    yield (
        "table: paint all that is seen",
        "19 x 6 cells",
        best(ours.viewport().repaint, 20),
        repaint_floor,
        "plain cells",
    )
    ours.close()
    bare.close()
