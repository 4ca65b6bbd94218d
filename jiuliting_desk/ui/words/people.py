"""Words of what concerns people, needs, bonds and cards."""

from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP

WORDS: dict[str, dict[str, str]] = {
    "Sex": {
        "male": QT_TRANSLATE_NOOP("labels", "男"),
        "female": QT_TRANSLATE_NOOP("labels", "女"),
        "unknown": QT_TRANSLATE_NOOP("labels", "未填"),
    },
    "Living": {
        "alone": QT_TRANSLATE_NOOP("labels", "独居"),
        "couple": QT_TRANSLATE_NOOP("labels", "空巢，老两口"),
        "with_children": QT_TRANSLATE_NOOP("labels", "与子女同住"),
        "no_kin": QT_TRANSLATE_NOOP("labels", "孤寡"),
        "with_carer": QT_TRANSLATE_NOOP("labels", "有保姆或护工"),
        "other": QT_TRANSLATE_NOOP("labels", "其他"),
        "unknown": QT_TRANSLATE_NOOP("labels", "未填"),
    },
    "ElderState": {
        "active": QT_TRANSLATE_NOOP("labels", "在服务"),
        "paused": QT_TRANSLATE_NOOP("labels", "暂停"),
        "moved": QT_TRANSLATE_NOOP("labels", "已搬走"),
        "in_care_home": QT_TRANSLATE_NOOP("labels", "住养老院"),
        "deceased": QT_TRANSLATE_NOOP("labels", "已去世"),
        "withdrew": QT_TRANSLATE_NOOP("labels", "不再要服务"),
    },
    "Urgency": {
        "low": QT_TRANSLATE_NOOP("labels", "不急"),
        "normal": QT_TRANSLATE_NOOP("labels", "一般"),
        "high": QT_TRANSLATE_NOOP("labels", "较急"),
        "urgent": QT_TRANSLATE_NOOP("labels", "很急"),
    },
    "Rhythm": {
        "once": QT_TRANSLATE_NOOP("labels", "一次"),
        "weekly": QT_TRANSLATE_NOOP("labels", "每周"),
        "fortnightly": QT_TRANSLATE_NOOP("labels", "两周一次"),
        "monthly": QT_TRANSLATE_NOOP("labels", "每月"),
    },
    "NeedState": {
        "open": QT_TRANSLATE_NOOP("labels", "待安排"),
        "claimed": QT_TRANSLATE_NOOP("labels", "已认领"),
        "booked": QT_TRANSLATE_NOOP("labels", "已预约"),
        "served": QT_TRANSLATE_NOOP("labels", "已完成"),
        "closed": QT_TRANSLATE_NOOP("labels", "已取消"),
    },
    "NeedSource": {
        "survey": QT_TRANSLATE_NOOP("labels", "需求排摸"),
        "call": QT_TRANSLATE_NOOP("labels", "来电"),
        "feedback": QT_TRANSLATE_NOOP("labels", "反馈表"),
        "desk": QT_TRANSLATE_NOOP("labels", "中心登记"),
    },
    "ProviderKind": {
        "volunteer": QT_TRANSLATE_NOOP("labels", "志愿者"),
        "enterprise": QT_TRANSLATE_NOOP("labels", "爱心企业"),
    },
    "ProviderState": {
        "active": QT_TRANSLATE_NOOP("labels", "可以派"),
        "paused": QT_TRANSLATE_NOOP("labels", "暂停"),
        "stopped": QT_TRANSLATE_NOOP("labels", "已停用"),
    },
    "ClaimState": {
        "held": QT_TRANSLATE_NOOP("labels", "认领中"),
        "used": QT_TRANSLATE_NOOP("labels", "已约上"),
        "released": QT_TRANSLATE_NOOP("labels", "已放开"),
        "lapsed": QT_TRANSLATE_NOOP("labels", "已过期"),
    },
    "CardState": {
        "made": QT_TRANSLATE_NOOP("labels", "待印"),
        "issued": QT_TRANSLATE_NOOP("labels", "已印好"),
        "handed": QT_TRANSLATE_NOOP("labels", "已发到手"),
        "lost": QT_TRANSLATE_NOOP("labels", "已挂失"),
        "void": QT_TRANSLATE_NOOP("labels", "已作废"),
    },
    "PrintState": {
        "sent": QT_TRANSLATE_NOOP("labels", "等回话"),
        "confirmed": QT_TRANSLATE_NOOP("labels", "印好"),
        "spoilt": QT_TRANSLATE_NOOP("labels", "印坏"),
    },
    "IdProblem": {
        "length": QT_TRANSLATE_NOOP("labels", "位数不对"),
        "characters": QT_TRANSLATE_NOOP("labels", "有不该有的字"),
        "date": QT_TRANSLATE_NOOP("labels", "里面的生日不对"),
        "check_digit": QT_TRANSLATE_NOOP("labels", "末位对不上"),
        "rounded": QT_TRANSLATE_NOOP("labels", "后三位被 Excel 改成了 000"),
        "masked": QT_TRANSLATE_NOOP("labels", "中间几位被遮住了"),
    },
    "Barrier": {
        "paused": QT_TRANSLATE_NOOP("labels", "暂停中"),
        "no_skill": QT_TRANSLATE_NOOP("labels", "不会做这一项"),
        "no_certificate": QT_TRANSLATE_NOOP("labels", "没有要求的证书"),
        "certificate_expired": QT_TRANSLATE_NOOP("labels", "证书过期了"),
        "refused_by_elder": QT_TRANSLATE_NOOP("labels", "老人不要这位"),
        "refused_by_provider": QT_TRANSLATE_NOOP("labels", "对方不去这家"),
        "wrong_sex": QT_TRANSLATE_NOOP("labels", "老人要求另一种性别"),
        "no_dialect": QT_TRANSLATE_NOOP("labels", "不会说上海话"),
        "out_of_area": QT_TRANSLATE_NOOP("labels", "不在愿意去的居委"),
        "too_far": QT_TRANSLATE_NOOP("labels", "太远"),
        "no_common_half_day": QT_TRANSLATE_NOOP("labels", "时间对不上"),
        "full": QT_TRANSLATE_NOOP("labels", "当月名额用完了"),
    },
    "Disclosed": {
        "phone": QT_TRANSLATE_NOOP("labels", "完整电话"),
        "id_number": QT_TRANSLATE_NOOP("labels", "完整身份证号"),
        "contact_phone": QT_TRANSLATE_NOOP("labels", "联系人的完整电话"),
        "form": QT_TRANSLATE_NOOP("labels", "改资料的表"),
        "person": QT_TRANSLATE_NOOP("labels", "一个人的全部资料"),
        "list": QT_TRANSLATE_NOOP("labels", "一份名单"),
    },
    "Likeness": {
        "same_id": QT_TRANSLATE_NOOP("labels", "身份证号相同"),
        "same_name_and_phone": QT_TRANSLATE_NOOP("labels", "姓名和电话都相同"),
        "same_name_and_address": QT_TRANSLATE_NOOP("labels", "姓名和住址都相同"),
        "same_name_and_birth": QT_TRANSLATE_NOOP("labels", "姓名和出生日期相同"),
        "sound_alike_at_address": QT_TRANSLATE_NOOP("labels", "同一住址，名字读音相同"),
        "same_name": QT_TRANSLATE_NOOP("labels", "同名"),
    },
    "Side": {
        "kept": QT_TRANSLATE_NOOP("labels", "留下的这条"),
        "other": QT_TRANSLATE_NOOP("labels", "另一条"),
        "both": QT_TRANSLATE_NOOP("labels", "两条都要"),
    },
}
"""By name of the enum class and stored value."""
