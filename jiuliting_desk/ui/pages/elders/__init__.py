"""老人与需求: who is served, what they need, and everything known of one of them."""

from jiuliting_desk.ui.pages.elders.page import EldersPage

__all__ = ["EldersPage"]
