"""Reading and writing records, the lock, and trouble with the file."""

import os
import threading
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from jiuliting_desk.model.elders import Contact, Elder, Living, Phone, Sex
from jiuliting_desk.model.errors import NotThere
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.store import StorageTrouble, Store, Trouble, history
from jiuliting_desk.store.cipher import IntegrityError, connect
from jiuliting_desk.store.migrations import STEPS
from jiuliting_desk.store.tables import TABLES

DAY = date(2026, 3, 18)

FULL = Elder(
    name="金㛃生",
    number="0137",
    sex=Sex.FEMALE,
    birth="1932-12",
    phones=(Phone(number="10035824366", note="女儿家", preferred=True), Phone(number="66551234")),
    living=Living.ALONE,
    tags=("高龄", "失独"),
    contacts=(Contact(name="金䶮", relation="女儿", phone="10000002250"),),
    consent_on=DAY,
    floor=3,
    without_lift=True,
)


def test_every_record_has_the_columns_of_its_table(store: Store) -> None:
    for record_class, table in TABLES.items():
        columns = [row[1] for row in store.rows(f"PRAGMA table_info({table.table})")]
        assert columns == [field.name for field in fields(record_class)], table.table


def test_a_record_comes_back_as_it_went_in(store: Store, open_store: Callable[[], Store]) -> None:
    with store.operation("register_elder"):
        stored = store.add(FULL)
    store.close()
    assert open_store().get(Elder, stored.id) == replace(FULL, id=stored.id)


def test_nothing_is_written_outside_an_operation(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.add(FULL)


def test_an_operation_that_raises_leaves_nothing(store: Store) -> None:
    def register_and_break() -> None:
        with store.operation("register_elder"):
            store.add(FULL)
            raise KeyError("boom")

    with pytest.raises(KeyError):
        register_and_break()
    assert store.all(Elder) == []
    assert store.undoable() is None
    with store.operation("register_elder"):
        store.add(FULL)
    assert store.count(Elder) == 1


def test_what_was_only_supposed_is_gone_afterwards(store: Store) -> None:
    before = store.path.read_bytes()
    with store.supposing("register_elder"):
        store.add(FULL)
        assert store.count(Elder) == 1
    assert (store.count(Elder), store.undoable(), store.path.read_bytes()) == (0, None, before)
    with pytest.raises(KeyError), store.supposing("register_elder"):
        raise KeyError("boom")


def test_an_unchanged_record_leaves_no_line(store: Store) -> None:
    with store.operation("register_elder"):
        stored = store.add(FULL)
    before = store.undoable()
    with store.operation("edit_elder") as operation:
        store.update(stored)
    assert operation.touched == set()
    assert store.undoable() == before


def test_records_are_found_by_their_values(store: Store) -> None:
    with store.operation("register"):
        ids = store.add_many([replace(FULL, number=str(n), birth="" if n else "1940") for n in range(5)])
    assert [elder.id for elder in store.where(Elder, birth="")] == ids[1:]
    assert store.count(Elder, number=["1", "3", "9"]) == 2
    assert [elder.number for elder in store.all(Elder, order="number")] == ["0", "1", "2", "3", "4"]
    assert set(store.get_many(Elder, [*ids, 999])) == set(ids)
    assert store.where(Elder, committee_id=None, number="4")[0].id == ids[4]
    with pytest.raises(NotThere):
        store.get(Elder, 999)


def test_many_records_are_changed_as_one_by_one(store: Store) -> None:
    with store.operation("register"):
        ids = store.add_many([replace(FULL, number=str(n)) for n in range(5)])
    elders = store.all(Elder)
    changed = [
        replace(elders[0], notes="x"),
        replace(elders[1], phones=(), notes="y"),
        elders[2],
        replace(elders[3], consent_on=None),
    ]
    with store.operation("edit") as operation:
        assert store.update_many(changed) == 3
    assert store.all(Elder) == [*changed, elders[4]]
    assert operation.touched == {Elder}
    told = [(change.row_id, change.after) for change in history.changes_of(store, operation.id)]
    assert told == [
        (ids[0], {"notes": "x"}),
        (ids[1], {"phones": "[]", "notes": "y"}),
        (ids[3], {"consent_on": None}),
    ]
    store.execute("INSERT INTO search(search) VALUES ('integrity-check')")

    def change_one_that_is_gone() -> None:
        with store.operation("edit"):
            store.update_many([replace(elders[0], notes="z"), replace(elders[0], id=999)])

    with pytest.raises(NotThere):
        change_one_that_is_gone()
    assert store.get(Elder, ids[0]).notes == "x"


def test_a_row_that_others_stand_on_cannot_be_removed(store: Store) -> None:
    with store.operation("register"):
        elder = store.add(FULL)
        store.add(Need(elder_id=elder.id, category_id=1, since=DAY))

    def remove() -> None:
        with store.operation("remove"):
            store.remove(elder)

    with pytest.raises(IntegrityError):
        remove()
    assert store.get(Elder, elder.id) == elder


def test_a_second_opening_is_refused_with_the_holders_name(store: Store) -> None:
    with pytest.raises(StorageTrouble) as raised:
        Store.open(store.path, who="邵雯")
    assert raised.value.trouble is Trouble.HELD
    assert raised.value.holder.startswith("何佩")
    assert store.all(ResidentsCommittee) == []


def test_a_newer_file_is_refused_untouched(store: Store) -> None:
    path = store.path
    store.close()
    connection = connect(str(path))
    connection.execute(f"PRAGMA user_version={len(STEPS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageTrouble) as raised:
        Store.open(path)
    assert raised.value.trouble is Trouble.NEWER
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"SQLite format 3\0" + b"\0" * 4096, b"hello " * 2000, b"\0" * 8192])
def test_a_strangers_file_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "case.db"
    path.write_bytes(content)
    with pytest.raises(StorageTrouble) as raised:
        Store.open(path)
    assert raised.value.trouble in {Trouble.NOT_OURS, Trouble.DAMAGED}
    assert path.read_bytes() == content


def test_another_key_does_not_open_it(store: Store) -> None:
    path = store.path
    store.close()
    with pytest.raises(StorageTrouble) as raised:
        Store.open(path, key=b"\1" * 32)
    assert raised.value.trouble is Trouble.NOT_OURS


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble):
        Store.open(tmp_path)


def test_a_read_only_file_is_told(case_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(StorageTrouble) as raised:
        Store.open(case_file)
    assert raised.value.trouble is Trouble.READ_ONLY


def test_a_full_disk_is_told_and_what_was_confirmed_stays(store: Store) -> None:
    with store.operation("register"):
        kept = store.add(FULL)
    pages = store.value("PRAGMA page_count")
    store.rows(f"PRAGMA max_page_count={pages}")

    def fill() -> None:
        with store.operation("register"):
            store.add_many([replace(FULL, number=str(n), notes="很长" * 500) for n in range(2000)])

    with pytest.raises(StorageTrouble) as raised:
        fill()
    assert raised.value.trouble is Trouble.FULL
    assert store.all(Elder) == [kept]
    store.rows("PRAGMA max_page_count=1000000")
    with store.operation("register"):
        store.add(replace(FULL, number="2"))
    assert store.count(Elder) == 2


def test_the_store_belongs_to_one_thread_at_a_time(store: Store) -> None:
    seen: list[object] = []

    def job() -> None:
        try:
            store.all(Elder)
        except StorageTrouble as trouble:
            seen.append(trouble.trouble)
        store_free.wait(5)
        store.take()
        seen.append(store.count(Elder))
        store.release()

    store_free = threading.Event()
    thread = threading.Thread(target=job)
    thread.start()
    while not seen:
        thread.join(0.01)
    store.release()
    store_free.set()
    thread.join(5)
    store.take()
    assert seen == [Trouble.BUSY, 0]


def test_a_renamed_compound_is_found_under_its_new_name(store: Store) -> None:
    from jiuliting_desk.store.search import match_expression, pieces

    def found(text: str) -> list[int]:
        sql = "SELECT rowid / 8 FROM search WHERE search MATCH ?"
        return [row[0] for row in store.rows(sql, (match_expression(pieces(text)),))]

    with store.operation("register"):
        compound = store.add(Compound(name="亭北新村"))
        elder = store.add(replace(FULL, compound_id=compound.id, building="12", room="301"))
    for text in ("金㛃", "jjs", "亭北 301", "亭北新村12号301室", "tbxc", "4366", "100 3582-4366", "0137", "2250"):
        assert found(text) == [elder.id], text
    for text in ("亭南", "zz", "9999", "金㛃 302"):
        assert found(text) == [], text
    with store.operation("rename"):
        store.update(replace(compound, name="金丰蓝庭"))
    assert found("亭北") == []
    assert found("蓝庭") == [elder.id]
    store.execute("INSERT INTO search(search) VALUES ('integrity-check')")


def test_many_records_have_the_rows_of_each_alone() -> None:
    odd = replace(
        FULL,
        id=7,
        name='他说"好"\\',
        phones=(Phone(number="1", note='"\n\u2028㛃'), Phone(number="2", preferred=True)),
        contacts=(),
        tags=("a", '"'),
        sex=Sex.MALE,
        floor=None,
        consent_on=None,
    )
    table = TABLES[Elder]
    records = [FULL, odd, replace(FULL, id=8, tags=()), odd]
    assert [list(row) for row in table.rows(records)] == [table.row(record) for record in records]
    assert table.records(table.rows(records)[1:]) == records[1:]
    assert [row[0] for row in table.rows(records, range(5, 9))] == [5, 6, 7, 8]
    coded = replace(FULL, sex="female", living="alone")  # type: ignore[arg-type]
    assert table.rows([coded, FULL])[0] == table.rows([FULL])[0]
    assert all(type(value) in {str, int, type(None)} for row in table.rows(records) for value in row)
