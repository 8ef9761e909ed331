"""A guest looks at what is theirs: the bookings to come, the usual places, and what they agreed to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact
from services.booking.domain.errors import LinkOver
from services.booking.domain.persons import Person, address_of, verified
from services.booking.domain.standing import Outcome, outcome, stands, stays_without_proxy
from services.booking.domain.usual import Usual
from services.booking.store import bookings, guest_links, persons, sittings, usual
from services.booking.use_cases.persons import stop_calls
from services.booking.use_cases.voice import Voice
from shared.contracts.sitting import Cantine, SittingNotice
from shared.messaging.service import Service
from shared.text import is_storable

STILL_ON = timedelta(hours=3)  # after it has begun a meal is still shown: one may say that one runs late


@dataclass(frozen=True, kw_only=True)
class MyBooking:
    """A booking to come. It `stands` if it can still be changed, or given up, and is `verified` if its letters go where
    the link to this page went. It `stays` its guest's if who came by the link, and booked for them, is forgotten.
    """

    booking: Booking
    became: Outcome
    sitting: SittingNotice | None
    verified: bool
    stands: bool

    @property
    def stays(self) -> bool:
        return stays_without_proxy(self.booking)


@dataclass(frozen=True, kw_only=True)
class Mine:
    """What is somebody's who is reached at an address or a number: soonest first."""

    address: str = field(repr=False)
    coming: Sequence[MyBooking]
    places: Sequence[tuple[Usual, Cantine]]
    callers: Sequence[Cantine]
    valid_until: datetime


def look_at_mine(service: Service, link: str, *, sms: bool) -> Mine:
    """What is theirs who came by a link (by id). Raises LinkOver."""
    with service.read() as conn:
        way, valid_until = way_behind(conn, link, service.clock.now(conn))
        now, address = service.clock.now(conn), address_of(way)
        found = bookings.to_come_of(conn, address, now - STILL_ON)
        meals = sittings.some(conn, {one.sitting for one in found})
        coming = [
            MyBooking(
                booking=one,
                became=outcome(one),
                sitting=meals.get(one.sitting),
                verified=_is_verified(one, address, sms=sms),
                stands=stands(outcome(one), meals.get(one.sitting), now),
            )
            for one in found
        ]
        person = persons.find(conn, way)
        return Mine(
            address=address,
            coming=sorted(coming, key=lambda one: (one.sitting is None, one.sitting and one.sitting.starts_at)),
            places=_places(conn, person),
            callers=_callers(conn, person),
            valid_until=valid_until,
        )


def no_more_calls(service: Service, voice: Voice, link: str, cantine: str) -> None:
    """A cantine (by slug) no longer calls who came by a link. Raises LinkOver."""
    with service.work() as work:
        way, _until = way_behind(work.conn, link, work.now)
        person = persons.find(work.conn, way)
        if person and is_storable(cantine):
            stop_calls(work, voice, person.id, cantine)


def way_behind(conn: Connection, link: str, now: datetime) -> tuple[Contact, datetime]:
    """How they are reached who came by a link, and until when it is good (UTC). Raises LinkOver."""
    found = guest_links.find(conn, link)
    if found is None or not found.is_good(now) or found.way is None or found.valid_until is None:
        raise LinkOver
    return found.way, found.valid_until


def _is_verified(booking: Booking, address: str, *, sms: bool) -> bool:
    reached = verified(booking.contact, sms=sms)
    return reached is not None and address_of(reached) == address


def _places(conn: Connection, person: Person | None) -> list[tuple[Usual, Cantine]]:
    theirs = usual.of_persons(conn, [person.id]) if person else []
    return [(one, cantine) for one in theirs if (cantine := sittings.cantine_of(conn, one.cantine))]


def _callers(conn: Connection, person: Person | None) -> list[Cantine]:
    slugs = sorted(persons.cooks_for(conn, person.id)) if person else []
    return [cantine for slug in slugs if (cantine := sittings.cantine_of(conn, slug))]
