"""The tab 结对: lasting bonds, needs in hand, and with whom they are not to be brought together."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import pairings
from jiuliting_desk.actions.provider_list import BondLine, NeedLine, ProviderView, RefusalLine
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import NeedState
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.asking import ask_reason
from jiuliting_desk.ui.bond_end import ask_to_end
from jiuliting_desk.ui.pages.providers.refusing import RefusalDialog
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.layout import column, wrapping
from jiuliting_desk.ui.widgets.lines import Line, LineList


@dataclass(frozen=True, slots=True)
class _Item:
    """One line: a heading, or something to act on."""

    key: str
    what: str | BondLine | NeedLine | RefusalLine


class BondsTab(QWidget):
    """One list; the buttons above act on the chosen line."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._view: ProviderView | None = None
        self.end_button = button(self.tr("结束结对"), self.end, icon="unlink", size="s")
        self.pin_button = button(self.tr("固定"), self.pin, icon="pin", size="s")
        self.review_button = button(self.tr("已回访"), self.review, icon="circle-check", size="s")
        self.release_button = button(self.tr("放开需求"), self.release, icon="undo-2", size="s")
        self.withdraw_button = button(self.tr("取消“不要安排”"), self.withdraw, icon="undo-2", size="s")
        self.refuse_button = button(self.tr("不要安排…"), self.refuse, icon="user-x", size="s")
        self.open_button = button(self.tr("看老人"), self.open_elder, icon="user-round", size="s")
        self.tools = wrapping(
            self.end_button, self.pin_button, self.review_button, self.release_button, self.withdraw_button,
            self.refuse_button, self.open_button,
        )  # fmt: skip
        self.lines = LineList[_Item](self._line, key=lambda item: item.key)
        self.lines.current_changed.connect(lambda _item: self._tell())
        self.lines.opened.connect(lambda _item: self.open_elder())
        self.empty = Empty(
            self.tr("还没有结对，手上也没有需求。"),
            self.tr("到“结对匹配”里给老人找人。"),
            icon="heart-handshake",
        )
        layout = column(self.tools, self.lines, self.empty, margins=(10, 0, 0, 0), gap=8)
        self.tools.setContentsMargins(16, 0, 16, 0)
        layout.setStretchFactor(self.lines, 1)
        layout.setStretchFactor(self.empty, 1)
        self.setLayout(layout)

    def show_view(self, view: ProviderView) -> None:
        """Show what binds a provider."""
        self._view = view
        items: list[_Item] = []
        lasting = [line for line in view.bonds if line.pairing.is_active]
        ended = [line for line in view.bonds if not line.pairing.is_active]
        for title, lines in (
            (self.tr("现在结对"), lasting),
            (self.tr("手上的需求"), view.needs),
            (self.tr("不要安排"), view.refusals),
            (self.tr("以前结对过"), ended),
        ):
            if lines:
                items.append(_Item(f"heading {title}", f"{title} {len(lines)}"))
                items += [_Item(self._key(line), line) for line in lines]
        self.lines.set_rows(items)
        self.lines.setVisible(bool(items))
        self.empty.setVisible(not items)
        if items and self.lines.current() is None:
            self.lines.choose_first()
        self._tell()

    @staticmethod
    def _key(line: BondLine | NeedLine | RefusalLine) -> str:
        if isinstance(line, BondLine):
            return f"bond {line.pairing.id}"
        if isinstance(line, NeedLine):
            return f"need {line.need.id}"
        return f"refusal {line.refusal.id}"

    def _line(self, item: _Item) -> Line:
        what = item.what
        if isinstance(what, str):
            return Line(title=what, is_heading=True)
        if isinstance(what, BondLine):
            return self._bond_line(what)
        if isinstance(what, NeedLine):
            expires = (
                ""
                if what.expires_on is None
                else self.tr("认领到 {day}").format(day=labels.day(what.expires_on, today=self.session.today()))
            )
            return Line(title=what.elder, after=what.category, right=labels.label(what.need.state), second=expires)
        said = what.refusal
        who = self.tr("老人提出") if said.by_elder else self.tr("志愿者提出")
        return Line(
            title=what.elder, icon="user-x", icon_tone="bad", second=said.reason, right=who,
            second_right=labels.day(said.said_on),
        )  # fmt: skip

    def _bond_line(self, line: BondLine) -> Line:
        bond, today = line.pairing, self.session.today()
        category = line.category or self.tr("各项服务")
        if not bond.is_active:
            ended = labels.day(bond.ended_on) if bond.ended_on else ""
            return Line(title=line.elder, after=category, tone="ink2", second=bond.end_reason, second_right=ended)
        is_due = bond.review_on <= today
        tags = (Chip(self.tr("固定"), "info", "pin"),) if bond.pinned else ()
        return Line(
            title=line.elder,
            after=category,
            tags=tags,
            second=self.tr("{day}起　{address}　{why}")
            .format(day=labels.day(bond.started_on), address=line.address, why=bond.override_reason)
            .strip(),
            right=self.tr("该回访了") if is_due else "",
            right_tone="warn" if is_due else "ink2",
            right_icon="clock" if is_due else "",
        )

    # -- doing

    def _what(self) -> str | BondLine | NeedLine | RefusalLine | None:
        item = self.lines.current()
        return None if item is None else item.what

    def _tell(self) -> None:
        what = self._what()
        is_bond = isinstance(what, BondLine) and what.pairing.is_active
        self.end_button.setVisible(is_bond)
        self.pin_button.setVisible(is_bond)
        self.review_button.setVisible(is_bond)
        if isinstance(what, BondLine):
            self.pin_button.setText(self.tr("取消固定") if what.pairing.pinned else self.tr("固定"))
        self.release_button.setVisible(isinstance(what, NeedLine) and what.need.state is NeedState.CLAIMED)
        self.withdraw_button.setVisible(isinstance(what, RefusalLine))
        self.open_button.setVisible(what is not None)

    def end(self) -> None:
        """End the chosen bond, with a reason."""
        what = self._what()
        if isinstance(what, BondLine):
            title = self.tr("结束和 {elder} 的结对").format(elder=what.elder)
            ask_to_end(self.session, what.pairing.id, title)

    def pin(self) -> None:
        """Pin the chosen bond, or let it loose."""
        what = self._what()
        if isinstance(what, BondLine):
            action = pairings.unpin_pairing if what.pairing.pinned else pairings.pin_pairing
            self.session.perform(action, pairing_id=what.pairing.id)

    def review(self) -> None:
        """The chosen bond was looked at and goes on."""
        what = self._what()
        if isinstance(what, BondLine):
            self.session.perform(pairings.review_pairing, pairing_id=what.pairing.id)

    def release(self) -> None:
        """The chosen need is open again."""
        what = self._what()
        if isinstance(what, NeedLine):
            title = self.tr("放开 {elder} 的{category}").format(elder=what.elder, category=what.category)
            ask_reason(
                self.session,
                title,
                self.tr("不放开"),
                self.tr("放开 1 条"),
                pairings.release_claim,
                need_id=what.need.id,
            )

    def withdraw(self) -> None:
        """The two can be brought together again."""
        what = self._what()
        if isinstance(what, RefusalLine):
            self.session.perform(pairings.withdraw_refusal, refusal_id=what.refusal.id)

    def _elder_id(self) -> int | None:
        what = self._what()
        if isinstance(what, BondLine):
            return what.pairing.elder_id
        if isinstance(what, NeedLine):
            return what.need.elder_id
        return what.refusal.elder_id if isinstance(what, RefusalLine) else None

    def refuse(self) -> None:
        """Write down that the provider and an elder, the chosen line's if there is one, stay apart."""
        if self._view is not None:
            elder = self.session.store.find(Elder, self._elder_id())
            dialog = RefusalDialog(self.session, self._view.row.provider, elder=elder, parent=self.window())
            self.session.dialogs.show(dialog)

    def open_elder(self) -> None:
        """Show the elder of the chosen line."""
        elder_id = self._elder_id()
        if elder_id is not None:
            self.session.goto("elders", Ref(Elder, elder_id))
