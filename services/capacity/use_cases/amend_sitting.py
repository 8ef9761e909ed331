"""A program changes some of what is planned of a sitting, and leaves the rest as it stands at that moment."""

from collections.abc import Callable

from services.capacity.domain.history import by_program
from services.capacity.domain.sittings import NoSuchSitting, Plan, PlannedSitting
from services.capacity.domain.staff import Staff
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.edit_sitting import edit_sitting
from shared.messaging.service import UnitOfWork
from shared.text import is_storable


def amend_sitting(
    work: UnitOfWork, staff: Staff, sitting: str, amended: Callable[[Plan], Plan], public_url: str
) -> PlannedSitting:
    """Change the plan of a sitting that somebody looks after, as `edit_sitting` does.

    Raises NoSuchSitting (also if it is not theirs), SittingIsOver or FlawedPlan.
    """
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting) if is_storable(sitting) else None
    if planned is None or planned.cantine not in staff.cantines:
        raise NoSuchSitting
    return edit_sitting(work, sitting, amended(planned.plan), public_url, by_program(staff))
