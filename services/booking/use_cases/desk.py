"""What every page and every endpoint has at hand."""

from dataclasses import dataclass
from decimal import Decimal

from services.booking.domain.booking import Booking
from services.booking.domain.guest_links import place_of
from services.booking.domain.legal import UNTOLD, Legal
from services.booking.domain.persons import is_verified
from services.booking.use_cases.hold import Confirmation
from services.booking.use_cases.memberships import Register
from services.booking.use_cases.reception import Reception
from services.booking.use_cases.send_links import CLIENT
from services.booking.use_cases.voice import CONFIRM, COOK_CALL, EMAIL, HELD, LETTER, PARTNER, PURPOSE, USUAL, Voice
from shared.contracts.guest_link import MINE
from shared.links import ForgedLink, Links
from shared.messaging.service import Service

EXTENSION = "tablee.booking"  # where the web application keeps the desk


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What is at hand. `sms` says whether guests can be written to by SMS, `sms_price` what one part of one costs, in
    euros, if that is known. `links_from_place` is how many links to their own pages people may ask for from one place
    of the network; None: as many as they like.
    """

    service: Service
    voice: Voice
    reception: Reception
    confirmation: Confirmation
    links: Links
    public_url: str
    sms: bool
    sms_price: Decimal | None = None
    legal: Legal = UNTOLD
    counts_places: bool = False
    links_from_place: int | None = None

    @property
    def register(self) -> Register:
        """Who is a member."""
        return Register(service=self.service, links=self.links)

    def token(self, booking_id: str) -> str:
        """The secret in a booking's link."""
        return self.links.sign(PURPOSE, booking_id)

    def letter_token(self, booking_id: str) -> str:
        """The secret in the link of a letter about a booking, for who has come by one, whichever way that went."""
        return self.links.sign(LETTER, booking_id)

    def verified_token(self, booking: Booking) -> str:
        """The same, for who is known to be reached the way by which letters about this booking go first."""
        return self.links.sign(EMAIL if booking.contact.email else LETTER, booking.id)

    def booking_of(self, token: str) -> str:
        """The booking that a secret opens. Raises ForgedLink."""
        _check_readable(token)
        return self.links.read(next((one for one in (EMAIL, LETTER) if self._is(one, token)), PURPOSE), token)

    def is_from_letter(self, token: str) -> bool:
        """Whether a secret came with a letter: then one of the ways to reach its guest reaches who has it."""
        return self._is(EMAIL, token) or self._is(LETTER, token)

    def is_verified(self, token: str, booking: Booking) -> bool:
        """Whether a secret came with a letter, and that one went the way by which its guest is known elsewhere."""
        return self.is_from_letter(token) and is_verified(booking.contact, by_email=self._is(EMAIL, token))

    def surer_token(self, token: str, beside: str) -> str | None:
        """The secret of an e-mail that stood in one link with that of any letter, if it is of the same booking."""
        booking_id = self.booking_of(token)
        return beside if self._is(EMAIL, beside) and self.links.read(EMAIL, beside) == booking_id else None

    def _is(self, purpose: str, token: str) -> bool:
        try:
            _check_readable(token)
            self.links.read(purpose, token)
        except ForgedLink:
            return False
        return True

    def call_of(self, token: str) -> tuple[str, str]:
        """The person, and the sitting for which they are called, in the link of a call. Raises ForgedLink."""
        _check_readable(token)
        person, _blank, sitting = self.links.read(COOK_CALL, token).partition(" ")
        return person, sitting

    def partner_address(self, cantine: str, partner: str) -> str:
        """The address at which a partner of a cantine (by slug) books."""
        return f"{self.public_url}/partner/{self.links.sign(PARTNER, f'{cantine} {partner}')}"

    def partner_of(self, token: str) -> tuple[str, str]:
        """The cantine (by slug) and the partner in such an address. Raises ForgedLink."""
        _check_readable(token)
        cantine, _blank, partner = self.links.read(PARTNER, token).partition(" ")
        return cantine, partner

    def mine_of(self, token: str) -> str:
        """The request for a link that a secret in one comes from. Raises ForgedLink."""
        _check_readable(token)
        return self.links.read(MINE, token)

    def held_token(self, held_id: str) -> str:
        """The secret in the address of a request that waits, for who made it: it confirms nothing."""
        return self.links.sign(HELD, held_id)

    def held_of(self, token: str) -> str:
        """The request that such a secret shows. Raises ForgedLink."""
        _check_readable(token)
        return self.links.read(HELD, token)

    def confirm_of(self, token: str) -> str:
        """The request in the link of a letter that asks to confirm it. Raises ForgedLink."""
        _check_readable(token)
        return self.links.read(CONFIRM, token)

    def client(self, remote: str | None) -> str:
        """What stands for an address of the network where requests come from."""
        return self.links.mark(CLIENT, place_of(remote))

    def usual_of(self, token: str) -> str:
        """The usual place in the link of a letter. Raises ForgedLink."""
        _check_readable(token)
        return self.links.read(USUAL, token)

    def usual_token(self, usual_id: str) -> str:
        """The secret in the link to a usual place, for who has come by a letter."""
        return self.links.sign(USUAL, usual_id)


def _check_readable(token: str) -> None:
    if not token.isascii():
        raise ForgedLink
