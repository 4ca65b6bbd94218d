"""设置与备份: the office's facts and lists, the look, backups, and what was done."""

from jiuliting_desk.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
