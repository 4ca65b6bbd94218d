"""反馈录入: the outstanding paper at the left, fast typing from paper at the right."""

from jiuliting_desk.ui.pages.feedback.page import FeedbackPage

__all__ = ["FeedbackPage"]
