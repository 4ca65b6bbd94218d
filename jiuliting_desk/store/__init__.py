"""The one file: the only place that knows SQL."""

from jiuliting_desk.store.errors import StorageTrouble, Trouble
from jiuliting_desk.store.operations import Change, Operation, OperationLine
from jiuliting_desk.store.store import Store

__all__ = ["Change", "Operation", "OperationLine", "StorageTrouble", "Store", "Trouble"]
