"""A letter: one thing to tell one person, on one channel, from planned to sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256


class LetterKind(StrEnum):
    """What a letter tells. `requested` says that the answer takes a while, `full` that there is no place, and why.

    To a text: `text_no` says how to cancel, `text_cancelled` that this is done, `text_no_place` how to book again.
    """

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFER = "offer"
    OFFER_PASSED = "offer_passed"
    FULL = "full"
    CHANGE_REFUSED = "change_refused"
    CANCELLED_BY_GUEST = "cancelled_by_guest"
    CANCELLED_BY_CANTINE = "cancelled_by_cantine"
    MOVED = "moved"
    REMINDER = "reminder"
    MORNING = "morning"
    THANKS = "thanks"
    MISSED = "missed"
    HOST_MESSAGE = "host_message"
    ALERT = "alert"
    DIGEST = "digest"
    SIGN_IN = "sign_in"
    GUEST_LINK = "guest_link"
    SMS_CREDIT = "sms_credit"
    COOK_CALL = "cook_call"
    USUAL_PAUSED = "usual_paused"
    USUAL_NO_PLACE = "usual_no_place"
    TEXT_WHICH = "text_which"
    TEXT_STOPPED = "text_stopped"
    TEXT_STARTED = "text_started"
    TEXT_PASSED_ON = "text_passed_on"
    TEXT_NO = "text_no"
    TEXT_CANCELLED = "text_cancelled"
    TEXT_NO_PLACE = "text_no_place"


class LetterState(StrEnum):
    """Where a letter is on its way: planned until its time, due, attempting, and then sent, failed or dropped. What was
    sent may be told to have been delivered, to have come back, or to have been complained of.
    """

    PLANNED = "planned"
    DUE = "due"
    ATTEMPTING = "attempting"
    SENT = "sent"
    DELIVERED = "delivered"
    RETURNED = "returned"
    COMPLAINED = "complained"
    FAILED = "failed"
    DROPPED = "dropped"


class Channel(StrEnum):
    """How a letter travels."""

    EMAIL = "email"
    SMS = "sms"


AFTER_THE_MEAL = frozenset({LetterKind.THANKS, LetterKind.MISSED})
ABOUT_ALERTS = frozenset({LetterKind.ALERT, LetterKind.DIGEST})
ONLY_BY_EMAIL = frozenset({LetterKind.DIGEST, LetterKind.SIGN_IN, LetterKind.SMS_CREDIT})
OF_A_PLACE = frozenset({LetterKind.CONFIRMED, LetterKind.CHANGE_REFUSED})
STANDING = OF_A_PLACE | {  # how a booking stands
    LetterKind.REQUESTED,
    LetterKind.WAITLISTED,
    LetterKind.OFFER,
    LetterKind.OFFER_PASSED,
    LetterKind.FULL,
    LetterKind.CANCELLED_BY_GUEST,
    LetterKind.CANCELLED_BY_CANTINE,
}
TELLS_THE_TIME = OF_A_PLACE | {LetterKind.MOVED, LetterKind.REMINDER, LetterKind.MORNING}
UNDONE = frozenset(  # that by which a text did nothing
    {LetterKind.TEXT_PASSED_ON, LetterKind.TEXT_NO, LetterKind.TEXT_CANCELLED, LetterKind.TEXT_NO_PLACE}
)
BACK_TO_TEXTS = UNDONE | {LetterKind.TEXT_WHICH, LetterKind.TEXT_STOPPED, LetterKind.TEXT_STARTED}
SECRETS = frozenset({LetterKind.SIGN_IN, LetterKind.GUEST_LINK})  # who has their link can come in
WAITING = frozenset({LetterState.PLANNED, LetterState.DUE})
TOLD = frozenset({LetterState.ATTEMPTING, LetterState.SENT, LetterState.DELIVERED, LetterState.COMPLAINED})

TO_PHONE = "to_phone"  # not a state: one that was given up, as its guest can only be called
NO_WAY = "no way to be reached"
TOO_LATE = "too late to be useful"
NOT_WANTED = "no longer wanted"
UNKNOWN_OUTCOME = "unknown outcome"
DELAYED = "delayed"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter. `key` makes it this one and no other: it is written once, whatever is heard twice.

    `due_at` is when to send it, `latest_at` when it stops being useful: past that it is dropped, never late.
    `starts_at` is the meal's start that it told of (set when it is taken to be sent). `taken_at` is when a sender took
    it, `called_at` when that sender turned to the provider: noted of a letter that is never repeated. A letter is about
    a `booking`, or to a `person`; `facts` belong to those to staff, with a host's words, or news of a usual place.
    One that is sent again says `again_of` which letter; if staff asked for that, it is `asked_by` somebody, else the
    first came back.
    """

    key: str
    kind: LetterKind
    booking: str | None = None
    sitting: str | None = None
    person: str | None = None
    channel: Channel
    state: LetterState
    due_at: datetime
    latest_at: datetime
    reason: str | None = None
    attempts: int = 0
    starts_at: datetime | None = None
    taken_at: datetime | None = None
    called_at: datetime | None = None
    correlation: str = ""
    again_of: str | None = None
    asked_by: str | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict, repr=False)

    @property
    def waits(self) -> bool:
        """Whether it may still be dropped."""
        return self.state in WAITING

    @property
    def told_at(self) -> datetime:
        """When its reader was told, if they were: as far as is known."""
        return self.called_at or self.taken_at or self.due_at

    @property
    def no_way(self) -> bool:
        """Whether it was given up as its reader could not be reached."""
        return self.state is LetterState.FAILED and self.reason == NO_WAY

    @property
    def to_phone(self) -> bool:
        """Whether it has not failed, but is for the telephone: no letter reaches this guest."""
        return self.no_way and self.booking is not None

    @property
    def may_return(self) -> bool:
        """Whether it was given up for a reason that can pass."""
        return self.state is LetterState.DROPPED or self.no_way


def name_of(key: str) -> str:
    """Our own name for a letter with this key, by which it is known again when it comes back."""
    return sha256(key.encode()).hexdigest()[:32]


def is_first(letter: Letter, others: Iterable[Letter]) -> bool:
    """Whether it is the first that its reader is told of a booking; one that is sent again is what it was."""
    return not _told_before(letter, others)


def is_change(letter: Letter, others: Iterable[Letter]) -> bool:
    """Whether it confirms a change to who was told already, by the last word on how the booking stands, of a place; one
    that is sent again is what it was.
    """
    return letter.kind is LetterKind.CONFIRMED and _stood_before(letter, others) in OF_A_PLACE


def is_turn(letter: Letter, others: Iterable[Letter]) -> bool:
    """Whether it confirms a place to who was told, by the last word on how the booking stands, to wait for one."""
    return letter.kind is LetterKind.CONFIRMED and _stood_before(letter, others) is LetterKind.WAITLISTED


def time_told(letters: Iterable[Letter]) -> datetime | None:
    """The meal's start (UTC) of which a guest was told last by these letters; None, if by none of them."""
    told = [one for one in letters if one.state in TOLD and one.kind in TELLS_THE_TIME and one.starts_at]
    return max(told, key=lambda one: one.told_at).starts_at if told else None


def time_told_before(letter: Letter, others: Iterable[Letter]) -> datetime | None:
    """The meal's start (UTC) of which its reader was told last before it; for one that is sent again, it is what it
    was.
    """
    return time_told(_told_before(letter, others))


def _stood_before(letter: Letter, others: Iterable[Letter]) -> LetterKind | None:
    told = [one for one in _told_before(letter, others) if one.kind in STANDING]
    return max(told, key=lambda one: one.told_at).kind if told else None


def _told_before(letter: Letter, others: Iterable[Letter]) -> list[Letter]:
    return [one for one in others if one.state in TOLD and one.key not in (letter.key, letter.again_of)]
