"""The columns of the list of visits, as data."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.store.visit_lines import VisitLine
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.widgets.cells import Cell, Chip
from jiuliting_desk.ui.widgets.rows_model import Column

translate = QCoreApplication.translate


def columns(today: date) -> list[Column[VisitLine]]:
    """When, who, what, who goes, where, who leads in, how it stands, what became of the form."""
    return [
        Column(
            key="day",
            title=translate("visits", "哪天"),
            width=116,
            cell=lambda line: Cell(labels.day(line.visit.day, today=today), strong=line.visit.day == today),
            sort=lambda line: (line.visit.day, line.visit.starts),
            must=True,
        ),
        Column(
            key="time",
            title=translate("visits", "几点"),
            width=110,
            cell=lambda line: Cell(visit_words.times(line.visit)),
            sort=lambda line: line.visit.starts,
        ),
        Column(
            key="name",
            title=translate("visits", "老人"),
            width=130,
            cell=lambda line: Cell(line.name, second=visit_words.sex_and_age(line.sex, line.birth, today), strong=True),
            must=True,
        ),
        Column(
            key="what", title=translate("visits", "项目"), width=110, cell=lambda line: Cell(visit_words.services(line))
        ),
        Column(
            key="who",
            title=translate("visits", "谁去"),
            width=120,
            stretch=1,
            least=80,
            cell=lambda line: Cell(visit_words.people(line)),
        ),
        Column(
            key="place",
            title=translate("visits", "地址"),
            width=150,
            stretch=1,
            least=90,
            give_up=2,
            cell=lambda line: Cell(visit_words.address(line)),
        ),
        Column(key="cadre", title=translate("visits", "谁带"), width=80, give_up=3, cell=lambda line: Cell(line.cadre)),
        Column(key="state", title=translate("visits", "状态"), width=130, cell=_state, must=True),
        Column(key="note", title=translate("visits", "备注"), width=140, stretch=1, give_up=1, cell=_note),
    ]


def _state(line: VisitLine) -> Cell:
    words, icon, tone = visit_words.state(line.visit)
    return Cell(words, icon=icon, tone=tone)


def _note(line: VisitLine) -> Cell:
    chips = (Chip(translate("visits", "定期")),) if line.visit.series_id else ()
    told = line.visit.reason or line.visit.override_reason or line.visit.notes
    if line.overall:
        told = translate("visits", "{score} 分").format(score=line.overall)
    elif line.is_evaluated:
        told = translate("visits", "反馈录过了")
    elif line.form_number:
        told = "　".join(part for part in (line.form_number, told) if part)
    if not line.source_file:
        return Cell(told, chips=chips)
    source = translate("visits", "来自“{file}”第 {row} 行").format(file=line.source_file, row=line.visit.source_row)
    return Cell(told, chips=(*chips, Chip(translate("visits", "导入"))), tip=source)
