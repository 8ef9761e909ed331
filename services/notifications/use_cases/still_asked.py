"""What letters to persons still have to ask: calls that are open, of people who were not called within a week."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from services.notifications.domain.facts import Sitting
from services.notifications.domain.letter import NO_WAY, NOT_WANTED, TOLD, TOO_LATE, Letter, LetterState
from services.notifications.domain.persons import Asked, Person, is_still_asked, may_leave_at, was_asked_lately
from services.notifications.store import letters, persons
from services.notifications.use_cases.reach import lost_among
from shared.links import Links


@dataclass(frozen=True)
class Calls:
    """The persons to whom some letters are, what each letter (by key) asks, what each person was told before, and the
    addresses and numbers to which no letter goes.
    """

    persons: Mapping[str, Person]
    asks: Mapping[str, Asked]
    told: Mapping[str, Sequence[Letter]]
    lost: Collection[str] = frozenset()

    def person(self, letter: Letter) -> Person | None:
        """To whom a letter is; None for one that is not to a person, or to one who has ended."""
        return self.persons.get(letter.person or "")

    def verdict(self, letter: Letter, sitting: Sitting | None, now: datetime) -> Letter | None:
        """The letter as given up, or as planned for an hour at which it may leave; None if it may leave now."""
        person, asked = self.person(letter), self.asks.get(letter.key)
        others = (one for one in self.told.get(letter.person or "", ()) if one.key != letter.key)
        if now > letter.latest_at:
            return replace(letter, state=LetterState.DROPPED, reason=TOO_LATE)
        if person is None:
            return replace(letter, state=LetterState.DROPPED, reason=NOT_WANTED)
        no_way = (person.email or person.phone) in self.lost
        if no_way or sitting is None:  # without a sitting it asks nothing
            return replace(letter, state=LetterState.FAILED, reason=NO_WAY) if no_way else None
        if not is_still_asked(asked, sitting, now) or was_asked_lately(others, now):
            return replace(letter, state=LetterState.DROPPED, reason=NOT_WANTED)
        leaves_at = may_leave_at(person.channel, sitting.cantine.zone, now)
        if leaves_at > letter.latest_at:
            return replace(letter, state=LetterState.DROPPED, reason=TOO_LATE)
        return replace(letter, state=LetterState.PLANNED, due_at=leaves_at) if leaves_at > now else None


def still_asked(conn: Connection, links: Links, due: Sequence[Letter]) -> Calls:
    """What letters to persons, among these, need to know."""
    ids = {one.person for one in due if one.person}
    if not ids:
        return Calls({}, {}, {})
    told = {
        person: [one for one in theirs if one.state in TOLD] for person, theirs in letters.letters_to(conn, ids).items()
    }
    known = persons.some(conn, ids)
    addresses = {address for one in known.values() if (address := one.email or one.phone)}
    return Calls(known, persons.asks_of(conn, ids), told, lost_among(conn, links, addresses))
