"""欢迎使用: shown while nobody is in the list yet; three ways to begin, and where the data and backups lie."""

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from jiuliting_desk.actions.settings import change_settings, setting
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.ui import icons, svg, theme
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import PushButton, button
from jiuliting_desk.ui.widgets.cells import draw_text, metrics
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, scrolled
from jiuliting_desk.ui.widgets.text import icon_label, label


class _Way(PushButton):
    """One way to begin; painted whole."""

    def __init__(self, number: int, title: str, text: str, icon: str, *, recommended: bool = False) -> None:
        super().__init__()
        self._number, self._title, self._text, self._icon = str(number), title, text, icon
        self._is_recommended = recommended
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        height = theme.px(82)
        self.setStyleSheet(f"QPushButton {{ min-height: {height}px; max-height: {height}px; border: none; }}")

    def sizeHint(self) -> QSize:
        """Wide enough for its words."""
        return QSize(theme.px(420), theme.px(82))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, title, words, key cap, arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent" if self._is_recommended else "control"), 1))
        painter.setBrush(theme.colour("press" if self.isDown() else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        middle = self.height() / 2
        side = theme.px(28)
        token = "accent_text" if self._is_recommended else "ink2"
        icons.paint(painter, self._icon, token, theme.px(22), round(middle - side / 2), side)
        right = self.width() - theme.px(20)
        arrow = theme.px(20)
        icons.paint(painter, "chevron-right", "ink2", right - arrow, round(middle - arrow / 2), arrow)
        cap = QRectF(right - arrow - theme.px(38), middle - theme.px(11), theme.px(24), theme.px(22))
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(cap, 3, 3)
        width = metrics("cap").horizontalAdvance(self._number)
        draw_text(painter, cap.adjusted((cap.width() - width) / 2, 0, 2, 0), self._number, "cap", "ink2")
        room = QRectF(theme.px(72), theme.px(14), cap.left() - theme.px(84), theme.px(28))
        draw_text(painter, room, self._title, "h2", "ink")
        draw_text(painter, room.translated(0, theme.px(27)), self._text, "table", "ink2")


class WelcomePage(Page):
    """Three choices, one recommended; nothing else."""

    watches: ClassVar = frozenset({Setting})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.ways: dict[str, _Way] = {}
        middle = QWidget()
        middle.setFixedWidth(theme.px(640))
        middle.setLayout(column(self._head(), *self._ways(), 8, hairline(), self._places(), gap=10))
        content = QWidget()
        content.setLayout(column(STRETCH, row(STRETCH, middle, STRETCH), STRETCH, STRETCH, margins=(20,)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def _head(self) -> QWidget:
        mark = label()
        side = theme.px(52)
        mark.setPixmap(svg.pixmap("mark", theme.colour("accent"), side, mark.devicePixelRatioF()))
        mark.setFixedSize(side, side)
        words = column(
            label(self.tr("名单还是空的"), "display"),
            label(self.tr("先把老人的名单放进来，就可以结对、预约、印卡。选一种开始："), "sub", wrap=True),
            gap=2,
        )
        made = QWidget()
        layout = row(mark, words, gap=16)
        layout.setStretch(1, 1)
        made.setLayout(layout)
        return made

    def _ways(self) -> list[QWidget]:
        offered = (
            (
                "importing",
                self.tr("从 Excel 导入老人名单"),
                self.tr("有现成的表就选这个。先看预览，确认了才写入。"),
                "file-spreadsheet",
            ),
            ("elders", self.tr("手工登记第一位老人"), self.tr("名单不多，或者想先试一试。"), "user-plus"),
            (
                "restore",
                self.tr("从备份恢复"),
                self.tr("换了电脑，或者以前用过，手上有备份 U 盘。"),
                "database-backup",
            ),
        )
        for key, title, text, icon in offered:
            if key == "restore" or key in self.session.page_keys:
                number = len(self.ways) + 1
                way = _Way(number, title, text, icon, recommended=number == 1)
                way.clicked.connect(partial(self.take_way, key))
                self.ways[key] = way
        return list(self.ways.values())

    def _places(self) -> QWidget:
        self.place = TextField()
        self.place.setReadOnly(True)
        self.place.setText(str(self.session.store.path.parent))
        self.place.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.backup_place = label("", wrap=True)
        other = button(self.tr("换地方"), self.choose_place)
        stick = button(self.tr("选 U 盘"), self.choose_backup_place, icon="usb")
        for chooser in (other, stick):
            chooser.setMinimumWidth(theme.px(96))
        where = row(label(self.tr("资料存在哪里"), "field"), self.place, other, gap=10)
        backup = row(label(self.tr("备份到哪里"), "field"), self.backup_place, stick, gap=10)
        backup.setStretch(1, 1)
        local = row(
            icon_label("hard-drive", size=theme.size("icon_cell")),
            label(self.tr("资料只存在这台电脑上，不联网，不上传。"), "sub", wrap=True),
            button(self.tr("看看怎么用（F1）"), self.session.help_wanted.emit, kind="link"),
        )
        local.setStretch(1, 1)
        made = QWidget()
        made.setLayout(column(where, backup, local, gap=8))
        return made

    def refresh(self) -> None:
        """Say where backups go."""
        folder = setting(self.session.store, "second_backup_folder")
        theme.mark(self.backup_place, tone="" if folder else "warn")
        self.backup_place.setText(folder or self.tr("还没有选。插上 U 盘后选一次，以后每周自动备份一份。"))

    def take_focus(self) -> None:
        """On the recommended way."""
        next(iter(self.ways.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def take_way(self, key: str) -> None:
        """Go one of the three ways."""
        if key == "restore":
            self.session.dialogs.open_files(
                self.tr("从哪一份备份恢复"),
                self.tr("备份 (*.db)"),
                lambda files: self.session.restore_wanted.emit(files[0]),
                several=False,
            )
        else:
            self.session.goto(key, None, "new" if key == "elders" else "")

    def choose_place(self) -> None:
        """Keep the data in another folder: a file that lies there is opened, else one is made."""
        self.session.dialogs.choose_folder(
            self.tr("资料存在哪个文件夹"),
            lambda folder: self.session.open_wanted.emit(folder / self.session.store.path.name),
            start=str(self.session.store.path.parent),
        )

    def choose_backup_place(self) -> None:
        """Name the second place for backups."""
        self.session.dialogs.choose_folder(
            self.tr("备份到哪个文件夹"),
            lambda folder: self.session.perform(change_settings, values={"second_backup_folder": str(folder)}),
        )

    def keys(self) -> tuple[Key, ...]:
        """Digits take a way."""
        digits = tuple(
            Key(keys=str(number), run=partial(self.take_way, key)) for number, key in enumerate(self.ways, start=1)
        )
        told = Key(keys="1", words=self.tr("选一项"), shown_as=f"1–{len(self.ways)}")
        return (told, Key(keys="Return", words=self.tr("打开"), shown_as="Enter"), *digits)
