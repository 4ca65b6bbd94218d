"""Certificates of volunteers and enterprises: added, renewed, corrected, removed, and about to expire."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.errors import DateOrder, Missing
from jiuliting_desk.model.providers import Certificate, Provider, ProviderState
from jiuliting_desk.store import Store


def wanted_kinds(store: Store) -> list[str]:
    """The kinds of certificate that categories want, in their order."""
    kinds = [category.certificate_kind for category in store.all(ServiceCategory, order="position")]
    return [kind for kind in dict.fromkeys(kinds) if kind]


def known_kinds(store: Store) -> list[str]:
    """The kinds of certificate that categories want or somebody holds, those wanted first."""
    held = sorted(certificate.kind for certificate in store.all(Certificate))
    return list(dict.fromkeys([*wanted_kinds(store), *held]))


def lacking_kinds(store: Store, *, provider: Provider, held: Iterable[Certificate]) -> dict[str, list[str]]:
    """The kinds that the provider's services want and that are not among those held, with those services' names."""
    has = {certificate.kind for certificate in held}
    offered = {skill.category_id for skill in provider.skills}
    found: dict[str, list[str]] = {}
    for category in store.all(ServiceCategory, order="position"):
        if category.id in offered and category.certificate_kind and category.certificate_kind not in has:
            found.setdefault(category.certificate_kind, []).append(category.name)
    return found


def add_certificate(
    store: Store,
    *,
    provider_id: int,
    kind: str,
    today: date,
    number: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> Certificate:
    """A provider shows a certificate. Raises Missing and DateOrder."""
    del today
    provider = store.get(Provider, provider_id)
    certificate = _checked(
        Certificate(provider_id=provider_id, kind=kind, number=number, issued_on=issued_on, expires_on=expires_on)
    )
    store.running.about = f"{provider.name}　{certificate.kind}"
    return store.add(certificate)


def renew_certificate(
    store: Store,
    *,
    certificate_id: int,
    today: date,
    number: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> Certificate:
    """A new certificate of the same kind; the old one stays, so that visits of its time remain covered.

    Raises Missing without a new last day, and DateOrder where it is not later than the old one's.
    """
    old = store.get(Certificate, certificate_id)
    if expires_on is None:
        raise Missing(field="expires_on")
    if old.expires_on is not None and expires_on <= old.expires_on:
        raise DateOrder(field="expires_on", begins=old.expires_on, ends=expires_on)
    return add_certificate(
        store,
        provider_id=old.provider_id,
        kind=old.kind,
        number=number or old.number,
        issued_on=issued_on,
        expires_on=expires_on,
        today=today,
    )


def edit_certificate(store: Store, *, certificate: Certificate, today: date) -> Certificate:
    """A certificate typed wrongly is put right. Raises Missing, DateOrder and NotThere."""
    del today
    old = store.get(Certificate, certificate.id)
    fresh = _checked(replace(certificate, provider_id=old.provider_id))
    store.running.about = f"{store.get(Provider, old.provider_id).name}　{fresh.kind}"
    return store.update(fresh)


def remove_certificate(store: Store, *, certificate_id: int, today: date) -> None:
    """A certificate recorded by mistake goes. Raises NotThere."""
    del today
    certificate = store.get(Certificate, certificate_id)
    store.running.about = f"{store.get(Provider, certificate.provider_id).name}　{certificate.kind}"
    store.remove(certificate)


def _checked(certificate: Certificate) -> Certificate:
    kind = certificate.kind.strip()
    if not kind:
        raise Missing(field="kind")
    issued, expires = certificate.issued_on, certificate.expires_on
    if issued is not None and expires is not None and expires < issued:
        raise DateOrder(field="expires_on", begins=issued, ends=expires)
    return replace(certificate, kind=kind, number=certificate.number.strip())


def latest_of_each_kind(certificates: list[Certificate]) -> list[Certificate]:
    """Of each provider and kind the certificate that lasts longest: the one that counts today."""
    latest: dict[tuple[int, str], Certificate] = {}
    for certificate in certificates:
        key = (certificate.provider_id, certificate.kind)
        known = latest.get(key)
        if known is None or _end(certificate) > _end(known):
            latest[key] = certificate
    return list(latest.values())


def _end(certificate: Certificate) -> date:
    return certificate.expires_on or date.max


def expiring(store: Store, *, today: date) -> list[Certificate]:
    """Certificates in use that are over or end within the days of the settings, the earliest first.

    Those that were renewed and those of providers who stopped are left out.
    """
    limit = today + timedelta(days=number_setting(store, "certificate_days"))
    stopped = {provider.id for provider in store.where(Provider, state=ProviderState.STOPPED)}
    latest = latest_of_each_kind([held for held in store.all(Certificate) if held.provider_id not in stopped])
    return sorted((held for held in latest if _end(held) <= limit), key=_end)
