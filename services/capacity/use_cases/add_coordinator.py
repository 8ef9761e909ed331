"""The network gives somebody the care of cantines."""

from collections.abc import Sequence
from uuid import uuid4

from services.capacity.domain.staff import Staff, UnknownCantine, tidy_email
from services.capacity.store import cantines as cantine_store
from services.capacity.store import staff as staff_store
from shared.messaging.service import UnitOfWork


def add_coordinator(work: UnitOfWork, *, email: str, name: str, language: str, cantines: Sequence[str]) -> Staff:
    """Make somebody the coordinator of exactly these cantines (by slug); none takes the care away.

    Raises UnknownCantine.
    """
    if set(cantines) - set(cantine_store.some(work.conn, cantines)):
        raise UnknownCantine
    known = staff_store.lock_by_email(work.conn, tidy_email(email))
    person = Staff(
        id=known.id if known else str(uuid4()),
        name=name,
        email=tidy_email(email),
        language=language,
        role="coordinator",
        cantines=tuple(sorted(set(cantines))),
    )
    staff_store.save(work.conn, person)
    return person
