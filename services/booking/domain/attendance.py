"""Who came: of those expected, and of those who had not reserved."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.errors import DoorClosed
from shared.contracts.sitting import SittingNotice, SittingStatus

OPEN_AFTER = timedelta(days=2)  # from the meal on: an absence can still be corrected
MOST_WALK_INS = 50  # at one time: more is a slip of the finger


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many came of those expected, how many did not, and how many had not reserved: people, not bookings."""

    came: int = 0
    absent: int = 0
    walk_ins: int = 0

    @property
    def covers(self) -> int:
        """How many ate."""
        return self.came + self.walk_ins


def door_is_open(sitting: SittingNotice, now: datetime) -> bool:
    """Whether guests can be checked in: from midnight (local) of the day of the meal until two days after it began.

    Never at a meal that was cancelled: nobody ate there.
    """
    if sitting.status is SittingStatus.CANCELLED:
        return False
    midnight = datetime.combine(sitting.date, time.min, ZoneInfo(sitting.cantine.zone)).astimezone(UTC)
    return midnight <= now < sitting.starts_at + OPEN_AFTER


def check_door(sitting: SittingNotice, now: datetime) -> None:
    """Raises DoorClosed if nobody can be checked in."""
    if not door_is_open(sitting, now):
        raise DoorClosed
