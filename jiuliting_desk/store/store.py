"""The store: reading records, and the one way to write them."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeVar

from jiuliting_desk.model.errors import NotThere
from jiuliting_desk.store import backup, bulk, elder_rows, looking, opening, schema, search
from jiuliting_desk.store.cipher import PUBLISHED_KEY, DatabaseError
from jiuliting_desk.store.errors import StorageTrouble, Trouble, telling_trouble, trouble_of
from jiuliting_desk.store.mapping import Mapped
from jiuliting_desk.store.operations import Operation, OperationLine, read_line
from jiuliting_desk.store.tables import mapped

R = TypeVar("R")

LINE_COLUMNS = "id, at, who, name, about, undoes, undone"
PART_BYTES = 1 << 20
CHANGE_COLUMNS = ("operation_id", "table_name", "row_id", "last_id", "kind", "before", "after")


def _local_now() -> datetime:
    return datetime.now().astimezone()


class _NotKept(Exception):
    """Ends what was only supposed."""


class Store:
    """One open data file. It belongs to one thread at a time: see ``release`` and ``take``."""

    def __init__(
        self,
        connection: Any,
        file: BinaryIO | None,
        *,
        path: Path,
        key: bytes,
        who: str,
        now: Callable[[], datetime],
    ) -> None:
        self.path = path
        self.key = key
        self.who = who
        self.now = now
        self._connection = connection
        # It stays open as long as SQLite's own handles: on POSIX, closing any one of them gives up the file's locks.
        # None for a look, which holds no file.
        self._file = file
        self._owner: int | None = threading.get_ident()
        self._operation: Operation | None = None
        self._is_cut_off = False
        """Whether the file could not be opened anew after trouble; it is tried again with the next step."""
        self.index = search.IndexWriter(self)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        who: str = "",
        key: bytes = PUBLISHED_KEY,
        now: Callable[[], datetime] = _local_now,
        anew: bool = False,
    ) -> Self:
        """Open the file, or make it where there is none.

        A file of an older version is backed up and migrated. Raises StorageTrouble: GONE where there is no file, but
        backups of one, unless it is to be made ``anew``.
        """
        path = Path(path)
        if not path.exists():
            backup.finish_restore(path, key=key)
            if not path.exists() and not anew and backup.list_backups(path):
                raise StorageTrouble(Trouble.GONE, path=str(path))
        connection = opening.open_connection(path, key=key, who=who)
        file = path.open("rb")
        try:
            store = cls(connection, file, path=path, key=key, who=who, now=now)
            with telling_trouble(str(path)):
                if opening.is_pending(connection):
                    backup.back_up(store, reason="migration")
                opening.migrate(connection)
                schema.must_be_ours(connection, path)
                elder_rows.prepare(connection)
                search.rebuild_if_other(store)
                elder_rows.rebuild_if_other(store)
        except BaseException:
            connection.close()
            file.close()
            raise
        return store

    @classmethod
    def look(
        cls,
        path: Path | str,
        *,
        who: str = "",
        key: bytes = PUBLISHED_KEY,
        now: Callable[[], datetime] = _local_now,
    ) -> Self:
        """The file as it is at this moment, in memory, also while a window has it open or it may only be read.

        What is written is gone with it. Not for the process that has it open, which would lose its lock on POSIX.
        Raises StorageTrouble as ``open`` does, HELD where it is written all the while.
        """
        path = Path(path)
        connection = looking.taken_into_memory(path, key=key)
        try:
            store = cls(connection, None, path=path, key=key, who=who, now=now)
            with telling_trouble(str(path)):
                opening.migrate(connection)
                schema.must_be_ours(connection, path)
                elder_rows.prepare(connection)
                search.rebuild_if_other(store)
                elder_rows.rebuild_if_other(store)
        except BaseException:
            connection.close()
            raise
        return store

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._connection is not None:
            self._must_own()
            self._connection.close()
            self._connection = None
            if self._file is not None:
                self._file.close()
                # Out of reach with the file it stays; it only serves a sentence.
                with suppress(OSError):
                    opening.holder_file(self.path).unlink(missing_ok=True)

    # -- threads

    def release(self) -> None:
        """Give the store up, so that a job's thread can take it."""
        self._must_own()
        self._owner = None

    def take(self) -> None:
        """Make this thread the owner. Raises StorageTrouble(BUSY) while another has it."""
        if self._owner not in {None, threading.get_ident()}:
            raise StorageTrouble(Trouble.BUSY, path=str(self.path))
        self._owner = threading.get_ident()

    @property
    def is_mine(self) -> bool:
        """Whether this thread may use the store now."""
        return self._owner == threading.get_ident()

    def _must_own(self) -> None:
        if self._owner != threading.get_ident():
            raise StorageTrouble(Trouble.BUSY, path=str(self.path))

    # -- trouble

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turn SQLite's errors about the file into StorageTrouble, for what runs outside an operation too."""
        if self._is_cut_off and self._operation is None:
            second = self._opened_anew()
            if second is not None:
                raise second
        try:
            with telling_trouble(str(self.path)):
                yield
        except StorageTrouble as trouble:
            if self._operation is not None:
                raise
            raise self._looked_into(trouble) from trouble.__cause__

    def _looked_into(self, trouble: StorageTrouble) -> StorageTrouble:
        """What the trouble is, seen on a connection of its own.

        One page that could not be read, because a stick is loose or a network hangs, spoils a connection of
        SQLCipher: from then on everything on it looks damaged, though the file is whole.
        """
        if self._file is None or trouble.trouble not in {Trouble.DAMAGED, Trouble.IO}:
            return trouble
        second = self._opened_anew()
        if second is not None:
            return second
        try:
            with telling_trouble(str(self.path)):
                is_whole = not opening.integrity_problems(self._connection)
        except StorageTrouble as found:
            self._is_cut_off = True
            return StorageTrouble(Trouble.IO, path=str(self.path), detail=found.detail)
        kind = Trouble.IO if is_whole else Trouble.DAMAGED
        return StorageTrouble(kind, path=str(self.path), detail=trouble.detail)

    def _opened_anew(self) -> StorageTrouble | None:
        """Open the file once more; what was not confirmed rolls back. Gives why it cannot be, now."""
        assert self._file is not None
        self._is_cut_off = True
        try:
            self._connection.close()
            self._file.close()
            # A file that is out of reach must not be made anew.
            file = self.path.open("rb")
            file.close()
            self._connection = opening.open_connection(self.path, key=self.key, who=self.who)
            self._file = self.path.open("rb")
        except (OSError, StorageTrouble, DatabaseError) as error:
            found = error.trouble if isinstance(error, StorageTrouble) else Trouble.IO
            told = found if found in {Trouble.DAMAGED, Trouble.HELD} else Trouble.IO
            return StorageTrouble(told, path=str(self.path), detail=str(error))
        elder_rows.prepare(self._connection)
        self._is_cut_off = False
        return None

    # -- reading

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query; only modules of this package write SQL."""
        self._must_own()
        with self.telling():
            found: list[tuple[Any, ...]] = self._connection.execute(sql, parameters).fetchall()
        return found

    def value(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
        """The first value of a query's first row, or None."""
        found = self.rows(sql, parameters)
        return found[0][0] if found else None

    def find(self, record_class: type[R], record_id: int | None) -> R | None:
        """The record of that id, or None."""
        if record_id is None:
            return None
        table = mapped(record_class)
        found = self.rows(f"{table.select} WHERE id = ?", (record_id,))
        return table.record(found[0]) if found else None

    def get(self, record_class: type[R], record_id: int) -> R:
        """The record of that id. Raises NotThere (a UserError) where it was removed."""
        record = self.find(record_class, record_id)
        if record is None:
            raise NotThere(kind=mapped(record_class).table, record_id=record_id)
        return record

    def get_many(self, record_class: type[R], record_ids: Iterable[int]) -> dict[int, R]:
        """The records of those ids that are there, by id."""
        table = mapped(record_class)
        wanted = list(dict.fromkeys(record_ids))
        found: dict[int, R] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join("?" * len(part))
            rows = self.rows(f"{table.select} WHERE id IN ({marks})", part)
            found.update(zip([row[0] for row in rows], table.records(rows), strict=True))
        return found

    def all(self, record_class: type[R], *, order: str = "id") -> list[R]:
        """All records of a class, by id or by another of their columns."""
        table = mapped(record_class)
        return table.records(self.rows(f"{table.select} ORDER BY {_column(table, order)}, id"))

    def where(self, record_class: type[R], *, order: str = "id", **equals: Any) -> list[R]:
        """Records whose columns equal the values given: None matches empty ones, a set or list any of its members."""
        table = mapped(record_class)
        clause, parameters = _conditions(table, equals)
        rows = self.rows(f"{table.select} WHERE {clause} ORDER BY {_column(table, order)}, id", parameters)
        return table.records(rows)

    def count(self, record_class: type[Any], **equals: Any) -> int:
        """How many records have these values."""
        table = mapped(record_class)
        clause, parameters = _conditions(table, equals)
        return int(self.value(f"SELECT count(*) FROM {table.table} WHERE {clause}", parameters))

    def file_parts(self) -> Iterator[bytes]:
        """The file itself as it lies on the disk, in parts of ``PART_BYTES``.

        Raises RuntimeError in an operation, and for a look; StorageTrouble, and OSError of the reading.
        """
        self._must_own()
        with self.telling():
            is_confirmed = not self._connection.in_transaction
        if not is_confirmed:
            raise RuntimeError("what is not confirmed yet lies partly in memory")
        if self._file is None:
            raise RuntimeError("a look is no file")
        self._file.seek(0)
        while part := self._file.read(PART_BYTES):
            yield part

    def problems(self) -> list[str]:
        """Pages found altered and structures found broken, those that nobody reads included; empty when all is well.

        It reads the whole file: a hundredth of a second a megabyte. Raises StorageTrouble.
        """
        self._must_own()
        with self.telling():
            return opening.integrity_problems(self._connection)

    # -- writing

    @contextmanager
    def operation(self, name: str, about: str = "", *, undoes: int | None = None) -> Iterator[Operation]:
        """One transaction, one undo step, one line of history, named after the action.

        An operation that wrote nothing leaves no line. Whatever is raised inside rolls everything back.
        Raises StorageTrouble, also where the disk is full.
        """
        self._must_own()
        if self._operation is not None:
            raise RuntimeError("operations do not nest")
        with self.telling():
            self._connection.execute("BEGIN IMMEDIATE")
        running = Operation(id=self.next_id("operation"), name=name, about=about, undoes=undoes)
        self._operation = running
        try:
            yield running
            self._finish(running)
        except BaseException as error:
            # Where even this cannot be done, opening the file anew does it.
            with suppress(DatabaseError):
                self._roll_back()
            self._operation = None
            trouble = error if isinstance(error, StorageTrouble) else None
            if isinstance(error, DatabaseError):
                trouble = trouble_of(error, path=str(self.path))
            if trouble is not None:
                raise self._looked_into(trouble) from error
            raise
        finally:
            self._operation = None

    @contextmanager
    def supposing(self, name: str) -> Iterator[None]:
        """An operation whose writing can be read inside, and is gone afterwards. Raises as ``operation`` does."""
        with suppress(_NotKept), self.operation(name):
            yield
            raise _NotKept

    def _finish(self, running: Operation) -> None:
        if not running.changes:
            self._roll_back()
            return
        self.index.write()
        elder_rows.refresh(self, running.changes)
        self._connection.execute(
            f"INSERT INTO operation ({LINE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, 0)",
            (
                running.id,
                self.now().isoformat("T", "seconds"),
                self.who,
                running.name,
                running.about,
                running.undoes,
            ),
        )
        if running.keeps_changes:
            bulk.insert_many(self, "change", CHANGE_COLUMNS, running.changes)
        if running.undoes is not None:
            self._connection.execute("UPDATE operation SET undone = 1 WHERE id = ?", (running.undoes,))
            self._connection.execute(
                "UPDATE operation SET undone = 0 WHERE id = (SELECT undoes FROM operation WHERE id = ?)",
                (running.undoes,),
            )
        self._connection.execute("COMMIT")

    def _roll_back(self) -> None:
        self.index.forget()
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    @property
    def running(self) -> Operation:
        """The operation that is being written. Raises RuntimeError outside one: a fault of the program."""
        self._must_own()
        if self._operation is None:
            raise RuntimeError("nothing is written outside an operation")
        return self._operation

    def add(self, record: R) -> R:
        """Store a new record; gives it with its id."""
        operation = self.running
        table = mapped(type(record))
        cursor = self._connection.execute(table.insert, table.row(record))
        stored: R = replace(record, id=cursor.lastrowid)  # type: ignore[type-var]
        operation.added(table, cursor.lastrowid, cursor.lastrowid)
        self.index.added(stored)
        return stored

    def add_many(self, records: Sequence[R]) -> list[int]:
        """Store many new records of one class at once; gives their ids, in order."""
        return bulk.add_many(self, records)

    def update_many(self, records: Sequence[R]) -> int:
        """Store changed records of one class, each id once; gives how many were not so yet. Raises NotThere."""
        return bulk.update_many(self, records)

    def update(self, record: R) -> R:
        """Store a changed record; one that is as it was leaves no trace. Raises NotThere."""
        operation = self.running
        table = mapped(type(record))
        row = table.row(record)
        found = self.rows(f"{table.select} WHERE id = ?", (row[0],))
        if not found:
            raise NotThere(kind=table.table, record_id=row[0] or 0)
        pairs = zip(table.columns, found[0], row, strict=True)
        before = {name: old for name, old, new in pairs if old != new}
        if not before:
            return record
        after = {name: value for name, value in zip(table.columns, row, strict=True) if name in before}
        self.write_columns(table, row[0], after)
        operation.updated(table, row[0], before, after)
        self.index.changed(table.record(found[0]), record)
        return record

    def remove(self, record: Any) -> None:
        """Remove a record. Raises NotThere; a row that others stand on fails the whole operation."""
        operation = self.running
        table = mapped(type(record))
        found = self.rows(f"{table.select} WHERE id = ?", (record.id,))
        if not found:
            raise NotThere(kind=table.table, record_id=record.id)
        self._connection.execute(f"DELETE FROM {table.table} WHERE id = ?", (record.id,))
        operation.removed(table, record.id, dict(zip(table.columns, found[0], strict=True)))
        self.index.changed(table.record(found[0]), None)

    # -- for undo and the other modules of this package

    def write_columns(self, table: Mapped[Any], row_id: int, values: dict[str, Any]) -> None:
        """Set stored values of one row, without a note in the history."""
        names = ", ".join(f"{name} = ?" for name in values)
        self._connection.execute(f"UPDATE {table.table} SET {names} WHERE id = ?", (*values.values(), row_id))

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Run one statement inside the operation; only modules of this package write SQL."""
        self._must_own()
        return self._connection.execute(sql, parameters)

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows inside the operation."""
        self._must_own()
        self._connection.executemany(sql, rows)

    def next_id(self, table: str) -> int:
        """The id that the table's next row gets."""
        last = self.value("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return int(last or 0) + 1

    # -- history in short

    def undoable(self) -> OperationLine | None:
        """The step that undo would take back, or None."""
        found = self.rows(
            f"SELECT {LINE_COLUMNS} FROM operation o WHERE undoes IS NULL AND undone = 0"
            " AND EXISTS (SELECT 1 FROM change WHERE operation_id = o.id) ORDER BY id DESC LIMIT 1"
        )
        return read_line(found[0]) if found else None

    def redoable(self) -> OperationLine | None:
        """The step that redo would bring back: the last one undone since the last new step; or None."""
        found = self.rows(
            f"SELECT {', '.join('x.' + name.strip() for name in LINE_COLUMNS.split(','))}"
            " FROM operation u JOIN operation x ON u.undoes = x.id"
            " WHERE x.undoes IS NULL AND x.undone = 1 AND u.undone = 0"
            " AND u.id > (SELECT max(id) FROM operation WHERE undoes IS NULL) ORDER BY u.id DESC LIMIT 1"
        )
        return read_line(found[0]) if found else None


def _column(table: Mapped[Any], name: str) -> str:
    if name not in table.columns:
        raise KeyError(name)
    return name


def _conditions(table: Mapped[Any], equals: dict[str, Any]) -> tuple[str, list[Any]]:
    parts = ["1"]
    parameters: list[Any] = []
    for name, value in equals.items():
        _column(table, name)
        if value is None:
            parts.append(f"{name} IS NULL")
        elif isinstance(value, set | frozenset | list):
            parts.append(f"{name} IN ({','.join('?' * len(value))})")
            parameters.extend(table.encoded(name, item) for item in value)
        else:
            parts.append(f"{name} = ?")
            parameters.append(table.encoded(name, value))
    return " AND ".join(parts), parameters
