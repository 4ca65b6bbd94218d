"""The filters above the list: in the order people ask, each with what it would leave."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store import Store
from jiuliting_desk.store.elder_list import ON_THE_LIST, ElderFacets, ElderFilter, Standing
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.elders import words
from jiuliting_desk.ui.widgets.buttons import Facet, Removable, Segmented, button
from jiuliting_desk.ui.widgets.fields import ChoiceField, ComboFacet, TextField
from jiuliting_desk.ui.widgets.layout import Flow
from jiuliting_desk.ui.widgets.text import label

TYPING_MS = 120
"""The list follows the typing after this pause."""

TAGS_SHOWN = 3
"""Tags with a button of their own, those that most people have; the others are in the menu."""

SEGMENTS = (None, Standing.WAITING, Standing.CLAIMED, Standing.BOOKED, Standing.SERVED)

EVERYBODY = frozenset(ElderState)


def _wraps(widget: QWidget) -> None:
    """Let the layout around a widget ask for its height at a width."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


class StateFacet(ChoiceField):
    """Whose list it is: those who are served, unless another is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "facet")
        self.setAccessibleName(self.tr("哪份名单"))
        self.set_choices(
            [
                (ON_THE_LIST, self.tr("名单：在服务")),
                *(
                    (frozenset({each}), self.tr("名单：{state}").format(state=labels.label(each)))
                    for each in ElderState
                    if each is not ElderState.ACTIVE
                ),
                (EVERYBODY, self.tr("名单：都算上")),
            ]
        )
        self.currentIndexChanged.connect(self._tint)

    def _tint(self) -> None:
        theme.mark(self, current="true" if self.currentIndex() > 0 else "false")


class FilterBar(QWidget):
    """Gives an ElderFilter; ``set_counts`` writes the numbers behind the choices."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, dict[int, str]] = {"committee": {}, "compound": {}, "category": {}}
        self._compounds: list[Compound] = []
        self._tags: list[str] = []
        self._are_new = False
        """The tags are to be put in order with the next counts: the most worn ones before the others."""
        self._held_tags: set[str] = set()
        self._counts: dict[str, int] = {}
        self.text = TextField(placeholder=self.tr("在名单里找"), icon="list-filter")
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(theme.px(156))
        self.text.setAccessibleName(self.tr("在名单里找"))
        self.committee = ComboFacet(self.tr("居委"))
        self.compound = ComboFacet(self.tr("小区"))
        self.category = ComboFacet(self.tr("项目"))
        self.state = StateFacet()
        self.tag_facets = [Facet("") for _ in range(TAGS_SHOWN)]
        self.more_tags = Facet(self.tr("更多标签"))
        self.more_tags.clicked.connect(self._open_tags)
        self.segments = Segmented(
            [(each, self.tr("全部") if each is None else words.standing(each)) for each in SEGMENTS]
        )
        for place in (self.committee, self.compound):
            place.setFixedWidth(theme.px(164))
        flow = Flow(gap=8)
        self.setLayout(flow)
        for widget in (self.text, self.committee, self.compound, *self.tag_facets, self.more_tags, self.segments):
            flow.addWidget(widget)
        _wraps(self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda _text: self._typing.start())
        self.committee.edited.connect(self._on_committee)
        for choice in (self.compound, self.category, self.state):
            choice.edited.connect(self.changed)
        self.segments.chosen.connect(lambda _key: self.changed.emit())
        for at, facet in enumerate(self.tag_facets):
            facet.clicked.connect(lambda _on, at=at: self.toggle_tag(self._tags[at]))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody types any more."""
        self._typing.stop()
        super().hideEvent(event)

    # -- what can be chosen

    def offer(self, store: Store) -> None:
        """Take the choices from the file; what is chosen stays as far as it is still there."""
        committees = [each for each in store.all(ResidentsCommittee, order="name") if each.active]
        self._compounds = [each for each in store.all(Compound, order="name") if each.active]
        categories = [each for each in store.all(ServiceCategory, order="position") if each.active]
        self._names = {
            "committee": {each.id: each.name for each in committees},
            "compound": {each.id: each.name for each in self._compounds},
            "category": {each.id: each.name for each in categories},
        }
        self.committee.set_choices(self._names["committee"].items())
        self.category.set_choices(self._names["category"].items())
        self._offer_compounds()
        known = [tag.name for tag in store.all(Tag, order="position") if tag.active]
        self._held_tags &= set(known)
        if set(self._tags) != set(known):
            self._tags, self._are_new = known, True
        self._show_tags(None)

    def _offer_compounds(self) -> None:
        """Only those of the committee that is chosen."""
        committee_id = self.committee.value()
        self.compound.set_choices(
            (each.id, each.name) for each in self._compounds if committee_id in {None, each.committee_id}
        )

    def _on_committee(self) -> None:
        self._offer_compounds()
        self.changed.emit()

    # -- what is chosen

    def value(self) -> ElderFilter:
        """The filter as it stands."""
        return ElderFilter(
            text=self.text.value(),
            committee_id=self.committee.value(),
            compound_id=self.compound.value(),
            category_id=self.category.value(),
            tags=frozenset(self._held_tags),
            standing=self.segments.value(),
            states=self.state.value(),
        )

    def set_value(self, only: ElderFilter) -> None:
        """Let a filter stand, with one signal."""
        blocked = self.blockSignals(True)
        self.text.set_value(only.text)
        self.committee.set_value(only.committee_id)
        self._offer_compounds()
        self.compound.set_value(only.compound_id)
        self.category.set_value(only.category_id)
        self.state.set_value(only.states)
        self.segments.choose(only.standing if only.standing in SEGMENTS else None)
        self._held_tags = set(only.tags)
        self._typing.stop()
        self._show_tags(None)
        self.blockSignals(blocked)
        self.changed.emit()

    def clear(self) -> None:
        """Filter nothing."""
        self.set_value(ElderFilter())

    def toggle_tag(self, tag: str) -> None:
        """Ask for a tag, or no longer."""
        self._held_tags ^= {tag}
        self._show_tags(None)
        self.changed.emit()

    # -- counts

    def set_counts(self, found: ElderFacets) -> None:
        """Write what each choice would leave."""
        counts: dict[Any, int] = {each: found.standings[each] for each in SEGMENTS if each is not None}
        self.segments.set_counts(counts)
        if self._are_new:
            self._are_new = False
            often = set(sorted(self._tags, key=lambda tag: -found.tags.get(tag, 0))[:TAGS_SHOWN])
            self._tags.sort(key=lambda tag: tag not in often)
        self._show_tags(found.tags)

    def _show_tags(self, counts: dict[str, int] | None) -> None:
        for at, facet in enumerate(self.tag_facets):
            facet.setVisible(at < len(self._tags))
            if at < len(self._tags):
                tag = self._tags[at]
                facet.setText(tag if counts is None else f"{tag} {counts.get(tag, 0)}")
                facet.setChecked(tag in self._held_tags)
        others = self._held_tags & set(self._tags[TAGS_SHOWN:])
        self._counts = counts or {}
        self.more_tags.setVisible(len(self._tags) > TAGS_SHOWN)
        self.more_tags.setText("、".join(sorted(others)) or self.tr("更多标签"))
        self.more_tags.setChecked(bool(others))

    def _open_tags(self) -> None:
        self._show_tags(self._counts)
        menu = self.tags_menu()
        menu.popup(self.more_tags.mapToGlobal(QPoint(0, self.more_tags.height() + 2)))

    def tags_menu(self) -> QMenu:
        """The tags without a button of their own, with their numbers."""
        menu = QMenu(self)
        for tag in self._tags[TAGS_SHOWN:]:
            action = menu.addAction(f"{tag}　{self._counts.get(tag, 0)}")
            action.setCheckable(True)
            action.setChecked(tag in self._held_tags)
            action.triggered.connect(lambda _on=False, tag=tag: self.toggle_tag(tag))
        return menu

    # -- what is in force, in words

    def in_force(self) -> list[tuple[str, ElderFilter]]:
        """Each filter in force in words, and what would stand without it."""
        only = self.value()
        found: list[tuple[str, ElderFilter]] = []
        if only.text:
            found.append((only.text, replace(only, text="")))
        if only.committee_id is not None:
            name = self._names["committee"].get(only.committee_id, "")
            found.append((name, replace(only, committee_id=None)))
        if only.compound_id is not None:
            name = self._names["compound"].get(only.compound_id, "")
            found.append((name, replace(only, compound_id=None)))
        found += [(tag, replace(only, tags=only.tags - {tag})) for tag in self._tags if tag in only.tags]
        if only.standing is not None:
            found.append((words.standing(only.standing), replace(only, standing=None)))
        if only.category_id is not None:
            name = self._names["category"].get(only.category_id, "")
            found.append((name, replace(only, category_id=None)))
        if only.states != ON_THE_LIST:
            state = self.tr("都算上") if only.states == EVERYBODY else labels.label(next(iter(only.states)))
            found.append((state, replace(only, states=ON_THE_LIST)))
        return found


class CountRow(QWidget):
    """How many are shown of how many, and the filters in force, each to be taken away."""

    def __init__(self, filters: FilterBar) -> None:
        super().__init__()
        self._filters = filters
        self.count = label("", "strong")
        self.total = label("", "sub")
        self._only = label(self.tr("只看"), "cap")
        for words_of in (self.count, self.total, self._only):
            words_of.setMinimumHeight(theme.size("control"))
        self._clear = button(self.tr("清除筛选"), filters.clear, kind="link", size="s")
        self._chips: list[Removable] = []
        lists: tuple[QWidget, ...] = (self.count, self.total, filters.category, filters.state)
        self._flow = Flow(*lists, self._only, self._clear, gap=8)
        self.setLayout(self._flow)
        _wraps(self)

    def show_counts(self, found: ElderFacets) -> None:
        """Write the numbers and the chips anew."""
        self.count.setText(self.tr("{count} 位").format(count=found.count))
        self.total.setText(self.tr("全部名单 {count} 位").format(count=found.total))
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        self._flow.removeWidget(self._clear)
        for text, without in self._filters.in_force():
            chip = Removable(text, partial(self._filters.set_value, without))
            self._chips.append(chip)
            self._flow.addWidget(chip)
        self._flow.addWidget(self._clear)
        self._only.setVisible(bool(self._chips))
        self._clear.setVisible(bool(self._chips))

    def chips(self) -> list[Removable]:
        """The filters in force as chips."""
        return self._chips
