"""A resident looks at a booking, or at the meals to come."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection

from services.booking.domain.booking import Booking
from services.booking.domain.coming import has_said_coming, is_near, was_reminded
from services.booking.domain.errors import UnknownBooking, UnknownCantine, UnknownMeal
from services.booking.domain.sittings import Room, has_begun, has_places_for, room_at_once, takes_bookings
from services.booking.domain.standing import Outcome, outcome, stands
from services.booking.store import bookings, lines, sittings
from services.booking.store.sittings import Filter
from shared.contracts.booking import BookingStatus
from shared.contracts.seats import Why
from shared.contracts.sitting import Cantine, SittingNotice, WaitlistPolicy
from shared.messaging.service import Service
from shared.text import is_storable

MOST_OTHERS = 3  # meals proposed instead of one
AHEAD = 60  # meals of a cantine that are looked at for that


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A booking as its guest sees it. `place` is its place in the waiting list, if it waits. `others` are meals that
    may suit instead, where its group would be too many at this one, or its partner has too few meals left.
    """

    booking: Booking
    outcome: Outcome
    sitting: SittingNotice | None
    place: int | None
    others: list[SittingNotice]
    now: datetime

    @property
    def is_over(self) -> bool:
        """Whether the meal has begun, so that nothing can be changed any more."""
        return has_begun(self.sitting, self.now)

    @property
    def stands(self) -> bool:
        """Whether they have a place, or may get one: then they can change it, or give it up."""
        return stands(self.outcome, self.sitting, self.now)

    @property
    def may_ask_again(self) -> bool:
        """Whether who was refused may ask for this meal anew."""
        refused = self.outcome.status is BookingStatus.REFUSED
        return refused and self.sitting is not None and takes_bookings(self.sitting, self.now)

    @property
    def asks_coming(self) -> bool:
        """Whether it is time to say that they come."""
        return self.sitting is not None and is_near(self.sitting, self.now)

    @property
    def urges_coming(self) -> bool:
        """Whether they were reminded since they booked, so that we wait for their word."""
        return self.sitting is not None and was_reminded(self.booking, self.sitting, self.now)

    @property
    def room(self) -> Room | None:
        """For whom of them there would be room at once, while they wait for all."""
        if self.sitting is None or self.outcome.status is not BookingStatus.WAITLISTED:
            return None
        is_next = self.place == 1 or self.sitting.waitlist_policy is WaitlistPolicy.FILL
        return room_at_once(self.sitting, self.booking) if is_next and takes_bookings(self.sitting, self.now) else None

    @property
    def says_coming(self) -> bool:
        """Whether they have said so."""
        return has_said_coming(self.booking, self.sitting)


@dataclass(frozen=True, kw_only=True)
class Meals:
    """Some of the meals to come, how many there are in all, and the present instant."""

    items: list[SittingNotice]
    total: int
    now: datetime


def look(service: Service, booking_id: str) -> Seen:
    """A booking with its meal. Raises UnknownBooking."""
    with service.read() as conn:
        booking = bookings.find(conn, booking_id)
        if booking is None:
            raise UnknownBooking
        became, sitting, now = outcome(booking), sittings.find(conn, booking.sitting), service.clock.now(conn)
        return Seen(
            booking=booking,
            outcome=became,
            sitting=sitting,
            place=bookings.place_in_line(conn, booking) if became.waiting else None,
            others=_others(conn, booking, became, sitting, now),
            now=now,
        )


def _others(
    conn: Connection, booking: Booking, became: Outcome, sitting: SittingNotice | None, now: datetime
) -> list[SittingNotice]:
    """Where its group is too many for one meal: others; where its partner has too few meals left: of a later month."""
    if sitting is None or became.why not in (Why.GROUP_TOO_LARGE, Why.MEALS_USED_UP):
        return []
    month = sitting.date.replace(day=1)
    ahead = sittings.to_come(conn, now, Filter(cantine=sitting.cantine.slug), limit=AHEAD)
    found = (
        one
        for one in lines.as_told(conn, ahead)
        if one.thing != sitting.thing and takes_bookings(one, now)
        if became.why is Why.GROUP_TOO_LARGE or one.date.replace(day=1) > month
        if has_places_for(one, booking.party, newcomer=booking.newcomer, partner=booking.partner)
    )
    return list(islice(found, MOST_OTHERS))


def find_meal(service: Service, sitting_id: str) -> tuple[SittingNotice, datetime]:
    """A meal with the places that a new party could have, and the present instant. Raises UnknownMeal."""
    with service.read() as conn:
        sitting = sittings.find(conn, sitting_id)
        if sitting is None:
            raise UnknownMeal
        return lines.as_told(conn, [sitting])[0], service.clock.now(conn)


def find_meals(service: Service, which: Filter, *, skip: int = 0, limit: int = 500) -> Meals:
    """The meals to come with the places that a new party could have, soonest first."""
    with service.read() as conn:
        now = service.clock.now(conn)
        items = sittings.to_come(conn, now, which, skip=skip, limit=limit)
        complete = skip == 0 and len(items) < limit
        total = len(items) if complete else sittings.count(conn, now, which)
        return Meals(items=lines.as_told(conn, items), total=total, now=now)


def find_cantine(service: Service, slug: str) -> Cantine:
    """A cantine as its latest meal describes it. Raises UnknownCantine."""
    with service.read() as conn:
        cantine = sittings.cantine_of(conn, slug) if is_storable(slug) else None
    if cantine is None:
        raise UnknownCantine
    return cantine


def zones_of_cantines(service: Service) -> list[str]:
    """The time zone of each cantine that we have heard of."""
    with service.read() as conn:
        return sittings.zones_of_cantines(conn)


def find_cantines(service: Service) -> list[tuple[str, str, str]]:
    """(city, slug, name) of the cantines that have meals to come."""
    with service.read() as conn:
        return sittings.cantines(conn, service.clock.now(conn))
