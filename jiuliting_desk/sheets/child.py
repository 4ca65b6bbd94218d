"""The reading process: takes one file's name, gives its cells, may be killed at any moment.

Imports are kept few and late, since every import of a workbook starts this anew.
"""

import json
import os
import sys
from typing import BinaryIO

from jiuliting_desk.sheets.book import SheetTrouble, TroubleKind
from jiuliting_desk.sheets.frames import DONE, PROGRESS, TROUBLE, send, send_sheet
from jiuliting_desk.sheets.limits import cap_this_process

FLAG = "--read-sheet"
"""The hidden word of the program's command line that leads here."""


def main() -> int:
    """Read the request (one JSON line on standard input), answer in frames on standard output."""
    request = json.loads(os.fdopen(0, "rb", closefd=False).readline())
    cap_this_process(memory_bytes=request["memory_bytes"], seconds=request["seconds"])
    with os.fdopen(os.dup(1), "wb") as out:
        # WORKAROUND openpyxl 3.1: it prints "0 is out of range" among what is sent; what is printed goes elsewhere.
        os.dup2(2, 1)
        answer(out, path=request["path"], password=request["password"])
    return 0


def answer(out: BinaryIO, *, path: str, password: str | None) -> None:
    """Write the frames for one file: sheets, then done; or one trouble."""
    from jiuliting_desk.sheets.opening import opened

    try:
        source = opened(path, password)
        for index, sheet in enumerate(source.sheets):
            send(out, PROGRESS, (index, source.count))
            send_sheet(out, sheet)
    except SheetTrouble as trouble:
        send(out, TROUBLE, _told(trouble))
    except MemoryError:
        send(out, TROUBLE, {"kind": TroubleKind.TOO_LARGE.value, "what": "memory"})
    except OSError as error:
        send(out, TROUBLE, {"kind": TroubleKind.UNREADABLE.value, "what": str(error.errno or "")})
    except BaseException as error:
        # WORKAROUND calamine 0.9: a panic of its Rust code arrives as a BaseException of pyo3.
        if type(error).__name__ != "PanicException":
            raise
        send(out, TROUBLE, {"kind": TroubleKind.DAMAGED.value, "what": "panic"})
    else:
        send(out, DONE, {"format": source.format, "encoding": source.encoding, "notes": source.notes})


def _told(trouble: SheetTrouble) -> dict[str, object]:
    return {
        "kind": trouble.kind.value,
        "what": trouble.what,
        "count": trouble.count,
        "limit": trouble.limit,
        "place": trouble.place,
    }


if __name__ == "__main__":
    sys.exit(main())
