"""结对匹配: who waits, who could go and why, one plan for all, and what was claimed and paired."""

from jiuliting_desk.ui.pages.matching.page import MatchingPage

__all__ = ["MatchingPage"]
