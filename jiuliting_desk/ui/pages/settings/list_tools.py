"""The buttons above a list of records that staff keep: add, change, put in or out of use, remove, order."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.layout import Flow

Act = Callable[[], object]


class ListTools(QWidget):
    """Buttons that act on the chosen record; without one they say why they cannot."""

    def __init__(
        self,
        *,
        add: tuple[str, Act],
        edit: Act,
        use: Act,
        remove: Act,
        up: Act | None = None,
        down: Act | None = None,
        more: tuple[QPushButton, ...] = (),
    ) -> None:
        super().__init__()
        self.add_button = button(add[0], add[1], icon="plus", kind="strong")
        self.edit_button = button(self.tr("改"), edit, icon="pencil")
        self.use_button = button(self.tr("停用"), use, icon="circle-pause")
        self.remove_button = button(self.tr("删掉"), remove, icon="trash-2")
        self._needs_one = [self.edit_button, self.use_button, self.remove_button, *more]
        widgets: list[QWidget] = [self.add_button, self.edit_button]
        if up is not None and down is not None:
            self.up_button = button(self.tr("往上"), up, icon="chevron-up")
            self.down_button = button(self.tr("往下"), down, icon="chevron-down")
            widgets += [self.up_button, self.down_button]
            self._needs_one += [self.up_button, self.down_button]
        widgets += [*more, self.use_button, self.remove_button]
        self.setLayout(Flow(*widgets))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_chosen(self, chosen: Any) -> None:
        """Fit the buttons to the chosen record, which has ``active``, or to none."""
        for made in self._needs_one:
            made.setEnabled(chosen is not None)
            made.setToolTip("" if chosen is not None else self.tr("先在下面选一条"))
        is_active = chosen is None or chosen.active
        self.use_button.setText(self.tr("停用") if is_active else self.tr("重新用"))


def use_cell(active: bool, words: tuple[str, str]) -> Cell:
    """Whether a record is in use, icon and word; ``words`` for yes and no."""
    if active:
        return Cell(words[0], icon="circle-check", tone="ok")
    return Cell(words[1], icon="circle-pause", tone="ink3")
