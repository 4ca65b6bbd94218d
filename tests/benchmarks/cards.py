"""1,000 cards against bare reportlab calls that draw the same: once plainly, card by card, and once by one who keeps
the common parts in the PDF only once."""

import random
import time
from io import BytesIO

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from jiuliting_desk import paths
from jiuliting_desk.paper import codes, fonts
from jiuliting_desk.paper.artwork import artwork
from jiuliting_desk.paper.card_layout import STANDARD
from jiuliting_desk.paper.cards import CardFace, ServiceLine, card_sheets
from jiuliting_desk.paper.stocks import stock_named

COUNT = 1000
ROUNDS = 3
_SURNAMES = "高顾陆蔡钟汤龚沈马朱唐徐冯宋倪施叶"
_GIVEN = "莲英海宁佳敏志刚毓秀立新良裕秀珍根宝月娥伯年桂香阿毛玉琴生泉凤妹素娟兰芸"
_SERVICES = (
    ("陪伴聊天", "message-circle"),
    ("居家清洁", "brush-cleaning"),
    ("理发", "scissors"),
    ("清洗空调", "air-vent"),
    ("清洗油烟机", "cooking-pot"),
    ("代买代办", "shopping-bag"),
)


def faces() -> list[CardFace]:
    """Invented cards, the same each time."""
    dice = random.Random(1)

    def name() -> str:
        return dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=2))

    return [
        CardFace(
            number=f"{number:04d}",
            name=name(),
            office_phone="0000 6688",
            code_text=f"JLT-{number:04d}",
            hours="周一到周五 8:30–17:00",
            volunteer=name(),
            second_phone="0000 5501",
            services=tuple(ServiceLine(name=title, icon=icon) for title, icon in _SERVICES),
        )
        for number in range(COUNT)
    ]


class _Bare:
    """The same cards in plain reportlab calls, every place written down."""

    def __init__(self, cards: list[CardFace], *, keeps_common_parts: bool) -> None:
        self.cards = cards
        self.keeps_common_parts = keeps_common_parts
        for weight in ("Regular", "Medium", "Bold"):
            pdfmetrics.registerFont(
                TTFont(f"Bare-{weight}", str(paths.resource("fonts", f"NotoSansSC-{weight}.ttf")), shapable=False)
            )

    def draw(self) -> bytes:
        buffer = BytesIO()
        self.canvas = canvas = Canvas(buffer, pagesize=(210 * mm, 297 * mm), pageCompression=1,
                                      initialFontName="Bare-Regular")  # fmt: skip
        if self.keeps_common_parts:
            for name, draw in (("head", self.head), ("back", self.back)):
                canvas.beginForm(name, 0, 0, 90 * mm, 54 * mm)
                draw(self.cards[0])
                canvas.endForm()
        for first in range(0, COUNT, 10):
            for x in (15, 105, 195):
                canvas.line(x * mm, 285.5 * mm, x * mm, 292.5 * mm)
                canvas.line(x * mm, 4.5 * mm, x * mm, 11.5 * mm)
            for row in range(6):
                y = (13.5 + row * 54) * mm
                canvas.line(6 * mm, y, 13 * mm, y)
                canvas.line(197 * mm, y, 204 * mm, y)
            for is_back in (False, True):
                for slot, card in enumerate(self.cards[first : first + 10]):
                    column = slot % 2
                    canvas.saveState()
                    canvas.translate((15 + (1 - column if is_back else column) * 90) * mm,
                                     (297 - 13.5 - 54 * (slot // 2 + 1)) * mm)  # fmt: skip
                    if is_back:
                        canvas.doForm("back") if self.keeps_common_parts else self.back(card)
                    else:
                        canvas.doForm("head") if self.keeps_common_parts else self.head(card)
                        self.own(card)
                    canvas.restoreState()
                canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    def text(self, x: float, y: float, text: str, weight: str, size: float, colour: str, right: bool = False) -> None:
        canvas = self.canvas
        canvas.setFont(f"Bare-{weight}", size * mm)
        canvas.setFillColor(HexColor(colour))
        (canvas.drawRightString if right else canvas.drawString)(x * mm, (54 - y) * mm, text)

    def rule(self, y: float, width: float, colour: str) -> None:
        self.canvas.setLineWidth(width * mm)
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.line(5 * mm, (54 - y) * mm, 85 * mm, (54 - y) * mm)

    def drawing(self, name: str, x: float, y: float, side: float) -> None:
        art = artwork(name)
        scale = side / art.side
        for outline in art.outlines:
            path = self.canvas.beginPath()
            for kind, points in outline.curves:
                flat = [v for px, py in points for v in ((x + px * scale) * mm, (54 - y - py * scale) * mm)]
                {"move": path.moveTo, "line": path.lineTo, "curve": path.curveTo, "close": path.close}[kind](*flat)
            self.canvas.setLineWidth(outline.stroke_width * scale * mm)
            self.canvas.drawPath(path, stroke=int(outline.stroke != "none"), fill=int(outline.fill != "none"))

    def head(self, card: CardFace) -> None:
        self.drawing("mark", 5, STANDARD.mark_y, STANDARD.mark_side)
        self.text(13.9, STANDARD.brand_y, "九里", "Bold", 5.5, "#1A1815")
        self.text(26.0, STANDARD.brand_y, "to", "Bold", 5.5, "#BE2E1D")
        self.text(33.0, STANDARD.brand_y, "行动", "Bold", 5.5, "#1A1815")
        self.text(85, STANDARD.brand_y, "结对助老服务卡", "Regular", 4.4, "#4A4640", right=True)
        self.rule(STANDARD.rule_y, 0.35, "#BE2E1D")
        self.text(5, STANDARD.lead_in_y, card.lead_in, "Medium", 4.9, "#1A1815")
        self.text(85, STANDARD.lead_in_y, card.hours, "Regular", 4.4, "#4A4640", right=True)
        self.text(5, STANDARD.phone_y, card.office_phone, "Bold", 16.17, "#1A1815")

    def own(self, card: CardFace) -> None:
        self.text(5, STANDARD.name_y, card.name, "Bold", 6.4, "#1A1815")
        self.text(26.5, STANDARD.name_y, f"卡号 {card.number}", "Regular", 4.5, "#4A4640")
        self.text(5, STANDARD.volunteer_y, "您的志愿者", "Regular", 4.5, "#4A4640")
        self.text(29.8, STANDARD.volunteer_y, card.volunteer, "Bold", 5.4, "#1A1815")
        matrix = segno.make_qr(card.code_text, error="m").matrix
        step = 12.8 / len(matrix) * mm
        path = self.canvas.beginPath()
        for row, cells in enumerate(matrix):
            column = 0
            while column < len(cells):
                begin = column
                while column < len(cells) and cells[column]:
                    column += 1
                if column > begin:
                    path.rect(72.2 * mm + begin * step, 17 * mm - (row + 1) * step, (column - begin) * step, step)
                column += 1
        self.canvas.setFillColor(HexColor("#1A1815"))
        self.canvas.drawPath(path, stroke=0, fill=1)

    def back(self, card: CardFace) -> None:
        self.text(5, 9.4, "能帮您做这些事", "Bold", 5.6, "#1A1815")
        self.text(85, 9.4, "都不收钱", "Medium", 4.9, "#BE2E1D", right=True)
        self.rule(12.8, 0.35, "#BE2E1D")
        for number, service in enumerate(card.services):
            x, y = 5 + number % 2 * 41, 18.1 + number // 2 * 9.1
            self.drawing(service.icon, x, y - 3, 5.9)
            self.text(x + 8.6, y + 1.9, service.name, "Medium", 5.3, "#1A1815")
        self.rule(41.4, 0.2, "#8A857C")
        self.text(5, 46.5, f"打不通找居委会 {card.second_phone}", "Medium", 4.4, "#1A1815")
        self.text(5, 50.7, "捡到这张卡，请交给居委会", "Regular", 3.1, "#4A4640")
        self.canvas.setFillColor(HexColor("#1A1815"))
        self.canvas.roundRect(62 * mm, 4.4 * mm, 23 * mm, 7.2 * mm, 1.2 * mm, stroke=0, fill=1)
        self.text(63, 47.6, "急病打 120", "Bold", 4.4, "#FFFFFF")


def run() -> list[tuple[str, str, float, float, str]]:
    """The rows of the table; each figure is the best of three, taken in turns."""
    cards = faces()
    stock = stock_named("90x54")
    plain = _Bare(cards, keeps_common_parts=False)
    sparing = _Bare(cards, keeps_common_parts=True)
    ours: list[float] = []
    floor: list[float] = []
    sparing_floor: list[float] = []

    def draw_ours() -> bytes:
        return card_sheets(cards, stock=stock)

    for _ in range(ROUNDS):
        for cached in (codes.dark_runs, fonts.runs, fonts.width_em):
            cached.cache_clear()
        for times, draw in (
            (ours, draw_ours),
            (floor, plain.draw),
            (sparing_floor, sparing.draw),
        ):
            begin = time.perf_counter()
            draw()
            times.append(time.perf_counter() - begin)
    what, size = "service cards, front and back, as a PDF", f"{COUNT} cards, 200 pages"
    return [
        (what, size, min(ours), min(floor), "bare reportlab calls drawing the same"),
        (what, size, min(ours), min(sparing_floor), "the same calls, common parts kept once"),
    ]
