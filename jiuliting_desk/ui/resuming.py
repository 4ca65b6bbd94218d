"""A helper who paused is back: what was cancelled, and for which nobody was found yet, may be theirs again."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from jiuliting_desk.actions import providers
from jiuliting_desk.actions.stand_ins import sought_for, still_without
from jiuliting_desk.model.needs import Need
from jiuliting_desk.model.providers import Provider
from jiuliting_desk.store import Store
from jiuliting_desk.store.visit_lines import lines
from jiuliting_desk.ui.dialogs import Choice, Question
from jiuliting_desk.ui.lost_visits import first_of
from jiuliting_desk.ui.session import Session

translate = QCoreApplication.translate


def no_more_sought(store: Store, sought: Sequence[Need]) -> str:
    """。不再找人代去，要告诉 汤立新 不用去了: said after a step that takes cancelled visits up again."""
    words = translate("resuming", "，不再找人代去")
    claimers = store.get_many(Provider, [need.claimed_by for need in sought if need.claimed_by is not None])
    if claimers:
        names = translate("resuming", "、").join(found.name for found in claimers.values())
        return words + translate("resuming", "；{names}认领过，要告诉一声不用去了。").format(names=names)
    return words + translate("resuming", "。")


def resume(session: Session, provider_id: int) -> None:
    """They can be asked again; ask whether they go after all where nobody was booked in their place yet."""
    store, today = session.store, session.today()
    missing = [] if session.is_lent else still_without(store, provider_id=provider_id, today=today)
    if not missing:
        session.perform(providers.resume_provider, provider_id=provider_id)
        return
    name, visit_ids = store.get(Provider, provider_id).name, [visit.id for visit in missing]
    sought = sought_for(store, visit_ids)
    told = translate("resuming", "已恢复：{name}。{count} 次上门又由本人去，要打电话告诉老人").format(
        name=name, count=len(missing)
    )
    question = Question(
        title=translate("resuming", "{name}回来了，原来约的还去吗？").format(name=name),
        text=translate("resuming", "有 {count} 次上门因为暂停取消了，正在找人代去，还没约到人：").format(
            count=len(missing)
        ),
        lines=(first_of(lines(store, missing), today=today),),
        choices=(
            Choice("", translate("resuming", "先不恢复")),
            Choice("only", translate("resuming", "只恢复，照旧找人代去")),
            Choice(
                "again", translate("resuming", "恢复，这 {count} 次还是本人去").format(count=len(missing)), "primary"
            ),
        ),
        default="again",
    )

    def answered(key: str, _text: str) -> None:
        if key == "again":
            said = told + no_more_sought(store, sought)
            session.perform(providers.resume_provider, provider_id=provider_id, visit_ids=visit_ids, said=said)
        elif key == "only":
            session.perform(providers.resume_provider, provider_id=provider_id)

    session.dialogs.ask(question, answered)
