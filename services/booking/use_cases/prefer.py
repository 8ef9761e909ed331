"""A guest says how they want to be written to about a booking, or that they come late."""

from collections.abc import Collection
from dataclasses import replace

from services.booking.domain.booking import Booking
from services.booking.domain.errors import AlreadyCancelled, UnknownBooking, UnknownPreference
from services.booking.domain.preferences import (
    LATE_BY,
    Preferences,
    has_both_ways,
    in_language,
    may_run_late,
    unproven,
)
from services.booking.store import bookings, sittings
from services.booking.use_cases.voice import Voice
from shared.messaging.service import Service, UnitOfWork


def prefer(
    service: Service,
    voice: Voice,
    booking_id: str,
    preferences: Preferences,
    language: tuple[str, Collection[str]],
    *,
    by_letter: bool,
) -> None:
    """Keep what a guest prefers, and the language of all that there are; and say it: what is on its way is planned
    anew, and no letter is written because of it. To hear less than before, they must have come by a letter.

    Raises UnknownBooking, AlreadyCancelled, UnknownPreference.
    """
    with service.work() as work:
        before = _locked(work, booking_id)
        wished = preferences if by_letter else unproven(preferences, before.preferences)
        after = replace(
            before,
            contact=in_language(before.contact, *language),
            preferences=replace(wished, by_sms=wished.by_sms and has_both_ways(before.contact)),
        )
        if not after.preferences.thanks:
            after = replace(after, attended=None)
        if after != before:
            after = replace(after, notice_revision=work.next_revision(before.notice_revision))
            bookings.keep(work.conn, [after])
            voice.say_notice(work, after)


def run_late(service: Service, booking_id: str, minutes: int) -> None:
    """So many minutes after the others (0: in time after all): the host sees it beside their name, and nobody is
    written to. Raises UnknownBooking, AlreadyCancelled, UnknownPreference.
    """
    with service.work() as work:
        before = _locked(work, booking_id)
        if minutes not in (0, *LATE_BY) or not may_run_late(sittings.find(work.conn, before.sitting), work.now):
            raise UnknownPreference
        bookings.keep(work.conn, [replace(before, late_by=minutes or None)])


def _locked(work: UnitOfWork, booking_id: str) -> Booking:
    found = bookings.lock(work.conn, [booking_id]).get(booking_id)
    if found is None:
        raise UnknownBooking
    if found.cancelled_at is not None:
        raise AlreadyCancelled
    return found
