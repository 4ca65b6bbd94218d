"""Why nobody goes where nobody does, what would cure it and what insisting costs, for the desk and the shell."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from jiuliting_desk.actions.matching import Inputs, half_day_mask
from jiuliting_desk.actions.matching_lists import ClaimLine
from jiuliting_desk.matching.changes import Change, ChangeKind, said
from jiuliting_desk.matching.explain import Cure, Explainer, Explanation
from jiuliting_desk.matching.insist import Insisted, Insistence
from jiuliting_desk.matching.plan import Plan, let_loose
from jiuliting_desk.matching.what_if import insisted_upon

CURED_AT_ONCE = 40
"""Cures are looked for at once for so many of the needs waiting longest, for the others when somebody asks."""
MOST_CURES = 4


class Causes:
    """One plan's unserved needs; each answer is worked out once, in milliseconds, and touches no file."""

    def __init__(self, inputs: Inputs, plan: Plan, *, claims: Iterable[ClaimLine] = ()) -> None:
        self.inputs = inputs
        self.plan = plan
        self.explainer = Explainer(plan)
        self._insistence: Insistence | None = None
        self._loose: tuple[tuple[int, int], Insistence | Insisted | None] = (0, 0), None
        self._claims: dict[int, list[ClaimLine]] = {}
        for line in claims:
            self._claims.setdefault(line.claim.provider_id, []).append(line)
        self._causes: dict[int, Explanation] = {}
        self._cured: set[int] = set()

    def of(self, need_id: int) -> Explanation:
        """The cause without its cures."""
        if need_id not in self._causes:
            self._causes[need_id] = self.explainer.explain(need_id, cures=0)
        return self._causes[need_id]

    def with_cures(self, need_id: int) -> Explanation:
        """The cause with what would cure it."""
        if need_id not in self._cured:
            released = self._releases(need_id)
            cures = (*released, *self.explainer.cures(need_id, MOST_CURES - len(released)))
            self._causes[need_id] = replace(self.of(need_id), cures=cures)
            self._cured.add(need_id)
        return self._causes[need_id]

    def known(self) -> tuple[Explanation, ...]:
        """The causes of all unserved needs, in the order of waiting."""
        unserved = set(self.plan.unserved)
        return tuple(self.of(need_id) for need_id in self.inputs.needs if need_id in unserved)

    def cost(self, need_id: int, provider_id: int | None = None, *, anew: bool = True) -> Insisted | None:
        """What it costs the rest to give the need to this candidate, by default to the cheapest; None where it cannot.

        Also for needs that are served: what moves when somebody else takes them.
        """
        if self._insistence is None:
            self._insistence = Insistence(self.plan)
        told = self._insistence.tell(need_id, provider_id, anew=anew)
        if told is not None or provider_id is None:
            return told
        return self._cost_beside_pairs(need_id, provider_id, anew=anew)

    def _cost_beside_pairs(self, need_id: int, provider_id: int, *, anew: bool) -> Insisted | None:
        """Where a lasting pair holds the need or the provider's time: what it costs if that gives way."""
        if self._loose[0] != (need_id, provider_id):
            loose = let_loose(self.plan, need_id, provider_id)
            found = None if loose is None else Insistence(loose, is_loose=True)
            self._loose = (need_id, provider_id), found or insisted_upon(self.plan, need_id, provider_id)
        told = self._loose[1]
        return told.tell(need_id, provider_id, anew=anew) if isinstance(told, Insistence) else told

    def _releases(self, need_id: int) -> tuple[Cure, ...]:
        """A claim of one of the candidates that, given back, makes room: the one next to lapse."""
        beside, needs = self.explainer.beside, self.explainer.beside.needs
        if not self._claims:
            return ()
        for provider_id, lines in self._claims.items():
            if provider_id not in beside.pool.position:
                continue
            for line in lines:
                if not line.takes_time_in(self.inputs.month) or self._comes_back(line):
                    continue
                visits, minutes = line.given_back_in(self.inputs.month)
                change = Change(
                    kind=ChangeKind.RELEASE,
                    provider=provider_id,
                    need=line.claim.need_id,
                    elder=line.elder_id if visits == line.visits else 0,
                    category=line.category_id,
                    amount=visits,
                    minutes=minutes,
                    half_days=half_day_mask(line.half_days),
                )
                if beside.stands(needs[need_id], provider_id, (change,)):
                    told = said(change, name=line.provider, category=f"{line.elder}家的{line.category}")
                    return (Cure(provider=provider_id, name=line.provider, changes=(told,)),)
        return ()

    def _comes_back(self, line: ClaimLine) -> bool:
        """Whether the two are paired for what was claimed: given back, it is at once theirs again."""
        return any(
            bond.elder == line.elder_id
            and bond.provider == line.claim.provider_id
            and bond.category in {None, line.category_id}
            for bond in self.inputs.situation.bonds
        )


def causes_of(
    inputs: Inputs,
    plan: Plan,
    *,
    claims: Iterable[ClaimLine] = (),
    cures: int = CURED_AT_ONCE,
    stop: Callable[[], bool] | None = None,
    hurry: Callable[[], bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Causes:
    """The cause for each need that the plan leaves without anybody, with the cures of so many waiting longest.

    Once ``stop()`` is true the rest is left to be asked for, once ``hurry()`` is true only the cures.
    """
    causes = Causes(inputs, plan, claims=claims)
    unserved = set(plan.unserved)
    needs = [need_id for need_id in inputs.needs if need_id in unserved]
    for done, need_id in enumerate(needs):
        if stop is not None and stop():
            break
        if progress is not None:
            progress(done, len(needs))
        if done < cures and not (hurry is not None and hurry()):
            causes.with_cures(need_id)
        else:
            causes.of(need_id)
    return causes
