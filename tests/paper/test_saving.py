"""A document is there whole or not at all."""

import os
from pathlib import Path

import pytest

from jiuliting_desk.model.errors import OtherFile
from jiuliting_desk.paper.saving import save_document


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "服务卡.pdf"
    path.write_bytes(b"old")
    assert save_document(b"new", path) == path
    assert path.read_bytes() == b"new"
    assert [found.name for found in tmp_path.iterdir()] == ["服务卡.pdf"]


def test_a_failure_leaves_the_older_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cards.pdf"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_document(b"new", path)
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["cards.pdf"]


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        save_document(b"new", tmp_path / "none" / "cards.pdf")


def test_what_is_no_pdf_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    path.write_bytes(b"data")
    with pytest.raises(OtherFile):
        save_document(b"new", path)
    assert path.read_bytes() == b"data"
    assert [found.name for found in tmp_path.iterdir()] == ["case.db"]
