"""Any name prints, or is reported by name."""

import sys
from io import BytesIO
from mmap import mmap
from pathlib import Path

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from jiuliting_desk.paper import fonts
from jiuliting_desk.paper.fonts import Weight, clean, fit_mm, glyph_name, missing_glyphs, two_lines, width_mm, wrap
from jiuliting_desk.paper.pen import Pen
from jiuliting_desk.paper.preview import page_text

RARE = "㛃䶮𬱖𠅤"


def printed(text: str, weight: Weight = Weight.BOLD) -> bytes:
    buffer = BytesIO()
    pen = Pen.on_new_pdf(buffer, 210, 297, title="")
    pen.text(10, 20, text, 5, weight=weight)
    pen.finish()
    return buffer.getvalue()


@pytest.fixture
def no_other_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FALLBACK_FILES", ())


@pytest.mark.usefixtures("no_other_fonts")
@pytest.mark.parametrize("weight", list(Weight))
def test_rare_names_print_and_can_be_copied_out_again(weight: Weight) -> None:
    assert missing_glyphs(RARE) == ()
    assert page_text(printed(RARE + "高莲英", weight), 0).strip() == RARE + "高莲英"


def test_rare_characters_keep_their_text_beyond_the_first_subset() -> None:
    many = "".join(chr(0x4E00 + n) for n in range(600)) + RARE
    buffer = BytesIO()
    pen = Pen.on_new_pdf(buffer, 210, 297, title="")
    for line in range(0, len(many), 40):
        pen.text(10, 10 + line / 8, many[line : line + 40], 4)
    pen.finish()
    assert "".join(page_text(buffer.getvalue(), 0).split()) == many


@pytest.mark.usefixtures("no_other_fonts")
def test_missing_characters_are_named_once_each_in_order() -> None:
    assert missing_glyphs("高\U00020001莲\U0003134a\U00020001") == ("\U00020001", "\U0003134a")
    assert glyph_name("𬱖") == "𬱖 (U+2CC56)"


@pytest.mark.usefixtures("no_other_fonts")
def test_marks_without_a_shape_are_no_missing_characters() -> None:
    assert missing_glyphs("葛\U000e0100\ufe0f高\u200b\u200d\ufeff莲\t英\n") == ()
    assert clean(" 葛\U000e0100\u200b高\t莲英\n") == "葛高 莲英"


def test_a_font_of_the_pc_steps_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({0x20001: "rare"})
    square = TTGlyphPen(None)
    square.moveTo((100, 0))
    for point in ((100, 800), (900, 800), (900, 0)):
        square.lineTo(point)
    square.closePath()
    glyph = square.glyph()
    builder.setupGlyf({".notdef": glyph, "rare": glyph})
    builder.setupHorizontalMetrics({".notdef": (1000, 100), "rare": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular", "psName": "Rare-Regular"})
    builder.setupOS2(sTypoAscender=880)
    builder.setupPost()
    builder.font.save(tmp_path / "Rare.ttf")
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    files = (str(tmp_path / "none.ttf"), str(tmp_path / "broken.ttf"), str(tmp_path / "Rare.ttf"))
    monkeypatch.setattr(fonts, "FALLBACK_FILES", files)
    fonts.runs.cache_clear()
    fonts.width_em.cache_clear()
    name = "高\U00020001英"
    assert missing_glyphs(name + "\U00020002") == ("\U00020002",)
    assert [piece for _, piece in fonts.runs(name, Weight.BOLD)] == ["高", "\U00020001", "英"]
    assert width_mm(name, 5, Weight.BOLD) == pytest.approx(15)
    assert page_text(printed(name), 0).strip() == name
    fonts.runs.cache_clear()
    fonts.width_em.cache_clear()


def test_every_font_is_embedded() -> None:
    document = pypdfium2.PdfDocument(printed("高 莲 英 0137"))
    raw = pypdfium2.raw
    texts = [found for found in document[0].get_objects() if found.type == raw.FPDF_PAGEOBJ_TEXT]
    assert texts
    assert all(raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(found)) == 1 for found in texts)
    document.close()


def test_type_shrinks_only_as_far_as_it_may() -> None:
    assert fit_mm("高莲英", 30, Weight.BOLD, size_mm=6.4, least_mm=5.4) == 6.4
    assert fit_mm("高莲英", 18, Weight.BOLD, size_mm=6.4, least_mm=5.4) == pytest.approx(6.0)
    assert fit_mm("高莲英", 16, Weight.BOLD, size_mm=6.4, least_mm=5.4) is None


def test_names_break_at_their_dots_first() -> None:
    assert two_lines("阿卜杜热合曼·买买提", 9, 9, Weight.BOLD) == ("阿卜杜热合曼·", "买买提")
    assert two_lines("欧阳慕容上官", 9, 9, Weight.BOLD) == ("欧阳慕", "容上官")
    assert two_lines("欧阳慕容上官", 9, 9, Weight.BOLD, anywhere=False) is None
    assert two_lines("欧阳慕容上官", 2, 2, Weight.BOLD) is None


@given(
    text=st.text(st.sampled_from("高莲英顾海宁，。（）ab 12·\n"), max_size=80),
    room=st.floats(12, 80),
)
def test_wrapped_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = wrap(text, room, 4, Weight.REGULAR)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        # A closing mark may hang beside a character too wide to be joined by it.
        assert width_mm(line, 4, Weight.REGULAR) <= room + 0.01 or len(line) <= 3


def test_fonts_stay_on_the_disk() -> None:
    assert all(fonts.width_em("字", weight) == 1 for weight in Weight)
    held = [vars(pdfmetrics.getFont(weight.value).face) for weight in Weight]
    for found in held:
        assert isinstance(found["_ttf_data"], mmap)
        assert sum(sys.getsizeof(value) for name, value in found.items() if name != "charToGlyph") < 1_000_000
    assert len({id(found["charToGlyph"]) for found in held}) == 1


def test_accents_made_of_two_outlines_print() -> None:
    assert "é ǚ Å" in page_text(printed("é ǚ Å"), 0)
