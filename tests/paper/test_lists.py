"""Lists, slips and certificates: everything on them, on as many pages as it takes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from jiuliting_desk.paper.certificates import HoursCertificate, ServiceHours, TrainingHours, hours_certificate
from jiuliting_desk.paper.codes import read_codes
from jiuliting_desk.paper.errors import GlyphsMissing, NothingToPrint
from jiuliting_desk.paper.flow import A4_UPRIGHT, Column, Flow
from jiuliting_desk.paper.fonts import MIN_ELDER_MM
from jiuliting_desk.paper.lists import (
    FormGroup,
    FormLine,
    Participant,
    ProviderLine,
    VisitGroup,
    VisitLine,
    chase_list,
    provider_list,
    sign_in_sheet,
    visit_list,
)
from jiuliting_desk.paper.preview import page_count, page_size_mm, page_text, render_page
from jiuliting_desk.paper.slips import SlipFace, dispatch_slips
from tests.paper.faces import Ink
from tests.paper.reading import printed_texts


def visit_line(number: int, **changes: str) -> VisitLine:
    values = {
        "time": "14:00–14:30",
        "elder": f"高莲英{number}",
        "about": "82 岁 独居",
        "address": "亭北新村 12号 301",
        "phone": "100 2233 4417",
        "service": "理发",
        "providers": "顾海宁",
        "provider_phone": "100 8877 6655",
        "cadre": "邵雯",
    }
    return VisitLine(**{**values, **changes})


def all_text(pdf: bytes) -> str:
    return "\n".join(page_text(pdf, page) for page in range(page_count(pdf)))


def test_every_visit_is_on_the_day_list_under_a_header_on_each_page() -> None:
    groups = [
        VisitGroup(title="亭北居民区", lines=tuple(visit_line(n) for n in range(100, 130))),
        VisitGroup(title="没有上门的居民区"),
        VisitGroup(title="桂溪居民区", lines=tuple(visit_line(n) for n in range(130, 140))),
    ]
    pdf = visit_list(groups, title="3月18日 周三 上门名单", footer="街道志愿服务中心")
    assert page_size_mm(pdf, 0) == pytest.approx((297, 210), abs=0.01)
    text = all_text(pdf)
    assert [text.count(f"高莲英{n}") for n in range(100, 140)] == [1] * 40
    assert "共 40 次上门" in text
    assert "没有上门的居民区" not in text
    pages = page_count(pdf)
    assert pages > 1
    for page in range(pages):
        assert "上门的人" in page_text(pdf, page)
        assert f"第 {page + 1} 页，共 {pages} 页" in page_text(pdf, page)


def test_each_cadre_has_a_page_of_their_own() -> None:
    groups = [VisitGroup(title=name, lines=(visit_line(number),)) for number, name in enumerate(("邵雯", "何佩"))]
    pdf = visit_list(groups, title="3月18日 周三", page_for_each=True)
    assert page_count(pdf) == 2
    assert "何佩" not in page_text(pdf, 0)
    assert "高莲英1" in page_text(pdf, 1)


def test_words_that_do_not_fit_are_wrapped_not_lost() -> None:
    notes = "门铃坏了，请敲门；家里有狗，先打电话。第二间的空调不用洗"
    pdf = visit_list(
        [VisitGroup(title="亭北", lines=(visit_line(1, elder="阿卜杜热合曼·买买提吐尔逊", notes=notes),))], title="名单"
    )
    text = "".join(all_text(pdf).split())
    assert "100 2233 4417" in all_text(pdf)
    for part in ("买买提吐尔逊", "门铃坏了", "空调不用洗"):
        assert part in text


def test_nothing_runs_off_the_page() -> None:
    long = "很长的一段话，" * 60
    rows = [(long, "短", "10")] * 6 + [(f"{n}", "短", "10") for n in range(60)]
    flow = Flow(A4_UPRIGHT, title="试", footer="尾")
    flow.heading("很长的标题" * 20, "右边")
    flow.paragraph(long)
    flow.table(
        (Column(title="一", share=3), Column(title="二", share=1), Column(title="三", share=1, align="right")), rows
    )
    pdf = flow.finish()
    for page in range(page_count(pdf)):
        for found in printed_texts(pdf, page):
            assert 13 <= found.x_mm <= 197
            assert found.y_mm <= 297 - 10
        ink = Ink(pdf, page, dpi=60)
        assert not ink.has_ink(0, 0, 13, 297)
        assert not ink.has_ink(197.5, 0, 12, 297)
    assert [all_text(pdf).split().count(str(n)) >= 1 for n in range(60)] == [True] * 60


def test_the_chase_list_says_who_has_which_form() -> None:
    lines = tuple(
        FormLine(number=f"B-{n:04d}", visit_day="3月5日", days_out=13, elder="高莲英", chased_times=n % 2)
        for n in range(40)
    )
    pdf = chase_list([FormGroup(title="邵雯（亭北居民区）", lines=lines), FormGroup(title="何佩")])
    text = all_text(pdf)
    assert all(f"B-{n:04d}" in text for n in range(40))
    assert "13 天" in text
    assert "何佩" not in text
    with pytest.raises(NothingToPrint):
        chase_list([FormGroup(title="邵雯")])


def test_the_sign_in_sheet_has_room_for_more() -> None:
    pdf = sign_in_sheet([Participant(name="顾海宁", unit="亮洁")], topic="沙龙", day="3月20日", hours="2", blank_rows=5)
    numbers = [found.text.strip() for found in printed_texts(pdf, 0)]
    assert {"1", "6"} <= set(numbers)
    assert "7" not in numbers
    assert "学时：2" in page_text(pdf, 0)
    assert page_count(sign_in_sheet([], topic="沙龙", day="3月20日", blank_rows=60)) > 1


def test_volunteers_are_listed() -> None:
    text = all_text(
        provider_list([ProviderLine(number="V-0001", name="顾海宁", skills="理发、陪伴聊天")], title="志愿者名单")
    )
    assert "V-0001" in text
    assert "理发、陪伴聊天" in text


SLIP = SlipFace(
    number="B-0331",
    code_text="JLT-B-0331",
    day="3月25日 周三",
    time="14:00–14:30",
    elder="高莲英",
    about="82 岁 · 独居",
    must_know="耳背，打电话声音大一点",
    address="亭北新村 12号 301 室（5 楼，没有电梯）",
    phone="100 2233 4417",
    service="理发 1 人次",
    minutes=30,
    providers="顾海宁 100 8877 6655",
    cadre="邵雯 100 2211 0000",
    office_phone="0000 6688",
)


def test_slips_come_two_to_a_page() -> None:
    pdf = dispatch_slips([replace(SLIP, code_text=f"JLT-B-{n:04d}") for n in range(3)])
    assert page_count(pdf) == 2
    image = render_page(pdf, 0, dpi=200)
    assert sorted(read_codes(image.rgb, image.width, image.height)) == ["JLT-B-0000", "JLT-B-0001"]
    text = page_text(pdf, 1)
    for wanted in ("高莲英", "亭北新村", "没有电梯", "耳背", "理发 1 人次", "约 30 分钟", "邵雯", "老人签名"):
        assert wanted in text


def test_a_crowded_slip_keeps_clear_of_the_part_to_sign() -> None:
    long = "很长的一段说明，写了很多很多的话，" * 8
    crowded = replace(SLIP, must_know=long, notes=long, providers=long, address=long, cadre=long, about=long)
    found = printed_texts(dispatch_slips([crowded]), 0)
    body = [one for one in found if "很长" in one.text]
    assert max(one.y_mm for one in body) < 148.5 - 28
    assert min(one.points for one in body) >= MIN_ELDER_MM / 25.4 * 72 - 0.01


def test_the_certificate_has_the_fields_of_the_rules() -> None:
    certificate = HoursCertificate(
        number="ZM-2026-0012",
        name="顾海宁𬱖",
        sex="女",
        id_number="000000********1234",
        period="2025年1月1日至2025年12月31日",
        total_times=46,
        total_hours="58.5",
        services=(ServiceHours(service="理发", period="2025-01-08 至 2025-12-20", times=30, hours="22.5"),),
        trainings=(TrainingHours(day="2025-03-20", topic="和认知障碍老人说话的办法", hours="2"),),
        awards=("2025 年度街道优秀志愿者",),
        evaluation="平均 4.8 分",
        issuer="街道志愿服务中心",
        handler="何佩",
        issued_on="2026年3月18日",
    )
    text = all_text(hours_certificate(certificate))
    for wanted in (
        "志愿服务记录证明",
        "ZM-2026-0012",
        "顾海宁𬱖",
        "000000********1234",
        "58.5 小时",
        "基本信息",
        "理发",
        "培训信息",
        "和认知障碍老人说话的办法",
        "表彰奖励",
        "优秀志愿者",
        "服务评价",
        "出具单位（盖章）：街道志愿服务中心",
        "经办人：何佩",
        "出具日期：2026年3月18日",
    ):
        assert wanted in text
    long = replace(certificate, services=certificate.services * 60, trainings=certificate.trainings * 30)
    assert page_count(hours_certificate(long)) > 2


def test_missing_characters_are_reported_from_lists_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuliting_desk.paper.fonts.FALLBACK_FILES", ())
    unheard = "\U0003134a"
    draws: tuple[Callable[[], bytes], ...] = (
        lambda: visit_list([VisitGroup(title="一", lines=(visit_line(1, elder=unheard),))], title="名单"),
        lambda: dispatch_slips([replace(SLIP, elder=unheard)]),
        lambda: sign_in_sheet([Participant(name=unheard)], topic="沙龙", day="今天"),
    )
    for draw in draws:
        with pytest.raises(GlyphsMissing) as refused:
            draw()
        assert refused.value.glyphs == (unheard,)
