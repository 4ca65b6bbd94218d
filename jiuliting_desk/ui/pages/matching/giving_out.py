"""The plan as a workbook: asked how it is to go out, written in a job, and said where it is."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject

from jiuliting_desk.actions.exports import ExportReport, GoingOut
from jiuliting_desk.actions.pairing_lists import standing_count
from jiuliting_desk.actions.plan_list import export_plan
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.errors import FileBlocked
from jiuliting_desk.store import Store
from jiuliting_desk.ui.exporting import open_folder
from jiuliting_desk.ui.going_out import GoingOutDialog, Wanted
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.pages.matching.run import Proposal
from jiuliting_desk.ui.session import Session


class GivingOut(QObject):
    """What was asked and what is written are the same plan, whatever comes meanwhile."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session

    def export(self, proposal: Proposal | None, unticked: Collection[int]) -> None:
        """Write the plan, its causes, and the pairs and claims that stand; ``unticked`` are needs not to be confirmed.

        While a plan is being made nothing is written, and that is said.
        """
        if self.session.is_lent:
            self.session.say_busy()
            return
        if proposal is None or not proposal.is_final:
            self.session.say(self.tr("方案还在排，排好了再导出。"), tone="info")
            return
        store, title, left_out = self.session.store, self.tr("导出结对方案"), frozenset(unticked)
        count = len(proposal.inputs.needs) + standing_count(store)
        name = self.tr("结对方案 {month} {day}.xlsx").format(
            month=f"{proposal.inputs.month:%Y-%m}", day=self.session.today().isoformat()
        )

        def go_on(how: Wanted) -> None:
            self.session.dialogs.save_file(
                title, name, self.tr("Excel 表格 (*.xlsx)"), lambda path: self._write(proposal, left_out, how, path)
            )

        self.session.dialogs.show(GoingOutDialog(title, count, go_on))

    def _write(self, proposal: Proposal, unticked: Collection[int], how: Wanted, path: Path) -> None:
        today = self.session.today()
        going = GoingOut(path=path, full=how.full, reason=how.reason, to_whom=how.to_whom, password=how.password)

        def work(store: Store, _progress: Progress) -> ExportReport:
            try:
                return export_plan(
                    store,
                    inputs=proposal.inputs,
                    plan=proposal.plan,
                    causes=proposal.explanations(),
                    unticked=unticked,
                    going=going,
                    today=today,
                )
            except OSError as error:
                raise FileBlocked(name=path.name, folder=str(path.parent)) from error

        self.session.run_store_job(work, title=self.tr("导出结对方案"), on_done=self._on_out)

    def _on_out(self, report: ExportReport) -> None:
        self.session.changed.emit(frozenset({Disclosure}))
        words = self.tr("已存到 {path}").format(path=report.path)
        self.session.say(words, action=self.tr("打开所在文件夹"), run=lambda: open_folder(report.path))
