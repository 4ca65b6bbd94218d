"""A file that was tampered with is refused before anything in it works."""

from pathlib import Path

import pytest

from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import StorageTrouble, Store, Trouble
from jiuliting_desk.store.cipher import connect
from jiuliting_desk.store.schema import TRIGGERS, triggers_digest


def doctored(case_file: Path, *statements: str) -> bytes:
    """Carry out statements on the closed file; gives what it is then."""
    connection = connect(str(case_file))
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return case_file.read_bytes()


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TRIGGER gone AFTER INSERT ON operation BEGIN DELETE FROM elder; END",),
        ("DROP TRIGGER visit_added",),
        ("DROP TRIGGER visit_added", "CREATE TRIGGER visit_added AFTER INSERT ON visit BEGIN DELETE FROM elder; END"),
        ("ALTER TABLE elder RENAME TO kept", "CREATE VIEW elder AS SELECT * FROM kept"),
        ("CREATE VIEW more AS SELECT 1",),
        ("DROP TABLE pairing",),
        ("DROP TABLE disclosure",),
        ("ALTER TABLE elder DROP COLUMN notes",),
    ],
)
def test_what_lacks_or_works_on_its_own_is_refused(case_file: Path, statements: tuple[str, ...]) -> None:
    before = doctored(case_file, *statements)
    for opened in (Store.open, Store.look):
        with pytest.raises(StorageTrouble) as raised:
            opened(case_file)
        assert raised.value.trouble is Trouble.DAMAGED
        assert raised.value.detail.startswith("schema: ")
    assert case_file.read_bytes() == before


def test_a_table_or_column_more_does_no_harm(case_file: Path) -> None:
    doctored(case_file, "CREATE TABLE more (a)", "ALTER TABLE elder ADD COLUMN more TEXT", "ANALYZE")
    store = Store.open(case_file)
    with store.operation("register"):
        store.add(Elder(name="高莲英"))
    assert store.count(Elder) == 1
    store.close()


def test_the_mark_of_the_triggers_is_that_of_a_new_file(case_file: Path) -> None:
    connection = connect(str(case_file), read_only=True)
    found = triggers_digest(connection)
    connection.close()
    assert found == TRIGGERS, "a step changed what a trigger does: let TRIGGERS be what it is now"
