"""Papers that cards are printed on: sheet, places, pitches."""

from dataclasses import dataclass

from jiuliting_desk.paper.errors import BadStock, StockUnknown

A4_MM = (210.0, 297.0)
LEAST_CARD_MM = (60.0, 36.0)
"""The smallest card on which everything an elder must read is 12 pt."""
_SLACK_MM = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a page in mm, from the page's top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A sheet with places for cards, row by row from the top left. Measures in mm."""

    name: str
    """How a shell names it."""
    title: str
    """How people call it."""
    card_width: float
    card_height: float
    columns: int
    rows: int
    origin_x: float
    """From the sheet's left edge to the first card."""
    origin_y: float
    """From the sheet's top edge to the first card."""
    pitch_x: float
    """From the left edge of one card to that of the next."""
    pitch_y: float
    page_width: float = A4_MM[0]
    page_height: float = A4_MM[1]
    is_cut_by_hand: bool = False
    """Plain card board, which crop marks help to cut; the others are perforated or punched."""
    has_back: bool = True
    """Labels have none."""

    @property
    def slots(self) -> int:
        """Places on one sheet."""
        return self.columns * self.rows

    def slot(self, number: int) -> Box:
        """The place with this number, counted from 0."""
        row, column = divmod(number, self.columns)
        return Box(
            x=self.origin_x + column * self.pitch_x,
            y=self.origin_y + row * self.pitch_y,
            width=self.card_width,
            height=self.card_height,
        )

    def checked(self) -> "Stock":
        """This stock. Raises BadStock with the measure that cannot be: ``field`` names it."""
        for field in ("card_width", "card_height", "columns", "rows", "page_width", "page_height"):
            if not getattr(self, field) > 0:
                raise BadStock(field=field, reason="not_positive", measure_mm=getattr(self, field))
        if self.slots > 200:
            raise BadStock(field="columns", reason="too_many", measure_mm=self.slots, limit_mm=200)
        for field, least in zip(("card_width", "card_height"), LEAST_CARD_MM, strict=True):
            if getattr(self, field) < least:
                raise BadStock(field=field, reason="too_small", measure_mm=getattr(self, field), limit_mm=least)
        self._check_axis("x", self.origin_x, self.pitch_x, self.card_width, self.columns, self.page_width)
        self._check_axis("y", self.origin_y, self.pitch_y, self.card_height, self.rows, self.page_height)
        return self

    def _check_axis(self, axis: str, origin: float, pitch: float, size: float, count: int, page: float) -> None:
        if not origin >= 0:
            raise BadStock(field=f"origin_{axis}", reason="off_page", measure_mm=origin)
        if count > 1 and not pitch >= size - _SLACK_MM:
            raise BadStock(field=f"pitch_{axis}", reason="slots_overlap", measure_mm=pitch, limit_mm=size)
        end = origin + (count - 1) * pitch + size
        if not end <= page + _SLACK_MM:
            raise BadStock(field=f"origin_{axis}", reason="off_page", measure_mm=end, limit_mm=page)


def _grid(
    name: str,
    title: str,
    card: tuple[float, float],
    grid: tuple[int, int],
    origin: tuple[float, float],
    pitch: tuple[float, float],
    *,
    is_cut_by_hand: bool = False,
    has_back: bool = True,
) -> Stock:
    return Stock(
        name=name,
        title=title,
        card_width=card[0],
        card_height=card[1],
        columns=grid[0],
        rows=grid[1],
        origin_x=origin[0],
        origin_y=origin[1],
        pitch_x=pitch[0],
        pitch_y=pitch[1],
        is_cut_by_hand=is_cut_by_hand,
        has_back=has_back,
    )


# name, title, card, columns and rows, origin, pitch
STOCKS = (
    _grid("90x54", "A4 卡纸 90×54，10 张", (90, 54), (2, 5), (15, 13.5), (90, 54), is_cut_by_hand=True),
    _grid("id1", "A4 卡纸 85.6×54（银行卡大小），10 张", (85.60, 53.98), (2, 5), (19.4, 13.55), (85.60, 53.98),
          is_cut_by_hand=True),
    _grid("c32011", "名片纸 C32011-10，85×54，10 张", (85, 54), (2, 5), (15, 13.5), (95, 54)),
    _grid("7414", "名片纸 7414，90×52，10 张", (90, 52), (2, 5), (15, 18.5), (90, 52)),
    _grid("l7160", "不干胶 L7160，63.5×38.1，21 张", (63.5, 38.1), (3, 7), (7.25, 15.15), (66.0, 38.1),
          has_back=False),
    _grid("l7163", "不干胶 L7163，99.1×38.1，14 张", (99.1, 38.1), (2, 7), (4.65, 15.15), (101.6, 38.1),
          has_back=False),
    Stock(name="card", title="卡片打印机，一次一张 85.6×54", card_width=85.60, card_height=53.98, columns=1, rows=1,
          origin_x=0, origin_y=0, pitch_x=85.60, pitch_y=53.98, page_width=85.60, page_height=53.98),
)  # fmt: skip
"""The stocks that are known without being told."""


def stock_named(name: str, own: tuple[Stock, ...] = ()) -> Stock:
    """The stock of this name among the office's own and the known ones; "90x54" and "90×54" are one.
    Raises StockUnknown with the names there are."""
    wanted = name.strip().lower().replace("×", "x")
    for stock in (*own, *STOCKS):
        if stock.name.lower() == wanted:
            return stock
    raise StockUnknown(field="stock", name=name, known=tuple(stock.name for stock in (*own, *STOCKS)))
