"""Tags of elders."""

from dataclasses import replace

import pytest

from jiuliting_desk.actions import categories, tags
from jiuliting_desk.actions.history import undo
from jiuliting_desk.model.categories import Eligibility, ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import Missing, NameTaken, StillUsed
from jiuliting_desk.model.tags import STARTING_TAGS, Tag
from jiuliting_desk.store import Store
from tests.actions.people import TODAY, elder


def test_a_new_tag_has_a_short_form_and_comes_last(store: Store) -> None:
    with store.operation("add_tag"):
        fresh = tags.add_tag(store, tag=Tag(name=" 独臂 "), today=TODAY)
    assert (fresh.name, fresh.short, fresh.position) == ("独臂", "独", len(STARTING_TAGS) + 1)
    for name, error in (("独居", NameTaken), (" ", Missing)):
        with pytest.raises(error), store.operation("add_tag"):
            tags.add_tag(store, tag=Tag(name=name), today=TODAY)


def test_a_renamed_tag_goes_with_its_elders_and_rules(store: Store) -> None:
    first = elder(store, tags=("高龄", "独居"))
    other = elder(store, "马根宝", tags=("独居老人",))
    laundry = ServiceCategory(name="洗衣", eligibility=(Eligibility(tags=("独居", "低保")),))
    with store.operation("add_category"):
        laundry = categories.add_category(store, category=laundry, today=TODAY)
    alone = store.where(Tag, name="独居")[0]
    with store.operation("edit_tag"):
        tags.edit_tag(store, tag=replace(alone, name="一人居住", position=50), today=TODAY)
    assert store.get(Tag, alone.id) == replace(alone, name="一人居住")
    assert store.get(Elder, first.id).tags == ("高龄", "一人居住")
    assert store.get(Elder, other.id).tags == ("独居老人",)
    assert store.get(ServiceCategory, laundry.id).eligibility[0].tags == ("一人居住", "低保")
    undo(store)
    assert store.get(Elder, first.id) == first
    assert store.get(ServiceCategory, laundry.id) == laundry


def test_order_use_and_removal(store: Store) -> None:
    old, alone = store.where(Tag, name="高龄")[0], store.where(Tag, name="独居")[0]
    elder(store, tags=("高龄",))
    with store.operation("order_tags"):
        tags.order_tags(store, tag_ids=[alone.id], today=TODAY)
    assert [tag.name for tag in tags.tags_in_order(store)][:2] == ["独居", "高龄"]
    with pytest.raises(StillUsed) as raised, store.operation("remove_tag"):
        tags.remove_tag(store, tag_id=old.id, today=TODAY)
    assert (raised.value.used_by, raised.value.count) == ("elder", 1)
    with store.operation("add_category"):
        rule = Eligibility(tags=("独居",))
        categories.add_category(store, category=ServiceCategory(name="洗衣", eligibility=(rule,)), today=TODAY)
    with pytest.raises(StillUsed) as raised, store.operation("remove_tag"):
        tags.remove_tag(store, tag_id=alone.id, today=TODAY)
    assert raised.value.used_by == "category"
    with store.operation("use_tag"):
        tags.use_tag(store, tag_id=old.id, active=False, today=TODAY)
    assert "高龄" not in [tag.name for tag in tags.tags_in_order(store)]
    with store.operation("remove_tag"):
        tags.remove_tag(store, tag_id=store.where(Tag, name="优抚")[0].id, today=TODAY)
    assert store.count(Tag, name="优抚") == 0
