"""The workbook with everything kept about one person, for the person: its sheets and the words of its cells."""

from jiuliting_desk.model.cards import CardState
from jiuliting_desk.model.disclosures import Disclosed
from jiuliting_desk.model.feedback import Condition
from jiuliting_desk.model.follow_ups import Cause
from jiuliting_desk.model.pairings import ClaimState
from jiuliting_desk.model.recurrence import Interval
from jiuliting_desk.model.visits import VisitState
from jiuliting_desk.sheets.writing import Cells, OutColumn

VISIT_STATE_WORDS = {
    VisitState.PLANNED: "已约好",
    VisitState.UNDER_WAY: "正在服务",
    VisitState.DONE: "已完成",
    VisitState.CANCELLED: "已取消",
    VisitState.NOT_HOME: "家里没人",
    VisitState.NO_SHOW: "志愿者没来",
}

CARD_STATE_WORDS = {
    CardState.MADE: "待印",
    CardState.ISSUED: "已印好",
    CardState.HANDED: "已发到手",
    CardState.LOST: "已挂失",
    CardState.VOID: "已作废",
}

CLAIM_STATE_WORDS = {
    ClaimState.HELD: "认领中",
    ClaimState.USED: "已约上",
    ClaimState.RELEASED: "已放开",
    ClaimState.LAPSED: "已过期",
}

INTERVAL_WORDS = {
    Interval.WEEKLY: "每周",
    Interval.FORTNIGHTLY: "两周一次",
    Interval.MONTHLY_BY_DATE: "每月按日期",
    Interval.MONTHLY_BY_WEEKDAY: "每月按星期",
}

CONDITION_WORDS = {
    Condition.GOOD: "好",
    Condition.FAIR: "一般",
    Condition.WORRYING: "让人担心",
    Condition.UNTOLD: "",
}

CAUSE_WORDS = {
    Cause.LOW_SCORE: "低分",
    Cause.HAZARD: "家里有隐患",
    Cause.INCIDENT: "服务中出了事",
    Cause.COMPLAINT: "有意见",
    Cause.CONDITION: "老人情况让人担心",
    Cause.OTHER: "其他",
}

DISCLOSED_WORDS = {
    Disclosed.PHONE: "看了完整电话",
    Disclosed.ID_NUMBER: "看了完整身份证号",
    Disclosed.CONTACT_PHONE: "看了联系人电话",
    Disclosed.FORM: "打开了改资料",
    Disclosed.PERSON: "导出了本人资料",
    Disclosed.LIST: "导出了名单",
}

FACTS = (OutColumn(title="项目", width=14), OutColumn(title="内容", width=60))

NEEDS = (
    OutColumn(title="登记日期", width=12, cells=Cells.DATE),
    OutColumn(title="服务项目", width=14),
    OutColumn(title="频次", width=10),
    OutColumn(title="状态", width=10),
    OutColumn(title="要求", width=40),
)

PAIRINGS = (
    OutColumn(title="谁", width=16),
    OutColumn(title="服务项目", width=14),
    OutColumn(title="从", width=12, cells=Cells.DATE),
    OutColumn(title="到", width=12, cells=Cells.DATE),
    OutColumn(title="说明", width=40),
)

CARDS = (
    OutColumn(title="卡号", width=12, cells=Cells.CODE),
    OutColumn(title="状态", width=10),
    OutColumn(title="发卡日期", width=12, cells=Cells.DATE),
    OutColumn(title="谁收的", width=14),
    OutColumn(title="说明", width=30),
)

VISITS = (
    OutColumn(title="日期", width=12, cells=Cells.DATE),
    OutColumn(title="几点", width=8, cells=Cells.CENTRED),
    OutColumn(title="服务项目", width=18),
    OutColumn(title="谁去的", width=20),
    OutColumn(title="状态", width=12),
    OutColumn(title="实际分钟", width=10, cells=Cells.NUMBER),
    OutColumn(title="说明", width=40),
)

ANSWERS = (
    OutColumn(title="上门日期", width=12, cells=Cells.DATE),
    OutColumn(title="反馈表", width=10, cells=Cells.CODE),
    OutColumn(title="守时", width=6, cells=Cells.NUMBER),
    OutColumn(title="态度", width=6, cells=Cells.NUMBER),
    OutColumn(title="质量", width=6, cells=Cells.NUMBER),
    OutColumn(title="总评", width=6, cells=Cells.NUMBER),
    OutColumn(title="本人的话", width=28),
    OutColumn(title="志愿者说老人", width=12),
    OutColumn(title="志愿者说家里", width=12),
    OutColumn(title="志愿者的话", width=28),
    OutColumn(title="陪同的话", width=20),
    OutColumn(title="谁录的", width=10),
)

CLAIMS = (
    OutColumn(title="认领日期", width=12, cells=Cells.DATE),
    OutColumn(title="服务项目", width=14),
    OutColumn(title="谁认领", width=20),
    OutColumn(title="保留到", width=12, cells=Cells.DATE),
    OutColumn(title="状态", width=10),
    OutColumn(title="说明", width=40),
)

SERIES = (
    OutColumn(title="从", width=12, cells=Cells.DATE),
    OutColumn(title="到", width=12, cells=Cells.DATE),
    OutColumn(title="服务项目", width=18),
    OutColumn(title="多久一次", width=12),
    OutColumn(title="谁去", width=20),
    OutColumn(title="说明", width=40),
)

REFUSALS = (
    OutColumn(title="日期", width=12, cells=Cells.DATE),
    OutColumn(title="和谁", width=16),
    OutColumn(title="谁提的", width=12),
    OutColumn(title="原因", width=40),
)

FOLLOW_UPS = (
    OutColumn(title="提出日期", width=12, cells=Cells.DATE),
    OutColumn(title="为什么", width=16),
    OutColumn(title="什么事", width=40),
    OutColumn(title="谁负责", width=10),
    OutColumn(title="要在", width=12, cells=Cells.DATE),
    OutColumn(title="办结日期", width=12, cells=Cells.DATE),
    OutColumn(title="结果", width=40),
)

CALLS = (
    OutColumn(title="时间", width=18),
    OutColumn(title="来电人", width=12),
    OutColumn(title="电话", width=15, cells=Cells.CODE),
    OutColumn(title="说了什么", width=40),
)

LOOKS = (
    OutColumn(title="时间", width=18),
    OutColumn(title="谁", width=12),
    OutColumn(title="做了什么", width=20),
    OutColumn(title="原因", width=24),
    OutColumn(title="给谁", width=20),
)
