"""历史: who changed what, from what to what, when; who looked at masked numbers; each step can be undone here."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.disclosures import disclosures_of
from jiuliting_desk.actions.elders import elder_story
from jiuliting_desk.actions.past import Step, step
from jiuliting_desk.model.disclosures import Disclosed, Disclosure
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.ui import action_words, history_words, labels
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import label

Told = Step | Disclosure

LOOK_ICONS = {Disclosed.LIST: "file-spreadsheet", Disclosed.PERSON: "file-down"}

STEP_ICONS = {
    "register_elder": "user-plus",
    "edit_elder": "pencil",
    "add_need": "plus",
    "edit_need": "pencil",
    "close_need": "minus",
    "reopen_need": "rotate-cw",
    "pair": "heart-handshake",
    "end_pairing": "unlink",
    "pin_pairing": "pin",
    "merge_elders": "merge",
    "change_elder_state": "circle-pause",
    "record_consent": "shield-check",
    "undo": "undo-2",
    "redo": "redo-2",
}
"""By the action's name; others get a plain one."""


class StoryTab(QWidget):
    """Enter on a step tells it in full and offers to undo it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.lines: LineList[Told] = LineList(self._line, key=_key)
        self.lines.setAccessibleName(self.tr("谁改过什么"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        head = label(self.tr("谁改过什么"), "strong")
        head.setContentsMargins(16, 14, 16, 8)
        layout.addWidget(head)
        layout.addWidget(self.lines, 1)
        self.lines.opened.connect(self.tell)

    def show_elder(self, elder: Elder) -> None:
        """Show the elder's story."""
        store = self._session.store
        told: list[Told] = [*disclosures_of(store, kind="elder", record_id=elder.id)]
        told += elder_story(store, elder_id=elder.id)
        # Both come newest first, and the sort keeps that for what happened in the same second.
        told.sort(key=_when, reverse=True)
        self.lines.set_rows(told)

    # -- one line

    def _line(self, told: Told) -> Line:
        today = self._session.today()
        who = told.who if isinstance(told, Disclosure) else told.line.who
        second = f"{labels.when(_when(told), today=today)}　{who}"
        if isinstance(told, Disclosure):
            title = self._looked(told)
            return Line(title=title, second=second, icon=LOOK_ICONS.get(told.what, "eye"))
        line = told.line
        undone = (Chip(self.tr("已撤销")),) if line.undone else ()
        return Line(
            title=action_words.step(line.name, self._subject(told)),
            second=second,
            icon=STEP_ICONS.get(line.name, "pencil"),
            tags=undone,
            tone="ink3" if line.undone else "ink",
        )

    def _looked(self, found: Disclosure) -> str:
        words = {
            Disclosed.PHONE: self.tr("看了完整电话"),
            Disclosed.ID_NUMBER: self.tr("看了完整身份证号"),
            Disclosed.CONTACT_PHONE: self.tr("看了联系人电话"),
            Disclosed.FORM: self.tr("打开了改资料"),
            Disclosed.PERSON: self.tr("导出了本人资料"),
            Disclosed.LIST: self.tr("导出了名单"),
        }[found.what]
        return self.tr("，").join(filter(None, (words, found.why, found.to_whom)))

    def _subject(self, told: Step) -> str:
        """What is most telling of a step: the first fields that were corrected, or its subject."""
        store = self._session.store
        changed = [text for change in told.changed if (text := history_words.change_words(store, change))]
        if told.line.name.startswith("edit_") and changed:
            more = self.tr("等 {count} 项").format(count=len(changed)) if len(changed) > 2 else ""
            return self.tr("；").join(changed[:2]) + more
        return told.line.about

    # -- in full

    def tell(self, told: Told) -> None:
        """Tell a step in full; one in force can be undone."""
        if isinstance(told, Disclosure):
            return
        if self._session.is_lent:
            self._session.say_busy()
            return
        line = told.line
        lines = history_words.step_lines(self._session.store, told)
        may_undo = not line.undone and line.undoes is None
        whole = step(self._session.store, operation_id=line.id)
        if may_undo and _size(whole) > _size(told):
            lines.append(self.tr("这一步一共动了 {count} 条资料，撤销会全部退回去。").format(count=_size(whole)))
        choices = [Choice("close", self.tr("看好了"))]
        if may_undo:
            choices.append(Choice("undo", self.tr("撤销这一步"), "strong", "undo-2"))

        def answered(key: str, _text: str) -> None:
            if key == "undo":
                self._session.undo_step(line.id)

        when = labels.when(line.at, today=self._session.today())
        self._session.dialogs.ask(
            Question(
                title=action_words.step(line.name, line.about),
                text=f"{when}　{line.who}",
                lines=tuple(lines),
                choices=tuple(choices),
                default="close",
                cancel="close",
            ),
            answered,
        )


def _size(step: Step) -> int:
    """How many records a step touched."""
    records = {(change.record_class, change.record_id) for change in step.changed}
    return len(records) + sum(span.count for span in (*step.added, *step.removed))


def _key(told: Told) -> object:
    return ("look", told.id) if isinstance(told, Disclosure) else ("step", told.line.id)


def _when(told: Told) -> datetime:
    return told.at if isinstance(told, Disclosure) else told.line.at
