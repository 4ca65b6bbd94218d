"""Forms from the shell: by id, day, committee or blank; the code reads back, the type is large enough."""

from datetime import date
from pathlib import Path

import pytest

from jiuliting_desk.model.feedback import FeedbackForm, FormState
from jiuliting_desk.model.places import ResidentsCommittee
from jiuliting_desk.model.visits import FELL_THROUGH, Visit
from jiuliting_desk.paper.codes import read_codes
from jiuliting_desk.paper.preview import page_count, page_text, render_page
from jiuliting_desk.store import Store
from tests.paper.reading import printed_texts
from tests.paper.test_forms import STAFF_TOP
from tests.test_cli import told

DAY = date(2026, 3, 18)


@pytest.fixture
def case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Invented people and their visits around one day."""
    made = tmp_path / "case.db"
    told(capsys, "demo", str(made), "--elders", "30", "--volunteers", "8", "--visits", "90", "--today", str(DAY))
    return made


def visits_without_answers(case: Path) -> list[Visit]:
    store = Store.open(case)
    try:
        entered = {form.visit_id for form in store.where(FeedbackForm, state=FormState.ENTERED)}
        return [one for one in store.all(Visit) if one.id not in entered and one.state not in FELL_THROUGH]
    finally:
        store.close()


def codes(pdf: bytes) -> list[str]:
    found = []
    for page in range(page_count(pdf)):
        image = render_page(pdf, page, dpi=150)
        found += read_codes(image.rgb, image.width, image.height)
    return found


def test_forms_of_some_visits(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [visit.id for visit in visits_without_answers(case)][:3]
    out = tmp_path / "forms.pdf"
    code, printed, err = told(capsys, "forms", str(case), "--visits", *map(str, ids), "--out", str(out))
    assert (code, err) == (0, "")
    assert printed.startswith("3 张反馈表")
    pdf = out.read_bytes()
    store = Store.open(case)
    try:
        numbers = {form.number for form in store.where(FeedbackForm, visit_id=ids)}
    finally:
        store.close()
    assert sorted(codes(pdf)) == sorted(f"JLT-{number}" for number in numbers)
    for page in range(3):
        # ``printed_texts`` refuses a font that is not embedded.
        texts = printed_texts(pdf, page)
        elders = [found for found in texts if found.y_mm < STAFF_TOP]
        assert min(found.points for found in elders) >= 12 - 0.01
        assert "总的满意吗？" in "".join(found.text for found in elders)


def test_forms_of_a_day_and_of_a_committee(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_visits = visits_without_answers(case)
    day = max({one.day for one in open_visits}, key=[one.day for one in open_visits].count)
    out = tmp_path / "day.pdf"
    assert told(capsys, "forms", str(case), "--day", str(day), "--out", str(out))[0] == 0
    assert page_count(out.read_bytes()) == sum(one.day == day for one in open_visits)
    store = Store.open(case)
    committee = store.get(ResidentsCommittee, open_visits[0].committee_id or 0)
    store.close()
    code, _, err = told(capsys, "forms", str(case), "--committee", committee.name, "--out", str(out))
    assert (code, err) == (0, "")
    assert page_count(out.read_bytes()) == sum(one.committee_id == committee.id for one in open_visits)
    assert committee.name in page_text(out.read_bytes(), 0)


def test_blank_forms_change_nothing(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "blank.pdf"
    store = Store.open(case)
    before = store.value("SELECT count(*) FROM change")
    store.close()
    assert told(capsys, "forms", str(case), "--blank", "4", "--out", str(out))[0] == 0
    assert (page_count(out.read_bytes()), codes(out.read_bytes())) == (4, [])
    store = Store.open(case)
    assert store.value("SELECT count(*) FROM change") == before
    store.close()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--visits", "99999"],
        ["--committee", "没有这个居委"],
        ["--day", "1999-01-01"],
        ["--blank", "2", "--day", "2026-03-18"],
    ],
)
def test_what_cannot_be_printed_is_one_sentence(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    out = tmp_path / "no.pdf"
    code, printed, err = told(capsys, "forms", str(case), *words, "--out", str(out))
    assert (code, printed, err.count("\n")) == (2, "", 1), err
    assert not out.exists()


def test_a_folder_that_is_not_there_changes_nothing(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = visits_without_answers(case)
    out = tmp_path / "nowhere" / "forms.pdf"
    code, _, err = told(capsys, "forms", str(case), "--visits", str(wanted[-1].id), "--out", str(out))
    assert (code, err.count("\n")) == (2, 1)
    assert visits_without_answers(case) == wanted
