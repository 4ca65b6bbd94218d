"""An import killed from outside at any moment leaves all of itself or nothing: the real program, a real file."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from jiuliting_desk import cli
from jiuliting_desk.store import Store, backup

PEOPLE = 300

WITH_A_LIMIT = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
runpy.run_module("jiuliting_desk", run_name="__main__")
"""
"""The program in a process that the system ends at the write with which a file of its grows beyond the limit."""

Rows = dict[str, list[tuple[Any, ...]]]


def sheet(path: Path, first: int, count: int) -> Path:
    """A survey of invented people, each with two needs."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["序号", "姓名", "联系电话", "小区", "楼号", "室号", "服务需求", "备注"])
    for number in range(first, first + count):
        name = "苗彭毕郝邬安常"[number % 7] + "芬芳娣妹菊珠"[number % 6] + "英兰珍玉桂"[number % 5]
        home = ["亭北新村", str(number % 40 + 1), str(number % 6 * 100 + 101)]
        page.append([number, name, f"100{number:08d}", *home, "理发、陪伴聊天", f"备注{number}" * 6])
    book.save(path)
    return path


def program(case: Path, file: Path) -> list[str]:
    return ["-m", "jiuliting_desk", "import", str(file), "--into", str(case)]


def content(case: Path) -> Rows:
    """Every row of every table but the moments at which steps were taken; the file and its index are whole."""
    with closing(Store.open(case)) as store:
        assert store.rows("PRAGMA integrity_check") == [("ok",)]
        assert store.rows("PRAGMA foreign_key_check") == []
        store.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        tables = store.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        names = [name for (name,) in tables if not name.startswith("search") and name != "_sqlite_migrations"]
        found = {name: store.rows(f"SELECT * FROM {name} ORDER BY 1, 2") for name in names}
        found["search"] = store.rows("SELECT rowid FROM search WHERE search MATCH '100*' ORDER BY rowid")
    found["operation"] = [(row[0], *row[2:]) for row in found["operation"]]
    return found


class Office:
    """A file that holds people already, a sheet that comes in, and what the file holds before and after."""

    def __init__(self, folder: Path, empty_file: Path) -> None:
        self._folder = folder
        self._known = Path(shutil.copyfile(empty_file, folder / "known.db"))
        for first, count in ((1, 60), (30, PEOPLE)):
            self.sheet = sheet(folder / f"{first}.xlsx", first, count)
            if first == 1:
                assert cli.run(program(self._known, self.sheet)[2:], open_window=lambda arguments: 1) == 0
        self.before = content(self._known)
        whole = self.fresh("whole")
        self.first_bytes = whole.stat().st_size
        assert cli.run(program(whole, self.sheet)[2:], open_window=lambda arguments: 1) == 0
        self.last_bytes = whole.stat().st_size
        self.after = content(whole)
        assert len(self.after["elder"]) == len(self.before["elder"]) + PEOPLE - 31

    def fresh(self, name: str) -> Path:
        """A file of its own, not yet imported into."""
        return Path(shutil.copyfile(self._known, self._folder / f"{name}.db"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Office:
    return Office(tmp_path_factory.mktemp("office"), empty_file)


def journal(case: Path) -> Path:
    return case.with_name(case.name + "-journal")


def bytes_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def backing_up(case: Path, office: Office) -> bool:
    return any(backup.backup_folder(case).glob("*.part"))


def writing(case: Path, office: Office) -> bool:
    return bytes_of(journal(case)) > 0


def committing(case: Path, office: Office) -> bool:
    return bytes_of(case) > office.first_bytes


def killed(case: Path, office: Office, moment: Callable[[Path, Office], bool]) -> None:
    """The import, ended from outside as soon as what it does shows on the disk."""
    with subprocess.Popen([sys.executable, *program(case, office.sheet)], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not moment(case, office):
            continue
        process.kill()


@pytest.mark.parametrize("moment", [writing, committing])
def test_a_killed_import_leaves_all_or_nothing(office: Office, moment: Callable[[Path, Office], bool]) -> None:
    case = office.fresh(moment.__name__)
    killed(case, office, moment)
    assert content(case) in (office.before, office.after)


def test_what_a_killed_import_left_undone_is_done_by_the_next(office: Office) -> None:
    case = office.fresh("again")
    killed(case, office, backing_up)
    assert content(case) in (office.before, office.after)
    assert cli.run(program(case, office.sheet)[2:], open_window=lambda arguments: 1) == 0
    assert content(case) == office.after
    assert list(backup.backup_folder(case).glob("*.part")) == []


if sys.platform != "win32":  # where the system ends a process at the very byte

    @pytest.mark.parametrize("part", [0.0, 0.5, 0.95])
    def test_an_import_that_ends_between_two_writes_of_its_commit_is_rolled_back(office: Office, part: float) -> None:
        case = office.fresh(f"commit{part}")
        limit = office.first_bytes + int((office.last_bytes - office.first_bytes) * part)
        assert _limited(case, office, limit) != 0
        assert writing(case, office), "it ended before it wrote"
        assert content(case) == office.before

    def test_an_import_that_ends_within_its_backup_has_written_nothing(office: Office) -> None:
        case = office.fresh("backup")
        assert _limited(case, office, office.first_bytes // 2) != 0
        assert backup.list_backups(case) == []
        assert content(case) == office.before

    def _limited(case: Path, office: Office, limit: int) -> int:
        """The exit code of the import in a process none of whose files may grow beyond ``limit`` bytes."""
        import resource

        def no_core() -> None:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        words = [sys.executable, "-c", WITH_A_LIMIT, str(limit), *program(case, office.sheet)[2:]]
        return subprocess.run(words, stdout=subprocess.DEVNULL, preexec_fn=no_core, check=False).returncode
