"""Seats that were kept for newcomers, partners or walk-ins are released: by the clock at their hour, or by a person."""

from collections.abc import Collection
from dataclasses import replace

from services.capacity.domain import changes
from services.capacity.domain.history import THE_CLOCK, Author
from services.capacity.domain.sittings import NoSuchSitting, PlannedSitting, SittingIsOver
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from services.capacity.use_cases.line import log_promotions, with_the_line
from services.capacity.use_cases.quotas import allowed
from shared.contracts.sitting import SittingStatus
from shared.messaging.service import Service, UnitOfWork
from shared.one_by_one import one_by_one


def release_seats(service: Service, public_url: str, batch: int = 100) -> int:
    """Release what is due at all sittings, one transaction each. Returns at how many."""

    def release(sitting: str) -> int:
        with service.work() as work:
            planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
            if planned is None or not _is_due(planned, work):
                return 0
            _release(work, planned, (), public_url, THE_CLOCK)
            return 1

    return one_by_one(lambda: _due(service, batch), release)


def release_now(work: UnitOfWork, sitting: str, kinds: Collection[str], public_url: str, by: Author) -> None:
    """Release what is kept for these kinds of booking before its hour; what is not kept stays as it is.

    Raises NoSuchSitting or SittingIsOver.
    """
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if planned is None:
        raise NoSuchSitting
    if planned.is_over(work.now):
        raise SittingIsOver
    kept = planned.seating.as_of(work.now).still_kept
    _release(work, planned, [kind for kind in kinds if kind in kept], public_url, by)


def _due(service: Service, batch: int) -> list[str]:
    with service.read() as conn:
        return sitting_store.release_due(conn, service.clock.now(conn), batch)


def _is_due(planned: PlannedSitting, work: UnitOfWork) -> bool:
    due = planned.seating.next_release
    return due is not None and due <= work.now and planned.seating.status is not SittingStatus.CANCELLED


def _release(work: UnitOfWork, planned: PlannedSitting, kinds: Collection[str], public_url: str, by: Author) -> None:
    line = with_the_line(work.conn, planned.seating, [], work.now)
    decision = changes.release(allowed(work.conn, planned, line).seating, line, work.now, kinds=kinds)
    log_promotions(decision)
    if decision.sitting != planned.seating:
        after = replace(planned, seating=decision.sitting)
        conclude(work, [(planned, after)], decision.answers, public_url, by)
