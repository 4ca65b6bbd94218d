"""How long the window keeps a person waiting while 10,000 rows come in, beside a bare window with a counting thread.

The window's own event loop is asked every few milliseconds to answer; what is told is the longest time between two
answers. The floor is the longest such time of an empty window while a thread of plain Python keeps the interpreter
busy: what no program of this kind can do better.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import importing

BEAT_MS = 2
FLOOR_SECONDS = 3.0

GOAL = 0.05
"""Seconds within which the window is to answer."""

STEPS = ("read", "look", "write", "after")
WORK = ", its own work"
"""Behind a step: the longest turn by the processor's time of the window's own thread, which other programs and
threads do not lengthen."""


class Heart:
    """Beats in the event loop and keeps the longest pause of each step."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.longest: dict[str, float] = {}
        self.step = ""
        self._last = time.perf_counter()
        self._last_worked = time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        for name, spent in ((self.step, now - self._last), (self.step + WORK, worked - self._last_worked)):
            self.longest[name] = max(self.longest.get(name, 0.0), spent)
        self._last, self._last_worked = now, worked


def bare() -> dict[str, float]:
    """The longest pauses of an empty window beside a thread that counts; run in a process of its own."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(["bare"])
    window = QMainWindow()
    window.show()
    heart = Heart()
    end = time.perf_counter() + FLOOR_SECONDS

    def count() -> None:
        total = 0
        while time.perf_counter() < end:
            total += 1

    threading.Thread(target=count, daemon=True).start()
    QTimer.singleShot(int(FLOOR_SECONDS * 1000), application.quit)
    application.exec()
    return heart.longest


def importing_window(case: str, sheet: str) -> dict[str, float]:
    """The longest pauses of each step of an import in the real window; run in a process of its own."""
    from PySide6.QtCore import QTimer

    from jiuliting_desk import app
    from jiuliting_desk.ui import theme
    from jiuliting_desk.ui.dialogs import Dialogs
    from jiuliting_desk.ui.pages.importing.foot import PREVIEW, RESULT
    from jiuliting_desk.ui.pages.importing.page import ImportPage

    application = app.make_application()
    theme.apply(application, theme.Look())
    desk = app.Desk(application, Dialogs(application))
    desk.open(Path(case))
    window: Any = desk.window
    window.resize(1366, 768)
    window.session.goto("importing")
    page: Any = window.pages["importing"]
    assert isinstance(page, ImportPage)
    heart = Heart()
    heart.step = "open"

    def is_still() -> bool:
        return not page.intake.is_working and not page.session.is_lent and page.turns.is_idle

    def advance() -> None:
        if heart.step == "open":
            heart.step = "read"
            page.intake.take([Path(sheet)])
        elif heart.step == "read" and page.step == PREVIEW and is_still():
            heart.step = "look"
            page.preview.go_to_next_problem()
        elif heart.step == "look":
            heart.step = "write"
            page.go_on()
            page.go_on()
        elif heart.step == "write" and page.step == RESULT and is_still():
            heart.step = "after"
        elif heart.step == "after":
            application.quit()

    clock = QTimer()
    clock.setInterval(400)
    clock.timeout.connect(advance)
    clock.start()
    application.exec()
    return heart.longest


def _in_a_process(call: str, *words: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", f"import json, sys; from tests.benchmarks import answering as a; "
         f"told = a.{call}(*sys.argv[1:]); print(json.dumps(told), flush=True); import os; os._exit(0)", *words],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def run() -> Iterator[tuple[str, str, float, float, str]]:
    """The longest pause while a workbook is read and planned, looked at, written, and afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        case, sheet = importing.known_and_sheet(place)
        floor = _in_a_process("bare")[""]
        told = _in_a_process("importing_window", str(case), str(sheet))
    size = f"{importing.ROWS} rows, {importing.ROWS} known"
    for step in STEPS:
        what = f"import: longest pause of the window, {step}"
        yield what, size, told.get(step, 0.0), floor, "a bare window beside a counting thread"
        yield f"import: longest turn of the window, {step}", size, told.get(step + WORK, 0.0), GOAL, "the goal, 50 ms"
