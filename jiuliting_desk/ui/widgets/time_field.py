"""A field for a time of the day, typed as people write it."""

from jiuliting_desk.model.dates import read_time, time_text
from jiuliting_desk.model.errors import BadDate, Missing
from jiuliting_desk.ui.widgets.fields import TextField


class TimeField(TextField):
    """9:30, 930 or 14; its value is the minute of the day."""

    def __init__(self) -> None:
        super().__init__(limit=5)
        self.setPlaceholderText(self.tr("9:30 或 930"))
        self.editingFinished.connect(self._tidy)

    def value(self) -> int:  # type: ignore[override]
        """The minute of the day. Raises Missing while it is empty, BadDate where it is no time."""
        if not self.text().strip():
            raise Missing(field="starts")
        return read_time(self.text())

    def set_value(self, value: object) -> None:
        """Show a minute of the day; None is empty."""
        self.setText(time_text(value) if isinstance(value, int) else "")

    def _tidy(self) -> None:
        try:
            self.set_value(read_time(self.text()))
        except BadDate:
            return
