"""The form of a need: what, how much, how often, when, how urgent, and what the elder wishes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.needs import add_need, edit_need, is_met_by_series, need_about
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder, Sex
from jiuliting_desk.model.needs import Need, NeedSource, NeedState, Rhythm, Urgency
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.elders.unsaved import unsaved_question
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.half_days import HalfDayGrid
from jiuliting_desk.ui.widgets.layout import STRETCH, hairline, row, scrolled, surface
from jiuliting_desk.ui.widgets.text import label

WAITING = (NeedState.OPEN, NeedState.CLAIMED, NeedState.BOOKED)


class NeedForm(QWidget):
    """Saved with Ctrl+Enter, left with Esc."""

    saved = Signal(int)
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._elder_id = 0
        self._need_id = 0
        self._categories: dict[int, ServiceCategory] = {}
        self.title = label("", "h1")
        self.notice = Banner("info", "")
        self.form = Form(label_width=72)
        self._build()
        self.save_button = button(self.tr("存下需求"), self.save, kind="primary", size="l")
        self.cancel_button = button(self.tr("不存"), self.cancel, size="l")
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
        inner.setSpacing(theme.px(12))
        inner.addWidget(self.notice)
        inner.addWidget(self.form)
        inner.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.title, STRETCH, margins=(14, 16, 10, 16)))
        layout.addWidget(hairline())
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(surface("foot", row(self.cancel_button, STRETCH, self.save_button, margins=(10, 16))))
        self.form.edited.connect(self._on_edited)

    def _build(self) -> None:
        form = self.form
        self.category: ChoiceField = form.choice("category_id", self.tr("项目"), [])
        self.quantity = form.number("quantity", self.tr("数量"), 1, 99)
        form.choice("rhythm", self.tr("多久一次"), [(each, labels.label(each)) for each in Rhythm])
        form.number("per_month", self.tr("每月"), 1, 31, unit=self.tr("次"))
        form.add("half_days", self.tr("哪些时候"), HalfDayGrid(), hint=self.tr("都不选就是什么时候都行。"))
        urgencies = (Urgency.NORMAL, Urgency.LOW, Urgency.HIGH, Urgency.URGENT)
        form.choice("urgency", self.tr("急不急"), [(each, labels.label(each)) for each in urgencies])
        form.notes("wishes", self.tr("愿望"), lines=3, hint=self.tr("老人的原话，上门的人会看到。"))
        wants = [("", self.tr("男女都行"))]
        wants += [(sex.value, self.tr("要{sex}的").format(sex=labels.label(sex))) for sex in (Sex.FEMALE, Sex.MALE)]
        form.choice("wants_sex", self.tr("谁来"), wants)
        form.check("wants_dialect", self.tr("要会说上海话"))
        self.source: ChoiceField = form.choice(
            "source", self.tr("来自"), [(each, labels.label(each)) for each in (NeedSource.DESK, NeedSource.CALL)]
        )

    def open_new(self, elder: Elder) -> None:
        """Begin a new need of an elder."""
        self._need_id = 0
        self.title.setText(self.tr("登记需求：{name}").format(name=elder.name))
        self._open(elder.id, Need(elder_id=elder.id, category_id=0, since=self._session.today()))
        self.form.show_row("source", True)

    def open_record(self, elder: Elder, need: Need) -> None:
        """Correct a need."""
        self._need_id = need.id
        self.title.setText(self.tr("改需求：{name}").format(name=elder.name))
        self._open(elder.id, need)
        self.form.show_row("source", False)

    def _open(self, elder_id: int, need: Need) -> None:
        self._elder_id = elder_id
        offered = self._session.store.all(ServiceCategory, order="position")
        self._categories = {each.id: each for each in offered}
        self.category.set_choices(
            (each.id, each.name) for each in offered if each.active or each.id == need.category_id
        )
        values: dict[str, Any] = {name: getattr(need, name) for name in self.form.fields}
        self.form.set_values(**values)
        self._on_edited("category_id")
        self._on_edited("rhythm")
        self.category.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def elder_id(self) -> int:
        """Whose need it is."""
        return self._elder_id

    @property
    def is_changed(self) -> bool:
        """Whether something typed would be lost."""
        return self.form.is_changed

    def _on_edited(self, name: str) -> None:
        if name == "rhythm":
            rhythm: ChoiceField = self.form.fields["rhythm"]  # type: ignore[assignment]
            self.form.show_row("per_month", rhythm.value() is Rhythm.MONTHLY)
        if name == "category_id":
            category = self._categories.get(self.category.value())
            self.quantity.setSuffix(f" {category.unit}" if category else "")
            self._tell_waiting(category)

    def _tell_waiting(self, category: ServiceCategory | None) -> None:
        """Say that the elder waits for the same already: another line is seldom meant."""
        waiting = []
        if category is not None and not self._session.is_lent:
            found = self._session.store.where(
                Need, elder_id=self._elder_id, category_id=category.id, state=list(WAITING)
            )
            waiting = [need for need in found if need.id != self._need_id]
        self.notice.setVisible(bool(waiting))
        if waiting and category is not None:
            since = labels.day(waiting[0].since, today=self._session.today())
            self.notice.say(
                self.tr("已经有一条{name}在等").format(name=category.name),
                self.tr("{day} 登记的。再存就是两条。").format(day=since),
            )

    def save(self) -> bool:
        """Write it; gives whether it was."""
        values = self.form.read()
        if values is None:
            return False
        if self._need_id:
            del values["source"]
            done = self._session.perform(
                edit_need,
                need_id=self._need_id,
                on_error=self.form.show_error,
                said=self._said_of_series(values["rhythm"], values["per_month"]),
                **values,
            )
        else:
            done = self._session.perform(add_need, elder_id=self._elder_id, on_error=self.form.show_error, **values)
        if done is None:
            return False
        self.form.settle()
        self.saved.emit(done.result.id)
        return True

    def _said_of_series(self, rhythm: Rhythm, per_month: int) -> str:
        """What the bar says where another rhythm is wanted, but a series goes on in its own; else nothing."""
        store = self._session.store
        need = None if self._session.is_lent else store.find(Need, self._need_id)
        if need is None or (need.rhythm, need.per_month) == (rhythm, per_month):
            return ""
        if not is_met_by_series(store, need_id=need.id):
            return ""
        return self.tr("已改需求：{need}。定期上门还是原来的规律，要改请到“上门安排”的“定期”。").format(
            need=need_about(store, need)
        )

    def cancel(self) -> None:
        """Leave without saving; what was typed is asked about first."""
        self.leave(self.left.emit)

    def leave(self, go: Callable[[], object]) -> None:
        """Call ``go`` once nothing typed would be lost: at once, or after 存下 or 不存."""
        if not self.is_changed:
            go()
            return

        def answered(key: str, _text: str) -> None:
            if key == "drop":
                self.form.settle()
                go()
            elif key == "save" and self.save():
                go()

        self._session.dialogs.ask(unsaved_question(self.title.text()), answered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return
        super().keyPressEvent(event)
