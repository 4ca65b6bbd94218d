"""What is to be supposed: one volunteer more, somebody who stops, a certificate that is not renewed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions import matching_outlook
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.matching.advice import Assumed
from jiuliting_desk.matching.changes import Change
from jiuliting_desk.store.search import name_tokens
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import ChoiceField, NumberField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.pick_field import PickField
from jiuliting_desk.ui.widgets.text import label

MOST_HOURS, MOST_VISITS, MOST_METRES = 200, 60, 20_000


class SupposeDialog(WindowDialog):
    """Asks for one thing that would be otherwise; nothing is written."""

    supposed = Signal(tuple, str, object)
    """The changes, what they are called, and what a recruit is assumed to give."""

    def __init__(self, inputs: Inputs, what: str, assumed: Assumed, *, parent: QWidget | None = None) -> None:
        super().__init__("", width=480, parent=parent)
        self.inputs = inputs
        self.what = what
        self._assumed = assumed
        self.form = Form()
        self.body.addWidget(label(self.tr("只是试算，什么都不写。"), "sub"))
        self.body.addWidget(self.form)
        if what == "more":
            self._ask_more()
        elif what == "stops":
            self._ask_who()
        else:
            self._ask_certificate()
        self.try_button = button(self.tr("试一试"), self.suppose, kind="primary", size="l")
        self.foot.addWidget(button(self.tr("不试了"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.foot.addWidget(self.try_button)
        self.confirm_with(self.try_button)

    def _ask_more(self) -> None:
        self.setWindowTitle(self.tr("如果多一位志愿者"))
        names = [(category.id, category.name) for category in self.inputs.categories.values()]
        self.category = self.form.add("category", self.tr("会做"), ChoiceField(names))
        self.compound = PickField(kind="compound", placeholder=self.tr("不论住哪里就空着"))
        homes = {need.place.compound for need in self.inputs.situation.needs}
        self.compound.set_choices(
            (compound, name, " ".join(name_tokens(name)))
            for compound, name in self.inputs.compounds.items()
            if compound in homes
        )
        self.form.add("compound", self.tr("住在"), self.compound)
        self.visits = NumberField(1, MOST_VISITS, unit=self.tr("次"))
        self.visits.set_value(self._assumed.visits)
        self.form.add("visits", self.tr("每月几次"), self.visits)
        self.hours = NumberField(1, MOST_HOURS, unit=self.tr("小时"))
        self.hours.set_value(self._assumed.minutes // 60)
        self.form.add("hours", self.tr("每月多久"), self.hours)
        self.metres = NumberField(100, MOST_METRES, unit=self.tr("米"))
        self.metres.setSingleStep(500)
        self.metres.set_value(self._assumed.metres)
        self.form.add("metres", self.tr("走多远"), self.metres)

    def _ask_who(self) -> None:
        self.setWindowTitle(self.tr("如果有人不做了"))
        self.provider = PickField(kind="provider", placeholder=self.tr("打姓名或拼音首字母"))
        people = self.inputs.providers.values()
        self.provider.set_choices(
            (found.id, self._named(found.id), " ".join(name_tokens(found.name)))
            for found in sorted(people, key=lambda one: one.number)
        )
        self.form.add("provider", self.tr("谁"), self.provider)

    def _named(self, provider_id: int) -> str:
        """A name with the number behind, so that two of one name are told apart."""
        found = self.inputs.providers[provider_id]
        return f"{found.name}　{found.number}".strip()

    def _ask_certificate(self) -> None:
        self.setWindowTitle(self.tr("如果证书到期没换"))
        self.provider = PickField(kind="provider", placeholder=self.tr("打姓名或拼音首字母"))
        self.provider.set_choices(
            (
                (provider_id, kind),
                self.tr("{name}　{kind}").format(name=self._named(provider_id), kind=kind),
                " ".join(name_tokens(self.inputs.providers[provider_id].name)),
            )
            for provider_id, kind in matching_outlook.certificates_at_stake(self.inputs)
        )
        self.form.add("provider", self.tr("谁的证书"), self.provider)

    def suppose(self) -> None:
        """Hand on what was asked for; somebody has to be named where it is about somebody."""
        change: Change
        if self.what == "more":
            assumed = Assumed(minutes=self.hours.value() * 60, visits=self.visits.value(), metres=self.metres.value())
            self._assumed = assumed
            change = matching_outlook.one_more(
                self.inputs,
                category_id=self.category.value(),
                compound_id=self.compound.known() or 0,
                assumed=assumed,
            )
        else:
            chosen = self.provider.known()
            if chosen is None:
                self.form.complain("provider", self.tr("先选一位。"))
                self.provider.setFocus()
                return
            if self.what == "stops":
                change = matching_outlook.one_stops(self.inputs, chosen)
            else:
                change = matching_outlook.certificate_lapses(self.inputs, *chosen)
        title = self.tr("如果{what}").format(what=change.text)
        self.accept()
        self.supposed.emit((change,), title, self._assumed)
