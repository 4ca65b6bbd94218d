"""What the window remembers for next time, as a small JSON file beside the data; nothing of the office."""

import json
import os
from pathlib import Path
from typing import Any


class Remembered:
    """Keys and plain values. A file that cannot be read counts as empty; one that cannot be written is let be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._values: dict[str, Any] = {}
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        if isinstance(found, dict):
            self._values = found

    def get(self, key: str, default: Any = None) -> Any:
        """The value kept under a key."""
        return self._values.get(key, default)

    def keep(self, key: str, value: Any) -> bool:
        """Keep a value that JSON can hold; gives whether it is on the disk."""
        if self._values.get(key) == value:
            return True
        self._values[key] = value
        beside = self.path.with_suffix(".part")
        try:
            beside.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(beside, self.path)
        except OSError:
            # Widths and the like are worth no message; they hold until the window closes.
            return False
        return True


def beside(case_file: Path) -> Remembered:
    """What is remembered for a data file."""
    return Remembered(case_file.with_name(case_file.name + ".window.json"))
