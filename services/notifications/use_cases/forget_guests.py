"""Ninety days after a meal its guests are forgotten, with all that was written to them."""

from services.notifications.store import forgetting
from shared.messaging import parked
from shared.messaging.service import Service
from shared.purge import AT_ONCE, KEPT

LETTERS_AT_ONCE = 500


def forget_guests(service: Service) -> int:
    """Forget those whose time has come, one sitting at a time. Returns how many bookings."""
    with service.read() as conn:
        sittings = forgetting.due(conn, service.clock.now(conn), AT_ONCE)
    forgotten = 0
    for sitting in sittings:
        with service.work() as work:
            forgotten += forgetting.forget(work.conn, sitting)
    return forgotten


def forget_old_post(service: Service) -> int:
    """Forget letters to staff, the demo's mailbox, and messages that nobody looked after, once they are as old.

    Returns how many.
    """
    with service.work() as work:
        before = work.now - KEPT
        return (
            forgetting.forget_letters_to_staff(work.conn, before, LETTERS_AT_ONCE)
            + forgetting.forget_mail(work.conn, before)
            + parked.forget_parked_before(work.conn, service.tables.attempt, before)
        )
