"""An invented sub-district: believable, reproducible from a seed, and visibly fictional.

Phones begin with 100, identity numbers with region 000000; no name, place or number is anybody's.
"""

from datetime import date
from random import Random

from jiuliting_desk.actions.demo import bonds, gatherings, people, places, rhythms
from jiuliting_desk.actions.demo import visits as visits_of_demo
from jiuliting_desk.actions.settings import change_settings
from jiuliting_desk.store import Store

OFFICE = {
    "office_name": "九里亭北助老服务中心（演示）",
    "office_phone": "10012345678",
    "second_phone": "10087654321",
    "subdistrict": "九里街道（虚构）",
}


def fill_with_demo(
    store: Store, *, elders: int, volunteers: int, visits: int, seed: int, today: date
) -> dict[str, int]:
    """Fill an empty file inside the running operation; gives how many records of each kind were made.

    The same numbers, seed and day give the same file.
    """
    dice = Random(seed)
    store.running.about = f"{elders} 位老人、{volunteers} 位志愿者"
    change_settings(store, values=OFFICE, today=today)
    town = places.settle(store, dice, elders=elders)
    elder_ids = people.add_elders(store, dice, town, count=elders, today=today)
    provider_ids = people.add_providers(store, dice, town, count=volunteers, today=today)
    needs = bonds.add_needs(store, dice, elder_ids, today=today)
    pairings = bonds.add_bonds(store, dice, today=today)
    cards = bonds.add_cards(store, dice, elder_ids, today=today)
    made = visits_of_demo.add_visits(store, dice, visits=visits, today=today)
    if visits:
        gatherings.add_gatherings(store, dice, today=today)
        made += rhythms.add_series(store, today=today)
    store.running.about = f"{elders} 位老人、{volunteers} 位志愿者"
    return {
        "elders": len(elder_ids),
        "providers": len(provider_ids),
        "needs": needs,
        "pairings": pairings,
        "cards": cards,
        "visits": made,
    }
