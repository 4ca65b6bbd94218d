"""都印好了吗？ Only the answer makes cards and forms count."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.cards import confirm_cards
from jiuliting_desk.actions.form_prints import KIND, confirm_forms
from jiuliting_desk.model.cards import PrintBatch, PrintState, ServiceCard
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import FeedbackForm
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui.delivering import TO_PDF
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import CheckField
from jiuliting_desk.ui.widgets.layout import column, scrolled
from jiuliting_desk.ui.widgets.text import label

translate = QCoreApplication.translate

OnSettled = Callable[[PrintBatch], object]


def ask(session: Session, batch: PrintBatch, *, on_settled: OnSettled, made_now: bool = False) -> None:
    """Ask how a batch of cards or forms came out and keep the answer; later is an answer too.

    A PDF that was ``made_now`` lies on no paper yet: Enter then puts the answer off.
    """
    if batch.state is not PrintState.SENT:
        session.say(translate("prints", "这一批已经说过印得怎样了。"), tone="info")
        return
    is_forms = batch.kind == KIND
    action: Callable[..., PrintBatch] = confirm_forms if is_forms else confirm_cards

    def settle(spoilt: tuple[int, ...]) -> None:
        done: Any = session.perform(action, batch_id=batch.id, spoilt_ids=spoilt)
        if done is not None:
            on_settled(done.result)

    def answered(key: str, _typed: str) -> None:
        if key == "good":
            settle(())
        elif key == "some":
            session.dialogs.show(SpoiltDialog(session, batch, settle))

    cards = translate("prints", "这一批有 {count} 张卡。说了“都好”，这些卡才算发出。")
    forms = translate("prints", "这一批有 {count} 张反馈表。说了“都好”，这些表才算已发。")
    words = (forms if is_forms else cards).format(count=len(batch.item_ids))
    not_yet = made_now and batch.target == TO_PDF
    if not_yet:
        words = translate("prints", "PDF 存好了，还没印。印出来看过再说；在这一页随时可以回来说。") + words
    session.dialogs.ask(
        Question(
            title=translate("prints", "都印好了吗？"),
            text=words,
            choices=(
                Choice("later", translate("prints", "以后再说")),
                Choice("some", translate("prints", "有几张坏了")),
                Choice("good", translate("prints", "都好"), "primary", "circle-check"),
            ),
            default="later" if not_yet else "good",
            cancel="later",
        ),
        answered,
    )


def _names(store: Store, batch: PrintBatch) -> dict[int, str]:
    """Whose each card or form of a batch is, with its number; those removed meanwhile are left out."""
    if batch.kind == KIND:
        forms = store.get_many(FeedbackForm, batch.item_ids)
        visits = store.get_many(Visit, {form.visit_id for form in forms.values()})
        owners = {form_id: visits[form.visit_id].elder_id for form_id, form in forms.items()}
        numbers = {form_id: form.number for form_id, form in forms.items()}
    else:
        cards = store.get_many(ServiceCard, batch.item_ids)
        owners = {card_id: card.elder_id for card_id, card in cards.items()}
        numbers = {card_id: card.number for card_id, card in cards.items()}
    elders = store.get_many(Elder, set(owners.values()))
    return {one: f"{elders[owners[one]].name}　{numbers[one]}" for one in batch.item_ids if one in owners}


class SpoiltDialog(WindowDialog):
    """Which ones are spoilt; they wait to be printed again under the same number."""

    def __init__(self, session: Session, batch: PrintBatch, settle: Callable[[tuple[int, ...]], object]) -> None:
        super().__init__(self.tr("哪几张坏了？"), parent=session.dialogs.window)
        self._settle = settle
        self.ticks = {one: CheckField(words) for one, words in _names(session.store, batch).items()}
        self.body.addWidget(label(self.tr("勾上印坏的，留着重印，号码不变。"), wrap=True))
        listed = QWidget()
        listed.setLayout(column(*self.ticks.values(), gap=6))
        self.body.addWidget(scrolled(listed))
        self.foot.addStretch(1)
        self.foot.addWidget(button(self.tr("回去"), self.reject))
        save = button(self.tr("记下这几张坏了"), self.save, kind="primary")
        self.foot.addWidget(save)
        self.confirm_with(save)

    def save(self) -> None:
        """Keep which are spoilt."""
        spoilt = tuple(one for one, tick in self.ticks.items() if tick.value())
        self.accept()
        self._settle(spoilt)
