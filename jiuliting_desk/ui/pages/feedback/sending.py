"""Sending an Excel feedback sheet: to which committee or enterprise, and of which visits."""

from pathlib import Path

from jiuliting_desk.actions.feedback_sheets import Recipient, recipients, send_feedback_sheet, sheet_visits
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.errors import FileBlocked
from jiuliting_desk.model.feedback import FeedbackForm
from jiuliting_desk.store import Store
from jiuliting_desk.ui.exporting import open_folder
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.text import label

AHEAD = 7
"""Days ahead whose visits may be on the sheet too."""


class SendSheetDialog(WindowDialog):
    """One sheet goes to one recipient; its forms are out from then on."""

    def __init__(self, session: Session) -> None:
        super().__init__(self.tr("发 Excel 反馈表"), width=520, parent=session.dialogs.window)
        self._session = session
        self._recipients = recipients(session.store, today=session.today())
        self.body.addWidget(label(self.tr("发 Excel 反馈表"), "h2"))
        self.form = Form(label_width=72)
        words = self.tr("{name}（{count} 张没交回）")
        choices = [(one, words.format(name=one.name, count=one.waiting)) for one in self._recipients]
        self.form.choice("to", self.tr("发给谁"), choices)
        self.form.choice(
            "days",
            self.tr("哪些上门"),
            [(0, self.tr("已经上门、还没交回的")), (AHEAD, self.tr("再加上以后 7 天的"))],
        )
        self.form.text("password", self.tr("打开密码"), hint=self.tr("不写就不加密码。密码请另外告诉对方。"))
        self.body.addWidget(self.form)
        self._note = label("", "cap", wrap=True)
        self.body.addWidget(self._note)
        self.save_button = button("", self.choose_file, kind="primary", icon="file-spreadsheet", size="l")
        self.foot.addLayout(row(button(self.tr("不发了"), self.reject, size="l"), STRETCH))
        self.foot.addWidget(self.save_button)
        self.confirm_with(self.save_button)
        self.form.edited.connect(lambda _name: self._count())
        self._count()

    def _to(self) -> Recipient | None:
        values = self.form.read() or {}
        found = values.get("to")
        return found if isinstance(found, Recipient) else None

    def _count(self) -> None:
        to, values = self._to(), self.form.read() or {}
        count = 0
        if to is not None:
            session = self._session
            count = len(sheet_visits(session.store, to, today=session.today(), days_ahead=int(values["days"])))
        self.save_button.setText(self.tr("存下 {count} 行的表").format(count=count))
        self.save_button.setEnabled(count > 0)
        self.save_button.setToolTip("" if count else self.tr("他们那里没有等着填的反馈表。"))
        self._note.setText(
            self.tr(
                "表里有老人姓名和小区，没有电话；发给谁会记下来。填好发回来，在导入导出里导入，随便先后、几次都行。"
            )
        )

    def choose_file(self) -> None:
        """Ask where to."""
        to = self._to()
        if to is not None:
            name = self.tr("意见反馈表 {to} {day:%Y-%m-%d}.xlsx").format(to=to.name, day=self._session.today())
            self._session.dialogs.save_file(self.tr("反馈表存到哪里"), name, self.tr("Excel 表格 (*.xlsx)"), self.write)

    def write(self, path: Path) -> None:
        """Write the file in a job and tell where it is."""
        to, values = self._to(), self.form.read() or {}
        if to is None:
            return
        session, today = self._session, self._session.today()

        def work(store: Store, _progress: Progress) -> int:
            try:
                return send_feedback_sheet(
                    store, to=to, path=path, today=today, days_ahead=int(values["days"]), password=values["password"]
                )
            except OSError as error:
                raise FileBlocked(name=path.name, folder=str(path.parent)) from error

        said, folder = self.tr("{count} 行的反馈表已存到 {path}"), self.tr("打开所在文件夹")

        def done(count: int) -> None:
            session.changed.emit(frozenset({Disclosure, FeedbackForm}))
            session.say(said.format(count=count, path=path), action=folder, run=lambda: open_folder(path))

        if session.run_store_job(work, title=self.tr("发 Excel 反馈表"), on_done=done) is not None:
            self.accept()
