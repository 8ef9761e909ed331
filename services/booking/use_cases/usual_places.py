"""Usual places: begun and ended by their guests, kept ahead by the clock, at rest after two absences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from services.booking.domain.booking import Booking, new_booking
from services.booking.domain.errors import NotExpected, NoUsualPlace, UnknownBooking, UnknownPerson
from services.booking.domain.persons import verified
from services.booking.domain.sittings import takes_bookings
from services.booking.domain.standing import outcome
from services.booking.domain.usual import AHEAD, Rhythm, Usual, fits, is_to_rest, rhythm_of
from services.booking.domain.wish import Wish
from services.booking.store import bookings, cook_calls, persons, sittings, usual
from services.booking.use_cases.persons import end as end_persons
from services.booking.use_cases.persons import guest, is_needed, person_of, say_persons
from services.booking.use_cases.voice import Voice
from shared.contracts.booking import BookingStatus, Origin
from shared.contracts.sitting import Cantine, SittingNotice, SittingStatus
from shared.messaging.service import Service, UnitOfWork

PART = 200  # usual places in one transaction
LOOKED_BACK = timedelta(days=60)  # for absences
LATELY = timedelta(days=15)  # in which a weekly meal took place at least once, but for a holiday
KEPT = timedelta(days=120)  # at which meals places were kept


@dataclass(frozen=True, kw_only=True)
class SeenUsual:
    """A usual place as its guest sees it."""

    usual: Usual
    cantine: Cantine


def find_usual(service: Service, usual_id: str) -> SeenUsual:
    """A usual place. Raises UnknownPerson once it has ended."""
    with service.read() as conn:
        one = usual.some(conn, [usual_id]).get(usual_id)
        cantine = sittings.cantine_of(conn, one.cantine) if one else None
    if one is None or cantine is None:
        raise UnknownPerson
    return SeenUsual(usual=one, cantine=cantine)


def usual_of(service: Service, booking: Booking, meal: SittingNotice | None, *, sms: bool) -> Usual | None:
    """The usual place that the guest of a booking has at meals like its own, if any."""
    contact = verified(booking.contact, sms=sms)
    if contact is None or meal is None:
        return None
    with service.read() as conn:
        person = persons.find(conn, contact)
        theirs = usual.of_persons(conn, [person.id]) if person else []
    return next((one for one in theirs if one.rhythm == rhythm_of(meal)), None)


def comes_again(service: Service, meal: SittingNotice) -> bool:
    """Whether others are, or lately were, in the rhythm of this meal: nobody comes every week to what is held once."""
    with service.read() as conn:
        now = service.clock.now(conn)
        around = sittings.between(conn, now - LATELY, now + AHEAD, {meal.cantine.slug})
    others = (one for one in around if one.date != meal.date and one.status is not SittingStatus.CANCELLED)
    return any(rhythm_of(one) == rhythm_of(meal) for one in others)


def begin_usual(service: Service, voice: Voice, booking_id: str, *, sms: bool) -> list[date]:
    """The guest of a confirmed booking comes every week, as many as they are now; twice is the same as once. Returns
    the days of the meals that are booked for them a moment later.

    Raises UnknownBooking, UnknownMeal, NotVerified, NotExpected, NoUsualPlace.
    """
    with service.work() as work:
        contact, meal = guest(work, booking_id, sms=sms)
        usual.lock_sitting(work.conn, meal.thing)
        became = outcome(_booking(work, booking_id))
        if became.status is not BookingStatus.CONFIRMED:
            raise NotExpected
        person = person_of(work, contact)
        one = Usual(
            id=str(uuid4()),
            person=person.id,
            cantine=meal.cantine.slug,
            weekday=meal.date.weekday(),
            meal_starts=meal.meal_starts,
            party=became.party,
            since=work.now,
            resumed_at=work.now,
        )
        share = usual.share_of(work.conn, one.cantine)
        if not fits(one.party, meal.seats, usual.seats_promised(work.conn, one), share):
            raise NoUsualPlace
        usual.add(work.conn, one)
        say_persons(work, voice, [person])
        ahead = sittings.between(work.conn, work.now, work.now + AHEAD, {one.cantine})
        theirs = [next for next in ahead if rhythm_of(next) == one.rhythm and takes_bookings(next, work.now)]
        return [next.date for next in theirs if not cook_calls.is_expected(work.conn, next.thing, contact)]


def resume(service: Service, voice: Voice, usual_id: str) -> None:
    """Its guest comes again. Raises UnknownPerson."""
    with service.work() as work:
        one = _locked(work, usual_id)
        usual.keep(work.conn, [one.resumed(work.now)])
        person = persons.lock(work.conn, [one.person])[one.person]
        say_persons(work, voice, [person.seen(work.now)])


def end(service: Service, voice: Voice, usual_id: str) -> None:
    """No longer every week; the bookings that are made stay. Who agreed to nothing else ends. Twice is once."""
    with service.work() as work:
        one = usual.some(work.conn, [usual_id]).get(usual_id)
        if one is None:
            return
        person = persons.lock(work.conn, [one.person]).get(one.person)
        usual.end(work.conn, usual_id)
        if person and is_needed(work, person.id):
            say_persons(work, voice, [person])
        elif person:
            end_persons(work, voice, [person])


def keep_usual_places(service: Service, voice: Voice) -> int:
    """Book for whoever comes every week, at the meals of the next two weeks, each once. Returns how many bookings."""
    with service.read() as conn:
        now = service.clock.now(conn)
        here = set(usual.cantines(conn))
        if not here:
            return 0
        meals = [one for one in sittings.between(conn, now, now + AHEAD, here) if takes_bookings(one, now)]
        looked_at = usual.looked_at(conn, [one.thing for one in meals])
        places: dict[Rhythm, list[Usual]] = {}
        for one in _awake(service):
            places.setdefault(one.rhythm, []).append(one)
    made = 0
    for meal in meals:
        theirs = [one for one in places.get(rhythm_of(meal), []) if (one.id, meal.thing) not in looked_at]
        if theirs:
            with service.work() as work:
                made += _keep(work, voice, meal, theirs)
    return made


def let_usual_places_rest(service: Service, voice: Voice) -> int:
    """Usual places to whose last two meals nobody came rest. Returns how many."""
    rested = 0
    places = list(_awake(service))
    for number in range(0, len(places), PART):
        with service.work() as work:
            some = {one.id: one for one in places[number : number + PART]}
            people = persons.lock(work.conn, {one.person for one in some.values()})
            some = {id: one for id, one in usual.some(work.conn, some).items() if one.person in people}
            meals = usual.meals_of(work.conn, some, work.now - LOOKED_BACK, work.now)
            absent = [one for one in some.values() if is_to_rest(one, meals[one.id], work.now)]
            usual.keep(work.conn, [one.paused(work.now) for one in absent])
            say_persons(work, voice, [people[one] for one in sorted({one.person for one in absent})])
        rested += len(absent)
    return rested


def forget_old_places(service: Service) -> int:
    """Forget at which old meals places were kept. Returns how many."""
    with service.work() as work:
        return usual.forget_before(work.conn, work.now - KEPT)


def _awake(service: Service) -> Iterator[Usual]:
    last = ""
    while True:
        with service.read() as conn:
            part = usual.awake(conn, PART, last)
        yield from part
        if len(part) < PART:
            return
        last = part[-1].id


def _keep(work: UnitOfWork, voice: Voice, meal: SittingNotice, places: list[Usual]) -> int:
    """Book at one meal for these, who came first first; who finds the share used up is told."""
    usual.lock_sitting(work.conn, meal.thing)
    people = persons.lock(work.conn, {one.person for one in places})
    share, taken = usual.share_of(work.conn, meal.cantine.slug), usual.seats_taken(work.conn, meal.thing)
    made: list[Booking] = []
    without: set[str] = set()
    for one in sorted(places, key=lambda one: (one.since, one.id)):
        person = people.get(one.person)
        if person is None:
            continue
        expected = cook_calls.is_expected(work.conn, meal.thing, person.contact)
        no_place = not expected and not fits(one.party, meal.seats, taken, share)
        booking_id = None if expected or no_place else one.booking_id(meal.thing)
        if not usual.take(work.conn, one.id, meal.thing, booking_id=booking_id, no_place=no_place, now=work.now):
            continue
        if no_place:
            without.add(person.id)
        if booking_id:
            wish = Wish(party=one.party, contact=person.contact)
            made.append(
                new_booking(booking_id, meal.thing, wish, work.now, work.next_revision(), origin=Origin.STANDING)
            )
            taken += one.party.seats
    bookings.add(work.conn, made)
    for booking in made:
        voice.say_wish(work, booking)
    say_persons(work, voice, [people[one] for one in sorted(without)])
    return len(made)


def _booking(work: UnitOfWork, booking_id: str) -> Booking:
    booking = bookings.lock(work.conn, [booking_id]).get(booking_id)
    if booking is None:
        raise UnknownBooking
    return booking


def _locked(work: UnitOfWork, usual_id: str) -> Usual:
    one = usual.some(work.conn, [usual_id]).get(usual_id)
    if one is None or not persons.lock(work.conn, [one.person]):
        raise UnknownPerson
    still = usual.some(work.conn, [usual_id]).get(usual_id)  # somebody may have ended it while we waited
    if still is None:
        raise UnknownPerson
    return still
