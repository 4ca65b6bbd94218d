"""The columns of the list of elders, as data; a row of the table is an elder's id."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import age_on
from jiuliting_desk.store.elder_list import ON_THE_LIST, ElderOrder, ElderRow, Standing
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.elders import words
from jiuliting_desk.ui.widgets.cells import Cell, Chip
from jiuliting_desk.ui.widgets.rows_model import Column

translate = QCoreApplication.translate

NOTHING = Cell("—", tone="ink3")

Show = Callable[[ElderRow], Cell | str]

STANDING = "standing"
"""The key of the column by which the list is sorted at first."""


class Wording:
    """What cells are made with beside the row: today, categories' icons, tags' short forms."""

    def __init__(self, today: Callable[[], date]) -> None:
        self.today = today
        self.categories: Mapping[int, ServiceCategory] = {}
        self.short_tags: Mapping[str, str] = {}
        self.low = 0
        """The score from which down an evaluation is a bad one."""

    def name(self, row: ElderRow) -> Cell:
        """高莲英 女 82."""
        return Cell(row.name, second=words.sex_and_age(row.sex, age_on(row.birth, self.today())), strong=True)

    def age(self, row: ElderRow) -> Cell:
        """82, for those who sort by it."""
        age = age_on(row.birth, self.today())
        return NOTHING if age is None else Cell(str(age))

    def tags(self, row: ElderRow) -> Cell:
        """The tags as chips."""
        return Cell(chips=tuple(Chip(tag) for tag in row.tags))

    def tags_in_short(self, row: ElderRow) -> Cell:
        """One sign for each tag."""
        return Cell(chips=tuple(Chip(self.short_tags.get(tag) or tag[:1]) for tag in row.tags), tip=" ".join(row.tags))

    def need(self, row: ElderRow) -> Cell:
        """The service that is wanted."""
        if row.category_id is None:
            return NOTHING
        category = self.categories.get(row.category_id)
        return Cell(row.category, icon=category.icon if category else "")

    def standing(self, row: ElderRow) -> Cell:
        """Where the need stands; why the elder is no longer served."""
        if row.state not in ON_THE_LIST:
            return Cell(labels.label(row.state), icon="user-x", tone="ink3")
        icon, tone = words.STANDING_LOOK[row.standing]
        strong = row.standing not in {Standing.PAUSED, Standing.NONE}
        return Cell(words.standing(row.standing), icon=icon, tone=tone, strong=strong)

    def waiting(self, row: ElderRow) -> Cell:
        """For how many days the need waits."""
        if row.standing not in {Standing.WAITING, Standing.CLAIMED} or row.since is None:
            return NOTHING
        return Cell(words.days((self.today() - row.since).days))

    def seen(self, row: ElderRow) -> Cell:
        """The last day on which somebody was there."""
        return NOTHING if row.seen_on is None else Cell(labels.month_day(row.seen_on), tip=labels.day(row.seen_on))


ORDERS = {
    "number": ElderOrder.NUMBER,
    "name": ElderOrder.NAME,
    "place": ElderOrder.PLACE,
    "committee": ElderOrder.COMMITTEE,
    "need": ElderOrder.CATEGORY,
    STANDING: ElderOrder.STANDING,
    "seen": ElderOrder.SEEN,
    "age": ElderOrder.AGE,
}
"""How the file sorts by a column."""


def columns(wording: Wording, row_of: Callable[[int], ElderRow | None]) -> list[Column[int]]:
    """The columns, in the order shown; those of ``ORDERS`` can be sorted by."""

    def shown(make: Show) -> Callable[[int], Cell | str]:
        def cell(elder_id: int) -> Cell | str:
            row = row_of(elder_id)
            return Cell() if row is None else make(row)

        return cell

    return [
        Column(
            key="number",
            title=translate("elders", "卡号"),
            cell=shown(lambda row: Cell(row.number, tone="ink2")),
            width=66,
            give_up=7,
        ),
        Column(
            key="name",
            title=translate("elders", "姓名"),
            cell=shown(wording.name),
            width=106,
            must=True,
        ),
        Column(
            key="age",
            title=translate("elders", "年龄"),
            cell=shown(wording.age),
            width=64,
            right=True,
            shown=False,
        ),
        Column(
            key="place",
            title=translate("elders", "小区 楼室"),
            cell=shown(lambda row: words.address(row) or NOTHING),
            width=156,
            least=136,
            stretch=3,
            must=True,
        ),
        Column(
            key="committee",
            title=translate("elders", "居委"),
            cell=shown(lambda row: row.committee or NOTHING),
            width=112,
            give_up=3,
        ),
        Column(
            key="tags",
            title=translate("elders", "标签"),
            cell=shown(wording.tags),
            narrow=shown(wording.tags_in_short),
            narrow_width=104,
            sortable=False,
            width=176,
            stretch=2,
            least=150,
            give_up=5,
        ),
        Column(
            key="need",
            title=translate("elders", "当前需求"),
            cell=shown(wording.need),
            width=116,
            least=112,
            stretch=1,
        ),
        Column(
            key=STANDING,
            title=translate("elders", "需求状态"),
            cell=shown(wording.standing),
            width=96,
            least=90,
            stretch=1,
            must=True,
        ),
        Column(
            key="waiting",
            title=translate("elders", "等了"),
            cell=shown(wording.waiting),
            sortable=False,
            width=72,
            give_up=6,
            shown=False,
        ),
        Column(
            key="paired",
            title=translate("elders", "结对"),
            cell=shown(lambda row: "、".join(row.paired) or NOTHING),
            sortable=False,
            width=92,
            stretch=1,
            give_up=4,
        ),
        Column(
            key="seen",
            title=translate("elders", "最近上门"),
            cell=shown(wording.seen),
            width=86,
            give_up=2,
        ),
        Column(
            key="score",
            title=translate("elders", "评分"),
            cell=shown(lambda row: words.score_cell(row.score, wording.low)),
            sortable=False,
            width=74,
            give_up=1,
        ),
    ]
