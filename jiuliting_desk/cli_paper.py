"""意见反馈表 from a shell."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from jiuliting_desk.actions import form_prints
from jiuliting_desk.model.errors import NameUnknown
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.paper.saving import save_document
from jiuliting_desk.store import Store
from jiuliting_desk.store import visits as queries
from jiuliting_desk.store.visits import VisitFilter

WHO = "命令行"

EVER = (date(1900, 1, 1), date(9999, 12, 31))


def run_forms(
    case: Path,
    out: Path,
    *,
    today: date,
    visit_ids: Sequence[int] = (),
    day: date | None = None,
    committee: str = "",
    blank: int = 0,
) -> int:
    """Write forms of visits, or blank ones, to a PDF; gives the exit code.

    With a day or a committee in place of ids: their visits that did not fall through and are not answered yet. The
    forms get their numbers, and are 已发 once somebody says in the window that they came out right.
    Raises NothingToPrint, NameUnknown for a committee, WrongState, NotThere and OSError.
    """
    store = Store.open(case, who=WHO)
    try:
        if blank:
            save_document(form_prints.blank_forms(store, count=blank), out)
            count = blank
        else:
            wanted = list(visit_ids) or [one.id for one in _of(store, day, committee)]
            with store.operation("print_forms"):
                batch = form_prints.print_forms(
                    store, visit_ids=wanted, target="pdf", deliver=lambda pdf: save_document(pdf, out), today=today
                )
            count = len(batch.item_ids)
    finally:
        store.close()
    print(f"{count} 张反馈表：{out}")
    return 0


def _of(store: Store, day: date | None, committee: str) -> list[Visit]:
    first, last = EVER if day is None else (day, day)
    committee_id = _committee_id(store, committee) if committee else None
    found = queries.between(store, first, last, VisitFilter(committee_id=committee_id))
    return form_prints.printable_visits(store, found)


def _committee_id(store: Store, name: str) -> int:
    for one in store.all(ResidentsCommittee):
        if name in {one.name, *one.aliases}:
            return one.id
    raise NameUnknown(kind="committee", name=name)
