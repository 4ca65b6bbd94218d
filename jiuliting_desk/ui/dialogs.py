"""Every modal question goes through one object, so that tests can answer in its place. Nothing here blocks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from jiuliting_desk.ui.troubles import TroubleWords
from jiuliting_desk.ui.widgets.dialog import AskDialog, Choice, TroubleDialog, WindowDialog

__all__ = ["Choice", "Dialogs", "Question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its answers as verbs. Esc and closing give ``cancel``."""

    title: str
    text: str = ""
    lines: tuple[str, ...] = ()
    """Facts one below another: names and numbers of what it is about."""
    choices: tuple[Choice, ...]
    default: str = ""
    """The key of the choice that Enter takes; the first by default. For danger: the harmless one."""
    cancel: str = ""
    tone: str = "info"
    """info warn bad."""
    input_label: str = ""
    """Asks for a line of text too; the answer then comes with it."""
    input_text: str = ""
    input_required: bool = False


class Dialogs(QObject):
    """Questions, file choosers, the error window, and the pages' own form windows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.window: QWidget | None = None
        """Dialogs open over it."""
        self._last_folder = ""

    def ask(self, question: Question, answered: Callable[[str, str], object]) -> None:
        """Ask; ``answered`` gets the key of the choice and the text typed (or "")."""
        dialog = AskDialog(
            question.title,
            question.text,
            lines=question.lines,
            choices=question.choices,
            default=question.default or question.choices[0].key,
            tone=question.tone,
            input_label=question.input_label,
            input_text=question.input_text,
            input_required=question.input_required,
            parent=self.window,
        )
        dialog.answered.connect(lambda key: answered(key or question.cancel, dialog.typed()))
        dialog.open()

    def show(self, dialog: QDialog) -> None:
        """Open a page's own dialog over the window; it deletes itself when closed."""
        if dialog.parentWidget() is None and self.window is not None:
            # Without a parent it would block nothing and get lost behind the window.
            dialog.setParent(self.window, dialog.windowFlags())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.open()

    def trouble(
        self, words: TroubleWords, choices: Sequence[Choice], answered: Callable[[str], object] | None = None
    ) -> None:
        """Say what happened, what was kept and what to do; ``answered`` gets the key, "" for closing."""
        dialog = TroubleDialog(words, choices, parent=self.window)
        if answered is not None:
            dialog.answered.connect(answered)
        dialog.open()

    def open_files(
        self, title: str, pattern: str, chosen: Callable[[list[Path]], object], *, several: bool = True, start: str = ""
    ) -> None:
        """Choose files to read; nothing happens where none is chosen. ``pattern`` as in Qt: "表格 (*.xlsx *.xls)"."""
        dialog = QFileDialog(self.window, title, start or self._folder(), pattern)
        mode = QFileDialog.FileMode
        dialog.setFileMode(mode.ExistingFiles if several else mode.ExistingFile)
        self._open_file_dialog(dialog, chosen)

    def save_file(self, title: str, name: str, pattern: str, chosen: Callable[[Path], object]) -> None:
        """Choose where to write; an existing file is asked about. ``name`` is a file name or a path."""
        path = Path(name) if Path(name).is_absolute() else Path(self._folder()) / name
        dialog = QFileDialog(self.window, title, str(path), pattern)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        suffix = Path(name).suffix
        if suffix:
            dialog.setDefaultSuffix(suffix[1:])
        self._open_file_dialog(dialog, lambda paths: chosen(paths[0]))

    def choose_folder(self, title: str, chosen: Callable[[Path], object], *, start: str = "") -> None:
        """Choose a folder."""
        dialog = QFileDialog(self.window, title, start or self._folder())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open_file_dialog(dialog, lambda paths: chosen(paths[0]))

    def _open_file_dialog(self, dialog: QFileDialog, chosen: Callable[[list[Path]], Any]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def taken() -> None:
            paths = [Path(name) for name in dialog.selectedFiles()]
            self._last_folder = str(paths[0].parent)
            chosen(paths)

        dialog.accepted.connect(taken)
        dialog.open()

    def _folder(self) -> str:
        """Where files were chosen last; the documents at first."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return self._last_folder or documents

    def close_all(self) -> None:
        """Close whatever is open, as Esc does."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, WindowDialog) and widget.isVisible():
                widget.reject()
