"""How providers are put into words on this page."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.provider_list import CertificateStanding, ProviderRow
from jiuliting_desk.model.dates import age_on
from jiuliting_desk.model.elders import Sex
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.widgets.cells import Cell

translate = QCoreApplication.translate

STATE_ICONS = {
    ProviderState.ACTIVE: ("circle-check", "ok"),
    ProviderState.PAUSED: ("circle-pause", "warn"),
    ProviderState.STOPPED: ("ban", "ink3"),
}
"""Icon and tone of each state."""

KIND_ICONS = {ProviderKind.VOLUNTEER: "user-round", ProviderKind.ENTERPRISE: "building-2"}


def sex_and_age(provider: Provider, today: date) -> str:
    """女 54, as far as known; the contact's name for an enterprise."""
    if provider.kind is ProviderKind.ENTERPRISE:
        return ""
    age = age_on(provider.birth, today)
    sex = "" if provider.sex is Sex.UNKNOWN else labels.label(provider.sex)
    return " ".join(filter(None, (sex, "" if age is None else str(age))))


def certificate_cell(row: ProviderRow, today: date) -> Cell:
    """How the certificates stand, icon and word."""
    standing, end = row.standing, row.expires_on
    match standing:
        case CertificateStanding.EXPIRED:
            return Cell(translate("providers", "已过期"), icon="octagon-x", tone="bad", strong=True)
        case CertificateStanding.LACKING:
            return Cell(translate("providers", "缺证书"), icon="triangle-alert", tone="warn", strong=True)
        case CertificateStanding.EXPIRING if end is not None:
            return Cell(days_left(end, today), icon="clock", tone="warn", strong=True)
        case CertificateStanding.VALID:
            return Cell(translate("providers", "有效"), icon="badge-check", tone="ok")
    return Cell("—", tone="ink3")


def days_left(end: date, today: date) -> str:
    """今天到期, 还有 12 天, 过期 3 天."""
    days = (end - today).days
    if days == 0:
        return translate("providers", "今天到期")
    if days < 0:
        return translate("providers", "过期 {days} 天").format(days=-days)
    return translate("providers", "还有 {days} 天").format(days=days)


def certificate_state(certificate: Certificate, today: date, *, is_latest: bool, days: int) -> Cell:
    """One certificate's state, icon and word."""
    if certificate.expires_on is None:
        return Cell(translate("providers", "长期有效"), icon="badge-check", tone="ok")
    if not is_latest:
        return Cell(translate("providers", "已换新"), icon="minus", tone="ink3")
    left = (certificate.expires_on - today).days
    if left < 0:
        return Cell(days_left(certificate.expires_on, today), icon="octagon-x", tone="bad", strong=True)
    if left <= days:
        return Cell(days_left(certificate.expires_on, today), icon="clock", tone="warn", strong=True)
    return Cell(translate("providers", "有效"), icon="badge-check", tone="ok")


def load_words(row: ProviderRow) -> str:
    """What they have this month of what they can: 3 / 4 次."""
    most = row.provider.visits_per_month
    if most is None:
        return translate("providers", "{count} 次").format(count=row.load.visits)
    return translate("providers", "{count} / {most} 次").format(count=row.load.visits, most=most)


def is_full(row: ProviderRow) -> bool:
    """Whether nothing more fits into the month."""
    provider = row.provider
    return (provider.visits_per_month is not None and row.load.visits >= provider.visits_per_month) or (
        provider.minutes_per_month is not None and row.load.minutes >= provider.minutes_per_month
    )


def capacity_words(provider: Provider) -> str:
    """每月 4 次，最多 8 小时."""
    parts = []
    if provider.visits_per_month is not None:
        parts.append(translate("providers", "{count} 次").format(count=provider.visits_per_month))
    if provider.minutes_per_month is not None:
        hours = f"{provider.minutes_per_month / 60:g}"
        parts.append(translate("providers", "最多 {hours} 小时").format(hours=hours))
    if not parts:
        return translate("providers", "不限")
    return translate("providers", "每月 {parts}").format(parts=translate("providers", "，").join(parts))


def skill_words(row: ProviderRow, names: dict[int, str]) -> str:
    """理发（熟练）、陪伴聊天; those being learnt say so."""
    notes = {1: translate("providers", "（学着）"), 3: translate("providers", "（熟练）")}
    words = [
        names.get(skill.category_id, "") + notes.get(skill.level, "")
        for skill in row.provider.skills
        if skill.category_id in names
    ]
    return translate("providers", "、").join(words)
