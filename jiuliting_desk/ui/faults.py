"""Exceptions that nobody caught: logged without personal data, and told to the window."""

import logging
import re
import sys
import threading
import traceback
from datetime import datetime
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from jiuliting_desk import paths

log = logging.getLogger("jiuliting_desk")

_LONG_NUMBERS = re.compile(r"\d{7,}")
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


def scrubbed(text: str) -> str:
    """The text without names and numbers of people: runs of seven digits or more and of hanzi go."""
    return _HANZI.sub("□", _LONG_NUMBERS.sub("#", text))


def details(error: BaseException) -> str:
    """Type and places of an error, scrubbed: file, line and function of each frame, no source lines."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{type(error).__module__}.{type(error).__qualname__}: {scrubbed(str(error))[:300]}"]
    lines += [
        f"  {frame.filename.rpartition('jiuliting_desk')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]
    ]
    return "\n".join(lines)


def fault_code(error: BaseException) -> str:
    """A short number that is the same for the same fault at the same place."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{type(error).__name__}{frames[-1].name}{frames[-1].lineno}" if frames else type(error).__name__
    return f"F-{sum(ord(sign) * (at + 1) for at, sign in enumerate(place)) % 10000:04d}"


def start_log() -> None:
    """Write the log into the program's own folder, at most 2 MB of it."""
    from logging.handlers import RotatingFileHandler

    try:
        handler = RotatingFileHandler(paths.log_dir() / "desk.log", maxBytes=500_000, backupCount=3, encoding="utf-8")
    except OSError:
        # A log that cannot be written must not keep the desk from opening.
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)


class Faults(QObject):
    """Installed as ``sys.excepthook``; it is called in the thread that raised, so it only logs and emits."""

    raised = Signal(object)
    """The exception."""

    def install(self) -> None:
        """Catch what nobody catches, in this thread and in others."""
        sys.excepthook = self.on_exception
        threading.excepthook = lambda found: self.on_exception(
            found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback
        )

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log and tell."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("%s %s\n%s", fault_code(error), datetime.now().astimezone().isoformat("T", "seconds"), details(error))
        self.raised.emit(error)
