"""The page 统计汇总: a period, by what, which measure; a pivot, two charts, the sentence, the workbook."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from jiuliting_desk.actions import tallies
from jiuliting_desk.actions.imported_tallies import imported_beside
from jiuliting_desk.actions.tally_export import export_tally, key_words, measured, month_words, period
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.errors import FileBlocked
from jiuliting_desk.model.feedback import Feedback
from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.tallies import Dimension, Figures, ImportedTally, Key, Tally, TallyFilter
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.exporting import open_folder
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.page import Key as PageKey
from jiuliting_desk.ui.page import Page
from jiuliting_desk.ui.pages.stats.behind import BehindDialog
from jiuliting_desk.ui.pages.stats.charts import MonthBars, MonthChart, ServiceBar, ServiceChart
from jiuliting_desk.ui.pages.stats.imported import ImportedDialog, ImportedLines, merged_keys
from jiuliting_desk.ui.pages.stats.pivot import Pivot, PivotCell
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.fields import CheckField, ChoiceField
from jiuliting_desk.ui.widgets.layout import column, row, surface, wrapping
from jiuliting_desk.ui.widgets.text import Elide, label

YEARS_BACK = 5


class StatsPage(Page):
    """Visits that took place, counted; each figure opens the visits behind it."""

    watches: ClassVar = frozenset({Visit, Feedback, Need, ServiceCategory, ImportedFigure})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.tally: Tally | None = None
        self.imported: list[ImportedTally] = []
        self._lines = ImportedLines(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._choices())
        self.pivot = Pivot()
        self.pivot.opened.connect(self._open)
        self.pivot.selected_changed.connect(self._say_selection)
        self.empty = Empty(self.tr("这段时间没有上门。"), self.tr("换一个时间看看。"), icon="chart-column")
        self.months, self.services = MonthChart(), ServiceChart()
        self.months.opened.connect(self._open_month)
        self.services.opened.connect(self._open_service)
        self._services: list[int] = []
        charts = QSplitter(Qt.Orientation.Horizontal)
        charts.addWidget(self.months)
        charts.addWidget(self.services)
        charts.setStretchFactor(0, 3)
        charts.setStretchFactor(1, 2)
        charts.setChildrenCollapsible(False)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        table_side = QWidget()
        table_side.setLayout(column(self.pivot, self.empty, gap=0))
        self.parts.addWidget(table_side)
        self.parts.addWidget(charts)
        self.parts.setStretchFactor(0, 1)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        self.parts.splitterMoved.connect(self._on_moved)
        self._is_moved = False
        layout.addWidget(self.parts, 1)

    def _choices(self) -> QWidget:
        this_year = self.session.today().year
        self.year = ChoiceField(
            [(year, self.tr("{year} 年").format(year=year)) for year in range(this_year, this_year - YEARS_BACK, -1)]
        )
        self.quarter = Segmented([(0, self.tr("全年"))] + [(n, self.tr("{n} 季度").format(n=n)) for n in range(1, 5)])
        self.measure = Segmented(
            [
                ("visits", self.tr("上门次数")),
                ("people", self.tr("服务老人")),
                ("quantity", self.tr("数量")),
                ("minutes", self.tr("服务分钟")),
            ]
        )
        self.beside = CheckField(self.tr("并排看导入的"))
        self.beside.set_value(True)
        self.beside.edited.connect(self._show_table)
        self.rows = ChoiceField(
            [
                (one, labels.label(one))
                for one in (
                    Dimension.COMMITTEE,
                    Dimension.MONTH,
                    Dimension.COMPOUND,
                    Dimension.PROVIDER,
                    Dimension.AGE_BAND,
                )
            ]
        )
        self.quarter.choose(0)
        self.measure.choose("visits")
        self.year.edited.connect(self.refresh)
        self.rows.edited.connect(self.refresh)
        self.quarter.chosen.connect(lambda _one: self.refresh())
        self.measure.chosen.connect(lambda _one: self._show_table())
        by = QWidget()
        by.setLayout(row(label(self.tr("按"), "field"), self.rows, gap=6))
        self.copy_button = button(self.tr("复制表格"), self.copy_table, icon="copy", size="s")
        self.sentence_button = button(self.tr("复制一句话"), self.copy_sentence, icon="message-circle", size="s")
        self.export_button = button(self.tr("导出 Excel"), self.export, kind="primary", icon="file-spreadsheet")
        self.head = Elide("", "h3")
        self.hint = label(self.tr("双击格子、柱子看是哪几次"), "cap")
        line = row(self.head, self.hint, margins=(0, 20, 8, 20))
        line.setStretch(0, 1)
        choices = wrapping(
            self.year, self.quarter, by, self.measure, self.beside, self.copy_button, self.sentence_button
        )
        upper = row(choices, self.export_button, margins=(12, 20, 8, 20), gap=12)
        upper.setStretch(0, 1)
        upper.setAlignment(self.export_button, Qt.AlignmentFlag.AlignTop)
        return surface("page", column(upper, line, gap=0))

    # -- reading

    @property
    def only(self) -> TallyFilter:
        """The period."""
        first, last = period(int(self.year.value()), int(self.quarter.value()), self.session.today())
        return TallyFilter(first=first, last=last)

    def refresh(self) -> None:
        """Count anew."""
        store, only = self.session.store, self.only
        rows = Dimension(self.rows.value())
        self.tally = tallies.tally(store, only=only, rows=rows, columns=Dimension.CATEGORY)
        self._show_table()
        self._show_charts()

    def _show_table(self) -> None:
        counted = self.tally
        if counted is None:
            return
        measure = str(self.measure.value())
        self.imported = imported_beside(
            self.session.store, only=counted.only, rows=counted.rows, columns=counted.columns, measure=measure
        )
        self.beside.setVisible(bool(self.imported))
        shown = self.imported if self.beside.value() else []
        has_any = bool(counted.row_keys or shown)
        self.pivot.setVisible(has_any)
        self.empty.setVisible(not has_any)
        words = {
            "visits": self.tr("上门次数"),
            "people": self.tr("服务老人"),
            "quantity": self.tr("数量"),
            "minutes": self.tr("服务分钟"),
        }[measure]
        first, last = counted.only.first, counted.only.last
        said = self.tr("{first} 到 {last}　{what}　取消的、没人在家的、志愿者没来的不算").format(
            first=labels.day(first), last=labels.day(last), what=words
        )
        self.head.setText(said + (self.tr("　蓝字是导入的，不合在一起") if shown else ""))
        places = {key: at for at, key in enumerate(counted.labels[Dimension.CATEGORY])}
        columns = merged_keys(counted.column_keys, shown, of_rows=False, order=places)
        header = [labels.label(counted.rows)]
        header += [key_words(counted, Dimension.CATEGORY, key) for key in columns]
        header += [self.tr("合计"), self.tr("服务老人"), self.tr("小时"), self.tr("平均分"), self.tr("督导率")]
        order = {key: at for at, key in enumerate(counted.labels[counted.rows])}
        table = []
        for key in merged_keys(counted.row_keys, shown, of_rows=True, order=order):
            total = counted.row_totals.get(key, Figures())
            table.append(
                [
                    PivotCell(text=key_words(counted, counted.rows, key), row=key),
                    *[self._figure(counted.cell(key, one), measure, key, one) for one in columns],
                    self._figure(total, measure, key, None, is_total=True),
                    *self._more(total, key),
                ]
            )
            table += filter(None, (self._lines.row(one, columns, key) for one in shown))
        table.append(
            [
                PivotCell(text=self.tr("合计"), is_total=True),
                *[
                    self._figure(counted.column_totals.get(one, Figures()), measure, None, one, is_total=True)
                    for one in columns
                ],
                self._figure(counted.total, measure, None, None, is_total=True),
                *self._more(counted.total, None, is_total=True),
            ]
        )
        table += [self._lines.total(one, columns) for one in shown]
        self.pivot.show_figures(header, table)
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table has what it needs first, the charts what is left."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        if self._is_moved:
            return
        whole = self.parts.height()
        table = max(min(self.pivot.wanted_height(), whole - self.months.minimumHeight()), whole // 3)
        self.parts.setSizes([table, whole - table])

    def _on_moved(self) -> None:
        self._is_moved = True

    def _figure(
        self, figures: Figures, measure: str, row_key: Key | None, column_key: Key | None, *, is_total: bool = False
    ) -> PivotCell:
        value = measured(figures, measure)
        return PivotCell(
            text=str(value), value=value, row=row_key, column=column_key, is_total=is_total, opens=figures.visits > 0
        )

    def _more(self, figures: Figures, row_key: Key | None, *, is_total: bool = False) -> list[PivotCell]:
        score, coverage = figures.mean_score, figures.coverage
        texts = (
            (str(figures.people), figures.people),
            (f"{figures.hours:.1f}", figures.hours),
            ("—" if score is None else f"{score:.1f}", score),
            ("—" if coverage is None else f"{coverage:.0%}", None),
        )
        opens = figures.visits > 0
        return [PivotCell(text=text, value=value, row=row_key, is_total=is_total, opens=opens) for text, value in texts]

    def _show_charts(self) -> None:
        store, today, year = self.session.store, self.session.today(), int(self.year.value())
        self.months.show_bars(
            MonthBars(
                year=year,
                now=self._by_month(year),
                before=self._by_month(year - 1),
                unfinished=today.month if year == today.year else 0,
            )
        )
        counted = tallies.tally(store, only=self.only, rows=Dimension.CATEGORY)
        waiting = tallies.need_counts(store, only=self.only, by=Dimension.CATEGORY)
        categories = store.where(ServiceCategory, active=True, order="position")
        self._services = [one.id for one in categories]
        self.services.show_bars(
            tuple(
                ServiceBar(
                    name=one.name,
                    done=counted.row_totals.get(one.id, Figures()).visits,
                    waiting=waiting.get(one.id, (0, 0))[1],
                )
                for one in categories
            )
        )

    def _by_month(self, year: int) -> tuple[int, ...]:
        first, last = period(year, 0, self.session.today())
        counted = tallies.tally(self.session.store, only=TallyFilter(first=first, last=last), rows=Dimension.MONTH)
        return tuple(counted.row_totals.get(f"{year}-{month:02d}", Figures()).visits for month in range(1, 13))

    # -- doing

    def _open(self, cell: PivotCell) -> None:
        if self.tally is None:
            return
        keys: dict[Dimension, Key] = {}
        if isinstance(cell.row, int | str):
            keys[self.tally.rows] = cell.row
        if isinstance(cell.column, int | str):
            keys[Dimension.CATEGORY] = cell.column
        source = next((one for one in self.imported if one.source == cell.source), None)
        if source is not None:
            parent = self.session.dialogs.window
            self.session.dialogs.show(ImportedDialog(self.session, source, self.tally, keys, parent))
            return
        names = [key_words(self.tally, dimension, key) for dimension, key in keys.items()]
        self._show_behind(self.tally.only, keys, "　".join(names) or self.tr("合计"))

    def _open_month(self, place: int) -> None:
        """All visits of a month of the year, as the chart counts them."""
        year = int(self.year.value())
        first, last = period(year, 0, self.session.today())
        month = f"{year}-{place + 1:02d}"
        self._show_behind(TallyFilter(first=first, last=last), {Dimension.MONTH: month}, month_words(month))

    def _open_service(self, place: int) -> None:
        category_id = self._services[place]
        name = self.session.store.get(ServiceCategory, category_id).name
        self._show_behind(self.only, {Dimension.CATEGORY: category_id}, name)

    def _show_behind(self, only: TallyFilter, keys: dict[Dimension, Key], what: str) -> None:
        found = tallies.behind(self.session.store, only=only, keys=keys)
        title = self.tr("{what}：{count} 次上门").format(what=what, count=len(found))
        self.session.dialogs.show(BehindDialog(self.session, title, found, self.session.dialogs.window))

    def _say_selection(self, values: list[float]) -> None:
        if len(values) < 2:
            self.hint.setText(self.tr("双击格子、柱子看是哪几次"))
            return
        self.hint.setText(
            self.tr("选中 {count} 格　合计 {total:g}　平均 {mean:.1f}　最大 {most:g}").format(
                count=len(values), total=sum(values), mean=sum(values) / len(values), most=max(values)
            )
        )

    def copy_table(self) -> None:
        """The whole table for the clipboard."""
        self.pivot.copy_block(everything=True)
        self.session.say(self.tr("整张表已复制，到 Excel 或 WPS 里粘贴就行。"), tone="info")

    def copy_sentence(self) -> None:
        """近 300 天：… as the office would write it."""
        text = tallies.sentence(self.session.store, today=self.session.today())
        if not text:
            self.session.say(self.tr("近 300 天还没有上门，写不出这一句。"), tone="info")
            return
        QGuiApplication.clipboard().setText(text)
        self.session.say(self.tr("已复制：{text}").format(text=text), tone="info")

    def export(self) -> None:
        """Write the workbook."""
        only, rows, measure = self.only, Dimension(self.rows.value()), str(self.measure.value())
        name = self.tr("{first} 至 {last} 汇总.xlsx").format(first=only.first, last=only.last)

        def work(path: Path, store: Store, _progress: Progress) -> Path:
            try:
                return export_tally(store, only=only, rows=rows, columns=Dimension.CATEGORY, measure=measure, path=path)
            except OSError as error:
                raise FileBlocked(name=path.name, folder=str(path.parent)) from error

        def chosen(path: Path) -> None:
            self.session.run_store_job(partial(work, path), title=self.tr("导出 Excel"), on_done=self._on_exported)

        self.session.dialogs.save_file(self.tr("汇总表存到哪里"), name, self.tr("Excel 表 (*.xlsx)"), chosen)

    def _on_exported(self, path: Path) -> None:
        self.session.say(
            self.tr("已存到 {path}").format(path=path),
            action=self.tr("打开所在文件夹"),
            run=lambda: open_folder(path),
        )

    def keys(self) -> tuple[PageKey, ...]:
        """Copy, open, export."""
        return (
            PageKey(keys="Ctrl+C", words=self.tr("复制选中的格子")),
            PageKey(keys="Return", words=self.tr("看是哪几次"), shown_as="Enter"),
            PageKey(keys="Ctrl+E", words=self.tr("导出 Excel"), run=self.export),
            PageKey(keys="Ctrl+Return", run=self.export),
        )

    def take_focus(self) -> None:
        """The table."""
        self.pivot.setFocus()
