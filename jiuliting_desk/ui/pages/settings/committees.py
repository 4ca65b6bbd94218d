"""The section 居委和干部: committees above, the chosen one's cadres below."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from jiuliting_desk.actions import places
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store import usage
from jiuliting_desk.store.visit_lines import VisitLine, lines
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.lost_visits import first_of
from jiuliting_desk.ui.page import Key
from jiuliting_desk.ui.pages.settings.list_tools import ListTools, use_cell
from jiuliting_desk.ui.pages.settings.section import Section
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import label
from jiuliting_desk.ui.widgets.words_field import WordsField

MOST_OFFERED = 3
"""Colleagues offered to take over."""


class CommitteeSection(Section):
    """Committees with other names and a phone; cadres who lead the volunteers in."""

    watches: ClassVar = frozenset({ResidentsCommittee, Cadre, Elder, Provider})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.set_title(
            self.tr("居委和干部"),
            self.tr("别名用来认名单里的不同写法，比如“亭北”“亭北居委会”。还有人在用的不能删，可以停用。"),
        )
        self._people: dict[int, int] = {}
        self._cadres: dict[int, list[Cadre]] = {}
        self.tools = ListTools(add=(self.tr("加居委"), self.add), edit=self.edit, use=self.use, remove=self.remove)
        self.table = RecordTable[ResidentsCommittee](self._columns(), multi=False, empty_text=self.tr("还没有居委。"))
        self.table.setAccessibleName(self.tr("居委"))
        self.table.current_changed.connect(lambda _one: self._show_cadres())
        self.table.opened.connect(lambda _one: self.edit())
        self.cadre_title = label("", "h3")
        self.cadre_tools = ListTools(
            add=(self.tr("加干部"), self.add_cadre),
            edit=self.edit_cadre,
            use=self.use_cadre,
            remove=self.remove_cadre,
        )
        self.cadres = RecordTable[Cadre](self._cadre_columns(), multi=False, empty_text=self.tr("这个居委还没有干部。"))
        self.cadres.setAccessibleName(self.tr("居委干部"))
        self.cadres.current_changed.connect(self.cadre_tools.show_chosen)
        self.cadres.opened.connect(lambda _one: self.edit_cadre())
        for table, height in ((self.table, 240), (self.cadres, 140)):
            table.setMinimumHeight(theme.px(height))
        self.body.addWidget(self.tools)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.cadre_title)
        self.body.addWidget(self.cadre_tools)
        self.body.addWidget(self.cadres, 2)

    def _columns(self) -> list[Column[ResidentsCommittee]]:
        words = (self.tr("在用"), self.tr("已停用"))
        return [
            Column(
                key="name", title=self.tr("居委"), cell=lambda one: Cell(one.name, strong=True), width=150, stretch=1
            ),
            Column(key="aliases", title=self.tr("别名"), cell=lambda one: "、".join(one.aliases), width=150, stretch=2),
            Column(key="phone", title=self.tr("电话"), cell=lambda one: one.phone, width=120),
            Column(key="cadres", title=self.tr("干部"), cell=self._cadre_names, width=140, stretch=1, give_up=1),
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

    def _cadre_columns(self) -> list[Column[Cadre]]:
        words = (self.tr("在岗"), self.tr("不在了"))
        return [
            Column(
                key="name", title=self.tr("姓名"), cell=lambda one: Cell(one.name, strong=True), width=120, stretch=1
            ),
            Column(key="phone", title=self.tr("电话"), cell=lambda one: one.phone, width=140),
            Column(key="notes", title=self.tr("备注"), cell=lambda one: one.notes, width=160, stretch=2),
            Column(key="active", title=self.tr("状态"), cell=lambda one: use_cell(one.active, words), width=96),
        ]

    def _cadre_names(self, committee: ResidentsCommittee) -> Cell | str:
        names = [cadre.name for cadre in self._cadres.get(committee.id, ()) if cadre.active]
        return "、".join(names) if names else Cell("—", tone="ink3")

    # -- showing

    def refresh(self) -> None:
        """Read committees, cadres and how many people each has."""
        store = self.session.store
        self._people = usage.people_by(store, "committee_id")
        self._cadres = {}
        for cadre in store.all(Cadre):
            self._cadres.setdefault(cadre.committee_id, []).append(cadre)
        self.table.set_rows(sorted(store.all(ResidentsCommittee), key=lambda one: (not one.active, one.id)))
        if self.table.current() is None:
            self.table.choose_first()
        self._show_cadres()

    def _show_cadres(self) -> None:
        committee = self.table.current()
        self.tools.show_chosen(committee)
        for widget in (self.cadre_title, self.cadre_tools, self.cadres):
            widget.setVisible(committee is not None)
        if committee is not None:
            self.cadre_title.setText(self.tr("{committee}的干部").format(committee=committee.name))
            self.cadres.set_rows(self._cadres.get(committee.id, []))
            if self.cadres.current() is None:
                self.cadres.choose_first()
            self.cadre_tools.show_chosen(self.cadres.current())

    # -- committees

    def add(self) -> None:
        """A new committee."""
        self._open(ResidentsCommittee(name=""))

    def edit(self) -> None:
        """Change the chosen committee."""
        chosen = self.table.current()
        if chosen is not None:
            self._open(chosen)

    def _open(self, committee: ResidentsCommittee) -> None:
        form = Form(label_width=64)
        form.text("name", self.tr("名称"), required=True)
        form.add("aliases", self.tr("别名"), WordsField(), hint=self.tr("几个就用顿号隔开。"))
        form.text("phone", self.tr("电话"))
        form.notes("notes", self.tr("备注"), lines=2)
        form.set_values(name=committee.name, aliases=committee.aliases, phone=committee.phone, notes=committee.notes)

        def store(values: dict[str, Any], on_error: Callable[[UserError], object]) -> Done[ResidentsCommittee] | None:
            action = places.edit_committee if committee.id else places.add_committee
            return self.session.perform(action, committee=replace(committee, **values), on_error=on_error)

        title = self.tr("改居委：{name}").format(name=committee.name) if committee.id else self.tr("加居委")
        dialog = RecordDialog(self.session, title=title, form=form, store=store, parent=self.window())
        dialog.saved.connect(self.table.choose)
        self.session.dialogs.show(dialog)

    def use(self) -> None:
        """Put the chosen committee out of use, or in use again."""
        chosen = self.table.current()
        if chosen is not None:
            self.session.perform(places.use_committee, committee_id=chosen.id, active=not chosen.active)

    def remove(self) -> None:
        """Remove the chosen committee; one in use is kept and said."""
        chosen = self.table.current()
        if chosen is not None:
            self.session.perform(places.remove_committee, committee_id=chosen.id)

    # -- cadres

    def add_cadre(self) -> None:
        """A new cadre of the chosen committee."""
        committee = self.table.current()
        if committee is not None:
            self._open_cadre(Cadre(committee_id=committee.id, name=""))

    def edit_cadre(self) -> None:
        """Change the chosen cadre."""
        chosen = self.cadres.current()
        if chosen is not None:
            self._open_cadre(chosen)

    def _open_cadre(self, cadre: Cadre) -> None:
        form = Form(label_width=64)
        form.text("name", self.tr("姓名"), required=True)
        form.text("phone", self.tr("电话"))
        form.notes("notes", self.tr("备注"), lines=2)
        form.set_values(name=cadre.name, phone=cadre.phone, notes=cadre.notes)

        def store(values: dict[str, Any], on_error: Callable[[UserError], object]) -> Done[Cadre] | None:
            action = places.edit_cadre if cadre.id else places.add_cadre
            return self.session.perform(action, cadre=replace(cadre, **values), on_error=on_error)

        title = self.tr("改干部：{name}").format(name=cadre.name) if cadre.id else self.tr("加干部")
        dialog = RecordDialog(self.session, title=title, form=form, store=store, parent=self.window())
        dialog.saved.connect(self.cadres.choose)
        self.session.dialogs.show(dialog)

    def use_cadre(self) -> None:
        """Put the chosen cadre out of use, or in use again."""
        chosen = self.cadres.current()
        if chosen is None or self.session.is_lent:
            return
        if not chosen.active:
            said = self.tr("重新用：{name}。").format(name=chosen.name)
            self.session.perform(places.use_cadre, cadre_id=chosen.id, active=True, said=said)
            return
        store, today = self.session.store, self.session.today()
        visits, series = places.led_by(store, cadre_id=chosen.id, today=today)
        if not visits and not series:
            said = self.tr("已停用：{name}。").format(name=chosen.name)
            self.session.perform(places.use_cadre, cadre_id=chosen.id, active=False, said=said)
            return
        self._ask_who_leads(chosen, lines(store, visits), len(series))

    def _ask_who_leads(self, cadre: Cadre, visits: list[VisitLine], series: int) -> None:
        """Somebody has to open the door: who takes over what the cadre was to lead."""
        colleagues = [each for each in self.cadres.rows() if each.active and each.id != cadre.id][:MOST_OFFERED]

        def answered(key: str, _text: str) -> None:
            if key == "keep":
                return
            successor = next((each for each in colleagues if str(each.id) == key), None)
            if successor is None:
                words = self.tr("已停用：{name}。{count} 次上门现在没人带。")
            else:
                words = self.tr("已停用：{name}。{count} 次上门改由 {successor} 带，请告诉她。")
            who = "" if successor is None else successor.name
            self.session.perform(
                places.use_cadre,
                cadre_id=cadre.id,
                active=False,
                hand_over=True,
                successor_id=None if successor is None else successor.id,
                said=words.format(name=cadre.name, count=len(visits), successor=who),
            )

        facts = []
        if visits:
            led = self.tr("还要带 {count} 次上门：{visits}")
            facts.append(led.format(count=len(visits), visits=first_of(visits, today=self.session.today())))
        if series:
            facts.append(self.tr("还有 {count} 个定期上门由 {name} 带").format(count=series, name=cadre.name))
        self.session.dialogs.ask(
            Question(
                title=self.tr("停用 {name}？").format(name=cadre.name),
                text=self.tr("这些上门谁来带？带过的不变。"),
                lines=tuple(facts),
                choices=(
                    Choice("keep", self.tr("先不停用")),
                    Choice("nobody", self.tr("停用，先没人带")),
                    *(Choice(str(each.id), self.tr("{name}来带").format(name=each.name)) for each in colleagues),
                ),
                default="keep",
                cancel="keep",
                tone="warn",
            ),
            answered,
        )

    def remove_cadre(self) -> None:
        """Remove the chosen cadre; one on whom work stands is kept and said."""
        chosen = self.cadres.current()
        if chosen is not None:
            self.session.perform(places.remove_cadre, cadre_id=chosen.id)

    def keys(self) -> tuple[Key, ...]:
        """Ctrl+N adds a committee, Ctrl+Shift+N a cadre."""
        return (
            Key(keys="Ctrl+N", words=self.tr("加居委"), run=self.add),
            Key(keys="Ctrl+Shift+N", words=self.tr("加干部"), run=self.add_cadre),
        )
