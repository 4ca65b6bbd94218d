"""What is told of a visit that took place: minutes, what was done, who came, the cadre's part, what went wrong."""

from jiuliting_desk.actions import visits as actions
from jiuliting_desk.actions.visits import Outcome
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.errors import Missing, UserError
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.text import label


class FinishDialog(WindowDialog):
    """Records a visit, of one service or several, by one volunteer or several; also to tell it better afterwards."""

    def __init__(self, session: Session, visit_id: int) -> None:
        visit = session.store.get(Visit, visit_id)
        (line,) = lines(session.store, [visit])
        title = self.tr("记下上门：{name}") if visit.is_open else self.tr("改上门记录：{name}")
        super().__init__(title.format(name=line.name), width=540, parent=session.dialogs.window)
        self._session = session
        self._visit = visit
        when = labels.day(visit.day, today=session.today())
        about = visit_words.joined((line.name, when, visit_words.times(visit), visit_words.people(line)))
        self.body.addWidget(label(about, "strong", wrap=True))
        self.form = Form(label_width=104)
        self.form.number("on_site_minutes", self.tr("在家时间"), 1, 900, unit=self.tr("分钟（路上不算）"))
        categories = session.store.get_many(ServiceCategory, visit.category_ids)
        self._quantities: dict[int, str] = {}
        for category_id in visit.category_ids:
            name = self._quantities[category_id] = f"quantity{category_id}"
            category = categories[category_id]
            self.form.number(name, category.name, 1, 99, unit=category.unit)
        providers = session.store.get_many(Provider, visit.provider_ids)
        self._has_several = len(visit.provider_ids) > 1
        if self._has_several:
            people = [(one, providers[one].name) for one in visit.provider_ids]
            self.form.chips("absent_ids", self.tr("谁没来"), people, hint=self.tr("没来的点一下；来了的才记时长。"))
        cadres = [one for one in session.store.all(Cadre, order="name") if one.active or one.id == visit.cadre_id]
        cadres.sort(key=lambda one: one.committee_id != visit.committee_id)
        self.form.choice(
            "cadre_id", self.tr("居委干部"), [(0, self.tr("没有")), *((one.id, one.name) for one in cadres)]
        )
        self.form.check("led_in", self.tr("带上门"))
        self.form.check("stayed", self.tr("全程在场"))
        self.form.check("signed", self.tr("签了字"))
        hint = self.tr("写了就列入回访，有结果才算完。")
        self.form.notes("incident", self.tr("出了什么事"), lines=2, hint=hint)
        self.form.notes("hazards", self.tr("家里的隐患"), lines=2, hint=hint)
        self._fill()
        self.body.addWidget(self.form)
        self.foot.addWidget(button(self.tr("不记了"), self.reject, size="l"))
        self.foot.addStretch(1)
        words = self.tr("记下上门") if visit.is_open else self.tr("存下记录")
        self.save_button = button(words, self.save, kind="primary", icon="check", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)
        self.form.fields["on_site_minutes"].setFocus()

    def _fill(self) -> None:
        visit = self._visit
        values = {name: self._told_quantity(category_id) for category_id, name in self._quantities.items()}
        if self._has_several:
            self.form.set_values(absent_ids=visit.absent_ids)
        self.form.set_values(
            on_site_minutes=visit.on_site_minutes or visit.minutes,
            cadre_id=visit.cadre_id or 0,
            led_in=visit.led_in or (visit.is_open and visit.cadre_id is not None),
            stayed=visit.stayed,
            signed=visit.signed,
            incident=visit.incident,
            hazards=visit.hazards,
            **values,
        )

    def _told_quantity(self, category_id: int) -> int:
        return next(line.quantity for line in self._visit.services if line.category_id == category_id)

    def save(self) -> None:
        """Record it and close."""
        values = self.form.read()
        if values is None:
            return
        quantities = {category_id: values.pop(name) for category_id, name in self._quantities.items()}
        if not values["cadre_id"] and (values["led_in"] or values["stayed"] or values["signed"]):
            self.form.complain("cadre_id", self.tr("选一位居委干部，或者去掉下面的勾。"))
            return
        absent = values.pop("absent_ids", self._visit.absent_ids)
        outcome = Outcome(visit_id=self._visit.id, quantities=quantities, absent_ids=absent, **values)
        action = actions.finish_visit if self._visit.is_open else actions.correct_visit
        if self._session.perform(action, outcome=outcome, on_error=self._show_error) is not None:
            self.accept()

    def _show_error(self, error: UserError) -> bool:
        if isinstance(error, Missing) and error.field == "provider_ids" and self._has_several:
            self.form.complain("absent_ids", self.tr("一个人都没来，请关上这里，点“志愿者没来”。"))
            return True
        return self.form.show_error(error)
