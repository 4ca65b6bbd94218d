"""Looking at what is masked: the look is noted before anything is shown, and whoever shows history hears of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from jiuliting_desk.model.disclosures import Disclosure
from jiuliting_desk.model.errors import UserError
from jiuliting_desk.store import StorageTrouble, Store
from jiuliting_desk.ui.session import Session

T = TypeVar("T")


def reveal(session: Session, action: Callable[..., T], **values: Any) -> T | None:
    """What the action of ``actions/disclosures.py`` gives; None, and said why, where it could not be noted."""
    if session.is_lent:
        session.say_busy()
        return None
    store: Store = session.store
    try:
        found = action(store, **values)
    except UserError as error:
        session.tell(error)
        return None
    except StorageTrouble as trouble:
        session.troubled.emit(trouble)
        return None
    session.changed.emit(frozenset({Disclosure}))
    return found
