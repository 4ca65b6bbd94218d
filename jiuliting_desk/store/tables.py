"""Which record lies in which table."""

from typing import Any, TypeVar

from jiuliting_desk.model.calls import Call
from jiuliting_desk.model.cards import PrintBatch, ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.follow_ups import FollowUp
from jiuliting_desk.model.imported_figures import ImportedFigure
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim, Pairing
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, Refusal
from jiuliting_desk.model.recurrence import Holiday, Series
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.surveys import LearnedWord, NeedsSurvey
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.model.trainings import Attendance, TrainingSession
from jiuliting_desk.model.visits import Visit, VisitReason
from jiuliting_desk.store.mapping import Mapped

R = TypeVar("R")

TABLES: dict[type[Any], Mapped[Any]] = {
    record_class: Mapped(record_class, table)
    for record_class, table in (
        (ResidentsCommittee, "committee"),
        (Cadre, "cadre"),
        (Compound, "compound"),
        (ServiceCategory, "category"),
        (Tag, "tag"),
        (Setting, "setting"),
        (NeedsSurvey, "survey"),
        (LearnedWord, "learned_word"),
        (Elder, "elder"),
        (Need, "need"),
        (Provider, "provider"),
        (Certificate, "certificate"),
        (Refusal, "refusal"),
        (Claim, "claim"),
        (Pairing, "pairing"),
        (ServiceCard, "card"),
        (PrintBatch, "print_batch"),
        (Series, "series"),
        (Holiday, "holiday"),
        (VisitReason, "visit_reason"),
        (Call, "call"),
        (Visit, "visit"),
        (FeedbackForm, "feedback_form"),
        (Feedback, "feedback"),
        (FollowUp, "follow_up"),
        (TrainingSession, "training"),
        (Attendance, "attendance"),
        (ImportedFigure, "imported_figure"),
    )
}

BY_TABLE: dict[str, Mapped[Any]] = {mapped.table: mapped for mapped in TABLES.values()}


def mapped(record_class: type[R]) -> Mapped[R]:
    """The table of a record class. Raises KeyError for a class that is not stored."""
    return TABLES[record_class]
