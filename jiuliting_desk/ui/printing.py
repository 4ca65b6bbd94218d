"""PDF pages to a printer, at its own resolution, and which printers there are."""

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from jiuliting_desk.model.errors import PrinterTrouble
from jiuliting_desk.paper.calibration import Calibration
from jiuliting_desk.paper.preview import page_count, page_size_mm, render_page
from jiuliting_desk.ui.remembered import Remembered

PRINT_DPI = 600


def printers() -> list[str]:
    """The names of the printers of this computer, the usual one first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names = [str(name) for name in QPrinterInfo.availablePrinterNames()]
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != usual, name))


def send(pdf: bytes, printer_name: str, *, is_duplex: bool, short_edge: bool = False) -> None:
    """Print all pages in their true size. Raises PrinterTrouble where the printer cannot be had."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(printer_name)
    printer.setResolution(PRINT_DPI)
    printer.setFullPage(True)
    width, height = page_size_mm(pdf, 0)
    # Drivers know A4 upright and turn it; a sheet that is wider than high would be a stock they do not have.
    size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Millimeter)
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, turned, QMarginsF(0, 0, 0, 0)))
    if is_duplex:
        mode = QPrinter.DuplexMode.DuplexShortSide if short_edge else QPrinter.DuplexMode.DuplexLongSide
        printer.setDuplex(mode)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterTrouble(name=printer_name)
    try:
        for index in range(page_count(pdf)):
            if index:
                printer.newPage()
            page = render_page(pdf, index, dpi=printer.resolution())
            image = QImage(page.rgb, page.width, page.height, page.stride, QImage.Format.Format_RGB888)
            painter.drawImage(QRectF(0, 0, page.width, page.height), image)
    finally:
        painter.end()


def calibration_of(remembered: Remembered, printer_name: str) -> Calibration:
    """What was measured for a printer, or no change."""
    kept = remembered.get("cards.calibration", {}).get(printer_name)
    if not isinstance(kept, dict):
        return Calibration()
    return Calibration(**{name: float(kept[name]) for name in ("right_mm", "down_mm", "scale_x", "scale_y")})


def keep_calibration(remembered: Remembered, printer_name: str, found: Calibration) -> None:
    """Remember what was measured for a printer, on this computer."""
    kept = dict(remembered.get("cards.calibration", {}))
    kept[printer_name] = {
        "right_mm": found.right_mm,
        "down_mm": found.down_mm,
        "scale_x": found.scale_x,
        "scale_y": found.scale_y,
    }
    remembered.keep("cards.calibration", kept)
