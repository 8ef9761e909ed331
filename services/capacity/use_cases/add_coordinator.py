"""The network gives somebody the care of cantines."""

from collections.abc import Sequence
from uuid import uuid4

from services.capacity.domain.staff import NoSuchStaff, Staff, UnknownCantine, tidy_email
from services.capacity.store import cantines as cantine_store
from services.capacity.store import staff as staff_store
from services.capacity.store.staff_deeds import Deed
from services.capacity.use_cases import say_staff
from shared.contracts.staff import StaffRole
from shared.messaging.service import UnitOfWork


def add_coordinator(
    work: UnitOfWork,
    *,
    email: str,
    name: str,
    language: str,
    cantines: Sequence[str],
    role: StaffRole = StaffRole.COORDINATOR,
) -> Staff:
    """Give somebody a role in exactly these cantines (by slug); none takes the care away.

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
        role=role,
        cantines=tuple(sorted(set(cantines))),
        revision=known.revision if known else 0,
    )
    return say_staff.keep(work, person, by=None, deed=Deed.CHANGED if known else Deed.INVITED, before=known)


def remove_staff(work: UnitOfWork, email: str) -> None:
    """Take everything away from whoever has this address, in every session. Raises NoSuchStaff."""
    known = staff_store.lock_by_email(work.conn, tidy_email(email))
    if known is None:
        raise NoSuchStaff
    say_staff.remove(work, known, by=None)
