"""Pausing and stopping a provider: what they hold is shown before, and handled in the same step."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions import provider_list, providers
from jiuliting_desk.actions.provider_list import ProviderRow
from jiuliting_desk.actions.stand_ins import Uncovered, uncovered_by
from jiuliting_desk.actions.withdrawals import planned_visits
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.needs import NeedState
from jiuliting_desk.model.providers import ProviderState
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.lost_visits import tell_elders, visit_words
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
        planned = planned_visits(session.store, provider_id=row.provider.id, today=session.today())
        self.planned = lines(session.store, planned)
        """Where they are to go from today on."""
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

    def visit_words(self, line: VisitLine) -> str:
        """Day, time, elder and service of a planned visit."""
        return visit_words(line, today=self.session.today(), leaver=self.row.provider.name)

    def cancelled(self) -> list[VisitLine]:
        """The visits that do not take place, as it stands: those where nobody else goes."""
        return [line for line in self.planned if self._alone(line)]

    @staticmethod
    def _alone(line: VisitLine) -> bool:
        return len(line.visit.provider_ids) == 1

    def _run(self, action: Callable[..., Any], *, said: str, after: str = "", **values: Any) -> None:
        told = tell_elders(self.cancelled())
        done = self.session.perform(
            action,
            provider_id=self.row.provider.id,
            on_error=self.show_error,
            said=f"{said.format(name=self.row.provider.name)}{told}{after}",
            **values,
        )
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
        if self.planned:
            self._heading(self.tr("约好的 {count} 次上门不去了").format(count=len(self.planned)))
            for visit in self.planned:
                self._line(self.visit_words(visit))
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
        if not (view.needs or self.planned or lasting or active):
            self._held.addWidget(label(self.tr("手上没有需求，也没有结对。"), "sub"))
        self._held.addWidget(label(self.tr("以前的记录都留着，以后还能恢复。"), "sub", wrap=True))
        self._held.addStretch(1)

    def _ended(self) -> list[int]:
        return [pairing_id for pairing_id, tick in self.bonds.items() if tick.isChecked()]

    def _tell(self) -> None:
        parts = [self.tr("停用")]
        if self.cancelled():
            parts.append(self.tr("取消 {count} 次上门").format(count=len(self.cancelled())))
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
                said=self.tr("已停用：{name}。"),
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
        self._until_field = self.form.date("until", self.tr("到哪天"), today=session.today(), hint=until_hint)
        self.visits: dict[int, CheckField] = {}
        self.cover = CheckField("")
        """Whether somebody is sought for cancelled visits of needs that stay theirs."""
        self.cover.setChecked(True)
        self._settled: set[int] = set()
        """Needs whose tick somebody set by hand."""
        self._fill()
        self.foot.addWidget(button(self.tr("不暂停"), self.reject, size="l"))
        self.foot.addStretch(1)
        self.pause_button = button("", self.pause, kind="primary", icon="circle-pause", size="l")
        self.confirm_with(self.pause_button)
        self.foot.addWidget(self.pause_button)
        self._until_field.edited.connect(self._on_until)
        self._tell()

    def _fill(self) -> None:
        if self.view.needs:
            self._heading(self.tr("打勾的需求放开，变回“待安排”"))
            for need in self.view.needs:
                tick = self._tick(self.need_words(need), ticked=True, on_change=self._tell)
                tick.edited.connect(lambda need_id=need.need.id: self._settled.add(need_id))
                self.needs[need.need.id] = tick
        if self.planned:
            self._visits_heading = label("", "h3")
            self._held.addWidget(self._visits_heading)
            for line in self.planned:
                self.visits[line.visit.id] = self._tick(self.visit_words(line), ticked=True, on_change=self._tell)
            self._cover_heading = label(self.tr("那几天谁去"), "h3")
            self._held.addWidget(self._cover_heading)
            self.cover.edited.connect(self._tell)
            self._held.addWidget(self.cover)
        lasting = self.lasting()
        if lasting:
            self._heading(self.tr("打勾的结对结束，别的回来以后接着做"))
            for bond in lasting:
                self.bonds[bond.pairing.id] = self._tick(self.bond_words(bond), ticked=False, on_change=self._tell)
        if not (self.view.needs or self.planned or lasting):
            self._held.addWidget(label(self.tr("手上没有需求，也没有约好的上门和结对。"), "sub"))
        self._held.addStretch(1)

    def _until(self) -> date | None:
        try:
            until = self._until_field.value()
        except UserError:
            # It is said at the field when it is saved.
            return None
        return until

    def _on_until(self) -> None:
        """Needs that are booked for after the return stay, unless somebody ticked or unticked them."""
        until = self._until()
        after = {
            need_id
            for line in self.planned
            if until is not None and line.visit.day >= until
            for need_id in line.visit.need_ids
        }
        for held in self.view.needs:
            if held.need.state is NeedState.BOOKED and held.need.id not in self._settled:
                self.needs[held.need.id].setChecked(held.need.id not in after)
        self._tell()

    def _ticked(self, ticks: dict[int, CheckField]) -> list[int]:
        return [record_id for record_id, tick in ticks.items() if tick.isChecked()]

    def _left(self) -> list[VisitLine]:
        """Where they will not go: what is ticked in the days of the pause, and all for needs that are given up."""
        until, given_up = self._until(), set(self._ticked(self.needs))
        return [
            line
            for line in self.planned
            if given_up.issuperset(line.visit.need_ids or (0,))
            or (self.visits[line.visit.id].isChecked() and (until is None or line.visit.day < until))
        ]

    def _uncovered(self) -> list[Uncovered]:
        """The cancelled visits that want somebody else, because their need stays with the one who pauses."""
        left = [line.visit.id for line in self._left()]
        given_up = self._ticked(self.needs)
        return uncovered_by(self.session.store, provider_id=self.row.provider.id, visit_ids=left, given_up=given_up)

    def cancelled(self) -> list[VisitLine]:
        """Those of them where nobody else goes, and those for needs that are given up."""
        given_up = set(self._ticked(self.needs))
        return [line for line in self._left() if self._alone(line) or given_up.issuperset(line.visit.need_ids or (0,))]

    def _tell(self) -> None:
        until, given_up, uncovered = self._until(), set(self._ticked(self.needs)), len(self._uncovered())
        for line in self.planned:
            tick = self.visits[line.visit.id]
            follows = given_up.issuperset(line.visit.need_ids or (0,))
            tick.setVisible(follows or until is None or line.visit.day < until)
            tick.setEnabled(not follows)
            tick.setToolTip(self.tr("需求放开了，这次上门也就取消。") if follows else "")
        if self.planned:
            words = self.tr("打勾的 {count} 次上门不去了，别的照去")
            self._visits_heading.setText(words.format(count=len(self._left())))
            self._cover_heading.setVisible(bool(uncovered))
            self.cover.setVisible(bool(uncovered))
            self.cover.setText(self.tr("取消的 {count} 次找别人代去，以后还是本人去").format(count=uncovered))
        parts = [self.tr("暂停")]
        if self.cancelled():
            parts.append(self.tr("取消 {count} 次上门").format(count=len(self.cancelled())))
        if given_up:
            parts.append(self.tr("放开 {count} 条需求").format(count=len(given_up)))
        if uncovered and self.cover.isChecked():
            parts.append(self.tr("找人代 {count} 次").format(count=uncovered))
        if self._ticked(self.bonds):
            parts.append(self.tr("结束 {count} 对").format(count=len(self._ticked(self.bonds))))
        self.pause_button.setText("，".join(parts))

    def pause(self) -> None:
        """Pause them with all that was chosen, in one step."""
        values = self.form.read()
        if values is None:
            return
        months = Counter(one.visit.day.month for one in self._uncovered() if self.cover.isChecked())
        told = self.tr("，").join(self.tr("{month} 月 {count} 次").format(month=m, count=n) for m, n in months.items())
        after = self.tr("要找人代去的在结对匹配里等着：{months}。").format(months=told) if told else ""
        self._run(
            providers.pause_provider,
            said=self.tr("已暂停：{name}。"),
            after=after,
            reason=values["reason"],
            until=values["until"],
            release_need_ids=self._ticked(self.needs),
            end_pairing_ids=self._ticked(self.bonds),
            leave_visit_ids=[line.visit.id for line in self._left()],
            stand_ins=self.cover.isChecked(),
        )
