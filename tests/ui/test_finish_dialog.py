"""A visit recorded: several services, several volunteers, the cadre, what went wrong."""

import pytest

from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.visits import ServiceLine, Visit, VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.ui.finish_dialog import FinishDialog
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.session import Session
from tests.actions.people import CHAT, HAIRCUT, TODAY, elder, volunteer
from tests.actions.visits import book


@pytest.fixture
def visit(store: Store) -> Visit:
    """Two services by two volunteers, led in by a cadre."""
    with store.operation("places"):
        committee = store.add(ResidentsCommittee(name="亭北居民区"))
        cadre = store.add(Cadre(name="邵兰", committee_id=committee.id))
    two = volunteer(store, visits_per_month=None), volunteer(store, "汤立新", visits_per_month=None)
    gao = elder(store, committee_id=committee.id)
    services = (ServiceLine(category_id=HAIRCUT), ServiceLine(category_id=CHAT))
    return book(store, gao.id, *(one.id for one in two), services=services, day=TODAY, cadre_id=cadre.id)


@pytest.fixture
def dialog(visit: Visit, session: Session, open_window: object) -> FinishDialog:
    assert callable(open_window)
    window = open_window("visits")
    assert isinstance(window, MainWindow)
    made = FinishDialog(session, visit.id)
    session.dialogs.show(made)
    return made


def test_each_service_and_each_volunteer_is_told_of(dialog: FinishDialog, store: Store, visit: Visit) -> None:
    names = [name for name in dialog.form.fields if name.startswith("quantity")]
    assert len(names) == 2
    assert dialog.form.fields["led_in"].value() is True  # type: ignore[attr-defined]
    dialog.form.set_values(
        on_site_minutes=90, quantity3=2, absent_ids=(visit.provider_ids[1],), incident="剪破了围布", hazards="插座松了"
    )
    dialog.save_button.click()
    done = store.get(Visit, visit.id)
    assert (done.state, done.on_site_minutes, done.absent_ids) == (VisitState.DONE, 90, visit.provider_ids[1:])
    assert {line.category_id: line.quantity for line in done.services} == {HAIRCUT: 2, CHAT: 1}
    assert sum(line.minutes for line in done.services) == 90
    assert {one.cause for one in store.all(FollowUp)} == {Cause.INCIDENT, Cause.HAZARD}


def test_nobody_came_is_another_outcome(dialog: FinishDialog, store: Store, visit: Visit) -> None:
    dialog.form.set_values(absent_ids=visit.provider_ids)
    dialog.save_button.click()
    assert "志愿者没来" in dialog.form.complaint("absent_ids")
    assert store.get(Visit, visit.id).is_open
    dialog.reject()


def test_a_cadres_part_wants_the_cadre(dialog: FinishDialog, store: Store, visit: Visit) -> None:
    dialog.form.set_values(cadre_id=0)
    dialog.save_button.click()
    assert dialog.form.complaint("cadre_id")
    dialog.form.set_values(led_in=False)
    dialog.save_button.click()
    assert (store.get(Visit, visit.id).cadre_id, store.get(Visit, visit.id).had_cadre) == (None, False)
