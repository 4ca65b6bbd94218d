"""Taking a way out: what can be done here is done in one step, for the rest the record is opened where it is done."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from jiuliting_desk.actions import needs, pairings
from jiuliting_desk.actions.matching import Inputs
from jiuliting_desk.matching.changes import Change, ChangeKind
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.providers import Provider, Refusal
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.pages.matching.ways import Way, WayKind
from jiuliting_desk.ui.resuming import resume
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.half_days import half_day_words

EDITED: dict[ChangeKind, str] = {
    ChangeKind.TEACH: "skills",
    ChangeKind.WIDER_AREA: "area_committee_ids",
    ChangeKind.FARTHER: "max_metres",
    ChangeKind.MORE_MINUTES: "minutes_per_month",
    ChangeKind.MORE_VISITS: "visits_per_month",
}
"""Done in the provider's own form, at that field."""


class Taking(QObject):
    """Asks what must be asked, then does the first thing of a way."""

    def __init__(
        self,
        session: Session,
        parent: QObject,
        *,
        put_in: Callable[[int, int], object],
        propose_homes: Callable[[int], object],
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._put_in = put_in
        """Puts a need (first) and a provider into the plan by hand."""
        self._propose_homes = propose_homes
        """Shows the limit that holds for everybody, so many higher."""

    def take(self, inputs: Inputs, way: Way) -> None:
        """Do it, or go where it is done."""
        if way.kind is WayKind.LATER and way.month is not None:
            values = {"need_id": way.need_id, "provider_id": way.provider_id, "month": way.month}
            reason = self.tr("{now}排不进，排到 {month} 月").format(
                now=inputs.situation.month_name, month=way.month.month
            )
            self._perform(pairings.claim_need, reason=reason, **values)
        elif way.kind is WayKind.INSIST or way.cure is None or not way.cure.changes:
            self._put_in(way.need_id, way.provider_id)
        else:
            self._change(inputs, way, way.cure.changes[0])

    def _change(self, inputs: Inputs, way: Way, change: Change) -> None:
        kind = change.kind
        if kind is ChangeKind.RECRUIT:
            self.session.goto("providers", None, "new")
        elif kind is ChangeKind.CERTIFY:
            self.session.goto("providers", Ref(Provider, change.provider), "certificates")
        elif kind in EDITED:
            intent = f"edit.{EDITED[kind]}\n{self.asked_for(inputs, way, change)}"
            self.session.goto("providers", Ref(Provider, change.provider), intent)
        elif kind is ChangeKind.CATEGORY_FARTHER:
            self.session.goto("settings", Ref(ServiceCategory, change.category))
        elif kind is ChangeKind.MORE_HOMES:
            self._propose_homes(change.amount)
        elif kind is ChangeKind.RESUME:
            resume(self.session, change.provider)
        elif kind is ChangeKind.NOT_LASTING:
            values = {"need_id": way.need_id, "provider_id": change.provider, "month": inputs.month}
            self._perform(pairings.claim_need, **values)
        elif kind is ChangeKind.RELEASE:
            self._release(change)
        elif kind in {ChangeKind.ASK_ELDER, ChangeKind.ASK_PROVIDER}:
            self._ask_again(inputs, way, change)
        else:
            self._ask_elder(inputs, way, change)

    def asked_for(self, inputs: Inputs, way: Way, change: Change) -> str:
        """What is to be written into the form, and what for."""
        need, provider = inputs.needs[way.need_id], inputs.providers[change.provider]
        others = [] if way.cure is None else [other.text for other in way.cure.changes if other is not change]
        asks = self.tr("，再").join([change.text, *others])
        text = self.tr("{asks}，就排得进{elder}的{category}。").format(
            asks=asks, elder=need.elder, category=inputs.categories[need.category_id].name
        )
        monthly = {
            ChangeKind.MORE_VISITS: (provider.visits_per_month, self.tr("{count} 次")),
            ChangeKind.MORE_MINUTES: (provider.minutes_per_month, self.tr("{count} 分钟")),
        }
        limits = []
        for each in (change,) if way.cure is None else way.cure.changes:
            now, unit = monthly.get(each.kind, (None, ""))
            if now is not None:
                written = self.tr("现在 {now}，写 {wanted}就够")
                limits.append(written.format(now=unit.format(count=now), wanted=unit.format(count=now + each.amount)))
        if limits:
            text += self.tr("这里写的是每个月的上限，以后每个月都算数：{limits}。").format(
                limits=self.tr("；").join(limits)
            )
        return text

    def _perform(self, action: Callable[..., Any], **values: Any) -> None:
        self.session.perform(action, **values)

    def _ask(self, question: Question, go: Callable[[str], object]) -> None:
        self.session.dialogs.ask(question, lambda key, reason: go(reason) if key == "go" else None)

    def _ask_elder(self, inputs: Inputs, way: Way, change: Change) -> None:
        """What the elder would have to agree to; written down once they do."""
        need = inputs.needs[way.need_id]
        fields: dict[str, Any]
        if change.kind is ChangeKind.OTHER_HALF_DAY:
            more = [half_day for half_day in range(change.amount.bit_length()) if change.amount >> half_day & 1]
            fields = {"half_days": tuple(sorted({*need.half_days, *more}))}
            now = self.tr("现在写的是{old}").format(old=half_day_words(need.half_days))
            go = self.tr("老人同意，改时间")
        elif change.kind is ChangeKind.ANY_DIALECT:
            fields, now, go = {"wants_dialect": False}, self.tr("现在写的是要会说上海话"), self.tr("老人同意，改需求")
        elif need.wants_sex:
            fields, now, go = {"wants_sex": ""}, self.tr("现在写着要男的还是女的"), self.tr("老人同意，改需求")
        else:
            self.session.goto("elders", Ref(Elder, need.elder_id))
            return
        question = Question(
            title=self.tr("问问{elder}").format(elder=need.elder),
            text=self.tr("{ask}。{now}；老人答应了再改。").format(ask=change.text, now=now),
            choices=(Choice("", self.tr("不改")), Choice("go", go, "primary")),
            default="go",
        )
        self._ask(question, lambda _reason: self._perform(needs.edit_need, need_id=way.need_id, **fields))

    def _ask_again(self, inputs: Inputs, way: Way, change: Change) -> None:
        """A refusal is withdrawn once whoever said it says otherwise."""
        elder_id = inputs.needs[way.need_id].elder_id
        enterprise = inputs.providers[change.provider].enterprise_id
        by_elder = change.kind is ChangeKind.ASK_ELDER
        said = next(
            (
                found
                for found in self.session.store.where(Refusal, elder_id=elder_id, by_elder=by_elder)
                if found.provider_id in {change.provider, enterprise}
            ),
            None,
        )
        if said is None:
            return
        question = Question(
            title=change.text,
            text=self.tr("现在愿意了，就把当初的话划掉；历史里还看得到。"),
            lines=(said.reason,) if said.reason else (),
            choices=(Choice("", self.tr("不划掉")), Choice("go", self.tr("愿意了，划掉"), "primary")),
            default="go",
        )
        self._ask(question, lambda _reason: self._perform(pairings.withdraw_refusal, refusal_id=said.id))

    def _release(self, change: Change) -> None:
        question = Question(
            title=change.text,
            text=self.tr("这一条还没约好时间。放回去，那位老人就重新等人。"),
            choices=(Choice("", self.tr("不放回")), Choice("go", self.tr("放回 1 条"), "bad")),
            default="go",
            input_label=self.tr("原因"),
            input_required=True,
            tone="warn",
        )
        self._ask(question, lambda reason: self._perform(pairings.release_claim, need_id=change.need, reason=reason))
