"""设置: the look of the window, and the office's name and phones."""

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.settings import change_settings, setting
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.tokens import TextSize
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, scrolled, surface
from jiuliting_desk.ui.widgets.text import label


class SettingsPage(Page):
    """Facts of the office are kept in the file; the look is remembered for this computer."""

    watches: ClassVar = frozenset({Setting})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        content = QWidget()
        content.setLayout(column(self._look_panel(), self._office_panel(), STRETCH, margins=(16, 20), gap=12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def _look_panel(self) -> QWidget:
        self.text_size = Segmented(
            [
                (TextSize.SMALL, self.tr("小")),
                (TextSize.STANDARD, self.tr("标准")),
                (TextSize.LARGE, self.tr("大")),
                (TextSize.XLARGE, self.tr("特大")),
            ]
        )
        self.darkness = Segmented([(False, self.tr("浅色")), (True, self.tr("深色"))])
        self.text_size.choose(theme.look().text)
        self.darkness.choose(theme.look().dark)
        self.text_size.chosen.connect(lambda size: self.session.change_look(text=size))
        self.darkness.chosen.connect(lambda dark: self.session.change_look(dark=dark))
        words = row(
            label(self.tr("字号"), "field"), self.text_size, 24, label(self.tr("颜色"), "field"), self.darkness, STRETCH
        )
        return surface("panel", column(label(self.tr("看得清楚"), "h2"), words, margins=(16,), gap=12))

    def _office_panel(self) -> QWidget:
        self.form = Form(label_width=104)
        self.form.text("office_name", self.tr("单位名称"), hint=self.tr("印在卡和表上。"))
        self.form.text("subdistrict", self.tr("街道"))
        self.form.text("office_phone", self.tr("预约电话"), hint=self.tr("老人卡上最大的那个号码。"))
        self.form.text("second_phone", self.tr("第二个电话"))
        self.form.setMaximumWidth(theme.px(620))
        self.save_button = button(self.tr("存下单位资料"), self.save, kind="primary")
        foot = row(self.save_button, STRETCH)
        title = label(self.tr("单位资料"), "h2")
        return surface("panel", column(title, self.form, foot, margins=(16,), gap=12))

    def refresh(self) -> None:
        """Show what the file holds, unless something is being typed."""
        if not self.form.is_changed:
            store = self.session.store
            self.form.set_values(**{key: setting(store, key) for key in self.form.fields})

    def save(self) -> None:
        """Keep the office's facts."""
        values = self.form.read()
        if values is None:
            return
        if self.session.perform(change_settings, values=values, on_error=self.form.show_error) is not None:
            self.form.settle()

    def has_unsaved(self) -> bool:
        """Whether a fact was typed and not saved."""
        return self.form.is_changed

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+Enter saves."""
        return (Key(keys="Ctrl+Return", words=self.tr("存下单位资料"), run=self.save, shown_as="Ctrl+Enter"),)
