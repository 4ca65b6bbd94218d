"""The follow-ups that are over, each with what came of it."""

from datetime import date, timedelta

from PySide6.QtCore import Qt

from jiuliting_desk.actions.follow_ups import FollowUpLine, closed_follow_ups
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.follow_up_steps import FollowUpDialog
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import ChoiceField, ComboFacet, TextField
from jiuliting_desk.ui.widgets.layout import STRETCH, row
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label

QUARTER, YEAR, EVER = 90, 365, 0
"""Days back; 0 for all."""


class ClosedDialog(WindowDialog):
    """Searched by anything that is told of them; Enter opens one, where it can be taken up again."""

    def __init__(self, session: Session) -> None:
        super().__init__("", width=980, parent=session.dialogs.window)
        self.setWindowTitle(self.tr("办完的回访"))
        self._session = session
        self._found: list[FollowUpLine] = []
        self.text = TextField(placeholder=self.tr("姓名、说了什么、结果"), icon="search")
        self.text.setAccessibleName(self.tr("在名单里找"))
        self.text.setMinimumWidth(theme.px(220))
        self.text.edited.connect(self._show)
        spans = [(QUARTER, self.tr("近三个月")), (YEAR, self.tr("近一年")), (EVER, self.tr("从头到现在"))]
        self.span = ChoiceField(spans)
        self.span.setAccessibleName(self.tr("什么时候办完的"))
        self.span.edited.connect(self._read)
        self.cause = ComboFacet(self.tr("为什么"), [(each, labels.label(each)) for each in Cause])
        self.cause.edited.connect(self._show)
        self._count = label("", "strong")
        self.table = RecordTable[FollowUpLine](
            self._columns(),
            key=lambda line: line.follow_up.id,
            multi=False,
            empty_text=self.tr("没有这样的回访。"),
        )
        self.table.setAccessibleName(self.tr("办完的回访"))
        self.table.setMinimumHeight(theme.px(340))
        self.table.opened.connect(lambda _line: self.open_it())
        self.body.addLayout(row(self.text, self.span, self.cause, STRETCH, self._count))
        self.body.addWidget(self.table)
        self.foot.addWidget(button(self.tr("关上"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.open_button = button(self.tr("看这一件"), self.open_it, kind="primary", size="l")
        self.confirm_with(self.open_button)
        self.foot.addWidget(self.open_button)
        session.changed.connect(self._on_changed)
        session.navigated.connect(self.reject)
        self._read()
        self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _columns(self) -> list[Column[FollowUpLine]]:
        return [
            Column(
                key="closed", title=self.tr("哪天办完"), width=116, must=True,
                cell=lambda line: "" if line.follow_up.closed_on is None else self._day(line.follow_up.closed_on),
                sort=lambda line: line.follow_up.closed_on,
            ),
            Column(
                key="name", title=self.tr("老人"), width=90, must=True,
                cell=lambda line: Cell(line.name, strong=True),
            ),
            Column(key="cause", title=self.tr("为什么"), width=100, cell=self._cause),
            Column(
                key="what", title=self.tr("说了什么"), width=150, stretch=2, least=100,
                cell=lambda line: Cell(line.follow_up.what, tip=line.follow_up.what),
            ),
            Column(
                key="outcome", title=self.tr("结果"), width=190, stretch=3, least=120, must=True,
                cell=lambda line: Cell(line.follow_up.outcome, tip=line.follow_up.outcome),
            ),
            Column(key="owner", title=self.tr("谁办的"), width=80, give_up=1, cell=lambda line: line.follow_up.owner),
            Column(
                key="visit", title=self.tr("哪次上门"), width=170, give_up=2,
                cell=lambda line: "" if line.visit_day is None else f"{self._day(line.visit_day)} {line.category}",
                sort=lambda line: line.visit_day,
            ),
        ]  # fmt: skip

    def _day(self, day: date) -> str:
        return labels.day(day, today=self._session.today())

    def _cause(self, line: FollowUpLine) -> str:
        told = labels.label(line.follow_up.cause)
        score = line.follow_up.score
        return self.tr("{cause} {score} 分").format(cause=told, score=score) if score else told

    def _on_changed(self, touched: frozenset[type]) -> None:
        if FollowUp in touched:
            self._read()

    def _read(self) -> None:
        today, days = self._session.today(), self.span.value()
        since = today - timedelta(days=int(days)) if days else date.min
        self._found = closed_follow_ups(self._session.store, since=since, today=today)
        self._show()

    def _show(self) -> None:
        words, cause = self.text.value().split(), self.cause.value()
        shown = [
            line
            for line in self._found
            if (cause is None or line.follow_up.cause is cause)
            and all(word in f"{line.name}\n{line.follow_up.what}\n{line.follow_up.outcome}" for word in words)
        ]
        self.table.set_rows(shown)
        self._count.setText(self.tr("{count} 件").format(count=len(shown)))
        self.open_button.setEnabled(bool(shown))
        self.open_button.setToolTip("" if shown else self.tr("名单里还没有回访。"))

    def open_it(self) -> None:
        """The one that is chosen, over this list."""
        line = self.table.current()
        if line is not None:
            self._session.dialogs.show(FollowUpDialog(self._session, line.follow_up.id, parent=self))
