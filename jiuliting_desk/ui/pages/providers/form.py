"""The form of a volunteer or an enterprise, new or known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions import providers
from jiuliting_desk.actions.providers import Likeness
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Sex
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, ProviderKind
from jiuliting_desk.model.text import masked_phone
from jiuliting_desk.store.search import name_tokens
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.asking import ask_unsaved
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.birth_field import BirthField
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import NumberField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.half_days import HalfDayGrid
from jiuliting_desk.ui.widgets.layout import STRETCH, column, replace_all, row, scrolled, surface
from jiuliting_desk.ui.widgets.phones_field import PhonesField
from jiuliting_desk.ui.widgets.pick_field import PickField
from jiuliting_desk.ui.widgets.skills_field import SkillsField
from jiuliting_desk.ui.widgets.text import icon_label, label

LANGUAGES = ("上海话", "普通话", "英语", "手语")
METRES = (500, 800, 1000, 1500, 2000, 3000, 5000)
LOOK_UP_AFTER_MS = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoices:
    """What the form offers to choose from."""

    categories: tuple[ServiceCategory, ...]
    committees: tuple[ResidentsCommittee, ...]
    compounds: tuple[Compound, ...]
    enterprises: tuple[Provider, ...]
    certificate_kinds: tuple[str, ...] = ()


def _picks(records: Iterable[Compound | Provider]) -> list[tuple[int, str, str]]:
    """Choices by name, also found by pinyin, initials and other names."""
    return [
        (record.id, record.name, " ".join((*name_tokens(record.name), *getattr(record, "aliases", ()))))
        for record in records
    ]


class LikelySame(QWidget):
    """Who may be the same as the one being typed, at most five, each to be opened."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(2))
        head = row(
            icon_label("triangle-alert", "warn"),
            label(self.tr("名单里已经有很像的，先看看是不是同一位："), "strong", wrap=True),
            gap=8,
        )
        head.setStretch(1, 1)
        panel = surface("sunken", column(head, self._lines, margins=(8, 12), gap=4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        self.found: tuple[Likeness, ...] = ()
        self.hide()

    def show_found(self, found: Iterable[Likeness]) -> None:
        """Show these, or nothing."""
        self.found = tuple(found)
        replace_all(self._lines, [])
        for likeness in self.found:
            open_it = partial(self.opened.emit, likeness.provider.id)
            made = button(self.words(likeness), open_it, kind="link", size="s")
            self._lines.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(self.found))

    def words(self, likeness: Likeness) -> str:
        """One of them in words: who, and what is the same."""
        same = {"id_number": self.tr("身份证一样"), "phone": self.tr("电话一样"), "name": self.tr("名字一样")}
        provider = likeness.provider
        parts = [provider.name, provider.number, masked_phone(provider.phone), *(same[fact] for fact in likeness.same)]
        return self.tr("打开 {who}").format(who="　".join(part for part in parts if part))


class ProviderDialog(WindowDialog):
    """Registers or edits; closing asks about what was typed."""

    saved = Signal(object)
    """The Provider as stored."""
    show_wanted = Signal(int)
    """A likely duplicate is to be shown instead."""

    def __init__(
        self,
        session: Session,
        provider: Provider,
        choices: FormChoices,
        *,
        field: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``field`` is where the keyboard begins, ``note`` what is to be written there."""
        super().__init__("", width=960, parent=parent)
        self._session = session
        self._provider = provider
        self._choices = choices
        self._is_firm = provider.kind is ProviderKind.ENTERPRISE
        self.setWindowTitle(self._title())
        self.likely = LikelySame()
        self.likely.opened.connect(self._on_opened)
        self.person = self._person_form()
        self.ability = self._ability_form()
        content = QWidget()
        sides = row(column(self.person, STRETCH, gap=0), column(self.ability, STRETCH, gap=0), gap=28)
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        content.setLayout(column(self.likely, sides, STRETCH, margins=(6, 0), gap=10))
        if note:
            self.note = Banner("info", note)
            self.body.addWidget(self.note)
        self.body.addWidget(scrolled(content))
        self._add_foot()
        room = (parent.window().height() if parent is not None else theme.px(720)) - theme.px(90)
        self.resize(theme.px(1000), min(theme.px(760), max(theme.px(460), room)))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_UP_AFTER_MS)
        self._timer.timeout.connect(self.look_up)
        self.person.edited.connect(self._on_edited)
        self.show_provider(provider)
        form = self.ability if field in self.ability.fields else self.person
        # As Tab does: a number is ready to be typed over.
        begun = form.fields.get(field)
        if begun is None:
            form.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            begun.setFocus(Qt.FocusReason.TabFocusReason)

    def _title(self) -> str:
        if self._provider.id:
            return self.tr("改资料：{name}").format(name=self._provider.name)
        return self.tr("登记单位") if self._is_firm else self.tr("登记志愿者")

    # -- building

    def _person_form(self) -> Form:
        today = self._session.today()
        form = Form(label_width=84)
        form.text("name", self.tr("单位名称") if self._is_firm else self.tr("姓名"), required=True)
        if self._is_firm:
            form.text("contact_name", self.tr("联系人"), hint=self.tr("打电话去找谁。"))
        form.add("phones", self.tr("电话"), PhonesField())
        if not self._is_firm:
            form.choice(
                "sex", self.tr("性别"), [(sex, labels.label(sex)) for sex in (Sex.UNKNOWN, Sex.FEMALE, Sex.MALE)]
            )
            form.add("birth", self.tr("出生"), BirthField(placeholder=self.tr("1968、1968-05 或 1968-05-08")))
            form.text("id_number", self.tr("身份证"), hint=self.tr("填了会自动得出性别和出生。"))
            enterprise = PickField(kind="provider", placeholder=self.tr("不属于单位就空着"))
            enterprise.set_choices(_picks(self._choices.enterprises))
            form.add("enterprise_id", self.tr("哪个单位的"), enterprise)
        form.heading(self.tr("住在哪里") if not self._is_firm else self.tr("在哪里"))
        form.choice("committee_id", self.tr("居委"), [(None, self.tr("未填")), *self._committees()])
        self.compound = PickField(kind="compound", placeholder=self.tr("打小区的字或拼音首字母"))
        held = self._provider.compound_id
        self.compound.set_choices(
            _picks(found for found in self._choices.compounds if found.active or found.id == held)
        )
        form.add("compound_id", self.tr("小区"), self.compound)
        form.text("address", self.tr("地址"))
        form.heading(self.tr("其他"))
        form.date("joined_on", self.tr("加入日期"), today=today)
        form.date("insured_until", self.tr("保险到"), today=today)
        if not self._is_firm:
            form.check("guardian_consent", self.tr("未满 18 岁，监护人已同意"))
        form.notes("notes", self.tr("备注"), lines=3)
        return form

    def _ability_form(self) -> Form:
        form = Form(label_width=84)
        held = self._provider.category_ids
        services = [(found.id, found.name) for found in self._choices.categories if found.active or found.id in held]
        form.add("skills", self.tr("会做什么"), SkillsField(services))
        grid = HalfDayGrid()
        form.add("half_days", self.tr("有空"), grid, hint=self.tr("一格都不选就是什么时候都行。"))
        form.chips("languages", self.tr("会说"), [(word, word) for word in LANGUAGES])
        hint = self.tr("一个都不选就是哪里都去。")
        form.chips("area_committee_ids", self.tr("愿意去"), self._committees(), hint=hint)
        form.choice("max_metres", self.tr("最远"), self._metre_choices())
        form.heading(self.tr("一个月最多"))
        for name, words, highest, unit, step in (
            ("visits_per_month", self.tr("上门"), 999, self.tr("次"), 1),
            ("minutes_per_month", self.tr("合计"), 60000, self.tr("分钟"), 30),
        ):
            field = NumberField(-1, highest)
            field.setSpecialValueText(self.tr("不限"))
            field.setSingleStep(step)
            field.setFixedWidth(theme.px(110))
            form.add(name, words, field, unit=unit)
        if self._is_firm:
            hint = self.tr("凑满几户才来；0 就是一户也来。")
            form.number("homes_at_once", self.tr("要几户一起"), 0, 99, unit=self.tr("户"), hint=hint)
        return form

    def _metre_choices(self) -> list[tuple[int | None, str]]:
        known = {*METRES, *([self._provider.max_metres] if self._provider.max_metres else [])}
        found: list[tuple[int | None, str]] = [(None, self.tr("不限"))]
        for metres in sorted(known):
            words = self.tr("{count} 米") if metres < 1000 else self.tr("{count} 公里")
            found.append((metres, words.format(count=f"{metres if metres < 1000 else metres / 1000:g}")))
        return found

    def _committees(self) -> list[tuple[int, str]]:
        """Those in use, and those that the record names already."""
        held = {self._provider.committee_id, *self._provider.area_committee_ids}
        return [(found.id, found.name) for found in self._choices.committees if found.active or found.id in held]

    def _add_foot(self) -> None:
        self.foot.addWidget(button(self.tr("不存"), self.reject, size="l"))
        self.foot.addWidget(label(self.tr("Ctrl+Enter 存下"), "cap"))
        self.foot.addStretch(1)
        self.save_button = button(self.tr("存下"), self.save, kind="primary", size="l")
        self.confirm_with(self.save_button)
        if not self._provider.id:
            self.more_button = button(self.tr("存下，再登记一位"), self.save_and_more, size="l")
            self.foot.addWidget(self.more_button)
        self.foot.addWidget(self.save_button)

    # -- values

    def show_provider(self, provider: Provider) -> None:
        """Show a record, or an empty form."""
        for form in (self.person, self.ability):
            form.set_values(**{name: self._shown(provider, name) for name in form.fields})

    @staticmethod
    def _shown(provider: Provider, name: str) -> Any:
        value = getattr(provider, name)
        return -1 if name in {"visits_per_month", "minutes_per_month"} and value is None else value

    def typed(self) -> Provider | None:
        """The record as typed; None where a field cannot be read, which is then said at it."""
        person, ability = self.person.read(), self.ability.read()
        if person is None or ability is None:
            return None
        values = person | ability
        for name in ("visits_per_month", "minutes_per_month"):
            values[name] = None if values[name] < 0 else values[name]
        return replace(self._provider, **values)

    @property
    def is_changed(self) -> bool:
        """Whether something was typed."""
        return self.person.is_changed or self.ability.is_changed

    def _on_edited(self, name: str) -> None:
        if name in {"name", "phones", "id_number"}:
            self._timer.start()
        elif name == "compound_id":
            chosen = self.compound.known()
            home = next((found.committee_id for found in self._choices.compounds if found.id == chosen), None)
            if home is not None:
                self.person.fields["committee_id"].set_value(home)  # type: ignore[attr-defined]

    def look_up(self) -> None:
        """Show who may be the same."""
        fields: dict[str, Any] = self.person.fields
        self.likely.show_found(
            providers.likely_same(
                self._session.store,
                name=fields["name"].value(),
                phones=[phone.number for phone in fields["phones"].value()],
                id_number=fields["id_number"].value() if "id_number" in fields else "",
                but=self._provider.id,
            )
        )

    # -- saving

    def save(self) -> None:
        """Store it and close."""
        self._save(self._on_saved)

    def save_and_more(self) -> None:
        """Store it and begin with the next one."""
        self._save(self._on_saved_with_more)

    def _save(self, then: Any) -> None:
        typed = self.typed()
        if typed is None:
            return
        self._timer.stop()
        self.look_up()
        same = [found for found in self.likely.found if "id_number" in found.same or len(found.same) > 1]
        if same and not self._provider.id:
            self._ask_although(same[0], lambda: self._store(typed, then))
        else:
            self._store(typed, then)

    def _ask_although(self, same: Likeness, go: Any) -> None:
        question = Question(
            title=self.tr("名单里已经有这一位了吗？"),
            text=self.likely.words(same).removeprefix(self.tr("打开 ")),
            choices=(
                Choice("back", self.tr("回去看看")),
                Choice("open", self.tr("打开原来那位")),
                Choice("go", self.tr("不是同一位，登记")),
            ),
            default="back",
            cancel="back",
            tone="warn",
        )

        def answered(key: str, _text: str) -> None:
            if key == "go":
                go()
            elif key == "open":
                self._on_opened(same.provider.id)

        self._session.dialogs.ask(question, answered)

    def _store(self, typed: Provider, then: Any) -> None:
        action = providers.edit_provider if typed.id else providers.register_provider
        done = self._session.perform(action, provider=typed, on_error=self.show_error)
        if done is not None:
            then(done.result)

    def show_error(self, error: UserError) -> bool:
        """Say a rule's no at its field."""
        return self.person.show_error(error) or self.ability.show_error(error)

    def _on_saved(self, stored: Provider) -> None:
        self.saved.emit(stored)
        self.accept()

    def _on_saved_with_more(self, stored: Provider) -> None:
        self.saved.emit(stored)
        self._provider = Provider(
            name="",
            kind=stored.kind,
            enterprise_id=stored.enterprise_id,
            committee_id=stored.committee_id,
            compound_id=stored.compound_id,
            visits_per_month=stored.visits_per_month,
        )
        self.likely.show_found(())
        self.show_provider(self._provider)
        self.person.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, provider_id: int) -> None:
        self.show_wanted.emit(provider_id)
        self.person.settle()
        self.ability.settle()
        self.accept()

    def reject(self) -> None:
        """Close; what was typed is asked about."""
        if not self.is_changed:
            super().reject()
            return
        ask_unsaved(self._session, save=self.save, drop=super().reject)
