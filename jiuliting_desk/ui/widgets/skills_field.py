"""What a provider can do: for each service one of four words, from not at all to skilled."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from jiuliting_desk.model.providers import Skill
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import Segmented
from jiuliting_desk.ui.widgets.text import label


class SkillsField(QWidget):
    """A field whose value is a tuple of Skill, in the order of the services."""

    edited = Signal()

    def __init__(self, services: Iterable[tuple[int, str]] = ()) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(2, 1)
        self._levels: dict[int, Segmented] = {}
        self.set_services(services)

    def set_services(self, services: Iterable[tuple[int, str]]) -> None:
        """Offer these services, each an id and its name."""
        for category_id, name in services:
            if category_id not in self._levels:
                self._add(category_id, name)

    def _add(self, category_id: int, name: str) -> None:
        level = Segmented([(0, self.tr("不会")), (1, self.tr("学着")), (2, self.tr("会")), (3, self.tr("熟练"))])
        level.setAccessibleName(name)
        level.chosen.connect(lambda _level: self.edited.emit())
        at = self._grid.rowCount()
        self._grid.addWidget(label(name), at, 0)
        self._grid.addWidget(level, at, 1)
        self._levels[category_id] = level

    def value(self) -> tuple[Skill, ...]:
        """The services that they can do, with the level."""
        return tuple(
            Skill(category_id=category_id, level=level.value())
            for category_id, level in self._levels.items()
            if level.value()
        )

    def set_value(self, value: Iterable[Skill]) -> None:
        """Show these skills; a service that is not offered (no longer in use) is kept by its number."""
        known = {skill.category_id: skill.level for skill in value}
        for category_id in known:
            if category_id not in self._levels:
                self._add(category_id, self.tr("已停用的项目 {number}").format(number=category_id))
        for category_id, level in self._levels.items():
            level.choose(known.get(category_id, 0))

    def level(self, category_id: int) -> Segmented:
        """The choice of one service. Raises KeyError."""
        return self._levels[category_id]
