"""How needs, reasons and outcomes are written on this page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.matching.candidates import Candidate, Reason
from jiuliting_desk.matching.rows import Source
from jiuliting_desk.matching.terms import Rule, Term
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import add_months, age_on
from jiuliting_desk.model.elders import Sex
from jiuliting_desk.model.months import month_name
from jiuliting_desk.model.needs import Rhythm
from jiuliting_desk.model.places import address_text
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.widgets.cells import Chip

translate = QCoreApplication.translate

HALF_DAYS_NAMED = 2
WALK_METRES_PER_MINUTE, WALK_UP_TO = 70, 1000
RIDE_METRES_PER_MINUTE = 150


class Outcome(StrEnum):
    """What the plan says of a need."""

    PLANNED = "planned"
    LEFT_OUT = "left_out"
    """It has a line that is not ticked."""
    STALE = "stale"
    """It has a line that holds no more."""
    TO_CHOOSE = "to_choose"
    """Somebody could go, the plan has nobody."""
    NOBODY = "nobody"


OUTCOMES: dict[Outcome, tuple[str, str, str]] = {
    Outcome.PLANNED: (QT_TRANSLATE_NOOP("matching", "有方案"), "circle-check", "ok"),
    Outcome.LEFT_OUT: (QT_TRANSLATE_NOOP("matching", "没打勾"), "circle-dashed", "ink2"),
    Outcome.STALE: (QT_TRANSLATE_NOOP("matching", "要重排"), "triangle-alert", "warn"),
    Outcome.TO_CHOOSE: (QT_TRANSLATE_NOOP("matching", "待选"), "circle-dashed", "warn"),
    Outcome.NOBODY: (QT_TRANSLATE_NOOP("matching", "没人能去"), "circle-slash", "bad"),
}
"""Words, icon and tone."""

SOURCES: dict[Source, tuple[str, str, str]] = {
    Source.PAIRING: (QT_TRANSLATE_NOOP("matching", "固定结对"), "pin", "info"),
    Source.PROPOSED: (QT_TRANSLATE_NOOP("matching", "建议"), "lightbulb", "info"),
    Source.CHOSEN: (QT_TRANSLATE_NOOP("matching", "手选"), "pointer", "warn"),
    Source.CONFIRMED: (QT_TRANSLATE_NOOP("matching", "已确认"), "circle-check", "ok"),
}

RULE_ICONS: dict[Rule, str] = {
    Rule.PAUSED: "circle-pause",
    Rule.NO_SKILL: "ban",
    Rule.NO_CERTIFICATE: "shield-alert",
    Rule.CERTIFICATE_EXPIRED: "shield-alert",
    Rule.REFUSED_BY_ELDER: "user-x",
    Rule.REFUSED_BY_PROVIDER: "user-x",
    Rule.WRONG_SEX: "user-x",
    Rule.NO_DIALECT: "languages",
    Rule.OUT_OF_AREA: "map-pin-off",
    Rule.TOO_FAR: "map-pin-off",
    Rule.NO_COMMON_HALF_DAY: "calendar-x",
    Rule.FULL: "calendar-x",
    Rule.PAIRS_FULL: "calendar-x",
    Rule.HALF_DAY_FULL: "calendar-x",
}

_TERM_ICONS = {Term.NEARNESS: "map-pin", Term.KNOWN: "repeat"}


def outcome(found: Outcome) -> str:
    """The word for an outcome."""
    return translate("matching", OUTCOMES[found][0])


def source(found: Source) -> str:
    """The word for where a line comes from."""
    return translate("matching", SOURCES[found][0])


def waiting(need: WaitingNeed, *, today: date) -> str:
    """等 12 天, 今天, or 3月25日起 of one that is not due yet."""
    days = (today - need.since).days
    if days < 0:
        return translate("matching", "{day}起").format(day=labels.month_day(need.since))
    return translate("matching", "等 {days} 天").format(days=days) if days > 0 else translate("matching", "今天")


def when_wanted(need: WaitingNeed, most: int = HALF_DAYS_NAMED) -> str:
    """How often and on which half-days: 每周 周三下午、周五上午; or the one day on which another is away."""
    if need.only_on is not None:
        return labels.month_day(need.only_on)
    parts = []
    if need.rhythm is Rhythm.MONTHLY and need.visits > 1:
        parts.append(translate("matching", "每月 {count} 次").format(count=need.visits))
    elif need.repeats:
        parts.append(labels.label(need.rhythm))
    if need.half_days:
        names = [labels.half_day(half_day) for half_day in need.half_days[:most]]
        rest = translate("matching", "等") if len(need.half_days) > most else ""
        parts.append(translate("matching", "、").join(names) + rest)
    elif not parts:
        parts.append(translate("matching", "哪天都可以"))
    return " ".join(parts)


def about(need: WaitingNeed, *, today: date) -> str:
    """女 82　亭北新村 12号 301."""
    age = age_on(need.birth, today)
    who = " ".join(part for part in ("" if need.sex is Sex.UNKNOWN else labels.label(need.sex), str(age or "")) if part)
    address = address_text(need.compound, need.building, need.room, need.unit)
    return "　".join(part for part in (who, address) if part)


def wish(need: WaitingNeed) -> str:
    """What is wanted, in one sentence."""
    # Whose place it is on which day stands in the wishes.
    parts = [] if need.only_on is not None and need.wishes else [when_wanted(need, most=4)]
    if need.wishes:
        parts.append(need.wishes)
    if need.wants_sex:
        parts.append(translate("matching", "要{sex}的").format(sex=labels.label(Sex(need.wants_sex))))
    if need.wants_dialect:
        parts.append(translate("matching", "要会说上海话"))
    if need.without_lift and (need.floor or 0) > 1:
        parts.append(translate("matching", "{floor} 楼无电梯").format(floor=need.floor))
    return translate("matching", "；").join(parts)


def provider_kind(provider: Provider) -> Chip:
    """The kind of a provider as a chip with an edge."""
    words = translate("matching", "单位") if provider.kind is ProviderKind.ENTERPRISE else labels.label(provider.kind)
    return Chip(words, "line")


def distance(metres: int) -> str:
    """走路 3 分钟, 骑车 8 分钟, as the crow flies."""
    if metres <= WALK_UP_TO:
        minutes = max(1, round(metres / WALK_METRES_PER_MINUTE))
        return translate("matching", "走路约 {minutes} 分钟").format(minutes=minutes)
    return translate("matching", "骑车约 {minutes} 分钟").format(minutes=round(metres / RIDE_METRES_PER_MINUTE))


def load(candidate: Candidate, month: str) -> str:
    """本月 2 / 6 次, 12 月 2 / 6 次; ``month`` is the name of the planned one."""
    if candidate.most_visits is None:
        return translate("matching", "{month} {booked} 次").format(month=month, booked=candidate.booked_visits)
    return translate("matching", "{month} {booked} / {most} 次").format(
        month=month, booked=candidate.booked_visits, most=candidate.most_visits
    )


def reason_chip(reason: Reason, *, paired: bool) -> Chip:
    """A reason that scored, as a chip."""
    if reason.term is Term.KNOWN and paired:
        return Chip(reason.text, "info", "pin")
    return Chip(reason.text, "ok", _TERM_ICONS.get(reason.term, "check"))


def homes_chip(lacking: int) -> Chip:
    """还要凑 2 户一起, of whoever comes for several homes only; 0: the plan has as many."""
    if not lacking:
        return Chip(translate("matching", "方案里凑够了户数"), "ok", "check")
    words = translate("matching", "还要凑 {count} 户一起").format(count=lacking)
    return Chip(words, "warn", "triangle-alert")


def over_later(inputs: Inputs, needs: Sequence[WaitingNeed], provider_id: int) -> str:
    """12 月已答应 4 次，这里每月再加 4 次就超了: of somebody who takes more than they can do then, "" for others."""
    promised = inputs.over_later(needs, provider_id)
    if promised is None:
        return ""
    month = month_name(add_months(inputs.month, 1), today=inputs.situation.today)
    words = translate("matching", "{month}已答应 {count} 次，这里每月再加 {more} 次就超了")
    more = sum(need.visits for need in needs if need.repeats)
    return words.format(month=month, count=promised.visits, more=more)


def short_names(categories: Iterable[ServiceCategory]) -> dict[int, str]:
    """Services in two characters by id: the first two, or the last two where another begins alike."""
    found = list(categories)
    begun = Counter(category.name[:2] for category in found)
    return {
        category.id: category.name[:2] if begun[category.name[:2]] == 1 else category.name[-2:] for category in found
    }


def short_name(name: str, most: int = 6) -> str:
    """A name that fits a button."""
    bare = name.split("（")[0]
    return bare if len(bare) <= most else f"{bare[:most]}…"
