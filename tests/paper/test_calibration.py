"""What a ruler finds on the test sheet is undone on the next print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.paper.calibration import FAR_MM, NEAR_MM, UNCHANGED, calibration_from, measuring_sheet
from jiuliting_desk.paper.cards import Sides, card_sheets
from jiuliting_desk.paper.errors import BadCalibration
from jiuliting_desk.paper.preview import page_count
from jiuliting_desk.paper.stocks import stock_named
from tests.paper.faces import Ink, card_face


def printed_at(wanted: float, shift: float, stretch: float) -> float:
    """What a printer with this fault makes of a length from the edge."""
    return wanted * stretch + shift


@given(shift=st.floats(-5, 5), stretch=st.floats(0.93, 1.05), down=st.floats(-5, 5), stretch_down=st.floats(0.93, 1.05))
def test_the_printers_fault_is_undone(shift: float, stretch: float, down: float, stretch_down: float) -> None:
    found = calibration_from(
        left_mm=printed_at(NEAR_MM, shift, stretch),
        far_left_mm=printed_at(FAR_MM[0], shift, stretch),
        top_mm=printed_at(NEAR_MM, down, stretch_down),
        far_top_mm=printed_at(FAR_MM[1], down, stretch_down),
    )
    for wanted in (0.0, 105.0, 210.0):
        assert printed_at(wanted * found.scale_x + found.right_mm, shift, stretch) == pytest.approx(wanted, abs=0.01)
        assert printed_at(wanted * found.scale_y + found.down_mm, down, stretch_down) == pytest.approx(wanted, abs=0.01)


def test_two_distances_give_the_shift() -> None:
    found = calibration_from(left_mm=20.5, top_mm=19.0)
    assert (found.right_mm, found.down_mm, found.scale_x, found.scale_y) == (-0.5, 1.0, 1.0, 1.0)
    assert calibration_from(left_mm=20, top_mm=20, far_left_mm=190, far_top_mm=277) == UNCHANGED


def test_a_page_that_was_shrunk_to_fit_is_noticed() -> None:
    shrunk = calibration_from(left_mm=23.5, far_left_mm=186.0, top_mm=24.4, far_top_mm=270.0)
    assert shrunk.driver_shrinks
    assert not calibration_from(left_mm=20, top_mm=20, far_left_mm=189.5, far_top_mm=276.5).driver_shrinks


@pytest.mark.parametrize(
    ("left", "far", "field"), [(40.0, None, "near"), (20.0, 90.0, "far"), (20.0, float("nan"), "far")]
)
def test_slips_of_the_ruler_are_refused(left: float, far: float | None, field: str) -> None:
    with pytest.raises(BadCalibration) as refused:
        calibration_from(left_mm=left, top_mm=20, far_left_mm=far)
    assert refused.value.field == field


def test_the_drawing_moves_and_grows_as_told() -> None:
    calibration = calibration_from(left_mm=21.0, far_left_mm=189.3, top_mm=19.2, far_top_mm=276.0)
    pdf = card_sheets([card_face(1)], stock=stock_named("90x54"), sides=Sides.FRONTS, calibration=calibration)
    ink = Ink(pdf)
    wanted = 105.0 * calibration.scale_x + calibration.right_mm
    ((begin, end),) = ink.runs_in_row(8.0, wanted - 3, wanted + 3)
    assert (begin + end) / 2 == pytest.approx(wanted, abs=0.1)
    wanted = 283.5 * calibration.scale_y + calibration.down_mm
    ((begin, end),) = ink.runs_in_column(10.0, wanted - 3, wanted + 3)
    assert (begin + end) / 2 == pytest.approx(wanted, abs=0.1)


def test_the_test_sheet_has_its_lines_where_it_says() -> None:
    pdf = measuring_sheet(stock=stock_named("c32011"), both_sides=True)
    assert page_count(pdf) == 2
    ink = Ink(pdf, 1)
    for x in (NEAR_MM, FAR_MM[0]):
        ((begin, end),) = ink.runs_in_row(150.0, x - 2, x + 2)
        assert (begin + end) / 2 == pytest.approx(x, abs=0.1)
    for y in (NEAR_MM, FAR_MM[1]):
        ((begin, end),) = ink.runs_in_column(105.0, y - 2, y + 2)
        assert (begin + end) / 2 == pytest.approx(y, abs=0.1)
