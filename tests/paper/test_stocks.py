"""The known papers are as their makers say; impossible ones are refused with the measure that cannot be."""

from dataclasses import replace

import pytest

from jiuliting_desk.paper.errors import BadStock, StockUnknown
from jiuliting_desk.paper.stocks import STOCKS, Stock, stock_named


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_known_stocks_can_be(stock: Stock) -> None:
    assert stock.checked() is stock


@pytest.mark.parametrize(
    ("name", "card", "slots", "first", "last_edge"),
    [
        ("90x54", (90, 54), 10, (15, 13.5), (195, 283.5)),
        ("id1", (85.60, 53.98), 10, (19.4, 13.55), (190.6, 283.45)),
        ("c32011", (85, 54), 10, (15, 13.5), (195, 283.5)),
        ("7414", (90, 52), 10, (15, 18.5), (195, 278.5)),
        ("l7160", (63.5, 38.1), 21, (7.25, 15.15), (202.75, 281.85)),
        ("l7163", (99.1, 38.1), 14, (4.65, 15.15), (205.35, 281.85)),
    ],
)
def test_measures(
    name: str, card: tuple[float, float], slots: int, first: tuple[float, float], last_edge: tuple[float, float]
) -> None:
    stock = stock_named(name)
    assert (stock.card_width, stock.card_height) == card
    assert stock.slots == slots
    assert (stock.slot(0).x, stock.slot(0).y) == first
    last = stock.slot(slots - 1)
    assert (last.right, last.bottom) == pytest.approx(last_edge, abs=1e-6)


def test_names_are_found_as_people_write_them() -> None:
    assert stock_named(" 90×54 ") is stock_named("90x54")
    assert stock_named("C32011").name == "c32011"
    own = replace(stock_named("90x54"), name="own", title="自备卡纸")
    assert stock_named("OWN", (own,)) is own
    with pytest.raises(StockUnknown) as refused:
        stock_named("a5")
    assert "90x54" in refused.value.known


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"card_width": 0}, "card_width", "not_positive"),
        ({"rows": 0}, "rows", "not_positive"),
        ({"card_height": float("nan")}, "card_height", "not_positive"),
        ({"card_width": 40, "pitch_x": 40}, "card_width", "too_small"),
        ({"pitch_x": 80}, "pitch_x", "slots_overlap"),
        ({"pitch_y": float("nan")}, "pitch_y", "slots_overlap"),
        ({"origin_x": -1}, "origin_x", "off_page"),
        ({"origin_x": 40}, "origin_x", "off_page"),
        ({"rows": 6}, "origin_y", "off_page"),
        ({"rows": 101}, "columns", "too_many"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, float], field: str, reason: str) -> None:
    with pytest.raises(BadStock) as refused:
        replace(stock_named("90x54"), **changes).checked()  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.reason) == (field, reason)
