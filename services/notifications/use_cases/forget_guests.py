"""Ninety days after a meal its guests are forgotten, with all letters to them; what letters said, perhaps sooner."""

from datetime import timedelta

from services.notifications.store import forgetting
from shared.messaging.service import Service
from shared.purge import forget_meals

LETTERS_AT_ONCE = 500
CONTENTS_AT_ONCE = 5_000
STOPPED_FOR = timedelta(days=3 * 365)  # since it was said


def forget_guests(service: Service) -> int:
    """Forget those whose time has come. Returns how many bookings."""
    return forget_meals(service, forgetting.due, forgetting.forget)


def forget_old_post(service: Service, kept: timedelta) -> int:
    """Forget letters to staff, texts that came in, and the demo's mailbox, once they are so old; and STOP, after three
    years. Returns how many.
    """
    with service.work() as work:
        before = work.now - kept
        forgotten = forgetting.forget_letters_to_staff(work.conn, before, LETTERS_AT_ONCE)
        forgotten += forgetting.forget_contacts(work.conn, before, work.now - STOPPED_FOR)
        forgotten += forgetting.forget_texts(work.conn, before)
        forgotten += forgetting.forget_receipts(work.conn, before)
        return forgotten + forgetting.forget_mail(work.conn, before)


def forget_contents(service: Service, kept: timedelta) -> int:
    """Forget what letters and hosts' words said, once they are so old; their fate stays. Returns how many."""
    with service.work() as work:
        before = work.now - kept
        return forgetting.forget_contents(work.conn, before, CONTENTS_AT_ONCE) + forgetting.forget_words(
            work.conn, before
        )
