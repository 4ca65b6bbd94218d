"""The right side: form number, scores, wishes, words, the volunteer's and the cadre's part, and what follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from jiuliting_desk.actions.forms import FormView
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.feedback import SCORES, Condition, Feedback, FilledBy
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.pages.feedback.aftermath import Aftermath
from jiuliting_desk.ui.pages.feedback.score_row import ScoreRow, light
from jiuliting_desk.ui.widgets.buttons import Segmented, button
from jiuliting_desk.ui.widgets.fields import CheckField, TextField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.key_choice import KeyChoice
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, keep_in_view, row, scrolled
from jiuliting_desk.ui.widgets.text import Elide, label

MOST_NAMED = 2
"""Forms put aside that are told by number."""

WISHES = len(SCORES)
"""The section after the four scores."""


class Entry(QFrame):
    """The answers of one form. ``section`` 0-3 is a score, 4 the wishes, 5 the texts.

    A form whose answers are in the file is only shown until somebody says that it is to be corrected.
    """

    edited = Signal()
    correction_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "flat")
        self.section = 0
        self.form_number = ""
        """Of the form that is open, whatever is typed into the field since."""
        self._feedback: Feedback | None = None
        self._as_opened: Feedback | None = None
        self.number = TextField(icon="scan-line")
        self.number.setFixedWidth(theme.px(150))
        self.number.setAccessibleName(self.tr("表号"))
        self._state = label("", "cap")
        self.correct_button = button(self.tr("改这张"), self.correction_wanted.emit, size="s")
        self._progress = label("", "cap")
        self._who = Elide("", "strong")
        questions = (self.tr("来得准时吗？"), self.tr("态度好不好？"), self.tr("做得好不好？"), self.tr("总的满意吗？"))
        self.scores = [ScoreRow(question) for question in questions]
        for place, made in enumerate(self.scores):
            made.chosen.connect(lambda score, place=place: self._on_score(place, score))
        self.wishes: dict[int, KeyChoice] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(6))
        self.same = CheckField(self.tr("希望还是同一位"))
        self.other = CheckField(self.tr("不想再要这一位"))
        self.filled_by = Segmented([(one, labels.label(one)) for one in FilledBy])
        self.form = Form(label_width=96)
        self._build_form()
        self.aftermath = Aftermath()
        self.aftermath.chosen.connect(self.edited)
        self.aftermath.changed.connect(self._fit_told)
        for field in (self.same, self.other):
            field.edited.connect(self.edited)
        self.filled_by.chosen.connect(lambda _key: self.edited.emit())
        self.form.edited.connect(lambda _name: self.edited.emit())
        self._build()
        self.show_nothing(self.tr("输表号，或用扫码枪扫表上的码。"))

    def _build_form(self) -> None:
        form = self.form
        form.notes("words", self.tr("想说的话"), lines=2)
        form.text("unanswered_reason", self.tr("没评的原因"), hint=self.tr("四项都没填时写：老人不愿评、住院了"))
        form.heading(self.tr("志愿者写的"))
        conditions = [(one, labels.label(one)) for one in (Condition.UNTOLD, *tuple(Condition)[:3])]
        form.choice("elder_condition", self.tr("老人情况"), conditions)
        form.choice("home_condition", self.tr("家里情况"), conditions)
        form.text("report", self.tr("情况说明"))
        form.text("hazards", self.tr("隐患"))
        yes_no = [(None, self.tr("没写")), (True, self.tr("愿意")), (False, self.tr("不愿意"))]
        form.choice("would_return", self.tr("愿意再去"), yes_no)
        form.heading(self.tr("居委干部写的"))
        form.choice("cadre_id", self.tr("是哪位"), [])
        seen = [(None, self.tr("没写")), (True, self.tr("准时")), (False, self.tr("没准时"))]
        form.choice("on_time", self.tr("准时到"), seen)
        whole = [(None, self.tr("没写")), (True, self.tr("在场")), (False, self.tr("不在场"))]
        form.choice("whole_time", self.tr("全程在场"), whole)
        form.text("remarks", self.tr("备注"))
        form.check("signature_seen", self.tr("看到签字"))

    def _build(self) -> None:
        head = column(
            row(
                label(self.tr("表号"), "field"), self.number, self._state, self.correct_button, STRETCH, self._progress
            ),
            self._who,
            margins=(10, 16),
            gap=6,
        )
        title = row(label(self.tr("还想要人帮什么忙"), "h3"), STRETCH, label(self.tr("按数字打勾，Enter 往下"), "cap"))
        self._wishes = QWidget()
        self._wishes.setLayout(column(title, self._grid, margins=(4, 8), gap=6))
        who = row(label(self.tr("谁填的"), "field"), self.filled_by, STRETCH)
        inner = column(
            row(label(self.tr("评分"), "h3"), STRETCH, label(self.tr("1–5 打分并跳到下一项，0 没填"), "cap")),
            *self.scores,
            hairline(),
            self._wishes,
            row(self.same, self.other, STRETCH),
            who,
            self.form,
            margins=(8, 16, 12, 16),
            gap=6,
        )
        inner.addStretch(1)
        self._content = QWidget()
        self._content.setLayout(inner)
        self._told_area = scrolled(self.aftermath)
        below = column(label(self.tr("存下以后"), "h3"), self._told_area, margins=(8, 16), gap=4)
        self._below = QWidget()
        self._below.setLayout(below)
        layout = column(gap=0)
        layout.addLayout(head)
        layout.addWidget(hairline())
        self._area = scrolled(self._content)
        layout.addWidget(self._area, 1)
        layout.addWidget(hairline())
        layout.addWidget(self._below)
        self.setLayout(layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form has most of the height."""
        super().resizeEvent(event)
        self._fit_told()

    def _fit_told(self) -> None:
        """All lines of what follows are seen as far as they leave the form its room; then they scroll."""
        told = self.aftermath
        room = self._told_area.viewport().width()
        wanted = told.heightForWidth(room) if told.hasHeightForWidth() else told.sizeHint().height()
        # A scroll area asks its content for one height, whatever the width: that of words broken in two.
        told.setFixedHeight(wanted)
        self._told_area.setFixedHeight(min(wanted, self.height() * 2 // 5))

    def show_categories(self, categories: Iterable[ServiceCategory]) -> None:
        """What may be wished for; the first nine have keys."""
        for made in self.wishes.values():
            self._grid.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.wishes = {}
        for place, category in enumerate(categories):
            made = KeyChoice(str(place + 1) if place < 9 else "", category.name)
            made.clicked.connect(lambda _on=False: self.edited.emit())
            self._grid.addWidget(made, place // 3, place % 3)
            self.wishes[category.id] = made

    def show_progress(self, typed: int, left: int, aside: Sequence[str]) -> None:
        """How many forms were typed today, how many are left; the numbers of those put aside half typed."""
        words = self.tr("今天录了 {typed} 张，还有 {left} 张").format(typed=typed, left=left)
        if aside:
            told = "、".join(aside) if len(aside) <= MOST_NAMED else self.tr("{count} 张").format(count=len(aside))
            words = self.tr("放着 {told}").format(told=told)
        self._progress.setText(words)

    def show_nothing(self, words: str, *, tone: str = "") -> None:
        """No form is open."""
        self._feedback = None
        self._state.setText("")
        self._who.setText(words)
        theme.mark(self._who, tone=tone)
        self._let_type(False)
        self.correct_button.hide()
        self._fill(Feedback(visit_id=0, entered_on=date(2000, 1, 1)))
        self._as_opened = None
        self.go_to(0)

    def show_form(self, view: FormView, today: date, cadres: Iterable[tuple[int, str]]) -> None:
        """The form and its visit; with the answers where they are in the file, not to be overwritten unasked."""
        line = view.line
        self.form_number = view.form.number
        self.number.setText(view.form.number)
        known = view.feedback
        state = self.tr("对上了")
        if known is not None:
            day = labels.month_day(known.entered_on)
            state = self.tr("{day} {who}录过").format(day=day, who=known.entered_by)
        self._state.setText(state)
        theme.mark(self._state, tone="ok" if known is None else "warn")
        when = f"{labels.day(line.visit.day, today=today)} {visit_words.times(line.visit)}"
        told = (line.name, visit_words.services(line), visit_words.people(line), when)
        self._who.setText("　".join(told))
        theme.mark(self._who, tone="")
        self._let_type(known is None)
        self.correct_button.setVisible(known is not None)
        self.form.choices("cadre_id").set_choices([(None, self.tr("没写")), *cadres])
        self._fill(known or Feedback(visit_id=line.visit.id, filled_on=line.visit.day, entered_on=today))
        if self.form.choices("cadre_id").value() is None:
            self.form.set_values(cadre_id=line.visit.cadre_id)
        self._as_opened = self.feedback()
        self.go_to(0)

    def correct(self) -> None:
        """Let the answers that are in the file be typed over."""
        if self._feedback is not None:
            self._state.setText(self.tr("现在是改，Esc 不改"))
            self.correct_button.hide()
            self._let_type(True)
            self.go_to(0)

    def type_again(self, answers: Feedback, claims: Mapping[int, int]) -> None:
        """The answers as they were typed before the form was let go."""
        self._fill(answers)
        self.aftermath.claims = dict(claims)

    def _let_type(self, is_typed: bool) -> None:
        self._content.setEnabled(is_typed)
        self._below.setVisible(is_typed)

    def _fill(self, feedback: Feedback) -> None:
        self._feedback = feedback if feedback.visit_id else None
        for made, score in zip(self.scores, feedback.scores, strict=True):
            made.set_value(score)
        for key, choice in self.wishes.items():
            choice.setChecked(key in feedback.wishes)
        self.same.set_value(feedback.same_person)
        self.other.set_value(feedback.other_person)
        is_told = feedback.id or feedback.filled_by is not FilledBy.UNKNOWN
        self.filled_by.choose(feedback.filled_by if is_told else FilledBy.ELDER)
        values: dict[str, Any] = {name: getattr(feedback, name) for name in self.form.fields}
        self.form.set_values(**values)
        self.aftermath.claims = {}
        self.aftermath.show_lines(())

    def feedback(self) -> Feedback | None:
        """The answers as they stand; None while no form is open."""
        values = self.form.read() if self._feedback is not None else None
        if self._feedback is None or values is None:
            return None
        scores: dict[str, Any] = dict(zip(SCORES, (made.value for made in self.scores), strict=True))
        return replace(
            self._feedback,
            **scores,
            wishes=tuple(key for key, choice in self.wishes.items() if choice.isChecked()),
            same_person=self.same.value(),
            other_person=self.other.value(),
            filled_by=self.filled_by.value(),
            **values,
        )

    def told(self) -> list[str]:
        """What saving brings, in words."""
        return self.aftermath.told()

    # -- digits

    def go_to(self, section: int) -> None:
        """Let digits answer that section."""
        self.section = section
        for place, made in enumerate(self.scores):
            made.set_current(place == section and self.may_type)
        light(self._wishes, section == WISHES and self.may_type)
        keep_in_view(self.scores[section] if section < WISHES else self._wishes)
        if section == 0:
            self._area.verticalScrollBar().setValue(0)

    def _on_score(self, place: int, score: int) -> None:
        self.scores[place].set_value(score)
        self.go_to(place + 1)
        self.edited.emit()

    def pick(self, number: int) -> None:
        """A digit: the score of this question, or a wish."""
        if not self.may_type:
            return
        if self.section < WISHES:
            if number <= 5:
                self._on_score(self.section, number)
        else:
            for choice in self.wishes.values():
                if choice.key == str(number):
                    choice.click()

    def go_on(self) -> None:
        """Enter: on to the next question, from the wishes to the words."""
        if not self.may_type:
            return
        if self.section < WISHES:
            self.go_to(self.section + 1)
        else:
            self.form.fields["words"].setFocus()

    @property
    def is_open(self) -> bool:
        """Whether a form is open."""
        return self._feedback is not None

    @property
    def may_type(self) -> bool:
        """Whether what is typed changes the answers: not while those in the file are only looked at."""
        return self._feedback is not None and self._content.isEnabled()

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not in the file."""
        return self.may_type and self.feedback() != self._as_opened
