"""A birth date that may be known to the year or month only, typed in any usual form."""

import re

from PySide6.QtCore import Signal

from jiuliting_desk.model.errors import BadDate
from jiuliting_desk.model.text import half_width
from jiuliting_desk.ui.widgets.fields import LineField

_APART = re.compile(r"(\d{4})(?:\D+(\d{1,2})(?:\D+(\d{1,2}))?)?\D*")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?")


def read_birth(text: str) -> str:
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` for 1944, 1944.5, 1944年5月8日, 194405, 19440508; "" for "".

    Raises BadDate where it is none of these; whether the day exists is the record's business.
    """
    text = half_width(text).strip()
    if not text:
        return ""
    found = _RUN.fullmatch(text) or _APART.fullmatch(text)
    if found is None:
        raise BadDate(field="birth", text=text)
    return "-".join(part if len(part) == 4 else f"{int(part):02d}" for part in found.groups() if part)


class BirthField(LineField):
    """A field whose value is such a text."""

    edited = Signal()

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setMaxLength(20)
        self.textEdited.connect(lambda _text: self.edited.emit())
        self.editingFinished.connect(self._tidy)

    def value(self) -> str:
        """The date as far as it is known. Raises BadDate."""
        return read_birth(self.text())

    def set_value(self, value: str) -> None:
        """Show a date."""
        self.setText(value)

    def _tidy(self) -> None:
        try:
            self.setText(self.value())
        except BadDate:
            return
