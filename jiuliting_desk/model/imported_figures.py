"""Figures that others counted, kept beside the computed ones and never mixed with them unseen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFigure:
    """One figure of a tally sheet that came in; ``survey_id`` names the workbook it stands in."""

    id: int = 0
    survey_id: int
    month: str
    """``YYYY-MM``, or ``YYYY`` where the sheet tells the year only."""
    committee_id: int | None = None
    compound_id: int | None = None
    category_id: int | None = None
    """The service; None where the figure is of all services."""
    provider_name: str = ""
    """The enterprise or volunteer, as the sheet writes them."""
    measure: str = "quantity"
    """quantity (in the service's own unit), people, minutes or hours."""
    quantity: float
