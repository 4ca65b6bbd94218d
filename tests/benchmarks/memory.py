"""Memory of the real window going through all its pages at 50,000 elders and 500,000 visits, beside a bare window."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.store import Store
from tests.benchmarks.visits import ELDERS, PROVIDERS, SIZE, TODAY, add_visits

UNIT = "MiB"
LIMIT = 350
"""MiB that the window may take at this size."""

MAKING = """
import sys
from pathlib import Path
from tests.benchmarks.memory import build
build(Path(sys.argv[1]))
"""

BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from tests.benchmarks.memory import told
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.resize(1366, 768)
window.show()
window.grab()
told("bare")
"""

OURS = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from jiuliting_desk.app import make_application
from jiuliting_desk.store import Store
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.dialogs import Dialogs
from jiuliting_desk.ui.main_window import MainWindow
from jiuliting_desk.ui.pages import PAGES
from jiuliting_desk.ui.remembered import Remembered
from jiuliting_desk.ui.session import Session
from tests.benchmarks.memory import told

now = datetime(2026, 3, 18, 9, 0, tzinfo=timezone.utc)
path = Path(sys.argv[1])
application = make_application(["memory"])
theme.apply(application, theme.Look())
store = Store.open(path, who="x", now=lambda: now)
memory = Remembered(path.with_name("window.json"))
session = Session(store, dialogs=Dialogs(application), remembered=memory, now=lambda: now)
window = MainWindow(session)
window.resize(1366, 768)
window.show()
for spec in PAGES:
    if spec.in_rail:
        session.goto(spec.key)
        while True:
            loop = QEventLoop()
            QTimer.singleShot(400, loop.quit)
            loop.exec()
            if not session.jobs.running:
                break
        window.grab()
        told(spec.key)
session.close()
"""


def told(name: str) -> None:
    """Print what this process has taken at its highest and takes now, in MiB."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
    peak, now = (int(status[key].split()[0]) // 1024 for key in ("VmHWM", "VmRSS"))
    print(name, peak, now, flush=True)


def build(path: Path) -> None:
    """Write the file; in a process of its own, whose memory is not counted."""
    store = Store.open(path)
    with store.operation("demo"):
        fill_with_demo(store, elders=ELDERS, volunteers=PROVIDERS, visits=0, seed=1, today=TODAY)
    with store.operation("visits"):
        add_visits(store)
    store.close()


def run() -> Iterator[tuple[str, str, float, float, str]]:
    """The highest after each page, all pages staying open, and what is taken at the end."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}

    def lines(script: str, *words: str) -> list[tuple[str, int, int]]:
        done = subprocess.run(
            [sys.executable, "-c", script, *words], env=environment, check=True, capture_output=True, text=True
        )
        found = [line.split() for line in done.stdout.splitlines() if len(line.split()) == 3]
        return [(name, int(peak), int(now)) for name, peak, now in found]

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.db"
        subprocess.run([sys.executable, "-c", MAKING, str(path)], env=environment, check=True)
        ((_, bare, _),) = lines(BARE)
        told_of = lines(OURS, str(path))
    for name, peak, _ in told_of:
        yield f"highest, pages up to {name}", SIZE, peak, bare, "a bare PySide6 window"
    yield f"at the end, all pages open (limit {LIMIT})", SIZE, told_of[-1][2], bare, "a bare PySide6 window"
