"""Which of the waiting needs the page looks at, and what it reads of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from jiuliting_desk.actions import matching, matching_lists, matching_outlook
from jiuliting_desk.actions.bookings import standings_of
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_lists import ClaimLine
from jiuliting_desk.actions.planned_months import planned_month
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.months import first_chance, months_to_choose
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.store import matching_rows as queries
from jiuliting_desk.store.matching_rows import Scope, WaitingNeed
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.pages.matching.month_choice import MonthChoice
from jiuliting_desk.ui.pages.matching.needs_side import NeedsSide
from jiuliting_desk.ui.pages.matching.run import Ground
from jiuliting_desk.ui.session import Ref, Session

MOST_PAIRS = 800_000
"""Needs times providers that are weighed against one another at once: a plan of some seconds, some tens of MiB."""
MONTH_KEY = "matching.month"
"""The month that is planned by itself, and the one that was chosen instead."""
MOST_AT_ONCE = 3000
"""Needs, however few could go."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reading:
    """What was read at once."""

    ground: Ground
    claims: list[ClaimLine]
    waiting: int
    """How many needs wait in all, where one committee is looked at in that one."""
    committee: str
    """The name of the one that is looked at, "" for all."""


class Looking(QObject):
    """All needs, as long as there are not too many: then the longest waiting, of all or of one committee.

    They are looked at for one month: the usual one unless the other was chosen, which holds until another is usual.
    """

    changed = Signal()
    """Others are to be looked at."""

    def __init__(self, session: Session, needs: NeedsSide, months: MonthChoice) -> None:
        super().__init__(needs)
        self._session = session
        self._needs = needs
        self._months = months
        self._month = self._usual = date.min
        self.committee_id: int | None = None
        self._besides: frozenset[int] = frozenset()
        self._allowance: tuple[Inputs | None, dict[int, str]] = None, {}
        """What was said of needs, as the file was when those were read: a plan that comes later asks it nothing."""
        needs.committees_wanted.connect(self._offer_committees)
        needs.committee_chosen.connect(self.choose_committee)
        months.chosen.connect(self.choose_month)

    def _offer_committees(self) -> None:
        if self._session.is_lent:
            self._session.say_busy()
        else:
            self._needs.offer_committees(queries.waiting_by_committee(self._session.store, today=self._session.today()))

    def choose_committee(self, committee_id: int | None) -> None:
        """Look at the needs of one residents' committee, or of all."""
        self.committee_id = committee_id
        self._besides = frozenset()
        self.changed.emit()

    def month(self) -> date:
        """The first day of the month that is planned."""
        today = self._session.today()
        usual = self._usual = planned_month(self._session.store, today=today)
        kept = self._session.remembered.get(MONTH_KEY, [])
        chosen = [month for month in months_to_choose(today) if kept == [f"{usual:%Y-%m}", f"{month:%Y-%m}"]]
        return chosen[0] if chosen else usual

    def _show_month(self, today: date) -> None:
        self._months.show_month(self._month, today=today, usual=self._usual)

    def choose_month(self, month: date) -> None:
        """Plan for this month or for the next."""
        today = self._session.today()
        if self._session.is_lent:
            self._session.say_busy()
            self._show_month(today)
            return
        usual = planned_month(self._session.store, today=today)
        self._session.remembered.keep(MONTH_KEY, [f"{usual:%Y-%m}", f"{month:%Y-%m}"])
        self.changed.emit()

    def take_in(self, ref: Ref, inputs: Inputs) -> bool:
        """Look also at a need, or at those of an elder, that the many left out; gives whether that is any more."""
        wanted: frozenset[int] = frozenset()
        if ref.record_class is Need:
            wanted = frozenset({ref.record_id})
        elif ref.record_class is Elder and not self._session.is_lent:
            today = self._session.today()
            wanted = frozenset(queries.waiting_of_elder(self._session.store, ref.record_id, today=today))
        if self._session.is_lent or wanted <= inputs.needs.keys():
            return False
        self._besides |= wanted
        return True

    def sought(self, ref: Ref, inputs: Inputs) -> int:
        """The need that a record leads to; 0 where none of its needs waits, which is said."""
        if ref.record_class is Need:
            if ref.record_id in inputs.needs:
                return ref.record_id
            words = self.tr("这一条现在不用找人：还没到日子，或者已经有人认领、约好、办完了。")
            self._session.say(words, tone="info")
        elif ref.record_class is Elder:
            found = next((need.id for need in inputs.needs.values() if need.elder_id == ref.record_id), 0)
            if not found:
                self._session.say(self.tr("这位老人现在没有等安排的需求。"), tone="info")
            return found
        return 0

    def still_waiting(self, inputs: Inputs, needs: Iterable[int]) -> set[int]:
        """Those of some needs that wait, looked at now or not."""
        asked = set(needs)
        elsewhere = self._session.store.get_many(Need, asked - inputs.needs.keys()).values()
        return (asked & inputs.needs.keys()) | {need.id for need in elsewhere if need.state is NeedState.OPEN}

    def allowance(self, inputs: Inputs, need: WaitingNeed | None) -> str:
        """What the service's quota, season and conditions say against a need in the planned month, "" for nothing."""
        if need is None:
            return ""
        if self._allowance[0] is not inputs:
            self._allowance = inputs, {}
        known = self._allowance[1]
        if need.id not in known and not self._session.is_lent:
            known[need.id] = self._say_allowance(inputs, need)
        return known.get(need.id, "")

    def _say_allowance(self, inputs: Inputs, need: WaitingNeed) -> str:
        store, today = self._session.store, self._session.today()
        elder, category = store.get(Elder, need.elder_id), inputs.categories[need.category_id]
        day = first_chance(inputs.month, today=today)
        found = standings_of(store, elder=elder, categories=[category], on=day)[category.id]
        if not found.warnings:
            return ""
        told = [visit_words.quota(found), *(labels.label(warning) for warning in found.warnings)]
        return self.tr("{month}：{told}。预约的时候要写原因").format(
            month=inputs.situation.month_name, told=self.tr("；").join(filter(None, told))
        )

    def read(self, besides: Iterable[int]) -> Reading:
        """Read who waits and who could go; ``besides`` are needs that are always looked at, such as chosen ones."""
        store, today = self._session.store, self._session.today()
        committee = store.find(ResidentsCommittee, self.committee_id)
        scope = Scope(
            committee_id=None if committee is None else committee.id,
            most=min(MOST_AT_ONCE, matching.most_at_once(store, pairs=MOST_PAIRS)),
            besides=self._besides | frozenset(besides),
        )
        self._month = self.month()
        inputs = matching.read_inputs(store, today=today, month=self._month, scope=scope)
        self._show_month(today)
        self._besides &= inputs.needs.keys()
        claims = matching_lists.claim_lines(store, today=today)
        return Reading(
            ground=Ground(
                inputs=inputs,
                lapsing=tuple(matching_lists.lapsing(store, claims)),
                month=matching_outlook.next_month(store, inputs),
            ),
            claims=claims,
            waiting=queries.count_waiting(
                store,
                today=first_chance(self._month, today=today),
                committee_id=scope.committee_id,
                days=inputs.days,
            ),
            committee="" if committee is None else committee.name,
        )
