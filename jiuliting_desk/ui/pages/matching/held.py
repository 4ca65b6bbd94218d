"""The right side's other parts: claims with the days left, pairings with their reviews, those long not asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from jiuliting_desk.actions import matching_lists, pairings
from jiuliting_desk.actions.confirming import short_trips
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.actions.matching_lists import BondLine, ClaimLine, Pausing, RestingLine
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.asking import ask_reason
from jiuliting_desk.ui.bond_end import ask_to_end
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.layout import column, row, surface, wrapping
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import label


def paused(found: Pausing | None) -> str:
    """韦华暂停中，10月10日恢复; "" where neither of the two pauses."""
    if found is None:
        return ""
    if found.back_on is None:
        return QCoreApplication.translate("matching", "{name}暂停中").format(name=found.name)
    words = QCoreApplication.translate("matching", "{name}暂停中，{day}恢复")
    return words.format(name=found.name, day=labels.month_day(found.back_on))


class _List(QWidget):
    """Lines, what to say where there are none, and buttons for the current one."""

    def __init__(
        self,
        session: Session,
        line: Callable[[Any], Line],
        *,
        key: Callable[[Any], int],
        note: str,
        nothing: str,
        buttons: Sequence[QWidget],
        opens: Callable[[], object],
    ) -> None:
        """``opens``: what Enter or a double click does with the current line."""
        super().__init__()
        self.session = session
        self.lines = LineList[Any](line, key=key, uniform=True)
        self.lines.opened.connect(lambda _line: opens())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.lines)
        self.stack.addWidget(Empty(nothing, icon="circle-check"))
        self.buttons = tuple(buttons)
        head = row(label(note, "sub", wrap=True), margins=(6, 16, 8, 16))
        foot = surface("foot", column(wrapping(*buttons, gap=6), margins=(10, 16)))
        self.setLayout(column(head, self.stack, foot, gap=0))

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these."""
        self.lines.set_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        for made in self.buttons:
            made.setEnabled(bool(rows))
        if rows and self.lines.current() is None:
            self.lines.choose_first()

    def go_on(self, action: Callable[..., Any], **values: Any) -> None:
        """Do it for the current line, which may go elsewhere in the list by that; stand on the one that followed."""
        rows, current = self.lines.rows(), self.lines.current()
        assert current is not None
        at = rows.index(current)
        following = rows[at + 1 : at + 2] or rows[max(at - 1, 0) : at]
        done = self.session.perform(action, **values)
        if done is not None and done.touched and following:
            self.lines.choose(self.lines.key(following[0]))


class ClaimsList(_List):
    """Claims held, the first to lapse first."""

    def __init__(self, session: Session) -> None:
        self._days_warned, self._month = 3, date.min
        self._short: dict[int, tuple[int, int]] = {}
        super().__init__(
            session,
            self._line,
            key=lambda line: line.claim.id,
            note=self.tr("认领了还没约好时间的。到期没约，会自动放回等安排的名单。"),
            nothing=self.tr("没有等着约时间的认领。"),
            opens=self.book,
            buttons=(
                button(self.tr("约时间"), self.book, icon="phone-call"),
                button(self.tr("放回需求"), self.release, icon="undo-2"),
                button(self.tr("再留几天"), self.prolong, icon="clock"),
                button(self.tr("看老人"), self.open_elder, kind="link"),
            ),
        )

    def show_lines(self, lines: Sequence[ClaimLine], inputs: Inputs, *, warn_days: int) -> None:
        """Show the claims; those with ``warn_days`` or fewer left are amber."""
        self._days_warned, self._month, self._short = warn_days, inputs.month, short_trips(inputs)
        self.set_rows(lines)

    def _line(self, found: ClaimLine) -> Line:
        left = found.days_left
        words = self.tr("还有 {days} 天").format(days=left) if left > 0 else self.tr("今天到期")
        tone = "warn" if left <= self._days_warned else "ink2"
        trouble = paused(found.pausing), self._certificate(found), self._trip(found)
        return Line(
            title=found.provider,
            after=f"→ {found.elder}　{found.category}",
            icon="circle-pause" if found.pausing else "shield-alert" if found.certificate_ends else found.icon,
            icon_tone="warn" if found.pausing or found.certificate_ends else "ink2",
            second=self.tr("；").join(filter(None, (*trouble, found.claim.reason))) or self._since(found.claim),
            right=words if left >= 0 else self.tr("过期了"),
            right_tone=tone if left >= 0 else "bad",
            right_icon="clock" if left <= self._days_warned else "",
        )

    def _certificate(self, found: ClaimLine) -> str:
        """证书 12月10日到期，之后的上门要换证, where it does not last as long as a visit may be booked."""
        ends = found.certificate_ends
        if ends is None:
            return ""
        words = self.tr("证书 {day}到期，之后的上门要换证")
        if ends < self.session.today():
            words = self.tr("证书 {day}到期了，要换证才能上门")
        return words.format(day=labels.month_day(ends))

    def _trip(self, found: ClaimLine) -> str:
        """要 3 户一起，才有 2 户, of an enterprise that would not come for so few in the month that is planned."""
        short = self._short.get(found.claim.provider_id)
        if short is None or not found.takes_time_in(self._month):
            return ""
        return self.tr("要 {wanted} 户一起，才有 {homes} 户").format(wanted=short[0], homes=short[1])

    def _since(self, claim: Claim) -> str:
        """11月29日认领, or with the month for which that is."""
        words = self.tr("{day}认领") if claim.begins_on is None else self.tr("{day}认领，{month} 月去")
        month = (claim.begins_on or claim.claimed_on).month
        return words.format(day=labels.month_day(claim.claimed_on), month=month)

    def current(self) -> ClaimLine | None:
        """The claim that the keyboard is on."""
        found: ClaimLine | None = self.lines.current()
        return found

    def book(self) -> None:
        """Go on to the telephone, with whoever has claimed it."""
        found = self.current()
        if found is not None:
            self.session.goto("phone", Ref(Need, found.claim.need_id))

    def release(self) -> None:
        """The need waits again, with a reason."""
        found = self.current()
        if found is not None:
            title = self.tr("{provider}不去{elder}家了？").format(provider=found.provider, elder=found.elder)
            ask_reason(
                self.session,
                title,
                self.tr("不放回"),
                self.tr("放回 1 条"),
                pairings.release_claim,
                need_id=found.claim.need_id,
            )

    def prolong(self) -> None:
        """The days begin anew."""
        found = self.current()
        if found is not None:
            self.go_on(pairings.prolong_claim, need_id=found.claim.need_id)

    def open_elder(self) -> None:
        """Show the elder."""
        found = self.current()
        if found is not None:
            self.session.goto("elders", Ref(Elder, found.elder_id))


class PairingsList(_List):
    """Lasting bonds, those due for review first."""

    def __init__(self, session: Session) -> None:
        self._pin = button("", self.pin, icon="pin")
        super().__init__(
            session,
            self._line,
            key=lambda line: line.bond.id,
            note=self.tr("长期结对的。该回访的在最前；固定了的，重排不会动。"),
            nothing=self.tr("还没有结对。"),
            opens=self.open_elder,
            buttons=(
                button(self.tr("回访过了"), self.review, icon="check"),
                self._pin,
                button(self.tr("结束结对"), self.end, kind="bad", icon="unlink"),
                button(self.tr("看老人"), self.open_elder, kind="link"),
            ),
        )
        self._pin.setText(self.tr("固定"))
        self._is_stale = True
        self.lines.current_changed.connect(self._tell)
        session.lent_changed.connect(self._read_if_seen)

    def renew(self) -> None:
        """Something may be otherwise now: read the file at once if this is seen, else when it next is."""
        self._is_stale = True
        self._read_if_seen()

    def showEvent(self, event: QShowEvent) -> None:
        """Looked at: read what is not known yet."""
        super().showEvent(event)
        self._read_if_seen()

    def _read_if_seen(self, _lent: bool = False) -> None:
        if self._is_stale and self.isVisible() and not self.session.is_lent:
            self._is_stale = False
            self.set_rows(matching_lists.bond_lines(self.session.store, today=self.session.today()))

    def _tell(self, found: BondLine | None) -> None:
        is_pinned = found is not None and found.bond.pinned
        self._pin.setText(self.tr("不固定") if is_pinned else self.tr("固定"))

    def _line(self, found: BondLine) -> Line:
        bond = found.bond
        since = self.tr("{day}起").format(day=labels.day(bond.started_on))
        return Line(
            title=found.provider,
            after=f"→ {found.elder}　{found.category or self.tr('各项服务')}",
            icon="circle-pause" if found.pausing else found.icon or "heart-handshake",
            icon_tone="warn" if found.pausing else "ink2",
            tags=(Chip(self.tr("固定"), "info", "pin"),) if bond.pinned else (),
            second=f"{paused(found.pausing) or since}　{bond.override_reason}".strip(),
            right=self.tr("该回访了") if found.is_due else "",
            right_tone="warn",
            right_icon="clock" if found.is_due else "",
            second_right="" if found.is_due else self.tr("{day}回访").format(day=labels.month_day(bond.review_on)),
        )

    def current(self) -> BondLine | None:
        """The bond that the keyboard is on."""
        found: BondLine | None = self.lines.current()
        return found

    def review(self) -> None:
        """It was looked at and goes on."""
        found = self.current()
        if found is not None:
            self.go_on(pairings.review_pairing, pairing_id=found.bond.id)

    def pin(self) -> None:
        """No plan may change it, or it may again."""
        found = self.current()
        if found is not None:
            action = pairings.unpin_pairing if found.bond.pinned else pairings.pin_pairing
            self.session.perform(action, pairing_id=found.bond.id)

    def end(self) -> None:
        """It ends, with a reason."""
        found = self.current()
        if found is not None:
            title = self.tr("结束{provider}和{elder}的结对").format(provider=found.provider, elder=found.elder)
            ask_to_end(self.session, found.bond.id, title)

    def open_elder(self) -> None:
        """Show the elder."""
        found = self.current()
        if found is not None:
            self.session.goto("elders", Ref(Elder, found.bond.elder_id))


class RestingList(_List):
    """Volunteers whom nobody has asked for long."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            self._line,
            key=lambda line: line.provider_id,
            note=self.tr("很久没问过的志愿者。同样合适时，方案会先想到他们。"),
            nothing=self.tr("最近都问到了。"),
            opens=self.open_provider,
            buttons=(button(self.tr("看志愿者"), self.open_provider),),
        )

    def _line(self, found: RestingLine) -> Line:
        asked = found.asked_on
        return Line(
            title=found.name,
            after=found.place,
            icon="user-round",
            second=self.tr("、").join(found.skills) or self.tr("没写会做什么"),
            right=self.tr("从没问过") if found.days is None else self.tr("{days} 天").format(days=found.days),
            right_tone="warn",
            second_right="" if asked is None else self.tr("上次 {day}").format(day=labels.month_day(asked)),
        )

    def open_provider(self) -> None:
        """Show the volunteer."""
        found: RestingLine | None = self.lines.current()
        if found is not None:
            self.session.goto("providers", Ref(Provider, found.provider_id))


@dataclass(frozen=True, slots=True)
class Held:
    """The three lists; the pairings, which may be thousands, are read once they are looked at."""

    claims: ClaimsList
    bonds: PairingsList
    resting: RestingList

    @classmethod
    def made(cls, session: Session) -> "Held":
        """Empty ones."""
        return cls(ClaimsList(session), PairingsList(session), RestingList(session))

    def refresh(self, session: Session, claims: Sequence[ClaimLine], inputs: Inputs) -> dict[str, int]:
        """Read the file; gives how many lines each has that want attention."""
        store, today = session.store, session.today()
        resting = matching_lists.resting_lines(store, today=today)
        self.claims.show_lines(claims, inputs, warn_days=matching_lists.warn_days(store))
        self.bonds.renew()
        self.resting.set_rows(resting)
        due = matching_lists.due_count(store, today=today)
        counts = {"claims": len(claims), "bonds": due, "resting": len(resting)}
        return {key: count for key, count in counts.items() if count}
