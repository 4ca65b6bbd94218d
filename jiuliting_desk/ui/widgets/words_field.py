"""Several words in one line, divided by any comma, blank or slash."""

import re

from jiuliting_desk.ui.widgets.fields import TextField

_DIVIDERS = re.compile(r"[、，,；;/\s]+")


class WordsField(TextField):
    """A field whose value is a tuple of words."""

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder, limit=500)

    def value(self) -> tuple[str, ...]:  # type: ignore[override]
        """The words, each once, in order."""
        return tuple(dict.fromkeys(word for word in _DIVIDERS.split(self.text()) if word))

    def set_value(self, value: object) -> None:
        """Show these words."""
        words = value if isinstance(value, tuple | list) else ()
        self.setText("、".join(str(word) for word in words))
