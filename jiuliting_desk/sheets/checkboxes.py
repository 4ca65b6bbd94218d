"""Choices printed with boxes in one cell, of which some are ticked: ☑理发 □聊天, 满意√ 一般□."""

import re

_CHECKED = "☑√✓✔■●☒"
_UNCHECKED = "□☐○〇"
_MARK_FIRST = re.compile(f"([{_CHECKED}{_UNCHECKED}])\\s*([^{_CHECKED}{_UNCHECKED}]+)")
_MARK_LAST = re.compile(f"([^{_CHECKED}{_UNCHECKED}]+)([{_CHECKED}{_UNCHECKED}])")


def has_boxes(text: str) -> bool:
    """Whether a text has an empty box, so that what has none or a ticked one was chosen."""
    return any(mark in text for mark in _UNCHECKED)


def checked_only(text: str) -> str:
    """Of ☑理发 □聊天 (or 理发☑ 聊天□) only what is ticked, "" where nothing is."""
    pairs = _MARK_FIRST.findall(text)
    if text.strip()[:1] not in _CHECKED + _UNCHECKED:
        pairs = [(mark, word) for word, mark in _MARK_LAST.findall(text)]
    return "、".join(word.strip() for mark, word in pairs if mark in _CHECKED)
