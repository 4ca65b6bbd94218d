"""Pictures for reviewers: ``python -m tests.ui.pictures OUT [--page KEY] [--size 1366x768] [--dark] [--text xlarge]``.

Without ``--page`` the kit and every page. The people in them are invented.
"""

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

TEXTS = {"small": 93, "standard": 100, "large": 113, "xlarge": 127}
NOW = datetime(2026, 3, 18, 10, 24, tzinfo=UTC)


def main(words: list[str]) -> int:
    """Write the pictures asked for; give the exit code."""
    parser = argparse.ArgumentParser(prog="tests.ui.pictures")
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", action="append", default=[])
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--text", choices=TEXTS, default="standard")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--elders", type=int, default=86)
    asked = parser.parse_args(words)
    # Both are read when the application is made.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = asked.scale
    asked.out.mkdir(parents=True, exist_ok=True)
    suffix = "".join(
        [
            "_dark" if asked.dark else "",
            f"_{asked.text}" if asked.text != "standard" else "",
            f"_{asked.scale}x" if asked.scale != "1" else "",
        ]
    )
    _take(asked, suffix)
    return 0


def _take(asked: argparse.Namespace, suffix: str) -> None:
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QWidget

    from jiuliting_desk.actions.demo import fill_with_demo
    from jiuliting_desk.app import make_application
    from jiuliting_desk.store import Store
    from jiuliting_desk.ui import theme
    from jiuliting_desk.ui.dialogs import Dialogs
    from jiuliting_desk.ui.jobs import Jobs
    from jiuliting_desk.ui.main_window import MainWindow
    from jiuliting_desk.ui.pages import PAGES
    from jiuliting_desk.ui.remembered import Remembered
    from jiuliting_desk.ui.session import Session
    from jiuliting_desk.ui.tokens import TextSize
    from tests.ui.kit import kit

    app = make_application(["pictures"])
    theme.apply(app, theme.Look(text=TextSize(TEXTS[asked.text]), dark=asked.dark))

    def save(widget: QWidget, name: str, jobs: Jobs | None = None) -> None:
        # Once more after the last job: what it brought is laid out then.
        was_settled = is_settled = False
        while not (was_settled and is_settled):
            loop = QEventLoop()
            QTimer.singleShot(250, loop.quit)
            loop.exec()
            was_settled, is_settled = is_settled, jobs is None or not jobs.running
        file = asked.out / f"{name}{suffix}.png"
        widget.grab().save(str(file))
        print(file)

    pages = asked.page or ["kit", *(spec.key for spec in PAGES)]
    if "kit" in pages:
        shown = kit()
        shown.show()
        save(shown, "kit")
        shown.close()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "case.db", who="邵雯", now=lambda: NOW)
        with store.operation("fill_with_demo"):
            fill_with_demo(store, elders=asked.elders, volunteers=30, visits=400, seed=7, today=NOW.date())
        session = Session(
            store, dialogs=Dialogs(app), remembered=Remembered(Path(folder) / "window.json"), now=lambda: NOW
        )
        window = MainWindow(session)
        window.resize(*map(int, asked.size.split("x")))
        for key in pages:
            if key != "kit":
                session.goto(key)
                window.show()
                save(window, key, session.jobs)
        window.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
