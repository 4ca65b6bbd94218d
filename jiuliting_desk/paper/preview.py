"""Pages of a PDF as pixels, in memory, for a screen or a printer driver."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import pypdfium2

_POINTS_PER_INCH = 72
_one_at_a_time = Lock()  # PDFium is not safe across threads


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as packed rows of red, green, blue bytes."""

    width: int
    height: int
    rgb: bytes

    @property
    def stride(self) -> int:
        """Bytes in one row."""
        return self.width * 3


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """How many pages the document has."""
    with _opened(pdf) as document:
        return len(document)


def page_size_mm(pdf: bytes, index: int) -> tuple[float, float]:
    """Width and height of a page in mm."""
    with _opened(pdf) as document:
        width, height = document.get_page_size(index)
        return width * 25.4 / _POINTS_PER_INCH, height * 25.4 / _POINTS_PER_INCH


def render_page(pdf: bytes, index: int, *, dpi: float) -> PageImage:
    """One page, counted from 0, at this many pixels to the inch."""
    with _opened(pdf) as document:
        bitmap = document[index].render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=False)
        row = bitmap.width * 3
        data = bytes(bitmap.buffer)
        if bitmap.stride != row:
            data = b"".join(data[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        return PageImage(width=bitmap.width, height=bitmap.height, rgb=data)


def render_page_to_width(pdf: bytes, index: int, *, width_px: int) -> PageImage:
    """One page, as many pixels wide as a view has."""
    width_mm, _ = page_size_mm(pdf, index)
    return render_page(pdf, index, dpi=width_px * 25.4 / width_mm)


def page_text(pdf: bytes, index: int) -> str:
    """The text layer of one page."""
    with _opened(pdf) as document:
        return str(document[index].get_textpage().get_text_range())
