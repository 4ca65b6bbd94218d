"""A plan with its reasons, and whom nobody goes to, as a workbook that goes out to be looked at or signed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from jiuliting_desk.actions.exports import Exported, ExportReport, GoingOut, give_out
from jiuliting_desk.actions.list_cells import SEPARATOR, Names, People, info_line, rhythm_words
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.pairing_lists import pairing_sheets
from jiuliting_desk.matching.candidates import reasons_for
from jiuliting_desk.matching.explain import Explanation
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.needs import Need
from jiuliting_desk.sheets import lists
from jiuliting_desk.sheets.writing import OutSheet
from jiuliting_desk.store import Store

SOURCE_WORDS = {
    Source.PAIRING: "固定结对",
    Source.PROPOSED: "建议",
    Source.CHOSEN: "手选",
    Source.CONFIRMED: "已确认",
}


def export_plan(
    store: Store,
    *,
    inputs: Inputs,
    plan: Plan,
    causes: Sequence[Explanation],
    unticked: Collection[int] = (),
    going: GoingOut,
    today: date,
) -> ExportReport:
    """Write a plan with its reasons and causes, and the pairs and claims that stand, to be looked at or signed.

    Masked and noted as other lists. Raises ReasonWanted and OSError, with nothing written.
    """

    def sheets(store: Store, names: Names, *, full: bool) -> tuple[list[OutSheet], int]:
        planned, count = _plan_sheets(
            store, names, inputs=inputs, plan=plan, causes=causes, unticked=unticked, full=full, today=today
        )
        stand, more = pairing_sheets(store, names, ids=None, full=full, today=today)
        return [*planned, *stand], count + more

    return give_out(store, Exported.PAIRINGS, going, sheets)


def _plan_sheets(
    store: Store,
    names: Names,
    *,
    inputs: Inputs,
    plan: Plan,
    causes: Sequence[Explanation],
    unticked: Collection[int],
    full: bool,
    today: date,
) -> tuple[list[OutSheet], int]:
    """The plan's lines with their reasons, and whom nobody goes to with the cause; with how many needs there are.

    ``unticked`` are needs whose lines are not to be confirmed for now.
    """
    elders = {need.elder_id for need in inputs.needs.values()}
    people, told = People(store, names, elders=elders, full=full), {cause.need: cause for cause in causes}
    lines = {line.need: line for line in plan.lines}
    unserved = [need_id for need_id in inputs.needs if need_id not in lines]
    per_month = {need.id: need.per_month for need in store.get_many(Need, inputs.needs).values()}
    first = {need_id: _first_cells(inputs, people, need_id, per_month, today=today) for need_id in inputs.needs}
    info = f"排的是 {inputs.month:%Y-%m}　"
    planned = OutSheet(
        name="方案",
        title=lists.PLAN_TITLE,
        info=info + info_line(store, count=len(lines), unit="条", full=full, today=today),
        columns=lists.PLANNED,
        rows=[
            [
                *first[need_id],
                *people.who_goes(lines[need_id].provider),
                SOURCE_WORDS[lines[need_id].source],
                lists.TICKED[need_id not in unticked],
                SEPARATOR.join(
                    reason.text for reason in reasons_for(inputs.pool, inputs.rows[need_id], lines[need_id].provider)
                ),
            ]
            for need_id in inputs.needs
            if need_id in lines
        ],
        frozen_columns=2,
    )
    left = OutSheet(
        name="没人能去",
        title=lists.UNSERVED_TITLE,
        info=info + info_line(store, count=len(unserved), unit="条", full=full, today=today),
        columns=lists.UNSERVED,
        rows=[[*first[need_id], *_why_not(people, told.get(need_id))] for need_id in unserved],
        frozen_columns=2,
    )
    return [planned, left], len(inputs.needs)


def _first_cells(
    inputs: Inputs, people: People, need_id: int, per_month: Mapping[int, int], *, today: date
) -> list[Any]:
    need = inputs.needs[need_id]
    only = need.only_on
    return [
        *people.elder(need.elder_id, inputs.categories[need.category_id].name),
        rhythm_words(need.rhythm, per_month[need_id]) if only is None else f"{only.month}月{only.day}日代一次",
        lists.URGENCY_WORDS[need.urgency],
        max(0, (today - need.since).days),
    ]


def _why_not(people: People, cause: Explanation | None) -> list[str]:
    if cause is None:
        return ["", "", ""]
    ways = "；".join(cure.text for cure in cause.cures)
    return [lists.CAN_GO[cause.has_candidates], people.said(cause.text), people.said(ways)]
