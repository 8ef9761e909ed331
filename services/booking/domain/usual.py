"""A usual place: somebody comes every Tuesday, and need not ask each time. (`standing.py` is how a booking stands.)

Their bookings are made ahead, each once, while the share of seats that a cantine gives to usual places lasts. Who was
absent twice in a row is asked whether they still come: their place rests until they say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_OID, uuid5

from services.booking.domain.attendance import OPEN_AFTER
from shared.contracts.party import Party
from shared.contracts.person import StandingWhat
from shared.contracts.sitting import Cantine, SittingNotice

AHEAD = timedelta(days=14)  # bookings are made so long before the meal
SHARE = 25  # percent of the seats, unless a cantine chooses otherwise
ABSENCES = 2  # in a row, after which a usual place rests


Rhythm = tuple[str, int, time]
"""A cantine, a weekday (Monday is 0), and the local time at which a meal begins."""


def rhythm_of(meal: SittingNotice) -> Rhythm:
    """In which rhythm a meal would be one of several."""
    return meal.cantine.slug, meal.date.weekday(), meal.meal_starts


@dataclass(frozen=True, kw_only=True)
class Usual:
    """A person's usual place: at which meals of a cantine (weekday, Monday is 0, and local time), and for whom.

    `paused_at` is since when it rests; `resumed_at` is since when absences count (both UTC).
    """

    id: str
    person: str
    cantine: str
    weekday: int
    meal_starts: time
    party: Party
    since: datetime
    resumed_at: datetime
    paused_at: datetime | None = None

    @property
    def rhythm(self) -> Rhythm:
        """By what its meals are found."""
        return self.cantine, self.weekday, self.meal_starts

    def booking_id(self, sitting: str) -> str:
        """The id of its booking at a sitting: the same, however often it is made."""
        return str(uuid5(NAMESPACE_OID, f"{self.id} {sitting}"))

    def paused(self, now: datetime) -> "Usual":
        """While it rests."""
        return replace(self, paused_at=self.paused_at or now)

    def resumed(self, now: datetime) -> "Usual":
        """When its guest comes again; earlier absences no longer count."""
        return replace(self, paused_at=None, resumed_at=now)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A meal at which a usual place was kept, and whether anybody came; None: nobody was checked in."""

    starts_at: datetime
    came: bool | None


@dataclass(frozen=True, kw_only=True)
class News:
    """Something that the guest of a usual place should know, once for each (`what`, `once_for`)."""

    usual: Usual
    what: StandingWhat
    once_for: str
    cantine: Cantine
    day: date | None = None


def fits(party: Party, seats: int, taken: int, share: int) -> bool:
    """Whether a usual place fits into the share (percent of the seats), of which so many seats are taken."""
    return taken + party.seats <= seats * share // 100


def is_to_rest(usual: Usual, meals: Sequence[Kept], now: datetime) -> bool:
    """Whether nobody came to the last two meals in a row, which can no longer be corrected at the door.

    Who cancelled was not absent, and is not among these.
    """
    over = [one for one in meals if usual.resumed_at <= one.starts_at <= now - OPEN_AFTER and one.came is not None]
    last = sorted(over, key=lambda one: one.starts_at)[-ABSENCES:]
    return usual.paused_at is None and len(last) == ABSENCES and not any(one.came for one in last)
