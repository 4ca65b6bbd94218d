"""志愿服务记录证明 says what the file holds; it and the 签到表 are noted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jiuliting_desk.actions.trainings import call_roll, edit_training, hours_of, plan_training, services_of
from jiuliting_desk.actions.volunteer_papers import (
    CERTIFICATE_KIND,
    hours_certificate_of,
    hours_text,
    print_certificate,
    print_sign_in,
)
from jiuliting_desk.model.cards import PrintBatch
from jiuliting_desk.model.errors import DateOrder, FileBlocked
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.text import masked_id
from jiuliting_desk.model.trainings import Presence, TrainingSession
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.store import Store
from tests.actions.people import CHAT, HAIRCUT, TODAY, elder, volunteer
from tests.actions.visits import done
from tests.paper.test_lists import all_text

FIRST = date(2026, 1, 1)


@pytest.fixture
def gu(store: Store) -> Provider:
    """Two visits, one of two services, and a training; a visit of last year apart."""
    found = volunteer(store, number="V0001", visits_per_month=None, id_number="000000197101010011")
    gao = elder(store)
    both = (ServiceLine(category_id=HAIRCUT), ServiceLine(category_id=CHAT))
    done(store, gao.id, found.id, services=both, on_site_minutes=90)
    done(store, gao.id, found.id, day=TODAY - timedelta(days=7), on_site_minutes=30)
    done(store, gao.id, found.id, day=date(2025, 12, 1), on_site_minutes=45)
    with store.operation("plan_training"):
        session = plan_training(store, session=TrainingSession(topic="防跌倒", day=TODAY, minutes=90), today=TODAY)
    with store.operation("call_roll"):
        call_roll(store, session_id=session.id, presences={found.id: Presence.CAME}, today=TODAY)
    return found


def test_the_minutes_of_all_services_are_those_of_the_visits(store: Store, gu: Provider) -> None:
    services = services_of(store, provider_id=gu.id, first=FIRST)
    assert {one.category: one.visits for one in services} == {"理发": 2, "陪伴聊天": 1}
    assert sum(one.minutes for one in services) == hours_of(store, provider_id=gu.id, first=FIRST).visit_minutes == 120


def test_the_certificate_says_what_the_file_holds(store: Store, gu: Provider) -> None:
    found = hours_certificate_of(
        store, provider_id=gu.id, first=FIRST, last=TODAY, today=TODAY, purpose="评优", awards=["街道表扬", " "]
    )
    assert (found.total_times, found.total_hours, found.number) == (2, "2", "2026-001")
    assert [(one.topic, one.hours) for one in found.trainings] == [("防跌倒", "1.5")]
    assert found.id_number == masked_id(gu.id_number) != gu.id_number
    assert found.awards == ("街道表扬",)
    pages: list[bytes] = []
    with store.operation("print_certificate"):
        print_certificate(store, certificate=found, provider_id=gu.id, target="pdf", deliver=pages.append, today=TODAY)
    text = all_text(pages[0])
    assert "顾海宁" in text
    assert "2026年1月1日至2026年3月18日" in "".join(text.split())
    assert "评优" in text
    assert store.where(PrintBatch, kind=CERTIFICATE_KIND)[0].item_ids == (gu.id,)
    again = hours_certificate_of(store, provider_id=gu.id, first=FIRST, last=TODAY, today=TODAY, id_number="X1")
    assert (again.number, again.id_number) == ("2026-002", "X1")


def test_nothing_is_noted_where_the_paper_does_not_get_out(store: Store, gu: Provider) -> None:
    found = hours_certificate_of(store, provider_id=gu.id, first=FIRST, last=TODAY, today=TODAY)

    def blocked(_pdf: bytes) -> None:
        raise FileBlocked(name="x.pdf", folder="D:")

    with pytest.raises(FileBlocked), store.operation("print_certificate"):
        print_certificate(store, certificate=found, provider_id=gu.id, target="pdf", deliver=blocked, today=TODAY)
    assert not store.all(PrintBatch)


def test_nothing_to_certify_is_said(store: Store, gu: Provider) -> None:
    with pytest.raises(NothingToPrint):
        hours_certificate_of(store, provider_id=volunteer(store, "汤立新").id, first=FIRST, last=TODAY, today=TODAY)
    with pytest.raises(DateOrder):
        hours_certificate_of(store, provider_id=gu.id, first=TODAY, last=FIRST, today=TODAY)


def test_a_session_made_longer_gives_more_to_those_who_had_all_of_it(store: Store, gu: Provider) -> None:
    session = store.all(TrainingSession)[0]
    with store.operation("edit_training"):
        edit_training(store, session=replace(session, minutes=120), today=TODAY)
    assert hours_of(store, provider_id=gu.id).training_minutes == 120


def test_the_sign_in_sheet_lists_the_roll(store: Store, gu: Provider) -> None:
    pages: list[bytes] = []
    with store.operation("print_sign_in"):
        print_sign_in(store, session_id=1, target="pdf", deliver=pages.append, today=TODAY)
    text = all_text(pages[0])
    assert "防跌倒" in text
    assert "顾海宁" in text


@pytest.mark.parametrize(("minutes", "text"), [(0, "0"), (60, "1"), (90, "1.5"), (45, "0.8"), (1200, "20")])
def test_hours_are_written_with_one_digit(minutes: int, text: str) -> None:
    assert hours_text(minutes) == text
