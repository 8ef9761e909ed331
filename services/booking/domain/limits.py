"""How many bookings one place, or one contact, may make: generous to people, and an end to machines.

A social worker books for ten, and a canteen's own network has a whole neighbourhood behind one address.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from services.booking.domain.errors import TooManyFromHere, TooManyLately, TooManyOpen

WINDOW = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many bookings may be made within the window from one place of the network, and with one contact; and how many
    of a contact's may be open, at meals to come. 0: as many as they like.
    """

    from_place: int = 0
    with_contact: int = 0
    still_open: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is limited."""
        return bool(self.from_place or self.with_contact or self.still_open)


NO_LIMITS = Limits()


@dataclass
class Tally:
    """What was booked within the window, by place and by contact, and what is open of each contact; counted on as more
    is booked.
    """

    by_place: Counter[str] = field(default_factory=Counter)
    by_contact: Counter[str] = field(default_factory=Counter)
    still_open: Counter[str] = field(default_factory=Counter)

    def check(self, limits: Limits, place: str, contact: str | None) -> None:
        """Raises TooManyFromHere, TooManyLately, TooManyOpen if one more would be too many."""
        if limits.from_place and self.by_place[place] >= limits.from_place:
            raise TooManyFromHere
        if contact and limits.with_contact and self.by_contact[contact] >= limits.with_contact:
            raise TooManyLately
        if contact and limits.still_open and self.still_open[contact] >= limits.still_open:
            raise TooManyOpen

    def add(self, place: str, contact: str | None) -> None:
        """One more was booked."""
        self.by_place[place] += 1
        if contact:
            self.by_contact[contact] += 1
            self.still_open[contact] += 1
