"""Writing a finished document: beside its place, then into it, so that a half-written one is never there."""

import os
import tempfile
from pathlib import Path

from jiuliting_desk.model.errors import OtherFile

SUFFIX = ".pdf"


def save_document(data: bytes, path: Path) -> Path:
    """Write the document and give its path. An older file of this name stays whole until the new one is complete.
    Raises OSError (no such folder, full, held open by another program), and OtherFile where it would replace what is
    no PDF by its name: the data file, say. Nothing is left behind then."""
    if path.exists() and path.suffix.lower() != SUFFIX:
        raise OtherFile(name=path.name, suffix=SUFFIX)
    try:
        handle, beside_name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    except OSError as error:
        # It names the file beside, which nobody has heard of.
        raise OSError(error.errno, error.strerror, str(path)) from error
    beside = Path(beside_name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return path
