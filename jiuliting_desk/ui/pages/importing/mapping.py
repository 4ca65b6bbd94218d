"""The second step, left: which table, what it is a list of, and which column goes where; only the doubtful coloured."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.imports.draft import PLANNED_KINDS, Draft
from jiuliting_desk.sheets.tables import Kind, Omission, ReadTable
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.importing.column_grid import ColumnGrid, letter_of
from jiuliting_desk.ui.pages.importing.word_questions import WordQuestions
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.fields import CheckField, ChoiceField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, scrolled, surface
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.widgets.turns import Piece
from jiuliting_desk.ui.words import workbooks

WIDTH = 340
SHORT_NAMES = 16
"""Signs of the names of hidden columns that have room in their line."""


class MappingPanel(QWidget):
    """Says what it was told through signals; the page reads the draft anew and shows it again."""

    table_chosen = Signal(int)
    """Its place among the draft's tables."""
    switched = Signal(bool)
    kind_chosen = Signal(object)
    header_wanted = Signal()
    empty_keep_changed = Signal(bool)
    remember_changed = Signal(bool)
    hidden_rows_wanted = Signal(bool)
    hidden_columns_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(WIDTH))
        self.grid = ColumnGrid()
        self.questions = WordQuestions()
        self.tables = ChoiceField(size="s")
        self.tables.edited.connect(lambda: self.table_chosen.emit(self.tables.value()))
        self.is_on = CheckField(self.tr("导入这张表"))
        self.is_on.edited.connect(lambda: self.switched.emit(self.is_on.value()))
        self.kind = ChoiceField(size="s")
        self.kind.edited.connect(lambda: self.kind_chosen.emit(self.kind.value()))
        self.header_button = button("", self.header_wanted.emit, kind="link")
        self.left_out = label("", "cap", wrap=True)
        self.hidden_rows = CheckField("")
        self.hidden_rows.edited.connect(lambda: self.hidden_rows_wanted.emit(self.hidden_rows.value()))
        self.hidden_columns = CheckField("")
        self.hidden_columns.edited.connect(lambda: self.hidden_columns_wanted.emit(self.hidden_columns.value()))
        self.empty_keep = CheckField(self.tr("空格子不覆盖原来的内容"))
        self.empty_keep.edited.connect(lambda: self.empty_keep_changed.emit(self.empty_keep.value()))
        self.remember = CheckField(self.tr("记住这样对应，下次同表头直接用"))
        self.remember.edited.connect(lambda: self.remember_changed.emit(self.remember.value()))
        self._title = label(self.tr("对应列"), "h2")
        self.doubt_button = button("", self.look_at_doubt, kind="link", icon="circle-help")
        self._area = scrolled(self._body())
        self._area.setMinimumHeight(theme.px(160))
        head = column(
            row(self._title, self.doubt_button, STRETCH, self.header_button),
            self.tables,
            row(label(self.tr("这是"), "field"), self.kind, gap=8),
            self.is_on,
            self.hidden_rows,
            self.hidden_columns,
            margins=(12, 16, 8, 16),
            gap=8,
        )
        panel = surface("panel", column(head, hairline(), self._area, gap=0))
        self.setLayout(column(panel))

    def _body(self) -> QWidget:
        body = QWidget()
        self._rule_title = label(self.tr("怎么算同一个人"), "field")
        self._rule = label(
            self.tr("身份证号相同，或者同名又同电话、同住址，算同一个人；同名同生日、同住址读音一样的会问您。"),
            "cap",
            wrap=True,
        )
        below = column(
            self.questions,
            self._rule_title,
            self._rule,
            self.empty_keep,
            self.remember,
            self.left_out,
            margins=(12, 16),
            gap=8,
        )
        body.setLayout(column(self.grid, below, STRETCH, gap=0))
        return body

    # -- showing

    def showing(self, draft: Draft, place: int) -> Iterator[Piece]:
        """The pieces of work that show one table of a draft."""
        table = draft.tables[place]
        yield lambda: self._show_head(draft, place)
        yield from self.grid.filling(table, draft.vocabulary.categories)
        yield lambda: self._show_doubt(self.grid.shown(table))
        yield lambda: self.questions.show_draft(draft)
        yield lambda: self._show_left_out(table)

    def _show_head(self, draft: Draft, place: int) -> None:
        table = draft.tables[place]
        self.tables.set_choices([(at, self._table_words(draft, each)) for at, each in enumerate(draft.tables)])
        self.tables.set_value(place)
        self.tables.setVisible(len(draft.tables) > 1)
        self.is_on.set_value(draft.is_on(table))
        self.is_on.setVisible(len(draft.tables) > 1 or table.hidden)
        self._show_hidden(draft, table)
        kinds = [kind for kind in Kind if kind in PLANNED_KINDS or kind is table.kind]
        self.kind.set_choices([(kind, workbooks.kind(kind)) for kind in kinds])
        self.kind.set_value(table.kind)
        theme.mark(self.kind, state="" if table.kind in PLANNED_KINDS else "warn")
        self.header_button.setText(
            self.tr("表头在第 {row} 行").format(row=table.header_row) if table.header_row else self.tr("没有表头")
        )
        self.empty_keep.set_value(draft.choices.empty_cells_keep)
        self.remember.set_value(draft.remember)
        for widget in (self._rule_title, self._rule, self.empty_keep):
            widget.setVisible(table.kind not in {Kind.TALLY, Kind.PLACES})

    def _table_words(self, draft: Draft, table: ReadTable) -> str:
        words = self.tr("“{sheet}” {count} 行").format(sheet=table.sheet, count=len(table.rows))
        if table.hidden:
            words = self.tr("{table}（隐藏的表）").format(table=words)
        return words if draft.is_on(table) else self.tr("{table} · 不导入").format(table=words)

    def _show_doubt(self, count: int) -> None:
        self.doubt_button.setText(self.tr("%n 列待选", "", count))
        self.doubt_button.setVisible(count > 0)

    def look_at_doubt(self) -> None:
        """Bring the first column that is asked about into sight, with the keyboard on it."""
        combo = self.grid.first_doubtful()
        if combo is not None:
            combo.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(combo)

    def look_at_top(self) -> None:
        """Begin with the first column, whatever was looked at in another workbook."""
        self._area.verticalScrollBar().setValue(0)

    def _show_left_out(self, table: ReadTable) -> None:
        counts: dict[str, int] = {}
        for left in table.left_out:
            words = workbooks.omission(left.why)
            counts[words] = counts.get(words, 0) + left.last_row - left.first_row + 1
        parts = [self.tr("{what} {count} 行").format(what=words, count=count) for words, count in counts.items()]
        if table.hidden_columns:
            parts.append(self.tr("隐藏的列：{columns}").format(columns=_column_names(table)))
        self.left_out.setText(self.tr("没有算进来的：{parts}").format(parts="，".join(parts)) if parts else "")
        self.left_out.setVisible(bool(parts))
        self.left_out.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def _show_hidden(self, draft: Draft, table: ReadTable) -> None:
        """What the sender hid, and whether it comes in all the same."""
        with_rows, with_columns = draft.with_hidden(table)
        rows = sum(left.last_row - left.first_row + 1 for left in table.left_out if left.why is Omission.HIDDEN)
        names, count = _column_names(table), len(table.hidden_columns)
        some_rows = self.tr("隐藏的 {count} 行也导入").format(count=rows)
        self.hidden_rows.setText(some_rows if rows else self.tr("隐藏的行也导入"))
        some_columns = self.tr("隐藏的 {count} 列也导入").format(count=count)
        if len(names) <= SHORT_NAMES:
            some_columns = self.tr("隐藏的列也导入：{columns}").format(columns=names)
        self.hidden_columns.setText(some_columns if count else self.tr("隐藏的列也导入"))
        for field, there, on in ((self.hidden_rows, rows, with_rows), (self.hidden_columns, count, with_columns)):
            field.setVisible(bool(there) or on)
            field.set_value(on)


def _column_names(table: ReadTable) -> str:
    """The hidden columns as spreadsheets call them, with their headers where they have one."""
    headers = {} if table.is_no_list else {match.index: match.header for match in table.columns}
    return "、".join(" ".join((letter_of(at), *headers.get(at, ())[-1:])) for at in table.hidden_columns)
