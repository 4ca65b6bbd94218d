"""The tab 资料: how to reach them, where they are, who belongs to them."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions import disclosures, providers
from jiuliting_desk.actions.provider_list import ProviderView
from jiuliting_desk.model.identity import IdProblem
from jiuliting_desk.model.providers import Provider, ProviderKind, ProviderState
from jiuliting_desk.model.text import masked_id, masked_phone
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.providers.joining import JoinDialog
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.layout import STRETCH, column, replace_all, row, scrolled
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.masked import MaskedValue
from jiuliting_desk.ui.widgets.text import label


class FactsTab(QWidget):
    """Phone and identity number are masked until asked for; each look is noted."""

    show_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._view: ProviderView | None = None
        self._notice = QVBoxLayout()
        self.facts = Facts()
        self._facts = column(self.facts)
        self.members = LineList[Provider](self._member_line)
        self.members.opened.connect(lambda member: self.show_wanted.emit(member.id))
        self.members.setMinimumHeight(theme.px(150))
        self._members_title = label("", "h3")
        self.join_button = button(self.tr("加成员"), self._on_join, icon="user-plus", size="s")
        self.leave_button = button(self.tr("移出单位"), self._on_leave, icon="user-x", size="s")
        members = column(row(self._members_title, STRETCH, self.join_button, self.leave_button), self.members, gap=6)
        self._members = QWidget()
        self._members.setLayout(members)
        members.setContentsMargins(0, 0, 0, 0)
        content = QWidget()
        content.setLayout(column(self._notice, self._facts, self._members, STRETCH, margins=(12, 16), gap=12))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def show_view(self, view: ProviderView) -> None:
        """Show a provider."""
        self._view = view
        provider = view.row.provider
        today = self.session.today()
        self._show_notice(provider)
        facts = self.facts = Facts()
        replace_all(self._facts, [facts])
        facts.add(self.tr("联系人"), provider.contact_name)
        for at, phone in enumerate(provider.phones):
            note = self.tr("电话（{note}）").format(note=phone.note) if phone.note else self.tr("电话")
            masked = masked_phone(phone.number)
            facts.add(note, MaskedValue(masked, partial(self._reveal_phone, at)))
        if provider.id_number:
            shown = MaskedValue(masked_id(provider.id_number), self._reveal_id, copyable=False)
            facts.add(self.tr("身份证"), shown)
            if provider.id_flag:
                facts.add("", labels.label(IdProblem(provider.id_flag)), tone="warn")
        if provider.birth:
            facts.add(self.tr("出生"), provider.birth)
        facts.line()
        facts.add(self.tr("单位"), self._enterprise_link(view) if view.row.enterprise else "")
        facts.add(self.tr("居委"), view.row.committee)
        facts.add(self.tr("小区"), view.row.compound)
        facts.add(self.tr("地址"), provider.address)
        facts.line()
        if provider.joined_on:
            facts.add(self.tr("加入"), labels.day(provider.joined_on))
        if provider.insured_until:
            over = provider.insured_until < today
            insured = labels.day(provider.insured_until)
            facts.add(
                self.tr("保险到"),
                self.tr("{day}，已经过期").format(day=insured) if over else insured,
                tone="bad" if over else "",
            )
        if provider.guardian_consent:
            facts.add(self.tr("监护人"), self.tr("已同意"))
        facts.add(self.tr("最近问过"), labels.day(view.row.asked_on, today=today) if view.row.asked_on else "")
        facts.add(self.tr("备注"), provider.notes)
        self._show_members(view)

    def _enterprise_link(self, view: ProviderView) -> QWidget:
        enterprise_id = view.row.provider.enterprise_id or 0
        holder = QWidget()
        link = button(view.row.enterprise, lambda: self.show_wanted.emit(enterprise_id), kind="link", size="s")
        layout = row(link, STRETCH)
        layout.setAlignment(Qt.AlignmentFlag.AlignLeft)
        holder.setLayout(layout)
        return holder

    def _show_notice(self, provider: Provider) -> None:
        replace_all(self._notice, [])
        if provider.state is ProviderState.ACTIVE:
            return
        since = labels.day(provider.state_on) if provider.state_on else ""
        parts = [since, provider.state_reason]
        if provider.resume_on is not None:
            parts.append(self.tr("{day}自动恢复").format(day=labels.day(provider.resume_on)))
        tone = "warn" if provider.state is ProviderState.PAUSED else "info"
        text = self.tr("，").join(part for part in parts if part)
        self._notice.addWidget(Banner(tone, labels.label(provider.state), text, icon="circle-pause"))

    # -- members

    def _show_members(self, view: ProviderView) -> None:
        is_firm = view.row.provider.kind is ProviderKind.ENTERPRISE
        self._members.setVisible(is_firm)
        if is_firm:
            self._members_title.setText(self.tr("成员 {count} 位").format(count=len(view.members)))
            self.members.set_rows(view.members)
            self.leave_button.setEnabled(bool(view.members))
            self.leave_button.setToolTip("" if view.members else self.tr("还没有成员"))

    def _member_line(self, member: Provider) -> Line:
        icon, tone = ("circle-check", "ok") if member.state is ProviderState.ACTIVE else ("circle-pause", "warn")
        return Line(
            title=member.name,
            after=member.number,
            right=labels.label(member.state),
            right_tone=tone,
            right_icon=icon,
        )

    def _on_join(self) -> None:
        if self._view is not None:
            dialog = JoinDialog(self.session, self._view.row.provider, parent=self.window())
            self.session.dialogs.show(dialog)

    def _on_leave(self) -> None:
        member = self.members.current()
        if member is None:
            self.session.say(self.tr("先在成员里选一位。"), tone="info")
        else:
            self.session.perform(providers.leave_enterprise, provider_id=member.id)

    # -- looks

    def _reveal_phone(self, at: int) -> str:
        if self._view is None or self.session.is_lent:
            return ""
        numbers = disclosures.reveal_provider_phones(self.session.store, provider_id=self._view.row.provider.id)
        return numbers[at] if at < len(numbers) else ""

    def _reveal_id(self) -> str:
        if self._view is None or self.session.is_lent:
            return ""
        return disclosures.reveal_provider_id_number(self.session.store, provider_id=self._view.row.provider.id)
