"""The same actions from a shell, for scripts and checks.

A command that cannot do its work says why in one sentence on standard error and exits with 2; with ``--json`` the
sentence is on standard output as well, as ``{"error": …}``.
"""

import argparse
import errno
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from jiuliting_desk import __version__, paths
from jiuliting_desk.cli_words import (
    Misread,
    Parser,
    count,
    day,
    document,
    ended_by_hand,
    fault,
    file_trouble,
    month,
    seconds,
    up_to,
    workbook,
)

USAGE_ERROR = 2
INTERRUPTED = 130
"""As shells call a command that Ctrl+C has ended."""


class Refused(Exception):
    """A command that cannot be carried out, in one sentence."""


def run(words: Sequence[str], *, open_window: Callable[[argparse.Namespace], int]) -> int:
    """Do what the words say; give the exit code (0 done, 1 a check did not hold, 2 refused, 130 stopped by Ctrl+C).

    Words without a command go to ``open_window`` with ``file``, ``demo`` and ``self_test``.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # A windowed program, or one begun with them closed: what is printed goes nowhere.
            setattr(sys, name, io.StringIO())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _carried_out(words, open_window)
    except KeyboardInterrupt:
        print("停下了。没做完的什么都没有写。", file=sys.stderr)
        return INTERRUPTED


def _carried_out(words: Sequence[str], open_window: Callable[[argparse.Namespace], int]) -> int:
    try:
        arguments = _parser(open_window).parse_args(words)
    except Misread as error:
        return _refused(str(error), words)
    command: Callable[[argparse.Namespace], int] = arguments.command
    from jiuliting_desk.model.errors import UserError
    from jiuliting_desk.store import StorageTrouble

    try:
        code = command(arguments)
        sys.stdout.flush()
        return code
    except Refused as refusal:
        sentence = str(refusal)
    except (UserError, StorageTrouble) as error:
        from jiuliting_desk.ui import messages

        sentence = messages.sentence(error)
        if getattr(error, "kind", "") == "password_needed":
            sentence += "加上 --password 密码 再来一次。"
    except OSError as error:
        if _has_gone(error):
            # Whoever reads has seen enough.
            _write_no_more()
            return 1
        sentence = file_trouble(error)
    except Exception as error:
        sentence = fault(error)
    return _refused(sentence, words)


def _has_gone(error: OSError) -> bool:
    """Whether nobody reads any more what is printed, which Windows calls an invalid argument, of no file."""
    return isinstance(error, BrokenPipeError) or (
        os.name == "nt" and error.errno == errno.EINVAL and error.filename is None
    )


def _refused(sentence: str, words: Sequence[str]) -> int:
    """Say why a command was not carried out; the exit code."""
    print(sentence, file=sys.stderr)
    try:
        if "--json" in words:
            print(json.dumps({"error": sentence}, ensure_ascii=False))
        sys.stdout.flush()
    except OSError:
        # It is standard output that cannot be written, as was said, or nobody reads it.
        _write_no_more()
    return USAGE_ERROR


def _write_no_more() -> None:
    """At exit nothing is left to be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser(open_window: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser = Parser(prog="jiuliting-desk", description="九里 to 行动 结对助老工作台。不带参数：打开窗口。")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--file", type=Path, metavar="CASE.db", help="打开这份资料文件（没有就新建）")
    parser.add_argument("--demo", action="store_true", help="用虚构的演示资料打开窗口")
    parser.add_argument("--self-test", action="store_true", help="在后台打开每一页，打印 OK 或哪里不对")
    parser.set_defaults(command=open_window)
    commands = parser.add_subparsers(metavar="命令")

    demo = commands.add_parser("demo", help="新建一份虚构的演示资料")
    demo.add_argument("case", type=Path, metavar="CASE.db")
    demo.add_argument("--elders", type=up_to(50_000), default=86, metavar="N")
    demo.add_argument("--volunteers", type=up_to(20_000), default=24, metavar="M")
    demo.add_argument("--visits", type=up_to(500_000), default=120, metavar="K")
    demo.add_argument("--seed", type=count, default=1, metavar="S")
    demo.add_argument("--today", type=day, default=None, metavar="YYYY-MM-DD")
    demo.set_defaults(command=_demo)

    search = commands.add_parser("search", help="查找老人、志愿者和单位")
    search.add_argument("case", type=Path, metavar="CASE.db")
    search.add_argument("words", nargs="+", metavar="WORDS")
    search.add_argument("--json", action="store_true")
    search.add_argument("--inactive", action="store_true", help="在已停用、搬走、过世的人里找")
    search.set_defaults(command=_search)

    cards = commands.add_parser("cards", help="把服务卡存成 PDF")
    cards.add_argument("case", type=Path, metavar="CASE.db")
    whose = cards.add_mutually_exclusive_group(required=True)
    whose.add_argument("--all", action="store_true", help="名单里的每一位")
    whose.add_argument("--elder", nargs="+", metavar="NUMBER", help="这些编号或卡号的老人")
    cards.add_argument("--stock", default="90x54", metavar="NAME")
    cards.add_argument("--start", type=count, default=1, metavar="N", help="从第几格开始印")
    cards.add_argument("--out", type=document, required=True, metavar="FILE.pdf")
    cards.set_defaults(command=_cards)

    forms = commands.add_parser("forms", help="把意见反馈表存成 PDF：填好的按上门，或者空白的")
    forms.add_argument("case", type=Path, metavar="CASE.db")
    forms.add_argument("--visits", nargs="+", type=count, default=(), metavar="ID", help="这些上门的编号")
    forms.add_argument("--day", type=day, default=None, metavar="YYYY-MM-DD", help="这一天的上门")
    forms.add_argument("--committee", default="", metavar="NAME", help="这个居委的上门")
    forms.add_argument("--blank", type=up_to(5_000), default=0, metavar="N", help="空白的 N 张")
    forms.add_argument("--out", type=document, required=True, metavar="FILE.pdf")
    forms.set_defaults(command=_forms)

    match = commands.add_parser("match", help="谁能去、为什么；或者全部需求的一份方案。什么都不写")
    match.add_argument("case", type=Path, metavar="CASE.db")
    match.add_argument("--need", type=count, metavar="ID", help="只看这一条需求")
    match.add_argument("--seconds", type=seconds, default=None, metavar="S", help="最多排这么久")
    match.add_argument("--month", type=month, default=None, metavar="YYYY-MM", help="按哪个月排；月底不写就是下个月")
    match.add_argument("--today", type=day, default=None, metavar="YYYY-MM-DD")
    match.add_argument("--json", action="store_true")
    match.set_defaults(command=_match)

    gap = commands.add_parser("gap", help="解一道 OR-Library 的广义分派题，打印值、界和秒数")
    gap.add_argument("file", type=Path, metavar="FILE")
    gap.add_argument("--seconds", type=seconds, default=None, metavar="S", help="最多算这么久")
    gap.add_argument("--json", action="store_true")
    gap.set_defaults(command=_gap)

    sheet = commands.add_parser("import", help="导入一份表格：排摸、志愿者、统计汇总")
    sheet.add_argument("file", type=Path, metavar="FILE")
    sheet.add_argument("--into", type=Path, metavar="CASE.db")
    sheet.add_argument("--dry-run", action="store_true", help="只看会怎样，什么都不写")
    sheet.add_argument("--json", action="store_true")
    sheet.add_argument("--password", metavar="WORD", help="表格的打开密码")
    sheet.set_defaults(command=_import)

    export = commands.add_parser("export", help="把名单存成 Excel，默认遮盖个人信息")
    export.add_argument("case", type=Path, metavar="CASE.db")
    export.add_argument("what", choices=("elders", "volunteers", "needs", "pairings"))
    export.add_argument("--out", type=workbook, required=True, metavar="FILE.xlsx")
    export.add_argument("--full", action="store_true", help="不遮盖；要写 --reason，会记下来")
    export.add_argument("--reason", default="", metavar="WORDS")
    export.add_argument("--to", default="", metavar="WHOM", help="给谁")
    export.add_argument("--password", default="", metavar="WORD", help="给表格加打开密码")
    export.set_defaults(command=_export)

    tally = commands.add_parser("tally", help="统计做成的上门")
    tally.add_argument("case", type=Path, metavar="CASE.db")
    tally.add_argument("--by", default="category,month", metavar="A[,B]", help="category month committee compound …")
    tally.add_argument("--first", type=day, default=None, metavar="YYYY-MM-DD")
    tally.add_argument("--last", type=day, default=None, metavar="YYYY-MM-DD")
    tally.add_argument("--json", action="store_true")
    tally.add_argument("--out", type=workbook, metavar="FILE.xlsx")
    tally.set_defaults(command=_tally)
    return parser


def _today() -> date:
    return datetime.now().astimezone().date()


def _existing(case: Path) -> Path:
    if not case.is_file():
        raise Refused(f"没有这份资料文件：{case}。请核对文件名；要新建一份，用 jiuliting-desk --file {case}。")
    if not case.stat().st_size:
        raise Refused(f"{case} 是一个空文件，里面没有资料。什么都没有改动。请核对文件名，或者从备份恢复。")
    return case


def demo_file() -> Path:
    """A fresh demo file in the data folder; one that is open or was worked on is kept."""
    from jiuliting_desk.actions.demo import fill_with_demo
    from jiuliting_desk.store import Store

    case = paths.data_dir() / "demo.db"
    if not case.exists():
        store = Store.open(case, who="演示", anew=True)
        try:
            with store.operation("fill_with_demo"):
                fill_with_demo(store, elders=86, volunteers=24, visits=120, seed=1, today=_today())
        finally:
            store.close()
    return case


def _demo(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.actions.demo import fill_with_demo
    from jiuliting_desk.model.elders import Elder
    from jiuliting_desk.store import Store

    store = Store.open(arguments.case, who="演示")
    try:
        if store.count(Elder):
            raise Refused(f"{arguments.case} 里已经有资料，演示只能写进新文件。什么都没有改动。")
        with store.operation("fill_with_demo"):
            made = fill_with_demo(
                store,
                elders=arguments.elders,
                volunteers=arguments.volunteers,
                visits=arguments.visits,
                seed=arguments.seed,
                today=arguments.today or _today(),
            )
    finally:
        store.close()
    print(json.dumps(made, ensure_ascii=False))
    return 0


def _search(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.actions.search import search
    from jiuliting_desk.cli_files import reading
    from jiuliting_desk.model.places import address_text
    from jiuliting_desk.model.text import masked_phone

    with reading(_existing(arguments.case), who="命令行") as store:
        hits = search(store, " ".join(arguments.words), inactive=arguments.inactive)
    if arguments.json:
        # Nobody notes here who looked at a number, so that it is not shown in full.
        plain = [asdict(hit) | {"phone": masked_phone(hit.phone)} for hit in hits]
        print(json.dumps({"hits": plain}, ensure_ascii=False))
        return 0
    for hit in hits:
        print(hit.number, hit.name, address_text(hit.compound, hit.building, hit.room, hit.unit), sep="\t")
    if not hits:
        print(f"没有找到“{' '.join(arguments.words)}”。", file=sys.stderr)
    return 0


def _cards(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.actions import cards
    from jiuliting_desk.model.elders import Elder, ElderState
    from jiuliting_desk.paper.cards import card_sheets
    from jiuliting_desk.paper.saving import save_document
    from jiuliting_desk.paper.stocks import stock_named
    from jiuliting_desk.store import Store

    stock = stock_named(arguments.stock)
    store = Store.open(_existing(arguments.case), who="命令行")
    try:
        if arguments.all:
            ids = [elder.id for elder in store.where(Elder, state=ElderState.ACTIVE, order="number")]
        else:
            ids = cards.elders_of_numbers(store, arguments.elder)
            for elder_id in ids:
                store.get(Elder, elder_id).must_be_served()
        drafts = cards.drafts_for(store, elder_ids=ids)
        pdf = card_sheets(cards.card_faces(store, drafts), stock=stock, start_slot=arguments.start - 1)
        save_document(pdf, arguments.out)
        with store.operation("log_cards_print"):
            cards.log_cards_print(
                store,
                drafts=drafts,
                target="pdf",
                stock=stock.name,
                start_slot=arguments.start - 1,
                today=_today(),
            )
    finally:
        store.close()
    print(f"{len(drafts)} 张卡：{arguments.out}")
    return 0


def _forms(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.cli_paper import run_forms

    ways = (bool(arguments.visits), bool(arguments.day or arguments.committee), bool(arguments.blank))
    if sum(ways) != 1:
        raise Refused("要哪些反馈表？用 --visits ID、--day 日期 和 --committee 居委、或者 --blank 张数，选一样。")
    return run_forms(
        _existing(arguments.case),
        arguments.out,
        today=_today(),
        visit_ids=arguments.visits,
        day=arguments.day,
        committee=arguments.committee,
        blank=arguments.blank,
    )


def _import(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.cli_sheets import run_import

    if arguments.into is None and not arguments.dry_run:
        raise Refused("要导入到哪里？加上 --into CASE.db；只想看看，加上 --dry-run。")
    case = arguments.into
    if arguments.dry_run and case is not None and not case.exists():
        # Nothing is known yet of anybody, and a dry run makes no file.
        case = None
    return run_import(
        case,
        arguments.file,
        today=_today(),
        dry_run=arguments.dry_run,
        as_json=arguments.json,
        password=arguments.password,
    )


def _export(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.cli_sheets import run_export

    return run_export(
        _existing(arguments.case),
        arguments.what,
        arguments.out,
        today=_today(),
        full=arguments.full,
        reason=arguments.reason,
        to_whom=arguments.to,
        password=arguments.password,
    )


def _match(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.cli_match import run_match
    from jiuliting_desk.model.errors import NotThere

    today = arguments.today or _today()
    if arguments.month is not None and arguments.month < today.replace(day=1):
        raise Refused(f"{arguments.month:%Y-%m} 已经过去了，排不了。--month 要写这个月或者以后的月份。")
    try:
        return run_match(
            _existing(arguments.case),
            today=today,
            month=arguments.month,
            need_id=arguments.need,
            seconds=arguments.seconds,
            as_json=arguments.json,
        )
    except NotThere:
        raise Refused(
            f"需求 {arguments.need} 不在等人：没有这个编号，还没到日子，已经认领、约好、结束，或者老人停了服务。"
        ) from None


def _gap(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.actions.assignment import read_instance, solve_instance

    try:
        instance = read_instance(arguments.file.read_text(encoding="utf-8-sig"))
    except ValueError:
        wanted = "里面要全是整数，个数和开头两个数对得上，用量和容量不小于 0，每个数不超过十亿，一份文件一道题"
        raise Refused(f"{arguments.file} 不是一道广义分派题：{wanted}。") from None
    with ended_by_hand() as is_ended:
        outcome = solve_instance(instance, seconds=arguments.seconds, stop=is_ended)
    told = {"value": outcome.value, "bound": outcome.bound, "seconds": round(outcome.seconds, 3)}
    if arguments.json:
        print(json.dumps(told | {"assigned": outcome.assigned, "items": outcome.items, "agents": outcome.agents}))
    else:
        print("\t".join(f"{name} {'-' if value is None else value}" for name, value in told.items()))
    return 0 if outcome.value is not None else 1


def _tally(arguments: argparse.Namespace) -> int:
    from jiuliting_desk.actions.tally_export import as_plain, export_tally
    from jiuliting_desk.cli_files import reading
    from jiuliting_desk.model.tallies import Dimension, TallyFilter

    names = arguments.by.split(",")
    known = [one.value for one in Dimension]
    if not 1 <= len(names) <= 2 or any(name not in known for name in names):
        raise Refused(f"--by 要一个或两个，用逗号分开，可以是：{'、'.join(known)}。")
    today = _today()
    only = TallyFilter(first=arguments.first or date(1900, 1, 1), last=arguments.last or today)
    if only.first > only.last:
        raise Refused(f"从 {only.first} 到 {only.last}，前后倒过来了。--first 要写早的那天，--last 写晚的那天。")
    rows = Dimension(names[0])
    columns = Dimension(names[1]) if len(names) == 2 else None
    with reading(_existing(arguments.case), who="命令行") as store:
        if arguments.out is not None:
            path = arguments.out
            export_tally(
                store, only=only, rows=rows, columns=columns or Dimension.CATEGORY, measure="visits", path=path
            )
            print(f"已存到 {path}。", file=sys.stderr)
        if arguments.json or arguments.out is None:
            print(json.dumps(as_plain(store, only=only, rows=rows, columns=columns), ensure_ascii=False))
    return 0
