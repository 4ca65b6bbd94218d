"""What history tells of a step and of a record."""

from dataclasses import replace
from datetime import date

from jiuliting_desk.actions import pairings, providers
from jiuliting_desk.actions.past import FieldChange, Span, step, steps_of
from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.store import Store
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer


def test_a_step_tells_fields_as_values_of_their_types(store: Store) -> None:
    helper = volunteer(store)
    with store.operation("edit_provider"):
        fresh = replace(helper, phones=(Phone(number="10055550102"),), joined_on=date(2025, 5, 1))
        providers.edit_provider(store, provider=fresh, today=TODAY)
    line = store.undoable()
    assert line is not None
    told = step(store, operation_id=line.id)
    assert {change.field: (change.before, change.after) for change in told.changed} == {
        "phones": (helper.phones, (Phone(number="10055550102"),)),
        "joined_on": (None, date(2025, 5, 1)),
    }
    assert (told.added, told.removed) == ((), ())


def test_a_step_counts_what_it_added_and_removed(store: Store) -> None:
    with store.operation("import"):
        store.add_many([Elder(name="高莲英", number=str(number)) for number in range(5)])
        mistake = store.add(Elder(name="马根宝", number="9"))
    line = store.undoable()
    assert line is not None
    assert step(store, operation_id=line.id).added == (Span(record_class=Elder, count=6),)
    with store.operation("remove"):
        store.remove(mistake)
    line = store.undoable()
    assert line is not None
    assert step(store, operation_id=line.id).removed == (Span(record_class=Elder, count=1),)


def test_the_steps_of_a_record_and_of_what_hangs_on_it(store: Store) -> None:
    helper, other = volunteer(store), volunteer(store, "钟毓秀")
    wanted = need(store, elder(store).id, HAIRCUT)
    with store.operation("claim_need"):
        claim = pairings.claim_need(store, need_id=wanted.id, provider_id=helper.id, today=TODAY)
    with store.operation("pause_provider"):
        providers.pause_provider(store, provider_id=helper.id, reason="出门", today=TODAY, release_need_ids=[wanted.id])
    with store.operation("edit_provider"):
        providers.edit_provider(store, provider=replace(other, notes="x"), today=TODAY)
    steps = steps_of(store, [(Provider, helper.id), (Claim, claim.id)])
    assert [found.line.name for found in steps] == ["pause_provider", "claim_need", "register_provider"]
    states = [change for change in steps[0].changed if change.field == "state"]
    assert (
        FieldChange(
            record_class=Provider,
            record_id=helper.id,
            field="state",
            before=ProviderState.ACTIVE,
            after=ProviderState.PAUSED,
        )
        in states
    )
    assert Need not in {change.record_class for change in steps[0].changed}
    assert store.get(Need, wanted.id).state is NeedState.OPEN
    assert len(steps_of(store, [(Provider, helper.id)], limit=1)) == 1
