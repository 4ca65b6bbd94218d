"""今日: the desk in the morning."""

from jiuliting_desk.ui.pages.today.page import TodayPage

__all__ = ["TodayPage"]
