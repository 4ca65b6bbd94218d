"""Visits of some days, narrowed by whom they concern."""

from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.store import Store
from jiuliting_desk.store.visits import VisitFilter, between
from tests.actions.people import CHAT, elder, volunteer
from tests.actions.visits import NEXT_WEDNESDAY, book


def test_visits_are_filtered_by_each_of_those_concerned(store: Store) -> None:
    with store.operation("places"):
        place = store.add(ResidentsCommittee(name="亭北居民区"))
        cadre = store.add(Cadre(name="陈悦", committee_id=place.id))
    here, there = elder(store, "苗芬", committee_id=place.id), elder(store, "邹福")
    one, two = volunteer(store), volunteer(store, "汤立新")
    first = book(store, here.id, one.id, cadre_id=cadre.id)
    second = book(store, there.id, two.id, category_id=CHAT)
    for only, wanted in (
        (VisitFilter(), [first, second]),
        (VisitFilter(committee_id=place.id), [first]),
        (VisitFilter(cadre_id=cadre.id), [first]),
        (VisitFilter(elder_id=there.id), [second]),
        (VisitFilter(provider_id=two.id), [second]),
        (VisitFilter(category_id=CHAT), [second]),
        (VisitFilter(states=frozenset({VisitState.DONE})), []),
    ):
        assert between(store, NEXT_WEDNESDAY, NEXT_WEDNESDAY, only) == wanted, only
