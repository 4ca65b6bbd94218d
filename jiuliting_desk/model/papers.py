"""What the desk prints of visits and their forms."""

from enum import StrEnum


class Paper(StrEnum):
    """A kind of print; the value is the kind of its batch in the log."""

    FORMS = "forms"
    SLIPS = "slips"
    DAY_LIST = "day_list"
    CADRE_LIST = "cadre_list"
    REMINDERS = "reminders"
    CHASE_LIST = "chase_list"
    BLANK_FORMS = "blank_forms"
