"""What those sections have in common whose records stand in an order that people choose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtWidgets import QLayout

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.list_tools import ListTools
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable


class InOrder(Protocol):
    """A record that can be put out of use."""

    @property
    def id(self) -> int: ...
    @property
    def active(self) -> bool: ...


R = TypeVar("R", bound=InOrder)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListActions(Generic[R]):
    """The actions behind the buttons, and what they call the record they work on."""

    read: Callable[[], Sequence[R]]
    """All records in their order, those out of use too."""
    order: Callable[..., Any]
    use: Callable[..., Any]
    remove: Callable[..., Any]
    record: str
    """The parameter that takes the id is called so with ``_id``, the one that takes all of them with ``_ids``."""


class OrderedSection(Section, Generic[R]):
    """A list with buttons: add, change, use, remove, up and down.

    ``open_form`` gets the record to be changed, None for a new one.
    """

    def __init__(
        self,
        session: Session,
        *,
        title: str,
        purpose: str,
        add: str,
        columns: Sequence[Column[R]],
        actions: ListActions[R],
        open_form: Callable[[R | None], object],
        name_of: Callable[[R], str],
        still: Callable[[R], str] | None = None,
        empty_text: str = "",
        narrow: bool = True,
        above: QLayout | None = None,
    ) -> None:
        super().__init__(session)
        self.set_title(title, purpose)
        self._actions = actions
        self._add_words = add
        self._open_form = open_form
        self._name_of = name_of
        self._still = still
        """What a record out of use leaves behind, to be said with it."""
        self.tools = ListTools(
            add=(add, self.add),
            edit=self.edit,
            use=self.use,
            remove=self.remove,
            up=lambda: self.move_chosen(-1),
            down=lambda: self.move_chosen(1),
        )
        self.table = RecordTable[R](columns, multi=False, empty_text=empty_text)
        self.table.setSortingEnabled(False)
        self.table.setAccessibleName(title)
        self.table.setMinimumHeight(theme.px(300))
        if narrow:
            self.table.setMaximumWidth(theme.px(640))
        self.table.current_changed.connect(self.tools.show_chosen)
        self.table.opened.connect(lambda _one: self.edit())
        if above is not None:
            self.body.addLayout(above)
        self.body.addWidget(self.tools)
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read the list; the chosen record stays chosen."""
        self.table.set_rows(self._actions.read())
        if self.table.current() is None:
            self.table.choose_first()
        self.tools.show_chosen(self.table.current())

    def add(self) -> None:
        """A new record."""
        self._open_form(None)

    def edit(self) -> None:
        """Change the chosen record."""
        chosen = self.table.current()
        if chosen is not None:
            self._open_form(chosen)

    def move_chosen(self, step: int) -> None:
        """Put the chosen record one place up or down."""
        chosen = self.table.current()
        if chosen is None:
            return
        ids = [one.id for one in self.table.rows()]
        at = ids.index(chosen.id)
        to = at + step
        if 0 <= to < len(ids):
            ids[at], ids[to] = ids[to], ids[at]
            values: dict[str, Any] = {f"{self._actions.record}_ids": ids}
            self.session.perform(self._actions.order, **values)

    def use(self) -> None:
        """Put the chosen record out of use, or in use again."""
        chosen = self.table.current()
        if chosen is not None:
            values: dict[str, Any] = {f"{self._actions.record}_id": chosen.id, "active": not chosen.active}
            words = self.tr("已停用：{name}。") if chosen.active else self.tr("重新用：{name}。")
            said = words.format(name=self._name_of(chosen))
            if chosen.active and self._still is not None:
                said += self._still(chosen)
            self.session.perform(self._actions.use, said=said, **values)

    def remove(self) -> None:
        """Take the chosen record off the list; one that is needed is kept, and why is said."""
        chosen = self.table.current()
        if chosen is not None:
            values: dict[str, Any] = {f"{self._actions.record}_id": chosen.id}
            self.session.perform(self._actions.remove, **values)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+N adds, Ctrl and arrows order."""
        return (
            Key(keys="Ctrl+N", words=self._add_words, run=self.add),
            Key(keys="Ctrl+Up", words=self.tr("往上排"), run=lambda: self.move_chosen(-1), shown_as="Ctrl+↑"),
            Key(keys="Ctrl+Down", words=self.tr("往下排"), run=lambda: self.move_chosen(1), shown_as="Ctrl+↓"),
        )
