"""A program opens a sitting, and may say so again because no answer came: it is one sitting."""

from uuid import UUID, uuid5

from services.capacity.domain.history import by_program
from services.capacity.domain.sittings import Plan
from services.capacity.domain.staff import Staff
from services.capacity.store import cantines as cantine_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.open_sitting import open_sitting
from shared.messaging.service import UnitOfWork

_SAID_BY_PROGRAMS = UUID("0d0c1c5e-6b0e-4b4f-9a55-2f2b8f3f4c11")


def open_once(work: UnitOfWork, staff: Staff, cantine: str, plan: Plan, public_url: str, *, key: str) -> str:
    """Open a sitting of a cantine (by slug), unless this person's program said so before with this key.

    Returns its id, which the key decides: also after a restore. Raises UnknownCantine or FlawedPlan.
    """
    sitting = str(uuid5(_SAID_BY_PROGRAMS, f"{staff.id} {cantine} {key}"))
    cantine_store.lock(work.conn, cantine)  # of two who say it at once, the second finds what the first opened
    if sitting_store.find(work.conn, sitting) is None:
        open_sitting(work, cantine, plan, public_url, by_program(staff), sitting_id=sitting)
    return sitting
