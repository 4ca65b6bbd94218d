"""The session: one operation for each thing done, errors as sentences, long work beside the window."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from jiuliting_desk.actions.settings import change_settings, setting
from jiuliting_desk.model.errors import Missing, NameTaken, UserError
from jiuliting_desk.model.settings import Setting
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.store import StorageTrouble, Store, Trouble
from jiuliting_desk.ui.jobs import Cancelled, Job, Progress
from jiuliting_desk.ui.session import Done, Ref, Session, Target
from jiuliting_desk.ui.widgets.banner import Message


@pytest.fixture
def said(session: Session) -> list[Message]:
    found: list[Message] = []
    session.said.connect(found.append)
    return found


def add_tags(store: Store, *, names: list[str], today: date, progress: Progress | None = None) -> int:
    """An action of the tests."""
    for at, name in enumerate(names):
        if not name:
            raise Missing(field="name")
        store.add(Tag(name=name))
        if progress is not None:
            progress(at + 1, len(names))
    store.running.about = "、".join(names)
    assert today == date(2026, 3, 18)
    return len(names)


def test_what_is_done_is_told_and_can_be_undone(session: Session, said: list[Message], qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.changed) as told:
        done = session.perform(add_tags, names=["新标签"])
    assert done == Done(result=1, touched=frozenset({Tag}))
    assert told.args == [frozenset({Tag})]
    assert said[-1].action == "撤销"
    line = session.store.undoable()
    assert line is not None
    assert (line.name, line.about, line.who) == ("add_tags", "新标签", "何佩")
    before = session.store.count(Tag)
    with qtbot.waitSignal(session.changed) as told:
        assert said[-1].run is not None
        said[-1].run()
    assert told.args == [frozenset({Tag})]
    assert session.store.count(Tag) == before - 1
    assert "新标签" in said[-1].text
    assert session.redo()
    assert session.store.count(Tag) == before


def test_a_rules_no_writes_nothing_and_goes_to_the_form_first(session: Session, said: list[Message]) -> None:
    errors: list[UserError] = []
    before = session.store.count(Tag)
    assert session.perform(add_tags, names=["一", ""], on_error=errors.append) is None
    assert isinstance(errors[0], Missing)
    assert not said
    assert session.perform(add_tags, names=["一", ""], on_error=lambda error: False) is None
    assert "姓名还空着" in said[-1].text
    assert session.store.count(Tag) == before
    assert session.store.undoable() is None


def test_trouble_with_the_file_is_for_a_dialog(session: Session, qtbot: QtBot) -> None:
    def full(store: Store, *, today: date) -> None:
        raise StorageTrouble(Trouble.FULL)

    with qtbot.waitSignal(session.troubled) as told:
        assert session.perform(full) is None
    assert told.args is not None
    assert told.args[0].trouble is Trouble.FULL


def test_a_fault_of_the_program_is_not_swallowed(session: Session) -> None:
    def broken(store: Store, *, today: date) -> None:
        store.add(Tag(name="半"))
        raise ZeroDivisionError

    before = session.store.count(Tag)
    with pytest.raises(ZeroDivisionError):
        session.perform(broken)
    assert session.store.count(Tag) == before


def test_going_carries_record_and_intent(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.navigated) as told:
        session.goto("tags", Ref(Tag, 3), "edit")
    assert told.args == [Target(page_key="tags", record=Ref(Tag, 3), intent="edit")]


def started(job: Job | None) -> Job:
    assert job is not None
    return job


def test_a_job_has_the_file_to_itself_and_writes_one_step(session: Session, said: list[Message], qtbot: QtBot) -> None:
    go_on = threading.Event()
    window_thread = threading.get_ident()
    threads: list[int] = []

    def slow(store: Store, *, today: date, progress: Progress) -> int:
        threads.append(threading.get_ident())
        go_on.wait(5)
        return add_tags(store, names=["甲", "乙"], today=today, progress=progress)

    finished: list[Done[int]] = []
    job = started(session.perform_in_job(slow, title="导入名单", unit="行", on_done=finished.append))
    assert session.is_lent
    assert session.perform(add_tags, names=["丙"]) is None
    assert "“导入名单”还没做完" in said[-1].text
    assert session.perform_in_job(slow, title="再来一次") is None
    assert not session.undo()
    with pytest.raises(StorageTrouble):
        session.store.count(Tag)
    with qtbot.waitSignal(job.ended):
        go_on.set()
    assert session.perform(add_tags, names=["丙"], quiet=True) is not None
    assert session.undo()
    assert [done.result for done in finished] == [2]
    assert threads != [window_thread]
    assert session.undo()
    assert not session.store.where(Tag, name="甲")


def test_a_cancelled_job_leaves_nothing_behind(session: Session, said: list[Message], qtbot: QtBot) -> None:
    running = threading.Event()

    def endless(store: Store, *, today: date, progress: Progress) -> None:
        store.add(Tag(name="半"))
        number = 0
        while True:
            number += 1
            progress(number, 0)
            running.set()

    cancelled: list[bool] = []
    job = started(session.perform_in_job(endless, title="导入", on_cancelled=lambda: cancelled.append(True)))
    running.wait(5)
    with qtbot.waitSignal(job.progressed):
        pass
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert cancelled == [True]
    assert "已取消，什么都没改" in said[-1].text
    assert not session.store.where(Tag, name="半")
    assert session.store.undoable() is None


def test_a_rules_no_in_a_job_reaches_the_form(session: Session, qtbot: QtBot) -> None:
    errors: list[UserError] = []

    def taken(store: Store, *, today: date, progress: Progress) -> None:
        raise NameTaken(field="name", name="独居")

    job = started(session.perform_in_job(taken, title="加标签", on_error=errors.append))
    with qtbot.waitSignal(job.ended):
        pass
    assert isinstance(errors[0], NameTaken)


def test_a_fault_in_a_job_is_told_as_one(session: Session, qtbot: QtBot) -> None:
    def broken(progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(session.faulted) as told:
        session.run_job(broken, title="读表")
    assert told.args is not None
    assert isinstance(told.args[0], ZeroDivisionError)


def test_work_beside_the_file_does_not_lend_it(session: Session, qtbot: QtBot) -> None:
    go_on = threading.Event()
    found: list[int] = []

    def read(progress: Progress) -> int:
        go_on.wait(5)
        return 7

    job = session.run_job(read, title="读表", on_done=found.append)
    assert not session.is_lent
    assert session.perform(add_tags, names=["丁"]) is not None
    with qtbot.waitSignal(job.ended):
        go_on.set()
    assert found == [7]


def test_closing_stops_a_job_and_closes_the_file(
    open_store: Callable[[], Store], session: Session, qtbot: QtBot
) -> None:
    running = threading.Event()

    def endless(store: Store, *, today: date, progress: Progress) -> None:
        store.add(Tag(name="半"))
        while True:
            running.set()
            progress(1, 0)

    session.perform_in_job(endless, title="导入")
    running.wait(5)
    session.close()
    again = open_store()
    assert not again.where(Tag, name="半")


def test_settings_are_read_back(session: Session) -> None:
    assert session.perform(change_settings, values={"claim_days": "21"}) is not None
    assert setting(session.store, "claim_days") == "21"
    assert session.store.count(Setting) == 1
    assert issubclass(Cancelled, Exception)
