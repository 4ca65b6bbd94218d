"""Steps of the past in words: what changed in which field, from what to what."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions.past import FieldChange, Span, Step
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.elders import Contact, Elder, Phone
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.pairings import Claim
from jiuliting_desk.model.places import Cadre, Compound, ResidentsCommittee
from jiuliting_desk.model.providers import Provider, Skill
from jiuliting_desk.model.text import masked_id, masked_phone
from jiuliting_desk.store import Store
from jiuliting_desk.store.history import origin
from jiuliting_desk.store.operations import OperationLine
from jiuliting_desk.store.tables import mapped
from jiuliting_desk.ui import action_words, labels
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP
from jiuliting_desk.ui.widgets.half_days import half_day_words

translate = QCoreApplication.translate

COLUMNS: dict[str, str] = {
    "name": QT_TRANSLATE_NOOP("history", "名称"),
    "number": QT_TRANSLATE_NOOP("history", "编号"),
    "kind": QT_TRANSLATE_NOOP("history", "种类"),
    "sex": QT_TRANSLATE_NOOP("history", "性别"),
    "birth": QT_TRANSLATE_NOOP("history", "出生"),
    "id_number": QT_TRANSLATE_NOOP("history", "身份证"),
    "phones": QT_TRANSLATE_NOOP("history", "电话"),
    "phone": QT_TRANSLATE_NOOP("history", "电话"),
    "contact_name": QT_TRANSLATE_NOOP("history", "联系人"),
    "contacts": QT_TRANSLATE_NOOP("history", "紧急联系人"),
    "best_hours": QT_TRANSLATE_NOOP("history", "好打时间"),
    "committee_id": QT_TRANSLATE_NOOP("history", "居委"),
    "compound_id": QT_TRANSLATE_NOOP("history", "小区"),
    "address": QT_TRANSLATE_NOOP("history", "地址"),
    "building": QT_TRANSLATE_NOOP("history", "楼"),
    "unit": QT_TRANSLATE_NOOP("history", "单元"),
    "room": QT_TRANSLATE_NOOP("history", "室"),
    "floor": QT_TRANSLATE_NOOP("history", "楼层"),
    "without_lift": QT_TRANSLATE_NOOP("history", "没有电梯"),
    "living": QT_TRANSLATE_NOOP("history", "居住"),
    "tags": QT_TRANSLATE_NOOP("history", "标签"),
    "health": QT_TRANSLATE_NOOP("history", "身体"),
    "hearing": QT_TRANSLATE_NOOP("history", "听力"),
    "language": QT_TRANSLATE_NOOP("history", "语言"),
    "languages": QT_TRANSLATE_NOOP("history", "会说"),
    "likes": QT_TRANSLATE_NOOP("history", "喜好"),
    "refuses": QT_TRANSLATE_NOOP("history", "不要"),
    "consent_on": QT_TRANSLATE_NOOP("history", "同意书"),
    "state": QT_TRANSLATE_NOOP("history", "状态"),
    "state_on": QT_TRANSLATE_NOOP("history", "从哪天起"),
    "state_reason": QT_TRANSLATE_NOOP("history", "原因"),
    "reason": QT_TRANSLATE_NOOP("history", "原因"),
    "resume_on": QT_TRANSLATE_NOOP("history", "到哪天恢复"),
    "notes": QT_TRANSLATE_NOOP("history", "备注"),
    "enterprise_id": QT_TRANSLATE_NOOP("history", "单位"),
    "area_committee_ids": QT_TRANSLATE_NOOP("history", "愿意去"),
    "max_metres": QT_TRANSLATE_NOOP("history", "最远（米）"),
    "skills": QT_TRANSLATE_NOOP("history", "会做"),
    "half_days": QT_TRANSLATE_NOOP("history", "时间"),
    "visits_per_month": QT_TRANSLATE_NOOP("history", "每月次数"),
    "minutes_per_month": QT_TRANSLATE_NOOP("history", "每月分钟"),
    "homes_at_once": QT_TRANSLATE_NOOP("history", "几户一起"),
    "asked_on": QT_TRANSLATE_NOOP("history", "问过"),
    "insured_until": QT_TRANSLATE_NOOP("history", "保险到"),
    "guardian_consent": QT_TRANSLATE_NOOP("history", "监护人同意"),
    "joined_on": QT_TRANSLATE_NOOP("history", "加入"),
    "quantity": QT_TRANSLATE_NOOP("history", "数量"),
    "rhythm": QT_TRANSLATE_NOOP("history", "多久一次"),
    "urgency": QT_TRANSLATE_NOOP("history", "紧急程度"),
    "wishes": QT_TRANSLATE_NOOP("history", "要求"),
    "claimed_by": QT_TRANSLATE_NOOP("history", "谁认领"),
    "provider_id": QT_TRANSLATE_NOOP("history", "谁去"),
    "elder_id": QT_TRANSLATE_NOOP("history", "老人"),
    "category_id": QT_TRANSLATE_NOOP("history", "服务项目"),
    "closed_on": QT_TRANSLATE_NOOP("history", "哪天取消"),
    "close_reason": QT_TRANSLATE_NOOP("history", "取消原因"),
    "expires_on": QT_TRANSLATE_NOOP("history", "到期"),
    "issued_on": QT_TRANSLATE_NOOP("history", "发证"),
    "claimed_on": QT_TRANSLATE_NOOP("history", "认领"),
    "begins_on": QT_TRANSLATE_NOOP("history", "从哪天起"),
    "started_on": QT_TRANSLATE_NOOP("history", "开始"),
    "review_on": QT_TRANSLATE_NOOP("history", "下次回访"),
    "reviewed_on": QT_TRANSLATE_NOOP("history", "回访过"),
    "pinned": QT_TRANSLATE_NOOP("history", "固定"),
    "ended_on": QT_TRANSLATE_NOOP("history", "结束"),
    "end_reason": QT_TRANSLATE_NOOP("history", "结束原因"),
    "override_reason": QT_TRANSLATE_NOOP("history", "不合规则的原因"),
    "handed_on": QT_TRANSLATE_NOOP("history", "发卡"),
    "handed_to": QT_TRANSLATE_NOOP("history", "谁收的"),
    "aliases": QT_TRANSLATE_NOOP("history", "别名"),
    "longitude": QT_TRANSLATE_NOOP("history", "经度"),
    "latitude": QT_TRANSLATE_NOOP("history", "纬度"),
    "active": QT_TRANSLATE_NOOP("history", "在用"),
    "minutes": QT_TRANSLATE_NOOP("history", "分钟"),
    "certificate_kind": QT_TRANSLATE_NOOP("history", "要的证书"),
    "months": QT_TRANSLATE_NOOP("history", "月份"),
    "quota_per_year": QT_TRANSLATE_NOOP("history", "一年几次"),
    "words": QT_TRANSLATE_NOOP("history", "别的说法"),
    "position": QT_TRANSLATE_NOOP("history", "次序"),
    "value": QT_TRANSLATE_NOOP("history", "值"),
}
"""What a field is called in history; one entry a line. A field without a word is not told."""

_NAMED: dict[str, type[Any]] = {
    "committee_id": ResidentsCommittee,
    "area_committee_ids": ResidentsCommittee,
    "compound_id": Compound,
    "enterprise_id": Provider,
    "provider_id": Provider,
    "claimed_by": Provider,
    "elder_id": Elder,
    "category_id": ServiceCategory,
    "cadre_id": Cadre,
}


def line_words(store: Store, line: OperationLine) -> str:
    """What was done; of an undo or a redo also with what."""
    if line.undoes is None:
        return action_words.step(line.name, line.about)
    first = origin(store, line)
    return action_words.step(line.name, action_words.step(first.name, first.about))


def title(store: Store, step: Step) -> str:
    """What was done."""
    return line_words(store, step.line)


def field_word(field: str) -> str:
    """What a field is called, "" where it is not told."""
    return translate("history", COLUMNS[field]) if field in COLUMNS else ""


def value_words(store: Store, field: str, value: Any) -> str:
    """A value as people read it; phones and identity numbers masked, ids as names."""
    if value is None or value == "" or value == ():
        return translate("history", "空")
    if isinstance(value, bool):
        return translate("history", "有") if value else translate("history", "没有")
    if field in _NAMED:
        return _names(store, _NAMED[field], value)
    if field == "id_number":
        return masked_id(value)
    if field == "phone":
        return masked_phone(value)
    if field == "half_days":
        return half_day_words(value)
    if isinstance(value, StrEnum):
        return labels.label(value)
    if isinstance(value, datetime):
        return labels.day(value.date())
    if isinstance(value, date):
        return labels.day(value)
    if isinstance(value, tuple):
        return translate("history", "、").join(_item_words(store, item) for item in value)
    return str(value)


def _item_words(store: Store, item: Any) -> str:
    if isinstance(item, Phone):
        return masked_phone(item.number)
    if isinstance(item, Contact):
        return f"{item.name} {masked_phone(item.phone)}".strip()
    if isinstance(item, Skill):
        return _names(store, ServiceCategory, item.category_id)
    return str(item)


def _names(store: Store, record_class: type[Any], value: Any) -> str:
    ids = value if isinstance(value, tuple) else (value,)
    found = store.get_many(record_class, ids)
    gone = translate("history", "已删除")
    return translate("history", "、").join(found[each].name if each in found else gone for each in ids)


def change_words(store: Store, change: FieldChange) -> str:
    """电话：100****0101 → 100****0102; "" for a field that is not told."""
    word = field_word(change.field)
    if not word:
        return ""
    before = value_words(store, change.field, change.before)
    after = value_words(store, change.field, change.after)
    return translate("history", "{field}：{before} → {after}").format(field=word, before=before, after=after)


def span_words(span: Span, *, added: bool) -> str:
    """加了 5 条老人资料."""
    kind = labels.kind(mapped(span.record_class).table)
    words = translate("history", "加了 {count} 条{kind}") if added else translate("history", "删了 {count} 条{kind}")
    return words.format(count=span.count, kind=kind)


def record_word(store: Store, record_class: type[Any], record_id: int) -> str:
    """Which record: a name, whose need, or what kind; "" once it is gone."""
    record = store.find(record_class, record_id)
    if record is None:
        return ""
    if isinstance(record, Claim):
        return record_word(store, Need, record.need_id)
    elder_id = getattr(record, "elder_id", None)
    if elder_id is not None:
        return " ".join(
            filter(
                None,
                (
                    _names(store, Elder, elder_id),
                    _names(store, ServiceCategory, record.category_id) if getattr(record, "category_id", None) else "",
                ),
            )
        )
    return str(getattr(record, "name", "")) or labels.kind(mapped(record_class).table)


def step_lines(store: Store, step: Step, *, most: int = 60) -> list[str]:
    """Everything a step did, one thing a line; where it changed several records, each line says of which."""
    lines = [span_words(span, added=True) for span in step.added]
    lines += [span_words(span, added=False) for span in step.removed]
    are_several = len({(change.record_class, change.record_id) for change in step.changed}) > 1
    for change in step.changed:
        words = change_words(store, change)
        if not words:
            continue
        whose = record_word(store, change.record_class, change.record_id) if are_several else ""
        lines.append(translate("history", "{whose}　{words}").format(whose=whose, words=words) if whose else words)
        if len(lines) > most:
            lines.append(translate("history", "还有更多，这里只列前面的"))
            break
    return list(dict.fromkeys(lines))
