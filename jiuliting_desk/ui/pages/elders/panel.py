"""The right panel: who it is, what can be done for them, and everything known, in tabs."""

from collections import Counter
from collections.abc import Callable
from functools import cached_property, partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from jiuliting_desk.model.cards import CardState, ServiceCard
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.elders import words
from jiuliting_desk.ui.pages.elders.card_life import CardLife
from jiuliting_desk.ui.pages.elders.facts_tab import FactsTab
from jiuliting_desk.ui.pages.elders.feedback_tab import FeedbackTab
from jiuliting_desk.ui.pages.elders.needs_tab import NeedsTab
from jiuliting_desk.ui.pages.elders.pairings_tab import PairingsTab
from jiuliting_desk.ui.pages.elders.story_tab import StoryTab
from jiuliting_desk.ui.pages.elders.visits_tab import VisitsTab
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.layout import column
from jiuliting_desk.ui.widgets.side_panel import SidePanel

translate = QCoreApplication.translate

Tab = FactsTab | NeedsTab | PairingsTab | VisitsTab | FeedbackTab | StoryTab

_SHOWN_NEEDS = (NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED)


class ElderPanel(SidePanel):
    """Shows one elder; only the tab that is seen reads the file."""

    edit_wanted = Signal()
    need_wanted = Signal()
    need_edit_wanted = Signal(int)
    consent_wanted = Signal()
    merge_wanted = Signal()
    state_wanted = Signal(object)
    withdraw_wanted = Signal()
    copy_wanted = Signal()
    erasure_wanted = Signal()

    def __init__(self, session: Session, *, pages: frozenset[str]) -> None:
        self.menu = QMenu()
        self.book_button = button(translate("elders", "预约上门"), self._on_book, kind="strong", icon="phone-call")
        self.need_button = button(translate("elders", "登记需求"), lambda: self.need_wanted.emit(), icon="plus")
        self.card_button = button(translate("elders", "打印卡"), self._on_card, icon="printer")
        offered = {"phone": self.book_button, "": self.need_button, "cards": self.card_button}
        super().__init__(
            nothing=translate("elders", "在左边点一位，这里看资料、需求和历史。"),
            actions=[made for page, made in offered.items() if not page or page in pages],
            more=self.menu,
        )
        self._card_life = CardLife(session, self)
        self._session = session
        self.elder: Elder | None = None
        self._pages = pages
        self._stale: set[str] = set()
        self._holders: dict[str, QVBoxLayout] = {}
        self._tabs: dict[str, Callable[[], Tab]] = {}
        for key, title, tab in (
            ("facts", self.tr("资料"), lambda: self.facts),
            ("needs", self.tr("需求"), lambda: self.needs),
            ("pairings", self.tr("结对"), lambda: self.pairings),
            ("visits", self.tr("服务记录"), lambda: self.visits),
            ("feedback", self.tr("反馈"), lambda: self.feedback),
            ("story", self.tr("历史"), lambda: self.story),
        ):
            holder = QWidget()
            self._holders[key] = column(gap=0)
            holder.setLayout(self._holders[key])
            self.add_full_tab(key, title, holder)
            self._tabs[key] = tab
        self.tab_shown.connect(self._read_tab)
        self.menu.setParent(self, self.menu.windowFlags())
        self.menu.aboutToShow.connect(self.fill_menu)

    # -- tabs, each made when it is first seen: the page is there sooner

    @cached_property
    def facts(self) -> FactsTab:
        """资料."""
        made = FactsTab(self._session)
        made.edit_wanted.connect(self.edit_wanted)
        made.consent_wanted.connect(self.consent_wanted)
        self._holders["facts"].addWidget(made)
        return made

    @cached_property
    def needs(self) -> NeedsTab:
        """需求."""
        made = NeedsTab(self._session, has_match="matching" in self._pages)
        made.add_wanted.connect(self.need_wanted)
        made.edit_wanted.connect(self.need_edit_wanted)
        made.match_wanted.connect(lambda need_id: self._session.goto("matching", Ref(Need, need_id)))
        self._holders["needs"].addWidget(made)
        return made

    @cached_property
    def pairings(self) -> PairingsTab:
        """结对."""
        made = PairingsTab(self._session, has_providers="providers" in self._pages)
        self._holders["pairings"].addWidget(made)
        return made

    @cached_property
    def visits(self) -> VisitsTab:
        """服务记录."""
        made = VisitsTab(self._session)
        if "visits" in self._pages:
            made.visit_wanted.connect(lambda visit_id: self._session.goto("visits", Ref(Visit, visit_id)))
        self._holders["visits"].addWidget(made)
        return made

    @cached_property
    def feedback(self) -> FeedbackTab:
        """反馈."""
        made = FeedbackTab(self._session)
        if "feedback" in self._pages:
            made.visit_wanted.connect(lambda visit_id: self._session.goto("feedback", Ref(Visit, visit_id)))
        self._holders["feedback"].addWidget(made)
        return made

    @cached_property
    def story(self) -> StoryTab:
        """历史."""
        made = StoryTab(self._session)
        self._holders["story"].addWidget(made)
        return made

    # -- showing

    def show_elder(self, elder: Elder | None) -> None:
        """Show a record as it is now, or that none is chosen."""
        self.elder = elder
        if elder is None:
            self.show_nothing()
            return
        age = elder.age_on(self._session.today())
        about = words.sex_and_age(elder.sex, age)
        self.show_head(
            elder.name,
            after=self.tr("{about} 岁").format(about=about) if age is not None else about,
            right=self._card(elder),
            chips=self._chips_of(elder),
        )
        gone = "" if elder.is_served else self.tr("已经不在服务名单里，先恢复")
        for made in (self.book_button, self.need_button):
            made.setEnabled(elder.is_served)
            made.setToolTip(gone)
        self._stale = set(self._tabs)
        self._read_tab(self.current_tab())

    def _card(self, elder: Elder) -> str:
        """The number of the card that counts, and whether it is in the elder's hand."""
        cards = [card for card in self._session.store.where(ServiceCard, elder_id=elder.id) if card.is_valid]
        if not cards:
            return self.tr("编号 {number}").format(number=elder.number)
        if cards[-1].state is CardState.HANDED:
            return self.tr("卡号 {number}").format(number=cards[-1].number)
        return self.tr("卡号 {number}，{state}").format(number=cards[-1].number, state=labels.label(cards[-1].state))

    def _chips_of(self, elder: Elder) -> list[Chip]:
        chips = [Chip(tag) for tag in elder.tags]
        store = self._session.store
        needs = store.where(Need, elder_id=elder.id, state=list(_SHOWN_NEEDS), order="since")
        names = {each.id: each.name for each in store.all(ServiceCategory)}
        for need in needs:
            if need.stands_in_for is None:
                icon, tone = words.NEED_LOOK[need.state]
                chips.append(Chip(f"{names[need.category_id]}·{words.need_state(need)}", tone, icon))
        # Days on which a helper is away are told as one: they are no needs of their own.
        sought = Counter(need.category_id for need in needs if need.stands_in_for is not None and need.is_waiting)
        for category_id, count in sought.items():
            told = self.tr("{what}·{count} 次找人代").format(what=names[category_id], count=count)
            chips.append(Chip(told, "warn", "circle-dashed"))
        if elder.state is not ElderState.ACTIVE:
            chips.insert(0, Chip(labels.label(elder.state), "bad", "circle-pause"))
        return chips

    def _read_tab(self, key: str) -> None:
        # While a job has the file the tab keeps what it holds, and is read when the page is read anew.
        if self.elder is not None and key in self._stale and not self._session.is_lent:
            self._stale.discard(key)
            self._tabs[key]().show_elder(self.elder)

    def read_story_again(self) -> None:
        """A look at numbers was noted: the story has one line more."""
        self._stale.add("story")
        self._read_tab(self.current_tab())

    # -- doing

    def _on_book(self) -> None:
        if self.elder is not None:
            self._session.goto("phone", Ref(Elder, self.elder.id), "book")

    def _on_card(self) -> None:
        if self.elder is not None:
            self._session.goto("cards", Ref(Elder, self.elder.id), "print")

    def fill_menu(self) -> None:
        """What else can be done for this elder."""
        menu, elder = self.menu, self.elder
        menu.clear()
        if elder is None:
            return
        menu.addAction(self.tr("改资料"), self.edit_wanted.emit)
        if elder.has_consented:
            menu.addAction(self.tr("撤回同意书"), self.withdraw_wanted.emit)
        else:
            menu.addAction(self.tr("记下同意书"), self.consent_wanted.emit)
        menu.addAction(self.tr("和另一份资料合并"), self.merge_wanted.emit)
        if not self._session.is_lent:
            self._card_life.add_to(menu, elder)
        menu.addSeparator()
        for state in ElderState:
            if state is not elder.state:
                menu.addAction(self._state_words(state), partial(self.state_wanted.emit, state))
        menu.addSeparator()
        menu.addAction(self.tr("导出本人资料"), self.copy_wanted.emit)
        menu.addAction(self.tr("清除本人资料"), self.erasure_wanted.emit)

    def _state_words(self, state: ElderState) -> str:
        return {
            ElderState.ACTIVE: self.tr("恢复服务"),
            ElderState.PAUSED: self.tr("暂停服务"),
            ElderState.MOVED: self.tr("搬走了"),
            ElderState.IN_CARE_HOME: self.tr("住养老院了"),
            ElderState.DECEASED: self.tr("过世了"),
            ElderState.WITHDREW: self.tr("不再要服务"),
        }[state]
