"""Sentences about what an import makes of cells that do not simply become fields."""

from collections.abc import Iterator

from PySide6.QtCore import QObject

from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.report import Line, Told, report_of
from jiuliting_desk.sheets.tables import Omission
from jiuliting_desk.ui.pages.importing.column_grid import letter_of
from jiuliting_desk.ui.words import workbooks

SHOWN = 6
"""Lines that are told one by one."""

LONGEST = 24
"""Signs of a cell that are shown."""


class ReportLines(QObject):
    """Icon, tone, sentence and details for each kind of line that there is, the most telling first."""

    def of(self, draft: Draft) -> Iterator[tuple[str, str, str, str]]:
        """The sentences about a draft that was planned."""
        lines = report_of(draft)
        one_sheet = len({line.sheet for line in lines}) < 2
        found = {why: [line for line in lines if line.why is why] for why in Told}
        if some := found[Told.AT_ODDS]:
            words = self.tr("{count} 处说不要谁来，这位还结着对、认领着或约着上门：没有动，请处理").format(
                count=len(some)
            )
            yield "circle-alert", "warn", words, self._told(some, one_sheet)
        if some := found[Told.UNDERSTOOD]:
            words = self.tr("{count} 处照备注里的话记").format(count=len(some))
            yield "lightbulb", "ok", words, self._told(some, one_sheet)
        if some := found[Told.GUESSED]:
            words = self.tr("{count} 格拿不太准，照猜的记了，请看一眼").format(count=len(some))
            yield "circle-alert", "warn", words, self._told(some, one_sheet)
        if some := found[Told.COLUMN]:
            words = self.tr("{count} 列没有导").format(count=len(some))
            yield "columns-3", "ink2", words, self._told(some, one_sheet)
        # Totals and headers that come again are nothing that anybody misses.
        if some := [line for line in found[Told.ROW] if line.field not in {Omission.TOTAL, Omission.HIDDEN}]:
            words = self.tr("名单外的 {count} 行字没有导").format(count=sum(line.count for line in some))
            yield "eye-off", "ink2", words, self._told(some, one_sheet)

    def _told(self, lines: list[Line], one_sheet: bool) -> str:
        shown = "；".join(self._one(line, one_sheet) for line in lines[:SHOWN])
        more = len(lines) - SHOWN
        return self.tr("{shown}；还有 {count} 处").format(shown=shown, count=more) if more > 0 else shown

    def _one(self, line: Line, one_sheet: bool) -> str:
        text = line.text if len(line.text) <= LONGEST else line.text[:LONGEST] + "…"
        text = " ".join(text.split())
        if line.why is Told.COLUMN:
            return self.tr("{column} 列 {title}（{count} 格）").format(
                column=letter_of(line.column), title=text, count=line.count
            )
        place = self.tr("第 {row} 行").format(row=line.row)
        if not one_sheet:
            place = f"{line.sheet} {place}"
        if line.why is Told.GUESSED:
            what = workbooks.meaning(line.field.split(":")[0])
            return f"{place} {what} {text} → {line.value}" if line.value else f"{place} {what} {text}"
        return f"{place} {text}" if text else f"{place} {workbooks.omission(Omission(line.field))}"
