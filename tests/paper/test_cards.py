"""The cards on paper: sizes, codes, text, names of all kinds."""

import zlib
from dataclasses import replace

import pytest

from jiuliting_desk.paper.card_front import fitted_name
from jiuliting_desk.paper.card_layout import NAME_LEAST_MM, SMALL, STANDARD, WIDE, CardLayout, layout_for
from jiuliting_desk.paper.cards import NoteKind, Sides, card_notes, card_sheets
from jiuliting_desk.paper.codes import read_codes
from jiuliting_desk.paper.errors import BadStartSlot, BadStock, GlyphsMissing, NothingToPrint, TextTooLong
from jiuliting_desk.paper.fonts import MIN_ELDER_MM
from jiuliting_desk.paper.imposition import Flip
from jiuliting_desk.paper.preview import page_count, page_size_mm, page_text, render_page
from jiuliting_desk.paper.stocks import STOCKS, stock_named
from tests.paper.faces import SERVICES, Ink, card_face
from tests.paper.reading import printed_texts

LONG_NAME = "阿卜杜热合曼·买买提吐尔逊"
UNHEARD_OF = "\U0003134a"


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_every_code_reads_back(stock: object, dpi: int) -> None:
    chosen = stock_named(stock.name)  # type: ignore[attr-defined]
    faces = [card_face(number) for number in range(1, min(chosen.slots, 10) + 1)]
    image = render_page(card_sheets(faces, stock=chosen, sides=Sides.FRONTS), 0, dpi=dpi)
    assert sorted(read_codes(image.rgb, image.width, image.height)) == [face.code_text for face in faces]


def test_the_text_layer_has_the_names() -> None:
    faces = [card_face(1, "㛃䶮𬱖𠅤", volunteer="𬱖䶮"), card_face(2, "高莲英", volunteer="")]
    text = page_text(card_sheets(faces, stock=stock_named("90x54")), 0)
    for wanted in ("㛃䶮𬱖𠅤", "𬱖䶮", "高莲英", "由中心安排", "卡号 0002", "0000 6688"):
        assert wanted in text
    back = page_text(card_sheets(faces, stock=stock_named("90x54")), 1)
    for wanted in (*(line.name for line in SERVICES), "都不收钱", "0000 5501", "急病打 120"):
        assert wanted in back


def test_cards_are_where_they_should_be_to_a_tenth_of_a_millimetre() -> None:
    for name in ("90x54", "id1"):
        stock = stock_named(name)
        faces = [card_face(number) for number in range(1, 11)]
        ink = Ink(card_sheets(faces, stock=stock, sides=Sides.FRONTS))
        first, last = stock.slot(0), stock.slot(9)
        for x in (first.x, first.right, last.right):
            ((begin, end),) = ink.runs_in_row(first.y - 4, x - 3, x + 3)
            assert (begin + end) / 2 == pytest.approx(x, abs=0.1)
        for y in (first.y, first.bottom, last.y, last.bottom):
            ((begin, end),) = ink.runs_in_column(first.x - 4, y - 3, y + 3)
            assert (begin + end) / 2 == pytest.approx(y, abs=0.1)
        layout = layout_for(stock.card_width, stock.card_height)
        for number in (0, 9):
            box = stock.slot(number)
            runs = ink.runs_in_row(box.y + layout.rule_y, box.x, box.right)
            assert runs[0][0] == pytest.approx(box.x + layout.margin, abs=0.1)
            assert runs[-1][1] == pytest.approx(box.right - layout.margin, abs=0.1)
            code = ink.runs_in_row(box.y + layout.code_y + 0.3, box.right - layout.margin - layout.code_side - 1,
                                   box.right)  # fmt: skip
            assert code[0][0] == pytest.approx(box.right - layout.margin - layout.code_side, abs=0.1)
            assert code[-1][1] == pytest.approx(box.right - layout.margin, abs=0.1)


def test_the_page_is_the_stocks_page() -> None:
    pdf = card_sheets([card_face(1)], stock=stock_named("90x54"))
    assert page_size_mm(pdf, 0) == pytest.approx((210, 297), abs=0.01)
    single = card_sheets([card_face(1), card_face(2)], stock=stock_named("card"))
    assert page_count(single) == 4
    assert page_size_mm(single, 0) == pytest.approx((85.60, 53.98), abs=0.01)


def test_a_part_used_sheet_is_used_on() -> None:
    stock = stock_named("90x54")
    pdf = card_sheets([card_face(n) for n in range(1, 10)], stock=stock, start_slot=3, sides=Sides.FRONTS)
    assert page_count(pdf) == 2
    ink = Ink(pdf, 0, dpi=100)
    assert [ink.has_ink(box.x + 1, box.y + 1, 88, 52) for box in map(stock.slot, range(10))] == [False] * 3 + [True] * 7
    ink = Ink(pdf, 1, dpi=100)
    assert [ink.has_ink(box.x + 1, box.y + 1, 88, 52) for box in map(stock.slot, range(10))] == [True] * 2 + [False] * 8


def test_no_marks_between_the_cards_and_none_where_none_are_wanted() -> None:
    stock = stock_named("90x54")
    for marks in (True, False):
        pdf = card_sheets([card_face(1)], stock=stock, sides=Sides.FRONTS, crop_marks=marks)
        ink = Ink(pdf, 0, dpi=300)
        assert not ink.has_ink(stock.origin_x - 1, stock.slot(2).y - 1, 182, 200)
        assert ink.has_ink(14, 5, 3, 7) is marks


@pytest.mark.parametrize(("flip", "slot"), [(Flip.LONG_EDGE, 1), (Flip.SHORT_EDGE, 8)])
def test_the_back_is_printed_behind_the_front(flip: Flip, slot: int) -> None:
    stock = stock_named("90x54")
    pdf = card_sheets([card_face(1)], stock=stock, flip=flip)
    ink = Ink(pdf, 1, dpi=150)
    inked = [n for n in range(10) if ink.has_ink(*_inside(stock.slot(n)))]
    assert inked == [slot]
    only_backs = card_sheets([card_face(1)], stock=stock, flip=flip, sides=Sides.BACKS)
    assert page_count(only_backs) == 1
    assert render_page(only_backs, 0, dpi=50).rgb == render_page(pdf, 1, dpi=50).rgb
    # Upside down under a short-edge flip: the rule under the title is then near the lower edge.
    box = stock.slot(slot)
    layout = layout_for(90, 54)
    from_top = layout.back_rule_y if flip is Flip.LONG_EDGE else 54 - layout.back_rule_y
    ((begin, end),) = ink.runs_in_row(box.y + from_top, box.x, box.right)
    assert end - begin == pytest.approx(80, abs=0.5)


def _inside(box: object) -> tuple[float, float, float, float]:
    return box.x + 1, box.y + 1, box.width - 2, box.height - 2  # type: ignore[attr-defined]


def test_labels_have_no_back() -> None:
    assert page_count(card_sheets([card_face(1)], stock=stock_named("l7163"))) == 1


def test_a_missing_character_is_reported_by_name_and_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiuliting_desk.paper.fonts.FALLBACK_FILES", ())
    faces = [card_face(1), card_face(2, f"高{UNHEARD_OF}"), card_face(3, volunteer=f"{UNHEARD_OF}宁")]
    with pytest.raises(GlyphsMissing) as refused:
        card_sheets(faces, stock=stock_named("90x54"))
    assert refused.value.names == (f"高{UNHEARD_OF}", f"{UNHEARD_OF}宁")
    assert refused.value.glyphs == (UNHEARD_OF,)
    notes = card_notes(faces, stock_named("90x54"))
    assert [(note.index, note.kind, note.is_blocking) for note in notes] == [
        (1, NoteKind.GLYPHS_MISSING, True),
        (2, NoteKind.GLYPHS_MISSING, True),
    ]


@pytest.mark.parametrize("layout", [STANDARD, WIDE, SMALL], ids=["standard", "wide", "small"])
def test_names_shrink_then_break(layout: CardLayout) -> None:
    short = fitted_name(card_face(1, "高莲英"), layout)
    assert short is not None
    assert (short.lines, short.size_mm) == (("高莲英",), layout.name_size)
    long = fitted_name(card_face(1, LONG_NAME), layout)
    assert long is not None
    assert "".join(long.lines) == LONG_NAME
    assert len(long.lines) == 2
    assert MIN_ELDER_MM <= long.size_mm <= NAME_LEAST_MM
    for length in range(2, 30):
        name = fitted_name(card_face(1, "欧" * length), layout)
        if name is not None and len(name.lines) == 1:
            assert name.size_mm >= NAME_LEAST_MM


def test_long_names_are_noted_and_printed_whole() -> None:
    stock = stock_named("90x54")
    faces = [card_face(1), card_face(2, LONG_NAME)]
    assert [(note.index, note.kind) for note in card_notes(faces, stock)] == [(1, NoteKind.NAME_IN_TWO_LINES)]
    text = page_text(card_sheets(faces, stock=stock), 0)
    assert "阿卜杜热合曼·" in text
    assert "买买提吐尔逊" in text


def test_a_name_that_cannot_fit_is_refused() -> None:
    face = card_face(7, "欧" * 40)
    with pytest.raises(TextTooLong) as refused:
        card_sheets([face], stock=stock_named("90x54"))
    assert refused.value.number == "0007"
    assert card_notes([face], stock_named("90x54"))[0].is_blocking


def test_a_cut_enterprise_name_is_noted() -> None:
    face = card_face(1, volunteer="上海" + "亮洁家电清洗维修保养" * 2 + "有限公司")
    assert [note.kind for note in card_notes([face], stock_named("90x54"))] == [NoteKind.VOLUNTEER_CUT]
    assert "…" in page_text(card_sheets([face], stock=stock_named("90x54")), 0)


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_the_phone_is_largest_and_nothing_an_elder_reads_is_small(stock: object) -> None:
    chosen = stock_named(stock.name)  # type: ignore[attr-defined]
    pdf = card_sheets([card_face(1), card_face(2, LONG_NAME)], stock=chosen)
    for page in range(page_count(pdf)):
        sizes = [(found.text, found.points) for found in printed_texts(pdf, page)]
        for text, size in sizes:
            assert size >= 12 - 0.01 or text.startswith("捡到这张卡"), (text, size)
        if any("0000 6688" in text for text, _ in sizes):
            largest = max(sizes, key=lambda found: found[1])
            assert "0000 6688" in largest[0]


def test_every_font_in_the_document_is_embedded() -> None:
    pdf = card_sheets([card_face(n) for n in range(1, 4)], stock=stock_named("90x54"))
    fonts = pdf.count(b"/Type /Font ")
    assert fonts >= 3
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") == fonts
    assert b"Helvetica" not in pdf
    assert printed_texts(pdf, 0)


def test_what_all_cards_share_is_in_the_file_once() -> None:
    few = card_sheets([card_face(n) for n in range(1, 11)], stock=stock_named("90x54"))
    many = card_sheets([card_face(n) for n in range(1, 501)], stock=stock_named("90x54"))
    assert len(many) < len(few) + 500 * 1200
    assert zlib.crc32(many) != zlib.crc32(few)


def test_odd_cards_are_printed_too() -> None:
    bare = replace(
        card_face(1), services=(), second_phone="", hours="", office_name="", office_phone="021-00006688转80000001"
    )
    crowded = replace(card_face(2), services=SERVICES * 3, second_name="九里亭街道第二居民区委员会", number="0137-12")
    text = "".join(
        page_text(card_sheets([bare, crowded], stock=stock_named(name)), page)
        for name in ("90x54", "card")
        for page in range(2)
    )
    assert "打不通，请过一会儿再打" in text
    assert "别的事也可以问" in text
    assert "0000 5501" in text
    for name in ("l7160", "l7163"):
        assert "80000001" in page_text(card_sheets([bare, crowded], stock=stock_named(name)), 0)


def test_the_second_number_is_said_to_be_whose_it_is() -> None:
    for name in ("90x54", "card"):
        faces = [card_face(1, second_name=who) for who in ("居委会", "")]
        theirs, ours = (page_text(card_sheets([face], stock=stock_named(name)), 1) for face in faces)
        assert "居委会 0000 5501" in theirs
        assert "居委会" not in ours
        assert "打不通，打 0000 5501" in ours


def test_nothing_to_print_and_impossible_orders_are_refused() -> None:
    with pytest.raises(NothingToPrint):
        card_sheets([], stock=stock_named("90x54"))
    with pytest.raises(BadStartSlot):
        card_sheets([card_face(1)], stock=stock_named("90x54"), start_slot=10)
    with pytest.raises(BadStock):
        card_sheets([card_face(1)], stock=replace(stock_named("90x54"), rows=7))
    with pytest.raises(BadStock):
        layout_for(59, 54)
