"""A field that finds an elder by card number, name or pinyin and puts them on the list."""

from PySide6.QtCore import Signal

from jiuliting_desk.actions.search import search
from jiuliting_desk.model.places import address_text
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.fields import TextField

MOST_NAMESAKES = 6


class AddField(TextField):
    """Enter adds the one who is meant; of several it asks which."""

    added = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(placeholder="", icon="user-plus")
        self.setPlaceholderText(self.tr("加人：卡号或姓名，Enter"))
        self.setAccessibleName(self.tr("从名单里加人"))
        self._session = session
        self.returnPressed.connect(self._on_enter)

    def _on_enter(self) -> None:
        text = self.text().strip()
        if not text:
            return
        hits = [hit for hit in search(self._session.store, text) if hit.kind == "elder"]
        if not hits:
            self._session.say(self.tr("名单里没有找到“{text}”。换卡号或电话尾号再试。").format(text=text), tone="warn")
            return
        exact = [hit for hit in hits if text in {hit.number, hit.name}]
        named = exact or hits
        if len(named) == 1:
            self._take(named[0].record_id)
            return
        choices = [
            Choice(
                str(hit.record_id),
                f"{hit.name} {hit.number}　{address_text(hit.compound, hit.building, hit.room, hit.unit)}",
            )
            for hit in named[:MOST_NAMESAKES]
        ]
        question = Question(
            title=self.tr("加哪一位？"),
            text=self.tr("有 {count} 位都像“{text}”。").format(count=len(named), text=text),
            choices=(*choices, Choice("", self.tr("先不加"))),
        )
        self._session.dialogs.ask(question, lambda key, _typed: self._take(int(key)) if key else None)

    def _take(self, elder_id: int) -> None:
        self.clear()
        self.added.emit(elder_id)
