"""The columns of the list of providers, as data."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.provider_list import CertificateStanding, ProviderRow
from jiuliting_desk.model.providers import ProviderKind
from jiuliting_desk.model.text import masked_phone
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.providers import words
from jiuliting_desk.ui.widgets.cells import Cell, Chip
from jiuliting_desk.ui.widgets.half_days import half_day_words
from jiuliting_desk.ui.widgets.rows_model import Column

translate = QCoreApplication.translate

_STANDING_RANK = {
    CertificateStanding.EXPIRED: 0,
    CertificateStanding.LACKING: 1,
    CertificateStanding.EXPIRING: 2,
    CertificateStanding.VALID: 3,
    CertificateStanding.NONE: 4,
}


def columns(today: Callable[[], date]) -> list[Column[ProviderRow]]:
    """The columns, in the order shown; ``today`` is asked whenever a cell is made."""
    return [
        Column(
            key="number",
            title=translate("providers", "编号"),
            cell=lambda row: Cell(row.provider.number, tone="ink2"),
            width=70,
            give_up=4,
        ),
        Column(
            key="name",
            title=translate("providers", "姓名"),
            cell=lambda row: _name(row, today()),
            width=172,
            least=140,
            stretch=1,
            must=True,
        ),
        Column(
            key="enterprise",
            title=translate("providers", "单位"),
            cell=_enterprise,
            width=96,
            give_up=5,
        ),
        Column(
            key="skills",
            title=translate("providers", "会做什么"),
            cell=lambda row: Cell(chips=tuple(Chip(name) for name in row.skills)),
            width=184,
            least=150,
            stretch=2,
        ),
        Column(key="place", title=translate("providers", "住哪里"), cell=_place, width=100, least=90, give_up=6),
        Column(
            key="times",
            title=translate("providers", "什么时候有空"),
            cell=lambda row: half_day_words(row.provider.half_days),
            width=132,
            least=100,
            stretch=1,
            give_up=2,
        ),
        Column(
            key="load",
            title=translate("providers", "本月"),
            cell=lambda row: Cell(words.load_words(row), tone="warn" if words.is_full(row) else "ink"),
            sort=lambda row: row.load.visits,
            width=86,
            right=True,
        ),
        Column(
            key="pairings",
            title=translate("providers", "结对"),
            cell=lambda row: Cell(str(row.pairings), tone="ink" if row.pairings else "ink3"),
            sort=lambda row: row.pairings,
            width=54,
            right=True,
            give_up=3,
        ),
        Column(
            key="certificates",
            title=translate("providers", "证书"),
            cell=lambda row: words.certificate_cell(row, today()),
            sort=lambda row: (_STANDING_RANK[row.standing], row.expires_on or date.max),
            width=114,
        ),
        Column(
            key="asked",
            title=translate("providers", "最近问过"),
            cell=lambda row: labels.month_day(row.asked_on) if row.asked_on else Cell("—", tone="ink3"),
            sort=lambda row: row.asked_on,
            width=86,
            give_up=1,
        ),
        Column(key="state", title=translate("providers", "状态"), cell=_state, width=90, must=True),
        Column(
            key="phone",
            title=translate("providers", "电话"),
            cell=lambda row: masked_phone(row.provider.phone) if row.provider.phone else Cell("—", tone="ink3"),
            sortable=False,
            width=116,
            shown=False,
        ),
    ]


def _name(row: ProviderRow, today: date) -> Cell:
    provider = row.provider
    second = words.sex_and_age(provider, today)
    if provider.kind is ProviderKind.ENTERPRISE:
        second = provider.contact_name
    return Cell(provider.name, second=second, icon=words.KIND_ICONS[provider.kind], strong=True)


def _enterprise(row: ProviderRow) -> Cell:
    if row.provider.kind is ProviderKind.ENTERPRISE:
        return Cell(translate("providers", "成员 {count} 位").format(count=row.members), tone="ink2")
    return Cell(row.enterprise) if row.enterprise else Cell("—", tone="ink3")


def _place(row: ProviderRow) -> Cell:
    place = row.compound or row.committee or row.provider.address
    return Cell(place) if place else Cell("—", tone="ink3")


def _state(row: ProviderRow) -> Cell:
    provider = row.provider
    icon, tone = words.STATE_ICONS[provider.state]
    tip = provider.state_reason
    return Cell(labels.label(provider.state), icon=icon, tone=tone, strong=True, tip=tip)
