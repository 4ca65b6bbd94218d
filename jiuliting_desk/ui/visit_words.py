"""How visits, clashes, quotas, calls and consequences are put into words on all pages that show them."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.clashes import Clash, ClashKind
from jiuliting_desk.model.consequences import Consequence, ConsequenceKind
from jiuliting_desk.model.dates import age_on, time_text
from jiuliting_desk.model.elders import Elder, Sex
from jiuliting_desk.model.follow_ups import Cause
from jiuliting_desk.model.places import Cadre, address_text
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.quota import QuotaWarning, Standing
from jiuliting_desk.model.recurrence import Interval, Series
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels

translate = QCoreApplication.translate

STATE_LOOK: dict[VisitState, tuple[str, str]] = {
    VisitState.PLANNED: ("calendar-check", "info"),
    VisitState.UNDER_WAY: ("circle-dot", "info"),
    VisitState.DONE: ("circle-check", "ok"),
    VisitState.CANCELLED: ("minus", "ink3"),
    VisitState.NOT_HOME: ("house", "warn"),
    VisitState.NO_SHOW: ("user-x", "bad"),
}
"""Icon and tone of each state."""


def state(visit: Visit) -> tuple[str, str, str]:
    """The state in words, its icon and tone; planned: 已提醒 还没提醒 等志愿者答复."""
    if visit.state is not VisitState.PLANNED:
        return (labels.label(visit.state), *STATE_LOOK[visit.state])
    if visit.awaits_answer:
        return translate("visits", "等志愿者答复"), "circle-help", "warn"
    if visit.reminded_at is not None:
        return translate("visits", "已提醒"), "bell-ring", "ink2"
    return translate("visits", "还没提醒"), "phone", "warn"


def times(visit: Visit) -> str:
    """14:00–15:00."""
    return f"{time_text(visit.starts)}–{time_text(visit.ends)}"


def sex_and_age(sex: str, birth: str, today: date) -> str:
    """女 82, as far as known."""
    age = age_on(birth, today)
    parts = ["" if sex in {"", Sex.UNKNOWN.value} else labels.label(Sex(sex)), "" if age is None else str(age)]
    return " ".join(filter(None, parts))


def address(line: VisitLine) -> str:
    """亭北新村 12号 301."""
    return address_text(line.compound, line.building, line.room, line.unit)


def people(line: VisitLine) -> str:
    """顾海宁、汤立新."""
    return "、".join(line.providers)


def services(line: VisitLine) -> str:
    """理发、陪伴聊天; with the quantity where it is not one."""
    told: dict[str, int] = {}
    by_id = dict(zip(line.visit.category_ids, line.categories, strict=True))
    for one in line.visit.services:
        name = by_id[one.category_id]
        told[name] = told.get(name, 0) + one.quantity
    return "、".join(name if count == 1 else f"{name}×{count}" for name, count in told.items())


def clash(store: Store, found: Clash) -> str:
    """What stands against a visit, naming whom and what: 顾海宁 14:00 已约周荣生."""
    provider = store.find(Provider, found.provider_id or None)
    category = store.find(ServiceCategory, found.category_id or None)
    who = provider.name if provider else ""
    what = category.name if category else ""
    match found.kind:
        case ClashKind.PROVIDER_BUSY | ClashKind.ELDER_BUSY | ClashKind.CADRE_BUSY:
            return _busy(store, found, who)
        case ClashKind.CAPACITY:
            by_visits = provider is not None and provider.visits_per_month == found.limit
            words = translate("visits", "{who}那个月最多 {limit} 分钟，已有 {used} 分钟")
            if by_visits:
                words = translate("visits", "{who}那个月最多 {limit} 次，已有 {used} 次")
            return words.format(who=who, limit=found.limit, used=found.used)
        case ClashKind.PROVIDER_NOT_FREE:
            return translate("visits", "{who}这半天不方便").format(who=who)
        case ClashKind.CLAIMED_BY_OTHER:
            return translate("visits", "{what}的需求已由{who}认领").format(who=who, what=what)
        case QuotaWarning.USED_UP:
            words = translate("visits", "{what}今年可享 {limit} 次，已用和已约 {used} 次")
            return words.format(what=what, limit=found.limit, used=found.used)
        case QuotaWarning():
            return translate("visits", "{what}：{why}").format(what=what, why=labels.label(found.kind))
        case Barrier.CERTIFICATE_EXPIRED if found.ends is not None:
            words = translate("visits", "{who}（{what}）：证书 {day}到期，之后的上门要换证")
            return words.format(who=who, what=what, day=labels.month_day(found.ends))
        case Barrier.NO_SKILL | Barrier.NO_CERTIFICATE | Barrier.CERTIFICATE_EXPIRED:
            words = translate("visits", "{who}（{what}）：{why}")
            return words.format(who=who, what=what, why=labels.label(found.kind))
        case Barrier():
            return translate("visits", "{who}：{why}").format(who=who, why=labels.label(found.kind))
        case _:
            return labels.label(found.kind)


def _busy(store: Store, found: Clash, who: str) -> str:
    other = found.other
    if other is None:
        return labels.label(found.kind)
    elder = store.find(Elder, other.elder_id)
    name = elder.name if elder else ""
    if found.kind is ClashKind.PROVIDER_BUSY:
        return translate("visits", "{who} {times} 已约{name}").format(who=who, times=times(other), name=name)
    if found.kind is ClashKind.CADRE_BUSY:
        cadre = store.find(Cadre, found.cadre_id)
        words = translate("visits", "{cadre} {times} 要带人到{name}家")
        return words.format(cadre=cadre.name if cadre else "", times=times(other), name=name)
    return translate("visits", "老人 {times} 已约了别的上门").format(times=times(other))


def quota(found: Standing) -> str:
    """可享 8 次，已用 5 次; "" where there is no limit."""
    if found.limit is None:
        return ""
    words = translate("visits", "今年可享 {limit} 次，已用 {used} 次").format(limit=found.limit, used=found.used)
    if found.planned:
        words += translate("visits", "，已约 {planned} 次").format(planned=found.planned)
    return words


def consequence(
    store: Store, found: Consequence, *, name: str, today: date, claimed_by: int = 0
) -> tuple[str, str, str]:
    """What will be done, with icon and tone, for the list 存下以后; ``claimed_by`` takes the need of a wish at once."""
    category = store.find(ServiceCategory, found.category_id or None)
    what = category.name if category else ""
    match found.kind:
        case ConsequenceKind.NEED if found.is_known:
            words = translate("visits", "{what}：已经有一条需求，不再登记")
            return words.format(what=what), "equal", "ink2"
        case ConsequenceKind.NEED:
            taker = store.find(Provider, claimed_by or None)
            words = translate("visits", "登记 1 条新需求：{what}（{name}，等安排）")
            if taker is not None:
                words = translate("visits", "登记 1 条新需求：{what}（{name}，由{who}认领）")
            return words.format(what=what, name=name, who=taker.name if taker else ""), "plus", "ok"
        case ConsequenceKind.REFUSAL:
            provider = store.find(Provider, found.provider_id)
            who = provider.name if provider else ""
            by_elder = translate("visits", "记下：以后不再安排{who}去{name}家")
            by_provider = translate("visits", "记下：{who}不愿再去{name}家")
            return (by_elder if found.by_elder else by_provider).format(who=who, name=name), "ban", "warn"
        case ConsequenceKind.PAIRING:
            provider = store.find(Provider, found.provider_id)
            words = translate("visits", "和{who}结对（{what}）")
            return words.format(who=provider.name if provider else "", what=what), "heart-handshake", "ok"
        case _:
            return _follow_up(found, today=today), "circle-alert", "bad"


def _follow_up(found: Consequence, *, today: date) -> str:
    by = labels.day(found.due_on, today=today) if found.due_on else ""
    if found.cause is Cause.LOW_SCORE:
        words = translate("visits", "{question}只有 {score} 分：列入低分回访，{by}前")
        return words.format(question=question_short(found.question), score=found.score, by=by)
    cause = labels.label(found.cause) if found.cause else ""
    return translate("visits", "{cause}：列入回访，{by}前").format(cause=cause, by=by)


def question_short(question: str) -> str:
    """What a question is about: 准时 态度 做得 总评."""
    return {
        "punctual": translate("visits", "准时"),
        "manner": translate("visits", "态度"),
        "work": translate("visits", "做得好不好"),
        "overall": translate("visits", "总的满意"),
    }[question]


def joined(parts: Iterable[str]) -> str:
    """Parts with a middle dot between them, the empty ones left out."""
    return "·".join(part for part in parts if part)


def rhythm(series: Series) -> str:
    """每周三 14:00, 每月 15 日 9:30, 每月第 2 个周三 14:00."""
    day, time = series.begins_on, time_text(series.starts)
    match series.interval:
        case Interval.WEEKLY:
            words = translate("series", "每{weekday}")
        case Interval.FORTNIGHTLY:
            words = translate("series", "两周一次{weekday}")
        case Interval.MONTHLY_BY_DATE:
            words = translate("series", "每月 {date} 日")
        case Interval.MONTHLY_BY_WEEKDAY:
            words = translate("series", "每月第 {place} 个{weekday}")
            if day.day > 28:
                words = translate("series", "每月最后一个{weekday}")
    place = (day.day - 1) // 7 + 1
    return f"{words.format(weekday=labels.weekday(day.weekday()), date=day.day, place=place)} {time}"
