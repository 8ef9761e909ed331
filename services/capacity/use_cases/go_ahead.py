"""A coordinator says that a meal goes ahead, however few come. (Its other answer is to cancel the meal.)"""

from dataclasses import replace

from services.capacity.domain.history import by_hand
from services.capacity.domain.sittings import NoSuchSitting, PlannedSitting, SittingIsOver
from services.capacity.domain.staff import Staff
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from shared.messaging.service import UnitOfWork


def go_ahead(work: UnitOfWork, sitting: str, staff: Staff, public_url: str) -> PlannedSitting:
    """Nobody is asked any more; whoever said so first stays. Returns the sitting.

    Raises NoSuchSitting or SittingIsOver.
    """
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if planned is None:
        raise NoSuchSitting
    if planned.is_over(work.now):
        raise SittingIsOver
    if planned.going_ahead_at is not None:
        return planned
    after = replace(planned, going_ahead_at=work.now, going_ahead_by=staff.id)
    return conclude(work, [(planned, after)], [], public_url, by_hand(staff))[0]
