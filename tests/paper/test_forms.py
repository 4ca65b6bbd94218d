"""The feedback form: what elders read is large, and the table of places is what is on the paper."""

import math
from itertools import combinations

import pytest

from jiuliting_desk.model.feedback import SCORES
from jiuliting_desk.paper import form_geometry as geometry
from jiuliting_desk.paper.codes import QUIET_MODULES, modules, read_codes
from jiuliting_desk.paper.errors import GlyphsMissing, NothingToPrint
from jiuliting_desk.paper.form_geometry import AREAS, CODE, CORNERS, MARKS, PAGE_MM, Shape, marks_of
from jiuliting_desk.paper.forms import FormFace, feedback_forms
from jiuliting_desk.paper.preview import page_count, page_size_mm, page_text, render_page
from tests.paper.faces import SERVICES, Ink
from tests.paper.reading import printed_texts

STAFF_TOP = 210.0


def form_face(number: int, **changes: str) -> FormFace:
    values = {
        "number": f"B-{number:04d}",
        "code_text": f"JLT-B-{number:04d}",
        "name": "高莲英",
        "service": "理发",
        "day": "3月25日 周三",
        "providers": "顾海宁",
        "card_number": "0137",
        "committee": "亭北居民区",
        "unit": "人次",
        "office_phone": "0000 6688",
    }
    return FormFace(wishes=SERVICES, **{**values, **changes})


@pytest.mark.parametrize("dpi", [150, 300])
def test_the_code_reads_back(dpi: int) -> None:
    pdf = feedback_forms([form_face(331), form_face(9999)])
    for page, text in enumerate(("JLT-B-0331", "JLT-B-9999")):
        image = render_page(pdf, page, dpi=dpi)
        assert read_codes(image.rgb, image.width, image.height) == [text]


def test_one_a4_page_each_with_everything_on_it() -> None:
    pdf = feedback_forms([form_face(331, name="㛃䶮𬱖"), form_face(332)])
    assert page_count(pdf) == 2
    assert page_size_mm(pdf, 0) == pytest.approx(PAGE_MM, abs=0.01)
    text = page_text(pdf, 0)
    for wanted in (
        "意见反馈表",
        "㛃䶮𬱖",
        "表号 B-0331",
        "来得准时吗？",
        "总的满意吗？",
        "5 很好",
        *(service.name for service in SERVICES),
        "谁填的",
        "四、志愿者填",
        "安全隐患",
        "五、居委干部填",
        "看到老人签名",
        "0000 6688",
    ):
        assert wanted in text


def test_nothing_that_an_elder_reads_is_under_12_points() -> None:
    for page in range(2):
        elders = [
            found
            for found in printed_texts(feedback_forms([form_face(1), FormFace(wishes=SERVICES)]), page)
            if found.y_mm < STAFF_TOP
        ]
        assert len(elders) > 30
        assert min(found.points for found in elders) >= 12 - 0.01
        words = "".join(found.text for found in elders)
        assert "来得准时吗？" in words
        assert "很差" in words


def test_the_questions_are_those_of_the_record() -> None:
    assert tuple(field for field, _ in geometry.QUESTIONS) == SCORES
    for field in SCORES:
        marks = marks_of(field)
        assert [mark.value for mark in marks] == ["1", "2", "3", "4", "5"]
        assert [mark.x for mark in marks] == sorted(mark.x for mark in marks)


def test_places_to_tick_lie_apart_and_away_from_the_corners() -> None:
    for one, other in combinations(MARKS, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) > one.radius + other.radius + 1.5, (one, other)
    for mark in MARKS:
        assert mark.x - mark.radius >= geometry.LEFT - 0.01
        assert mark.x + mark.radius <= geometry.RIGHT
        for corner in CORNERS:
            assert not (corner.x - 4 < mark.x < corner.right + 4 and corner.y - 4 < mark.y < corner.bottom + 4)
    for area in AREAS:
        assert area.box.right <= geometry.RIGHT + 0.01
        assert not any(
            area.box.x - mark.radius < mark.x < area.box.right + mark.radius and area.box.y < mark.y < area.box.bottom
            for mark in MARKS
        ), area


def test_every_mark_is_on_the_paper_where_the_table_says_and_empty() -> None:
    ink = Ink(feedback_forms([form_face(1)]), dpi=400)
    for mark in MARKS:
        assert not ink.has_ink(mark.x - mark.radius * 0.6, mark.y - mark.radius * 0.6, *[mark.radius * 1.2] * 2), mark
        across = ink.runs_in_row(mark.y, mark.x - mark.radius - 0.6, mark.x + mark.radius + 0.6)
        down = ink.runs_in_column(mark.x, mark.y - mark.radius - 0.6, mark.y + mark.radius + 0.6)
        for (first, second), middle in ((across, mark.x), (down, mark.y)):
            assert sum(first) / 2 == pytest.approx(middle - mark.radius, abs=0.12), mark
            assert sum(second) / 2 == pytest.approx(middle + mark.radius, abs=0.12), mark


def test_the_corners_tell_which_way_is_up() -> None:
    ink = Ink(feedback_forms([form_face(1)]), dpi=300)
    for number, corner in enumerate(CORNERS):
        across = ink.runs_in_row(corner.y + corner.height / 2, corner.x - 3, corner.right + 3)
        assert across[0][0] == pytest.approx(corner.x, abs=0.1)
        assert across[-1][1] == pytest.approx(corner.right, abs=0.1)
        assert len(across) == (2 if number == 3 else 1)
        down = ink.runs_in_column(corner.x + 0.8, corner.y - 3, corner.bottom + 3)
        assert len(down) == 1
        assert down[0] == pytest.approx((corner.y, corner.bottom), abs=0.1)
        assert not ink.has_ink(corner.x - 3, corner.y - 3, corner.width + 6, 2.6)


def test_the_code_has_its_quiet_zone() -> None:
    ink = Ink(feedback_forms([form_face(1)]), dpi=300)
    quiet = QUIET_MODULES * CODE.width / len(modules("JLT-B-0001"))
    assert not ink.has_ink(CODE.x - quiet, CODE.y - quiet, quiet - 0.1, CODE.height + quiet)
    assert not ink.has_ink(CODE.right + 0.1, CODE.y - quiet, quiet - 0.1, CODE.height + quiet)
    assert not ink.has_ink(CODE.x, CODE.y - quiet, CODE.width, quiet - 0.1)


def test_a_blank_form_has_lines_in_place_of_words() -> None:
    pdf = feedback_forms([FormFace(wishes=SERVICES[:4])])
    image = render_page(pdf, 0, dpi=200)
    assert read_codes(image.rgb, image.width, image.height) == []
    ink = Ink(pdf)
    for row, baseline in zip(geometry.INFO, geometry.INFO_Y, strict=True):
        for _, _, _, right in row:
            ((_, end),) = ink.runs_in_row(baseline + 1.2, right - 15, right + 1)
            assert end == pytest.approx(right, abs=0.1)
    for mark in marks_of("wishes")[4:]:
        assert not ink.has_ink(mark.x - 4, mark.y - 4, 40, 8)


def test_long_names_stay_whole() -> None:
    text = page_text(
        feedback_forms([form_face(1, name="阿卜杜热合曼·买买提吐尔逊", providers="上海亮洁家电清洗有限公司")]), 0
    )
    assert "阿卜杜热合曼·" in text
    assert "买买提吐尔逊" in text
    assert "…" not in text
    assert "…" in page_text(feedback_forms([form_face(1, providers="上海亮洁家电清洗" * 5)]), 0)


def test_what_cannot_be_printed_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuliting_desk.paper.fonts.FALLBACK_FILES", ())
    with pytest.raises(GlyphsMissing) as refused:
        feedback_forms([form_face(1), form_face(2, name="高\U0003134a")])
    assert refused.value.names == ("高\U0003134a",)
    with pytest.raises(NothingToPrint):
        feedback_forms([])


def test_shapes_tell_one_of_several_from_any_number() -> None:
    for field in {mark.field for mark in MARKS}:
        shapes = {mark.shape for mark in marks_of(field)}
        assert len(shapes) == 1
        if shapes == {Shape.BUBBLE}:
            assert len(marks_of(field)) > 1
