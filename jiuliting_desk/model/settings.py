"""Facts of the office that live in the data file, as one table of key, kind and default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One fact of the office as text."""

    id: int = 0
    key: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSpec:
    """What a key means: whole numbers have a lowest and a highest value."""

    default: str
    lowest: int | None = None
    highest: int | None = None


SETTINGS: dict[str, SettingSpec] = {
    "office_name": SettingSpec(default=""),
    "office_phone": SettingSpec(default=""),
    "second_phone": SettingSpec(default=""),
    "subdistrict": SettingSpec(default=""),
    "card_title": SettingSpec(default="九里 to 行动"),
    "claim_days": SettingSpec(default="14", lowest=1, highest=120),
    "review_first_weeks": SettingSpec(default="6", lowest=1, highest=52),
    "review_months": SettingSpec(default="6", lowest=1, highest=36),
    "unseen_days": SettingSpec(default="30", lowest=1, highest=400),
    "unasked_days": SettingSpec(default="60", lowest=1, highest=400),
    "certificate_days": SettingSpec(default="30", lowest=1, highest=400),
    "low_score": SettingSpec(default="2", lowest=1, highest=4),
    "chase_days": SettingSpec(default="7", lowest=1, highest=90),
    "follow_up_days": SettingSpec(default="3", lowest=1, highest=60),
    "waiting_days": SettingSpec(default="14", lowest=1, highest=400),
    "plan_ahead_days": SettingSpec(default="7", lowest=0, highest=20),
    "claim_warn_days": SettingSpec(default="3", lowest=0, highest=60),
    "visits_from_hour": SettingSpec(default="9", lowest=5, highest=12),
    "visits_until_hour": SettingSpec(default="17", lowest=13, highest=22),
    "travel_minutes": SettingSpec(default="10", lowest=0, highest=120),
    "series_weeks": SettingSpec(default="8", lowest=1, highest=52),
    "idle_lock_minutes": SettingSpec(default="10", lowest=0, highest=240),
    "match_nearness": SettingSpec(default="300", lowest=0, highest=1000),
    "match_known": SettingSpec(default="250", lowest=0, highest=1000),
    "match_half_days": SettingSpec(default="150", lowest=0, highest=1000),
    "match_skill": SettingSpec(default="100", lowest=0, highest=1000),
    "match_same_sex": SettingSpec(default="60", lowest=0, highest=1000),
    "match_dialect": SettingSpec(default="60", lowest=0, highest=1000),
    "match_base": SettingSpec(default="80", lowest=0, highest=1000),
    "rule_no_dialect": SettingSpec(default="1", lowest=0, highest=1),
    "rule_out_of_area": SettingSpec(default="1", lowest=0, highest=1),
    "rule_too_far": SettingSpec(default="1", lowest=0, highest=1),
    "rule_no_common_half_day": SettingSpec(default="1", lowest=0, highest=1),
    "rule_pairs_full": SettingSpec(default="1", lowest=0, highest=1),
    "rule_half_day_full": SettingSpec(default="1", lowest=0, highest=1),
    "lasting_elders": SettingSpec(default="5", lowest=1, highest=50),
    "homes_per_half_day": SettingSpec(default="2", lowest=1, highest=20),
    "empty_cells_keep": SettingSpec(default="1", lowest=0, highest=1),
    "second_backup_folder": SettingSpec(default=""),
}
