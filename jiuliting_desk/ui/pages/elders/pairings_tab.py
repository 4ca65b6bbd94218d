"""结对: who comes for good, who came before, and whom the elder does not want."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.providers import Provider, Refusal
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.banner import Empty
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.lines import Line, LineList

Shown = Pairing | Refusal | str
"""A line: a bond, a refusal, or the heading over them."""


class PairingsTab(QWidget):
    """Enter on a line opens the provider where their page is there."""

    def __init__(self, session: Session, *, has_providers: bool) -> None:
        super().__init__()
        self._session = session
        self._has_providers = has_providers
        self._providers: dict[int, Provider] = {}
        self._categories: dict[int, str] = {}
        self.lines: LineList[Shown] = LineList(self._line, key=_key)
        self.lines.setAccessibleName(self.tr("结对"))
        self.empty = Empty(self.tr("还没有结对。"), icon="heart-handshake")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.lines, 1)
        self.lines.opened.connect(self._on_opened)

    def show_elder(self, elder: Elder) -> None:
        """Show the elder's bonds and refusals."""
        store = self._session.store
        bonds = store.where(Pairing, elder_id=elder.id, order="started_on")
        refusals = store.where(Refusal, elder_id=elder.id)
        self._categories = {each.id: each.name for each in store.all(ServiceCategory)}
        self._providers = store.get_many(
            Provider, [bond.provider_id for bond in bonds] + [each.provider_id for each in refusals]
        )
        rows: list[Shown] = []
        now = [bond for bond in bonds if bond.is_active]
        before = [bond for bond in reversed(bonds) if not bond.is_active]
        for heading, found in (
            (self.tr("现在结对"), now),
            (self.tr("以前结对过"), before),
            (self.tr("不要安排"), refusals),
        ):
            if found:
                rows += [heading, *found]
        self.lines.set_rows(rows)
        self.lines.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _line(self, shown: Shown) -> Line:
        if isinstance(shown, str):
            return Line(title=shown, is_heading=True)
        provider = self._providers.get(shown.provider_id)
        name = provider.name if provider else ""
        if isinstance(shown, Refusal):
            who = self.tr("老人提出") if shown.by_elder else self.tr("志愿者提出")
            second = self.tr("，").join(filter(None, (labels.day(shown.said_on), who, shown.reason)))
            return Line(title=name, second=second, icon="user-x", icon_tone="bad")
        service = self._categories.get(shown.category_id or 0, self.tr("各种服务"))
        if shown.is_active:
            today = self._session.today()
            second = self.tr("从 {day} 起，{review} 回访").format(
                day=labels.day(shown.started_on), review=labels.day(shown.review_on, today=today)
            )
            if shown.override_reason:
                # Why against a rule, which nobody remembers: it must not be what is cut.
                second = self.tr("{why}。{since}").format(why=shown.override_reason, since=second)
            pinned = (Chip(self.tr("固定结对"), "info", "pin"),) if shown.pinned else ()
            return Line(title=name, after=service, tags=pinned, second=second, icon="heart-handshake")
        ended = labels.day(shown.ended_on) if shown.ended_on else ""
        second = self.tr("{first} 到 {last}").format(first=labels.day(shown.started_on), last=ended)
        return Line(
            title=name,
            after=service,
            second=self.tr("，").join(filter(None, (second, shown.end_reason))),
            icon="unlink",
            icon_tone="ink3",
            tone="ink2",
        )

    def _on_opened(self, shown: Shown) -> None:
        if self._has_providers and not isinstance(shown, str):
            self._session.goto("providers", Ref(Provider, shown.provider_id))


def _key(shown: Shown) -> object:
    return shown if isinstance(shown, str) else (type(shown), shown.id)
