"""Lists on paper: the day's visits, a cadre's visits, forms to chase, sign-in sheets, volunteers."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiuliting_desk.paper.errors import NothingToPrint
from jiuliting_desk.paper.flow import A4_ACROSS, A4_UPRIGHT, TICK, Column, Flow, Row
from jiuliting_desk.paper.fonts import Weight


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One visit on a list, as text."""

    time: str
    """E.g. "09:30–10:30"."""
    elder: str
    about: str = ""
    """What one must know at the door: age, living, hearing."""
    address: str = ""
    phone: str = ""
    service: str = ""
    providers: str = ""
    provider_phone: str = ""
    cadre: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitGroup:
    """The visits of one heading: a day, a cadre, a provider."""

    title: str
    aside: str = ""
    lines: tuple[VisitLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A form that has not come back."""

    number: str
    visit_day: str
    days_out: int
    elder: str
    address: str = ""
    service: str = ""
    providers: str = ""
    chased_times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGroup:
    """The forms that one cadre, or one committee, still has."""

    title: str
    aside: str = ""
    lines: tuple[FormLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Someone expected at a session."""

    name: str
    unit: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderLine:
    """A volunteer or enterprise on a list."""

    number: str
    name: str
    phone: str = ""
    place: str = ""
    skills: str = ""
    times: str = ""
    load: str = ""
    notes: str = ""


_VISIT_COLUMNS = (
    Column(title="时间", share=30, weight=Weight.MEDIUM),
    Column(title="老人", share=34, weight=Weight.MEDIUM),
    Column(title="要留意", share=36),
    Column(title="地址", share=46),
    Column(title="电话", share=33),
    Column(title="项目", share=26),
    Column(title="上门的人", share=36),
    Column(title="带队干部", share=22),
    Column(title="备注", share=36),
)


def _visit_row(line: VisitLine) -> Row:
    providers = "\n".join(filter(None, (line.providers, line.provider_phone)))
    return (
        line.time,
        line.elder,
        line.about,
        line.address,
        line.phone,
        line.service,
        providers,
        line.cadre,
        line.notes,
        TICK,
    )


def visit_list(
    groups: Sequence[VisitGroup],
    *,
    title: str,
    footer: str = "",
    page_for_each: bool = False,
    tick_title: str = "做好",
) -> bytes:
    """Visits in groups as an A4 PDF, across: a day list, or with ``page_for_each`` a page for each cadre or provider.

    ``tick_title`` stands over the boxes at the right.
    Raises NothingToPrint where there is no visit, and GlyphsMissing.
    """
    if not any(group.lines for group in groups):
        raise NothingToPrint()
    flow = Flow(A4_ACROSS, title=title, footer=footer, margin=12)
    columns = (*_VISIT_COLUMNS, Column(title=tick_title, share=12, align="centre"))
    for number, group in enumerate(group for group in groups if group.lines):
        if page_for_each or number == 0:
            flow.new_page()
            flow.heading(title, _count(group) if page_for_each else f"共 {sum(len(g.lines) for g in groups)} 次上门")
        flow.subheading(
            group.title, group.aside if page_for_each else " · ".join(filter(None, (group.aside, _count(group))))
        )
        flow.table(columns, [_visit_row(line) for line in group.lines], row_height=11)
        flow.space(3)
    return flow.finish()


def _count(group: VisitGroup) -> str:
    return f"{len(group.lines)} 次上门"


def chase_list(groups: Sequence[FormGroup], *, title: str = "待催清单：意见反馈表", footer: str = "") -> bytes:
    """待催清单: the forms still out, by cadre or committee, as an A4 PDF. Raises NothingToPrint and GlyphsMissing."""
    if not any(group.lines for group in groups):
        raise NothingToPrint()
    flow = Flow(A4_UPRIGHT, title=title, footer=footer)
    flow.heading(title, f"共 {sum(len(group.lines) for group in groups)} 张")
    columns = (
        Column(title="表号", share=20, weight=Weight.MEDIUM),
        Column(title="上门日期", share=30),
        Column(title="过了", share=14, align="right"),
        Column(title="老人", share=24, weight=Weight.MEDIUM),
        Column(title="地址", share=36),
        Column(title="项目", share=24),
        Column(title="上门的人", share=26),
        Column(title="催过", share=13, align="right"),
        Column(title="收回", share=12, align="centre"),
    )
    for group in groups:
        if not group.lines:
            continue
        flow.subheading(group.title, " · ".join(filter(None, (group.aside, f"{len(group.lines)} 张"))))
        rows = [
            (
                line.number,
                line.visit_day,
                f"{line.days_out} 天" if line.days_out else "今天",
                line.elder,
                line.address,
                line.service,
                line.providers,
                f"{line.chased_times} 次" if line.chased_times else "",
                TICK,
            )
            for line in group.lines
        ]
        flow.table(columns, rows, row_height=9)
        flow.space(3)
    return flow.finish()


def sign_in_sheet(
    participants: Sequence[Participant],
    *,
    topic: str,
    day: str,
    place: str = "",
    hours: str = "",
    host: str = "",
    blank_rows: int = 8,
    footer: str = "",
) -> bytes:
    """签到表 for a training or salon as an A4 PDF, with empty rows for those who come unannounced.
    Raises GlyphsMissing."""
    flow = Flow(A4_UPRIGHT, title=f"签到表 {topic}", footer=footer)
    flow.heading("签到表", day)
    flow.paragraph(topic, 5.0, weight=Weight.BOLD)
    facts = (("地点", place), ("学时", hours), ("主讲", host))
    flow.paragraph("　".join(f"{label}：{value}" for label, value in facts if value) or "　", 4.0)
    flow.space(2)
    columns = (
        Column(title="序号", share=12, align="centre"),
        Column(title="姓名", share=28, weight=Weight.MEDIUM),
        Column(title="单位", share=44),
        Column(title="电话", share=32),
        Column(title="到的时间", share=22),
        Column(title="签名", share=44),
    )
    people = [*participants, *[Participant(name="")] * blank_rows]
    rows = [(str(number), person.name, person.unit, person.phone, "", "") for number, person in enumerate(people, 1)]
    flow.table(columns, rows, size=4.0, row_height=10.5)
    return flow.finish()


def provider_list(lines: Sequence[ProviderLine], *, title: str, footer: str = "") -> bytes:
    """Volunteers or enterprises as an A4 PDF, across. Raises NothingToPrint and GlyphsMissing."""
    if not lines:
        raise NothingToPrint()
    flow = Flow(A4_ACROSS, title=title, footer=footer, margin=12)
    flow.heading(title, f"共 {len(lines)} 位")
    columns = (
        Column(title="编号", share=20),
        Column(title="姓名", share=40, weight=Weight.MEDIUM),
        Column(title="电话", share=32),
        Column(title="住处、单位", share=44),
        Column(title="会做的", share=54),
        Column(title="有空的时候", share=44),
        Column(title="这个月", share=22, align="right"),
        Column(title="备注", share=38),
    )
    rows = [
        (line.number, line.name, line.phone, line.place, line.skills, line.times, line.load, line.notes)
        for line in lines
    ]
    flow.table(columns, rows, row_height=9)
    return flow.finish()
