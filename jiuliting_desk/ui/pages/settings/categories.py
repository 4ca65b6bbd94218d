"""The section 服务项目: what the office offers, in which unit, to whom and how often."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from jiuliting_desk.actions import categories
from jiuliting_desk.actions.certificates import known_kinds
from jiuliting_desk.actions.tags import tags_in_order
from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.model.needs import Need, NeedState
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.ui import theme
from jiuliting_desk.ui.pages.settings.eligibility_field import EligibilityField, eligibility_words
from jiuliting_desk.ui.pages.settings.list_tools import use_cell
from jiuliting_desk.ui.pages.settings.ordered import ListActions, OrderedSection
from jiuliting_desk.ui.record_dialog import RecordDialog
from jiuliting_desk.ui.session import Done, Session
from jiuliting_desk.ui.widgets.cells import Cell
from jiuliting_desk.ui.widgets.fields import NumberField
from jiuliting_desk.ui.widgets.form import Form
from jiuliting_desk.ui.widgets.icon_choice import IconChoice
from jiuliting_desk.ui.widgets.rows_model import Column
from jiuliting_desk.ui.widgets.suggest_field import SuggestField
from jiuliting_desk.ui.widgets.words_field import WordsField

ICONS = (
    "message-circle", "brush-cleaning", "scissors", "air-vent", "cooking-pot", "shopping-bag", "heart-handshake",
    "hand-heart", "wrench", "house", "languages", "graduation-cap", "ear", "phone", "book-open-text", "award",
)  # fmt: skip
"""Icons that a service may have."""


class CategorySection(OrderedSection[ServiceCategory]):
    """The services in the order in which they are offered."""

    watches: ClassVar = frozenset({ServiceCategory, Tag})

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            title=self.tr("服务项目"),
            purpose=self.tr("这里的次序就是别处选项目的次序。已经有人要过的不能删，可以停用；停用以后老的记录还在。"),
            add=self.tr("加服务项目"),
            columns=self._columns(),
            actions=ListActions(
                read=lambda: categories.categories_in_order(session.store, with_unused=True),
                order=categories.order_categories,
                use=categories.use_category,
                remove=categories.remove_category,
                record="category",
            ),
            open_form=self._open,
            name_of=lambda one: one.name,
            still=self._waiting,
            narrow=False,
        )

    def _waiting(self, category: ServiceCategory) -> str:
        """How many needs of it still wait: they stay in the plan."""
        count = self.session.store.count(Need, category_id=category.id, state=[NeedState.OPEN, NeedState.CLAIMED])
        if not count:
            return ""
        return self.tr("还有 {count} 条需求在等，照样会排；不做了就在老人那里记“不要了”。").format(count=count)

    def _columns(self) -> list[Column[ServiceCategory]]:
        use = (self.tr("在用"), self.tr("已停用"))
        return [
            Column(
                key="name",
                title=self.tr("项目"),
                cell=lambda one: Cell(one.name, icon=one.icon, strong=True),
                width=140,
                stretch=1,
            ),
            Column(key="unit", title=self.tr("单位"), cell=lambda one: one.unit, width=64),
            Column(key="minutes", title=self.tr("分钟"), cell=lambda one: str(one.minutes), width=64, right=True),
            Column(
                key="certificate",
                title=self.tr("要证书"),
                cell=lambda one: one.certificate_kind or Cell("—", tone="ink3"),
                width=104,
            ),
            Column(key="months", title=self.tr("月份"), cell=self._months, width=96, give_up=2),
            Column(key="quota", title=self.tr("一年"), cell=self._quota, width=72, right=True, give_up=3),
            Column(key="who", title=self.tr("给谁"), cell=self._who, width=150, stretch=1, give_up=1),
            Column(key="active", title=self.tr("状态"), cell=lambda one: use_cell(one.active, use), width=96),
        ]

    def _months(self, category: ServiceCategory) -> Cell | str:
        if not category.months:
            return Cell(self.tr("全年"), tone="ink3")
        return self.tr("{months}月").format(months="、".join(map(str, category.months)))

    def _quota(self, category: ServiceCategory) -> Cell | str:
        if category.quota_per_year is None:
            return Cell(self.tr("不限"), tone="ink3")
        return self.tr("{count} 次").format(count=category.quota_per_year)

    def _who(self, category: ServiceCategory) -> Cell | str:
        words = {"age": self.tr("满 {age} 岁"), "or": self.tr("；或 "), "everybody": self.tr("都可以")}
        text = eligibility_words(category.eligibility, words)
        return Cell(text, tone="ink" if category.eligibility else "ink3", tip=text)

    def _form(self) -> Form:
        form = Form(label_width=92)
        form.text("name", self.tr("名称"), required=True)
        form.text("unit", self.tr("单位"), required=True, hint=self.tr("汇总表按它数：台、户、人次、次、把。"))
        form.number("minutes", self.tr("一次多久"), 5, 600, unit=self.tr("分钟"), hint=self.tr("在老人家里的时间。"))
        form.add("words", self.tr("别的说法"), WordsField(), hint=self.tr("名单和电话里的叫法：擦玻璃、打扫。"))
        form.add(
            "certificate_kind",
            self.tr("要什么证书"),
            SuggestField(known_kinds(self.session.store), placeholder=self.tr("不要就空着")),
        )
        form.add("icon", self.tr("图标"), IconChoice(ICONS))
        form.heading(self.tr("什么时候、给谁、几次"))
        months = [(month, self.tr("{month}月").format(month=month)) for month in range(1, 13)]
        form.chips("months", self.tr("哪几个月"), months, hint=self.tr("一个都不选就是全年。"))
        quota = NumberField(-1, 400)
        quota.setSpecialValueText(self.tr("不限"))
        quota.setFixedWidth(theme.px(110))
        form.add("quota_per_year", self.tr("一年最多"), quota, unit=self.tr("次"))
        tags = [tag.name for tag in tags_in_order(self.session.store)]
        form.add(
            "eligibility",
            self.tr("给谁"),
            EligibilityField(tags),
            hint=self.tr("几条里合一条就行；一条都没有就是谁都可以。不合的打电话时会提醒，可以写原因照样约。"),
        )
        return form

    def _open(self, chosen: ServiceCategory | None) -> None:
        category = chosen or ServiceCategory(name="")
        form = self._form()
        shown = {name: getattr(category, name) for name in form.fields}
        shown["quota_per_year"] = -1 if category.quota_per_year is None else category.quota_per_year
        form.set_values(**shown)

        def store(values: dict[str, Any], on_error: Callable[[UserError], object]) -> Done[ServiceCategory] | None:
            values["quota_per_year"] = None if values["quota_per_year"] < 0 else values["quota_per_year"]
            action = categories.edit_category if category.id else categories.add_category
            return self.session.perform(action, category=replace(category, **values), on_error=on_error)

        title = self.tr("改服务项目：{name}").format(name=category.name) if category.id else self.tr("加服务项目")
        dialog = RecordDialog(
            self.session, title=title, form=form, store=store, width=620, tall=True, parent=self.window()
        )
        dialog.saved.connect(self.table.choose)
        self.session.dialogs.show(dialog)
