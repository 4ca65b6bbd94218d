"""Numbers as they stand on the screen until someone asks."""

import pytest

from jiuliting_desk.ui.masking import masked_phone


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("10000004417", "100****4417"),
        ("57771299", "****1299"),
        ("021-57771299", "021-****1299"),
        ("57771299-8012", "****1299-8012"),
        ("021-57771299-8012", "021-****1299-8012"),
        ("12345", "***45"),
        ("", ""),
    ],
)
def test_no_number_is_seen_whole(number: str, shown: str) -> None:
    assert masked_phone(number) == shown
