"""Start to the first painted page, against a bare PySide6 window; both as whole processes."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.store import Store

PAINTED = """
import time
from PySide6.QtCore import QEvent, QObject, QTimer
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, tell)
        return False
def tell():
    print(time.time(), flush=True)
    import os
    os._exit(0)
"""

BARE = (
    PAINTED
    + """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
label = QLabel("jiuliting")
window.setCentralWidget(label)
painted = Painted()
label.installEventFilter(painted)
window.resize(1280, 760)
window.show()
app.exec()
"""
)

OURS = (
    PAINTED
    + """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from jiuliting_desk import app
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.dialogs import Dialogs
application = app.make_application()
theme.apply(application, theme.Look())
desk = app.Desk(application, Dialogs(application))
painted = Painted()
def opened():
    desk.open(Path(sys.argv[1]))
    desk.window.current_page().installEventFilter(painted)
QTimer.singleShot(0, opened)
application.exec()
"""
)


def _seconds(code: str, *words: str) -> float:
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return float(done.stdout) - begun


def run() -> list[tuple[str, str, float, float, str]]:
    """Medians of nine paired starts after one that warms the disk's cache."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.db"
        store = Store.open(case)
        with store.operation("demo"):
            fill_with_demo(store, elders=2000, volunteers=200, visits=0, seed=1, today=date(2026, 3, 18))
        store.close()
        pairs = [(_seconds(OURS, str(case)), _seconds(BARE)) for _ in range(10)][1:]
    ours, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    return [("start to first painted page", "2000 elders", ours, bare, "bare PySide6 window")]
