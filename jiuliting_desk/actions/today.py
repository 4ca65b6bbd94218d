"""今日: the desk in the morning, every line with the thresholds of the settings."""

from dataclasses import dataclass
from datetime import date, timedelta

from jiuliting_desk.actions.follow_ups import FollowUpLine, open_follow_ups
from jiuliting_desk.actions.forms import board
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.calls import Call
from jiuliting_desk.store import Store
from jiuliting_desk.store import calls as call_queries
from jiuliting_desk.store import today as queries
from jiuliting_desk.store import visits as visit_queries
from jiuliting_desk.store.forms import BoardLine, awaited_count
from jiuliting_desk.store.today import Group, Line, UnseenElder
from jiuliting_desk.store.trainings import SessionLine, gatherings
from jiuliting_desk.store.visit_lines import VisitLine, lines

SHOWN = 30
"""Lines of a group that are fetched; its count tells of all."""

STAND_INS_AHEAD = timedelta(days=7)

__all__ = ["Group", "Line", "Morning", "UnseenElder", "morning", "unseen_elders", "work_counts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """Everything that the first page shows, the backup's state apart."""

    today: date
    visits: tuple[VisitLine, ...]
    """Of today, tomorrow and the day after, by time; cancelled ones of later days left out."""
    next_visit: tuple[date, int] | None
    """Day and minute of the first visit after these days, or None."""
    last_scores: dict[int, int]
    """The lowest score of the last evaluation of those who are visited today, where it was low; by elder."""
    forms: tuple[BoardLine, ...]
    """The outstanding paper, the oldest first."""
    chase_days: int
    follow_ups: tuple[FollowUpLine, ...]
    recalls: tuple[Call, ...]
    stand_ins: Group
    """Days of this week ahead for which a helper who pauses is to be replaced, and nobody is booked yet."""
    waiting: Group
    waiting_days: int
    """From so many days on a need has waited too long."""
    unrecorded: Group
    claims: Group
    certificates: Group
    unseen: Group
    paused: Group
    """Elders of whom nobody has heard for as long whether they are back: no list of work has them."""
    resting: Group
    """Series that nobody has taken up again for as long."""
    unasked: Group
    reviews: Group
    gatherings: tuple[SessionLine, ...]
    """Trainings and salons of these days, and those of earlier days whose roll was not called."""

    @property
    def visit_count(self) -> int:
        """Visits of today, those that fell through left out."""
        return sum(line.visit.day == self.today and not line.visit.reason for line in self.visits)


def morning(store: Store, *, today: date, days: int = 3) -> Morning:
    """What the office has before it: visits of ``days`` days, and all that waits, the worst first."""
    last = today + timedelta(days=days - 1)
    visits = [visit for visit in visit_queries.between(store, today, last) if visit.day == today or visit.is_open]
    low = number_setting(store, "low_score")
    unseen_before = today - timedelta(days=number_setting(store, "unseen_days"))
    scores = visit_queries.last_scores(store, [visit.elder_id for visit in visits if visit.day == today])
    return Morning(
        today=today,
        visits=tuple(lines(store, visits)),
        next_visit=queries.next_visit_day(store, after=last),
        last_scores={elder_id: score for elder_id, score in scores.items() if score <= low},
        forms=tuple(board(store, today=today)),
        chase_days=number_setting(store, "chase_days"),
        follow_ups=tuple(open_follow_ups(store, today=today)),
        recalls=tuple(call_queries.to_ring_back(store, until=today)),
        stand_ins=queries.stand_ins(store, today=today, until=today + STAND_INS_AHEAD, limit=SHOWN),
        waiting=queries.waiting_needs(store, today=today, limit=SHOWN),
        waiting_days=number_setting(store, "waiting_days"),
        unrecorded=queries.unrecorded_visits(store, today=today, limit=SHOWN),
        claims=queries.lapsing_claims(
            store, until=today + timedelta(days=number_setting(store, "claim_warn_days")), limit=SHOWN
        ),
        certificates=queries.expiring_certificates(
            store, until=today + timedelta(days=number_setting(store, "certificate_days")), today=today, limit=SHOWN
        ),
        unseen=queries.unseen_elders(store, before=unseen_before, today=today, limit=SHOWN),
        paused=queries.paused_elders(store, before=unseen_before, limit=SHOWN),
        resting=queries.resting_series(store, before=unseen_before, limit=SHOWN),
        unasked=queries.unasked_providers(
            store, before=today - timedelta(days=number_setting(store, "unasked_days")), today=today, limit=SHOWN
        ),
        reviews=queries.due_reviews(store, today=today, limit=SHOWN),
        gatherings=tuple(gatherings(store, last=last)),
    )


def unseen_elders(store: Store, *, today: date, limit: int = 2000) -> list[UnseenElder]:
    """Everybody whom nobody has seen for the days of the settings, the longest first, also those with a visit ahead."""
    before = today - timedelta(days=number_setting(store, "unseen_days"))
    return queries.all_unseen(store, before=before, today=today, limit=limit)


def work_counts(store: Store, *, today: date) -> dict[str, int]:
    """The numbers at the rail: needs that wait (matching) and forms that are out (feedback)."""
    return {
        "waiting": queries.waiting_needs(store, today=today, limit=0).count,
        "forms": awaited_count(store),
    }
