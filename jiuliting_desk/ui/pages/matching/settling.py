"""Settling a need with a provider, for once or for good, with a reason where a rule says no; or lines of the plan."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from jiuliting_desk.actions import confirming, pairings
from jiuliting_desk.actions.confirming import Confirmation
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.model.errors import ReasonWanted, UserError
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store.matching_rows import WaitingNeed
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.pages.matching.candidates_side import Shown
from jiuliting_desk.ui.pages.matching.proposal_rows import ProposalRow
from jiuliting_desk.ui.session import Session


class Settling(QObject):
    """Asks what must be asked, then does it in one step."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session

    def settle(
        self, inputs: Inputs, need: WaitingNeed, shown: Shown, *, lasting: bool, planned: Sequence[Confirmation] = ()
    ) -> None:
        """The provider takes the need, and with ``lasting`` is paired with the elder.

        Where an enterprise would have fewer homes than it comes for, even with its ``planned`` lines, that is asked.
        """
        line = Confirmation(need_id=need.id, provider_id=shown.provider)
        few = confirming.too_few_homes(inputs, [line, *planned])
        go = partial(self._settle, inputs, need, shown, lasting=lasting)
        if few and shown.exclusion is None:
            self._ask_few_homes(few, self.tr("照样请{name}去").format(name=shown.name), go)
        else:
            go()

    def _settle(self, inputs: Inputs, need: WaitingNeed, shown: Shown, *, lasting: bool) -> None:
        values: dict[str, Any] = {"need_id": need.id, "provider_id": shown.provider, "month": inputs.month}
        bond = self._bond_with_another(need, shown.provider)
        if bond is not None:
            self._ask_how_long(bond, shown, values)
            return
        action = pairings.pair_and_claim if lasting else pairings.claim_need
        if lasting and inputs.is_paired(need, shown.provider):
            action = pairings.claim_need
        if shown.exclusion is not None:
            self._ask_reason(shown, action, values)
        else:
            self._perform(shown, action, values)

    def confirm(
        self,
        inputs: Inputs,
        wanted: Sequence[ProposalRow],
        *,
        marked: Callable[[], object],
        again: Callable[[], object],
    ) -> None:
        """Confirm lines in one step; where some no longer hold these are ``marked`` and nothing is written.

        Where an enterprise would have fewer homes than it comes for, that is asked before.
        """
        if not wanted:
            self.session.say(self.tr("先在方案里勾上要确认的。"), tone="info")
            return
        lines = [line.confirmation() for line in wanted]
        stale = confirming.overtaken(self.session.store, lines=lines, today=self.session.today(), month=inputs.month)
        few = [] if stale else confirming.too_few_homes(inputs, lines)
        if few:
            go = partial(self.session.perform, confirming.confirm_lines, lines=lines, month=inputs.month)
            self._ask_few_homes(few, self.tr("照样确认 {count} 条").format(count=len(lines)), go)
            return
        if not stale:
            self.session.perform(confirming.confirm_lines, lines=lines, month=inputs.month)
            return
        for line in wanted:
            line.stale = stale.get(line.need_id)
        marked()
        self.session.say(
            self.tr("{count} 条刚才有变动，要重排；还什么都没写。其余的再按一次确认。").format(count=len(stale)),
            tone="warn",
            action=self.tr("重新排一次"),
            run=again,
        )

    def _ask_few_homes(self, few: list[tuple[Provider, int]], go: str, run: Callable[[], object]) -> None:
        words = self.tr("{name}：要 {most} 户一起才来，现在只有 {count} 户")
        question = Question(
            title=self.tr("户数凑不满，照样定下？"),
            text=self.tr("凑满了户数再定，或者先问一声单位肯不肯来。"),
            lines=tuple(words.format(name=one.name, most=one.homes_at_once, count=homes) for one, homes in few),
            choices=(
                Choice("", self.tr("先不定")),
                Choice("go", go),
            ),
            default="",
            tone="warn",
        )

        def answered(key: str, _reason: str) -> None:
            if key == "go":
                run()

        self.session.dialogs.ask(question, answered)

    def _bond_with_another(self, need: WaitingNeed, provider_id: int) -> Pairing | None:
        bonds = self.session.store.where(Pairing, elder_id=need.elder_id, ended_on=None)
        fitting = [bond for bond in bonds if bond.category_id in {None, need.category_id}]
        if any(bond.provider_id == provider_id for bond in fitting):
            return None
        return next((bond for bond in fitting if bond.category_id == need.category_id), None)

    def _ask_how_long(self, bond: Pairing, shown: Shown, values: dict[str, Any]) -> None:
        now = self.session.store.get(Provider, bond.provider_id).name
        always = Choice("always", self.tr("以后都换"), "strong")
        question = Question(
            title=self.tr("这一家固定结对的是{name}").format(name=now),
            text=self.tr("要请{name}去。是只换这一次，还是以后都换？").format(name=shown.name),
            lines=self._against(shown),
            choices=(
                Choice("", self.tr("不换人")),
                Choice("once", self.tr("只换这一次")),
                always,
            ),
            default="once",
            input_label=self.tr("换人的原因（以后都换、或这位不合适时要写）"),
            tone="warn",
        )

        why = Question(
            title=self.tr("{now}为什么不再去？").format(now=now),
            text=self.tr("写一句原因，会一直留在记录里。"),
            choices=(Choice("", self.tr("不换人")), always),
            default="always",
            input_label=self.tr("换人的原因"),
            input_required=True,
            tone="warn",
        )

        def answered(key: str, reason: str) -> None:
            if key == "once":
                values["reason"] = reason
                self._perform(shown, pairings.claim_need, values)
            elif key == "always" and not reason.strip():
                self.session.dialogs.ask(why, answered)
            elif key == "always":
                more = {"pairing_id": bond.id, "end_reason": reason, "reason": reason}
                self._perform(shown, confirming.change_for_good, values | more)

        self.session.dialogs.ask(question, answered)

    def _against(self, shown: Shown) -> tuple[str, ...]:
        """What stands against somebody, in words: whoever changes a lasting pair for them is to know it too."""
        if shown.exclusion is None:
            return ()
        return tuple(self.tr("{name}：{why}").format(name=shown.name, why=text) for text in shown.exclusion.texts)

    def _ask_reason(self, shown: Shown, action: Any, values: dict[str, Any]) -> None:
        question = Question(
            title=self.tr("仍要请{name}去？").format(name=shown.name),
            text=self.tr("写一句原因，会一直留在记录里。"),
            lines=shown.exclusion.texts if shown.exclusion is not None else (),
            choices=(Choice("", self.tr("换别人")), Choice("go", self.tr("请{name}去").format(name=shown.name))),
            default="go",
            input_label=self.tr("原因"),
            input_required=True,
            tone="warn",
        )

        def answered(key: str, reason: str) -> None:
            if key == "go":
                self._perform(shown, action, values | {"reason": reason})

        self.session.dialogs.ask(question, answered)

    def _perform(self, shown: Shown, action: Any, values: dict[str, Any]) -> None:
        def on_error(error: UserError) -> bool:
            if isinstance(error, ReasonWanted) and not values.get("reason"):
                self._ask_reason(shown, action, values)
                return True
            return False

        self.session.perform(action, on_error=on_error, **values)
