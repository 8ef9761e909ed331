"""The cutoff passes: whoever still waits is told that no seat came free."""

from dataclasses import replace

from services.capacity.domain.changes import close_waitlist
from services.capacity.domain.history import THE_CLOCK
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from shared.contracts.sitting import SittingStatus
from shared.messaging.service import Service, UnitOfWork
from shared.one_by_one import one_by_one

BATCH = 500  # claims in one transaction


def close_waitlists(service: Service, public_url: str, batch: int = BATCH) -> int:
    """Close the waiting lists whose cutoff has passed, in batches. Returns how many claims no longer wait."""

    def close(sitting: str) -> int:
        with service.work() as work:
            return _close(work, sitting, public_url, batch)

    return one_by_one(lambda: _due(service), close)


def _due(service: Service) -> list[str]:
    with service.read() as conn:
        return sitting_store.cutoff_due(conn, service.clock.now(conn), limit=100)


def _close(work: UnitOfWork, sitting: str, public_url: str, batch: int) -> int:
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if planned is None or not _is_due(planned, work):
        return 0
    waiting = claim_store.waiting(work.conn, sitting, limit=batch)
    decision = close_waitlist(planned.seating, waiting, work.now, all_of_them=len(waiting) < batch)
    after = replace(planned, seating=decision.sitting)
    if decision.answers:
        conclude(work, [(planned, after)], decision.answers, public_url, THE_CLOCK)
    else:
        sitting_store.save(work.conn, [after])
    return len(decision.answers)


def _is_due(planned: PlannedSitting, work: UnitOfWork) -> bool:
    seating = planned.seating
    return (
        seating.cutoff_at <= work.now and not seating.waitlist_closed and seating.status is not SittingStatus.CANCELLED
    )
