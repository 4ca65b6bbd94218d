"""对准: print a test sheet, type what the ruler says, keep it for this printer."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from jiuliting_desk.model.errors import UserError
from jiuliting_desk.paper.calibration import FAR_MM, NEAR_MM, Calibration, calibration_from
from jiuliting_desk.ui import messages
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.text import label

_FIELDS = ("left_mm", "far_left_mm", "top_mm", "far_top_mm")


class CalibrationDialog(WindowDialog):
    """Four distances, of which ② and ④ may stay empty."""

    def __init__(
        self,
        *,
        printer: str,
        print_sheet: Callable[[], object],
        keep: Callable[[Calibration], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(self.tr("对准打印机：{printer}").format(printer=printer), parent=parent)
        self._keep = keep
        self.body.addWidget(
            label(
                self.tr("先印一张试纸，用直尺从纸边量到线上，把量到的毫米数填进来。只量 ① 和 ③ 也可以。"),
                wrap=True,
            )
        )
        self.body.addWidget(button(self.tr("印一张试纸"), print_sheet, icon="crosshair"))
        self.form = Form(label_width=150)
        unit = self.tr("毫米")
        wanted = self.tr("应是 {mm:g}")
        titles = (self.tr("① 左边"), self.tr("② 左边"), self.tr("③ 上边"), self.tr("④ 上边"))
        for name, title, mm in zip(_FIELDS, titles, (NEAR_MM, FAR_MM[0], NEAR_MM, FAR_MM[1]), strict=True):
            self.form.text(name, f"{title}（{unit}）", hint=wanted.format(mm=mm))
        self.body.addWidget(self.form)
        self.foot.addStretch(1)
        self.foot.addWidget(button(self.tr("先不对准"), self.reject))
        self.foot.addWidget(button(self.tr("记下这台打印机"), self.save, kind="primary"))

    def save(self) -> None:
        """Keep the calibration, or complain at the field that cannot be."""
        values = self.form.read()
        if values is None:
            return
        numbers: dict[str, float | None] = {}
        for name in _FIELDS:
            text = str(values[name]).strip().replace("，", ".").replace(",", ".")
            try:
                numbers[name] = float(text) if text else None
            except ValueError:
                self.form.complain(name, self.tr("这里要填数字，比如 20.5。"))
                return
        left, top = numbers["left_mm"], numbers["top_mm"]
        if left is None or top is None:
            self.form.complain("left_mm" if left is None else "top_mm", self.tr("请量一量，填毫米数。"))
            return
        try:
            found = calibration_from(
                left_mm=left, top_mm=top, far_left_mm=numbers["far_left_mm"], far_top_mm=numbers["far_top_mm"]
            )
        except UserError as error:
            self.form.complain("left_mm", messages.sentence(error))
            return
        self._keep(found)
        self.accept()
