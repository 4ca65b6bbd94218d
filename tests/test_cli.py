"""The shell face: reproducible demo, search, and one sentence for what cannot be done."""

import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jiuliting_desk import cli, cli_sheets
from jiuliting_desk.actions.imports.draft import Draft
from jiuliting_desk.actions.pairings import claim_need
from jiuliting_desk.cli_sheets import as_plain
from jiuliting_desk.matching.prices import Prices
from jiuliting_desk.matching.search import Search
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.store import Store
from jiuliting_desk.store.cipher import connect
from tests.actions.people import HAIRCUT, TODAY, elder, need, volunteer
from tests.actions.visits import book
from tests.store.test_faults import OPEN_ONCE, started


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    code = cli.run(words, open_window=lambda arguments: 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_demo_is_made_and_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(tmp_path / "case.db")
    code, out, err = told(capsys, "demo", case, "--elders", "30", "--volunteers", "6", "--seed", "4")
    assert (code, err) == (0, "")
    assert json.loads(out)["elders"] == 30
    code, out, err = told(capsys, "search", case, "0007", "--json")
    hits = json.loads(out)["hits"]
    assert (code, hits[0]["number"], hits[0]["why"]) == (0, "0007", "card_number")
    assert hits[0]["phone"]
    assert "*" in hits[0]["phone"]
    code, out, err = told(capsys, "search", case, "zzzz")
    assert (code, out) == (0, "")
    assert "没有找到“zzzz”" in err


def test_a_second_demo_does_not_touch_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case.db"
    told(capsys, "demo", str(case), "--elders", "5", "--volunteers", "2")
    before = case.read_bytes()
    code, out, err = told(capsys, "demo", str(case))
    assert (code, out) == (2, "")
    assert "已经有资料" in err
    assert err.count("\n") == 1
    assert case.read_bytes() == before


def test_an_empty_file_is_no_data_and_stays_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case.db"
    case.touch()
    code, out, err = told(capsys, "match", str(case), "--json")
    assert (code, json.loads(out), err.count("\n")) == (2, {"error": err.removesuffix("\n")}, 1)
    assert "是一个空文件" in err
    assert [file.stat().st_size for file in tmp_path.iterdir()] == [0]


@pytest.mark.parametrize("content", [None, b"not a database at all " * 400])
def test_trouble_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None) -> None:
    case = tmp_path / "case.db"
    if content is not None:
        case.write_bytes(content)
    code, out, err = told(capsys, "search", str(case), "x")
    assert (code, out) == (2, "")
    assert err.strip()
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert case.exists() == (content is not None)


def test_every_page_opens_in_the_self_test(tmp_path: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "jiuliting_desk", "--self-test"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(tmp_path)},
    )
    assert (done.stdout, done.returncode) == ("OK\n", 0), done.stderr


def test_the_frozen_programs_reading_word_is_the_readers_own() -> None:
    from jiuliting_desk import __main__
    from jiuliting_desk.sheets import child

    assert __main__.READ_SHEET == child.FLAG


def test_cards_are_written_as_a_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, out = tmp_path / "case.db", tmp_path / "cards.pdf"
    told(capsys, "demo", str(case), "--elders", "23", "--volunteers", "4")
    code, printed, err = told(
        capsys, "cards", str(case), "--elder", "0002", "0005", "--stock", "id1", "--out", str(out)
    )
    assert (code, err) == (0, "")
    assert "2 张卡" in printed
    from jiuliting_desk.paper.preview import page_count, page_text

    assert page_count(out.read_bytes()) == 2
    assert "0002" in page_text(out.read_bytes(), 0)
    for words in (
        ["--elder", "9999", "--out", str(tmp_path / "no.pdf")],
        ["--all", "--stock", "nothing", "--out", str(tmp_path / "no.pdf")],
        ["--all", "--out", str(tmp_path / "no folder" / "no.pdf")],
        ["--all", "--start", "11", "--out", str(tmp_path / "no.pdf")],
    ):
        code, printed, err = told(capsys, "cards", str(case), *words)
        assert (code, printed, err.count("\n")) == (2, "", 1), err
    assert not (tmp_path / "no.pdf").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["export", "case.db", "elders", "--out", "case.db"],
        ["tally", "case.db", "--out", "case.db"],
        ["cards", "case.db", "--all", "--out", "case.db"],
        ["forms", "case.db", "--blank", "1", "--out", "case.db"],
        ["export", "case.db", "elders", "--out", "elders.csv"],
        ["cards", "case.db", "--all", "--out", "cards.xlsx"],
        ["export", "case.db", "elders", "--out", ""],
    ],
)
def test_what_is_written_never_stands_in_the_place_of_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    told(capsys, "demo", "case.db", "--elders", "5", "--volunteers", "2")
    before = Path("case.db").read_bytes()
    code, printed, err = told(capsys, *words)
    assert (code, printed, err.count("\n")) == (2, "", 1)
    assert "结尾" in err
    assert Path("case.db").read_bytes() == before
    assert {path.suffix for path in Path().iterdir() if path.stat().st_size} == {".db"}


def test_a_file_that_cannot_be_written_is_told_by_its_own_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, out = str(tmp_path / "case.db"), tmp_path / "no folder" / "list"
    told(capsys, "demo", case, "--elders", "5", "--volunteers", "2")
    for words in (
        ["export", case, "elders", "--out", f"{out}.xlsx"],
        ["forms", case, "--blank", "1", "--out", f"{out}.pdf"],
    ):
        assert told(capsys, *words) == (2, "", f"文件打不开：{words[-1]}（没有这个文件或文件夹）。什么都没有改动。\n")


def test_a_need_is_matched_and_all_of_them_are_planned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(tmp_path / "case.db")
    day = ["--today", "2026-03-18"]
    told(capsys, "demo", case, "--elders", "40", "--volunteers", "10", "--seed", "5", *day)
    code, out, err = told(capsys, "match", case, "--json", *day)
    assert (code, err) == (0, "")
    report = json.loads(out)
    # The same file, the same words.
    assert told(capsys, "match", case, "--json", *day) == (0, out, "")
    assert report["lines"]
    assert report["unserved"]
    assert report["levels"]["served"] <= report["bound"]["served"]
    assert all(line["text"] for line in report["unserved"])
    line = next(line for line in report["lines"] if line["source"] == "proposed")
    code, out, err = told(capsys, "match", case, "--need", str(line["need"]), "--json", *day)
    ranking = json.loads(out)
    assert line["provider"] in [found["provider"] for found in ranking["candidates"]]
    assert sorted(found["quality"] for found in ranking["candidates"])[::-1] == [
        found["quality"] for found in ranking["candidates"]
    ]
    assert all(found["rules"] and found["texts"] for found in ranking["excluded"])
    code, out, err = told(capsys, "match", case, *day)
    assert out.count("\n") == len(report["lines"]) + len(report["unserved"]) + 1
    # The total counts every line, those of lasting pairs too.
    worth = {"low": 1, "normal": 2, "high": 4, "urgent": 8}
    assert any(line["source"] == "pairing" for line in report["lines"])
    total = sum(worth[line["urgency"]] for line in report["lines"])
    assert f"急需程度合计 {total}（最多 {report['standing']['served'] + report['bound']['served']}）" in out
    # As on the page: nobody may go, or somebody may who has no time.
    assert out.count("\t没人能去\t") == sum(not line["has_candidates"] for line in report["unserved"])
    assert out.count("\t排不进\t") == sum(line["has_candidates"] for line in report["unserved"]) > 0
    code, out, err = told(capsys, "match", case, "--need", "99999", *day)
    assert (code, out, err.count("\n")) == (2, "", 1)


READING = (
    ["match", "case.db", "--today", "2026-03-18"],
    ["match", "case.db", "--json", "--today", "2026-03-18"],
    ["search", "case.db", "0007", "--json"],
    ["tally", "case.db", "--json"],
    ["import", "elders.xlsx", "--into", "case.db", "--dry-run"],
)


def told_without_time(capsys: pytest.CaptureFixture[str], words: list[str]) -> tuple[int, str]:
    code, out, _ = told(capsys, *words)
    return code, re.sub(r"[0-9.]+ 秒", "", out)


def test_what_only_reads_works_beside_an_open_window_and_what_writes_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    told(capsys, "demo", "case.db", "--elders", "20", "--volunteers", "6", "--today", "2026-03-18")
    told(capsys, "export", "case.db", "elders", "--out", "elders.xlsx")
    alone = [told_without_time(capsys, words) for words in READING]
    with started(OPEN_ONCE, "case.db", "0") as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "open\n"
        before = Path("case.db").read_bytes()
        assert [told_without_time(capsys, words) for words in READING] == alone
        for words in (*READING, ["export", "case.db", "elders", "--out", "beside.xlsx"]):
            code, _, err = told(capsys, *words)
            assert code == 0
            assert err.startswith("资料正在别处开着：用的是 ")
            assert err.count("\n") == (2 if words[0] == "export" else 1)
        for words in (
            ["export", "case.db", "elders", "--full", "--reason", "核对", "--out", "full.xlsx"],
            ["import", "elders.xlsx", "--into", "case.db"],
            ["cards", "case.db", "--all", "--out", "cards.pdf"],
        ):
            code, out, err = told(capsys, *words)
            assert (code, out, err.count("\n")) == (2, "", 1)
            assert "同一时间只能一处打开" in err
        assert Path("case.db").read_bytes() == before
        window.communicate("done\n")
    assert Path("beside.xlsx").exists()
    assert not Path("full.xlsx").exists()


def test_a_file_that_may_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(tmp_path / "case.db")
    told(capsys, "demo", case, "--elders", "20", "--volunteers", "6", "--today", "2026-03-18")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    code, out, err = told(capsys, "match", case, "--json", "--today", "2026-03-18")
    assert (code, bool(json.loads(out)["lines"])) == (0, True)
    assert err.startswith("资料只能看，不能写：用的是 ")


def test_the_shell_plans_what_the_window_would_once_overdue_claims_have_lapsed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case.db"
    store = Store.open(case, who="何佩")
    waits = need(store, elder(store).id, HAIRCUT)
    late = need(store, elder(store, "马根宝").id, HAIRCUT)
    barber = volunteer(store, visits_per_month=1)
    with store.operation("claim_need"):
        claim_need(store, need_id=late.id, provider_id=barber.id, today=TODAY)
    store.close()
    before = case.read_bytes()

    def planned(day: str) -> dict[str, Any]:
        code, out, err = told(capsys, "match", str(case), "--json", "--month", "2026-04", "--today", day)
        assert (code, err) == (0, "")
        report: dict[str, Any] = json.loads(out)
        return report

    # It lapses in three days: given back it would make room, as the window says.
    soon = planned("2026-03-29")
    assert [line["need"] for line in soon["unserved"]] == [waits.id]
    assert soon["unserved"][0]["cures"][0]["changes"][0]["kind"] == "release"
    lapsed = planned("2026-04-02")
    assert [line["need"] for line in (*lapsed["lines"], *lapsed["unserved"])] == [waits.id, late.id]
    code, out, _ = told(capsys, "match", str(case), "--need", str(late.id), "--today", "2026-04-02")
    assert (code, out.split("\t")[0]) == (0, barber.name)
    assert case.read_bytes() == before


def test_a_day_of_another_month_is_none_that_the_plan_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case.db"
    store = Store.open(case, who="何佩")
    barber = volunteer(store, minutes_per_month=40)
    visit = book(store, elder(store).id, barber.id, day=TODAY + timedelta(days=7))
    instead = need(store, visit.elder_id, HAIRCUT, stands_in_for=visit.id)
    need(store, elder(store, "马根宝").id, HAIRCUT)
    with store.operation("edit_category"):
        store.update(replace(store.get(ServiceCategory, HAIRCUT), minutes=31))
    store.close()
    told_of = ["match", str(case), "--today", str(TODAY)]
    for month, waiting in (("2026-03", 2), ("2026-04", 1)):
        code, out, err = told(capsys, *told_of, "--month", month, "--json")
        report = json.loads(out)
        assert (code, err, report["waiting"], report["left_out"]) == (0, "", waiting, 0)
        days = {line["need"]: line["only_on"] for line in (*report["lines"], *report["unserved"])}
        assert days.get(instead.id) == (str(visit.day) if waiting == 2 else None)
    # Seven minutes above 60 % cost two points and a third.
    quality = report["levels"]["quality"]
    assert quality != round(quality)
    code, out, err = told(capsys, *told_of, "--month", "2026-04")
    assert f"新排的合适程度 {quality:.0f}，" in out
    assert "太多" not in out
    code, out, err = told(capsys, *told_of)
    assert f"{instead.id}\t高莲英\t理发（{visit.day}）\t" in out


def test_an_assignment_instance_is_solved_by_the_same_search(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gap"
    # Two agents, three items. The cheapest agent for each item is the first, whose hours hold two of them.
    file.write_text(" 2 3\n 1 2 3\n 9 4 9\n 2 2 2\n 1 1\n 1\n 4 3\n")
    code, out, err = told(capsys, "gap", str(file), "--json")
    solved = json.loads(out)
    assert (code, err, solved["value"], solved["bound"], solved["agents"]) == (0, "", 8, 8, [1, 2, 1])
    code, out, err = told(capsys, "gap", str(file))
    assert out.startswith("value 8\tbound 8\tseconds ")
    # Nobody's time is wanted, and nobody has any; as Notepad saves it.
    file.write_bytes(b"\xef\xbb\xbf2 2\r\n1 2\r\n3 1\r\n0 0\r\n0 0\r\n0 0\r\n")
    code, out, err = told(capsys, "gap", str(file), "--json")
    assert (code, err, json.loads(out)["value"]) == (0, "", 2)


@pytest.mark.parametrize(
    "numbers",
    [
        "2 3 1",
        "",
        "0 2 1 1",
        "1 1 5 x 9",
        "1 1 5 1.5 9",
        "1 1 5 -1 9",
        "1 1 5 1 -9",
        "1 1 5 1 99999999999999999999",
        "1 1 5 1 9 9",
    ],
)
def test_what_is_no_assignment_instance_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], numbers: str
) -> None:
    file = tmp_path / "gap"
    file.write_text(numbers)
    code, out, err = told(capsys, "gap", str(file))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "不是一道广义分派题" in err


def test_a_tally_is_told_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, out = tmp_path / "case.db", tmp_path / "tally.xlsx"
    told(capsys, "demo", str(case), "--elders", "30", "--volunteers", "8", "--visits", "90")
    code, printed, err = told(capsys, "tally", str(case), "--by", "category,month", "--json", "--out", str(out))
    assert code == 0
    found = json.loads(printed)
    assert sum(cell["visits"] for cell in found["cells"]) == found["total"]["visits"] > 0
    assert {"category", "month", "visits", "people", "minutes"} <= set(found["cells"][0])
    assert out.stat().st_size > 4000
    code, printed, err = told(capsys, "tally", str(case), "--by", "colour")
    assert (code, printed, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("words", "told_why"),
    [
        (["match"], "还缺：CASE.db"),
        (["match", "a.db", "--need", "abc"], "--need：“abc”不是 0 以上的整数"),
        (["match", "a.db", "--today", "2026-13-01"], "“2026-13-01”不是日期"),
        (["match", "a.db", "--month", "12"], "--month：“12”不是月份，要写成 2026-03 这样"),
        (["match", "a.db", "--month", "9999-12"], "--month：“9999-12”不是月份，要写成 2026-03 这样"),
        (["match", "a.db", "--today", "9999-12-31"], "--today：“9999-12-31”不是日期，要写成 2026-03-18 这样"),
        (["match", "a.db", "--today", "2026-W01-1"], "--today：“2026-W01-1”不是日期，要写成 2026-03-18 这样"),
        (["match", "a.db", "--seconds", "-1"], "“-1”不是大于 0 的秒数"),
        (["match", "a.db", "--need", "9" * 30], "太大了，最多 1000000000"),
        (["forms", "a.db", "--visits", "9" * 5000, "--out", "a.pdf"], "--visits：“99999999999999999999”太大了"),
        (["forms", "a.db", "--blank", "100000000", "--out", "a.pdf"], "太大了，最多 5000"),
        (["demo", "a.db", "--elders", "99999999999"], "太大了，最多 50000"),
        (["match", "a.db", "--frob"], "不认得：--frob"),
        (["match", "a.db", "--need"], "--need 后面要写一个值"),
        (["frob"], "没有“frob”这一种"),
    ],
)
def test_words_that_cannot_be_read_are_told_in_one_chinese_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], told_why: str
) -> None:
    code, out, err = told(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told_why in err
    code, out, again = told(capsys, *words, "--json")
    assert (code, json.loads(out)) == (2, {"error": again.removesuffix("\n")})


def test_a_file_that_is_not_there_is_told_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = told(capsys, "gap", str(tmp_path / "nofile"))
    assert (code, "没有这个文件" in err) == (2, True)


def test_whoever_reads_only_the_first_line_makes_no_trouble(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "case.db"
    command = [sys.executable, "-m", "jiuliting_desk"]
    subprocess.run(
        [*command, "demo", str(case), "--elders", "20", "--volunteers", "5"], check=True, capture_output=True
    )
    with subprocess.Popen(
        [*command, "search", str(case), "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.close()
        assert reading.stderr.read() == ""
    assert reading.returncode == 1


def test_the_window_closes_quietly_where_there_is_no_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    # As a windowed program on Windows begins.
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.run([], open_window=lambda arguments: 0) == 0
    assert cli.run(["frob", "--json"], open_window=lambda arguments: 0) == 2


class FullDisk(io.StringIO):
    """Standard output on a disk that has no room left."""

    def write(self, text: str) -> int:
        """Raise what writing there raises."""
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fileno(self) -> int:
        """Of a file that nobody misses."""
        return self.spare

    spare = 0


@pytest.mark.parametrize("words", [["gap", "good"], ["gap", "bad"], ["frob"]])
def test_a_full_disk_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good").write_text("1 1 5 1 1")
    Path("bad").write_text("1")
    full = FullDisk()
    with Path("spare").open("w") as spare, monkeypatch.context() as patched:
        full.spare = spare.fileno()
        patched.setattr(sys, "stdout", full)
        code = cli.run([*words, "--json"], open_window=lambda arguments: 0)
    told_why = capsys.readouterr().err
    assert (code, told_why.count("\n")) == (2, 1)
    assert ("没有写成：磁盘满了。" in told_why) == (words[-1] == "good")


def test_a_command_that_is_stopped_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    case = str(tmp_path / "case.db")
    told(capsys, "demo", case, "--elders", "5", "--volunteers", "2")
    monkeypatch.setattr("jiuliting_desk.actions.matching.propose_plan", stopped)
    assert told(capsys, "match", case) == (cli.INTERRUPTED, "", "停下了。没做完的什么都没有写。\n")
    monkeypatch.undo()
    code, _, _ = told(capsys, "match", case)
    assert code == 0


def test_a_command_that_is_stopped_before_it_began_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_parser", stopped)
    assert told(capsys, "match", "case.db") == (cli.INTERRUPTED, "", "停下了。没做完的什么都没有写。\n")


def test_an_import_that_is_written_is_told_whole_though_somebody_stops_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(draft: Draft) -> dict[str, Any]:
        signal.raise_signal(signal.SIGINT)
        return as_plain(draft)

    monkeypatch.setattr(cli_sheets, "as_plain", stopped)
    before = signal.getsignal(signal.SIGINT)
    sheet = Path(__file__).parent / "data" / "office" / "survey_A.xlsx"
    code, out, err = told(capsys, "import", str(sheet), "--into", str(tmp_path / "case.db"), "--json")
    assert (code, err, len(json.loads(out)["tables"])) == (0, "", 1)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_search_that_is_stopped_gives_the_best_so_far_and_stopping_twice_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, file = str(tmp_path / "case.db"), tmp_path / "gap"
    told(capsys, "demo", case, "--elders", "20", "--volunteers", "8")
    file.write_text(" 2 3\n 1 2 3\n 9 4 9\n 2 2 2\n 1 1\n 1\n 4 3\n")
    before, presses = signal.getsignal(signal.SIGINT), [signal.SIGINT]

    def pressed(search: Search) -> Prices | None:
        while presses:
            signal.raise_signal(presses.pop())
        return price(search)

    price = Search.price
    monkeypatch.setattr(Search, "price", pressed)
    code, out, err = told(capsys, "match", case)
    assert (code, err.count("\n"), err[:4]) == (0, 1, "停下了，")
    assert "急需程度合计" in out
    presses += [signal.SIGINT]
    code, out, err = told(capsys, "gap", str(file), "--json")
    assert (err[:4], json.loads(out)["assigned"] > 0) == ("停下了，", True)
    presses += [signal.SIGINT, signal.SIGINT]
    code, out, err = told(capsys, "match", case)
    assert (code, out) == (cli.INTERRUPTED, "")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_plan_says_for_which_month_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, day = str(tmp_path / "case.db"), ["--today", "2026-11-29"]
    told(capsys, "demo", case, "--elders", "20", "--volunteers", "8", "--seed", "5", *day)
    code, out, err = told(capsys, "match", case, *day)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith("按 12 月的时间排：")
    assert "本月" not in out
    code, out, err = told(capsys, "match", case, "--month", "2026-11", *day)
    assert out.splitlines()[-1].startswith("按本月的时间排：")
    code, out, err = told(capsys, "match", case, "--month", "2027-12", "--json", *day)
    report = json.loads(out)
    assert report["month"] == "2027-12"
    line = report["lines"][0]
    code, out, err = told(capsys, "match", case, "--need", str(line["need"]), *day)
    assert out.splitlines()[-1] == "按 12 月的时间排"
    code, out, err = told(capsys, "match", case, "--need", str(line["need"]), "--json", "--month", "2027-01", *day)
    assert json.loads(out)["month"] == "2027-01"
    code, out, err = told(capsys, "match", case, "--month", "2026-10", *day)
    assert (code, out) == (2, "")
    assert err == "2026-10 已经过去了，排不了。--month 要写这个月或者以后的月份。\n"


def test_a_fault_is_told_in_one_sentence_without_what_it_was_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(tmp_path / "case.db")
    told(capsys, "demo", case, "--elders", "5", "--volunteers", "2")
    doctored = connect(case)
    doctored.execute("UPDATE elder SET sex = '高莲英'")
    doctored.close()
    code, out, err = told(capsys, "match", case, "--json")
    assert (code, json.loads(out), err.count("\n")) == (2, {"error": err.removesuffix("\n")}, 1)
    assert "ValueError" in err
    assert "高莲英" not in err


def test_days_the_wrong_way_round_count_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(tmp_path / "case.db")
    told(capsys, "demo", case, "--elders", "5", "--volunteers", "2")
    code, out, err = told(capsys, "tally", case, "--first", "2026-03-02", "--last", "2026-03-01")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "倒过来了" in err


def test_a_locked_workbook_says_how_to_give_its_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.benchmarks.mutations import PASSWORD, locked
    from tests.sheets.test_reader import small_xlsx

    book = tmp_path / "名单.xlsx"
    book.write_bytes(locked(small_xlsx(tmp_path / "a.xlsx").read_bytes()))
    code, _, err = told(capsys, "import", str(book), "--dry-run")
    assert code == 2
    assert "有打开密码" in err
    assert "--password" in err
    assert told(capsys, "import", str(book), "--dry-run", "--password", PASSWORD)[0] == 0
