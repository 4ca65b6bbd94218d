"""The plan as a workbook: what was asked about and what is written are the same plan, whatever comes meanwhile."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.exports import ExportReport, GoingOut
from jiuliting_desk.actions.pairing_lists import standing_count
from jiuliting_desk.actions.plan_list import export_plan
from jiuliting_desk.store import Store
from jiuliting_desk.ui.exporting import give_out, lines_to_save
from jiuliting_desk.ui.pages.matching.run import Proposal
from jiuliting_desk.ui.session import Session

translate = QCoreApplication.translate


def give_out_plan(session: Session, proposal: Proposal | None, unticked: Collection[int]) -> None:
    """Write a plan, its causes, and the pairs and claims that stand; ``unticked`` are needs not to be confirmed.

    While a plan is being made nothing is written, and that is said.
    """
    if proposal is None or not proposal.is_final:
        session.say(translate("matching", "方案还在排，排好了再导出。"), tone="info")
        return
    left_out, today = frozenset(unticked), session.today()

    def write(store: Store, _portion: int, going: GoingOut) -> ExportReport:
        return export_plan(
            store,
            inputs=proposal.inputs,
            plan=proposal.plan,
            causes=proposal.explanations(),
            unticked=left_out,
            going=going,
            today=today,
        )

    title = translate("matching", "结对方案")
    give_out(
        session,
        title=title,
        name=f"{title} {proposal.inputs.month:%Y-%m} {today.isoformat()}.xlsx",
        portions=[lines_to_save(len(proposal.inputs.needs) + standing_count(session.store))],
        write=write,
    )
