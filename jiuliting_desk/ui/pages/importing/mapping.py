"""The second step, left: which table, what it is a list of, and which column goes where; only the doubtful coloured."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from jiuliting_desk.actions.imports.draft import PLANNED_KINDS, Draft
from jiuliting_desk.actions.imports.provider_rows import SEVERAL
from jiuliting_desk.actions.imports.visit_rows import NEW_ENTERPRISE, NEW_VOLUNTEER
from jiuliting_desk.sheets.tables import UNSURE, ColumnMatch, Kind, ReadTable
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.chips import ChipLabel
from jiuliting_desk.ui.widgets.fields import CheckField, ChoiceField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, scrolled, surface
from jiuliting_desk.ui.widgets.text import Elide, label
from jiuliting_desk.ui.words import workbooks

ASK = "?"
"""The key of a doubtful column's choice while nothing is chosen."""

WIDTH = 340

MOST_ASKED = 12
"""Words of one kind that are asked about at once, the most frequent first."""

MOST_OFFERED = 200
"""People among whom one is chosen."""


def letter_of(index: int) -> str:
    """A column as spreadsheets call it: A, B … AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def is_doubtful(match: ColumnMatch) -> bool:
    """Whether a person should say what a column is; one that was set aside for sure is not."""
    return match.confidence < UNSURE and match.why != "chosen"


class MappingPanel(QWidget):
    """Says what it was told through signals; the page reads the draft anew and shows it again."""

    table_chosen = Signal(int)
    """Its place among the draft's tables."""
    switched = Signal(bool)
    kind_chosen = Signal(object)
    header_wanted = Signal()
    column_chosen = Signal(object, str)
    """A ColumnMatch and the field it is from now on, "" for none."""
    word_chosen = Signal(str, str)
    """A word of the need lists, and the service it means, "" to pass it over."""
    certificate_chosen = Signal(str, str)
    """A word for a certificate, and the kinds it means, "" for one of its own."""
    provider_chosen = Signal(str, str)
    """A name of who went, and who that is."""
    empty_keep_changed = Signal(bool)
    remember_changed = Signal(bool)
    hidden_rows_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(WIDTH))
        self.combos: dict[int, ChoiceField] = {}
        self.word_combos: dict[str, ChoiceField] = {}
        self.tables = ChoiceField(size="s")
        self.tables.edited.connect(lambda: self.table_chosen.emit(self.tables.value()))
        self.is_on = CheckField(self.tr("导入这张表"))
        self.is_on.edited.connect(lambda: self.switched.emit(self.is_on.value()))
        self.kind = ChoiceField(size="s")
        self.kind.edited.connect(lambda: self.kind_chosen.emit(self.kind.value()))
        self.header_button = button("", self.header_wanted.emit, kind="link")
        self.left_out = label("", "cap", wrap=True)
        self.hidden = button(self.tr("隐藏的行也导入"), lambda: self.hidden_rows_wanted.emit(True), kind="link")
        self.empty_keep = CheckField(self.tr("空格子不覆盖原来的内容"))
        self.empty_keep.edited.connect(lambda: self.empty_keep_changed.emit(self.empty_keep.value()))
        self.remember = CheckField(self.tr("记住这样对应，下次同表头直接用"))
        self.remember.edited.connect(lambda: self.remember_changed.emit(self.remember.value()))
        self._title = label(self.tr("对应列"), "h2")
        self._doubt = row()
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._area = scrolled(self._body())
        self._area.setMinimumHeight(theme.px(160))
        head = column(
            row(self._title, self._doubt, STRETCH, self.header_button),
            self.tables,
            row(label(self.tr("这是"), "field"), self.kind, gap=8),
            self.is_on,
            margins=(12, 16, 8, 16),
            gap=8,
        )
        panel = surface("panel", column(head, hairline(), self._area, gap=0))
        self.setLayout(column(panel))

    def _body(self) -> QWidget:
        body = QWidget()
        self._words_holder = QWidget()
        self._words = column(gap=6)
        self._words_holder.setLayout(self._words)
        self._rule_title = label(self.tr("怎么算同一个人"), "field")
        self._rule = label(
            self.tr("身份证号相同，或者同名又同电话、同住址，算同一个人；同名同生日、同住址读音一样的会问您。"),
            "cap",
            wrap=True,
        )
        below = column(
            self._words_holder,
            self._rule_title,
            self._rule,
            self.empty_keep,
            self.remember,
            self.left_out,
            row(self.hidden, STRETCH),
            margins=(12, 16),
            gap=8,
        )
        self._body_column = column(self._grid_holder, below, STRETCH, gap=0)
        body.setLayout(self._body_column)
        return body

    # -- showing

    def show_draft(self, draft: Draft, place: int) -> None:
        """Show one table of a draft."""
        table = draft.tables[place]
        self.tables.set_choices([(at, self._table_words(draft, each)) for at, each in enumerate(draft.tables)])
        self.tables.set_value(place)
        self.tables.setVisible(len(draft.tables) > 1)
        self.is_on.set_value(draft.is_on(table))
        self.is_on.setVisible(len(draft.tables) > 1 or table.hidden)
        kinds = [kind for kind in Kind if kind in PLANNED_KINDS or kind is table.kind]
        self.kind.set_choices([(kind, workbooks.kind(kind)) for kind in kinds])
        self.kind.set_value(table.kind)
        theme.mark(self.kind, state="" if table.kind in PLANNED_KINDS else "warn")
        self.header_button.setText(
            self.tr("表头在第 {row} 行").format(row=table.header_row) if table.header_row else self.tr("没有表头")
        )
        self.empty_keep.set_value(draft.choices.empty_cells_keep)
        self.remember.set_value(draft.remember)
        self._show_columns(table)
        self._show_words(draft)
        self._show_left_out(table)
        for widget in (self._rule_title, self._rule, self.empty_keep):
            widget.setVisible(table.kind is not Kind.TALLY)

    def _table_words(self, draft: Draft, table: ReadTable) -> str:
        words = self.tr("“{sheet}” {count} 行").format(sheet=table.sheet, count=len(table.rows))
        if table.hidden:
            words = self.tr("{table}（隐藏的表）").format(table=words)
        return words if draft.is_on(table) else self.tr("{table} · 不导入").format(table=words)

    def _show_columns(self, table: ReadTable) -> None:
        old = self._grid_holder
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._grid.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        for at, words in enumerate((self.tr("列"), self.tr("Excel 表头"), self.tr("写到哪里"))):
            self._grid.addWidget(label(words, "field"), 0, at)
        self.combos = {}
        doubtful = 0
        shown = [match for match in table.columns if match.title or match.field]
        for line, match in enumerate(shown, start=1):
            self._grid.addWidget(label(letter_of(match.index), "cap"), line, 0)
            title = Elide(self._header_words(match))
            self._grid.addWidget(title, line, 1)
            combo = self._combo(table, match)
            self._grid.addWidget(combo, line, 2)
            self.combos[match.index] = combo
            doubtful += is_doubtful(match)
        self._body_column.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._body_column.insertWidget(0, self._grid_holder)
        self._show_doubt(doubtful)

    def _header_words(self, match: ColumnMatch) -> str:
        """The lowest level of a header, with the group above it."""
        if not match.header:
            return self.tr("（没有表头）")
        leaf, *groups = (" ".join(level.split()) for level in reversed(match.header))
        return self.tr("{header}（{group}）").format(header=leaf, group=groups[0]) if groups else leaf

    def _combo(self, table: ReadTable, match: ColumnMatch) -> ChoiceField:
        combo = ChoiceField(size="s")
        combo.setFixedWidth(theme.px(168))
        offered = list(workbooks.OFFERED.get(table.kind, ()))
        if match.field and match.field not in offered:
            offered.insert(0, match.field)
        choices = [(field, workbooks.meaning(field)) for field in offered]
        choices.append(("", self.tr("不导入")))
        if is_doubtful(match):
            choices.insert(0, (ASK, self._question(match)))
            theme.mark(combo, state="warn")
        combo.set_choices(choices)
        combo.set_value(ASK if is_doubtful(match) else match.field)
        combo.setAccessibleName(self.tr("{header} 写到哪里").format(header=match.title))
        combo.edited.connect(lambda: self._on_column(match, combo))
        return combo

    def _question(self, match: ColumnMatch) -> str:
        if match.field:
            return self.tr("{meaning}？").format(meaning=workbooks.meaning(match.field))
        return self.tr("请选一个")

    def _on_column(self, match: ColumnMatch, combo: ChoiceField) -> None:
        if combo.value() != ASK:
            self.column_chosen.emit(match, combo.value())

    def _show_doubt(self, count: int) -> None:
        while (item := self._doubt.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if count:
            self._doubt.addWidget(ChipLabel(Chip(self.tr("%n 列待选", "", count), "warn", "circle-help")))

    def _show_words(self, draft: Draft) -> None:
        """Words of the need lists that name no service: asked once, then remembered."""
        while (item := self._words.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.word_combos = {}
        unknown = unknown_words(draft)
        certificates = draft.plan.unknown_certificates if draft.plan is not None else {}
        providers = draft.plan.unknown_providers if draft.plan is not None else {}
        self._words_holder.setVisible(bool(unknown or certificates or providers))
        if unknown:
            self._words.addWidget(label(self.tr("表里这些说的是哪个项目"), "field"))
        services = [(name, name) for name in draft.vocabulary.categories]
        for word, count in unknown.items():
            self._ask(word, count, [*services, ("", self.tr("不是需求，跳过"))], self._on_word)
        if certificates:
            self._words.addWidget(label(self.tr("表里这些算哪种证书"), "field"))
        kinds = certificate_choices(draft)
        for word, count in certificates.items():
            self._ask(word, count, [*kinds, ("", self.tr("照原样登记"))], self._on_certificate)

        if providers:
            self._words.addWidget(label(self.tr("表里这些是哪位志愿者、单位"), "field"))
        for word, count in list(providers.items())[:MOST_ASKED]:
            offered = provider_choices(draft, word)
            if word:
                offered += [
                    (NEW_VOLUNTEER, self.tr("登记成新志愿者")),
                    (NEW_ENTERPRISE, self.tr("登记成新单位")),
                ]
            self._ask(word, count, offered, self._on_provider)

    def _ask(
        self, word: str, count: int, choices: list[tuple[str, str]], answered: Callable[[str, ChoiceField], None]
    ) -> None:
        """One word with what it may mean."""
        combo = ChoiceField(size="s")
        combo.setFixedWidth(theme.px(168))
        combo.set_choices([(ASK, self.tr("请选一个")), *choices])
        combo.setAccessibleName(word)
        theme.mark(combo, state="warn")
        combo.edited.connect(lambda: answered(word, combo))
        line = QWidget()
        text: QLabel = Elide(self.tr("{word}（{count} 处）").format(word=word or self.tr("没写谁去的"), count=count))
        line.setLayout(row(text, combo))
        self._words.addWidget(line)
        self.word_combos[word] = combo

    def _on_certificate(self, word: str, combo: ChoiceField) -> None:
        if combo.value() != ASK:
            self.certificate_chosen.emit(word, combo.value())

    def _on_provider(self, word: str, combo: ChoiceField) -> None:
        if combo.value() != ASK:
            self.provider_chosen.emit(word, combo.value())

    def _on_word(self, word: str, combo: ChoiceField) -> None:
        if combo.value() != ASK:
            self.word_chosen.emit(word, combo.value())

    def _show_left_out(self, table: ReadTable) -> None:
        counts: dict[str, int] = {}
        hidden = 0
        for left in table.left_out:
            words = workbooks.omission(left.why)
            counts[words] = counts.get(words, 0) + left.last_row - left.first_row + 1
            hidden += left.why == "hidden"
        parts = [self.tr("{what} {count} 行").format(what=words, count=count) for words, count in counts.items()]
        self.left_out.setText(self.tr("没有算进来的：{parts}").format(parts="，".join(parts)) if parts else "")
        self.left_out.setVisible(bool(parts))
        self.hidden.setVisible(bool(hidden))
        self.left_out.setAlignment(Qt.AlignmentFlag.AlignLeft)


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
    ranked = sorted(
        providers, key=lambda each: (-len(signs.intersection(each.name)), each.state != "active", each.name)
    )
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
