"""A host's words to the guests of a meal: whom each letter with them is for, and when it leaves. A pure rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import (
    NO_WAY,
    NOT_WANTED,
    TOO_LATE,
    Channel,
    Letter,
    LetterKind,
    LetterState,
)
from services.notifications.domain.plan import channel_of
from shared.contracts.host_message import Audience, HostMessage
from shared.quiet_hours import awake


@dataclass(frozen=True, kw_only=True)
class Words:
    """A host's words as heard, and to how many people they go by letter."""

    message: str
    sitting: str
    audience: Audience
    words: str = field(repr=False)
    urgent: bool
    written_at: datetime
    people: int


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads a letter with a host's words now: the first of a person's bookings that they are for, if any.

    `awaited`: another of their bookings has not been heard of yet.
    """

    words: Words | None
    booking: Booking | None
    awaited: bool


def letters_of(message: HostMessage, now: datetime, correlation: str) -> list[Letter]:
    """One letter for each person. On which channel, and whether it must wait until morning, is seen when it leaves."""
    return [
        Letter(
            key=key_of(message.thing, number),
            kind=LetterKind.HOST_MESSAGE,
            sitting=message.sitting,
            channel=Channel.EMAIL,
            state=LetterState.DUE,
            due_at=now,
            latest_at=message.useful_until,
            correlation=correlation,
            facts={"message": message.thing, "bookings": " ".join(bookings)},
        )
        for number, bookings in enumerate(message.people)
    ]


def key_of(message: str, number: int) -> str:
    """The key of the letter to a person."""
    return f"host:{message}:{number}"


def bookings_of(letter: Letter) -> list[str]:
    """The bookings of the person to whom a letter with a host's words goes."""
    return str(letter.facts["bookings"]).split()


def reader_of(letter: Letter, words: Words | None, known: Mapping[str, Booking]) -> Reader:
    """Who reads it, of the bookings that are known."""
    theirs: Sequence[Booking | None] = [known.get(one) for one in bookings_of(letter)]
    wanted = [one for one in theirs if one and words and words.audience.includes(one.status, one.party)]
    return Reader(words=words, booking=next(iter(wanted), None), awaited=None in theirs)


def held_back(letter: Letter, reader: Reader, sitting: Sitting, now: datetime) -> Letter | None:
    """The letter as it stands if it does not leave now (dropped, failed, planned for the morning); None if it does."""
    if now > min(letter.latest_at, sitting.starts_at):
        return replace(letter, state=LetterState.DROPPED, reason=TOO_LATE)
    if reader.booking is None or reader.words is None:
        return replace(letter, state=LetterState.DROPPED, reason=NOT_WANTED)
    channel = channel_of(reader.booking)
    if channel is None:
        return replace(letter, state=LetterState.FAILED, reason=NO_WAY)
    morning = awake(now, sitting.cantine.zone)
    if channel is Channel.SMS and not reader.words.urgent and now < morning < sitting.starts_at:
        return replace(letter, channel=channel, state=LetterState.PLANNED, due_at=morning)
    return None
