"""Books of the corpus by seed and number."""

from pathlib import Path
from random import Random

from tests.sheets.corpus.asked import ASKED
from tests.sheets.corpus.collected import COLLECTED
from tests.sheets.corpus.figures import FIGURES
from tests.sheets.corpus.fresh import FRESH
from tests.sheets.corpus.further_received import FURTHER_RECEIVED
from tests.sheets.corpus.lived import LIVED
from tests.sheets.corpus.more_received import MORE_RECEIVED
from tests.sheets.corpus.others import OTHERS
from tests.sheets.corpus.paper import MadeBook
from tests.sheets.corpus.pasted import PASTED
from tests.sheets.corpus.received import RECEIVED
from tests.sheets.corpus.registers import REGISTERS
from tests.sheets.corpus.rosters import ROSTERS
from tests.sheets.corpus.surveys import SURVEYS
from tests.sheets.corpus.teams import TEAMS
from tests.sheets.corpus.unusual import UNUSUAL
from tests.sheets.corpus.writers import PLAIN_TEXT, WRITERS

LAYOUTS = (
    *SURVEYS, *OTHERS, *UNUSUAL, *FRESH, *ROSTERS, *REGISTERS, *FIGURES, *RECEIVED, *MORE_RECEIVED, *TEAMS, *COLLECTED,
    *LIVED, *PASTED, *ASKED, *FURTHER_RECEIVED,
)  # fmt: skip
_NEEDS_MERGES = frozenset(
    {"with_ticks", "three_levels", "contact_group", "birth_in_three", "tag_ticks", "hidden_things", "merged_down",
     "a_sheet_for_each", "volunteers_with_skill_ticks", "bare", "volunteers_by_unit", "tally_months_by_service",
     "form_sheets", "yes_and_no_columns", "groups_over_times", "places_merged_down", "turned",
     "hidden_columns", "hidden_in_forms", "turned_and_hidden", "households", "aliases_in_the_book",
     "building_sections", "free_half_days", "partners_merged_down", "scores_in_stars", "scores_as_ticks",
     "tally_months_over_services", "tally_a_sheet_a_month", "tally_of_people_and_times", "partners",
     "committees_with_cadres",
     "sheet_for_each_building", "month_sheets", "tally_month_sheets", "titled_blocks_beside",
     "week_days", "kinds_in_ticks", "three_levels_of_needs", "visit_diary",
     "doors_merged_down", "visits_by_day", "several_committees_beside",
     "counted_buildings", "needs_with_times", "claimed_at_right", "weekly_contacts", "gifts", "counted_needs",
     "vertical_committee", "numbered_ticks", "continued_sheets", "wide_cells", "banner_left"}
)  # fmt: skip
"""Layouts that a text file without merges and sheet names would change in meaning."""

_SEVERAL_SHEETS = frozenset(
    {"hidden_things", "a_sheet_for_each", "bare", "volunteers_plain", "elders_beside_volunteers", "form_sheets",
     "hidden_columns", "hidden_in_forms", "turned_and_hidden", "aliases_in_the_book", "tally_a_sheet_a_month",
     "sheet_for_each_building", "month_sheets", "tally_month_sheets", "continued_sheets"}
)  # fmt: skip
"""Layouts that need what .html and .ods files of the corpus lack."""


def made_book(seed: int, number: int) -> MadeBook:
    """The book of this seed and number: layouts take turns, formats are drawn."""
    layout = LAYOUTS[number % len(LAYOUTS)]
    dice = Random(f"{seed}/{number}")
    book = layout(dice)
    book.seed = seed
    if book.format == "xlsx":
        formats = [*["xlsx"] * 6, "xls", "xls", "ods", "csv_gb18030", "csv_utf8", "html", "xml2003"]
        if book.layout in _NEEDS_MERGES:
            formats = [name for name in formats if name not in PLAIN_TEXT]
        if book.layout in _SEVERAL_SHEETS:
            formats = [name for name in formats if name not in {"html", "ods"}]
        if any(paper.hidden_columns for paper in book.papers):
            formats.append("ods")
        book.format = dice.choice(formats)
    return book


def write_book(book: MadeBook, folder: Path, number: int) -> Path:
    """Write a book into a folder and give its path; the truth follows what the format keeps."""
    ending, write = WRITERS[book.format]
    path = folder / f"{number:05d}{ending}"
    write(book, path)
    if book.format in PLAIN_TEXT:
        book.truth["sheet"] = path.stem
        book.truth.pop("sheets", None)
        book.truth["date_cells_are_text"] = True
    if book.format == "html":
        book.truth["sheet"] = "表1"
        book.truth.pop("sheets", None)
    return path
