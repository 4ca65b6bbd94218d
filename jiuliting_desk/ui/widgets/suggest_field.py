"""One line of text with suggestions; anything else may be typed too."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter

from jiuliting_desk.ui.widgets.fields import TextField


class SuggestField(TextField):
    """Down shows all suggestions; typing narrows them by any part of their words."""

    def __init__(self, suggestions: Iterable[str] = (), *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self._model = QStringListModel(list(suggestions), self)
        completer = QCompleter(self._model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _text: self.edited.emit())
        self.setCompleter(completer)

    def suggestions(self) -> list[str]:
        """What is suggested."""
        return self._model.stringList()
