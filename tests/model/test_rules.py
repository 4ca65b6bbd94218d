"""Rules of needs, pairings, providers, cards and people."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.model.cards import CardState, PrintBatch, PrintState, ServiceCard
from jiuliting_desk.model.dates import add_months, age_on, checked_birth
from jiuliting_desk.model.elders import Elder, ElderState, Phone, Sex, checked_phone
from jiuliting_desk.model.errors import (
    AlreadyClaimed,
    BadDate,
    BadPhone,
    Missing,
    NotActive,
    WrongState,
)
from jiuliting_desk.model.identity import IdProblem, check_digit, read_id_number
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.pairings import Claim, ClaimState, Pairing
from jiuliting_desk.model.providers import Certificate, Provider, ProviderState
from jiuliting_desk.model.text import (
    half_width,
    is_masked_name,
    masked_id,
    masked_name,
    masked_numbers,
    masked_phone,
    tidy_name,
)

TODAY = date(2026, 3, 18)


def need(**changes: object) -> Need:
    values: dict[str, object] = {"id": 1, "elder_id": 1, "category_id": 1, "since": TODAY}
    return Need(**(values | changes))  # type: ignore[arg-type]


def test_a_claimed_need_cannot_be_claimed_by_another() -> None:
    held = need().claimed(by=7)
    assert (held.state, held.claimed_by) == (NeedState.CLAIMED, 7)
    with pytest.raises(AlreadyClaimed) as raised:
        held.claimed(by=8)
    assert raised.value.provider_id == 7


def test_release_gives_the_need_back() -> None:
    assert need().claimed(by=7).released() == need()


def test_a_need_closes_only_with_a_reason() -> None:
    with pytest.raises(Missing):
        need().closed(on=TODAY, reason="  ")
    closed = need().closed(on=TODAY, reason="搬走了")
    assert closed.state is NeedState.CLOSED
    assert closed.reopened() == need()


def test_a_weekly_need_stays_booked_when_served() -> None:
    assert need(rhythm=Rhythm.WEEKLY).booked(by=1).served().state is NeedState.BOOKED
    assert need().booked(by=1).served().state is NeedState.SERVED


def test_a_claim_lapses_after_its_days() -> None:
    claim = Claim.begun(need_id=1, provider_id=2, today=TODAY, days=14)
    assert claim.days_left(TODAY + timedelta(days=14)) == 0
    assert claim.ended(ClaimState.LAPSED).state is ClaimState.LAPSED
    with pytest.raises(WrongState):
        claim.ended(ClaimState.LAPSED).ended(ClaimState.USED)


def test_a_pairing_is_reviewed_and_ends_once() -> None:
    bond = Pairing.begun(elder_id=1, provider_id=2, category_id=None, today=TODAY, first_weeks=6)
    assert bond.review_on == date(2026, 4, 29)
    assert bond.reviewed(on=bond.review_on, months=6).review_on == date(2026, 10, 29)
    ended = bond.ended(on=TODAY, reason="志愿者搬家")
    with pytest.raises(WrongState):
        ended.ended(on=TODAY, reason="again")


def test_providers_stop_pause_and_resume() -> None:
    person = Provider(name="顾海宁")
    paused = person.paused(on=TODAY, reason="出差")
    with pytest.raises(NotActive):
        paused.must_be_active()
    assert paused.resumed(on=TODAY).state is ProviderState.ACTIVE
    with pytest.raises(Missing):
        person.stopped(on=TODAY, reason="")


def test_a_certificate_counts_up_to_its_last_day() -> None:
    paper = Certificate(provider_id=1, kind="空调清洗", issued_on=date(2025, 1, 1), expires_on=TODAY)
    assert paper.is_valid_on(TODAY)
    assert not paper.is_valid_on(TODAY + timedelta(days=1))
    assert not paper.is_valid_on(date(2024, 12, 31))


def test_an_elder_is_tidied_and_told_by_the_identity_number() -> None:
    number = "00000019480820547"
    typed = Phone(number="１００ 1621-5129")
    elder = Elder(name=" 苗　芬 ", id_number=number + check_digit(number), phones=(typed,))
    tidy = elder.checked(today=TODAY)
    assert (tidy.name, tidy.birth, tidy.sex, tidy.id_flag) == ("苗芬", "1948-08-20", Sex.MALE, "")
    assert tidy.phones == (Phone(number="10016215129"),)
    assert tidy.age_on(TODAY) == 77


def test_a_wrong_identity_number_is_kept_and_flagged() -> None:
    tidy = Elder(name="苗芬", id_number="000000194808205479").checked(today=TODAY)
    assert tidy.id_number == "000000194808205479"
    assert tidy.id_flag == IdProblem.CHECK_DIGIT
    assert tidy.birth == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("0000001948082054", IdProblem.LENGTH),
        ("000000194808205000", IdProblem.ROUNDED),
        ("000000********547X", IdProblem.MASKED),
        ("00000019480820547Y", IdProblem.CHARACTERS),
        ("000000194813205470", IdProblem.CHECK_DIGIT),
    ],
)
def test_damaged_identity_numbers_say_what_is_wrong(text: str, problem: IdProblem) -> None:
    assert read_id_number(text).problem is problem


@given(st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_exactly_one_check_digit_fits(first: str) -> None:
    fine = {None, IdProblem.DATE}
    fitting = [sign for sign in "0123456789X" if read_id_number(first + sign).problem in fine]
    assert fitting == [check_digit(first)]


@given(st.text(max_size=40))
def test_reading_an_identity_number_never_raises(text: str) -> None:
    assert read_id_number(text).text is not None


def test_phones_are_digits_or_a_sentence() -> None:
    assert checked_phone("+86 100-0000-4417") == "10000004417"
    assert checked_phone("021-6655 1234转8") == "02166551234-8"
    with pytest.raises(BadPhone) as raised:
        checked_phone("1381234567")
    assert raised.value.digits == 10


def test_births_may_be_partial_but_not_in_the_future() -> None:
    known = ("1948", "1948-08", "1948-03-18", "")
    assert tuple(checked_birth(text, today=TODAY) for text in known) == known
    assert [age_on(text, TODAY) for text in known] == [78, 77, 78, None]
    for text in ("2027", "1948-13", "1948-02-30", "48", "1870"):
        with pytest.raises(BadDate):
            checked_birth(text, today=TODAY)


def test_months_end_where_the_month_ends() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2026, 6, 15), 6) == date(2026, 12, 15)


def test_only_active_and_paused_elders_are_worked_for() -> None:
    elder = Elder(name="苗芬")
    assert elder.now_in(ElderState.PAUSED, on=TODAY).is_served
    moved = elder.now_in(ElderState.MOVED, on=TODAY, reason="搬到女儿家")
    with pytest.raises(NotActive):
        moved.must_be_served()
    with pytest.raises(WrongState):
        moved.now_in(ElderState.MOVED, on=TODAY)


def test_cards_are_issued_handed_and_lost() -> None:
    card = ServiceCard(elder_id=1, number="0137", made_on=TODAY)
    with pytest.raises(WrongState):
        card.handed(on=TODAY, by="何佩", to="本人")
    handed = card.issued(on=TODAY).handed(on=TODAY, by="何佩", to="本人")
    assert handed.issued(on=TODAY) == handed
    lost = handed.ended(CardState.LOST, on=TODAY)
    assert not lost.is_valid
    with pytest.raises(WrongState):
        lost.issued(on=TODAY)


def test_a_batch_is_settled_once() -> None:
    batch = PrintBatch(kind="cards", printed_on=TODAY, item_ids=(1, 2, 3))
    assert batch.came_out(spoilt_ids=(2, 9)).spoilt_ids == (2,)
    assert batch.came_out(spoilt_ids=(1, 2, 3)).state is PrintState.SPOILT
    with pytest.raises(WrongState):
        batch.came_out().came_out()


def test_text_is_tidied_and_masked() -> None:
    assert half_width("１０（Ａ）㛃䶮𬱖") == "10(A)㛃䶮𬱖"
    assert tidy_name(" 王\xa0小 明，") == "王小明"
    assert tidy_name("Anna  Lee") == "Anna Lee"
    assert (masked_name("高莲英"), masked_phone("10000004417")) == ("高**", "100****4417")
    assert masked_id("310000194808205470") == "310***********5470"
    assert masked_numbers("女儿 10000004417，证号T000000194808205470，3楼") == (
        "女儿 100****4417，证号T000***********5470，3楼"
    )


@pytest.mark.parametrize(
    ("name", "is_masked"),
    [("高**", True), ("高*", True), ("高*英", True), ("高＊＊", True), (" 高** ", True), ("高莲英", False),
     ("高莲英*", False), ("*高莲英", False), ("高", False), ("1*", False), ("**", False), ("", False)],
)  # fmt: skip
def test_a_masked_name_is_told_from_one_with_a_mark(name: str, is_masked: bool) -> None:
    assert is_masked_name(name) is is_masked
