"""What must be spoken, because no letter reaches the guest: a short list for the telephone."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from services.booking.domain.booking import Booking
from services.booking.domain.host_messages import HostMessage, UnsaidWords
from services.booking.domain.reach import EVER, Lost, unread_since
from services.booking.domain.standing import Outcome, outcome
from shared.contracts.booking import BookingStatus
from shared.contracts.seats import Why
from shared.contracts.sitting import SittingNotice


class About(StrEnum):
    """What a call is about."""

    STANDING = "standing"
    REMINDER = "reminder"
    WORDS = "words"


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What a guest was told by voice, and when (UTC): the news (a notice revision) up to which, and whether they were
    reminded.
    """

    news: int = 0
    reminded: bool = False
    at: datetime = EVER


@dataclass(frozen=True, kw_only=True)
class Call:
    """One thing to say to one guest, from `due_at` on; no use any more once the meal starts.

    `message` holds the words of a host, if they are what is to be said; `moved`, that the meal has another time. The
    meal is shown as of its `move`.
    """

    about: About
    booking: Booking
    became: Outcome
    sitting: SittingNotice
    due_at: datetime
    message: HostMessage | None = None
    moved: bool = False
    move: int = 0


def calls_for(
    booking: Booking,
    sitting: SittingNotice,
    spoken: Spoken,
    now: datetime,
    *,
    sms: bool,
    lost: Lost = MappingProxyType({}),
    moved: int = 0,
) -> list[Call]:
    """What must be said to a guest now; nothing to whom letters reach, nor of whom nothing is known.

    Their standing, each time it changes, unless they themselves cancelled or declined, or an offer has passed; as it
    changed since letters are lost that went to their contact (`lost`). From the hour at which their cantine reminds its
    guests, that they are expected, unless they wish for no reminder. A guest who is told of a change from then on has
    been reminded by it. That a meal has `moved` (capacity's revision), which is no news of a booking, is said too.
    """
    became = outcome(booking)
    contact = booking.contact
    unknown, since = contact.name is None, unread_since(contact, lost, sms=sms)
    if unknown or since is None or now >= sitting.starts_at or became.checking:
        return []
    due_at = _instant(booking.news)
    call = Call(about=About.STANDING, booking=booking, became=became, sitting=sitting, due_at=due_at, move=moved)
    told = max(spoken.news, _microseconds(since))
    if booking.news > told:
        return [call] if _is_worth_a_call(became, now) else []
    if became.status is BookingStatus.CONFIRMED and moved > max(_microseconds(since), _microseconds(spoken.at)):
        return [replace(call, due_at=_instant(moved), moved=True)]
    due_at = reminder_at(sitting)
    told_since = told >= _microseconds(due_at)
    wanted = became.status is BookingStatus.CONFIRMED and booking.preferences.reminders
    if wanted and now >= due_at and not spoken.reminded and not told_since:
        return [replace(call, about=About.REMINDER, due_at=due_at)]
    return []


def told_at(now: datetime, *, moved: int, shown: int) -> datetime:
    """When a guest counts as told, to whom was said what a page showed: the meal as of its move `shown`, after which it
    may have `moved` once more. That is still to be said then.
    """
    return max(now, _instant(moved)) if shown >= moved else min(now, _instant(moved - 1))


def call_with_words(unsaid: UnsaidWords, booking: Booking, sitting: SittingNotice, now: datetime) -> Call | None:
    """The call in which a host's words are said to a guest; None once they are not for them any more."""
    became, message = outcome(booking), unsaid.message
    if now >= sitting.starts_at or not message.audience.includes(became.status, became.party):
        return None
    return Call(
        about=About.WORDS,
        booking=booking,
        became=became,
        sitting=sitting,
        due_at=message.written_at,
        message=message,
    )


def _is_worth_a_call(became: Outcome, now: datetime) -> bool:
    """Whether a guest does not know how they stand, and may want to."""
    knows = became.status is BookingStatus.CANCELLED or became.why is Why.OFFER_DECLINED
    return not knows and not (became.offer and became.offer.until <= now)


def reminder_at(sitting: SittingNotice) -> datetime:
    """When guests of this meal are reminded, as its cantine chose (UTC)."""
    cantine = sitting.cantine
    day = sitting.date - timedelta(days=cantine.reminder_days)
    return datetime.combine(day, cantine.reminder_at, ZoneInfo(cantine.zone)).astimezone(UTC)


def _microseconds(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)


def _instant(revision: int) -> datetime:
    """When a revision was made: it counts microseconds, or runs a little ahead of them."""
    return datetime.fromtimestamp(revision / 1_000_000, UTC)
