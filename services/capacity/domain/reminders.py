"""When a cantine reminds its guests of a meal, as its coordinator chooses."""

from dataclasses import replace

from services.capacity.domain.hours import HourBefore
from shared.contracts.sitting import Cantine
from shared.quiet_hours import BEGIN, END

MAX_REMINDER_DAYS = 7


class FlawedReminders(Exception):
    """Nobody can be reminded like this: not so long before, nor while people sleep."""


def reminding(cantine: Cantine, when: HourBefore, *, morning_sms: bool, thanks: bool) -> Cantine:
    """The cantine that reminds at this hour before a meal, offers an SMS on its morning or not, and a word after it.

    Raises FlawedReminders.
    """
    if not 1 <= when.days <= MAX_REMINDER_DAYS or not END <= when.at < BEGIN:
        raise FlawedReminders
    return replace(cantine, reminder_days=when.days, reminder_at=when.at, morning_sms=morning_sms, thanks=thanks)


def like_in_reminders(cantine: Cantine, other: Cantine) -> Cantine:
    """The cantine, reminding as another does."""
    return replace(
        cantine,
        reminder_days=other.reminder_days,
        reminder_at=other.reminder_at,
        morning_sms=other.morning_sms,
        thanks=other.thanks,
    )
