"""One visit, one evaluation: the paper that went out, and what the elder, the volunteer and the cadre answered."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from jiuliting_desk.model.errors import BadNumber, Missing, WrongState

FORM_PREFIX = "B-"
"""What form numbers begin with: B-0326."""


def form_number(form_id: int) -> str:
    """The number of the form of that id."""
    return f"{FORM_PREFIX}{form_id:04d}"


class FormState(StrEnum):
    """made (printed, not yet confirmed) -> 已发 -> 已收回 -> entered; void where its visit did not take place."""

    MADE = "made"
    OUT = "out"
    RETURNED = "returned"
    ENTERED = "entered"
    VOID = "void"


class BoardColumn(StrEnum):
    """Where an unanswered form of a visit that took place stands on the board."""

    OUT = "out"
    """已发: still within the days given."""
    CHASE = "chase"
    """待催."""
    RETURNED = "returned"
    """已收回: here, to be typed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackForm:
    """意见反馈表 as paper: one for each visit, its number in print and in its code."""

    id: int = 0
    visit_id: int
    number: str
    state: FormState = FormState.OUT
    issued_on: date
    returned_on: date | None = None
    chased_on: date | None = None
    """The last day on which it was asked for."""
    chased_times: int = 0
    held_by: int | None = None
    """The cadre who has it."""

    @property
    def is_awaited(self) -> bool:
        """Whether answers have still to come or to be typed in."""
        return self.state in {FormState.MADE, FormState.OUT, FormState.RETURNED}

    def issued(self, *, on: date) -> Self:
        """Given out. A form that was given out already stays as it is. Raises WrongState once it is void."""
        if self.state is FormState.VOID:
            raise WrongState(kind="form", state=self.state, wanted=FormState.OUT)
        return replace(self, state=FormState.OUT, issued_on=on) if self.state is FormState.MADE else self

    def column(self, *, visit_day: date, today: date, chase_days: int) -> BoardColumn:
        """Where it stands on the board. Raises WrongState once it is entered or void."""
        if not self.is_awaited:
            raise WrongState(kind="form", state=self.state, wanted=FormState.OUT)
        if self.state is FormState.RETURNED:
            return BoardColumn.RETURNED
        return BoardColumn.CHASE if (today - visit_day).days > chase_days else BoardColumn.OUT

    def returned(self, *, on: date) -> Self:
        """The paper is here. Raises WrongState unless it is out."""
        if self.state is not FormState.OUT:
            raise WrongState(kind="form", state=self.state, wanted=FormState.RETURNED)
        return replace(self, state=FormState.RETURNED, returned_on=on)

    def out_again(self) -> Self:
        """Not here after all. Raises WrongState unless it had come back untyped."""
        if self.state is not FormState.RETURNED:
            raise WrongState(kind="form", state=self.state, wanted=FormState.OUT)
        return replace(self, state=FormState.OUT, returned_on=None)

    def chased(self, *, on: date) -> Self:
        """Asked for once more. Raises WrongState unless it is out."""
        if self.state is not FormState.OUT:
            raise WrongState(kind="form", state=self.state, wanted="chased")
        return replace(self, chased_on=on, chased_times=self.chased_times + 1)

    def entered(self, *, on: date) -> Self:
        """Its answers are in the file. Raises WrongState where they are already, or it is void."""
        if not self.is_awaited:
            raise WrongState(kind="form", state=self.state, wanted=FormState.ENTERED)
        return replace(self, state=FormState.ENTERED, returned_on=self.returned_on or on)

    def reopened(self) -> Self:
        """Answers were taken out again. Raises WrongState unless they were in."""
        if self.state is not FormState.ENTERED:
            raise WrongState(kind="form", state=self.state, wanted=FormState.RETURNED)
        return replace(self, state=FormState.RETURNED)

    def voided(self) -> Self:
        """Its visit did not take place. Raises WrongState once it is entered."""
        if self.state is FormState.ENTERED:
            raise WrongState(kind="form", state=self.state, wanted=FormState.VOID)
        return replace(self, state=FormState.VOID)

    def revived(self) -> Self:
        """Out again with a visit that was taken up again. Raises WrongState unless it is void."""
        if self.state is not FormState.VOID:
            raise WrongState(kind="form", state=self.state, wanted=FormState.OUT)
        return replace(self, state=FormState.OUT, returned_on=None)


class FilledBy(StrEnum):
    """Who held the pen."""

    ELDER = "elder"
    FAMILY = "family"
    OTHER = "other"
    UNKNOWN = "unknown"


class FeedbackSource(StrEnum):
    """How the answers came in."""

    TYPED = "typed"
    SHEET = "sheet"
    SCAN = "scan"
    PHONE = "phone"


class Condition(StrEnum):
    """How the volunteer found the elder, or the home."""

    GOOD = "good"
    FAIR = "fair"
    WORRYING = "worrying"
    UNTOLD = "untold"


SCORES = ("punctual", "manner", "work", "overall")
"""The elder's four questions, in the order of the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The evaluation of one visit. Scores are 1-5, 0 where nothing was ticked."""

    id: int = 0
    visit_id: int
    punctual: int = 0
    manner: int = 0
    work: int = 0
    overall: int = 0
    wishes: tuple[int, ...] = ()
    """Categories ticked under 还想要人帮什么忙."""
    words: str = ""
    same_person: bool = False
    """Would like the same person again."""
    other_person: bool = False
    """Would rather not have that person again."""
    filled_by: FilledBy = FilledBy.UNKNOWN
    filled_on: date | None = None
    unanswered_reason: str = ""
    """Why there is no score at all: the elder did not wish to, …"""
    elder_condition: Condition = Condition.UNTOLD
    home_condition: Condition = Condition.UNTOLD
    report: str = ""
    """The volunteer's words."""
    hazards: str = ""
    would_return: bool | None = None
    """Whether the volunteer would go again."""
    cadre_id: int | None = None
    on_time: bool | None = None
    """The cadre's part."""
    whole_time: bool | None = None
    remarks: str = ""
    signature_seen: bool = False
    source: FeedbackSource = FeedbackSource.TYPED
    entered_on: date
    entered_by: str = ""
    need_ids: tuple[int, ...] = ()
    """Needs that were registered from its wishes."""

    @property
    def scores(self) -> tuple[int, int, int, int]:
        """The four scores in the order of the paper."""
        return (self.punctual, self.manner, self.work, self.overall)

    @property
    def lowest(self) -> int:
        """The lowest score given, 0 where none was."""
        return min((score for score in self.scores if score), default=0)

    def checked(self) -> Self:
        """The same, tidied. Raises BadNumber, and Missing where neither a score nor a reason for none is given."""
        for name, score in zip(SCORES, self.scores, strict=True):
            if not 0 <= score <= 5:
                raise BadNumber(field=name, text=str(score), lowest=0, highest=5)
        reason = self.unanswered_reason.strip()
        if not any(self.scores) and not reason:
            raise Missing(field="overall")
        return replace(
            self,
            wishes=tuple(dict.fromkeys(self.wishes)),
            words=self.words.strip(),
            unanswered_reason="" if any(self.scores) else reason,
            report=self.report.strip(),
            hazards=self.hazards.strip(),
            remarks=self.remarks.strip(),
            same_person=self.same_person and not self.other_person,
        )
