"""Files that leave the page, and imports that are taken back: questions, jobs, and what is said afterwards."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from jiuliting_desk.actions.blank_sheets import Template, save_template
from jiuliting_desk.actions.exports import Exported, ExportReport, GoingOut, export_list
from jiuliting_desk.actions.history import undo_step
from jiuliting_desk.actions.pairing_lists import standing_count
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import Overtaken, UserError
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store import Store
from jiuliting_desk.store import history as store_history
from jiuliting_desk.store.history import UndoReport
from jiuliting_desk.store.operations import OperationLine
from jiuliting_desk.ui import labels, messages
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.exporting import give_out, lines_to_save
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.session import Session

PATTERN = "Excel (*.xlsx)"

NAMES_SHOWN = 8


class Outgoing(QObject):
    """Saves lists, blank sheets and refused rows; takes imports back."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    # -- lists

    def export(self, what: str) -> None:
        """Ask how and where, then write a list."""
        words = {
            Exported.ELDERS: (self.tr("导出老人名单"), self.tr("老人名单"), Elder),
            Exported.VOLUNTEERS: (self.tr("导出志愿者与单位"), self.tr("志愿者与单位"), Provider),
            Exported.NEEDS: (self.tr("导出需求清单"), self.tr("需求清单"), Need),
            Exported.PAIRINGS: (self.tr("导出结对与认领"), self.tr("结对与认领"), None),
        }
        wanted, today = Exported(what), self._session.today()
        title, name, kind = words[wanted]

        def write(store: Store, _portion: int, going: GoingOut) -> ExportReport:
            return export_list(store, what=wanted, going=going, today=today)

        store = self._session.store
        count = standing_count(store) if kind is None else store.count(kind)
        give_out(
            self._session, title=title, name=f"{name}_{today:%Y%m%d}.xlsx", portions=[lines_to_save(count)], write=write
        )

    def template(self, what: str) -> None:
        """Save a blank sheet to be filled in."""
        template = Template(what)
        name = {
            Template.SURVEY: self.tr("需求排摸空白表.xlsx"),
            Template.VOLUNTEERS: self.tr("志愿者登记空白表.xlsx"),
        }[template]
        store = self._session.store
        self.save(self.tr("空白表存到哪里"), name, lambda path: save_template(store, what=template, path=path))

    def save(self, title: str, name: str, write: Callable[[Path], object]) -> None:
        """Ask where, and write a small file there; a place that cannot be written is told."""

        def chosen(path: Path) -> None:
            if self._session.is_lent:
                self._session.say_busy()
                return
            try:
                write(path)
            except OSError as error:
                self._say_blocked(error)
                return
            except UserError as error:
                self._session.tell(error)
                return
            self._say_saved(path)

        self._session.dialogs.save_file(title, name, PATTERN, chosen)

    def _say_saved(self, path: Path) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._session.say(
            self.tr("已存到 {path}").format(path=path), action=self.tr("打开"), run=show
        )  # fmt: skip

    def _say_blocked(self, error: OSError) -> None:
        name = Path(error.filename2 or error.filename or "").name
        words = self.tr("存不到这里{file}。可能正被 WPS 占着，或者没有权限；关掉它或换个地方再存。什么都没丢。")
        self._session.say(words.format(file=f"（{name}）" if name else ""), tone="bad")

    # -- back

    def ask_undo(self, line: OperationLine, undone: Callable[[], object]) -> None:
        """Ask whether an import is to be taken back."""
        question = Question(
            title=self.tr("撤回“{file}”这一批？").format(file=line.about),
            text=self.tr("这一批新增的会去掉，改过的改回原样。后来又动过的人会留下，并告诉您是谁。"),
            choices=(Choice("leave", self.tr("不撤回")), Choice("undo", self.tr("整批撤回"), "bad", "undo-2")),
            default="leave",
            cancel="leave",
        )

        def answered(key: str, _text: str) -> None:
            if key == "undo":
                self.undo_import(line.id, undone)

        self._session.dialogs.ask(question, answered)

    def undo_import(self, operation_id: int, undone: Callable[[], object], *, partly: bool = False) -> None:
        """Take an import back in a job; where later steps stand on it, ask whether to take back the rest."""

        def work(store: Store, progress: Progress) -> UndoReport:
            progress(0, 0)
            return undo_step(store, operation_id=operation_id, partly=partly)

        def failed(error: UserError) -> bool:
            if isinstance(error, Overtaken):
                self._ask_partly(error, operation_id, undone)
            else:
                self._session.say(messages.sentence(error), tone="warn")
            return True

        def done(report: UndoReport) -> None:
            self._session.changed.emit(store_history.touched_by(self._session.store, report.line.id))
            words = self.tr("已整批撤回“{file}”").format(file=report.line.about)
            if report.people:
                words += self.tr("；后来又动过的留着：{who}").format(
                    who=_some(self.tr("{names} 等 {count} 位"), report.people)
                )
            elif report.kept:
                words += self.tr("；{count} 条后来又动过，留着没动").format(count=report.kept)
            self._session.say(words, action=self.tr("重做"), run=self._session.redo)
            undone()

        self._session.run_store_job(work, title=self.tr("整批撤回"), on_done=done, on_error=failed)

    def _ask_partly(self, error: Overtaken, operation_id: int, undone: Callable[[], object]) -> None:
        lines = [self.tr("后来的：{step}").format(step=labels.step(*by.partition("|")[::2])) for by in error.by[:5]]
        if error.people:
            who = _some(self.tr("{names} 等 {count} 位"), error.people)
            lines.append(self.tr("动过的有：{who}").format(who=who))
        question = Question(
            title=self.tr("有些人后来又动过"),
            text=messages.sentence(error),
            lines=tuple(lines),
            choices=(
                Choice("leave", self.tr("都不撤回")),
                Choice("partly", self.tr("留下这些，撤回其余的"), "bad", "undo-2"),
            ),
            default="leave",
            cancel="leave",
        )

        def answered(key: str, _text: str) -> None:
            if key == "partly":
                self.undo_import(operation_id, undone, partly=True)

        self._session.dialogs.ask(question, answered)


def _some(more: str, names: tuple[str, ...]) -> str:
    shown = "、".join(names[:NAMES_SHOWN])
    return shown if len(names) <= NAMES_SHOWN else more.format(names=shown, count=len(names))
