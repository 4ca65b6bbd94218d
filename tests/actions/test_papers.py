"""Slips and lists say of each visit what the file knows, and leave out what they are not about."""

from datetime import timedelta

import pytest

from jiuliting_desk.actions.forms import chase_forms, return_forms
from jiuliting_desk.actions.papers import NO_CADRE, print_list
from jiuliting_desk.actions.visits import cancel_visit, remind_visit
from jiuliting_desk.model.cards import PrintBatch, PrintState
from jiuliting_desk.model.elders import Phone
from jiuliting_desk.model.feedback import FeedbackForm
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.paper.preview import page_count, page_text
from jiuliting_desk.store import Store
from tests.actions.people import CHAT, TODAY, elder, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, book, done


@pytest.fixture
def visits(store: Store) -> list[Visit]:
    """Next Wednesday: 苗芬 and 邹福 with cadre 陈悦, 陈炳荣 a day later without one."""
    with store.operation("places"):
        place = store.add(ResidentsCommittee(name="亭北居民区"))
        cadre = store.add(Cadre(name="陈悦", committee_id=place.id, phone="10077770001"))
    known = {"committee_id": place.id, "building": "12", "room": "301", "tags": ("独居",)}
    first = elder(store, "苗芬", hearing="耳朵背，敲门重一点", phones=(Phone(number="10066660001"),), **known)
    second = elder(store, "邹福", best_hours="下午三点以后", birth="1940", **known)
    third = elder(store, "陈炳荣")
    who = volunteer(store).id
    return [
        book(store, first.id, who, cadre_id=cadre.id, starts=540),
        book(store, second.id, who, cadre_id=cadre.id, starts=660, category_id=CHAT),
        book(store, third.id, who, day=NEXT_WEDNESDAY + timedelta(days=1), starts=540),
    ]


def pdf_of(store: Store, paper: Paper, visits: list[Visit]) -> bytes:
    kept: list[bytes] = []
    with store.operation("print_list"):
        print_list(
            store,
            paper=paper,
            visit_ids=[visit.id for visit in visits],
            target="pdf",
            deliver=kept.append,
            today=TODAY,
        )
    return kept[0]


def text_of(pdf: bytes) -> str:
    return "\n".join(page_text(pdf, page) for page in range(page_count(pdf)))


def test_a_slip_says_what_matters_at_the_door(store: Store, visits: list[Visit]) -> None:
    pdf = pdf_of(store, Paper.SLIPS, visits)
    assert page_count(pdf) == 2
    text = text_of(pdf)
    known = ("苗芬", "100 6666 0001", "耳朵背，敲门重一点", "12号 301", "独居", "86 岁")
    planned = ("理发", "3月25日 周三", "09:00–09:30", "陈悦", "100 7777 0001", "顾海宁")
    for wanted in (*known, *planned):
        assert wanted in text, wanted


def test_the_day_list_has_every_visit_under_its_day(store: Store, visits: list[Visit]) -> None:
    text = text_of(pdf_of(store, Paper.DAY_LIST, visits))
    places = [text.index(words) for words in ("3月25日 周三", "苗芬", "邹福", "3月26日 周四", "陈炳荣")]
    assert places == sorted(places)
    assert "共 3 次上门" in text


def test_each_cadre_has_a_page(store: Store, visits: list[Visit]) -> None:
    pdf = pdf_of(store, Paper.CADRE_LIST, visits)
    assert page_count(pdf) == 2
    assert all(words in page_text(pdf, 0) for words in ("陈悦", "亭北居民区", "苗芬", "邹福"))
    assert all(words in page_text(pdf, 1) for words in (NO_CADRE, "陈炳荣"))
    assert "陈炳荣" not in page_text(pdf, 0)


def test_only_those_not_rung_up_yet_are_to_be_reminded(store: Store, visits: list[Visit]) -> None:
    with store.operation("remind_visit"):
        remind_visit(store, visit_id=visits[0].id, today=TODAY)
    text = text_of(pdf_of(store, Paper.REMINDERS, visits))
    assert "邹福" in text
    assert "下午三点以后" in text
    assert "苗芬" not in text
    with pytest.raises(NothingToPrint):
        pdf_of(store, Paper.REMINDERS, visits[:1])


def test_a_visit_that_fell_through_is_on_no_list(store: Store, visits: list[Visit]) -> None:
    with store.operation("cancel_visit"):
        cancel_visit(store, visit_id=visits[0].id, reason="不需要了", today=TODAY)
    assert "苗芬" not in text_of(pdf_of(store, Paper.DAY_LIST, visits))


def test_the_chase_list_goes_by_who_has_the_paper(store: Store, visits: list[Visit]) -> None:
    cadre = store.all(Cadre)[0]
    who = volunteer(store, "汤立新").id
    late = done(store, elder(store, "徐桂香").id, who, day=TODAY - timedelta(days=12))
    here = done(store, elder(store, "高莲英").id, who, day=TODAY - timedelta(days=3))
    with store.operation("forms"):
        form = store.where(FeedbackForm, visit_id=late.id)[0]
        (chased,) = chase_forms(store, form_ids=[form.id], today=TODAY)
        return_forms(store, form_ids=[chased.id], today=TODAY)
    pdf = pdf_of(store, Paper.CHASE_LIST, [late, here, *visits])
    text = text_of(pdf)
    for wanted in ("徐桂香", "12 天", "高莲英", "1 次", form.number, NO_CADRE):
        assert wanted in text, wanted
    assert cadre.name not in text
    assert "苗芬" not in text


def test_lists_are_noted_and_change_nothing_else(store: Store, visits: list[Visit]) -> None:
    before = {kind: store.all(kind) for kind in (Visit, FeedbackForm)}
    pdf_of(store, Paper.DAY_LIST, visits)
    (batch,) = store.all(PrintBatch)
    assert (batch.kind, batch.state, batch.target, len(batch.item_ids)) == ("day_list", PrintState.CONFIRMED, "pdf", 3)
    assert {kind: store.all(kind) for kind in (Visit, FeedbackForm)} == before
