"""All that waits, in groups, the worst first; each line leads to its work, each heading to the whole."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.today import Group, Morning
from jiuliting_desk.actions.today import Line as GroupLine
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.feedback import BoardColumn
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.recurrence import Series
from jiuliting_desk.model.trainings import TrainingSession, TrainingState
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.store import Store
from jiuliting_desk.ui import labels, visit_words
from jiuliting_desk.ui.masking import masked_phone
from jiuliting_desk.ui.pages.today.item import Item
from jiuliting_desk.ui.session import Ref
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.lines import Line

translate = QCoreApplication.translate

SHORT = 5
"""Lines of a group that are shown until all are wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What the lines lead to."""

    go: Callable[[str, Ref | None, str], object]
    follow_up: Callable[[int], object]
    finish: Callable[[int], object]
    radar: Callable[[], object]
    closed: Callable[[], object]
    unfold: Callable[[str], object]


class WorkList:
    """Makes the lines of one morning."""

    def __init__(
        self, store: Store, found: Morning, steps: Steps, *, unfolded: Collection[str] = (), only: str = ""
    ) -> None:
        self._store = store
        self._found = found
        self._today = found.today
        self._steps = steps
        self._unfolded = unfolded
        self._only = only
        self._items: list[Item] = []

    def items(self) -> list[Item]:
        """Headings and lines; with ``only`` those of one group, whole."""
        found, steps, tr = self._found, self._steps, translate
        held, bonds = partial(steps.go, "matching", None, "claims"), partial(steps.go, "matching", None, "bonds")
        self._forms()
        self._stand_ins()
        self._group(
            "needs",
            tr("today", "等安排的需求"),
            found.waiting,
            lambda line: partial(steps.go, "matching", Ref(Need, line.record_id), ""),
            where=(tr("today", "去结对"), partial(steps.go, "matching", None, "")),
            nothing=tr("today", "都安排好了"),
            limit=found.waiting_days,
            right=tr("today", "等了 {days} 天"),
        )
        self._follow_ups()
        self._recalls()
        self._group(
            "past",
            tr("today", "过了还没记的上门"),
            found.unrecorded,
            lambda line: partial(steps.finish, line.record_id),
            right=tr("today", "过了 {days} 天"),
        )
        self._group(
            "claims", tr("today", "认领快到期"), found.claims, lambda _line: held, where=(tr("today", "看认领"), held)
        )
        self._group(
            "certs",
            tr("today", "证书过期、快到期"),
            found.certificates,
            lambda line: partial(steps.go, "providers", Ref(Provider, line.other_id), ""),
            where=(tr("today", "看证书"), partial(steps.go, "providers", None, "certificates")),
            limit=1,
            right=tr("today", "过期 {days} 天"),
        )
        self._group(
            "unseen",
            tr("today", "好久没人见过的老人"),
            found.unseen,
            lambda line: partial(steps.go, "elders", Ref(Elder, line.record_id), ""),
            where=(tr("today", "看全部"), steps.radar),
        )
        self._group(
            "paused",
            tr("today", "暂停好久的老人"),
            found.paused,
            lambda line: partial(steps.go, "elders", Ref(Elder, line.record_id), ""),
            right=tr("today", "停了 {days} 天"),
        )
        self._group(
            "resting",
            tr("today", "停了好久的定期上门"),
            found.resting,
            lambda line: partial(steps.go, "visits", Ref(Series, line.record_id), ""),
            right=tr("today", "停了 {days} 天"),
        )
        self._group(
            "unasked",
            tr("today", "好久没请过的志愿者"),
            found.unasked,
            lambda line: partial(steps.go, "providers", Ref(Provider, line.record_id), ""),
            where=(tr("today", "看全部"), partial(steps.go, "providers", None, "unasked")),
        )
        self._group(
            "reviews",
            tr("today", "结对要回头看"),
            found.reviews,
            lambda _line: bonds,
            where=(tr("today", "看结对"), bonds),
            right=tr("today", "过了 {days} 天"),
        )
        self._gatherings()
        return self._items

    # -- groups

    def _wanted(self, key: str) -> bool:
        return not self._only or self._only == key

    def _head(
        self, key: str, title: str, count: int, nothing: str = "", *, where: str = "",
        run: Callable[[], object] | None = None,
    ) -> bool:  # fmt: skip
        """The group's heading; gives whether lines are to follow."""
        if not self._wanted(key) or not (count or nothing):
            return False
        tags = (Chip(str(count)),) if count else ()
        line = Line(title=title, tags=tags, after="" if count else nothing, right=where if run else "", is_heading=True)
        self._items.append(Item(key=key, line=line, run=run))
        return bool(count)

    def _some(self, key: str, made: Sequence[Item], count: int) -> None:
        is_whole = key in self._unfolded or self._only == key
        shown = made if is_whole else made[:SHORT]
        self._items += shown
        left = count - len(shown)
        if left and not is_whole:
            words = translate("today", "还有 {count} 条，都列出来").format(count=left)
            self._items.append(
                Item(key=f"{key}more", line=Line(title=words, tone="link"), run=partial(self._steps.unfold, key))
            )
        elif left:
            words = translate("today", "另外还有 {count} 条").format(count=left)
            self._items.append(Item(key=f"{key}more", line=Line(title="", after=words, is_heading=True)))

    def _item(self, key: str, name: str, what: str, right: str, tone: str, run: Callable[[], object]) -> Item:
        icon = {"bad": "circle-alert", "warn": "clock"}.get(tone, "")
        line = Line(title=name, after=what, right=right, right_tone=tone, right_icon=icon if right else "")
        return Item(key=key, line=line, run=run)

    def _group(
        self,
        key: str,
        title: str,
        group: Group,
        run: Callable[[GroupLine], Callable[[], object]],
        *,
        where: tuple[str, Callable[[], object]] | None = None,
        nothing: str = "",
        limit: int = 0,
        right: str = "",
    ) -> None:
        words, lead = where or ("", None)
        if not self._head(key, title, group.count, nothing, where=words, run=lead):
            return
        made = []
        for one in group.lines:
            told, tone = self._measured(one.day, limit, right)
            left = translate("today", "，以后还约了 {count} 次上门").format(count=one.visits) if one.visits else ""
            made.append(self._item(f"{key}{one.record_id}", one.name, one.what + left, told, tone, run(one)))
        self._some(key, made, group.count)

    def _measured(self, day: date | None, limit: int, words: str) -> tuple[str, str]:
        """How long it has waited, or when it will be; crimson over the limit, amber near it."""
        if day is None:
            return translate("today", "从没有过"), "bad"
        waited = (self._today - day).days
        if waited < 0:
            return labels.month_day(day), "ink2"
        tone = "bad" if limit and waited >= limit else "ink2" if waited * 2 < limit else "warn"
        if waited == 0:
            return translate("today", "今天"), tone
        return (words or translate("today", "{days} 天")).format(days=waited), tone

    def _forms(self) -> None:
        found = self._found
        lead = partial(self._steps.go, "feedback", None, "")
        title = translate("today", "反馈表未交回")
        nothing = translate("today", "都交回了")
        if not self._head("forms", title, len(found.forms), nothing, where=translate("today", "去录入"), run=lead):
            return
        made = []
        for form in found.forms:
            near = form.days * 2 >= found.chase_days
            tone = "bad" if form.column is BoardColumn.CHASE else "warn" if near else "ink2"
            right = translate("today", "已过 {days} 天").format(days=form.days)
            if form.days == 0:
                right = translate("today", "今天刚上门")
            if form.column is BoardColumn.RETURNED:
                right, tone = translate("today", "收回了，等录入"), "ink2"
            run = partial(self._steps.go, "feedback", Ref(Visit, form.visit_id), "")
            what = visit_words.joined((form.category, form.provider))
            made.append(self._item(f"f{form.form.id}", form.name, what, right, tone, run))
        self._some("forms", made, len(made))

    def _stand_ins(self) -> None:
        """Whom somebody else has to go to this week, by day: the telephone proposes who, and that day and hour."""
        found = self._found.stand_ins
        lead = partial(self._steps.go, "matching", None, "")
        title = translate("today", "还没约到人代去")
        if not self._head("stand_ins", title, found.count, where=translate("today", "去结对"), run=lead):
            return
        made = []
        for line in found.lines:
            run = partial(self._steps.go, "phone", Ref(Need, line.record_id), "")
            days = 0 if line.day is None else (line.day - self._today).days
            right = "" if line.day is None else labels.day(line.day, today=self._today)
            made.append(
                self._item(f"s{line.record_id}", line.name, line.what, right, "bad" if days < 2 else "warn", run)
            )
        self._some("stand_ins", made, found.count)

    def _follow_ups(self) -> None:
        found = self._found.follow_ups
        where = translate("today", "看办完的")
        nothing = translate("today", "都办好了")
        if not self._head(
            "low", translate("today", "要回访"), len(found), nothing, where=where, run=self._steps.closed
        ):
            return
        made = []
        for one in found:
            follow_up = one.follow_up
            if follow_up.due_on < self._today:
                right = translate("today", "过了 {days} 天").format(days=(self._today - follow_up.due_on).days)
            elif follow_up.due_on == self._today:
                right = translate("today", "今天到期")
            else:
                right = translate("today", "{day}前").format(day=labels.month_day(follow_up.due_on))
            tone = "bad" if follow_up.due_on <= self._today else "warn"
            cause = labels.label(follow_up.cause)
            if follow_up.score:
                cause = translate("today", "{score} 分").format(score=follow_up.score)
            what = visit_words.joined((one.category, cause, follow_up.what))
            run = partial(self._steps.follow_up, follow_up.id)
            made.append(self._item(f"l{follow_up.id}", one.name, what, right, tone, run))
        self._some("low", made, len(made))

    def _recalls(self) -> None:
        found = self._found.recalls
        lead = partial(self._steps.go, "phone", None, "call")
        if not self._head(
            "recalls", translate("today", "要回电"), len(found), where=translate("today", "去回电"), run=lead
        ):
            return
        names = self._store.get_many(Elder, [call.elder_id for call in found if call.elder_id])
        made = []
        for call in found:
            elder = names.get(call.elder_id or 0)
            name = elder.name if elder else call.caller_name or masked_phone(call.phone)
            run = partial(self._steps.go, "phone", Ref(type(call), call.id), "call")
            made.append(self._item(f"r{call.id}", name, call.notes, "", "ink2", run))
        self._some("recalls", made, len(made))

    def _gatherings(self) -> None:
        found = self._found.gatherings
        lead = partial(self._steps.go, "trainings", None, "")
        title = translate("today", "培训与沙龙")
        if not self._head("trainings", title, len(found), where=translate("today", "去点名"), run=lead):
            return
        made = []
        for line in found:
            session = line.session
            is_uncalled = session.state is TrainingState.PLANNED and session.day < self._today
            right = translate("today", "还没点名") if is_uncalled else labels.day(session.day, today=self._today)
            run = partial(self._steps.go, "trainings", Ref(TrainingSession, session.id), "")
            people = translate("today", "名单 {count} 人").format(count=line.on_roll)
            tone = "warn" if is_uncalled else "ink2"
            made.append(self._item(f"t{session.id}", session.topic, people, right, tone, run))
        self._some("trainings", made, len(made))
