"""Writing a finished document: beside its place, then into it, so that a half-written one is never there."""

import os
import tempfile
from pathlib import Path


def save_document(data: bytes, path: Path) -> Path:
    """Write the document and give its path. An older file of this name stays whole until the new one is complete.
    Raises OSError (no such folder, full, held open by another program); nothing is left behind then."""
    handle, beside_name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
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
