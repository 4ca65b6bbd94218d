"""Invented files for trying the matching: every rule and limit in them, all written by the actions."""

import random
from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions import (
    bookings,
    confirming,
    elders,
    matching,
    needs,
    pairings,
    places,
    providers,
    series,
    visits,
)
from jiuliting_desk.actions.certificates import add_certificate
from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, Phone, Sex
from jiuliting_desk.model.needs import Need, Rhythm, Urgency
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, ProviderKind, Skill
from jiuliting_desk.model.recurrence import Interval
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, CLEAN, ERRANDS, HAIRCUT, HOOD, TODAY

CERTIFICATES = {AIRCON: "空调清洗", HOOD: "油烟机清洗"}
CROWDED = ((0,), (0, 1), (0, 8))
HALF_DAYS: tuple[tuple[int, ...], ...] = ((), (), (), (0, 1), (2, 3), (5,), (8, 9, 10), (0, 4, 8), (12, 13))
SINGLE = (CLEAN, HAIRCUT, AIRCON, HOOD)
OFTEN = (CHAT, CHAT, ERRANDS, HAIRCUT)
REASON = "试一试"
SWITCHED = (
    "rule_no_dialect", "rule_out_of_area", "rule_no_common_half_day", "rule_pairs_full", "rule_half_day_full"
)  # fmt: skip
"""Rules that some offices do without."""
SPEAKING = (("上海话",), ("普通话、上海话",), ("普通话", "沪语"))
SILENT: tuple[tuple[str, ...], ...] = ((), (), ("普通话",), ("普通话，不会说上海话",))


class Town:
    """Draws a file from a seed; the same seed draws the same file."""

    def __init__(self, store: Store, seed: int, *, needs: int, providers: int) -> None:
        self.store = store
        self.draw, self.odd = random.Random(seed), random.Random(f"odd {seed}")
        self.is_ample = self.draw.random() < 0.3
        self.is_crowded = seed % 6 == 3
        """Whether everybody has the same few half-days."""
        if seed % 7 == 4:
            providers = 2
        with store.operation("change_settings"):
            self._settings()
        if seed % 5 == 3:
            with store.operation("edit_category"):
                self._odd_minutes()
        with store.operation("places"):
            self._places()
        with store.operation("register_elder"):
            self.elders = [self._elder(number) for number in range(max(2, needs * 2 // 3))]
        with store.operation("register_provider"):
            self.providers = [self._provider(number) for number in range(providers)]
        with store.operation("add_need"):
            self.needs = [self._need() for _ in range(needs)]
        with store.operation("what_stands"):
            self._refusals()
            self._pairs()
            self._booked()
            self._met()
            self._pauses()
        if seed % 4 == 1:
            self._confirmed()

    def _settings(self) -> None:
        draw = self.draw
        values = {"lasting_elders": str(draw.choice((1, 2, 5))), "homes_per_half_day": str(draw.choice((1, 2, 2)))}
        if draw.random() < 0.2:
            values["rule_too_far"] = "0"
        values |= {rule: "0" for rule in SWITCHED if self.odd.random() < 0.15}
        change_settings(self.store, values=values, today=TODAY)

    def _odd_minutes(self) -> None:
        """Hours are counted in other units where visits take such."""
        minutes = self.odd.choice(((20, 45, 50), (25, 60), (33, 90)))
        for category in self.store.all(ServiceCategory):
            self.store.update(replace(category, minutes=self.odd.choice(minutes)))

    def _places(self) -> None:
        draw = self.draw
        committees = [
            places.add_committee(self.store, committee=ResidentsCommittee(name=f"{name}居委"), today=TODAY).id
            for name in ("亭北", "云杉", "涞寅")
        ]
        self.compounds = []
        for number in range(6):
            known = draw.random() < 0.9
            compound = Compound(
                name=f"{number + 1}号新村",
                committee_id=committees[number % 3] if draw.random() < 0.9 else None,
                longitude=121.3 + draw.randint(0, 30) / 1000 if known else None,
                latitude=31.1 + draw.randint(0, 20) / 1000 if known else None,
            )
            self.compounds.append(places.add_compound(self.store, compound=compound, today=TODAY))
        self.committees = committees

    def _elder(self, number: int) -> Elder:
        draw = self.draw
        home = draw.choice(self.compounds) if draw.random() < 0.92 else None
        return elders.register_elder(
            self.store,
            today=TODAY,
            although_known=True,
            name=f"老人{number + 1}",
            sex=draw.choice((Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)),
            compound_id=None if home is None else home.id,
            committee_id=None if draw.random() < 0.8 else draw.choice(self.committees),
            building=str(draw.randint(1, 3)),
            language=draw.choice((self.odd.choice(("", "普通话")), "上海话")),
            refuses_sex=Sex.MALE if draw.random() < 0.08 else Sex.UNKNOWN,
        )

    def _provider(self, number: int) -> Provider:
        draw = self.draw
        is_firm = draw.random() < 0.2
        home = draw.choice(self.compounds) if draw.random() < 0.9 else None
        few = (2, 3, 4, 5, 8) if not self.is_ample else (8, 12, 20)
        skills = draw.sample((CHAT, CLEAN, HAIRCUT, AIRCON, HOOD, ERRANDS), draw.randint(1, 4))
        made = providers.register_provider(
            self.store,
            today=TODAY,
            provider=Provider(
                name=f"志愿者{number + 1}",
                phones=(Phone(number=f"100555501{number:02d}"),),
                kind=ProviderKind.ENTERPRISE if is_firm else ProviderKind.VOLUNTEER,
                sex=Sex.UNKNOWN if is_firm else draw.choice((Sex.MALE, Sex.FEMALE, Sex.FEMALE, Sex.UNKNOWN)),
                compound_id=None if home is None else home.id,
                committee_id=None if home is None else home.committee_id,
                area_committee_ids=(draw.choice(self.committees),) if draw.random() < 0.15 else (),
                max_metres=draw.choice((None, None, 500, 1230, 2000)),
                skills=tuple(Skill(category_id=skill, level=draw.randint(1, 3)) for skill in sorted(skills)),
                languages=self.odd.choice(SPEAKING if draw.random() < 0.5 else SILENT),
                half_days=self.odd.choice(CROWDED) if self.is_crowded else draw.choice(HALF_DAYS),
                visits_per_month=None if self.is_crowded else draw.choice((*few, None)),
                minutes_per_month=draw.choice((None, None, 100, 240, 480)),
                homes_at_once=draw.choice((2, 3)) if is_firm and draw.random() < 0.5 else 0,
                asked_on=None if draw.random() < 0.3 else TODAY - timedelta(days=draw.randint(0, 200)),
            ),
        )
        firms = self.store.where(Provider, kind=ProviderKind.ENTERPRISE)
        if not is_firm and firms and draw.random() < 0.25:
            firm = draw.choice(firms)
            providers.join_enterprise(self.store, provider_ids=[made.id], enterprise_id=firm.id, today=TODAY)
        for skill in skills:
            if skill in CERTIFICATES and draw.random() < 0.7:
                self._certificate(made.id, CERTIFICATES[skill])
        return made

    def _certificate(self, provider_id: int, kind: str) -> None:
        draw = self.draw
        issued = draw.choice((None, TODAY - timedelta(days=400), TODAY - timedelta(days=30), TODAY + timedelta(days=5)))
        ends = draw.choice((None, TODAY + timedelta(days=300), TODAY + timedelta(days=8)))
        if issued is not None and issued < TODAY and draw.random() < 0.3:
            ends = TODAY - timedelta(days=3)
        add_certificate(self.store, provider_id=provider_id, kind=kind, today=TODAY, issued_on=issued, expires_on=ends)

    def _need(self, **changes: object) -> Need:
        draw = self.draw
        rhythm = draw.choice((Rhythm.ONCE, Rhythm.ONCE, Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY))
        since = TODAY - timedelta(days=draw.randint(0, 40))
        return needs.add_need(
            self.store,
            elder_id=draw.choice(self.elders).id,
            category_id=draw.choice(SINGLE if rhythm is Rhythm.ONCE else OFTEN),
            today=since,
            rhythm=rhythm,
            per_month=draw.randint(1, 3),
            half_days=draw.choice(HALF_DAYS),
            urgency=draw.choice((Urgency.LOW, Urgency.NORMAL, Urgency.NORMAL, Urgency.HIGH, Urgency.URGENT)),
            wants_sex=draw.choice(("male", "female")) if draw.random() < 0.1 else "",
            wants_dialect=draw.random() < 0.1,
        )

    def _refusals(self) -> None:
        draw = self.draw
        for _ in range(len(self.providers) // 2):
            pairings.refuse(
                self.store,
                elder_id=draw.choice(self.elders).id,
                provider_id=draw.choice(self.providers).id,
                by_elder=draw.random() < 0.6,
                reason=REASON,
                today=TODAY,
            )

    def _pairs(self) -> None:
        draw = self.draw
        taken: set[tuple[int, int]] = set()
        for _ in range(len(self.providers) // 2):
            elder, provider = draw.choice(self.elders), draw.choice(self.providers)
            if (elder.id, provider.id) not in taken:
                taken.add((elder.id, provider.id))
                skills = [skill.category_id for skill in provider.skills]
                pairings.pair(
                    self.store,
                    elder_id=elder.id,
                    provider_id=provider.id,
                    category_id=draw.choice((None, *skills)),
                    today=TODAY - timedelta(days=60),
                    reason=REASON,
                    pinned=draw.random() < 0.5,
                )

    def _booked(self) -> None:
        """Claims held, some of them soon to lapse; single visits for no need and for one; and a weekly series."""
        draw = self.draw
        for need in draw.sample(self.needs, len(self.needs) // 6):
            provider = draw.choice(self.providers)
            pairings.claim_need(
                self.store,
                need_id=need.id,
                provider_id=provider.id,
                today=TODAY - timedelta(days=draw.choice((2, 12, 14))),
                reason=REASON,
            )
        for number in range(len(self.providers) // 2):
            bookings.book_visit(
                self.store,
                elder_id=draw.choice(self.elders).id,
                services=(ServiceLine(category_id=draw.choice((CHAT, HAIRCUT))),),
                provider_ids=(draw.choice(self.providers).id,),
                day=TODAY + timedelta(days=draw.randint(1, 20)),
                starts=540 + number * 7,
                today=TODAY,
                reason=REASON,
            )
        drafted = series.draft_series(
            self.store,
            elder_id=draw.choice(self.elders).id,
            services=(ServiceLine(category_id=CHAT),),
            provider_ids=(draw.choice(self.providers).id,),
            begins_on=TODAY + timedelta(days=1),
            starts=840,
            interval=Interval.WEEKLY,
        )
        series.begin_series(self.store, series=drafted, today=TODAY, reason=REASON)

    def _pauses(self) -> None:
        for provider in self.draw.sample(self.providers, len(self.providers) // 8):
            until = self.odd.choice((None, TODAY + timedelta(days=1), TODAY + timedelta(days=10), date(2026, 4, 1)))
            mine = [
                visit.id
                for visit in self.store.where(Visit, state=VisitState.PLANNED)
                if provider.id in visit.provider_ids and (until is None or TODAY <= visit.day < until)
            ]
            providers.pause_provider(
                self.store, provider_id=provider.id, reason=REASON, today=TODAY, until=until, leave_visit_ids=mine
            )

    def _met(self) -> None:
        """Visits of this month and later ones for needs, one alone or again and again; some of them done already."""
        odd, days = self.odd, (-9, -2, 3, 8, 20, 40)
        for need in odd.sample(self.needs, len(self.needs) // 6):
            provider, services = (
                odd.choice(self.providers),
                (ServiceLine(category_id=need.category_id, need_id=need.id),),
            )
            day, starts = TODAY + timedelta(days=odd.choice(days)), odd.choice((480, 719, 720, 1020))
            if need.rhythm is Rhythm.ONCE:
                made = bookings.book_visit(
                    self.store,
                    elder_id=need.elder_id,
                    services=services,
                    provider_ids=(provider.id,),
                    day=day,
                    starts=starts,
                    today=TODAY,
                    reason=REASON,
                )
                if day < TODAY:
                    outcome = visits.Outcome(visit_id=made.id, on_site_minutes=50)
                    visits.finish_visit(self.store, outcome=outcome, today=TODAY)
            else:
                drafted = series.draft_series(
                    self.store,
                    elder_id=need.elder_id,
                    services=services,
                    provider_ids=(provider.id,),
                    begins_on=max(day, TODAY + timedelta(days=1)),
                    starts=starts,
                    interval=odd.choice(list(Interval)),
                    count=odd.choice((None, None, 7)),
                )
                series.begin_series(self.store, series=drafted, today=TODAY, reason=REASON)

    def _confirmed(self) -> None:
        """Some lines of a plan that was made before stand as claims, with no day yet."""
        inputs = matching.read_inputs(self.store, today=TODAY)
        lines = [
            Confirmation(need_id=line.need, provider_id=line.provider, lasting=self.odd.random() < 0.3)
            for line in matching.propose_plan(inputs).lines
            if self.odd.random() < 0.5
        ]
        with self.store.operation("confirm_lines"):
            confirming.confirm_lines(self.store, lines=lines, today=TODAY, month=inputs.month)


def newcomer(store: Store, draw: random.Random) -> Provider:
    """Somebody more, as they come."""
    known = store.all(Provider)
    like = draw.choice(known)
    return providers.register_provider(
        store, provider=replace(like, id=0, number="", name="后来的", phones=(), enterprise_id=None), today=TODAY
    )


def day_of(number: int) -> date:
    """So many days from the day on which the files stand."""
    return TODAY + timedelta(days=number)
