"""Invented cards for the tests of paper."""

from jiuliting_desk.paper.card_face import CardFace, ServiceLine
from jiuliting_desk.paper.preview import PageImage, render_page

SERVICES = tuple(
    ServiceLine(name=name, icon=icon)
    for name, icon in (
        ("陪伴聊天", "message-circle"),
        ("居家清洁", "brush-cleaning"),
        ("理发", "scissors"),
        ("清洗空调", "air-vent"),
        ("清洗油烟机", "cooking-pot"),
        ("代买代办", "shopping-bag"),
    )
)


def card_face(number: int, name: str = "高莲英", **changes: object) -> CardFace:
    """A complete card."""
    values: dict[str, object] = {
        "number": f"{number:04d}",
        "name": name,
        "office_phone": "0000 6688",
        "code_text": f"JLT-{number:04d}",
        "office_name": "街道志愿服务中心",
        "hours": "周一到周五 8:30–17:00",
        "volunteer": "顾海宁",
        "second_phone": "0000 5501",
        "services": SERVICES,
    }
    return CardFace(**{**values, **changes})  # type: ignore[arg-type]


class Ink:
    """Where a rendered page is dark, in mm."""

    def __init__(self, pdf: bytes, page: int = 0, dpi: float = 600.0) -> None:
        self.image: PageImage = render_page(pdf, page, dpi=dpi)
        self.per_mm = dpi / 25.4

    def is_dark(self, column: int, row: int) -> bool:
        """Whether this pixel is darker than middle grey."""
        at = row * self.image.stride + column * 3
        return sum(self.image.rgb[at : at + 3]) < 3 * 160

    def runs_in_row(self, y_mm: float, x1_mm: float, x2_mm: float) -> list[tuple[float, float]]:
        """The dark stretches along a horizontal line, as (begin, end) in mm."""
        row = round(y_mm * self.per_mm)
        columns = range(round(x1_mm * self.per_mm), min(round(x2_mm * self.per_mm), self.image.width))
        return self._runs([(column, self.is_dark(column, row)) for column in columns])

    def runs_in_column(self, x_mm: float, y1_mm: float, y2_mm: float) -> list[tuple[float, float]]:
        """The dark stretches along a vertical line, as (begin, end) in mm."""
        column = round(x_mm * self.per_mm)
        rows = range(round(y1_mm * self.per_mm), min(round(y2_mm * self.per_mm), self.image.height))
        return self._runs([(row, self.is_dark(column, row)) for row in rows])

    def has_ink(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether anything is dark in a box, looked at every 0.2 mm."""
        return any(self.runs_in_row(y + step * 0.2, x, x + width) for step in range(int(height / 0.2)))

    def _runs(self, cells: list[tuple[int, bool]]) -> list[tuple[float, float]]:
        runs: list[tuple[float, float]] = []
        start: int | None = None
        for at, dark in [*cells, (cells[-1][0] + 1, False)]:
            if dark and start is None:
                start = at
            elif not dark and start is not None:
                runs.append((start / self.per_mm, at / self.per_mm))
                start = None
        return runs
