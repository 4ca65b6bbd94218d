"""Many rows at once are the rows that one at a time would be."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiuliting_desk.model.elders import Contact, Elder, Phone
from jiuliting_desk.store import Store
from jiuliting_desk.store.bulk import INSERTED_AT_ONCE

TEXTS = st.sampled_from(["", "x", "it's", "'); DROP TABLE elder; --", "?", "a\nb", "\x00", "九" * 300])
ELDERS = st.builds(
    Elder,
    name=TEXTS,
    birth=TEXTS,
    notes=TEXTS,
    floor=st.sampled_from([None, -1, 3]),
    without_lift=st.booleans(),
    phones=st.sampled_from([(), (Phone(number="10012345678"),)]),
    contacts=st.sampled_from([(), (Contact(name="O'Hara", relation="", phone=""),)]),
    registered_on=st.sampled_from([None, date(2026, 3, 18)]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(elders=st.lists(ELDERS, min_size=1, max_size=3), times=st.sampled_from([1, INSERTED_AT_ONCE, 25]))
def test_many_rows_are_stored_as_one_at_a_time(store: Store, elders: list[Elder], times: int) -> None:
    with store.operation("many"):
        many = store.get_many(Elder, store.add_many(elders * times))
    with store.operation("one_by_one"):
        ones = [store.add(elder) for elder in elders * times]
    assert [replace(record, id=0) for record in many.values()] == [replace(one, id=0) for one in ones]
    columns = "typeof(name) || quote(name) || typeof(floor) || quote(floor) || quote(contacts) || quote(registered_on)"
    stored = store.rows(f"SELECT {columns} FROM elder ORDER BY id DESC LIMIT ?", (2 * len(ones),))
    assert stored[: len(ones)] == stored[len(ones) :]
