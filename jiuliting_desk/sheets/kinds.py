"""What kind of list a table is: by its columns first, by its title, sheet and file name second."""

import re
from collections.abc import Iterable

from jiuliting_desk.sheets.content import Holds
from jiuliting_desk.sheets.headers import header_text, meaning
from jiuliting_desk.sheets.lists import OUTGOING_TITLES
from jiuliting_desk.sheets.tables import ColumnMatch, Kind
from jiuliting_desk.sheets.words import KIND_WORDS

_LIST_OF_VOLUNTEERS = re.compile(r"志愿者[\u4e00-\u9fff]{0,4}?(?:名册|花名册|名单|名录|招募|报名|注册|档案|一览|信息)")

_OF_TALLIES = frozenset({"service", "month", "year", "period", "date", "total", "people"})
_HOMES = frozenset({"户数", "楼栋数", "门洞数"})

_WEIGHTS: dict[str, dict[Kind, float]] = {
    "ability_service": {Kind.VOLUNTEERS: 2.0, Kind.ENTERPRISES: 1.0},
    "capacity_per_month": {Kind.VOLUNTEERS: 2.5, Kind.ENTERPRISES: 1.5},
    "hours_per_month": {Kind.VOLUNTEERS: 2.0},
    "dialect": {Kind.VOLUNTEERS: 2.0},
    "joined_on": {Kind.VOLUNTEERS: 1.5},
    "certificate": {Kind.VOLUNTEERS: 1.0, Kind.ENTERPRISES: 1.5},
    "certificate_expires": {Kind.VOLUNTEERS: 1.0, Kind.ENTERPRISES: 1.5},
    "enterprise": {Kind.VOLUNTEERS: 0.8, Kind.ENTERPRISES: 1.2},
    "charge": {Kind.ENTERPRISES: 1.0, Kind.PLACES: 0.5},
    "contact_name": {Kind.ENTERPRISES: 1.2, Kind.SURVEY: 0.2, Kind.PLACES: 0.5},
    "contact_phone": {Kind.ENTERPRISES: 0.8, Kind.SURVEY: 0.2, Kind.PLACES: 0.3},
    "id_number": {Kind.SURVEY: 1.0, Kind.VOLUNTEERS: 0.5},
    "alone": {Kind.SURVEY: 2.0},
    "living": {Kind.SURVEY: 2.0},
    "tags": {Kind.SURVEY: 1.2},
    "ability": {Kind.SURVEY: 1.5},
    "health": {Kind.SURVEY: 1.0},
    "age": {Kind.SURVEY: 0.8, Kind.VOLUNTEERS: 0.3},
    "birth": {Kind.SURVEY: 0.6, Kind.VOLUNTEERS: 0.3},
    "emergency_contact": {Kind.SURVEY: 2.0},
    "emergency_phone": {Kind.SURVEY: 1.5},
    "room": {Kind.SURVEY: 0.8},
    "building": {Kind.SURVEY: 0.6},
    "address": {Kind.SURVEY: 0.5, Kind.PLACES: 0.3},
    "service": {Kind.SURVEY: 0.8, Kind.VISITS: 0.4, Kind.TALLY: 0.2, Kind.ENTERPRISES: 0.5},
    "urgency": {Kind.SURVEY: 1.0},
    "rating": {Kind.FEEDBACK: 3.5},
    "punctual_rating": {Kind.FEEDBACK: 1.0},
    "manner_rating": {Kind.FEEDBACK: 1.0},
    "work_rating": {Kind.FEEDBACK: 1.0},
    "again": {Kind.FEEDBACK: 2.0},
    "unanswered_reason": {Kind.FEEDBACK: 1.5},
    "reason": {Kind.FEEDBACK: 1.5},
    "comment": {Kind.FEEDBACK: 1.5, Kind.VISITS: 0.3},
    "wishes": {Kind.FEEDBACK: 1.0},
    "form_number": {Kind.FEEDBACK: 1.5, Kind.VISITS: 0.5},
    "about": {Kind.CALLS: 3.0},
    "handled_by": {Kind.CALLS: 1.2},
    "result": {Kind.CALLS: 1.0, Kind.VISITS: 0.5, Kind.FEEDBACK: 0.3},
    "provider": {Kind.VISITS: 2.0, Kind.FEEDBACK: 0.8},
    "provider_phone": {Kind.VISITS: 0.8},
    "date": {Kind.VISITS: 1.2, Kind.CALLS: 1.0, Kind.FEEDBACK: 0.6},
    "time": {Kind.CALLS: 0.5, Kind.VISITS: 0.5},
    "minutes": {Kind.VISITS: 1.5},
    "cadre": {Kind.VISITS: 1.0, Kind.FEEDBACK: 0.5},
    "quantity": {Kind.TALLY: 1.2, Kind.VISITS: 0.8},
    "people": {Kind.TALLY: 1.0},
    "month": {Kind.TALLY: 2.5},
    "period": {Kind.TALLY: 1.0},
    "total": {Kind.TALLY: 1.0},
    "households": {Kind.PLACES: 2.0},
    "longitude": {Kind.PLACES: 3.0},
    "aliases": {Kind.PLACES: 2.0},
}


def guessed_kind(columns: Iterable[ColumnMatch], holds: dict[int, Holds], texts: Iterable[str]) -> tuple[Kind, float]:
    """The likeliest kind and how sure it is; ``texts`` are titles and names, the nearest first."""
    texts = list(texts)
    if texts and texts[0] in OUTGOING_TITLES:
        return Kind.OUTGOING, 1.0
    columns = list(columns)
    fields = {part.partition(":")[0] for match in columns for part in match.field.split("+")}
    if any(match.field.startswith("need:") and _is_of_abilities(match) for match in columns):
        fields.add("ability_service")
    scores: dict[Kind, float] = dict.fromkeys(Kind, 0.0)
    for field in fields:
        for kind, weight in _WEIGHTS.get(field, {}).items():
            scores[kind] += weight
    for index, text in enumerate(texts):
        plain = _LIST_OF_VOLUNTEERS.sub("", text)
        if plain != text:
            # Neither 名单 nor 登记表 speaks for elders there.
            scores[Kind.VOLUNTEERS] += 4.0 if index == 0 else 3.3
            text = plain
        for name, words in KIND_WORDS.items():
            if any(word in text for word in words.split()):
                scores[Kind(name)] += 1.5 if index == 0 else 0.8
    has_name = bool(fields & {"name", "given_name"})
    needs = [match for match in columns if match.field.startswith(("need:", "figure:"))]
    figures = [m for m in needs if holds[m.index].share("small") + holds[m.index].share("room_like") > 0.5]
    counted = [m for m in figures if not _only_ones(holds[m.index])]
    of_a_person = fields & {"ability_service", "capacity_per_month", "joined_on", "certificate"}
    if "provider" in fields and "name" not in fields and (of_a_person or not fields & {"date", "minutes"}):
        # 志愿者姓名 where nobody else is named: the volunteers themselves.
        has_name = True
        scores[Kind.VOLUNTEERS] += 3.0
    if has_name:
        scores[Kind.TALLY] = 0.0 if "month" not in fields else scores[Kind.TALLY] - 2.0
        scores[Kind.PLACES] -= 3.0
        scores[Kind.SURVEY] += 1.0 + min(2.0, 0.5 * len(needs))
        scores[Kind.ENTERPRISES] -= 1.5
    else:
        scores[Kind.SURVEY] -= 1.0
        scores[Kind.VOLUNTEERS] -= 2.0
        scores[Kind.TALLY] += min(3.0, 1.0 * len(needs)) + (1.0 if counted else 0.0)
        if "enterprise" in fields:
            scores[Kind.ENTERPRISES] += 1.5
        counts_homes = "quantity" in fields and not fields & _OF_TALLIES and _counts_homes(columns)
        if fields & {"compound", "committee"} and not needs and ("quantity" not in fields or counts_homes):
            scores[Kind.PLACES] += 2.0
        if counts_homes:
            scores[Kind.TALLY] -= 1.2
            fields.discard("quantity")
        if "quantity" in fields and "provider" not in fields:
            scores[Kind.VISITS] -= 2.0
        if not fields & {"quantity", "people", "total"} and not needs:
            scores[Kind.TALLY] -= 2.0
    ranked = sorted(scores, key=lambda kind: scores[kind], reverse=True)
    best, second = ranked[0], ranked[1]
    if scores[best] <= 0.5:
        return Kind.UNKNOWN, 0.0
    lead = scores[best] - max(0.0, scores[second])
    return best, round(min(1.0, 0.45 + 0.15 * lead), 2)


def _counts_homes(columns: list[ColumnMatch]) -> bool:
    """Whether what is counted is the homes of places rather than services."""
    counted = [match for match in columns if match.field == "quantity"]
    return all(match.header and header_text(match.header[-1]).base in _HOMES for match in counted)


def _is_of_abilities(match: ColumnMatch) -> bool:
    """Whether a ticked service stands under 服务特长 or 可提供服务."""
    return any(meaning(text).field == "ability_service" for text in match.header[:-1])


def _only_ones(held: Holds) -> bool:
    return held.share("tick") > 0.9
