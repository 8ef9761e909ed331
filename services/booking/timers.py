"""What falls due in booking."""

from collections.abc import Mapping
from datetime import timedelta

from services.booking.store import keys
from services.booking.use_cases.forget_guests import forget_guests, forget_parked
from shared.assembly import Seldom, Timer
from shared.messaging.service import Service

KEYS_ARE_KEPT = timedelta(hours=24)


def timers(service: Service) -> Mapping[str, Timer]:
    """The timers of booking, by name."""
    return {
        "forget old keys": Seldom(lambda: forget_old_keys(service)),
        "forget guests": Seldom(lambda: forget_guests(service)),
        "forget parked": Seldom(lambda: forget_parked(service)),
    }


def forget_old_keys(service: Service) -> int:
    """Forget idempotency keys after a day. Returns how many."""
    with service.work() as work:
        return keys.forget_before(work.conn, work.now - KEYS_ARE_KEPT)
