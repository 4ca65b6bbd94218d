"""The words of the error window: what happened, what was kept, what to do, for trouble with the file and for faults."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.store import StorageTrouble, Trouble

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleWords:
    """What the error window says."""

    title: str
    happened: str
    kept: tuple[str, ...]
    steps: tuple[str, ...]
    code: str
    """For those who maintain the program; never in the first line."""
    detail: str = ""


def trouble(error: StorageTrouble) -> TroubleWords:
    """The words for trouble with the file."""
    title, happened, kept, steps = _TROUBLES[error.trouble]()
    names = {"path": error.path, "holder": error.holder or translate("messages", "另一个窗口")}
    return TroubleWords(
        title=title,
        happened=happened.format(**names),
        kept=tuple(line.format(**names) for line in kept),
        steps=tuple(line.format(**names) for line in steps),
        code=f"S-{list(Trouble).index(error.trouble) + 1:02d}",
        detail=f"{error.trouble.value} {error.detail}".strip(),
    )


_Four = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def _held() -> _Four:
    return (
        translate("messages", "资料正在别处打开着"),
        translate("messages", "“{holder}”正开着这份资料，同一时间只能一处打开。"),
        (translate("messages", "资料没有动过，那边存下的都在。"),),
        (
            translate("messages", "看看任务栏里是不是已经开着一个窗口，有就用那个。"),
            translate("messages", "在别的电脑上开着的，请那边先关掉，再打开一次。"),
        ),
    )


def _read_only() -> _Four:
    return (
        translate("messages", "资料只能看，不能写"),
        translate("messages", "文件“{path}”或它所在的文件夹不让写。"),
        (translate("messages", "以前存下的都在，这一步没有写进去。"),),
        (
            translate("messages", "在文件上点右键，选“属性”，去掉“只读”。"),
            translate("messages", "资料在光盘或只读的 U 盘上时，先复制到这台电脑再打开。"),
        ),
    )


def _full() -> _Four:
    return (
        translate("messages", "磁盘满了，这一步没有存下"),
        translate("messages", "写到一半，磁盘没有空地方了。"),
        (translate("messages", "以前存下的都在，这一步整个退回，没有写一半的东西。"),),
        (
            translate("messages", "清空回收站，或删掉不用的大文件，腾出至少 200 MB。"),
            translate("messages", "再做一次刚才的操作。"),
        ),
    )


def _damaged() -> _Four:
    return (
        translate("messages", "资料文件有损坏"),
        translate("messages", "检查时发现文件里有读不出来的地方。"),
        (
            translate("messages", "损坏的文件原样留着，没有改动。"),
            translate("messages", "备份是检查过的，可以从最近一份恢复。"),
        ),
        (
            translate("messages", "点“从备份恢复”，选最近的一份。"),
            translate("messages", "恢复后看看最近几条记录，缺的补录。"),
        ),
    )


def _newer() -> _Four:
    return (
        translate("messages", "这份资料是新版程序写的"),
        translate("messages", "这台电脑上的程序比较旧，打开会弄坏资料，所以没有打开。"),
        (translate("messages", "资料没有动过。"),),
        (translate("messages", "把这台电脑上的程序换成新版，再打开。"),),
    )


def _not_ours() -> _Four:
    return (
        translate("messages", "这不是本程序的资料"),
        translate("messages", "文件“{path}”不是结对助老工作台的资料，或者文件开头坏了。"),
        (translate("messages", "文件没有动过。"),),
        (
            translate("messages", "点“换一个文件”，选以 .db 结尾的资料文件。"),
            translate("messages", "找不到时，可以从备份恢复。"),
        ),
    )


def _no_access() -> _Four:
    return (
        translate("messages", "打不开资料所在的地方"),
        translate("messages", "“{path}”不存在，或者没有权限打开。"),
        (translate("messages", "存下的资料没有动过。"),),
        (
            translate("messages", "资料在 U 盘或共享文件夹里的，先插好、连好。"),
            translate("messages", "再打开一次。"),
        ),
    )


def _io() -> _Four:
    return (
        translate("messages", "磁盘读写时断了"),
        translate("messages", "读写“{path}”时磁盘没有应答，可能是 U 盘松了。"),
        (translate("messages", "以前存下的都在，这一步整个退回。"),),
        (
            translate("messages", "资料在 U 盘上的，拔下来重新插好，等 5 秒。"),
            translate("messages", "再做一次刚才的操作；还不行就先备份到别的盘。"),
        ),
    )


def _busy() -> _Four:
    return (
        translate("messages", "正在做一件要等一会儿的事"),
        translate("messages", "等它做完，或者先取消它，再做这一步。"),
        (translate("messages", "这一步没有写进去，资料没有动过。"),),
        (translate("messages", "看窗口下方的进度，做完再试。"),),
    )


def _backup() -> _Four:
    return (
        translate("messages", "备份没有做完"),
        translate("messages", "备份做好后打开检查，和资料对不上，已经作废。"),
        (
            translate("messages", "资料都在这台电脑上。"),
            translate("messages", "以前的备份还在，能用。"),
        ),
        (
            translate("messages", "备份到 U 盘的，把 U 盘拔下来重新插好，等 5 秒。"),
            translate("messages", "再备份一次；还不行，换个地方备份。"),
        ),
    )


def _gone() -> _Four:
    return (
        translate("messages", "资料文件不见了"),
        translate("messages", "“{path}”不在原处，可是它的备份还在旁边，所以没有另外新建。"),
        (translate("messages", "备份都在，没有动过。"),),
        (
            translate("messages", "被移走或改了名的，放回原处，再打开一次。"),
            translate("messages", "找不到了，从最近一份备份恢复；要另外新建一份，换一个文件名。"),
        ),
    )


_TROUBLES = {
    Trouble.HELD: _held,
    Trouble.READ_ONLY: _read_only,
    Trouble.FULL: _full,
    Trouble.DAMAGED: _damaged,
    Trouble.NEWER: _newer,
    Trouble.NOT_OURS: _not_ours,
    Trouble.NO_ACCESS: _no_access,
    Trouble.IO: _io,
    Trouble.BUSY: _busy,
    Trouble.BACKUP: _backup,
    Trouble.GONE: _gone,
}


def fault(detail: str, code: str) -> TroubleWords:
    """The words for a fault of the program itself."""
    return TroubleWords(
        title=translate("messages", "程序出了点问题"),
        happened=translate("messages", "刚才那一步没有做完。这是程序的毛病，不是您操作的问题。"),
        kept=(translate("messages", "以前存下的都在，这一步整个退回，没有写一半的东西。"),),
        steps=(
            translate("messages", "可以接着做别的事。"),
            translate("messages", "同一步再出问题，点“复制详细情况”，发给维护的人。"),
        ),
        code=code,
        detail=detail,
    )
