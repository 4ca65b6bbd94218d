"""服务卡打印: choose, preview, print, say how it came out."""

from jiuliting_desk.ui.pages.cards.page import CardsPage

__all__ = ["CardsPage"]
