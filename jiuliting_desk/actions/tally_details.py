"""The visits behind the figures of a tally, as a sheet of its workbook that the figures lead to."""

from collections.abc import Collection, Sequence

from jiuliting_desk.actions.tallies import behind
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.model.tallies import Dimension, Key, Tally
from jiuliting_desk.model.text import masked_name
from jiuliting_desk.sheets.tally_book import TallyDetails
from jiuliting_desk.store import Store
from jiuliting_desk.store.visit_lines import VisitLine

MOST = 5000
"""Visits that are listed; a workbook of more would take long to write and to open."""

COLUMNS = (
    ("日期", 12),
    ("老人编号", 10),
    ("居委", 14),
    ("小区", 14),
    ("这次做了", 16),
    ("谁去的", 20),
    ("数量", 8),
    ("服务分钟", 10),
    ("总的满意", 10),
    ("居委干部", 12),
)
"""After the words of the figure's row and column. No elder is named, and nobody else in full: the workbook goes out
as it is."""


def details(
    store: Store, counted: Tally, *, row_words: dict[Key, str], column_words: dict[Key, str], titles: tuple[str, str]
) -> TallyDetails | None:
    """The visits of every figure, row by row and column by column; None where there are none, or too many.

    ``titles`` are the words over the rows' and the columns' names.
    """
    if counted.columns is None or not 0 < counted.total.visits <= MOST:
        return None
    # What the figure's row or column says already is not said twice.
    kept = [at for at, (word, _) in enumerate(COLUMNS) if word not in titles]
    rows: list[Sequence[object]] = []
    starts: dict[tuple[int, int], int] = {}
    volunteers = {one.name for one in store.where(Provider, kind=ProviderKind.VOLUNTEER)}
    for number, row in enumerate(counted.row_keys):
        for place, column in enumerate(counted.column_keys):
            if not counted.cell(row, column).visits:
                continue
            starts[number, place] = len(rows)
            keys = {counted.rows: row, counted.columns: column}
            names = (row_words[row], column_words[column])
            for line in behind(store, only=counted.only, keys=keys):
                told = _told(line, keys, volunteers)
                rows.append((*names, *(told[at] for at in kept)))
    return TallyDetails(
        name="明细",
        title="每个数字是哪几次上门",
        info="在“汇总”里点一个数字就到这里。没有老人的姓名，老人编号在系统里查；一次上门算在几格里的，每格各列一次。",
        columns=(*((title, 14) for title in titles), *(COLUMNS[at] for at in kept)),
        rows=tuple(rows),
        starts=starts,
    )


def _told(line: VisitLine, keys: dict[Dimension, Key], volunteers: Collection[str]) -> tuple[object, ...]:
    visit = line.visit
    category = keys.get(Dimension.CATEGORY)
    services = [one for one in visit.services if category is None or one.category_id == category]
    return (
        visit.day,
        line.number,
        line.committee,
        line.compound,
        "、".join(line.categories),
        "、".join(masked_name(name) if name in volunteers else name for name in line.providers),
        sum(one.quantity for one in services),
        sum(one.minutes for one in services),
        line.overall or None,
        masked_name(line.cadre) if visit.had_cadre else "",
    )
