"""The words that a sheet may use, from the file: known names, and what staff once taught."""

from datetime import date

from jiuliting_desk.model.categories import ServiceCategory
from jiuliting_desk.model.places import Compound, ResidentsCommittee
from jiuliting_desk.model.surveys import LearnedWord
from jiuliting_desk.model.tags import Tag
from jiuliting_desk.sheets.vocabulary import Vocabulary
from jiuliting_desk.store import Store, surveys


def vocabulary(store: Store, *, today: date) -> Vocabulary:
    """The office's committees, compounds, services and tags with their other words."""
    committees = {committee.id: committee for committee in store.all(ResidentsCommittee)}
    compounds = store.all(Compound)
    return Vocabulary(
        committees={committee.name: committee.aliases for committee in committees.values()},
        compounds={compound.name: compound.aliases for compound in compounds},
        compound_committees={
            compound.name: committees[compound.committee_id].name
            for compound in compounds
            if compound.committee_id is not None
        },
        categories={category.name: category.words for category in store.all(ServiceCategory, order="position")},
        tags=tuple(tag.name for tag in store.all(Tag, order="position")),
        today=today,
    )


def learned_words(store: Store) -> list[LearnedWord]:
    """What staff once taught about headers and words of sheets."""
    return store.all(LearnedWord)


def imported_on(store: Store, digest: str) -> date | None:
    """The day on which the very same file was imported last, None where it was not."""
    at = surveys.imported_at(store, digest)
    return None if at is None else at.date()
