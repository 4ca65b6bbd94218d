"""Every part of the kit in every state, as one widget to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QProgressBar, QRadioButton, QVBoxLayout, QWidget

from jiuliting_desk.ui import theme
from jiuliting_desk.ui.tokens import COLOURS, TYPES
from jiuliting_desk.ui.widgets.banner import Banner, Empty, Message, MessageBar
from jiuliting_desk.ui.widgets.buttons import Facet, Removable, Segmented, button
from jiuliting_desk.ui.widgets.cells import Cell, Chip
from jiuliting_desk.ui.widgets.chips import ChipRow
from jiuliting_desk.ui.widgets.facts import Facts
from jiuliting_desk.ui.widgets.fields import ChoiceField, ComboFacet, NumberField, TextField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.key_choice import KeyChoice
from jiuliting_desk.ui.widgets.layout import STRETCH, Flow, column, hairline, row, surface, wrapping
from jiuliting_desk.ui.widgets.lines import Line, LineList
from jiuliting_desk.ui.widgets.masked import MaskedValue
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.stepper import Stepper
from jiuliting_desk.ui.widgets.table import RecordTable
from jiuliting_desk.ui.widgets.text import key_cap, label


@dataclass(frozen=True, slots=True)
class Person:
    """An invented row."""

    id: int
    name: str
    about: str
    place: str
    tags: tuple[str, ...]
    need: str
    icon: str
    state: str


STATES = {
    "待安排": ("warn", "circle-dashed"),
    "已预约": ("info", "calendar-check"),
    "已完成": ("ok", "circle-check"),
    "暂停": ("ink2", "circle-pause"),
}

PEOPLE = (
    Person(137, "高莲英", "女 82", "亭北新村 12号 301", ("独居", "高龄", "行动不便"), "理发", "scissors", "待安排"),
    Person(164, "马根宝", "男 81", "亭北东块 17号 401", ("高龄", "行动不便"), "居家清洁", "brush-cleaning", "待安排"),
    Person(89, "沈秀珍", "女 85", "亭北新村 5号 202", ("独居", "高龄"), "陪伴聊天", "message-circle", "已预约"),
    Person(175, "陈炳荣", "男 77", "亭北东块 3号 601", (), "清洗油烟机", "cooking-pot", "已完成"),
    Person(223, "郁文蔚", "女 81", "桂溪小筑 4号 202", ("独居",), "理发", "scissors", "暂停"),
)


def columns() -> Sequence[Column[Person]]:
    """The columns of the elders' table in small."""
    return (
        Column(
            key="card", title="卡号", cell=lambda p: Cell(f"{p.id:04d}", tone="ink2"), width=62, give_up=6,
            sort=lambda p: p.id,
        ),
        Column(
            key="name", title="姓名", cell=lambda p: Cell(p.name, second=p.about, strong=True), width=110, must=True,
        ),
        Column(key="place", title="小区 楼室", cell=lambda p: p.place, width=150, stretch=2, least=130),
        Column(
            key="tags", title="标签", cell=lambda p: Cell(chips=tuple(map(Chip, p.tags))), width=186, give_up=5,
            narrow=lambda p: Cell(chips=tuple(Chip(tag[:1]) for tag in p.tags)), narrow_width=110,
        ),
        Column(key="need", title="当前需求", cell=lambda p: Cell(p.need, icon=p.icon), width=120, stretch=1, give_up=4),
        Column(
            key="state", title="需求状态", width=100, must=True,
            cell=lambda p: Cell(p.state, icon=STATES[p.state][1], tone=STATES[p.state][0], strong=True),
        ),
    )  # fmt: skip


def people_table() -> RecordTable[Person]:
    """The table with its invented rows."""
    table = RecordTable[Person](columns())
    table.set_rows(PEOPLE)
    return table


def _buttons() -> Iterator[QWidget]:
    for kind, icon, words in (
        ("primary", "check", "确认预约"),
        ("strong", "", "定下顾海宁"),
        ("", "", "上一步"),
        ("link", "", "去录入"),
        ("bad", "trash-2", "作废这张卡"),
    ):
        usual, off = button(words, kind=kind, icon=icon), button(words, kind=kind, icon=icon)
        small = button(words, kind=kind, icon=icon, size="s")
        off.setEnabled(False)
        yield wrapping(usual, off, small)


def _fields() -> Iterator[QWidget]:
    form = Form()
    form.text("name", "姓名", required=True, placeholder="先写姓").set_value("高莲英")
    form.text("phones", "电话").set_value("1000000441")
    form.date("birth", "出生", today=date(2026, 3, 18), hint="只知道年份也可以")
    form.chips("tags", "标签", [("独居", "独居"), ("高龄", "高龄"), ("行动不便", "行动不便")]).set_value(("独居",))
    form.number("count", "几次", 1, 9, unit="次")
    form.notes("notes", "备注", lines=2)
    form.complain("phones", "电话要 11 位，现在 10 位。")
    yield form
    read_only, off = TextField(), TextField()
    read_only.setText("D:\\九里to行动")
    read_only.setReadOnly(True)
    off.setEnabled(False)
    partly = QCheckBox("部分")
    partly.setCheckState(Qt.CheckState.PartiallyChecked)
    ticked = QCheckBox("已选")
    ticked.setChecked(True)
    radio = QRadioButton("先印正面")
    radio.setChecked(True)
    yield wrapping(read_only, off, NumberField(0, 9, unit="mm"), ChoiceField([(1, "办公室 M405"), (2, "大厅")]))
    yield wrapping(ticked, QCheckBox("未选"), partly, radio, QRadioButton("只印正面"))
    facet = ComboFacet("居委", [(1, "亭北居民区")])
    facet.setCurrentIndex(1)
    pressed = Facet("高龄", count=15)
    pressed.setChecked(True)
    segments = Segmented([("all", "全部"), ("open", "待安排 9"), ("booked", "已预约 4")])
    yield wrapping(facet, ComboFacet("小区"), Facet("独居", count=9), pressed, segments)
    yield row_of(Removable("亭北居民区", lambda: None), label("只看", "cap"), key_cap("Ctrl+K"), key_cap("F2"))


def row_of(*widgets: QWidget) -> QWidget:
    """Widgets in a row that ends with free room."""
    made = QWidget()
    made.setLayout(row(*widgets, STRETCH))
    return made


def _marks() -> Iterator[QWidget]:
    yield ChipRow(
        [
            Chip("独居"),
            Chip("同小区", "ok", "map-pin"),
            Chip("固定结对", "info", "pin"),
            Chip("要 3 户一起", "warn", "triangle-alert"),
            Chip("有误 12", "bad", "circle-x"),
            Chip("志愿者", "line"),
        ]
    )
    chosen = KeyChoice("3", "理发", icon="scissors")
    chosen.setChecked(True)
    both = QWidget()
    other = KeyChoice("4", "清洗空调", icon="air-vent")
    both.setLayout(row(chosen, other, KeyChoice("1", "顾海宁", second="走路 3 分钟")))
    yield both
    stepper = Stepper(["选文件", "对应列、看预览", "确认写入", "看结果"])
    stepper.show_step(1)
    yield stepper
    facts = Facts()
    facts.add("电话", MaskedValue("100****4417", lambda: "100 0000 4417"))
    facts.add("住址", "亭北居民区　亭北新村 12号 301，3 楼无电梯")
    facts.line()
    facts.add("身体", "高血压；对花粉过敏")
    yield facts


def _types() -> Iterator[QWidget]:
    shown = []
    for role in TYPES:
        sample = QLabel(f"结对助老 {role}")
        sample.setFont(theme.font(role))
        shown.append(sample)
    yield wrapping(*shown, gap=16)


def _lists() -> Iterator[QWidget]:
    table = people_table()
    table.choose(89)
    table.setFixedHeight(theme.px(34 * 6 + 4))
    yield table
    lines = LineList[Line](lambda line: line, key=lambda line: line.title)
    lines.set_rows(
        [
            Line(title="等安排的需求", after="14", is_heading=True),
            Line(
                title="马根宝", after="居家清洁", icon="brush-cleaning", second="亭北东块　周末白天", right="等 21 天",
                right_tone="bad", second_right="有方案", second_right_tone="ok", second_right_icon="circle-check",
            ),
            Line(
                title="顾海宁", key="1", tags=(Chip("志愿者", "line"),), after="亭北新村 8号", right="本月 2 / 6 次",
                chips=(Chip("固定结对", "info", "pin"), Chip("同小区", "ok", "map-pin"), Chip("会理发", "ok", "check")),
            ),
            Line(title="查看了完整电话", icon="eye", second="今天 10:21　邵雯"),
        ]
    )  # fmt: skip
    lines.choose("顾海宁")
    lines.setFixedHeight(theme.px(240))
    yield lines


def _banners() -> Iterator[QWidget]:
    yield Banner("info", "现在什么都还没写进资料库。", icon="shield-check")
    yield Banner("ok", "已写入 58 行。", "可以整批撤回。")
    yield Banner("warn", "打电话声音大一点", "听力不好，先报“九里 to 行动”。", icon="ear")
    yield Banner("bad", "文件被 WPS 占着，没法读。", "关掉 WPS 再试。")
    host = QWidget()
    host.setFixedHeight(theme.px(126))
    MessageBar(host).say(Message(text="已定下：顾海宁 → 高莲英　理发", action="撤销", keys="Ctrl+Z"))
    yield host
    bar = QProgressBar()
    bar.setRange(0, 128)
    bar.setValue(59)
    yield bar
    empty = Empty("没有符合的老人", "现在只看“桂溪”和“暂停”。", action=button("清除筛选"))
    empty.setFixedHeight(theme.px(150))
    yield empty


def _colours() -> Iterator[QWidget]:
    swatches = []
    for token in COLOURS:
        swatch = QLabel(token)
        is_dark = theme.colour(token).lightness() < 140
        ink = "ink" if is_dark == theme.look().dark else "surface"
        swatch.setStyleSheet(
            f"background: {theme.colour(token).name()}; color: {theme.colour(ink).name()}; padding: 4px;"
        )
        swatches.append(swatch)
    yield wrapping(*swatches, gap=4)


def kit() -> QWidget:
    """The whole kit."""

    def part(title: str, widgets: Iterator[QWidget]) -> QVBoxLayout:
        return column(label(title, "h2"), *widgets, hairline(), gap=8)

    left = column(
        part("按钮", _buttons()), part("输入", _fields()), part("标记", _marks()), part("字", _types()), STRETCH
    )
    right = column(part("表格和列表", _lists()), part("提示", _banners()), part("颜色", _colours()), STRETCH)
    made = surface("flat", row(margins=(20,), gap=28))
    layout = made.layout()
    assert isinstance(layout, QHBoxLayout)
    holders = QWidget(), QWidget()
    for holder, content in zip(holders, (left, right), strict=True):
        holder.setLayout(content)
        layout.addWidget(holder, 1)
    made.resize(theme.px(1500), theme.px(1240))
    return made


__all__ = ["Flow", "kit", "people_table"]
