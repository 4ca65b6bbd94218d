"""What stands on a record: the counts that decide whether it can be removed or only put out of use."""

from typing import Any

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store.store import Store
from jiuliting_desk.store.tables import mapped
from jiuliting_desk.store.visit_tables import SPAN

_USES: dict[type[Any], tuple[tuple[str, str], ...]] = {
    ResidentsCommittee: (
        ("elder", "SELECT count(*) FROM elder WHERE committee_id = :id"),
        (
            "provider",
            "SELECT count(*) FROM provider WHERE committee_id = :id"
            " OR EXISTS (SELECT 1 FROM json_each(area_committee_ids) WHERE value = :id)",
        ),
        ("compound", "SELECT count(*) FROM compound WHERE committee_id = :id"),
        ("cadre", "SELECT count(*) FROM cadre WHERE committee_id = :id"),
        ("survey", "SELECT count(*) FROM survey WHERE committee_id = :id"),
        ("visit", "SELECT count(*) FROM visit WHERE committee_id = :id"),
    ),
    Cadre: (
        ("visit", "SELECT count(*) FROM visit WHERE cadre_id = :id"),
        ("series", "SELECT count(*) FROM series WHERE cadre_id = :id"),
        ("feedback", "SELECT count(*) FROM feedback WHERE cadre_id = :id"),
        ("form", "SELECT count(*) FROM feedback_form WHERE held_by = :id"),
    ),
    Compound: (
        ("elder", "SELECT count(*) FROM elder WHERE compound_id = :id"),
        ("provider", "SELECT count(*) FROM provider WHERE compound_id = :id"),
        ("visit", "SELECT count(*) FROM visit WHERE compound_id = :id"),
    ),
    ServiceCategory: (
        ("need", "SELECT count(*) FROM need WHERE category_id = :id"),
        ("pairing", "SELECT count(*) FROM pairing WHERE category_id = :id"),
        ("visit", f"SELECT count(DISTINCT id / {SPAN}) FROM visit_service WHERE category_id = :id"),
        ("call", "SELECT count(*) FROM call WHERE category_id = :id"),
        (
            "series",
            "SELECT count(*) FROM series WHERE EXISTS"
            " (SELECT 1 FROM json_each(services) WHERE value ->> 'category_id' = :id)",
        ),
        (
            "provider",
            "SELECT count(*) FROM provider WHERE EXISTS"
            " (SELECT 1 FROM json_each(skills) WHERE value ->> 'category_id' = :id)",
        ),
    ),
    Tag: (
        (
            "elder",
            "SELECT count(*) FROM elder WHERE EXISTS"
            " (SELECT 1 FROM json_each(tags) WHERE value = (SELECT name FROM tag WHERE id = :id))",
        ),
        (
            "category",
            "SELECT count(*) FROM category WHERE EXISTS"
            " (SELECT 1 FROM json_each(eligibility) rule, json_each(rule.value, '$.tags') word"
            " WHERE word.value = (SELECT name FROM tag WHERE id = :id))",
        ),
    ),
    Provider: (
        ("claim", "SELECT count(*) FROM claim WHERE provider_id = :id"),
        ("pairing", "SELECT count(*) FROM pairing WHERE provider_id = :id"),
        ("need", "SELECT count(*) FROM need WHERE claimed_by = :id"),
        ("refusal", "SELECT count(*) FROM refusal WHERE provider_id = :id"),
        ("visit", "SELECT count(*) FROM visit_provider WHERE provider_id = :id"),
        ("attendance", "SELECT count(*) FROM attendance WHERE provider_id = :id"),
        (
            "series",
            "SELECT count(*) FROM series WHERE EXISTS (SELECT 1 FROM json_each(provider_ids) WHERE value = :id)",
        ),
        ("provider", "SELECT count(*) FROM provider WHERE enterprise_id = :id"),
    ),
}


def uses(store: Store, record: Any) -> dict[str, int]:
    """How many records of each kind stand on this one, the kinds without any left out."""
    found = {used_by: int(store.value(sql, {"id": record.id})) for used_by, sql in _USES[type(record)]}
    return {used_by: count for used_by, count in found.items() if count}


def elders_with_tag(store: Store, name: str) -> list[int]:
    """The elders who carry a tag of this name, by id."""
    rows = store.rows(
        "SELECT id FROM elder WHERE EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?) ORDER BY id", (name,)
    )
    return [row[0] for row in rows]


def people_by(store: Store, column: str) -> dict[int, int]:
    """How many elders and providers are at home in each committee or compound: ``column`` is its id's column."""
    counts: dict[int, int] = {}
    classes: tuple[type[Any], ...] = (Elder, Provider)
    for record_class in classes:
        table = mapped(record_class)
        if column not in table.columns:
            raise KeyError(column)
        for record_id, count in store.rows(
            f"SELECT {column}, count(*) FROM {table.table} WHERE {column} IS NOT NULL GROUP BY {column}"
        ):
            counts[record_id] = counts.get(record_id, 0) + count
    return counts


def elders_by_tag(store: Store) -> dict[str, int]:
    """How many elders carry each tag, by its name."""
    return dict(store.rows("SELECT word.value, count(*) FROM elder, json_each(elder.tags) word GROUP BY word.value"))
