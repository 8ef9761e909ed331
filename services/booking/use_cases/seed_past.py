"""Invented residents were at the meals before the demo begins, as they would have been: booked, and checked in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from services.booking.domain.errors import BookingError
from services.booking.domain.staff import Staff
from services.booking.domain.standing import outcome
from services.booking.store import bookings, door, sittings
from services.booking.use_cases import check_in
from services.booking.use_cases.book import book
from services.booking.use_cases.seed_demo import wishes_for
from services.booking.use_cases.voice import Voice
from shared.clock import SetClock
from shared.contracts.booking import BookingStatus
from shared.contracts.sitting import SittingNotice
from shared.contracts.staff import StaffRole
from shared.links import Links
from shared.messaging.service import Service
from shared.settings import CommonSettings

LAST_DAYS = timedelta(days=8)
TODAY = timedelta(days=1)
ABSENT = 0.1  # of the bookings
AT_TABLE = timedelta(minutes=20)


def book_past(service: Service, settings: CommonSettings) -> int:
    """Book the meals of the last days and of today, each the day before its cutoff, unless they are booked. Returns how
    many.
    """
    voice, made = Voice(Links(settings.secret_keys), settings.public_url), 0
    with service.read() as conn:
        now = service.clock.now(conn)
        meals = [one for one in _meals(conn, now + TODAY) if one.cutoff_at <= now]
        booked = bookings.of_sittings(conn, [one.thing for one in meals])
    for number, meal in enumerate(meals):
        rng = Random(number)  # noqa: S311 - the same demo every time is what is wanted here
        for wish in wishes_for(rng, meal, rng.uniform(0.5, 0.95)) if meal.thing not in booked else ():
            try:
                book(_at(service, meal.cutoff_at - timedelta(days=1)), voice, meal.thing, wish)
            except BookingError:
                break
            made += 1
    return made


def check_in_past(service: Service, settings: CommonSettings) -> int:
    """Nearly all of them came, and some who had not reserved; who comes today is for others to say. Returns at how many
    meals, unless they were counted.
    """
    voice, counted = Voice(Links(settings.secret_keys), settings.public_url), 0
    with service.read() as conn:
        now = service.clock.now(conn)
        meals = [one for one in _meals(conn, now) if one.date < now.astimezone(ZoneInfo(one.cantine.zone)).date()]
        known = {sitting for sitting, _revision, _count in door.counts(conn, of=[one.thing for one in meals])}
        booked = bookings.of_sittings(conn, [one.thing for one in meals])
    for number, meal in enumerate(meals):
        coming = [one.id for one in booked.get(meal.thing, []) if outcome(one).status is BookingStatus.CONFIRMED]
        if meal.thing not in known and coming:
            _check_in(_at(service, meal.starts_at + AT_TABLE), voice, meal, coming, Random(number))  # noqa: S311
            counted += 1
    return counted


def _check_in(service: Service, voice: Voice, meal: SittingNotice, coming: Sequence[str], rng: Random) -> None:
    door_keeper = Staff(id="demo", name="", role=StaffRole.HELPER, cantines=(meal.cantine.slug,))
    for booking in sorted(coming):
        if rng.random() < ABSENT:
            check_in.mark(service, voice, door_keeper, meal.thing, booking, came=0)
    check_in.all_others_came(service, voice, door_keeper, meal.thing)
    if without := rng.choice((0, 0, 1, 2)):
        check_in.walk_in(service, door_keeper, meal.thing, without, f"demo-{meal.thing}")


def _meals(conn: Connection, now: datetime) -> list[SittingNotice]:
    return sittings.between(conn, now - LAST_DAYS, now)


def _at(service: Service, at: datetime) -> Service:
    """The service as it was at an instant."""
    return replace(service, clock=SetClock(at))
