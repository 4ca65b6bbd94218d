"""What becomes of a printed card: given to the elder, lost, or void."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from jiuliting_desk.actions.cards import card_of, hand_over_card, report_card_lost, void_card
from jiuliting_desk.model.cards import CardState, ServiceCard
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.session import Ref, Session


class CardLife(QObject):
    """Asks before a number stops counting; each step can be undone."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def add_to(self, menu: QMenu, elder: Elder) -> None:
        """What can be done with the elder's card, where one counts."""
        card = card_of(self._session.store, elder.id)
        if card is None or card.state is CardState.MADE:
            return
        menu.addSeparator()
        if card.state is CardState.ISSUED:
            menu.addAction(self.tr("卡交到老人手里了"), lambda: self.ask_to_whom(elder, card))
        menu.addAction(self.tr("卡丢了"), lambda: self.ask_lost(elder, card))
        menu.addAction(self.tr("作废这张卡"), lambda: self.ask_void(elder, card))

    def ask_to_whom(self, elder: Elder, card: ServiceCard) -> None:
        """Who took the card."""

        def answered(key: str, to: str) -> None:
            if key == "hand":
                self._session.perform(hand_over_card, card_id=card.id, to=to)

        self._session.dialogs.ask(
            Question(
                title=self.tr("{name} 的卡 {number} 交给谁了？").format(name=elder.name, number=card.number),
                text=self.tr("会记下今天的日期和经手的人。"),
                choices=(
                    Choice("back", self.tr("还没交")),
                    Choice("hand", self.tr("记下交卡"), "primary"),
                ),
                default="hand",
                cancel="back",
                input_label=self.tr("谁收的"),
                input_text=self.tr("本人"),
                input_required=True,
            ),
            answered,
        )

    def ask_lost(self, elder: Elder, card: ServiceCard) -> None:
        """Whether the card is really gone; a new one can be printed at once."""

        def answered(key: str, _text: str) -> None:
            if key == "back":
                return
            done = self._session.perform(report_card_lost, card_id=card.id)
            if done is not None and key == "reprint":
                self._session.goto("cards", Ref(Elder, elder.id), "print")

        self._session.dialogs.ask(
            Question(
                title=self.tr("{name} 的卡 {number} 丢了？").format(name=elder.name, number=card.number),
                text=self.tr("报失以后这个号就作废，捡到的人拿来也查不到人。补的卡用新号。"),
                choices=(
                    Choice("back", self.tr("不报失")),
                    Choice("lost", self.tr("只报失 {number}").format(number=card.number), "bad"),
                    Choice("reprint", self.tr("报失，去补印"), "bad", "printer"),
                ),
                default="back",
                cancel="back",
                tone="warn",
            ),
            answered,
        )

    def ask_void(self, elder: Elder, card: ServiceCard) -> None:
        """Why the card counts no more."""

        def answered(key: str, reason: str) -> None:
            if key == "void":
                self._session.perform(void_card, card_id=card.id, reason=reason)

        self._session.dialogs.ask(
            Question(
                title=self.tr("作废 {name} 的卡 {number}？").format(name=elder.name, number=card.number),
                text=self.tr("作废以后这个号不能再用，老人要有卡就得补印。"),
                choices=(
                    Choice("back", self.tr("不作废")),
                    Choice("void", self.tr("作废 {number}").format(number=card.number), "bad", "ban"),
                ),
                default="back",
                cancel="back",
                tone="bad",
                input_label=self.tr("为什么作废"),
                input_required=True,
            ),
            answered,
        )
