"""The middle: who is asking, who could go and why, and the others with what stands against each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from jiuliting_desk.actions.confirming import Confirmation, too_few_homes
from jiuliting_desk.actions.matching import Inputs, rank_need
from jiuliting_desk.matching.candidates import Candidate, Exclusion, Ranking
from jiuliting_desk.model.needs import Urgency
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.matching import words
from jiuliting_desk.ui.pages.matching.ways import Way, WayKind
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip, chip_width
from jiuliting_desk.ui.widgets.chips import ChipRow
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, surface, wrapping
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import Elide, key_cap, label

WAY_ICONS: dict[WayKind, tuple[str, str]] = {
    WayKind.CURE: ("lightbulb", "info"),
    WayKind.LATER: ("calendar-clock", "info"),
    WayKind.INSIST: ("triangle-alert", "warn"),
}
EXCLUDED_SHOWN = 60
WISH_WIDTH = 130
"""Room that the wish wants beside the chips."""
DIGITS = 9


@dataclass(frozen=True, slots=True)
class Shown:
    """One line: a heading, a way out, a candidate with its place, or somebody who is excluded."""

    key: str
    heading: str = ""
    note: str = ""
    candidate: Candidate | None = None
    exclusion: Exclusion | None = None
    place: int = 0
    way: Way | None = None

    @property
    def provider(self) -> int:
        """The provider's id, 0 for a heading."""
        found = self.candidate or self.exclusion
        return 0 if found is None else found.provider

    @property
    def name(self) -> str:
        """The provider's name."""
        found = self.candidate or self.exclusion
        return "" if found is None else found.name


class CandidatesSide(QWidget):
    """Shows one need at a time; what is to be done is told to the page."""

    settle_wanted = Signal()
    other_wanted = Signal()
    """The other of pairing and claiming."""
    plan_wanted = Signal()
    elder_wanted = Signal()
    way_wanted = Signal(object)
    """A Way that is to be taken."""
    current_changed = Signal(object)

    def __init__(self, planned: Callable[[int], Sequence[Confirmation]]) -> None:
        """``planned``: what confirming the plan as it is ticked would settle with a provider."""
        super().__init__()
        self._planned = planned
        self._inputs: Inputs | None = None
        self.need: WaitingNeed | None = None
        self._preferred = 0
        self._left_way = False
        """Whether the list stood on a way out that is being worked out anew, and nobody chose another line since."""
        self._is_showing = False
        self._is_chosen = False
        """Whether somebody chose the line on which the list stands, so that no plan moves it."""
        self._build_head()
        self.lines = LineList[Shown](self._line, key=lambda shown: shown.key)
        self.lines.setAccessibleName(self.tr("谁能去"))
        self.lines.current_changed.connect(self._on_current)
        self.lines.clicked.connect(self._on_clicked)
        self.lines.opened.connect(lambda _shown: self.do())
        self.settle_button = button("", self.do, kind="strong", icon="check")
        self.other_button = button("", self.other_wanted.emit)
        self.plan_button = button(self.tr("放进方案"), self.plan_wanted.emit, kind="link")
        self.chosen = Elide("", "sub")
        self.effect = label("", "cap", wrap=True)
        first = QWidget()
        first.setLayout(row(self.settle_button, key_cap("Enter"), gap=6))
        told = row(self.chosen, self.plan_button)
        told.setStretchFactor(self.chosen, 1)
        actions = wrapping(STRETCH, self.other_button, first, gap=6)
        self.foot = surface("foot", column(told, self.effect, actions, margins=(6, 16, 8, 16), gap=4))
        shown = QWidget()
        shown.setLayout(column(self.head, hairline(), self.lines, self.foot, gap=0))
        self.empty = Empty(self.tr("先在左边选一条需求。"), icon="heart-handshake")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(shown)
        self.setLayout(column(self.stack, gap=0))

    def _build_head(self) -> None:
        self.title = label("", "h2")
        self.about = Elide("", "")
        self.elder_button = button(self.tr("看资料"), self.elder_wanted.emit, kind="link")
        self.chips = ChipRow()
        self.wish = label("", "sub", wrap=True)
        first = row(self.title, self.about, self.elder_button)
        first.setStretchFactor(self.about, 1)
        self._second = row(self.chips, self.wish)
        self._second.setStretchFactor(self.wish, 1)
        self._second.setAlignment(self.chips, Qt.AlignmentFlag.AlignTop)
        self.allowance = label("", "sub", tone="warn", wrap=True)
        self.cause = label("", "sub", tone="bad", wrap=True)
        self.head = QWidget()
        self.head.setLayout(column(first, self._second, self.allowance, self.cause, margins=(10, 16, 10, 16), gap=6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The wish beside the chips, or below them where it would stand in a few characters a line."""
        super().resizeEvent(event)
        self._place_wish()

    def _place_wish(self) -> None:
        beside = self.width() - self.chips.minimumWidth() - theme.px(2 * 16 + 8)
        is_low = beside < theme.px(WISH_WIDTH)
        self._second.setDirection(QBoxLayout.Direction.TopToBottom if is_low else QBoxLayout.Direction.LeftToRight)

    # -- showing

    def show_need(
        self,
        inputs: Inputs,
        need: WaitingNeed | None,
        *,
        today: date,
        preferred: int | None = 0,
        ways: Sequence[Way] = (),
        cause: str = "",
        allowance: str = "",
    ) -> None:
        """Rank everybody for a need; ``preferred`` is the provider to stand on at first, None: as it was.

        Where nobody goes, the cause and the ways out come before everybody. ``allowance``: what the elder may not have.
        """
        is_same = need is not None and self.need is not None and need.id == self.need.id
        was_seen = is_same and self._is_seen()
        self._inputs, self.need = inputs, need
        if preferred is None:
            preferred = self._preferred if is_same else 0
        self._is_chosen = self._is_chosen and is_same
        self.stack.setCurrentIndex(0 if need is None else 1)
        if need is None:
            is_done = not inputs.needs
            self.empty.say(self.tr("现在没有等安排的需求。") if is_done else self.tr("先在左边选一条需求。"))
            self.lines.set_rows([])
            self.current_changed.emit(None)
            return
        category = inputs.categories[need.category_id]
        self.title.setText(need.elder)
        self.about.setText(words.about(need, today=today))
        chips = [Chip(category.name, "warn", category.icon)]
        if need.urgency in {Urgency.HIGH, Urgency.URGENT}:
            chips.append(Chip(labels.label(need.urgency), "bad", "clock"))
        self.chips.set_chips(chips)
        self.chips.setFixedWidth(sum(round(chip_width(chip)) + theme.px(8) for chip in chips))
        self.wish.setText(words.wish(need))
        self._place_wish()
        self.allowance.setText(allowance)
        self.allowance.setVisible(bool(allowance))
        self.cause.setText(cause)
        self.cause.setVisible(bool(cause))
        ranking = rank_need(inputs, need.id)
        able = len(ranking.candidates)
        rows = [Shown("can", self.tr("谁能去　{count} 位").format(count=able), self.tr("近、熟、有空、会做的在前"))]
        rows += [
            Shown(f"p{candidate.provider}", candidate=candidate, place=place)
            for place, candidate in enumerate(ranking.candidates, start=1)
        ]
        if not able:
            why = self.tr("下面写着各人为什么；仍要选，请写原因") if ranking.excluded_count else ""
            rows[0] = Shown("can", self.tr("现在没有人能去"), why)
        excluded = self._excluded(ranking, inputs, need)
        if excluded:
            count = ranking.excluded_count
            note = self.tr("仍要选，请先写原因") if able else ""
            if count > len(excluded):
                note = self.tr("列出差得最少的 {shown} 位").format(shown=len(excluded))
            rows.append(Shown("cannot", self.tr("不合适　{count} 位").format(count=count), note))
            rows += [Shown(f"p{found.provider}", exclusion=found) for found in excluded]
        if ways:
            heading = Shown("ways", self.tr("怎么办"), self.tr("都重新排过，做得到"))
            rows = [heading, *(Shown(f"w{at}", way=way) for at, way in enumerate(ways)), *rows]
        on_way = is_same and (self._left_way or self._is_on_way())
        begins = is_same and not any(shown.way is not None for shown in self.lines.rows())
        self._left_way = on_way and not ways
        self._is_showing = True
        self.lines.set_rows(rows)
        is_free = on_way or (begins and not self._is_chosen)
        if ways and is_free and not self._is_on_way():
            # The ways out come, or come back, with a plan: stand on them, as the list is read from the top.
            self.lines.choose_first()
        elif not is_same or self.lines.current() is None:
            self.lines.verticalScrollBar().setValue(0)
            if not (preferred and self.lines.choose(f"p{preferred}")):
                self.lines.choose_first()
        elif preferred and preferred != self._preferred and not (self._is_chosen or self.lines.hasFocus()):
            # The plan came after the list: stand on whom it has, unless somebody is choosing or has chosen.
            self.lines.choose(f"p{preferred}")
        self._is_showing = False
        self._preferred = preferred
        self._tell()
        if was_seen:
            # Ways out that came push down whoever one stands on.
            self.lines.scrollTo(self.lines.currentIndex())

    def count_homes(self) -> None:
        """Other lines of the plan are ticked now: say anew how many homes lack to whoever wants several at once."""
        rows = self.lines.rows()
        if any(shown.candidate is not None and shown.candidate.homes_short for shown in rows):
            self._is_showing = True
            self.lines.set_rows(rows)
            self._is_showing = False

    def _is_seen(self) -> bool:
        """Whether the line that one stands on is in sight."""
        return self.lines.visualRect(self.lines.currentIndex()).intersects(self.lines.viewport().rect())

    def _excluded(self, ranking: Ranking, inputs: Inputs, need: WaitingNeed) -> list[Exclusion]:
        """Who cannot go, those in a lasting pairing for it first: one expects them."""
        excluded = ranking.excluded(EXCLUDED_SHOWN)
        return sorted(excluded, key=lambda found: not inputs.is_paired(need, found.provider))

    def _is_on_way(self) -> bool:
        """Whether the list stands on a way out."""
        shown = self.lines.current()
        return shown is not None and shown.way is not None

    def current(self) -> Shown | None:
        """Who is chosen, candidate or not."""
        return None if self.need is None else self.lines.current()

    def choose_place(self, place: int) -> bool:
        """Choose the candidate with that number; gives whether there is one."""
        found = next((shown for shown in self.lines.rows() if shown.place == place), None)
        self._is_chosen = self._is_chosen or found is not None
        self._left_way = self._left_way and found is None
        return found is not None and self.lines.choose(found.key)

    def _on_current(self, _shown: Shown | None) -> None:
        if not self._is_showing:
            self._is_chosen = self._is_chosen or self.lines.hasFocus()
            self._left_way = False
        self._tell()

    def _on_clicked(self) -> None:
        """Also a click on the line that one stands on chooses it: no plan moves the mark from there."""
        self._is_chosen, self._left_way = True, False

    def choose_provider(self, provider_id: int) -> bool:
        """Choose a provider; gives whether they are listed."""
        return self.lines.choose(f"p{provider_id}")

    def choose_first_excluded(self) -> None:
        """Choose the nearest of those who are excluded."""
        found = next((shown for shown in self.lines.rows() if shown.exclusion is not None), None)
        if found is not None:
            self.lines.choose(found.key)

    def do(self) -> None:
        """What the main button says: take the way out that is chosen, or settle with whoever is."""
        shown = self.current()
        if shown is not None and shown.way is not None:
            self.way_wanted.emit(shown.way)
        else:
            self.settle_wanted.emit()

    def show_held(self, held: bool) -> None:
        """Whether the chosen one was put into the plan by hand: once more takes that back."""
        self.plan_button.setText(self.tr("放回") if held else self.tr("放进方案"))

    def show_effect(self, text: str) -> None:
        """Say what putting the chosen one into the plan would do to the rest; "" for nothing to say."""
        self.effect.setText(text)
        self.effect.setVisible(bool(text))

    def pairs_first(self) -> bool:
        """Whether a lasting pairing is what the need asks for: it comes back, and nobody is paired for it yet."""
        shown = self.current()
        if self.need is None or shown is None or self._inputs is None:
            return False
        is_paired = self._inputs.is_paired(self.need, shown.provider)
        return self.need.repeats and not is_paired and self._inputs.paired_otherwise(self.need, shown.provider) is None

    def _tell(self) -> None:
        shown = self.current()
        self.foot.setVisible(shown is not None)
        self.show_effect("")
        if shown is not None and shown.way is not None:
            self.settle_button.setText(shown.way.button)
            self.other_button.hide()
            self.plan_button.hide()
            self.chosen.setText(shown.way.note)
            self.show_effect(shown.way.title)
        elif shown is not None and self.need is not None and self._inputs is not None:
            name = words.short_name(shown.name)
            pair, once = self.tr("和{name}结对").format(name=name), self.tr("这次请{name}去").format(name=name)
            is_paired = self._inputs.is_paired(self.need, shown.provider)
            is_pair_first = self.pairs_first()
            self.settle_button.setText(pair if is_pair_first else once)
            self.other_button.setText(once if is_pair_first else pair)
            self.other_button.setVisible(not is_paired)
            self.plan_button.setVisible(shown.candidate is not None)
            if shown.exclusion is not None:
                why = self.tr("；").join(shown.exclusion.texts)
                self.chosen.setText(self.tr("{name}不合适：{why}。仍要选会请您写一句原因").format(name=name, why=why))
            elif shown.candidate is not None:
                reasons = "，".join(reason.text for reason in shown.candidate.reasons[:3])
                self.chosen.setText(self.tr("选中：{name}　{why}").format(name=shown.name, why=reasons))
        self.current_changed.emit(shown)

    def _line(self, shown: Shown) -> Line:
        if shown.heading:
            return Line(title=shown.heading, after=shown.note, is_heading=True)
        if shown.way is not None:
            icon, tone = WAY_ICONS[shown.way.kind]
            return Line(title=shown.way.title, icon=icon, icon_tone=tone, second=shown.way.note)
        if shown.exclusion is not None:
            return self._excluded_line(shown.exclusion)
        candidate, inputs, need = shown.candidate, self._inputs, self.need
        assert candidate is not None
        assert inputs is not None
        assert need is not None
        paired = inputs.is_paired(need, candidate.provider)
        metres = inputs.metres(need.id, candidate.provider)
        chips = [words.reason_chip(reason, paired=paired) for reason in candidate.reasons]
        if candidate.homes_short:
            this = Confirmation(need_id=need.id, provider_id=candidate.provider)
            few = too_few_homes(inputs, [this, *self._planned(candidate.provider)])
            chips.append(words.homes_chip(sum(provider.homes_at_once - homes for provider, homes in few)))
        if over := words.over_later(inputs, [need], candidate.provider):
            chips.append(Chip(over, "warn", "triangle-alert"))
        where = [inputs.place_of(candidate.provider), "" if metres is None else words.distance(metres)]
        return Line(
            title=candidate.name,
            key=str(shown.place) if shown.place <= DIGITS else " ",
            tags=(words.provider_kind(inputs.providers[candidate.provider]),),
            after="　".join(part for part in where if part),
            right=words.load(candidate, inputs.situation.month_name),
            chips=tuple(chips),
        )

    def _excluded_line(self, found: Exclusion) -> Line:
        inputs, need = self._inputs, self.need
        is_paired = inputs is not None and need is not None and inputs.is_paired(need, found.provider)
        why = self.tr("；").join(found.texts)
        return Line(
            title=found.name,
            tone="ink2",
            icon=words.RULE_ICONS[found.rules[0]],
            icon_tone="ink3",
            after=self.tr("固定结对的，但是{why}").format(why=why) if is_paired else why,
        )
