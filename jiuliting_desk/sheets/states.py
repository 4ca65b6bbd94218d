"""Whether somebody is still on the list, in an office's words."""

import re

from jiuliting_desk.model.elders import ElderState
from jiuliting_desk.model.providers import ProviderState
from jiuliting_desk.model.text import half_width

_STAYING = "在册 正常 有效 在 在住 在家 健在 服务中 在服务 现有 active"
_PAUSING = "暂停 暂缓 暂不服务 暂停服务 请假 休息 paused"

_ELDERS: dict[ElderState, str] = {
    ElderState.ACTIVE: _STAYING,
    ElderState.PAUSED: _PAUSING,
    ElderState.MOVED: "迁出 搬走 搬离 搬家 搬迁 迁走 迁移 外迁",
    ElderState.IN_CARE_HOME: "入住养老院 养老院 住养老院 进养老院 入住敬老院 敬老院 入住护理院 护理院",
    ElderState.DECEASED: "去世 死亡 过世 亡故 病故 故 故世 离世 逝世",
    ElderState.WITHDREW: "退出 自愿退出 退出服务 不再服务 停止服务 终止服务",
}
_PROVIDERS: dict[ProviderState, str] = {
    ProviderState.ACTIVE: f"在岗 在职 可用 {_STAYING}",
    ProviderState.PAUSED: _PAUSING,
    ProviderState.STOPPED: "退出 停止 停用 离职 离岗 离队 退队 不做 不做了 注销 停止服务 退出服务 终止合作 不再合作",
}
_ELDER_WORDS = {word: state for state, words in _ELDERS.items() for word in words.split()}
_PROVIDER_WORDS = {word: state for state, words in _PROVIDERS.items() for word in words.split()}


def elder_state(text: str) -> ElderState | None:
    """What a word says of an elder: 去世, 已迁出; None for other words."""
    return _ELDER_WORDS.get(_plain(text)) or _ELDER_WORDS.get(_plain(text).removeprefix("已"))


_NEEDS_WAITING = frozenset({"待安排", "待服务", "未服务", "未安排", "等待", "已认领", "已预约", "待上门", "老人暂停"})
_NEEDS_DONE = frozenset(
    {"已完成", "完成", "已服务", "已结束", "结束", "已办结", "办结", "已上门", "已取消", "取消", "代去一次"}
)


def need_waits(text: str) -> bool | None:
    """Whether a word says of a need that it still waits (待安排), or does no more (已完成); None for other words."""
    plain = _plain(text)
    return True if plain in _NEEDS_WAITING else False if plain in _NEEDS_DONE else None


def provider_state(text: str) -> ProviderState | None:
    """What a word says of a volunteer or an enterprise: 在岗, 已退出; None for other words."""
    return _PROVIDER_WORDS.get(_plain(text)) or _PROVIDER_WORDS.get(_plain(text).removeprefix("已"))


def _plain(text: str) -> str:
    return re.sub(r"[\s。.]", "", half_width(text)).lower()
