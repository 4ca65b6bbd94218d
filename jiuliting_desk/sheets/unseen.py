"""What calamine does not tell of a sheet: hidden rows and columns, and merges in some formats."""

import io
import posixpath
import zipfile
from dataclasses import dataclass

from jiuliting_desk.sheets.book import Area
from jiuliting_desk.sheets.precheck import Parts, unpacked_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Of one sheet; all counts from 0."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    """Empty where calamine tells them."""


NOTHING_UNSEEN = Unseen()


def hidden_by_sheet(data: bytes, parts: Parts) -> dict[str, Unseen]:
    """By sheet name, for the sheets of an .xlsx that hide something."""
    if not any(parts.hidden_rows.values()) and not any(parts.hidden_columns.values()):
        return {}
    by_part = {
        name.lower(): Unseen(rows=rows, columns=parts.hidden_columns.get(name, frozenset()))
        for name, rows in parts.hidden_rows.items()
    }
    return {name: by_part[part.lower()] for name, part in _sheet_parts(data).items() if part.lower() in by_part}


def _sheet_parts(data: bytes) -> dict[str, str]:
    """Sheet names with the paths of their parts, by the workbook's relations."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = {info.filename.lower(): info for info in archive.infolist()}
        workbook = infos.get("xl/workbook.xml")
        relations = infos.get("xl/_rels/workbook.xml.rels")
        if workbook is None or relations is None:
            return {}
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        book = etree.fromstring(unpacked_part(archive, workbook), parser)
        links = etree.fromstring(unpacked_part(archive, relations), parser)
    if book is None or links is None:
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iter("{*}sheet"):
        identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets.get(identity, "")
        found[sheet.get("name", "")] = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
    return found
