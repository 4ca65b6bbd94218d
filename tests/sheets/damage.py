"""Damaging workbooks on purpose: flipped bytes, cuts, spoilt zip parts, hostile XML, and the named bombs."""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

Mutation = Callable[[Random, bytes], bytes]

NASTY = (
    b'<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;">]>', b"<a>" * 3000, b"&#0;", b"&lol9;", b"\x00",
    b"]]>", b"<![CDATA[", b'r="XFD1048576"', b'r="A0"', b'r="ZZZZ9"', b'count="4000000000"', b'r="4000000000"',
    b't="zzz"',
    b'<mergeCell ref="A1:XFD1048576"/>', b"\xff\xfe", b'ss:Index="999999999"', b'colspan="99999999"', b"NaN", b"1e999",
    b'table:number-columns-repeated="999999999"', b'table:number-rows-repeated="1048576"', b"-1",
    b"99999999999999999999",
)  # fmt: skip


def flipped(dice: Random, data: bytes) -> bytes:
    """A few bytes changed anywhere."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 3, 10, 100))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut(dice: Random, data: bytes) -> bytes:
    """The end gone."""
    return data[: dice.randrange(1, len(data))]


def spliced(dice: Random, data: bytes) -> bytes:
    """A piece doubled, lost, zeroed or moved."""
    start = dice.randrange(len(data))
    end = min(len(data), start + dice.choice((1, 16, 512, 4096)))
    piece = dice.choice((b"", data[start:end] * 2, bytes(end - start)))
    return data[:start] + piece + data[end:]


def nasty(dice: Random, data: bytes) -> bytes:
    """A hostile piece put in or over."""
    start = dice.randrange(len(data))
    piece = dice.choice(NASTY)
    return data[:start] + piece + data[start + dice.choice((0, len(piece))) :]


def extreme(dice: Random, data: bytes) -> bytes:
    """A few two- or four-byte numbers at even places set to their ends: sizes, counts and places of records."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 5, 20))):
        number = dice.choice((b"\xff\xff", b"\x00\x00", b"\xff\x7f", b"\xff\xff\xff\x7f", b"\xff" * 4, b"\x01\x00"))
        start = dice.randrange(0, max(1, len(data) - 4), 2)
        changed[start : start + len(number)] = number
    return bytes(changed)


def within_part(dice: Random, data: bytes) -> bytes:
    """One part of a zipped workbook damaged, the zip itself sound; other files are flipped."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as before:
            parts = [(info.filename, before.read(info)) for info in before.infolist()]
    except zipfile.BadZipFile:
        return dice.choice((flipped, nasty))(dice, data)
    chosen = dice.randrange(len(parts))
    name, content = parts[chosen]
    if content:
        content = dice.choice((flipped, cut, spliced, nasty, _numbers_changed, _tags_lost))(dice, content)
    if dice.random() < 0.05:
        name = dice.choice((name.upper(), "../" + name, name + "x"))
    parts[chosen] = (name, content)
    if dice.random() < 0.1:
        parts.pop(dice.randrange(len(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part_name, part in parts:
            after.writestr(part_name, part)
    return out.getvalue()


def _numbers_changed(dice: Random, content: bytes) -> bytes:
    """Some numbers made huge, negative or nothing."""

    def changed(match: re.Match[bytes]) -> bytes:
        if dice.random() > 0.02:
            return match.group()
        return dice.choice((b"0", b"-1", b"", b"1048577", b"4294967296", b"1e308", b"99999999"))

    return re.sub(rb"\d+", changed, content)


def _tags_lost(dice: Random, content: bytes) -> bytes:
    """A tag in fifty gone."""
    return re.sub(rb"<[^>]*>", lambda match: b"" if dice.random() < 0.02 else match.group(), content)


MUTATIONS: tuple[Mutation, ...] = (flipped, cut, spliced, nasty, extreme, within_part, within_part, within_part)


def bombs(sound: bytes) -> dict[str, bytes]:
    """The named bombs, made of a sound .xlsx."""
    made = {
        "a cell at XFD1048576": _with_part(sound, "sheet1.xml", rb'<c r="[A-Z]+\d+"', b'<c r="XFD1048576"'),
        "row 4,000,000,000": _with_part(sound, "sheet1.xml", rb'<row r="\d+"', b'<row r="4000000000"'),
        "4 billion strings": _with_part(sound, "sharedStrings.xml", rb"<sst ", b'<sst count="4000000000" '),
        "entities": _with_part(
            sound, "sheet1.xml", rb"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><worksheet'
        ),
        "300,000 merges": _with_merges(sound, b'<mergeCell ref="A1:B2"/>' * 300_000),
        "depth": _with_part(sound, "sheet1.xml", rb"<sheetData>", b"<a>" * 200_000),
        "A1:XFD1048576 merged": _with_merges(sound, b'<mergeCell ref="A1:XFD1048576"/>'),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with zipfile.ZipFile(io.BytesIO(sound)) as before:
            for name in before.namelist():
                archive.writestr(name, before.read(name))
        with archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part:
            for _ in range(100):
                part.write(bytes(1_000_000))
    made["100 MB of nothing"] = out.getvalue()
    return made


def _with_merges(sound: bytes, merges: bytes) -> bytes:
    return _with_part(sound, "sheet1.xml", rb"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")


def _with_part(sound: bytes, ending: str, pattern: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        for name in names:
            content = before.read(name)
            if name.endswith(ending):
                content = re.sub(pattern, lambda _match: new, content, count=1)
            after.writestr(name, content)
        if not any(name.endswith(ending) for name in names):
            after.writestr(f"xl/{ending}", b"<" + new + b"/>")
    return out.getvalue()
