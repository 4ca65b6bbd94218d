"""The tab 技能和时间: what they can do, when, where and how much."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.provider_list import ProviderView
from jiuliting_desk.model.providers import ProviderKind
from jiuliting_desk.ui.pages.providers import words
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.chips import ChipRow
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.half_days import HalfDayGrid, half_day_words
from jiuliting_desk.ui.widgets.layout import STRETCH, column, replace_all, scrolled
from jiuliting_desk.ui.widgets.text import label


class AbilitiesTab(QWidget):
    """Shown only; 改资料 changes it."""

    def __init__(self) -> None:
        super().__init__()
        self.skills = ChipRow()
        self.grid = HalfDayGrid(read_only=True)
        self.times = label("", "sub", wrap=True)
        self._facts = QVBoxLayout()
        content = QWidget()
        content.setLayout(
            column(
                label(self.tr("会做什么"), "h3"),
                self.skills,
                4,
                label(self.tr("有空的半天"), "h3"),
                self.grid,
                self.times,
                4,
                self._facts,
                STRETCH,
                margins=(12, 16),
                gap=8,
            )
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def show_view(self, view: ProviderView) -> None:
        """Show a provider."""
        provider = view.row.provider
        notes = {1: self.tr("（学着）"), 3: self.tr("（熟练）")}
        chips = [
            Chip(f"{name}{notes.get(level, '')}", tone="ok" if level > 1 else "") for name, level in view.skill_levels
        ]
        self.skills.set_chips(chips or [Chip(self.tr("还没填"))])
        self.grid.set_value(provider.half_days)
        self.times.setText(half_day_words(provider.half_days))
        facts = Facts()
        replace_all(self._facts, [facts])
        facts.add(self.tr("愿意去"), "、".join(view.row.areas) or self.tr("哪里都去"))
        if provider.max_metres is not None:
            facts.add(self.tr("最远"), self.tr("{count} 公里").format(count=f"{provider.max_metres / 1000:g}"))
        facts.add(self.tr("会说"), "、".join(provider.languages))
        facts.add(self.tr("一个月"), words.capacity_words(provider))
        facts.add(self.tr("手上有"), words.load_words(view.row), tone="warn" if words.is_full(view.row) else "")
        if provider.kind is ProviderKind.ENTERPRISE and provider.homes_at_once:
            facts.add(self.tr("一次"), self.tr("要 {count} 户一起才来").format(count=provider.homes_at_once))
