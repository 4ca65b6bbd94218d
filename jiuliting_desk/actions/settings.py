"""Facts of the office: read with their defaults, changed one by one."""

from datetime import date

from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.errors import BadNumber
from jiuliting_desk.model.settings import SETTINGS, Setting
from jiuliting_desk.store import Store


def setting(store: Store, key: str) -> str:
    """The value of a key, or its default. Raises KeyError for an unknown key."""
    found = store.where(Setting, key=key)
    return found[0].value if found else SETTINGS[key].default


def number_setting(store: Store, key: str) -> int:
    """A whole number among the settings."""
    return int(setting(store, key))


def rules_off(store: Store) -> set[Barrier]:
    """The rules that the office has switched off: nobody has to say why they are not kept."""
    kept = {found.key: found.value for found in store.all(Setting)}
    keys = {rule: f"rule_{rule.value}" for rule in Barrier}
    return {rule for rule, key in keys.items() if key in SETTINGS and not int(kept.get(key, SETTINGS[key].default))}


def change_settings(store: Store, *, values: dict[str, str], today: date) -> None:
    """Change some facts; those that stay as they are leave no trace. Raises BadNumber, and KeyError."""
    del today
    for key, value in values.items():
        spec = SETTINGS[key]
        value = value.strip()
        if (
            spec.lowest is not None
            and spec.highest is not None
            and not (value.isascii() and value.isdecimal() and spec.lowest <= int(value) <= spec.highest)
        ):
            raise BadNumber(field=key, text=value, lowest=spec.lowest, highest=spec.highest)
        found = store.where(Setting, key=key)
        if found:
            store.update(Setting(id=found[0].id, key=key, value=value))
        elif value != spec.default:
            store.add(Setting(key=key, value=value))
