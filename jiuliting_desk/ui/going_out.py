"""What is asked before a list goes out: which lines, masked or full, why and to whom, with or without a password."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.text import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Lines that may go out, in words: 选中的 3 位, and on the button: 导出 3 位."""

    words: str
    save: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a list is to go out."""

    portion: int
    """Which of those that were offered, from 0."""
    full: bool
    reason: str
    to_whom: str
    password: str


class GoingOutDialog(WindowDialog):
    """Masked by default; the full list wants a reason."""

    def __init__(
        self,
        title: str,
        portions: Sequence[Portion],
        wanted: Callable[[Wanted], object],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, width=520, parent=parent)
        self._portions, self._wanted = tuple(portions), wanted
        self.body.addWidget(label(title, "h2"))
        self.portions = Segmented([(place, portion.words) for place, portion in enumerate(portions)], self)
        self.portions.chosen.connect(self._on_portion)
        self.portions.setVisible(len(portions) > 1)
        self.body.addLayout(row(self.portions, STRETCH))
        self.extent = Segmented([(False, self.tr("遮住姓名和号码")), (True, self.tr("完整的"))])
        self.extent.chosen.connect(self._on_extent)
        self.body.addLayout(row(self.extent, STRETCH))
        self.banner = Banner("warn", self.tr("里面有完整的姓名、电话、证件号。"), self.tr("给谁、做什么用会记下来。"))
        self.body.addWidget(self.banner)
        self.form = Form(label_width=96)
        self.form.text("reason", self.tr("做什么用"), required=True)
        self.form.text("to_whom", self.tr("给谁"))
        self.form.text("password", self.tr("打开密码"), hint=self.tr("可以不设；设了就要告诉对方，忘了打不开。"))
        self.body.addWidget(self.form)
        self.save_button = button(portions[0].save, self.save, kind="primary", icon="file-spreadsheet", size="l")
        self.foot.addWidget(button(self.tr("不导出了"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.foot.addWidget(self.save_button)
        self.save_button.setDefault(True)
        self._on_extent(False)

    def _on_portion(self, place: int) -> None:
        self.save_button.setText(self._portions[place].save)

    def _on_extent(self, full: object) -> None:
        self.banner.setVisible(bool(full))
        self.form.show_row("reason", bool(full))
        self.form.show_row("to_whom", bool(full))
        self.adjustSize()

    def save(self) -> None:
        """Go on to choose the place; the full list wants a reason first."""
        full = bool(self.extent.value())
        values = self.form.read()
        if values is None:
            return
        if full and not values["reason"]:
            self.form.complain("reason", self.tr("写一句做什么用，例如：报街道汇总。"))
            self.form.fields["reason"].setFocus()
            return
        self.accept()
        self._wanted(
            Wanted(
                portion=int(self.portions.value()),
                full=full,
                reason=values["reason"] if full else "",
                to_whom=values["to_whom"] if full else "",
                password=values["password"],
            )
        )
