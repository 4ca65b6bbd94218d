"""The words for every error, in one place: what happened, what was kept, what to do."""

from functools import singledispatch

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.model import errors
from jiuliting_desk.model.barriers import Barrier
from jiuliting_desk.model.dates import time_text
from jiuliting_desk.paper import errors as paper_errors
from jiuliting_desk.sheets.book import SheetTrouble
from jiuliting_desk.store import StorageTrouble
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.troubles import TroubleWords, fault, trouble

__all__ = ["TroubleWords", "fault", "sentence", "trouble"]
from jiuliting_desk.ui.words import workbooks

translate = QCoreApplication.translate


@singledispatch
def sentence(error: Exception) -> str:
    """One sentence for a person: what is wrong and what to do. Raises NotImplementedError for an unknown error."""
    raise NotImplementedError(type(error).__name__)


@sentence.register
def _(error: SheetTrouble) -> str:
    return workbooks.trouble(error)


@sentence.register
def _(error: errors.Missing) -> str:
    what = labels.field(error.field)
    return translate("messages", "{what}还空着，请填上。").format(what=what or translate("messages", "这一项"))


@sentence.register
def _(error: errors.BadPhone) -> str:
    return translate("messages", "手机号要 11 位，座机 8 位，现在“{text}”是 {digits} 位。").format(
        text=error.text, digits=error.digits
    )


@sentence.register
def _(error: errors.BadDate) -> str:
    if error.field == "starts":
        return translate("messages", "“{text}”不像时间，写成 9:30 或 930。").format(text=error.text)
    return translate("messages", "“{text}”不像日期。可以写 1944、1944-05 或 1944-05-08，不能晚于今天。").format(
        text=error.text
    )


@sentence.register
def _(error: errors.BadNumber) -> str:
    return translate("messages", "请填 {lowest} 到 {highest} 的整数，现在是“{text}”。").format(
        lowest=error.lowest, highest=error.highest, text=error.text
    )


@sentence.register
def _(error: errors.NameTaken) -> str:
    return translate("messages", "“{name}”已经有了，换一个名字。").format(name=error.name)


@sentence.register
def _(error: errors.NameUnknown) -> str:
    return translate("messages", "没有叫“{name}”的{kind}。从下面列出的里面选；真的是新的，先到设置里加上。").format(
        name=error.name, kind=labels.kind(error.kind)
    )


@sentence.register
def _(error: errors.FileBlocked) -> str:
    return translate(
        "messages",
        "“{name}”写不进 {folder}：可能正被 Excel 或 WPS 打开着，或者盘满了。关掉它或换个地方再存，资料没有变。",
    ).format(name=error.name, folder=error.folder)


@sentence.register
def _(error: errors.AlreadyKnown) -> str:
    return translate("messages", "名单里已经有{name}（编号 {number}），{why}。先看看是不是同一位。").format(
        name=error.name, number=error.number, why=labels.likeness(error.why)
    )


@sentence.register
def _(error: errors.StillUsed) -> str:
    return translate("messages", "“{name}”还不能删：{count} 条{used_by}在用它。可以改成停用。").format(
        name=error.name, count=error.count, used_by=labels.kind(error.used_by)
    )


@sentence.register
def _(error: errors.NotThere) -> str:
    return translate("messages", "这条{kind}刚才已经被删掉或撤销了，名单已刷新。").format(kind=labels.kind(error.kind))


@sentence.register
def _(error: errors.WrongState) -> str:
    return translate("messages", "这条{kind}现在是“{state}”，不能改成“{wanted}”。").format(
        kind=labels.kind(error.kind),
        state=labels.state(error.kind, error.state),
        wanted=labels.state(error.kind, error.wanted),
    )


@sentence.register
def _(error: errors.AlreadyClaimed) -> str:
    del error
    return translate("messages", "这条需求已经有人认领了。要换人，先放开原来的认领。")


@sentence.register
def _(error: errors.NeedPromised) -> str:
    standing = []
    if error.visits:
        standing.append(translate("messages", "已约的 {count} 次上门").format(count=error.visits))
    if error.is_regular:
        standing.append(translate("messages", "定期上门"))
    if not standing:
        return translate("messages", "这条需求有人认领了，项目没有改。先放开认领再改；或者另外登记一条。")
    return translate("messages", "{standing}做的是原来的项目，项目没有改。先取消或结束再改；或者另外登记一条。").format(
        standing=translate("messages", "和").join(standing)
    )


@sentence.register
def _(error: errors.StoodInFor) -> str:
    return translate(
        "messages", "已经约了{name} {day} {time} 代去，这次上门没有恢复。要照原来的去，先取消那一次。"
    ).format(name=error.name, day=labels.day(error.day), time=time_text(error.starts))


@sentence.register
def _(error: errors.GoesAnyway) -> str:
    return translate(
        "messages", "{day} {time} {name}照去，不用找人代，这条需求没有恢复。要换别人去，先取消那一次。"
    ).format(name=error.name, day=labels.day(error.day), time=time_text(error.starts))


@sentence.register
def _(error: errors.AlreadyPaired) -> str:
    del error
    return translate("messages", "这两位在这个项目上已经结对了。")


@sentence.register
def _(error: errors.NotActive) -> str:
    return translate("messages", "{name}现在是“{state}”，不能再安排。要安排，先在资料里恢复。").format(
        name=error.name, state=labels.any_state(error.state)
    )


@sentence.register
def _(error: errors.ReasonWanted) -> str:
    known = {rule.value: labels.label(rule) for rule in Barrier}
    rules = translate("messages", "、").join(known[rule] for rule in error.rules if rule in known)
    told = translate("messages", "（{rules}）").format(rules=rules) if rules else ""
    return translate("messages", "这样做和规则不合{told}，请写一句原因。").format(told=told)


@sentence.register
def _(error: errors.AlreadyAnswered) -> str:
    if error.entered_on is None:
        return translate("messages", "这次上门的反馈表已经录过了。")
    return translate("messages", "这张 {day} {who}录过。要改，打开那一张。").format(
        day=labels.month_day(error.entered_on), who=f"{error.entered_by} " if error.entered_by else ""
    )


@sentence.register
def _(error: errors.PlanOvertaken) -> str:
    del error
    return translate("messages", "预览以后资料又改过，请重新看一遍再写入。现在什么都没写。")


@sentence.register
def _(error: errors.DateOrder) -> str:
    return translate("messages", "先后不对：{begins} 在 {ends} 之后。").format(
        begins=labels.day(error.begins), ends=labels.day(error.ends)
    )


@sentence.register
def _(error: errors.NothingToUndo) -> str:
    if error.redo:
        return translate("messages", "没有可以重做的步骤了。")
    return translate("messages", "没有可以撤销的步骤了。")


@sentence.register
def _(error: errors.Overtaken) -> str:
    later = translate("messages", "、").join(labels.step(*words.partition("|")[::2]) for words in error.by[:3])
    if len(error.by) > 3:
        later += translate("messages", "等 {count} 步").format(count=len(error.by))
    return translate("messages", "“{step}”撤不了：后来的“{later}”要靠它。先撤销后来的。").format(
        step=labels.step(error.name, error.about), later=later
    )


@sentence.register
def _(error: errors.UnknownNumbers) -> str:
    return translate("messages", "名单里没有这些编号：{numbers}。什么都没有印，请核对后再来。").format(
        numbers="、".join(error.numbers)
    )


@sentence.register
def _(error: errors.NoOperation) -> str:
    del error
    return translate("messages", "没有改动，不用存。")


@sentence.register
def _(error: paper_errors.GlyphsMissing) -> str:
    return translate(
        "messages", "{names}里的{glyphs}没有字体能印，这一批还没有印。先用同音字或拼音代替，再印。"
    ).format(
        names="、".join(error.names[:3]),
        glyphs="、".join(f"{glyph} (U+{ord(glyph[0]):04X})" for glyph in error.glyphs[:5]),
    )


@sentence.register
def _(error: paper_errors.TextTooLong) -> str:
    return translate("messages", "“{name}”太长，两行也印不下，这一批还没有印。请在资料里写短一些的称呼。").format(
        name=error.name
    )


@sentence.register
def _(error: paper_errors.BadStock) -> str:
    reasons = {
        "not_positive": translate("messages", "这个尺寸要大于 0。"),
        "too_small": translate("messages", "卡太小：最小 60×36 毫米，再小老人看不清。"),
        "slots_overlap": translate("messages", "格子叠在一起了：间距不能小于卡的边长 {limit:g} 毫米。"),
        "off_page": translate("messages", "最边上的卡印到纸外面了：到 {measure:g} 毫米，纸只到 {limit:g} 毫米。"),
        "too_many": translate("messages", "一张纸最多 {limit:g} 格。"),
    }
    unknown = translate("messages", "卡纸的尺寸对不上，请再量一量。")
    return reasons.get(error.reason, unknown).format(measure=error.measure_mm, limit=error.limit_mm)


@sentence.register
def _(error: paper_errors.StockUnknown) -> str:
    return translate("messages", "没有叫“{name}”的卡纸。有这些：{known}。").format(
        name=error.name, known="、".join(error.known)
    )


@sentence.register
def _(error: paper_errors.BadStartSlot) -> str:
    return translate("messages", "这种卡纸一张只有 {slots} 格，请从第 1 到第 {slots} 格里选一格开始。").format(
        slots=error.slots
    )


@sentence.register
def _(error: paper_errors.BadCalibration) -> str:
    return translate("messages", "量到 {measured:g} 毫米，应在 {expected:g} 毫米上下，差得太多。请再量一次。").format(
        measured=error.measured_mm, expected=error.expected_mm
    )


@sentence.register
def _(error: errors.OtherFile) -> str:
    return translate(
        "messages", "“{name}”已经有了，是别的文件，没有覆盖它。换一个以 {suffix} 结尾的名字再存，资料没有变。"
    ).format(name=error.name, suffix=error.suffix)


@sentence.register
def _(error: errors.PrinterTrouble) -> str:
    return translate("messages", "打印机“{name}”没有应答，什么都没有改动。看看它开着没有，也可以存成 PDF。").format(
        name=error.name
    )


@sentence.register
def _(error: paper_errors.NothingToPrint) -> str:
    del error
    return translate("messages", "没有要印的：还没有选，或者选的都不用印了。先选好再印。")


@sentence.register
def _(error: StorageTrouble) -> str:
    words = trouble(error)
    return f"{words.title}。{words.happened}"
