"""Take a step back, bring it back, or take back one particular step."""

from jiuliting_desk.model.errors import NothingToUndo
from jiuliting_desk.store import Store, history
from jiuliting_desk.store.history import UndoReport


def undo(store: Store) -> UndoReport:
    """Undo the last step that is in force. Opens its own operation.

    Raises NothingToUndo, and Overtaken where later steps stand on it.
    """
    line = store.undoable()
    if line is None:
        raise NothingToUndo
    return history.undo(store, line.id)


def redo(store: Store) -> UndoReport:
    """Bring back the last step undone. Opens its own operation. Raises NothingToUndo."""
    undoing = history.last_undo(store)
    if undoing is None:
        raise NothingToUndo(redo=True)
    return history.undo(store, undoing.id)


def undo_step(store: Store, *, operation_id: int, partly: bool = False) -> UndoReport:
    """Undo one step of the history, however old. Opens its own operation.

    Raises Overtaken where later steps stand on it; with ``partly`` the rows they stand on are kept and named.
    """
    return history.undo(store, operation_id, partly=partly)
