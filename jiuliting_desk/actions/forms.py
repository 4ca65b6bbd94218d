"""The paper of the evaluation: made out, given to a cadre, asked for, come back; and the board of what is out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.actions.visits import form_of
from jiuliting_desk.model.errors import WrongState
from jiuliting_desk.model.feedback import BoardColumn, Feedback, FeedbackForm, FormState, form_number
from jiuliting_desk.model.visits import FELL_THROUGH, Visit
from jiuliting_desk.store import Store
from jiuliting_desk.store import forms as queries
from jiuliting_desk.store.forms import BoardLine
from jiuliting_desk.store.visit_lines import VisitLine, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form with its visit, and the evaluation where it is in the file already."""

    form: FeedbackForm
    line: VisitLine
    feedback: Feedback | None


def issue_forms(
    store: Store, *, visit_ids: Sequence[int], today: date, held_by: int | None = None
) -> list[FeedbackForm]:
    """The forms of some visits, made out where there is none yet; they are with ``held_by`` or the visit's cadre.

    Raises WrongState for a visit that fell through, NotThere.
    """
    found = []
    for visit_id in visit_ids:
        visit = store.get(Visit, visit_id)
        if visit.state in FELL_THROUGH:
            raise WrongState(kind="visit", state=visit.state, wanted="form")
        form = form_of(store, visit, today=today, held_by=held_by)
        if form.state is FormState.MADE:
            form = store.update(form.issued(on=today))
        if held_by is not None and form.held_by != held_by:
            form = store.update(replace(form, held_by=held_by))
        found.append(form)
    store.running.about = several_forms(found)
    return found


def return_forms(store: Store, *, form_ids: Sequence[int], today: date) -> list[FeedbackForm]:
    """The paper of some forms is here. Raises WrongState unless they are out."""
    return _each(store, [form.returned(on=today) for form in _forms(store, form_ids)])


def take_back_return(store: Store, *, form_ids: Sequence[int], today: date) -> list[FeedbackForm]:
    """The paper of some forms is not here after all. Raises WrongState."""
    del today
    return _each(store, [form.out_again() for form in _forms(store, form_ids)])


def chase_forms(store: Store, *, form_ids: Sequence[int], today: date) -> list[FeedbackForm]:
    """Some forms were asked for. Raises WrongState unless they are out."""
    return _each(store, [form.chased(on=today) for form in _forms(store, form_ids)])


def board(store: Store, *, today: date) -> list[BoardLine]:
    """The outstanding-paper board: forms of visits that took place without an evaluation, the oldest first."""
    return queries.board(store, today=today, chase_days=number_setting(store, "chase_days"))


def board_counts(store: Store, *, today: date) -> dict[BoardColumn, int]:
    """How many forms stand in each column of the board."""
    counts = dict.fromkeys(BoardColumn, 0)
    for line in board(store, today=today):
        counts[line.column] += 1
    return counts


def find_form(store: Store, *, text: str) -> FormView | None:
    """The form whose number or code was typed or scanned: B-0326, b326, 326, JLT-B-0326; None for an unknown one."""
    digits = "".join(sign for sign in text.strip().upper().removeprefix("JLT") if sign in "0123456789")
    if not digits or len(digits) > 12:
        return None
    form = queries.form_by_number(store, form_number(int(digits)))
    return None if form is None else form_view(store, form)


def form_view(store: Store, form: FeedbackForm) -> FormView:
    """A form with what the desk shows beside it."""
    visit = store.get(Visit, form.visit_id)
    found = store.where(Feedback, visit_id=visit.id)
    return FormView(form=form, line=lines(store, [visit])[0], feedback=found[0] if found else None)


def _forms(store: Store, form_ids: Sequence[int]) -> list[FeedbackForm]:
    return [store.get(FeedbackForm, form_id) for form_id in form_ids]


def _each(store: Store, forms: Sequence[FeedbackForm]) -> list[FeedbackForm]:
    store.running.about = several_forms(forms)
    return [store.update(form) for form in forms]


def several_forms(forms: Sequence[FeedbackForm]) -> str:
    """What a step of the history says of some forms: B-0326 等 12 张."""
    if not forms:
        return ""
    return forms[0].number if len(forms) == 1 else f"{forms[0].number} 等 {len(forms)} 张"
