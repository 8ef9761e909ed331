"""Residents reserve: those who ask at the same moment in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from services.booking.domain.booking import Booking, new_booking
from services.booking.domain.errors import AlreadySent, BookingError, UnknownMeal
from services.booking.domain.limits import NO_LIMITS, WINDOW, Limits, Tally
from services.booking.domain.once import Once
from services.booking.domain.sittings import Terms, check_party, check_takes_bookings
from services.booking.domain.wish import Wish
from services.booking.store import bookings, keys, sittings
from services.booking.store import limits as store_limits
from services.booking.use_cases.voice import Voice
from shared.logs import correlation
from shared.messaging.service import Service, UnitOfWork

Answer = Booking | BookingError


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one resident asks for. What was sent before (`once`) is not done again. `client` stands for where it came
    from; None: from the team, or a partner, whom no limits hold.
    """

    booking_id: str
    sitting: str
    wish: Wish
    once: Once | None
    correlation: str
    client: str | None = None


def asked(sitting: str, wish: Wish, once: Once | None = None, client: str | None = None) -> Asked:
    """A new request, on behalf of what is going on here."""
    return Asked(
        booking_id=str(uuid4()), sitting=sitting, wish=wish, once=once, correlation=correlation(), client=client
    )


def book(service: Service, voice: Voice, sitting: str, wish: Wish, once: Once | None = None) -> Booking:
    """Make one booking and ask capacity for its seats.

    Raises AlreadySent if the same key was sent with other details; UnknownMeal, MealCancelled, MealClosed, PastCutoff,
    PartyTooLarge.
    """
    (answer,) = book_all(service, voice, [asked(sitting, wish, once)])
    if isinstance(answer, BookingError):
        raise answer
    return answer


def book_all(service: Service, voice: Voice, requests: Sequence[Asked], limits: Limits = NO_LIMITS) -> list[Answer]:
    """Make these bookings and ask capacity for their seats; an error stands for what cannot be booked.

    Notifications hears of a booking once there is something to tell: what became of it, or that it was cancelled.
    """
    firsts: dict[str, Asked] = {}
    for one in requests:
        firsts.setdefault(one.once.key if one.once else one.booking_id, one)
    with service.work() as work:
        answers = _book(work, voice, list(firsts.values()), limits)
    again = [one for one in requests if one.booking_id not in answers]  # the same form, sent twice in a moment
    if again:
        answers |= dict(zip((one.booking_id for one in again), book_all(service, voice, again, limits), strict=True))
    return [answers[one.booking_id] for one in requests]


def _book(work: UnitOfWork, voice: Voice, requests: Sequence[Asked], limits: Limits) -> dict[str, Answer]:
    """The answers by the id that each booking would have; no key is there twice."""
    tally = _tally(work, requests, limits)
    clients = {one.booking_id: one.client for one in requests}
    taken = keys.claim(work.conn, {one.booking_id: one.once for one in requests if one.once}, clients, work.now)
    meals = sittings.terms(work.conn, {one.sitting for one in requests})
    answers = {
        one.booking_id: _decide(work, one, meals.get(one.sitting), tally, limits)
        for one in requests
        if one.booking_id not in taken
    }
    made = [answer for answer in answers.values() if isinstance(answer, Booking)]
    keys.give_back(
        work.conn, [one.once for one in requests if one.once and isinstance(answers.get(one.booking_id), BookingError)]
    )
    bookings.add(work.conn, made)
    work.because_of({one.booking_id: one.correlation for one in requests})
    for booking in made:
        voice.say_wish(work, booking)
    return answers | _made_before(work, [one for one in requests if one.booking_id in taken])


def _tally(work: UnitOfWork, requests: Sequence[Asked], limits: Limits) -> Tally:
    """What those who ask have booked before, if that matters."""
    held = [one for one in requests if one.client] if limits.any else []
    if not held:
        return Tally()
    places = {one.client for one in held if one.client}
    contacts = {shared for one in held if (shared := one.wish.contact.shared)}
    return store_limits.made(work.conn, places, contacts, work.now - WINDOW, work.now)


def _decide(work: UnitOfWork, one: Asked, meal: Terms | None, tally: Tally, limits: Limits) -> Answer:
    if meal is None:
        return UnknownMeal()
    try:
        check_takes_bookings(meal, work.now)
        check_party(meal, one.wish.party, one.wish.partner)
        if one.client:
            tally.check(limits, one.client, one.wish.contact.shared)
            tally.add(one.client, one.wish.contact.shared)
    except BookingError as error:
        return error
    return new_booking(one.booking_id, one.sitting, one.wish, work.now, work.next_revision())


def _made_before(work: UnitOfWork, requests: Sequence[Asked]) -> dict[str, Answer]:
    """What the same keys made when they were sent before."""
    if not requests:
        return {}
    kept = keys.kept(work.conn, [one.once for one in requests if one.once])
    known = bookings.some(work.conn, [booking for booking, _fingerprint in kept.values()])
    answers: dict[str, Answer] = {}
    for one in requests:
        if one.once:
            booking, fingerprint = kept[one.once.key]
            answers[one.booking_id] = known[booking] if fingerprint == one.once.fingerprint else AlreadySent(booking)
    return answers
