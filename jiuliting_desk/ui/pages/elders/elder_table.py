"""The list of elders: ids in the order the file gives them, rows fetched by the screenful."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store.elder_list import ElderFacets, ElderFilter, ElderOrder, elder_ids, facets
from jiuliting_desk.ui.pages.elders.columns import ORDERS, STANDING, Wording, columns
from jiuliting_desk.ui.pages.elders.listed import MARGIN, Listed
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.table import RecordTable


def _itself(elder_id: int) -> int:
    return elder_id


class ElderTable(RecordTable[int]):
    """Sorted by standing at first. While a job has the file it shows what it holds."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._only = ElderFilter()
        self._order = (ElderOrder.STANDING, False)
        self._read_in = self._order
        self._sorted: dict[tuple[ElderOrder, bool], list[int]] = {}
        self._wording = Wording(session.today)
        self.listed = Listed(session, self._seen)
        self.is_reading = False
        """The current line may change now because the list is read anew, not because somebody moved."""
        super().__init__(columns(self._wording, self.listed.get), key=_itself, bleed=True, arrange=self._arranged)
        self.setAccessibleName(self.tr("老人名单"))
        self._mark_order()
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.listed.fetch(self._seen()))

    def _mark_order(self) -> None:
        """The list comes sorted by standing: the header says so, and nothing is sorted again."""
        header = self.horizontalHeader()
        blocked = header.blockSignals(True)
        place = next(at for at, each in enumerate(self.rows_model.columns) if each.key == STANDING)
        header.setSortIndicator(place, Qt.SortOrder.AscendingOrder)
        header.blockSignals(blocked)

    def read_words(self) -> None:
        """Take from the file what cells are worded with."""
        store = self._session.store
        self._wording.categories = {each.id: each for each in store.all(ServiceCategory)}
        self._wording.low = number_setting(store, "low_score")
        self._wording.short_tags = {tag.name: tag.short for tag in store.all(Tag)}

    def read(self, only: ElderFilter) -> ElderFacets:
        """Show those who meet the filter, in the order chosen; gives the counts."""
        store = self._session.store
        order, descending = self._order
        self._only = only
        self._read_in = self._order
        self._sorted.clear()
        found = facets(store, only)
        ids = elder_ids(store, only, order=order, descending=descending)
        self.listed.forget()
        self.listed.fetch(ids[: 2 * MARGIN])
        self.is_reading = True
        self.set_rows(ids)
        if ids and self.current() is None:
            self.choose_first()
        self.is_reading = False
        return found

    def _arranged(self, given: Sequence[int], column_key: str, descending: bool) -> Sequence[int]:
        """The ids in the order of a column: as given where they were read so, else read anew."""
        order = (ORDERS.get(column_key, ElderOrder.STANDING), descending)
        if self._session.is_lent:
            return self.rows()
        self._order = order
        if order == self._read_in:
            return given
        if order not in self._sorted:
            found = elder_ids(self._session.store, self._only, order=order[0], descending=descending)
            self._sorted[order] = found
        return self._sorted[order]

    def _seen(self) -> Sequence[int]:
        """The ids on the screen and some around them."""
        ids = self.rows()
        first = max(self.rowAt(0), 0)
        last = self.rowAt(self.viewport().height() - 1)
        last = len(ids) - 1 if last < 0 else last
        return ids[max(first - MARGIN, 0) : min(last, first + 200) + MARGIN]
