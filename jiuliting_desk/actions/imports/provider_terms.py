"""On what terms a volunteer or an enterprise of a sheet goes: how many homes together, how far, where."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from jiuliting_desk.actions.imports.snapshot import Places
from jiuliting_desk.model.imports import Note, Remark
from jiuliting_desk.model.known import Place
from jiuliting_desk.sheets.conditions import homes_in, metres_in

_SEVERAL = re.compile(r"[、,，;；/\s]+|(?<=[区会委社])[和及与]")
_ANYWHERE = re.compile(
    r"^(?:不限|全(?:街道|镇|部|区域)|整个街道|都可以?|都行|均可|哪里都(?:行|去|可以)|各(?:居委|社区|居民区))$"
)
_COMMITTEE = re.compile(r"^[\u4e00-\u9fff\d]{2,}(?:居民区|居委会?|村委会?|社区)$")


class Terms(NamedTuple):
    """What a row tells of how somebody goes."""

    homes_at_once: int
    max_metres: int | None
    areas: tuple[Place, ...]
    kept: tuple[str, ...]
    """Words for the notes: what could not be taken."""
    notes: tuple[Note, ...]
    """What was understood of free words, to be told."""


def terms_of(fields: Mapping[str, Any], places: Places, *, is_enterprise: bool) -> Terms:
    """The terms that a row tells in columns of their own, or in words among its notes and times.

    Only enterprises come for several homes together; of a volunteer that stays a note.
    """
    words = "；".join(str(fields.get(name)) for name in ("notes", "available_times") if fields.get(name))
    notes: tuple[Note, ...] = ()
    kept: tuple[str, ...] = ()
    homes, metres = fields.get("homes_at_once") or 0, fields.get("max_metres")
    if homes and not is_enterprise:
        homes, kept = 0, (f"要几户一起：{homes}",)
    elif is_enterprise and (spoken := homes_in(words)) is not None and spoken.value != homes:
        notes = (Note(Remark.CONTRADICTED if homes else Remark.UNDERSTOOD, "homes_at_once", spoken.words),)
        homes = homes or spoken.value
    if (spoken := metres_in(words)) is not None and spoken.value != metres:
        remark = Remark.UNDERSTOOD if metres is None else Remark.CONTRADICTED
        notes = (*notes, Note(remark, "max_metres", spoken.words))
        metres = spoken.value if metres is None else metres
    areas, left = _areas(fields.get("area") or "", places)
    return Terms(homes, metres, areas, (*kept, *((f"愿意去：{left}",) if left else ())), notes)


def _areas(text: str, places: Places) -> tuple[tuple[Place, ...], str]:
    """The committees that a cell names, and the cell where it names something else too."""
    if not text or _ANYWHERE.match(text.strip()):
        return (), ""
    words = [word for word in _SEVERAL.split(text.strip()) if word]
    told = [places.known_committee(word) or (word if _COMMITTEE.match(word) else None) for word in words]
    if None in told:
        return (), text
    return tuple(dict.fromkeys(places.committee(word) for word in words)), ""
