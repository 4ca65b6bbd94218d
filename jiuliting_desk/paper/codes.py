"""The square codes on cards and forms: made here, read back from a rendered page or a scan."""

from functools import lru_cache

import segno
import zxingcpp

QUIET_MODULES = 4
"""Modules of white that a reader wants around the code (ISO/IEC 18004, 5.3.8)."""


def modules(text: str) -> tuple[tuple[int, ...], ...]:
    """The rows of a QR code of at least level M, 1 for dark, without the quiet zone."""
    code = segno.make_qr(text, error="m")
    return tuple(tuple(row) for row in code.matrix)


@lru_cache(maxsize=4096)
def dark_runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """Modules on a side, and the dark runs as (row, first column, length)."""
    runs = []
    rows = modules(text)
    for row, cells in enumerate(rows):
        start = None
        for column, dark in enumerate((*cells, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((row, start, column - start))
                start = None
    return len(rows), tuple(runs)


def read_codes(rgb: bytes, width: int, height: int) -> list[str]:
    """The texts of all square codes on an image of packed RGB rows, in no order that counts."""
    image = memoryview(rgb).cast("B", shape=[height, width, 3])
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [result.text for result in found if result.valid]
