"""Ninety days after a meal its claims are forgotten; the sitting keeps what they came to."""

from services.capacity.store import forgetting
from shared.messaging import parked
from shared.messaging.service import Service
from shared.purge import AT_ONCE, KEPT


def forget_claims(service: Service) -> int:
    """Forget those whose time has come, one sitting at a time. Returns how many claims."""
    with service.read() as conn:
        sittings = forgetting.due(conn, service.clock.now(conn), AT_ONCE)
    forgotten = 0
    for sitting in sittings:
        with service.work() as work:
            forgotten += forgetting.forget(work.conn, sitting) or 0
    return forgotten


def forget_parked(service: Service) -> int:
    """Drop the messages that nobody looked after for so long. Returns how many."""
    with service.work() as work:
        return parked.forget_parked_before(work.conn, service.tables.attempt, work.now - KEPT)
