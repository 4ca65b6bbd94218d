"""Exporting a list: which lines, masked or in full with a reason, where to; then the workbook is written in a job."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.exports import Exported, ExportReport, export_list
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.errors import FileBlocked
from jiuliting_desk.store import Store
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.text import label


def write_list(
    store: Store, *, what: Exported, ids: Sequence[int], path: Path, today: date, full: bool, reason: str, to_whom: str,
    password: str,
) -> ExportReport:  # fmt: skip
    """The workbook written. Raises FileBlocked where it cannot be, and ReasonWanted."""
    try:
        return export_list(
            store,
            what=what,
            ids=ids,
            path=path,
            today=today,
            full=full,
            reason=reason,
            to_whom=to_whom,
            password=password,
        )
    except OSError as error:
        raise FileBlocked(name=path.name, folder=str(path.parent)) from error


class ExportDialog(WindowDialog):
    """Asks what is needed before a list leaves the house; masked unless asked otherwise."""

    def __init__(
        self,
        session: Session,
        *,
        what: Exported,
        title: str,
        listed: Sequence[int],
        chosen: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, width=520, parent=parent)
        self._session = session
        self._what = what
        self._title = title
        self._ids = {"listed": list(listed), "chosen": list(chosen)}
        self.body.addWidget(label(title, "h2"))
        self.form = Form(label_width=96)
        which = [("listed", self.tr("列出的 {count} 位").format(count=len(listed)))]
        if len(chosen) > 1:
            which.insert(0, ("chosen", self.tr("选中的 {count} 位").format(count=len(chosen))))
        self.form.choice("which", self.tr("导出哪些"), which)
        self.form.choice(
            "full",
            self.tr("号码"),
            [(False, self.tr("遮住姓名、电话和证件号")), (True, self.tr("完整的，要写原因"))],
        )
        self.form.text("reason", self.tr("为什么要"), required=True, hint=self.tr("会记下谁、什么时候、为什么导出。"))
        self.form.text("to_whom", self.tr("给谁"))
        self.form.text("password", self.tr("打开密码"), hint=self.tr("不写就不加密码。密码请另外告诉对方。"))
        self.body.addWidget(self.form)
        self.cancel_button = button(self.tr("不导出"), self.reject, size="l")
        self.export_button = button("", self.choose_file, kind="primary", icon="file-spreadsheet", size="l")
        self.foot.addLayout(row(self.cancel_button, STRETCH, self.export_button))
        self.form.set_values(which=which[0][0], full=False, reason="", to_whom="", password="")
        self.form.edited.connect(lambda _name: self._show_parts())
        self._show_parts()
        self.setMinimumHeight(theme.px(240))

    def _show_parts(self) -> None:
        values = self.form.read() or {}
        for name in ("reason", "to_whom", "password"):
            self.form.show_row(name, bool(values.get("full")))
        count = len(self._ids[values["which"]])
        self.export_button.setText(self.tr("导出 {count} 位").format(count=count))
        self.adjustSize()

    def choose_file(self) -> None:
        """Ask where to, once everything needed is said."""
        values = self.form.read() or {}
        if values["full"] and not values["reason"]:
            self.form.complain("reason", self.tr("完整的号码要写一句为什么。"))
            self.form.fields["reason"].setFocus()
            return
        day = self._session.today().isoformat()
        self._session.dialogs.save_file(
            self._title, f"{self._title} {day}.xlsx", self.tr("Excel 表格 (*.xlsx)"), self.write
        )

    def write(self, path: Path) -> None:
        """Write the file in a job and tell where it is."""
        values = self.form.read() or {}
        ids = self._ids[values["which"]]
        full = bool(values["full"])
        session, today, what = self._session, self._session.today(), self._what

        def work(store: Store, _progress: Progress) -> ExportReport:
            return write_list(
                store,
                what=what,
                ids=ids,
                path=path,
                today=today,
                full=full,
                reason=values["reason"] if full else "",
                to_whom=values["to_whom"] if full else "",
                password=values["password"] if full else "",
            )

        words = self.tr("已存到 {path}")
        folder = self.tr("打开所在文件夹")

        def done(report: ExportReport) -> None:
            session.changed.emit(frozenset({Disclosure}))
            session.say(words.format(path=report.path), action=folder, run=lambda: open_folder(report.path))

        job = session.run_store_job(work, title=self._title, on_done=done)
        if job is not None:
            self.accept()


def open_folder(path: Path) -> None:
    """Show the folder of a file in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
