"""Whom an elder would have come and whom not, in a committee's words."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.conditions import CLAUSES
from jiuliting_desk.sheets.values import has_words

_PERSON = r"(?:的|士|性|同志|人|生|师傅|护工|阿姨|老师|社工|医生|理发|志愿|服务|工作|上门|来|$)"
_WOMAN_OR_MAN = rf"(?:一[位个名])?(?P<sex>[男女])(?![男女儿婿孩友]){_PERSON}"
_ASKED = re.compile(
    rf"(?:只肯?要|只能要?|只接受|只愿意?要?|要求|需要|需|要|仅?限|必须|指定)(?:是|由|为|让|派|找|安排)?{_WOMAN_OR_MAN}"
)
_NOT = r"(?:不要|不想要?|不愿意?要?|不肯要?|不接受|不让|不方便|不习惯|拒绝|谢绝|别让|别叫|别派|别)"
_REFUSED_SEX = re.compile(rf"{_NOT}(?:再)?(?:安排|派|让|叫|请|找|给)?{_WOMAN_OR_MAN}")
_NOT_THEM = re.compile(r"^(?P<sex>[男女])(?:的|性|士|同志|志愿者)?(?:不要|别来|不接受|谢绝)")
_SPEAKING = re.compile(rf"话的{_WOMAN_OR_MAN}")
_SOFT = re.compile(r"最好|尽量|希望|优先|方便的话|也可|都可|不限|无所谓|老伴|子女|儿子|女儿")
_DIALECT = r"(?:上海话|上海闲话|沪语|本地话)"
_ASKED_DIALECT = re.compile(
    rf"(?:只要|要求|要|需要|需|必须|须)(?:是|找|派|有)?(?:能|会|懂|听得?懂)?(?:说|讲|听得?懂|听|用)?{_DIALECT}"
    rf"|(?<!只)(?<!只能)(?:会|能|懂)(?:说|讲|听得?懂|听)?{_DIALECT}的(?:志愿者|服务人员|人|来|上门)"
)
_BARE_SEX = re.compile(rf"^(?:性别)?[:：]?{_WOMAN_OR_MAN}")
_BARE_DIALECT = re.compile(rf"^(?:能|会|懂|听得?懂)?(?:说|讲|听得?懂|听)?{_DIALECT}(?:的(?:志愿者|人)?)?$")
_SAYING = re.compile(
    rf"{_NOT}|{_DIALECT}|只肯?要|只能要?|只接受|只愿意?要?|要求|需要|必须|指定|最好|志愿者?|服务人员|工作人员|上门|师傅|护工|阿姨|老师"
    r"|理发|社工|医生|安排|同志|听得?懂|[男女的性士来再派让叫请找给需要仅限是由为一位个名能会懂说讲听话用有人生不别]"
)
"""The words with which such conditions are said."""
_REFUSAL = re.compile(_NOT)
_REFUSED = re.compile(rf"{_NOT}(?:再)?(?:安排|派|让|叫|请|找|给)?(?P<whom>.{{2,40}})")
_BEHIND_A_NAME = re.compile(r"^(?:$|[再来上过去服志阿先女的这做、和与及,()])")
_BETWEEN_NAMES = "、和与及,"
_AWAY = re.compile(r"^(?:不要|别)(?:再)?(?:来|上门|过来)")


class Helpers(NamedTuple):
    """What a text asks of whoever comes."""

    sex: str = ""
    """``male`` or ``female`` where only they may come."""
    dialect: bool = False
    words: tuple[str, ...] = ()
    """The parts of sentences that say it."""
    rest: tuple[str, ...] = ()
    """The others."""


NOBODY = Helpers()
_MAY_ASK = re.compile(r"[男女]|海话|海闲话|沪语|本地话")


def helpers_wanted(text: str, *, is_answer: bool = False) -> Helpers:
    """Whether a text asks for a woman or a man, or for the dialect: 只要女的, 不要男志愿者, 要会说上海话.

    Wishes (最好, 尽量) are no conditions. ``is_answer`` takes 女 and 上海话 alone too, as under 对志愿者的要求.
    """
    if not text or (not is_answer and not _MAY_ASK.search(text)):
        return NOBODY
    sexes: set[str] = set()
    dialect = False
    words: list[str] = []
    rest: list[str] = []
    for clause in CLAUSES.split(text):
        plain = re.sub(r"\s", "", half_width(clause))
        sex = "" if _SOFT.search(plain) else _sex(plain, is_answer=is_answer)
        speaks = not _SOFT.search(plain) and _dialect(plain, is_answer=is_answer)
        if sex:
            sexes.add(sex)
        dialect = dialect or speaks
        if plain:
            if sex or speaks:
                words.append(clause.strip())
            if not (sex or speaks) or has_words(plain, _SAYING):
                rest.append(clause.strip())
    # A man and a woman asked for in one breath: nobody can tell which.
    return Helpers(sexes.pop() if len(sexes) == 1 else "", dialect, tuple(words), tuple(rest))


def _sex(plain: str, *, is_answer: bool) -> str:
    if refused := _REFUSED_SEX.search(plain) or _NOT_THEM.search(plain):
        return "female" if refused["sex"] == "男" else "male"
    asked = _ASKED.search(plain) or (_BARE_SEX.search(plain) if is_answer else None)
    if asked is None and _dialect(plain, is_answer=is_answer):
        asked = _SPEAKING.search(plain)
    if asked is None or plain[: asked.start()].endswith(("不", "无", "没")):
        return ""
    return "female" if asked["sex"] == "女" else "male"


def _dialect(plain: str, *, is_answer: bool) -> bool:
    asked = _ASKED_DIALECT.search(plain) or (_BARE_DIALECT.search(plain) if is_answer else None)
    return asked is not None and not plain[: asked.start()].endswith(("不", "无", "没"))


def refused_people(text: str, names: Mapping[str, int]) -> dict[int, str]:
    """Those of ``names`` who are not to come, with the words that say it: 不要王芳来, 王芳不要来, 拒绝净邻家政上门."""
    found: dict[int, str] = {}
    if _REFUSAL.search(text) is None:
        return found
    for clause in CLAUSES.split(text):
        plain = re.sub(r"\s", "", half_width(clause))
        if _REFUSAL.search(plain) is None:
            continue
        refused = _REFUSED.search(plain)
        whom = refused["whom"] if refused is not None else ""
        while name := max((name for name in names if whom.startswith(name)), key=len, default=""):
            whom = whom[len(name) :]
            if not _BEHIND_A_NAME.match(whom):
                break
            found.setdefault(names[name], clause.strip())
            whom = whom.lstrip(_BETWEEN_NAMES)
        for name, who in names.items():
            if plain.startswith(name) and _AWAY.match(plain[len(name) :]):
                found.setdefault(who, clause.strip())
    return found
