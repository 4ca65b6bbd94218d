"""The section 标签: the words that staff put on elders."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from jiuliting_desk.actions import tags
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store import usage
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.list_tools import ListTools, use_cell
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.cells import Cell, Chip
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable


class TagSection(Section):
    """Tags in the order in which they are offered."""

    watches: ClassVar = frozenset({Tag, Elder})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(
            self.tr("标签"),
            self.tr("改了名字，贴着它的老人一起改。“一个字”是名单窄的时候显示的。"),
        )
        self._counts: dict[str, int] = {}
        self.tools = ListTools(
            add=(self.tr("加标签"), self.add),
            edit=self.edit,
            use=self.use,
            remove=self.remove,
            up=lambda: self.move_chosen(-1),
            down=lambda: self.move_chosen(1),
        )
        use = (self.tr("在用"), self.tr("已停用"))
        columns: list[Column[Tag]] = [
            Column(
                key="name", title=self.tr("标签"), cell=lambda one: Cell(chips=(Chip(one.name),)), width=160, stretch=1
            ),
            Column(key="short", title=self.tr("一个字"), cell=lambda one: one.short, width=80),
            Column(key="count", title=self.tr("老人"), cell=self._count, width=90, right=True),
            Column(key="active", title=self.tr("状态"), cell=lambda one: use_cell(one.active, use), width=110),
        ]
        self.table = RecordTable[Tag](columns, multi=False)
        self.table.setSortingEnabled(False)
        self.table.setAccessibleName(self.tr("标签"))
        self.table.setMinimumHeight(theme.px(300))
        self.table.setMaximumWidth(theme.px(640))
        self.table.current_changed.connect(self.tools.show_chosen)
        self.table.opened.connect(lambda _one: self.edit())
        self.body.addWidget(self.tools)
        self.body.addWidget(self.table, 1)

    def _count(self, tag: Tag) -> str:
        return self.tr("{count} 位").format(count=self._counts.get(tag.name, 0))

    def refresh(self) -> None:
        """Read the tags and how many elders carry each."""
        self._counts = usage.elders_by_tag(self.session.store)
        self.table.set_rows(tags.tags_in_order(self.session.store, with_unused=True))
        if self.table.current() is None:
            self.table.choose_first()
        self.tools.show_chosen(self.table.current())

    def add(self) -> None:
        """A new tag."""
        self._open(Tag(name=""))

    def edit(self) -> None:
        """Change the chosen tag."""
        chosen = self.table.current()
        if chosen is not None:
            self._open(chosen)

    def _open(self, tag: Tag) -> None:
        form = Form(label_width=64)
        count = self._counts.get(tag.name, 0)
        hint = self.tr("{count} 位老人会一起改。").format(count=count) if count else ""
        form.text("name", self.tr("标签"), required=True, hint=hint)
        form.text("short", self.tr("一个字"), hint=self.tr("空着就用第一个字。"))
        form.set_values(name=tag.name, short=tag.short)

        def store(values: dict[str, Any], on_error: Callable[[UserError], object]) -> Done[Tag] | None:
            action = tags.edit_tag if tag.id else tags.add_tag
            return self.session.perform(action, tag=replace(tag, **values), on_error=on_error)

        title = self.tr("改标签：{name}").format(name=tag.name) if tag.id else self.tr("加标签")
        dialog = RecordDialog(self.session, title=title, form=form, store=store, parent=self.window())
        dialog.saved.connect(self.table.choose)
        self.session.dialogs.show(dialog)

    def move_chosen(self, step: int) -> None:
        """Put the chosen tag one place up or down."""
        chosen = self.table.current()
        ids = [tag.id for tag in self.table.rows()]
        if chosen is None:
            return
        at = ids.index(chosen.id)
        to = at + step
        if 0 <= to < len(ids):
            ids[at], ids[to] = ids[to], ids[at]
            self.session.perform(tags.order_tags, tag_ids=ids)

    def use(self) -> None:
        """Put the chosen tag out of use, or in use again."""
        chosen = self.table.current()
        if chosen is not None:
            self.session.perform(tags.use_tag, tag_id=chosen.id, active=not chosen.active)

    def remove(self) -> None:
        """Remove the chosen tag; one that somebody carries is kept and said."""
        chosen = self.table.current()
        if chosen is not None:
            self.session.perform(tags.remove_tag, tag_id=chosen.id)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+N adds, Ctrl and arrows order."""
        return (
            Key(keys="Ctrl+N", words=self.tr("加标签"), run=self.add),
            Key(keys="Ctrl+Up", words=self.tr("往上排"), run=lambda: self.move_chosen(-1), shown_as="Ctrl+↑"),
            Key(keys="Ctrl+Down", words=self.tr("往下排"), run=lambda: self.move_chosen(1), shown_as="Ctrl+↓"),
        )
