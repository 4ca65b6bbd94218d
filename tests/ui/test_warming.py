"""What pages stand on is there before they are opened."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from jiuliting_desk.ui import warming
from jiuliting_desk.ui.pages import PAGES
from jiuliting_desk.ui.warming import Warming

OPEN_ALL = """
import json, sys
from pathlib import Path
from jiuliting_desk.app import make_application
from jiuliting_desk.store import Store
from jiuliting_desk.ui import remembered
from jiuliting_desk.ui.dialogs import Dialogs
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.warming import Warming

app = make_application(["warming"])
case = Path(sys.argv[1])
store = Store.open(case)
session = Session(store, dialogs=Dialogs(app), remembered=remembered.beside(case))
window = MainWindow(session)
window.show_first_page()
warming = Warming(window)
warming.begin()
warming.beside.join()
known, late = set(sys.modules), {}
for key in window.specs:
    session.goto(key)
    while session.jobs.running:
        app.processEvents()
    late[key] = sorted(sys.modules.keys() - known)
    known = set(sys.modules)
session.is_closing = True
window.close()
store.close()
print(json.dumps(late))
"""


def test_no_page_loads_a_library_once_they_are_loaded_beside_the_window(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_ALL, str(tmp_path / "case.db")], capture_output=True, text=True, check=True
    )
    late = json.loads(done.stdout.splitlines()[-1])
    assert list(late) == [spec.key for spec in PAGES]
    # What tells the lunar date is small, and belongs to the first page.
    known = {"jiuliting_desk", "PySide6", "shiboken6", "lunardate", "numpy", *sys.stdlib_module_names}
    libraries = {key: {name.partition(".")[0] for name in names} - known for key, names in late.items()}
    assert {name for found in libraries.values() for name in found if not name.startswith("_")} == set()


def test_once_it_is_stopped_nothing_more_is_loaded(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(warming, "import_module", loaded.append)
    running = Warming()
    running.stop()
    running.begin()
    running.beside.join()
    assert loaded == []


def test_what_cannot_be_loaded_is_left_to_the_page_that_needs_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def broken(name: str) -> None:
        tried.append(name)
        raise ImportError(name)

    monkeypatch.setattr(warming, "import_module", broken)
    running = Warming()
    running.begin()
    running.begin()
    running.beside.join()
    assert tuple(tried) == warming.GROUND
