"""The pages of the window, as data: one module a page; pages do not know one another.

How to write a page (pages/settings.py is the pattern):

1. A class in ``ui/pages/<noun>.py`` on ``ui.page.Page``. In ``__init__`` build the widgets (kit: ``ui/widgets``); read
   nothing from the file yet. ``watches`` names the record classes it shows.
2. ``refresh`` reads through ``self.session.store`` and fills the widgets (``RecordTable.set_rows`` keeps the
   selection). It is called before the first show, and again after any action that wrote a watched class.
3. A button calls ``self.session.perform(action, name=value, …)``: it opens the operation, passes ``today``, tells in
   the bar what was done and offers undo. ``on_error=self.form.show_error`` puts a rule's no under its field. It gives
   a ``Done`` or None. Long work: ``session.perform_in_job`` (the action takes ``progress``), ``run_store_job``,
   ``run_job``.
4. Other pages are reached by ``session.goto("elders", Ref(Elder, elder_id), "book")``; ``show_record`` answers that.
5. ``keys`` lists the page's keys (``Key(keys="Ctrl+N", words=self.tr("登记新老人"), run=self.register)``): they work
   while the page is seen, and those with words stand in the status bar.
6. Questions go through ``session.dialogs`` (``ask``, ``open_files``, ``save_file``); a form in a window is a
   ``widgets.dialog.WindowDialog`` shown by ``session.dialogs.show``.
7. Words: ``self.tr("…")`` with a literal and ``.format`` after it; enum words from ``ui/labels.py``, what an action
   is called from ``ui/action_words.py``, errors from ``ui/messages.py``.
8. Widths, splitters and the like: ``session.remembered.keep("elders.table", table.remembered())``.
9. Add the page here, its help as ``resources/help/<key>.md``, its test as ``tests/ui/test_<noun>_page.py``.

Sizes come from ``theme.px`` or ``theme.size``, colours from ``theme.colour``: nothing else sets one. Pages are made
anew when the text size or the look changes, so measure freely in ``__init__``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import FeedbackForm
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.trainings import TrainingSession
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.page import Page
from jiuliting_desk.ui.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """A page in the rail."""

    key: str
    """Also the name of its help file."""
    title: str
    short: str
    """Under the icon of the narrow rail."""
    icon: str
    factory: Callable[[Session], Page]
    """Imports the page's module only when it is called."""
    at_bottom: bool = False
    in_rail: bool = True
    count: Callable[[Store], int] | None = None
    """How much work waits there: a number in the rail; must be one cheap query."""
    count_watches: frozenset[type[Any]] = frozenset()


def _today(session: Session) -> Page:
    from jiuliting_desk.ui.pages.today import TodayPage

    return TodayPage(session)


def _elders(session: Session) -> Page:
    from jiuliting_desk.ui.pages.elders.page import EldersPage

    return EldersPage(session)


def _providers(session: Session) -> Page:
    from jiuliting_desk.ui.pages.providers import ProvidersPage

    return ProvidersPage(session)


def _matching(session: Session) -> Page:
    from jiuliting_desk.ui.pages.matching import MatchingPage

    return MatchingPage(session)


def _waiting_needs(store: Store) -> int:
    from jiuliting_desk.store.matching_rows import count_waiting

    return count_waiting(store, today=store.now().date())


def _phone(session: Session) -> Page:
    from jiuliting_desk.ui.pages.phone import PhonePage

    return PhonePage(session)


def _visits(session: Session) -> Page:
    from jiuliting_desk.ui.pages.visits import VisitsPage

    return VisitsPage(session)


def _trainings(session: Session) -> Page:
    from jiuliting_desk.ui.pages.trainings import TrainingsPage

    return TrainingsPage(session)


def _uncalled_rolls(store: Store) -> int:
    from jiuliting_desk.store.trainings import uncalled_count

    return uncalled_count(store, today=store.now().date())


def _feedback(session: Session) -> Page:
    from jiuliting_desk.ui.pages.feedback import FeedbackPage

    return FeedbackPage(session)


def _awaited(store: Store) -> int:
    from jiuliting_desk.store.forms import awaited_count

    return awaited_count(store)


def _cards(session: Session) -> Page:
    from jiuliting_desk.ui.pages.cards import CardsPage

    return CardsPage(session)


def _welcome(session: Session) -> Page:
    from jiuliting_desk.ui.pages.welcome import WelcomePage

    return WelcomePage(session)


def _importing(session: Session) -> Page:
    from jiuliting_desk.ui.pages.importing import ImportPage

    return ImportPage(session)


def _stats(session: Session) -> Page:
    from jiuliting_desk.ui.pages.stats import StatsPage

    return StatsPage(session)


def _settings(session: Session) -> Page:
    from jiuliting_desk.ui.pages.settings import SettingsPage

    return SettingsPage(session)


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        key="today",
        title=QT_TRANSLATE_NOOP("pages", "今日"),
        short=QT_TRANSLATE_NOOP("pages", "今日"),
        icon="calendar-days",
        factory=_today,
    ),
    PageSpec(
        key="elders",
        title=QT_TRANSLATE_NOOP("pages", "老人与需求"),
        short=QT_TRANSLATE_NOOP("pages", "老人"),
        icon="users-round",
        factory=_elders,
    ),
    PageSpec(
        key="providers",
        title=QT_TRANSLATE_NOOP("pages", "志愿者与单位"),
        short=QT_TRANSLATE_NOOP("pages", "志愿者"),
        icon="hand-heart",
        factory=_providers,
    ),
    PageSpec(
        key="matching",
        title=QT_TRANSLATE_NOOP("pages", "结对匹配"),
        short=QT_TRANSLATE_NOOP("pages", "结对"),
        icon="heart-handshake",
        factory=_matching,
        count=_waiting_needs,
        count_watches=frozenset({Need, Elder}),
    ),
    PageSpec(
        key="phone",
        title=QT_TRANSLATE_NOOP("pages", "电话预约"),
        short=QT_TRANSLATE_NOOP("pages", "预约"),
        icon="phone-call",
        factory=_phone,
    ),
    PageSpec(
        key="visits",
        title=QT_TRANSLATE_NOOP("pages", "上门安排"),
        short=QT_TRANSLATE_NOOP("pages", "上门"),
        icon="calendar-clock",
        factory=_visits,
    ),
    PageSpec(
        key="feedback",
        title=QT_TRANSLATE_NOOP("pages", "反馈录入"),
        short=QT_TRANSLATE_NOOP("pages", "反馈"),
        icon="clipboard-pen-line",
        factory=_feedback,
        count=_awaited,
        count_watches=frozenset({FeedbackForm, Visit}),
    ),
    PageSpec(
        key="trainings",
        title=QT_TRANSLATE_NOOP("pages", "培训与沙龙"),
        short=QT_TRANSLATE_NOOP("pages", "培训"),
        icon="graduation-cap",
        factory=_trainings,
        count=_uncalled_rolls,
        count_watches=frozenset({TrainingSession}),
    ),
    PageSpec(
        key="cards",
        title=QT_TRANSLATE_NOOP("pages", "服务卡打印"),
        short=QT_TRANSLATE_NOOP("pages", "印卡"),
        icon="printer",
        factory=_cards,
    ),
    PageSpec(
        key="importing",
        title=QT_TRANSLATE_NOOP("pages", "导入导出"),
        short=QT_TRANSLATE_NOOP("pages", "导入"),
        icon="file-spreadsheet",
        factory=_importing,
    ),
    PageSpec(
        key="welcome",
        title=QT_TRANSLATE_NOOP("pages", "欢迎使用"),
        short=QT_TRANSLATE_NOOP("pages", "欢迎"),
        icon="house",
        factory=_welcome,
        in_rail=False,
    ),
    PageSpec(
        key="stats",
        title=QT_TRANSLATE_NOOP("pages", "统计汇总"),
        short=QT_TRANSLATE_NOOP("pages", "统计"),
        icon="chart-column",
        factory=_stats,
    ),
    PageSpec(
        key="settings",
        title=QT_TRANSLATE_NOOP("pages", "设置与备份"),
        short=QT_TRANSLATE_NOOP("pages", "设置"),
        icon="settings",
        factory=_settings,
        at_bottom=True,
    ),
)
