"""Every error, enum member and action has its words, and texts are written so that lupdate reads them."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import jiuliting_desk.actions
import jiuliting_desk.model
import jiuliting_desk.paper.errors
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.sheets.book import TroubleKind
from jiuliting_desk.store import StorageTrouble, Trouble
from jiuliting_desk.ui import action_words, faults, labels, messages

UI = Path(inspect.getfile(labels)).parent
SOURCES = [*sorted(UI.rglob("*.py")), UI.parent / "app.py"]


def user_errors(base: type[UserError] = UserError) -> Iterator[type[UserError]]:
    for error in base.__subclasses__():
        yield error
        yield from user_errors(error)


EXAMPLES: dict[object, Any] = {
    str: "x",
    int: 3,
    float: 3.5,
    bool: True,
    date: date(2026, 3, 18),
    date | None: date(2026, 3, 18),
    TroubleKind: TroubleKind.HELD,
    tuple[str, ...]: ("claim_need|顾海宁", "pair|", "pair|", "pair|"),
}


@pytest.mark.parametrize("error", sorted(set(user_errors()), key=str))
def test_every_user_error_has_words(error: type[UserError]) -> None:
    values = {field.name: EXAMPLES[field.type] for field in fields(error)}
    words = messages.sentence(error(**values))
    assert words.endswith("。")
    assert "失败" not in words
    assert "{" not in words


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_storage_trouble_says_what_was_kept_and_what_to_do(trouble: Trouble) -> None:
    words = messages.trouble(StorageTrouble(trouble, path="case.db", holder="何佩"))
    assert words.title
    assert words.kept
    assert words.steps
    assert "失败" not in words.title + words.happened
    assert "{" not in "".join((words.happened, *words.kept, *words.steps))
    assert messages.sentence(StorageTrouble(trouble))


def model_enums() -> Iterator[type[StrEnum]]:
    for module in pkgutil.iter_modules(jiuliting_desk.model.__path__, "jiuliting_desk.model."):
        for _, found in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(found, StrEnum) and found is not StrEnum:
                yield found


@pytest.mark.parametrize("enum", sorted(set(model_enums()), key=str))
def test_every_member_of_every_enum_has_a_word(enum: type[StrEnum]) -> None:
    assert all(labels.label(member) for member in enum)


def actions_that_write() -> Iterator[str]:
    """Public functions of the actions that take ``today`` and ``store`` and write, or that undo."""
    for module in pkgutil.walk_packages(jiuliting_desk.actions.__path__, "jiuliting_desk.actions."):
        if ".demo" in module.name:
            continue
        source = Path(importlib.import_module(module.name).__file__ or "")
        for node in ast.parse(source.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or not node.args.args:
                continue
            takes = [argument.arg for argument in node.args.args + node.args.kwonlyargs]
            calls = {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
            writes = calls & {"store.add", "store.add_many", "store.update", "store.remove"}
            if takes[0] == "store" and "today" in takes and writes:
                yield node.name


def test_every_action_has_a_word() -> None:
    assert not sorted({name for name in actions_that_write() if name not in action_words.ACTIONS})


def steps_named_in_the_program() -> Iterator[str]:
    """What stands as the name of an operation, or as the action that a page performs."""
    package = Path(inspect.getfile(jiuliting_desk.actions)).parent.parent
    for source in package.rglob("*.py"):
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or not call.args:
                continue
            first = call.args[0]
            if call.func.attr == "operation" and isinstance(first, ast.Constant):
                yield str(first.value)
            if call.func.attr in {"perform", "perform_in_job"} and isinstance(first, ast.Name):
                yield first.id


def test_what_is_done_is_not_said_to_be_done_twice() -> None:
    assert not [words for words in action_words.ACTIONS.values() if words.startswith("已") or words.endswith("了")]


def test_every_step_that_the_program_names_has_a_word() -> None:
    variables = {"action", "work"}
    named = set(steps_named_in_the_program()) - variables
    assert {"fill_with_demo", "import_sheet", "log_cards_print", "register_elder"} <= named
    assert sorted(named - action_words.ACTIONS.keys()) == []


def translation_faults(tree: ast.AST) -> Iterator[str]:
    """Calls that lupdate would not read, or that would be read with another context."""
    methods = {
        id(call)
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for call in ast.walk(owner)
        if isinstance(call, ast.Call)
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "tr":
            continue
        place = f"line {call.lineno}: {ast.unparse(call)[:60]}"
        if id(call) not in methods or ast.unparse(call.func.value) != "self":
            yield f"tr of another object, or outside a class, {place}"
        if not call.args or not isinstance(call.args[0], ast.Constant) or not isinstance(call.args[0].value, str):
            yield f"not a literal, {place}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(UI.parent)))
def test_texts_can_be_read_by_lupdate(source: Path) -> None:
    assert not list(translation_faults(ast.parse(source.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "code",
    [
        "class A:\n  def f(self): self.tr(f'{self}')",
        "class A:\n  def f(self): self.tr('a' if self else 'b')",
        "class A:\n  def f(self, text): self.tr(text)",
        "def f(widget): widget.tr('a')",
        "class A:\n  def f(self): self.child.tr('a')",
    ],
)
def test_the_guard_sees_what_lupdate_would_miss(code: str) -> None:
    assert list(translation_faults(ast.parse(code)))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(UI.parent)))
def test_no_button_says_yes_no_or_ok(source: Path) -> None:
    banned = {"确定", "是", "否", "好的", "OK"}
    texts = {
        node.value
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not texts & banned
    assert not any("失败" in text for text in texts)


def test_fault_details_hold_no_names_or_numbers() -> None:
    try:
        raise ValueError("高莲英 10000004417 at row 3")
    except ValueError as error:
        told = faults.details(error)
        code = faults.fault_code(error)
    assert "高" not in told
    assert "10000004417" not in told
    assert "row 3" in told
    assert code.startswith("F-")
