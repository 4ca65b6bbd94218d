"""Masked data shown, or data given out: noted before it is seen. These open their own transaction; no undo."""

from jiuliting_desk.model.disclosures import Disclosed, Disclosure
from jiuliting_desk.model.elders import Elder
from jiuliting_desk.model.providers import Provider
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


def reveal_provider_phones(store: Store, *, provider_id: int, why: str = "") -> list[str]:
    """A provider's numbers in full, in order, after the look is noted. Raises NotThere."""
    provider = store.get(Provider, provider_id)
    log.disclose(store, what=Disclosed.PHONE, kind="provider", record_id=provider_id, why=why)
    return [phone.number for phone in provider.phones]


def reveal_provider_id_number(store: Store, *, provider_id: int, why: str = "") -> str:
    """A provider's identity number in full, after the look is noted. Raises NotThere."""
    provider = store.get(Provider, provider_id)
    log.disclose(store, what=Disclosed.ID_NUMBER, kind="provider", record_id=provider_id, why=why)
    return provider.id_number


def open_elder(store: Store, *, elder_id: int) -> Elder:
    """An elder's record for the form that changes it, after the look is noted. Raises NotThere."""
    elder = store.get(Elder, elder_id)
    log.disclose(store, what=Disclosed.FORM, kind="elder", record_id=elder_id)
    return elder


def open_provider(store: Store, *, provider_id: int) -> Provider:
    """A provider's record for the form that changes it, after the look is noted. Raises NotThere."""
    provider = store.get(Provider, provider_id)
    log.disclose(store, what=Disclosed.FORM, kind="provider", record_id=provider_id)
    return provider


def note_list_given_out(store: Store, *, people: int, why: str = "", to_whom: str = "") -> Disclosure:
    """A workbook or print with many people's full data leaves the house."""
    return log.disclose(store, what=Disclosed.LIST, people=people, why=why, to_whom=to_whom)


def disclosures_of(store: Store, *, kind: str, record_id: int) -> list[Disclosure]:
    """Who saw or got this person's data, the newest first."""
    return log.of_record(store, kind, record_id)
