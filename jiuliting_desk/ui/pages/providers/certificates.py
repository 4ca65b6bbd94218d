"""The tab 证书: what the provider holds, until when, and what their enterprise holds for them."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions import certificates
from jiuliting_desk.actions.provider_list import CertificateStanding, ProviderView
from jiuliting_desk.actions.settings import number_setting
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.providers import Certificate, Provider
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.pages.providers import words
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import column, replace_all, wrapping
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.suggest_field import SuggestField
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label


class CertificatesTab(QWidget):
    """Add, renew, correct, remove."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._view: ProviderView | None = None
        self._latest: set[int] = set()
        self._own: set[int] = set()
        self._days = 0
        self.add_button = button(self.tr("加证书"), self.add, icon="plus", size="s")
        self.renew_button = button(self.tr("换新证书"), self.renew, icon="refresh-cw", size="s")
        self.edit_button = button(self.tr("改"), self.edit, icon="pencil", size="s")
        self.remove_button = button(self.tr("删掉"), self.remove, icon="trash-2", size="s")
        self._lacking = QVBoxLayout()
        columns: list[Column[Certificate]] = [
            Column(key="kind", title=self.tr("种类"), cell=self._kind, width=120, stretch=1),
            Column(
                key="expires", title=self.tr("到期"), cell=self._expires, width=112, sort=lambda one: one.expires_on
            ),
            Column(key="state", title=self.tr("状态"), cell=self._state, width=110, sortable=False),
        ]
        self.table = RecordTable[Certificate](columns, multi=False, empty_text=self.tr("还没有登记证书。"))
        self.table.setProperty("bleed", "panel")
        self.table.opened.connect(lambda _one: self.edit())
        self.table.current_changed.connect(lambda _one: self._tell())
        tools = wrapping(self.add_button, self.renew_button, self.edit_button, self.remove_button)
        layout = column(self._lacking, tools, self.table, margins=(12, 16, 0, 16), gap=10)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def show_view(self, view: ProviderView) -> None:
        """Show a provider's certificates, the enterprise's behind them."""
        self._view = view
        self._days = number_setting(self.session.store, "certificate_days")
        self._own = {held.id for held in view.certificates}
        latest = certificates.latest_of_each_kind([*view.certificates, *view.enterprise_certificates])
        self._latest = {held.id for held in latest}
        replace_all(self._lacking, [])
        if view.row.standing is CertificateStanding.LACKING:
            wanted = self.tr("、").join(
                self.tr("“{kind}”（{services}要）").format(kind=kind, services="、".join(names))
                for kind, names in self._lacking_kinds().items()
            )
            words = self.tr("还没有{wanted}。").format(wanted=wanted)
            self._lacking.addWidget(Banner("warn", self.tr("缺证书"), words))
        self.table.set_rows([*view.certificates, *view.enterprise_certificates])
        if self.table.current() is None:
            self.table.choose_first()
        self._tell()

    def _lacking_kinds(self) -> dict[str, list[str]]:
        if self._view is None:
            return {}
        held = (*self._view.certificates, *self._view.enterprise_certificates)
        return certificates.lacking_kinds(self.session.store, provider=self._view.row.provider, held=held)

    def _kind(self, held: Certificate) -> Cell:
        second = held.number if held.id in self._own else self.tr("单位的")
        return Cell(held.kind, second=second, tip=held.number)

    def _expires(self, held: Certificate) -> Cell:
        return Cell("—", tone="ink3") if held.expires_on is None else Cell(held.expires_on.isoformat())

    def _state(self, held: Certificate) -> Cell:
        today = self.session.today()
        return words.certificate_state(held, today, is_latest=held.id in self._latest, days=self._days)

    def _current(self) -> Certificate | None:
        """The chosen one, if it is the provider's own."""
        held = self.table.current()
        return held if held is not None and held.id in self._own else None

    def _tell(self) -> None:
        own = self._current() is not None
        for made in (self.renew_button, self.edit_button, self.remove_button):
            made.setEnabled(own)
            made.setToolTip("" if own else self.tr("先选一张本人的证书；单位的到单位那里改"))

    # -- doing

    def add(self) -> None:
        """A new certificate: of the kind that is lacking, until another is typed."""
        if self._view is not None:
            kind = next(iter(self._lacking_kinds()), "")
            self._open(Certificate(provider_id=self._view.row.provider.id, kind=kind), renews=False)

    def renew(self) -> None:
        """The next one of the same kind."""
        held = self._current()
        if held is not None:
            self._open(held, renews=True)

    def edit(self) -> None:
        """One typed wrongly."""
        held = self._current()
        if held is not None:
            self._open(held, renews=False)

    def remove(self) -> None:
        """One recorded by mistake; the bar offers to bring it back."""
        held = self._current()
        if held is not None:
            self.session.perform(certificates.remove_certificate, certificate_id=held.id)

    def _open(self, held: Certificate, *, renews: bool) -> None:
        dialog = CertificateDialog(self.session, held, renews=renews, parent=self.window())
        dialog.saved.connect(self.table.choose)
        self.session.dialogs.show(dialog)


class CertificateDialog(WindowDialog):
    """Kind, number and days of one certificate."""

    saved = Signal(int)
    """The id of the certificate that was stored."""

    def __init__(self, session: Session, held: Certificate, *, renews: bool, parent: QWidget | None = None) -> None:
        super().__init__("", width=460, parent=parent)
        self.session = session
        self.held = held
        self.renews = renews
        name = session.store.get(Provider, held.provider_id).name
        if renews:
            title = self.tr("换新证书：{name}　{kind}").format(name=name, kind=held.kind)
        elif held.id:
            title = self.tr("改证书：{name}").format(name=name)
        else:
            title = self.tr("加证书：{name}").format(name=name)
        self.setWindowTitle(title)
        today = session.today()
        self.form = Form(label_width=80)
        self._wanted = certificates.wanted_kinds(session.store)
        kind = SuggestField(certificates.known_kinds(session.store))
        self.form.add("kind", self.tr("种类"), kind, required=True, hint=self.tr("按 ↓ 看都有哪些。"))
        self.form.text("number", self.tr("证书号"))
        self.form.date("issued_on", self.tr("发证日期"), today=today)
        hint = self.tr("最后有效的那一天。") if renews else self.tr("最后有效的那一天；长期有效就不填。")
        self.form.date("expires_on", self.tr("到期"), today=today, required=renews, hint=hint)
        self.form.set_values(
            kind=held.kind,
            number=held.number,
            issued_on=None if renews else held.issued_on,
            expires_on=None if renews else held.expires_on,
        )
        kind.setEnabled(not renews)
        if renews and held.expires_on is not None:
            old = self.tr("原来那张到 {day}，会留着，标成“已换新”。").format(day=labels.day(held.expires_on))
            self.body.addWidget(Banner("info", old))
        self.body.addWidget(self.form)
        self.unknown = label("", "sub", tone="warn", wrap=True)
        self.body.addWidget(self.unknown)
        kind.textChanged.connect(self._on_kind)
        self._on_kind(held.kind)
        self.foot.addWidget(button(self.tr("不存"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.save_button = button(self.tr("存下证书"), self.save, kind="primary", size="l")
        self.confirm_with(self.save_button)
        self.foot.addWidget(self.save_button)
        first = "issued_on" if renews else "number" if held.kind and not held.id else "kind"
        self.form.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kind(self, text: str) -> None:
        """A kind that nobody wants is told of: it will not let anybody be sent."""
        is_new = bool(text.strip()) and text.strip() not in self._wanted
        words = self.tr("没有服务项目要“{kind}”，记下也派不了活。要的是：{kinds}。")
        self.unknown.setText(words.format(kind=text.strip(), kinds="、".join(self._wanted)) if is_new else "")
        self.unknown.setVisible(is_new and bool(self._wanted))

    def save(self) -> None:
        """Store it."""
        values = self.form.read()
        if values is None:
            return
        done = self._perform(values)
        if done is not None:
            self.saved.emit(done.result.id)
            self.accept()

    def _perform(self, values: dict[str, Any]) -> Done[Certificate] | None:
        perform = self.session.perform
        if self.renews:
            del values["kind"]
            return perform(
                certificates.renew_certificate, certificate_id=self.held.id, on_error=self.show_error, **values
            )
        if self.held.id:
            changed = Certificate(id=self.held.id, provider_id=self.held.provider_id, **values)
            return perform(certificates.edit_certificate, certificate=changed, on_error=self.show_error)
        return perform(
            certificates.add_certificate, provider_id=self.held.provider_id, on_error=self.show_error, **values
        )

    def show_error(self, error: UserError) -> bool:
        """Say a rule's no at its field."""
        return self.form.show_error(error)
