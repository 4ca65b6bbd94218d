"""Who could go: the best three with their keys, the rest on request, the unsuitable in grey with their reason."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.callers import Candidate
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import ProviderKind
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.lines import Line, LineList

SHORT = 3
METRES_A_MINUTE = 70
WALKED = 1500
"""Metres up to which one walks; beyond, the bicycle (three times as fast)."""


class PeopleList(QWidget):
    """Emits the provider's id when somebody is chosen."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Candidate] = []
        self._need: Need | None = None
        self._is_long = False
        self._quiet = False
        self.list: LineList[Candidate] = LineList(self._line, key=lambda one: one.provider.id)
        self.list.setAccessibleName(self.tr("谁去"))
        self.list.current_changed.connect(self._on_current)
        self._more = button("", self._show_more, kind="link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self.list)
        layout.addWidget(self._more)

    def show_people(self, found: list[Candidate], *, need: Need | None, chosen: int = 0) -> None:
        """Show the ranked people; ``chosen`` is marked, without a signal."""
        self._all, self._need = found, need
        shown = [one.provider.id for one in self._suited()[:SHORT]]
        self._is_long = bool(chosen) and chosen not in shown
        self._fill(chosen)

    def _suited(self) -> list[Candidate]:
        return [one for one in self._all if one.has_claimed or not one.barriers]

    def _fill(self, chosen: int = 0) -> None:
        suited = self._suited()
        unsuited = [one for one in self._all if one.barriers and not one.has_claimed]
        rows = [*suited, *unsuited[:20]] if self._is_long else (suited or unsuited)[:SHORT]
        self._quiet = True
        self.list.set_rows(rows)
        if chosen:
            self.list.choose(chosen)
        self._quiet = False
        self._fit()
        rest = len(suited) - SHORT
        words = []
        if rest > 0:
            words.append(self.tr("其他 {count} 位").format(count=rest))
        if unsuited:
            words.append(self.tr("不合适的 {count} 位").format(count=len(unsuited)))
        self._more.setText(self.tr("看{who}").format(who=self.tr("和").join(words)))
        self._more.setVisible(bool(words) and not self._is_long)

    def _fit(self) -> None:
        """As high as the lines at this width, so that only the page scrolls."""
        height = sum(self.list.sizeHintForRow(at) for at in range(len(self.list.rows())))
        self.list.setFixedHeight(max(height, theme.px(40)) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips wrap at another width."""
        super().resizeEvent(event)
        self.list.doItemsLayout()
        self._fit()

    def _show_more(self) -> None:
        current = self.list.current()
        self._is_long = True
        self._fill(current.provider.id if current else 0)

    def pick(self, number: int) -> bool:
        """Choose the line with that number; gives whether there is one."""
        rows = self.list.rows()
        if not 1 <= number <= len(rows):
            return False
        self.list.setCurrentIndex(self.list.lines_model.index(number - 1, 0))
        self._on_current(rows[number - 1])
        return True

    def best(self) -> int:
        """The id of whoever has claimed the need, else of the best who is suitable, 0 where nobody is."""
        suited = self._suited()
        return suited[0].provider.id if suited else 0

    def candidate(self, provider_id: int) -> Candidate | None:
        """Somebody of the list by id."""
        return next((one for one in self._all if one.provider.id == provider_id), None)

    def _on_current(self, one: Candidate | None) -> None:
        if one is not None and not self._quiet:
            self.chosen.emit(one.provider.id)

    def _line(self, one: Candidate) -> Line:
        place = self.list.rows().index(one) + 1
        provider = one.provider
        after = self._distance(one)
        if provider.kind is ProviderKind.ENTERPRISE:
            after = self.tr("爱心企业　{after}").format(after=after).strip()
        if one.barriers:
            reasons = [Chip(self._barrier(one, barrier), "", "ban") for barrier in one.barriers[:3]]
            chips = (*self._bonds(one), *reasons)
            return Line(title=provider.name, after=after, chips=chips, tone="ink3", key=self._key(place))
        load, tone = self._load(one)
        return Line(
            title=provider.name,
            after=after,
            chips=tuple(self._reasons(one)),
            key=self._key(place),
            right=load,
            right_tone=tone,
        )

    def _barrier(self, one: Candidate, barrier: Barrier) -> str:
        ends = one.certificate_ends if barrier is Barrier.CERTIFICATE_EXPIRED else None
        return labels.label(barrier) if ends is None else self._ending(ends)

    def _ending(self, ends: date) -> str:
        return self.tr("证书 {day}到期").format(day=labels.month_day(ends))

    def _load(self, one: Candidate) -> tuple[str, str]:
        """How much they have in the month of the visit, amber where it is nearly all."""
        most = one.provider.visits_per_month
        if most is None:
            return "", "ink2"
        words = self.tr("{month} {used}/{limit} 次").format(month=one.month_name, used=one.load.visits, limit=most)
        return words, "warn" if one.load.visits + 1 >= most else "ink2"

    def _key(self, place: int) -> str:
        return str(place) if place <= 9 else ""

    def _distance(self, one: Candidate) -> str:
        if one.same_compound:
            return self.tr("同小区")
        if one.metres is None:
            return self.tr("同居委") if one.same_committee else ""
        minutes = max(1, round(one.metres / METRES_A_MINUTE))
        if one.metres <= WALKED:
            return self.tr("走路 {minutes} 分钟").format(minutes=minutes)
        return self.tr("骑车 {minutes} 分钟").format(minutes=max(1, round(minutes / 3)))

    def _reasons(self, one: Candidate) -> list[Chip]:
        chips = self._bonds(one)
        if one.times:
            chips.append(Chip(self.tr("去过 {count} 次").format(count=one.times), "ok", "repeat"))
        free = self._free(one)
        if free:
            chips.append(Chip(free, "ok", "check"))
        if one.certificate_ends is not None:
            chips.append(Chip(self._ending(one.certificate_ends), "warn", "shield-alert"))
        if not one.times:
            chips.append(Chip(self.tr("没去过")))
        return chips

    def _bonds(self, one: Candidate) -> list[Chip]:
        chips = []
        if one.has_claimed:
            chips.append(Chip(self.tr("已认领"), "info", "hand-heart"))
        if one.is_paired:
            chips.append(Chip(self.tr("固定结对"), "info", "pin"))
        return chips

    def _free(self, one: Candidate) -> str:
        wanted = set(self._need.half_days) if self._need is not None else set()
        common = sorted(set(one.provider.half_days) & wanted) if wanted else sorted(one.provider.half_days)
        if not one.provider.half_days:
            return ""
        when = self.tr("、").join(labels.half_day(each) for each in common[:2])
        if len(common) > 2:
            return self.tr("{when}等 {count} 个半天有空").format(when=when, count=len(common))
        return self.tr("{when}有空").format(when=when)
