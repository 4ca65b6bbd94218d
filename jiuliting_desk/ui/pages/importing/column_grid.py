"""Which column of a sheet goes where: a line for each, only the doubtful coloured."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from jiuliting_desk.actions.imports.doubts import is_doubtful
from jiuliting_desk.sheets.tables import ColumnMatch, Kind, ReadTable
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.text import Elide, label
from jiuliting_desk.ui.widgets.turns import Piece
from jiuliting_desk.ui.words import workbooks

ASK = "?"
"""The key of a doubtful choice while nothing is chosen."""

CHOICE_WIDTH = 168

AT_ONCE = 3
"""Lines that are made in one turn of the event loop: each takes some milliseconds."""


def letter_of(index: int) -> str:
    """A column as spreadsheets call it: A, B … AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def narrow_choice() -> ChoiceField:
    """A choice as wide as the panel leaves room for, whatever its words."""
    combo = ChoiceField(size="s")
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setFixedWidth(theme.px(CHOICE_WIDTH))
    return combo


class ColumnGrid(QWidget):
    """Lines of letter, header and choice; they are kept and filled anew, for making them takes time."""

    chosen = Signal(object, str)
    """A ColumnMatch and the field it is from now on, "" for none."""

    def __init__(self) -> None:
        super().__init__()
        self.combos: dict[int, ChoiceField] = {}
        """By the column's index on the sheet."""
        self._lines: list[_Line] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        for at, words in enumerate((self.tr("列"), self.tr("Excel 表头"), self.tr("写到哪里"))):
            self._grid.addWidget(label(words, "field"), 0, at)

    def shown(self, table: ReadTable) -> int:
        """How many columns of a table are doubtful."""
        return sum(is_doubtful(match) for match in _told(table))

    def filling(self, table: ReadTable, services: Iterable[str]) -> Iterator[Piece]:
        """The pieces of work that show a table's columns; a column of ticks may stand for one of ``services``."""
        matches = _told(table)
        offered = _offered(table.kind, services)
        yield lambda: self._begin(len(matches))
        for start in range(0, len(matches), AT_ONCE):
            yield lambda start=start: self._fill(table, matches, start, offered)  # type: ignore[misc]

    def first_doubtful(self) -> ChoiceField | None:
        """The first choice that is still asked for, None where all are settled."""
        return next((combo for combo in self.combos.values() if combo.value() == ASK), None)

    def _begin(self, count: int) -> None:
        self.combos = {}
        for line in self._lines[count:]:
            line.set_visible(False)

    def _fill(self, table: ReadTable, matches: list[ColumnMatch], start: int, offered: Sequence[str]) -> None:
        for at, match in enumerate(matches[start : start + AT_ONCE], start=start):
            if at == len(self._lines):
                self._lines.append(_Line(self, self._grid, at + 1))
            line = self._lines[at]
            line.show(table, match, offered)
            self.combos[match.index] = line.combo


def _told(table: ReadTable) -> list[ColumnMatch]:
    """The columns in which something stands, those without a header too."""
    return [match for match in table.columns if match.title or match.field or match.why != "hidden"]


def _offered(kind: Kind, services: Iterable[str]) -> list[str]:
    offered = list(workbooks.OFFERED.get(kind, ()))
    for field, ticked in (("needs", "need"), ("skills", "skill")):
        if field in offered:
            at = offered.index(field) + 1
            offered[at:at] = [f"{ticked}:{service}" for service in services]
    return offered


class _Line(QObject):
    """One column of the sheet."""

    def __init__(self, grid: ColumnGrid, layout: QGridLayout, row: int) -> None:
        super().__init__(grid)
        self._grid = grid
        self._match: ColumnMatch | None = None
        self._letter = label("", "cap")
        self._title = Elide()
        self.combo = narrow_choice()
        self.combo.edited.connect(self._on_edited)
        for at, widget in enumerate((self._letter, self._title, self.combo)):
            layout.addWidget(widget, row, at)

    def set_visible(self, visible: bool) -> None:
        for widget in (self._letter, self._title, self.combo):
            widget.setVisible(visible)

    def show(self, table: ReadTable, match: ColumnMatch, offers: Sequence[str]) -> None:
        self._match = match
        self._letter.setText("" if table.is_no_list else letter_of(match.index))
        self._title.setText(self._header_words(match))
        doubtful = is_doubtful(match)
        offered = list(offers)
        if match.field and match.field not in offered:
            offered.insert(0, match.field)
        choices = [(field, workbooks.destination(field, table.kind)) for field in offered]
        choices.append(("", self.tr("不导入（隐藏的列）") if match.why == "hidden" else self.tr("不导入")))
        if doubtful:
            choices.insert(0, (ASK, self._question(match)))
        self.combo.set_choices(choices)
        self.combo.set_value(ASK if doubtful else match.field)
        theme.mark(self.combo, state="warn" if doubtful else "")
        self.combo.setAccessibleName(self.tr("{header} 写到哪里").format(header=match.title))
        self.set_visible(True)

    def _header_words(self, match: ColumnMatch) -> str:
        """The lowest level of a header, with the group above it."""
        if not match.header:
            return self.tr("（没有表头）")
        leaf, *groups = (" ".join(level.split()) for level in reversed(match.header))
        return self.tr("{header}（{group}）").format(header=leaf, group=groups[0]) if groups else leaf

    def _question(self, match: ColumnMatch) -> str:
        if match.field:
            return self.tr("{meaning}？").format(meaning=workbooks.meaning(match.field))
        return self.tr("请选一个")

    def _on_edited(self) -> None:
        if self._match is not None and self.combo.value() != ASK:
            self._grid.chosen.emit(self._match, self.combo.value())
