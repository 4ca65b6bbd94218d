"""Questions as headers: 是否需要理发, 需要理发吗, and a service over columns for its answers."""

from jiuliting_desk.sheets.content import Known
from jiuliting_desk.sheets.headers import header_text, meaning
from jiuliting_desk.sheets.word_lists import WordList

_STARTS_WORDS = (
    "您是否还需要 您是否需要 是否还需要 是否需要 您需不需要 需不需要 您要不要 要不要 是否有 是否要 是否想 是否 您需要"
    " 需要 有没有 有无 是不是 想要 可否 能否 需 要"
)
_ENDS_WORDS = "吗 呢 否 的服务 服务 的需求 需求 需要"
_YES_WORDS = "是 需要 有 要 愿意 同意 yes y 需 想 会"
_NO_WORDS = "否 不需要 无 没有 不要 不愿意 不同意 no n 不需 不想 不会 暂不需要"
_ALONE_WORDS = "是否需要 需求 需要打√ 需要 打√ 请打√ 勾选 选择 是否 需求打√ 需要的打√ 是否有需求 有无需求 有需求"

_STARTS = tuple(_STARTS_WORDS.split())
"""Beginnings of questions about a service, the longer before those they begin with."""
_ENDS = tuple(_ENDS_WORDS.split())
"""Endings of such questions; several may follow one another."""
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())
"""Answers that have a column of their own under a question."""
_ALONE = frozenset(_ALONE_WORDS.split())
"""Questions under a group that says what they are about."""


ANSWERS = _YES | _NO | _ALONE
"""Words that stand under a question or a service, and in no header of their own."""


def asked_about(text: str, categories: WordList) -> str | None:
    """The service that a question is about: 是否需要理发, 需要理发吗, 有无理发需求; None where it is no question."""
    rest = text.strip("?？")
    for start in _STARTS:
        if rest.startswith(start):
            rest = rest.removeprefix(start)
            break
    for end in _ENDS:
        if rest.endswith(end) and rest != end:
            rest = rest.removesuffix(end)
    return categories.named(rest) if rest else None


def answered(said: str, group: str, known: Known) -> str | None:
    """The field of one of the answers under a question: 理发 over 需要 and 不需要; None where it is none."""
    if not group:
        return None
    about = header_text(group).base
    category = known.categories.named(about) or asked_about(about, known.categories)
    if category is not None and said in _NO:
        return "unused"
    if category is not None and (said in _YES or said in _ALONE):
        return f"need:{category}"
    field = meaning(group).field
    if field in {"alone", "dialect", "consent", "lift"}:
        return field if said in _YES else "unused" if said in _NO else None
    return None
