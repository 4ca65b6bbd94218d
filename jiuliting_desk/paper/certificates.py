"""志愿服务记录证明: a volunteer's hours on paper, with what the national rules want on it.

Fields after the rules of the Ministry of Civil Affairs on volunteer service records and certificates (志愿服务记录与
证明出具办法（试行）, 2020): basic data, service, training, commendation, evaluation; issuer, handler, contact and date.
"""

from dataclasses import dataclass

from jiuliting_desk.paper.flow import A4_UPRIGHT, Column, Flow
from jiuliting_desk.paper.fonts import Weight
from jiuliting_desk.paper.pen import INK_SOFT


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceHours:
    """Hours of one service."""

    service: str
    period: str
    times: int
    hours: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingHours:
    """One training or salon."""

    day: str
    topic: str
    hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursCertificate:
    """Everything on one certificate, as text."""

    number: str
    name: str
    sex: str = ""
    id_number: str = ""
    """Masked unless the volunteer asks for it in full."""
    volunteer_number: str = ""
    registered_on: str = ""
    unit: str = ""
    period: str
    total_times: int
    total_hours: str
    services: tuple[ServiceHours, ...] = ()
    trainings: tuple[TrainingHours, ...] = ()
    awards: tuple[str, ...] = ()
    evaluation: str = ""
    purpose: str = ""
    issuer: str
    handler: str
    issuer_phone: str = ""
    issued_on: str


def hours_certificate(certificate: HoursCertificate) -> bytes:
    """The certificate as an A4 PDF with a place for the seal. Raises GlyphsMissing."""
    flow = Flow(A4_UPRIGHT, title="志愿服务记录证明", footer=f"编号 {certificate.number}", margin=22)
    flow.space(6)
    flow.text(105, flow.y + 8, "志愿服务记录证明", 9.0, weight=Weight.BOLD, align="centre")
    flow.text(flow.right, flow.y + 16, f"编号 {certificate.number}", 3.9, colour=INK_SOFT, align="right")
    flow.space(20)
    flow.paragraph(_statement(certificate), 4.9)
    flow.space(3)
    flow.subheading("一、基本信息")
    basics = (
        ("姓名", certificate.name),
        ("性别", certificate.sex),
        ("证件号码", certificate.id_number),
        ("志愿者编号", certificate.volunteer_number),
        ("登记日期", certificate.registered_on),
        ("所属单位", certificate.unit),
    )
    filled = [(label, value) for label, value in basics if value]
    pairs = [(*filled[at], *(filled[at + 1] if at + 1 < len(filled) else ("", ""))) for at in range(0, len(filled), 2)]
    for left_label, left, right_label, right in pairs:
        flow.text(22, flow.y + 4.6, left_label, 4.0, colour=INK_SOFT)
        flow.text(46, flow.y + 4.6, left, 4.3, weight=Weight.MEDIUM)
        flow.text(110, flow.y + 4.6, right_label, 4.0, colour=INK_SOFT)
        flow.text(134, flow.y + 4.6, right, 4.3, weight=Weight.MEDIUM)
        flow.space(7)
    flow.subheading("二、服务信息", f"合计 {certificate.total_times} 次，{certificate.total_hours} 小时")
    flow.table(
        (
            Column(title="服务内容", share=40, weight=Weight.MEDIUM),
            Column(title="起止时间", share=56),
            Column(title="地点", share=40),
            Column(title="次数", share=16, align="right"),
            Column(title="小时", share=18, align="right"),
        ),
        [(line.service, line.period, line.place, str(line.times), line.hours) for line in certificate.services],
        size=3.9,
    )
    flow.space(3)
    flow.subheading("三、培训信息", keep=12)
    if certificate.trainings:
        flow.table(
            (
                Column(title="日期", share=30),
                Column(title="内容", share=116),
                Column(title="学时", share=20, align="right"),
            ),
            [(line.day, line.topic, line.hours) for line in certificate.trainings],
            size=3.9,
        )
    else:
        flow.paragraph("（无）", colour=INK_SOFT)
    flow.space(3)
    flow.subheading("四、表彰奖励", keep=8)
    flow.paragraph("；".join(certificate.awards) or "（无）", colour=INK_SOFT)
    flow.subheading("五、服务评价", keep=8)
    flow.paragraph(certificate.evaluation or "（无）", colour=INK_SOFT)
    _issuer(flow, certificate)
    return flow.finish()


def _statement(certificate: HoursCertificate) -> str:
    who = f"{certificate.name}" + (f"（证件号码 {certificate.id_number}）" if certificate.id_number else "")
    purpose = f"本证明用于{certificate.purpose}。" if certificate.purpose else ""
    return (
        f"　　兹证明 {who}于 {certificate.period} 参加本单位组织的志愿服务 {certificate.total_times} 次，"
        f"累计 {certificate.total_hours} 小时（不含路途时间）。{purpose}特此证明。"
    )


def _issuer(flow: Flow, certificate: HoursCertificate) -> None:
    flow.space(6)
    flow.ensure(44)
    lines = (
        f"出具单位（盖章）：{certificate.issuer}",
        f"经办人：{certificate.handler}",
        f"联系电话：{certificate.issuer_phone}" if certificate.issuer_phone else "",
        f"出具日期：{certificate.issued_on}",
    )
    for line in filter(None, lines):
        flow.text(104, flow.y + 5, line, 4.3)
        flow.space(8.5)
