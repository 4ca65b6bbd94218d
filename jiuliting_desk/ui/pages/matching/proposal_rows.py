"""The rows of the proposal: needs with who goes, where that comes from, and whether it is ticked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_lists import ClaimLine
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.matching import words
from jiuliting_desk.ui.pages.matching.words import Outcome
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.rows_model import Column

translate = QCoreApplication.translate


@dataclass(slots=True, kw_only=True)
class ProposalRow:
    """One line of the proposal."""

    need_id: int
    elder_id: int
    elder: str
    category_id: int
    category: str
    short: str
    """The service in two characters that no other has."""
    icon: str
    provider_id: int
    provider: str
    source: Source
    instead_of: str = ""
    """Who has the lasting pairing for it and does not go, "" where there is none or they go."""
    lasting: bool = False
    """Whether confirming it begins a pairing; beside one that somebody else has it is for once."""
    ticked: bool = True
    moved: bool = False
    """Whether the last proposal had somebody else."""
    pinned: bool = False
    over_later: str = ""
    """That whoever goes has promised the month after to others and cannot do all of it then."""
    stale: tuple[Barrier, ...] | None = None
    """Why it has to be planned anew; None: it holds."""

    @property
    def is_locked(self) -> bool:
        """Whether it is confirmed already."""
        return self.source is Source.CONFIRMED

    @property
    def is_wanted(self) -> bool:
        """Whether it is one that 确认 takes."""
        return self.ticked and not self.is_locked and self.stale is None

    @property
    def outcome(self) -> Outcome:
        """What it says of its need."""
        if self.stale is not None:
            return Outcome.STALE
        return Outcome.PLANNED if self.ticked else Outcome.LEFT_OUT

    def confirmation(self) -> Confirmation:
        """What confirming it asks of the file."""
        return Confirmation(need_id=self.need_id, provider_id=self.provider_id, lasting=self.lasting)


def rows_of(inputs: Inputs, plan: Plan, *, unticked: Iterable[int] = ()) -> list[ProposalRow]:
    """The lines of a plan, the longest waiting first."""
    left_out = set(unticked)
    pinned = {(bond.elder, bond.provider) for bond in inputs.situation.bonds if bond.pinned}
    bound = {(bond.elder, bond.category): bond.provider for bond in inputs.situation.bonds}
    lines = {line.need: line for line in plan.lines}
    shorts = words.short_names(inputs.categories.values())
    of_provider: dict[int, list[WaitingNeed]] = {}
    for planned in plan.lines:
        if planned.need in inputs.needs:
            of_provider.setdefault(planned.provider, []).append(inputs.needs[planned.need])
    found = []
    for need in inputs.needs.values():
        line = lines.get(need.id)
        if line is None:
            continue
        category = inputs.categories[need.category_id]
        is_paired = inputs.is_paired(need, line.provider)
        other = None if is_paired else bound.get((need.elder_id, need.category_id))
        paired_one = inputs.providers.get(other or 0)
        found.append(
            ProposalRow(
                need_id=need.id,
                elder_id=need.elder_id,
                elder=need.elder,
                category_id=category.id,
                category=category.name,
                short=shorts[category.id],
                icon=category.icon,
                provider_id=line.provider,
                provider=inputs.providers[line.provider].name,
                source=line.source,
                instead_of="" if paired_one is None else paired_one.name,
                lasting=need.repeats and not is_paired and other is None,
                ticked=need.id not in left_out,
                moved=line.moved,
                pinned=(need.elder_id, line.provider) in pinned,
                over_later=words.over_later(inputs, of_provider[line.provider], line.provider) if need.repeats else "",
            )
        )
    return found


def confirmed_rows(
    claims: Iterable[ClaimLine], *, today: date, categories: Mapping[int, ServiceCategory]
) -> list[ProposalRow]:
    """What was confirmed today, as lines that stay; not what merely goes on with whoever went today."""
    shorts = words.short_names(categories.values())
    return [
        ProposalRow(
            need_id=line.claim.need_id,
            elder_id=line.elder_id,
            elder=line.elder,
            category_id=line.category_id,
            category=line.category,
            short=shorts[line.category_id],
            icon=line.icon,
            provider_id=line.claim.provider_id,
            provider=line.provider,
            source=Source.CONFIRMED,
        )
        for line in claims
        if line.claim.claimed_on == today and not line.goes_on
    ]


def mark_moved(rows: Iterable[ProposalRow], before: Iterable[ProposalRow]) -> None:
    """Mark the proposed lines that had somebody else."""
    was = {row.need_id: row.provider_id for row in before}
    for row in rows:
        row.moved = row.source is Source.PROPOSED and was.get(row.need_id, row.provider_id) != row.provider_id


def bonds_begun(rows: Iterable[ProposalRow]) -> int:
    """How many lasting pairings confirming these lines begins."""
    return len({(row.elder_id, row.provider_id, row.category_id) for row in rows if row.lasting})


def moves(before: Sequence[ProposalRow], plan: Plan, names: Mapping[int, str]) -> list[str]:
    """Lines in words whose provider another plan changes: 高莲英　理发：顾海宁 → 汤立新."""
    found = []
    after = {line.need: line.provider for line in plan.lines}
    for row in before:
        other = after.get(row.need_id)
        if not row.is_locked and other != row.provider_id:
            to = names.get(other or 0) or translate("matching", "没人去")
            found.append(f"{row.elder}　{row.category}：{row.provider} → {to}")
    return found


def _tick(row: ProposalRow) -> Cell:
    return Cell(icon="lock", tone="ink3") if row.is_locked else Cell(check=row.is_wanted)


def _who(row: ProposalRow) -> Cell:
    tip = translate("matching", "上次排的是别人") if row.moved else ""
    if row.over_later:
        return Cell(row.provider, tone="warn", tip="；".join(filter(None, (row.over_later, tip))))
    return Cell(row.provider, tip=tip)


def _source(row: ProposalRow) -> Cell:
    if row.stale is not None:
        why = translate("matching", "、").join(labels.label(rule) for rule in row.stale)
        tip = why or translate("matching", "需求或志愿者刚才变了")
        return Cell(translate("matching", "要重排"), icon="triangle-alert", tone="warn", strong=True, tip=tip)
    _, icon, tone = words.SOURCES[row.source]
    text = words.source(row.source)
    tip = ""
    if row.moved and row.source is Source.PROPOSED:
        text, icon, tone, tip = translate("matching", "改了人"), "arrow-up-down", "warn", _who(row).tip
    elif row.instead_of and row.source is Source.PROPOSED:
        text, tone = translate("matching", "代{name}").format(name=row.instead_of), "warn"
    if row.instead_of:
        instead = translate("matching", "固定结对的是{name}，这一条由别人去")
        tip = "；".join(filter(None, (tip, instead.format(name=row.instead_of))))
    if row.lasting:
        text = translate("matching", "{source}结对").format(source=text.replace("了", ""))
        begins = translate("matching", "确认后两位长期结对")
        tip = f"{tip}；{begins}" if tip else begins
    shown = "lock" if row.pinned and row.source is Source.PAIRING else icon
    return Cell(text, icon=shown, tone=tone, tip=tip)


def _short_source(row: ProposalRow) -> Cell:
    whole = _source(row)
    text = whole.text[-2:]
    if row.stale is None and row.lasting:
        text = translate("matching", "新结对")
    elif row.stale is None and row.instead_of and row.source is Source.PROPOSED and not row.moved:
        text = translate("matching", "代去")
    return replace(whole, text=text, tip=whole.tip or whole.text)


def columns() -> Sequence[Column[ProposalRow]]:
    """The columns of the proposal; those of the service and of the source have shorter forms."""
    return (
        Column(key="tick", title="", width=38, must=True, sortable=False, cell=_tick),
        Column(
            key="elder", title=translate("matching", "老人"), width=72, must=True, cell=lambda row: Cell(row.elder),
        ),
        Column(
            key="category", title=translate("matching", "项目"), width=118, stretch=1, least=112, give_up=1,
            cell=lambda row: Cell(row.category, icon=row.icon),
            narrow=lambda row: Cell(row.short, icon=row.icon, tip=row.category), narrow_width=72,
        ),
        Column(
            key="provider", title=translate("matching", "谁去"), width=86, least=68, stretch=2, must=True, cell=_who,
        ),
        Column(
            key="source", title=translate("matching", "怎么来的"), width=104, give_up=2, cell=_source,
            narrow=_short_source, narrow_width=86, may_go=True,
        ),
    )  # fmt: skip
