"""Every card once, in its place, its back behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.paper.errors import BadStartSlot
from jiuliting_desk.paper.imposition import (
    Flip,
    Placed,
    backs,
    crop_lines,
    next_start_slot,
    sheets,
    sheets_needed,
)
from jiuliting_desk.paper.stocks import STOCKS, Box, Stock, stock_named


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    """Any stock that can be, A4 or another sheet."""
    page = draw(st.floats(150, 450)), draw(st.floats(150, 450))
    card = draw(st.floats(60, 110)), draw(st.floats(36, 80))
    gap = draw(st.floats(0, 12)), draw(st.floats(0, 12))
    counts = [int((page[n] + gap[n]) // (card[n] + gap[n])) for n in (0, 1)]
    columns, rows = draw(st.integers(1, counts[0])), draw(st.integers(1, counts[1]))
    rest = [page[n] - (count - 1) * (card[n] + gap[n]) - card[n] for n, count in ((0, columns), (1, rows))]
    return Stock(
        name="own",
        title="own",
        card_width=card[0],
        card_height=card[1],
        columns=columns,
        rows=rows,
        origin_x=rest[0] * draw(st.floats(0, 1)),
        origin_y=rest[1] * draw(st.floats(0, 1)),
        pitch_x=card[0] + gap[0],
        pitch_y=card[1] + gap[1],
        page_width=page[0],
        page_height=page[1],
    ).checked()


any_stock = st.sampled_from(STOCKS) | stocks()


def overlap(one: Box, other: Box) -> bool:
    return (
        min(one.right, other.right) - max(one.x, other.x) > 0.01
        and min(one.bottom, other.bottom) - max(one.y, other.y) > 0.01
    )


@given(stock=any_stock, count=st.integers(0, 90), data=st.data())
def test_every_card_lies_once_inside_the_page_and_apart(stock: Stock, count: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, stock.slots - 1))
    pages = list(sheets(count, stock, start))
    assert [placed.index for page in pages for placed in page] == list(range(count))
    assert len(pages) == sheets_needed(count, stock, start)
    for flip in Flip:
        for page in [*pages, *(backs(page, stock, flip) for page in pages)]:
            for placed in page:
                assert placed.box.x >= -0.01
                assert placed.box.y >= -0.01
                assert placed.box.right <= stock.page_width + 0.01
                assert placed.box.bottom <= stock.page_height + 0.01
            for n, placed in enumerate(page):
                assert not any(overlap(placed.box, other.box) for other in page[:n])


@given(stock=any_stock, count=st.integers(1, 60), data=st.data())
def test_the_used_places_stay_empty_and_the_next_batch_goes_on(stock: Stock, count: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, stock.slots - 1))
    pages = list(sheets(count, stock, start))
    assert pages[0][0].slot == start
    assert all(page[0].slot == 0 for page in pages[1:])
    last = pages[-1][-1].slot
    assert next_start_slot(count, stock, start) == (last + 1) % stock.slots


@given(stock=any_stock, count=st.integers(1, 40))
def test_the_back_lies_behind_its_front(stock: Stock, count: int) -> None:
    def seen_through(placed: Placed, flip: Flip) -> tuple[float, float]:
        box = placed.box
        if flip is Flip.LONG_EDGE:
            return stock.page_width - box.x - box.width, box.y
        return box.x, stock.page_height - box.y - box.height

    for flip in Flip:
        for page in sheets(count, stock):
            for front, back in zip(page, backs(page, stock, flip), strict=True):
                assert back.index == front.index
                assert seen_through(back, flip) == pytest.approx((front.box.x, front.box.y), abs=1e-6)
                assert back.is_turned is (flip is Flip.SHORT_EDGE)


@given(stock=any_stock)
def test_crop_marks_lie_in_the_margins_in_line_with_the_cards(stock: Stock) -> None:
    first, last = stock.slot(0), stock.slot(stock.slots - 1)
    edges_x = {edge for n in range(stock.slots) for edge in (stock.slot(n).x, stock.slot(n).right)}
    edges_y = {edge for n in range(stock.slots) for edge in (stock.slot(n).y, stock.slot(n).bottom)}
    for x1, y1, x2, y2 in crop_lines(stock):
        assert min(x1, x2) >= 0
        assert max(x1, x2) <= stock.page_width
        assert min(y1, y2) >= 0
        assert max(y1, y2) <= stock.page_height
        if x1 == x2:
            assert max(y1, y2) < first.y or min(y1, y2) > last.bottom
            assert any(abs(x1 - edge) < 0.02 for edge in edges_x)
        else:
            assert y1 == y2
            assert max(x1, x2) < first.x or min(x1, x2) > last.right
            assert any(abs(y1 - edge) < 0.02 for edge in edges_y)


def test_ten_up_has_marks_for_every_cut() -> None:
    lines = crop_lines(stock_named("90x54"))
    assert {x1 for x1, y1, x2, y2 in lines if x1 == x2} == {15, 105, 195}
    assert {y1 for x1, y1, x2, y2 in lines if y1 == y2} == {13.5, 67.5, 121.5, 175.5, 229.5, 283.5}
    assert len(lines) == 2 * (3 + 6)


@pytest.mark.parametrize("slot", [-1, 10, 11])
def test_a_start_that_is_not_on_the_sheet_is_refused(slot: int) -> None:
    with pytest.raises(BadStartSlot) as refused:
        list(sheets(3, stock_named("90x54"), slot))
    assert (refused.value.slot, refused.value.slots) == (slot, 10)
