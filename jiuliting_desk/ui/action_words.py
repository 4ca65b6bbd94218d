"""Chinese words for actions: what a step is called in the message bar, in history and at undo."""

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

ACTIONS: dict[str, str] = {
    "undo": QT_TRANSLATE_NOOP("actions", "撤销"),
    "redo": QT_TRANSLATE_NOOP("actions", "重做"),
    "change_settings": QT_TRANSLATE_NOOP("actions", "改设置"),
    "add_category": QT_TRANSLATE_NOOP("actions", "加服务项目"),
    "edit_category": QT_TRANSLATE_NOOP("actions", "改服务项目"),
    "use_category": QT_TRANSLATE_NOOP("actions", "启用或停用服务项目"),
    "order_categories": QT_TRANSLATE_NOOP("actions", "排服务项目的顺序"),
    "remove_category": QT_TRANSLATE_NOOP("actions", "删服务项目"),
    "add_tag": QT_TRANSLATE_NOOP("actions", "加标签"),
    "edit_tag": QT_TRANSLATE_NOOP("actions", "改标签"),
    "use_tag": QT_TRANSLATE_NOOP("actions", "启用或停用标签"),
    "order_tags": QT_TRANSLATE_NOOP("actions", "排标签的顺序"),
    "remove_tag": QT_TRANSLATE_NOOP("actions", "删标签"),
    "add_committee": QT_TRANSLATE_NOOP("actions", "加居委"),
    "edit_committee": QT_TRANSLATE_NOOP("actions", "改居委"),
    "use_committee": QT_TRANSLATE_NOOP("actions", "启用或停用居委"),
    "remove_committee": QT_TRANSLATE_NOOP("actions", "删居委"),
    "add_cadre": QT_TRANSLATE_NOOP("actions", "加居委干部"),
    "edit_cadre": QT_TRANSLATE_NOOP("actions", "改居委干部"),
    "use_cadre": QT_TRANSLATE_NOOP("actions", "启用或停用居委干部"),
    "remove_cadre": QT_TRANSLATE_NOOP("actions", "删居委干部"),
    "add_compound": QT_TRANSLATE_NOOP("actions", "加小区"),
    "edit_compound": QT_TRANSLATE_NOOP("actions", "改小区"),
    "use_compound": QT_TRANSLATE_NOOP("actions", "启用或停用小区"),
    "remove_compound": QT_TRANSLATE_NOOP("actions", "删小区"),
    "merge_compounds": QT_TRANSLATE_NOOP("actions", "合并小区"),
    "register_provider": QT_TRANSLATE_NOOP("actions", "登记志愿者"),
    "edit_provider": QT_TRANSLATE_NOOP("actions", "改志愿者资料"),
    "remove_provider": QT_TRANSLATE_NOOP("actions", "删志愿者资料"),
    "join_enterprise": QT_TRANSLATE_NOOP("actions", "加入单位"),
    "leave_enterprise": QT_TRANSLATE_NOOP("actions", "离开单位"),
    "pause_provider": QT_TRANSLATE_NOOP("actions", "暂停志愿者"),
    "stop_provider": QT_TRANSLATE_NOOP("actions", "停用志愿者"),
    "resume_provider": QT_TRANSLATE_NOOP("actions", "恢复志愿者"),
    "resume_due": QT_TRANSLATE_NOOP("actions", "恢复到期的志愿者"),
    "note_asked": QT_TRANSLATE_NOOP("actions", "记下问过"),
    "add_certificate": QT_TRANSLATE_NOOP("actions", "加证书"),
    "renew_certificate": QT_TRANSLATE_NOOP("actions", "换新证书"),
    "edit_certificate": QT_TRANSLATE_NOOP("actions", "改证书"),
    "remove_certificate": QT_TRANSLATE_NOOP("actions", "删证书"),
    "claim_need": QT_TRANSLATE_NOOP("actions", "认领需求"),
    "claim_needs": QT_TRANSLATE_NOOP("actions", "认领需求"),
    "release_claim": QT_TRANSLATE_NOOP("actions", "放开认领"),
    "lapse_claims": QT_TRANSLATE_NOOP("actions", "认领到期放开"),
    "prolong_claim": QT_TRANSLATE_NOOP("actions", "延长认领"),
    "pair": QT_TRANSLATE_NOOP("actions", "结对"),
    "pair_and_claim": QT_TRANSLATE_NOOP("actions", "结对并认领"),
    "end_pairing": QT_TRANSLATE_NOOP("actions", "结束结对"),
    "replace_provider": QT_TRANSLATE_NOOP("actions", "换人结对"),
    "review_pairing": QT_TRANSLATE_NOOP("actions", "回访结对"),
    "pin_pairing": QT_TRANSLATE_NOOP("actions", "固定结对"),
    "unpin_pairing": QT_TRANSLATE_NOOP("actions", "取消固定结对"),
    "refuse": QT_TRANSLATE_NOOP("actions", "记下不要安排"),
    "withdraw_refusal": QT_TRANSLATE_NOOP("actions", "取消“不要安排”"),
    "register_elder": QT_TRANSLATE_NOOP("actions", "登记老人"),
    "edit_elder": QT_TRANSLATE_NOOP("actions", "改老人资料"),
    "change_elder_state": QT_TRANSLATE_NOOP("actions", "改老人状态"),
    "record_consent": QT_TRANSLATE_NOOP("actions", "记下同意书"),
    "withdraw_consent": QT_TRANSLATE_NOOP("actions", "撤回同意书"),
    "add_need": QT_TRANSLATE_NOOP("actions", "登记需求"),
    "edit_need": QT_TRANSLATE_NOOP("actions", "改需求"),
    "close_need": QT_TRANSLATE_NOOP("actions", "取消需求"),
    "reopen_need": QT_TRANSLATE_NOOP("actions", "恢复需求"),
    "merge_elders": QT_TRANSLATE_NOOP("actions", "合并重复的老人"),
}
"""By the action's function name; one entry a line, so that many hands can add."""


def action(name: str) -> str:
    """What an action is called; its own name where it has no word."""
    return translate("actions", ACTIONS[name]) if name in ACTIONS else name


def step(name: str, about: str) -> str:
    """A step of history in words: the action and its subject."""
    return f"{action(name)}：{about}" if about else action(name)


def done(name: str, about: str) -> str:
    """What the message bar says when the step is done."""
    return translate("actions", "已{step}").format(step=step(name, about))
