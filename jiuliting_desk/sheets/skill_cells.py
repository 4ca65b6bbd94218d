"""Services that somebody does, with how well: 理发（熟练）、陪伴聊天（学着）."""

import re
from typing import Any

from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.word_lists import WordList

_LEVELS = {"学着": 1, "学着做": 1, "在学": 1, "初学": 1, "会": 2, "熟练": 3, "精通": 3, "擅长": 3}
_LEVEL = re.compile(r"(?P<name>[^、，,；;/\s（()）]+)\s*[（(]\s*(?P<level>" + "|".join(_LEVELS) + r")\s*[)）]")


def read_skills(cell: Cell, services: WordList) -> Any:
    """The names of the services in a cell; the levels that are told beside them as an extra, by name."""
    if type(cell) is not str:
        return services.read_whole(cell)
    levels = {
        name: _LEVELS[found["level"]]
        for found in _LEVEL.finditer(cell)
        if (name := services.named(found["name"])) is not None
    }
    if not levels:
        return services.read_whole(cell)
    read = services.read_whole(_LEVEL.sub(lambda found: found["name"], cell))
    flag = read if type(read) is Flagged else Flagged(read)
    return Flagged(flag.value, flag.codes, {**flag.extras, "skill_levels": tuple(levels.items())})
