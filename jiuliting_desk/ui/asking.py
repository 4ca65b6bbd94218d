"""Questions that several windows ask in the same words: why, and what becomes of what was typed."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.session import Session

translate = QCoreApplication.translate


def ask_reason(
    session: Session,
    title: str,
    back: str,
    go: str,
    action: Callable[..., Any],
    *,
    text: str = "",
    lines: Sequence[str] = (),
    **values: Any,
) -> None:
    """Ask why, then perform ``action`` with the reason; ``back`` and ``go`` are the words of the two buttons.

    ``text`` and ``lines`` stand below the title.
    """
    question = Question(
        title=title,
        text=text,
        lines=tuple(lines),
        choices=(Choice("", back), Choice("go", go, "bad")),
        default="go",
        input_label=translate("asking", "原因"),
        input_required=True,
        tone="warn",
    )

    def answered(key: str, reason: str) -> None:
        if key == "go":
            session.perform(action, reason=reason, **values)

    session.dialogs.ask(question, answered)


def ask_unsaved(session: Session, *, save: Callable[[], object], drop: Callable[[], object]) -> None:
    """Ask what becomes of a form that was changed and is to be closed."""
    question = Question(
        title=translate("asking", "改过的还没存下"),
        choices=(
            Choice("stay", translate("asking", "接着改")),
            Choice("drop", translate("asking", "不存，关掉"), "bad"),
            Choice("save", translate("asking", "存下"), "primary"),
        ),
        default="stay",
        cancel="stay",
        tone="warn",
    )

    def answered(key: str, _text: str) -> None:
        if key == "save":
            save()
        elif key == "drop":
            drop()

    session.dialogs.ask(question, answered)
