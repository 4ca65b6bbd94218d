"""All pages of the real window at 50,000 elders and 500,000 visits: how soon each shows something, what it takes."""

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

UNIT = "MiB"
LIMIT = 350
"""MiB that the window may take at this size, all of its pages open."""
LONGEST_WAIT = 120.0
"""Seconds for what goes on behind a page; what goes on longer is ended with the window."""
BEAT_MS = 5

BARE = "a bare PySide6 window"
EMPTY = "an empty page in a bare window"


def memory() -> tuple[int, int]:
    """MiB that this process takes now, and took at its highest."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    now, highest = (int(status[key].split()[0]) // 1024 for key in ("VmRSS", "VmHWM"))
    return now, highest


def bare() -> list[list[Any]]:
    """A window with nothing in it, and one empty page put into it."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("bare"))
    window.resize(1366, 768)
    window.show()
    window.grab()
    begun, spent = time.perf_counter(), time.process_time()
    window.setCentralWidget(QLabel("page"))
    window.grab()
    seconds, worked = time.perf_counter() - begun, time.process_time() - spent
    del application
    return [["bare", seconds, worked, 0.0, *memory()]]


def all_pages(path: str) -> list[list[Any]]:
    """Each page in turn, all staying open: its name, seconds to its first content and those of the processor, the
    longest stop of the window while the rest came, and the memory after that."""
    from datetime import datetime

    from PySide6.QtCore import QEventLoop, QTimer

    from jiuliting_desk.app import make_application
    from jiuliting_desk.store import Store
    from jiuliting_desk.ui import theme
    from jiuliting_desk.ui.dialogs import Dialogs
    from jiuliting_desk.ui.main_window import MainWindow
    from jiuliting_desk.ui.pages import PAGES
    from jiuliting_desk.ui.remembered import Remembered
    from jiuliting_desk.ui.session import Session

    now = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
    application = make_application(["memory"])
    theme.apply(application, theme.Look())
    store = Store.open(path, who="x", now=lambda: now)
    kept = Remembered(Path(path).with_name("window.json"))
    session = Session(store, dialogs=Dialogs(application), remembered=kept, now=lambda: now)
    window = MainWindow(session)
    window.resize(1366, 768)
    window.show()
    window.grab()
    found: list[list[Any]] = [["window", 0.0, 0.0, 0.0, *memory()]]
    beats: list[float] = []
    heart = QTimer()
    heart.setInterval(BEAT_MS)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start()
    for spec in PAGES:
        if not spec.in_rail:
            continue
        begun, spent = time.perf_counter(), time.process_time()
        session.goto(spec.key)
        window.grab()
        seconds, worked = time.perf_counter() - begun, time.process_time() - spent
        beats[:] = [time.perf_counter()]
        while session.jobs.running or time.perf_counter() - begun - seconds < 0.4:
            loop = QEventLoop()
            QTimer.singleShot(200, loop.quit)
            loop.exec()
            if time.perf_counter() - begun > LONGEST_WAIT:
                break
        stops = (after - before for before, after in itertools.pairwise(beats))
        window.grab()
        found.append([spec.key, seconds, worked, max(stops, default=0.0), *memory()])
    session.close()
    return found


def _in_a_process(call: str, *words: str, compiled: Path) -> list[list[Any]]:
    done = subprocess.run(
        [sys.executable, "-c", f"import json, sys; from tests.benchmarks import memory; "
         f"print(json.dumps(memory.{call}(*sys.argv[1:])), flush=True); import os; os._exit(0)", *words],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ
        | {
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONPYCACHEPREFIX": str(compiled),
            "PYTHONDONTWRITEBYTECODE": "",
        },
    )  # fmt: skip
    found: list[list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def run() -> Iterator[tuple[Any, ...]]:
    """Each page's time to its first content and what it takes in memory, then the highest of all and the end."""
    # Only here: the bare window is made by this module too, and is to be bare.
    from tests.benchmarks.large import SIZE, large_file

    path, *_ = large_file()
    compiled = path.with_name("compiled")
    # The first time compiles the modules, as where the program is installed.
    _in_a_process("all_pages", str(path.with_name("small.db")), compiled=compiled)
    ((_, empty, _, _, least, _),) = _in_a_process("bare", compiled=compiled)
    told = _in_a_process("all_pages", str(path), compiled=compiled)
    for key, seconds, worked, stop, *_ in told[1:]:
        yield f"{key}: to its first content", SIZE, seconds, empty, EMPTY, "s"
        yield f"{key}: the processor's time of that", SIZE, worked, empty, EMPTY, "s"
        yield f"{key}: longest stop of the window after that", SIZE, stop, BEAT_MS / 1000, "a beat of its clock", "s"
    yield "window before its first page", SIZE, told[0][4], least, BARE
    for (*_, before, _), (key, *_, after, _) in itertools.pairwise(told):
        yield f"{key}: more than before", SIZE, after - before, least, BARE
    yield f"highest, all pages open (limit {LIMIT})", SIZE, told[-1][5], least, BARE
    yield f"at the end, all pages open (limit {LIMIT})", SIZE, told[-1][4], least, BARE
