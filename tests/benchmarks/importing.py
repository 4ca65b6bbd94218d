"""Imports of thousands of rows against thousands of known elders, against openpyxl merely reading the file."""

import random
import shutil
import tempfile
import time
from collections.abc import Callable
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


def _one_round(case: Path, sheet: Path, steps: dict[str, float]) -> tuple[float, float, float]:
    """Seconds for the import, for the same file again, and for taking the import back."""
    store = Store.open(case)
    begun = time.perf_counter()
    report = whole_import(store, sheet, steps=steps)
    taken = time.perf_counter() - begun
    repeated = timed(lambda: whole_import(store, sheet))
    back = timed(lambda: undo_step(store, operation_id=report.operation_id))
    store.close()
    return taken, repeated, back


def known_and_sheet(place: Path) -> tuple[Path, Path]:
    """A data file with 10,000 elders, and a sheet of as many rows: half of them known, a quarter of those changed."""
    known = people(ROWS, 1)
    fresh = people(ROWS // 2, 2)
    seen = [list(row) for row in known[: ROWS // 2]]
    for row in seen[::4]:
        row[4] = "100" + row[4][:2:-1]
        row[8] = "、".join(SERVICES[:4])
    store = Store.open(place / "known.db")
    whole_import(store, write(place / "known.xlsx", known))
    store.close()
    return place / "known.db", write(place / "sheet.xlsx", seen + fresh)


def run() -> list[tuple[str, str, float, float, str]]:
    """A sheet of 10,000 rows, half of them known (a quarter of those changed), against 10,000 known elders."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _, sheet = known_and_sheet(place)
        ours, floors, undone, again = [], [], [], []
        steps: dict[str, float] = {}
        for number in range(ROUNDS):
            floors.append(timed(lambda: merely_read(sheet)))
            taken, repeated, back = _one_round(
                shutil.copyfile(place / "known.db", place / f"{number}.db"), sheet, steps
            )
            ours.append(taken)
            again.append(repeated)
            undone.append(back)
        floor, taken = min(floors), min(ours)
        size = f"{ROWS} rows, {ROWS} known"
        reads = "openpyxl read-only, merely reading"
        rows = [
            ("import, all steps", size, taken, floor, reads),
            ("import, read and understood", size, steps["read"], floor, reads),
            ("import, matched and planned", size, steps["match"], floor, reads),
            ("import, backed up, written, indexed", size, steps["write"], floor, reads),
            ("import, the same file again", size, min(again), floor, reads),
            ("import taken back", size, min(undone), taken, "the import itself"),
        ]
        many = write(place / "many.xlsx", people(MANY, 3))
        store = Store.open(shutil.copyfile(place / "known.db", place / "many.db"))
        spent = timed(lambda: whole_import(store, many))
        store.close()
        rows.append(
            ("import, all steps", f"{MANY} rows, {ROWS} known", spent, taken * MANY / ROWS, "as many times the smaller")
        )
    return rows
