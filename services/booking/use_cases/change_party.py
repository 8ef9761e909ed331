"""A resident changes how many they are."""

from dataclasses import dataclass, replace

from services.booking.domain.booking import asks_for_more, change_party
from services.booking.domain.errors import AlreadyCancelled, UnknownBooking
from services.booking.domain.sittings import check_not_begun, check_party, check_takes_bookings
from services.booking.domain.standing import as_told
from services.booking.store import bookings, sittings
from services.booking.store import needs as needs_store
from services.booking.use_cases.voice import Voice
from shared.contracts.party import Party
from shared.messaging.service import Service


@dataclass(frozen=True, kw_only=True)
class Fewer:
    """What was told of more people than there are now, and is so no longer: of companions, of what somebody needs."""

    companions: bool
    needs: bool


def change(service: Service, voice: Voice, booking_id: str, party: Party) -> Fewer:
    """Wish another party. Fewer is accepted until the meal; more is asked for anew.

    Raises UnknownBooking, AlreadyCancelled, MealBegun; for more people also MealCancelled, MealClosed, PastCutoff,
    PartyTooLarge.
    """
    with service.work() as work:
        before = bookings.lock(work.conn, [booking_id]).get(booking_id)
        if before is None:
            raise UnknownBooking
        if before.cancelled_at is not None:
            raise AlreadyCancelled
        sitting = sittings.find(work.conn, before.sitting)
        check_not_begun(sitting, work.now)
        if sitting is not None and asks_for_more(before, party):
            check_takes_bookings(sitting, work.now)
            if before.answer is None or party.seats > before.answer.held.seats:
                check_party(sitting, party, before.partner)
        after = change_party(before, party, work.now, work.next_revision(before.revision))
        news_for_notifications = as_told(after).words != as_told(before).words
        if news_for_notifications:
            after = replace(after, notice_revision=work.next_revision(after.notice_revision))
        bookings.keep(work.conn, [after])
        voice.say_wish(work, after)
        if news_for_notifications:
            voice.say_notice(work, after)
        return Fewer(
            companions=after.company != before.company, needs=needs_store.lower(work.conn, booking_id, after.party)
        )
