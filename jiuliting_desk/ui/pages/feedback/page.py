"""The page 反馈录入: form number, digits, next form; the board beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiuliting_desk.actions.feedback import correct_feedback, enter_feedback, preview_feedback, takers
from jiuliting_desk.actions.forms import FormView, find_form, form_view, issue_forms
from jiuliting_desk.model.cards import PrintBatch
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.consequences import Consequence, ConsequenceKind
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.feedback import Feedback, FeedbackForm
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import forms as queries
from jiuliting_desk.store.forms import BoardLine
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.page import Key, Page
from jiuliting_desk.ui.pages.feedback.aftermath import Told
from jiuliting_desk.ui.pages.feedback.board import Board
from jiuliting_desk.ui.pages.feedback.entry import WISHES, Entry
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, surface

RIGHT_WIDTH = 560
OFFERED = 3
"""How many qualified enterprises are offered for a wish."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """The answers of a form that was let go, and whom its wishes were given to."""

    answers: Feedback
    claims: Mapping[int, int]
    number: str


class FeedbackPage(Page):
    """Typing goes by digits alone: number, four scores, wishes, Ctrl+Enter."""

    watches: ClassVar = frozenset(
        # The last three tell who may be asked for a wish.
        {Visit, FeedbackForm, Feedback, ServiceCategory, Setting, PrintBatch, Provider, Certificate, Need}
    )

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._categories: dict[int, ServiceCategory] = {}
        self.board = Board(session)
        self.board.opened.connect(self._on_opened)
        self.entry = Entry()
        self.entry.edited.connect(self._preview)
        self.entry.correction_wanted.connect(self.correct)
        self._aside: dict[int, _Typed] = {}
        """Forms that were put aside half typed, by their visit."""
        self._typed_today = 0
        later = button(self.tr("先放一边"), self.put_aside, icon="clock", size="l")
        self.save_button = button(self.tr("存下，录下一张"), self.save, kind="primary", icon="check", size="l")
        foot = surface("foot", row(later, STRETCH, self.save_button, margins=(8, 16)))
        right = QWidget()
        side = column(self.entry, foot, gap=0)
        side.setStretch(0, 1)
        right.setLayout(side)
        right.setFixedWidth(theme.px(RIGHT_WIDTH))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.board, 1)
        layout.addWidget(hairline("v"))
        layout.addWidget(right)

    def keys(self) -> tuple[Key, ...]:
        """Digits, putting aside, saving."""
        digits = (Key(keys=str(number), run=partial(self.entry.pick, number)) for number in range(10))
        return (
            Key(keys="", shown_as="1–5", words=self.tr("打分")),
            Key(keys="", shown_as="0", words=self.tr("没填")),
            Key(keys="F8", words=self.tr("先放一边"), run=self.put_aside),
            Key(keys="", shown_as="Esc", words=self.tr("不存，关掉")),
            Key(keys="Ctrl+Return", shown_as="Ctrl+Enter", words=self.tr("存下，录下一张"), run=self.save),
            Key(keys="Ctrl+Enter", run=self.save),
            Key(keys="Ctrl+E", words=self.tr("发 Excel 表"), run=self.board.send_sheet),
            Key(keys="Ctrl+P", words=self.tr("打印"), run=self.board.print),
            *digits,
        )

    def refresh(self) -> None:
        """Read the board and the services; the form that is open stays as typed, what follows is told anew."""
        found = {one.id: one for one in self.session.store.all(ServiceCategory, order="position") if one.active}
        if found != self._categories and not self.entry.is_open:
            self._categories = found
            self.entry.show_categories(found.values())
        self.board.refresh()
        self._typed_today = queries.entered_since(self.session.store, self.session.today())
        gone = [visit_id for visit_id in self._aside if self.session.store.find(Visit, visit_id) is None]
        for visit_id in gone:
            del self._aside[visit_id]
        self._show_progress()
        open_form = self.entry.feedback() if self.entry.is_open else None
        if open_form is not None and self.session.store.find(Visit, open_form.visit_id) is None:
            self.entry.show_nothing(self.tr("这张表的上门刚才撤销了。输下一张的表号。"))
        elif open_form is not None:
            self._preview()

    def _show_progress(self) -> None:
        aside = [one.number for one in self._aside.values()]
        self.entry.show_progress(self._typed_today, self.board.count(), aside)

    def take_focus(self) -> None:
        """The keyboard belongs to the number."""
        self.entry.number.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entry.number.selectAll()

    def show_record(self, ref: Ref | None, intent: str) -> None:
        """The form of a visit."""
        if ref is not None and ref.record_class is Visit:
            self.open_visit(ref.record_id)

    def has_unsaved(self) -> bool:
        """Whether something was typed that is not in the file."""
        return self.entry.is_changed or bool(self._aside)

    def open_number(self) -> None:
        """Enter in the number field: open that form."""
        text = self.entry.number.value()
        view = find_form(self.session.store, text=text) if text else None
        if view is None:
            self._lay_aside()
            words = self.tr("没有“{text}”这张表。在左边按姓名和日期找。").format(text=text)
            self.entry.show_nothing(words if text else self.tr("输表号，或用扫码枪扫表上的码。"), tone="bad")
            self.take_focus()
            return
        self._show(view)

    def _show(self, view: FormView) -> None:
        """Digits answer the questions; while a form that is entered is looked at they stay with the number."""
        self._lay_aside()
        visit = view.line.visit
        cadres = [one for one in self.session.store.all(Cadre, order="name") if one.active or one.id == visit.cadre_id]
        cadres.sort(key=lambda one: one.committee_id != visit.committee_id)
        self.entry.show_form(view, self.session.today(), [(one.id, one.name) for one in cadres])
        if view.feedback is not None:
            self.take_focus()
            return
        self._go_on_typing()

    def correct(self) -> None:
        """The answers that are in the file are to be typed over."""
        self.entry.correct()
        self._go_on_typing()

    def _go_on_typing(self) -> None:
        """Where it was left, if the form was put aside."""
        found = self.entry.feedback()
        typed = self._aside.pop(found.visit_id, None) if found is not None else None
        self._show_progress()
        if typed is not None and found is not None and typed.answers.id == found.id:
            self.entry.type_again(typed.answers, typed.claims)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._preview()

    def open_visit(self, visit_id: int) -> None:
        """The form of a visit; one that has none yet is given one when it is saved."""
        forms = self.session.store.where(FeedbackForm, visit_id=visit_id)
        if not forms:
            made = self.session.perform(issue_forms, visit_ids=[visit_id], quiet=True)
            if made is None:
                return
            forms = made.result
        self._show(form_view(self.session.store, forms[0]))

    def _on_opened(self, line: BoardLine) -> None:
        self.open_visit(line.visit_id)

    def _typed(self) -> "_Typed | None":
        """What was typed of the open form and is not in the file."""
        answers = self.entry.feedback() if self.entry.is_changed else None
        if answers is None:
            return None
        return _Typed(answers, dict(self.entry.aftermath.claims), self.entry.form_number)

    def _lay_aside(self) -> bool:
        """Keep what was typed of the open form for when its number is typed again; gives whether there was any."""
        typed = self._typed()
        if typed is not None:
            self._aside[typed.answers.visit_id] = typed
            self._show_progress()
        return typed is not None

    def put_aside(self) -> None:
        """F8: leave this form for later, as far as it is typed."""
        words = self.tr("先放一边了，没有存。输下一张的表号。")
        if self._lay_aside():
            words = self.tr("{number} 先放一边，没有存；再输这个表号就接着录。").format(number=self.entry.form_number)
        self._close(words)

    def close_form(self) -> None:
        """Esc: what is in the file stays as it is; what was typed can be brought back for a moment."""
        typed = self._typed()
        self._close(self.tr("没有存，关掉了。输下一张的表号。") if typed else self.tr("输表号，或用扫码枪扫表上的码。"))
        if typed is not None:
            self.session.say(
                self.tr("{number} 打过的没有存。").format(number=self.entry.form_number),
                tone="info",
                action=self.tr("拿回来"),
                run=partial(self._bring_back, typed),
            )

    def _close(self, words: str) -> None:
        self.entry.number.clear()
        self.entry.show_nothing(words)
        self.take_focus()

    def _bring_back(self, typed: "_Typed") -> None:
        self._lay_aside()
        self._aside[typed.answers.visit_id] = typed
        self.open_visit(typed.answers.visit_id)
        if typed.answers.id:
            self.correct()

    def _consequences(self, found: Feedback) -> tuple[Consequence, ...]:
        return preview_feedback(self.session.store, feedback=found, today=self.session.today())

    def _preview(self) -> None:
        found = self.entry.feedback() if self.entry.may_type else None
        if found is None or self.session.is_lent:
            return
        store, today = self.session.store, self.session.today()
        visit = store.get(Visit, found.visit_id)
        name = self.entry_name(visit)
        told = []
        for one in self._consequences(found):
            offered = self._qualified(one, visit) if one.kind is ConsequenceKind.NEED and one.enterprise_ids else []
            taker = self.entry.aftermath.claims.get(one.category_id, 0)
            words, icon, tone = visit_words.consequence(store, one, name=name, today=today, claimed_by=taker)
            if one.kind is ConsequenceKind.PAIRING:
                words = self.tr("希望还是这一位：存的时候问要不要{what}").format(what=words)
            told.append(Told(words=words, icon=icon, tone=tone))
            told += offered
        has_part = found.on_time is not None or found.whole_time is not None or found.signature_seen
        if has_part and found.cadre_id is None:
            words = self.tr("没选是哪位居委干部：这次上门不算有人带")
            told.append(Told(words=words, icon="info", tone="ink2"))
        self.entry.aftermath.show_lines(told)

    def entry_name(self, visit: Visit) -> str:
        """The elder's name."""
        return self.session.store.get(Elder, visit.elder_id).name

    def _qualified(self, wish: Consequence, visit: Visit) -> list[Told]:
        """Who may be asked at once, and who may not although they are qualified."""
        found = takers(self.session.store, visit_id=visit.id, wish=wish, most=OFFERED, today=self.session.today())
        free = [(one.provider_id, one.name) for one in found if not one.barriers]
        if self.entry.aftermath.claims.get(wish.category_id) not in dict(free):
            self.entry.aftermath.claims.pop(wish.category_id, None)
        told = []
        if free:
            names = "、".join(name for _, name in free)
            offers = () if wish.is_known else tuple(free)
            words = self.tr("有资质的：{names}").format(names=names)
            told.append(Told(words=words, icon="badge-check", tone="ok", category_id=wish.category_id, offers=offers))
        barred = [one for one in found if one.barriers][: OFFERED - len(free)]
        if barred and not wish.is_known:
            names = "、".join(f"{one.name}（{labels.label(one.barriers[0])}）" for one in barred)
            words = self.tr("有资质、现在请不了的：{names}").format(names=names)
            told.append(Told(words=words, icon="info", tone="ink2"))
        return told

    def save(self) -> None:
        """Ctrl+Enter: save with all that follows; an offered pairing is asked about first."""
        found = self.entry.feedback()
        if found is None:
            self.open_number()
            return
        if not self.entry.may_type:
            self.session.say(self.tr("这张录过了，没有改动，不用存。要改先点“改这张”。"), tone="info")
            self.take_focus()
            return
        offers = [one for one in self._consequences(found) if one.kind is ConsequenceKind.PAIRING]
        if not offers:
            self._save(found, ())
            return
        store, today = self.session.store, self.session.today()
        name = self.entry_name(store.get(Visit, found.visit_id))
        question = Question(
            title=self.tr("{name}希望还是同一位，要结对吗？").format(name=name),
            lines=tuple(visit_words.consequence(store, one, name=name, today=today)[0] for one in offers),
            choices=(
                Choice("no", self.tr("只存表，不结对")),
                Choice("pair", self.tr("存表并结对"), "primary", "check"),
            ),
            default="pair",
        )
        ids = tuple(one.provider_id for one in offers)

        def answered(key: str, _text: str) -> None:
            if key:
                self._save(found, ids if key == "pair" else ())

        self.session.dialogs.ask(question, answered)

    def _save(self, found: Feedback, pair_with: tuple[int, ...]) -> None:
        action = correct_feedback if found.id else enter_feedback
        claims = dict(self.entry.aftermath.claims)
        done = self.session.perform(
            action, feedback=found, pair_with=pair_with, claim_for=claims, on_error=self._show_error
        )
        if done is not None:
            self._close(self.tr("存好了。输下一张的表号。"))

    def _show_error(self, error: UserError) -> bool:
        if error.field == "overall":
            self.entry.form.complain("unanswered_reason", self.tr("四项都没填，请写没评的原因。"))
            self.entry.form.fields["unanswered_reason"].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self.entry.form.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the number or goes on; arrows change the question; Esc closes the form."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if self.entry.number.hasFocus():
                self.open_number()
            else:
                self.entry.go_on()
        elif key == Qt.Key.Key_Escape:
            self.close_form()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.entry.may_type:
            step = -1 if key == Qt.Key.Key_Up else 1
            self.entry.go_to(max(0, min(WISHES, self.entry.section + step)))
        else:
            super().keyPressEvent(event)
