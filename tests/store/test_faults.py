"""Kill, full disk and two openers, on real processes: what was confirmed stays, nothing is half written."""

import os
import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need
from jiuliting_desk.store import Store, backup

WRITE_FOREVER = """
import sys
from datetime import date
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.needs import Need
from jiuliting_desk.store import Store
store = Store.open(sys.argv[1])
batch = 0
while True:
    with store.operation("import", str(batch)):
        ids = store.add_many([Elder(name="苗芬", notes=str(batch)) for _ in range(40)])
        store.add_many([Need(elder_id=elder_id, category_id=1, since=date(2026, 3, 18)) for elder_id in ids])
    print(batch, flush=True)
    batch += 1
"""

FILL_UP = """
import resource, signal, sys
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import StorageTrouble, Store, backup
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(sys.argv[1])
with store.operation("register"):
    store.add_many([Elder(name="苗芬") for _ in range(int(sys.argv[2]))])
limit = int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
told = []
try:
    with store.operation("import"):
        store.add_many([Elder(name="邹福", notes="很长" * 400) for _ in range(4000)])
except StorageTrouble as trouble:
    told.append(trouble.trouble.value)
try:
    backup.back_up(store, reason="hand")
except StorageTrouble as trouble:
    told.append(trouble.trouble.value)
print(" ".join(told), store.count(Elder))
"""

OPEN_ONCE = """
import sys, time
from jiuliting_desk.store import StorageTrouble, Store
while time.time() < float(sys.argv[2]):
    continue
try:
    store = Store.open(sys.argv[1], who="何佩")
except StorageTrouble as trouble:
    print(trouble.trouble.value)
else:
    print("open", flush=True)
    sys.stdin.readline()
    store.close()
"""


def started(code: str, *words: str) -> subprocess.Popen[str]:
    """A Python process with this code and these words."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_program_loses_nothing_confirmed_and_leaves_no_half(case_file: Path, seed: int) -> None:
    dice = random.Random(seed)
    with started(WRITE_FOREVER, str(case_file)) as process:
        assert process.stdout is not None
        confirmed = int(process.stdout.readline())
        deadline = time.monotonic() + dice.uniform(0.0, 0.25)
        while time.monotonic() < deadline:
            confirmed = int(process.stdout.readline())
        process.kill()
        rest = process.stdout.read().split()
    confirmed = int(rest[-1]) if rest and rest[-1].isdecimal() else confirmed
    store = Store.open(case_file)
    elders, needs = store.count(Elder), store.count(Need)
    whole = [int(notes) for (notes,) in store.rows("SELECT DISTINCT notes FROM elder")]
    integrity = store.rows("PRAGMA integrity_check")
    store.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    store.close()
    assert integrity == [("ok",)]
    assert elders == needs == 40 * len(whole)
    assert set(range(confirmed + 1)) <= set(whole)


if sys.platform != "win32":  # a limit on a file's size stands for a full disk, and Windows has none

    @pytest.mark.parametrize(("people", "room"), [(20, 900_000), (400, 1_300_000)])
    def test_a_full_disk_is_told_and_leaves_what_was_confirmed(case_file: Path, people: int, room: int) -> None:
        with started(FILL_UP, str(case_file), str(people), str(room)) as process:
            out, _ = process.communicate()
        *told, count = out.split()
        assert told, "the disk was not full"
        assert set(told) <= {"full", "io"}
        assert int(count) == people
        assert list(case_file.parent.rglob("*.part")) == []
        store = Store.open(case_file)
        assert store.count(Elder) == people
        assert store.rows("PRAGMA integrity_check") == [("ok",)]
        store.close()


def test_of_two_that_open_at_once_one_writes(case_file: Path) -> None:
    begin = str(time.time() + 0.7)
    with started(OPEN_ONCE, str(case_file), begin) as one, started(OPEN_ONCE, str(case_file), begin) as other:
        assert one.stdout is not None
        assert other.stdout is not None
        answers = [one.stdout.readline().strip(), other.stdout.readline().strip()]
        one.communicate("done\n")
        other.communicate("done\n")
    assert sorted(answers) == ["held", "open"]
    store = Store.open(case_file)
    store.close()


def test_a_backup_does_not_give_up_the_lock_on_the_file(case_file: Path) -> None:
    store = Store.open(case_file)
    with store.operation("register"):
        store.add(Elder(name="苗芬", number="1"))
    backup.back_up(store, reason="hand")
    with started(OPEN_ONCE, str(case_file), "0") as other:
        answer, _ = other.communicate("done\n")
    store.close()
    assert answer.strip() == "held"
    with started(OPEN_ONCE, str(case_file), "0") as other:
        answer, _ = other.communicate("done\n")
    assert answer.strip() == "open"
