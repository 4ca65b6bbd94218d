"""A visit of several services and people, once or again and again; booked, changed, or made the first of a series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.bookings import book_visit, change_visit, changed_visit, clashes_of, draft_visit
from jiuliting_desk.actions.calls import begin_series_by_phone, book_by_phone
from jiuliting_desk.actions.categories import categories_in_order
from jiuliting_desk.actions.series import (
    SeriesStep,
    begin_series,
    change_series,
    draft_series,
    preview_series,
)
from jiuliting_desk.model.clashes import Clash
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import Missing, UserError
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.places import Cadre
from jiuliting_desk.model.providers import Provider, ProviderState
from jiuliting_desk.model.recurrence import Holiday, Interval, Series
from jiuliting_desk.model.visits import ServiceLine, Visit
from jiuliting_desk.store.search import name_tokens
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import STRETCH, column, hairline, row, scrolled
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.widgets.time_field import TimeField
from jiuliting_desk.ui.widgets.visit_fields import PeopleField, ServicesField

ONCE = ""
DAYS_TOLD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingDraft:
    """What is known when the dialog opens."""

    elder_id: int
    services: tuple[ServiceLine, ...] = ()
    provider_ids: tuple[int, ...] = ()
    cadre_id: int | None = None
    day: date | None = None
    starts: int | None = None
    minutes: int | None = None
    notes: str = ""
    awaits_answer: bool = False
    interval: Interval | None = None
    visit_id: int = 0
    """A planned visit that is to be changed, or with which a series begins."""
    begins_series: bool = False
    is_call: bool = False
    """Whether somebody is on the telephone: then the call is logged with it."""
    phone: str = ""
    recall_id: int = 0


def draft_of(visit: Visit, *, begins_series: bool = False) -> BookingDraft:
    """The dialog's beginning for a visit that is planned already."""
    return BookingDraft(
        elder_id=visit.elder_id,
        services=visit.services,
        provider_ids=visit.provider_ids,
        cadre_id=visit.cadre_id,
        day=visit.day,
        starts=visit.starts,
        minutes=visit.minutes,
        notes=visit.notes,
        awaits_answer=visit.awaits_answer,
        interval=Interval.WEEKLY if begins_series else None,
        visit_id=visit.id,
        begins_series=begins_series,
    )


class BookingDialog(WindowDialog):
    """What stands against it is named while it is typed; a reason lets it be booked all the same."""

    booked = Signal(object)
    """The Visit that was booked or changed, or the first of the series; None where the series has none yet."""

    def __init__(self, session: Session, draft: BookingDraft) -> None:
        elder = session.store.get(Elder, draft.elder_id)
        super().__init__("", width=900, parent=session.dialogs.window)
        self._session = session
        self._draft = draft
        self._visit = session.store.find(Visit, draft.visit_id or None)
        self._is_change = self._visit is not None and not draft.begins_series
        self._wanted: list[Clash] = []
        title = self.tr("约上门：{name}")
        if draft.begins_series:
            title = self.tr("定期上门：{name}")
        elif self._is_change:
            title = self.tr("改预约：{name}")
        self.setWindowTitle(title.format(name=elder.name))
        self.form = self._build_form()
        self.times = self._build_times()
        self.against = label("", wrap=True)
        self.days = label("", "sub", wrap=True)
        self.reason = Form(label_width=56)
        self.reason.text("reason", self.tr("原因"), hint=self.tr("写一句，原因会留在上门里。"))
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.form, STRETCH, margins=(4, 12, 4, 4)))
        right.setLayout(column(self.times, self.days, self.against, self.reason, STRETCH, margins=(4, 8, 4, 12)))
        parts = row(scrolled(left), hairline("v"), scrolled(right), gap=0)
        parts.setStretch(0, 1)
        parts.setStretch(2, 1)
        self.body.addLayout(parts)
        self.foot.addWidget(button(self.tr("不约了，关上"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.save_button = button("", self.save, kind="primary", icon="check", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)
        self._usual = self._usual_minutes()
        if self._is_change and self._visit is not None:
            self.reason.set_values(reason=self._visit.override_reason)
        self.form.edited.connect(self._on_edited)
        self.times.edited.connect(lambda _name: self._show())
        behind = session.dialogs.window
        room = behind.height() - theme.px(60) if behind is not None else theme.px(640)
        self.resize(theme.px(900), min(theme.px(640), max(theme.px(420), room)))
        self._show()

    # -- building

    def _build_form(self) -> Form:
        store, draft = self._session.store, self._draft
        form = Form(label_width=72)
        categories = categories_in_order(store)
        waiting = store.where(Need, elder_id=draft.elder_id, state=[NeedState.OPEN, NeedState.CLAIMED], order="since")
        likely = [need.category_id for need in waiting]
        form.add("services", self.tr("做什么"), ServicesField(categories, likely=likely))
        providers = [one for one in store.all(Provider, order="name") if one.state is not ProviderState.STOPPED]
        choices = [(one.id, f"{one.name} {one.number}".strip(), " ".join(name_tokens(one.name))) for one in providers]
        form.add("provider_ids", self.tr("谁去"), PeopleField(choices))
        elder = store.get(Elder, draft.elder_id)
        cadres = [one for one in store.all(Cadre, order="name") if one.active or one.id == draft.cadre_id]
        cadres.sort(key=lambda one: one.committee_id != elder.committee_id)
        form.choice("cadre_id", self.tr("谁带上门"), [(0, self.tr("不用带")), *((one.id, one.name) for one in cadres)])
        form.check("awaits_answer", self.tr("还要等志愿者答复"))
        form.notes("notes", self.tr("备注"), lines=2)
        services = draft.services or (ServiceLine(category_id=[*likely, categories[0].id][0]),)
        form.set_values(
            services=services,
            provider_ids=draft.provider_ids,
            cadre_id=draft.cadre_id or 0,
            awaits_answer=draft.awaits_answer,
            notes=draft.notes,
        )
        return form

    def _build_times(self) -> Form:
        draft = self._draft
        form = Form(label_width=72)
        form.date("day", self.tr("哪天"), today=self._session.today(), required=True)
        form.add("starts", self.tr("几点"), TimeField(), required=True)
        form.number("minutes", self.tr("多长"), 5, 600, unit=self.tr("分钟"))
        rhythms: list[tuple[Any, str]] = [(interval, labels.label(interval)) for interval in Interval]
        if not draft.begins_series:
            rhythms.insert(0, (ONCE, self.tr("只这一次")))
        if not self._is_change:
            form.choice("interval", self.tr("重复"), rhythms)
            form.date("until", self.tr("到哪天"), today=self._session.today(), hint=self.tr("空着就一直排下去。"))
            form.number("count", self.tr("共几次"), 0, 500, unit=self.tr("次（0 是不限）"))
            form.check("skip_holidays", self.tr("放假那天不去"))
            form.set_values(interval=draft.interval or ONCE, until=None, count=0, skip_holidays=True)
        elif self._visit is not None and self._visit.series_id:
            which = [("one", self.tr("只这一次")), ("all", self.tr("这一次和以后的"))]
            form.choice(
                "which",
                self.tr("改哪些"),
                which,
                hint=self.tr("以后的只改人、几点、多长和谁带；换星期几在“定期”里改。"),
            )
        usual = sum(line.minutes for line in draft.services) or None
        form.set_values(day=draft.day, starts=draft.starts, minutes=draft.minutes or usual or self._usual_minutes())
        return form

    def _usual_minutes(self) -> int:
        known = {one.id: one.minutes for one in categories_in_order(self._session.store)}
        services: Sequence[ServiceLine] = self.form.fields["services"].value()  # type: ignore[attr-defined]
        return min(600, sum(known.get(line.category_id, 60) for line in services))

    def change_those_to_come(self) -> None:
        """Let the change hold for all visits of the series that lie ahead."""
        self.times.set_values(which="all")
        self._show()

    def _on_edited(self, name: str) -> None:
        """The length follows the services as long as it is their usual one."""
        if name == "services":
            minutes: Any = self.times.fields["minutes"]
            usual = self._usual_minutes()
            if minutes.value() == self._usual:
                minutes.set_value(usual)
            self._usual = usual
        self._show()

    # -- what is typed

    def _values(self) -> dict[str, Any] | None:
        """All that is typed, None while something cannot be read or lacks; nothing is complained of."""
        found: dict[str, Any] = {}
        for form in (self.form, self.times):
            for name, field in form.fields.items():
                try:
                    found[name] = field.value()  # type: ignore[attr-defined]
                except UserError:
                    return None
        found["cadre_id"] = found["cadre_id"] or None
        return found if found["day"] is not None and found["provider_ids"] else None

    def _series(self, values: dict[str, Any]) -> Series:
        return draft_series(
            self._session.store,
            elder_id=self._draft.elder_id,
            services=values["services"],
            provider_ids=values["provider_ids"],
            begins_on=values["day"],
            starts=values["starts"],
            interval=values["interval"],
            minutes=values["minutes"],
            cadre_id=values["cadre_id"],
            until=values["until"],
            count=values["count"] or None,
            skip_holidays=values["skip_holidays"],
        )

    def _planned(self, values: dict[str, Any]) -> Visit:
        fields: dict[str, Any] = {
            name: values[name] for name in ("services", "provider_ids", "cadre_id", "day", "starts", "minutes")
        }
        planned = draft_visit(self._session.store, elder_id=self._draft.elder_id, **fields)
        if self._is_change and self._visit is not None:
            # With the needs and minutes that a draft finds for services that were added.
            return changed_visit(self._visit, **(fields | {"services": planned.services}))
        return planned

    def _show(self) -> None:
        """Name what stands against it, and the days of a series."""
        is_series = not self._is_change and self.times.fields["interval"].value() != ONCE  # type: ignore[attr-defined]
        if not self._is_change:
            for name in ("until", "count", "skip_holidays"):
                self.times.show_row(name, is_series)
        self._wanted = []
        told: list[str] = []
        days = ""
        values = self._values()
        if values is not None:
            try:
                if is_series:
                    series = self._series(values)
                    steps = self._steps(series)
                    days = self._days_told(series, steps)
                    for step in steps:
                        self._wanted += step.clashes
                        day = labels.month_day(step.visit.day)
                        told += [f"{day}：{self._clash(clash)}" for clash in step.clashes]
                else:
                    self._wanted = list(
                        clashes_of(self._session.store, visit=self._planned(values), today=self._session.today())
                    )
                    told = [self._clash(clash) for clash in self._wanted]
            except UserError:
                told = []
        self._wanted = [clash for clash in self._wanted if clash.wants_reason]
        theme.mark(self.against, tone="warn" if told else "")
        head = self.tr("有 {count} 处要留意：").format(count=len(told)) if told else self.tr("没有冲突。")
        lines = [f"·{words}" for words in told[:DAYS_TOLD]]
        if len(told) > DAYS_TOLD:
            lines.append(self.tr("……另外 {count} 处").format(count=len(told) - DAYS_TOLD))
        self.against.setText("\n".join([head, *lines]) if values is not None else "")
        self.reason.setVisible(bool(self._wanted))
        self.days.setText(days)
        words = self.tr("存下改动") if self._is_change else self.tr("约好")
        self.save_button.setText(self.tr("排好定期上门") if is_series else words)

    def _clash(self, clash: Clash) -> str:
        return visit_words.clash(self._session.store, clash)

    def _steps(self, series: Series) -> list[SeriesStep]:
        """Those still to be planned: the visit that it begins with is there already."""
        steps = preview_series(self._session.store, series=series, today=self._session.today())
        first = self._visit.day if self._draft.begins_series and self._visit is not None else None
        return [step for step in steps if step.visit.day != first]

    def _days_told(self, series: Series, steps: Sequence[SeriesStep]) -> str:
        days = [step.visit.day for step in steps]
        if not days:
            return self.tr("这几周还没有要排的日子。")
        shown = "、".join(labels.month_day(day) for day in days[:DAYS_TOLD])
        words = self.tr("先排好 {count} 次：{days}{more}。以后每天早上自动往后排。").format(
            count=len(days), days=shown, more=self.tr("……") if len(days) > DAYS_TOLD else ""
        )
        holidays = {one.day: one.name for one in self._session.store.all(Holiday)}
        kept = set(series.days(last=days[-1], holidays=holidays))
        skipped = [day for day in series.days(last=days[-1]) if day not in kept] if series.skip_holidays else []
        off = "、".join(f"{labels.month_day(day)}（{holidays[day]}）" for day in skipped if day in holidays)
        return words + (self.tr("放假跳过：{days}。").format(days=off) if off else "")

    # -- doing

    def save(self) -> None:
        """Book it, change it, or begin the series."""
        values, times = self.form.read(), self.times.read()
        if values is None or times is None:
            return
        if times["day"] is None:
            self._show_error(Missing(field="day"))
            return
        if not values["provider_ids"]:
            self._show_error(Missing(field="provider_ids"))
            return
        reason = self.reason.fields["reason"].value()  # type: ignore[attr-defined]
        # Of a change the action itself tells whether it is another plan: notes alone want no reason.
        if self._wanted and not reason and not self._is_change:
            self.reason.complain(
                "reason", self.tr("有 {count} 处要留意，写一句为什么还是这样约。").format(count=len(self._wanted))
            )
            self.reason.fields["reason"].setFocus()
            return
        found = {**values, **times, "cadre_id": values["cadre_id"] or None}
        done = self._save(found, reason)
        if done is not None:
            self.booked.emit(done[0])
            self.accept()

    def _save(self, values: dict[str, Any], reason: str) -> tuple[Visit | None] | None:
        """Run the action that fits; None where a rule said no."""
        draft, perform, on_error = self._draft, self._session.perform, self._show_error
        call: dict[str, Any] = {"phone": draft.phone, "recall_id": draft.recall_id or None}
        if not self._is_change and values["interval"] != ONCE:
            try:
                series = self._series(values)
            except UserError as error:
                self._session.tell(error, on_error=on_error)
                return None
            if draft.is_call:
                begun = perform(begin_series_by_phone, series=series, reason=reason, on_error=on_error, **call)
            else:
                visit_id = draft.visit_id or None
                begun = perform(begin_series, series=series, reason=reason, visit_id=visit_id, on_error=on_error)
            return None if begun is None else (begun.result[1][0] if begun.result[1] else None,)
        names = ("services", "provider_ids", "cadre_id", "day", "starts", "minutes", "awaits_answer", "notes")
        plan = {name: values[name] for name in names}
        if self._is_change and self._visit is not None:
            if values.get("which") == "all" and self._visit.series_id:
                ahead = {name: values[name] for name in ("provider_ids", "cadre_id", "starts", "minutes")}
                series_id = self._visit.series_id
                turned = perform(change_series, series_id=series_id, reason=reason, on_error=on_error, **ahead)
                return None if turned is None else (self._visit,)
            try:
                plan["services"] = self._planned(values).services
            except UserError as error:
                self._session.tell(error, on_error=on_error)
                return None
            changed = perform(change_visit, visit_id=self._visit.id, reason=reason, on_error=on_error, **plan)
            return None if changed is None else (changed.result,)
        if draft.is_call:
            rung = perform(book_by_phone, elder_id=draft.elder_id, reason=reason, on_error=on_error, **plan, **call)
            return None if rung is None else (rung.result[0],)
        booked = perform(book_visit, elder_id=draft.elder_id, reason=reason, on_error=on_error, **plan)
        return None if booked is None else (booked.result,)

    def _show_error(self, error: UserError) -> bool:
        return any(form.show_error(error) for form in (self.form, self.times, self.reason))
