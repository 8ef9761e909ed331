"""Ninety days after a meal its guests are forgotten, with all that was written to them."""

from services.notifications.store import forgetting
from shared.messaging.service import Service
from shared.purge import KEPT, forget_meals

LETTERS_AT_ONCE = 500


def forget_guests(service: Service) -> int:
    """Forget those whose time has come. Returns how many bookings."""
    return forget_meals(service, forgetting.due, forgetting.forget)


def forget_old_post(service: Service) -> int:
    """Forget letters to staff, and the demo's mailbox, once they are as old. Returns how many."""
    with service.work() as work:
        before = work.now - KEPT
        return forgetting.forget_letters_to_staff(work.conn, before, LETTERS_AT_ONCE) + forgetting.forget_mail(
            work.conn, before
        )
