"""Words of what concerns imports."""

from jiuliting_desk.ui.noop import QT_TRANSLATE_NOOP

WORDS: dict[str, dict[str, str]] = {
    "Outcome": {
        "new": QT_TRANSLATE_NOOP("labels", "新增"),
        "changed": QT_TRANSLATE_NOOP("labels", "更新"),
        "same": QT_TRANSLATE_NOOP("labels", "重复"),
        "doubtful": QT_TRANSLATE_NOOP("labels", "待选"),
        "refused": QT_TRANSLATE_NOOP("labels", "有误"),
    },
    "Decision": {
        "later": QT_TRANSLATE_NOOP("labels", "以后再说"),
        "same_person": QT_TRANSLATE_NOOP("labels", "是同一位"),
        "other_person": QT_TRANSLATE_NOOP("labels", "是另一位"),
        "use_sheet": QT_TRANSLATE_NOOP("labels", "用 Excel 的"),
        "keep_known": QT_TRANSLATE_NOOP("labels", "留原来的"),
    },
    "Remark": {
        "same_row": QT_TRANSLATE_NOOP("labels", "和前面一行是同一位"),
        "not_served": QT_TRANSLATE_NOOP("labels", "已不在服务名单"),
        "age_only": QT_TRANSLATE_NOOP("labels", "只有年龄，出生年是推算的"),
        "other_id": QT_TRANSLATE_NOOP("labels", "身份证号和名单里的不同，留名单里的"),
        "certificate_kind": QT_TRANSLATE_NOOP("labels", "没有项目要求这种证书"),
        "need_not_offered": QT_TRANSLATE_NOOP("labels", "没有这个服务项目"),
        "no_future": QT_TRANSLATE_NOOP("labels", "日期在今天以后"),
        "no_figure": QT_TRANSLATE_NOOP("labels", "看不出数字或年月"),
        "left_out": QT_TRANSLATE_NOOP("labels", "说好不写这一行"),
        "kept_as_wish": QT_TRANSLATE_NOOP("labels", "没看懂，照原话记在愿望里"),
        "elder_unknown": QT_TRANSLATE_NOOP("labels", "名单里没有这位老人，先登记或改姓名"),
        "name_only": QT_TRANSLATE_NOOP("labels", "只凭姓名对上"),
        "provider_unknown": QT_TRANSLATE_NOOP("labels", "左边选一下是谁"),
        "provider_missing": QT_TRANSLATE_NOOP("labels", "没写谁去的，左边选一下"),
        "no_day": QT_TRANSLATE_NOOP("labels", "看不出是哪一天"),
        "no_time": QT_TRANSLATE_NOOP("labels", "没写几点，记成 9:00"),
        "no_words": QT_TRANSLATE_NOOP("labels", "没写说了什么"),
        "no_place": QT_TRANSLATE_NOOP("labels", "没写小区，也没写居委"),
        "bad_position": QT_TRANSLATE_NOOP("labels", "经纬度不对，没有写"),
        "not_filled": QT_TRANSLATE_NOOP("labels", "还没填，不写"),
        "no_score": QT_TRANSLATE_NOOP("labels", "没有分数，也没写没评的原因"),
        "form_unknown": QT_TRANSLATE_NOOP("labels", "没有这个表号"),
        "form_of_other": QT_TRANSLATE_NOOP("labels", "这个表号是别人的"),
        "visit_unknown": QT_TRANSLATE_NOOP("labels", "没找到这次上门"),
        "visit_unclear": QT_TRANSLATE_NOOP("labels", "有几次上门都对得上，写上表号"),
        "same_form": QT_TRANSLATE_NOOP("labels", "前面一行已经填了这张表"),
        "answered": QT_TRANSLATE_NOOP("labels", "这张表录过，内容不同"),
        "state_taken": QT_TRANSLATE_NOOP("labels", "照表里的状态记"),
        "state_kept": QT_TRANSLATE_NOOP("labels", "表里的状态不一样，名单没有改"),
        "understood": QT_TRANSLATE_NOOP("labels", "照备注里的话排"),
        "kind_not_imported": QT_TRANSLATE_NOOP("labels", "这一类表还不能导入"),
    },
}
"""By name of the enum class and stored value."""
