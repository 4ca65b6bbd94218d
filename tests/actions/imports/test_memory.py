"""The collector rests while an import makes its records, and is itself again afterwards."""

import gc

import pytest

from jiuliting_desk.actions.imports.memory import collector_resting, let_go


def test_it_rests_within_and_works_afterwards() -> None:
    assert gc.isenabled()
    with collector_resting():
        assert not gc.isenabled()
        with collector_resting():
            assert not gc.isenabled()
        assert not gc.isenabled()
        kept = [[number] for number in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= len(kept)
    let_go()
    assert gc.get_freeze_count() == 0


def test_it_works_again_after_trouble() -> None:
    with pytest.raises(ValueError, match="cut"), collector_resting():
        raise ValueError("cut")
    assert gc.isenabled()
    let_go()
