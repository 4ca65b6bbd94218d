"""What could be otherwise (a certificate renewed, one more volunteer) as data applied to a situation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from jiuliting_desk.matching.rows import (
    UNSAID,
    CertificateRow,
    NeedRow,
    Place,
    ProviderRow,
    Situation,
)
from jiuliting_desk.matching.terms import SEX_NAMES
from jiuliting_desk.model.months import amid

STANDARD_VISITS, STANDARD_MINUTES, STANDARD_METRES = 8, 480, 1500
"""What one recruit is assumed to give in a month, and how far they go."""


class ChangeKind(StrEnum):
    """What is otherwise, and so who has to do what."""

    RESUME = "resume"
    TEACH = "teach"
    CERTIFY = "certify"
    ASK_ELDER = "ask_elder"
    """The elder who did not want them any more would have them again."""
    ASK_PROVIDER = "ask_provider"
    ANY_SEX = "any_sex"
    ANY_DIALECT = "any_dialect"
    WIDER_AREA = "wider_area"
    FARTHER = "farther"
    CATEGORY_FARTHER = "category_farther"
    OTHER_HALF_DAY = "other_half_day"
    MORE_MINUTES = "more_minutes"
    MORE_VISITS = "more_visits"
    MORE_HOMES = "more_homes"
    NOT_LASTING = "not_lasting"
    RELEASE = "release"
    """Something that they hold without a day yet waits again."""
    RECRUIT = "recruit"
    STOP = "stop"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is otherwise; the sentence says what somebody would have to do for it, or what happens."""

    kind: ChangeKind
    text: str = ""
    provider: int = 0
    need: int = 0
    category: int = 0
    amount: int = 0
    """Minutes, visits or homes more; metres in all; a mask of half-days; visits that are given back."""
    minutes: int = 0
    """That are given back with the visits."""
    half_days: int = 0
    """The mask of those that they were wanted on."""
    elder: int = 0
    """Whose need it is that is given back; 0 where the provider goes to them all the same."""
    certificate: str = ""
    row: ProviderRow | None = None
    """Of a recruit."""
    gone: tuple[int, ...] = ()
    """Needs that nobody has any more then."""
    others: tuple[ProviderRow, ...] = ()
    """As they are then: those to whom something passes from somebody who stops."""


SENTENCES: dict[ChangeKind, str] = {
    ChangeKind.RESUME: "请{name}恢复服务",
    ChangeKind.TEACH: "教会{name}{category}",
    ChangeKind.CERTIFY: "给{name}登记有效的“{certificate}”证书",
    ChangeKind.ASK_ELDER: "问老人愿不愿意再请{name}",
    ChangeKind.ASK_PROVIDER: "问{name}愿不愿意去这一家",
    ChangeKind.ANY_SEX: "问老人能不能不限男女，请{name}去",
    ChangeKind.ANY_DIALECT: "问老人，{name}不会说上海话行不行",
    ChangeKind.WIDER_AREA: "请{name}也去这个居委",
    ChangeKind.FARTHER: "请{name}走远一点，到 {km} 公里",
    ChangeKind.CATEGORY_FARTHER: "把{category}最远放宽到 {km} 公里",
    ChangeKind.OTHER_HALF_DAY: "问老人改到{halves}、请{name}去行不行",
    ChangeKind.MORE_MINUTES: "请{name}{month}多做 {time}",
    ChangeKind.MORE_VISITS: "请{name}{month}多去 {amount} 次",
    ChangeKind.MORE_HOMES: "请{name}半天多去 {amount} 家",
    ChangeKind.NOT_LASTING: "先不结对，一次一次请{name}",
    ChangeKind.RELEASE: "把{name}认领的{category}放回去",
    ChangeKind.RECRUIT: "招一位会{category}的",
    ChangeKind.STOP: "{name}不做了",
    ChangeKind.LAPSE: "{name}的“{certificate}”证书到期",
}


def duration(minutes: int) -> str:
    """Minutes as people say them: 45 分钟, 2 小时, 1.5 小时."""
    if minutes < 60:
        return f"{minutes} 分钟"
    hours = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return f"{hours} 小时"


def said(change: Change, *, name: str = "", category: str = "", halves: str = "", month: str = "本月") -> Change:
    """The change with its sentence; ``month`` is how the planned one is called."""
    text = SENTENCES[change.kind].format(
        name=name,
        category=category,
        halves=halves,
        month=amid(month),
        certificate=change.certificate,
        km=f"{change.amount / 1000 + 0.049:.1f}",
        time=duration(change.amount),
        amount=change.amount,
    )
    return replace(change, text=text)


def recruit(
    situation: Situation,
    *,
    category: int,
    place: Place,
    minutes: int = STANDARD_MINUTES,
    visits: int = STANDARD_VISITS,
    metres: int | None = STANDARD_METRES,
    number: int = 1,
    sex: str = UNSAID,
    dialect: bool = False,
) -> Change:
    """One more volunteer who can do a service, holds the certificate for it and lives at the place.

    Any half-day suits them. The sentence says all that must be true of them, their sex and whether they speak the
    dialect only where these are given; ``number`` tells several apart.
    """
    found = next((row for row in situation.categories if row.id == category), None)
    certificate = "" if found is None else found.certificate_kind
    row = ProviderRow(
        id=-number,
        name="新来的一位",
        sex=sex,
        dialect=dialect,
        skills=((category, 2),),
        certificates=(CertificateRow(kind=certificate),) if certificate else (),
        visits=visits,
        minutes=minutes,
        place=place,
        max_metres=metres,
    )
    change = Change(kind=ChangeKind.RECRUIT, provider=row.id, category=category, certificate=certificate, row=row)
    what = "这项服务" if found is None else found.name
    if dialect:
        what += "、会说上海话"
    if certificate:
        what += f"、有“{certificate}”证书"
    told = said(change, category=what)
    return replace(told, text=f"{told.text}{SEX_NAMES[sex]}志愿者") if sex in SEX_NAMES else told


def changed(situation: Situation, changes: Iterable[Change]) -> Situation:
    """The situation in which these changes hold."""
    for change in changes:
        situation = _APPLIED[change.kind](situation, change)
    return situation


def _provider(situation: Situation, change: Change, other: Callable[[ProviderRow], ProviderRow]) -> Situation:
    rows = tuple(other(row) if row.id == change.provider else row for row in situation.providers)
    return replace(situation, providers=rows)


def _need(situation: Situation, change: Change, other: Callable[[NeedRow], NeedRow]) -> Situation:
    return replace(situation, needs=tuple(other(row) if row.id == change.need else row for row in situation.needs))


def _resume(situation: Situation, change: Change) -> Situation:
    return _provider(situation, change, lambda row: replace(row, paused=False))


def _teach(situation: Situation, change: Change) -> Situation:
    return _provider(situation, change, lambda row: replace(row, skills=(*row.skills, (change.category, 1))))


def _certify(situation: Situation, change: Change) -> Situation:
    more = CertificateRow(kind=change.certificate)
    return _provider(situation, change, lambda row: replace(row, certificates=(*row.certificates, more)))


def _ask(situation: Situation, change: Change) -> Situation:
    elder = next(row.elder for row in situation.needs if row.id == change.need)
    by_elder = change.kind is ChangeKind.ASK_ELDER
    rows = tuple(
        row
        for row in situation.refusals
        if (row.elder, row.provider, row.by_elder) != (elder, change.provider, by_elder)
    )
    return replace(situation, refusals=rows)


def _any_sex(situation: Situation, change: Change) -> Situation:
    """What a need asks is that need's, whom the elder refuses holds for all that they want."""
    elder = next(row.elder for row in situation.needs if row.id == change.need)
    needs = tuple(replace(row, refuses_sex="") if row.elder == elder else row for row in situation.needs)
    return _need(replace(situation, needs=needs), change, lambda row: replace(row, wants_sex=""))


def _any_dialect(situation: Situation, change: Change) -> Situation:
    return _need(situation, change, lambda row: replace(row, wants_dialect=False))


def _wider_area(situation: Situation, change: Change) -> Situation:
    committee = next(row.place.committee for row in situation.needs if row.id == change.need)
    area = frozenset({committee}) if committee else frozenset()
    return _provider(situation, change, lambda row: replace(row, area=row.area | area if area else frozenset()))


def _farther(situation: Situation, change: Change) -> Situation:
    return _provider(situation, change, lambda row: replace(row, max_metres=change.amount))


def _category_farther(situation: Situation, change: Change) -> Situation:
    rows = tuple(
        replace(row, max_metres=change.amount) if row.id == change.category else row for row in situation.categories
    )
    return replace(situation, categories=rows)


def _other_half_day(situation: Situation, change: Change) -> Situation:
    return _need(situation, change, lambda row: replace(row, half_days=row.half_days | change.amount))


def _more_minutes(situation: Situation, change: Change) -> Situation:
    return _provider(
        situation,
        change,
        lambda row: row if row.minutes is None else replace(row, minutes=row.minutes + change.amount),
    )


def _more_visits(situation: Situation, change: Change) -> Situation:
    return _provider(
        situation, change, lambda row: row if row.visits is None else replace(row, visits=row.visits + change.amount)
    )


def _more_homes(situation: Situation, change: Change) -> Situation:
    def more(row: ProviderRow) -> ProviderRow:
        rules = situation.rules
        usual = rules.enterprise_homes if row.enterprise else rules.volunteer_homes
        homes = usual if row.homes_per_half_day is None else row.homes_per_half_day
        return replace(row, homes_per_half_day=homes + change.amount)

    return _provider(situation, change, more)


def _not_lasting(situation: Situation, change: Change) -> Situation:
    return _need(situation, change, lambda row: replace(row, lasting=False))


def _release(situation: Situation, change: Change) -> Situation:
    def less(row: ProviderRow) -> ProviderRow:
        undated = list(row.undated)
        if (change.half_days, change.amount) in undated:
            undated.remove((change.half_days, change.amount))
        return replace(
            row,
            undated=tuple(undated),
            booked_visits=max(0, row.booked_visits - change.amount),
            booked_minutes=max(0, row.booked_minutes - change.minutes),
            booked_elders=row.booked_elders - {change.elder},
        )

    return _provider(situation, change, less)


def _recruit(situation: Situation, change: Change) -> Situation:
    assert change.row is not None
    return replace(situation, providers=(*situation.providers, change.row))


def _stop(situation: Situation, change: Change) -> Situation:
    others = {row.id: row for row in change.others}
    return replace(
        situation,
        needs=tuple(row for row in situation.needs if row.id not in change.gone),
        providers=tuple(others.get(row.id, row) for row in situation.providers if row.id != change.provider),
        bonds=tuple(row for row in situation.bonds if row.provider != change.provider),
        fixed=tuple(row for row in situation.fixed if row.provider != change.provider),
    )


def _lapse(situation: Situation, change: Change) -> Situation:
    def without(row: ProviderRow) -> ProviderRow:
        kept = tuple(
            found
            for found in row.certificates
            if found.kind != change.certificate or (found.holder or row.id) != change.provider
        )
        return replace(row, certificates=kept)

    # That of an enterprise is its members' too.
    return replace(situation, providers=tuple(without(row) for row in situation.providers))


_APPLIED: dict[ChangeKind, Callable[[Situation, Change], Situation]] = {
    ChangeKind.RESUME: _resume,
    ChangeKind.TEACH: _teach,
    ChangeKind.CERTIFY: _certify,
    ChangeKind.ASK_ELDER: _ask,
    ChangeKind.ASK_PROVIDER: _ask,
    ChangeKind.ANY_SEX: _any_sex,
    ChangeKind.ANY_DIALECT: _any_dialect,
    ChangeKind.WIDER_AREA: _wider_area,
    ChangeKind.FARTHER: _farther,
    ChangeKind.CATEGORY_FARTHER: _category_farther,
    ChangeKind.OTHER_HALF_DAY: _other_half_day,
    ChangeKind.MORE_MINUTES: _more_minutes,
    ChangeKind.MORE_VISITS: _more_visits,
    ChangeKind.MORE_HOMES: _more_homes,
    ChangeKind.NOT_LASTING: _not_lasting,
    ChangeKind.RELEASE: _release,
    ChangeKind.RECRUIT: _recruit,
    ChangeKind.STOP: _stop,
    ChangeKind.LAPSE: _lapse,
}
