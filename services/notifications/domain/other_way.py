"""What is tried when a letter comes back: once, another way to the same reader. A pure rule.

It is a letter of its own, written anew from what is known then. What is no longer true, or no longer useful, goes
nowhere; nor does a solicitation, or what only made sense there, such as an answer to a text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.notifications.domain.again import OF_A_BOOKING
from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.host_messages import bookings_of
from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.domain.plan import channel_of, reminder_at, still_true
from shared.quiet_hours import awake

_A_MOMENT = timedelta(microseconds=1)  # a revision counts them
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def key_of(letter: Letter) -> str:
    """The key of the letter that goes another way: one, however often it is told that this one came back."""
    return f"{letter.key}:other-way"


def other_way(letter: Letter, reader: Booking | None, sitting: Sitting | None, now: datetime) -> Letter | None:
    """The letter that leaves instead of one that came back, to whom it was; None if none does. Ways by which letters
    are lost are known to be.
    """
    if letter.again_of is not None or now > letter.latest_at:
        return None
    if letter.kind is LetterKind.ALERT:
        by_email = letter.channel is Channel.SMS and letter.facts.get("email")
        return _instead(letter, key_of(letter), Channel.EMAIL, now) if by_email else None
    if reader is None or sitting is None or now > sitting.starts_at:
        return None
    about_it = letter.kind in OF_A_BOOKING and still_true(letter, reader, sitting)
    channel = channel_of(reader)
    if channel is None or not (about_it or letter.kind is LetterKind.HOST_MESSAGE):
        return None
    return in_its_place(letter, key_of(letter), channel, sitting, now)


def in_its_place(letter: Letter, key: str, channel: Channel, sitting: Sitting, now: datetime) -> Letter:
    """The letter with another key that leaves instead of one that came back: at once, but an SMS in the morning."""
    morning = awake(now, sitting.cantine.zone)
    waits = channel is Channel.SMS and morning <= letter.latest_at  # for it comes back at any hour
    return _instead(letter, key, channel, morning if waits else now, waits=waits and morning > now)


def unread_since(
    letter: Letter, reader: Booking | None, sitting: Sitting | None, written_at: datetime | None = None
) -> datetime:
    """Since when there is something that was not read where a letter came back from (UTC): the news of a booking that
    it told; that a guest is expected, which the list to phone says when the cantine reminds; a host's words, which were
    `written_at` some time; else what came after it.
    """
    taken = letter.taken_at or letter.due_at
    if letter.kind is LetterKind.HOST_MESSAGE and written_at:
        return written_at - _A_MOMENT
    if reader is None or sitting is None or letter.kind not in OF_A_BOOKING:
        return taken
    if letter.kind is LetterKind.REMINDER:
        return min(taken, reminder_at(sitting)) - _A_MOMENT
    return max(_EPOCH, _EPOCH + reader.news * _A_MOMENT - _A_MOMENT)


def reader_of(letter: Letter, known: Mapping[str, Booking]) -> Booking | None:
    """The booking whose guest a letter is to; a host's words are to whoever has the first of some."""
    return next((known[one] for one in readers_of(letter) if one in known), None)


def readers_of(letter: Letter) -> Sequence[str]:
    """The bookings whose guest a letter is to."""
    if letter.booking:
        return [letter.booking]
    return bookings_of(letter) if letter.kind is LetterKind.HOST_MESSAGE and "bookings" in letter.facts else []


def _instead(letter: Letter, key: str, channel: Channel, due_at: datetime, *, waits: bool = False) -> Letter:
    return replace(
        letter,
        key=key,
        channel=channel,
        state=LetterState.PLANNED if waits else LetterState.DUE,
        due_at=due_at,
        reason=None,
        attempts=0,
        taken_at=None,
        called_at=None,
        again_of=letter.again_of or letter.key,
        asked_by=None,
    )
