"""Staff look at letters and their fate: filtered, by a booking or a contact, or at one with all that became of it.

Each sees the letters of their cantines; those that are about none, such as links to sign in, administrators only.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import phonenumbers

from services.notifications.domain.again import MOST, Refusal, key_of, may_have_arrived, refusal
from services.notifications.domain.letter import LetterState
from services.notifications.domain.staff import Staff
from services.notifications.store import facts, looking
from services.notifications.store import staff as staff_store
from services.notifications.store.looking import Filter, Place, Seen
from services.notifications.use_cases.reach import load_bookings
from shared.contracts.sitting import Cantine
from shared.links import Links
from shared.messaging.service import Service
from shared.text import is_storable

A_PAGE = 20
MOST_FOUND = 200
REGION = "FR"
_SHORT_LINK = re.compile(r"/messages/l/([A-Za-z0-9_-]{8,20})")


class NoSuchLetter(Exception):
    """There is no such letter, or it is not theirs."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some letters, latest first, and where the page of earlier ones begins, and that of later ones."""

    letters: Sequence[Seen]
    more_before: Place | None
    more_after: Place | None


@dataclass(frozen=True, kw_only=True)
class History:
    """A letter, who asked for it (if it was sent again), what was sent again of it, and whether it may be once more."""

    seen: Seen
    asked_by: str
    again: Sequence[Seen]
    siblings: Sequence[Seen]
    refusal: Refusal | None
    may_have_arrived: bool
    number: int
    now: datetime


def look_at_letters(service: Service, staff: Staff, wanted: Filter) -> Page:
    """A page of letters."""
    with service.read() as conn:
        found = looking.browse(conn, replace(wanted, cantines=_theirs(staff, wanted.cantines)), A_PAGE + 1)
    more = len(found) > A_PAGE
    letters = found[-A_PAGE:] if wanted.after else found[:A_PAGE]
    if not letters:
        return Page(letters=(), more_before=None, more_after=None)
    latest, earliest = (_place(one) for one in (letters[0], letters[-1]))
    if wanted.after:
        return Page(letters=letters, more_before=earliest, more_after=latest if more else None)
    return Page(letters=letters, more_before=earliest if more else None, more_after=latest if wanted.before else None)


def find_letters(service: Service, staff: Staff, words: str) -> list[Seen]:
    """The letters about a booking (its id, or the short link of an SMS), or to an address or a number."""
    if not is_storable(words):
        return []
    mine = staff.sees_letters_of
    with service.read() as conn:
        if "@" in words:
            return looking.to_contact(conn, email=words, phone=None, cantines=mine, limit=MOST_FOUND)
        if phone := _number(words):
            return looking.to_contact(conn, email=None, phone=phone, cantines=mine, limit=MOST_FOUND)
        link = _SHORT_LINK.search(words)
        booking = looking.booking_behind(conn, link[1]) if link else words
        states = list(LetterState)
        return looking.browse(conn, Filter(states=states, booking=booking or "-", cantines=mine), MOST_FOUND)


def look_at_letter(service: Service, links: Links, staff: Staff, key: str) -> History:
    """One letter. Raises NoSuchLetter."""
    with service.read() as conn:
        seen = looking.find(conn, [key]).get(key)
        if seen is None or not is_theirs(staff, seen):
            raise NoSuchLetter
        one, now = seen.letter, service.clock.now(conn)
        earlier = list(looking.find(conn, [key_of(one, number) for number in range(1, MOST + 1)]).values())
        about = looking.Filter(states=list(LetterState), booking=one.booking or "")
        siblings = looking.browse(conn, about, MOST_FOUND) if one.booking else []
        booking = load_bookings(conn, links, [one.booking or ""]).get(one.booking or "")
        sitting = facts.load_sittings(conn, [one.sitting or ""]).get(one.sitting or "")
        return History(
            seen=seen,
            asked_by=staff_store.name_of(conn, one.asked_by) if one.asked_by else "",
            again=sorted(earlier, key=lambda other: other.letter.due_at),
            siblings=[other for other in siblings if other.letter.key != key],
            refusal=refusal(one, [other.letter for other in earlier], booking, sitting, now),
            may_have_arrived=any(may_have_arrived(other) for other in (one, *(each.letter for each in earlier))),
            number=len(earlier) + 1,
            now=now,
        )


def cantines_of(service: Service, staff: Staff) -> list[Cantine]:
    """The cantines whose letters are theirs to see."""
    with service.read() as conn:
        return [one for one in looking.cantines(conn) if staff.looks_after(one.slug)]


def is_theirs(staff: Staff, seen: Seen) -> bool:
    """Whether a letter is theirs to see."""
    mine = staff.sees_letters_of
    return mine is None or (seen.cantine is not None and seen.cantine.slug in mine)


def _place(seen: Seen) -> Place:
    return seen.letter.due_at, seen.letter.key


def _theirs(staff: Staff, wanted: Collection[str] | None) -> Collection[str] | None:
    mine = staff.sees_letters_of
    if wanted is None or mine is None:
        return mine if wanted is None else wanted
    return [one for one in wanted if one in mine]


def _number(words: str) -> str | None:
    try:
        parsed = phonenumbers.parse(words, REGION)
    except phonenumbers.NumberParseException:
        return None
    if any(sign.isalpha() for sign in words) or not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
