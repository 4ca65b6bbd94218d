"""One print: make the PDF beside the window, send or save it, note it, and only then ask."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from jiuliting_desk.actions.cards import CardDraft, log_cards_print
from jiuliting_desk.model.errors import PrinterTrouble, UserError
from jiuliting_desk.paper.calibration import Calibration, measuring_sheet
from jiuliting_desk.paper.cards import CardFace, Sides, card_sheets
from jiuliting_desk.paper.imposition import Flip
from jiuliting_desk.paper.saving import save_document
from jiuliting_desk.paper.stocks import Stock
from jiuliting_desk.ui import printing
from jiuliting_desk.ui.delivering import save_pdf
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.pages.cards.calibration_dialog import CalibrationDialog
from jiuliting_desk.ui.pages.cards.options import FRONT_ONLY, LONG_EDGE, MANUAL, SHORT_EDGE
from jiuliting_desk.ui.session import Session


class PrintRun(QObject):
    """Sends cards away; ``sent`` gives the batch that was noted."""

    sent = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    def save(
        self,
        faces: Sequence[CardFace],
        drafts: Sequence[CardDraft],
        *,
        path: Path,
        stock: Stock,
        start_slot: int,
        sides: Sides,
        flip: Flip,
    ) -> None:
        """Write the PDF; where that cannot be done nothing is noted."""

        def work(progress: object) -> str:
            del progress
            pdf = card_sheets(faces, stock=stock, start_slot=start_slot, sides=sides, flip=flip)
            try:
                save_document(pdf, path)
            except OSError as error:
                return error.strerror or str(error)
            return ""

        def done(trouble: str) -> None:
            if trouble:
                self._session.say(
                    self.tr(
                        "“{name}”没有存成（{why}），什么都没有改动。换一个文件夹，或关掉正在看它的程序再存。"
                    ).format(name=path.name, why=trouble),
                    tone="warn",
                )
                return
            self._note(drafts, target="pdf", stock=stock, start_slot=start_slot, said=path.name)

        self._session.run_job(work, title=self.tr("做 PDF"), on_done=done)

    def print(
        self,
        faces: Sequence[CardFace],
        drafts: Sequence[CardDraft],
        *,
        printer: str,
        stock: Stock,
        start_slot: int,
        side: str,
    ) -> None:
        """Print fronts, and backs as ``side`` says; by hand after the sheet was turned."""
        shift = printing.calibration_of(self._session.remembered, printer)
        sides = {MANUAL: Sides.FRONTS, FRONT_ONLY: Sides.FRONTS}.get(side, Sides.BOTH)
        flip = Flip.SHORT_EDGE if side == SHORT_EDGE else Flip.LONG_EDGE

        def send(which: Sides, then: Callable[[], object]) -> None:
            def work(progress: object) -> None:
                del progress
                pdf = card_sheets(faces, stock=stock, start_slot=start_slot, sides=which, flip=flip, calibration=shift)
                printing.send(pdf, printer, is_duplex=side in {LONG_EDGE, SHORT_EDGE}, short_edge=side == SHORT_EDGE)

            self._session.run_job(work, title=self.tr("打印服务卡"), on_done=lambda _sent: then())

        def note() -> None:
            self._note(drafts, target=printer, stock=stock, start_slot=start_slot, said=printer)

        def turn() -> None:
            question = Question(
                title=self.tr("正面印好了，把纸翻过来"),
                text=self.tr("纸左右翻，有字的一面朝下，放回纸盒，再印反面。"),
                choices=(
                    Choice("back", self.tr("印反面"), "primary", "printer"),
                    Choice("stop", self.tr("反面不印了")),
                ),
                cancel="stop",
            )
            self._session.dialogs.ask(
                question, lambda key, _typed: send(Sides.BACKS, note) if key == "back" else note()
            )

        send(sides, turn if side == MANUAL and stock.has_back else note)

    def _note(self, drafts: Sequence[CardDraft], *, target: str, stock: Stock, start_slot: int, said: str) -> None:
        noted: Any = self._session.perform(
            log_cards_print,
            drafts=drafts,
            target=target,
            stock=stock.name,
            start_slot=start_slot,
            said=self.tr("已印到：{target}").format(target=said),
        )
        if noted is not None:
            self.sent.emit(noted.result)

    def _save_measuring(self, path: Path, pdf: bytes) -> None:
        try:
            save_pdf(path, pdf)
        except UserError as error:
            self._session.tell(error)

    def calibrate(self, printer: str, stock: Stock, changed: Callable[[], object]) -> None:
        """Measure a printer; without one the test sheet goes into a PDF."""

        def print_sheet() -> None:
            pdf = measuring_sheet(stock=stock)
            if printer:
                try:
                    printing.send(pdf, printer, is_duplex=False)
                except PrinterTrouble as trouble:
                    self._session.tell(trouble)
            else:
                self._session.dialogs.save_file(
                    self.tr("试纸存到哪里"),
                    self.tr("对准用的试纸.pdf"),
                    self.tr("PDF 文件 (*.pdf)"),
                    lambda path: self._save_measuring(path, pdf),
                )

        def keep(found: Calibration) -> None:
            printing.keep_calibration(self._session.remembered, printer, found)
            if found.driver_shrinks:
                self._session.say(
                    self.tr("这台打印机把整页缩小了。请在打印设置里选“实际大小”，再量一次。"), tone="warn"
                )
            changed()

        self._session.dialogs.show(
            CalibrationDialog(
                printer=printer or "PDF",
                print_sheet=print_sheet,
                keep=keep,
                parent=self._session.dialogs.window,
            )
        )
