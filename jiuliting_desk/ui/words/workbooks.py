"""Words for workbooks that cannot be read, for remarks of their reading, and for their columns and kinds."""

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.sheets.book import SheetTrouble, TroubleKind
from jiuliting_desk.sheets.fields import UNSTORED
from jiuliting_desk.sheets.tables import Kind, Omission, Remark
from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

TROUBLES: dict[TroubleKind, str] = {
    TroubleKind.MISSING: QT_TRANSLATE_NOOP("workbooks", "找不到“{name}”，可能移走或改名了。请重新选文件。"),
    TroubleKind.HELD: QT_TRANSLATE_NOOP("workbooks", "“{name}”正被 WPS 或 Excel 占着。关掉它，再选一次。"),
    TroubleKind.LOCK_FILE: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”是 WPS、Excel 打开时留下的影子文件，不是名单。请选旁边没有 ~$ 的那一个。"
    ),
    TroubleKind.FOLDER: QT_TRANSLATE_NOOP("workbooks", "“{name}”是文件夹，不是表格。请选里面的文件。"),
    TroubleKind.UNREADABLE: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”读不出来，U 盘或网络可能断了。拷到桌面上再试。什么都没有改动。"
    ),
    TroubleKind.EMPTY_FILE: QT_TRANSLATE_NOOP("workbooks", "“{name}”是空文件，里面什么都没有。请对方重新发一份。"),
    TroubleKind.NOT_A_SPREADSHEET: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”不是表格{what}。请用 WPS 或 Excel 另存为 .xlsx 再导入。"
    ),
    TroubleKind.TOO_LARGE: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”太大，为了不卡住电脑没有读。请只留名单那一页，另存为新文件再导入。"
    ),
    TroubleKind.DANGEROUS: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”里有不该有的内容，为安全没有读。请对方用 WPS 或 Excel 另存一份再发来。"
    ),
    TroubleKind.DAMAGED: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”坏了或没有传完整，读不出来。请用 WPS 打开另存一份，或请对方重发。什么都没有改动。"
    ),
    TroubleKind.PASSWORD_NEEDED: QT_TRANSLATE_NOOP("workbooks", "“{name}”有打开密码，请输入密码。"),
    TroubleKind.PASSWORD_WRONG: QT_TRANSLATE_NOOP("workbooks", "“{name}”的密码不对，请再输一次。"),
    TroubleKind.CIPHER_UNKNOWN: QT_TRANSLATE_NOOP(
        "workbooks",
        "“{name}”加了密码，这种加密这里解不开。请用做这张表的软件打开，去掉密码，另存成 .xlsx 再导入；"
        "打不开就请对方这样存好重发。什么都没有改动。",
    ),
    TroubleKind.TOO_SLOW: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”读了 {limit} 秒还没读完，已停下。请只留名单那一页，另存为新文件再导入。"
    ),
    TroubleKind.READER_DIED: QT_TRANSLATE_NOOP(
        "workbooks", "“{name}”读到一半停了，文件里有读不了的东西。请用 WPS 另存一份再导入。什么都没有改动。"
    ),
    TroubleKind.NOTHING_READABLE: QT_TRANSLATE_NOOP("workbooks", "“{name}”里每一页都是空的。请核对文件。"),
    TroubleKind.CANCELLED: QT_TRANSLATE_NOOP("workbooks", "“{name}”不读了，什么都没有改动。"),
}

_STRANGERS: dict[str, str] = {
    "pdf": QT_TRANSLATE_NOOP("workbooks", "（是 PDF）"),
    "picture": QT_TRANSLATE_NOOP("workbooks", "（是图片）"),
    "word": QT_TRANSLATE_NOOP("workbooks", "（是 Word 文档）"),
    "slides": QT_TRANSLATE_NOOP("workbooks", "（是演示文稿）"),
    "archive": QT_TRANSLATE_NOOP("workbooks", "（是压缩包，先解开）"),
    "program": QT_TRANSLATE_NOOP("workbooks", "（是程序）"),
    "too_old": QT_TRANSLATE_NOOP("workbooks", "（版本太老）"),
}


def trouble(error: SheetTrouble) -> str:
    """Why a workbook could not be read, and what to do."""
    what = translate("workbooks", _STRANGERS[error.what]) if error.what in _STRANGERS else ""
    return translate("workbooks", TROUBLES[error.kind]).format(name=error.file_name, what=what, limit=error.limit)


REMARKS: dict[str, str] = {
    "name_missing": QT_TRANSLATE_NOOP("workbooks", "没有姓名"),
    "name_unreadable": QT_TRANSLATE_NOOP("workbooks", "看不出姓名"),
    "name_masked": QT_TRANSLATE_NOOP("workbooks", "姓名被遮住了"),
    "name_unusual": QT_TRANSLATE_NOOP("workbooks", "不像人名"),
    "name_with_digits": QT_TRANSLATE_NOOP("workbooks", "姓名里有数字"),
    "several_names": QT_TRANSLATE_NOOP("workbooks", "一格里有几个名字"),
    "person_split": QT_TRANSLATE_NOOP("workbooks", "一行写了几个人，拆开了；地址、需求都照记"),
    "phone_wrong": QT_TRANSLATE_NOOP("workbooks", "电话位数不对"),
    "phone_short": QT_TRANSLATE_NOOP("workbooks", "电话太短"),
    "phone_masked": QT_TRANSLATE_NOOP("workbooks", "电话被遮住了"),
    "phone_in_name": QT_TRANSLATE_NOOP("workbooks", "电话写在姓名格里"),
    "id_in_name": QT_TRANSLATE_NOOP("workbooks", "身份证写在姓名格里"),
    "id_damaged": QT_TRANSLATE_NOOP("workbooks", "身份证号丢了位数"),
    "id_masked": QT_TRANSLATE_NOOP("workbooks", "身份证号被遮住了"),
    "id_check_digit": QT_TRANSLATE_NOOP("workbooks", "身份证校验位不对，照写"),
    "id_date": QT_TRANSLATE_NOOP("workbooks", "身份证里的生日不对，照写"),
    "id_was_number": QT_TRANSLATE_NOOP("workbooks", "身份证是数字格式"),
    "birth_differs_from_id": QT_TRANSLATE_NOOP("workbooks", "生日和身份证不一样"),
    "sex_differs_from_id": QT_TRANSLATE_NOOP("workbooks", "性别和身份证不一样"),
    "sex_unclear": QT_TRANSLATE_NOOP("workbooks", "看不出性别"),
    "age_unclear": QT_TRANSLATE_NOOP("workbooks", "看不出年龄"),
    "date_unclear": QT_TRANSLATE_NOOP("workbooks", "看不出日期"),
    "date_month_unclear": QT_TRANSLATE_NOOP("workbooks", "月份分不清"),
    "date_order": QT_TRANSLATE_NOOP("workbooks", "年月日先后看不准，照这天记"),
    "date_lunar": QT_TRANSLATE_NOOP("workbooks", "农历换成了公历"),
    "year_unknown": QT_TRANSLATE_NOOP("workbooks", "不知道是哪一年"),
    "number_unclear": QT_TRANSLATE_NOOP("workbooks", "看不出数字"),
    "number_range": QT_TRANSLATE_NOOP("workbooks", "写的是一个范围"),
    "number_about": QT_TRANSLATE_NOOP("workbooks", "写的是约数，照这个数记"),
    "number_with_text": QT_TRANSLATE_NOOP("workbooks", "数字旁边还有字"),
    "per_week": QT_TRANSLATE_NOOP("workbooks", "按每周算成了每月"),
    "per_year": QT_TRANSLATE_NOOP("workbooks", "按每年算成了每月"),
    "tick_unclear": QT_TRANSLATE_NOOP("workbooks", "看不出是不是"),
    "need_unknown": QT_TRANSLATE_NOOP("workbooks", "没有这个项目"),
    "tag_unknown": QT_TRANSLATE_NOOP("workbooks", "没有这个标签"),
    "living_unknown": QT_TRANSLATE_NOOP("workbooks", "看不出居住情况"),
    "compound_unknown": QT_TRANSLATE_NOOP("workbooks", "新的小区"),
    "address_unclear": QT_TRANSLATE_NOOP("workbooks", "地址分不开，记在备注里"),
    "several_values": QT_TRANSLATE_NOOP("workbooks", "几行写得不一样"),
    "cell_split": QT_TRANSLATE_NOOP("workbooks", "一格里写了几样，拆开了"),
    "phone_note": QT_TRANSLATE_NOOP("workbooks", "电话旁边还有字"),
    "age_is_year": QT_TRANSLATE_NOOP("workbooks", "年龄格里写的是出生年"),
    "rating_unclear": QT_TRANSLATE_NOOP("workbooks", "看不出满意度"),
    "told_otherwise": QT_TRANSLATE_NOOP("workbooks", "和另一格写得不一样，照那一格记"),
    "words_beside": QT_TRANSLATE_NOOP("workbooks", "旁边还有字，原样记在备注里"),
    "from_line_above": QT_TRANSLATE_NOOP("workbooks", "照上面那一行"),
}
"""By the code of a remark of the reading."""

NOT_TAKEN = frozenset(
    (
        "name_missing", "name_unreadable", "name_masked", "phone_wrong", "phone_masked", "id_damaged", "id_masked",
        "sex_unclear", "age_unclear", "rating_unclear", "date_unclear", "year_unknown", "number_unclear",
        "tick_unclear", "need_unknown", "living_unknown",
    )
)  # fmt: skip
"""Remarks with which what stands in the cell was not taken: the cell is boxed."""

GUESSED = frozenset(("date_order", "number_about", "number_range", "date_month_unclear"))
"""Remarks that are understood only with the cell and what was made of it."""

ABOUT_A_CELL = frozenset(
    (
        "number_unclear",
        "number_with_text",
        "date_unclear",
        "tick_unclear",
        "age_unclear",
        "words_beside",
        "told_otherwise",
    )
)
"""Remarks that help only where the cell is named: several of a row may have them."""

QUIET = frozenset(("compound_unknown",))
"""Remarks that the plan says in its own way."""


def remark(found: Remark) -> str:
    """A remark of the reading in words, with what stands in the cell where that tells something."""
    words = translate("workbooks", REMARKS[found.code]) if found.code in REMARKS else found.code
    if found.code in {"need_unknown", "tag_unknown", "living_unknown"} and found.text:
        return translate("workbooks", "{what}：{text}").format(what=words, text=found.text)
    if found.code in GUESSED and found.value:
        return translate("workbooks", "{what}：{text} → {value}").format(what=words, text=found.text, value=found.value)
    if found.code in ABOUT_A_CELL and found.field and found.text:
        return translate("workbooks", "{field}“{text}”{what}").format(
            field=meaning(found.field.split("+")[0].split(":")[0]), text=" ".join(found.text.split()), what=words
        )
    return words


def refusal(code: str) -> str:
    """Why the reading could not take a row."""
    return translate("workbooks", REMARKS[code]) if code in REMARKS else code


KINDS: dict[Kind, str] = {
    Kind.SURVEY: QT_TRANSLATE_NOOP("workbooks", "老人和需求"),
    Kind.VOLUNTEERS: QT_TRANSLATE_NOOP("workbooks", "志愿者"),
    Kind.ENTERPRISES: QT_TRANSLATE_NOOP("workbooks", "爱心企业"),
    Kind.TALLY: QT_TRANSLATE_NOOP("workbooks", "统计汇总"),
    Kind.PLACES: QT_TRANSLATE_NOOP("workbooks", "居委和小区"),
    Kind.FEEDBACK: QT_TRANSLATE_NOOP("workbooks", "意见反馈"),
    Kind.CALLS: QT_TRANSLATE_NOOP("workbooks", "来电登记"),
    Kind.VISITS: QT_TRANSLATE_NOOP("workbooks", "上门服务"),
    Kind.OUTGOING: QT_TRANSLATE_NOOP("workbooks", "本软件导出的名册，不用导回来"),
    Kind.UNKNOWN: QT_TRANSLATE_NOOP("workbooks", "看不出是什么表"),
}


def kind(found: Kind) -> str:
    """What a table is a list of."""
    return translate("workbooks", KINDS[found])


OMISSIONS: dict[Omission, str] = {
    Omission.BLANK: QT_TRANSLATE_NOOP("workbooks", "空行"),
    Omission.PREFILLED: QT_TRANSLATE_NOOP("workbooks", "只有序号的行"),
    Omission.TOTAL: QT_TRANSLATE_NOOP("workbooks", "小计、合计"),
    Omission.FOOTER: QT_TRANSLATE_NOOP("workbooks", "落款"),
    Omission.SECTION: QT_TRANSLATE_NOOP("workbooks", "分段的标题"),
    Omission.HEADER_AGAIN: QT_TRANSLATE_NOOP("workbooks", "重复的表头"),
    Omission.EXAMPLE: QT_TRANSLATE_NOOP("workbooks", "填写示例"),
    Omission.NOTE: QT_TRANSLATE_NOOP("workbooks", "说明"),
    Omission.HIDDEN: QT_TRANSLATE_NOOP("workbooks", "隐藏的行"),
    Omission.OUTSIDE: QT_TRANSLATE_NOOP("workbooks", "表外的字"),
    Omission.NO_FIGURE: QT_TRANSLATE_NOOP("workbooks", "没有数字的行"),
}


def omission(why: Omission) -> str:
    """Why rows of the sheet are not among the rows of a table."""
    return translate("workbooks", OMISSIONS[why])


MEANINGS: dict[str, str] = {
    "code": QT_TRANSLATE_NOOP("workbooks", "对方的编号（不写）"),
    "birth_year": QT_TRANSLATE_NOOP("workbooks", "出生年"),
    "birth_month": QT_TRANSLATE_NOOP("workbooks", "出生月"),
    "birth_day": QT_TRANSLATE_NOOP("workbooks", "出生日"),
    "date_year": QT_TRANSLATE_NOOP("workbooks", "哪一年"),
    "date_month": QT_TRANSLATE_NOOP("workbooks", "哪一月"),
    "date_day": QT_TRANSLATE_NOOP("workbooks", "哪一日"),
    "road": QT_TRANSLATE_NOOP("workbooks", "路"),
    "lane": QT_TRANSLATE_NOOP("workbooks", "弄"),
    "consent": QT_TRANSLATE_NOOP("workbooks", "同意书"),
    "registered_on": QT_TRANSLATE_NOOP("workbooks", "登记日期"),
    "recorder": QT_TRANSLATE_NOOP("workbooks", "登记人"),
    "filled_by": QT_TRANSLATE_NOOP("workbooks", "填表人"),
    "period": QT_TRANSLATE_NOOP("workbooks", "哪一段时间"),
    "year": QT_TRANSLATE_NOOP("workbooks", "年份"),
    "day": QT_TRANSLATE_NOOP("workbooks", "日"),
    "state": QT_TRANSLATE_NOOP("workbooks", "状态"),
    "surname": QT_TRANSLATE_NOOP("workbooks", "姓"),
    "given_name": QT_TRANSLATE_NOOP("workbooks", "名"),
    "name": QT_TRANSLATE_NOOP("workbooks", "姓名"),
    "sex": QT_TRANSLATE_NOOP("workbooks", "性别"),
    "birth": QT_TRANSLATE_NOOP("workbooks", "出生日期"),
    "age": QT_TRANSLATE_NOOP("workbooks", "年龄"),
    "id_number": QT_TRANSLATE_NOOP("workbooks", "身份证"),
    "phones": QT_TRANSLATE_NOOP("workbooks", "电话"),
    "committee": QT_TRANSLATE_NOOP("workbooks", "居委"),
    "address": QT_TRANSLATE_NOOP("workbooks", "小区 + 楼室（拆开）"),
    "compound": QT_TRANSLATE_NOOP("workbooks", "小区"),
    "building": QT_TRANSLATE_NOOP("workbooks", "楼号"),
    "unit": QT_TRANSLATE_NOOP("workbooks", "单元"),
    "room": QT_TRANSLATE_NOOP("workbooks", "室号"),
    "floor": QT_TRANSLATE_NOOP("workbooks", "楼层"),
    "lift": QT_TRANSLATE_NOOP("workbooks", "有没有电梯"),
    "living": QT_TRANSLATE_NOOP("workbooks", "居住情况"),
    "alone": QT_TRANSLATE_NOOP("workbooks", "标签：独居"),
    "tags": QT_TRANSLATE_NOOP("workbooks", "标签"),
    "needs": QT_TRANSLATE_NOOP("workbooks", "需求项目"),
    "emergency_contact": QT_TRANSLATE_NOOP("workbooks", "紧急联系人"),
    "emergency_relation": QT_TRANSLATE_NOOP("workbooks", "与老人的关系"),
    "emergency_phone": QT_TRANSLATE_NOOP("workbooks", "紧急联系电话"),
    "health": QT_TRANSLATE_NOOP("workbooks", "健康情况"),
    "allergies": QT_TRANSLATE_NOOP("workbooks", "过敏"),
    "hearing": QT_TRANSLATE_NOOP("workbooks", "听力"),
    "language": QT_TRANSLATE_NOOP("workbooks", "语言"),
    "likes": QT_TRANSLATE_NOOP("workbooks", "爱好"),
    "notes": QT_TRANSLATE_NOOP("workbooks", "备注"),
    "enterprise": QT_TRANSLATE_NOOP("workbooks", "所属单位"),
    "contact_name": QT_TRANSLATE_NOOP("workbooks", "单位联系人"),
    "skills": QT_TRANSLATE_NOOP("workbooks", "会做的项目"),
    "available_times": QT_TRANSLATE_NOOP("workbooks", "空闲时间"),
    "capacity_per_month": QT_TRANSLATE_NOOP("workbooks", "每月次数"),
    "hours_per_month": QT_TRANSLATE_NOOP("workbooks", "每月小时"),
    "homes_at_once": QT_TRANSLATE_NOOP("workbooks", "要几户一起"),
    "max_metres": QT_TRANSLATE_NOOP("workbooks", "最远多远"),
    "area": QT_TRANSLATE_NOOP("workbooks", "愿意去的居委"),
    "areas": QT_TRANSLATE_NOOP("workbooks", "愿意去的居委"),
    "certificate": QT_TRANSLATE_NOOP("workbooks", "证书"),
    "certificate_number": QT_TRANSLATE_NOOP("workbooks", "证书编号"),
    "certificate_expires": QT_TRANSLATE_NOOP("workbooks", "证书有效期"),
    "dialect": QT_TRANSLATE_NOOP("workbooks", "会说上海话"),
    "joined_on": QT_TRANSLATE_NOOP("workbooks", "加入日期"),
    "month": QT_TRANSLATE_NOOP("workbooks", "月份"),
    "category": QT_TRANSLATE_NOOP("workbooks", "服务项目"),
    "quantity": QT_TRANSLATE_NOOP("workbooks", "数量"),
    "people": QT_TRANSLATE_NOOP("workbooks", "人数"),
    "minutes": QT_TRANSLATE_NOOP("workbooks", "时长"),
    "measure": QT_TRANSLATE_NOOP("workbooks", "算什么"),
    "category_ids": QT_TRANSLATE_NOOP("workbooks", "会做的项目"),
    "visits_per_month": QT_TRANSLATE_NOOP("workbooks", "每月次数"),
    "minutes_per_month": QT_TRANSLATE_NOOP("workbooks", "每月分钟"),
    "half_days": QT_TRANSLATE_NOOP("workbooks", "空闲时间"),
    "languages": QT_TRANSLATE_NOOP("workbooks", "语言"),
    "contacts": QT_TRANSLATE_NOOP("workbooks", "紧急联系人"),
    "without_lift": QT_TRANSLATE_NOOP("workbooks", "没有电梯"),
    "certificates": QT_TRANSLATE_NOOP("workbooks", "证书"),
    "date": QT_TRANSLATE_NOOP("workbooks", "日期"),
    "time": QT_TRANSLATE_NOOP("workbooks", "几点"),
    "provider": QT_TRANSLATE_NOOP("workbooks", "谁去"),
    "provider_phone": QT_TRANSLATE_NOOP("workbooks", "谁去的电话"),
    "cadre": QT_TRANSLATE_NOOP("workbooks", "居委干部"),
    "cadre_phone": QT_TRANSLATE_NOOP("workbooks", "居委干部的电话"),
    "result": QT_TRANSLATE_NOOP("workbooks", "结果"),
    "about": QT_TRANSLATE_NOOP("workbooks", "说了什么"),
    "handled_by": QT_TRANSLATE_NOOP("workbooks", "经手人"),
    "caller": QT_TRANSLATE_NOOP("workbooks", "代打电话的人"),
    "more_compounds": QT_TRANSLATE_NOOP("workbooks", "又一个小区"),
    "aliases": QT_TRANSLATE_NOOP("workbooks", "别名"),
    "longitude": QT_TRANSLATE_NOOP("workbooks", "经度"),
    "latitude": QT_TRANSLATE_NOOP("workbooks", "纬度"),
    "households": QT_TRANSLATE_NOOP("workbooks", "户数"),
    "committee_phone": QT_TRANSLATE_NOOP("workbooks", "居委电话"),
    "urgency": QT_TRANSLATE_NOOP("workbooks", "紧急程度"),
    "rhythm": QT_TRANSLATE_NOOP("workbooks", "频次"),
    "per_month": QT_TRANSLATE_NOOP("workbooks", "每月次数"),
    "wanted_times": QT_TRANSLATE_NOOP("workbooks", "希望时间"),
    "wishes": QT_TRANSLATE_NOOP("workbooks", "愿望"),
    "wants_sex": QT_TRANSLATE_NOOP("workbooks", "谁来"),
    "wants_dialect": QT_TRANSLATE_NOOP("workbooks", "要会说上海话"),
    "wanted_who": QT_TRANSLATE_NOOP("workbooks", "对上门的人的要求"),
    "need_wishes": QT_TRANSLATE_NOOP("workbooks", "愿望（原话）"),
    "refuses": QT_TRANSLATE_NOOP("workbooks", "不要谁来"),
    "form_number": QT_TRANSLATE_NOOP("workbooks", "表号"),
    "punctual_rating": QT_TRANSLATE_NOOP("workbooks", "准时（1 到 5）"),
    "manner_rating": QT_TRANSLATE_NOOP("workbooks", "态度（1 到 5）"),
    "work_rating": QT_TRANSLATE_NOOP("workbooks", "做得好不好（1 到 5）"),
    "rating": QT_TRANSLATE_NOOP("workbooks", "总的满意（1 到 5）"),
    "again": QT_TRANSLATE_NOOP("workbooks", "下次还请这位吗"),
    "comment": QT_TRANSLATE_NOOP("workbooks", "想说的话"),
    "reason": QT_TRANSLATE_NOOP("workbooks", "不满意的原因"),
    "form_filled_by": QT_TRANSLATE_NOOP("workbooks", "谁填的"),
    "unanswered_reason": QT_TRANSLATE_NOOP("workbooks", "没评的原因"),
    "elder_condition": QT_TRANSLATE_NOOP("workbooks", "老人情况"),
    "home_condition": QT_TRANSLATE_NOOP("workbooks", "家里情况"),
    "report": QT_TRANSLATE_NOOP("workbooks", "志愿者说明"),
    "hazards": QT_TRANSLATE_NOOP("workbooks", "安全隐患"),
    "would_return": QT_TRANSLATE_NOOP("workbooks", "志愿者愿意再去"),
    "on_time": QT_TRANSLATE_NOOP("workbooks", "准时到"),
    "whole_time": QT_TRANSLATE_NOOP("workbooks", "全程在场"),
    "remarks": QT_TRANSLATE_NOOP("workbooks", "干部备注"),
    "signature_seen": QT_TRANSLATE_NOOP("workbooks", "看到签字"),
}
"""What a column, or a field of a record, holds."""

OFFERED: dict[Kind, tuple[str, ...]] = {
    Kind.SURVEY: (
        "name", "sex", "birth", "age", "id_number", "phones", "committee", "address", "compound", "building", "unit",
        "room", "floor", "lift", "living", "alone", "tags", "needs", "quantity", "urgency", "rhythm", "wanted_times",
        "wanted_who", "refuses", "need_wishes", "emergency_contact", "emergency_relation",
        "emergency_phone", "health", "allergies", "hearing", "language", "likes", "notes",
    ),
    Kind.VOLUNTEERS: (
        "name", "enterprise", "sex", "birth", "id_number", "phones", "committee", "compound", "address", "skills",
        "available_times", "capacity_per_month", "hours_per_month", "max_metres", "area", "certificate",
        "certificate_number", "certificate_expires", "dialect", "language", "joined_on", "notes",
    ),
    Kind.ENTERPRISES: (
        "enterprise", "contact_name", "phones", "compound", "address", "skills", "available_times",
        "capacity_per_month", "hours_per_month", "homes_at_once", "max_metres", "area", "certificate",
        "certificate_number", "certificate_expires",
        "joined_on", "notes",
    ),
    Kind.PLACES: (
        "committee", "compound", "more_compounds", "aliases", "phones", "contact_name",
        "cadre_phone", "longitude", "latitude",
        "households", "notes",
    ),
    Kind.VISITS: (
        "date", "time", "name", "phones", "id_number", "committee", "address", "compound", "building", "unit", "room",
        "category", "quantity", "provider", "provider_phone", "enterprise", "minutes", "cadre", "result", "notes",
    ),
    Kind.CALLS: (
        "date", "time", "name", "caller", "phones", "committee", "address", "compound", "building", "room", "category",
        "about", "result", "handled_by", "notes",
    ),
    Kind.FEEDBACK: (
        "form_number", "name", "date", "category", "provider", "committee", "punctual_rating", "manner_rating",
        "work_rating", "rating", "again", "wishes", "comment", "reason", "form_filled_by", "unanswered_reason",
        "elder_condition", "home_condition", "report", "hazards", "would_return", "cadre", "on_time", "whole_time",
        "remarks", "signature_seen",
    ),
    Kind.TALLY: ("month", "committee", "compound", "category", "enterprise", "quantity", "people", "minutes"),
}  # fmt: skip
"""The meanings that a person may give to a column, by kind of table."""


def destination(field: str, kind: Kind) -> str:
    """What a column's field is called, and that it is not written where records of this kind have no place for it."""
    words = meaning(field)
    unstored = field in UNSTORED.get(kind, frozenset())
    return translate("workbooks", "{what}（不写）").format(what=words) if unstored else words


def meaning(field: str) -> str:
    """What a column's field is called: a need's tick column by its service, several things in one joined."""
    name, colon, what = field.partition(":")
    if colon:
        template = {
            "tag": translate("workbooks", "标签：{what}"),
            "skill": translate("workbooks", "会做：{what}"),
            "figure": translate("workbooks", "数量：{what}"),
        }.get(name, translate("workbooks", "需求：{what}"))
        return template.format(what=what) if what else translate("workbooks", "数量")
    if "+" in field:
        return " + ".join(meaning(part) for part in field.split("+"))
    return translate("workbooks", MEANINGS[field]) if field in MEANINGS else field
