"""Every code that can stand in a record has its word for a cell."""

import importlib
import pkgutil
from enum import Enum

import jiuliting_desk.sheets as sheets


def test_no_table_of_words_leaves_a_code_out() -> None:
    tables = {
        f"{module.name}.{name}": value
        for module in pkgutil.iter_modules(sheets.__path__, f"{sheets.__name__}.")
        for name, value in vars(importlib.import_module(module.name)).items()
        if name.endswith("_WORDS") and isinstance(value, dict)
    }
    missing = {
        name: {code for key in table for code in type(key).__members__.values()} - set(table)
        for name, table in tables.items()
        if table and all(isinstance(key, Enum) for key in table)
    }
    assert len(missing) > 10
    assert {name: codes for name, codes in missing.items() if codes} == {}
