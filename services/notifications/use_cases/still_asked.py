"""What letters to persons still have to ask: calls that are open, of people who were not called within a week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from services.notifications.domain.facts import Sitting
from services.notifications.domain.letter import NOT_WANTED, TOLD, TOO_LATE, Letter, LetterState
from services.notifications.domain.persons import Asked, Person, is_still_asked, may_leave_at, was_asked_lately
from services.notifications.store import letters, persons


@dataclass(frozen=True)
class Calls:
    """The persons to whom some letters are, what each letter (by key) asks, and what each person was told before."""

    persons: Mapping[str, Person]
    asks: Mapping[str, Asked]
    told: Mapping[str, Sequence[Letter]]

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
        if sitting is None:  # it asks nothing
            return None
        if not is_still_asked(asked, sitting, now) or was_asked_lately(others, now):
            return replace(letter, state=LetterState.DROPPED, reason=NOT_WANTED)
        leaves_at = may_leave_at(person.channel, sitting.cantine.zone, now)
        if leaves_at > letter.latest_at:
            return replace(letter, state=LetterState.DROPPED, reason=TOO_LATE)
        return replace(letter, state=LetterState.PLANNED, due_at=leaves_at) if leaves_at > now else None


def still_asked(conn: Connection, due: Sequence[Letter]) -> Calls:
    """What letters to persons, among these, need to know."""
    ids = {one.person for one in due if one.person}
    if not ids:
        return Calls({}, {}, {})
    told = {
        person: [one for one in theirs if one.state in TOLD] for person, theirs in letters.letters_to(conn, ids).items()
    }
    return Calls(persons.some(conn, ids), persons.asks_of(conn, ids), told)
