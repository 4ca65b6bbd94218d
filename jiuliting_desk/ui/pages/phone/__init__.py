"""电话预约: find the caller while they speak, book who goes when, log every call."""

from jiuliting_desk.ui.pages.phone.page import PhonePage

__all__ = ["PhonePage"]
