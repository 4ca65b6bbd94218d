"""Words and signs that cells hold instead of values, as data: nothing, yes, no, as above, relations, sexes."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


EMPTY_TEXTS = _words(
    "#n/a - -- --- . ... / // \\ n/a na nan none null — —— … 、 。 不清楚 不详 无 暂无 未填 未知 没有 略 空 －"
) | {""}
"""Lower case; a cell with one of these says nothing."""

TRUE_TEXTS = _words(
    "1 1.0 1次 ok on t true v y yes √ √√ √是 ⊙ ■ ▲ ◎ ● ★ ☑ ✅ ✓ ✔ 会 勾 同意 对 想 愿意 打勾 是 是的 有 有的 确认"
    " 能 要 要的 需 需要"
)

FALSE_TEXTS = (
    _words(
        "0 0.0 f false n no off x × □ ☐ ✕ ✗ ✘ 不 不会 不同意 不想 不愿意 不是 不用 不能 不要 不需 不需要 否 无需"
        " 暂不需要 未 错"
    )
    | EMPTY_TEXTS
)

DITTOS = _words("同上 〃 ″ 同前 \" '' ” “ 同左上 同上行 同上。 ditto ...同上 〞 〝 仝上") | {
    "同 上",
    "同\u3000上",
    "同  上",
}
"""Marks that repeat the cell above."""

NOT_NAMES = _words(
    "已故 去世 死亡 搬迁 已搬迁 搬走 空户 出租 空关 人户分离 拒访 无人 空置 外地 迁出 已迁出 住院 同户 待定 姓名 名字"
)
"""Words in a column of names that are no name."""

RELATIONS = _words(
    "大女儿 小女儿 二女儿 大儿子 小儿子 二儿子 外孙女 外甥女 外孙子 女儿 儿子 子女 配偶 妻子 丈夫 老伴 侄女 侄子"
    " 外甥 孙女 孙子 外孙 儿媳 媳妇 女婿 邻居 妹妹 弟弟 哥哥 姐姐 朋友 保姆 护工 母亲 父亲 亲戚 同事 社工 妹夫"
    " 姐夫 嫂子 弟媳 侄儿 母女 母子 父子 父女 夫妻 爱人 兄弟 姐妹 兄妹 姐弟 志愿者 居委 楼组长 养女 养子 继子"
    " 继女 长子 次子 长女 次女 儿 女 子 妻 夫 妹 弟 兄 姐 孙 侄 媳"
)

SEXES = {
    word: sex
    for sex, words in (
        ("男", "男 男性 m male 先生 男士 ♂ 男. 男的 man"),
        ("女", "女 女性 f female 女士 ♀ 女. 女的 woman"),
    )
    for word in words.split()
}

ALSO_HEADERS = RELATIONS | _words(
    "其他 其它 无 有 是 否 独居 志愿者 居委 老人 老年人 居民 本人 社区 项目 企业 单位 电话 手机 说明 高龄"
)
"""Words of headers that forms also have as values; they are values where a label stands right before them."""
