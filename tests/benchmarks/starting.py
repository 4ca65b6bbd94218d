"""From the start of the process to the first painted page, beside a bare PySide6 window."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        application.exit(0)
application = QApplication([])
window = Window()
window.setCentralWidget(QLabel("bare"))
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from jiuliting_desk import app
from jiuliting_desk.ui.main_window import MainWindow
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, app.QApplication.instance().quit)
        return False
watch = []
def shown(self, real=MainWindow.show_first_page):
    real(self)
    watch.append(Watch())
    self.current_page().installEventFilter(watch[0])
MainWindow.show_first_page = shown
sys.exit(app.run(Path(sys.argv[1])))
"""


def run() -> Iterator[tuple[str, str, float, float, str]]:
    """One row: the best of seven starts of each."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.db"
        cache = {"PYTHONPYCACHEPREFIX": str(Path(folder) / "cache"), "PYTHONDONTWRITEBYTECODE": ""}
        environment = os.environ | cache | {"QT_QPA_PLATFORM": "offscreen"}

        def seconds(script: str) -> float:
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", script, str(case)], env=environment, check=True, capture_output=True)
            return time.perf_counter() - began

        seconds(OURS)
        seconds(BARE)
        starts = [(seconds(OURS), seconds(BARE)) for _ in range(7)]
    ours, bare = (min(column) for column in zip(*starts, strict=True))
    yield ("start to the first painted page", "empty file", ours, bare, "a bare PySide6 window")
