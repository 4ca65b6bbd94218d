"""Whether the visits of one provider find room in their half-days: a small max-flow, and a cut where it fails."""

from collections.abc import Mapping, Sequence


def crowded(capacity: Sequence[int], wanted: Mapping[int, int]) -> int:
    """The mask of half-days that are asked to hold more than they can, 0 where everything fits.

    ``capacity`` is in visits of the month for each half-day; ``wanted`` maps a mask of half-days that will do to the
    visits that want one of them; those of no half-day (mask 0) take none. Where it fails, the visits whose masks lie
    within the answer are more than its half-days hold (Hall's condition, taken from a smallest cut).
    """
    left = list(capacity)
    masks = [mask for mask in wanted if mask and wanted[mask] > 0]
    if not masks or sum(wanted[mask] for mask in masks) <= min(
        left[half_day] for half_day in range(len(left)) if any(mask >> half_day & 1 for mask in masks)
    ):
        return 0
    flow = [[0] * len(left) for _ in masks]
    for row, mask in enumerate(masks):
        for _ in range(wanted[mask]):
            reached = _augment(row, masks, flow, left)
            if reached:
                return reached
    return 0


def _augment(start: int, masks: Sequence[int], flow: list[list[int]], left: list[int]) -> int:
    """Place one more visit of a row, moving others where needed; the half-days reached where it cannot be."""
    came_from: dict[int, tuple[int, int]] = {}
    rows, seen_rows, reached = [start], {start}, 0
    while rows:
        row = rows.pop()
        for half_day in range(len(left)):
            if not masks[row] >> half_day & 1 or reached >> half_day & 1:
                continue
            reached |= 1 << half_day
            came_from[half_day] = (row, -1)
            if left[half_day] > 0:
                _shift(half_day, start, came_from, flow)
                left[half_day] -= 1
                return 0
            for other in range(len(masks)):
                if flow[other][half_day] > 0 and other not in seen_rows:
                    seen_rows.add(other)
                    came_from[-1 - other] = (half_day, 0)
                    rows.append(other)
    return reached


def _shift(half_day: int, start: int, came_from: Mapping[int, tuple[int, int]], flow: list[list[int]]) -> None:
    while True:
        row = came_from[half_day][0]
        flow[row][half_day] += 1
        if row == start:
            return
        half_day = came_from[-1 - row][0]
        flow[row][half_day] -= 1
