"""The section 资料安全: where the data lie, what protects them, what does not, and who looked at what."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.store import disclosures
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label


class PrivacySection(Section):
    """Plain words, no more than what is true."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(self.tr("资料安全"))
        self.body.addWidget(
            Banner(
                "warn",
                self.tr("这份资料没有设密码。"),
                self.tr("谁拿到这个文件、装了本程序，就能打开。电脑要设开机密码，U 盘里的备份要收好。"),
                icon="shield-alert",
            )
        )
        facts = Facts(label_width=96)
        facts.add(self.tr("资料在哪里"), str(session.store.path))
        facts.add(self.tr("上不上网"), self.tr("不上网。资料只在这台电脑和您自己拷走的备份里。"))
        facts.add(self.tr("加不加密"), self.tr("加了密，为的是坏了一个字节也能发现；钥匙是公开的，挡不住人。"))
        facts.add(self.tr("电话和身份证"), self.tr("平时遮住中间几位。点“显示”看 30 秒，下面记一行。导出默认也遮住。"))
        facts.add(self.tr("身份证照片"), self.tr("不存。"))
        facts.add(self.tr("不再服务的"), self.tr("去世、搬走的老人不再出现在要做的事里，统计里还在。"))
        folder = button(self.tr("打开资料所在的文件夹"), self.open_folder, icon="folder-open", size="s")
        self.body.addWidget(surface("panel", column(facts, row(folder, STRETCH), margins=(16,), gap=10)))
        self.body.addWidget(label(self.tr("谁看过、拿走过完整的资料"), "h3"))
        columns: list[Column[Disclosure]] = [
            Column(key="when", title=self.tr("什么时候"), cell=self._when, width=labels.WHEN_WIDTH, sortable=False),
            Column(
                key="who", title=self.tr("谁"), cell=lambda one: one.who or self.tr("没填"), width=90, sortable=False
            ),
            Column(key="what", title=self.tr("什么"), cell=self._what, width=170, stretch=1, sortable=False),
            Column(key="why", title=self.tr("为什么、给谁"), cell=self._why, width=200, stretch=2, sortable=False),
        ]
        self.table = RecordTable[Disclosure](columns, multi=False, empty_text=self.tr("还没有人看过。"))
        self.table.setAccessibleName(self.tr("谁看过完整的资料"))
        self.table.setMinimumHeight(theme.px(200))
        self.body.addWidget(self.table, 1)

    def _when(self, line: Disclosure) -> str:
        return labels.when(line.at.astimezone(self.session.now().tzinfo), today=self.session.today())

    def _who(self, line: Disclosure) -> str:
        return line.who or self.tr("没填")

    def _what(self, line: Disclosure) -> str:
        if line.people > 1:
            return self.tr("{what}，{count} 位").format(what=labels.label(line.what), count=line.people)
        return labels.label(line.what)

    def _why(self, line: Disclosure) -> Cell | str:
        words = "　".join(part for part in (line.why, line.to_whom) if part)
        return words or Cell("—", tone="ink3")

    def refresh(self) -> None:
        """Read the log."""
        if not self.session.is_lent:
            self.table.set_rows(disclosures.latest(self.session.store))

    def open_folder(self) -> None:
        """Show the folder of the data file."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.session.store.path.parent)))
