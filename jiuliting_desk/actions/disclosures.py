"""Masked data shown, or data given out: noted before it is seen. These open their own transaction; no undo."""

from jiuliting_desk.model.disclosures import Disclosed, Disclosure
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.store import Store
from jiuliting_desk.store import disclosures as log


def reveal_phones(store: Store, *, elder_id: int, why: str = "") -> list[str]:
    """An elder's numbers in full, the one to ring first ahead, after the look is noted. Raises NotThere."""
    elder = store.get(Elder, elder_id)
    log.disclose(store, what=Disclosed.PHONE, kind="elder", record_id=elder_id, why=why)
    return sorted((phone.number for phone in elder.phones), key=lambda number: number != elder.phone)


def reveal_id_number(store: Store, *, elder_id: int, why: str = "") -> str:
    """An elder's identity number in full, after the look is noted. Raises NotThere."""
    elder = store.get(Elder, elder_id)
    log.disclose(store, what=Disclosed.ID_NUMBER, kind="elder", record_id=elder_id, why=why)
    return elder.id_number


def reveal_contacts(store: Store, *, elder_id: int, why: str = "") -> list[str]:
    """The numbers of an elder's emergency contacts in full, in order, after the look is noted. Raises NotThere."""
    elder = store.get(Elder, elder_id)
    log.disclose(store, what=Disclosed.CONTACT_PHONE, kind="elder", record_id=elder_id, why=why)
    return [contact.phone for contact in elder.contacts]


def note_list_given_out(store: Store, *, people: int, why: str = "", to_whom: str = "") -> Disclosure:
    """A workbook or print with many people's full data leaves the house."""
    return log.disclose(store, what=Disclosed.LIST, people=people, why=why, to_whom=to_whom)


def disclosures_of(store: Store, *, kind: str, record_id: int) -> list[Disclosure]:
    """Who saw or got this person's data, the newest first."""
    return log.of_record(store, kind, record_id)
