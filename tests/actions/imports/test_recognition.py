"""Whoever a row may mean is found on the way by number, name or door as by comparing with everybody."""

from hypothesis import given
from hypothesis import strategies as st

from jiuliting_desk.actions.imports.recognition import NOBODY, People, Recognition, Ways, compare_elders
from jiuliting_desk.model.known import KnownElder
from jiuliting_desk.model.likeness import Likeness


def elder(
    ref: int = 0,
    *,
    name: str = "苗芬",
    birth: str = "",
    number: str = "",
    flag: str = "",
    phones: tuple[str, ...] = (),
    compound: int | None = None,
    room: str = "",
) -> KnownElder:
    return KnownElder(
        ref, name, "unknown", birth, number, flag, phones, None, compound, "", "", room, "unknown", (), (), "", "", "",
        "", None, False, "", "active",
    )  # fmt: skip


TRAITS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["苗芬", "苗分", "王英"]),
        "birth": st.sampled_from(["", "1940-01-02"]),
        "number": st.sampled_from(["", "1", "2", "3"]),
        "flag": st.sampled_from(["", "", "check_digit"]),
        "phones": st.sampled_from([(), ("10012345678",), ("10012345679",)]),
        "compound": st.sampled_from([None, 1, 2]),
        "room": st.sampled_from(["", "301"]),
    }
)


def by_comparing_all(person: KnownElder, everybody: list[tuple[int, KnownElder]]) -> Recognition | set[int]:
    """The person where it is settled, else all whom it may be."""
    if person.id_number and not person.id_flag:
        same = {ref for ref, other in everybody if (other.id_number, other.id_flag) == (person.id_number, "")}
        if same:
            return Recognition(person=same.pop(), why=Likeness.SAME_ID) if len(same) == 1 else same
    order = list(Likeness)
    best: dict[int, Likeness] = {}
    for ref, other in everybody:
        how = compare_elders(person, other)
        if how is not None and (how.is_same_person or how.is_question):
            best[ref] = min(how, best.get(ref, how), key=order.index)
    settled = {ref for ref, how in best.items() if how.is_same_person}
    if len(settled) == 1:
        (ref,) = settled
        return Recognition(person=ref, why=best[ref])
    return settled or set(best)


@given(known=st.lists(TRAITS, max_size=6), met=st.lists(TRAITS, max_size=4), asked=TRAITS)
def test_nobody_is_overlooked(known: list[dict[str, object]], met: list[dict[str, object]], asked: object) -> None:
    there = [elder(place + 1, **traits) for place, traits in enumerate(known)]  # type: ignore[arg-type]
    ways = Ways(there)
    people = People(compare_elders, ways)
    everybody = [(person.id, person) for person in there]
    for place, traits in enumerate(met):
        # Every other one is somebody known of whom an earlier row told more.
        ref = place % len(there) + 1 if there and place % 2 else -1 - place
        everybody.append((ref, elder(**traits)))  # type: ignore[arg-type]
        people.add(*everybody[-1])
    row = elder(**asked)  # type: ignore[arg-type]
    wanted = by_comparing_all(row, everybody)
    found = people.recognise(row)
    assert (found if isinstance(wanted, Recognition) else {ref for ref, _ in found.maybe}) == wanted
    assert wanted or found == NOBODY


def test_what_one_plan_met_is_unknown_to_the_next() -> None:
    ways = Ways([elder(1, number="1")])
    first = People(compare_elders, ways)
    first.add(-1, elder(name="王英", number="2"))
    first.add(1, elder(1, number="1", phones=("10012345678",)))
    assert first.recognise(elder(name="王英", number="2")).person == -1
    again = People(compare_elders, ways)
    assert again.recognise(elder(name="王英", number="2")) == NOBODY
    assert again.recognise(elder(phones=("10012345678",))) == NOBODY
