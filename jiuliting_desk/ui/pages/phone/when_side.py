"""The right side: the week with its suggestions, the sentence to read aloud, and the button that books."""

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from jiuliting_desk.actions.callers import WeekView
from jiuliting_desk.model.dates import monday_of, time_text
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.week import Block, BlockKind, Slot
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.phone.step_head import StepHead
from jiuliting_desk.ui.widgets.banner import Banner, Empty
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.cells import draw_text, metrics
from jiuliting_desk.ui.widgets.fields import CheckField, ChoiceField
from jiuliting_desk.ui.widgets.key_choice import KeyChoice
from jiuliting_desk.ui.widgets.layout import column, hairline, row, surface
from jiuliting_desk.ui.widgets.text import icon_label, label
from jiuliting_desk.ui.widgets.week_grid import GridBlock, GridSlot, WeekGrid

PROVIDER_KINDS = frozenset({BlockKind.PROVIDER_NOT_FREE, BlockKind.FULL, BlockKind.HOLIDAY})


class Legend(QWidget):
    """What the patterns of the grid mean."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_items(self, items: Iterable[tuple[str, str]]) -> None:
        """Pairs of pattern and word."""
        self._items = list(items)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        width = sum(metrics("cap").horizontalAdvance(word) + theme.px(46) for _, word in self._items)
        return QSize(round(width), theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small field of the pattern, then its word."""
        painter = QPainter(self)
        left = 0.0
        for kind, word in self._items:
            box = QRect(round(left), round(self.height() / 2 - theme.px(6)), theme.px(20), theme.px(12))
            self._paint_field(painter, kind, box)
            left += theme.px(26)
            room = self.rect().adjusted(round(left), 0, 0, 0)
            left += draw_text(painter, room.toRectF(), word, "cap", "ink2") + theme.px(20)

    def _paint_field(self, painter: QPainter, kind: str, box: QRect) -> None:
        painter.setPen(QPen(theme.colour("line2"), 1))
        painter.setBrush(theme.colour("sunken"))
        if kind == "chosen":
            painter.setBrush(theme.colour("focus"))
        elif kind == "slot":
            painter.setPen(QPen(theme.colour("focus"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(theme.colour("info_soft"))
        elif kind in {"provider", "elder"}:
            painter.setBrush(Qt.BrushStyle.BDiagPattern)
            brush = painter.brush()
            brush.setColor(theme.colour("warn_line" if kind == "elder" else "control"))
            painter.setBrush(brush)
        painter.drawRoundedRect(box, 3, 3)


class WhenSide(QWidget):
    """Step 4 and the foot of the page."""

    slot_chosen = Signal(object)
    """A GridSlot."""
    week_wanted = Signal(object)
    """A Monday."""
    cadre_chosen = Signal(int)
    booked = Signal()
    back = Signal()
    later_wanted = Signal()
    """Show the week of the first free time."""

    def __init__(self) -> None:
        super().__init__()
        self.monday = date(2000, 1, 3)
        self._today = date(2000, 1, 3)
        self.head = StepHead(4, self.tr("什么时候"), self.tr("按 1–3 选建议时间，或用方向键自己挑"))
        self._range = label("", "strong")
        before = icon_button("chevron-left", self.tr("前一周（PageUp）"), lambda: self._go(-1))
        after = icon_button("chevron-right", self.tr("后一周（PageDown）"), lambda: self._go(1))
        this = button(self.tr("回到本周"), lambda: self.week_wanted.emit(monday_of(self._today)), size="s")
        self.legend = Legend()
        self.grid = WeekGrid()
        self.grid.chosen_changed.connect(self.slot_chosen)
        self.grid.week_wanted.connect(self._go)
        self.grid.accepted.connect(self.booked)
        self._offers = QHBoxLayout()
        self._offers.setSpacing(theme.px(8))
        self.later_button = button("", self.later_wanted.emit, kind="link")
        self._none = Banner("warn", "", action=self.later_button)
        self._none.hide()
        self._stack = QStackedWidget()
        self._empty = Empty(self.tr("先找到打电话的老人。"), icon="phone-call")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.grid)
        self._turning = (before, self._range, after, this)
        top = row(self.head, *self._turning, gap=8)
        top.setStretchFactor(self.head, 1)
        self._against = Banner("warn", "")
        self._against.hide()
        upper = column(top, self._offers, self._none, self._against, self.legend, margins=(8, 20, 0, 20), gap=8)
        layout = column(upper, gap=8)
        holder = column(self._stack, margins=(0, 20, 8, 20))
        layout.addLayout(holder, 1)
        layout.addWidget(hairline())
        layout.addWidget(self._foot())
        self.setLayout(layout)

    def _foot(self) -> QWidget:
        self.sentence = label("", "h3", wrap=True)
        self.facts = label("", "strong", wrap=True)
        self.cadre = ChoiceField([(0, self.tr("居委不带"))])
        self.cadre.setAccessibleName(self.tr("谁带上门"))
        self.cadre.edited.connect(lambda: self.cadre_chosen.emit(self.cadre.value() or 0))
        self.asks = CheckField(self.tr("还要问志愿者"))
        self.slip = CheckField(self.tr("印派工单"))
        self.book_button = button(
            self.tr("确认预约"), self.booked.emit, kind="primary", icon="check", size="l", tip="Ctrl+Enter"
        )
        back = button(self.tr("退一步"), self.back.emit, size="l")
        lead = label(self.tr("带上门"), "sub")
        read = row(icon_label("volume-2"), label(self.tr("念给老人听：")), self.sentence, lead, self.cadre, gap=8)
        read.setStretchFactor(self.sentence, 1)
        last = row(self.facts, column(self.asks, self.slip, gap=2), back, self.book_button, gap=10)
        last.setStretchFactor(self.facts, 1)
        return surface("panel", column(read, last, margins=(10, 20), gap=8))

    def show_nobody(self, why: str) -> None:
        """No week, and why: nobody is found yet, it is not said what is to be done, or nobody can go."""
        self._empty.say(why)
        self._show_grid(False)
        self.head.set_state("later")
        self.show_cadres((), 0)
        self._offer([])
        self._none.hide()
        self._against.hide()
        self.legend.set_items([])
        self.sentence.setText("")
        self.facts.setText("")
        self.book_button.setEnabled(False)

    def _show_grid(self, shown: bool) -> None:
        self._stack.setCurrentIndex(int(shown))
        for part in self._turning:
            part.setVisible(shown)

    def empty_words(self) -> str:
        """What is said in the place of the week, "" where it is seen."""
        return self._empty.words() if self._stack.currentIndex() == 0 else ""

    def show_cadres(self, cadres: Iterable[Cadre], chosen: int) -> None:
        """Who could lead in."""
        self.cadre.set_choices([(0, self.tr("居委不带")), *((cadre.id, cadre.name) for cadre in cadres)])
        self.cadre.set_value(chosen)

    def show_week(self, view: WeekView, *, today: date, minutes: int, chosen: GridSlot | None, who: str) -> None:
        """A week and what is chosen in it; ``who`` names the provider."""
        week = view.week
        self.monday, self._today = week.monday, today
        self._show_grid(True)
        sunday = week.monday + timedelta(days=6)
        weeks = (week.monday - monday_of(today)).days // 7
        near = {0: self.tr("本周"), 1: self.tr("下周"), -1: self.tr("上周")}.get(weeks, "")
        self._range.setText(f"{labels.month_day(week.monday)}—{labels.month_day(sunday)}　{near}".strip())
        slots = [GridSlot(day=slot.day, starts=slot.starts, minutes=slot.minutes) for slot in week.slots]
        self.grid.show_week(
            monday=week.monday,
            today=today,
            # Half an hour of room, so that the first hour has its line and its label.
            opens=week.opens - 30,
            closes=week.closes,
            minutes=minutes,
            blocks=[self._block(view, block) for block in week.blocks],
            slots=slots,
            chosen=chosen,
        )
        self._offer(slots, chosen)
        self._none.hide()
        self.legend.set_items(
            [
                ("chosen", self.tr("选中")),
                ("slot", self.tr("建议时间")),
                ("booked", self.tr("已有约")),
                ("provider", self.tr("{who}不方便").format(who=who)),
                ("elder", self.tr("老人不方便")),
            ]
        )

    def _block(self, view: WeekView, block: Block) -> GridBlock:
        line = view.visits.get(block.visit_id)
        title, second, kind = labels.label(block.kind), "", "elder"
        if line is not None:
            title, second, kind = line.name, "、".join(line.categories), "booked"
            if block.kind is not BlockKind.BOOKED:
                second = "、".join(line.providers)
        elif block.kind in PROVIDER_KINDS:
            kind = "provider"
        elif block.kind is BlockKind.PAST:
            kind, title = "past", ""
        return GridBlock(day=block.day, starts=block.starts, ends=block.ends, kind=kind, title=title, second=second)

    def _offer(self, slots: list[GridSlot], chosen: GridSlot | None = None) -> None:
        while (item := self._offers.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, slot in enumerate(slots, start=1):
            words = f"{labels.day(slot.day, today=self._today)} {time_text(slot.starts)}"
            made = KeyChoice(str(number), words)
            made.setAutoExclusive(True)
            made.setChecked(slot == chosen)
            made.setMaximumWidth(theme.px(240))
            made.clicked.connect(lambda _on=False, slot=slot: self.grid.choose(slot))
            self._offers.addWidget(made)
        self._offers.addStretch(1)

    def offers(self) -> list[str]:
        """The suggestions in words."""
        items = [self._offers.itemAt(at) for at in range(self._offers.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget.words for widget in widgets if isinstance(widget, KeyChoice)]

    def show_none(self, first: Slot | None) -> None:
        """This week has no free time; ``first`` is the earliest later one."""
        if first is None:
            self._none.say(self.tr("这周没有空"), self.tr("后面三个月也排不上，换一位试试。"))
            self.later_button.hide()
        else:
            when = f"{labels.day(first.day, today=self._today)} {time_text(first.starts)}"
            self._none.say(self.tr("这周没有空"), self.tr("最早 {when}").format(when=when))
            self.later_button.setText(self.tr("看那一天"))
            self.later_button.show()
        self._none.show()

    @property
    def says_none(self) -> str:
        """What is said where the week has no free time, "" where it has."""
        return "" if self._none.isHidden() else self._none.words()

    def show_against(self, told: Iterable[str], *, wants_reason: bool) -> None:
        """What stands against the chosen time."""
        words = list(told)
        lead = self.tr("要写原因才能约：") if wants_reason else self.tr("请留意：")
        self._against.say(lead, "；".join(words))
        self._against.setVisible(bool(words))

    @property
    def says_against(self) -> str:
        """What is said to stand against the chosen time, "" where nothing does."""
        return "" if self._against.isHidden() else self._against.words()

    def pick(self, number: int) -> bool:
        """Choose the suggestion with that number; gives whether there is one."""
        if not 1 <= number <= len(self.grid.slots):
            return False
        self.grid.choose(self.grid.slots[number - 1])
        return True

    def _go(self, weeks: int) -> None:
        self.week_wanted.emit(self.monday + timedelta(weeks=weeks))
