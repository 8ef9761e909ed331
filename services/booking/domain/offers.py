"""A guest answers an offer: places are kept for them until an instant, if they say yes."""

from dataclasses import replace
from datetime import datetime

from services.booking.domain.booking import Booking
from services.booking.domain.errors import AlreadyCancelled
from services.booking.domain.standing import outcome
from shared.contracts.seats import OfferReply, Why


def reply_to_offer(booking: Booking, now: datetime, revision: int, *, accepted: bool) -> Booking:
    """The booking with its guest's yes or no. Who is not asked any more can only say yes, if their offer has passed: it
    is asked for again, at the old place in line. Anything else changes nothing. Raises AlreadyCancelled.
    """
    if booking.cancelled_at is not None:
        raise AlreadyCancelled
    became = outcome(booking)
    if became.offer is None and not (accepted and became.why is Why.OFFER_EXPIRED):
        return booking
    offer = became.offer.id if became.offer else ""
    return replace(booking, revision=revision, reply=OfferReply(offer=offer, accepted=accepted, at=now))
