"""Start to the first painted page, against a bare PySide6 window; both as whole processes."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
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
from jiuliting_desk import app
open_desk = app.Desk.open
def opened(desk, case_file):
    open_desk(desk, case_file)
    desk.painted = Painted()
    desk.window.current_page().installEventFilter(desk.painted)
app.Desk.open = opened
app.run(Path(sys.argv[1]))
"""
)


def _seconds(code: str, *words: str, compiled: Path) -> float:
    """From the start of the process to the first paint; modules are compiled, as where it is installed."""
    own = {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONPYCACHEPREFIX": str(compiled),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | own,
    )
    return float(done.stdout) - begun


def run() -> list[tuple[str, str, float, float, str]]:
    """Medians of nine paired starts after one that warms the disk's cache and compiles."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.db"
        store = Store.open(case)
        with store.operation("demo"):
            fill_with_demo(store, elders=2000, volunteers=200, visits=3000, seed=1, today=store.now().date())
        store.close()
        compiled = Path(folder) / "compiled"
        pairs = [(_seconds(OURS, str(case), compiled=compiled), _seconds(BARE, compiled=compiled)) for _ in range(10)]
    ours, bare = (statistics.median(times) for times in zip(*pairs[1:], strict=True))
    return [("start to first painted page", "2000 elders, 3000 visits", ours, bare, "bare PySide6 window")]
