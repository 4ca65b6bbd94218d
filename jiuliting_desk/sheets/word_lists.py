"""Lists of words in a cell: services wanted or offered, tags, livings; known words found, unknown ones flagged."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jiuliting_desk.model.text import half_width
from jiuliting_desk.sheets.book import Cell
from jiuliting_desk.sheets.cell_words import FALSE_TEXTS, TRUE_TEXTS
from jiuliting_desk.sheets.checkboxes import checked_only, has_boxes
from jiuliting_desk.sheets.flagged import Flagged
from jiuliting_desk.sheets.tables import cell_text
from jiuliting_desk.sheets.values import has_words, is_empty

_SPLIT = re.compile(
    r"[、，,;；/\\|\n\r\t+&。·•┋┊┃│︱]|(?<!\d)\.(?!\d)|\s{1,}|以及|[①-⑳]|\d{1,2}[.、)](?!\d)|[(（]\d[)）]"
)
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_WITH_NOTE = re.compile(r"([^、，,；;/\s()（）\[\]【】]*)[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_SOFT_SPLIT = re.compile(r"以及|[和及与或]")
_FILLER = re.compile(
    r"上门|需要|需(?!求)|服务|希望|能够|提供|帮忙|帮助|帮|定期|每[周月季年天日]|偶尔|有时|一个?月|一周|[一两二三四五六七八九十\d]+(?:次|台|户|人次|小时|个|把|趟|位|人|天)"
    r"|一下子?|希望|志愿者|师傅?|老师|过?来|有人|来人|陪陪|陪|上来|太?脏了?|洗一洗|洗洗|洗|清洗|清理|搞|弄|次|麻烦|请人|找人|帮一?下|或者|另外|还|也"
    r"|老人|居家|家中|家里|家庭|家|的|去|给|做|想|要|等|请|可以|能|会|类|项目|需求|方面|左右|[\d.:：~√✓✔☑■●*★-]"
)
_NEGATIVE = re.compile(r"^(?:不|无|没|未|勿|免|暂不|拒绝)")

_NEGATIVE_WITHIN = re.compile(r"不(?!便)|没|无需|未|别|勿|已经?(?:洗|剪|做|好)|免")
_BETWEEN = re.compile(r"一下|(?<=[理剪洗打聊剃])个|聊(?=聊天)|(?<=打)扫(?=打扫)")
"""What people put between the two halves of a word: 剪个头发, 打扫一下卫生."""

TAG_WORDS: dict[str, str] = {
    "独居": "独居老人 独居 单独居住 一人居住 独自居住 孤身独居",
    "高龄": "高龄老人 高龄 80岁以上 80岁以上老人 80岁以上高龄 高龄老年人",
    "孤寡": "孤寡 孤老 孤寡老人 孤老人员 鳏寡孤独",
    "空巢": "空巢 空巢老人 纯老 纯老家庭 纯老户 纯老人家庭",
    "行动不便": "行动不便 行动不便利 腿脚不便 行走不便 行动困难",
    "失能": "失能 失能老人 完全失能 重度失能 全失能 卧床 中度失能",
    "半失能": "半失能 半失能老人 部分失能 轻度失能",
    "低保": "低保 低保户 低保老人 低保家庭 低保人员 低收入低保",
    "残疾": "残疾 残疾人 残疾老人 残障 残疾人员",
    "失独": "失独 失独老人 失独家庭 计生特殊家庭 特殊家庭",
    "优抚": "优抚 优抚对象 优抚老人 军属 烈属 退役军人 参战老兵",
    "认知障碍": "认知障碍 认知症 失智 失智老人 老年痴呆 痴呆",
}
LIVING_WORDS: dict[str, str] = {
    "独居": "独居 独居老人 一人独居 单独居住 一个人 一个人住 独自居住 一人 单身独居 自己住",
    "空巢": "空巢 与配偶同住 与老伴同住 夫妻同住 和老伴 与配偶 纯老家庭 纯老 夫妻 老两口 与配偶居住 和老伴住 双老"
    " 夫妇同住",
    "与子女同住": "与子女同住 和子女同住 与子女 与儿子同住 与女儿同住 子女同住 与家人同住 与家属同住 与子女居住"
    " 和女儿住"
    " 和儿子住 与亲属同住 与晚辈同住 三代同堂 与孙子同住 和家人住",
    "孤寡": "孤寡 孤老 孤寡老人 孤身",
    "有保姆": "有保姆 与保姆同住 保姆 住家保姆 和保姆同住 保姆照顾 有保姆照顾",
    "其他": "其他 其它 与他人同住 租住",
}
_PLAIN_PEOPLE = (
    "正常 一般 普通 其他 其它 自理 能自理 全自理 生活自理 健康 完全自理 待评估 良好 否 老人 普通老人 一般老人"
)
NOTHING_SPECIAL = frozenset(_PLAIN_PEOPLE.split())
"""Words in a column of tags that are no tag."""


NEED_WORDS: dict[str, str] = {
    "陪伴聊天": "陪聊 聊天 谈心 陪伴 聊聊天 陪护聊天 聊天陪伴 陪同聊天 陪老人聊天 唠嗑 陪伴谈心 聊天谈心",
    "居家清洁": "打扫 打扫卫生 打扫房间 家政 保洁 居家保洁 清洁 家庭保洁 家庭清洁 室内清洁 卫生打扫 居家打扫 房屋清洁"
    " 家政清洁 家政保洁 卫生保洁 清洁卫生 搞卫生 做卫生 居室清洁 居室保洁 室内保洁 家政服务 居家卫生",
    "理发": "剪发 剃头 理头发 剪头发 义务理发 上门理发",
    "清洗空调": "洗空调 空调清洗 空调 清洁空调 空调清洁 空调保洁 清洗空调机",
    "清洗油烟机": "洗油烟机 油烟机清洗 油烟机 脱排清洗 洗脱排 脱排油烟机 抽油烟机 清洗脱排 抽油烟机清洗 清洗抽油烟机"
    " 油烟机清洁 脱排 清洗脱排油烟机 脱排油烟机清洗",
    "代买代办": "代购 代买 代办 买菜 配药 代配药 代买菜 跑腿 代购代办 代买药 代购物 代取药 取药 买药 代缴费 代办代买"
    " 代买代购",
}
"""Usual other words for the services that a new file begins with, beside the ones that staff edit."""

_RHYTHM = re.compile(r"[\d一二两三四五六]+[次台户个]*[/／每](?:个?月|周|星期|年|季度?)")
"""1次/月."""
_CODES = re.compile(r"\s*(?:[1-9]\d?|[A-Za-z]|[①-⑳])(?:[\s、，,.;；/+和]*(?:[1-9]\d?|[A-Za-z]|[①-⑳]))*\s*$")
"""Numbers or letters that stand for services, where nothing says for which."""
_NO_NEED = re.compile(r"^(?:暂时?)?(?:无|没有|没|不需要?|无需)(?:任何|其他|特殊)?(?:服务)?(?:需求|需要|要求|服务)?$")


class WordList:
    """A set of known names, each with other words for it, ready to be found in cells."""

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        *,
        unknown: str,
        learned: Mapping[str, str] | None = None,
        ignored: frozenset[str] = frozenset(),
    ) -> None:
        self._unknown = unknown
        self._ignored = ignored
        self._words: dict[str, str] = {}
        for name in names:
            self._words[_key(name)] = name
        for name, others in names.items():
            for word in others:
                self._words.setdefault(_key(word), name)
        self._learned = {_key(word): name for word, name in (learned or {}).items()}
        self._words.update({word: name for word, name in self._learned.items() if name})
        longest_first = sorted((word for word in self._words if len(word) >= 2), key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    @property
    def words(self) -> frozenset[str]:
        """All words known, cleaned."""
        return frozenset(self._words)

    def named(self, text: str) -> str | None:
        """The name for exactly this word."""
        return self._words.get(_key(text))

    def read(self, cell: Cell) -> Any:
        """The known names in a cell, in order, each once; flagged with the words that are not known."""
        if cell == "":
            return ()
        text = cell_text(cell)
        whole = self._words.get(text)
        if whole is not None:
            return (whole,)
        if is_empty(text) or half_width(text).strip().lower() in FALSE_TEXTS:
            return ()
        found: dict[str, None] = {}
        unknown: list[str] = []
        notes: list[str] = []
        whole = self._words.get(_key(text))
        if whole is None and has_boxes(text):
            text = checked_only(text)
        text = _RHYTHM.sub(" ", text)
        parts = [text] if whole else [part for part in _SPLIT.split(_outside_brackets(text, notes)) if part]
        for part in parts:
            self._add(part, found, unknown)
        for note in list(notes):
            if self.named(note):
                found[self._words[_key(note)]] = None
                notes.remove(note)
        if not found and not unknown and (half_width(text).strip().lower() in TRUE_TEXTS or _CODES.match(text)):
            unknown.append(text.strip())
        if not unknown:
            return tuple(found)
        return Flagged(tuple(found), (self._unknown,), {"unknown": tuple(unknown)})

    def read_whole(self, cell: Cell) -> Any:
        """The same, with what stands in brackets and is no name among the notes: 理发（行动不便）."""
        read = self.read(cell)
        found = _WITH_NOTE.findall(cell) if type(cell) is str else ()
        beside = [
            f"{word}（{note.strip()}）" if word else note.strip()
            for word, note in found
            if self.named(note) is None and has_words(note, _FILLER)
        ]
        if not beside:
            return read
        flag = read if type(read) is Flagged else Flagged(read, ("cell_split",))
        return Flagged(flag.value, flag.codes, {**flag.extras, "notes": "；".join(beside)})

    def _add(self, part: str, found: dict[str, None], unknown: list[str]) -> None:
        key = _key(part)
        if not key or key in TRUE_TEXTS or key in FALSE_TEXTS or key in self._ignored or key in _JOINERS:
            return
        if _NO_NEED.match(key) or (part.rstrip()[-1:] in _CROSSES and self._inside(key[:-1])):
            return
        name = self._words.get(key)
        if name is not None:
            found[name] = None
            return
        if self._learned.get(key) == "":
            return
        inside = self._inside(key)
        if inside is None:
            pieces = [piece for piece in _SOFT_SPLIT.split(part) if piece]
            if len(pieces) > 1 and any(self._words.get(_key(piece)) or self._inside(_key(piece)) for piece in pieces):
                for piece in pieces:
                    self._add(piece, found, unknown)
                return
            if not _FILLER.sub("", key) and not _NEGATIVE.match(key):
                if len(key) >= 3 and not any(sign.isdigit() for sign in key):
                    unknown.append(part.strip())
                return
            unknown.append(part.strip())
            return
        for name in inside:
            found[name] = None

    def _inside(self, key: str) -> list[str] | None:
        """The names in a text that consists of known words and fillers only; None otherwise."""
        if self._any is None or _NEGATIVE.match(key) or _NEGATIVE_WITHIN.search(key):
            return None
        key = _BETWEEN.sub("", key)
        names = [self._words[word] for word in self._any.findall(key)]
        if not names:
            return None
        rest = _FILLER.sub("", self._any.sub(" ", key)).replace(" ", "")
        return names if not rest or rest in {"和", "及", "与", "或"} else None


_JOINERS = frozenset("和及与或等、以及")
_CROSSES = frozenset("××✗✘✕")


def tag_list(names: Iterable[str]) -> WordList:
    """The tags that the office uses, with the usual other words for the usual ones."""
    return WordList(
        {name: TAG_WORDS.get(name, "").split() for name in names}, unknown="tag_unknown", ignored=NOTHING_SPECIAL
    )


def need_list(categories: Mapping[str, tuple[str, ...]], learned: Mapping[str, str]) -> WordList:
    """The services that the office offers, by their names, the words that staff keep, and the usual words."""
    return WordList(
        {name: (*words, *NEED_WORDS.get(name, "").split()) for name, words in categories.items()},
        unknown="need_unknown",
        learned=learned,
    )


def living_list() -> WordList:
    """With whom an elder lives."""
    return WordList({name: words.split() for name, words in LIVING_WORDS.items()}, unknown="living_unknown")


def _key(text: str) -> str:
    return re.sub(r"\s+", "", half_width(text)).lower().strip("。.,，;；:：、*√✓✔☑■□●()（）")


def _outside_brackets(text: str, notes: list[str]) -> str:
    def kept(match: re.Match[str]) -> str:
        notes.append(match[1].strip())
        return " " if match.end() < len(match.string) else ""

    return _BRACKETED.sub(kept, text)
