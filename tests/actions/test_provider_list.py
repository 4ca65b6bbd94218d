"""The list of providers, its filters and the panel's content."""

from dataclasses import replace
from datetime import date, timedelta

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.provider_list import (
    CertificateStanding,
    ProviderFilter,
    ProviderRow,
    filtered,
    provider_rows,
    provider_view,
)
from jiuliting_desk.model.barriers import Load
from jiuliting_desk.model.needs import Rhythm
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, HAIRCUT, TODAY, elder, enterprise, need, volunteer


def row_of(store: Store, provider: Provider) -> ProviderRow:
    return next(row for row in provider_rows(store, today=TODAY) if row.provider.id == provider.id)


def shown(store: Store, wanted: ProviderFilter) -> list[str]:
    rows = provider_rows(store, today=TODAY)
    return [row.provider.name for row in filtered(rows, wanted, today=TODAY, unasked_days=60)]


def test_a_row_tells_names_load_and_bonds(store: Store) -> None:
    with store.operation("add_committee"):
        here = store.add(ResidentsCommittee(name="亭北"))
        block = store.add(Compound(name="亭北新村", committee_id=here.id))
    firm = enterprise(store)
    helper = volunteer(
        store,
        skills=(HAIRCUT, CHAT),
        enterprise_id=firm.id,
        committee_id=here.id,
        compound_id=block.id,
        area_committee_ids=(here.id,),
    )
    person = elder(store, committee_id=here.id)
    for rhythm in (Rhythm.ONCE, Rhythm.FORTNIGHTLY):
        wanted = need(store, person.id, HAIRCUT, rhythm=rhythm)
        with store.operation("claim_need"):
            pairings.claim_need(store, need_id=wanted.id, provider_id=helper.id, today=TODAY)
    with store.operation("pair"):
        pairings.pair(store, elder_id=person.id, provider_id=helper.id, category_id=HAIRCUT, today=TODAY)
    row = row_of(store, helper)
    assert (row.enterprise, row.committee, row.compound, row.areas) == ("净邻家政", "亭北", "亭北新村", ("亭北",))
    assert row.skills == ("陪伴聊天", "理发")
    assert (row.load, row.pairings, row.asked_on) == (Load(visits=3, minutes=90), 1, TODAY)
    assert row_of(store, firm).members == 1
    assert [found.provider.name for found in provider_rows(store, today=TODAY)] == ["净邻家政", "顾海宁"]


def test_the_worst_certificate_in_use_counts(store: Store) -> None:
    firm = enterprise(store, skills=(AIRCON,))
    member = volunteer(store, skills=(AIRCON,), enterprise_id=firm.id)
    assert row_of(store, firm).standing is CertificateStanding.LACKING
    assert row_of(store, member).standing is CertificateStanding.LACKING
    assert row_of(store, volunteer(store, "钟毓秀")).standing is CertificateStanding.NONE

    def holds(kind: str, expires_on: date | None) -> None:
        with store.operation("add_certificate"):
            store.add(Certificate(provider_id=firm.id, kind=kind, expires_on=expires_on))

    holds("空调清洗", TODAY - timedelta(days=1))
    assert row_of(store, firm).standing is CertificateStanding.EXPIRED
    holds("空调清洗", TODAY + timedelta(days=300))
    for found in (firm, member):
        assert row_of(store, found).standing is CertificateStanding.VALID
    holds("健康证", TODAY + timedelta(days=30))
    row = row_of(store, firm)
    assert (row.standing, row.expires_on) == (CertificateStanding.EXPIRING, TODAY + timedelta(days=30))
    holds("登高证", TODAY - timedelta(days=400))
    assert row_of(store, firm).standing is CertificateStanding.EXPIRED
    # Of the enterprise's those that a member's own skills want.
    assert row_of(store, member).standing is CertificateStanding.VALID
    barber = volunteer(store, "褚泉琴", skills=(HAIRCUT,), enterprise_id=firm.id)
    assert row_of(store, barber).standing is CertificateStanding.NONE


def test_filters_go_together(store: Store) -> None:
    with store.operation("add_committee"):
        here, there = (store.add(ResidentsCommittee(name=name)) for name in ("亭北", "亭南"))
    enterprise(store)
    volunteer(store, "顾海宁", committee_id=here.id)
    volunteer(store, "钟毓秀", committee_id=there.id, area_committee_ids=(here.id,), skills=(CHAT,))
    volunteer(store, "俞敏芳", state=ProviderState.PAUSED, committee_id=there.id)
    assert shown(store, ProviderFilter()) == ["净邻家政", "顾海宁", "钟毓秀"]
    assert shown(store, ProviderFilter(state=None)) == ["净邻家政", "顾海宁", "钟毓秀", "俞敏芳"]
    assert shown(store, ProviderFilter(kind=ProviderKind.ENTERPRISE)) == ["净邻家政"]
    assert shown(store, ProviderFilter(committee_id=here.id)) == ["顾海宁", "钟毓秀"]
    assert shown(store, ProviderFilter(committee_id=here.id, category_id=HAIRCUT)) == ["顾海宁"]
    assert shown(store, ProviderFilter(certificate_due=True)) == ["净邻家政"]
    assert shown(store, ProviderFilter(words="理发 亭北")) == ["顾海宁"]
    for words in ("ghn", "GuHai", "hn 理发"):
        assert shown(store, ProviderFilter(words=words)) == ["顾海宁"]
    assert shown(store, ProviderFilter(words="俞", state=ProviderState.ACTIVE)) == []


def test_not_asked_for_long_counts_from_the_day_of_joining(store: Store) -> None:
    long_ago = TODAY - timedelta(days=60)
    volunteer(store, "顾海宁", asked_on=long_ago)
    volunteer(store, "钟毓秀", asked_on=TODAY - timedelta(days=59))
    volunteer(store, "俞敏芳", joined_on=TODAY - timedelta(days=5))
    volunteer(store, "汤立新", joined_on=long_ago)
    volunteer(store, "蔡志刚", asked_on=long_ago, state=ProviderState.PAUSED)
    assert shown(store, ProviderFilter(unasked=True, state=None)) == ["顾海宁", "汤立新"]


def test_the_panel_holds_all_that_stands_on_the_record(store: Store) -> None:
    firm = enterprise(store)
    helper = volunteer(store, enterprise_id=firm.id)
    with store.operation("add_compound"):
        block = store.add(Compound(name="亭北新村"))
    person = elder(store, compound_id=block.id, building="12", room="301")
    other = elder(store, "马根宝")
    wanted = need(store, person.id)
    with store.operation("work"):
        first = pairings.pair(store, elder_id=other.id, provider_id=helper.id, category_id=None, today=TODAY)
        pairings.end_pairing(store, pairing_id=first.id, reason="搬走", today=TODAY)
        lasting = pairings.pair(store, elder_id=person.id, provider_id=helper.id, category_id=HAIRCUT, today=TODAY)
        claim = pairings.claim_need(store, need_id=wanted.id, provider_id=helper.id, today=TODAY)
        pairings.refuse(store, elder_id=other.id, provider_id=helper.id, by_elder=False, reason="怕狗", today=TODAY)
        old = store.add(Certificate(provider_id=helper.id, kind="健康证", expires_on=TODAY))
        new = store.add(Certificate(provider_id=helper.id, kind="健康证", expires_on=TODAY + timedelta(days=365)))
        firms = store.add(Certificate(provider_id=firm.id, kind="空调清洗"))
    view = provider_view(store, row=row_of(store, helper))
    assert [(line.pairing.id, line.elder, line.address, line.category) for line in view.bonds] == [
        (lasting.id, "高莲英", "亭北新村 12号 301", "理发"),
        (first.id, "马根宝", "", ""),
    ]
    assert [(line.elder, line.category, line.expires_on) for line in view.needs] == [
        ("高莲英", "理发", claim.expires_on)
    ]
    assert [(line.elder, line.refusal.reason) for line in view.refusals] == [("马根宝", "怕狗")]
    assert view.certificates == (new, old)
    assert view.enterprise_certificates == (firms,)
    assert provider_view(store, row=row_of(store, firm)).members == (replace(helper),)
