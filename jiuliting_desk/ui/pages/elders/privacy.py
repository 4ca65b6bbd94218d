"""What a person may ask of the office: a copy of everything kept about them, and to be taken out of the file."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.backups import list_backups
from jiuliting_desk.actions.erasing import erase_elder
from jiuliting_desk.actions.personal_data import export_person
from jiuliting_desk.actions.withdrawals import planned_at
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import FileBlocked
from jiuliting_desk.store import Store
from jiuliting_desk.store.visit_lines import lines as visit_lines
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.exporting import open_folder
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.lost_visits import tell_helpers
from jiuliting_desk.ui.pages.elders.ending import what_ends
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.text import label


class CopyDialog(WindowDialog):
    """Asks why and for whom, then where to."""

    def __init__(self, session: Session, elder: Elder, *, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, width=520, parent=parent)
        self._session = session
        self._elder = elder
        self._title = title
        self.body.addWidget(label(title, "h2", wrap=True))
        told = self.tr("资料、需求、结对、服务卡、上门、来电，还有谁看过，都在一个 Excel 里，号码是完整的。")
        self.body.addWidget(label(told, wrap=True))
        self.form = Form(label_width=96)
        self.form.text("why", self.tr("为什么要"), required=True, hint=self.tr("会记下谁、什么时候、为什么导出。"))
        self.form.text("to_whom", self.tr("给谁"), placeholder=self.tr("本人，或者谁替他要"))
        self.form.text("password", self.tr("打开密码"), hint=self.tr("不写就不加密码。密码请另外告诉对方。"))
        self.body.addWidget(self.form)
        self.export_button = button(
            self.tr("导出 1 位的全部资料"), self.choose_file, kind="primary", icon="file-down", size="l"
        )
        self.foot.addLayout(row(button(self.tr("不导出"), self.reject, size="l"), STRETCH, self.export_button))
        self.form.settle()

    def choose_file(self) -> None:
        """Ask where to, once the reason is said."""
        values = self.form.read() or {}
        if not values["why"]:
            self.form.complain("why", self.tr("写一句为什么要。"))
            self.form.fields["why"].setFocus()
            return
        name = f"{self._elder.number} {self._title}.xlsx"
        self._session.dialogs.save_file(self._title, name, self.tr("Excel 表格 (*.xlsx)"), self.write)

    def write(self, path: Path) -> None:
        """Write the workbook in a job and tell where it is."""
        values = self.form.read() or {}
        session, elder_id, today = self._session, self._elder.id, self._session.today()
        words, folder = self.tr("已存到 {path}"), self.tr("打开所在文件夹")

        def work(store: Store, _progress: Progress) -> Path:
            return _written(store, elder_id=elder_id, path=path, today=today, **values)

        def done(written: Path) -> None:
            session.changed.emit(frozenset({Disclosure}))
            session.say(words.format(path=written), action=folder, run=lambda: open_folder(written))

        if session.run_store_job(work, title=self._title, on_done=done) is not None:
            self.accept()


def _written(store: Store, *, elder_id: int, path: Path, today: date, why: str, to_whom: str, password: str) -> Path:
    try:
        return export_person(
            store, elder_id=elder_id, path=path, today=today, why=why, to_whom=to_whom, password=password
        )
    except OSError as error:
        raise FileBlocked(name=path.name, folder=str(path.parent)) from error


class Privacy(QObject):
    """Opens the dialog of the copy; asks before somebody is erased."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def give_copy(self, elder: Elder) -> None:
        """A copy of everything for the person."""
        title = self.tr("{name} 的本人资料").format(name=elder.name)
        dialogs = self._session.dialogs
        dialogs.show(CopyDialog(self._session, elder, title=title, parent=dialogs.window))

    def ask_erasure(self, elder: Elder) -> None:
        """Whether the person is really to be taken out of the file."""

        def answered(key: str, reason: str) -> None:
            if key == "erase":
                self._erase(elder, reason, told=tell_helpers(planned))

        backups = len(list_backups(self._session.store.path))
        store, today = self._session.store, self._session.today()
        planned = visit_lines(store, planned_at(store, elder_id=elder.id, today=today))
        lines = [
            *what_ends(self._session, elder, planned),
            self.tr("姓名、电话、证件、住址、联系人、备注，还有需求、上门、反馈、来电里写的话，都清掉。"),
            self.tr("搜索里找不到，历史里看不到从前的内容；服务过几次照样算在统计里。"),
            self.tr("以前看过、导出过的记录按规定留着。"),
        ]
        if backups:
            lines.append(self.tr("现有的 {count} 份备份里还有，会随旧备份一起过期。").format(count=backups))
        self._session.dialogs.ask(
            Question(
                title=self.tr("清除 {name}（卡号 {number}）的全部资料？").format(name=elder.name, number=elder.number),
                text=self.tr("这一步不能撤销。只在本人或家属要求时做；搬走、过世请用“停用”。"),
                lines=tuple(lines),
                choices=(
                    Choice("keep", self.tr("不清除")),
                    Choice("erase", self.tr("清除 {name} 的全部资料").format(name=elder.name), "bad", "trash-2"),
                ),
                default="keep",
                cancel="keep",
                tone="bad",
                input_label=self.tr("谁要求的，为什么"),
                input_required=True,
            ),
            answered,
        )

    def _erase(self, elder: Elder, reason: str, *, told: str) -> None:
        done = self._session.perform(erase_elder, elder_id=elder.id, reason=reason, quiet=True)
        if done is not None:
            self._session.say(
                self.tr("卡号 {number} 的资料已经清除，历史里 {count} 处从前的内容一起清了。").format(
                    number=done.result.number, count=done.result.changes
                )
                + told
            )
