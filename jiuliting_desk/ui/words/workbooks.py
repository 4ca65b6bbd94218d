"""Words for workbooks that cannot be read, for remarks of their reading, and for their columns and kinds."""

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.sheets.book import SheetTrouble, TroubleKind
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

TROUBLES: dict[TroubleKind, str] = {
    TroubleKind.MISSING: QT_TRANSLATE_NOOP("workbooks", "找不到“{name}”，可能移走或改名了。请重新选文件。"),
    TroubleKind.HELD: QT_TRANSLATE_NOOP("workbooks", "“{name}”正被 WPS 或 Excel 占着。关掉它，再选一次。"),
    TroubleKind.LOCK_FILE: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”是 WPS、Excel 打开时留下的影子文件，不是名单。请选旁边没有 ~$ 的那一个。"
    ),
    TroubleKind.FOLDER: QT_TRANSLATE_NOOP("workbooks", "“{name}”是文件夹，不是表格。请选里面的文件。"),
    TroubleKind.UNREADABLE: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”读不出来，U 盘或网络可能断了。拷到桌面上再试。什么都没有改动。"
    ),
    TroubleKind.EMPTY_FILE: QT_TRANSLATE_NOOP("workbooks", "“{name}”是空文件，里面什么都没有。请对方重新发一份。"),
    TroubleKind.NOT_A_SPREADSHEET: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”不是表格{what}。请用 WPS 或 Excel 另存为 .xlsx 再导入。"
    ),
    TroubleKind.TOO_LARGE: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”太大，为了不卡住电脑没有读。请只留名单那一页，另存为新文件再导入。"
    ),
    TroubleKind.DANGEROUS: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”里有不该有的内容，为安全没有读。请对方用 WPS 或 Excel 另存一份再发来。"
    ),
    TroubleKind.DAMAGED: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”坏了或没有传完整，读不出来。请用 WPS 打开另存一份，或请对方重发。什么都没有改动。"
    ),
    TroubleKind.PASSWORD_NEEDED: QT_TRANSLATE_NOOP("workbooks", "“{name}”有打开密码，请输入密码。"),
    TroubleKind.PASSWORD_WRONG: QT_TRANSLATE_NOOP("workbooks", "“{name}”的密码不对，请再输一次。"),
    TroubleKind.CIPHER_UNKNOWN: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”的加密方式读不了。请用 WPS 打开，去掉密码另存一份再导入。"
    ),
    TroubleKind.TOO_SLOW: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”读了 {limit} 秒还没读完，已停下。请只留名单那一页，另存为新文件再导入。"
    ),
    TroubleKind.READER_DIED: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”读到一半停了，文件里有读不了的东西。请用 WPS 另存一份再导入。什么都没有改动。"
    ),
    TroubleKind.NOTHING_READABLE: QT_TRANSLATE_NOOP("workbooks", "“{name}”里每一页都是空的。请核对文件。"),
    TroubleKind.CANCELLED: QT_TRANSLATE_NOOP("workbooks", "“{name}”不读了，什么都没有改动。"),
}

_STRANGERS: dict[str, str] = {
    "pdf": QT_TRANSLATE_NOOP("workbooks", "（是 PDF）"),
    "picture": QT_TRANSLATE_NOOP("workbooks", "（是图片）"),
    "word": QT_TRANSLATE_NOOP("workbooks", "（是 Word 文档）"),
    "slides": QT_TRANSLATE_NOOP("workbooks", "（是演示文稿）"),
    "archive": QT_TRANSLATE_NOOP("workbooks", "（是压缩包，先解开）"),
    "program": QT_TRANSLATE_NOOP("workbooks", "（是程序）"),
    "too_old": QT_TRANSLATE_NOOP("workbooks", "（版本太老）"),
}


def trouble(error: SheetTrouble) -> str:
    """Why a workbook could not be read, and what to do."""
    what = translate("workbooks", _STRANGERS[error.what]) if error.what in _STRANGERS else ""
    return translate("workbooks", TROUBLES[error.kind]).format(name=error.file_name, what=what, limit=error.limit)
