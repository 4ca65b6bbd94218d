"""The filter rows above the list of providers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from jiuliting_desk.actions.provider_list import ProviderFilter
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.providers import ProviderKind, ProviderState
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.widgets.buttons import Facet, Removable, Segmented, button
from jiuliting_desk.ui.widgets.fields import ComboFacet, TextField
from jiuliting_desk.ui.widgets.layout import Flow
from jiuliting_desk.ui.widgets.text import label


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What each choice would leave, the others being as they are."""

    kinds: dict[ProviderKind | None, int]
    states: dict[ProviderState | None, int]
    due: int
    unasked: int


class ProviderFilters(QWidget):
    """Words, service, committee, kind, state, certificates due, not asked for long."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = TextField(placeholder=self.tr("在名单里找"), icon="list-filter")
        self.words.setFixedWidth(theme.px(150))
        self.words.setClearButtonEnabled(True)
        self.category = ComboFacet(self.tr("会做"))
        self.committee = ComboFacet(self.tr("居委"))
        self.kind = Segmented(
            [
                (None, self.tr("全部")),
                (ProviderKind.VOLUNTEER, labels.label(ProviderKind.VOLUNTEER)),
                (ProviderKind.ENTERPRISE, self.tr("单位")),
            ]
        )
        self.state = Segmented(
            [
                (ProviderState.ACTIVE, labels.label(ProviderState.ACTIVE)),
                (ProviderState.PAUSED, labels.label(ProviderState.PAUSED)),
                (ProviderState.STOPPED, labels.label(ProviderState.STOPPED)),
                (None, self.tr("都看")),
            ]
        )
        self.due = Facet(self.tr("证书要留意"), icon="clock", token="warn")
        self.unasked = Facet(self.tr("好久没问"), icon="phone")
        widgets: Sequence[QWidget] = (
            self.words, self.category, self.committee, self.kind, self.state,
        )  # fmt: skip
        self.setLayout(Flow(*widgets))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.words.textChanged.connect(self.changed)
        for field in (self.category, self.committee):
            field.edited.connect(self.changed)
        for choice in (self.kind, self.state):
            choice.chosen.connect(lambda _key: self.changed.emit())
        for facet in (self.due, self.unasked):
            facet.clicked.connect(lambda _on: self.changed.emit())

    def offer(self, categories: Iterable[ServiceCategory], committees: Iterable[ResidentsCommittee]) -> None:
        """Offer these services and committees."""
        self.category.set_choices([(category.id, category.name) for category in categories])
        self.committee.set_choices([(committee.id, committee.name) for committee in committees])

    def value(self) -> ProviderFilter:
        """What is wanted."""
        return ProviderFilter(
            words=self.words.value(),
            kind=self.kind.value(),
            category_id=self.category.value(),
            committee_id=self.committee.value(),
            state=self.state.value(),
            certificate_due=self.due.isChecked(),
            unasked=self.unasked.isChecked(),
        )

    def set_value(self, wanted: ProviderFilter) -> None:
        """Show another filter, and tell."""
        self.words.blockSignals(True)
        self.words.set_value(wanted.words)
        self.words.blockSignals(False)
        self.kind.choose(wanted.kind)
        self.state.choose(wanted.state)
        self.category.set_value(wanted.category_id)
        self.committee.set_value(wanted.committee_id)
        self.due.setChecked(wanted.certificate_due)
        self.unasked.setChecked(wanted.unasked)
        self.changed.emit()

    def show_counts(self, counts: Counts) -> None:
        """Write what each choice would leave."""
        self.kind.set_counts(counts.kinds)
        self.state.set_counts(counts.states)
        self.due.set_count(counts.due)
        self.unasked.set_count(counts.unasked)


class FilterChips(QWidget):
    """How many are shown, and the filters in force as chips to take away."""

    def __init__(self, filters: ProviderFilters) -> None:
        super().__init__()
        self._filters = filters
        self.count = label("", "strong")
        self.total = label("", "sub")
        for words in (self.count, self.total):
            words.setMinimumHeight(theme.size("control"))
        self.clear = button(self.tr("清除筛选"), self.clear_all, kind="link", size="s")
        self._chips: list[Removable] = []
        self._flow = Flow(self.count, self.total, filters.due, filters.unasked, self.clear)
        self.setLayout(self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def clear_all(self) -> None:
        """Back to everybody who can be asked."""
        self._filters.set_value(ProviderFilter())

    def show_state(self, *, shown: int, total: int, wanted: ProviderFilter) -> None:
        """Say how many of how many, and by which filters."""
        self.count.setText(self.tr("{count} 位").format(count=shown))
        self.total.setText(self.tr("全部名单 {count} 位").format(count=total))
        for old in self._chips:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        filters = self.in_force(wanted)
        chips = [(words, without) for words, without, is_button in filters if not is_button]
        self._chips = [Removable(words, partial(self._filters.set_value, without)) for words, without in chips]
        self._flow.removeWidget(self.clear)
        for widget in (*self._chips, self.clear):
            self._flow.addWidget(widget)
        self.clear.setVisible(bool(filters))

    def in_force(self, wanted: ProviderFilter) -> list[tuple[str, ProviderFilter, bool]]:
        """The filters in force as words, each with the filter without it and whether a pressed button shows it."""
        found = []
        if wanted.words:
            found.append((self.tr("“{words}”").format(words=wanted.words), replace(wanted, words=""), False))
        if wanted.category_id is not None:
            words = self._filters.category.currentText().partition("：")[2]
            found.append((words, replace(wanted, category_id=None), False))
        if wanted.committee_id is not None:
            words = self._filters.committee.currentText().partition("：")[2]
            found.append((words, replace(wanted, committee_id=None), False))
        if wanted.kind is not None:
            found.append((labels.label(wanted.kind), replace(wanted, kind=None), False))
        if wanted.state is not ProviderState.ACTIVE:
            words = self.tr("所有状态") if wanted.state is None else labels.label(wanted.state)
            found.append((words, replace(wanted, state=ProviderState.ACTIVE), False))
        if wanted.certificate_due:
            found.append((self.tr("证书要留意"), replace(wanted, certificate_due=False), True))
        if wanted.unasked:
            found.append((self.tr("好久没问"), replace(wanted, unasked=False), True))
        return found
