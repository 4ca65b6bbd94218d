"""Choices printed with boxes in one cell, of which some are ticked: ☑理发 □聊天, 满意√ 一般□, 理发（√） 聊天（ ）."""

import re

_CHECKED = "☑√✓✔■●☒"
_UNCHECKED = "□☐○〇"
_MARK_FIRST = re.compile(f"([{_CHECKED}{_UNCHECKED}])\\s*([^{_CHECKED}{_UNCHECKED}]+)")
_MARK_LAST = re.compile(f"([^{_CHECKED}{_UNCHECKED}]+)([{_CHECKED}{_UNCHECKED}])")


_EMPTY_BRACKETS = re.compile(r"[\[(（【]\s*[\])）】]")
_TICKED_BRACKETS = re.compile(rf"[\[(（【]\s*[{_CHECKED}vV]\s*[\])）】]")


def has_boxes(text: str) -> bool:
    """Whether a text has an empty box, so that what has none or a ticked one was chosen."""
    return any(mark in text for mark in _UNCHECKED) or _EMPTY_BRACKETS.search(text) is not None


def checked_only(text: str) -> str:
    """Of ☑理发 □聊天 (or 理发☑ 聊天□) only what is ticked, "" where nothing is."""
    text = _TICKED_BRACKETS.sub("☑", _EMPTY_BRACKETS.sub("□", text))
    pairs = _MARK_FIRST.findall(text)
    if text.strip()[:1] not in _CHECKED + _UNCHECKED:
        pairs = [(mark, word) for word, mark in _MARK_LAST.findall(text)]
    return "、".join(word.strip() for mark, word in pairs if mark in _CHECKED)
