"""资料: what one must know before ringing, then everything else that is known of an elder."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiuliting_desk.actions.disclosures import reveal_contacts, reveal_id_number, reveal_phones
from jiuliting_desk.model.elders import Elder, Living, Sex
from jiuliting_desk.model.identity import IdProblem
from jiuliting_desk.model.places import Compound, ResidentsCommittee, address_text
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.masking import masked_id, masked_phone, spaced_phone
from jiuliting_desk.ui.pages.elders import words
from jiuliting_desk.ui.revealing import reveal
from jiuliting_desk.ui.session import Session
from jiuliting_desk.ui.widgets.banner import Banner
from jiuliting_desk.ui.widgets.buttons import button
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.layout import STRETCH, column, row, scrolled
from jiuliting_desk.ui.widgets.masked import MaskedValue
from jiuliting_desk.ui.widgets.text import icon_label, label


class FactsTab(QWidget):
    """Masked numbers are shown for half a minute; each look is noted before."""

    edit_wanted = Signal()
    consent_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._elder_id = 0
        self.warning = Banner("warn", "", icon="ear")
        self.state = Banner("info", "", icon="info")
        self.facts = Facts()
        self._content = column(
            self.state,
            self.warning,
            self.facts,
            row(button(self.tr("改资料"), self.edit_wanted.emit, kind="link", icon="pencil", size="s"), STRETCH),
            STRETCH,
            margins=(14, 16),
            gap=12,
        )
        content = QWidget()
        content.setLayout(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))

    def show_elder(self, elder: Elder) -> None:
        """Show a record; numbers are masked anew."""
        self._elder_id = elder.id
        self._show_banners(elder)
        before, self.facts = self.facts, Facts(label_width=80)
        self._content.replaceWidget(before, self.facts)
        before.hide()
        before.deleteLater()
        facts = self.facts
        self._add_phones(elder)
        if elder.id_number:
            facts.add(self.tr("身份证"), self._id_number(elder))
        facts.add(self.tr("好打时间"), elder.best_hours)
        facts.line()
        facts.add(self.tr("住址"), self._address(elder))
        facts.add(self.tr("居住"), "" if elder.living is Living.UNKNOWN else labels.label(elder.living))
        facts.add(self.tr("出生"), self._birth(elder))
        facts.add(self.tr("身体"), elder.health)
        facts.add(self.tr("语言"), elder.language)
        facts.add(self.tr("喜欢"), elder.likes)
        facts.add(self.tr("不要"), self._refuses(elder), tone="warn")
        facts.line()
        self._add_contacts(elder)
        facts.add(self.tr("同意书"), self._consent(elder))
        facts.add(self.tr("来源"), self._source(elder))
        facts.add(self.tr("备注"), elder.notes)

    def _show_banners(self, elder: Elder) -> None:
        self.warning.setVisible(bool(elder.hearing))
        self.warning.say(elder.hearing)
        since = words.state_since(elder, self._session.today())
        self.state.setVisible(bool(since))
        self.state.say(since)

    def _add_phones(self, elder: Elder) -> None:
        if not elder.phones:
            self.facts.add(self.tr("电话"), self.tr("没有电话"), tone="warn")
            return
        numbers = sorted(elder.phones, key=lambda phone: phone.number != elder.phone)
        for at, phone in enumerate(numbers):
            shown: QWidget = MaskedValue(masked_phone(phone.number), partial(self._reveal_phone, at))
            if phone.note:
                noted = QWidget()
                noted.setLayout(column(shown, label(phone.note, "cap", wrap=True), gap=0))
                shown = noted
            self.facts.add(self.tr("电话") if at == 0 else self.tr("另一个"), shown)

    def _reveal_phone(self, at: int) -> str:
        found = reveal(self._session, reveal_phones, elder_id=self._elder_id)
        return spaced_phone(found[at]) if found else ""

    def _id_number(self, elder: Elder) -> QWidget:
        shown = MaskedValue(masked_id(elder.id_number), self._reveal_id, copyable=False)
        if not elder.id_flag:
            return shown
        field = QWidget()
        doubt = self.tr("这个号码有疑问：{problem}").format(problem=labels.label(IdProblem(elder.id_flag)))
        field.setLayout(column(shown, label(doubt, "cap", tone="warn", wrap=True), gap=0))
        return field

    def _reveal_id(self) -> str:
        return reveal(self._session, reveal_id_number, elder_id=self._elder_id) or ""

    def _address(self, elder: Elder) -> str:
        store = self._session.store
        committee = store.find(ResidentsCommittee, elder.committee_id)
        compound = store.find(Compound, elder.compound_id)
        where = address_text(compound.name if compound else "", elder.building, elder.room, elder.unit)
        parts = [" ".join(filter(None, (committee.name if committee else "", where)))]
        if elder.floor is not None:
            parts.append(self.tr("{floor} 楼").format(floor=elder.floor))
        if elder.without_lift:
            parts.append(self.tr("没有电梯"))
        return self.tr("，").join(filter(None, parts))

    def _birth(self, elder: Elder) -> str:
        """1944年5月8日, as far as known."""
        parts = elder.birth.split("-") if elder.birth else []
        shapes = (self.tr("{0}年"), self.tr("{0}年{1}月"), self.tr("{0}年{1}月{2}日"))
        return shapes[len(parts) - 1].format(*(str(int(part)) for part in parts)) if parts else ""

    def _refuses(self, elder: Elder) -> str:
        sex = ""
        if elder.refuses_sex is not Sex.UNKNOWN:
            sex = self.tr("不要{sex}的上门").format(sex=labels.label(elder.refuses_sex))
        return self.tr("；").join(filter(None, (sex, elder.refuses)))

    def _add_contacts(self, elder: Elder) -> None:
        for at, contact in enumerate(elder.contacts):
            who = f"{contact.name}（{contact.relation}）" if contact.relation else contact.name
            field: QWidget | str = who
            if contact.phone:
                masked = MaskedValue(masked_phone(contact.phone), partial(self._reveal_contact, at))
                field = QWidget()
                field.setLayout(column(label(who, wrap=True), masked, gap=0))
            self.facts.add(self.tr("紧急联系人") if at == 0 else self.tr("另一位"), field)

    def _reveal_contact(self, at: int) -> str:
        found = reveal(self._session, reveal_contacts, elder_id=self._elder_id)
        return spaced_phone(found[at]) if found else ""

    def _consent(self, elder: Elder) -> QWidget:
        field = QWidget()
        if elder.consent_on is None:
            ask = button(self.tr("记下同意书"), self.consent_wanted.emit, kind="link", size="s")
            field.setLayout(row(label(self.tr("还没签"), tone="warn"), ask, STRETCH, gap=4))
            return field
        signed = self.tr("{day} 已签").format(day=labels.day(elder.consent_on))
        icon, tone = "circle-check", "ok"
        if elder.consent_ended_on is not None:
            signed += self.tr("，{day} 撤回").format(day=labels.day(elder.consent_ended_on))
            icon, tone = "circle-alert", "warn"
        text = label(signed, wrap=True)
        layout = row(icon_label(icon, tone), text, gap=6)
        layout.setStretchFactor(text, 1)
        field.setLayout(layout)
        return field

    def _source(self, elder: Elder) -> str:
        survey = self._session.store.find(NeedsSurvey, elder.survey_id)
        if survey is not None:
            return self.tr("{day} 排摸名单 {file}").format(day=labels.day(survey.surveyed_on), file=survey.source_file)
        if elder.registered_on is not None:
            return self.tr("{day} 登记").format(day=labels.day(elder.registered_on))
        return ""
