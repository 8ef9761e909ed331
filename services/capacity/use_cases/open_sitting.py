"""A coordinator opens a sitting: from now on it can be booked."""

from uuid import uuid4

from services.capacity.domain.history import Author
from services.capacity.domain.sittings import Plan, check, new_sitting
from services.capacity.domain.staff import UnknownCantine
from services.capacity.store import cantines as cantine_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store import waiting_lists
from services.capacity.use_cases.conclude import conclude
from shared.messaging.service import UnitOfWork


def open_sitting(
    work: UnitOfWork, cantine: str, plan: Plan, public_url: str, by: Author, *, sitting_id: str | None = None
) -> str:
    """Open a sitting of a cantine (by slug). Returns its id. Raises UnknownCantine or FlawedPlan."""
    found = cantine_store.lock(work.conn, cantine)
    if found is None:
        raise UnknownCantine
    usual = kitchen_store.usual(work.conn, cantine)
    check(plan, usual, found.zone, work.now)
    rules = waiting_lists.some(work.conn, [cantine])[cantine]
    sitting = new_sitting(sitting_id or str(uuid4()), found, plan, work.now, usual=usual, rules=rules)
    conclude(work, [(None, sitting)], [], public_url, by)
    return sitting.id
