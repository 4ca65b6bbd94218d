"""Who may have a service: rules of which any one is enough, each of age, living and tags."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.model.categories import Eligibility
from jiuliting_desk.model.elders import Living
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.widgets.buttons import button, icon_button
from jiuliting_desk.ui.widgets.fields import ChipsField, NumberField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface
from jiuliting_desk.ui.widgets.text import label

_LIVINGS = (Living.ALONE, Living.COUPLE, Living.NO_KIN, Living.WITH_CHILDREN, Living.WITH_CARER)


class _Rule(QWidget):
    """One rule."""

    changed = Signal()
    away = Signal()

    def __init__(self, rule: Eligibility, tags: Sequence[str]) -> None:
        super().__init__()
        self.age = NumberField(0, 120)
        self.age.setSpecialValueText(self.tr("不限"))
        self.age.setFixedWidth(theme.px(84))
        self.age.setAccessibleName(self.tr("满多少岁"))
        self.age.set_value(rule.min_age)
        self.livings = ChipsField([(living.value, labels.label(living)) for living in _LIVINGS])
        self.livings.set_value(rule.livings)
        self.tags = ChipsField([(tag, tag) for tag in tags])
        self.tags.set_value(rule.tags)
        for field in (self.age, self.livings, self.tags):
            field.edited.connect(self.changed)
        remove = icon_button("x", self.tr("去掉这一条"), self.away.emit)
        first = row(label(self.tr("满"), "field"), self.age, label(self.tr("岁"), "field"), STRETCH, remove)
        rest = [
            label(self.tr("居住（不选就是都可以）"), "cap"),
            self.livings,
            label(self.tr("有这些标签之一（不选就是都可以）"), "cap"),
            self.tags,
        ]
        panel = surface("sunken", column(first, *rest, margins=(8, 12), gap=6))
        self.setLayout(column(panel))

    def rule(self) -> Eligibility:
        """The rule as set."""
        return Eligibility(min_age=self.age.value(), livings=self.livings.value(), tags=self.tags.value())


class EligibilityField(QWidget):
    """A field whose value is a tuple of Eligibility; empty: everybody."""

    edited = Signal()

    def __init__(self, tags: Iterable[str]) -> None:
        super().__init__()
        self._tags = tuple(tags)
        self._rules: list[_Rule] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(6))
        self.more = button(self.tr("加一条条件"), self._on_more, kind="link", icon="plus", size="s")
        self._layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def value(self) -> tuple[Eligibility, ...]:
        """The rules; one that lets everybody in is no rule."""
        return tuple(rule for line in self._rules if (rule := line.rule()) != Eligibility())

    def set_value(self, value: Iterable[Eligibility]) -> None:
        """Show these rules."""
        for line in list(self._rules):
            self._drop(line)
        for rule in value:
            self._add(rule)

    def rules(self) -> list[_Rule]:
        """The lines shown."""
        return self._rules

    def _add(self, rule: Eligibility) -> _Rule:
        line = _Rule(rule, self._tags)
        line.changed.connect(self.edited)
        line.away.connect(lambda: self._on_away(line))
        self._rules.append(line)
        self._layout.insertWidget(len(self._rules) - 1, line)
        return line

    def _drop(self, line: _Rule) -> None:
        self._rules.remove(line)
        self._layout.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _on_away(self, line: _Rule) -> None:
        self._drop(line)
        self.edited.emit()

    def _on_more(self) -> None:
        self._add(Eligibility(min_age=60)).age.setFocus(Qt.FocusReason.TabFocusReason)
        self.edited.emit()


def eligibility_words(rules: Iterable[Eligibility], words: dict[str, str]) -> str:
    """Rules in one line; ``words`` holds "age", "or" and "everybody" with their places for numbers."""
    parts = []
    for rule in rules:
        bits = [words["age"].format(age=rule.min_age)] if rule.min_age else []
        bits += [labels.label(Living(living)) for living in rule.livings]
        bits += rule.tags
        parts.append("、".join(bits))
    return words["or"].join(parts) or words["everybody"]
