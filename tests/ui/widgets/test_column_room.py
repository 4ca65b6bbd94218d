"""How columns share a width, whatever they want."""

from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.ui.widgets.column_room import Room, fit

rooms = st.lists(
    st.builds(
        Room,
        width=st.integers(40, 300),
        least=st.integers(30, 80),
        stretch=st.integers(0, 3),
        give_up=st.integers(0, 5),
        narrow_width=st.none() | st.integers(20, 39),
        may_go=st.booleans(),
        hidden=st.booleans(),
    ),
    max_size=9,
)


@given(rooms, st.integers(0, 2500))
def test_hidden_columns_stay_away_and_needed_ones_stay(wanted: list[Room], available: int) -> None:
    fitted = fit(wanted, available)
    for at, room in enumerate(wanted):
        width = fitted.widths[at]
        if room.hidden:
            assert width is None
        elif not room.give_up:
            assert width is not None
            assert width >= (min(room.least, room.width) if room.stretch else room.width)
        if at in fitted.narrow:
            assert width == room.narrow_width


@given(rooms, st.integers(0, 2500))
def test_nothing_is_given_up_while_there_is_room(wanted: list[Room], available: int) -> None:
    fitted = fit(wanted, available)
    gone = [room for at, room in enumerate(wanted) if not room.hidden and fitted.widths[at] is None]
    if gone or fitted.narrow:
        assert sum(room.width for room in wanted if not room.hidden) > available


@given(rooms, st.integers(0, 2500))
def test_the_width_is_used_where_a_column_stretches(wanted: list[Room], available: int) -> None:
    fitted = fit(wanted, available)
    widths = fitted.widths
    stretching = [at for at, room in enumerate(wanted) if room.stretch and widths[at] is not None]
    least = sum(width if at not in stretching else wanted[at].least for at, width in enumerate(widths) if width)
    if stretching and not fitted.narrow and least <= available and len(stretching) == 1:
        used = sum(width for width in widths if width is not None)
        assert available - sum(room.stretch for room in wanted) <= used <= available


def test_columns_go_in_the_order_asked() -> None:
    wanted = [Room(width=100, give_up=2), Room(width=100), Room(width=100, give_up=1, narrow_width=40)]
    assert fit(wanted, 300).widths == (100, 100, 100)
    assert fit(wanted, 250).widths == (100, 100, 40)
    assert fit(wanted, 200).widths == (None, 100, 40)


@given(rooms, st.integers(0, 2500))
def test_nothing_sticks_out_while_columns_can_still_shrink(wanted: list[Room], available: int) -> None:
    fitted = fit(wanted, available)
    shown = [at for at, width in enumerate(fitted.widths) if width is not None]
    used = sum(fitted.widths[at] or 0 for at in shown)
    elastic = [at for at in shown if wanted[at].stretch and at not in fitted.narrow]
    at_least = sum(min(wanted[at].least, wanted[at].width) if at in elastic else fitted.widths[at] or 0 for at in shown)
    assert used <= max(available, at_least)


def test_a_column_goes_although_it_is_short_where_the_rest_would_still_lack_room() -> None:
    wanted = [Room(width=100, stretch=1, least=60), Room(width=100, give_up=1, narrow_width=40, may_go=True)]
    assert fit(wanted, 150).widths == (110, 40)
    assert fit(wanted, 100).widths == (60, 40)
    assert fit(wanted, 99).widths == (99, None)
