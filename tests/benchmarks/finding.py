"""Search over 50,000 elders against one LIKE scan of the names."""

import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from jiuliting_desk.actions.demo import fill_with_demo
from jiuliting_desk.actions.search import search
from jiuliting_desk.store import Store
from jiuliting_desk.store.search import name_tokens

ELDERS = 50_000


def queries(store: Store) -> list[str]:
    """Twenty kinds of query for each of sixty people."""
    people = store.rows(
        "SELECT name, number, coalesce(json_extract(phones, '$[0].number'), '10000000000') FROM elder"
        " WHERE id % ? = 7 ORDER BY id",
        (ELDERS // 60,),
    )
    asked = []
    for name, number, phone in people:
        sounds = name_tokens(name)[1].split()
        asked += [name, name[:2], name[1:], name[0], max(sounds, key=len), sounds[1], sounds[1][:2], sounds[1][0]]
        asked += [phone, phone[-4:], phone[-3:], f"{phone[:3]} {phone[3:7]}-{phone[7:]}", number, number.lstrip("0")]
        asked += [f"亭北 {name[0]}", f"{name[0]} 12", "金丰蓝庭12号301室", "1", "12", "zzq"]
    return asked


def run() -> list[tuple[str, str, float, float, str]]:
    """Median and 95th percentile of a search with its list, against a scan."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "case.db")
        with store.operation("demo"):
            fill_with_demo(store, elders=ELDERS, volunteers=2000, visits=0, seed=1, today=date(2026, 3, 18))
        taken = []
        for text in queries(store):
            begun = time.perf_counter()
            search(store, text)
            taken.append(time.perf_counter() - begun)
        scans = []
        for _ in range(9):
            begun = time.perf_counter()
            store.rows("SELECT id, name, number FROM elder WHERE name LIKE '%' || ? || '%' LIMIT 30", ("𬱖𬱖",))
            scans.append(time.perf_counter() - begun)
        store.close()
    taken.sort()
    floor = statistics.median(scans)
    size = f"{ELDERS} elders, {len(taken)} searches"
    return [
        ("search, median", size, taken[len(taken) // 2], floor, "LIKE scan of the names"),
        ("search, 95th percentile", size, taken[int(len(taken) * 0.95)], floor, "LIKE scan of the names"),
    ]
