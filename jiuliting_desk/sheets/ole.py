"""OLE files: old workbooks, encrypted workbooks, and the rows that old workbooks hide."""

import io
import struct
from xml.parsers.expat import ExpatError

from jiuliting_desk.sheets.book import SheetTrouble, TroubleKind
from jiuliting_desk.sheets.unseen import Unseen

_FILEPASS = 0x002F
_BOUNDSHEET = 0x0085
_BOF = 0x0809
_ROW = 0x0208
_COLINFO = 0x007D
_EOF = 0x000A
_DATE1904 = 0x0022
_ROW_HIDDEN = 0x20


def unlocked(data: bytes, password: str | None) -> tuple[bytes, str]:
    """The workbook inside an OLE file without its password, and zip or xls.

    Raises SheetTrouble: PASSWORD_NEEDED, PASSWORD_WRONG, CIPHER_UNKNOWN, or NOT_A_SPREADSHEET.
    """
    streams = _streams(data)
    if "encryptedpackage" in streams:
        return _decrypted(data, password), "zip"
    if "workbook" in streams or "book" in streams:
        if _has_password(_workbook_stream(data)):
            return _decrypted(data, password), "xls"
        return data, "xls"
    what = "word" if "worddocument" in streams else "slides" if "powerpoint document" in streams else "binary"
    raise SheetTrouble(kind=TroubleKind.NOT_A_SPREADSHEET, what=what)


def _streams(data: bytes) -> set[str]:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return {entry[-1].lower() for entry in ole.listdir()}
    except (OSError, ValueError, IndexError, struct.error, RecursionError, AttributeError, TypeError) as error:
        raise SheetTrouble(kind=TroubleKind.DAMAGED, what="xls") from error


def _workbook_stream(data: bytes) -> bytes:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
                if ole.exists(name):
                    content: bytes = ole.openstream(name).read()
                    return content
    except (OSError, ValueError, IndexError, struct.error, RecursionError, AttributeError, TypeError) as error:
        raise SheetTrouble(kind=TroubleKind.DAMAGED, what="xls") from error
    return b""


def _has_password(stream: bytes) -> bool:
    """Whether a FILEPASS record stands among the first records ([MS-XLS] 2.4.117)."""
    place = 0
    for _ in range(20):
        if place + 4 > len(stream):
            return False
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _FILEPASS:
            return True
        if kind == _EOF:
            return False
        place += 4 + size
    return False


def _decrypted(data: bytes, password: str | None) -> bytes:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    # A protected workbook without a password of its own is encrypted with this one by Excel.
    for attempt in ("VelvetSweatshop",) if password is None else (password, "VelvetSweatshop"):
        plain = io.BytesIO()
        try:
            locked = msoffcrypto.OfficeFile(io.BytesIO(data))
            # An .xls checks the password itself; an .xlsx only when asked.
            locked.load_key(password=attempt, **({"verify_password": True} if locked.format == "ooxml" else {}))
            locked.decrypt(plain)
        except (InvalidKeyError, DecryptionError):
            continue
        except (FileFormatError, ParseError, NotImplementedError) as error:
            raise SheetTrouble(kind=TroubleKind.CIPHER_UNKNOWN) from error
        except (OSError, ValueError, LookupError, AttributeError, TypeError, struct.error, ExpatError) as error:
            raise SheetTrouble(kind=TroubleKind.DAMAGED, what="cipher") from error
        return plain.getvalue()
    wrong = TroubleKind.PASSWORD_NEEDED if password is None else TroubleKind.PASSWORD_WRONG
    raise SheetTrouble(kind=wrong)


def counts_from_1904(data: bytes) -> bool:
    """Whether an old workbook counts its days from 1904 (DATE1904 record, [MS-XLS] 2.4.77)."""
    stream = _workbook_stream(data)
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _EOF:
            return False
        if kind == _DATE1904:
            return stream[place + 4 : place + 5] == b"\x01"
        place += 4 + size
    return False


def unseen_in_xls(data: bytes) -> dict[str, Unseen]:
    """Hidden rows and columns by sheet name, from the ROW and COLINFO records ([MS-XLS] 2.4.221, 2.4.53)."""
    stream = _workbook_stream(data)
    names: dict[int, str] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    found: dict[str, Unseen] = {}
    place, sheet, depth = 0, -1, 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        body = place + 4
        if body + size > len(stream):
            break
        if kind == _BOUNDSHEET and size >= 8:
            names[struct.unpack_from("<I", stream, body)[0]] = _sheet_name(stream[body + 6 : body + size])
        elif kind == _BOF:
            if depth == 0 and place in names:
                sheet, rows, columns = place, set(), set()
            depth += 1
        elif kind == _EOF:
            depth = max(0, depth - 1)
            if depth == 0 and sheet in names:
                found[names[sheet]] = Unseen(rows=frozenset(rows), columns=frozenset(columns))
                sheet = -1
        elif sheet >= 0 and kind == _ROW and size >= 16:
            if stream[body + 12] & _ROW_HIDDEN:
                rows.add(struct.unpack_from("<H", stream, body)[0])
        elif sheet >= 0 and kind == _COLINFO and size >= 10:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", stream, body)
            if flags & 1:
                columns.update(range(first, min(last, 255) + 1))
        place = body + size
    return found


def _sheet_name(raw: bytes) -> str:
    """A short XL unicode string: length, flag of two-byte characters, characters."""
    length, wide = raw[0], raw[1] & 1
    return raw[2 : 2 + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")
