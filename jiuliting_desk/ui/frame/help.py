"""The help: one Markdown page for each page of the window, in a window beside it."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QFrame, QTextBrowser, QVBoxLayout, QWidget

from jiuliting_desk import paths
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import STRETCH, row, surface

LINE_HEIGHT = 125
"""Per cent of the font's own."""


def help_file(key: str) -> Path:
    """The page's help, or the general one where it has none."""
    file = paths.resource("help", f"{key}.md")
    return file if file.exists() else paths.resource("help", "index.md")


class HelpWindow(QDialog):
    """Stays open beside the work; links lead to other help pages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("帮助"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = self.screen().availableSize()
        self.resize(min(theme.px(560), room.width()), min(theme.px(620), room.height() - theme.px(60)))
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._on_link)
        self.browser.document().setDocumentMargin(theme.px(16))
        self.browser.setProperty("ring", "none")
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        foot = row(
            button(self.tr("总的帮助"), lambda: self.show_page("index")),
            STRETCH,
            button(self.tr("关掉帮助"), self.close),
        )
        foot.setContentsMargins(*[theme.px(12)] * 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.browser, 1)
        layout.addWidget(surface("foot", foot))

    def show_page(self, key: str) -> None:
        """Show the help of a page."""
        self.browser.setMarkdown(help_file(key).read_text(encoding="utf-8"))
        airy = QTextBlockFormat()
        airy.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        airy.setBottomMargin(theme.px(6))
        cursor = QTextCursor(self.browser.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(airy)
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)

    def _on_link(self, link: QUrl) -> None:
        self.show_page(Path(link.path()).stem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 and Esc close it."""
        if event.key() in {Qt.Key.Key_F1, Qt.Key.Key_Escape}:
            self.close()
        else:
            super().keyPressEvent(event)
