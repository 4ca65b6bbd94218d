"""没人能去: the needs that the plan leaves without anybody, each with its cause and the button of its first way out."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from jiuliting_desk.matching.explain import Explanation
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.matching.ways import step_words
from jiuliting_desk.ui.widgets.cells import text_width
from jiuliting_desk.ui.widgets.layout import column, row
from jiuliting_desk.ui.widgets.lines import Line, LineList, text_height
from jiuliting_desk.ui.widgets.text import Elide, label

LINES_SEEN = 3
MOST_SHARE = 0.32
"""Of the height that this and the plan have together."""


class Unserved(QWidget):
    """Those whom nobody may go to come before those for whom there is only no time."""

    need_chosen = Signal(int)
    step_wanted = Signal(object)
    """An Explanation whose way out is to be taken."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Mapping[int, tuple[str, str]] = {}
        self.count = label("", "strong", tone="bad")
        self.taken_count = Elide("", "sub")
        self.lines = LineList[Explanation](self._line, key=lambda found: found.need, uniform=True)
        self.lines.setAccessibleName(self.tr("没人能去"))
        self.lines.opened.connect(self.step_wanted)
        self.lines.current_changed.connect(self._on_current)
        self.lines.viewport().installEventFilter(self)
        self.lines.installEventFilter(self)
        self._title = label(self.tr("没人能去"), "h3")
        head = row(self._title, self.count, self.taken_count)
        head.setStretchFactor(self.taken_count, 1)
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(4))
        self._head = QWidget()
        self._head.setLayout(head)
        self.setLayout(column(self._head, self.lines, gap=0))

    def show_causes(self, causes: Sequence[Explanation], names: Mapping[int, tuple[str, str]]) -> None:
        """Say for whom nobody can go, why, and what to do next; ``names`` are elder and service by need."""
        self._names = names
        self.setVisible(bool(causes))
        taken = sum(cause.has_candidates for cause in causes)
        nobody = len(causes) - taken
        self.count.setText(str(nobody))
        for part in (self._title, self.count):
            part.setVisible(nobody > 0)
        self.taken_count.setText(self.tr("待选 {count}：有人能去，这次没排进").format(count=taken) if taken else "")
        self.lines.set_rows(sorted(causes, key=lambda cause: cause.has_candidates))

    def least_height(self) -> int:
        """That of the heading and one line."""
        return self._head.sizeHint().height() + self._line_height()

    def _line_height(self) -> int:
        return theme.px(16) + 2 * text_height()

    def fit(self, height: int, *, beside: int, is_low: bool) -> None:
        """Take the room of a few lines, of one at least, and at most the lesser part of ``height``; more where the
        plan, which needs the height ``beside``, leaves it. Where all is low the heading goes: the summary counts too.
        """
        line = self._line_height()
        self._head.setVisible(not is_low)
        head = 0 if is_low else self._head.sizeHint().height()
        lines = max(1, len(self.lines.rows()))
        most = max(min(head + LINES_SEEN * line, round(height * MOST_SHARE)), height - beside)
        self.setFixedHeight(max(head + line, min(head + lines * line, most)))

    def choose(self, need_id: int) -> None:
        """Stand on a need; where it is none of these on no line, unless the keyboard is here."""
        if not self.lines.choose(need_id) and not self.lines.hasFocus():
            self.lines.setCurrentIndex(QModelIndex())

    def _on_current(self, found: Explanation | None) -> None:
        if found is not None and self.lines.hasFocus():
            self.need_chosen.emit(found.need)

    def _line(self, found: Explanation) -> Line:
        elder, category = self._names[found.need]
        return Line(
            title=elder,
            after=category,
            icon="circle-dashed" if found.has_candidates else "circle-slash",
            icon_tone="warn" if found.has_candidates else "bad",
            second=found.text,
            right=self._step(found),
            right_tone="link",
        )

    def _step(self, found: Explanation) -> str:
        return step_words(found.cures[0]) if found.cures else self.tr("看怎么办")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the words at the right is a click on a button; whoever comes here sees the line's need."""
        if watched is self.lines and event.type() is QEvent.Type.FocusIn:
            current = self.lines.current()
            if current is not None:
                self.need_chosen.emit(current.need)
        elif isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            found = self._step_at(event.position().toPoint())
            if found is not None and event.button() is Qt.MouseButton.LeftButton:
                self.step_wanted.emit(found)
        return super().eventFilter(watched, event)

    def _step_at(self, place: QPoint) -> Explanation | None:
        index = self.lines.indexAt(place)
        if not index.isValid():
            return None
        found = self.lines.rows()[index.row()]
        rect = self.lines.visualRect(index)
        width = text_width(self._step(found), "table_strong") + theme.px(24)
        is_on_words = place.x() >= rect.right() - width and place.y() <= rect.center().y()
        return found if is_on_words else None
