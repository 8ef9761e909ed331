"""A request that waits until whoever it names confirms it, where a network or a canteen wishes that.

Until then it is no booking: capacity does not hear of it, and no seat is taken. After a while it lapses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from services.booking.domain.contact import Contact
from services.booking.domain.once import Once
from services.booking.domain.wish import Wish

HELD_FOR = timedelta(hours=24)  # or until booking closes, if that is sooner
ROWS_KEPT = 2 * HELD_FOR  # without whom they name: to say that a request has lapsed, and to count
DAY = timedelta(days=1)
MOST_IN_A_DAY = 4  # letters to one contact: nobody's mailbox is filled by others
CONFIRMED_FOR = timedelta(days=90)  # after which a contact is asked again
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Confirming:
    """The cantines (by slug) where bookings on the site are confirmed by a message; `all` of the network."""

    cantines: frozenset[str] = frozenset()

    def asks(self, cantine: str) -> bool:
        """Whether it does."""
        return ALL in self.cantines or cantine in self.cantines


NOWHERE = Confirming()


class State(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class Held:
    """A wish for places at a sitting, until `valid_until` (UTC); `wish` is None once it is over. `contact` stands for
    who is asked to confirm it, `client` for where it came from. `booking` is what it became.
    """

    id: str
    once: Once
    sitting: str
    wish: Wish | None = field(repr=False)
    contact: str
    client: str | None
    asked_at: datetime
    valid_until: datetime
    booking: str | None = None

    def state(self, now: datetime) -> State:
        """What became of it."""
        if self.booking is not None:
            return State.CONFIRMED
        return State.WAITING if self.wish is not None and now < self.valid_until else State.LAPSED


def can_be_asked(contact: Contact, *, sms: bool) -> bool:
    """Whether a message reaches a contact: who has but a landline is called by the team, who hear it from them."""
    return bool(contact.email or (sms and contact.phone_to_write_to))


def may_be_asked(asked_before: Sequence[datetime], now: datetime) -> bool:
    """Whether one more message may go to a contact that was asked at these instants (UTC)."""
    return sum(at > now - DAY for at in asked_before) < MOST_IN_A_DAY


def confirming_in(text: str) -> Confirming:
    """Where, in a setting: nothing, `all`, or slugs with commas between them."""
    return Confirming(cantines=frozenset(one.strip() for one in text.split(",") if one.strip()))
