"""设置与备份: sections at the left, one of them at the right."""

from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store.tables import TABLES
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.settings.backups import BackupSection
from jiuliting_desk.ui.pages.settings.categories import CategorySection
from jiuliting_desk.ui.pages.settings.committees import CommitteeSection
from jiuliting_desk.ui.pages.settings.compounds import CompoundSection
from jiuliting_desk.ui.pages.settings.holidays import HolidaySection
from jiuliting_desk.ui.pages.settings.limits import LimitSection
from jiuliting_desk.ui.pages.settings.look import LookSection
from jiuliting_desk.ui.pages.settings.office import OfficeSection
from jiuliting_desk.ui.pages.settings.past import PastSection
from jiuliting_desk.ui.pages.settings.privacy import PrivacySection
from jiuliting_desk.ui.pages.settings.reasons import ReasonSection
from jiuliting_desk.ui.pages.settings.section import Section, SectionSpec
from jiuliting_desk.ui.pages.settings.tags import TagSection
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.layout import scrolled, surface
from jiuliting_desk.ui.widgets.lines import Line, LineList

SECTIONS: tuple[SectionSpec, ...] = (
    SectionSpec(
        key="office", title=QT_TRANSLATE_NOOP("settings", "单位和电话"), icon="building-2", factory=OfficeSection
    ),
    SectionSpec(
        key="limits", title=QT_TRANSLATE_NOOP("settings", "提醒和期限"), icon="bell-ring", factory=LimitSection
    ),
    SectionSpec(
        key="committees", title=QT_TRANSLATE_NOOP("settings", "居委和干部"), icon="users", factory=CommitteeSection
    ),
    SectionSpec(key="compounds", title=QT_TRANSLATE_NOOP("settings", "小区"), icon="map-pin", factory=CompoundSection),
    SectionSpec(
        key="categories", title=QT_TRANSLATE_NOOP("settings", "服务项目"), icon="wrench", factory=CategorySection
    ),
    SectionSpec(key="holidays", title=QT_TRANSLATE_NOOP("settings", "假日"), icon="sun", factory=HolidaySection),
    SectionSpec(
        key="reasons", title=QT_TRANSLATE_NOOP("settings", "没去成的原因"), icon="calendar-x", factory=ReasonSection
    ),
    SectionSpec(key="tags", title=QT_TRANSLATE_NOOP("settings", "标签"), icon="id-card", factory=TagSection),
    SectionSpec(
        key="look", title=QT_TRANSLATE_NOOP("settings", "字号和值班人"), icon="a-large-small", factory=LookSection
    ),
    SectionSpec(
        key="backups", title=QT_TRANSLATE_NOOP("settings", "备份"), icon="database-backup", factory=BackupSection
    ),
    SectionSpec(key="past", title=QT_TRANSLATE_NOOP("settings", "操作记录"), icon="history", factory=PastSection),
    SectionSpec(
        key="privacy", title=QT_TRANSLATE_NOOP("settings", "资料安全"), icon="shield-check", factory=PrivacySection
    ),
)
"""The sections, in order; another is one entry more."""

LAST_SECTION = "settings.section"

_CLASS_SECTIONS: dict[type[Any], str] = {
    ResidentsCommittee: "committees",
    Cadre: "committees",
    Compound: "compounds",
    ServiceCategory: "categories",
    Tag: "tags",
    Setting: "office",
    Elder: "past",
    Provider: "past",
}


class SettingsPage(Page):
    """Sections are made when they are first looked at, and refreshed when what they watch was written."""

    watches: ClassVar = frozenset({*TABLES, Disclosure})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.specs = {spec.key: spec for spec in SECTIONS}
        self.sections: dict[str, Section] = {}
        self.list = LineList[SectionSpec](self._line, key=lambda spec: spec.key)
        self.list.setAccessibleName(self.tr("设置的各部分"))
        self.list.set_rows(SECTIONS)
        self.list.setFixedWidth(theme.px(178))
        self.stack = QStackedWidget()
        side = surface("side")
        inside = QHBoxLayout(side)
        inside.setContentsMargins(0, theme.px(8), 0, 0)
        inside.addWidget(self.list)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addWidget(self.stack, 1)
        kept = session.remembered.get(LAST_SECTION, "")
        self._current = kept if kept in self.specs else SECTIONS[0].key
        self.list.current_changed.connect(self._on_current)

    def _line(self, spec: SectionSpec) -> Line:
        return Line(title=QCoreApplication.translate("settings", spec.title), icon=spec.icon)

    # -- sections

    def section(self, key: str) -> Section:
        """A section, made if it is not there yet. Raises KeyError."""
        if key not in self.sections:
            made = self.specs[key].factory(self.session)
            made.setProperty("surface", "page")
            self.sections[key] = made
            self.stack.addWidget(scrolled(made))
            made.refresh()
        return self.sections[key]

    def show_section(self, key: str) -> None:
        """Show a section. Raises KeyError."""
        self._current = key
        shown = self.section(key)
        self.stack.setCurrentIndex(list(self.sections).index(key))
        self.list.choose(key)
        self.session.remembered.keep(LAST_SECTION, key)
        shown.refresh()
        self.keys_changed.emit()

    @property
    def current_section(self) -> str:
        """The key of the section that is seen."""
        return self._current

    def _on_current(self, spec: SectionSpec | None) -> None:
        if spec is not None and spec.key != self._current:
            self.show_section(spec.key)

    # -- the page

    def refresh(self) -> None:
        """Refresh the section that is seen; the others do when they next are."""
        if self.stack.count() == 0:
            self.show_section(self._current)
        else:
            self.section(self._current).refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins in the list of sections."""
        super().showEvent(event)
        if not event.spontaneous():
            # The stack of pages gives the keyboard to whatever comes first in the page, once this returns.
            QTimer.singleShot(0, self.list, lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """Show the section of a record's kind, or the one named by ``intent``, there its field after a point."""
        key, _, field = intent.partition(".")
        if key in self.specs:
            self.show_section(key)
            if field:
                self.section(key).focus_field(field)
        elif ref is not None:
            self.show_section(_CLASS_SECTIONS.get(ref.record_class, SECTIONS[0].key))

    def has_unsaved(self) -> bool:
        """Whether a section holds something typed and not saved."""
        return any(section.has_unsaved() for section in self.sections.values())

    def keys(self) -> tuple[Key, ...]:
        """The section's keys, and F6 to go between list and section."""
        own = self.sections[self._current].keys() if self._current in self.sections else ()
        return (*own, Key(keys="F6", words=self.tr("换到左边 / 右边"), run=self._other_side))

    def _other_side(self) -> None:
        if self.list.hasFocus():
            self.list.focusNextChild()
        else:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
