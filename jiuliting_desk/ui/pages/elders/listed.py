"""The rows of the list as they are needed: a screenful at a time, kept until something was written."""

from collections.abc import Callable, Sequence

from jiuliting_desk.store.elder_list import ElderRow, elder_rows
from jiuliting_desk.ui.session import Session

MARGIN = 30
"""Rows fetched above and below what is seen."""


class Listed:
    """Gives the row of an id; fetches its neighbours with it."""

    def __init__(self, session: Session, seen: Callable[[], Sequence[int]]) -> None:
        self._session = session
        self._seen = seen
        self._rows: dict[int, ElderRow] = {}

    def forget(self) -> None:
        """Everything is fetched anew when it is next needed."""
        self._rows.clear()

    def fetch(self, ids: Sequence[int]) -> None:
        """Have the rows of these ids; while a job has the file, those held have to do."""
        wanted = [elder_id for elder_id in ids if elder_id not in self._rows]
        if wanted and not self._session.is_lent:
            self._rows.update((row.id, row) for row in elder_rows(self._session.store, wanted))

    def get(self, elder_id: int) -> ElderRow | None:
        """The row of an id, with those around it that are seen; None where it cannot be read now."""
        if elder_id not in self._rows:
            self.fetch([elder_id, *self._seen()])
        return self._rows.get(elder_id)
