"""The section 字号和值班人: how the window looks on this computer, and whose name history notes."""

from typing import Any

from PySide6.QtWidgets import QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.tokens import TextSize
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface, wrapping
from jiuliting_desk.ui.widgets.suggest_field import SuggestField
from jiuliting_desk.ui.widgets.text import label

KNOWN_NAMES = "whos"
MOST_NAMES = 12


class LookSection(Section):
    """Remembered for this computer, not in the file."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(self.tr("字号和值班人"), self.tr("只管这台电脑，换一台电脑再设一次。"))
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
        self.text_size.chosen.connect(lambda size: self._choose(text=size))
        self.darkness.chosen.connect(lambda dark: self._choose(dark=dark))
        sizes = row(label(self.tr("字号"), "field"), self.text_size, STRETCH, gap=12)
        colours = row(label(self.tr("颜色"), "field"), self.darkness, STRETCH, gap=12)
        title = label(self.tr("看得清楚"), "h3")
        self.body.addWidget(self._panel(surface("panel", column(title, sizes, colours, margins=(16,), gap=12))))
        self.who = SuggestField(session.remembered.get(KNOWN_NAMES, []), placeholder=self.tr("姓名"))
        self.who.setFixedWidth(theme.px(200))
        self.who.returnPressed.connect(self.change_who)
        self.who_button = button(self.tr("换值班人"), self.change_who, icon="user-round")
        line = wrapping(self.who, self.who_button)
        note = label(self.tr("操作记录里写这个名字。它不是密码：谁都可以换，换了要记得。"), "sub", wrap=True)
        head = label(self.tr("谁在值班"), "h3")
        self.body.addWidget(self._panel(surface("panel", column(head, line, note, margins=(16,), gap=10))))
        self.body.addStretch(1)

    def _choose(self, **chosen: Any) -> None:
        self.session.change_look(**chosen)
        # Where something is unsaved the look stays, and so does what shows it.
        self.text_size.choose(theme.look().text)
        self.darkness.choose(theme.look().dark)

    @staticmethod
    def _panel(panel: QWidget) -> QWidget:
        panel.setMaximumWidth(theme.px(640))
        return panel

    def refresh(self) -> None:
        """Show who is on duty."""
        if not self.who.hasFocus():
            self.who.set_value(self.session.who)

    def change_who(self) -> None:
        """Another person is on duty."""
        name = self.who.value()
        if not name:
            self.session.say(self.tr("值班人的名字还空着。"), tone="warn")
            return
        if name == self.session.who:
            self.session.say(self.tr("值班人就是{name}，没有换。").format(name=name), tone="info")
            return
        self.session.set_who(name)
        known = [name, *(other for other in self.session.remembered.get(KNOWN_NAMES, []) if other != name)]
        self.session.remembered.keep(KNOWN_NAMES, known[:MOST_NAMES])
        self.session.say(self.tr("现在值班的是{name}。").format(name=name))
