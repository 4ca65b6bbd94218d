"""The section 操作记录: who did what when, what it changed, and taking one step back, however old."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from jiuliting_desk.actions import past
from jiuliting_desk.model.errors import Overtaken, UserError
from jiuliting_desk.store import OperationLine, history
from jiuliting_desk.store.tables import TABLES
from jiuliting_desk.ui import action_words, history_words, labels, theme
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.fields import ChoiceField, TextField
from jiuliting_desk.ui.widgets.layout import column, replace_all, scrolled, wrapping
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label

PAGE = 300
"""Lines read at once."""

PROGRAM_ACTIONS = frozenset({"lapse_claims", "lapse_stand_ins", "resume_due", "seek_for_away"})
"""Steps that the program took by itself."""


class PastSection(Section):
    """The newest first; more are read on demand."""

    watches: ClassVar = frozenset(TABLES)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(
            self.tr("操作记录"),
            self.tr("每做一步就记一行，删不掉。老的一步也可以单独撤销，只要后来没有别的靠着它。"),
        )
        self._lines: list[OperationLine] = []
        self._worded: dict[int, str] = {}
        self._has_more = False
        self.words = TextField(placeholder=self.tr("在记录里找"), icon="list-filter")
        self.words.setFixedWidth(theme.px(200))
        self.words.textChanged.connect(self._show)
        self.who = ChoiceField([(None, self.tr("谁做的都看"))])
        self.who.edited.connect(self._show)
        self.count = label("", "sub")
        self.count.setMinimumHeight(theme.size("control"))
        self.more_button = button(self.tr("再往前看"), self.read_more, icon="history")
        self.undo_button = button(self.tr("撤销这一步"), self.undo_chosen, icon="undo-2", kind="strong")
        self.body.addWidget(wrapping(self.words, self.who, self.count, self.more_button, self.undo_button))
        columns: list[Column[OperationLine]] = [
            Column(key="when", title=self.tr("什么时候"), cell=self._when, width=labels.WHEN_WIDTH, sortable=False),
            Column(key="who", title=self.tr("谁"), cell=self._who, width=84, sortable=False),
            Column(key="what", title=self.tr("做了什么"), cell=self._what, width=260, stretch=1, sortable=False),
            Column(key="state", title="", cell=self._state, width=96, sortable=False),
        ]
        self.table = RecordTable[OperationLine](columns, multi=False, empty_text=self.tr("没有符合的记录。"))
        self.table.setAccessibleName(self.tr("操作记录"))
        self.table.current_changed.connect(lambda _line: self._show_details())
        self.details = QVBoxLayout()
        self.details.setSpacing(theme.px(4))
        inside = QWidget()
        inside.setLayout(column(self.details, margins=(4, 0, 0, 16), gap=4))
        lower = scrolled(inside)
        lower.setMinimumWidth(theme.px(240))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(lower)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.split.setMinimumHeight(theme.px(300))
        self.body.addWidget(self.split, 1)

    # -- words

    def _when(self, line: OperationLine) -> str:
        return labels.when(line.at.astimezone(self.session.now().tzinfo), today=self.session.today())

    def _who(self, line: OperationLine) -> Cell:
        if line.name in PROGRAM_ACTIONS:
            return Cell(self.tr("程序"), tone="ink2")
        return Cell(line.who or self.tr("没填"), tone="ink" if line.who else "ink3")

    def _words(self, line: OperationLine) -> str:
        if line.id not in self._worded:
            self._worded[line.id] = history_words.line_words(self.session.store, line)
        return self._worded[line.id]

    def _what(self, line: OperationLine) -> Cell:
        return Cell(self._words(line), tone="ink3" if line.undone else "ink")

    def _state(self, line: OperationLine) -> Cell:
        return Cell(self.tr("已撤销"), icon="undo-2", tone="ink3") if line.undone else Cell("")

    # -- showing

    def refresh(self) -> None:
        """Read the newest lines, as many as were read before."""
        if self.session.is_lent:
            return
        wanted = max(PAGE, len(self._lines))
        self._lines = history.lines(self.session.store, limit=wanted)
        self._has_more = len(self._lines) == wanted
        self._offer_names()
        self._show()

    def read_more(self) -> None:
        """Read older lines too."""
        if self._lines:
            older = history.lines(self.session.store, limit=PAGE, before_id=self._lines[-1].id)
            self._lines += older
            self._has_more = len(older) == PAGE
            self._offer_names()
            self._show()

    def _offer_names(self) -> None:
        names = sorted({line.who for line in self._lines if line.who})
        self.who.set_choices([(None, self.tr("谁做的都看")), *((name, name) for name in names)])

    def _show(self) -> None:
        words, who = self.words.value(), self.who.value()
        shown = [
            line
            for line in self._lines
            if (who is None or line.who == who) and (not words or words in self._words(line))
        ]
        self.table.set_rows(shown)
        text = self.tr("{count} 步，还有更早的") if self._has_more else self.tr("{count} 步")
        self.count.setText(text.format(count=len(shown)))
        self.more_button.setVisible(self._has_more)
        if shown and self.table.current() is None:
            self.table.choose_first()
        self._show_details()

    def _show_details(self) -> None:
        line = self.table.current()
        can_undo = line is not None and not line.undone
        self.undo_button.setEnabled(can_undo)
        self.undo_button.setToolTip("" if can_undo else self.tr("先选一步没撤销过的"))
        if line is None or self.session.is_lent:
            replace_all(self.details, [])
            return
        step = past.step(self.session.store, operation_id=line.id)
        told = history_words.step_lines(self.session.store, step)
        widgets: list[QWidget] = [
            label(history_words.title(self.session.store, step), "h3", wrap=True),
            label(f"{self._when(line)}　{self._who(line).text}", "sub"),
            *(label(words, wrap=True) for words in told),
        ]
        if not told:
            widgets.append(label(self.tr("只动了程序自己的记号。"), "sub", wrap=True))
        replace_all(self.details, widgets)
        self.details.addStretch(1)

    def details_text(self) -> list[str]:
        """What is told of the chosen step."""
        items = [self.details.itemAt(at) for at in range(self.details.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget.text() for widget in widgets if isinstance(widget, QLabel)]

    # -- undoing

    def undo_chosen(self) -> None:
        """Undo the chosen step; where later steps stand on it, offer to undo the rest of it."""
        line = self.table.current()
        if line is None or line.undone:
            return

        def overtaken(error: UserError) -> bool:
            if not isinstance(error, Overtaken):
                return False
            self._ask_partly(line, error.by)
            return True

        self.session.undo_step(line.id, on_error=overtaken)

    def _ask_partly(self, line: OperationLine, standing: Sequence[str]) -> None:
        steps = [action_words.step(*words.partition("|")[::2]) for words in standing]
        shown = tuple(f"· {step}" for step in steps[:6])
        if len(steps) > 6:
            shown += (self.tr("等 {count} 步").format(count=len(steps)),)
        question = Question(
            title=self.tr("后来的 {count} 步靠着它").format(count=len(steps)),
            text=self.tr("“{step}”里被它们用到的会留着，其余的撤销。").format(step=self._words(line)),
            lines=shown,
            choices=(Choice("back", self.tr("不撤销")), Choice("partly", self.tr("只撤销其余的"), "primary")),
            default="back",
            cancel="back",
            tone="warn",
        )

        def answered(key: str, _text: str) -> None:
            if key == "partly":
                self.session.undo_step(line.id, partly=True)

        self.session.dialogs.ask(question, answered)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+Backspace undoes the chosen step."""
        return (
            Key(
                keys="Ctrl+Backspace",
                words=self.tr("撤销这一步"),
                run=self.undo_chosen,
                shown_as="Ctrl+退格",
            ),
        )
