"""The page 服务卡打印: who gets a card on the left, the sheet in the middle, how it is printed on the right."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiuliting_desk.actions import cards
from jiuliting_desk.model.cards import PrintBatch, ServiceCard
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import Missing
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.paper.cards import CardFace, NoteKind, Sides, card_notes
from jiuliting_desk.paper.imposition import Flip, next_start_slot, sheets_needed
from jiuliting_desk.ui import print_outcome, printing, theme
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.cards.adding import AddField
from jiuliting_desk.ui.pages.cards.options import FRONT_ONLY, MANUAL, SHORT_EDGE, Options
from jiuliting_desk.ui.pages.cards.rows import REASON_WORDS, CardRow, columns, reason_words
from jiuliting_desk.ui.pages.cards.run import PrintRun
from jiuliting_desk.ui.pages.cards.sheet_side import SheetSide
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, surface
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label


class CardsPage(Page):
    """Printing changes nothing; only "came out right" makes cards count."""

    watches: ClassVar = frozenset({ServiceCard, PrintBatch, Elder, Setting, Pairing})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._rows: list[CardRow] = []
        self._added: dict[int, str] = {}
        self._unticked: set[int] = set()
        self._ticked: set[int] = set()
        """Elders whose tick was set by hand: it stays although something speaks against the card."""
        self._faces: list[CardFace] = []
        self._run = PrintRun(session)
        self._run.sent.connect(self._on_sent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._people_side())
        layout.addWidget(hairline("v"))
        layout.addWidget(self._middle(), 1)
        layout.addWidget(self._paper_side())

    # -- building

    def _people_side(self) -> QWidget:
        self.chosen_words = label("", "sub")
        self.table: RecordTable[CardRow] = RecordTable(
            columns(),
            key=lambda line: line.draft.elder_id,
            multi=True,
            empty_text=self.tr("人人都有卡了。要补印，在下面把人加进来。"),
        )
        self.table.check_clicked.connect(self.toggle)
        self.reason = ChoiceField([(key, reason_words(key)) for key in REASON_WORDS])
        self.reason.edited.connect(self._on_reason)
        self.table.current_changed.connect(self._on_current)
        self.add_field = AddField(self.session)
        self.add_field.added.connect(self.add_elder)
        self.all_button = button(self.tr("全勾上"), lambda: self.tick_all(True), kind="link")
        self.none_button = button(self.tr("全不勾"), lambda: self.tick_all(False), kind="link")
        head = row(label(self.tr("要印的卡"), "h2"), self.chosen_words, STRETCH, margins=(12, 16, 4, 16))
        ticks = row(self.all_button, self.none_button, STRETCH, margins=(0, 10), gap=0)
        foot = column(
            row(label(self.tr("选中的人为什么印"), "cap"), self.reason),
            self.add_field,
            margins=(8, 12),
            gap=6,
        )
        made = surface("flat", column(head, ticks, self.table, surface("foot", foot), gap=0))
        made.setFixedWidth(theme.px(300))
        return made

    def _middle(self) -> QWidget:
        self.sheet = SheetSide(self.session, self._to_phone)
        self.unsettled = Banner("warn", "", "")
        self.settle_button = button(self.tr("说说印得怎样"), self._ask_about_oldest, kind="link")
        self.unsettled_row = QWidget()
        self.unsettled_row.setLayout(row(self.unsettled, self.settle_button, margins=(8, 12, 0, 12)))
        made = QWidget()
        made.setLayout(column(self.unsettled_row, self.sheet, gap=0))
        return made

    def _paper_side(self) -> QWidget:
        self.options = Options(printing.printers())
        kept = self.session.remembered
        stock = str(kept.get("cards.stock", "90x54"))
        self.options.choose_stock(stock, int(kept.get("cards.start", {}).get(stock, 0)))
        self.options.choose_side(str(kept.get("cards.side", MANUAL)))
        self.options.changed.connect(self._on_options)
        self.options.calibration_wanted.connect(self._calibrate)
        self.options.batch_opened.connect(self.ask_how_it_came_out)
        self.count_words = label("", "sub")
        self.pdf_button = button(self.tr("存成 PDF"), self.save_pdf, icon="file-down")
        self.print_button = button(self.tr("印正面"), self.print_cards, kind="primary", icon="printer")
        foot = row(self.count_words, STRETCH, self.pdf_button, self.print_button, margins=(10, 12))
        made = surface("side", column(self.options, surface("foot", foot), gap=0))
        made.setFixedWidth(theme.px(374))
        return made

    # -- reading

    def refresh(self) -> None:
        """Read who wants a card, and the log."""
        store = self.session.store
        wanted = {draft.elder_id: draft for draft in cards.cards_wanted(store)}
        extra = cards.drafts_for(store, elder_ids=list(self._added), reasons=self._added)
        drafts = [*extra, *(draft for elder_id, draft in wanted.items() if elder_id not in self._added)]
        self._rows = [
            CardRow(
                draft=draft,
                ticked=draft.elder_id in self._ticked or (not draft.obstacle and draft.elder_id not in self._unticked),
            )
            for draft in drafts
        ]
        self.options.log.set_rows(list(reversed(store.where(PrintBatch, kind="cards")[-30:])))
        self._check_rows()
        self.table.set_rows(self._rows)
        self._say_unsettled()
        self._plan()

    def _check_rows(self) -> None:
        """Ask the paper what it says against each card on this stock."""
        self._faces = []
        try:
            self._faces = cards.card_faces(self.session.store, [line.draft for line in self._rows])
        except Missing:
            self.sheet.ask_for_phone(True)
            return
        self.sheet.ask_for_phone(False)
        for line in self._rows:
            line.complaint = line.remark = ""
        for note in card_notes(self._faces, self.options.stock):
            line = self._rows[note.index]
            if note.kind is NoteKind.GLYPHS_MISSING:
                line.complaint = self.tr("印不出“{glyphs}”").format(glyphs="".join(note.glyphs))
            elif note.kind is NoteKind.NAME_TOO_LONG:
                line.complaint = self.tr("名字太长")
            elif note.kind is NoteKind.NAME_IN_TWO_LINES:
                line.remark = self.tr("名字印两行")
            else:
                line.remark = self.tr("志愿者名印不全")
        for line in self._rows:
            line.ticked = line.ticked and not line.is_blocked

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """Print the card of one elder; those who wait for theirs stay on the list, not ticked."""
        del intent
        if ref is not None and ref.record_class is Elder:
            self.refresh()
            for line in self._rows:
                self._mark(line.draft.elder_id, False)
            self.add_elder(ref.record_id)

    def _to_phone(self) -> None:
        self.session.goto("settings", None, "office.office_phone")

    def add_elder(self, elder_id: int) -> None:
        """Put an elder on the list, ticked."""
        card = cards.card_of(self.session.store, elder_id)
        self._mark(elder_id, True)
        self._added.setdefault(elder_id, "new" if card is None else "damaged")
        self.refresh()
        self.table.choose(elder_id)
        self._ticks_changed()

    def _mark(self, elder_id: int, ticked: bool) -> None:
        """Remember what was decided by hand."""
        kept, dropped = (self._ticked, self._unticked) if ticked else (self._unticked, self._ticked)
        kept.add(elder_id)
        dropped.discard(elder_id)

    # -- choosing

    def toggle(self, line: CardRow) -> None:
        """Tick a card or take the tick off; a card that cannot be printed says why."""
        if line.is_blocked and not line.ticked:
            why = line.complaint or self.tr("{name}已经不在服务名单里").format(name=line.draft.name)
            self.session.say(self.tr("{name}的卡印不了：{why}。").format(name=line.draft.name, why=why), tone="warn")
            return
        line.ticked = not line.ticked
        self._mark(line.draft.elder_id, line.ticked)
        self._ticks_changed()

    def tick_all(self, on: bool) -> None:
        """Tick all that can be printed, or none."""
        for line in self._rows:
            line.ticked = on and not line.is_blocked
            self._mark(line.draft.elder_id, line.ticked)
        self._ticks_changed()

    def _ticks_changed(self) -> None:
        self.table.set_rows(self._rows)
        self._plan()

    def _on_current(self, line: CardRow | None) -> None:
        if line is not None:
            blocked = self.reason.blockSignals(True)
            self.reason.set_value(line.draft.reason)
            self.reason.blockSignals(blocked)

    def _on_reason(self) -> None:
        chosen = [line.draft.elder_id for line in self.table.selected()]
        for elder_id in chosen:
            self._added[elder_id] = str(self.reason.value())
        if chosen:
            self.refresh()

    @property
    def ticked(self) -> list[CardRow]:
        """The cards to print, in the order of the list; none while the office's phone is missing."""
        return self._chosen() if self._faces else []

    def _chosen(self) -> list[CardRow]:
        return [line for line in self._rows if line.ticked and not line.is_blocked]

    def _on_options(self) -> None:
        kept = self.session.remembered
        kept.keep("cards.stock", self.options.stock.name)
        kept.keep("cards.side", self.options.side)
        self._check_rows()
        self.table.set_rows(self._rows)
        self._plan()

    # -- the picture

    def _plan(self) -> None:
        """Say what would be printed and make the picture anew, soon."""
        count = len(self.ticked)
        needed = sheets_needed(count, self.options.stock, self.options.start_slot) if count else 0
        self.chosen_words.setText(self.tr("已勾 {count}").format(count=len(self._chosen())))
        self.count_words.setText(self.tr("{count} 张卡，{sheets} 张纸").format(count=count, sheets=needed))
        is_manual = self.options.side == MANUAL and self.options.stock.has_back
        self.print_button.setText(self.tr("印正面") if is_manual else self.tr("印 {count} 张卡").format(count=count))
        self.print_button.setEnabled(bool(self.options.printer.value()))
        self.print_button.setToolTip(
            "" if self.options.printer.value() else self.tr("这台电脑没有装打印机，可以存成 PDF 拿去印。")
        )
        name = str(self.options.printer.value())
        shift = printing.calibration_of(self.session.remembered, name)
        self.options.say_calibration(
            self.tr("右移 {right:.1f} 毫米，下移 {down:.1f} 毫米。").format(right=shift.right_mm, down=shift.down_mm)
            if shift.right_mm or shift.down_mm
            else ""
        )
        self._show_sheet()

    def _show_sheet(self) -> None:
        nothing = self.tr("在左边勾上要印卡的人，这里就能看到印出来的样子。")
        if not self._rows:
            nothing = self.tr("人人都有卡了。要补印，在左下角把人加进来。")
            if not self.session.is_lent and not self.session.store.count(Elder):
                nothing = self.tr("名单还是空的。先登记或导入老人，再来印卡。")
        self.sheet.show_soon(
            self._ticked_faces(),
            stock=self.options.stock,
            start=self.options.start_slot,
            flip=Flip.SHORT_EDGE if self.options.side == SHORT_EDGE else Flip.LONG_EDGE,
            nothing=nothing,
        )

    def _ticked_faces(self) -> list[CardFace]:
        """The faces of the cards to print, in the order of the list."""
        ticked = {line.draft.elder_id for line in self.ticked}
        if not ticked:
            return []
        both = zip(self._rows, self._faces, strict=True)
        return [face for line, face in both if line.draft.elder_id in ticked]

    # -- printing

    def _asked_faces(self) -> list[CardFace] | None:
        if not self.ticked:
            words = self.tr("还没有勾要印的人。先在左边勾几位。")
            if self._chosen():
                words = self.tr("卡上还没有预约电话，现在印不了。先去填预约电话。")
            self.session.say(words, tone="warn")
            return None
        return self._ticked_faces()

    def save_pdf(self) -> None:
        """Write fronts and backs into a PDF, then note it."""
        faces = self._asked_faces()
        if faces is None:
            return
        name = self.tr("服务卡 {day:%Y-%m-%d} {count} 张.pdf").format(day=self.session.today(), count=len(faces))

        def chosen(path: Path) -> None:
            self._run.save(
                faces,
                [line.draft for line in self.ticked],
                path=path,
                stock=self.options.stock,
                start_slot=self.options.start_slot,
                sides=Sides.FRONTS if self.options.side == FRONT_ONLY else Sides.BOTH,
                flip=Flip.SHORT_EDGE if self.options.side == SHORT_EDGE else Flip.LONG_EDGE,
            )

        self.session.dialogs.save_file(self.tr("服务卡存到哪里"), name, self.tr("PDF 文件 (*.pdf)"), chosen)

    def print_cards(self) -> None:
        """Send the cards to the printer; by hand the backs follow once the sheet was turned."""
        if not self.options.printer.value():
            self.save_pdf()
            return
        faces = self._asked_faces()
        if faces is not None:
            self._run.print(
                faces,
                [line.draft for line in self.ticked],
                printer=str(self.options.printer.value()),
                stock=self.options.stock,
                start_slot=self.options.start_slot,
                side=self.options.side,
            )

    def _on_sent(self, batch: PrintBatch) -> None:
        kept = self.session.remembered
        starts = dict(kept.get("cards.start", {}))
        starts[batch.stock] = next_start_slot(len(batch.item_ids), self.options.stock, batch.start_slot)
        self.ask_how_it_came_out(batch, lambda: self._keep_starts(starts), made_now=True)

    def carried(self) -> tuple[set[int], set[int]]:
        """Who is ticked or not by hand."""
        return self._ticked, self._unticked

    def carry_on(self, carried: tuple[set[int], set[int]]) -> None:
        """The same are ticked."""
        self._ticked, self._unticked = carried

    def _keep_starts(self, starts: dict[str, int]) -> None:
        self.session.remembered.keep("cards.start", starts)
        stock = self.options.stock.name
        self.options.choose_stock(stock, starts.get(stock, 0))
        self._plan()

    # -- how it came out

    def _say_unsettled(self) -> None:
        waiting = cards.unsettled_batches(self.session.store)
        self.unsettled_row.setVisible(bool(waiting))
        if waiting:
            self.unsettled.say(
                self.tr("有 {count} 批卡还没说印得怎样。").format(count=len(waiting)),
                self.tr("说了“都好”，卡才算发出。"),
            )

    def _ask_about_oldest(self) -> None:
        waiting = cards.unsettled_batches(self.session.store)
        if waiting:
            self.ask_how_it_came_out(waiting[-1])

    def ask_how_it_came_out(self, batch: PrintBatch, settled: object = None, *, made_now: bool = False) -> None:
        """Ask about a batch that nobody spoke of yet."""
        print_outcome.ask(self.session, batch, on_settled=self._settled(settled), made_now=made_now)

    def _settled(self, then: object) -> "print_outcome.OnSettled":
        def done(batch: PrintBatch) -> None:
            for card in self.session.store.get_many(ServiceCard, batch.item_ids).values():
                if card.id not in batch.spoilt_ids:
                    self._added.pop(card.elder_id, None)
                    self._ticked.discard(card.elder_id)
            if callable(then):
                then()
            self.refresh()

        return done

    def _calibrate(self) -> None:
        self._run.calibrate(str(self.options.printer.value()), self.options.stock, self._plan)

    def keys(self) -> tuple[Key, ...]:
        """Space ticks, Ctrl+P prints, Ctrl+S saves."""
        return (
            Key(keys="Space", words=self.tr("勾上或不勾这张卡"), shown_as=self.tr("空格")),
            Key(keys="Ctrl+P", words=self.tr("打印"), run=self.print_cards),
            Key(keys="Ctrl+S", words=self.tr("存成 PDF"), run=self.save_pdf),
            Key(keys="Ctrl+Return", run=self.print_cards),
        )

    def take_focus(self) -> None:
        """The list of people."""
        self.table.setFocus()
        if self.table.current() is None:
            self.table.choose_first()
