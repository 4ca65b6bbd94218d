"""Reading a stranger's workbook in a process of its own, which memory, time and the person can end."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import jiuliting_desk
from jiuliting_desk.sheets.book import Book, Row, Sheet, SheetTrouble, TroubleKind
from jiuliting_desk.sheets.child import FLAG
from jiuliting_desk.sheets.frames import DONE, PROGRESS, ROWS, SHEET, TROUBLE, received, unpacked_sheet
from jiuliting_desk.sheets.limits import MEMORY_BYTES, SECONDS
from jiuliting_desk.sheets.precheck import FILE_BYTES

POLL_SECONDS = 0.05
_SHARING_VIOLATIONS = frozenset({32, 33})
"""Windows: another program has the file open or locked (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION)."""


def read_workbook(
    path: str | os.PathLike[str],
    *,
    password: str | None = None,
    progress: Callable[[int, int], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
    seconds: int = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Book:
    """All sheets of a workbook or text table, told by its content and not by its name.

    ``progress(done, total)`` in sheets is called about twenty times a second from this thread; what it raises
    passes through, after the reading process was ended. Raises SheetTrouble for every file that cannot be read.
    """
    begun = begin_reading(path, password=password, seconds=seconds, memory_bytes=memory_bytes)
    return begun.finished(progress, cancelled)


def begin_reading(
    path: str | os.PathLike[str],
    *,
    password: str | None = None,
    seconds: int = SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> "Reading":
    """A workbook that is being read beside this process, which has other things to do meanwhile.

    Whoever begins it finishes or ends it. Raises SheetTrouble where there is nothing to read.
    """
    file = Path(path)
    _check_file(file)
    return Reading(file, password, seconds, memory_bytes)


def _check_file(file: Path) -> None:
    name = file.name
    if name.startswith("~$"):
        raise SheetTrouble(kind=TroubleKind.LOCK_FILE, file_name=name)
    try:
        size = file.stat().st_size
        if file.is_dir():
            raise SheetTrouble(kind=TroubleKind.FOLDER, file_name=name)
        with file.open("rb"):
            pass
    except FileNotFoundError as error:
        raise SheetTrouble(kind=TroubleKind.MISSING, file_name=name) from error
    except PermissionError as error:
        raise SheetTrouble(kind=TroubleKind.HELD, file_name=name) from error
    except OSError as error:
        held = getattr(error, "winerror", 0) in _SHARING_VIOLATIONS
        kind = TroubleKind.HELD if held else TroubleKind.UNREADABLE
        raise SheetTrouble(kind=kind, file_name=name, what=str(error.errno or "")) from error
    if size == 0:
        raise SheetTrouble(kind=TroubleKind.EMPTY_FILE, file_name=name)
    if size > FILE_BYTES:
        raise SheetTrouble(kind=TroubleKind.TOO_LARGE, file_name=name, what="file", count=size, limit=FILE_BYTES)


class Reading:
    """One reading process and what has come from it so far."""

    def __init__(self, file: Path, password: str | None, seconds: int, memory_bytes: int) -> None:
        self._file = file
        self._seconds = seconds
        self._sheets: list[Sheet] = []
        self._frames: queue.SimpleQueue[tuple[bytes, Any] | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        request = {
            "path": str(file.absolute()),
            "password": password,
            "seconds": seconds,
            "memory_bytes": memory_bytes,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._listener = threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True)
        self._listener.start()
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            # It ended before it could be asked: the end of its output says so below.
            return

    def finished(
        self,
        progress: Callable[[int, int], object] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Book:
        """The book, once it is there; the process is gone afterwards. Raises SheetTrouble where it cannot be read."""
        deadline = time.monotonic() + self._seconds
        done, total = 0, 1
        rows: list[Row] = []
        try:
            while True:
                if cancelled is not None and cancelled():
                    raise SheetTrouble(kind=TroubleKind.CANCELLED, file_name=self._file.name)
                if progress is not None:
                    progress(done, total)
                try:
                    frame = self._frames.get(timeout=POLL_SECONDS)
                except queue.Empty:
                    if time.monotonic() > deadline:
                        raise self._trouble({"kind": TroubleKind.TOO_SLOW, "limit": self._seconds}) from None
                    continue
                if frame is None:
                    raise self._trouble(self._death())
                kind, value = frame
                if kind == PROGRESS:
                    done, total = value
                elif kind == ROWS:
                    rows += value
                elif kind == SHEET:
                    self._sheets.append(unpacked_sheet(value, rows))
                    rows = []
                elif kind == TROUBLE:
                    raise self._trouble(value)
                elif kind == DONE:
                    return self._book(value)
        finally:
            self.end()

    def _book(self, told: dict[str, Any]) -> Book:
        if not any(sheet.rows for sheet in self._sheets):
            raise self._trouble({"kind": TroubleKind.NOTHING_READABLE})
        return Book(
            file_name=self._file.name,
            format=told["format"],
            sheets=tuple(self._sheets),
            encoding=told["encoding"],
            notes=tuple(told["notes"]),
        )

    def _death(self) -> dict[str, Any]:
        code = self._process.wait()
        if sys.platform != "win32":
            import signal

            if code in {-signal.SIGXCPU, -signal.SIGKILL}:
                return {"kind": TroubleKind.TOO_SLOW, "limit": self._seconds}
            if code == -signal.SIGABRT:
                # What calamine ends in when it asks for more memory than there may be.
                return {"kind": TroubleKind.TOO_LARGE, "what": "memory"}
        return {"kind": TroubleKind.READER_DIED, "what": str(code)}

    def _trouble(self, told: dict[str, Any]) -> SheetTrouble:
        return SheetTrouble(**{**told, "kind": TroubleKind(told["kind"])}, file_name=self._file.name)

    def _listen(self, stream: IO[bytes]) -> None:
        try:
            while (frame := received(stream)) is not None:
                self._frames.put(frame)
        except (ValueError, EOFError, TypeError):
            # A frame cut short by the death of its writer: told as the end below.
            return
        finally:
            self._frames.put(None)

    def end(self) -> None:
        """Let the process go, whatever it was doing."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-X", "utf8", "-m", "jiuliting_desk.sheets.child"]


def _environment() -> dict[str, str]:
    """The same environment, in which our own package is found first."""
    home = str(Path(jiuliting_desk.__file__).resolve().parent.parent)
    others = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (home, others)))}
