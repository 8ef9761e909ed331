"""How booking says how a booking stands: the wish to capacity, the rest to notifications."""

from services.booking.domain.booking import Booking
from services.booking.domain.standing import as_told
from shared.contracts.booking import BookingNotice
from shared.contracts.seats import SeatsRequest
from shared.links import Links
from shared.messaging.service import UnitOfWork

PURPOSE = "booking"  # of the secret in a booking's link


class Voice:
    """Knows how to name a booking's own page in the letters to its guest."""

    def __init__(self, links: Links, public_url: str) -> None:
        self._links = links
        self._public_url = public_url

    def address(self, token: str) -> str:
        """The address of a booking's own page."""
        return f"{self._public_url}/b/{token}"

    def say_wish(self, work: UnitOfWork, booking: Booking) -> None:
        """Tell capacity the whole wish."""
        work.say(
            SeatsRequest(
                thing=booking.id,
                revision=booking.revision,
                sitting=booking.sitting,
                party=booking.wish,
                asked_at=booking.asked_at,
                last_answer=booking.kept_answer,
                reply=booking.reply,
            )
        )

    def say_notice(self, work: UnitOfWork, booking: Booking) -> None:
        """Tell notifications how the booking stands."""
        now, contact = as_told(booking), booking.contact
        work.say(
            BookingNotice(
                thing=booking.id,
                revision=booking.notice_revision,
                sitting=booking.sitting,
                status=now.status,
                party=now.party,
                news=booking.news,
                why=now.why,
                name=contact.name,
                email=contact.email,
                phone=contact.phone_to_write_to,
                language=contact.language,
                link=f"{self.address(self._links.sign(PURPOSE, booking.id))}?lang={contact.language}",
                offer_until=now.offer.until if now.offer else None,
            )
        )
