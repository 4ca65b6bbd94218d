"""派工单 and lists of visits on paper: day by day, a page for each cadre, whom to ring up, which forms to chase."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from jiuliting_desk.actions import forms
from jiuliting_desk.actions.cards import spaced
from jiuliting_desk.actions.form_prints import services_text
from jiuliting_desk.actions.settings import setting
from jiuliting_desk.model.cards import PrintBatch, PrintState
from jiuliting_desk.model.dates import age_on, day_text, time_text
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.model.places import Cadre, address_text
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import FELL_THROUGH, Visit, VisitState
from jiuliting_desk.paper import lists as paper_lists
from jiuliting_desk.paper.slips import SlipFace, dispatch_slips
from jiuliting_desk.store import Store
from jiuliting_desk.store.finding import CODE_PREFIX
from jiuliting_desk.store.visit_lines import VisitLine, lines

NO_CADRE = "还没定谁带"


def print_list(
    store: Store,
    *,
    paper: Paper,
    visit_ids: Sequence[int],
    target: str,
    deliver: Callable[[bytes], object],
    today: date,
    progress: Callable[[int, int], object] | None = None,
) -> PrintBatch:
    """Slips or a list of some visits to ``deliver``, noted in the log; what ``deliver`` raises leaves no note.

    Visits that fell through are left out. Raises NothingToPrint and GlyphsMissing.
    """
    if progress is not None:
        progress(0, len(visit_ids))
    deliver(_MAKERS[paper](_read(store, visit_ids, today)))
    store.running.about = f"{len(visit_ids)} 次上门"
    return store.add(
        PrintBatch(
            kind=paper.value,
            printed_on=today,
            printed_by=store.who,
            target=target,
            item_ids=tuple(visit_ids),
            state=PrintState.CONFIRMED,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Some visits with all that the lists tell of them."""

    store: Store
    today: date
    lines: list[VisitLine]
    elders: dict[int, Elder]
    providers: dict[int, Provider]
    cadres: dict[int, Cadre]

    def about(self, line: VisitLine) -> str:
        age = age_on(line.birth, self.today)
        return " ".join(filter(None, (f"{age} 岁" if age is not None else "", *line.tags)))

    def must_know(self, line: VisitLine) -> str:
        elder = self.elders[line.visit.elder_id]
        return "；".join(filter(None, (elder.hearing, elder.language, elder.likes)))

    def providers_phone(self, line: VisitLine) -> str:
        return next((spaced(self.providers[one].phone) for one in line.visit.provider_ids), "")

    def cadre(self, line: VisitLine) -> Cadre | None:
        return None if line.visit.cadre_id is None else self.cadres[line.visit.cadre_id]


def _read(store: Store, visit_ids: Sequence[int], today: date) -> _Read:
    visits = [one for one in store.get_many(Visit, visit_ids).values() if one.state not in FELL_THROUGH]
    visits.sort(key=lambda one: (one.day, one.starts, one.id))
    return _Read(
        store=store,
        today=today,
        lines=lines(store, visits),
        elders=store.get_many(Elder, {one.elder_id for one in visits}),
        providers=store.get_many(Provider, {provider for one in visits for provider in one.provider_ids}),
        cadres=store.get_many(Cadre, {one.cadre_id for one in visits if one.cadre_id is not None}),
    )


def _address(line: VisitLine) -> str:
    return address_text(line.compound, line.building, line.room, line.unit)


def _times(visit: Visit) -> str:
    return f"{time_text(visit.starts)}–{time_text(visit.ends)}"


# -- 派工单


def _slips(read: _Read) -> bytes:
    return dispatch_slips([_slip(read, line) for line in read.lines])


def _slip(read: _Read, line: VisitLine) -> SlipFace:
    cadre = read.cadre(line)
    return SlipFace(
        number=line.form_number,
        code_text=f"{CODE_PREFIX}-{line.form_number}" if line.form_number else "",
        day=day_text(line.visit.day),
        time=_times(line.visit),
        elder=line.name,
        about=read.about(line),
        must_know=read.must_know(line),
        address=_address(line),
        phone=spaced(line.phone),
        service=services_text(line),
        minutes=line.visit.minutes,
        providers="  ".join(filter(None, ("、".join(line.providers), read.providers_phone(line)))),
        cadre="" if cadre is None else "  ".join(filter(None, (cadre.name, spaced(cadre.phone)))),
        notes=line.visit.notes,
        office_name=setting(read.store, "office_name"),
        office_phone=spaced(setting(read.store, "office_phone")),
        brand=setting(read.store, "card_title"),
    )


# -- lists of visits


def _row(read: _Read, line: VisitLine, *, notes: str = "") -> paper_lists.VisitLine:
    return paper_lists.VisitLine(
        time=_times(line.visit),
        elder=line.name,
        about="\n".join(filter(None, (read.about(line), read.must_know(line)))),
        address=_address(line),
        phone=spaced(line.phone),
        service=services_text(line),
        providers="、".join(line.providers),
        provider_phone=read.providers_phone(line),
        cadre=line.cadre,
        notes=notes or line.visit.notes,
    )


def _footer(read: _Read) -> str:
    return "　".join(filter(None, (setting(read.store, "office_name"), f"{day_text(read.today)}印")))


def _by_day(read: _Read, told: Sequence[VisitLine], notes: Callable[[VisitLine], str]) -> list[paper_lists.VisitGroup]:
    return [
        paper_lists.VisitGroup(title=day_text(day), lines=tuple(_row(read, line, notes=notes(line)) for line in of_day))
        for day, of_day in groupby(told, key=lambda line: line.visit.day)
    ]


def _day_list(read: _Read) -> bytes:
    groups = _by_day(read, read.lines, lambda _line: "")
    return paper_lists.visit_list(groups, title="上门名单", footer=_footer(read))


def _cadre_list(read: _Read) -> bytes:
    by_cadre: dict[int, list[VisitLine]] = {}
    for line in read.lines:
        by_cadre.setdefault(line.visit.cadre_id or 0, []).append(line)
    groups = []
    for cadre_id in sorted(by_cadre, key=lambda one: (not one, read.cadres[one].name if one else "")):
        cadre = read.cadres.get(cadre_id)
        committees = dict.fromkeys(line.committee for line in by_cadre[cadre_id] if line.committee)
        days = [line.visit.day for line in by_cadre[cadre_id]]
        span = day_text(days[0]) if days[0] == days[-1] else f"{day_text(days[0])} 到 {day_text(days[-1])}"
        groups.append(
            paper_lists.VisitGroup(
                title=NO_CADRE if cadre is None else cadre.name,
                aside=" · ".join(
                    filter(None, ("、".join(committees), "" if cadre is None else spaced(cadre.phone), span))
                ),
                lines=tuple(_dated(read, line, several=days[0] != days[-1]) for line in by_cadre[cadre_id]),
            )
        )
    return paper_lists.visit_list(groups, title="带队名单", footer=_footer(read), page_for_each=True)


def _dated(read: _Read, line: VisitLine, *, several: bool) -> paper_lists.VisitLine:
    row = _row(read, line)
    return replace(row, time=f"{line.visit.day.month}月{line.visit.day.day}日\n{row.time}") if several else row


def _reminders(read: _Read) -> bytes:
    told = [line for line in read.lines if line.visit.state is VisitState.PLANNED and line.visit.reminded_at is None]

    def best_hours(line: VisitLine) -> str:
        return read.elders[line.visit.elder_id].best_hours

    return paper_lists.visit_list(
        _by_day(read, told, best_hours), title="提醒名单：打电话提醒老人", footer=_footer(read), tick_title="打过"
    )


# -- 待催清单


def _chase_list(read: _Read) -> bytes:
    wanted = {line.visit.id for line in read.lines}
    known = {line.visit.id: line for line in read.lines}
    awaited = [line for line in forms.board(read.store, today=read.today) if line.visit_id in wanted]
    cadres = {cadre.id: cadre for cadre in read.store.all(Cadre)}
    by_cadre: dict[int, list[paper_lists.FormLine]] = {}
    committees: dict[int, dict[str, None]] = {}
    for line in awaited:
        told = known[line.visit_id]
        by_cadre.setdefault(line.cadre_id or 0, []).append(
            paper_lists.FormLine(
                number=line.form.number,
                visit_day=day_text(line.visit_day),
                days_out=line.days,
                elder=line.name,
                address=_address(told),
                service=services_text(told),
                providers="、".join(told.providers),
                chased_times=line.form.chased_times,
            )
        )
        if line.committee:
            committees.setdefault(line.cadre_id or 0, {})[line.committee] = None
    groups = []
    for cadre_id in sorted(by_cadre, key=lambda one: (not one, cadres[one].name if one else "")):
        cadre = cadres.get(cadre_id)
        phone = "" if cadre is None else spaced(cadre.phone)
        groups.append(
            paper_lists.FormGroup(
                title=NO_CADRE if cadre is None else cadre.name,
                aside=" · ".join(filter(None, ("、".join(committees.get(cadre_id, ())), phone))),
                lines=tuple(by_cadre[cadre_id]),
            )
        )
    return paper_lists.chase_list(groups, footer=_footer(read))


_MAKERS: dict[Paper, Callable[[_Read], bytes]] = {
    Paper.SLIPS: _slips,
    Paper.DAY_LIST: _day_list,
    Paper.CADRE_LIST: _cadre_list,
    Paper.REMINDERS: _reminders,
    Paper.CHASE_LIST: _chase_list,
}
