"""The kitchen has not answered for a while: whoever asked is told that their wish has come, and is looked at."""

from datetime import timedelta

from services.booking.domain.standing import PATIENCE, ask_patience
from services.booking.store import bookings
from services.booking.use_cases.voice import Voice
from shared.messaging.service import Service

LOOKED_BACK = timedelta(days=1)
PART = 500  # bookings in one transaction


def ask_patience_of_who_waits(service: Service, voice: Voice) -> int:
    """Tell those who have waited too long for a first answer, each once. Returns how many.

    It is looked for, and not planned with each booking: nearly all are answered within a second.
    """
    with service.read() as conn:
        now = service.clock.now(conn)
        found = bookings.unanswered(conn, now, now - LOOKED_BACK, now - PATIENCE)
    for number in range(0, len(found), PART):
        with service.work() as work:
            for before in bookings.lock(work.conn, found[number : number + PART]).values():
                after = ask_patience(before, work.next_revision(before.notice_revision))
                if after is not before:
                    bookings.keep(work.conn, [after])
                    voice.say_notice(work, after)
    return len(found)
