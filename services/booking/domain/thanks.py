"""A word after the meal, to who wished for one: thanks to who came, "we missed you" to who was absent. A pure rule.

Both are solicitations: they go only to who ticked it beforehand, once for a meal and a contact.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.booking import Booking
from services.booking.domain.persons import address_of
from services.booking.domain.standing import outcome
from shared.contracts.booking import Attended, BookingStatus
from shared.contracts.sitting import SittingNotice, SittingStatus

TOLD_WITHIN = timedelta(days=3)  # after the meal has begun: later, nobody needs a word about it


def is_time_to_thank(meal: SittingNotice, now: datetime) -> bool:
    """Whether words about a meal are due: from the end of its day (local) on, where the cantine writes such words."""
    day_is_over = now.astimezone(ZoneInfo(meal.cantine.zone)).date() > meal.date
    writes = meal.cantine.thanks and meal.status is not SittingStatus.CANCELLED
    return writes and day_is_over and now < meal.starts_at + TOLD_WITHIN


def attendance_of(bookings: Iterable[Booking], came: Mapping[str, int]) -> dict[str, Attended | None]:
    """Whether the guests of a meal's bookings came, by booking, of those who are to have a word; None for the others.

    `came` is how many people of each booking were marked at the door (0: absent). Of several bookings of one guest one
    has the word, and nobody is missed who came by another, or of whom nobody knows. A guest without contact is not who
    booked for them.
    """
    told: dict[str, Attended | None] = {}
    for group in _by_guest(bookings):
        told |= dict.fromkeys((one.id for one in group), None)
        expected = [one for one in group if outcome(one).status is BookingStatus.CONFIRMED]
        wishing = [one for one in expected if one.preferences.thanks]
        marks = [came.get(one.id) for one in expected]
        if wishing and any(marks):
            told[wishing[0].id] = Attended.CAME
        elif wishing and None not in marks:
            told[wishing[0].id] = Attended.ABSENT
    return told


def _by_guest(bookings: Iterable[Booking]) -> Iterator[list[Booking]]:
    groups: dict[tuple[str, str | None], list[Booking]] = {}
    for one in sorted(bookings, key=lambda one: one.id):
        guest = one.contact.name if one.proxy and one.proxy.reached else None
        groups.setdefault((address_of(one.contact) or one.id, guest), []).append(one)
    yield from groups.values()
