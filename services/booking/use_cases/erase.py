"""Somebody is forgotten on request: their bookings to come are cancelled, and nothing that is left leads to them. Who
has a place for which a proxy asked, by whom alone they are reached, keeps it if it is the proxy who is forgotten.

What stays of a booking is what stays of all after ninety days: how many they were. The journal stays too, so that
a copy that is put back does not bring them back.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.booking.domain.booking import Booking, erased, without_proxy
from services.booking.domain.booking import cancel as cancelled
from services.booking.domain.contact import Contact
from services.booking.domain.membership import Gone, reached_by
from services.booking.domain.persons import address_of
from services.booking.domain.sittings import has_begun
from services.booking.domain.standing import stays_without_proxy, tell
from services.booking.store import bookings, cook_calls, erasing, memberships, persons, sittings
from services.booking.store import held as held_store
from services.booking.use_cases.check_in import count_anew
from services.booking.use_cases.look_at_mine import way_behind
from services.booking.use_cases.memberships import marks_of
from services.booking.use_cases.persons import end, stop_calls
from services.booking.use_cases.voice import Voice
from shared.contracts.erasure import Erased, Erasure
from shared.contracts.reply import CONTACT
from shared.links import Links
from shared.messaging.service import Service, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Done:
    """How many bookings do not lead to them any more, how many of these were cancelled by that, and how many were left
    to the guests for whom they had booked.
    """

    bookings: int
    cancelled: int
    left: int = 0


def erase_by_link(service: Service, links: Links, voice: Voice, link: str) -> Done:
    """Forget who came by a link (by id). Raises LinkOver."""
    with service.work() as work:
        way, _until = way_behind(work.conn, link, work.now)
        return _erase_all(work, links, voice, [(way, work.now)])


def erase(service: Service, links: Links, voice: Voice, way: Contact) -> Done:
    """Forget whoever is reached by this way."""
    with service.work() as work:
        return _erase_all(work, links, voice, [(way, work.now)])


def hear_erased(work: UnitOfWork, links: Links, voice: Voice, heard: Sequence[Erased]) -> None:
    """Notifications has forgotten these contacts. Whom we still know from before, our database was put back: we forget
    them again.
    """
    kept = erasing.JOURNAL.of(work.conn, [one.thing for one in heard])
    missing = {one.thing: one.erased_at for one in heard if one.thing not in kept or kept[one.thing] < one.erased_at}
    if not missing:
        return
    theirs: list[tuple[Contact, datetime]] = []
    for address in sorted(erasing.every_contact(work.conn, max(missing.values()))):
        found = [mark for mark in links.marks(CONTACT, address) if mark in missing]
        if found:
            email, phone = (address, None) if "@" in address else (None, address)
            theirs.append((Contact(name=None, email=email, phone=phone, language=""), missing[found[0]]))
    # Members are forgotten also if no booking names them any more.
    also = [Gone(marks=frozenset([mark]), until=at) for mark, at in missing.items()]
    _erase_all(work, links, voice, theirs, also)
    erasing.JOURNAL.keep(
        work.conn,
        [Erasure(thing=mark, revision=work.next_revision(), erased_at=at) for mark, at in missing.items()],
    )


def _erase_all(
    work: UnitOfWork,
    links: Links,
    voice: Voice,
    theirs: Sequence[tuple[Contact, datetime]],
    also: Sequence[Gone] = (),
) -> Done:
    """Each of them, as known from before an instant; `also` these members. All bookings are locked at once, in
    ascending order, then calls for cooks, persons, members and links: whoever is erased with whom, and whoever else
    locks some of them, nobody waits in a circle.
    """
    addresses = {address_of(way): before for way, before in theirs}
    ids = [id for address, before in addresses.items() for id in bookings.ids_with(work.conn, address, before)]
    bookings.lock(work.conn, ids)
    people = [one.id for address in addresses if (one := persons.at(work.conn, address))]
    cook_calls.lock(work.conn, {meal for one in people for meal in cook_calls.unanswered(work.conn, one, None)})
    persons.lock(work.conn, people)
    members = [_as_member(work, links, address, before) for address, before in addresses.items()]
    done = [_erase(work, links, voice, way, before) for way, before in theirs]
    memberships.erase(work.conn, [*members, *also])
    erasing.erase_links(work.conn, set(addresses))
    held_store.forget_confirmed(work.conn, [mark for one in addresses for mark in links.marks(CONTACT, one)])
    return Done(
        bookings=sum(one.bookings for one in done),
        cancelled=sum(one.cancelled for one in done),
        left=sum(one.left for one in done),
    )


def _erase(work: UnitOfWork, links: Links, voice: Voice, way: Contact, before: datetime) -> Done:
    """Whatever is known of them from before an instant (UTC)."""
    address = address_of(way)
    theirs = bookings.lock(work.conn, bookings.ids_with(work.conn, address, before))
    contacts = _theirs_alone(work, links, theirs.values()) | {address}
    to_come = _to_come(work, theirs.values())
    left = {one.id: without_proxy(one) for one in to_come if stays_without_proxy(one)}
    gone = _cancel(work, voice, [one for one in to_come if one.id not in left])
    changed = {one.id: erased(one) for one in theirs.values()} | gone | left
    after = [_to_tell(work, one) for one in changed.values()]
    bookings.keep(work.conn, after)
    erasing.erase(work.conn, after)
    for one in after:
        voice.say_notice(work, one)
    # Nobody has shown that another contact of a booking is theirs too: who is reached by it is not ended with them.
    _end_person(work, voice, address, before)
    _note(work, links, contacts, before)
    return Done(bookings=len(after), cancelled=len(gone), left=len(left))


def _as_member(work: UnitOfWork, links: Links, address: str, before: datetime) -> Gone:
    """A member noted by one contact may ask by another: all on their bookings count, where the name is theirs."""
    theirs = bookings.some(work.conn, bookings.ids_with(work.conn, address, before)).values()
    ways = {way for one in theirs for way in (one.contact.email, one.contact.phone) if way}
    return Gone(
        marks=frozenset(marks_of(links, address)),
        beside=frozenset(mark for way in ways for mark in marks_of(links, way)),
        names=frozenset(reached_by(one) for one in theirs),
        until=before,
    )


def _theirs_alone(work: UnitOfWork, links: Links, theirs: Collection[Booking]) -> set[str]:
    """The contacts on their bookings that are on no other, and by which no member of another name is reached: a copy
    that is put back would forget these too.
    """
    marks = {way: marks_of(links, way) for way in erasing.contacts_of(work.conn, [one.id for one in theirs])}
    names = {reached_by(one) for one in theirs}
    found = memberships.with_marks(work.conn, {mark for some in marks.values() for mark in some})
    of_others = {mark for one in found if one.known_as not in names for mark in (one.email, one.phone)}
    return {way for way, some in marks.items() if not of_others.intersection(some)}


def _to_come(work: UnitOfWork, theirs: Collection[Booking]) -> list[Booking]:
    meals = sittings.some(work.conn, {one.sitting for one in theirs})
    return [one for one in theirs if one.cancelled_at is None and not has_begun(meals.get(one.sitting), work.now)]


def _cancel(work: UnitOfWork, voice: Voice, theirs: Collection[Booking]) -> dict[str, Booking]:
    """These bookings, cancelled: their seats go to others."""
    gone = {one.id: erased(cancelled(one, work.now, work.next_revision(one.revision))) for one in theirs}
    for one in gone.values():
        voice.say_wish(work, one)
    count_anew(work, list(gone))
    return gone


def _to_tell(work: UnitOfWork, one: Booking) -> Booking:
    revision = work.next_revision(one.notice_revision)
    return replace(tell(one, revision), notice_revision=revision)


def _end_person(work: UnitOfWork, voice: Voice, address: str, before: datetime) -> None:
    person = persons.at(work.conn, address)
    if person is None or person.since > before:
        return
    stop_calls(work, voice, person.id)
    still = persons.lock(work.conn, [person.id]).get(person.id)
    if still:
        end(work, voice, [still])


def _note(work: UnitOfWork, links: Links, contacts: Collection[str], before: datetime) -> None:
    """Keep the journal of it, and have notifications do the same."""
    done = [
        Erasure(thing=links.mark(CONTACT, one.casefold()), revision=work.next_revision(), erased_at=before)
        for one in contacts
    ]
    erasing.JOURNAL.keep(work.conn, done)
    for one in done:
        work.say(one)
