"""统计汇总: what was done, as a table they know, with the visits behind each figure."""

from jiuliting_desk.ui.pages.stats.page import StatsPage

__all__ = ["StatsPage"]
