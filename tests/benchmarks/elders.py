"""The list of elders at 50,000: what opening the page and each filter ask of the file, and how long a record takes."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.actions.elders import likely_known, register_elder
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import Store
from jiuliting_desk.store.elder_list import ElderFilter, ElderOrder, Standing, elder_ids, elder_rows, facets

ELDERS = 50_000
SCREENFUL = 40
TODAY = date(2026, 3, 18)


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def run() -> list[tuple[str, str, float, float, str]]:
    """Counts, ids in order and the first screenful, against a scan of the whole table of elders."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.db"
        store = Store.open(path)
        with store.operation("demo"):
            fill_with_demo(store, elders=ELDERS, volunteers=2000, visits=0, seed=1, today=TODAY)
        known = store.rows("SELECT name, compound_id, building, room FROM elder WHERE id = 77")[0]
        store.close()
        store = Store.open(path)

        def page(only: ElderFilter, order: ElderOrder = ElderOrder.STANDING) -> None:
            facets(store, only)
            elder_rows(store, elder_ids(store, only, order=order)[:SCREENFUL])

        begun = time.perf_counter()
        page(ElderFilter())
        cold = time.perf_counter() - begun
        floor = _median(lambda: store.rows("SELECT count(*), sum(length(notes)) FROM elder"))
        size = f"{ELDERS} elders"
        floor_name = "scan of the elders' table"
        rows = [("list of elders, first opening", size, cold, floor, floor_name)]
        for what, only, order in (
            ("list of elders, all", ElderFilter(), ElderOrder.STANDING),
            ("list of elders, waiting and living alone", _alone(), ElderOrder.STANDING),
            ("list of elders, one committee", ElderFilter(committee_id=1), ElderOrder.STANDING),
            ("list of elders, a typed sign", ElderFilter(text="王"), ElderOrder.STANDING),
            ("list of elders, a typed letter", ElderFilter(text="w"), ElderOrder.STANDING),
            ("list of elders, sorted by name", ElderFilter(), ElderOrder.NAME),
            ("list of elders, sorted by address", ElderFilter(), ElderOrder.PLACE),
        ):
            rows.append((what, size, _median(lambda only=only, order=order: page(only, order)), floor, floor_name))  # type: ignore[misc]
        name, compound_id, building, room = known
        alike = _median(lambda: likely_known(store, name=name, compound_id=compound_id, building=building, room=room))
        rows.append(("people alike while a form is typed", size, alike, floor, floor_name))

        def register() -> None:
            with store.operation("register_elder"):
                register_elder(store, name="高莲英", today=TODAY, although_known=True)

        def bare() -> None:
            store.execute("BEGIN IMMEDIATE")
            store.execute("UPDATE elder SET notes = notes || '.' WHERE id = (SELECT max(id) FROM elder)")
            store.execute("COMMIT")

        rows.append(("one elder registered", size, _median(register), _median(bare), "one bare commit"))
        assert store.count(Elder) == ELDERS + 5
        rows += _page(store, floor)
        store.close()
    return rows


def _page(store: Store, floor: float) -> list[tuple[str, str, float, float, str]]:
    """The page itself, painted off-screen: made and opened, filtered, and filtered by typing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from jiuliting_desk.app import make_application
    from jiuliting_desk.ui import theme
    from jiuliting_desk.ui.dialogs import Dialogs
    from jiuliting_desk.ui.pages.elders import EldersPage
    from jiuliting_desk.ui.remembered import Remembered
    from jiuliting_desk.ui.session import Session

    app = make_application(["benchmark"])
    theme.apply(app, theme.Look())
    session = Session(store, dialogs=Dialogs(app), remembered=Remembered(store.path.with_suffix(".json")))

    def opened() -> EldersPage:
        page = EldersPage(session)
        page.resize(1190, 680)
        page.refresh()
        page.show()
        page.grab()
        return page

    # The first one also pays for icons and fonts.
    opened().close()
    begun = time.perf_counter()
    page = opened()
    made = time.perf_counter() - begun

    def filtered() -> None:
        page.filters.toggle_tag("独居")
        page.grab()

    def refreshed() -> None:
        page.refresh()
        page.grab()

    size, floor_name = f"{ELDERS} elders", "scan of the elders' table"
    rows = [("page of elders, made, read and painted", size, made, floor, floor_name)]
    rows.append(("page of elders, read anew and painted", size, _median(refreshed), floor, floor_name))
    rows.append(("page of elders, filtered and painted", size, _median(filtered), floor, floor_name))
    page.close()
    return rows


def _alone() -> ElderFilter:
    return ElderFilter(tags=frozenset({"独居"}), standing=Standing.WAITING)
