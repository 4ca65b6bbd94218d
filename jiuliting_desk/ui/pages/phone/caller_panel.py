"""Who rings: the box that finds them, the hits while they speak, and what one must know of them."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from jiuliting_desk.actions.callers import Caller
from jiuliting_desk.actions.search import Hit
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import age_on, time_text
from jiuliting_desk.model.elders import ElderState, Sex
from jiuliting_desk.model.needs import Need, NeedState, Urgency
from jiuliting_desk.model.places import address_text
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.masking import masked_phone
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.chips import ChipRow
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, replace_all, row
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import Elide, label


class CallerBox(TextField):
    """The box of step 1; up and down move in the hits below it."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the hits."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)


class HitList(LineList[Hit]):
    """The people whom the typed words mean; as high as its lines."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(self._line_of, key=lambda hit: hit.record_id)
        self._today = today
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("找到的老人"))

    def _line_of(self, hit: Hit) -> Line:
        age = age_on(hit.birth, self._today())
        facts = ["" if hit.sex in {"", Sex.UNKNOWN.value} else labels.label(Sex(hit.sex))]
        facts.append("" if age is None else self.tr("{age} 岁").format(age=age))
        return Line(
            title=hit.name,
            after="　".join(filter(None, facts)),
            second=address_text(hit.compound, hit.building, hit.room, hit.unit),
            second_right=masked_phone(hit.phone),
            right=hit.number,
        )

    def show_hits(self, hits: list[Hit]) -> None:
        """Show them; the first one is current."""
        self.set_rows(hits)
        self.choose_first()
        self.shows_focus = True
        height = sum(self.sizeHintForRow(at) for at in range(len(hits)))
        self.setFixedHeight(min(height, theme.px(56) * 5) + 2)

    def move(self, step: int) -> None:  # type: ignore[override]
        """One line up or down."""
        at = max(0, min(len(self.rows()) - 1, self.currentIndex().row() + step))
        self.setCurrentIndex(self.lines_model.index(at, 0))


class CallerCard(QFrame):
    """What one must know of the caller before speaking on."""

    closed = Signal()
    opened = Signal()
    note_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sunken")
        self._name = Elide("", "h2")
        self._facts = label("", "sub")
        self._address = Elide("")
        self._chips = ChipRow()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(2))
        other = icon_button("x", self.tr("换一位（Esc）"), self.closed.emit)
        record = button(self.tr("看资料"), self.opened.emit, kind="link", size="s")
        self.note_button = button(self.tr("只记来电"), self.note_wanted.emit, kind="link", size="s", tip="F7")
        head = row(self._name, self.note_button, record, other, gap=6)
        head.setStretchFactor(self._name, 1)
        about = row(self._facts, self._address, gap=12)
        about.setStretchFactor(self._address, 1)
        self.setLayout(column(head, about, self._chips, self._lines, margins=(10, 12), gap=5))

    def show_caller(
        self, found: Caller, categories: dict[int, ServiceCategory], today: date, *, brief: bool = False
    ) -> None:
        """Show them; ``brief`` each fact in one line, so that who could go is seen without scrolling."""
        elder = found.elder
        self._name.setText(elder.name)
        age = elder.age_on(today)
        facts = ["" if elder.sex is Sex.UNKNOWN else labels.label(elder.sex)]
        facts.append("" if age is None else self.tr("{age} 岁").format(age=age))
        facts.append(self.tr("卡号 {number}").format(number=found.card_number) if found.card_number else "")
        self._facts.setText("　".join(filter(None, facts)))
        address = address_text(found.compound, elder.building, elder.room, elder.unit)
        if elder.floor is not None and elder.without_lift and elder.floor > 1:
            address += self.tr("（{floor} 楼无电梯）").format(floor=elder.floor)
        self._address.setText(address)
        self._chips.set_chips(self._chips_of(found))
        told = self._told(found, categories, today)
        replace_all(self._lines, [self._line(text, tone, brief=brief) for text, tone in told])

    def _chips_of(self, found: Caller) -> list[Chip]:
        elder = found.elder
        chips = [Chip(tag, "line") for tag in elder.tags]
        if elder.state is not ElderState.ACTIVE:
            chips.insert(0, Chip(labels.label(elder.state), "warn", "circle-pause"))
        for text, icon in ((elder.hearing, "ear"), (elder.language, "languages"), (elder.best_hours, "clock")):
            if text:
                chips.append(Chip(text, "warn", icon))
        return chips

    def _told(self, found: Caller, categories: dict[int, ServiceCategory], today: date) -> list[tuple[str, str]]:
        told: list[tuple[str, str]] = []
        elder = found.elder
        for text in (elder.refuses, elder.health):
            if text:
                told.append((text, "warn"))
        for line in found.coming[:2]:
            words = self.tr("下次 {day} {time} {what}，{who}去").format(
                day=labels.day(line.visit.day, today=today),
                time=time_text(line.visit.starts),
                what=visit_words.services(line),
                who=visit_words.people(line),
            )
            if line.cadre:
                words += self.tr("，{cadre}带上门").format(cadre=line.cadre)
            told.append((words, "info"))
        waiting = [self._need(need, categories, today, found.waiting_days) for need in found.needs if need.is_waiting]
        told += waiting or [(self.tr("没有等着安排的需求"), "")]
        if found.last is not None:
            words = self.tr("上次 {day} {what}·{who}").format(
                day=labels.day(found.last.visit.day, today=today),
                what=visit_words.services(found.last),
                who=visit_words.people(found.last),
            )
            if found.last.overall:
                words += self.tr("，{score} 分").format(score=found.last.overall)
            told.append((words, "bad" if 0 < found.last.lowest <= 2 else ""))
        for call in found.calls[:2]:
            words = self.tr("{when} {who}来电：{outcome} {notes}").format(
                when=labels.when(call.at, today=today),
                who=call.caller_name,
                outcome=labels.label(call.outcome),
                notes=call.notes,
            )
            told.append((words.strip(), ""))
        if found.follow_ups:
            told.append((self.tr("有 {count} 件回访没办完").format(count=len(found.follow_ups)), "bad"))
        return told

    def _need(
        self, need: Need, categories: dict[int, ServiceCategory], today: date, waiting_days: int
    ) -> tuple[str, str]:
        """A need in words with how urgent it is and since when, or for when; and the tone of it."""
        facts = [] if need.urgency is Urgency.NORMAL else [labels.label(need.urgency)]
        facts.append(self.tr("已认领") if need.state is NeedState.CLAIMED else self.tr("等安排"))
        days = (today - need.since).days
        if need.stands_in_for is not None:
            # The wishes say on which day.
            days = 0
        elif days < 0:
            facts.append(self.tr("{day}该去").format(day=labels.day(need.since, today=today)))
        else:
            facts.append(self.tr("已等 {days} 天").format(days=days) if days else self.tr("今天登记"))
        name = categories[need.category_id].name if need.category_id in categories else ""
        words = self.tr("需求：{what}（{facts}）{wishes}")
        words = words.format(what=name, facts=self.tr("，").join(facts), wishes=need.wishes)
        if need.urgency is Urgency.URGENT or days >= waiting_days:
            return words, "bad"
        return words, "warn" if need.urgency is Urgency.HIGH else ""

    def _line(self, text: str, tone: str, *, brief: bool) -> QWidget:
        made = Elide(text, "cap") if brief else label(text, "cap", wrap=True)
        if tone:
            made.setProperty("tone", tone)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        return made

    def told(self) -> list[str]:
        """The sentences shown below the chips."""
        items = [self._lines.itemAt(at) for at in range(self._lines.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget.text() for widget in widgets if isinstance(widget, QLabel)]

    def name(self) -> str:
        """Whom it shows."""
        return self._name.text()


class NobodyPanel(QFrame):
    """Nobody has that number or name: register them, or only take a message."""

    register_wanted = Signal()
    message_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "sunken")
        self._words = label("", "strong", wrap=True)
        self.register_button = button(self.tr("登记新老人"), self.register_wanted.emit, icon="user-plus")
        message = button(self.tr("只记一条留言"), self.message_wanted.emit, icon="message-circle")
        self.setLayout(column(self._words, row(self.register_button, message, STRETCH), margins=(12, 12), gap=8))

    def say(self, text: str) -> None:
        """Name what was looked for."""
        digits = text.replace(" ", "").replace("-", "")
        words = self.tr("没有“{text}”这个号码") if digits.isdecimal() else self.tr("没有找到“{text}”")
        self._words.setText(words.format(text=text))
