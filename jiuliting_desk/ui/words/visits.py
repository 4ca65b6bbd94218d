"""Words of what concerns calls, visits, evaluations and trainings."""

from enum import StrEnum

from jiuliting_desk.model.calls import CallOutcome
from jiuliting_desk.model.clashes import ClashKind
from jiuliting_desk.model.consequences import ConsequenceKind
from jiuliting_desk.model.feedback import BoardColumn, Condition, FeedbackSource, FilledBy, FormState
from jiuliting_desk.model.follow_ups import Cause
from jiuliting_desk.model.papers import Paper
from jiuliting_desk.model.quota import QuotaWarning
from jiuliting_desk.model.recurrence import Interval
from jiuliting_desk.model.tallies import Dimension
from jiuliting_desk.model.trainings import Presence, TrainingKind, TrainingState
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.model.week import BlockKind
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP

WORDS: dict[type[StrEnum], dict[str, str]] = {
    VisitState: {
        "planned": QT_TRANSLATE_NOOP("labels", "已约好"),
        "under_way": QT_TRANSLATE_NOOP("labels", "正在服务"),
        "done": QT_TRANSLATE_NOOP("labels", "已完成"),
        "cancelled": QT_TRANSLATE_NOOP("labels", "已取消"),
        "not_home": QT_TRANSLATE_NOOP("labels", "家里没人"),
        "no_show": QT_TRANSLATE_NOOP("labels", "志愿者没来"),
    },
    CallOutcome: {
        "booked": QT_TRANSLATE_NOOP("labels", "约好了"),
        "message": QT_TRANSLATE_NOOP("labels", "留了话"),
        "asked": QT_TRANSLATE_NOOP("labels", "问事情"),
        "complaint": QT_TRANSLATE_NOOP("labels", "有意见"),
        "wrong_number": QT_TRANSLATE_NOOP("labels", "打错了"),
        "not_reached": QT_TRANSLATE_NOOP("labels", "没打通"),
        "reminded": QT_TRANSLATE_NOOP("labels", "已提醒"),
    },
    FormState: {
        "made": QT_TRANSLATE_NOOP("labels", "印了还没发"),
        "out": QT_TRANSLATE_NOOP("labels", "已发"),
        "returned": QT_TRANSLATE_NOOP("labels", "已收回"),
        "entered": QT_TRANSLATE_NOOP("labels", "已录入"),
        "void": QT_TRANSLATE_NOOP("labels", "已作废"),
    },
    Paper: {
        "forms": QT_TRANSLATE_NOOP("labels", "意见反馈表（按上门填好）"),
        "slips": QT_TRANSLATE_NOOP("labels", "派工单"),
        "day_list": QT_TRANSLATE_NOOP("labels", "上门名单（按日子）"),
        "cadre_list": QT_TRANSLATE_NOOP("labels", "带队名单（每位居委干部一页）"),
        "reminders": QT_TRANSLATE_NOOP("labels", "提醒名单（还没打电话的）"),
        "chase_list": QT_TRANSLATE_NOOP("labels", "待催清单（按谁手里）"),
        "blank_forms": QT_TRANSLATE_NOOP("labels", "空白的意见反馈表"),
    },
    BoardColumn: {
        "out": QT_TRANSLATE_NOOP("labels", "已发"),
        "chase": QT_TRANSLATE_NOOP("labels", "待催"),
        "returned": QT_TRANSLATE_NOOP("labels", "已收回"),
    },
    FilledBy: {
        "elder": QT_TRANSLATE_NOOP("labels", "本人"),
        "family": QT_TRANSLATE_NOOP("labels", "家人"),
        "other": QT_TRANSLATE_NOOP("labels", "代填"),
        "unknown": QT_TRANSLATE_NOOP("labels", "没写"),
    },
    FeedbackSource: {
        "typed": QT_TRANSLATE_NOOP("labels", "照纸录入"),
        "sheet": QT_TRANSLATE_NOOP("labels", "Excel 导入"),
        "scan": QT_TRANSLATE_NOOP("labels", "扫描读入"),
        "phone": QT_TRANSLATE_NOOP("labels", "电话问的"),
    },
    Condition: {
        "good": QT_TRANSLATE_NOOP("labels", "好"),
        "fair": QT_TRANSLATE_NOOP("labels", "一般"),
        "worrying": QT_TRANSLATE_NOOP("labels", "让人担心"),
        "untold": QT_TRANSLATE_NOOP("labels", "没写"),
    },
    Cause: {
        "low_score": QT_TRANSLATE_NOOP("labels", "低分"),
        "hazard": QT_TRANSLATE_NOOP("labels", "家里有隐患"),
        "incident": QT_TRANSLATE_NOOP("labels", "服务中出了事"),
        "complaint": QT_TRANSLATE_NOOP("labels", "有意见"),
        "condition": QT_TRANSLATE_NOOP("labels", "老人情况让人担心"),
        "other": QT_TRANSLATE_NOOP("labels", "其他"),
    },
    ClashKind: {
        "provider_busy": QT_TRANSLATE_NOOP("labels", "这个时间已约别家"),
        "elder_busy": QT_TRANSLATE_NOOP("labels", "老人这个时间已约别人"),
        "cadre_busy": QT_TRANSLATE_NOOP("labels", "居委干部这个时间要带别家"),
        "capacity": QT_TRANSLATE_NOOP("labels", "这个月名额用完了"),
        "provider_not_free": QT_TRANSLATE_NOOP("labels", "对方这个时间不方便"),
        "elder_not_free": QT_TRANSLATE_NOOP("labels", "老人这个时间不方便"),
        "holiday": QT_TRANSLATE_NOOP("labels", "放假"),
        "in_the_past": QT_TRANSLATE_NOOP("labels", "时间已经过了"),
        "claimed_by_other": QT_TRANSLATE_NOOP("labels", "需求已由别人认领"),
    },
    ConsequenceKind: {
        "follow_up": QT_TRANSLATE_NOOP("labels", "列入回访"),
        "need": QT_TRANSLATE_NOOP("labels", "登记新需求"),
        "refusal": QT_TRANSLATE_NOOP("labels", "记下不要安排"),
        "pairing": QT_TRANSLATE_NOOP("labels", "可以结对"),
    },
    QuotaWarning: {
        "not_eligible": QT_TRANSLATE_NOOP("labels", "不在可享受的范围"),
        "age_unknown": QT_TRANSLATE_NOOP("labels", "不知道年龄，没法核对"),
        "used_up": QT_TRANSLATE_NOOP("labels", "今年的次数用完了"),
        "out_of_season": QT_TRANSLATE_NOOP("labels", "这个季节不做"),
    },
    Interval: {
        "weekly": QT_TRANSLATE_NOOP("labels", "每周"),
        "fortnightly": QT_TRANSLATE_NOOP("labels", "两周一次"),
        "monthly_by_date": QT_TRANSLATE_NOOP("labels", "每月按日期"),
        "monthly_by_weekday": QT_TRANSLATE_NOOP("labels", "每月按星期"),
    },
    BlockKind: {
        "booked": QT_TRANSLATE_NOOP("labels", "已约别家"),
        "elder_booked": QT_TRANSLATE_NOOP("labels", "老人已有约"),
        "cadre_booked": QT_TRANSLATE_NOOP("labels", "干部已有约"),
        "provider_not_free": QT_TRANSLATE_NOOP("labels", "不方便"),
        "elder_not_free": QT_TRANSLATE_NOOP("labels", "老人不方便"),
        "holiday": QT_TRANSLATE_NOOP("labels", "放假"),
        "past": QT_TRANSLATE_NOOP("labels", "已过"),
        "full": QT_TRANSLATE_NOOP("labels", "名额用完"),
    },
    TrainingKind: {
        "training": QT_TRANSLATE_NOOP("labels", "培训"),
        "salon": QT_TRANSLATE_NOOP("labels", "沙龙"),
    },
    TrainingState: {
        "planned": QT_TRANSLATE_NOOP("labels", "已安排"),
        "held": QT_TRANSLATE_NOOP("labels", "已办"),
        "cancelled": QT_TRANSLATE_NOOP("labels", "已取消"),
    },
    Dimension: {
        "category": QT_TRANSLATE_NOOP("labels", "服务项目"),
        "month": QT_TRANSLATE_NOOP("labels", "月份"),
        "committee": QT_TRANSLATE_NOOP("labels", "居委"),
        "compound": QT_TRANSLATE_NOOP("labels", "小区"),
        "provider": QT_TRANSLATE_NOOP("labels", "谁去的"),
        "age_band": QT_TRANSLATE_NOOP("labels", "年龄段"),
    },
    Presence: {
        "invited": QT_TRANSLATE_NOOP("labels", "已通知"),
        "came": QT_TRANSLATE_NOOP("labels", "到了"),
        "absent": QT_TRANSLATE_NOOP("labels", "没来"),
        "excused": QT_TRANSLATE_NOOP("labels", "请假"),
    },
}
"""By enum class and stored value."""
