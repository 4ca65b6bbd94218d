"""The section 标签: the words that staff put on elders."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from jiuliting_desk.actions import tags
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store import usage
from jiuliting_desk.ui.pages.settings.list_tools import use_cell
from jiuliting_desk.ui.pages.settings.ordered import ListActions, OrderedSection
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.cells import Cell, Chip
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.rows_model import Column


class TagSection(OrderedSection[Tag]):
    """Tags in the order in which they are offered."""

    watches: ClassVar = frozenset({Tag, Elder})

    def __init__(self, session: Session) -> None:
        self._counts: dict[str, int] = {}
        use = (self.tr("在用"), self.tr("已停用"))
        super().__init__(
            session,
            title=self.tr("标签"),
            purpose=self.tr("改了名字，贴着它的老人一起改。“一个字”是名单窄的时候显示的。"),
            add=self.tr("加标签"),
            columns=[
                Column(
                    key="name",
                    title=self.tr("标签"),
                    cell=lambda one: Cell(chips=(Chip(one.name),)),
                    width=160,
                    stretch=1,
                ),
                Column(key="short", title=self.tr("一个字"), cell=lambda one: one.short, width=80),
                Column(key="count", title=self.tr("老人"), cell=self._count, width=90, right=True),
                Column(key="active", title=self.tr("状态"), cell=lambda one: use_cell(one.active, use), width=110),
            ],
            actions=ListActions(
                read=lambda: tags.tags_in_order(session.store, with_unused=True),
                order=tags.order_tags,
                use=tags.use_tag,
                remove=tags.remove_tag,
                record="tag",
            ),
            open_form=self._open,
            name_of=lambda one: one.name,
        )

    def _count(self, tag: Tag) -> str:
        return self.tr("{count} 位").format(count=self._counts.get(tag.name, 0))

    def refresh(self) -> None:
        """Read the tags and how many elders carry each."""
        self._counts = usage.elders_by_tag(self.session.store)
        super().refresh()

    def _open(self, chosen: Tag | None) -> None:
        tag = chosen or Tag(name="")
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
