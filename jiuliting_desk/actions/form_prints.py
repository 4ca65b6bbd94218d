"""意见反馈表 on paper: made out beforehand for visits or blank, printed, and given out once they came out right."""

from collections.abc import Callable, Sequence
from datetime import date

from jiuliting_desk.actions.cards import spaced
from jiuliting_desk.actions.forms import several_forms
from jiuliting_desk.actions.settings import setting
from jiuliting_desk.actions.visits import form_of
from jiuliting_desk.model.cards import PrintBatch, PrintState
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import day_text
from jiuliting_desk.model.errors import WrongState
from jiuliting_desk.model.feedback import FeedbackForm, FormState
from jiuliting_desk.model.visits import FELL_THROUGH, Visit
from jiuliting_desk.paper.card_face import ServiceLine
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.paper.form_geometry import WISHES
from jiuliting_desk.paper.forms import FormFace, feedback_forms
from jiuliting_desk.store import Store
from jiuliting_desk.store import cards as card_queries
from jiuliting_desk.store import forms as queries
from jiuliting_desk.store.finding import CODE_PREFIX
from jiuliting_desk.store.visit_lines import VisitLine, lines

KIND = "forms"
"""The kind of print batches of forms."""


def make_forms(store: Store, *, visit_ids: Sequence[int], target: str, today: date) -> PrintBatch:
    """Note that the forms of some visits go to a printer or a PDF; a visit's form keeps its number for good.

    New forms are not out before ``confirm_forms``. Raises NothingToPrint, WrongState for a visit that fell through or
    whose answers are in the file already, NotThere.
    """
    if not visit_ids:
        raise NothingToPrint()
    found = []
    for visit in _in_order(store, visit_ids):
        if visit.state in FELL_THROUGH:
            raise WrongState(kind="visit", state=visit.state, wanted="form")
        form = form_of(store, visit, today=today, state=FormState.MADE)
        if not form.is_awaited:
            raise WrongState(kind="form", state=form.state, wanted="printed")
        found.append(form)
    store.running.about = several_forms(found)
    return store.add(
        PrintBatch(
            kind=KIND,
            printed_on=today,
            printed_by=store.who,
            target=target,
            item_ids=tuple(form.id for form in found),
        )
    )


def print_forms(
    store: Store,
    *,
    visit_ids: Sequence[int],
    target: str,
    deliver: Callable[[bytes], object],
    today: date,
    progress: Callable[[int, int], object] | None = None,
) -> PrintBatch:
    """Make out the forms of some visits and hand the PDF to ``deliver``; what that raises rolls everything back.

    Raises as ``make_forms`` does, and GlyphsMissing.
    """
    batch = make_forms(store, visit_ids=visit_ids, target=target, today=today)
    if progress is not None:
        progress(0, len(batch.item_ids))
    deliver(feedback_forms(form_faces(store, form_ids=batch.item_ids)))
    return batch


def confirm_forms(store: Store, *, batch_id: int, spoilt_ids: Sequence[int] = (), today: date) -> PrintBatch:
    """Say how a batch came out: good forms are 已发, spoilt ones wait to be printed again under the same number.

    Raises WrongState where it was settled already.
    """
    batch = store.get(PrintBatch, batch_id)
    settled = store.update(batch.came_out(spoilt_ids=tuple(spoilt_ids)))
    forms = store.get_many(FeedbackForm, batch.item_ids)
    good = [forms[form_id] for form_id in batch.item_ids if form_id in forms and form_id not in settled.spoilt_ids]
    for form in good:
        if form.state is FormState.MADE:
            store.update(form.issued(on=today))
    store.running.about = several_forms(good) or several_forms([forms[one] for one in settled.spoilt_ids])
    return settled


def unsettled_batches(store: Store) -> list[PrintBatch]:
    """Batches of forms of which nobody has said yet how they came out, the newest first."""
    return list(reversed(store.where(PrintBatch, kind=KIND, state=PrintState.SENT)))


def printable_visits(store: Store, visits: Sequence[Visit]) -> list[Visit]:
    """Those of some visits for which a form can be printed: not fallen through, not answered."""
    answered = queries.answered(store, [visit.id for visit in visits])
    return [visit for visit in visits if visit.state not in FELL_THROUGH and visit.id not in answered]


def form_faces(store: Store, *, form_ids: Sequence[int]) -> list[FormFace]:
    """What is printed on some forms, in their order."""
    forms = store.get_many(FeedbackForm, form_ids)
    visits = store.get_many(Visit, {form.visit_id for form in forms.values()})
    ordered = [forms[form_id] for form_id in form_ids]
    told = lines(store, [visits[form.visit_id] for form in ordered])
    cards = card_queries.valid_numbers(store, [line.visit.elder_id for line in told])
    categories = {one.id: one for one in store.all(ServiceCategory)}
    blank = _blank(store)
    return [_face(form, line, cards, categories, blank) for form, line in zip(ordered, told, strict=True)]


def _face(
    form: FeedbackForm,
    line: VisitLine,
    cards: dict[int, str],
    categories: dict[int, ServiceCategory],
    blank: FormFace,
) -> FormFace:
    visit = line.visit
    return FormFace(
        number=form.number,
        code_text=f"{CODE_PREFIX}-{form.number}",
        name=line.name,
        service=services_text(line),
        day=day_text(visit.day),
        providers="、".join(line.providers),
        card_number=cards.get(visit.elder_id, line.number),
        committee=line.committee,
        unit=categories[visit.services[0].category_id].unit,
        office_phone=blank.office_phone,
        wishes=blank.wishes,
        brand=blank.brand,
    )


def services_text(line: VisitLine) -> str:
    """理发、清洗空调×2: the services of a visit, with the quantity where it is not one."""
    counts: dict[int, int] = {}
    for one in line.visit.services:
        counts[one.category_id] = counts.get(one.category_id, 0) + one.quantity
    names = dict(zip(line.visit.category_ids, line.categories, strict=True))
    return "、".join(names[key] if count == 1 else f"{names[key]}×{count}" for key, count in counts.items())


def blank_forms(store: Store, *, count: int) -> bytes:
    """Forms without a number, to be filled in wholly by hand, as a PDF. Raises NothingToPrint and GlyphsMissing."""
    return feedback_forms([_blank(store)] * count)


def _blank(store: Store) -> FormFace:
    categories = store.where(ServiceCategory, active=True, order="position")
    return FormFace(
        office_phone=spaced(setting(store, "office_phone")),
        wishes=tuple(ServiceLine(name=one.name, icon=one.icon) for one in categories[:WISHES]),
        brand=setting(store, "card_title"),
    )


def _in_order(store: Store, visit_ids: Sequence[int]) -> list[Visit]:
    """By committee and cadre, so that each gets their own pile, then by time."""
    visits = [store.get(Visit, visit_id) for visit_id in dict.fromkeys(visit_ids)]
    return sorted(visits, key=lambda one: (one.committee_id or 0, one.cadre_id or 0, one.day, one.starts, one.id))
