"""The words and keys of a command line: numbers and days as typed, in Chinese what is wrong with them, Ctrl+C."""

import argparse
import errno
import re
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

_SENTENCES = (
    (r"argument (.+?): invalid choice: '(.*?)' \(choose from (.+)\)", r"\1 没有“\2”这一种，可以是：\3"),
    (r"invalid choice: '(.*?)' \(choose from (.+)\)", r"没有“\1”这一种，可以是：\2"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 后面要写一个值"),
    (r"the following arguments are required: (.+)", r"还缺：\1"),
    (r"one of the arguments (.+) is required", r"要写其中一样：\1"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 和 \2 不能一起写"),
    (r"unrecognized arguments: (.+)", r"不认得：\1"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)
"""What argparse says, by its English words."""

_DAY = re.compile("(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}")

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "这个盘只能读",
}


class Misread(Exception):
    """Words that are no command, in one sentence."""


class Parser(argparse.ArgumentParser):
    """Says in one Chinese sentence what cannot be read."""

    def error(self, message: str) -> NoReturn:
        """Raise Misread with the sentence; ``message`` is argparse's own."""
        for english, chinese in _SENTENCES:
            told, found = re.subn(f"^{english}$", chinese, message)
            if found:
                message = told
                break
        raise Misread(f"命令写得不对。{message}。用法：{self.prog} --help")


MOST = 1_000_000_000


def count(text: str, most: int = MOST) -> int:
    """A whole number from 0 to ``most``. Raises ArgumentTypeError."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"“{text}”不是 0 以上的整数")
    # Python itself reads no number of very many digits.
    if len(text.lstrip("0")) > len(str(most)) or int(text) > most:
        raise argparse.ArgumentTypeError(f"“{text[:20]}”太大了，最多 {most}")
    return int(text)


def up_to(most: int) -> Callable[[str], int]:
    """Reads a whole number from 0 to ``most``."""
    return partial(count, most=most)


def seconds(text: str) -> float:
    """Seconds of a day at most. Raises ArgumentTypeError."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 86_400:
        raise argparse.ArgumentTypeError(f"“{text}”不是大于 0 的秒数")
    return number


def day(text: str) -> date:
    """A day as YYYY-MM-DD, of years from 1900 to 2999. Raises ArgumentTypeError."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{text}”不是日期，要写成 2026-03-18 这样")


def month(text: str) -> date:
    """The first day of a month that is typed as YYYY-MM. Raises ArgumentTypeError."""
    try:
        return day(f"{text}-01")
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"“{text}”不是月份，要写成 2026-03 这样") from None


def workbook(text: str) -> Path:
    """A file to be written whose name ends in .xlsx. Raises ArgumentTypeError."""
    return _named(text, ".xlsx")


def document(text: str) -> Path:
    """A file to be written whose name ends in .pdf. Raises ArgumentTypeError."""
    return _named(text, ".pdf")


def _named(text: str, suffix: str) -> Path:
    # With another ending it would stand where the data file is, or hold what its name does not say.
    if not text.lower().endswith(suffix):
        raise argparse.ArgumentTypeError(f"“{text}”要以 {suffix} 结尾")
    return Path(text)


@contextmanager
def ended_by_hand() -> Iterator[Callable[[], bool]]:
    """Whether a search is to end with the best so far: once Ctrl+C was pressed; a second time ends the command."""
    pressed = False

    def on_first(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        del number, frame
        pressed = True
        signal.signal(signal.SIGINT, signal.default_int_handler)
        print("停下了，用到现在为止最好的。再按一次 Ctrl+C 就什么都不印。", file=sys.stderr)

    before = signal.signal(signal.SIGINT, on_first)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def told_to_the_end() -> Iterator[None]:
    """What is done is told whole: Ctrl+C comes too late, and would say that nothing was written."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def fault(error: Exception) -> str:
    """A fault of the program itself: its kind and its place, and nothing of what it was about."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}，{Path(frame.filename).name} 第 {frame.lineno} 行"
    return f"程序出了毛病，这一步没有做完，没做完的什么都没有写。请把这一句告诉维护的人：{place}。"


def file_trouble(error: OSError) -> str:
    """Why a file could not be read or written."""
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    if not error.filename:
        return f"没有写成：{reason}。什么都没有改动。"
    return f"文件打不开：{error.filename or ''}（{reason}）。什么都没有改动。"
