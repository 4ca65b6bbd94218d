"""The first step: files are dropped or chosen; beside it what came in lately, and what can go out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from jiuliting_desk.model.imports import Outcome
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.store.operations import OperationLine
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.frame.dropping import local_files, take_copies
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, surface
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import icon_label, label

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".txt", ".xml", ".htm", ".html", ".mht")
"""Files of a folder that are taken for workbooks; a chosen file is read whatever its ending."""

MOST_UNREAD = 4
"""Files that could not be read, of which each is told."""

Came = tuple[NeedsSurvey, OperationLine]


def workbooks_in(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and of folders the workbooks in them and one level below, without shadows of open ones."""
    found: list[Path] = []
    for path in paths:
        found.extend(_workbooks_of(path) if path.is_dir() else [path])
    return list(dict.fromkeys(found))


def _workbooks_of(folder: Path) -> list[Path]:
    """Its own workbooks first, then those of the folders in it (one for each committee, say)."""
    return [
        each
        for inside in (sorted(folder.iterdir()), sorted(folder.glob("*/*")))
        for each in inside
        if each.suffix.lower() in SUFFIXES and each.is_file() and not each.name.startswith(("~$", "."))
    ]


class DropZone(QFrame):
    """Takes files from the desktop, a folder included."""

    dropped = Signal(list)
    """Paths."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._is_over = False
        self.choose_button = button(self.tr("选文件…"), kind="primary", icon="file-up", size="l")
        self.folder_button = button(self.tr("选文件夹…"), icon="folder-open", size="l")
        mark = icon_label("file-spreadsheet", "ink3", theme.px(34))
        words = label(self.tr("把居委发来的表格拖到这里"), "h2")
        hint = label(self.tr("Excel、WPS 表格、CSV 都行；可以一次拖好几个，或者一个文件夹"), "sub", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner = column(
            STRETCH,
            row(STRETCH, mark, STRETCH),
            row(STRETCH, words, STRETCH),
            hint,
            8,
            row(STRETCH, self.choose_button, self.folder_button, STRETCH),
            STRETCH,
            margins=(24,),
            gap=6,
        )
        self.setLayout(inner)
        self.setMinimumHeight(theme.px(210))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed edge, blue while files hang over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("focus" if self._is_over else "control"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("info_soft" if self._is_over else "subtle"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if local_files(event.mimeData()):
            take_copies(event)
            self._light(True)

    def dragLeaveEvent(self, event: QEvent) -> None:
        """They went on."""
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """They are here."""
        self._light(False)
        paths = [Path(name) for name in local_files(event.mimeData())]
        take_copies(event)
        if paths:
            self.dropped.emit(paths)

    def _light(self, over: bool) -> None:
        self._is_over = over
        self.update()


class ChoosePanel(QWidget):
    """Files in, lists out, and what came in lately."""

    files_chosen = Signal(list)
    files_wanted = Signal()
    folder_wanted = Signal()
    undo_wanted = Signal(object)
    """The OperationLine of an import."""
    export_wanted = Signal(str)
    template_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._today: date | None = None
        self.zone = DropZone()
        self.zone.dropped.connect(self.files_chosen)
        self.zone.choose_button.clicked.connect(self.files_wanted)
        self.zone.folder_button.clicked.connect(self.folder_wanted)
        self.recent: RecordTable[Came] = RecordTable(
            self._recent_columns(), key=lambda came: came[0].id, multi=False, empty_text=self.tr("还没有导入过表格。")
        )
        self.recent.current_changed.connect(self._on_current)
        self.undo_button = button(self.tr("整批撤回"), self._on_undo, icon="undo-2", size="s")
        self.undo_button.setEnabled(False)
        recent_head = row(label(self.tr("最近导入的"), "h2"), STRETCH, self.undo_button)
        self.unread = Banner("warn", "")
        self.unread.hide()
        left = column(
            self.unread,
            surface("panel", column(self.zone, margins=(16,))),
            surface("panel", column(recent_head, self.recent, margins=(12, 16), gap=8)),
            gap=12,
        )
        left.setStretch(2, 1)
        outer = row(left, self._out_panel(), margins=(0,), gap=14)
        outer.setStretch(0, 1)
        self.setLayout(outer)

    def _out_panel(self) -> QFrame:
        self.export_buttons = {
            "elders": button(self.tr("导出老人名单"), icon="download"),
            "volunteers": button(self.tr("导出志愿者与单位"), icon="download"),
            "needs": button(self.tr("导出需求清单"), icon="download"),
            "pairings": button(self.tr("导出结对与认领"), icon="download"),
        }
        self.template_buttons = {
            "survey": button(self.tr("需求排摸空白表"), icon="file-down"),
            "volunteers": button(self.tr("志愿者登记空白表"), icon="file-down"),
        }
        for key, made in self.export_buttons.items():
            made.clicked.connect(lambda _on=False, what=key: self.export_wanted.emit(what))
        for key, made in self.template_buttons.items():
            made.clicked.connect(lambda _on=False, what=key: self.template_wanted.emit(what))
        masked = label(
            self.tr("姓名、电话、证件号平时是遮住的；要全的，写明给谁、做什么用，会记下来。"), "cap", wrap=True
        )
        blank = label(self.tr("发给居委去填，带下拉选项，填好能直接导回来。"), "cap", wrap=True)
        panel = surface(
            "panel",
            column(
                label(self.tr("导出"), "h2"),
                *self.export_buttons.values(),
                masked,
                12,
                label(self.tr("空白表"), "h2"),
                *self.template_buttons.values(),
                blank,
                STRETCH,
                margins=(16,),
                gap=8,
            ),
        )
        panel.setFixedWidth(theme.px(264))
        return panel

    def _recent_columns(self) -> list[Column[Came]]:
        return [
            Column(key="at", title=self.tr("什么时候"), cell=self._when, width=labels.WHEN_WIDTH),
            Column(key="file", title=self.tr("文件"), cell=lambda came: came[0].source_file, width=180, stretch=2),
            Column(key="counts", title=self.tr("写了什么"), cell=self._counts, width=190, stretch=1),
            Column(key="who", title=self.tr("经手"), cell=lambda came: came[1].who, width=80, give_up=1),
        ]

    def _when(self, came: Came) -> str:
        return labels.when(came[1].at, today=self._today) if self._today is not None else ""

    def _counts(self, came: Came) -> Cell:
        survey = came[0]
        if came[1].undone:
            return Cell(self.tr("撤回过，后来动过的留着"), tone="ink3")
        parts = [
            f"{labels.label(outcome)} {count}"
            for outcome, count in (
                (Outcome.NEW, survey.rows_new),
                (Outcome.CHANGED, survey.rows_changed),
                (Outcome.SAME, survey.rows_same),
            )
            if count
        ]
        return Cell("，".join(parts), tone="ink2")

    def show_recent(self, came: list[Came], *, today: date) -> None:
        """Show what came in lately, a line for each import."""
        self._today = today
        by_step: dict[int, Came] = {}
        for survey, line in came:
            if line.id in by_step:
                first = by_step[line.id][0]
                survey = replace(
                    first,
                    rows_new=first.rows_new + survey.rows_new,
                    rows_changed=first.rows_changed + survey.rows_changed,
                    rows_same=first.rows_same + survey.rows_same,
                )
            by_step[line.id] = (survey, line)
        self.recent.set_rows(list(by_step.values()))

    def show_unread(self, sentences: Sequence[str]) -> None:
        """Name the files of the last ones taken that could not be read."""
        more = self.tr("　等 {count} 份").format(count=len(sentences)) if len(sentences) > MOST_UNREAD else ""
        self.unread.say(self.tr("没导进来的："), "　".join(sentences[:MOST_UNREAD]) + more)
        self.unread.setVisible(bool(sentences))

    def _on_current(self, came: object) -> None:
        self.undo_button.setEnabled(came is not None)

    def _on_undo(self) -> None:
        came = self.recent.current()
        if came is not None:
            self.undo_wanted.emit(came[1])
