"""Printing what concerns visits: which paper, of which visits, on which printer or into a PDF; then 都印好了吗？"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.form_prints import blank_forms, print_forms, printable_visits, unsettled_batches
from jiuliting_desk.actions.papers import print_list
from jiuliting_desk.model.cards import PrintBatch
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.ui import labels, print_outcome, printing
from jiuliting_desk.ui.delivering import PRINTER_MEMORY, TO_PDF, save_pdf, send_pdf, usual_printer
from jiuliting_desk.ui.jobs import Progress
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.text import label

translate = QCoreApplication.translate


class PaperDialog(WindowDialog):
    """Asks what is to be printed; printing itself changes nothing, only the answer to 都印好了吗？ does."""

    def __init__(
        self, session: Session, *, papers: Sequence[Paper], listed: Sequence[int], chosen: Sequence[int] = ()
    ) -> None:
        """``listed`` and ``chosen`` are ids of visits; where none is chosen all that are listed are meant."""
        super().__init__(self.tr("打印"), width=520, parent=session.dialogs.window)
        self._session = session
        self._ids = {"chosen": list(chosen), "listed": list(listed)}
        self.body.addWidget(label(self.tr("打印"), "h2"))
        self.form = Form(label_width=72)
        self.form.choice("paper", self.tr("印什么"), [(paper, labels.label(paper)) for paper in papers])
        which = [("listed", self.tr("列出的 {count} 次上门").format(count=len(listed)))]
        if chosen:
            which.insert(0, ("chosen", self.tr("选中的 {count} 次上门").format(count=len(chosen))))
        self.form.choice("which", self.tr("哪些"), which)
        self.form.number("count", self.tr("几张"), 1, 200, unit=self.tr("张"))
        self.printers = printing.printers()
        self.form.choice("printer", self.tr("打印机"), [(name, name) for name in self.printers])
        self.body.addWidget(self.form)
        self._note = label("", "cap", wrap=True)
        self.body.addWidget(self._note)
        only_pdf = "" if self.printers else "primary"
        self.pdf_button = button(self.tr("存成 PDF"), self.save_pdf, kind=only_pdf, icon="file-down", size="l")
        self.print_button = button(self.tr("打印"), self.print, kind="primary", icon="printer", size="l")
        self.foot.addLayout(row(button(self.tr("不印"), self.reject, size="l"), STRETCH))
        self.foot.addWidget(self.pdf_button)
        self.foot.addWidget(self.print_button)
        self.confirm_with(self.print_button if self.printers else self.pdf_button)
        usual = usual_printer(session.remembered, self.printers)
        self.form.set_values(paper=papers[0], which=self._usual_visits(papers[0]), count=10, printer=usual)
        self.form.edited.connect(self._on_edited)
        self._show_parts()

    def _usual_visits(self, paper: Paper) -> str:
        """A list is of all that are listed while one row is merely the current one; a form or slip is of that one."""
        chosen = len(self._ids["chosen"])
        return "chosen" if chosen > 1 or (chosen and paper in {Paper.FORMS, Paper.SLIPS}) else "listed"

    def _on_edited(self, name: str) -> None:
        if name == "paper":
            which = self._usual_visits(self._values().get("paper", Paper.FORMS))
            cast(ChoiceField, self.form.fields["which"]).set_value(which)
        self._show_parts()

    def _values(self) -> dict[str, Any]:
        return self.form.read() or {}

    def _visits(self, paper: Paper, which: str) -> list[int]:
        ids = self._ids[which]
        if paper is not Paper.FORMS:
            return ids
        visits = self._session.store.get_many(Visit, ids)
        wanted = {one.id for one in printable_visits(self._session.store, list(visits.values()))}
        return [visit_id for visit_id in ids if visit_id in wanted]

    def _show_parts(self) -> None:
        values = self._values()
        paper = values.get("paper", Paper.FORMS)
        is_blank = paper is Paper.BLANK_FORMS
        self.form.show_row("which", not is_blank)
        self.form.show_row("count", is_blank)
        self.form.show_row("printer", bool(self.printers))
        self.print_button.setVisible(bool(self.printers))
        self._note.setText(self._told(paper, str(values.get("which", "listed"))))
        self.adjustSize()

    def _told(self, paper: Paper, which: str) -> str:
        parts = []
        if paper is Paper.FORMS:
            count = len(self._visits(paper, which))
            left = len(self._ids[which]) - count
            parts.append(self.tr("{count} 张，每张有自己的表号。").format(count=count))
            if left:
                parts.append(self.tr("取消的、已经录过反馈的 {count} 次不印。").format(count=left))
            parts.append(self.tr("印好以后说“都好”，这些表才算已发。"))
        if not self.printers:
            parts.append(self.tr("这台电脑没有装打印机，存成 PDF 拿去印。"))
        return "".join(parts)

    # -- doing

    def save_pdf(self) -> None:
        """Ask where to, write it there."""
        paper = self._values().get("paper", Paper.FORMS)
        name = self.tr("{paper} {day:%Y-%m-%d}.pdf").format(
            paper=labels.label(paper).partition("（")[0], day=self._session.today()
        )
        self._session.dialogs.save_file(
            self.tr("存到哪里"),
            name,
            self.tr("PDF 文件 (*.pdf)"),
            lambda path: self._go(TO_PDF, partial(save_pdf, path)),
        )

    def print(self) -> None:
        """Send it to the printer."""
        printer = str(self._values().get("printer", ""))
        self._session.remembered.keep(PRINTER_MEMORY, printer)
        self._go(printer, partial(send_pdf, printer))

    def _go(self, target: str, deliver: Callable[[bytes], object]) -> None:
        values = self._values()
        if not values:
            return
        paper, session = values["paper"], self._session
        said = self.tr("{paper}：已存成 PDF") if target == TO_PDF else self.tr("{paper}：已送到打印机")
        said = said.format(paper=labels.label(paper).partition("（")[0])
        if paper is Paper.BLANK_FORMS:
            try:
                pdf = blank_forms(session.store, count=values["count"])
            except UserError as error:
                session.tell(error)
                return

            def deliver_blank(progress: Progress) -> None:
                del progress
                deliver(pdf)

            session.run_job(deliver_blank, title=self.tr("印空白表"), on_done=lambda _sent: session.say(said))
            self.accept()
            return
        ids = self._visits(paper, values["which"])
        more: dict[str, Any] = {"visit_ids": ids, "target": target, "deliver": deliver}
        title = self.tr("打印")
        if paper is Paper.FORMS:

            def ask(done: Done[PrintBatch]) -> None:
                print_outcome.ask(session, done.result, on_settled=lambda _batch: None, made_now=True)

            job = session.perform_in_job(print_forms, title=title, said=said, on_done=ask, **more)
        else:
            job = session.perform_in_job(print_list, title=title, said=said, paper=paper, **more)
        if job is not None:
            self.accept()


def unsettled_words(session: Session) -> str:
    """What a page says of batches of forms that nobody spoke of yet, "" where there is none."""
    waiting = unsettled_batches(session.store)
    return translate("prints", "有 {count} 批反馈表还没说印得怎样").format(count=len(waiting)) if waiting else ""


def ask_about_oldest(session: Session) -> None:
    """Ask how the batch that waits longest came out."""
    waiting = unsettled_batches(session.store)
    if waiting:
        print_outcome.ask(session, waiting[-1], on_settled=lambda _batch: None)


def print_visits(
    session: Session, *, papers: Sequence[Paper], listed: Sequence[int], chosen: Sequence[int] = ()
) -> None:
    """Open the dialog over the window."""
    session.dialogs.show(PaperDialog(session, papers=papers, listed=listed, chosen=chosen))
