"""Letters go again to an address or a number: what had no way is planned anew, what came back leaves once more.

Locks are taken in the order of sittings, letters, contacts, as wherever a letter comes back.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from services.notifications.domain.contacts import said_start, tried_again
from services.notifications.domain.facts import Booking
from services.notifications.domain.letter import Letter, LetterKind, LetterState
from services.notifications.domain.once_more import all_keys, once_more
from services.notifications.domain.other_way import reader_of, readers_of
from services.notifications.domain.plan import channel_of
from services.notifications.store import contacts, facts, letters
from services.notifications.use_cases.reach import change_contact, keep_changes, load_bookings
from services.notifications.use_cases.replan import replan
from shared.contracts.reply import CONTACT
from shared.links import Links
from shared.logs import correlation
from shared.messaging.service import Service, UnitOfWork

AT_ONCE = 50  # contacts in one transaction


def try_again(service: Service, links: Links) -> int:
    """Letters go again to contacts that they came back from long enough ago. Returns how many."""
    with service.work() as work:
        over = contacts.silent_before(work.conn, work.now, AT_ONCE)
        if over:
            addresses = _addresses(work, links, over)
            theirs = {mark for one in addresses for mark in links.marks(CONTACT, one.casefold())}
            marks = theirs.union(over)  # what is known of one contact under two keys ends together
            reach_again(work, links, marks, addresses, lambda: _try(work, marks))
    if over:
        service.bell.ring()
    return len(over)


def reach_again(
    work: UnitOfWork, links: Links, marks: Collection[str], addresses: Collection[str], change: Callable[[], bool]
) -> bool:
    """`change` says that letters go again to these addresses, for which these marks stand; then those do that guests of
    meals to come have not read. Whether anything changed.
    """
    theirs = {id: one for each in addresses for id, one in facts.bookings_with(work.conn, each, after=work.now).items()}
    sittings = facts.share_sittings(work.conn, {one.sitting for one in theirs.values()})
    letters.lock_letters_of(work.conn, sorted(theirs))
    back = [one for one in letters.returned_from(work.conn, marks) if set(readers_of(one)) & set(theirs)]
    words = _lock_words(work, [*back, *_without_way(work, sittings, theirs)])
    if not change():
        return False
    bookings = load_bookings(work.conn, links, set(theirs))
    replan(work, links, bookings.values(), sittings, because=lambda _booking: correlation())
    known = letters.letters_of(work.conn, sorted(theirs))
    groups: list[tuple[Booking | None, list[Letter]]] = [(bookings[id], known[id]) for id in sorted(bookings)]
    groups += [(reader_of(one[0], bookings), one) for one in words]
    silent = {one.key for one in back}
    again = [
        once_more(group, reader, sittings[reader.sitting], work.now, silent=silent)
        for reader, group in groups
        if reader and reader.sitting in sittings
    ]
    letters.write_once(work.conn, [one for one in again if one])
    letters.write(work.conn, [_due(one, work.now) for group in words for one in group if _has_way(one, bookings)])
    return True


def write_again_to(work: UnitOfWork, links: Links, address: str) -> bool:
    """Whoever has it wishes for letters again, or it is well again. Whether nothing went there."""
    marks = links.marks(CONTACT, address.casefold())
    return reach_again(work, links, marks, [address], lambda: change_contact(work, links, address, said_start))


def _addresses(work: UnitOfWork, links: Links, marks: Collection[str]) -> set[str]:
    """The addresses and numbers for which these marks stand, as far as letters to guests came back from there."""
    back = letters.returned_from(work.conn, marks)
    bookings = facts.load_bookings(work.conn, {id for one in back for id in readers_of(one)})
    ways = {way for one in bookings.values() for way in (one.email, one.phone) if way}
    return {way for way in ways if set(links.marks(CONTACT, way.casefold())) & set(marks)}


def _without_way(work: UnitOfWork, sittings: Collection[str], theirs: Collection[str]) -> list[Letter]:
    """The letters with hosts' words to whoever has these bookings that had no way."""
    found = letters.words_without_way(work.conn, sittings, work.now)
    return [one for one in found if set(readers_of(one)) & set(theirs)]


def _has_way(letter: Letter, bookings: Mapping[str, Booking]) -> bool:
    """Whether a host's words had no way, and have one now."""
    reader = reader_of(letter, bookings)
    return letter.no_way and letter.again_of is None and reader is not None and channel_of(reader) is not None


def _due(letter: Letter, now: datetime) -> Letter:
    return replace(letter, state=LetterState.DUE, due_at=now, reason=None)


def _lock_words(work: UnitOfWork, back: Collection[Letter]) -> list[list[Letter]]:
    """For each host's words that came back, or had no way, all letters with them to that person, locked."""
    roots = {one.again_of or one.key: one for one in back if one.kind is LetterKind.HOST_MESSAGE}
    found = letters.lock_with(work.conn, {key for one in roots.values() for key in all_keys(one)})
    return [[one for one in found if (one.again_of or one.key) == root] for root in sorted(roots)]


def _try(work: UnitOfWork, marks: Collection[str]) -> bool:
    known = contacts.lock(work.conn, marks)
    over = [one for one in known if one.silent_until and one.silent_until <= work.now]
    return bool(keep_changes(work, [(one, tried_again(one)) for one in over]))
