"""How elders and their needs are put into words on this page."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model.elders import Elder, ElderState, Sex
from jiuliting_desk.model.needs import Need, NeedState, Rhythm
from jiuliting_desk.model.places import address_text
from jiuliting_desk.store.elder_list import ElderRow, Standing
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.widgets.cells import Cell

translate = QCoreApplication.translate

STANDING_LOOK: dict[Standing, tuple[str, str]] = {
    Standing.WAITING: ("circle-dashed", "warn"),
    Standing.CLAIMED: ("hand-heart", "info"),
    Standing.BOOKED: ("calendar-check", "info"),
    Standing.SERVED: ("circle-check", "ok"),
    Standing.PAUSED: ("circle-pause", "ink2"),
    Standing.NONE: ("minus", "ink3"),
}
"""Icon and tone of each standing."""

NEED_LOOK: dict[NeedState, tuple[str, str]] = {
    NeedState.OPEN: ("circle-dashed", "warn"),
    NeedState.CLAIMED: ("hand-heart", "info"),
    NeedState.BOOKED: ("calendar-check", "info"),
    NeedState.SERVED: ("circle-check", "ok"),
    NeedState.CLOSED: ("minus", "ink3"),
}
"""Icon and tone of each state of a need."""


def standing(found: Standing) -> str:
    """待安排 已认领 已预约 已完成 暂停 无需求."""
    return {
        Standing.WAITING: translate("elders", "待安排"),
        Standing.CLAIMED: translate("elders", "已认领"),
        Standing.BOOKED: translate("elders", "已预约"),
        Standing.SERVED: translate("elders", "已完成"),
        Standing.PAUSED: translate("elders", "暂停"),
        Standing.NONE: translate("elders", "无需求"),
    }[found]


def sex_and_age(sex: Sex, age: int | None) -> str:
    """女 82, as far as known."""
    parts = ["" if sex is Sex.UNKNOWN else labels.label(sex), "" if age is None else str(age)]
    return " ".join(filter(None, parts))


def address(row: ElderRow) -> str:
    """亭北新村 12号 301."""
    return address_text(row.compound, row.building, row.room, row.unit)


def days(count: int) -> str:
    """今天, or 12 天."""
    return translate("elders", "{count} 天").format(count=count) if count > 0 else translate("elders", "今天")


def state_since(elder: Elder, today: date) -> str:
    """已搬走 3月1日 搬到女儿家; "" while the elder is served as usual."""
    if elder.state is ElderState.ACTIVE:
        return ""
    when = labels.day(elder.state_on, today=today) if elder.state_on else ""
    return " ".join(filter(None, (labels.label(elder.state), when, elder.state_reason)))


def need_state(need: Need) -> str:
    """待安排 已认领 已预约 已完成 已取消."""
    return labels.label(need.state)


def rhythm(need: Need) -> str:
    """一次, 每周, 每月 2 次."""
    if need.rhythm is Rhythm.MONTHLY and need.per_month > 1:
        return translate("elders", "每月 {count} 次").format(count=need.per_month)
    return labels.label(need.rhythm)


def score(found: int) -> str:
    """5 分."""
    return translate("elders", "{score} 分").format(score=found)


def score_cell(found: int, low: int) -> Cell:
    """A score with a star; one up to ``low`` in the tone of what went wrong."""
    if not found:
        return Cell("—", tone="ink3")
    return Cell(score(found), icon="star", tone="bad" if found <= low else "ink", strong=found <= low)
