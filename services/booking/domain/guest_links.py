"""The link by which guests come to their own page without a password: how long it is good, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from services.booking.domain.contact import Contact

VALID = timedelta(minutes=30)
REST = timedelta(minutes=5)  # between two links to one contact
DAY = timedelta(days=1)
MOST_IN_A_DAY = 6  # links to one contact: nobody's telephone is made to ring all night
WINDOW = timedelta(hours=1)
MOST_FROM_ONE_PLACE = 40  # requests in the window, or as many as bookings: a canteen's own network has many guests


@dataclass(frozen=True, kw_only=True)
class GuestLink:
    """One request for a link, by which way; `contact` stands for that way. It is good until `valid_until` (UTC)."""

    id: str
    address: str | None = field(repr=False)
    contact: str
    language: str
    asked_at: datetime
    valid_until: datetime | None

    @property
    def way(self) -> Contact | None:
        """How whoever asked is reached; None once that is forgotten."""
        if self.address is None:
            return None
        email, phone = (self.address, None) if "@" in self.address else (None, self.address)
        return Contact(name=None, email=email, phone=phone, language=self.language)

    def is_good(self, now: datetime) -> bool:
        """Whether it opens the page."""
        return self.address is not None and self.valid_until is not None and now < self.valid_until


def most_from_one_place(bookings: int) -> int | None:
    """How many requests may come in the window from a place from which so many bookings may (0: as many as they like).
    None: as many as they like.
    """
    return max(MOST_FROM_ONE_PLACE, bookings) if bookings else None


def may_be_sent(sent_before: Sequence[datetime], now: datetime) -> bool:
    """Whether another link may go to a contact, to which links were sent at these instants (UTC)."""
    within_a_day = [at for at in sent_before if at > now - DAY]
    return len(within_a_day) < MOST_IN_A_DAY and not any(at > now - REST for at in within_a_day)


def place_of(remote: str | None) -> str:
    """What stands for where a request comes from: of an IPv6 address its /64, of which one household has one."""
    try:
        address = ip_address(remote or "")
    except ValueError:
        return remote or ""
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64)
    return str(address)
