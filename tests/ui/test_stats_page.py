"""统计汇总 on the real window: the figures, what stands behind them, the copy, the workbook."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.model.tallies import Dimension
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.stats import StatsPage
from jiuliting_desk.ui.pages.stats.behind import BehindDialog
from jiuliting_desk.ui.pages.stats.charts import nice_step
from jiuliting_desk.ui.pages.stats.imported import ImportedDialog
from jiuliting_desk.ui.session import Session
from tests.ui.hands import click, gone, press
from tests.ui.scripted import ScriptedDialogs

DAY = date(2026, 3, 18)


@pytest.fixture
def page(session: Session, open_window: Callable[..., MainWindow]) -> StatsPage:
    """The page over invented visits."""
    with session.store.operation("demo"):
        fill_with_demo(session.store, elders=40, volunteers=10, visits=120, seed=2, today=DAY)
    window = open_window("stats")
    found = window.current_page()
    assert isinstance(found, StatsPage)
    return found


def done_since_new_year(session: Session) -> int:
    count = session.store.value(
        "SELECT count(*) FROM visit WHERE state = 'done' AND day BETWEEN '2026-01-01' AND '2026-03-18'"
    )
    assert count > 0
    return int(count)


def test_totals_are_those_of_the_file(page: StatsPage, session: Session) -> None:
    model = page.pivot.pivot_model
    sums = model.header.index("合计")
    assert model.rows[-1][sums].text == str(done_since_new_year(session))
    assert sum(int(row[sums].text) for row in model.rows[:-1]) == done_since_new_year(session)
    bars = page.months.bars
    assert bars is not None
    assert sum(bars.now) == done_since_new_year(session)
    assert bars.unfinished == 3


def test_a_figure_opens_its_visits(page: StatsPage, dialogs: ScriptedDialogs, session: Session) -> None:
    model = page.pivot.pivot_model
    column = model.header.index("合计")
    page.pivot.setCurrentIndex(model.index(0, column))
    QTest.keyClick(page.pivot, Qt.Key.Key_Return)
    (dialog,) = dialogs.shown
    assert isinstance(dialog, BehindDialog)
    assert len(dialog.table.rows()) == int(model.rows[0][column].text)
    dialog.accept()
    for place, row in ((len(model.header) - 1, 0), (column + 1, len(model.rows) - 1)):
        page.pivot.setCurrentIndex(model.index(row, place))
        QTest.keyClick(page.pivot, Qt.Key.Key_Return)
        opened = dialogs.shown[-1]
        assert isinstance(opened, BehindDialog)
        assert len(opened.table.rows()) == int(model.rows[row][column].text)
        with_cadre = sum(opened.table.cell_text(at, "cadre") != "—" for at in range(len(opened.table.rows())))
        share = with_cadre / len(opened.table.rows())
        assert model.rows[row][-1].text == f"{share:.0%}"
        opened.accept()


def test_a_bar_opens_its_visits(page: StatsPage, dialogs: ScriptedDialogs, qtbot: QtBot) -> None:
    bars = page.months.bars
    assert bars is not None
    room = QRect(56, 48, page.months.width() - 72, page.months.height() - 80)
    for month in range(12):
        before = len(dialogs.shown)
        at = QPoint(room.left() + room.width() * (2 * month + 1) // 24, room.bottom() - 4)
        click(page.months, at, twice=True)
        assert (len(dialogs.shown) > before) == bool(bars.now[month])
        if bars.now[month]:
            opened = dialogs.shown[-1]
            assert isinstance(opened, BehindDialog)
            assert len(opened.table.rows()) == bars.now[month]
            assert {line.visit.day.month for line in opened.table.rows()} == {month + 1}
            press(opened, Qt.Key.Key_Escape)
            gone(opened, qtbot)
    services = page.services
    high = services.height() - 60
    for place, bar in enumerate(services.bars):
        before = len(dialogs.shown)
        click(services, QPoint(100, 44 + high * (2 * place + 1) // (2 * len(services.bars))), twice=True)
        assert (len(dialogs.shown) > before) == bool(bar.done)
        if bar.done:
            opened = dialogs.shown[-1]
            assert isinstance(opened, BehindDialog)
            assert len(opened.table.rows()) == bar.done
            press(opened, Qt.Key.Key_Escape)
            gone(opened, qtbot)


def test_a_block_is_summed_and_copied(page: StatsPage) -> None:
    model = page.pivot.pivot_model
    page.pivot.setCurrentIndex(model.index(0, 1))
    page.pivot.selectColumn(1)
    assert "合计" in page.hint.text()
    QTest.keyClick(page.pivot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [row[1].text for row in model.rows]
    page.copy_button.click()
    assert QGuiApplication.clipboard().text().startswith("\t".join(model.header))


def test_the_workbook_has_formulas_with_their_values(
    page: StatsPage, dialogs: ScriptedDialogs, tmp_path: Path, session: Session, qtbot: QtBot
) -> None:
    told: list[str] = []
    session.said.connect(lambda message: told.append(message.text))
    dialogs.paths = [tmp_path / "gone" / "tally.xlsx"]
    page.export_button.click()
    qtbot.waitUntil(lambda: bool(told) and not session.is_lent, timeout=20000)
    assert told[-1].startswith("“tally.xlsx”写不进")
    path = tmp_path / "tally.xlsx"
    dialogs.paths = [path]
    page.export_button.click()
    qtbot.waitUntil(lambda: told[-1] == f"已存到 {path}" and not session.is_lent, timeout=20000)
    with_formulas = openpyxl.load_workbook(path)["汇总"]
    with_values = openpyxl.load_workbook(path, data_only=True)["汇总"]
    sums = [cell.value for cell in with_values[3]].index("合计") + 1
    bottom = next(row for row in range(4, 100) if with_values.cell(row, 1).value == "合计")
    assert str(with_formulas.cell(bottom, sums).value).startswith("=SUM(")
    assert with_values.cell(bottom, sums).value == done_since_new_year(session)
    assert sum(with_values.cell(row, sums).value for row in range(4, bottom)) == done_since_new_year(session)
    assert with_formulas._charts  # noqa: SLF001  (openpyxl has no public list)


def test_a_period_without_visits_says_so(page: StatsPage) -> None:
    page.year.set_value(2022)
    page.refresh()
    assert page.empty.isVisibleTo(page)
    assert not page.pivot.isVisibleTo(page)


@pytest.mark.parametrize(("highest", "step"), [(1, 1), (7, 2), (24, 5), (142, 50), (900, 200)])
def test_grid_lines_stand_at_round_figures(highest: int, step: int) -> None:
    assert nice_step(highest) == step


def test_imported_figures_stand_below_the_computed_ones_with_their_source(
    page: StatsPage, session: Session, dialogs: ScriptedDialogs
) -> None:
    store = session.store
    with store.operation("import_sheet"):
        survey = store.add(NeedsSurvey(surveyed_on=DAY, source_file="tally_T.xlsx", kind="tally"))
        for category_id, quantity in ((3, 12.0), (4, 30.0)):
            store.add(
                ImportedFigure(
                    survey_id=survey.id, month="2026-01", committee_id=1, category_id=category_id, quantity=quantity
                )
            )
    page.refresh()
    model = page.pivot.pivot_model
    names = [row[0].text.strip("　") for row in model.rows]
    at = names.index("导入：tally_T.xlsx")
    assert model.rows[at - 1][0].row == 1
    haircut, sums = model.header.index("理发"), model.header.index("合计")
    assert (model.rows[at][haircut].text, model.rows[at][sums].text) == ("12", "42")
    assert names[-1] == "导入：tally_T.xlsx"
    assert model.rows[-2][sums].text == str(done_since_new_year(session))
    assert all(cell.value is None for cell in model.rows[at])
    page.pivot.setCurrentIndex(model.index(at, haircut))
    QTest.keyClick(page.pivot, Qt.Key.Key_Return)
    (dialog,) = dialogs.shown
    assert isinstance(dialog, ImportedDialog)
    assert [(one.month, one.quantity) for one in dialog.table.rows()] == [("2026-01", 12.0)]
    dialog.accept()
    page.beside.set_value(False)
    page.beside.edited.emit()
    assert not any(cell.source for row in model.rows for cell in row)
    page.year.set_value(2025)
    page.refresh()
    assert page.beside.isHidden()


def test_rows_by_month_are_named(page: StatsPage) -> None:
    page.rows.set_value(Dimension.MONTH)
    page.refresh()
    names = [row[0].text for row in page.pivot.pivot_model.rows]
    assert names == ["2026年1月", "2026年2月", "2026年3月", "合计"]
