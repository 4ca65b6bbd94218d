"""Lists that go out full and come back into an empty file give the same plan."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook

from jiuliting_desk.actions.blank_sheets import Template, save_template
from jiuliting_desk.actions.exports import Exported, GoingOut, export_list
from jiuliting_desk.actions.imports import words
from jiuliting_desk.actions.imports.carrying import carry_out
from jiuliting_desk.actions.imports.doubts import with_columns_agreed
from jiuliting_desk.actions.imports.draft import asks, open_draft, planned
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.actions.matching import propose_plan, read_inputs
from jiuliting_desk.actions.providers import pause_provider
from jiuliting_desk.matching.plan import Plan
from jiuliting_desk.model.elders import Elder, ElderState, Phone, Sex
from jiuliting_desk.model.imports import Outcome
from jiuliting_desk.model.needs import Need, NeedState, Rhythm, Urgency
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Provider, ProviderKind, ProviderState, Refusal, Skill
from jiuliting_desk.model.visits import ServiceLine
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, CLEAN, ERRANDS, HAIRCUT, HOOD, elder, need, volunteer
from tests.actions.visits import book

DAY = date(2026, 3, 18)
NAMES = (
    "苗芬", "邹福", "章素兰", "鲍妹琴", "鲁云民", "喻凤", "任阿国", "何佩", "秦水英", "韦泉", "柏志素", "郎生娟",
    "严妹生",     "施德月", "姜金林", "孔小云", "尤根宝", "吕泉惠", "俞强英",
    "褚月国", "凤素华", "冯永美", "陶英志",
)  # fmt: skip
KINDS = {AIRCON: "空调清洗", HOOD: "油烟机清洗"}


class Office:
    """A file drawn from a seed, with everything in it that the matching looks at and a list holds."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.draw = store, Random(seed)
        with store.operation("fill"):
            self._places()
            self.providers = [self._provider(number) for number in range(9)]
            self.elders = [self._elder(number) for number in range(14)]
            for elder in self.elders:
                if elder.is_served:
                    self._needs(elder)
            for elder in self.elders[::4]:
                refused = self.draw.choice(self.providers)
                store.add(Refusal(elder_id=elder.id, provider_id=refused.id, reason="处不来", said_on=DAY))

    def _places(self) -> None:
        self.committees = [self.store.add(ResidentsCommittee(name=f"{name}居民区")).id for name in ("亭北", "云杉")]
        self.compounds = [
            self.store.add(
                Compound(
                    name=f"{name}新村",
                    committee_id=self.committees[at % 2],
                    longitude=(12130 + at) / 100,
                    latitude=(31100 + 5 * at) / 1000,
                )
            )
            for at, name in enumerate(("亭北", "云杉", "涞寅", "金丰"))
        ]

    def _phone(self, first: int, number: int) -> tuple[Phone, ...]:
        return (Phone(number=f"100{first}234{number:04d}"),)

    def _elder(self, number: int) -> Elder:
        draw, home = self.draw, self.draw.choice(self.compounds)
        return self.store.add(
            Elder(
                name=NAMES[number],
                sex=draw.choice((Sex.MALE, Sex.FEMALE)),
                birth=f"19{draw.randint(32, 55)}-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}",
                phones=self._phone(3, number),
                committee_id=home.committee_id,
                compound_id=home.id,
                building=str(draw.randint(1, 3)),
                room=f"{draw.randint(1, 6)}0{draw.randint(1, 4)}",
                floor=draw.randint(1, 6),
                without_lift=draw.random() < 0.5,
                language=draw.choice(("", "上海话", "普通话")),
                refuses_sex=draw.choice((Sex.UNKNOWN, Sex.UNKNOWN, Sex.MALE)),
                state=ElderState.DECEASED if number == 3 else ElderState.ACTIVE,
            )
        )

    def _needs(self, elder: Elder) -> None:
        draw = self.draw
        for category_id in draw.sample((CHAT, CLEAN, HAIRCUT, AIRCON, HOOD, ERRANDS), draw.randint(1, 2)):
            rhythm = draw.choice((Rhythm.ONCE, Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY))
            self.store.add(
                Need(
                    elder_id=elder.id,
                    category_id=category_id,
                    since=date(2026, 3, draw.randint(1, 17)),
                    rhythm=rhythm,
                    per_month=draw.randint(1, 3) if rhythm is Rhythm.MONTHLY else 1,
                    half_days=draw.choice(((), (0, 1), (5,), (8, 9, 10), (12, 13))),
                    urgency=draw.choice(tuple(Urgency)),
                    wishes=draw.choice(("", "走路慢，多等一会儿")),
                    wants_sex=draw.choice(("", "", "female")),
                    wants_dialect=draw.random() < 0.2,
                    state=NeedState.SERVED if draw.random() < 0.1 else NeedState.OPEN,
                )
            )

    def _provider(self, number: int) -> Provider:
        draw, home = self.draw, self.draw.choice(self.compounds)
        is_firm = number % 3 == 2
        skills = sorted(draw.sample((CHAT, CLEAN, HAIRCUT, AIRCON, HOOD, ERRANDS), draw.randint(2, 4)))
        made = self.store.add(
            Provider(
                name=f"{'净明亮'[number // 3]}邻家政(虚构)" if is_firm else NAMES[-1 - number],
                kind=ProviderKind.ENTERPRISE if is_firm else ProviderKind.VOLUNTEER,
                sex=Sex.UNKNOWN if is_firm else draw.choice((Sex.MALE, Sex.FEMALE)),
                phones=self._phone(1, number),
                committee_id=home.committee_id,
                compound_id=home.id if draw.random() < 0.8 else None,
                area_committee_ids=(draw.choice(self.committees),) if draw.random() < 0.3 else (),
                max_metres=draw.choice((None, 500, 1230, 2000)),
                skills=tuple(Skill(category_id=skill, level=draw.randint(1, 3)) for skill in skills),
                languages=draw.choice(((), ("上海话",), ("普通话", "上海话"), ("普通话",))),
                half_days=draw.choice(((), (0, 1), (5, 8, 9), tuple(range(10)))),
                visits_per_month=draw.choice((2, 4, 8, None)),
                minutes_per_month=draw.choice((None, 100, 240, 480)),
                homes_at_once=draw.choice((0, 2)) if is_firm else 0,
                state=ProviderState.PAUSED if number == 4 else ProviderState.ACTIVE,
            )
        )
        for skill in skills:
            if skill in KINDS and draw.random() < 0.8:
                ends = draw.choice((None, date(2027, 6, 30), date(2026, 3, 20)))
                code = draw.choice(("", "K-1"))
                held = Certificate(provider_id=made.id, kind=KINDS[skill], number=code, expires_on=ends)
                self.store.add(held)
        return made


def brought_in(store: Store, path: Path, *, in_part: bool = False) -> dict[str, int]:
    """A workbook imported as the shell does it; gives how many rows came to what: all do but with ``in_part``."""
    draft = with_columns_agreed(open_draft(path, vocabulary=words.vocabulary(store, today=DAY)))
    draft = planned(draft, today=DAY, snapshot=take_snapshot(store, asked=asks(draft)))
    assert draft.plan is not None
    carry_out(store, draft.plan, today=DAY, with_backup=False)
    counts = {outcome.value: count for outcome, count in draft.plan.counts.items() if count}
    assert in_part or not set(counts) & {Outcome.DOUBTFUL, Outcome.REFUSED}
    return counts


def plan_of(store: Store) -> tuple[Plan, set[tuple[str, int, str]]]:
    inputs = read_inputs(store, today=DAY)
    plan = propose_plan(inputs)
    return plan, {
        (inputs.rows[line.need].name, inputs.rows[line.need].category, inputs.providers[line.provider].name)
        for line in plan.lines
    }


@pytest.mark.parametrize("seed", range(4))
def test_full_lists_come_back_as_the_same_plan(store: Store, tmp_path: Path, seed: int, request: Any) -> None:
    Office(store, seed)
    for what in Exported:
        export_list(
            store, what=what, going=GoingOut(path=tmp_path / f"{what}.xlsx", full=True, reason="搬家"), today=DAY
        )
    other = Store.open(tmp_path / "other.db", who="乙")
    request.addfinalizer(other.close)
    for what in (Exported.VOLUNTEERS, Exported.ELDERS, Exported.NEEDS):
        brought_in(other, tmp_path / f"{what}.xlsx")
    before, pairs = plan_of(store)
    after, again = plan_of(other)
    assert before.lines
    assert (after.levels.served, again) == (before.levels.served, pairs)


@pytest.mark.parametrize("seed", range(4))
def test_lists_come_back_into_their_own_file_and_change_nothing(store: Store, tmp_path: Path, seed: int) -> None:
    Office(store, seed)
    with store.operation("certify"):
        store.add(Certificate(provider_id=1, kind=KINDS[AIRCON], number="沪字第12号", expires_on=date(2027, 6, 30)))
        store.update(replace(store.where(Provider, kind=ProviderKind.ENTERPRISE)[0], contact_name="郎生娟"))
    before: dict[type[Any], list[Any]] = {
        kept: store.all(kept) for kept in (Elder, Provider, Certificate, Need, Refusal)
    }
    for what in (Exported.VOLUNTEERS, Exported.ELDERS, Exported.NEEDS):
        path = tmp_path / f"{what}.xlsx"
        export_list(store, what=what, going=GoingOut(path=path, full=True, reason="核对"), today=DAY)
        brought_in(store, path, in_part=True)
        after = {kept: store.all(kept) for kept in before}
        # Whom somebody does not want is said again in their notes and needs, as of a sheet of strangers.
        after[Elder] = [replace(elder, notes=before[Elder][at].notes) for at, elder in enumerate(after[Elder])]
        after[Need] = [replace(need, wants_sex=before[Need][at].wants_sex) for at, need in enumerate(after[Need])]
        assert after == before, what


def test_a_day_on_which_somebody_stands_in_does_not_come_back_as_the_need(
    store: Store, tmp_path: Path, request: Any
) -> None:
    gu = volunteer(store, visits_per_month=None)
    gao = elder(store, phones=(Phone(number="10000004417"),))
    wanted = need(store, gao.id, HAIRCUT, rhythm=Rhythm.WEEKLY)
    services = (ServiceLine(category_id=HAIRCUT, need_id=wanted.id),)
    visits = [book(store, gao.id, gu.id, day=DAY + timedelta(weeks=week), services=services) for week in (1, 2)]
    with store.operation("pause_provider"):
        left = [visits[0].id]
        pause_provider(store, provider_id=gu.id, reason="出门", until=visits[1].day, today=DAY, leave_visit_ids=left)
    other = Store.open(tmp_path / "other.db", who="乙")
    request.addfinalizer(other.close)
    for what in (Exported.ELDERS, Exported.NEEDS):
        path = tmp_path / f"{what}.xlsx"
        export_list(store, what=what, going=GoingOut(path=path, full=True, reason="搬家"), today=DAY)
        brought_in(other, path, in_part=True)
    (again,) = other.all(Need)
    assert (again.rhythm, again.state) == (Rhythm.WEEKLY, NeedState.OPEN)


def test_a_masked_list_brings_nobody_in(store: Store, tmp_path: Path) -> None:
    Office(store, 0)
    with store.operation("name"):
        store.update(replace(store.where(Provider, kind=ProviderKind.ENTERPRISE)[0], contact_name="郎生娟"))
    before = {kept: store.all(kept) for kept in (Elder, Provider, Certificate, Need)}
    for what in (Exported.VOLUNTEERS, Exported.ELDERS, Exported.NEEDS):
        path = tmp_path / f"{what}.xlsx"
        export_list(store, what=what, going=GoingOut(path=path), today=DAY)
        told = brought_in(store, path, in_part=True)
        assert told["refused"] == (len(before[Elder]) if what is Exported.ELDERS else told["refused"]) > 0
        assert {kept: store.all(kept) for kept in before} == before, what


def test_a_blank_sheet_filled_in_tells_the_matching_how_somebody_goes(store: Store, tmp_path: Path) -> None:
    volunteer = {"姓名*": "秦水英", "联系电话*": "10012345601", "可服务项目*": "理发", "空闲时间": "周三上午"}
    elder = {"姓名*": "苗芬", "联系电话*": "10032345601", "小区*": "亭北新村", "服务需求*": "理发"}
    for what, values in (
        (Template.VOLUNTEERS, volunteer | {"最远距离": "2公里", "会说上海话": "是"}),
        (Template.SURVEY, elder | {"对志愿者要求": "要女的、要会说上海话"}),
    ):
        path = tmp_path / f"{what}.xlsx"
        save_template(store, what=what, path=path)
        book = load_workbook(path)
        sheet = book.active
        assert sheet is not None
        titles = [str(cell.value) for cell in sheet[3]]
        for title, value in values.items():
            sheet.cell(4, 1 + titles.index(title), value)
        book.save(path)
        assert brought_in(store, path) == {"new": 1}
    situation = read_inputs(store, today=DAY).situation
    [goes], [need] = situation.providers, situation.needs
    assert (goes.half_days, goes.max_metres, goes.dialect) == (1 << 4, 2000, True)
    assert (need.wants_sex, need.wants_dialect) == ("female", True)
