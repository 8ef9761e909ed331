"""What falls due in booking."""

from collections.abc import Mapping
from datetime import timedelta

from services.booking.store import keys
from shared.assembly import Timer
from shared.messaging.service import Service

KEYS_ARE_KEPT = timedelta(hours=24)


def timers(service: Service) -> Mapping[str, Timer]:
    """The timers of booking, by name."""
    return {"forget_old_keys": lambda: forget_old_keys(service)}


def forget_old_keys(service: Service) -> int:
    """Forget idempotency keys after a day. Returns how many."""
    with service.work() as work:
        return keys.forget_before(work.conn, work.now - KEYS_ARE_KEPT)
