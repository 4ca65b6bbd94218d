"""志愿者与单位: who serves, what they can do, when and where."""

from jiuliting_desk.ui.pages.providers.page import ProvidersPage

__all__ = ["ProvidersPage"]
