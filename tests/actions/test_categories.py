"""Service categories."""

from dataclasses import replace

import pytest

from jiuliting_desk.actions import categories
from jiuliting_desk.model.categories import STARTING_CATEGORIES, Eligibility, ServiceCategory
from jiuliting_desk.model.errors import BadNumber, Missing, NameTaken, StillUsed
from jiuliting_desk.store import Store
from tests.actions.people import CLEAN, HAIRCUT, TODAY, elder, need, volunteer

LAUNDRY = ServiceCategory(
    name="洗衣",
    unit="次",
    minutes=45,
    months=(12, 1, 2, 1),
    quota_per_year=8,
    eligibility=(Eligibility(min_age=70, livings=("alone",)), Eligibility(min_age=80, livings=("couple",))),
    words=("洗衣服", "洗衣", " 洗被子 "),
)


def added(store: Store, category: ServiceCategory) -> ServiceCategory:
    with store.operation("add_category"):
        return categories.add_category(store, category=category, today=TODAY)


def test_a_new_category_comes_last_and_is_tidy(store: Store) -> None:
    fresh = added(store, LAUNDRY)
    assert fresh.position == len(STARTING_CATEGORIES) + 1
    assert (fresh.months, fresh.words) == ((1, 2, 12), ("洗衣服", "洗被子"))
    assert store.get(ServiceCategory, fresh.id).eligibility == LAUNDRY.eligibility


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"name": "理发"}, NameTaken, "name"),
        ({"name": "剪发"}, NameTaken, "name"),
        ({"words": ("剪发",)}, NameTaken, "words"),
        ({"name": ""}, Missing, "name"),
        ({"unit": " "}, Missing, "unit"),
        ({"minutes": 3}, BadNumber, "minutes"),
        ({"months": (13,)}, BadNumber, "months"),
        ({"quota_per_year": -1}, BadNumber, "quota_per_year"),
        ({"eligibility": (Eligibility(min_age=121),)}, BadNumber, "eligibility"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    store: Store, changes: dict[str, object], error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as raised:
        added(store, replace(LAUNDRY, **changes))  # type: ignore[arg-type]
    assert raised.value.field == field  # type: ignore[attr-defined]


def test_editing_keeps_the_place(store: Store) -> None:
    haircut = store.get(ServiceCategory, HAIRCUT)
    with store.operation("edit_category"):
        now = categories.edit_category(store, category=replace(haircut, minutes=40, position=99), today=TODAY)
    assert now == replace(haircut, minutes=40)


def test_order_and_use(store: Store) -> None:
    with store.operation("order_categories"):
        categories.order_categories(store, category_ids=[HAIRCUT, CLEAN], today=TODAY)
    ids = [category.id for category in categories.categories_in_order(store)]
    assert ids == [HAIRCUT, CLEAN, 1, 4, 5, 6]
    with store.operation("use_category"):
        categories.use_category(store, category_id=CLEAN, active=False, today=TODAY)
    assert CLEAN not in [category.id for category in categories.categories_in_order(store)]
    assert len(categories.categories_in_order(store, with_unused=True)) == len(STARTING_CATEGORIES)


def test_only_what_nobody_wants_can_be_removed(store: Store) -> None:
    need(store, elder(store).id, HAIRCUT)
    volunteer(store, skills=(CLEAN,))
    for category_id, used_by in ((HAIRCUT, "need"), (CLEAN, "provider")):
        with pytest.raises(StillUsed) as raised, store.operation("remove_category"):
            categories.remove_category(store, category_id=category_id, today=TODAY)
        assert raised.value.used_by == used_by
    fresh = added(store, LAUNDRY)
    with store.operation("remove_category"):
        categories.remove_category(store, category_id=fresh.id, today=TODAY)
    assert store.find(ServiceCategory, fresh.id) is None
