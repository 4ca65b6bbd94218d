"""Two records of one elder side by side: whose value stays is chosen field by field."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from jiuliting_desk.actions.elders import Known, likely_known
from jiuliting_desk.actions.merging import MergeView, merge_elders, merge_view
from jiuliting_desk.actions.search import search
from jiuliting_desk.model.elders import Elder, Sex
from jiuliting_desk.model.merging import JOINED_FIELDS, Side
from jiuliting_desk.model.places import Compound, ResidentsCommittee, address_text
from jiuliting_desk.store.search import name_tokens
from jiuliting_desk.store.tables import mapped
from jiuliting_desk.ui import history_words, labels, theme
from jiuliting_desk.ui.masking import masked_id, masked_phone
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import TextField
from jiuliting_desk.ui.widgets.layout import column, row, scrolled
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import label

translate = QCoreApplication.translate

TEXTS = frozenset({"health", "hearing", "language", "likes", "refuses", "notes", "best_hours"})
"""Fields whose two values can both stay, one behind the other."""


class _Choice(QWidget):
    """A radio button whose words go on in the next line."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.dot = QRadioButton()
        self.dot.setAccessibleName(words)
        told = label(words, wrap=True)
        told.setBuddy(self.dot)
        told.setMinimumHeight(self.dot.sizeHint().height())
        layout = row(self.dot, told, gap=6)
        layout.setStretch(1, 1)
        layout.setAlignment(self.dot, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words chooses as well."""
        self.dot.click()
        super().mouseReleaseEvent(event)


class MergeDialog(WindowDialog):
    """First the other record is chosen, then what stays of each."""

    merged = Signal(int)

    def __init__(self, session: Session, elder: Elder, *, parent: QWidget | None = None) -> None:
        super().__init__(translate("elders", "合并两份资料"), width=760, parent=parent)
        self._session = session
        self._elder = elder
        self._view: MergeView | None = None
        self._groups: dict[str, QButtonGroup] = {}
        self._doubts: list[str] = []
        self.head = label("", "h2", wrap=True)
        self.body.addWidget(self.head)
        self.doubt = Banner("warn", "", "")
        self.doubt.hide()
        self.body.addWidget(self.doubt)
        self._build_choice()
        self._build_sides()
        self.cancel_button = button(self.tr("不合并"), self.reject, size="l")
        self.merge_button = button(self.tr("合并成一份"), self.merge, kind="primary", size="l")
        self.foot.addWidget(self.cancel_button)
        self.compare_button = button(self.tr("两份摆在一起看"), self._compare, kind="primary", size="l")
        self.foot.addStretch(1)
        self.foot.addWidget(self.compare_button)
        self.foot.addWidget(self.merge_button)
        self._show_choice()

    def _build_choice(self) -> None:
        self.text = TextField(placeholder=self.tr("姓名、卡号或电话尾号"), icon="search")
        self.text.setAccessibleName(self.tr("找另一份资料"))
        self.found: LineList[Known] = LineList(self._line, key=lambda known: known.elder_id)
        self.found.setMinimumHeight(theme.px(240))
        self.choice = QWidget()
        self.choice.setLayout(column(self.text, self.found, gap=8))
        self.text.edited.connect(self.look)
        self.found.opened.connect(lambda known: self.show_sides(known.elder_id))
        self.body.addWidget(self.choice)

    def _build_sides(self) -> None:
        self.sides = QWidget()
        self._grid = QGridLayout(self.sides)
        self._grid.setContentsMargins(0, 0, theme.px(8), 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(8))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.area = scrolled(self.sides)
        self.area.setMinimumHeight(theme.px(320))
        self.body.addWidget(self.area)

    # -- which other one

    def _show_choice(self) -> None:
        self.head.setText(
            self.tr("和 {number} {name} 重复的是哪一份？").format(number=self._elder.number, name=self._elder.name)
        )
        self.area.hide()
        self.merge_button.hide()
        self.compare_button.setDefault(True)
        self.look()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Offer those who look alike; what is typed finds others."""
        store = self._session.store
        text = self.text.value()
        if not text:
            names = ("name", "phones", "id_number", "birth", "compound_id", "building", "unit", "room")
            fields: dict[str, Any] = {name: getattr(self._elder, name) for name in names}
            self.found.set_rows(likely_known(store, but=self._elder.id, **fields))
        else:
            hits = search(store, text, limit=20) + search(store, text, limit=20, inactive=True)
            ids = [hit.record_id for hit in hits if hit.kind == "elder" and hit.record_id != self._elder.id]
            found = []
            for elder_id in ids:
                other = store.get(Elder, elder_id)
                fields = {"name": other.name, "compound_id": other.compound_id, "room": other.room}
                found += [each for each in likely_known(store, **fields) if each.elder_id == elder_id]
            self.found.set_rows(found)
        self.found.choose_first()
        self.compare_button.setEnabled(bool(self.found.rows()))
        self.compare_button.setToolTip("" if self.found.rows() else self.tr("先找到另一份资料"))

    def _compare(self) -> None:
        known = self.found.current()
        if known is not None:
            self.show_sides(known.elder_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the field to what was found."""
        if event.key() == Qt.Key.Key_Down and self.text.hasFocus():
            self.found.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _line(self, known: Known) -> Line:
        parts = [known.address, self.tr("{year}年生").format(year=known.birth_year) if known.birth_year else ""]
        if known.phone_tail:
            parts.append(self.tr("尾号 {tail}").format(tail=known.phone_tail))
        why = labels.likeness(known.likeness) if not self.text.value() else ""
        return Line(
            title=known.name,
            after=known.number,
            second="，".join(filter(None, parts)),
            second_right=why,
            icon="user-round",
        )

    # -- what stays

    def show_sides(self, other_id: int) -> None:
        """Put the two side by side."""
        self._view = view = merge_view(self._session.store, kept_id=self._elder.id, other_id=other_id)
        self._doubts = self._differences(view)
        gone = self._gone_words(view)
        if self._doubts:
            told = self.tr("{what}不一样。真的是一个人写了两份，再合并。").format(what="、".join(self._doubts))
            self.doubt.say(self.tr("看起来不是同一个人。"), told + gone)
            self.doubt.show()
        elif gone:
            self.doubt.say(self.tr("状态不一样，看清楚再合并。"), gone)
            self.doubt.show()
        self.head.setText(
            self.tr("每一项留哪个？卡号 {kept} 的资料留下，{other} 的东西都归过来。").format(
                kept=view.kept.number, other=view.other.number
            )
        )
        self.choice.hide()
        self._grid.addWidget(label(f"{view.kept.number} {view.kept.name}", "strong"), 0, 1)
        self._grid.addWidget(label(f"{view.other.number} {view.other.name}", "strong"), 0, 2)
        for at, (name, side) in enumerate(view.sides.items(), start=1):
            self._add_group(at, name, side)
        line = len(view.sides) + 1
        if not view.sides:
            self._grid.addWidget(label(self.tr("两份资料写的都一样。"), wrap=True), line, 0, 1, 4)
            line += 1
        moved = [
            self.tr("{kind} {count} 条").format(kind=labels.kind(mapped(record_class).table), count=count)
            for record_class, count in view.moved.items()
        ]
        text = self.tr("归过来的：{what}。合并以后可以撤销，两份会照原样分开。").format(
            what="、".join(moved) or self.tr("没有别的记录")
        )
        self._grid.addWidget(label(text, "sub", wrap=True), line, 0, 1, 4)
        self._grid.setRowStretch(line + 1, 1)
        self.area.show()
        self.compare_button.hide()
        self.merge_button.show()
        harmless = self.cancel_button if self._doubts else self.merge_button
        harmless.setDefault(True)
        harmless.setFocus(Qt.FocusReason.OtherFocusReason)
        behind = self.parentWidget()
        if behind is not None:
            # It has grown since it was put in the middle.
            self.adjustSize()
            self.move(behind.window().geometry().center() - self.rect().center())

    def _differences(self, view: MergeView) -> list[str]:
        """What speaks against one person: facts that a person has once, and that differ."""
        kept, other = view.kept, view.other
        found = []
        if kept.id_number and other.id_number and kept.id_number != other.id_number:
            found.append(self.tr("身份证"))
        births = (kept.birth, other.birth)
        if all(births) and not (births[0].startswith(births[1]) or births[1].startswith(births[0])):
            found.append(self.tr("出生"))
        if Sex.UNKNOWN not in {kept.sex, other.sex} and kept.sex != other.sex:
            found.append(self.tr("性别"))
        if name_tokens(kept.name)[1] != name_tokens(other.name)[1]:
            found.append(self.tr("姓名"))
        return found

    def _gone_words(self, view: MergeView) -> str:
        """That one of the two is not served any more; "" where both are, or neither."""
        if view.kept.is_served == view.other.is_served:
            return ""
        gone, served = (view.other, view.kept) if view.kept.is_served else (view.kept, view.other)
        return self.tr(
            "一份（{gone}）是“{gone_state}”，一份（{served}）是“{served_state}”，先选了“{served_state}”。"
            "“状态”改选“{gone_state}”的话，约好的上门、定期、需求、结对和服务卡会一起结束。"
        ).format(
            gone=gone.number,
            gone_state=labels.label(gone.state),
            served=served.number,
            served_state=labels.label(served.state),
        )

    def _add_group(self, at: int, name: str, side: Side) -> None:
        view = self._view
        assert view is not None
        group = QButtonGroup(self)
        self._groups[name] = group
        words_of = {"committee_id": self.tr("住址"), "id_number": self.tr("身份证"), "state": self.tr("状态")}
        named = label(words_of.get(name) or history_words.field_word(name), "field")
        self._grid.addWidget(named, at, 0, Qt.AlignmentFlag.AlignTop)
        for column_at, key, record in ((1, Side.KEPT, view.kept), (2, Side.OTHER, view.other)):
            told = _Choice(self._value(record, name) or self.tr("（空）"))
            told.dot.setChecked(key is side)
            group.addButton(told.dot, list(Side).index(key))
            self._grid.addWidget(told, at, column_at, Qt.AlignmentFlag.AlignTop)
        if name in JOINED_FIELDS | TEXTS:
            choice = QRadioButton(self.tr("都留"))
            choice.setChecked(side is Side.BOTH)
            group.addButton(choice, list(Side).index(Side.BOTH))
            self._grid.addWidget(choice, at, 3, Qt.AlignmentFlag.AlignTop)

    def _value(self, elder: Elder, name: str) -> str:
        store = self._session.store
        if name == "committee_id":
            committee = store.find(ResidentsCommittee, elder.committee_id)
            compound = store.find(Compound, elder.compound_id)
            where = address_text(compound.name if compound else "", elder.building, elder.room, elder.unit)
            parts = [" ".join(filter(None, (committee.name if committee else "", where)))]
            if elder.floor is not None:
                parts.append(self.tr("{floor} 楼").format(floor=elder.floor))
            if elder.without_lift:
                parts.append(self.tr("没有电梯"))
            return self.tr("，").join(filter(None, parts))
        if name == "id_number":
            return masked_id(elder.id_number)
        if name == "phones":
            return "、".join(masked_phone(phone.number) for phone in elder.phones)
        if name == "contacts":
            return "、".join(contact.name for contact in elder.contacts)
        if name == "consent_on":
            return labels.day(elder.consent_on) if elder.consent_on else ""
        value = getattr(elder, name)
        if isinstance(value, Sex) or name in {"state", "living"}:
            return labels.label(value)
        return "、".join(value) if isinstance(value, tuple) else str(value)

    def choose(self, name: str, side: Side) -> None:
        """Choose whose value stays. Raises KeyError for a field in which the two do not differ."""
        self._groups[name].button(list(Side).index(side)).setChecked(True)

    def merge(self) -> None:
        """Make them one."""
        view = self._view
        if view is None:
            return
        sides = {name: list(Side)[group.checkedId()] for name, group in self._groups.items()}
        done = self._session.perform(
            merge_elders, kept_id=view.kept.id, other_id=view.other.id, sides=sides, reason=self.tr("合并重复")
        )
        if done is not None:
            self.merged.emit(view.kept.id)
            self.accept()
