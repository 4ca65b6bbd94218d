"""The table of elders, or why it is empty and the way out."""

from PySide6.QtWidgets import QStackedWidget

from jiuliting_desk.store.elder_list import ElderFacets
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.elders.elder_table import ElderTable
from jiuliting_desk.ui.pages.elders.filters import FilterBar
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import button


class ElderList(QStackedWidget):
    """Shows those who meet the filters."""

    def __init__(self, session: Session, filters: FilterBar) -> None:
        super().__init__()
        self._filters = filters
        self.table = ElderTable(session)
        self.empty_button = button(self.tr("清除筛选"), filters.clear)
        self.empty = Empty(self.tr("没有符合的老人。"), action=self.empty_button)
        self.addWidget(self.table)
        self.addWidget(self.empty)
        # The columns that are never cut, and the scroll bar; the panel gives way before they do.
        self.setMinimumWidth(theme.px(572) + 14)

    def read(self) -> ElderFacets:
        """Read the list anew; gives the counts."""
        found = self.table.read(self._filters.value())
        in_force = [text for text, _ in self._filters.in_force()]
        if in_force:
            only = "".join(f"“{text}”" for text in in_force)
            self.empty.say(self.tr("没有符合的老人。"), self.tr("现在只看{only}。").format(only=only))
        else:
            self.empty.say(self.tr("名单还是空的。"), self.tr("登记第一位老人，或者从 Excel 名单导入。"))
        self.empty_button.setVisible(bool(in_force))
        self.setCurrentWidget(self.table if found.count else self.empty)
        return found
