"""The tab 时长: what stands in a volunteer's record, visits and trainings, and the certificate of it."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions import trainings
from jiuliting_desk.actions.disclosures import reveal_provider_id_number
from jiuliting_desk.actions.provider_list import ProviderView
from jiuliting_desk.actions.settings import setting
from jiuliting_desk.actions.volunteer_papers import hours_certificate_of, hours_text, print_certificate
from jiuliting_desk.model.errors import Missing, UserError
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.trainings import TrainingSession
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.store import visits as queries
from jiuliting_desk.store.trainings import ProviderHours
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.ui import labels, theme, visit_words
from jiuliting_desk.ui.out_dialog import Deliver, OutDialog
from jiuliting_desk.ui.revealing import reveal
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.layout import STRETCH, column, replace_all, row
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.text import Elide, label

MOST = 60
"""Visits that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """One line of the record: a visit or a session."""

    key: str
    day: date
    line: Line
    ref: Ref


class HoursTab(QWidget):
    """This year's and all hours, then each visit and training, the latest first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._provider: Provider | None = None
        self._facts = QVBoxLayout()
        self.print_button = button(self.tr("印志愿服务记录证明"), self.certify, icon="award", kind="strong", size="s")
        self.list = LineList[_Done](lambda done: done.line, key=lambda done: done.key)
        self.list.setAccessibleName(self.tr("上门和培训"))
        self.list.opened.connect(self._open)
        upper = column(self._facts, row(self.print_button, STRETCH), margins=(0, 16), gap=10)
        layout = column(upper, self.list, margins=(12, 0, 0, 0), gap=10)
        layout.setStretchFactor(self.list, 1)
        self.setLayout(layout)

    def show_view(self, view: ProviderView) -> None:
        """Show what a provider did."""
        if self.session.is_lent:
            return
        provider = self._provider = view.row.provider
        store, today = self.session.store, self.session.today()
        year = trainings.hours_of(store, provider_id=provider.id, first=today.replace(month=1, day=1), last=today)
        total = trainings.hours_of(store, provider_id=provider.id, last=today)
        facts = Facts(label_width=72)
        facts.add(self.tr("今年上门"), self._visits_told(year))
        facts.add(self.tr("今年培训"), self._trainings_told(year))
        words = self.tr("{hours} 小时，上门 {visits} 次，培训 {trainings} 次")
        hours = hours_text(total.minutes)
        facts.add(self.tr("一共"), words.format(hours=hours, visits=total.visits, trainings=total.trainings))
        services = trainings.services_of(store, provider_id=provider.id, last=today)
        told = "、".join(self.tr("{what} {count} 次").format(what=one.category, count=one.visits) for one in services)
        facts.add(self.tr("做过"), Elide(told or self.tr("还没有上门")))
        # The list below would squeeze it: its lines are all one row of text.
        facts.setMinimumHeight(theme.px(120))
        replace_all(self._facts, [facts])
        self.list.set_rows(sorted(self._done(provider, today), key=lambda one: one.day, reverse=True))
        self.print_button.setEnabled(bool(total.visits or total.trainings))
        self.print_button.setToolTip("" if total.visits or total.trainings else self.tr("还没有可以证明的时长"))

    def _visits_told(self, hours: ProviderHours) -> str:
        words = self.tr("{visits} 次、{hours} 小时，{elders} 位老人")
        return words.format(visits=hours.visits, hours=hours_text(hours.visit_minutes), elders=hours.elders)

    def _trainings_told(self, hours: ProviderHours) -> str:
        words = self.tr("{count} 次、{hours} 小时")
        return words.format(count=hours.trainings, hours=hours_text(hours.training_minutes))

    def _done(self, provider: Provider, today: date) -> list[_Done]:
        store = self.session.store
        visits = [
            visit
            for visit in queries.of_provider(store, provider.id, limit=MOST)
            if visit.state is VisitState.DONE and provider.id in visit.present_ids
        ]
        found = [
            _Done(
                key=f"visit {line.visit.id}",
                day=line.visit.day,
                line=Line(
                    title=f"{line.name}　{visit_words.services(line)}",
                    icon="circle-check",
                    icon_tone="ok",
                    second=labels.day(line.visit.day, today=today),
                    right=self.tr("{minutes} 分钟").format(minutes=line.visit.on_site_minutes),
                ),
                ref=Ref(Visit, line.visit.id),
            )
            for line in lines(store, visits)
        ]
        found += [
            _Done(
                key=f"training {one.session.id}",
                day=one.session.day,
                line=Line(
                    title=one.session.topic,
                    icon="graduation-cap",
                    second=f"{labels.day(one.session.day, today=today)}　{labels.label(one.session.kind)}",
                    right=self.tr("{minutes} 分钟").format(minutes=one.minutes),
                ),
                ref=Ref(TrainingSession, one.session.id),
            )
            for one in trainings.trainings_of(store, provider_id=provider.id, last=today)
        ]
        return found

    def _open(self, done: _Done) -> None:
        self.session.goto("visits" if done.ref.record_class is Visit else "trainings", done.ref)

    def certify(self) -> None:
        """Ask what is to stand on the certificate."""
        if self._provider is not None:
            self.session.dialogs.show(CertificateOfHoursDialog(self.session, self._provider))


class CertificateOfHoursDialog(OutDialog):
    """The days, what it is for, commendation and evaluation; the identity number is masked unless asked for."""

    def __init__(self, session: Session, provider: Provider) -> None:
        super().__init__(session, "")
        self.setWindowTitle(self.tr("志愿服务记录证明：{name}").format(name=provider.name))
        self._provider = provider
        today = session.today()
        form = self.form
        form.date("first", self.tr("从哪天"), today=today, required=True)
        form.date("last", self.tr("到哪天"), today=today, required=True)
        form.text("purpose", self.tr("用来做什么"), placeholder=self.tr("例如：入团、评优、退休志愿者登记"))
        form.notes("awards", self.tr("表彰奖励"), lines=2, hint=self.tr("一行一条，没有就空着。"))
        form.notes("evaluation", self.tr("服务评价"), lines=2)
        form.check("full", self.tr("证件号印完整的（会记下谁印的）"))
        form.set_values(
            first=provider.joined_on or date(today.year, 1, 1), last=today, purpose="", awards="", evaluation="",
            full=False,
        )  # fmt: skip
        form.show_row("full", bool(provider.id_number))
        self._told = label("", "strong", wrap=True)
        self.body.addWidget(self._told)
        self.add_out()
        form.edited.connect(lambda _name: self._show())
        self._show()
        form.fields["purpose"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """How much there is to certify."""
        first, last = (self.form.fields[name] for name in ("first", "last"))
        try:
            days = {"first": first.value(), "last": last.value()}  # type: ignore[attr-defined]
        except UserError:
            return
        hours = trainings.hours_of(self.session.store, provider_id=self._provider.id, **days)
        words = self.tr("这段时间：上门 {visits} 次、{hours} 小时；培训 {trainings} 次、{training_hours} 小时。")
        self._told.setText(
            words.format(
                visits=hours.visits,
                hours=hours_text(hours.visit_minutes),
                trainings=hours.trainings,
                training_hours=hours_text(hours.training_minutes),
            )
        )

    def _to_office(self) -> None:
        self.reject()
        self.session.goto("settings", None, "office")

    def file_name(self) -> str:
        """志愿服务记录证明 顾海宁 2026-03-18.pdf."""
        words = self.tr("志愿服务记录证明 {name} {day}.pdf")
        return words.format(name=self._provider.name, day=self.session.today().isoformat())

    def deliver(self, target: str, deliver: Deliver) -> None:
        """Make it and close; a number in full is noted before it is used."""
        values = self.form.read()
        if values is None:
            return
        for name in ("first", "last"):
            if values[name] is None:
                self.form.show_error(Missing(field=name))
                return
        if not setting(self.session.store, "office_name"):
            self.session.say(
                self.tr("证明上要印单位名称，现在还空着。"),
                tone="warn",
                action=self.tr("去填单位名称"),
                run=self._to_office,
            )
            return
        number = ""
        if values["full"]:
            why = self.tr("印志愿服务记录证明")
            number = reveal(self.session, reveal_provider_id_number, provider_id=self._provider.id, why=why) or ""
            if not number:
                return
        try:
            certificate = hours_certificate_of(
                self.session.store,
                provider_id=self._provider.id,
                first=values["first"],
                last=values["last"],
                today=self.session.today(),
                id_number=number,
                purpose=values["purpose"],
                awards=values["awards"].splitlines(),
                evaluation=values["evaluation"],
            )
        except UserError as error:
            self.session.tell(error, on_error=self.form.show_error)
            return
        job = self.session.perform_in_job(
            print_certificate,
            title=self.tr("印志愿服务记录证明"),
            certificate=certificate,
            provider_id=self._provider.id,
            target=target,
            deliver=deliver,
        )
        if job is not None:
            self.accept()
