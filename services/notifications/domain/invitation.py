"""A meal in the guest's own calendar: which letters bring it, change it, or take it out again. A pure rule.

Calendar programs keep one event for each UID and go by the highest SEQUENCE. Ours is made from the news that a letter
tells, of the booking and of its sitting, so it rises with either and is the same however often a letter is tried.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import Channel, Letter, LetterKind

AT_TABLE = timedelta(hours=2)  # a calendar needs an end; the meal has none but the washing-up
_EPOCH = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())  # two counts of seconds since then: 32 bits last until 2054

INVITES = frozenset({LetterKind.CONFIRMED, LetterKind.CHANGE_REFUSED, LetterKind.MOVED})
TAKES_BACK = frozenset(
    {
        LetterKind.CANCELLED_BY_GUEST,
        LetterKind.CANCELLED_BY_CANTINE,
        LetterKind.FULL,
        LetterKind.WAITLISTED,
        LetterKind.OFFER,
        LetterKind.OFFER_PASSED,
    }
)


class Method(StrEnum):
    """What a calendar program is to do with an event (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """One event for a guest's calendar. Instants are UTC; `said_at` is when the latest of its news was given."""

    method: Method
    uid: str
    sequence: int
    said_at: datetime
    begins_at: datetime
    ends_at: datetime


def was_invited(letters: Iterable[Letter]) -> bool:
    """Whether one of a booking's letters may have put the meal into a calendar: a provider had it in its hands."""
    return any(one.kind in INVITES and one.channel is Channel.EMAIL and one.attempts for one in letters)


def invitation(kind: LetterKind, booking: Booking, sitting: Sitting, *, invited: bool) -> Invitation | None:
    """What an e-mail of this kind brings along, if anything. `invited`: a letter before it brought the meal.

    Who cooks is expected when cooking starts. A proxy to whom letters go has no meal of their own in their calendar.
    """
    if booking.to_proxy:
        return None
    method = Method.REQUEST if kind in INVITES else Method.CANCEL if kind in TAKES_BACK and invited else None
    if method is None:
        return None
    cooking = datetime.combine(sitting.date, sitting.cooking_starts, sitting.zone).astimezone(UTC)
    return Invitation(
        method=method,
        uid=f"booking-{booking.id}@tablee",
        sequence=_seconds(booking.news) + _seconds(sitting.replanned) + (method is Method.CANCEL),
        said_at=datetime.fromtimestamp(max(booking.news, sitting.replanned) // 1_000_000, UTC),
        begins_at=min(cooking, sitting.starts_at) if booking.party.cooks else sitting.starts_at,
        ends_at=sitting.starts_at + AT_TABLE,
    )


def _seconds(revision: int) -> int:
    """When a revision was given: revisions are the microseconds of a database's clock."""
    return max(0, revision // 1_000_000 - _EPOCH)
