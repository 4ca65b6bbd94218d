"""怎么办: what would let an unserved need be met, each way with the button that takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_causes import Causes
from jiuliting_desk.actions.matching_outlook import Later
from jiuliting_desk.matching.changes import ChangeKind, duration
from jiuliting_desk.matching.explain import Cure, Explanation
from jiuliting_desk.matching.insist import Insisted
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.pages.matching.run import Proposal

translate = QCoreApplication.translate

LOST_NAMED = 2


class WayKind(StrEnum):
    """What kind of way it is."""

    CURE = "cure"
    LATER = "later"
    """Next month there is room."""
    INSIST = "insist"
    """All the same, at the cost of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way, with its words and what is to be done first."""

    kind: WayKind
    need_id: int
    provider_id: int
    name: str
    title: str
    note: str
    button: str
    cure: Cure | None = None
    month: date | None = None
    """The first day of the month for which it is kept."""


STEPS: dict[ChangeKind, str] = {
    ChangeKind.RESUME: QT_TRANSLATE_NOOP("matching", "恢复服务"),
    ChangeKind.TEACH: QT_TRANSLATE_NOOP("matching", "改会做什么"),
    ChangeKind.CERTIFY: QT_TRANSLATE_NOOP("matching", "打开证书"),
    ChangeKind.ASK_ELDER: QT_TRANSLATE_NOOP("matching", "问老人"),
    ChangeKind.ASK_PROVIDER: QT_TRANSLATE_NOOP("matching", "问本人"),
    ChangeKind.ANY_SEX: QT_TRANSLATE_NOOP("matching", "问老人"),
    ChangeKind.ANY_DIALECT: QT_TRANSLATE_NOOP("matching", "问老人"),
    ChangeKind.WIDER_AREA: QT_TRANSLATE_NOOP("matching", "改服务范围"),
    ChangeKind.CATEGORY_FARTHER: QT_TRANSLATE_NOOP("matching", "改服务范围"),
    ChangeKind.FARTHER: QT_TRANSLATE_NOOP("matching", "改服务范围"),
    ChangeKind.OTHER_HALF_DAY: QT_TRANSLATE_NOOP("matching", "问改天"),
    ChangeKind.MORE_MINUTES: QT_TRANSLATE_NOOP("matching", "改时间上限"),
    ChangeKind.MORE_VISITS: QT_TRANSLATE_NOOP("matching", "改时间上限"),
    ChangeKind.MORE_HOMES: QT_TRANSLATE_NOOP("matching", "改时间上限"),
    ChangeKind.NOT_LASTING: QT_TRANSLATE_NOOP("matching", "单次请他"),
    ChangeKind.RELEASE: QT_TRANSLATE_NOOP("matching", "放回认领"),
    ChangeKind.RECRUIT: QT_TRANSLATE_NOOP("matching", "登记新人"),
}
"""What the button of a way says, by the first thing to be done."""


def ways_out(proposal: Proposal | None, inputs: Inputs, need: WaitingNeed | None) -> tuple[str, list[Way]]:
    """The cause and the ways, where the plan of these inputs has nobody for the need; "" and none for another."""
    if need is None or proposal is None or proposal.causes is None or proposal.inputs is not inputs:
        return "", []
    if need.id not in proposal.plan.unserved:
        return "", []
    found = proposal.causes.with_cures(need.id)
    return found.text, list(ways_of(proposal.causes, proposal.later, found))


def ways_of(causes: Causes, later: Later | None, found: Explanation) -> Iterator[Way]:
    """The ways for an unserved need, the least first; insisting comes last. Cures are those that are known."""
    need_id = found.need
    for cure in found.cures:
        steps = len(cure.changes)
        note = translate("matching", "做到就排得进，不用动别人")
        row = cure.changes[0].row if cure.changes else None
        if row is not None:
            assumed = translate("matching", "按每月 {visits} 次、{time}算，不用动别人")
            note = assumed.format(visits=row.visits, time=duration(row.minutes or 0))
        elif steps > 1:
            note = translate("matching", "{count} 样都做到就排得进，不用动别人").format(count=steps)
        yield Way(
            kind=WayKind.CURE,
            need_id=need_id,
            provider_id=cure.provider,
            name=cure.name,
            title=cure.text,
            note=note,
            button=step_words(cure),
            cure=cure,
        )
    candidate = None if later is None else later.first_for(need_id)
    if later is not None and candidate is not None:
        month = later.month.month
        yield Way(
            kind=WayKind.LATER,
            need_id=need_id,
            provider_id=candidate.provider,
            name=candidate.name,
            title=translate("matching", "排到 {month} 月，{name}去").format(month=month, name=candidate.name),
            note=translate("matching", "{month} 月还有空，先把这一条留给这位").format(month=month),
            button=translate("matching", "排到 {month} 月").format(month=month),
            month=later.month,
        )
    cost = causes.cost(need_id) if found.has_candidates else None
    if cost is not None:
        name = causes.inputs.providers[cost.provider].name
        yield Way(
            kind=WayKind.INSIST,
            need_id=need_id,
            provider_id=cost.provider,
            name=name,
            title=translate("matching", "硬要排，就请{name}").format(name=name),
            note=cost_words(causes.inputs, cost)
            + ("" if cost.least else translate("matching", "（不一定是动得最少的）")),
            button=translate("matching", "放进方案"),
        )


def step_words(cure: Cure) -> str:
    """What the button of a cure says."""
    if not cure.changes:
        return translate("matching", "放进方案")
    return translate("matching", STEPS[cure.changes[0].kind])


def cost_words(inputs: Inputs, cost: Insisted) -> str:
    """What giving a need to somebody does to the rest of the plan."""
    parts = []
    if cost.lost:
        names = [need_words(inputs, need) for need in cost.lost[:LOST_NAMED]]
        more = (
            translate("matching", "等 {count} 条").format(count=len(cost.lost)) if len(cost.lost) > LOST_NAMED else ""
        )
        words = translate("matching", "{names}{more}就排不进了")
        parts.append(words.format(names=translate("matching", "、").join(names), more=more))
    if cost.gained:
        parts.append(translate("matching", "另外排得进 {count} 条").format(count=len(cost.gained)))
    if cost.moved:
        parts.append(translate("matching", "{count} 条换人").format(count=len(cost.moved)))
    return translate("matching", "，").join(parts) or translate("matching", "别的都不动")


def need_words(inputs: Inputs, need_id: int) -> str:
    """高莲英 理发."""
    need = inputs.needs[need_id]
    return f"{need.elder} {inputs.categories[need.category_id].name}"
