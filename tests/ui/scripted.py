"""Dialogs that a test answers: what was asked is kept, the answers are given beforehand."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from jiuliting_desk.ui.dialogs import Choice, Dialogs, Question
from jiuliting_desk.ui.messages import TroubleWords


class ScriptedDialogs(Dialogs):
    """``answers`` holds keys, or (key, text), for ``ask`` and ``trouble``; ``paths`` for the file choosers."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.answers: list[str | tuple[str, str]] = []
        self.paths: list[Path] = []
        self.asked: list[Question] = []
        self.troubles: list[TroubleWords] = []
        self.shown: list[QDialog] = []
        self.save_names: list[str] = []

    def ask(self, question: Question, answered: Callable[[str, str], object]) -> None:
        """Answer with the next answer."""
        self.asked.append(question)
        answer = self.answers.pop(0)
        key, text = (answer, "") if isinstance(answer, str) else answer
        assert key in {choice.key for choice in question.choices} | {question.cancel}
        answered(key, text)

    def trouble(
        self, words: TroubleWords, choices: Sequence[Choice], answered: Callable[[str], object] | None = None
    ) -> None:
        """Keep the words; answer where an answer was given."""
        self.troubles.append(words)
        if answered is not None and self.answers:
            answer = self.answers.pop(0)
            answered(answer if isinstance(answer, str) else answer[0])

    def show(self, dialog: QDialog) -> None:
        """Open it for real and keep it: the test drives its widgets and closes it."""
        self.shown.append(dialog)
        super().show(dialog)

    def open_files(
        self, title: str, pattern: str, chosen: Callable[[list[Path]], object], *, several: bool = True, start: str = ""
    ) -> None:
        """Choose all paths given."""
        paths, self.paths = self.paths, []
        chosen(paths if several else paths[:1])

    def save_file(self, title: str, name: str, pattern: str, chosen: Callable[[Path], object]) -> None:
        """Choose the next path given."""
        self.save_names.append(name)
        chosen(self.paths.pop(0))

    def choose_folder(self, title: str, chosen: Callable[[Path], object], *, start: str = "") -> None:
        """Choose the next path given."""
        chosen(self.paths.pop(0))


class ByHand(ScriptedDialogs):
    """Questions open for real, to be answered by clicks; only the file choosers, which are the system's, are given."""

    def ask(self, question: Question, answered: Callable[[str, str], object]) -> None:
        """Open the question."""
        self.asked.append(question)
        Dialogs.ask(self, question, answered)
