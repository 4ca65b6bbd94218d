"""Exporting a list: how it is to go out, where to; then the workbook is written in a job, and said where it is."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from jiuliting_desk.actions.exports import Exported, ExportReport, GoingOut, export_list
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.errors import FileBlocked
from jiuliting_desk.store import Store
from jiuliting_desk.ui.going_out import GoingOutDialog, Portion, Wanted
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.session import Session

translate = QCoreApplication.translate

Write = Callable[[Store, int, GoingOut], ExportReport]
"""Writes one of the portions that were offered."""


def give_out(session: Session, *, title: str, name: str, portions: Sequence[Portion], write: Write) -> None:
    """Ask how and where to, and write a workbook; ``name`` is what the file is called if nobody says otherwise.

    While another job has the file nothing is asked, and that is said.
    """
    if session.is_lent:
        session.say_busy()
        return

    def go_on(how: Wanted) -> None:
        pattern = translate("exporting", "Excel 表格 (*.xlsx)")
        session.dialogs.save_file(title, name, pattern, lambda path: _write(session, title, write, how, path))

    session.dialogs.show(GoingOutDialog(title, portions, go_on, parent=session.dialogs.window))


def give_out_people(
    session: Session, *, what: Exported, title: str, listed: Sequence[int], chosen: Sequence[int]
) -> None:
    """The same for people: those who were chosen, where several were, or all that are listed."""
    offered = [(translate("exporting", "列出的 {count} 位"), list(listed))]
    if len(chosen) > 1:
        offered.insert(0, (translate("exporting", "选中的 {count} 位"), list(chosen)))
    save, today = translate("exporting", "导出 {count} 位"), session.today()

    def write(store: Store, portion: int, going: GoingOut) -> ExportReport:
        return export_list(store, what=what, ids=offered[portion][1], going=going, today=today)

    give_out(
        session,
        title=title,
        name=f"{title} {today.isoformat()}.xlsx",
        portions=[
            Portion(words=words.format(count=len(ids)), save=save.format(count=len(ids))) for words, ids in offered
        ],
        write=write,
    )


def lines_to_save(count: int) -> Portion:
    """All of a list of so many lines."""
    return Portion(words="", save=translate("exporting", "导出 {count} 条").format(count=count))


def _write(session: Session, title: str, write: Write, how: Wanted, path: Path) -> None:
    going = GoingOut(path=path, full=how.full, reason=how.reason, to_whom=how.to_whom, password=how.password)

    def work(store: Store, progress: Progress) -> ExportReport:
        progress(0, 0)
        try:
            return write(store, how.portion, going)
        except OSError as error:
            raise FileBlocked(name=path.name, folder=str(path.parent)) from error

    def done(report: ExportReport) -> None:
        session.changed.emit(frozenset({Disclosure}))
        words = translate("exporting", "已存到 {path}").format(path=report.path)
        folder = translate("exporting", "打开所在文件夹")
        session.say(words, action=folder, run=lambda: open_folder(report.path))

    session.run_store_job(work, title=title, on_done=done)


def open_folder(path: Path) -> None:
    """Show the folder of a file in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
