"""What every page and every endpoint has at hand."""

from dataclasses import dataclass
from decimal import Decimal

from services.booking.use_cases.reception import Reception
from services.booking.use_cases.voice import PURPOSE, Voice
from shared.links import ForgedLink, Links
from shared.messaging.service import Service

EXTENSION = "tablee.booking"  # where the web application keeps the desk


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What is at hand. `sms` says whether guests can be written to by SMS, `sms_price` what one part of one costs, in
    euros, if that is known.
    """

    service: Service
    voice: Voice
    reception: Reception
    links: Links
    sms: bool
    sms_price: Decimal | None = None

    def token(self, booking_id: str) -> str:
        """The secret in a booking's link."""
        return self.links.sign(PURPOSE, booking_id)

    def booking_of(self, token: str) -> str:
        """The booking that a secret opens. Raises ForgedLink."""
        if not token.isascii():
            raise ForgedLink
        return self.links.read(PURPOSE, token)
