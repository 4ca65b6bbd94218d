"""The section 提醒和期限: after how many days the desk reminds, and how long things hold."""

from typing import ClassVar

from jiuliting_desk.actions.settings import change_settings, setting
from jiuliting_desk.model.settings import SETTINGS, Setting
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface


class LimitSection(Section):
    """Whole numbers, each within its bounds."""

    watches: ClassVar = frozenset({Setting})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(self.tr("提醒和期限"), self.tr("改了以后马上按新的算，以前的记录不变。"))
        self.form = form = Form(label_width=176)
        form.heading(self.tr("认领和结对"))
        self._number(
            "claim_days", self.tr("认领留几天"), self.tr("天"), self.tr("过了还没约上门，需求自动变回“待安排”。")
        )
        self._number("claim_warn_days", self.tr("到期前几天提醒"), self.tr("天"))
        self._number(
            "plan_ahead_days",
            self.tr("月底提前改排下个月"),
            self.tr("天"),
            self.tr("这个月剩下不到这么几天，结对匹配就按下个月的时间排；写 0，总按这个月。"),
        )
        self._number("review_first_weeks", self.tr("结对后第一次回访"), self.tr("周后"))
        self._number("review_months", self.tr("以后每隔"), self.tr("个月"))
        self._number("unasked_days", self.tr("志愿者多久没问要提醒"), self.tr("天"))
        self._number("certificate_days", self.tr("证书到期前几天提醒"), self.tr("天"))
        form.heading(self.tr("老人和需求"))
        self._number("unseen_days", self.tr("老人多久没人见过要提醒"), self.tr("天"))
        self._number("waiting_days", self.tr("需求等多久算久"), self.tr("天"))
        form.heading(self.tr("上门和预约"))
        self._number("visits_from_hour", self.tr("上门最早"), self.tr("点"))
        self._number("visits_until_hour", self.tr("上门最晚"), self.tr("点"))
        self._number("travel_minutes", self.tr("两家之间路上"), self.tr("分钟"))
        self._number("series_weeks", self.tr("定期上门先排好"), self.tr("周"))
        form.heading(self.tr("反馈和回访"))
        self._number("low_score", self.tr("几分以下算低分"), self.tr("分"), self.tr("低分要回访，有结果才算完。"))
        self._number("follow_up_days", self.tr("低分几天内回访"), self.tr("天"))
        self._number("chase_days", self.tr("反馈表几天没交要催"), self.tr("天"))
        form.heading(self.tr("导入"))
        form.check("empty_cells_keep", self.tr("表里空着的格子不盖掉原来的资料"))
        self.save_button = button(self.tr("存下提醒和期限"), self.save, kind="primary")
        self.default_button = button(self.tr("填回原来的数"), self.fill_defaults, icon="rotate-cw")
        foot = row(self.save_button, self.default_button, STRETCH)
        panel = surface("panel", column(form, foot, margins=(16,), gap=14))
        panel.setMaximumWidth(theme.px(640))
        self.body.addWidget(panel)
        self.body.addStretch(1)

    def _number(self, key: str, words: str, unit: str, hint: str = "") -> None:
        spec = SETTINGS[key]
        self.form.number(key, words, spec.lowest or 0, spec.highest or 999, unit=unit, hint=hint)

    def refresh(self) -> None:
        """Show what the file holds, unless something is being typed."""
        if not self.form.is_changed:
            store = self.session.store
            self.form.set_values(**{key: int(setting(store, key)) for key in self.form.fields})

    def fill_defaults(self) -> None:
        """Show the numbers that a new file begins with; they count once they are saved."""
        for key, field in self.form.fields.items():
            field.set_value(int(SETTINGS[key].default))  # type: ignore[attr-defined]

    def save(self) -> None:
        """Keep the numbers."""
        values = self.form.read()
        if values is None:
            return
        texts = {key: str(int(value)) for key, value in values.items()}
        if (
            self.session.perform(
                change_settings, about=self.form.changed_words(), values=texts, on_error=self.form.show_error
            )
            is not None
        ):
            self.form.settle()

    def has_unsaved(self) -> bool:
        """Whether a number was typed and not saved."""
        return self.form.is_changed

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+Enter saves."""
        return (Key(keys="Ctrl+Return", words=self.tr("存下提醒和期限"), run=self.save, shown_as="Ctrl+Enter"),)
