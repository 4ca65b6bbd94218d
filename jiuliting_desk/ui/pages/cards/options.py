"""The right side of the page: printer, paper, first place, both sides, calibration, and what was printed lately."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from jiuliting_desk.model.cards import PrintBatch, PrintState
from jiuliting_desk.paper.stocks import STOCKS, Stock, stock_named
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.pages.cards.sheet_view import StartPicker
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, scrolled
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label

translate = QCoreApplication.translate

MANUAL, LONG_EDGE, SHORT_EDGE, FRONT_ONLY = "manual", "long_edge", "short_edge", "front_only"
SIDE_WORDS = {
    MANUAL: QT_TRANSLATE_NOOP("cards", "先印正面，翻面再印反面"),
    LONG_EDGE: QT_TRANSLATE_NOOP("cards", "打印机自动双面（长边翻转）"),
    SHORT_EDGE: QT_TRANSLATE_NOOP("cards", "打印机自动双面（短边翻转）"),
    FRONT_ONLY: QT_TRANSLATE_NOOP("cards", "只印正面"),
}

_RESULTS = {
    PrintState.SENT: ("circle-help", "warn", QT_TRANSLATE_NOOP("cards", "没说")),
    PrintState.CONFIRMED: ("circle-check", "ok", QT_TRANSLATE_NOOP("cards", "印好")),
    PrintState.SPOILT: ("circle-x", "bad", QT_TRANSLATE_NOOP("cards", "印坏")),
}


def _result(batch: PrintBatch) -> Cell:
    icon, tone, words = _RESULTS[batch.state]
    return Cell(translate("cards", words), icon=icon, tone=tone)


class Options(QFrame):
    """How the cards are printed; ``changed`` whenever the picture has to be made anew."""

    changed = Signal()
    calibration_wanted = Signal()
    batch_opened = Signal(object)

    def __init__(self, printers: list[str]) -> None:
        super().__init__()
        self.setProperty("surface", "side")
        self.printer = ChoiceField([(name, name) for name in printers] or [("", self.tr("这台电脑没有装打印机"))])
        self.stock_choice = ChoiceField([(stock.name, stock.title) for stock in STOCKS])
        self.picker = StartPicker()
        self._start_words = label("", wrap=True)
        self.new_sheet = button(self.tr("换成整张新纸"), lambda: self.picker.choose(0), kind="link")
        self.sides = QButtonGroup(self)
        side_buttons: list[QWidget] = []
        for key, words in SIDE_WORDS.items():
            made = QRadioButton(translate("cards", words))
            made.setProperty("side", key)
            self.sides.addButton(made)
            side_buttons.append(made)
        self.sides.buttons()[0].setChecked(True)
        self.hint = Banner("warn", self.tr("印完正面后："), self.tr("纸左右翻，有字的一面朝下，再放回去印反面。"))
        self.calibration_words = label("", "sub", wrap=True)
        self.calibrate = button(self.tr("对准这台打印机"), self.calibration_wanted.emit, kind="link", icon="crosshair")
        self.log: RecordTable[PrintBatch] = RecordTable(
            (
                Column(
                    key="day", title=self.tr("日期"), cell=lambda batch: labels.month_day(batch.printed_on), width=86
                ),
                Column(key="what", title=self.tr("印了什么"), cell=self._what, width=120, stretch=1),
                Column(key="result", title=self.tr("结果"), cell=_result, width=84),
            ),
            multi=False,
            empty_text=self.tr("还没有印过卡。"),
        )
        self.log.setMinimumHeight(theme.px(150))
        self.log.opened.connect(self.batch_opened)
        upper = column(
            self._named(self.tr("打印机"), self.printer),
            self._named(self.tr("卡纸"), self.stock_choice),
            hairline(),
            label(self.tr("从哪一格开始"), "h3"),
            row(self.picker, column(self._start_words, self.new_sheet, STRETCH, gap=2), gap=12),
            hairline(),
            label(self.tr("正反面"), "h3"),
            *side_buttons,
            self.hint,
            hairline(),
            row(self.calibrate, STRETCH),
            self.calibration_words,
            hairline(),
            label(self.tr("打印记录"), "h3"),
            self.log,
            margins=(12, 16),
            gap=8,
        )
        content = QWidget()
        content.setLayout(upper)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content))
        self.stock_choice.edited.connect(self._on_stock)
        self.printer.edited.connect(self.changed)
        self.picker.chosen.connect(self._on_start)
        self.sides.buttonClicked.connect(lambda _button: self._on_sides())
        self._tell_start()

    def _named(self, words: str, field: QWidget) -> QHBoxLayout:
        name = label(words, "field")
        name.setFixedWidth(theme.px(56))
        made = row(name, field)
        made.setStretch(1, 1)
        return made

    def _what(self, batch: PrintBatch) -> Cell:
        count = self.tr("{count} 张卡").format(count=len(batch.item_ids))
        if batch.spoilt_ids:
            return Cell(count, second=self.tr("坏 {count} 张").format(count=len(batch.spoilt_ids)))
        return Cell(count, second=self.tr("第 {slot} 格起").format(slot=batch.start_slot + 1))

    # -- what is chosen

    @property
    def stock(self) -> Stock:
        """The paper."""
        return stock_named(str(self.stock_choice.value()))

    @property
    def start_slot(self) -> int:
        """The first place, from 0."""
        return self.picker.value

    @property
    def side(self) -> str:
        """manual, long_edge, short_edge or front_only."""
        return next(str(made.property("side")) for made in self.sides.buttons() if made.isChecked())

    def choose_stock(self, name: str, start_slot: int) -> None:
        """Show a paper and its first free place."""
        self.stock_choice.set_value(name)
        self.picker.set_stock(self.stock, start_slot)
        self._tell_start()

    def choose_side(self, key: str) -> None:
        """Show which sides are printed."""
        for made in self.sides.buttons():
            made.setChecked(made.property("side") == key)
        self.hint.setVisible(self.side == MANUAL)

    def say_calibration(self, words: str) -> None:
        """What is known of the printer."""
        self.calibration_words.setText(words)

    def _on_stock(self) -> None:
        self.picker.set_stock(self.stock, 0)
        self._tell_start()
        self.changed.emit()

    def _on_start(self) -> None:
        self._tell_start()
        self.changed.emit()

    def _on_sides(self) -> None:
        self.hint.setVisible(self.side == MANUAL)
        self.changed.emit()

    def _tell_start(self) -> None:
        used = self.picker.value
        words = self.tr("从第 {slot} 格开始。").format(slot=used + 1)
        if used:
            words += self.tr("前 {count} 格已经用掉。").format(count=used)
        self._start_words.setText(words + self.tr("点格子或按方向键改。"))
        self.new_sheet.setVisible(used > 0)
