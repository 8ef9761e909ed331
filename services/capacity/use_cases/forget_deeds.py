"""What was done about meals and about staff is forgotten after two years, with the names of those who did it."""

from datetime import timedelta

from services.capacity.store import history, staff_deeds
from shared.messaging.service import Service

TOLD_FOR = timedelta(days=730)


def forget_deeds(service: Service) -> int:
    """Forget what is older. Returns how many lines of the histories."""
    with service.work() as work:
        before = work.now - TOLD_FOR
        return history.forget(work.conn, before) + staff_deeds.forget(work.conn, before)
