"""One icon out of a few."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.widgets.layout import Flow


class IconChoice(QWidget):
    """A field whose value is the name of an icon."""

    edited = Signal()

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._flow = Flow(gap=4)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self._names: list[str] = []
        for name in names:
            self._add(name)
        self._group.idClicked.connect(lambda _at: self.edited.emit())

    def _add(self, name: str) -> None:
        made = QPushButton()
        made.setProperty("kind", "facet")
        made.setProperty("size", "s")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setIcon(icons.icon(name, "ink2"))
        made.setIconSize(icons.icon_size())
        made.setFixedWidth(theme.px(40))
        made.setAccessibleName(name)
        self._group.addButton(made, len(self._names))
        self._names.append(name)
        self._flow.addWidget(made)

    def value(self) -> str:
        """The icon's name."""
        at = self._group.checkedId()
        return self._names[at] if at >= 0 else self._names[0]

    def set_value(self, value: object) -> None:
        """Choose an icon; one that is not offered is offered too."""
        name = str(value)
        if name not in self._names:
            self._add(name)
        self._group.button(self._names.index(name)).setChecked(True)
