"""The panel of one provider: who they are, what can be done now, and the tabs."""

from PySide6.QtCore import QCoreApplication, Signal, SignalInstance
from PySide6.QtWidgets import QMenu

from jiuliting_desk.actions import provider_list
from jiuliting_desk.actions.provider_list import CertificateStanding, ProviderRow, ProviderView
from jiuliting_desk.model.providers import ProviderKind, ProviderState
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.providers import words
from jiuliting_desk.ui.pages.providers.abilities import AbilitiesTab
from jiuliting_desk.ui.pages.providers.bonds import BondsTab
from jiuliting_desk.ui.pages.providers.certificates import CertificatesTab
from jiuliting_desk.ui.pages.providers.facts import FactsTab
from jiuliting_desk.ui.pages.providers.hours import HoursTab
from jiuliting_desk.ui.pages.providers.past import HistoryTab
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.side_panel import SidePanel

translate = QCoreApplication.translate

_DUE = {CertificateStanding.EXPIRED, CertificateStanding.LACKING, CertificateStanding.EXPIRING}


class ProviderPanel(SidePanel):
    """Shows one provider; what is to be done with it is told to the page."""

    edit_wanted = Signal(int)
    pause_wanted = Signal(int)
    stop_wanted = Signal(int)
    resume_wanted = Signal(int)
    remove_wanted = Signal(int)
    show_wanted = Signal(int)
    """Another provider is to be shown: a member, the enterprise."""

    def __init__(self, session: Session) -> None:
        edit = button(translate("ProviderPanel", "改资料"), kind="strong", icon="pencil")
        pause = button(translate("ProviderPanel", "暂停"), icon="circle-pause")
        resume = button(translate("ProviderPanel", "恢复"), icon="play")
        menu = QMenu()
        super().__init__(
            nothing=translate("ProviderPanel", "先在左边选一位。"), actions=(edit, pause, resume), more=menu
        )
        self.session = session
        self.view: ProviderView | None = None
        self.edit_button, self.pause_button, self.resume_button = edit, pause, resume
        edit.clicked.connect(lambda _on=False: self._tell(self.edit_wanted))
        pause.clicked.connect(lambda _on=False: self._tell(self.pause_wanted))
        resume.clicked.connect(lambda _on=False: self._tell(self.resume_wanted))
        menu.setParent(self, menu.windowFlags())
        self.stop_action = menu.addAction(self.tr("停用…"), lambda: self._tell(self.stop_wanted))
        self.remove_action = menu.addAction(self.tr("登记错了，删掉"), lambda: self._tell(self.remove_wanted))
        self.facts = FactsTab(session)
        self.facts.show_wanted.connect(self.show_wanted)
        self.abilities = AbilitiesTab()
        self.certificates = CertificatesTab(session)
        self.bonds = BondsTab(session)
        self.hours = HoursTab(session)
        self.history = HistoryTab(session)
        self._contents: dict[str, FactsTab | AbilitiesTab | CertificatesTab | BondsTab | HoursTab | HistoryTab] = {
            "facts": self.facts,
            "abilities": self.abilities,
            "certificates": self.certificates,
            "bonds": self.bonds,
            "hours": self.hours,
            "history": self.history,
        }
        self.add_full_tab("facts", self.tr("资料"), self.facts)
        self.add_full_tab("abilities", self.tr("技能"), self.abilities)
        self.add_full_tab("certificates", self.tr("证书"), self.certificates)
        self.add_full_tab("bonds", self.tr("结对"), self.bonds)
        self.add_full_tab("hours", self.tr("时长"), self.hours)
        self.add_full_tab("history", self.tr("历史"), self.history)
        self.tab_shown.connect(lambda _key: self._fill_tab())

    def _tell(self, signal: SignalInstance) -> None:
        if self.view is not None:
            signal.emit(self.view.row.provider.id)

    def show_provider(self, shown: ProviderRow | None) -> None:
        """Show a provider, or that nobody is chosen."""
        if shown is None:
            self.view = None
            self.show_nothing()
            return
        self.view = provider_list.provider_view(self.session.store, row=shown)
        provider = shown.provider
        self.show_head(
            provider.name,
            after=words.sex_and_age(provider, self.session.today()),
            right=provider.number,
            chips=self._chips_of(shown),
        )
        is_active = provider.state is ProviderState.ACTIVE
        self.pause_button.setVisible(is_active)
        self.resume_button.setVisible(not is_active)
        self.stop_action.setVisible(provider.state is not ProviderState.STOPPED)
        lasting = sum(line.pairing.is_active for line in self.view.bonds)
        self.tabs.setTabText(2, self._with_count(self.tr("证书"), len(self.view.certificates)))
        self.tabs.setTabText(3, self._with_count(self.tr("结对"), lasting))
        self._fill_tab()

    @staticmethod
    def _with_count(text: str, count: int) -> str:
        return f"{text} {count}" if count else text

    def _chips_of(self, shown: ProviderRow) -> list[Chip]:
        provider = shown.provider
        icon, tone = words.STATE_ICONS[provider.state]
        chips = [
            Chip(labels.label(provider.kind), icon=words.KIND_ICONS[provider.kind]),
            Chip(labels.label(provider.state), tone=tone if tone in {"ok", "warn"} else "", icon=icon),
        ]
        if shown.enterprise:
            chips.insert(1, Chip(shown.enterprise))
        if provider.kind is ProviderKind.ENTERPRISE and shown.members:
            chips.insert(1, Chip(self.tr("成员 {count} 位").format(count=shown.members)))
        if words.is_full(shown):
            chips.append(Chip(self.tr("本月满了"), tone="warn", icon="calendar-x"))
        if shown.standing in _DUE:
            cell = words.certificate_cell(shown, self.session.today())
            chips.append(Chip(self.tr("证书：{words}").format(words=cell.text), tone=cell.tone, icon=cell.icon))
        return chips

    def _fill_tab(self) -> None:
        """Fill only the tab that is seen."""
        if self.view is not None:
            self._contents[self.current_tab()].show_view(self.view)
