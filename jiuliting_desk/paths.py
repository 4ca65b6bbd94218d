"""Where the program's own files and the office's files lie."""

import sys
from pathlib import Path

import platformdirs

APP_NAME = "jiuliting-desk"


def resources_dir() -> Path:
    """The folder of fonts, icons, help and texts: beside the package in a checkout and in the frozen
    program, inside it in an installed wheel."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [package / "resources", package.parent / "resources"]
    if frozen is not None:
        candidates.insert(0, Path(frozen) / "resources")
    return next((path for path in candidates if path.is_dir()), candidates[-1])


def resource(*parts: str) -> Path:
    """The path of one resource, e.g. ``resource("fonts", "NotoSansSC-Regular.ttf")``."""
    return resources_dir().joinpath(*parts)


def data_dir() -> Path:
    """The folder of the office's data file, made if it is not there."""
    path = Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))
    path.mkdir(parents=True, exist_ok=True)
    return path


def default_case_file() -> Path:
    """The data file that is opened when none is named: the one chosen last, or case.db in the program's own folder."""
    try:
        chosen = _place_note().read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        chosen = ""
    return Path(chosen) if chosen else data_dir() / "case.db"


def remember_case_file(path: Path) -> None:
    """Let this data file be the one that is opened when none is named. Raises OSError."""
    _place_note().write_text(str(path), encoding="utf-8")


def _place_note() -> Path:
    return data_dir() / "opened.txt"


def log_dir() -> Path:
    """The folder of the log files, made if it is not there."""
    path = Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))
    path.mkdir(parents=True, exist_ok=True)
    return path
