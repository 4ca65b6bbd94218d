"""The form of an elder: registered new, or corrected; shows who may be the same person while it is typed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.elders import edit_elder, likely_known, next_elder_number, register_elder
from jiuliting_desk.actions.moving import following
from jiuliting_desk.actions.places import add_compound
from jiuliting_desk.model.elders import Elder, Living, Phone, Sex
from jiuliting_desk.model.errors import AlreadyKnown, UserError
from jiuliting_desk.model.identity import read_id_number
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store.search import name_tokens
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.pages.elders.known_list import KnownList
from jiuliting_desk.ui.pages.elders.unsaved import unsaved_question
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.birth_field import BirthField
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.contacts_field import ContactsField
from jiuliting_desk.ui.widgets.fields import ChoiceField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, hairline, row, scrolled, surface
from jiuliting_desk.ui.widgets.phones_field import PhonesField
from jiuliting_desk.ui.widgets.pick_field import PickField
from jiuliting_desk.ui.widgets.text import label

LOOKING_MS = 150
"""Likely people are looked for after this pause in typing."""

TELLING = frozenset({"name", "id_number", "birth", "phones", "compound_id", "building", "unit", "room"})
"""Fields by which people are told apart."""

TELEPHONE_DIGITS = 7
"""What has fewer is a card or the end of a number."""


def _told_by(typed: str) -> dict[str, Any]:
    """The fields of a new record that words in a search box fill: a telephone number, or a name in characters."""
    words = typed.strip()
    if sum(map(str.isdecimal, words)) >= TELEPHONE_DIGITS and not words.strip("0123456789 +-()（）"):
        return {"phones": (Phone(number=words, preferred=True),)}
    return {"name": words} if words and all(sign >= "\u3400" or sign == "·" for sign in words) else {}


SEXES = (Sex.UNKNOWN, Sex.FEMALE, Sex.MALE)


class ElderForm(QWidget):
    """Saved with Ctrl+Enter, left with Esc; nothing typed is lost unasked."""

    saved = Signal(int)
    left = Signal()
    known_opened = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._elder_id = 0
        self._committees: dict[int, int | None] = {}
        self.title = label("", "h1")
        self.known = KnownList()
        self.known.opened.connect(self.known_opened)
        self.form = Form(label_width=72)
        self._build()
        self.save_button = button(self.tr("存下"), self.save, kind="primary", size="l")
        self.cancel_button = button(self.tr("不存"), self.cancel, size="l")
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(16))
        inner.addWidget(self.form)
        inner.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.title, STRETCH, margins=(14, 16, 10, 16)))
        layout.addWidget(hairline())
        layout.addWidget(self.known)
        self.area = scrolled(content)
        layout.addWidget(self.area, 1)
        layout.addWidget(surface("foot", row(self.cancel_button, STRETCH, self.save_button, margins=(10, 16))))
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOKING_MS)
        self._looking.timeout.connect(self.look_for_known)
        self.form.edited.connect(self._on_edited)

    def _build(self) -> None:
        form = self.form
        form.text("name", self.tr("姓名"), required=True)
        form.text("id_number", self.tr("身份证"), hint=self.tr("填了会带出性别和出生日期。"))
        form.choice("sex", self.tr("性别"), [(sex, labels.label(sex)) for sex in SEXES])
        form.add("birth", self.tr("出生"), BirthField(placeholder=self.tr("1944、1944-05 或 1944-05-08")))
        form.add("phones", self.tr("电话"), PhonesField())
        form.text("best_hours", self.tr("好打时间"), placeholder=self.tr("上午 9 点到 11 点"))
        form.heading(self.tr("住在哪里"))
        compound = PickField(kind="compound", placeholder=self.tr("打小区的字或拼音首字母"))
        self.compound = form.add("compound_id", self.tr("小区"), compound)
        self.committee: ChoiceField = form.choice("committee_id", self.tr("居委"), [])
        form.text("building", self.tr("楼号"), placeholder=self.tr("12 或 12弄3号"))
        form.text("unit", self.tr("单元"))
        form.text("room", self.tr("室号"))
        form.number("floor", self.tr("楼层"), 0, 60, unit=self.tr("楼"))
        form.fields["floor"].setSpecialValueText(self.tr("未填"))  # type: ignore[attr-defined]
        form.check("without_lift", self.tr("没有电梯"))
        form.heading(self.tr("情况"))
        living = (Living.UNKNOWN, *(each for each in Living if each is not Living.UNKNOWN))
        form.choice("living", self.tr("居住"), [(each, labels.label(each)) for each in living])
        self.tags = form.chips("tags", self.tr("标签"), [])
        form.text("hearing", self.tr("打电话"), placeholder=self.tr("听力不好，声音大一点"))
        form.text("language", self.tr("语言"), placeholder=self.tr("只会说上海话"))
        form.notes("health", self.tr("身体"), lines=2, hint=self.tr("慢性病、过敏、怎么走动。上门的人要知道。"))
        form.text("likes", self.tr("喜欢"))
        form.text("refuses", self.tr("不要"), placeholder=self.tr("不要谁来，不要做什么"))
        refused = [(Sex.UNKNOWN, self.tr("男女都行"))]
        refused += [(sex, self.tr("不要{sex}的").format(sex=labels.label(sex))) for sex in (Sex.MALE, Sex.FEMALE)]
        form.choice("refuses_sex", self.tr("上门的人"), refused)
        form.heading(self.tr("紧急联系人"))
        form.add("contacts", self.tr("联系人"), ContactsField())
        form.notes("notes", self.tr("备注"), lines=2)
        form.text("number", self.tr("卡号"), hint=self.tr("空着就用下一个号。"))

    # -- opening

    def _offer(self, elder: Elder) -> None:
        """Offer what is in use, and what the record names already: it must not lose it."""
        store = self._session.store
        compounds = [each for each in store.all(Compound, order="name") if each.active or each.id == elder.compound_id]
        self._committees = {each.id: each.committee_id for each in compounds}
        self.compound.set_choices(
            (each.id, each.name, " ".join([*name_tokens(each.name), *each.aliases])) for each in compounds
        )
        committees = [
            each for each in store.all(ResidentsCommittee, order="name") if each.active or each.id == elder.committee_id
        ]
        self.committee.set_choices([(None, self.tr("未填")), *((each.id, each.name) for each in committees)])
        self.tags.set_choices((tag.name, tag.name) for tag in store.all(Tag, order="position") if tag.active)

    def open_new(self, typed: str = "") -> None:
        """Begin a new record; ``typed`` may be the name or the telephone number of whom it is about."""
        self._elder_id = 0
        self.title.setText(self.tr("登记新老人"))
        fresh = Elder(name="", number=next_elder_number(self._session.store))
        self._offer(fresh)
        self._show(replace(fresh, **_told_by(typed)))
        if typed:
            self._looking.start()

    def open_record(self, elder: Elder) -> None:
        """Correct a record."""
        self._elder_id = elder.id
        self.title.setText(self.tr("改资料：{name}").format(name=elder.name))
        self._offer(elder)
        self._show(elder)

    def _show(self, elder: Elder) -> None:
        values = {name: getattr(elder, name) for name in self.form.fields}
        self.form.set_values(**values)
        self.known.show_known([])
        self.form.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.verticalScrollBar().setValue(0)

    @property
    def elder_id(self) -> int:
        """Whose record it is, 0 for a new one."""
        return self._elder_id

    @property
    def is_changed(self) -> bool:
        """Whether something typed would be lost."""
        return self.form.is_changed

    # -- while typing

    def _on_edited(self, name: str) -> None:
        if name == "id_number":
            self._take_from_id()
        elif name == "compound_id" and self.compound.known() is not None:
            self.committee.set_value(self._committees.get(self.compound.known()))
        if name in TELLING:
            self._looking.start()

    def _take_from_id(self) -> None:
        """Sex and birth as a sound identity number tells them."""
        fields: dict[str, Any] = self.form.fields
        found = read_id_number(fields["id_number"].value())
        if found.problem is None:
            fields["birth"].set_value(found.birth)
            fields["sex"].set_value(Sex(found.sex))

    def look_for_known(self) -> None:
        """Show who may be the same person."""
        if self._session.is_lent:
            return
        fields: dict[str, Any] = self.form.fields
        typed: dict[str, Any] = {name: fields[name].value() for name in TELLING - {"birth", "compound_id"}}
        typed["compound_id"] = self.compound.known()
        try:
            typed["birth"] = fields["birth"].value()
        except UserError:
            typed["birth"] = ""
        if typed["name"] or typed["id_number"]:
            self.known.show_known(likely_known(self._session.store, but=self._elder_id, **typed))
        else:
            self.known.show_known([])

    # -- closing

    def save(self) -> bool:
        """Write it; gives whether it was. What is wrong is said at its field."""
        return self._save(although_known=False)

    def _save(self, *, although_known: bool) -> bool:
        values = self.form.read()
        if values is None:
            if self.form.complaining() == ["compound_id"]:
                self._ask_for_compound(although_known)
            return False
        values["floor"] = values["floor"] or None
        if self._elder_id:
            done = self._session.perform(
                edit_elder,
                elder_id=self._elder_id,
                on_error=self._on_error,
                said=self._said_of_visits(values),
                **values,
            )
        else:
            done = self._session.perform(
                register_elder, although_known=although_known, on_error=self._on_error, **values
            )
        if done is None:
            return False
        self.form.settle()
        self.saved.emit(done.result.id)
        return True

    def _said_of_visits(self, values: dict[str, Any]) -> str:
        """What the bar says where booked visits follow an elder who moves house; else nothing."""
        store = self._session.store
        before = None if self._session.is_lent else store.find(Elder, self._elder_id)
        if before is None:
            return ""
        after = replace(before, committee_id=values["committee_id"], compound_id=values["compound_id"])
        found = following(store, before=before, after=after, today=self._session.today())
        if found is None:
            return ""
        said = self.tr("已改老人资料：{name}。已约的 {count} 次上门跟到新住处").format(
            name=values["name"], count=len(found.visits)
        )
        if not found.cadre_changes:
            return said + self.tr("。")
        if found.cadre is None:
            return said + self.tr("，还没定谁带，请到“上门安排”定。")
        return said + self.tr("，改由{cadre}带。").format(cadre=found.cadre.name)

    def _ask_for_compound(self, although_known: bool) -> None:
        """Offer to add a compound that nobody wrote down yet: what was typed must not be given up for it."""
        name = self.compound.text().strip()

        def answered(key: str, _text: str) -> None:
            if key != "add":
                self.compound.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            committee_id = self.committee.value()
            done = self._session.perform(add_compound, compound=Compound(name=name, committee_id=committee_id))
            if done is not None:
                self._offer(Elder(name="", compound_id=done.result.id, committee_id=committee_id))
                self.compound.set_value(done.result.id)
                self.committee.set_value(committee_id)
                self._save(although_known=although_known)

        self._session.dialogs.ask(
            Question(
                title=self.tr("还没有叫“{name}”的小区").format(name=name),
                text=self.tr("是新的就加上，资料接着存；写错了就回去，从列出的里面选。"),
                choices=(
                    Choice("back", self.tr("回去改")),
                    Choice("add", self.tr("加上小区“{name}”，存下").format(name=name), "primary"),
                ),
                default="add",
                cancel="back",
            ),
            answered,
        )

    def _on_error(self, error: UserError) -> bool:
        if isinstance(error, AlreadyKnown):
            self._ask_known(error)
            return True
        return self.form.show_error(error)

    def _ask_known(self, error: AlreadyKnown) -> None:
        def answered(key: str, _text: str) -> None:
            if key == "open":
                self.form.settle()
                self.known_opened.emit(error.record_id)
            elif key == "register":
                self._save(although_known=True)

        self._session.dialogs.ask(
            Question(
                title=self.tr("名单里已经有{name}").format(name=error.name),
                text=self.tr("卡号 {number}，看起来是同一个人。现在什么都还没写进资料库。").format(number=error.number),
                choices=(
                    Choice("back", self.tr("接着改")),
                    Choice("register", self.tr("是另一个人，照样登记")),
                    Choice("open", self.tr("打开已有的 {number}").format(number=error.number), "primary"),
                ),
                default="open",
                cancel="back",
                tone="warn",
            ),
            answered,
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

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody types any more."""
        self._looking.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return
        super().keyPressEvent(event)
