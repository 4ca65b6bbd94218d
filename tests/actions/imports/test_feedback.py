"""Feedback sheets come back: in any order, twice, in a committee's own layout; what follows is done, once."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiuliting_desk.actions.feedback import enter_feedback
from jiuliting_desk.actions.feedback_sheets import Recipient, send_feedback_sheet
from jiuliting_desk.actions.forms import board
from jiuliting_desk.actions.history import undo
from jiuliting_desk.actions.imports import draft as drafts
from jiuliting_desk.actions.imports import words
from jiuliting_desk.actions.imports.carrying import carry_out
from jiuliting_desk.actions.imports.draft import Draft, open_draft, planned
from jiuliting_desk.actions.imports.snapshot import take_snapshot
from jiuliting_desk.model.feedback import Condition, Feedback, FeedbackForm, FeedbackSource, FilledBy
from jiuliting_desk.model.follow_ups import Cause, FollowUp
from jiuliting_desk.model.imports import Decision, ImportReport, Outcome, Remark
from jiuliting_desk.model.needs import Need, NeedSource
from jiuliting_desk.model.pairings import Pairing
from jiuliting_desk.model.places import Cadre, ResidentsCommittee
from jiuliting_desk.model.providers import Certificate, Refusal
from jiuliting_desk.model.surveys import NeedsSurvey
from jiuliting_desk.model.visits import Visit, VisitState
from jiuliting_desk.sheets.tables import Kind
from jiuliting_desk.store import Store
from tests.actions.people import AIRCON, CHAT, CLEAN, TODAY, elder, enterprise, volunteer
from tests.actions.visits import book, done
from tests.store.test_undo import contents

Rows = Mapping[str, Mapping[str, Any]]


@pytest.fixture
def office(store: Store) -> Store:
    """Four visits of 亭北: 苗芬, 邹福 and 陈炳荣 were seen, 高莲英's visit is today and not recorded yet."""
    with store.operation("places"):
        place = store.add(ResidentsCommittee(name="亭北居民区"))
        store.add(Cadre(name="陈悦", committee_id=place.id))
    jing, who = enterprise(store), volunteer(store)
    with store.operation("certify"):
        store.add(Certificate(provider_id=jing.id, kind="空调清洗"))
    people = [elder(store, name, committee_id=place.id) for name in ("苗芬", "邹福", "陈炳荣", "高莲英")]
    done(store, people[0].id, who.id, day=TODAY - timedelta(days=9), cadre_id=1)
    done(store, people[1].id, who.id, day=TODAY - timedelta(days=2), category_id=CHAT)
    done(store, people[2].id, jing.id, day=TODAY - timedelta(days=1), category_id=CLEAN)
    book(store, people[3].id, who.id, day=TODAY, starts=8 * 60, today=TODAY, reason="补录")
    return store


def sent(store: Store, path: Path) -> Path:
    send_feedback_sheet(store, to=Recipient(name="亭北居民区", committee_id=1), path=path, today=TODAY, days_ahead=1)
    return path


def fill(path: Path, answers: Rows, to: Path, *, order: Callable[[list[Any]], list[Any]] = list) -> Path:
    """Write answers into the rows of those form numbers, and put the rows into another order."""
    book_ = openpyxl.load_workbook(path)
    sheet = book_.active
    assert sheet is not None
    titles = [cell.value for cell in sheet[3]]
    rows = [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    for row in rows:
        for title, value in answers.get(str(row[0]), {}).items():
            row[titles.index(title)] = value
    for at, row in enumerate(order(rows), start=4):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
    book_.save(to)
    return to


def own_sheet(path: Path, title: str, header: list[str], *rows: list[Any]) -> Path:
    """A sheet in a committee's own layout."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append([title])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def draft_of(store: Store, path: Path) -> Draft:
    draft = open_draft(path, vocabulary=words.vocabulary(store, today=TODAY), learned=words.learned_words(store))
    return planned(draft, today=TODAY, snapshot=take_snapshot(store, asked=drafts.asks(draft)))


def outcomes(draft: Draft) -> list[tuple[str, Outcome]]:
    assert draft.plan is not None
    return [(str(row.fields.get("name")), row.outcome) for row in draft.plan.rows]


def imported(store: Store, draft: Draft) -> ImportReport:
    assert draft.plan is not None
    return carry_out(store, draft.plan, today=TODAY, with_backup=False)


GOOD = {"来得准时吗": "5 很好", "态度好不好": "5 很好", "做得好不好": "4 好", "总的满意吗": "5 很好", "谁填的": "本人"}


def test_the_sheet_that_went_out_comes_back_with_all_that_follows(office: Store, tmp_path: Path) -> None:
    out = sent(office, tmp_path / "out.xlsx")
    back = fill(
        out,
        {
            "B-0001": {
                **GOOD, "下次还请这位吗": "还请这位", "干部备注": "在楼下等", "全程在场": "在场", "看到签字": "看到"
            },
            "B-0003": {
                "总的满意吗": "2 不好", "想说的话": "没擦干净", "下次还请这位吗": "想换一位", "谁填的": "家人",
                "还想要人帮什么忙": "清洗空调", "老人情况": "要留意", "志愿者说明": "腿脚不便",
            },
            "B-0004": GOOD,
        },
        tmp_path / "back.xlsx",
        order=lambda rows: rows[::-1],
    )  # fmt: skip
    draft = draft_of(office, back)
    assert draft.tables[0].kind is Kind.FEEDBACK
    assert outcomes(draft) == [
        ("高莲英", Outcome.NEW), ("陈炳荣", Outcome.NEW), ("邹福", Outcome.SAME), ("苗芬", Outcome.NEW)
    ]  # fmt: skip
    assert draft.plan is not None
    assert [note.remark for note in draft.plan.rows[2].notes] == [Remark.NOT_FILLED]
    before = contents(office)
    report = imported(office, draft)
    assert (report.answers_saved, report.wanting_same, report.paired) == (3, ("苗芬",), 0)
    (round_,) = office.get_many(NeedsSurvey, report.survey_ids).values()
    assert (round_.rows_new, round_.rows_same) == (3, 0)
    first, third = (office.where(Feedback, visit_id=visit_id)[0] for visit_id in (1, 3))
    assert first.scores == (5, 5, 4, 5)
    assert (first.same_person, first.filled_by, first.source) == (True, FilledBy.ELDER, FeedbackSource.SHEET)
    assert (first.remarks, first.whole_time, first.signature_seen, first.cadre_id) == ("在楼下等", True, True, 1)
    assert (third.overall, third.words, third.elder_condition) == (2, "没擦干净", Condition.WORRYING)
    assert office.get(Visit, 4).state is VisitState.DONE
    assert office.get(Visit, 1).signed
    (need,) = office.where(Need, category_id=AIRCON)
    assert (need.elder_id, need.source) == (3, NeedSource.FEEDBACK)
    assert {one.cause for one in office.all(FollowUp)} == {Cause.LOW_SCORE, Cause.CONDITION}
    assert [(one.elder_id, one.by_elder) for one in office.all(Refusal)] == [(3, True)]
    assert office.count(Pairing) == 0
    assert [line.name for line in board(office, today=TODAY)] == ["邹福"]
    undo(office)
    assert contents(office) == before


def test_a_second_time_changes_nothing(office: Store, tmp_path: Path) -> None:
    back = fill(sent(office, tmp_path / "out.xlsx"), {"B-0001": GOOD, "B-0002": GOOD}, tmp_path / "back.xlsx")
    imported(office, draft_of(office, back))
    again = draft_of(office, back)
    assert {outcome for _, outcome in outcomes(again)} == {Outcome.SAME}
    before = contents(office)
    assert imported(office, again).operation_id == 0
    assert contents(office) == before


def test_a_form_answered_otherwise_is_a_question(office: Store, tmp_path: Path) -> None:
    with office.operation("enter_feedback"):
        typed = Feedback(visit_id=1, punctual=3, overall=3, words="还行", entered_on=TODAY)
        known = enter_feedback(office, feedback=typed, today=TODAY)
    back = fill(sent(office, tmp_path / "out.xlsx"), {"B-0002": GOOD}, tmp_path / "back.xlsx")
    sheet = own_sheet(
        tmp_path / "own.xlsx", "意见反馈", ["表号", "姓名", "满意度", "想说的话"], ["B-0001", "苗芬", "很满意", None]
    )
    assert dict(outcomes(draft_of(office, back)))["邹福"] is Outcome.NEW
    draft = draft_of(office, sheet)
    assert draft.plan is not None
    (row,) = draft.plan.rows
    assert row.outcome is Outcome.DOUBTFUL
    assert [(change.field, change.old, change.new) for change in row.changes] == [("overall", 3, 5)]
    assert imported(office, draft).operation_id == 0
    keeping = planned(drafts.with_decision(draft, row.key, Decision.KEEP_KNOWN), today=TODAY)
    assert outcomes(keeping) == [("苗芬", Outcome.SAME)]
    using = planned(drafts.with_decision(draft, row.key, Decision.USE_SHEET), today=TODAY)
    assert outcomes(using) == [("苗芬", Outcome.CHANGED)]
    imported(office, using)
    now = office.get(Feedback, known.id)
    assert (now.punctual, now.overall, now.words) == (3, 5, "还行")
    assert outcomes(draft_of(office, sheet)) == [("苗芬", Outcome.SAME)]


def test_a_committees_own_layout_is_met_by_name_day_and_service(office: Store, tmp_path: Path) -> None:
    day = TODAY - timedelta(days=2)
    sheet = own_sheet(
        tmp_path / "亭北.xlsx",
        "亭北居民区老人满意度反馈表",
        ["序号", "老人姓名", "服务日期", "服务项目", "满意度", "老人意见", "还需要什么服务"],
        [1, "邹福", f"{day.month}月{day.day}日", "陪伴聊天", "非常满意", "很好", "理发"],
        [2, "苗芬", (TODAY - timedelta(days=9)).isoformat(), "理发", "不满意", "来晚了", None],
        [3, "陈炳荣", TODAY.isoformat(), "居家清洁", "满意", None, None],
        [4, "没有这个人", TODAY.isoformat(), "居家清洁", "满意", None, None],
    )
    draft = draft_of(office, sheet)
    assert draft.tables[0].kind is Kind.FEEDBACK
    assert draft.plan is not None
    assert outcomes(draft)[:2] == [("邹福", Outcome.NEW), ("苗芬", Outcome.NEW)]
    assert [(row.outcome, row.notes[0].remark) for row in draft.plan.rows[2:]] == [
        (Outcome.REFUSED, Remark.VISIT_UNKNOWN),
        (Outcome.REFUSED, Remark.VISIT_UNKNOWN),
    ]
    imported(office, draft)
    found = {one.visit_id: one for one in office.all(Feedback)}
    assert {visit_id: one.overall for visit_id, one in found.items()} == {1: 2, 2: 5}
    assert [one.cause for one in office.all(FollowUp)] == [Cause.LOW_SCORE]
    assert office.count(Need, elder_id=2) == 1


def test_a_sheet_of_earlier_years_finds_the_visits_of_its_days(office: Store, tmp_path: Path) -> None:
    day = TODAY - timedelta(days=700)
    done(office, 1, 2, day=day)
    header, answers = ["服务日期", "老人姓名", "满意度", "意见"], ["苗芬", "满意", "很好"]
    sheet = own_sheet(
        tmp_path / "旧.xlsx", "意见反馈汇总表", header, [day, *answers], [day - timedelta(days=1), *answers]
    )
    assert outcomes(draft_of(office, sheet)) == [("苗芬", Outcome.NEW), ("苗芬", Outcome.REFUSED)]
    imported(office, draft_of(office, sheet))
    assert outcomes(draft_of(office, sheet)) == [("苗芬", Outcome.SAME), ("苗芬", Outcome.REFUSED)]
    [feedback] = office.where(Feedback, overall=4)
    assert office.get(Visit, feedback.visit_id).day == day


def test_two_visits_that_fit_are_told_apart_or_refused(office: Store, tmp_path: Path) -> None:
    day = TODAY - timedelta(days=2)
    done(office, 2, 2, day=day, category_id=CHAT, starts=600)
    other = enterprise(office, "亮洁", skills=(CHAT,))
    done(office, 2, other.id, day=day, category_id=CHAT, starts=700)
    header = ["姓名", "日期", "服务项目", "志愿者", "满意度"]
    draft = draft_of(
        office,
        own_sheet(
            tmp_path / "own.xlsx", "意见反馈表", header,
            ["邹福", day.isoformat(), "理发、陪伴聊天", "亮洁", "满意"],
            ["邹福", day.isoformat(), "陪伴聊天", None, "满意"],
        ),
    )  # fmt: skip
    assert draft.plan is not None
    first, second = draft.plan.rows
    assert first.outcome is Outcome.NEW
    assert office.get(Visit, first.person.feedback.visit_id).provider_ids == (other.id,)
    assert (second.outcome, second.notes[0].remark) == (Outcome.REFUSED, Remark.VISIT_UNCLEAR)


def test_wrong_numbers_and_empty_scores_are_refused_with_their_reason(office: Store, tmp_path: Path) -> None:
    header = ["表号", "姓名", "满意度", "想说的话"]
    rows = [
        ["B-0001", "邹福", "满意", None],
        ["B-0999", None, "满意", None],
        ["B-0002", "邹福", None, "没意见"],
        ["JLT-B-0003", "陈炳荣", "满意", None],
        ["3", "陈炳荣", "一般", None],
    ]
    draft = draft_of(office, own_sheet(tmp_path / "own.xlsx", "意见反馈表", header, *rows))
    assert draft.plan is not None
    told = [(row.outcome, row.notes[0].remark if row.notes else None) for row in draft.plan.rows]
    assert told == [
        (Outcome.REFUSED, Remark.FORM_OF_OTHER),
        (Outcome.REFUSED, Remark.FORM_UNKNOWN),
        (Outcome.REFUSED, Remark.NO_SCORE),
        (Outcome.NEW, None),
        (Outcome.REFUSED, Remark.SAME_FORM),
    ]


def test_several_wishes_of_one_elder_make_each_need_once(office: Store, tmp_path: Path) -> None:
    wish = {"还想要人帮什么忙": "清洗空调、陪伴聊天"}
    done(office, 1, 2, day=TODAY - timedelta(days=3), starts=600)
    back = fill(
        sent(office, tmp_path / "out.xlsx"), {"B-0001": GOOD | wish, "B-0004": GOOD | wish}, tmp_path / "back.xlsx"
    )
    imported(office, draft_of(office, back))
    assert sorted(need.category_id for need in office.where(Need, elder_id=1)) == [CHAT, AIRCON]
    assert office.count(FeedbackForm) == 5


def test_only_visits_that_the_sheet_speaks_of_are_read_and_others_once_it_does(office: Store, tmp_path: Path) -> None:
    day = (TODAY - timedelta(days=9)).isoformat()
    sheet = own_sheet(
        tmp_path / "own.xlsx", "意见反馈表", ["姓名", "日期", "服务项目", "满意度"], ["苗芬", day, "理发", "满意"]
    )
    draft = draft_of(office, sheet)
    assert draft.snapshot is not None
    assert draft.snapshot.papers is not None
    assert [one.name for one in draft.snapshot.papers.visits] == ["苗芬"]
    assert not drafts.lacks_past(draft)
    assert not drafts.lacks_past(drafts.with_cells(draft, 0, 2, {3: "不满意"}))
    changed = drafts.with_cells(draft, 0, 2, {0: "邹福", 1: (TODAY - timedelta(days=2)).isoformat(), 2: "陪伴聊天"})
    assert drafts.lacks_past(changed)
    again = planned(changed, today=TODAY, snapshot=take_snapshot(office, asked=drafts.asks(changed)))
    assert outcomes(again) == [("邹福", Outcome.NEW)]


def test_what_could_not_be_read_of_a_form_is_kept_with_the_elders_words(office: Store, tmp_path: Path) -> None:
    day = (TODAY - timedelta(days=2)).isoformat()
    header = ["老人姓名", "服务日期", "服务项目", "满意度", "态度好不好", "老人意见", "还需要什么服务"]
    sheet = own_sheet(
        tmp_path / "own.xlsx", "满意度反馈表", header,
        ["邹福", day, "陪伴聊天", "满意", "热情得很", "很好", "理发、擦窗户"],
        ["苗芬", (TODAY - timedelta(days=9)).isoformat(), "理发", None, None, None, "修水管"],
    )  # fmt: skip
    draft = draft_of(office, sheet)
    assert draft.plan is not None
    assert draft.plan.rows[1].notes[0].remark is Remark.NO_SCORE
    imported(office, draft)
    [answers] = office.all(Feedback)
    assert answers.words.split("；")[0] == "很好"
    assert "表里写的愿望：擦窗户" in answers.words
    assert outcomes(draft_of(office, sheet))[0][1] is Outcome.SAME
