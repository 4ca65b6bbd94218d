"""What stays of a person whose data is erased: nothing that tells who it was; the figures keep their sums.

Personal Information Protection Law, Art. 4 (what is anonymous is personal no more) and Art. 47 (erasure).
"""

from dataclasses import replace
from datetime import date
from typing import Any

from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.cards import ServiceCard
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.providers import Refusal
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.visits import Visit

ERASED_NAME = "已清除"

ERASED_REASON = "资料已清除"
"""Why whatever still stood was ended: who asked for it and why is told in the history only."""

FREE_TEXT: dict[type[Any], tuple[str, ...]] = {
    Need: ("wishes", "close_reason"),
    Claim: ("reason",),
    Pairing: ("end_reason", "override_reason", "notes"),
    Refusal: ("reason",),
    ServiceCard: ("handed_to", "ended_reason"),
    Series: ("end_reason", "override_reason"),
    Call: ("phone", "caller_name", "notes"),
    Visit: ("override_reason", "incident", "hazards", "notes"),
    FeedbackForm: (),
    Feedback: ("words", "report", "hazards", "remarks"),
    FollowUp: ("what", "outcome", "notes"),
}
"""For each class that belongs to an elder, the fields in which anything may have been written."""


def anonymous(elder: Elder, *, today: date) -> Elder:
    """The record without the person: sex and committee stay for the figures."""
    return Elder(
        id=elder.id,
        name=ERASED_NAME,
        sex=elder.sex,
        committee_id=elder.committee_id,
        state=elder.state if not elder.is_served else ElderState.WITHDREW,
        state_on=today,
    )


def without_words(record: Any) -> Any:
    """A record that belongs to an elder, without what was written into it. Raises KeyError for another class."""
    return replace(record, **dict.fromkeys(FREE_TEXT[type(record)], ""))
