"""The workbook with everything kept about one person, for the person: its sheets and the words of its cells."""

from jiuliting_desk.model.cards import CardState
from jiuliting_desk.model.disclosures import Disclosed
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

DISCLOSED_WORDS = {
    Disclosed.PHONE: "看了完整电话",
    Disclosed.ID_NUMBER: "看了完整身份证号",
    Disclosed.CONTACT_PHONE: "看了联系人电话",
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
)

VISITS = (
    OutColumn(title="日期", width=12, cells=Cells.DATE),
    OutColumn(title="服务项目", width=18),
    OutColumn(title="谁去的", width=20),
    OutColumn(title="状态", width=12),
    OutColumn(title="总评", width=8, cells=Cells.NUMBER),
    OutColumn(title="意见", width=40),
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
