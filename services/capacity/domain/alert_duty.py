"""Who is told of an alert, and when the others are, if nobody answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.capacity.domain.alerts import Alert, AlertSettings
from services.capacity.domain.staff import Staff
from shared.contracts.alert import Severity, Wishes
from shared.contracts.sitting import Cantine
from shared.contracts.staff import StaffRole

LAST_CIRCLE = 2


@dataclass(frozen=True, kw_only=True)
class Reachable:
    """A member of staff, and how they wish to be told. `phone` is in E.164."""

    staff: Staff
    phone: str | None = field(default=None, repr=False)
    wishes: Wishes = field(default_factory=Wishes)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A cantine, and what it wishes to hear of."""

    cantine: Cantine
    settings: AlertSettings


Places = Mapping[str, Place]
"""By slug."""


def first_circle(settings: AlertSettings) -> int:
    """Who is told at first: whoever is on duty; all, if nobody is."""
    return 1 if settings.on_duty is None else 0


def told(people: Sequence[Reachable], alert: Alert, settings: AlertSettings) -> list[Reachable]:
    """The people in the circle of an alert; all who look after the cantine, if whoever was on duty no longer does, and
    the administrators, if nobody else does.
    """
    theirs = [one for one in people if alert.cantine in one.staff.cantines]
    if alert.circle >= LAST_CIRCLE:
        return theirs
    around = [one for one in theirs if one.staff.role is not StaffRole.ADMINISTRATOR] or theirs
    return around if alert.circle else [one for one in theirs if one.staff.id == settings.on_duty] or around


def escalates_at(severity: Severity, circle: int, now: datetime, place: Place) -> datetime | None:
    """When the next circle is told (UTC) if nobody answers, nights not counted; None if it need not be."""
    if severity is not Severity.URGENT or circle >= LAST_CIRCLE:
        return None
    by = waking_time(now, place.settings, place.cantine.zone) + timedelta(minutes=place.settings.answer_within)
    return waking_time(by, place.settings, place.cantine.zone)


def waking_time(at: datetime, settings: AlertSettings, zone: str) -> datetime:
    """This instant; within the quiet hours, their end (UTC)."""
    local = at.astimezone(ZoneInfo(zone))
    since, until = settings.quiet_since, settings.quiet_until
    now = local.time().replace(tzinfo=None)
    if since <= until:
        quiet, day = since <= now < until, local.date()
    else:
        quiet, day = now >= since or now < until, local.date() + timedelta(days=now >= since)
    return datetime.combine(day, time(until.hour, until.minute), ZoneInfo(zone)).astimezone(UTC) if quiet else at
