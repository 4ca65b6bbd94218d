"""The third step: what will be written and what will not, in plain sentences; and the fourth: what was."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.imports.carrying_feedback import Offer
from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.imports.feedback_rows import KIND as FEEDBACK
from jiuliting_desk.actions.imports.feedback_rows import Answers
from jiuliting_desk.actions.imports.snapshot import Snapshot
from jiuliting_desk.actions.imports.survey_rows import KIND as SURVEY
from jiuliting_desk.actions.imports.volunteer_rows import KIND as VOLUNTEERS
from jiuliting_desk.model.consequences import ConsequenceKind
from jiuliting_desk.model.imports import ImportPlan, ImportReport, Outcome
from jiuliting_desk.model.known import KnownCall, KnownElder, KnownFigure, KnownPlace, KnownProvider, KnownVisit
from jiuliting_desk.sheets.tables import Omission
from jiuliting_desk.ui import labels, theme
from jiuliting_desk.ui.pages.importing.columns import LOOKS
from jiuliting_desk.ui.pages.importing.report_lines import ReportLines
from jiuliting_desk.ui.pages.importing.row_words import is_unfilled
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.fields import CheckField
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, scrolled, surface
from jiuliting_desk.ui.widgets.text import icon_label, label
from jiuliting_desk.ui.words import workbooks

NAMES_SHOWN = 8

WITH_NOTES = frozenset({SURVEY, VOLUNTEERS, FEEDBACK})
"""Kinds of rows whose notes keep what could not be taken."""


def _line(icon: str, tone: str, text: str, more: str = "") -> QWidget:
    made = QWidget()
    words = column(label(text, "h3", wrap=True), gap=2)
    if more:
        words.addWidget(label(more, "sub", wrap=True))
    line = row(icon_label(icon, tone, theme.px(20)), words, gap=12)
    line.setStretch(1, 1)
    made.setLayout(line)
    return made


def _answers(plan: ImportPlan | None) -> list[Answers]:
    """The answers of feedback sheets that are written."""
    rows = plan.rows if plan is not None else ()
    return [row.person for row in rows if row.is_written and isinstance(row.person, Answers)]


class _Lines(QWidget):
    """A panel of sentences, made anew for each draft."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []
        self._report = ReportLines(self)
        self._column: QVBoxLayout = column(gap=12)
        content = QWidget()
        content.setLayout(self._column)
        panel = surface("panel", column(scrolled(content), margins=(20,)))
        self.setLayout(column(panel))

    def _clear(self) -> None:
        self.sentences = []
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    def _add(self, icon: str, tone: str, text: str, more: str = "") -> None:
        self.sentences.append(text)
        self._column.addWidget(_line(icon, tone, text, more))

    def _some(self, names: tuple[str, ...]) -> str:
        shown = "、".join(names[:NAMES_SHOWN])
        if len(names) <= NAMES_SHOWN:
            return shown
        return self.tr("{names} 等 {count} 个").format(names=shown, count=len(names))

    def _services(self, draft: Draft) -> str:
        """The services of the needs that a plan adds, each with how often."""
        names = {category.id: category.name for category in draft.snapshot.categories} if draft.snapshot else {}
        services = Counter(draft.plan.sums.services if draft.plan is not None else {})
        return "，".join(f"{names.get(category_id, '')} {count}" for category_id, count in services.most_common())

    def _wishes(self, draft: Draft) -> tuple[str, ...]:
        """The needs that follow from feedback sheets, with whose they are."""
        names = {category.id: category.name for category in draft.snapshot.categories} if draft.snapshot else {}
        return tuple(
            f"{each.name} {names.get(one.category_id, '')}"
            for each in _answers(draft.plan)
            for one in each.brings
            if one.kind is ConsequenceKind.NEED and not one.is_known
        )

    def _add_named(self, plan: ImportPlan, words: str) -> None:
        """Who is registered because earlier visits name them."""
        people = [row.person for row in plan.rows if row.is_written and isinstance(row.person, KnownVisit)]
        named = dict.fromkeys(who.partition(":")[2] for one in people for who in one.providers if isinstance(who, str))
        names = tuple(name for name in named if name not in plan.new_enterprises)
        if names:
            self._add("hand-heart", "ink2", words.format(count=len(names)), self._some(names))

    def _add_report(self, draft: Draft) -> None:
        """What was understood of notes, what was guessed, and what stays on the sheet."""
        for icon, tone, words, more in self._report.of(draft):
            self._add(icon, tone, words, more)

    def _add_untaken(self, plan: ImportPlan) -> None:
        """Which cells of rows that are written could not be taken."""
        counts: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for planned in plan.rows:
            found = {r.field.partition("+")[0] for r in planned.read_remarks if r.code in workbooks.NOT_TAKEN}
            if planned.is_written and found:
                kinds[planned.kind] += 1
                counts.update(found)
        if not kinds:
            return
        words = (
            self.tr("{count} 行有格子没认出，原来写的记在老人的话里")
            if set(kinds) == {FEEDBACK}
            else self.tr("{count} 行有格子没认出，原来写的记在备注里")
            if WITH_NOTES.issuperset(kinds)
            else self.tr("{count} 行有格子没认出")
        )
        told = "，".join(f"{workbooks.meaning(field)} {count}" for field, count in counts.most_common())
        self._add("circle-alert", "warn", words.format(count=kinds.total()), told)


class CheckPanel(_Lines):
    """What carrying out will do; the pairings that elders wish for are ticked, and can be left."""

    def __init__(self) -> None:
        super().__init__()
        self.offers: dict[Offer, CheckField] = {}
        self._left_out: frozenset[Offer] = frozenset()
        """What was not ticked when the step was last seen."""

    def pairing(self) -> frozenset[Offer]:
        """The pairings that are ticked."""
        return frozenset(offer for offer, box in self.offers.items() if box.value())

    def show_draft(self, draft: Draft) -> None:
        """Say it for a draft that was planned."""
        plan = draft.plan
        if plan is None:
            return
        self._left_out = frozenset(self.offers) - self.pairing()
        self._clear()
        self.offers = {}
        self._column.addWidget(label(self.tr("会写进资料库的"), "h2"))
        if plan.writes_nothing:
            left = plan.counts[Outcome.DOUBTFUL] + plan.counts[Outcome.REFUSED]
            words = self.tr("没有要写的。") if left else self.tr("没有要写的：表里的内容资料库里都有了。")
            self._add("shield-check", "info", words)
        self._people(plan)
        if plan.needs_added:
            words = self.tr("加 {count} 条需求").format(count=plan.needs_added)
            self._add("list-checks", "ink2", words, self._services(draft))
        if plan.sums.certificates:
            words = self.tr("加 {count} 张证书").format(count=plan.sums.certificates)
            self._add("badge-check", "ink2", words)
        self._answers(plan, draft)
        self._places(plan)
        self._add_named(plan, self.tr("新登记 {count} 位志愿者、单位"))
        if draft.remember and draft.taught:
            self._add("lightbulb", "ink2", self.tr("记住 {count} 处对应，下次直接用").format(count=len(draft.taught)))
        self._left(plan, self._hidden(draft))
        self._add_untaken(plan)
        self._add_report(draft)
        if not plan.writes_nothing:
            words = self.tr("写进去是一步，随时可以在这里或历史里整批撤回。")
            self._add("database-backup", "info", self.tr("写之前先自动备份"), words)
        self._column.addStretch(1)

    def _people(self, plan: ImportPlan) -> None:
        kinds = (
            (KnownElder, self.tr("新增 {count} 位老人"), self.tr("更新 {count} 位老人的资料")),
            (KnownProvider, self.tr("新增 {count} 位志愿者、单位"), self.tr("更新 {count} 位志愿者、单位的资料")),
            (KnownFigure, self.tr("新增 {count} 个统计数字"), self.tr("更新 {count} 个统计数字")),
            (KnownVisit, self.tr("补记 {count} 次上门"), ""),
            (KnownCall, self.tr("补记 {count} 个来电"), ""),
            (Answers, self.tr("录入 {count} 张反馈表"), self.tr("改 {count} 张录过的反馈表")),
            (KnownPlace, self.tr("新增 {count} 个小区、居委"), self.tr("更新 {count} 个小区、居委的资料")),
        )
        for kind, new, changed in kinds:
            fresh, known = (plan.sums.people.get((kind, is_new), 0) for is_new in (True, False))
            for count, words, outcome in ((fresh, new, Outcome.NEW), (known, changed, Outcome.CHANGED)):
                if count:
                    icon, tone, _ = LOOKS[outcome]
                    self._add(icon, tone, words.format(count=count))

    def _answers(self, plan: ImportPlan, draft: Draft) -> None:
        """What follows from feedback sheets."""
        answers = _answers(plan)
        counts = Counter(one.kind for each in answers for one in each.brings if not one.is_known)
        for kind, icon, tone, words in (
            (ConsequenceKind.NEED, "plus", "ok", self.tr("登记 {count} 条反馈表上的新需求")),
            (ConsequenceKind.FOLLOW_UP, "circle-alert", "bad", self.tr("{count} 件列入回访：低分、隐患、让人担心的")),
            (ConsequenceKind.REFUSAL, "ban", "warn", self.tr("记下 {count} 条“不要安排”")),
        ):
            if counts[kind]:
                more = self._some(self._wishes(draft)) if kind is ConsequenceKind.NEED else ""
                self._add(icon, tone, words.format(count=counts[kind]), more)
        if counts[ConsequenceKind.PAIRING]:
            self._pairings(answers, draft.snapshot)

    def _pairings(self, answers: Sequence[Answers], snapshot: Snapshot | None) -> None:
        """Each pairing once, to be taken or left as when a form is typed."""
        providers = {one.id: one.name for one in snapshot.providers} if snapshot else {}
        categories = {one.id: one.name for one in snapshot.categories} if snapshot else {}
        told: dict[str, Offer] = {}
        for each in answers:
            for one in each.brings:
                if one.kind is ConsequenceKind.PAIRING:
                    words = self.tr("{name}和{who}结对（{what}）").format(
                        name=each.name,
                        who=providers.get(one.provider_id, ""),
                        what=categories.get(one.category_id, ""),
                    )
                    told.setdefault(words, (each.feedback.visit_id, one.provider_id))
        self._add(
            "heart-handshake",
            "ok",
            self.tr("{count} 位希望还是同一位，勾上的一起结对").format(count=len(told)),
            self.tr("不想结的去掉勾；撤回这一批，结对也一起撤回。"),
        )
        for words, offer in told.items():
            box = self.offers[offer] = CheckField(words)
            box.set_value(offer not in self._left_out)
            holder = QWidget()
            holder.setLayout(row(32, box, STRETCH, gap=0))
            self._column.addWidget(holder)

    def _places(self, plan: ImportPlan) -> None:
        if plan.new_committees:
            words = self.tr("新建 {count} 个居委").format(count=len(plan.new_committees))
            self._add("house", "ink2", words, self._some(plan.new_committees))
        if plan.new_compounds:
            words = self.tr("新建 {count} 个小区").format(count=len(plan.new_compounds))
            self._add("building-2", "ink2", words, self._some(tuple(plan.new_compounds)))
        rows_of_own = {row.person.name for row in plan.rows if isinstance(row.person, KnownProvider)}
        named = tuple(name for name in plan.new_enterprises if name not in rows_of_own)
        if named:
            words = self.tr("新登记 {count} 家单位").format(count=len(named))
            self._add("hand-heart", "ink2", words, self._some(named))

    def _hidden(self, draft: Draft) -> str:
        """What the sender hid and nobody wanted, in words; "" for nothing."""
        rows, columns = 0, 0
        for table in draft.tables_on:
            rows += sum(left.last_row - left.first_row + 1 for left in table.left_out if left.why is Omission.HIDDEN)
            columns += len(table.hidden_columns)
        sheets = dict.fromkeys(table.sheet for table in draft.tables if table.hidden and not draft.is_on(table))
        parts = [self.tr("工作表“{sheet}”").format(sheet=sheet) for sheet in sheets]
        parts += [self.tr("{count} 行").format(count=rows)] if rows else []
        parts += [self.tr("{count} 列").format(count=columns)] if columns else []
        return "，".join(parts)

    def _left(self, plan: ImportPlan, hidden: str) -> None:
        counts = plan.counts
        if not (counts[Outcome.SAME] or counts[Outcome.DOUBTFUL] or counts[Outcome.REFUSED] or hidden):
            return
        self._column.addWidget(label(self.tr("不写的"), "h2"))
        told = {
            Outcome.SAME: self.tr("{count} 行和资料库里完全一样"),
            Outcome.DOUBTFUL: self.tr("{count} 行还没定是不是同一位，先不写"),
            Outcome.REFUSED: self.tr("{count} 行有误，可以导出来发回去改"),
        }
        if hidden:
            self._add("eye-off", "ink2", self.tr("对方隐藏的没有导：{parts}").format(parts=hidden))
        blank = sum(map(is_unfilled, plan.rows))
        if blank:
            counts[Outcome.SAME] -= blank
            self._add("circle-dashed", "ink2", self.tr("{count} 张反馈表还没填，留在没交回的板上").format(count=blank))
        kept = sum(row.outcome is Outcome.SAME and bool(plan.choices.kept.get(row.key)) for row in plan.rows)
        if kept:
            counts[Outcome.SAME] -= kept
            self._add("equal", "ink2", self.tr("{count} 行留原来的").format(count=kept))
        again = sum(
            row.outcome is Outcome.SAME and row.joins is not None and not plan.choices.kept.get(row.key)
            for row in plan.rows
        )
        if again:
            counts[Outcome.SAME] -= again
            self._add("equal", "ink2", self.tr("{count} 行和表里前面的行是同一位，没有新内容").format(count=again))
        for outcome, words in told.items():
            if counts[outcome]:
                icon, tone, _ = LOOKS[outcome]
                self._add(icon, tone, words.format(count=counts[outcome]))


class ResultPanel(_Lines):
    """What was written, and what can be done now."""

    undo_wanted = Signal()
    refused_wanted = Signal()
    list_wanted = Signal()
    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.undo_button = button(self.tr("整批撤回"), self.undo_wanted.emit, icon="undo-2")
        self.refused_button = button("", self.refused_wanted.emit, icon="file-down")
        self.list_button = button(self.tr("去看名单"), self.list_wanted.emit, icon="users-round")

    def show_report(self, draft: Draft, report: ImportReport) -> None:
        """Say what an import did."""
        plan = draft.plan
        if plan is None:
            return
        self._clear()
        counts = Counter(report.counts)
        blank = sum(map(is_unfilled, plan.rows))
        counts[Outcome.SAME] -= blank
        left = counts[Outcome.REFUSED] + counts[Outcome.DOUBTFUL]
        if report.operation_id:
            self._column.addWidget(Banner("ok", self.tr("都写好了。"), self._backed_up(report)))
        else:
            self._column.addWidget(Banner("info", self.tr("没有新内容，什么都没有写。"), self._seen(draft, left)))
        for outcome in Outcome:
            if counts.get(outcome):
                icon, tone, _ = LOOKS[outcome]
                words = self.tr("{outcome} {count} 行").format(outcome=labels.label(outcome), count=counts[outcome])
                self._add(icon, tone, words)
        if blank:
            self._add("circle-dashed", "ink2", self.tr("{count} 张反馈表还没填，留在没交回的板上").format(count=blank))
        if report.paired:
            self._add("heart-handshake", "ok", self.tr("结了 {count} 对").format(count=report.paired))
        if report.wanting_same:
            self._add(
                "heart-handshake",
                "ink2",
                self.tr("{count} 位老人希望还是同一位，可以到结对匹配里结对").format(count=len(report.wanting_same)),
                self._some(report.wanting_same),
            )
        wishes = self._wishes(draft) if report.answers_saved else ()
        for count, icon, words, more in (
            (report.needs_added, "list-checks", self.tr("加了 {count} 条需求"), self._services(draft)),
            (report.certificates_added, "badge-check", self.tr("加了 {count} 张证书"), ""),
            (report.visits_added, "calendar-check", self.tr("补记了 {count} 次上门"), ""),
            (report.calls_added, "phone-call", self.tr("补记了 {count} 个来电"), ""),
            (report.answers_saved, "clipboard-pen-line", self.tr("录入了 {count} 张反馈表"), ""),
            (len(wishes), "list-checks", self.tr("登记了 {count} 条反馈表上的新需求"), self._some(wishes)),
        ):
            if count:
                self._add(icon, "ink2", words.format(count=count), more)
        for names, words in (
            (report.new_committees, self.tr("新建了居委：{names}")),
            (report.new_compounds, self.tr("新建了小区：{names}")),
            (report.new_enterprises, self.tr("新登记了单位：{names}")),
        ):
            if names:
                self._add("building-2", "ink2", words.format(names=self._some(names)))
        if report.operation_id:
            self._add_named(plan, self.tr("新登记了 {count} 位志愿者、单位"))
        self._add_untaken(plan)
        self._add_report(draft)
        self.refused_button.setText(self.tr("导出没写进去的 {count} 行").format(count=left))
        self.refused_button.setVisible(left > 0)
        self.undo_button.setVisible(bool(report.operation_id))
        buttons = QWidget()
        buttons.setLayout(row(self.undo_button, self.refused_button, self.list_button, STRETCH))
        for made in (self.undo_button, self.refused_button, self.list_button):
            made.setParent(buttons)
        self._column.addWidget(buttons)
        self._column.addStretch(1)

    def show_undone(self) -> None:
        """Say that what was told here stands no more."""
        self._clear()
        self._column.addWidget(Banner("info", self.tr("这一批已经撤回，资料库里没有它了。"), ""))
        self._column.addStretch(1)

    def _clear(self) -> None:
        # The buttons stay: they are put into the new lines.
        for made in (self.undo_button, self.refused_button, self.list_button):
            made.setParent(self)
        super()._clear()

    def _backed_up(self, report: ImportReport) -> str:
        return self.tr("写之前备份过了。") if report.backup_name else ""

    def _seen(self, draft: Draft, left: int) -> str:
        if draft.seen_before is None:
            return "" if left else self.tr("表里的内容资料库里都有了。")
        if left:
            words = self.tr("这份表 {day} 导入过；还有 {count} 行没写进去。")
            return words.format(day=labels.day(draft.seen_before), count=left)
        return self.tr("这份表 {day} 导入过，内容一样。").format(day=labels.day(draft.seen_before))
