"""培训与沙龙: sessions planned, the roll called, hours counted."""

from jiuliting_desk.ui.pages.trainings.page import TrainingsPage

__all__ = ["TrainingsPage"]
