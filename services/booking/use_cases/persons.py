"""Persons: somebody agrees to be written to between two meals, and no longer agrees, or does not come for two years.

What a person agreed to is asked of `store.persons`; who agreed to nothing any more does not exist.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact
from services.booking.domain.errors import NotVerified, UnknownBooking, UnknownMeal
from services.booking.domain.persons import FORGOTTEN_AFTER, Person, new_person, verified
from services.booking.store import bookings, cook_calls, persons, sittings, usual
from services.booking.use_cases.say_replies import say_replies
from services.booking.use_cases.usual_news import news_of
from services.booking.use_cases.voice import Voice
from shared.contracts.sitting import SittingNotice
from shared.messaging.service import Service, UnitOfWork

PART = 200  # persons in one transaction


def may_call(service: Service, booking: Booking, meal: SittingNotice | None, *, sms: bool) -> bool | None:
    """Whether the cantine of a meal may call this guest when cooks are missing; None if it cannot ask them."""
    contact = verified(booking.contact, sms=sms)
    if contact is None or meal is None:
        return None
    with service.read() as conn:
        person = persons.find(conn, contact)
        return person is not None and meal.cantine.slug in persons.cooks_for(conn, person.id)


def agree_to_cook(service: Service, voice: Voice, booking_id: str, *, sms: bool) -> None:
    """The guest of a booking, who came by the link of a letter, may be called by the cantine of its meal.

    Raises UnknownBooking, UnknownMeal, NotVerified.
    """
    with service.work() as work:
        contact, meal = guest(work, booking_id, sms=sms)
        person = person_of(work, contact)
        persons.agree_to_cook(work.conn, person.id, meal.cantine.slug, work.now)
        say_persons(work, voice, [person])


def no_longer_cook(service: Service, voice: Voice, booking_id: str, *, sms: bool) -> None:
    """The cantine of a booking's meal no longer calls its guest. Raises UnknownBooking, UnknownMeal, NotVerified."""
    with service.work() as work:
        contact, meal = guest(work, booking_id, sms=sms)
        person = persons.find(work.conn, contact)
        if person:
            stop_calls(work, voice, person.id, meal.cantine.slug)


def stop_calls(work: UnitOfWork, voice: Voice, person_id: str, cantine: str | None = None) -> None:
    """A person is no longer called, by a cantine or by any; what they have not answered is answered by that."""
    sittings = cook_calls.unanswered(work.conn, person_id, cantine)
    cook_calls.lock(work.conn, sittings)
    person = persons.lock(work.conn, [person_id]).get(person_id)
    if person is None:
        return
    cook_calls.decline(work.conn, person_id, sittings)
    persons.no_longer_cook(work.conn, person_id, cantine)
    if is_needed(work, person_id):
        say_persons(work, voice, [person])
    else:
        end(work, voice, [person])
    say_replies(work, sittings)


def person_of(work: UnitOfWork, contact: Contact) -> Person:
    """The person behind a verified contact, locked; they begin now, if they were none. They are here: that is seen."""
    before = persons.find(work.conn, contact)
    if before is None:
        persons.add(work.conn, new_person(str(uuid4()), contact, work.now, work.next_revision()))
        before = persons.find(work.conn, contact)
    assert before
    person = persons.lock(work.conn, [before.id]).get(before.id)
    if person is None:  # they have ended in this moment
        return person_of(work, contact)
    return replace(person.seen(work.now), contact=replace(person.contact, name=contact.name, language=contact.language))


def is_needed(work: UnitOfWork, person_id: str) -> bool:
    """Whether a person has agreed to anything."""
    return bool(persons.cooks_for(work.conn, person_id) or usual.of_persons(work.conn, [person_id]))


def say_persons(work: UnitOfWork, voice: Voice, changed: Sequence[Person]) -> None:
    """Keep persons who are locked under new revisions, and tell notifications what they are asked now."""
    raised = [replace(one, revision=work.next_revision(one.revision)) for one in changed]
    persons.keep(work.conn, raised)
    _say(work, voice, raised)


def end(work: UnitOfWork, voice: Voice, gone: Sequence[Person]) -> None:
    """These persons, who are locked, end: nothing of them stays, here and elsewhere."""
    raised = [replace(one, revision=work.next_revision(one.revision)) for one in gone]
    persons.end(work.conn, raised, work.now)
    for one in raised:
        voice.say_former_person(work, one.id, one.revision)


def forget_old_persons(service: Service, voice: Voice) -> int:
    """Look whether persons have come, each once a month; who has not for two years ends. Returns how many ended."""
    ended = 0
    while True:
        with service.work() as work:
            found = list(persons.lock(work.conn, persons.to_look_at(work.conn, work.now, PART)).values())
            if not found:
                return ended
            visits = persons.last_visits(work.conn, found, work.now - FORGOTTEN_AFTER, work.now)
            seen = [one.seen(visits.get(one.address, one.seen_at)).looked_at(work.now) for one in found]
            gone = [one for one in seen if one.is_to_be_forgotten(work.now)]
            persons.keep(work.conn, [one for one in seen if one not in gone])
            end(work, voice, gone)
        ended += len(gone)
        if len(found) < PART:
            return ended


def say_all_persons(work: UnitOfWork, voice: Voice) -> int:
    """Say all persons as they stand, also that others have ended. Returns how many."""
    last, count = "", 0
    while ids := persons.every(work.conn, last, PART):
        _say(work, voice, list(persons.lock(work.conn, ids).values()))
        last, count = ids[-1], count + len(ids)
    gone = persons.former(work.conn)
    for person_id, revision in gone:
        voice.say_former_person(work, person_id, revision)
    return count + len(gone)


def say_persons_above(work: UnitOfWork, voice: Voice, kept: Mapping[str, int]) -> None:
    """Notifications keeps higher revisions of these persons than we have: our database was put back.

    They may have said stop since. So they are called no more, until they agree again.
    """
    for one in persons.lock(work.conn, list(kept)).values():
        raised = replace(one, revision=max(one.revision, kept[one.id]))
        persons.keep(work.conn, [raised])
        stop_calls(work, voice, one.id)
    for person_id, revision in persons.former(work.conn, list(kept)):
        higher = work.next_revision(max(revision, kept[person_id]))
        persons.raise_former(work.conn, person_id, higher)
        voice.say_former_person(work, person_id, higher)


def _say(work: UnitOfWork, voice: Voice, some: Sequence[Person]) -> None:
    ids = [one.id for one in some]
    asks, news = cook_calls.open_asks(work.conn, ids, work.now), news_of(work, ids)
    for one in some:
        voice.say_person(work, one, asks[one.id], news[one.id])


def guest(work: UnitOfWork, booking_id: str, *, sms: bool) -> tuple[Contact, SittingNotice]:
    """The verified contact of a booking's guest, and its meal. Raises UnknownBooking, NotVerified, UnknownMeal."""
    booking = bookings.find(work.conn, booking_id)
    if booking is None:
        raise UnknownBooking
    contact = verified(booking.contact, sms=sms)
    if contact is None:
        raise NotVerified
    meal = sittings.find(work.conn, booking.sitting)
    if meal is None:
        raise UnknownMeal
    return contact, meal
