"""Saying again, after this service or a neighbour was restored from a copy."""

from collections.abc import Mapping
from dataclasses import replace

from services.booking.store import bookings
from services.booking.store.erasing import JOURNAL
from services.booking.use_cases.check_in import say_all_attendance
from services.booking.use_cases.persons import say_all_persons
from services.booking.use_cases.say_replies import say_all_replies
from services.booking.use_cases.voice import Voice
from services.booking.use_cases.write_to_guests import say_all_messages
from shared.messaging.service import Service, UnitOfWork

PART = 500  # bookings in one transaction


def resay(service: Service, voice: Voice) -> int:
    """Say every booking of the meals to come again, as it stands, and all else. Returns how many things were said.

    The wishes go under new revisions: a capacity that was put back may have applied them, and forgotten what it
    answered since. It must hear them anew, with the last answer that we keep.
    """
    count, last = 0, ""
    while True:
        with service.work() as work:
            ids = bookings.of_meals_to_come(work.conn, work.now, last, PART)
            anew = [
                replace(booking, revision=work.next_revision(booking.revision))
                for booking in bookings.lock(work.conn, ids).values()
            ]
            bookings.keep(work.conn, anew)
            for booking in anew:
                voice.say_wish(work, booking)
                voice.say_notice(work, booking)
        if not ids:
            break
        count, last = count + len(ids), ids[-1]
    with service.work() as work:
        count += say_all_replies(work)
    with service.work() as work:
        count += JOURNAL.say_all(work)
    with service.work() as work:
        count += say_all_persons(work, voice)
    with service.work() as work:
        return count + say_all_attendance(work) + say_all_messages(work)


def leave_wishes_to_answers(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Capacity keeps later wishes than ours: our database was put back, and capacity's answers bring them.

    Saying ours above them would undo a change or a cancellation that a guest was promised.
    """


def say_notices_above(work: UnitOfWork, voice: Voice, kept: Mapping[str, int]) -> None:
    """Notifications keeps higher revisions of these bookings than we have: go above them and say them again."""
    raised = [
        replace(booking, notice_revision=work.next_revision(max(booking.notice_revision, kept[booking.id])))
        for booking in bookings.lock(work.conn, list(kept)).values()
    ]
    bookings.keep(work.conn, raised)
    for booking in raised:
        voice.say_notice(work, booking)
