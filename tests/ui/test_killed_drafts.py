"""A program that is killed in the middle of a call, or of a campaign day, takes both up again where they were."""

from collections.abc import Callable
from pathlib import Path

import pytest

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages.phone import PhonePage
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.pages.visits.page import View
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import book
from tests.store.test_faults import started

AT_WORK = """
import sys
from pathlib import Path
from jiuliting_desk.app import make_application
from jiuliting_desk.store import Store
from jiuliting_desk.ui.dialogs import Dialogs
from jiuliting_desk.ui.pages.phone import PhonePage
from jiuliting_desk.ui.pages.visits import VisitsPage
from jiuliting_desk.ui.pages.visits.page import View
from jiuliting_desk.ui.remembered import Remembered
from jiuliting_desk.ui.session import Session
from tests.store_fixtures import NOW

app = make_application(["at work"])
path = Path(sys.argv[1])
store = Store.open(path, who="何佩", now=lambda: NOW)
memory = Remembered(path.with_name("window.json"))
session = Session(store, dialogs=Dialogs(app), remembered=memory, now=lambda: NOW)
phone = PhonePage(session)
phone.refresh()
phone.take(1)
visits = VisitsPage(session)
visits.refresh()
visits.view.choose(View.CAMPAIGN)
visits.view.chosen.emit(View.CAMPAIGN)
visits.campaign.table.type_digit(0, 4, "2")
print(phone.plan.as_text(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def interrupted(case_file: Path) -> str:
    """A process filled in a call and a home, and was killed; gives the plan that stood on its screen."""
    store = Store.open(case_file)
    gu = volunteer(store, half_days=(5,), visits_per_month=None)
    gao = elder(store)
    need(store, gao.id, HAIRCUT)
    book(store, elder(store, "苗芬").id, gu.id, day=TODAY, starts=840, reason="x")
    store.close()
    with started(AT_WORK, str(case_file)) as process:
        assert process.stdout is not None
        told = process.stdout.readline().strip()
        process.kill()
        process.wait()
    return told


def test_what_was_typed_is_there_again(interrupted: str, store: Store, open_window: Callable[..., MainWindow]) -> None:
    window = open_window("phone")
    phone = window.current_page()
    assert isinstance(phone, PhonePage)
    assert phone.plan.as_text() == interrupted
    assert phone.plan.step == 5
    assert phone.left.card.name() == store.get(Elder, 1).name
    window.session.goto("visits")
    visits = window.current_page()
    assert isinstance(visits, VisitsPage)
    visits.view.choose(View.CAMPAIGN)
    visits.view.chosen.emit(View.CAMPAIGN)
    (entry,) = visits.campaign.table.campaign.entries.values()
    assert entry.outcome is VisitState.NOT_HOME
    assert visits.campaign.record_button.text() == "记下 1 家"
