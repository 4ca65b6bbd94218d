"""Fields of a booking: several services with their quantities, and several people who go."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.visits import MOST_AT_ONCE, ServiceLine
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.fields import ChoiceField, NumberField
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.pick_field import PickField
from jiuliting_desk.ui.widgets.text import label


class _Rows(QWidget):
    """Rows below one another, one more at a click, each with a button that takes it away."""

    edited = Signal()

    def __init__(self, add_words: str) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(6))
        self.add_button = button(add_words, self._on_add, kind="link", icon="plus", size="s")
        self._rows.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_add(self) -> None:
        self._add_empty()
        self.edited.emit()

    def _add_empty(self) -> None:
        raise NotImplementedError

    def _insert(self, made: QWidget) -> None:
        self._rows.insertWidget(self._rows.count() - 1, made)

    def _drop(self, gone: QWidget) -> None:
        self._rows.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self.edited.emit()

    def _tell_count(self, count: int) -> None:
        self.add_button.setVisible(count < MOST_AT_ONCE)


class _Service(QWidget):
    """One service."""

    def __init__(self, categories: Sequence[ServiceCategory]) -> None:
        super().__init__()
        self.category = ChoiceField([(one.id, one.name) for one in categories])
        self.category.setAccessibleName(self.tr("项目"))
        self.quantity = NumberField(1, 99)
        self.quantity.setFixedWidth(theme.px(72))
        self.quantity.setAccessibleName(self.tr("数量"))
        self.unit = label("", "sub")
        self.remove = icon_button("x", self.tr("去掉这一项"))
        layout: QHBoxLayout = row(self.category, self.quantity, self.unit, STRETCH, self.remove, gap=6)
        self.setLayout(layout)
        self.kept = ServiceLine(category_id=0)
        """What it was made of: its need and minutes stay while the category does."""


class ServicesField(_Rows):
    """Its value is a tuple of ServiceLine; needs are found by whoever books."""

    def __init__(self, categories: Sequence[ServiceCategory], *, likely: Sequence[int] = ()) -> None:
        """``likely`` are the categories to be offered first when one is added."""
        super().__init__("")
        self.add_button.setText(self.tr("加一项"))
        self._categories = {one.id: one for one in categories}
        self._likely = [one for one in likely if one in self._categories]
        self._services: list[_Service] = []

    def value(self) -> tuple[ServiceLine, ...]:
        """The services."""
        found = []
        for one in self._services:
            category_id, kept = one.category.value(), one.kept
            same = kept.category_id == category_id
            found.append(
                ServiceLine(
                    category_id=category_id,
                    quantity=one.quantity.value(),
                    need_id=kept.need_id if same else 0,
                    minutes=kept.minutes if same else 0,
                )
            )
        return tuple(found)

    def set_value(self, value: Iterable[ServiceLine]) -> None:
        """Show these services."""
        for one in list(self._services):
            self._remove(one, quiet=True)
        for line in value:
            self._add(line)

    def _add_empty(self) -> None:
        taken = {line.category_id for line in self.value()}
        offered = [*self._likely, *self._categories]
        free = next((one for one in offered if one not in taken), offered[0])
        made = self._add(ServiceLine(category_id=free))
        made.category.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, line: ServiceLine) -> _Service:
        made = _Service(list(self._categories.values()))
        made.kept = line
        made.category.set_value(line.category_id)
        made.quantity.set_value(line.quantity)
        made.category.edited.connect(lambda: self._on_category(made))
        made.quantity.edited.connect(self.edited)
        made.remove.clicked.connect(lambda _on=False: self._remove(made))
        self._services.append(made)
        self._insert(made)
        self._show(made)
        return made

    def _remove(self, gone: _Service, *, quiet: bool = False) -> None:
        self._services.remove(gone)
        blocked = self.blockSignals(quiet)
        self._drop(gone)
        self.blockSignals(blocked)
        self._tell()

    def _on_category(self, made: _Service) -> None:
        self._show(made)
        self.edited.emit()

    def _show(self, made: _Service) -> None:
        category = self._categories.get(made.category.value())
        made.unit.setText(category.unit if category else "")
        self._tell()

    def _tell(self) -> None:
        for one in self._services:
            one.remove.setVisible(len(self._services) > 1)
        self._tell_count(len(self._services))


class _Person(QWidget):
    """Somebody who goes."""

    def __init__(self) -> None:
        super().__init__()
        self.field = PickField(kind="provider")
        self.field.setPlaceholderText(self.tr("姓名或拼音首字母"))
        self.field.setAccessibleName(self.tr("谁去"))
        self.remove = icon_button("x", self.tr("这一位不去"))
        layout = row(self.field, self.remove, gap=6)
        layout.setStretchFactor(self.field, 1)
        self.setLayout(layout)


class PeopleField(_Rows):
    """Its value is a tuple of provider ids."""

    def __init__(self, choices: Iterable[tuple[Any, str, str]]) -> None:
        super().__init__("")
        self.add_button.setText(self.tr("加一个人"))
        self._choices = list(choices)
        self._people: list[_Person] = []

    def value(self) -> tuple[int, ...]:
        """Those who go. Raises NameUnknown."""
        return tuple(one for one in (person.field.value() for person in self._people) if one is not None)

    def set_value(self, value: Iterable[int]) -> None:
        """Show these; one empty row where nobody is named."""
        for one in list(self._people):
            self._remove(one, quiet=True)
        for provider_id in tuple(value) or (0,):
            self._add(provider_id)

    def _add_empty(self) -> None:
        self._add(0).field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, provider_id: int) -> _Person:
        made = _Person()
        made.field.set_choices(self._choices)
        made.field.set_value(provider_id or None)
        made.field.edited.connect(self.edited)
        made.remove.clicked.connect(lambda _on=False: self._remove(made))
        self._people.append(made)
        self._insert(made)
        self._tell()
        return made

    def _remove(self, gone: _Person, *, quiet: bool = False) -> None:
        self._people.remove(gone)
        blocked = self.blockSignals(quiet)
        self._drop(gone)
        self.blockSignals(blocked)
        self._tell()

    def _tell(self) -> None:
        for one in self._people:
            one.remove.setVisible(len(self._people) > 1)
        self._tell_count(len(self._people))

    def first(self) -> PickField:
        """The first field, to put the keyboard in."""
        return self._people[0].field
