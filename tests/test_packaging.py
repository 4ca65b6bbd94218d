"""What pyproject.toml lists is what is there."""

import tomllib
from importlib.metadata import version
from pathlib import Path

from jiuliting_desk import __version__
from jiuliting_desk.store.search import READINGS

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_in_the_wheel() -> None:
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "jiuliting_desk").rglob("__init__.py")}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == found | {"jiuliting_desk.resources"}


def test_the_version_is_told_once() -> None:
    assert PROJECT["project"]["version"] == __version__


def test_the_release_that_aborts_is_excluded() -> None:
    (qt,) = [name for name in PROJECT["project"]["dependencies"] if name.startswith("pyside6")]
    assert "!=6.12.0" in qt


def test_the_release_that_reads_signs_is_the_one_that_marks_the_index() -> None:
    assert f"pypinyin=={READINGS}" in PROJECT["project"]["dependencies"]
    assert version("pypinyin") == READINGS


def test_only_the_designed_entries_lie_at_the_top() -> None:
    made_by_tools = {"build", "dist", "artefacts", "jiuliting_desk.egg-info"}
    top = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - made_by_tools
    assert top == {
        "jiuliting_desk",
        "resources",
        "tests",
        "pyproject.toml",
        "build.spec",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
    }
