"""The columns of the preview, by kind of table."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model.imports import Outcome, PlannedRow
from jiuliting_desk.sheets.feedback_cells import SCORE_FIELDS
from jiuliting_desk.ui.labels import label
from jiuliting_desk.ui.pages.importing.row_words import SEPARATOR, RowWords, is_unfilled
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.words import workbooks

translate = QCoreApplication.translate

LOOKS: dict[Outcome, tuple[str, str, str]] = {
    Outcome.NEW: ("plus", "ok", "solid"),
    Outcome.CHANGED: ("pencil", "info", "dashed"),
    Outcome.SAME: ("equal", "ink2", ""),
    Outcome.DOUBTFUL: ("circle-help", "warn", ""),
    Outcome.REFUSED: ("octagon-x", "bad", "teeth"),
}
"""Icon, tone and edge pattern of each outcome."""

Columns = tuple[Column[PlannedRow], ...]


class PreviewCells:
    """Makes the cells of planned rows; ``words`` is changed with the draft."""

    words: RowWords

    def number(self, row: PlannedRow) -> Cell:
        """The row's number on the sheet."""
        return Cell(self.words.number(row), tone="ink3")

    def outcome(self, row: PlannedRow) -> Cell:
        """What becomes of the row: icon, word, edge pattern."""
        icon, tone, edge = LOOKS[row.outcome]
        if is_unfilled(row):
            return Cell(translate("importing", "没填"), icon="circle-dashed", tone=tone)
        return Cell(label(row.outcome), icon=icon, tone=tone, edge=edge)

    def _tone(self, row: PlannedRow) -> str:
        return "ink3" if row.outcome is Outcome.SAME else "ink"

    def _plain(self, row: PlannedRow, text: str, *fields: str) -> Cell:
        """A cell with its text; boxed with the reason where it was not taken, old and new where it changes."""
        wrong = self.words.boxed(row, *fields)
        if wrong is not None:
            return Cell(workbooks.remark(wrong), boxed=True, tip=wrong.text)
        change = self.words.change(row, *fields)
        if change is not None:
            nothing = translate("importing", "空着")
            old, new = (self.words.shown(change.field, value) or nothing for value in (change.old, change.new))
            return Cell(new, old=old, tip=f"{old} → {new}")
        return Cell(text, tone=self._tone(row))

    def _services(self, row: PlannedRow, services: list[str], field: str, *fields: str) -> Cell:
        """Services, those that nobody offers first and boxed."""
        unknown = [r.text for r in row.read_remarks if r.code == "need_unknown" and r.field.split(":")[0] == field]
        if not any(unknown):
            return self._plain(row, SEPARATOR.join(services) + self.words.terms(row.terms), field, *fields)
        wrong = self.words.boxed(row, field)
        text = SEPARATOR.join(dict.fromkeys((*unknown, *services)))
        return Cell(text, boxed=True, tip=workbooks.remark(wrong) if wrong is not None else "")

    def name(self, row: PlannedRow) -> Cell:
        """The name; boxed where it is missing."""
        if row.refused:
            return Cell(workbooks.refusal(row.refused), boxed=True)
        text = row.fields.get("name") or row.fields.get("enterprise") or ""
        return self._plain(row, text, "name")

    def phones(self, row: PlannedRow) -> Cell:
        """The numbers; where one is added, the last digits of the old and the new one."""
        wrong = self.words.boxed(row, "phones")
        change = self.words.change(row, "phones")
        if wrong is None and change is not None:
            added = [number for number in change.new if number not in change.old]
            new = SEPARATOR.join(number[-4:] for number in added) or translate("importing", "空着")
            return Cell(new, old=change.old[0][-4:] if change.old else "—")
        return self._plain(row, self.words.phones(row.fields.get("phones") or ()), "phones")

    def address(self, row: PlannedRow) -> Cell:
        """Compound, building, room; of a change within one compound only what follows its name."""
        change = self.words.change(row, "address")
        if change is not None and self.words.boxed(row, "address", "compound", "building", "room") is None:
            old, new = str(change.old), str(change.new)
            compound, _, rest = old.partition(" ")
            if rest and new.startswith(compound + " "):
                old, new = rest, new[len(compound) + 1 :]
            return Cell(new, old=old or "—", tip=f"{change.old} → {change.new}")
        return self._plain(row, self.words.address(row.fields), "address", "compound", "building", "room")

    def needs(self, row: PlannedRow) -> Cell:
        """Services wanted; those that are added to a known person as new."""
        if row.outcome is Outcome.CHANGED and row.category_ids and self.words.boxed(row, "needs") is None:
            return Cell(self.words.categories(row.category_ids) + self.words.terms(row.terms), old="—")
        services = list(row.fields.get("needs") or ())
        return self._services(row, services, "needs", "urgency", "rhythm", "wanted_times", "quantity")

    def skills(self, row: PlannedRow) -> Cell:
        """Services offered."""
        return self._services(row, list(row.fields.get("skills") or ()), "skills", "category_ids")

    def enterprise(self, row: PlannedRow) -> Cell:
        """The enterprise of a volunteer."""
        return self._plain(row, row.fields.get("enterprise") or "", "enterprise")

    def times(self, row: PlannedRow) -> Cell:
        """Visits a month."""
        count = row.fields.get("capacity_per_month")
        return self._plain(row, "" if count is None else str(count), "capacity_per_month", "visits_per_month")

    def compound(self, row: PlannedRow) -> Cell:
        """Where a volunteer lives."""
        return self._plain(row, row.fields.get("compound") or "", "compound")

    def committee(self, row: PlannedRow) -> Cell:
        """Whose figure it is."""
        return self._plain(row, row.fields.get("committee") or "", "committee")

    def told(self, field: str) -> Callable[[PlannedRow], Cell]:
        """Cells of one field as the row gives it."""

        def cell(row: PlannedRow) -> Cell:
            value = row.fields.get(field)
            return self._plain(row, self.words.shown("", value), field)

        return cell

    def office_phone(self, row: PlannedRow) -> Cell:
        """A committee's number, which is no secret."""
        return self._plain(row, SEPARATOR.join(row.fields.get("phones") or ()), "committee_phone")

    def services(self, row: PlannedRow) -> Cell:
        """The services of a visit."""
        names = [row.fields.get("category"), *(row.fields.get("more_categories") or ())]
        return self._services(row, list(filter(None, names)), "category")

    def scores(self, row: PlannedRow) -> Cell:
        """The elder's four scores."""
        return self._plain(row, self.words.feedback.scores(row), *SCORE_FIELDS)

    def month(self, row: PlannedRow) -> Cell:
        """The month of a figure."""
        return self._plain(row, row.fields.get("month") or "", "month")

    def category(self, row: PlannedRow) -> Cell:
        """The service of a figure."""
        return self._plain(row, row.fields.get("category") or "", "category")

    def quantity(self, row: PlannedRow) -> Cell:
        """A tally's figure."""
        return self._plain(row, self.words.shown("quantity", row.fields.get("quantity")), "quantity")

    def will(self, row: PlannedRow) -> Cell:
        """What becomes of the row, in words."""
        return Cell(self.words.will(row), tone="ink3" if row.outcome is Outcome.SAME else "ink2")


def columns_of(kind: str, cells: PreviewCells) -> Columns:
    """The preview's columns for a kind of table."""
    column = Column[PlannedRow]
    number = column(key="row", title=translate("importing", "行"), cell=cells.number, width=46, must=True, sort=_number)
    outcome = column(
        key="outcome", title=translate("importing", "结果"), cell=cells.outcome, width=84, must=True, sort=_order
    )
    name = column(key="name", title=translate("importing", "姓名"), cell=cells.name, width=92, least=78, stretch=1)
    phones = column(
        key="phones", title=translate("importing", "电话"), cell=cells.phones, width=146, least=120, stretch=1
    )
    will = column(key="will", title=translate("importing", "会怎样"), cell=cells.will, width=156, least=146, stretch=2)
    address = column(
        key="address", title=translate("importing", "小区 楼室"), cell=cells.address, width=170, least=130, stretch=3
    )
    needs = column(key="needs", title=translate("importing", "需求"), cell=cells.needs, width=110, least=84, stretch=1)
    enterprise = column(
        key="enterprise", title=translate("importing", "单位"), cell=cells.enterprise, width=130, least=80, stretch=1
    )
    compound = column(
        key="compound", title=translate("importing", "小区"), cell=cells.compound, width=110, least=70, give_up=2
    )
    skills = column(
        key="skills", title=translate("importing", "会做"), cell=cells.skills, width=150, least=84, stretch=2
    )
    times = column(key="times", title=translate("importing", "每月"), cell=cells.times, width=56, right=True, give_up=1)
    committee = column(key="committee", title=translate("importing", "居委"), cell=cells.committee, width=140)
    month = column(key="month", title=translate("importing", "月份"), cell=cells.month, width=90)
    category = column(
        key="category", title=translate("importing", "服务项目"), cell=cells.category, width=130, stretch=1
    )
    quantity = column(key="quantity", title=translate("importing", "数量"), cell=cells.quantity, width=90, right=True)
    people = (number, outcome, name, enterprise, phones, compound, skills, times, will)
    day = column(key="date", title=translate("importing", "日期"), cell=cells.told("date"), width=96)
    services = column(
        key="services", title=translate("importing", "服务项目"), cell=cells.services, width=120, least=84, stretch=1
    )
    who = column(
        key="provider",
        title=translate("importing", "谁去"),
        cell=cells.told("provider"),
        width=110,
        least=70,
        stretch=1,
    )
    minutes = column(
        key="minutes", title=translate("importing", "分钟"), cell=cells.told("minutes"), width=56, right=True, give_up=1
    )
    about = column(
        key="about", title=translate("importing", "说了什么"), cell=cells.told("about"), width=160, least=90, stretch=2
    )
    aliases = column(
        key="aliases", title=translate("importing", "别名"), cell=cells.told("aliases"), width=110, give_up=1
    )
    office = column(key="phones", title=translate("importing", "居委电话"), cell=cells.office_phone, width=130)
    form = column(key="form_number", title=translate("importing", "表号"), cell=cells.told("form_number"), width=76)
    scores = column(key="scores", title=translate("importing", "四项评分"), cell=cells.scores, width=96, least=80)
    return {
        "feedback": (number, outcome, form, name, day, services, scores, will),
        "visits": (number, outcome, day, name, services, who, minutes, will),
        "calls": (number, outcome, day, name, phones, about, will),
        "places": (number, outcome, committee, compound, aliases, office, will),
        "survey": (number, outcome, name, phones, address, needs, will),
        "volunteers": people,
        "enterprises": people,
        "tally": (number, outcome, committee, month, category, quantity, will),
    }.get(kind, (number, outcome, name, will))


def _number(row: PlannedRow) -> int:
    return row.number


def _order(row: PlannedRow) -> int:
    return list(LOOKS).index(row.outcome)
