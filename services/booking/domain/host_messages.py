"""A host's words to the guests of one meal: whom they reach, how, and what that costs."""

from collections.abc import Container, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_UP, Decimal
from types import MappingProxyType

from services.booking.domain.booking import Booking
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.reach import Lost, unread_since
from services.booking.domain.standing import outcome
from shared.contracts.host_message import Audience, as_sms
from shared.gsm7 import segments
from shared.text import is_storable

MOST_CHARACTERS = 1500
MOST_SEGMENTS = 6  # of one SMS: longer words are read in a letter, or not at all

Person = tuple[str, ...]
"""One person, by the ids of their bookings: the one of who comes first."""


@dataclass(frozen=True, kw_only=True)
class HostMessage:
    """What was written to the guests of a meal, and by whom (an id of staff). `people` get a letter, each once."""

    id: str
    sitting: str
    audience: Audience
    words: str = field(repr=False)
    urgent: bool
    by: str
    written_at: datetime
    revision: int
    people: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """Who is written to: each person once, by the way that letters to them take. `by_voice` no letter reaches."""

    by_email: tuple[Person, ...] = ()
    by_sms: tuple[Person, ...] = ()
    by_voice: tuple[Person, ...] = ()

    @property
    def by_letter(self) -> tuple[Person, ...]:
        """Who gets a letter, on either channel."""
        return self.by_email + self.by_sms

    @property
    def total(self) -> int:
        """How many people."""
        return len(self.by_letter) + len(self.by_voice)


@dataclass(frozen=True, kw_only=True)
class UnsaidWords:
    """Words that are to be said to a guest by telephone."""

    message: HostMessage
    booking: str


def letter_with(message: HostMessage, booking: str) -> int | None:
    """Which of its letters is for the guest of a booking, by its place among `people`; None if none is."""
    return next((place for place, person in enumerate(message.people) if booking in person), None)


def number_of(place: int) -> int:
    """The number of a person who got a letter, beside those of the persons who were to be called."""
    return -1 - place


def unread_words(
    messages: Iterable[HostMessage],
    guests: Iterable[Booking],
    called: Container[tuple[str, str]],
    lost: Lost,
    *,
    sms: bool,
) -> Iterator[tuple[UnsaidWords, int]]:
    """What these guests were written and have not read, since their contact is lost, with the number of each person;
    but for what is said by telephone already (`called`: message, booking).
    """
    since = {one.id: unread_since(one.contact, lost, sms=sms) for one in guests}
    for message in messages:
        for place, person in enumerate(message.people):
            for booking in person:
                at = since.get(booking)
                if at is not None and message.written_at > at and (message.id, booking) not in called:
                    yield UnsaidWords(message=message, booking=booking), number_of(place)


def tidy_words(text: str) -> str:
    """The words as they are sent: no blanks at the ends, lines ended alike. Raises InvalidInput."""
    lines = [line.rstrip().replace("\t", " ") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    words = "\n".join(lines).strip()
    if not any(character.isalnum() for character in words):
        raise InvalidInput({"words": Complaint.WORDS_MISSING})
    if not all(map(is_storable, words.split("\n"))):
        raise InvalidInput({"words": Complaint.WORDS_CHARACTERS})
    if len(words) > MOST_CHARACTERS:
        raise InvalidInput({"words": Complaint.WORDS_LONG})
    return words


def sms_parts(cantine: str, words: str) -> int:
    """How many SMS it is sent (and paid) as to each person. Raises InvalidInput if these are too many."""
    parts = segments(as_sms(cantine, words))
    if parts > MOST_SEGMENTS:
        raise InvalidInput({"words": Complaint.WORDS_LONG_FOR_SMS})
    return parts


def cost(parts: int, people: int, price: Decimal) -> int:
    """What the SMS cost in all, in cents, rounded up; `price` is that of one part, in euros.

    Example: 2 parts to 7 people at 0.045 € are 63 cents.
    """
    return int((parts * people * price * 100).to_integral_value(ROUND_UP))


def addressed(
    bookings: Iterable[Booking], audience: Audience, *, sms: bool, lost: Lost = MappingProxyType({})
) -> Addressed:
    """Whom a message reaches; no letters go to who is `lost`. Who booked twice with one address, or one number, is one
    person; each guest of a proxy is.
    """
    people: dict[tuple[str, Hashable], list[Booking]] = {}
    for booking in bookings:
        became = outcome(booking)
        if audience.includes(became.status, became.party):
            people.setdefault(_way(booking, lost, sms=sms), []).append(booking)
    ways: dict[str, list[Person]] = {"email": [], "sms": [], "voice": []}
    for (way, _address), theirs in people.items():
        ways[way].append(tuple(one.id for one in sorted(theirs, key=_who_comes_first)))
    return Addressed(
        by_email=tuple(sorted(ways["email"])), by_sms=tuple(sorted(ways["sms"])), by_voice=tuple(sorted(ways["voice"]))
    )


def _way(booking: Booking, lost: Lost, *, sms: bool) -> tuple[str, Hashable]:
    """By which way letters go, and where to. Of a booking found again after a restore notifications knows more."""
    contact = booking.contact
    guest = contact.name if booking.proxy and booking.proxy.reached else None
    if contact.name is None:
        return "email", booking.id
    if contact.email and contact.email.casefold() not in lost:
        return "email", (contact.email.casefold(), guest)
    if sms and contact.phone_to_write_to and contact.phone_to_write_to not in lost:
        return "sms", (contact.phone_to_write_to, guest)
    return "voice", (contact.phone or contact.email or booking.id, guest)


def _who_comes_first(booking: Booking) -> tuple[bool, str]:
    return not Audience.COMING.includes(outcome(booking).status, booking.party), booking.id
