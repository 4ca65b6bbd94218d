"""Trainings are planned, held, and counted in the volunteers' records."""

from dataclasses import replace
from datetime import date

import pytest

from jiuliting_desk.actions.trainings import (
    call_roll,
    cancel_training,
    edit_training,
    hours_of,
    invite,
    plan_training,
    roll,
    sessions,
    strike_from_roll,
)
from jiuliting_desk.model.errors import DateOrder, WrongState
from jiuliting_desk.model.trainings import Presence, TrainingKind, TrainingSession, TrainingState
from jiuliting_desk.store import Store
from tests.actions.people import TODAY, elder, volunteer
from tests.actions.visits import done


def test_the_roll_gives_hours_to_those_who_came(store: Store) -> None:
    gu, tang, zhong = volunteer(store), volunteer(store, "汤立新"), volunteer(store, "钟毓秀")
    with store.operation("plan_training"):
        session = plan_training(store, session=TrainingSession(topic="认知症照护", day=TODAY, minutes=90), today=TODAY)
    with store.operation("invite"):
        assert len(invite(store, session_id=session.id, provider_ids=[gu.id, tang.id, gu.id], today=TODAY)) == 2
    with store.operation("call_roll"):
        call_roll(
            store,
            session_id=session.id,
            presences={gu.id: Presence.CAME, tang.id: Presence.EXCUSED, zhong.id: Presence.CAME},
            minutes={zhong.id: 45},
            today=TODAY,
        )
    assert {line.name: (line.attendance.presence, line.attendance.minutes) for line in roll(store, session_id=1)} == {
        "顾海宁": (Presence.CAME, 90),
        "汤立新": (Presence.EXCUSED, 0),
        "钟毓秀": (Presence.CAME, 45),
    }
    (line,) = sessions(store, first=TODAY, last=TODAY)
    assert (line.session.state, line.on_roll, line.came) == (TrainingState.HELD, 3, 2)
    gao = elder(store)
    done(store, gao.id, gu.id, on_site_minutes=40)
    done(store, gao.id, gu.id, starts=600, on_site_minutes=20)
    hours = hours_of(store, provider_id=gu.id)
    assert (hours.visits, hours.visit_minutes, hours.elders, hours.trainings, hours.minutes) == (2, 60, 1, 1, 150)
    assert hours_of(store, provider_id=gu.id, last=date(2026, 3, 17)).minutes == 0
    with store.operation("call_roll"):
        call_roll(store, session_id=session.id, presences={gu.id: Presence.ABSENT}, today=TODAY)
    assert hours_of(store, provider_id=gu.id).trainings == 0
    with store.operation("strike_from_roll"):
        strike_from_roll(store, attendance_id=roll(store, session_id=session.id)[0].attendance.id, today=TODAY)
    assert len(roll(store, session_id=session.id)) == 2


def test_a_session_to_come_has_no_roll_yet(store: Store) -> None:
    with store.operation("plan_training"):
        session = plan_training(
            store, session=TrainingSession(kind=TrainingKind.SALON, topic="茶话", day=date(2026, 4, 1)), today=TODAY
        )
    with pytest.raises(DateOrder), store.operation("call_roll"):
        call_roll(store, session_id=session.id, presences={}, today=TODAY)
    with store.operation("edit_training"):
        edit_training(store, session=replace(session, place="二楼"), today=TODAY)
    with store.operation("cancel_training"):
        cancel_training(store, session_id=session.id, reason="讲师病了", today=TODAY)
    with pytest.raises(WrongState), store.operation("call_roll"):
        call_roll(store, session_id=session.id, presences={}, today=date(2026, 4, 2))
