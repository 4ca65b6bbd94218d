"""The import rules of the house hold."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_import_contracts_are_kept() -> None:
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS
