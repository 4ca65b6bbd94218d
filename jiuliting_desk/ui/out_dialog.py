"""The base of small windows that end in a print or a PDF: the printer, and the two buttons."""

from collections.abc import Callable
from functools import partial

from jiuliting_desk.ui import printing
from jiuliting_desk.ui.delivering import PRINTER_MEMORY, TO_PDF, save_pdf, send_pdf, usual_printer
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.text import label

Deliver = Callable[[bytes], object]


class OutDialog(WindowDialog):
    """Fill ``form``, then call ``add_out``; ``deliver`` is told the target and how to get there."""

    def __init__(self, session: Session, title: str, *, width: int = 540) -> None:
        super().__init__(title, width=width, parent=session.dialogs.window)
        self.session = session
        self.form = Form(label_width=88)
        self.printers = printing.printers()
        self.body.addWidget(self.form)

    def add_out(self) -> None:
        """The printer's row and the buttons."""
        self.form.choice("printer", self.tr("打印机"), [(name, name) for name in self.printers])
        self.form.set_values(printer=usual_printer(self.session.remembered, self.printers))
        self.form.show_row("printer", bool(self.printers))
        if not self.printers:
            self.body.addWidget(label(self.tr("这台电脑没有装打印机，存成 PDF 拿去印。"), "cap", wrap=True))
        self.foot.addWidget(button(self.tr("不印"), self.reject, size="l"))
        self.foot.addStretch(1)
        kind = "" if self.printers else "primary"
        self.pdf_button = button(self.tr("存成 PDF"), self.save, icon="file-down", kind=kind, size="l")
        self.print_button = button(self.tr("打印"), self.print, kind="primary", icon="printer", size="l")
        self.print_button.setVisible(bool(self.printers))
        self.foot.addWidget(self.pdf_button)
        self.foot.addWidget(self.print_button)
        self.confirm_with(self.print_button if self.printers else self.pdf_button)

    def file_name(self) -> str:
        """What the PDF is called."""
        raise NotImplementedError

    def deliver(self, target: str, deliver: Deliver) -> None:
        """Make the paper and hand it to ``deliver``, in a job that notes it; then close."""
        raise NotImplementedError

    def save(self) -> None:
        """Ask where to, write it there."""
        if self.form.read() is None:
            return
        title, pattern = self.tr("存到哪里"), self.tr("PDF 文件 (*.pdf)")
        self.session.dialogs.save_file(
            title, self.file_name(), pattern, lambda path: self.deliver(TO_PDF, partial(save_pdf, path))
        )

    def print(self) -> None:
        """Send it to the printer."""
        values = self.form.read()
        if values is None:
            return
        printer = str(values["printer"] or "")
        self.session.remembered.keep(PRINTER_MEMORY, printer)
        self.deliver(printer, partial(send_pdf, printer))
