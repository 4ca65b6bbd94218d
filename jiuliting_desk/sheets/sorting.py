"""Which rows of a table are records, which belong to the record above, and which are left out and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jiuliting_desk.sheets.book import Row
from jiuliting_desk.sheets.cell_words import FALSE_TEXTS
from jiuliting_desk.sheets.facts import pairs_in
from jiuliting_desk.sheets.grid import Grid, is_blank
from jiuliting_desk.sheets.headers import header_text
from jiuliting_desk.sheets.layout import Frame
from jiuliting_desk.sheets.tables import LeftOut, Omission
from jiuliting_desk.sheets.words import FOOTER_WORDS, TOTAL_WORDS

_SUM = re.compile(r"^(?:本页)?(?:合计|小计|总计|共计|累计)|(?:合计|小计|总计|共计)(?:[:：]?\d+[人户名次条]?)?$")
_COUNTED = re.compile(r"^(?:总共|一共|共计?|合计)[:：]?\d+(?:人|户|名|次|条|位)$")
_TOTAL_STARTS = frozenset("合小总共累本汇平tTsS ")
_GROUP_NAME = re.compile(
    r"^[一二三四五六七八九十]{1,3}[、.．]|^[(（][一二三四五六七八九十]{1,3}[)）]|[：:]$"
    r"|^.{2,}(?:新村|小区|花园|公寓|居民区|居委会|社区|楼组|居民组|小组|街坊)$"
)
"""A lone text in the column of names that names a group of persons rather than one."""
_EXAMPLE_STARTS = ("例", "示例", "样例", "举例", "填写示例", "如:", "如：", "(例", "（例", "范例")
_HINTS = ("必填", "选填", "如：", "如:", "例如", "下拉", "填写", "格式", "请选择", "请填")
_PREFILLED = FALSE_TEXTS | {"请选择", "请填写", "请输入"}
"""What a template says of nobody in particular."""
_PLAIN_FIELDS = frozenset({"", "number", "code", "committee", "date", "registered_on", "year", "month", "signature"})
"""Fields that may be filled in beforehand and tell nothing of a person."""
_ADDED_FIELDS = frozenset(
    {"needs", "skills", "wishes", "quantity", "notes", "times", "wanted_times", "urgency", "rhythm", "category",
     "certificate", "certificate_number", "certificate_expires", "emergency_contact", "emergency_phone",
     "emergency_relation", "contact_name", "contact_phone", "other_service"}
)  # fmt: skip
"""Fields of which a person may have several, one below the other."""


@dataclass(slots=True)
class Sorted:
    """The rows of a table, sorted; all from 0."""

    records: list[list[int]] = field(default_factory=list)
    """Each record's rows: one, or several that belong together."""
    nameless: set[int] = field(default_factory=set)
    """First rows of records without a name."""
    left_out: list[LeftOut] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    """Rows that name a group, with their text."""


def sorted_rows(grid: Grid, frame: Frame, fields: Mapping[int, str], key_columns: tuple[int, ...]) -> Sorted:
    """Sort the rows of a table; ``key_columns`` hold what a record cannot lack (a name), the first counts most."""
    found = Sorted()
    header = {column: header_text(texts[-1]).base for column, texts in frame.levels.items() if texts}
    key = key_columns[0] if key_columns else -1
    covered = (
        {row for top, bottom in grid.down.get(key, ()) for row in range(top + 1, bottom + 1)} if key >= 0 else set()
    )
    others = [column for column, name in fields.items() if column != key and name not in _PLAIN_FIELDS]
    header_words = frozenset(header.values())
    rows = grid.rows
    left = frame.left
    own = [column for column in frame.columns if column not in frame.shared] if frame.shared else []
    row = frame.bottom + 1
    while row <= frame.last:
        cells = rows[row]
        if row in frame.again:
            _leave(found, row, Omission.HEADER_AGAIN)
        elif own and all(is_blank(cells[column]) for column in own):
            # A household of one: what stands there is said of the person in the table beside.
            _leave(found, row, Omission.BLANK)
        elif row in grid.hidden:
            _leave(found, row, Omission.HIDDEN)
        elif key >= 0 and row in covered and found.records and not _is_empty(cells, frame):
            found.records[-1].append(row)
        elif row > frame.bottom + 2 and key >= 0 and _is_plainly_record(cells, key, left, others, header_words):
            found.records.append([row])
        else:
            _sort_slowly(grid, frame, row, fields, key, header, found)
        row += 1
    _settle_sections(grid, frame, found)
    return found


def _is_plainly_record(cells: Row, key: int, left: int, others: list[int], header_words: frozenset[str]) -> bool:
    name, first = cells[key], cells[left]
    if type(name) is not str or not name or name[0] in _TOTAL_STARTS or name[-1] == "计" or name in header_words:
        return False
    if type(first) is str and first and (first[0] in _TOTAL_STARTS or first[-1] in "：:"):
        return False
    return any(cells[column] != "" for column in others)


def _is_empty(cells: Row, frame: Frame) -> bool:
    return all(is_blank(cell) for cell in cells[frame.left : frame.right + 1])


def _leave(found: Sorted, row: int, why: Omission, text: str = "") -> None:
    last = found.left_out[-1] if found.left_out else None
    if last is not None and last.why is why and last.last_row == row and (why is not Omission.TOTAL):
        found.left_out[-1] = LeftOut(first_row=last.first_row, last_row=row + 1, why=why, text=last.text)
        return
    found.left_out.append(LeftOut(first_row=row + 1, last_row=row + 1, why=why, text=text))


def _sort_slowly(
    grid: Grid,
    frame: Frame,
    row: int,
    fields: Mapping[int, str],
    key: int,
    header: dict[int, str],
    found: Sorted,
) -> None:
    cells = grid.rows[row]
    filled = grid.filled(row, frame.left, frame.right)
    if not filled:
        named = _named_beside(grid, frame, row)
        if named:
            found.sections.append((row, named))
        _leave(found, row, Omission.SECTION if named else Omission.BLANK, named)
        return
    texts = [str(cells[column]).strip() for column in filled]
    first = texts[0]
    if is_total(first) or any(is_total(text) for text in texts[1:3]):
        _leave(found, row, Omission.TOTAL, first)
        return
    again = sum(header_text(text).base == header.get(column) for column, text in zip(filled, texts, strict=True))
    if again >= 2 and again >= 0.5 * len(filled):
        _leave(found, row, Omission.HEADER_AGAIN)
        return
    if row <= frame.bottom + 2 and _numbers_columns(texts):
        _leave(found, row, Omission.HEADER_AGAIN)
        return
    if first.startswith(_EXAMPLE_STARTS) and row <= frame.bottom + 3:
        _leave(found, row, Omission.EXAMPLE, first)
        return
    if is_footer(texts):
        _leave(found, row, Omission.FOOTER, "  ".join(texts))
        return
    if len(filled) == 1 and fields.get(filled[0]) not in _PLAIN_FIELDS and key >= 0 and filled[0] != key:
        single_added = _field_names(fields, filled) & _ADDED_FIELDS
        if not single_added:
            _note_or_section(grid, frame, row, filled, texts, found)
            return
    if len(filled) == 1 and _is_number(first) and len(first) < 6:
        _leave(found, row, Omission.PREFILLED, first)
        return
    if len(filled) == 1 and filled[0] == key and _GROUP_NAME.search(first):
        _note_or_section(grid, frame, row, filled, texts, found)
        return
    if len(filled) == 1 and (filled[0] != key or grid.span(row, filled[0]) > filled[0] or len(first) > 6):
        column = filled[0]
        if not (_field_names(fields, filled) & _ADDED_FIELDS) or grid.span(row, column) > column:
            _note_or_section(grid, frame, row, filled, texts, found)
            return
    if key not in filled and all(
        fields.get(column, "") in _PLAIN_FIELDS or text in _PREFILLED
        for column, text in zip(filled, texts, strict=True)
    ):
        _leave(found, row, Omission.PREFILLED, first)
        return
    if row <= frame.bottom + 2 and _is_hint(texts):
        _leave(found, row, Omission.EXAMPLE, first)
        return
    if key < 0 or not is_blank(cells[key]):
        found.records.append([row])
        return
    names = _field_names(fields, filled)
    own = names - _ADDED_FIELDS - _PLAIN_FIELDS
    own = {name for name in own if not name.startswith(("need:", "skill:", "figure:", "wish:"))}
    if not own and found.records and found.records[-1][-1] == row - 1:
        found.records[-1].append(row)
        return
    found.records.append([row])
    found.nameless.add(row)


def _named_beside(grid: Grid, frame: Frame, row: int) -> str:
    """A line like 单位名称：… that begins left of a table which stands beside another."""
    cells = grid.filled(row) if frame.left else []
    text = str(grid.rows[row][cells[0]]) if len(cells) == 1 and cells[0] < frame.left else ""
    return text if pairs_in([text]) else ""


_COUNTERS = ("甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _numbers_columns(texts: list[str]) -> bool:
    """Whether a line under the header only counts the columns: 1 2 3, (1) (2) (3), 甲 乙 1 2, A B C."""
    if len(texts) < 3:
        return False
    before = ""
    for text in texts:
        said = text.strip("()（） ").removesuffix(".0")
        follows = said in {"1", "甲", "A"} if not before else said == _after(before)
        if not follows and said != "1":
            return False
        before = said
    return True


def _after(counter: str) -> str:
    """What comes after a counter of columns."""
    if counter.isdecimal():
        return str(int(counter) + 1)
    return next((signs[signs.index(counter) + 1 :][:1] for signs in _COUNTERS if counter in signs), "")


def _field_names(fields: Mapping[int, str], columns: list[int]) -> set[str]:
    return {part for column in columns for part in fields.get(column, "").split("+")}


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("、", "").isdecimal()


def is_total(text: str) -> bool:
    """合计, 小计：60人, 本页合计."""
    if not text or (text[0] not in _TOTAL_STARTS and "计" not in text):
        return False
    base = header_text(text).base
    if base in TOTAL_WORDS or _COUNTED.match(base):
        return True
    return len(base) <= 20 and _SUM.search(base) is not None


def is_footer(texts: list[str]) -> bool:
    """填表人：…  审核人：… below a table."""
    labelled = [text for text in texts if _is_label(text)]
    return bool(labelled) and _is_label(texts[0]) and len(texts) <= 2 * len(labelled) + 1


def _is_label(text: str) -> bool:
    raw = text.strip().lstrip("*※")
    base = raw.replace(" ", "").replace("\u3000", "")
    if base.endswith(("：", ":")) and any(word in base for word in ("签字", "签名", "盖章", "签章")):
        return True
    for word in FOOTER_WORDS:
        if base.startswith(word):
            rest = base[len(word) :]
            if not rest and word not in {"备注", "注", "说明", "日期", "联系人"}:
                return True
            if raw[len(word) : len(word) + 1] in {" ", "\u3000", "："}:
                return True
            if rest[:1] in {"：", ":"} or (rest.startswith(("（", "(")) and "：" in rest):
                return True
    return False


def _is_hint(texts: list[str]) -> bool:
    """A line of instructions under the header: 必填, 选填, 如：…, 下拉选择."""
    hints = sum(
        (text[0] in "(（" and text[-1] in ")）")
        or any(
            word in text for word in ("必填", "选填", "如：", "如:", "例如", "下拉", "填写", "格式", "请选择", "请填")
        )
        for text in texts
    )
    return hints >= max(1, 0.4 * len(texts))


def _note_or_section(grid: Grid, frame: Frame, row: int, filled: list[int], texts: list[str], found: Sorted) -> None:
    text = texts[0]
    if len(text) > 30 or text.startswith(("注", "说明", "备注", "※", "*")):
        _leave(found, row, Omission.NOTE, text)
        return
    found.sections.append((row, text))
    _leave(found, row, Omission.SECTION, text)


def _settle_sections(grid: Grid, frame: Frame, found: Sorted) -> None:
    """Single lines after the last record are footers, not names of groups."""
    last = found.records[-1][-1] if found.records else frame.bottom
    found.left_out = [
        LeftOut(first_row=left.first_row, last_row=left.last_row, why=Omission.FOOTER, text=left.text)
        if left.why is Omission.SECTION and left.first_row > last + 1
        else left
        for left in found.left_out
    ]
    found.sections = [section for section in found.sections if section[0] < last]
    while found.left_out and found.left_out[-1].why is Omission.BLANK and found.left_out[-1].first_row > last + 1:
        found.left_out.pop()
