"""志愿服务记录证明 and 签到表 on paper, each noted in the log of prints."""

from collections.abc import Callable, Sequence
from datetime import date

from jiuliting_desk.actions import trainings
from jiuliting_desk.actions.cards import spaced
from jiuliting_desk.actions.settings import setting
from jiuliting_desk.model.cards import PrintBatch, PrintState
from jiuliting_desk.model.dates import day_text, time_text
from jiuliting_desk.model.elders import Sex
from jiuliting_desk.model.errors import DateOrder
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.text import masked_id
from jiuliting_desk.model.trainings import TrainingSession
from jiuliting_desk.paper.certificates import HoursCertificate, ServiceHours, TrainingHours, hours_certificate
from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.paper.lists import Participant, sign_in_sheet
from jiuliting_desk.store import Store

CERTIFICATE_KIND = "hours_certificate"
SIGN_IN_KIND = "sign_in"
"""The kinds of their batches in the log."""

SEX_TEXT = {Sex.FEMALE: "女", Sex.MALE: "男"}
"""As the certificate writes it; it is part of a form that the rules lay down."""


def hours_text(minutes: int) -> str:
    """Hours as certificates write them: 90 minutes are 1.5, 60 are 1."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def hours_certificate_of(
    store: Store,
    *,
    provider_id: int,
    first: date,
    last: date,
    today: date,
    id_number: str = "",
    purpose: str = "",
    awards: Sequence[str] = (),
    evaluation: str = "",
) -> HoursCertificate:
    """What a certificate says of a provider's visits and trainings between two days.

    ``id_number`` is written as given; without one it is masked. Raises DateOrder, and NothingToPrint where nothing was
    done.
    """
    if last < first:
        raise DateOrder(field="last", begins=first, ends=last)
    provider = store.get(Provider, provider_id)
    between = {"first": first, "last": last}
    total = trainings.hours_of(store, provider_id=provider_id, **between)
    if not total.visits and not total.trainings:
        raise NothingToPrint()
    firm = store.find(Provider, provider.enterprise_id)
    return HoursCertificate(
        number=_next_number(store, today),
        name=provider.name,
        sex=SEX_TEXT.get(provider.sex, ""),
        id_number=id_number or masked_id(provider.id_number),
        volunteer_number=provider.number,
        registered_on=_day(provider.joined_on) if provider.joined_on else "",
        unit=firm.name if firm else "",
        period=f"{_day(first)}至{_day(last)}",
        total_times=total.visits,
        total_hours=hours_text(total.visit_minutes),
        services=tuple(
            ServiceHours(
                service=one.category,
                period=f"{one.first:%Y.%m.%d}–{one.last:%Y.%m.%d}",
                times=one.visits,
                hours=hours_text(one.minutes),
                place=setting(store, "subdistrict"),
            )
            for one in trainings.services_of(store, provider_id=provider_id, **between)
        ),
        trainings=tuple(
            TrainingHours(day=_day(one.session.day), topic=one.session.topic, hours=hours_text(one.minutes))
            for one in reversed(trainings.trainings_of(store, provider_id=provider_id, **between))
        ),
        awards=tuple(filter(None, (award.strip() for award in awards))),
        evaluation=evaluation.strip(),
        purpose=purpose.strip(),
        issuer=setting(store, "office_name"),
        handler=store.who,
        issuer_phone=spaced(setting(store, "office_phone")),
        issued_on=_day(today),
    )


def _day(day: date) -> str:
    """2026年3月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _next_number(store: Store, today: date) -> str:
    """2026-003: the third certificate of the year."""
    of_year = sum(one.printed_on.year == today.year for one in store.where(PrintBatch, kind=CERTIFICATE_KIND))
    return f"{today.year}-{of_year + 1:03d}"


def print_certificate(
    store: Store,
    *,
    certificate: HoursCertificate,
    provider_id: int,
    target: str,
    deliver: Callable[[bytes], object],
    today: date,
    progress: Callable[[int, int], object] | None = None,
) -> PrintBatch:
    """The certificate to ``deliver``, noted in the log; what ``deliver`` raises leaves no note.

    Raises GlyphsMissing.
    """
    if progress is not None:
        progress(0, 1)
    deliver(hours_certificate(certificate))
    store.running.about = f"{certificate.name}　{certificate.number}"
    return _note(store, CERTIFICATE_KIND, (provider_id,), target, today)


def print_sign_in(
    store: Store,
    *,
    session_id: int,
    target: str,
    deliver: Callable[[bytes], object],
    today: date,
    progress: Callable[[int, int], object] | None = None,
) -> PrintBatch:
    """签到表 of a session to ``deliver``, noted in the log as ``print_certificate`` is. Raises GlyphsMissing."""
    if progress is not None:
        progress(0, 1)
    session = store.get(TrainingSession, session_id)
    people = [
        Participant(name=line.name, unit=line.enterprise, phone=spaced(line.phone))
        for line in trainings.roll(store, session_id=session_id)
    ]
    deliver(
        sign_in_sheet(
            people,
            topic=session.topic,
            day=f"{day_text(session.day)} {time_text(session.starts)}",
            place=session.place,
            hours=f"{hours_text(session.minutes)} 小时",
            host=session.speaker,
            footer=setting(store, "office_name"),
        )
    )
    store.running.about = session.topic
    return _note(store, SIGN_IN_KIND, (session_id,), target, today)


def _note(store: Store, kind: str, item_ids: tuple[int, ...], target: str, today: date) -> PrintBatch:
    return store.add(
        PrintBatch(
            kind=kind,
            printed_on=today,
            printed_by=store.who,
            target=target,
            item_ids=item_ids,
            state=PrintState.CONFIRMED,
        )
    )
