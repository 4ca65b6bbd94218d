"""One header cell: what it says without its ornaments, and which field that means."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from jiuliting_desk.sheets.words import CONTAINED, HEADER_WORDS, ROLE_FIELDS, ROLES, TRANSPARENT_ROLES

LONGEST_HEADER = 40

_BRACKETED = re.compile(r"[(\[{<〔【《]([^()\[\]{}<>〔〕【】《》]*)[)\]}>〕】》]")
_REQUIRED = re.compile(r"[*※▲★●]|必填|选填|可选|必选")
_NUMBERING = re.compile(r"^(?:第?[0-9]{1,2}[.、)](?![0-9])|[一二三四五六七八九十]{1,2}、|[①-⑳])")
_SEPARATORS = re.compile(r"[/、,，&+;；|\\]|以及|及其|[及和与或]")
_BLANKS = re.compile(r"[\s\u3000\xa0\ufeff\u200b_]+")

_FIELDS = {word: field for field, words in HEADER_WORDS.items() for word in words.split()}
_ROLE_OF = {word: role for role, words in ROLES.items() for word in words.split()}
_ROLES_LONGEST_FIRST = sorted(_ROLE_OF, key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class HeaderText:
    """A header cell, cleaned."""

    base: str
    """Half-width, lower case, without blanks, brackets and marks."""
    inside: str
    """What stood in brackets."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field a header stands for, several joined by "+", and how sure that is."""

    field: str
    confidence: float


_EXPLAINED = {
    ("birth", "age"): "birth+age",
    **{("notes", field): field for field in ("service", "tags", "living", "health", "times")},
}
"""Fields that the word in brackets behind another makes of it: 出生年月（年龄）, 备注（服务需求）."""
_ASKED = re.compile(r"^(?:请问|请填写|请选择)?[您你](?:目前|现在)?的|(?:是什么|是多少|是|为)?[?？]+$")
"""What a question has around its header: 您目前的居住情况是？"""
_NUMBERS = "123456789一二三四五六"
_SEVERAL = frozenset({"service", "ability_service", "phones", "tags"})
"""Fields that numbered columns share: 服务1, 服务2."""
_PAST = re.compile(
    r"(?:上次|上回|上一次|上年度?|去年|往年|以往|历次|过去|此前|前次|最近一次|曾|已(?=享|接|获|得))(?:的|享受|接受|获得|得到)?"
)
"""What tells of services that were given, not of those wanted: 上次服务项目."""
_ORDINAL = re.compile(r"^第([一二三四1-4])(.{2,})$|^(.{2,}?)([一二三四1-4])(?!个|楼|号)(.*)$")

NOTHING = Meaning("", 0.0)
_NAMED = frozenset({"enterprise", "certificate", "compound", "committee", "service"})
_OF_RATINGS = frozenset({"punctual_rating", "manner_rating", "work_rating"})
_OF_SERVICES = frozenset({"service", "ability_service", "other_service", "wishes"})


def bare(text: str) -> str:
    """A header without its brackets and further lines, where these make it too long to be one."""
    if len(text) <= LONGEST_HEADER:
        return text
    return _BRACKETED.sub("", unicodedata.normalize("NFKC", text)).strip().partition("\n")[0]


@lru_cache(maxsize=20_000)
def header_text(text: str) -> HeaderText:
    """``text`` without blanks, required marks, numbering, brackets and a colon at its end."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _BLANKS.sub("", plain).lower()
    plain = _REQUIRED.sub("", plain)
    inside = "".join(_BRACKETED.findall(plain))
    base = _BRACKETED.sub("", plain)
    base = _NUMBERING.sub("", base).strip(":：.。,，、-—_()[]")
    if not base and inside:
        base, inside = inside, ""
    return HeaderText(base, inside)


def role_of(text: str) -> str:
    """The role that a group header gives to the columns under it, "" for none."""
    base = header_text(text).base
    for ending in ("基本信息", "基本情况", "信息", "情况", "资料"):
        if base.endswith(ending) and base != ending:
            base = base.removesuffix(ending)
            break
    number, rest = _contact_number(base)
    if number > 1:
        return "further_contact"
    return _ROLE_OF.get(base) or _ROLE_OF.get(rest) or _ROLE_OF.get(base.removesuffix("员"), "")


@lru_cache(maxsize=20_000)
def meaning(text: str, group: str = "") -> Meaning:
    """What a header means, under a group header where it has one. ``NOTHING`` where it is no known word."""
    text = bare(text)
    if len(text) > LONGEST_HEADER:
        return NOTHING
    said = header_text(text)
    if not said.base:
        return NOTHING
    whole = _FIELDS.get(header_text(group).base + said.base, "") if group else ""
    if whole:
        # One word broken over two rows: 居住 and 地址, 联系 and 电话.
        return Meaning(whole, 0.9)
    found = _plain_meaning(said.base)
    explained = _EXPLAINED.get((found.field, _FIELDS.get(said.inside, "")))
    if explained is not None:
        found = Meaning(explained, 0.85)
    elif not found.field and said.inside:
        inside = _plain_meaning(said.inside)
        found = Meaning(inside.field, inside.confidence * 0.8)
    role = role_of(group) if group else ""
    if role and found.field:
        found = _under(role, found)
    elif group and not found.field and said.base == "名称":
        # 证照 over 名称, 小区 over 名称.
        over = _plain_meaning(header_text(group).base).field
        found = Meaning(over, 0.85) if over in _NAMED else found
    return found


def exact_field(text: str) -> str:
    """The field of a header that is a known word exactly, "" otherwise."""
    text = bare(text)
    return _FIELDS.get(header_text(text).base, "") if len(text) <= LONGEST_HEADER else ""


def _under(role: str, found: Meaning) -> Meaning:
    if "+" in found.field:
        parts = [_under(role, Meaning(part, found.confidence)) for part in found.field.split("+")]
        return Meaning("+".join(part.field for part in parts if part.field), found.confidence)
    if role in TRANSPARENT_ROLES and (role, found.field) not in ROLE_FIELDS:
        return found
    turned = ROLE_FIELDS.get((role, found.field))
    if turned is not None:
        return Meaning(turned, found.confidence)
    if role == "birth" and found.field in {"birth", "age"}:
        return found
    if role != "further_contact" and found.field in {
        "emergency_contact",
        "emergency_phone",
        "emergency_relation",
        "notes",
        "provider",
    }:
        return found
    return Meaning("unused", found.confidence * 0.8)


def _plain_meaning(base: str) -> Meaning:
    field = _FIELDS.get(base)
    if field is not None:
        return Meaning(field, 0.95)
    unnumbered = base.rstrip(_NUMBERS)
    numbered = _FIELDS.get(unnumbered, "service" if unnumbered == "服务" != base else "")
    if numbered in _SEVERAL and not base.startswith("项目"):
        return Meaning(numbered, 0.85)
    past = _PAST.match(base)
    if past is not None and _plain_meaning(base[past.end() :]).field in {"service", "ability_service", "date"}:
        return Meaning("unused", 0.85)
    parts = [part for part in _SEPARATORS.split(base) if part]
    if len(parts) > 1:
        several = _of_parts(parts)
        if several.field:
            return several
    counted = _of_several_contacts(base)
    if counted.field:
        return counted
    asked = _ASKED.sub("", base)
    if asked and asked != base:
        return _plain_meaning(asked)
    with_role = _with_role(base)
    if with_role.field:
        return with_role
    several = _run_together(base)
    if several.field:
        return several
    field = _FIELDS.get(base[:-1]) if base[-1] in "123456①②③④一二三四" else None
    if field in {"provider", "cadre"}:
        # 志愿者1 and 志愿者2.
        return Meaning(field, 0.8)
    for word, contained, confidence in CONTAINED:
        if word in base:
            return Meaning(contained, confidence if len(base) <= 14 else confidence - 0.15)
    return NOTHING


def _of_parts(parts: list[str]) -> Meaning:
    """电话、手机 -> phones; 紧急联系人及电话 -> both; 姓名/name -> name."""
    fields: list[str] = []
    role = ""
    for part in parts:
        field = _FIELDS.get(part, "")
        named = _with_role(part)
        own_role = next((word for word in _ROLES_LONGEST_FIRST if part.startswith(word)), "")
        if not field:
            field = named.field
        if not field:
            continue
        if role and not own_role:
            turned = ROLE_FIELDS.get((role, field))
            field = turned or field
        if own_role:
            role = _ROLE_OF[own_role]
        if field == "contact_name":
            role = "ordinary_contact"
        if field not in fields:
            fields.append(field)
    if not fields:
        return NOTHING
    if fields == ["emergency_phone"] and any(_ROLE_OF.get(part) == "subject" for part in parts):
        # 本人或家属电话.
        fields = ["phones"]
    known = sum(bool(_FIELDS.get(part) or _with_role(part).field) for part in parts)
    return Meaning("+".join(fields), 0.9 if known == len(parts) else 0.65)


def _contact_number(base: str) -> tuple[int, str]:
    """Which of several contacts a header is about, and the header without that: 子女2电话, 第二联系人; 0 where none."""
    found = _ORDINAL.match(base)
    if found is None:
        return 0, base
    number, rest = (found[1], found[2]) if found[1] else (found[4], found[3] + found[5])
    role = next((word for word in _ROLES_LONGEST_FIRST if rest.startswith(word)), "")
    if _ROLE_OF.get(role) not in {"contact", "ordinary_contact"}:
        return 0, base
    return int(number) if number.isdecimal() else "一二三四".index(number) + 1, rest


def _of_several_contacts(base: str) -> Meaning:
    """The first contact is the contact; there is no field for a second one."""
    number, rest = _contact_number(base)
    if not number:
        return NOTHING
    found = _plain_meaning(rest)
    return found if number == 1 or not found.field else Meaning("unused", found.confidence)


def _with_role(base: str) -> Meaning:
    """老人姓名, 志愿者电话, 监护人联系电话: a role and a known word."""
    for word in _ROLES_LONGEST_FIRST:
        if base.startswith(word) and len(base) > len(word):
            rest = base[len(word) :].removeprefix("的")
            field = _FIELDS.get(rest)
            if field is not None:
                return _under(_ROLE_OF[word], Meaning(field, 0.9))
    return NOTHING


def _run_together(base: str) -> Meaning:
    """联系人姓名电话, 楼号室号: known words without anything between them, each at least two characters."""
    fields: list[str] = []
    rest = base
    role = ""
    for word in _ROLES_LONGEST_FIRST:
        if rest.startswith(word) and len(rest) > len(word):
            role, rest = _ROLE_OF[word], rest[len(word) :]
            break
    while rest:
        for size in range(min(len(rest), 8), 1, -1):
            field = _FIELDS.get(rest[:size])
            if field is not None:
                found = _under(role, Meaning(field, 0.8)) if role else Meaning(field, 0.8)
                fields.append(found.field)
                rest = rest[size:]
                break
        else:
            return NOTHING
    kept = list(dict.fromkeys(field for field in fields if field))
    if _OF_SERVICES.intersection(kept):
        # 意向服务类别: the kind is one of services, not of people.
        kept = [field for field in kept if field != "tags"]
    if _OF_RATINGS.intersection(kept):
        # 服务态度评价: one question, not two.
        kept = [field for field in kept if field != "rating"]
    return Meaning("+".join(kept), 0.8) if kept else NOTHING
