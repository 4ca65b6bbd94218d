"""The section 小区: names, other names, committee and place; two that are the same are merged."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from jiuliting_desk.actions import places
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import BadNumber, UserError
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store import usage
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.list_tools import ListTools, use_cell
from jiuliting_desk.ui.pages.settings.merging import MergeDialog
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.fields import ComboFacet, TextField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.layout import wrapping
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.widgets.words_field import WordsField


class CompoundSection(Section):
    """All compounds, found by name or alias, of one committee or of all."""

    watches: ClassVar = frozenset({Compound, ResidentsCommittee, Elder, Provider})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(
            self.tr("小区"),
            self.tr("名单里写法不同的同一个小区，合并成一个，住户跟着走，名字变成别名。有经纬度的才算得出有多远。"),
        )
        self._rows: list[Compound] = []
        self._people: dict[int, int] = {}
        self._committees: dict[int, str] = {}
        self.words = TextField(placeholder=self.tr("小区名或别名"), icon="list-filter")
        self.words.setFixedWidth(theme.px(180))
        self.words.textChanged.connect(self._show)
        self.committee = ComboFacet(self.tr("居委"))
        self.committee.edited.connect(self._show)
        self.count = label("", "sub")
        self.count.setMinimumHeight(theme.size("control"))
        self.merge_button = button(self.tr("合并到另一个"), self.merge, icon="merge")
        self.tools = ListTools(
            add=(self.tr("加小区"), self.add),
            edit=self.edit,
            use=self.use,
            remove=self.remove,
            more=(self.merge_button,),
        )
        self.table = RecordTable[Compound](self._columns(), multi=False, empty_text=self.tr("没有符合的小区。"))
        self.table.setAccessibleName(self.tr("小区"))
        self.table.setMinimumHeight(theme.px(300))
        self.table.current_changed.connect(self.tools.show_chosen)
        self.table.opened.connect(lambda _one: self.edit())
        self.body.addWidget(wrapping(self.words, self.committee, self.count))
        self.body.addWidget(self.tools)
        self.body.addWidget(self.table, 1)

    def _columns(self) -> list[Column[Compound]]:
        words = (self.tr("在用"), self.tr("已停用"))
        return [
            Column(
                key="name", title=self.tr("小区"), cell=lambda one: Cell(one.name, strong=True), width=150, stretch=1
            ),
            Column(key="aliases", title=self.tr("别名"), cell=lambda one: "、".join(one.aliases), width=170, stretch=2),
            Column(
                key="committee",
                title=self.tr("居委"),
                cell=lambda one: self._committees.get(one.committee_id or 0, "") or Cell("—", tone="ink3"),
                width=120,
                stretch=1,
            ),
            Column(key="place", title=self.tr("位置"), cell=self._place, width=100, give_up=1),
            Column(
                key="people",
                title=self.tr("人数"),
                cell=lambda one: str(self._people.get(one.id, 0)),
                sort=lambda one: self._people.get(one.id, 0),
                width=70,
                right=True,
            ),
            Column(key="active", title=self.tr("状态"), cell=lambda one: use_cell(one.active, words), width=96),
        ]

    def _place(self, compound: Compound) -> Cell:
        if compound.longitude is None:
            return Cell(self.tr("没填"), icon="map-pin-off", tone="ink3")
        return Cell(self.tr("有"), icon="map-pin", tone="ok", tip=f"{compound.longitude}, {compound.latitude}")

    # -- showing

    def refresh(self) -> None:
        """Read compounds and how many people live in each."""
        store = self.session.store
        self._people = usage.people_by(store, "compound_id")
        committees = store.all(ResidentsCommittee)
        self._committees = {found.id: found.name for found in committees}
        self.committee.set_choices([(found.id, found.name) for found in committees])
        self._rows = sorted(store.all(Compound, order="name"), key=lambda one: not one.active)
        self._show()

    def _show(self) -> None:
        words, committee_id = self.words.value(), self.committee.value()
        shown = [
            compound
            for compound in self._rows
            if (not words or any(words in name for name in (compound.name, *compound.aliases)))
            and committee_id in {None, compound.committee_id}
        ]
        self.table.set_rows(shown)
        self.count.setText(self.tr("{count} 个，一共 {total} 个").format(count=len(shown), total=len(self._rows)))
        if shown and self.table.current() is None:
            self.table.choose_first()
        self.tools.show_chosen(self.table.current())

    # -- doing

    def add(self) -> None:
        """A new compound, of the committee that is filtered."""
        self._open(Compound(name="", committee_id=self.committee.value()))

    def edit(self) -> None:
        """Change the chosen compound."""
        chosen = self.table.current()
        if chosen is not None:
            self._open(chosen)

    def _open(self, compound: Compound) -> None:
        form = Form(label_width=64)
        form.text("name", self.tr("名称"), required=True)
        form.add("aliases", self.tr("别名"), WordsField(), hint=self.tr("几个就用顿号隔开：东块、亭北一村。"))
        form.choice("committee_id", self.tr("居委"), [(None, self.tr("没填")), *self._committees.items()])
        hint = self.tr("从电子地图上抄，比如 121.2301。不知道就空着。")
        form.text("longitude", self.tr("经度"), placeholder="121.2301", hint=hint)
        form.text("latitude", self.tr("纬度"), placeholder="31.0402")
        form.notes("notes", self.tr("备注"), lines=2)
        form.set_values(
            name=compound.name,
            aliases=compound.aliases,
            committee_id=compound.committee_id,
            longitude=compound.longitude,
            latitude=compound.latitude,
            notes=compound.notes,
        )

        def store(values: dict[str, Any], on_error: Callable[[UserError], object]) -> Done[Compound] | None:
            try:
                for field, limit in (("longitude", 180), ("latitude", 90)):
                    values[field] = _degrees(values[field], field=field, limit=limit)
            except BadNumber as error:
                on_error(error)
                return None
            action = places.edit_compound if compound.id else places.add_compound
            return self.session.perform(action, compound=replace(compound, **values), on_error=on_error)

        title = self.tr("改小区：{name}").format(name=compound.name) if compound.id else self.tr("加小区")
        dialog = RecordDialog(self.session, title=title, form=form, store=store, parent=self.window())
        dialog.saved.connect(self.table.choose)
        self.session.dialogs.show(dialog)

    def merge(self) -> None:
        """The chosen compound is the same as another one."""
        chosen = self.table.current()
        if chosen is not None:
            others = [compound for compound in self._rows if compound.id != chosen.id]
            if not others:
                self.session.say(self.tr("只有一个小区，没有可合并的。"), tone="info")
                return
            dialog = MergeDialog(
                self.session, chosen, others, people=self._people.get(chosen.id, 0), parent=self.window()
            )
            dialog.merged.connect(self.table.choose)
            self.session.dialogs.show(dialog)

    def use(self) -> None:
        """Put the chosen compound out of use, or in use again."""
        chosen = self.table.current()
        if chosen is not None:
            self.session.perform(places.use_compound, compound_id=chosen.id, active=not chosen.active)

    def remove(self) -> None:
        """Remove the chosen compound; where people live there it offers to merge it."""
        chosen = self.table.current()
        if chosen is None:
            return
        count = self._people.get(chosen.id, 0)
        if not count:
            self.session.perform(places.remove_compound, compound_id=chosen.id)
            return
        question = Question(
            title=self.tr("{name} 里还有 {count} 个人").format(name=chosen.name, count=count),
            text=self.tr("要是和别的小区是同一个，可以合并过去；不用了，可以停用。"),
            choices=(
                Choice("back", self.tr("不删")),
                Choice("use", self.tr("停用这个小区")),
                Choice("merge", self.tr("合并到另一个"), "primary"),
            ),
            default="back",
            cancel="back",
            tone="warn",
        )

        def answered(key: str, _text: str) -> None:
            if key == "merge":
                self.merge()
            elif key == "use":
                self.session.perform(places.use_compound, compound_id=chosen.id, active=False)

        self.session.dialogs.ask(question, answered)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+N adds one."""
        return (Key(keys="Ctrl+N", words=self.tr("加小区"), run=self.add),)


def _degrees(text: str, *, field: str, limit: int) -> float | None:
    """A longitude or latitude as typed; None for "". Raises BadNumber."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise BadNumber(field=field, text=text, lowest=-limit, highest=limit) from None
