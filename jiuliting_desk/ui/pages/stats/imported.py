"""Figures that came in as tally sheets: their lines in the pivot, and what stands behind each."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.tally_export import key_words, month_words
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.tallies import Dimension, ImportedTally, Key, Tally
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.stats.pivot import PivotCell
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label

MORE_COLUMNS = 4
"""Columns behind the total that sheets do not tell: people, hours, score, coverage."""


class ImportedLines(QObject):
    """Puts the lines of imported tallies below the computed ones; they are never added to them."""

    def row(self, found: ImportedTally, columns: Sequence[Key], key: Key) -> list[PivotCell] | None:
        """The line below one row; None where the sheet says nothing of it."""
        if key not in found.row_keys:
            return None
        cells = [self._cell(found, found.cells.get((key, one)), key, one) for one in columns]
        return self._line(found, cells, self._cell(found, found.row_total(key), key, None))

    def total(self, found: ImportedTally, columns: Sequence[Key]) -> list[PivotCell]:
        """The line below the totals."""
        cells = [self._cell(found, found.column_total(one), None, one) for one in columns]
        return self._line(found, cells, self._cell(found, found.total, None, None))

    def _line(self, found: ImportedTally, cells: list[PivotCell], total: PivotCell) -> list[PivotCell]:
        name = PivotCell(text=self.tr("　导入：{source}").format(source=found.source), source=found.source)
        return [name, *cells, total, *[PivotCell(text="", source=found.source)] * MORE_COLUMNS]

    def _cell(self, found: ImportedTally, value: float | None, row: Key | None, column: Key | None) -> PivotCell:
        text = f"{value:g}" if value else "0"
        # Without a value: a block over both kinds of figures does not add them up.
        return PivotCell(text=text, row=row, column=column, source=found.source, opens=bool(value))


def merged_keys(
    own: Sequence[Key], tallies: Sequence[ImportedTally], *, of_rows: bool, order: dict[Key, int]
) -> list[Key]:
    """The computed keys and those that only sheets have, in one order where there is one."""
    extra = dict.fromkeys(key for one in tallies for key in (one.row_keys if of_rows else one.column_keys))
    found = list(dict.fromkeys((*own, *extra)))
    if not order and all(isinstance(key, str) for key in found):
        return sorted(found, key=str)
    return sorted(found, key=lambda key: order.get(key, len(order))) if order else found


class ImportedDialog(WindowDialog):
    """The figures of a sheet behind one figure of the pivot."""

    def __init__(
        self, session: Session, found: ImportedTally, counted: Tally, keys: dict[Dimension, Key], parent: QWidget | None
    ) -> None:
        words = [key_words(counted, dimension, key) for dimension, key in keys.items()]
        super().__init__(
            self.tr("{what}：导入的数字").format(what="　".join(words) or self.tr("合计")), width=720, parent=parent
        )
        store = session.store
        categories = {one.id: one.name for one in store.all(ServiceCategory)}
        committees = {one.id: one.name for one in store.all(ResidentsCommittee)}
        compounds = {one.id: one.name for one in store.all(Compound)}
        day = labels.day(found.taken_on)
        self.body.addWidget(
            label(
                self.tr("来自“{source}”，{day}的表。不在本系统算的数字里。").format(source=found.source, day=day),
                wrap=True,
            )
        )
        self.table: RecordTable[ImportedFigure] = RecordTable(
            (
                Column(key="month", title=self.tr("月份"), cell=lambda one: month_words(one.month), width=110),
                Column(
                    key="committee",
                    title=self.tr("居委"),
                    cell=lambda one: committees.get(one.committee_id or 0, ""),
                    width=150,
                    stretch=1,
                ),
                Column(
                    key="compound",
                    title=self.tr("小区"),
                    cell=lambda one: compounds.get(one.compound_id or 0, ""),
                    width=110,
                ),
                Column(
                    key="category",
                    title=self.tr("项目"),
                    cell=lambda one: categories.get(one.category_id or 0, ""),
                    width=110,
                ),
                Column(key="who", title=self.tr("谁去的"), cell=lambda one: one.provider_name, width=110),
                Column(
                    key="quantity", title=self.tr("数字"), cell=lambda one: f"{one.quantity:g}", width=80, right=True
                ),
            ),
            key=lambda one: one.id,
            multi=False,
        )
        self.table.setMinimumHeight(theme.px(320))
        self.table.set_rows([one for one in found.figures if _is_meant(one, keys)])
        self.table.choose_first()
        self.body.addWidget(self.table)
        self.foot.addStretch(1)
        self.foot.addWidget(button(self.tr("看完了"), self.accept))


def _is_meant(figure: ImportedFigure, keys: dict[Dimension, Key]) -> bool:
    values: dict[Dimension, Key] = {
        Dimension.CATEGORY: figure.category_id or 0,
        Dimension.MONTH: figure.month,
        Dimension.COMMITTEE: figure.committee_id or 0,
        Dimension.COMPOUND: figure.compound_id or 0,
    }
    return all(values.get(dimension, key) == key for dimension, key in keys.items())
