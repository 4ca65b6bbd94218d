"""The section 单位和电话: what is printed on cards and forms."""

from typing import ClassVar

from PySide6.QtCore import Qt

from jiuliting_desk.actions.settings import change_settings, setting
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface


class OfficeSection(Section):
    """Facts of the office, kept in the file."""

    watches: ClassVar = frozenset({Setting})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(self.tr("单位和电话"), self.tr("印在服务卡、反馈表和派工单上。存在资料文件里，换一台电脑也在。"))
        self.form = Form(label_width=104)
        self.form.text("office_name", self.tr("单位名称"), hint=self.tr("印在卡和表上。"))
        self.form.text("subdistrict", self.tr("街道"))
        self.form.text("office_phone", self.tr("预约电话"), hint=self.tr("老人卡上最大的那个号码。"))
        self.form.text("second_phone", self.tr("第二个电话"), hint=self.tr("印在卡的反面；居委有电话的，印居委的。"))
        self.form.text("card_title", self.tr("卡上的名字"), hint=self.tr("卡片正面上方的字。"))
        self.save_button = button(self.tr("存下单位资料"), self.save, kind="primary")
        panel = surface("panel", column(self.form, row(self.save_button, STRETCH), margins=(16,), gap=14))
        panel.setMaximumWidth(theme.px(640))
        self.body.addWidget(panel)
        self.body.addStretch(1)

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
        if (
            self.session.perform(
                change_settings, about=self.form.changed_words(), values=values, on_error=self.form.show_error
            )
            is not None
        ):
            self.form.settle()

    def has_unsaved(self) -> bool:
        """Whether a fact was typed and not saved."""
        return self.form.is_changed

    def focus_field(self, name: str) -> None:
        """Put the cursor into a fact's field."""
        self.form.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+Enter saves."""
        return (Key(keys="Ctrl+Return", words=self.tr("存下单位资料"), run=self.save, shown_as="Ctrl+Enter"),)
