"""Where a PDF goes: into a file or to a printer, with the trouble told as an error that a person can mend."""

from collections.abc import Sequence
from pathlib import Path

from jiuliting_desk.model.errors import FileBlocked
from jiuliting_desk.paper.saving import save_document
from jiuliting_desk.ui import printing
from jiuliting_desk.ui.remembered import Remembered

TO_PDF = "pdf"
"""The target of a batch that went into a file."""
PRINTER_MEMORY = "papers.printer"


def save_pdf(path: Path, pdf: bytes) -> None:
    """Write the file whole or not at all. Raises FileBlocked."""
    try:
        save_document(pdf, path)
    except OSError as error:
        raise FileBlocked(name=path.name, folder=str(path.parent)) from error


def send_pdf(printer: str, pdf: bytes) -> None:
    """Print it in its true size. Raises PrinterTrouble."""
    printing.send(pdf, printer, is_duplex=False)


def usual_printer(remembered: Remembered, printers: Sequence[str]) -> str:
    """The printer that was used last for papers, else the system's usual one; "" for none."""
    kept = str(remembered.get(PRINTER_MEMORY, ""))
    return kept if kept in printers else (printers[0] if printers else "")
