"""What the search box shows: hits grouped by why they matched, then what one may do at once."""

from collections.abc import Collection
from itertools import groupby

from PySide6.QtCore import QCoreApplication, QObject

from jiuliting_desk.actions.search import Hit, Why, search
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.dates import age_on
from jiuliting_desk.model.elders import Elder, Sex
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.model.visits import Visit
from jiuliting_desk.ui import labels
from jiuliting_desk.ui.masking import masked_phone
from jiuliting_desk.ui.session import Ref, Session
from jiuliting_desk.ui.widgets.cells import Chip
from jiuliting_desk.ui.widgets.search_box import Found

NEED_TONES = {
    "open": ("warn", "circle-dashed"),
    "claimed": ("warn", "circle-dot"),
    "booked": ("info", "calendar-check"),
}


def why_words(why: Why) -> str:
    """Why a hit is one."""
    translate = QCoreApplication.translate
    return {
        Why.FORM_NUMBER: translate("search", "反馈表号"),
        Why.CARD_NUMBER: translate("search", "卡号"),
        Why.PHONE: translate("search", "电话尾号"),
        Why.ID_TAIL: translate("search", "身份证尾号"),
        Why.PINYIN: translate("search", "拼音"),
        Why.NAME: translate("search", "姓名"),
        Why.PLACE: translate("search", "住址"),
    }[why]


class Finder(QObject):
    """Asks the file and makes lines of the answer."""

    def __init__(self, session: Session, pages: Collection[str]) -> None:
        super().__init__(session)
        self._session = session
        self._pages = pages

    def lines(self, text: str, *, inactive: bool = False) -> list[Found]:
        """The lines for the words typed."""
        if self._session.is_lent:
            return [Found(text=self.tr("正在做一件要等一会儿的事，做完就能找。"), is_heading=True)]
        hits = search(self._session.store, text, limit=20, inactive=inactive)
        categories = {category.id: category.name for category in self._session.store.all(ServiceCategory)}
        lines: list[Found] = []
        # The groups stand as their first hits do: an exact card number comes before a form of that number.
        order = list(dict.fromkeys(hit.why for hit in hits))
        for why, group in groupby(sorted(hits, key=lambda hit: order.index(hit.why)), key=lambda hit: hit.why):
            members = list(group)
            heading = self.tr("{why} {text}　{count} 位").format(why=why_words(why), text=text, count=len(members))
            lines.append(Found(text=heading, is_heading=True))
            lines += [self._line(hit, categories) for hit in members]
        if not hits:
            words = self.tr("“已停用”里也没有“{text}”") if inactive else self.tr("没有找到“{text}”")
            lines.append(Found(text=words.format(text=text), is_heading=True))
        return lines + self._things_to_do(text, hits, inactive=inactive)

    def _line(self, hit: Hit, categories: dict[int, str]) -> Found:
        session = self._session
        if hit.kind == "visit":
            return self._form_line(hit)
        is_elder = hit.kind == "elder"
        ref = Ref(Elder if is_elder else Provider, hit.record_id)
        age = age_on(hit.birth, session.today())
        after = [labels.label(Sex(hit.sex))] if hit.sex and hit.sex != Sex.UNKNOWN else []
        if age is not None:
            after.append(self.tr("{age} 岁").format(age=age))
        if not is_elder:
            after.append(self.tr("爱心企业") if hit.kind == "enterprise" else self.tr("志愿者"))
        chips = [
            Chip(f"{categories.get(category_id, '')}·{labels.state('need', state)}", *NEED_TONES.get(state, ("", "")))
            for category_id, state in hit.needs[:2]
        ]
        if hit.is_void_card:
            chips.insert(0, Chip(self.tr("这张卡已作废"), "bad", "circle-alert"))
        if hit.state not in {"active", ""}:
            chips.insert(0, Chip(labels.any_state(hit.state)))
        number = self.tr("编号 {number}").format(number=hit.number) if hit.number else ""
        place = (
            f"{hit.compound} {hit.building}{self.tr('号') if hit.building.isdecimal() else ''} {hit.unit} {hit.room}"
        )
        return Found(
            text=hit.name,
            matched=hit.matched,
            after="　".join(after),
            second=" ".join(place.split()),
            right="　".join(part for part in (masked_phone(hit.phone), number) if part),
            chips=tuple(chips),
            run=lambda: session.goto("elders" if is_elder else "providers", ref),
            book=(lambda: session.goto("phone", ref, "call")) if is_elder and "phone" in self._pages else None,
        )

    def _form_line(self, hit: Hit) -> Found:
        session = self._session
        page = "feedback" if "feedback" in self._pages else "visits"
        return Found(
            text=self.tr("{name} 的反馈表").format(name=hit.name),
            after=labels.state("visit", hit.state),
            second=hit.compound,
            right=hit.number,
            run=lambda: session.goto(page, Ref(Visit, hit.record_id)) if page in self._pages else None,
        )

    def _things_to_do(self, text: str, hits: list[Hit], *, inactive: bool) -> list[Found]:
        session = self._session
        found = [Found(text=self.tr("直接去做"), is_heading=True)]
        elder = next((hit for hit in hits if hit.kind == "elder"), None)
        if elder is not None and "phone" in self._pages:
            ref = Ref(Elder, elder.record_id)
            words = self.tr("给 {name} 预约上门").format(name=elder.name)
            book = lambda: session.goto("phone", ref, "call")  # noqa: E731
            found.append(Found(text=words, icon="phone-call", keys="F2", run=book))
        if "elders" in self._pages:
            found.append(
                Found(
                    text=self.tr("登记一位新老人"),
                    icon="user-plus",
                    keys="Ctrl+N",
                    run=lambda: session.goto("elders", None, "new", typed=text),
                )
            )
        if not hits and not inactive:
            found.append(
                Found(text=self.tr("到“已停用”里再找一次"), icon="search", run=lambda: session.search_wanted.emit(text))
            )
        return found if len(found) > 1 else []
