"""Which column holds which field: by what was learned, by header words, by content, by neighbours."""

import re
from collections.abc import Mapping

from jiuliting_desk.sheets.cell_words import SEXES
from jiuliting_desk.sheets.content import Holds, Known, looked_at
from jiuliting_desk.sheets.grid import Grid, is_month_word
from jiuliting_desk.sheets.half_days import names_half_days
from jiuliting_desk.sheets.headers import Meaning, header_text, meaning, role_of
from jiuliting_desk.sheets.layout import Frame
from jiuliting_desk.sheets.questions import answered, asked_about
from jiuliting_desk.sheets.tables import ColumnMatch
from jiuliting_desk.sheets.values import RATINGS
from jiuliting_desk.sheets.word_lists import WordList
from jiuliting_desk.sheets.words import CALLERS

ONCE = frozenset(
    {"name", "sex", "birth", "age", "id_number", "compound", "building", "unit", "room", "committee", "month", "alone",
     "living", "address", "enterprise", "certificate", "number", "code", "year", "day", "date"}
)  # fmt: skip
"""Fields of which a table has one column; a second one is not imported unless its content says otherwise."""

FITS: dict[str, frozenset[str]] = {
    "phones": frozenset({"phone", "phone_like", "phone_with_text"}),
    "emergency_phone": frozenset({"phone", "phone_like", "phone_with_text"}),
    "contact_phone": frozenset({"phone", "phone_like", "phone_with_text"}),
    "id_number": frozenset({"id", "phone_like"}),
    "sex": frozenset({"sex"}),
    "birth": frozenset({"date", "year", "small", "month", "room_like"}),
    "age": frozenset({"age", "small"}),
    "name": frozenset({"name", "short_word", "long_text", "phone_with_text", "polite_name"}),
}
"""Looks that go with a field; a column of which hardly any cell fits is doubted."""

BY_CONTENT: tuple[tuple[str, str, float, float], ...] = (
    ("id", "id_number", 0.7, 0.9),
    ("phone", "phones", 0.7, 0.85),
    ("sex", "sex", 0.8, 0.9),
    ("address", "address", 0.7, 0.75),
    ("compound", "compound", 0.7, 0.8),
    ("committee", "committee", 0.7, 0.75),
    ("building", "building", 0.7, 0.7),
    ("room", "room", 0.7, 0.7),
    ("categories", "service", 0.7, 0.75),
    ("living", "living", 0.8, 0.6),
    ("tags", "tags", 0.7, 0.65),
    ("long_ago", "birth", 0.8, 0.5),
    ("name", "name", 0.75, 0.65),
    ("month", "month", 0.8, 0.7),
    ("age", "age", 0.9, 0.55),
)
"""Look, field, the share from which it decides, and how sure that is."""


_PARTS_OF_HOMES = frozenset({"building", "unit", "room"})

_OF_A_PERSON = ONCE - {"committee", "month", "number", "day", "date"} | {"phones"}
"""Fields that a person has whoever that is."""

_WITH_A_PHONE = frozenset({"emergency_contact", "emergency_relation", "contact_name"})

_FIELD_OF = {look: field for look, field, _, _ in BY_CONTENT}
_LOOK_OF = {field: look for look, field in _FIELD_OF.items()}
_PLAINLY = tuple(told for told in BY_CONTENT if told[0] in {"id", "phone", "sex", "address", "age"})
"""What a column holds though its header says otherwise."""

_SPREAD = frozenset({"service", "ability_service", "phones", "tags", "notes", "times", "certificate", "address"})
"""Fields whose group header counts for columns with unknown words below it."""


_CODE = re.compile(r"^[a-z0-9]{1,2}[.、)]?(?=[\u4e00-\u9fff])")
"""The letter or number of a service before its name: A陪伴聊天."""


_COUNT = re.compile(r"(?:服务)?(?:次数|人次|台数|户数|件数|数量|人数|时长|小时数)$")
"""What is counted of a service, behind its name: 理发人次."""


def matched_columns(
    grid: Grid,
    frame: Frame,
    rows: list[int],
    known: Known,
    learned: Mapping[str, str],
    hidden: frozenset[int] = frozenset(),
) -> tuple[list[ColumnMatch], dict[int, Holds]]:
    """A match for each column of a table, before its kind is known, and what each column holds.

    Of the ``hidden`` columns there is nothing but the header, and no other column is understood by them.
    """
    holds: dict[int, Holds] = {}
    matches: list[ColumnMatch] = []
    aside: list[ColumnMatch] = []
    for column in frame.columns:
        header = frame.levels.get(column, ())
        if column in hidden:
            if header or any(grid.rows[row][column] != "" for row in rows):
                aside.append(ColumnMatch(index=column, header=header, field="", confidence=1.0, why="hidden"))
            continue
        cells = [grid.rows[row][column] for row in rows]
        held = looked_at(cells, known)
        holds[column] = held
        if not header and not held.filled:
            continue
        matches.append(_matched(column, header, held, known, learned))
    matches = _beside_ticks(_told_apart(_named_whole(_dated(_of_others(matches))), holds), holds)
    matches = _completed_by_content(matches, holds)
    return (sorted([*matches, *aside], key=lambda match: match.index) if aside else matches), holds


def _matched(
    column: int,
    header: tuple[str, ...],
    held: Holds,
    known: Known,
    learned: Mapping[str, str],
) -> ColumnMatch:
    def match(field: str, confidence: float, why: str) -> ColumnMatch:
        return ColumnMatch(index=column, header=header, field=field, confidence=confidence, why=why)

    categories, tags = known.categories, known.tags
    title = "/".join(header)
    if title in learned:
        return match(learned[title], 1.0, "learned")
    if not header:
        return match("", 0.3, "nothing")
    leaf, group = header[-1], header[-2] if len(header) > 1 else ""
    said = header_text(leaf).base
    ticks = held.share("tick") + held.share("small")
    answer = answered(said, group, known) if not held.filled or ticks + held.share("room_like") >= 0.6 else None
    if answer is not None:
        return match("" if answer == "unused" else answer, 0.85, "words")
    category = (
        categories.named(said)
        or categories.named(_COUNT.sub("", said))
        or categories.named(_CODE.sub("", said))
        or categories.named(header_text(leaf).base + header_text(leaf).inside)
        or asked_about(said, categories)
        or _chosen_of(leaf, held, categories)
    )
    if category is not None and not said.isdigit():
        return match(f"need:{category}", 0.95, "words")
    if is_month_word(said) and held.share("date") < 0.5:
        return match("figure:", 0.85, "words")
    if _is_committee(said, known) and held.share("small") + held.share("room_like") + held.share("tick") > 0.5:
        return match("figure:", 0.85, "words")
    choice = _choice(leaf, group, held, known)
    if choice:
        return match(choice, 0.85, "words")
    found = meaning(leaf, group)
    if len(header) > 2 and not found.field:
        found = meaning(leaf, header[-3])
    tag = tags.named(_without_question(said))
    is_ticked = not held.filled or held.share("tick") + held.share("small") >= 0.6
    if tag is not None and found.field != "alone" and is_ticked:
        return match(f"tag:{tag}", 0.9, "words")
    if found.field == "alone" and said == "独居":
        return match("tag:独居" if group and meaning(group).field in {"tags", "living"} else "alone", 0.85, "words")
    group_field = next((field for text in reversed(header[:-1]) if (field := meaning(text).field)), "")
    if group_field in {"service", "ability_service"} and held.filled and ticks >= 0.6 and found.field != "quantity":
        within = categories.read(leaf)
        if type(within) is tuple and len(within) == 1:
            return match(f"need:{within[0]}", 0.8, "words")
        if found.field in {"", "service", "other_service", "notes"} and said not in {"其他", "其它", "合计"}:
            return match(f"need:{leaf.strip()}", 0.5, "neighbours")
    if group_field in {"service", "ability_service"} and said in {"其他", "其它"}:
        return match("other_service", 0.8, "words")
    if group_field == "tags" and ticks >= 0.6 and found.field in {"", "tags"} and held.filled:
        return match(f"tag:{leaf.strip()}", 0.55, "neighbours")
    if not found.field and names_half_days(said) and ticks + held.share("short_word") >= 0.6:
        return match("times", 0.8, "words")
    if not found.field and group_field in _SPREAD and _could_hold(group_field, held):
        # 服务需求 over 1, 2, 3 or 第一项, 第二项.
        found = Meaning(group_field, 0.7)
    if not found.field:
        within = categories.read(leaf)
        if type(within) is tuple and len(within) == 1 and ticks >= 0.6:
            return match(f"need:{within[0]}", 0.75, "words")
    return match(*_weighed(found, held, said))


def _could_hold(field: str, held: Holds) -> bool:
    """Whether hardly any cell of a column under a group speaks against the field of the group."""
    fits = FITS.get(field)
    return fits is None or not held.filled or sum(map(held.share, fits)) >= 0.4


def _chosen_of(leaf: str, held: Holds, categories: WordList) -> str | None:
    """The service of one answer of a question that each have a column: 您需要哪些服务？(理发) over 0 and 1."""
    said = header_text(leaf)
    if not said.inside or held.share("tick") + held.share("small") < 0.6:
        return None
    asked = meaning(said.base).field
    return categories.named(said.inside) if asked in {"", "service", "ability_service", "wishes"} else None


def _choice(leaf: str, group: str, held: Holds, known: Known) -> str:
    """One of several columns of which one is ticked: 满意度 over 非常满意, 满意 …; 性别 over 男, 女."""
    if not group or (held.filled and held.share("tick") + held.share("small") < 0.6):
        return ""
    field = meaning(group).field
    said = header_text(leaf).base
    if field == "rating":
        return f"rating:{RATINGS[said]}" if said in RATINGS else ""
    if field == "sex":
        return f"sex:{SEXES[said]}" if said in SEXES else ""
    if field == "living":
        living = known.livings.named(said)
        return f"living:{living}" if living else ""
    return ""


def _is_committee(text: str, known: Known) -> bool:
    return text in known.committees or (len(text) > 3 and text.endswith(("居民区", "居委会", "居委", "社区")))


def _without_question(text: str) -> str:
    for start in ("是否为", "是否", "有无", "是不是"):
        text = text.removeprefix(start)
    return text.removesuffix("否")


def _weighed(found: Meaning, held: Holds, said: str) -> tuple[str, float, str]:
    """A header's meaning against its column's content."""
    if not found.field:
        return "", 0.3, "nothing"
    if found.field == "unused":
        return "", 0.9, "words"
    if found.field == "area" and held.share("categories") >= 0.5:
        # 服务范围 over the names of services.
        return "service", 0.75, "content"
    if found.field == "enterprise" and held.share("measure") >= 0.7:
        return "", 0.9, "content"
    if found.confidence < 0.65 and found.field in {"alone", "tags"} and held.share("living") >= 0.8:
        return "living", 0.75, "content"
    if found.field == "emergency_phone" and held.share("phone_with_text") >= 0.5:
        # 女儿 王芳 and the number in one cell.
        return "emergency_contact+emergency_phone", 0.8, "content"
    if found.field in {"time", "times"} and held.share("date") >= 0.5:
        return "date", 0.8, "content"
    if (found.field == "tags" or said == "内容") and held.share("categories") >= 0.7 and held.share("tags") < 0.3:
        # 内容 and 类别 over the names of services.
        return "service", 0.75, "content"
    if found.field in _PARTS_OF_HOMES and held.share("address") >= 0.7:
        # 门洞, 楼号 over whole addresses.
        return "address", 0.8, "content"
    if found.field == "tags" and held.share("living") >= 0.8 and held.share("living") > held.share("tags"):
        return "living", 0.75, "content"
    if found.field == "birth" and held.share("age") >= 0.9:
        return "age", 0.6, "content"
    if found.field == "address" and held.filled >= 3 and held.share("address") < 0.3:
        for look in ("id", "phone"):
            if held.share(look) >= 0.9 and not held.share("phone_with_text"):
                return _FIELD_OF[look], 0.7, "content"
    fits = FITS.get(found.field)
    if fits is None or held.filled < 3:
        return found.field, found.confidence, "words"
    share = max((held.share(look) for look in fits), default=0.0)
    together = sum(held.share(look) for look in fits)
    if max(share, min(1.0, together)) >= 0.4:
        return found.field, found.confidence, "words"
    for look, field, least, confidence in _PLAINLY:
        if held.share(look) >= least and field != found.field:
            return field, confidence - 0.1, "content"
    if together > 0.0 or held.filled < 5:
        return found.field, min(found.confidence, 0.7), "words"
    return found.field, min(found.confidence, 0.5), "words"


_PHONE_WORD = re.compile(r"(?:的|联系|联络)?(?:电话|手机|方式|号码|手机号|电话号码|手机号码)$")


def _of_others(matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """The phone of somebody who has a column of an unknown word: 楼组长 and 楼组长电话, 责任医生 and 医生电话."""
    others = {header_text(m.header[-1]).base for m in matches if m.header and not m.field and m.why == "nothing"}
    for place, match in enumerate(matches):
        said = header_text(match.header[-1]).base if match.field == "phones" and match.header else ""
        whose = _PHONE_WORD.sub("", said)
        if (
            len(whose) >= 2
            and whose != said
            and role_of(whose) != "subject"
            and any(whose in other for other in others)
        ):
            matches[place] = _changed(match, "", 0.8)
    return matches


def _dated(matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """年, 月 and 日 side by side are the parts of one date."""
    names = [match.field for match in matches]
    for place in range(len(names) - 2):
        if names[place : place + 3] == ["year", "month", "day"]:
            for offset, part in enumerate(("date_year", "date_month", "date_day")):
                matches[place + offset] = _changed(matches[place + offset], part, 0.8)
    return matches


def _named_whole(matches: list[ColumnMatch]) -> list[ColumnMatch]:
    """姓 and 名 are the parts of a name where both are there and no whole one is; 名 alone is the name."""
    fields = {match.field for match in matches}
    if not fields & {"surname", "given_name"} or ({"surname", "given_name"} <= fields and "name" not in fields):
        return matches
    instead = {"surname": "", "given_name": "" if "name" in fields else "name"}
    return [_changed(match, instead[match.field], 0.7) if match.field in instead else match for match in matches]


def _beside_ticks(matches: list[ColumnMatch], holds: dict[int, Holds]) -> list[ColumnMatch]:
    """Ticked columns with unknown words beside those of known services are services too, to be asked about."""
    ticked = False
    for place, match in enumerate(matches):
        if match.field.startswith("need:"):
            ticked = True
            continue
        held = holds[match.index]
        if ticked and match.field in {"notes", ""} and header_text(match.title).base in {"其他", "其它"}:
            matches[place] = _changed(match, "other_service", 0.75)
        elif ticked and not match.field and match.why == "nothing" and match.header and held.share("tick") >= 0.6:
            matches[place] = _changed(match, f"need:{match.header[-1].strip()}", 0.5)
        else:
            ticked = False
    return matches


def _told_apart(matches: list[ColumnMatch], holds: dict[int, Holds]) -> list[ColumnMatch]:
    """Repeated words: the phone after a contact is the contact's; of two that can be one only the fuller stays."""
    told: list[ColumnMatch] = []
    others_groups: set[str] = set()
    has_own_phone = False
    phones = [m for m in matches if m.field == "phones"]
    previous = ""
    for match in matches:
        field = match.field
        rings = bool(match.header) and header_text(match.header[-1]).base.startswith("来电")
        group = match.header[-2] if len(match.header) > 1 else ""
        if field == "name" and group and any(m.field == "name" and group not in m.header for m in told):
            # 姓名 once more, under a group that is nobody's known: what stands beside it is said of the other too.
            others_groups.add(group)
        if field in _OF_A_PERSON and group in others_groups:
            match = _changed(match, "", 0.5)
        elif field == "phones" and previous in _WITH_A_PHONE and not rings:
            others = [m for m in phones if m is not match]
            if previous != "contact_name" or others or has_own_phone:
                match = _changed(match, "emergency_phone" if previous != "contact_name" else "contact_phone", 0.85)
            else:
                match = _changed(match, "contact_phone", 0.75)
        elif field in {"phones", "emergency_phone"}:
            has_own_phone = has_own_phone or field == "phones"
        elif field == "name" and any(m.field == "name" for m in told):
            first = next(i for i, m in enumerate(told) if m.field == "name")
            if _is_caller(told[first]) and not _is_caller(match):
                told[first] = _changed(told[first], "caller", 0.8)
            else:
                match = _changed(match, "caller" if _is_caller(match) else "", 0.5)
        elif field in ONCE and any(m.field == field for m in told):
            earlier = next(i for i, m in enumerate(told) if m.field == field)
            if _fits_better(field, holds[match.index], holds[told[earlier].index]):
                told[earlier] = _changed(told[earlier], "", 0.7)
            else:
                match = _changed(match, "", 0.5)
        if match.field not in {"unused", "", "sex", "age"} or field == "name":
            previous = match.field
        told.append(match)
    return told


def _is_caller(match: ColumnMatch) -> bool:
    """Whether a column has the names of whoever speaks for somebody else."""
    return bool(match.header) and header_text(match.header[-1]).base in CALLERS


def _fits_better(field: str, held: Holds, earlier: Holds) -> bool:
    """Whether a second column of a field that can be one has what the first has not."""
    if not earlier.filled:
        return bool(held.filled)
    look = _LOOK_OF.get(field)
    return look is not None and held.share(look) >= 0.7 and earlier.share(look) < 0.1


def _changed(match: ColumnMatch, field: str, confidence: float) -> ColumnMatch:
    return ColumnMatch(index=match.index, header=match.header, field=field, confidence=confidence, why="neighbours")


def _completed_by_content(matches: list[ColumnMatch], holds: dict[int, Holds]) -> list[ColumnMatch]:
    """Columns whose header says nothing, decided by what they hold."""
    taken = {part for match in matches for part in match.field.split("+")}
    completed = []
    for match in matches:
        if match.field or match.why in {"learned", "words", "neighbours"}:
            completed.append(match)
            continue
        held = holds[match.index]
        found = match
        if held.share("running") == 1.0 and match is matches[0] and held.filled >= 2:
            found = _by_content(match, "number", 0.8)
        elif held.filled >= 2:
            for look, field, least, confidence in BY_CONTENT:
                if held.share(look) < least or field in taken:
                    continue
                if field == "phones" and held.share("phone_with_text") > 0.5:
                    continue
                if field in {"birth", "name"} and match.header:
                    confidence -= 0.1
                found = _by_content(match, field, confidence)
                break
        taken.add(found.field)
        completed.append(found)
    return _named_by_shape(completed, holds, taken)


def _named_by_shape(matches: list[ColumnMatch], holds: dict[int, Holds], taken: set[str]) -> list[ColumnMatch]:
    """Without headers and without surnames that are known, the first column of short words beside phones has names."""
    if "name" in taken or not taken & {"phones", "id_number"} or any(match.header for match in matches):
        return matches
    for place, match in enumerate(matches):
        if not match.field and holds[match.index].filled >= 2 and holds[match.index].share("short_word") >= 0.8:
            return [*matches[:place], _by_content(match, "name", 0.5), *matches[place + 1 :]]
    return matches


def _by_content(match: ColumnMatch, field: str, confidence: float) -> ColumnMatch:
    return ColumnMatch(index=match.index, header=match.header, field=field, confidence=confidence, why="content")
