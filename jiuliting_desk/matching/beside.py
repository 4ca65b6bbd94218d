"""What is left once a plan is carried out, and whether one more line stands beside it when something is otherwise."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

import numpy as np

from jiuliting_desk.matching.arcs import Table, lay_out
from jiuliting_desk.matching.changes import Change, ChangeKind, changed, said
from jiuliting_desk.matching.grid import category_of, look
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.matching.problem import NOBODY
from jiuliting_desk.matching.rows import (
    BondRow,
    FixedRow,
    NeedRow,
    ProviderRow,
    RefusalRow,
    Situation,
    Source,
)
from jiuliting_desk.matching.terms import Rule, rules_of

MOST_ROUNDS = 4
"""A change may bring out another rule (once the half-day suits, it is full): so often that is followed."""


class Beside:
    """A plan's lines by provider, and the room that they leave."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.table: Table = plan.table
        self.pool = plan.table.pool
        self.situation = plan.table.situation
        self.needs: dict[int, NeedRow] = {need.id: need for need in self.situation.needs}
        self.lines: defaultdict[int, list[FixedRow]] = defaultdict(list)
        for line in plan.lines:
            self.lines[line.provider].append(FixedRow(need=line.need, provider=line.provider, source=line.source))
        self._provider = dict(plan.pairs())
        self.room = plan.table.room.copy()
        problem = plan.table.problem
        for arc in plan.choice[plan.choice != NOBODY].tolist():
            need = plan.table.needs[int(problem.need[arc])]
            self.room.take(int(problem.provider[arc]), need, int(problem.half_days[arc]))
        self._refusals: defaultdict[int, list[RefusalRow]] = defaultdict(list)
        for refusal in self.situation.refusals:
            self._refusals[refusal.provider].append(refusal)
        self._bonds: defaultdict[int, list[BondRow]] = defaultdict(list)
        self._paired_with: defaultdict[int, list[BondRow]] = defaultdict(list)
        for bond in self.situation.bonds:
            self._bonds[bond.provider].append(bond)
            self._paired_with[bond.elder].append(bond)
        self._elsewhere: defaultdict[int, list[NeedRow]] = defaultdict(list)
        """Needs by elder that nothing holds where they are: nobody's, or proposed."""
        held = {line.need for line in plan.lines if line.source is not Source.PROPOSED}
        for need in self.situation.needs:
            if need.id not in held:
                self._elsewhere[need.elder].append(need)

    def row(self, provider: int) -> ProviderRow:
        """The provider with this id."""
        return self.pool.rows[self.pool.position[provider]]

    def around(self, providers: Sequence[ProviderRow], needs: Iterable[NeedRow]) -> Situation:
        """These providers with the lines that the plan gives them, and needs beside those; nothing else of the world.

        Whatever holds here holds in the whole: nobody else's time is touched.
        """
        lines = [line for row in providers for line in self.lines.get(row.id, ())]
        mine = {line.need for line in lines}
        return replace(
            self.situation,
            needs=(*(self.needs[need] for need in mine), *(need for need in needs if need.id not in mine)),
            providers=tuple(providers),
            refusals=tuple(found for row in providers for found in self._refusals.get(row.id, ())),
            bonds=tuple(found for row in providers for found in self._bonds.get(row.id, ())),
            served=(),
            fixed=tuple(lines),
            last=(),
        )

    def once(self, row: ProviderRow, needs: Sequence[NeedRow], changes: Sequence[Change]) -> Situation:
        """What is around a provider once these changes hold: needs of their pairs may come to them only then."""
        around = self.around((row,), needs)
        paired = self._of_pairs(around, row)
        if not paired:
            return changed(around, changes)
        everything = changed(replace(around, needs=(*around.needs, *paired)), changes)
        come = {line.need for line in lay_out(everything).fixed} | {need.id for need in around.needs}
        return replace(everything, needs=tuple(need for need in everything.needs if need.id in come))

    def _of_pairs(self, around: Situation, row: ProviderRow) -> list[NeedRow]:
        """Needs of elders paired with the provider that are somebody else's by now, or nobody's."""
        there = {need.id for need in around.needs}
        found = {
            need.id: need
            for bond in self._bonds.get(row.id, ())
            for need in self._elsewhere.get(bond.elder, ())
            if bond.category in {None, need.category} and need.id not in there
        }
        return list(found.values())

    def keeps_lines(self, row: ProviderRow, needs: Sequence[NeedRow], changes: Sequence[Change]) -> bool:
        """Whether the provider has all their lines and these needs, although those of pairs come before all else."""
        around = self.around((row,), needs)
        paired = self._of_pairs(around, row)
        if not paired:
            return True
        named = tuple(line for line in around.fixed if line.source in {Source.CHOSEN, Source.CONFIRMED})
        coming = replace(around, needs=(*around.needs, *paired), fixed=named)
        wanted = {need.id for need in around.needs}
        after = lay_out(changed(coming, changes))
        left = {self._provider[row.need] for row in after.fixed if row.need in self._provider.keys() - wanted}
        if any(self.row(provider).homes_at_once for provider in left):
            # They would have a home less, and might not come at all.
            return False
        return _holds(after, wanted) and (not needs or _holds(lay_out(changed(around, changes)), wanted))

    def _keeps_all(self, row: ProviderRow, need: NeedRow, changes: Sequence[Change]) -> bool:
        """Whether lines stay too of those who are paired with the elder and to whom the need may go by the changes."""
        return self.keeps_lines(row, (need,), changes) and all(
            self.keeps_lines(self.row(bond.provider), (), changes)
            for bond in self._paired_with.get(need.elder, ())
            if bond.category in {None, need.category} and bond.provider in self.pool.position.keys() - {row.id}
        )

    def way(self, need: NeedRow, row: ProviderRow) -> tuple[Change, ...] | None:
        """The changes by which the provider takes the need with all their lines kept; None where none are known.

        Each step is laid out again by the planner's own rules until the line stands.
        """
        changes: list[Change] = []
        for _ in range(MOST_ROUNDS):
            table = lay_out(self.once(row, (need,), changes))
            if stands(table, need.id):
                if not self._keeps_all(row, need, changes):
                    return None
                return _merged(changes, name=row.name, month=self.situation.month_name)
            if need.id not in {found.id for found in table.needs}:
                return None
            now = next(found for found in table.needs if found.id == need.id)
            mask = int(look(table.pool, table.room, [now], np.zeros(1, np.int64)).masks[0, 0])
            more = [change for rule in rules_of(mask) for change in self._against(rule, table, now)]
            if not more:
                return None
            changes.extend(more)
        return None

    def stands(self, need: NeedRow, provider: int, changes: Sequence[Change]) -> bool:
        """Whether the provider can take the need with all their lines kept, once these changes hold."""
        row = self.row(provider)
        return stands(lay_out(self.once(row, (need,), changes)), need.id) and self._keeps_all(row, need, changes)

    def _against(self, rule: Rule, table: Table, need: NeedRow) -> Iterable[Change]:
        """What would have to be otherwise for the rule to say nothing."""
        pool, room, row = table.pool, table.room, table.pool.rows[0]
        category = category_of(pool, need.category)

        def made(kind: ChangeKind, amount: int = 0, halves: str = "") -> Change:
            change = Change(
                kind=kind,
                provider=row.id,
                need=need.id,
                category=need.category,
                amount=amount,
                certificate=category.certificate_kind if kind is ChangeKind.CERTIFY else "",
            )
            month = self.situation.month_name
            return said(change, name=row.name, category=category.name, halves=halves, month=month)

        if rule in SIMPLE:
            yield made(SIMPLE[rule])
        elif rule is Rule.TOO_FAR:
            metres = -(-int(pool.metres_to(need.place)[0]) // 100) * 100
            if row.max_metres is not None and row.max_metres < metres:
                yield made(ChangeKind.FARTHER, metres)
            if category.max_metres is not None and category.max_metres < metres:
                yield made(ChangeKind.CATEGORY_FARTHER, metres)
        elif rule is Rule.NO_COMMON_HALF_DAY:
            free = int(pool.free[0])
            yield made(ChangeKind.OTHER_HALF_DAY, free, table.situation.rules.half_day_names(free))
        elif rule is Rule.FULL:
            short_units = need.units - int(room.units[0])
            short_visits = need.visits - int(room.visits[0])
            if short_units > 0:
                yield made(ChangeKind.MORE_MINUTES, short_units * table.situation.unit)
            if short_visits > 0:
                yield made(ChangeKind.MORE_VISITS, short_visits)
        elif rule is Rule.HALF_DAY_FULL and not row.enterprise:
            yield made(ChangeKind.MORE_HOMES, 1)


SIMPLE: dict[Rule, ChangeKind] = {
    Rule.PAUSED: ChangeKind.RESUME,
    Rule.NO_SKILL: ChangeKind.TEACH,
    Rule.NO_CERTIFICATE: ChangeKind.CERTIFY,
    Rule.CERTIFICATE_EXPIRED: ChangeKind.CERTIFY,
    Rule.REFUSED_BY_ELDER: ChangeKind.ASK_ELDER,
    Rule.REFUSED_BY_PROVIDER: ChangeKind.ASK_PROVIDER,
    Rule.WRONG_SEX: ChangeKind.ANY_SEX,
    Rule.NO_DIALECT: ChangeKind.ANY_DIALECT,
    Rule.OUT_OF_AREA: ChangeKind.WIDER_AREA,
    Rule.PAIRS_FULL: ChangeKind.NOT_LASTING,
}


def stands(table: Table, need: int) -> bool:
    """Whether the need can be served beside what is fixed: nothing is broken, trips have their homes."""
    if any(row.need == need for row in table.fixed):
        return True
    problem = table.problem
    position = next(place for place, row in enumerate(table.needs) if row.id == need)
    for arc in np.nonzero(problem.need == position)[0].tolist():
        choice = np.full(problem.needs, NOBODY, np.int64)
        choice[position] = arc
        if not problem.breaches(choice):
            return True
    return False


def _holds(table: Table, wanted: Container[int]) -> bool:
    """Whether one provider can take all of these needs that are not fixed."""
    problem = table.problem
    choice = np.full(problem.needs, NOBODY, np.int64)
    choice[problem.need] = np.arange(problem.arcs)
    choice[[found.id not in wanted for found in table.needs]] = NOBODY
    is_whole = all(arc != NOBODY for arc, found in zip(choice, table.needs, strict=True) if found.id in wanted)
    return is_whole and not problem.breaches(choice)


ADD_UP = {ChangeKind.MORE_MINUTES, ChangeKind.MORE_VISITS, ChangeKind.MORE_HOMES}


def _merged(changes: Iterable[Change], *, name: str, month: str) -> tuple[Change, ...]:
    """What was asked for more than once as one change, with its sentence."""
    found: dict[ChangeKind, Change] = {}
    for change in changes:
        before = found.get(change.kind)
        if before is not None and change.kind in ADD_UP:
            change = replace(before, amount=before.amount + change.amount)
        found[change.kind] = change
    steps = list(found.values())
    for at, change in enumerate(steps):
        if change.kind in ADD_UP:
            steps[at] = said(change, name=name, month=month)
            if change.kind is ChangeKind.MORE_VISITS and at and steps[at - 1].kind is ChangeKind.MORE_MINUTES:
                steps[at] = replace(change, text=f"多去 {change.amount} 次")
    return tuple(steps)
