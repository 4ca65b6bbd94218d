"""Words of a sheet that a person is asked about once: services, certificates, and who went to visits."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from jiuliting_desk.actions.imports.draft import CERTIFICATE, PROVIDER, Draft
from jiuliting_desk.actions.imports.provider_rows import SEVERAL
from jiuliting_desk.actions.imports.visit_rows import NEW_ENTERPRISE, NEW_VOLUNTEER
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.importing.column_grid import ASK, narrow_choice
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.layout import column, row
from jiuliting_desk.ui.widgets.text import Elide, label

MOST_ASKED = 12
"""Words of one kind that are asked about at once, the most frequent first."""

MOST_OFFERED = 200
"""People among whom one is chosen."""

LOOKED_THROUGH = 2000
"""Rows in which words that mean something since an earlier workbook are looked for."""

LISTS = frozenset({"needs", "skills", "wishes", "category"})
"""Fields of columns that hold words for services."""

Answered = Callable[[str, str], object]


class WordQuestions(QWidget):
    """Hidden while there is nothing to ask."""

    word_chosen = Signal(str, str)
    """A word of the need lists, and the service it means, "" to pass it over."""
    certificate_chosen = Signal(str, str)
    """A word for a certificate, and the kinds it means, "" for one of its own."""
    provider_chosen = Signal(str, str)
    """A name of who went, and who that is."""

    def __init__(self) -> None:
        super().__init__()
        self.combos: dict[str, ChoiceField] = {}
        self._answered: dict[tuple[str, str], str] = {}
        self._lines = column(gap=6)
        self.setLayout(self._lines)

    def show_draft(self, draft: Draft) -> None:
        """Ask what a draft leaves open."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.combos = {}
        # What was answered stays, so that a slip can be mended.
        self._answered = {("category", word): meaning for word, meaning in used_words(draft).items()}
        self._answered |= {(word.scope, word.word): word.meaning for word in draft.taught}
        words = unknown_words(draft) | self._said("category")
        plan = draft.plan
        certificates = (dict(plan.unknown_certificates) if plan is not None else {}) | self._said(CERTIFICATE)
        asked = sorted(plan.unknown_providers.items(), key=lambda pair: -pair[1])[:MOST_ASKED] if plan else []
        providers = dict(asked) | self._said(PROVIDER)
        self.setVisible(bool(words or certificates or providers))
        if words:
            self._lines.addWidget(label(self.tr("表里这些说的是哪个项目"), "field"))
        services = [(name, name) for name in draft.vocabulary.categories]
        for word, count in words.items():
            offered = [*services, ("", self.tr("不是需求，以后都跳过"))]
            self._ask("category", word, count, offered, self.word_chosen.emit)
        if certificates:
            self._lines.addWidget(label(self.tr("表里这些算哪种证书"), "field"))
        kinds = certificate_choices(draft)
        for word, count in certificates.items():
            offered = [*kinds, ("", self.tr("照原样登记"))]
            self._ask(CERTIFICATE, word, count, offered, self.certificate_chosen.emit)
        if providers:
            self._lines.addWidget(label(self.tr("表里这些是哪位志愿者、单位"), "field"))
        for word, count in providers.items():
            offered = provider_choices(draft, word)
            if word:
                offered.append((NEW_VOLUNTEER, self.tr("登记成新志愿者")))
                offered.append((NEW_ENTERPRISE, self.tr("登记成新单位")))
            self._ask(PROVIDER, word, count, offered, self.provider_chosen.emit)

    def _said(self, scope: str) -> dict[str, int]:
        """The words of one kind that were answered, in this workbook or before, none of them counted."""
        return {word: 0 for said, word in self._answered if said == scope}

    def _ask(self, scope: str, word: str, count: int, choices: list[tuple[str, str]], answered: Answered) -> None:
        """One word with what it may mean; what was answered can be answered otherwise."""
        said = self._answered.get((scope, word))
        combo = narrow_choice()
        combo.set_choices(choices if said is not None else [(ASK, self.tr("请选一个")), *choices])
        combo.set_value(ASK if said is None else said)
        combo.setAccessibleName(word or self.tr("没写谁去的"))
        theme.mark(combo, state="warn" if said is None else "")
        combo.edited.connect(lambda: answered(word, combo.value()) if combo.value() != ASK else None)
        line = QWidget()
        words = self.tr("{word}（{count} 处）") if said is None else self.tr("{word}（选好了）")
        text: QLabel = Elide(words.format(word=word or self.tr("没写谁去的"), count=count))
        line.setLayout(row(text, combo))
        self._lines.addWidget(line)
        self.combos[word] = combo


def used_words(draft: Draft) -> dict[str, str]:
    """The words of the need lists that stand in the workbook and that staff gave a meaning before, with it."""
    known = {word.word: word.meaning for word in draft.learned if word.scope == "category" and word.word}
    places = [
        (table.sheet_index, row.place(match.index))
        for table in (draft.tables_on if known else ())
        for match in table.columns
        if match.field in LISTS
        for row in table.rows[:LOOKED_THROUGH]
    ]
    cells = {cell_text(draft.cell(sheet, *place)) for sheet, place in places}  # type: ignore[arg-type]
    offered = {*draft.vocabulary.categories, ""}
    return {
        word: meaning for word, meaning in known.items() if meaning in offered and any(word in cell for cell in cells)
    }


def certificate_choices(draft: Draft) -> list[tuple[str, str]]:
    """The kinds of certificates that services ask for, each, and all of them for a word that covers them."""
    categories = draft.snapshot.categories if draft.snapshot is not None else ()
    kinds = list(dict.fromkeys(filter(None, (category.certificate_kind for category in categories))))
    every = SEVERAL.join(kinds)
    return [(kind, kind) for kind in (*kinds, *([every] if len(kinds) > 1 else []))]


def provider_choices(draft: Draft, word: str) -> list[tuple[str, str]]:
    """Volunteers and enterprises that a name may mean, those first whose names have most signs in common with it."""
    providers = draft.snapshot.providers if draft.snapshot is not None else ()
    signs = set(word)
    ranked = sorted(providers, key=lambda p: (-len(signs.intersection(p.name)), p.state != "active", p.name))
    return [(str(each.id), each.name) for each in ranked[:MOST_OFFERED]]


def unknown_words(draft: Draft, most: int = MOST_ASKED) -> dict[str, int]:
    """Words of need and skill lists that name no service, the most frequent first, with how often they stand."""
    counts: dict[str, int] = {}
    for table in draft.tables_on:
        for found in table.rows:
            for remark in found.remarks:
                if remark.code == "need_unknown" and remark.text:
                    counts[remark.text] = counts.get(remark.text, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1])[:most])
