"""At the door: who came, who did not, who had not reserved. Two helpers may do it at once."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

from services.booking.domain.attendance import Count, check_door
from services.booking.domain.booking import Booking
from services.booking.domain.errors import UnknownBooking, UnknownMeal
from services.booking.domain.staff import Staff
from services.booking.domain.standing import outcome
from services.booking.store import bookings, door, forgetting, sittings
from services.booking.use_cases.thank import thank_for
from services.booking.use_cases.voice import Voice
from shared.contracts.attendance import Attendance
from shared.contracts.booking import BookingStatus
from shared.messaging.service import Service, UnitOfWork

LIVE = timedelta(days=30)  # after the meal


def mark(service: Service, voice: Voice, staff: Staff, sitting_id: str, booking_id: str, *, came: int | None) -> None:
    """How many of a booking came: 0 is absent, None is not known (any more). No more than are expected. A word about
    the meal that waits follows.

    Raises UnknownMeal, UnknownBooking (also if it is of another meal, or not confirmed), DoorClosed.
    """
    with _at_the_door(service, staff, sitting_id) as work:
        expected = _expected(work, sitting_id).get(booking_id)
        if expected is None:
            raise UnknownBooking
        if came is None:
            door.unmark(work.conn, sitting_id, booking_id)
        else:
            door.mark(
                work.conn, sitting_id, booking_id, min(max(came, 0), _people(expected)), by=staff.id, now=work.now
            )
    thank_for(service, voice, sitting_id)


def all_others_came(service: Service, voice: Voice, staff: Staff, sitting_id: str) -> None:
    """Whoever was not checked in yet came. Raises UnknownMeal, DoorClosed."""
    with _at_the_door(service, staff, sitting_id) as work:
        came = {one: _people(expected) for one, expected in _expected(work, sitting_id).items()}
        door.mark_others(work.conn, sitting_id, came, staff.id, work.now)
    thank_for(service, voice, sitting_id)


def not_all_others(service: Service, voice: Voice, staff: Staff, sitting_id: str, at: datetime) -> None:
    """It was a slip: of those who were marked together at that instant (UTC) it is not known any more. Raises
    UnknownMeal, DoorClosed.
    """
    with _at_the_door(service, staff, sitting_id) as work:
        door.unmark_together(work.conn, sitting_id, at)
    thank_for(service, voice, sitting_id)


def walk_in(service: Service, staff: Staff, sitting_id: str, people: int, key: str) -> None:
    """Some people came who had not reserved, also when the meal is full; the same key counts once.

    Raises UnknownMeal, DoorClosed.
    """
    with _at_the_door(service, staff, sitting_id) as work:
        door.add_walk_in(work.conn, key, sitting_id, people, by=staff.id, now=work.now)


def take_back(service: Service, staff: Staff, sitting_id: str, key: str) -> None:
    """Those people did not come after all. Raises UnknownMeal, DoorClosed."""
    with _at_the_door(service, staff, sitting_id) as work:
        door.take_back_walk_in(work.conn, sitting_id, key)


def count_anew(work: UnitOfWork, bookings: Collection[str]) -> None:
    """These bookings, which are locked, were cancelled or got smaller: where one was marked at the door, count anew."""
    for sitting_id in door.where_marked(work.conn, bookings):
        _keep(work, sitting_id, work.next_revision(door.lock(work.conn, sitting_id)))


def say_all_attendance(work: UnitOfWork) -> int:
    """Say again how many came to the meals of the last month. Returns how many meals."""
    counts = door.counts(work.conn, since=work.now - LIVE)
    for sitting_id, revision, counted in counts:
        _say(work, sitting_id, revision, counted)
    return len(counts)


def say_attendance_above(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Capacity keeps higher revisions of these counts than we have: go above them and say them again.

    Not of meals whose guests are forgotten: there is nothing left to count.
    """
    for sitting_id in sorted(kept.keys() - forgetting.of_long_ago(work.conn, kept, work.now)):
        revision = work.next_revision(max(door.lock(work.conn, sitting_id), kept[sitting_id]))
        _keep(work, sitting_id, revision)


@contextmanager
def _at_the_door(service: Service, staff: Staff, sitting_id: str) -> Iterator[UnitOfWork]:
    """One deed at the door of a meal; all is counted anew after it, and said."""
    with service.work() as work:
        meal = sittings.find(work.conn, sitting_id)
        if meal is None or not staff.looks_after(meal.cantine.slug):
            raise UnknownMeal
        check_door(meal, work.now)
        before = door.lock(work.conn, sitting_id)
        yield work
        _keep(work, sitting_id, work.next_revision(before))


def _keep(work: UnitOfWork, sitting_id: str, revision: int) -> None:
    counted = door.count(work.conn, sitting_id)
    door.keep_count(work.conn, sitting_id, revision, counted)
    _say(work, sitting_id, revision, counted)


def _say(work: UnitOfWork, sitting_id: str, revision: int, counted: Count) -> None:
    if revision:
        work.say(
            Attendance(
                thing=sitting_id,
                revision=revision,
                came=counted.came,
                absent=counted.absent,
                walk_ins=counted.walk_ins,
            )
        )


def _expected(work: UnitOfWork, sitting_id: str) -> dict[str, Booking]:
    found = bookings.of_sittings(work.conn, [sitting_id]).get(sitting_id, [])
    return {one.id: one for one in found if outcome(one).status is BookingStatus.CONFIRMED}


def _people(booking: Booking) -> int:
    return outcome(booking).party.seats
