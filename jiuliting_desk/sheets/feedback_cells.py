"""Cells of feedback sheets: scores with their words, and answers that are one of a few."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiuliting_desk.sheets import values
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.flagged import Flagged

SCORE_FIELDS = ("punctual_rating", "manner_rating", "work_rating", "rating")
"""The elder's four questions, in the order of the paper."""

_YES = "是 有 对 √ ✓ ☑ y yes 1 到位"
_NO = "否 没有 没 无 × ✗ x n no 0"

_WORDS: dict[str, dict[str, str]] = {
    "again": {
        "same": "还请这位 愿意 还要这位 还要 要 同意 同一位 还是同一位 希望还是同一位 还请他 还请她 可以再来 是 √ ✓",
        "any": "都可以 都行 无所谓 随便 谁都可以 不一定 可以",
        "other": "想换一位 换一位 换人 想换人 不要 不要这位 不想要这位 不愿意 不想再要这一位 否 ×",
    },
    "form_filled_by": {
        "elder": "本人 老人 老人本人 自己",
        "family": "家人 家属 子女 儿子 女儿 老伴 配偶 亲属",
        "other": "代填 别人代填 他人代填 志愿者 干部 居委 居委干部 邻居 护工",
    },
    "elder_condition": {
        "good": "好 良好 正常 很好 不错 没问题 稳定",
        "fair": "一般 还可以 尚可 还行",
        "worrying": "要留意 让人担心 不好 差 较差 需关注 需要关注 不太好",
    },
    "would_return": {"yes": f"愿意 还愿来 乐意 {_YES}", "no": f"不愿意 不便 不想 {_NO}"},
    "on_time": {"yes": f"准时 按时 {_YES}", "no": f"没准时 晚了 迟到 不准时 {_NO}"},
    "whole_time": {"yes": f"在场 全程在场 全程 做足了 {_YES}", "no": f"不在场 没全程 做不足 没做足 中途离开 {_NO}"},
    "signature_seen": {"yes": f"看到 已签 签了 已签字 {_YES}", "no": f"没看到 未签 没签 未签字 {_NO}"},
}
_WORDS["home_condition"] = _WORDS["elder_condition"]

ANSWERS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        field: {word: answer for answer, words in answers.items() for word in words.split()}
        for field, answers in _WORDS.items()
    }
)
"""For each field: a word as it is written -> the answer it means."""

_SCORED = re.compile(r"([1-5])分?(?:很差|不好|一般|好|很好|非常满意|满意|不满意|非常不满意)?")
_SCORE_WORDS = {"很差": 1, "不好": 2, "还好": 3, "满分": 5}


def read_score(cell: Cell) -> Any:
    """One to five, of words, numbers and both ("5 很好"); None for nothing, flagged ``rating_unclear`` otherwise."""
    text = values.plain(cell).replace(" ", "")
    found = _SCORED.fullmatch(text)
    if found is not None:
        return int(found.group(1))
    return _SCORE_WORDS.get(text) or values.read_rating(cell)


def read_answer(field: str, cell: Cell) -> Any:
    """The answer that a cell of a field gives; None for nothing, flagged ``tick_unclear`` for other words."""
    text = values.plain(cell).replace(" ", "").lower()
    if values.is_empty(text):
        return None
    found = ANSWERS[field].get(text)
    return Flagged(None, ("tick_unclear",)) if found is None else found
