"""The fields that rows are read into, and which parser reads which; header fields resolved by the kind of table."""

from jiuliting_desk.sheets.tables import Kind

LIST_FIELDS = frozenset({"needs", "skills", "wishes", "tags", "phones", "more_compounds"})
"""Fields of several values, which may be spread over several columns."""

OF_ELDERS = frozenset({"wanted_who", "refuses", "need_wishes"})
"""Fields that only surveys have."""

OF_PROVIDERS = frozenset({"homes_at_once", "max_metres", "area"})
"""Fields that only lists of volunteers and enterprises have."""

_BY_KIND: dict[str, dict[Kind, str]] = {
    "service": {Kind.SURVEY: "needs", Kind.VOLUNTEERS: "skills", Kind.ENTERPRISES: "skills", Kind.UNKNOWN: "needs"},
    "ability_service": {Kind.SURVEY: "needs", Kind.UNKNOWN: "needs"},
    "other_service": {Kind.VOLUNTEERS: "skills", Kind.ENTERPRISES: "skills", Kind.FEEDBACK: "wishes"},
    "wishes": {Kind.SURVEY: "needs"},
    "times": {Kind.VOLUNTEERS: "available_times", Kind.ENTERPRISES: "available_times", Kind.VISITS: "time"},
    "contact_name": {Kind.ENTERPRISES: "contact_name", Kind.PLACES: "contact_name", Kind.TALLY: ""},
    "contact_phone": {Kind.ENTERPRISES: "phones", Kind.PLACES: "phones", Kind.TALLY: ""},
    "charge": {Kind.ENTERPRISES: "contact_name", Kind.PLACES: "contact_name"},
    "charge_phone": {Kind.ENTERPRISES: "phones", Kind.PLACES: "cadre_phone"},
    "enterprise": {Kind.SURVEY: "", Kind.UNKNOWN: ""},
    "provider": {Kind.VOLUNTEERS: "name"},
    "provider_phone": {Kind.VOLUNTEERS: "phones"},
    "tags": {Kind.VOLUNTEERS: "", Kind.ENTERPRISES: "", Kind.TALLY: "", Kind.PLACES: "", Kind.CALLS: ""},
    "ability": {Kind.VOLUNTEERS: "", Kind.ENTERPRISES: ""},
    "date": {
        Kind.SURVEY: "registered_on",
        Kind.VOLUNTEERS: "joined_on",
        Kind.ENTERPRISES: "joined_on",
        Kind.PLACES: "",
    },
    "quantity": {
        Kind.VOLUNTEERS: "capacity_per_month",
        Kind.ENTERPRISES: "capacity_per_month",
        Kind.PLACES: "households",
    },
    "comment": {Kind.SURVEY: "notes", Kind.VOLUNTEERS: "notes"},
    "handled_by": {Kind.CALLS: "handled_by", Kind.VISITS: "handled_by"},
    "code": {Kind.FEEDBACK: "form_number"},
    "rhythm": {Kind.VOLUNTEERS: "capacity_per_month", Kind.ENTERPRISES: "capacity_per_month"},
    "cadre": {Kind.SURVEY: "", Kind.PLACES: "contact_name"},
    "cadre_phone": {Kind.PLACES: "cadre_phone"},
    "registered_address": {},
    "period": {
        Kind.SURVEY: "wanted_times",
        Kind.VOLUNTEERS: "available_times",
        Kind.ENTERPRISES: "available_times",
        Kind.VISITS: "time",
        Kind.CALLS: "time",
    },
    **{field: {Kind.SURVEY: field} for field in OF_ELDERS},
    **{field: {Kind.VOLUNTEERS: field, Kind.ENTERPRISES: field} for field in OF_PROVIDERS},
    "caller": {Kind.CALLS: "caller"},
    "about": {Kind.SURVEY: "", Kind.VOLUNTEERS: ""},
    "result": {Kind.SURVEY: "", Kind.VOLUNTEERS: "", Kind.TALLY: ""},
    "reason": {Kind.SURVEY: "", Kind.VOLUNTEERS: ""},
    "rating": {Kind.SURVEY: "", Kind.VOLUNTEERS: ""},
}
_FEEDBACK_ALONE = (
    "punctual_rating", "manner_rating", "work_rating", "again", "unanswered_reason", "form_filled_by",
    "elder_condition", "home_condition", "report", "hazards", "would_return", "on_time", "whole_time", "remarks",
    "signature_seen",
)  # fmt: skip
_BY_KIND |= {field: {Kind.FEEDBACK: field} for field in _FEEDBACK_ALONE}
for _part in ("year", "month", "day"):
    _BY_KIND[f"date_{_part}"] = dict.fromkeys((Kind.SURVEY, Kind.VOLUNTEERS, Kind.UNKNOWN), f"birth_{_part}")
_OTHERWISE: dict[str, str] = {
    "service": "category",
    "ability_service": "skills",
    "other_service": "needs",
    "wishes": "wishes",
    "times": "wanted_times",
    "contact_name": "emergency_contact",
    "contact_phone": "emergency_phone",
    "charge": "",
    "charge_phone": "",
    "ability": "tags",
    "other_rating": "",
    "handled_by": "",
    "cadre_phone": "",
    "registered_address": "",
    "caller": "",
    **dict.fromkeys(OF_PROVIDERS | OF_ELDERS, ""),
    "number": "",
    "signature": "",
    "total": "",
    "unused": "",
    **dict.fromkeys(_FEEDBACK_ALONE, ""),
}


def resolved(field: str, kind: Kind) -> str:
    """The field of a record that a header's field means in a table of this kind; "" for one not imported."""
    if "+" in field:
        return "+".join(dict.fromkeys(filter(None, (resolved(part, kind) for part in field.split("+")))))
    name, colon, what = field.partition(":")
    if colon:
        if name == "need":
            ticked = {
                Kind.VOLUNTEERS: "skill", Kind.ENTERPRISES: "skill", Kind.FEEDBACK: "wish", Kind.TALLY: "figure"
            }  # fmt: skip
            return f"{ticked.get(kind, 'need')}:{what}"
        if name == "figure":
            return field if kind is Kind.TALLY else ""
        if name in {"rating", "sex", "living"}:
            return field
        return field if kind in {Kind.SURVEY, Kind.UNKNOWN, Kind.CALLS} else ""
    by_kind = _BY_KIND.get(field, {})
    if kind in by_kind:
        return by_kind[kind]
    return _OTHERWISE.get(field, field)


_OF_OTHERS = frozenset(
    {"certificate", "certificate_number", "certificate_expires", "hours_per_month", "capacity_per_month", "joined_on",
     "consent", "recorder", "filled_by", "period", "households", "longitude", "latitude"}
)  # fmt: skip

UNSTORED: dict[Kind, frozenset[str]] = {
    Kind.SURVEY: _OF_OTHERS | {"category", "minutes", "people", "time", "month", "form_number", "dialect"},
    Kind.VOLUNTEERS: frozenset(
        {"age", "living", "cadre", "urgency", "minutes", "people", "time", "month", "category", "form_number",
         "consent", "registered_on", "recorder", "filled_by", "period", "households", "floor", "lift", "tags", "alone"}
    ),
    Kind.VISITS: _OF_OTHERS | {
        "state", "registered_on", "urgency", "rhythm", "skills", "dialect", "form_number", "wanted_times",
    },
    Kind.CALLS: _OF_OTHERS | {
        "state", "registered_on", "urgency", "rhythm", "skills", "dialect", "minutes", "people", "wanted_times",
    },
    Kind.FEEDBACK: _OF_OTHERS | {
        "state", "registered_on",
        "phones", "id_number", "sex", "age", "birth", "address", "compound", "building", "unit", "room", "living",
        "tags", "quantity", "result", "minutes", "people", "time", "about", "urgency", "rhythm",
    },
}  # fmt: skip
"""Fields that a header may mean and that records of a kind have no place for."""
UNSTORED[Kind.ENTERPRISES] = UNSTORED[Kind.VOLUNTEERS]
