"""Invented trainings and salons with their rolls, and the holidays of the year."""

from datetime import date, timedelta
from random import Random

from jiuliting_desk.actions.holidays import add_holidays, statutory_holidays
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.model.trainings import Attendance, Presence, TrainingKind, TrainingSession, TrainingState
from jiuliting_desk.store import Store

TOPICS = (
    (TrainingKind.TRAINING, "上门服务礼仪和安全", "中心二楼"),
    (TrainingKind.SALON, "志愿者茶话会", "邻里客厅"),
    (TrainingKind.TRAINING, "认知症老人怎么陪", "中心二楼"),
    (TrainingKind.TRAINING, "防跌倒与急救", "社区学校"),
)


def add_gatherings(store: Store, dice: Random, *, today: date) -> int:
    """One a month, the last of them still to come; gives how many."""
    people = [one.id for one in store.all(Provider) if one.kind is ProviderKind.VOLUNTEER]
    for back, (kind, topic, place) in zip((95, 60, 25, -12), TOPICS, strict=True):
        day = today - timedelta(days=back)
        held = back > 0
        session = store.add(
            TrainingSession(
                kind=kind,
                topic=topic,
                day=day,
                place=place,
                speaker="",
                state=TrainingState.HELD if held else TrainingState.PLANNED,
            )
        )
        roll = sorted(dice.sample(people, min(len(people), 12)))
        presences = (Presence.CAME, Presence.CAME, Presence.CAME, Presence.EXCUSED, Presence.ABSENT)
        store.add_many(
            [
                Attendance(session_id=session.id, provider_id=one).called(
                    dice.choice(presences) if held else Presence.INVITED, minutes=session.minutes
                )
                for one in roll
            ]
        )
    add_holidays(store, new=statutory_holidays(today.year), today=today)
    return len(TOPICS)
