"""Everything can be taken back and brought back, one step or an old one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from jiuliting_desk.actions.history import redo, undo, undo_step
from jiuliting_desk.model.elders import Elder, Phone
from jiuliting_desk.model.errors import NothingToUndo, Overtaken
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.places import Compound
from jiuliting_desk.store import Store, history
from jiuliting_desk.store.tables import TABLES

DAY = date(2026, 3, 18)


def contents(store: Store) -> dict[str, list[Any]]:
    """All records of all tables."""
    return {table.table: store.rows(f"{table.select} ORDER BY id") for table in TABLES.values()}


def test_steps_are_undone_to_the_empty_file_and_redone(store: Store) -> None:
    states = [contents(store)]
    with store.operation("register"):
        elder = store.add(Elder(name="苗芬", number="1"))
    states.append(contents(store))
    with store.operation("edit"):
        elder = store.update(replace(elder, notes="喜欢听沪剧"))
        store.add(Need(elder_id=elder.id, category_id=1, since=DAY))
    states.append(contents(store))
    with store.operation("remove"):
        store.remove(store.all(Need)[0])
    states.append(contents(store))
    for expected in reversed(states[:-1]):
        undo(store)
        assert contents(store) == expected
    with pytest.raises(NothingToUndo):
        undo(store)
    for expected in states[1:]:
        redo(store)
        assert contents(store) == expected
    with pytest.raises(NothingToUndo):
        redo(store)


def test_a_new_step_ends_redo(store: Store) -> None:
    with store.operation("a"):
        store.add(Elder(name="苗芬", number="1"))
    undo(store)
    with store.operation("b"):
        store.add(Elder(name="邹福", number="2"))
    assert store.redoable() is None
    undo(store)
    assert store.all(Elder) == []
    redo(store)
    assert [elder.name for elder in store.all(Elder)] == ["邹福"]


def test_an_old_step_that_others_stand_on_is_not_undone(store: Store) -> None:
    with store.operation("register", "苗芬"):
        elder = store.add(Elder(name="苗芬", number="1"))
    first = store.undoable()
    assert first is not None
    with store.operation("edit", "苗芬 备注"):
        store.update(replace(elder, notes="x"))
    before = contents(store)
    with pytest.raises(Overtaken) as raised:
        undo_step(store, operation_id=first.id)
    assert raised.value.by == ("edit|苗芬 备注",)
    assert contents(store) == before


def test_an_old_step_is_undone_beside_changes_of_other_fields(store: Store) -> None:
    with store.operation("register"):
        elder = store.add(Elder(name="苗芬", number="1"))
    with store.operation("edit"):
        elder = store.update(replace(elder, notes="x"))
    old = store.undoable()
    assert old is not None
    with store.operation("edit"):
        store.update(replace(elder, best_hours="上午"))
    undo_step(store, operation_id=old.id)
    assert store.all(Elder) == [replace(elder, notes="", best_hours="上午")]


def test_a_whole_import_goes_back_as_far_as_nothing_stands_on_it(store: Store) -> None:
    with store.operation("import", "亭北名单"):
        ids = store.add_many([Elder(name="邹福" if n == 3 else "苗芬", number=str(n)) for n in range(5)])
        store.add_many([Need(elder_id=elder_id, category_id=1, since=DAY) for elder_id in ids])
    imported = store.undoable()
    assert imported is not None
    with store.operation("add_need", "苗芬 理发"):
        store.add(Need(elder_id=ids[1], category_id=3, since=DAY))
    with store.operation("edit", "苗芬"):
        store.update(replace(store.get(Elder, ids[3]), notes="x"))
    with pytest.raises(Overtaken) as raised:
        undo_step(store, operation_id=imported.id)
    assert len(raised.value.by) == 1 or len(raised.value.by) == 2
    assert raised.value.people[-1] == "邹福"
    report = undo_step(store, operation_id=imported.id, partly=True)
    assert report.people == ("苗芬", "邹福")
    assert [elder.id for elder in store.all(Elder)] == [ids[1], ids[3]]
    assert [line.about for line in report.because] == ["苗芬 理发", "苗芬"]
    assert store.rows("PRAGMA foreign_key_check") == []


def test_a_large_import_goes_back_and_comes_again_with_its_index(store: Store) -> None:
    with store.operation("register"):
        known = [store.add(Elder(name="邹福", number=f"k{n}")) for n in range(3)]
    before = contents(store)
    size = store.value("SELECT sum(length(block)) FROM search_data")
    with store.operation("import"):
        ids = store.add_many([Elder(name="苗芬", number=str(n)) for n in range(600)])
        store.add_many([Need(elder_id=elder_id, category_id=1, since=DAY) for elder_id in ids])
        store.update_many([replace(elder, name="邹福生", notes="x") for elder in known])
        store.update(replace(store.get(Elder, known[0].id), notes="y"))
    after = contents(store)
    undo(store)
    assert contents(store) == before
    store.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    assert store.rows("SELECT rowid FROM search WHERE search MATCH '苗芬'") == []
    assert store.value("SELECT sum(length(block)) FROM search_data") < 2 * size
    redo(store)
    assert contents(store) == after
    assert len(store.rows("SELECT rowid FROM search WHERE search MATCH '苗芬'")) == 600
    store.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    undo(store)
    assert contents(store) == before
    assert store.value("SELECT v FROM search_config WHERE k = 'secure-delete'") == 1


def test_history_tells_every_change_of_a_record(store: Store) -> None:
    with store.operation("import"):
        ids = store.add_many([Elder(name="苗芬", number=str(n)) for n in range(3)])
    with store.operation("edit"):
        store.update(replace(store.get(Elder, ids[1]), notes="x"))
    told = [(line.name, change.kind, change.after) for line, change in history.of_record(store, Elder, ids[1])]
    assert told == [("edit", "update", {"notes": "x"}), ("import", "add", {})]
    assert [line.name for line, _ in history.of_record(store, Elder, ids[2])] == ["import"]
    assert history.lines(store)[0].who == "何佩"


class Undoing(RuleBasedStateMachine):
    """Random steps with undo and redo, against a plain list of whole contents."""

    folder: Path
    opened: Callable[[], Store]

    @initialize()
    def begin(self) -> None:
        self.store = self.opened()
        self.past = [contents(self.store)]
        self.future: list[Any] = []

    def _did(self) -> None:
        now = contents(self.store)
        if now != self.past[-1]:
            self.past.append(now)
            self.future.clear()

    @rule(name=st.sampled_from(["苗芬", "金㛃生", "𬱖䶮"]), count=st.integers(1, 3))
    def register(self, name: str, count: int) -> None:
        with self.store.operation("register"):
            self.store.add_many([Elder(name=name, phones=(Phone(number="10000000001"),)) for _ in range(count)])
        self._did()

    @precondition(lambda self: self.store.count(Elder) > 0)
    @rule(which=st.integers(0, 5), notes=st.text(max_size=3), name=st.sampled_from(["张三", "李四"]))
    def edit(self, which: int, notes: str, name: str) -> None:
        elders = self.store.all(Elder)
        with self.store.operation("edit"):
            self.store.update(replace(elders[which % len(elders)], notes=notes.replace("\0", ""), name=name))
        self._did()

    @precondition(lambda self: self.store.count(Elder) > 0)
    @rule(which=st.integers(0, 5))
    def remove(self, which: int) -> None:
        elders = self.store.all(Elder)
        elder = elders[which % len(elders)]
        with self.store.operation("remove"):
            for need in self.store.where(Need, elder_id=elder.id):
                self.store.remove(need)
            self.store.remove(elder)
        self._did()

    @precondition(lambda self: self.store.count(Elder) > 0)
    @rule(which=st.integers(0, 5), category=st.integers(1, 6))
    def want(self, which: int, category: int) -> None:
        elders = self.store.all(Elder)
        with self.store.operation("want"):
            self.store.add(Need(elder_id=elders[which % len(elders)].id, category_id=category, since=DAY))
        self._did()

    @rule(name=st.sampled_from(["亭北", "金丰"]))
    def settle(self, name: str) -> None:
        with self.store.operation("settle"):
            known = self.store.where(Compound, name=name)
            compound = known[0] if known else self.store.add(Compound(name=name))
            for elder in self.store.all(Elder)[:2]:
                self.store.update(replace(elder, compound_id=compound.id))
        self._did()

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        undo(self.store)
        self.future.append(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        redo(self.store)
        self.past.append(self.future.pop())

    @invariant()
    def holds(self) -> None:
        if hasattr(self, "store"):
            assert contents(self.store) == self.past[-1]
            self.store.execute("INSERT INTO search(search) VALUES ('integrity-check')")
            assert self.store.rows("PRAGMA foreign_key_check") == []
            assert (self.store.undoable() is None) == (len(self.past) == 1)
            assert (self.store.redoable() is None) == (not self.future)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            while len(self.past) > 1:
                self.undo()
            assert contents(self.store) == self.past[0]
            self.store.close()


def test_any_sequence_of_steps_is_undone_and_redone(empty_file: Path, tmp_path: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    copies = iter(range(100000))

    class Here(Undoing):
        @staticmethod
        def opened() -> Store:
            path = tmp_path / f"{next(copies)}.db"
            path.write_bytes(empty_file.read_bytes())
            return Store.open(path, who="何佩")

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
