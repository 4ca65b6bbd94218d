"""上门安排: visits by day, week or span, filtered, and the steps that can be taken."""

from jiuliting_desk.ui.pages.visits.page import VisitsPage

__all__ = ["VisitsPage"]
