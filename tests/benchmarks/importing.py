"""Imports of thousands of rows against thousands of known elders, against openpyxl merely reading the file."""

import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from jiuliting_desk.actions.history import undo_step
from jiuliting_desk.actions.imports import words
from jiuliting_desk.actions.imports.carrying import carry_out
from jiuliting_desk.actions.imports.draft import open_draft, planned
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.model.identity import check_digit
from jiuliting_desk.model.imports import ImportReport
from jiuliting_desk.sheets.reader import begin_reading
from jiuliting_desk.store import Store

ROWS = 10_000
MANY = 50_000
TODAY = date(2026, 3, 18)
ROUNDS = 3

HEADER = [
    "序号",
    "姓名",
    "性别",
    "身份证号",
    "联系电话",
    "家庭住址",
    "人员类别",
    "是否独居",
    "服务需求",
    "紧急联系人",
    "紧急联系电话",
    "备注",
]  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
SIGNS = "秀英兰珍玉桂芳华凤梅素云月金根福荣生明国"
SERVICES = ("陪伴聊天", "居家清洁", "理发", "清洗空调", "清洗油烟机", "代买代办")

Person = list[str]

Line = tuple[str, str, float, float, str]


def people(count: int, seed: int) -> list[Person]:
    """Invented rows of a survey: region 000000, phones that begin with 100."""
    dice = random.Random(seed)

    def name() -> str:
        return dice.choice(SURNAMES) + dice.choice(SIGNS) + dice.choice(SIGNS)

    def phone() -> str:
        return f"100{dice.randrange(10**8):08d}"

    found = []
    for number in range(count):
        born = date(1926 + dice.randrange(30), dice.randrange(1, 13), dice.randrange(1, 29))
        order = dice.randrange(1000)
        first = f"000000{born:%Y%m%d}{order:03d}"
        home = (
            f"亭北{dice.choice('东西南北')}块{dice.randrange(1, 60)}号{dice.randrange(1, 7)}0{dice.randrange(1, 6)}室"
        )
        needs = "、".join(dice.sample(SERVICES, dice.randrange(1, 4)))
        tags = "、".join(dice.sample(("高龄", "低保", "失独", "行动不便"), dice.randrange(3)))
        alone = dice.choice(("√", ""))
        found.append(
            [
                str(number + 1), name(), "男" if order % 2 else "女", first + check_digit(first), phone(), home, tags,
                alone, needs, name(), phone(), "",
            ]
        )  # fmt: skip
    return found


def write(path: Path, rows: list[Person]) -> Path:
    """A workbook as a committee sends it: a title, a line of facts, the header in row 3."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("排摸表")
    sheet.append(["亭北居民区老年人需求排摸表"])
    sheet.append(["填报日期：2026年3月5日"])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def merely_read(path: Path) -> int:
    """What the ratio is to: every cell through openpyxl's fastest reading."""
    book = load_workbook(path, read_only=True)
    count = sum(1 for _ in book.active.iter_rows(values_only=True))
    book.close()
    return count


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def whole_import(store: Store, path: Path, *, steps: dict[str, float] | None = None) -> ImportReport:
    """Every step that the wizard takes: read in the child while what is known is looked up, find, check, match,
    back up, write, index, commit."""
    begun = time.perf_counter()
    reading = begin_reading(path)
    snapshot = take_snapshot(store)
    vocabulary, learned = words.vocabulary(store, today=TODAY), words.learned_words(store)
    draft = open_draft(path, vocabulary=vocabulary, learned=learned, reading=reading)
    read = time.perf_counter()
    draft = planned(draft, today=TODAY, snapshot=snapshot)
    matched = time.perf_counter()
    assert draft.plan is not None
    report = carry_out(store, draft.plan, today=TODAY)
    if steps is not None:
        for name, taken in (
            ("read", read - begun),
            ("match", matched - read),
            ("write", time.perf_counter() - matched),
        ):
            steps[name] = min(steps.get(name, taken), taken)
    return report


def known_and_sheet(place: Path, count: int = ROWS) -> tuple[Path, Path]:
    """A data file with ``count`` elders, and a sheet of as many rows: half of them known, a quarter of those changed.

    The same mix at every size, so that sizes can be compared.
    """
    known = people(count, 1)
    fresh = people(count // 2, 2)
    seen = [list(row) for row in known[: count // 2]]
    for row in seen[::4]:
        row[4] = "100" + row[4][:2:-1]
        row[8] = "、".join(SERVICES[:4])
    case = place / f"known_{count}.db"
    store = Store.open(case)
    whole_import(store, write(place / "known.xlsx", known))
    store.close()
    return case, write(place / f"sheet_{count}.xlsx", seen + fresh)


@dataclass(slots=True, kw_only=True)
class Round:
    """Seconds of one round; the floor and what it is held against lie in the same half minute."""

    floor: float
    whole: float
    floor_effort: float
    """Seconds of processor time, of the reading process too: they say more on a machine that has other work."""
    effort: float
    steps: dict[str, float]
    again: float = 0.0
    back: float = 0.0
    larger: float = 0.0
    """The import of the larger sheet."""
    fresh: float = 0.0
    """A sheet of as many rows of whom nobody is known."""
    fresh_floor: float = 0.0


def _imported(case: Path, sheet: Path) -> float:
    """Seconds for one import into a copy of a data file."""
    copy = case.with_name("copy.db")
    store = Store.open(shutil.copyfile(case, copy))
    taken = timed(lambda: whole_import(store, sheet))
    store.close()
    copy.unlink()
    return taken


def _effort() -> float:
    """Seconds of processor time so far, of this process and of those that it started and that are gone."""
    return sum(os.times()[:4])


def _one_round(place: Path, number: int) -> Round:
    sheet, fresh = place / f"sheet_{ROWS}.xlsx", place / "fresh.xlsx"
    known = place / f"known_{ROWS}.db"
    worked = _effort()
    found = Round(floor=timed(lambda: merely_read(sheet)), whole=0.0, floor_effort=0.0, effort=0.0, steps={})
    found.floor_effort = _effort() - worked
    store = Store.open(shutil.copyfile(known, place / f"{number}.db"))
    begun, worked = time.perf_counter(), _effort()
    report = whole_import(store, sheet, steps=found.steps)
    found.whole, found.effort = time.perf_counter() - begun, _effort() - worked
    found.again = timed(lambda: whole_import(store, sheet))
    found.back = timed(lambda: undo_step(store, operation_id=report.operation_id))
    store.close()
    found.larger = _imported(place / f"known_{MANY}.db", place / f"sheet_{MANY}.xlsx")
    found.fresh_floor = timed(lambda: merely_read(fresh))
    found.fresh = _imported(known, fresh)
    return found


READS = "openpyxl read-only, merely reading"
SIZE = f"{ROWS} rows, {ROWS} known"


def run() -> list[Line]:
    """A sheet of 10,000 rows against 10,000 known elders, one of 50,000 rows against 50,000, and one of new people.

    Of the rounds the one with the middle ratio is told, and of the whole import the least one too.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for count in (ROWS, MANY):
            known_and_sheet(place, count)
        write(place / "fresh.xlsx", people(ROWS, 3))
        rounds = [_one_round(place, number) for number in range(ROUNDS)]

    def told(what: str, size: str, ratio: Callable[[Round], tuple[float, float]], floor_is: str) -> list[Line]:
        """The middle and the least of the rounds by their ratio."""
        pairs = sorted((ratio(one) for one in rounds), key=lambda pair: pair[0] / pair[1])
        return [
            (f"{what}, median of {ROUNDS}", size, *pairs[len(pairs) // 2], floor_is),
            (f"{what}, least of {ROUNDS}", size, *pairs[0], floor_is),
        ]

    times = MANY // ROWS
    return [
        *told("import, all steps", SIZE, lambda one: (one.whole, one.floor), READS),
        *told("import, all steps", f"{ROWS} new rows, {ROWS} known", lambda one: (one.fresh, one.fresh_floor), READS),
        *told(
            "import, all steps",
            f"{MANY} rows, {MANY} known",
            lambda one: (one.larger, one.whole * times),
            f"{times} times the smaller, same mix",
        ),
        *told("import, all steps, processor time", SIZE, lambda one: (one.effort, one.floor_effort), READS)[:1],
        *told("import, read and understood", SIZE, lambda one: (one.steps["read"], one.floor), READS)[:1],
        *told("import, matched and planned", SIZE, lambda one: (one.steps["match"], one.floor), READS)[:1],
        *told("import, backed up, written, indexed", SIZE, lambda one: (one.steps["write"], one.floor), READS)[:1],
        *told("import, the same file again", SIZE, lambda one: (one.again, one.floor), READS)[:1],
        *told("import taken back", SIZE, lambda one: (one.back, one.whole), "the import itself")[:1],
    ]
