"""What the panel's menu asks for: questions before a step that takes an elder off the list or changes the consent."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from jiuliting_desk.actions.elders import change_elder_state, record_consent, withdraw_consent
from jiuliting_desk.actions.withdrawals import planned_at
from jiuliting_desk.model.elders import Elder, ElderState
from jiuliting_desk.model.errors import BadDate
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.ui import labels, messages
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.lost_visits import first_of, tell_helpers
from jiuliting_desk.ui.pages.elders.ending import what_ends
from jiuliting_desk.ui.pages.elders.merge_dialog import MergeDialog
from jiuliting_desk.ui.pages.elders.panel import ElderPanel
from jiuliting_desk.ui.pages.elders.privacy import Privacy
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.fields import read_date


class ElderQuestions(QObject):
    """Asks about the current elder, and does what was answered."""

    merged = Signal(int)
    """Another record became part of this one."""

    def __init__(self, session: Session, panel: ElderPanel, current: Callable[[], Elder | None]) -> None:
        super().__init__(panel)
        self._session = session
        self._current = current
        privacy = Privacy(session, self)
        for signal, ask in (
            (panel.consent_wanted, self.ask_consent),
            (panel.withdraw_wanted, self.ask_withdrawal),
            (panel.merge_wanted, self.merge),
            (panel.copy_wanted, privacy.give_copy),
            (panel.erasure_wanted, privacy.ask_erasure),
        ):
            signal.connect(partial(self._with_current, ask))
        panel.state_wanted.connect(lambda state: self._with_current(lambda elder: self.ask_state(elder, state)))

    def _with_current(self, ask: Callable[[Elder], object]) -> None:
        elder = self._current()
        if elder is not None:
            ask(elder)
        elif self._session.is_lent:
            self._session.say_busy()

    def merge(self, elder: Elder) -> None:
        """Show the record beside another one."""
        dialog = MergeDialog(self._session, elder, parent=self._session.dialogs.window)
        dialog.merged.connect(self.merged)
        self._session.dialogs.show(dialog)

    # -- state

    def ask_state(self, elder: Elder, state: ElderState) -> None:
        """Pause or take off the list with a reason; coming back needs no question."""
        if state is ElderState.ACTIVE:
            said = "" if elder.is_served else self._what_stays_ended(elder)
            self._session.perform(change_elder_state, elder_id=elder.id, state=state, reason="", said=said)
            return

        leaves = state is not ElderState.PAUSED
        planned = lines(
            self._session.store, planned_at(self._session.store, elder_id=elder.id, today=self._session.today())
        )

        def answered(key: str, reason: str) -> None:
            if key == "keep":
                return
            cancels = leaves or key == "cancel"
            told = tell_helpers(planned) if cancels else ""
            said = self.tr("{name}：{state}。{told}").format(name=elder.name, state=labels.label(state), told=told)
            self._session.perform(
                change_elder_state, elder_id=elder.id, state=state, reason=reason, cancel_visits=cancels, said=said
            )

        self._session.dialogs.ask(
            Question(
                title=self._title(elder, state),
                text=self._what_happens(state, planned),
                lines=what_ends(self._session, elder, planned) if leaves else self._what_stands(planned),
                choices=self._choices(elder, state, planned),
                default="keep",
                cancel="keep",
                tone="bad" if leaves else "info",
                input_label=self.tr("原因（记在历史里）"),
                input_text="" if state is ElderState.PAUSED else labels.label(state),
                input_required=True,
            ),
            answered,
        )

    def _what_stays_ended(self, elder: Elder) -> str:
        """Coming back brings back neither needs nor card: whoever forgets them forgets the elder."""
        ended = self._session.store.where(Need, elder_id=elder.id, state=NeedState.CLOSED)
        count = sum(need.close_reason == elder.state_reason for need in ended)
        words = self.tr("{name}：恢复服务。")
        if count:
            words += self.tr("离开时取消的 {count} 条需求还停着，要的在“需求”里点“重新要”；结对和卡要重新办。")
        return words.format(name=elder.name, count=count)

    def _title(self, elder: Elder, state: ElderState) -> str:
        return self.tr("{name}（卡号 {number}）：{state}？").format(
            name=elder.name, number=elder.number, state=labels.label(state)
        )

    def _choices(self, elder: Elder, state: ElderState, planned: list[VisitLine]) -> tuple[Choice, ...]:
        keep = Choice("keep", self._keep_words(state))
        if state is not ElderState.PAUSED:
            return keep, Choice("change", self._change_words(elder, state), "bad")
        if not planned:
            return keep, Choice("change", self._change_words(elder, state), "primary")
        cancel = self.tr("暂停，取消 {count} 次上门").format(count=len(planned))
        return keep, Choice("change", self.tr("暂停，约好的照去")), Choice("cancel", cancel, "primary")

    def _what_stands(self, planned: list[VisitLine]) -> tuple[str, ...]:
        """What is booked already when a pause begins."""
        if not planned:
            return ()
        words = self.tr("约好的上门：{visits}").format(visits=first_of(planned, today=self._session.today()))
        return words, self.tr("取消的话，定期上门也停，需求等恢复以后重新安排。")

    def _what_happens(self, state: ElderState, planned: list[VisitLine]) -> str:
        if state is ElderState.PAUSED:
            if planned:
                return self.tr("暂停以后不再安排新的上门，需求和结对都留着，随时可以恢复。已经约好的要不要去？")
            return self.tr("暂停以后不再安排上门，需求和结对都留着，随时可以恢复。")
        return self.tr("以后不再出现在要安排的名单里，服务过的次数照样算进统计。下面这些会一起结束：")

    def _keep_words(self, state: ElderState) -> str:
        return self.tr("不暂停") if state is ElderState.PAUSED else self.tr("不停用")

    def _change_words(self, elder: Elder, state: ElderState) -> str:
        words = self.tr("暂停 {name}") if state is ElderState.PAUSED else self.tr("停用 {name}")
        return words.format(name=elder.name)

    # -- consent

    def ask_consent(self, elder: Elder) -> None:
        """On which day the consent was signed."""
        today = self._session.today()

        def answered(key: str, text: str) -> None:
            if key != "record":
                return
            try:
                day = read_date(text, today=today) or today
            except BadDate as error:
                self._session.say(messages.sentence(error), tone="warn")
                return
            self._session.perform(record_consent, elder_id=elder.id, on=day)

        self._session.dialogs.ask(
            Question(
                title=self.tr("{name} 签了同意书").format(name=elder.name),
                text=self.tr("纸质的留在中心，这里记下哪天签的、谁收的。"),
                choices=(Choice("keep", self.tr("先不记")), Choice("record", self.tr("记下同意书"), "primary")),
                default="record",
                cancel="keep",
                input_label=self.tr("哪天签的"),
                input_text=today.isoformat(),
                input_required=True,
            ),
            answered,
        )

    def ask_withdrawal(self, elder: Elder) -> None:
        """Whether the consent really ends."""

        def answered(key: str, _text: str) -> None:
            if key == "withdraw":
                self._session.perform(withdraw_consent, elder_id=elder.id)

        self._session.dialogs.ask(
            Question(
                title=self.tr("{name} 撤回同意书？").format(name=elder.name),
                text=self.tr("从今天起算撤回，以前签过的日子留在记录里。资料要不要再用，请按老人的意思办。"),
                choices=(
                    Choice("keep", self.tr("不撤回")),
                    Choice("withdraw", self.tr("撤回 {name} 的同意书").format(name=elder.name), "bad"),
                ),
                default="keep",
                cancel="keep",
                tone="warn",
            ),
            answered,
        )
