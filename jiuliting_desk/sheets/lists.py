"""The lists that go out and come back: their columns, and the words of their cells.

Header words and cell words here are part of a file format: the import reads them back.
"""

from jiuliting_desk.model.elders import ElderState, Living, Sex
from jiuliting_desk.model.needs import NeedState, Rhythm, Urgency
from jiuliting_desk.model.providers import ProviderState
from jiuliting_desk.sheets.writing import Cells, OutColumn

SEX_WORDS = {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNKNOWN: ""}

LIVING_WORDS = {
    Living.ALONE: "独居",
    Living.COUPLE: "空巢",
    Living.WITH_CHILDREN: "与子女同住",
    Living.NO_KIN: "孤寡",
    Living.WITH_CARER: "有保姆",
    Living.OTHER: "其他",
    Living.UNKNOWN: "",
}

ELDER_STATE_WORDS = {
    ElderState.ACTIVE: "在册",
    ElderState.PAUSED: "暂停",
    ElderState.MOVED: "迁出",
    ElderState.IN_CARE_HOME: "入住养老院",
    ElderState.DECEASED: "去世",
    ElderState.WITHDREW: "退出",
}

NEED_STATE_WORDS = {
    NeedState.OPEN: "待安排",
    NeedState.CLAIMED: "已认领",
    NeedState.BOOKED: "已预约",
    NeedState.SERVED: "已完成",
    NeedState.CLOSED: "已结束",
}

NEED_RESTS = "老人暂停"
"""Of an open need whose elder pauses: nobody is sought until they are back."""
NEED_STANDS_IN = "代去一次"
"""Of what is wanted for a single day of a need that has its own row: read back it is no need."""
NEED_STATES = ("待安排", "已认领", "已预约", NEED_STANDS_IN, NEED_RESTS, "已完成", "已结束")

URGENCY_WORDS = {Urgency.LOW: "不急", Urgency.NORMAL: "一般", Urgency.HIGH: "较急", Urgency.URGENT: "紧急"}

RHYTHM_WORDS = {
    Rhythm.ONCE: "一次",
    Rhythm.WEEKLY: "每周",
    Rhythm.FORTNIGHTLY: "两周一次",
    Rhythm.MONTHLY: "每月",
}

PROVIDER_STATE_WORDS = {
    ProviderState.ACTIVE: "在岗",
    ProviderState.PAUSED: "暂停",
    ProviderState.STOPPED: "已退出",
}

HALF_DAY_WORDS = tuple(f"周{day}{half}" for day in "一二三四五六日" for half in ("上午", "下午"))
"""By half-day number: weekday (Monday 0) * 2, plus 1 for the afternoon."""


SEX = OutColumn(title="性别", width=6, cells=Cells.CENTRED, choices=("男", "女"))
PHONES = OutColumn(title="联系电话", width=15, cells=Cells.CODE, hint="几个号码用顿号隔开")
COMMITTEE = OutColumn(title="居委", width=14)
COMPOUND = OutColumn(title="小区", width=14)
NOTES = OutColumn(title="备注", width=22)

WANTED_WHO = OutColumn(title="对志愿者要求", width=14)

SEX_WANTED = {Sex.FEMALE: "要女的", Sex.MALE: "要男的", Sex.UNKNOWN: ""}
SEX_REFUSED = {Sex.FEMALE: "不要女的", Sex.MALE: "不要男的", Sex.UNKNOWN: ""}
DIALECT_WANTED = "要会说上海话"
NO_LIMIT = "不限"

ELDERS: tuple[OutColumn, ...] = (
    OutColumn(title="编号", width=8, cells=Cells.CODE),
    OutColumn(title="姓名", width=10),
    SEX,
    OutColumn(title="出生日期", width=12, cells=Cells.CODE),
    OutColumn(title="年龄", width=6, cells=Cells.NUMBER),
    OutColumn(title="身份证号", width=21, cells=Cells.CODE),
    PHONES,
    COMMITTEE,
    COMPOUND,
    OutColumn(title="楼号", width=7, cells=Cells.CODE),
    OutColumn(title="单元", width=6, cells=Cells.CODE),
    OutColumn(title="室号", width=8, cells=Cells.CODE),
    OutColumn(title="居住情况", width=11, cells=Cells.CENTRED, choices=tuple(filter(None, LIVING_WORDS.values()))),
    OutColumn(title="人员类别", width=16),
    OutColumn(title="紧急联系人", width=11),
    OutColumn(title="与老人关系", width=9, cells=Cells.CENTRED),
    OutColumn(title="紧急联系电话", width=15, cells=Cells.CODE),
    OutColumn(title="服务需求", width=22),
    OutColumn(title="状态", width=9, cells=Cells.CENTRED),
    OutColumn(title="楼层", width=6, cells=Cells.CODE),
    OutColumn(title="电梯", width=6, cells=Cells.CENTRED),
    OutColumn(title="语言", width=10),
    OutColumn(title="不要谁来", width=14),
    WANTED_WHO,
    NOTES,
)

_SKILLS = OutColumn(title="可服务项目", width=24)
_PER_MONTH = OutColumn(title="每月可服务次数", width=10, cells=Cells.NUMBER)
_TIMES = OutColumn(title="空闲时间", width=24)
_HOURS = OutColumn(title="每月小时数", width=9, cells=Cells.NUMBER)
_HOMES = OutColumn(title="几户起", width=7, cells=Cells.NUMBER)
_FARTHEST = OutColumn(title="最远距离", width=9)
_LANGUAGES = OutColumn(title="语言", width=12)
_AREA = OutColumn(title="愿意去的居委", width=20)
_CERTIFICATE = OutColumn(title="证书", width=22)
_CERTIFICATE_UNTIL = OutColumn(title="证书有效期至", width=13, cells=Cells.DATE)
_STATE = OutColumn(title="状态", width=8, cells=Cells.CENTRED)

VOLUNTEERS: tuple[OutColumn, ...] = (
    OutColumn(title="编号", width=8, cells=Cells.CODE),
    OutColumn(title="姓名", width=12),
    OutColumn(title="所属单位", width=20),
    SEX,
    PHONES,
    COMMITTEE,
    COMPOUND,
    _SKILLS,
    _PER_MONTH,
    _HOURS,
    _TIMES,
    _FARTHEST,
    _AREA,
    _LANGUAGES,
    _CERTIFICATE,
    _CERTIFICATE_UNTIL,
    _STATE,
    NOTES,
)

ENTERPRISES: tuple[OutColumn, ...] = (
    OutColumn(title="编号", width=8, cells=Cells.CODE),
    OutColumn(title="单位名称", width=24),
    OutColumn(title="联系人", width=12),
    PHONES,
    COMMITTEE,
    COMPOUND,
    _SKILLS,
    _PER_MONTH,
    _HOURS,
    _TIMES,
    _HOMES,
    _FARTHEST,
    _AREA,
    _LANGUAGES,
    _CERTIFICATE,
    _CERTIFICATE_UNTIL,
    _STATE,
    NOTES,
)

PLACES: tuple[OutColumn, ...] = (
    COMMITTEE,
    COMPOUND,
    OutColumn(title="别名", width=16),
    OutColumn(title="经度", width=10, cells=Cells.NUMBER),
    OutColumn(title="纬度", width=10, cells=Cells.NUMBER),
)

SKILL_LEVELS = {1: "学着", 3: "熟练"}
"""Behind the name of a service that somebody does; 2 needs no word."""

NEEDS: tuple[OutColumn, ...] = (
    OutColumn(title="老人编号", width=9, cells=Cells.CODE),
    OutColumn(title="姓名", width=10),
    PHONES,
    COMMITTEE,
    COMPOUND,
    OutColumn(title="楼室", width=11, cells=Cells.CODE),
    OutColumn(title="服务项目", width=13),
    OutColumn(title="数量", width=6, cells=Cells.NUMBER),
    OutColumn(title="单位", width=6, cells=Cells.CENTRED),
    OutColumn(title="频次", width=10, cells=Cells.CENTRED),
    OutColumn(title="紧急程度", width=9, cells=Cells.CENTRED, choices=tuple(URGENCY_WORDS.values())),
    OutColumn(title="状态", width=9, cells=Cells.CENTRED, choices=NEED_STATES),
    OutColumn(title="登记日期", width=12, cells=Cells.DATE),
    OutColumn(title="已等天数", width=9, cells=Cells.NUMBER),
    OutColumn(title="谁去", width=16),
    OutColumn(title="愿望", width=24),
    OutColumn(title="希望时间", width=18),
    WANTED_WHO,
)

NEEDS_SUMMARY: tuple[OutColumn, ...] = (
    OutColumn(title="服务项目", width=14),
    *(
        OutColumn(title=word, width=10, cells=Cells.FORMULA)
        for word in (*NEED_STATES, "合计")
    ),
)  # fmt: skip

_ELDER_OF_LINE: tuple[OutColumn, ...] = (
    OutColumn(title="老人编号", width=8, cells=Cells.CODE),
    OutColumn(title="老人姓名", width=9),
    OutColumn(title="老人电话", width=13, cells=Cells.CODE),
    OutColumn(title="居委", width=12),
    OutColumn(title="小区", width=12),
    OutColumn(title="楼室", width=9, cells=Cells.CODE),
    OutColumn(title="服务项目", width=11),
)

_WHO_GOES: tuple[OutColumn, ...] = (
    OutColumn(title="谁去", width=16),
    OutColumn(title="谁去的电话", width=13, cells=Cells.CODE),
)

_HOW_OFTEN: tuple[OutColumn, ...] = (
    OutColumn(title="频次", width=8, cells=Cells.CENTRED),
    OutColumn(title="紧急程度", width=7, cells=Cells.CENTRED),
    OutColumn(title="已等天数", width=7, cells=Cells.NUMBER),
)

PAIRINGS: tuple[OutColumn, ...] = (
    *_ELDER_OF_LINE,
    *_WHO_GOES,
    OutColumn(title="结对日期", width=12, cells=Cells.DATE),
    OutColumn(title="下次回访", width=12, cells=Cells.DATE),
    OutColumn(title="固定", width=6, cells=Cells.CENTRED),
    OutColumn(title="现在", width=22),
    OutColumn(title="不合适仍结对的原因", width=24),
)
"""固定结对."""

CLAIMS: tuple[OutColumn, ...] = (
    *_ELDER_OF_LINE,
    *_WHO_GOES,
    OutColumn(title="认领日期", width=12, cells=Cells.DATE),
    OutColumn(title="留到", width=12, cells=Cells.DATE),
    OutColumn(title="现在", width=22),
    OutColumn(title="不合适仍认领的原因", width=24),
)

PLANNED: tuple[OutColumn, ...] = (
    *_ELDER_OF_LINE,
    *_HOW_OFTEN,
    *_WHO_GOES,
    OutColumn(title="怎么来的", width=9, cells=Cells.CENTRED),
    OutColumn(title="要不要确认", width=9, cells=Cells.CENTRED),
    OutColumn(title="为什么", width=36),
)
"""The plan's lines."""

UNSERVED: tuple[OutColumn, ...] = (
    *_ELDER_OF_LINE,
    *_HOW_OFTEN,
    OutColumn(title="能不能去", width=9, cells=Cells.CENTRED),
    OutColumn(title="为什么", width=38),
    OutColumn(title="怎么办", width=38),
)

PLAN_TITLE, UNSERVED_TITLE, PAIRINGS_TITLE, CLAIMS_TITLE = "结对方案", "没人能去的需求", "结对名册", "认领名册"
OUTGOING_TITLES = frozenset({PLAN_TITLE, UNSERVED_TITLE, PAIRINGS_TITLE, CLAIMS_TITLE})
"""Of lists for people to read: who goes to whom is agreed in the program, with its rules, and not by a sheet."""

FOR_ALL_SERVICES = "都做"
TICKED = {True: "要确认", False: "先不确认"}
CAN_GO = {True: "待选", False: "没人能去"}


def summary_rows(categories: tuple[str, ...], *, sheet: str, last_row: int, first_row: int) -> list[list[str]]:
    """Counts of needs by category and state as formulas over the list's rows, with a total below."""
    category = f"{sheet}!$G${first_row}:$G${last_row}"
    state = f"{sheet}!$L${first_row}:$L${last_row}"
    letters, total = "BCDEFGH", "I"
    # Three rows above: title, line, header.
    rows = [
        [
            name,
            *(f"=COUNTIFS({category},$A{row},{state},{letter}$3)" for letter in letters),
            f"=SUM(B{row}:H{row})",
        ]
        for row, name in enumerate(categories, start=4)
    ]
    end = 3 + len(categories)
    rows.append(["合计", *(f"=SUM({letter}4:{letter}{end})" for letter in (*letters, total))])
    return rows


SURVEY_TEMPLATE: tuple[OutColumn, ...] = (
    OutColumn(title="序号", width=6, cells=Cells.CENTRED),
    OutColumn(title="姓名", width=10, wanted=True, hint="一行写一位老人"),
    SEX,
    OutColumn(title="身份证号", width=21, cells=Cells.CODE, hint="18 位；这一列已设成文本，不会丢位数"),
    OutColumn(title="出生日期", width=12, cells=Cells.CODE, hint="没有身份证号时填，例如 1942-05-03 或 1942"),
    OutColumn(title="联系电话", width=15, cells=Cells.CODE, wanted=True, hint="几个号码用顿号隔开"),
    OutColumn(title="小区", width=14, wanted=True),
    OutColumn(title="楼号", width=7, cells=Cells.CODE),
    OutColumn(title="室号", width=8, cells=Cells.CODE),
    OutColumn(title="居住情况", width=11, cells=Cells.CENTRED, choices=tuple(filter(None, LIVING_WORDS.values()))),
    OutColumn(title="人员类别", width=16, hint="高龄、低保、失能等，用顿号隔开"),
    OutColumn(title="服务需求", width=24, wanted=True, hint="几项用顿号隔开"),
    OutColumn(title="紧急程度", width=9, cells=Cells.CENTRED, choices=tuple(URGENCY_WORDS.values())),
    OutColumn(title="频次", width=10, cells=Cells.CENTRED, choices=tuple(RHYTHM_WORDS.values())),
    OutColumn(title="希望时间", width=16, hint="例如 周三上午、周末"),
    OutColumn(title="对志愿者要求", width=14, hint="例如 要女的、要会说上海话；没有就空着"),
    OutColumn(title="紧急联系人", width=11),
    OutColumn(title="紧急联系电话", width=15, cells=Cells.CODE),
    NOTES,
)

VOLUNTEERS_TEMPLATE: tuple[OutColumn, ...] = (
    OutColumn(title="序号", width=6, cells=Cells.CENTRED),
    OutColumn(title="姓名", width=10, wanted=True, hint="一行写一位志愿者"),
    SEX,
    OutColumn(title="联系电话", width=15, cells=Cells.CODE, wanted=True),
    OutColumn(title="所属单位", width=20, hint="个人志愿者不用填"),
    OutColumn(title="小区", width=14),
    OutColumn(title="可服务项目", width=26, wanted=True, hint="几项用顿号隔开"),
    OutColumn(title="每月可服务次数", width=10, cells=Cells.NUMBER),
    OutColumn(title="空闲时间", width=16, hint="例如 周三上午、周末；什么时候都行就空着"),
    OutColumn(title="最远距离", width=9, hint="例如 2公里；哪里都去就空着"),
    OutColumn(title="会说上海话", width=8, cells=Cells.CENTRED, choices=("是", "否")),
    OutColumn(title="证书", width=18, hint="清洗空调、油烟机要写"),
    OutColumn(title="证书有效期至", width=13, cells=Cells.CODE, hint="例如 2027-06-30"),
    NOTES,
)
