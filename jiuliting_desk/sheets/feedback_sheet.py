"""The Excel feedback sheet: one row for one visit, filled in beforehand up to the elder's answers, with drop-downs.

Header and cell words here are part of a file format: the import reads them back.
"""

from collections.abc import Sequence

from jiuliting_desk.sheets.writing import Cells, OutColumn

SHEET = "意见反馈"

SCORES = ("5 很好", "4 好", "3 一般", "2 不好", "1 很差")


def _choice(title: str, width: float, choices: Sequence[str], hint: str = "") -> OutColumn:
    return OutColumn(title=title, width=width, cells=Cells.CENTRED, choices=tuple(choices), hint=hint)


PREFILLED = 7
"""How many columns are filled in beforehand."""

# Narrow, so that a sheet of A4 that is as wide as all of them prints large enough to be read: some 8 points.
_COLUMNS: tuple[OutColumn, ...] = (
    OutColumn(title="表号", width=7.5, cells=Cells.CODE, hint="不要改，靠它对上是哪一次上门"),
    OutColumn(title="姓名", width=7.5),
    OutColumn(title="日期", width=10.5, cells=Cells.CODE),
    OutColumn(title="服务项目", width=9),
    OutColumn(title="上门人员", width=10),
    OutColumn(title="小区", width=9),
    OutColumn(title="居委干部", width=7.5),
    _choice("来得准时吗", 6, SCORES),
    _choice("态度好不好", 6, SCORES),
    _choice("做得好不好", 6, SCORES),
    _choice("总的满意吗", 6, SCORES),
    _choice("下次还请这位吗", 6, ("还请这位", "都可以", "想换一位")),
    OutColumn(title="还想要人帮什么忙", width=11),
    OutColumn(title="想说的话", width=15),
    _choice("谁填的", 5.5, ("本人", "家人", "代填")),
    OutColumn(title="没评的原因", width=8, hint="四项都没评时写：老人不愿评、住院了"),
    _choice("老人情况", 5.5, ("好", "一般", "要留意")),
    _choice("家里情况", 5.5, ("好", "一般", "要留意")),
    OutColumn(title="志愿者说明", width=11),
    OutColumn(title="安全隐患", width=9, hint="有隐患才写，没有就空着"),
    _choice("志愿者愿意再去", 6, ("愿意", "不愿意")),
    _choice("准时到", 5.5, ("准时", "没准时"), "居委干部看到的"),
    _choice("全程在场", 5.5, ("在场", "不在场"), "居委干部是不是一直在"),
    OutColumn(title="干部备注", width=11),
    _choice("看到签字", 5.5, ("看到", "没看到")),
)


def columns(services: Sequence[str]) -> tuple[OutColumn, ...]:
    """The columns; the services that can be wished for stand in the hint of theirs."""
    wishes = f"几样用顿号隔开：{'、'.join(services)}"
    return tuple(
        OutColumn(title=one.title, width=one.width, choices=tuple(services), hint=wishes)
        if one.title == "还想要人帮什么忙"
        else one
        for one in _COLUMNS
    )
