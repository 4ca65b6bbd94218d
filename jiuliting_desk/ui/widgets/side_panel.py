"""The panel at the right: whom it is about, what can be done, and tabs; and the splitter that folds it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import icon_button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.chips import ChipRow
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, scrolled, wrapping
from jiuliting_desk.ui.widgets.text import Elide, label


class SidePanel(QFrame):
    """Shows one record, or says that none is chosen."""

    folded = Signal()
    """The person wants it out of the way."""
    tab_shown = Signal(str)

    def __init__(self, *, nothing: str, actions: Sequence[QPushButton] = (), more: QMenu | None = None) -> None:
        super().__init__()
        self.setProperty("surface", "flat")
        self.setMinimumWidth(theme.px(320))
        self._title = Elide("", "h1")
        self._after = label("", "sub")
        self._right = label("", "field")
        fold = icon_button("panel-right-close", self.tr("收起右栏（F4）"), self.folded.emit)
        self._chips = ChipRow()
        buttons: list[QWidget] = list(actions)
        if more is not None:
            self.more_button = icon_button("ellipsis", self.tr("更多"))
            self.more_button.setMenu(more)
            self.more_button.setPopupMode(self.more_button.ToolButtonPopupMode.InstantPopup)
            buttons.append(self.more_button)
        head = row(self._title, self._after, STRETCH, self._right, fold, gap=10)
        upper = column(head, self._chips, margins=(12, 16, 4, 16), gap=6)
        if buttons:
            upper.addWidget(wrapping(*buttons, gap=6))
        self.tabs = QTabWidget()
        self.tabs.setUsesScrollButtons(False)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.currentChanged.connect(self._on_tab)
        self._keys: list[str] = []
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(4))
        inner.addLayout(upper)
        inner.addWidget(self.tabs, 1)
        self._stack = QStackedWidget()
        self._nothing = Empty(nothing, icon="pointer")
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def add_tab(self, key: str, title: str) -> QVBoxLayout:
        """One more tab; gives the column inside its scroll area, to be filled with ``set_tab``."""
        content = QWidget()
        layout = column(margins=(12, 16), gap=10)
        content.setLayout(layout)
        self.tabs.addTab(scrolled(content), title)
        self._keys.append(key)
        return layout

    def add_full_tab(self, key: str, title: str, content: QWidget) -> None:
        """One more tab with a widget that fills it and scrolls by itself."""
        self.tabs.addTab(content, title)
        self._keys.append(key)

    def set_tab(self, layout: QVBoxLayout, widgets: Iterable[QWidget], *, fill: bool = False) -> None:
        """Replace what is in a tab's column; with ``fill`` the last widget takes the free room."""
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for widget in widgets:
            layout.addWidget(widget)
        if not fill:
            layout.addStretch(1)

    def show_nothing(self) -> None:
        """No record is chosen."""
        self._stack.setCurrentIndex(0)

    def show_head(self, title: str, *, after: str = "", right: str = "", chips: Iterable[Chip] = ()) -> None:
        """Name the record."""
        self._title.setText(title)
        self._after.setText(after)
        self._right.setText(right)
        chips = tuple(chips)
        self._chips.set_chips(chips)
        self._chips.setVisible(bool(chips))
        self._stack.setCurrentIndex(1)

    @property
    def is_empty(self) -> bool:
        """Whether no record is shown."""
        return self._stack.currentIndex() == 0

    def title(self) -> str:
        """Whom it is about."""
        return "" if self.is_empty else self._title.text()

    def chip_texts(self) -> list[str]:
        """The words of the chips below the name."""
        return self._chips.texts()

    def current_tab(self) -> str:
        """The key of the tab that is seen."""
        return self._keys[self.tabs.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front. Raises ValueError for an unknown key."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    def _on_tab(self, at: int) -> None:
        if 0 <= at < len(self._keys):
            self.tab_shown.emit(self._keys[at])


class FoldingSplitter(QSplitter):
    """A main part and one at the right that folds away; what it remembers is {"right": px, "folded": bool}."""

    moved = Signal()

    def __init__(self, main: QWidget, right: QWidget, *, right_width: int = 404, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(main)
        self.addWidget(right)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self._right = right
        self._width = right_width
        self.splitterMoved.connect(self._on_moved)
        self._apply()
        # The hair itself is too thin to be caught with the mouse.
        self.handle(1).setCursor(Qt.CursorShape.SplitHCursor)

    def _apply(self) -> None:
        self.setSizes([10_000, theme.px(self._width)])

    @property
    def is_folded(self) -> bool:
        """Whether the right part is away."""
        return self._right.isHidden()

    def fold(self, away: bool | None = None) -> None:
        """Fold the right part away, or bring it back; without a word, the other of what it is."""
        away = not self.is_folded if away is None else away
        self._right.setVisible(not away)
        if not away:
            self._apply()
        self.moved.emit()

    def remembered(self) -> dict[str, object]:
        """To be kept for next time."""
        return {"right": self._width, "folded": self.is_folded}

    def restore(self, kept: dict[str, object]) -> None:
        """Take up what ``remembered`` gave."""
        width = kept.get("right")
        if isinstance(width, int) and 200 <= width <= 1200:
            self._width = width
        self._right.setVisible(not kept.get("folded", False))
        self._apply()

    def _on_moved(self) -> None:
        sizes = self.sizes()
        if sizes[1] > 0:
            self._width = round(sizes[1] / theme.scale())
        self.moved.emit()


def panel_icon_name(folded: bool) -> str:
    """The icon of a button that folds or brings back the panel."""
    return "panel-right-open" if folded else "panel-right-close"


def fold_button(splitter: FoldingSplitter, words: str) -> QWidget:
    """A button that folds the right part, for a page's own bar."""
    made = icon_button(panel_icon_name(splitter.is_folded), words, splitter.fold)
    splitter.moved.connect(lambda: made.setIcon(icons.icon(panel_icon_name(splitter.is_folded))))
    return made
