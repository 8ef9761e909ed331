"""What a guest prefers of the letters about a booking, and that they come later than the others."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.contact import Contact
from services.booking.domain.errors import UnknownPreference
from shared.contracts.sitting import SittingNotice

LATE_BY = (10, 20, 30)  # minutes to choose from
STILL_TOLD = timedelta(hours=1)  # after the meal has begun, somebody may still be on the way


@dataclass(frozen=True, kw_only=True)
class Preferences:
    """`by_sms` where both ways are given; no `reminders`, or one more on the morning (`morning_sms`); or `quiet`: only
    that the meal is cancelled or moved. A word after it (`thanks`) goes only to who has asked for one.
    """

    by_sms: bool = False
    reminders: bool = True
    quiet: bool = False
    morning_sms: bool = False
    thanks: bool = False


USUAL = Preferences()


def unproven(wished: Preferences, before: Preferences) -> Preferences:
    """What of these wishes may be followed for who has not come by a letter, and so may have booked with the address of
    somebody else: nothing that keeps letters from there.
    """
    heard = wished.reminders or before.reminders
    return replace(wished, by_sms=before.by_sms, quiet=before.quiet, reminders=heard)


def has_both_ways(contact: Contact) -> bool:
    """Whether there is a choice between e-mail and SMS."""
    return bool(contact.email and contact.phone_to_write_to)


def in_language(contact: Contact, language: str, languages: Collection[str]) -> Contact:
    """The contact of somebody who reads this language. Raises UnknownPreference."""
    if language not in languages:
        raise UnknownPreference
    return replace(contact, language=language)


def may_run_late(sitting: SittingNotice | None, now: datetime) -> bool:
    """Whether it makes sense to say so: on the day of the meal, until it has long begun."""
    if sitting is None:
        return False
    return (
        now.astimezone(ZoneInfo(sitting.cantine.zone)).date() == sitting.date and now < sitting.starts_at + STILL_TOLD
    )
