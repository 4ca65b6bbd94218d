"""The title row: the page's name, the search box, the phone, the text size, who is on duty."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from jiuliting_desk.ui import icons, theme
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.tokens import TextSize
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.search_box import SearchBox
from jiuliting_desk.ui.widgets.text import Elide, key_cap


def text_size_words(chosen: TextSize) -> str:
    """What a text size is called."""
    translate = QCoreApplication.translate
    return {
        TextSize.SMALL: translate("look", "小"),
        TextSize.STANDARD: translate("look", "标准"),
        TextSize.LARGE: translate("look", "大"),
        TextSize.XLARGE: translate("look", "特大"),
    }[chosen]


class TitleRow(QFrame):
    """Above every page."""

    phone_wanted = Signal()
    who_wanted = Signal()

    def __init__(self, session: Session, *, has_phone: bool) -> None:
        super().__init__()
        self._session = session
        self.setProperty("surface", "bar")
        self.setFixedHeight(theme.size("topbar"))
        self._title = Elide("", "h1")
        self._title.setMinimumWidth(theme.px(100))
        self.search = SearchBox(placeholder=self.tr("姓名 / 拼音首字母 / 电话尾号 / 卡号"))
        self._search_key = key_cap("Ctrl+K")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(20), 0, theme.px(12), 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._title, 2)
        layout.addWidget(self.search, 5)
        layout.addWidget(self._search_key)
        layout.addStretch(2)
        self.phone: QPushButton | None = None
        self._phone_key = key_cap("F2")
        self._phone_key.setVisible(has_phone)
        if has_phone:
            self.phone = button(self.tr("来电预约"), self.phone_wanted.emit, kind="strong", icon="phone-call")
            layout.addWidget(self.phone)
            layout.addWidget(self._phone_key)
        else:
            self._phone_key.setParent(self)
            self._phone_key.hide()
        self._look = button("", kind="ghost", icon="a-large-small", tip=self.tr("字号和颜色"))
        self._look.setMenu(self._look_menu())
        layout.addWidget(self._look)
        self._who = button("", self.who_wanted.emit, kind="ghost", icon="user-round", tip=self.tr("换值班人"))
        layout.addWidget(self._who)
        self.show_who(session.who)
        self.set_narrow(False)
        session.who_changed.connect(self.show_who)

    def _look_menu(self) -> QMenu:
        menu = QMenu(self)
        sizes = QActionGroup(menu)
        for chosen in TextSize:
            action = QAction(self.tr("字号 {size}").format(size=text_size_words(chosen)), menu)
            action.setCheckable(True)
            action.setChecked(chosen == theme.look().text)
            action.triggered.connect(lambda _on=False, chosen=chosen: self._session.change_look(text=chosen))
            sizes.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        shades = QActionGroup(menu)
        for dark, words, icon in ((False, self.tr("浅色"), "sun"), (True, self.tr("深色"), "moon")):
            action = QAction(icons.icon(icon), words, menu)
            action.setCheckable(True)
            action.setChecked(dark == theme.look().dark)
            action.triggered.connect(lambda _on=False, dark=dark: self._session.change_look(dark=dark))
            shades.addAction(action)
            menu.addAction(action)
        return menu

    def set_title(self, title: str) -> None:
        """Name the page."""
        self._title.setText(title)

    def title(self) -> str:
        """The page's name."""
        return self._title.text()

    def show_who(self, name: str) -> None:
        """Name who is on duty."""
        self._who.setText(name or self.tr("谁在值班？"))

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what can be left out."""
        self._search_key.setVisible(not narrow)
        if self.phone is not None:
            self._phone_key.setVisible(not narrow)
        words = self.tr("字号 {size}").format(size=text_size_words(theme.look().text))
        self._look.setText("" if narrow else words)
        self._look.setAccessibleName(words)
