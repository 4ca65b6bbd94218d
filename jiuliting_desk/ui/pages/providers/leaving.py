"""Pausing and stopping a provider: what they hold is shown before, and handled in the same step."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions import provider_list, providers
from jiuliting_desk.actions.provider_list import ProviderRow
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.providers import ProviderState
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import CheckField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import scrolled
from jiuliting_desk.ui.widgets.text import label

translate = QCoreApplication.translate


class _LeavingDialog(WindowDialog):
    """A reason, and what the provider holds with a tick box for each."""

    def __init__(self, session: Session, row: ProviderRow, *, title: str, parent: QWidget | None) -> None:
        super().__init__(title, width=560, parent=parent)
        self.session = session
        self.row = row
        self.view = provider_list.provider_view(session.store, row=row)
        self.form = Form(label_width=72)
        self.body.addWidget(label(title, "h2"))
        self.body.addWidget(self.form)
        self.needs: dict[int, CheckField] = {}
        self.bonds: dict[int, CheckField] = {}
        self._held = QVBoxLayout()
        self._held.setSpacing(theme.px(6))
        held = QWidget()
        held.setLayout(self._held)
        self._area = scrolled(held)
        self._area.setMaximumHeight(theme.px(260))
        self.body.addWidget(self._area)

    def _heading(self, words: str) -> None:
        self._held.addWidget(label(words, "h3"))

    def _tick(self, words: str, *, ticked: bool, on_change: Callable[[], object]) -> CheckField:
        made = CheckField(words)
        made.setChecked(ticked)
        made.edited.connect(on_change)
        self._held.addWidget(made)
        return made

    def _line(self, words: str) -> None:
        self._held.addWidget(label(f"· {words}", wrap=True))

    def need_words(self, line: provider_list.NeedLine) -> str:
        """高莲英　理发（已认领）."""
        return self.tr("{elder}　{category}（{state}）").format(
            elder=line.elder, category=line.category, state=labels.label(line.need.state)
        )

    def bond_words(self, line: provider_list.BondLine) -> str:
        """高莲英　理发，2025年11月6日起."""
        return self.tr("{elder}　{category}，{day}起").format(
            elder=line.elder,
            category=line.category or self.tr("各项"),
            day=labels.day(line.pairing.started_on),
        )

    def lasting(self) -> list[provider_list.BondLine]:
        """The bonds that last."""
        return [line for line in self.view.bonds if line.pairing.is_active]

    def _run(self, action: Callable[..., Any], **values: Any) -> None:
        done = self.session.perform(action, provider_id=self.row.provider.id, on_error=self.show_error, **values)
        if done is not None:
            self.accept()

    def show_error(self, error: UserError) -> bool:
        """Say a rule's no at its field."""
        return self.form.show_error(error)


class StopDialog(_LeavingDialog):
    """停用: their needs are open again; bonds end unless their tick is taken away."""

    def __init__(self, session: Session, row: ProviderRow, *, parent: QWidget | None = None) -> None:
        title = translate("StopDialog", "停用 {name}").format(name=row.provider.name)
        super().__init__(session, row, title=title, parent=parent)
        self.form.text("reason", self.tr("原因"), required=True, placeholder=self.tr("搬走、身体原因、合同到期…"))
        self._members: CheckField | None = None
        self._fill()
        self.foot.addWidget(button(self.tr("不停用"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.stop_button = button("", self.stop, kind="bad", icon="ban", size="l")
        self.confirm_with(self.stop_button)
        self.foot.addWidget(self.stop_button)
        self._tell()

    def _fill(self) -> None:
        view = self.view
        if view.needs:
            self._heading(self.tr("手上的 {count} 条需求会变回“待安排”").format(count=len(view.needs)))
            for need in view.needs:
                self._line(self.need_words(need))
        lasting = self.lasting()
        if lasting:
            self._heading(self.tr("打勾的结对一起结束"))
            for bond in lasting:
                self.bonds[bond.pairing.id] = self._tick(self.bond_words(bond), ticked=True, on_change=self._tell)
        active = [member for member in view.members if member.state is not ProviderState.STOPPED]
        if active:
            self._heading(self.tr("单位的成员"))
            words = self.tr("{count} 位成员也一起停用").format(count=len(active))
            self._members = self._tick(words, ticked=False, on_change=self._tell)
        if not (view.needs or lasting or active):
            self._held.addWidget(label(self.tr("手上没有需求，也没有结对。"), "sub"))
        self._held.addWidget(label(self.tr("以前的记录都留着，以后还能恢复。"), "sub", wrap=True))
        self._held.addStretch(1)

    def _ended(self) -> list[int]:
        return [pairing_id for pairing_id, tick in self.bonds.items() if tick.isChecked()]

    def _tell(self) -> None:
        parts = [self.tr("停用")]
        if self.view.needs:
            parts.append(self.tr("放开 {count} 条需求").format(count=len(self.view.needs)))
        if self._ended():
            parts.append(self.tr("结束 {count} 对").format(count=len(self._ended())))
        self.stop_button.setText("，".join(parts))

    def stop(self) -> None:
        """Stop them with all that was chosen, in one step."""
        values = self.form.read()
        if values is not None:
            self._run(
                providers.stop_provider,
                reason=values["reason"],
                keep_pairing_ids=[pairing_id for pairing_id, tick in self.bonds.items() if not tick.isChecked()],
                stop_members=self._members is not None and self._members.isChecked(),
            )


class PauseDialog(_LeavingDialog):
    """暂停: for a while; what is ticked is given up, the rest stays with them."""

    def __init__(self, session: Session, row: ProviderRow, *, parent: QWidget | None = None) -> None:
        title = translate("PauseDialog", "暂停 {name}").format(name=row.provider.name)
        super().__init__(session, row, title=title, parent=parent)
        self.form.text("reason", self.tr("原因"), placeholder=self.tr("出门、生病、家里有事…"))
        until_hint = self.tr("到这一天自动恢复；不填就一直暂停，等您来恢复。")
        self.form.date("until", self.tr("到哪天"), today=session.today(), hint=until_hint)
        self._fill()
        self.foot.addWidget(button(self.tr("不暂停"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.pause_button = button("", self.pause, kind="primary", icon="circle-pause", size="l")
        self.confirm_with(self.pause_button)
        self.foot.addWidget(self.pause_button)
        self._tell()

    def _fill(self) -> None:
        if self.view.needs:
            self._heading(self.tr("打勾的需求放开，变回“待安排”"))
            for need in self.view.needs:
                self.needs[need.need.id] = self._tick(self.need_words(need), ticked=True, on_change=self._tell)
        lasting = self.lasting()
        if lasting:
            self._heading(self.tr("打勾的结对结束，别的回来以后接着做"))
            for bond in lasting:
                self.bonds[bond.pairing.id] = self._tick(self.bond_words(bond), ticked=False, on_change=self._tell)
        if not self.view.needs and not lasting:
            self._held.addWidget(label(self.tr("手上没有需求，也没有结对。"), "sub"))
        self._held.addStretch(1)

    def _ticked(self, ticks: dict[int, CheckField]) -> list[int]:
        return [record_id for record_id, tick in ticks.items() if tick.isChecked()]

    def _tell(self) -> None:
        parts = [self.tr("暂停")]
        if self._ticked(self.needs):
            parts.append(self.tr("放开 {count} 条需求").format(count=len(self._ticked(self.needs))))
        if self._ticked(self.bonds):
            parts.append(self.tr("结束 {count} 对").format(count=len(self._ticked(self.bonds))))
        self.pause_button.setText("，".join(parts))

    def pause(self) -> None:
        """Pause them with all that was chosen, in one step."""
        values = self.form.read()
        if values is None:
            return
        until: date | None = values["until"]
        self._run(
            providers.pause_provider,
            reason=values["reason"],
            until=until,
            release_need_ids=self._ticked(self.needs),
            end_pairing_ids=self._ticked(self.bonds),
        )
