"""A coordinator cancels a sitting: everybody who has a seat or waits for one is told."""

from dataclasses import replace

from services.capacity.domain.changes import cancel
from services.capacity.domain.history import Author
from services.capacity.domain.sittings import NoSuchSitting, PlannedSitting, SittingIsOver
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from shared.contracts.sitting import SittingStatus
from shared.messaging.service import UnitOfWork


def cancel_sitting(work: UnitOfWork, sitting: str, public_url: str, by: Author) -> PlannedSitting:
    """Cancel a sitting for good; twice is the same as once. Returns it. Raises NoSuchSitting or SittingIsOver."""
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if planned is None:
        raise NoSuchSitting
    if planned.seating.status is SittingStatus.CANCELLED:
        return planned
    if planned.is_over(work.now):
        raise SittingIsOver
    decision = cancel(planned.seating, claim_store.of_sitting(work.conn, sitting), work.now)
    return conclude(work, [(planned, replace(planned, seating=decision.sitting))], decision.answers, public_url, by)[0]
