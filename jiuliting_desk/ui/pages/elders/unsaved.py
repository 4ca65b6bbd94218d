"""The question before something typed is left."""

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.ui.dialogs import Choice, Question

translate = QCoreApplication.translate


def unsaved_question(title: str) -> Question:
    """存下 / 不存 / 接着改, with Enter on 存下 and Esc on 接着改."""
    return Question(
        title=translate("elders", "“{title}”还没存").format(title=title),
        text=translate("elders", "离开以前要存下吗？"),
        choices=(
            Choice("back", translate("elders", "接着改")),
            Choice("drop", translate("elders", "不存")),
            Choice("save", translate("elders", "存下"), "primary"),
        ),
        default="save",
        cancel="back",
        tone="warn",
    )
