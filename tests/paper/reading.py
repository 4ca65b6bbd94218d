"""What a printed page says, and how large."""

import ctypes
from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One piece of text on a page."""

    text: str
    points: float
    """Type size."""
    x_mm: float
    """Left end."""
    y_mm: float
    """Baseline or a little below, from the page's top."""


def printed_texts(pdf: bytes, page: int) -> list[Printed]:
    """Each piece of text of a page, stencils included; all of it must be in embedded fonts."""
    raw = pypdfium2.raw
    found = []
    document = pypdfium2.PdfDocument(pdf)
    opened = document[page]
    text_page = opened.get_textpage()
    height = opened.get_height()
    for shape in opened.get_objects(max_depth=3):
        if shape.type == raw.FPDF_PAGEOBJ_TEXT:
            size = ctypes.c_float()
            raw.FPDFTextObj_GetFontSize(shape, size)
            assert raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(shape)) == 1
            length = raw.FPDFTextObj_GetText(shape, text_page, None, 0)
            buffer = (raw.FPDF_WCHAR * (length // 2))()
            raw.FPDFTextObj_GetText(shape, text_page, buffer, length)
            left, bottom, _, _ = shape.get_bounds()
            found.append(
                Printed(
                    text=bytes(buffer).decode("utf-16-le").rstrip("\0"),
                    points=size.value,
                    x_mm=left * 25.4 / 72,
                    y_mm=(height - bottom) * 25.4 / 72,
                )
            )
    text_page.close()
    document.close()
    return found
