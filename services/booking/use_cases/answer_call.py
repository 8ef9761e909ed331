"""A person answers a call for cooks: yes, no, or no more calls."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from services.booking.domain.booking import new_booking
from services.booking.domain.cook_calls import Ask, CalledFor, Reply
from services.booking.domain.errors import AlreadyExpected, CallIsOver, UnknownMeal, UnknownPerson
from services.booking.domain.persons import Person
from services.booking.domain.wish import Wish
from services.booking.store import bookings, cook_calls, persons, sittings
from services.booking.use_cases.persons import say_persons, stop_calls
from services.booking.use_cases.say_replies import say_replies
from services.booking.use_cases.voice import Voice
from shared.contracts.booking import Origin
from shared.contracts.party import Party
from shared.contracts.sitting import SittingNotice, SittingStatus
from shared.messaging.service import Service, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class SeenCall:
    """A call as the person who was asked sees it. `is_open` says whether a yes is still welcome."""

    meal: SittingNotice
    name: str | None
    reply: Reply | None
    booking: str | None
    is_open: bool
    now: datetime


def look_at_call(service: Service, person_id: str, sitting: str) -> SeenCall:
    """The call for a sitting, to a person. Raises UnknownPerson, UnknownMeal."""
    with service.read() as conn:
        now = service.clock.now(conn)
        meal, person = sittings.find(conn, sitting), persons.some(conn, [person_id]).get(person_id)
        ask, call = cook_calls.find_ask(conn, sitting, person_id), cook_calls.find(conn, sitting)
    if person is None and not (ask and ask.booking):
        raise UnknownPerson
    if meal is None:
        raise UnknownMeal
    return SeenCall(
        meal=meal,
        name=person.contact.name if person else None,
        reply=ask.reply if ask else None,
        booking=ask.booking if ask else None,
        is_open=_takes(call, meal, now),
        now=now,
    )


def say_yes(service: Service, voice: Voice, person_id: str, sitting: str) -> str:
    """They come and cook: a booking is made as any other, and capacity decides. Twice is the same as once.

    Returns its id. Raises UnknownPerson, UnknownMeal, CallIsOver, AlreadyExpected.
    """
    with service.work() as work:
        return say_yes_in(work, voice, person_id, sitting)


def say_yes_in(work: UnitOfWork, voice: Voice, person_id: str, sitting: str) -> str:
    """The same, within a unit of work. Raises as `say_yes`, before anything is changed."""
    call = cook_calls.lock(work.conn, [sitting]).get(sitting)
    ask = cook_calls.find_ask(work.conn, sitting, person_id)
    if ask and ask.booking:
        return ask.booking
    meal = sittings.find(work.conn, sitting)
    if meal is None:
        raise UnknownMeal
    person = _lock(work, person_id)
    if call is None or not _takes(call, meal, work.now):
        raise CallIsOver
    if cook_calls.is_expected(work.conn, sitting, person.contact):
        raise AlreadyExpected
    wish = Wish(party=Party(cooks=1), contact=person.contact)
    booking_id = str(uuid5(NAMESPACE_OID, f"{person_id} {sitting}"))  # the same, were it forgotten and made again
    booking = new_booking(booking_id, sitting, wish, work.now, work.next_revision(), origin=Origin.COOK_CALL)
    bookings.add(work.conn, [booking])
    _reply(work, ask or _asked(work, call, person), Reply.YES, booking.id)
    voice.say_wish(work, booking)
    say_persons(work, voice, [person.seen(work.now)])
    say_replies(work, [sitting])
    return booking.id


def say_no(service: Service, voice: Voice, person_id: str, sitting: str) -> None:
    """Not this time. Who has said yes cancels their booking instead. Raises UnknownPerson."""
    with service.work() as work:
        say_no_in(work, voice, person_id, sitting)


def say_no_in(work: UnitOfWork, voice: Voice, person_id: str, sitting: str) -> None:
    """The same, within a unit of work. Raises as `say_no`, before anything is changed."""
    call = cook_calls.lock(work.conn, [sitting]).get(sitting)
    ask = cook_calls.find_ask(work.conn, sitting, person_id)
    person = _lock(work, person_id)
    if call is None or (ask and ask.booking):
        return
    _reply(work, ask or _asked(work, call, person), Reply.NO)
    say_persons(work, voice, [person.seen(work.now)])
    say_replies(work, [sitting])


def stop(service: Service, voice: Voice, person_id: str) -> None:
    """No more calls, by any cantine; twice is the same as once."""
    with service.work() as work:
        stop_calls(work, voice, person_id)


def _lock(work: UnitOfWork, person_id: str) -> Person:
    person = persons.lock(work.conn, [person_id]).get(person_id)
    if person is None:
        raise UnknownPerson
    return person


def _asked(work: UnitOfWork, call: CalledFor, person: Person) -> Ask:
    """That they were asked, which a database that was put back has forgotten: the link that they follow is ours."""
    return Ask(sitting=call.sitting, person=person.id, call=call.call, at=work.now)


def _reply(work: UnitOfWork, ask: Ask, reply: Reply, booking: str | None = None) -> None:
    cook_calls.keep_reply(work.conn, replace(ask, reply=reply, booking=booking))


def _takes(call: CalledFor | None, meal: SittingNotice, now: datetime) -> bool:
    return call is not None and call.is_open(now) and meal.status is SittingStatus.OPEN and now < meal.starts_at
