"""Every remark that the reading can make is in the list of codes, and has its words."""

import ast
from pathlib import Path

import jiuliting_desk.sheets
from jiuliting_desk.sheets.tables import REMARK_CODES
from jiuliting_desk.ui.words.workbooks import REMARKS


def codes_in_source() -> set[str]:
    """The string constants in second place of ``Flagged(…)``, in ``codes.append(…)`` and in ``code=…``."""
    found: set[str] = set()
    for path in Path(jiuliting_desk.sheets.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            places: list[ast.expr] = []
            if name == "Flagged":
                places = node.args[1:2]
            elif (
                name == "append"
                and isinstance(node.func, ast.Attribute)
                and getattr(node.func.value, "id", "") == "codes"
            ):
                places = node.args
            elif name == "_remark":
                places = node.args[1:2]
            elif name == "Remark":
                places = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            for place in places:
                found.update(
                    part.value
                    for part in ast.walk(place)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                )
    return found - {"id_", "_differs_from_id", "", "id_number"}


def test_every_remark_is_listed_and_has_words() -> None:
    assert codes_in_source() <= REMARK_CODES
    assert len(codes_in_source()) > 25
    assert set(REMARKS) - {"name_missing"} == REMARK_CODES
