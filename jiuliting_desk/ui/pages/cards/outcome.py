"""都印好了吗？ Only the answer makes cards count."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from jiuliting_desk.actions.cards import confirm_cards
from jiuliting_desk.model.cards import PrintBatch, PrintState, ServiceCard
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.dialog import WindowDialog
from jiuliting_desk.ui.widgets.fields import CheckField
from jiuliting_desk.ui.widgets.layout import column, scrolled
from jiuliting_desk.ui.widgets.text import label

translate = QCoreApplication.translate

OnSettled = Callable[[PrintBatch], object]


def ask(session: Session, batch: PrintBatch, *, on_settled: OnSettled) -> None:
    """Ask how a batch came out and keep the answer; later is an answer too."""
    if batch.state is not PrintState.SENT:
        session.say(translate("cards", "这一批已经说过印得怎样了。"), tone="info")
        return

    def settle(spoilt: tuple[int, ...]) -> None:
        done = session.perform(confirm_cards, batch_id=batch.id, spoilt_ids=spoilt)
        if done is not None:
            on_settled(done.result)

    def answered(key: str, _typed: str) -> None:
        if key == "good":
            settle(())
        elif key == "some":
            session.dialogs.show(SpoiltDialog(session, batch, settle))

    session.dialogs.ask(
        Question(
            title=translate("cards", "都印好了吗？"),
            text=translate("cards", "这一批有 {count} 张卡。说了“都好”，这些卡才算发出。").format(
                count=len(batch.item_ids)
            ),
            choices=(
                Choice("good", translate("cards", "都好"), "primary", "circle-check"),
                Choice("some", translate("cards", "有几张坏了")),
                Choice("later", translate("cards", "以后再说")),
            ),
            cancel="later",
        ),
        answered,
    )


class SpoiltDialog(WindowDialog):
    """Which cards are spoilt; they wait to be printed again under the same number."""

    def __init__(self, session: Session, batch: PrintBatch, settle: Callable[[tuple[int, ...]], object]) -> None:
        super().__init__(self.tr("哪几张坏了？"), parent=session.dialogs.window)
        self._settle = settle
        cards = session.store.get_many(ServiceCard, batch.item_ids)
        elders = session.store.get_many(Elder, {card.elder_id for card in cards.values()})
        self.ticks: dict[int, CheckField] = {}
        for card_id in batch.item_ids:
            if card_id in cards:
                card = cards[card_id]
                self.ticks[card_id] = CheckField(f"{elders[card.elder_id].name}　{card.number}")
        self.body.addWidget(label(self.tr("勾上印坏的，它们会留在名单里重印，卡号不变。"), wrap=True))
        listed = QWidget()
        listed.setLayout(column(*self.ticks.values(), gap=6))
        self.body.addWidget(scrolled(listed))
        self.foot.addStretch(1)
        self.foot.addWidget(button(self.tr("回去"), self.reject))
        self.foot.addWidget(button(self.tr("记下这几张坏了"), self.save, kind="primary"))

    def save(self) -> None:
        """Keep which are spoilt."""
        spoilt = tuple(card_id for card_id, tick in self.ticks.items() if tick.value())
        self.accept()
        self._settle(spoilt)
