"""Alerts as capacity told of them: how each stands, and when and how a member of staff hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.notifications.domain.facts import Sitting
from shared.contracts.alert import AlertKind, CapacityAlert, QuietHours, Recipient, Severity, Way

MORNING = timedelta(hours=6)  # after the quiet hours: a meal cooked by then cannot wait for their end


@dataclass(frozen=True, kw_only=True)
class KnownAlert:
    """One alert as last heard. `raised` tells one time that it was raised from another (0: an older capacity)."""

    thing: str
    kind: AlertKind
    sitting: str
    severity: Severity
    standing: bool
    raised: int
    facts: Mapping[str, int] = field(default_factory=dict)
    link: str = ""
    short_link: str = ""


@dataclass(frozen=True, kw_only=True)
class News:
    """An alert that still stands, and the meal that it is about."""

    alert: KnownAlert
    sitting: Sitting


def known(alert: CapacityAlert) -> KnownAlert:
    """What is kept of an alert."""
    counted = {"covers": alert.covers, "cooks": alert.cooks, "waiting": alert.waitlist_length}
    return KnownAlert(
        thing=alert.thing,
        kind=alert.alert,
        sitting=alert.sitting,
        severity=alert.severity,
        standing=alert.standing,
        raised=int(alert.raised_at.timestamp() * 1_000_000) if alert.raised_at else 0,
        facts={**counted, **alert.facts},
        link=alert.link,
        short_link=alert.short_link or alert.link,
    )


def way_of(person: Recipient, severity: Severity) -> Way:
    """How this person hears of it: by e-mail, where an SMS is wished but no number is known."""
    way = person.wishes.of(severity)
    return Way.EMAIL if way is Way.SMS and not person.phone else way


def tell_at(alert: CapacityAlert, now: datetime) -> datetime:
    """When to tell (UTC): now, or when the quiet hours end, unless it concerns a meal of the morning after."""
    end = quiet_until(alert.quiet, now) if alert.quiet else None
    if end is None or (alert.cooking_at and alert.cooking_at <= end + MORNING):
        return now
    return end


def quiet_until(quiet: QuietHours, now: datetime) -> datetime | None:
    """When the quiet hours that it is now in end (UTC); None if it is not in any."""
    local = now.astimezone(ZoneInfo(quiet.zone))
    at = local.time().replace(tzinfo=None)
    over_midnight = quiet.since > quiet.until
    if not (at >= quiet.since or at < quiet.until if over_midnight else quiet.since <= at < quiet.until):
        return None
    day = local.date() + timedelta(days=over_midnight and at >= quiet.since)
    return datetime.combine(day, quiet.until, ZoneInfo(quiet.zone)).astimezone(UTC)


def next_digest(at: time, zone: str, now: datetime, *, after: int = 0) -> datetime:
    """When the next daily digest leaves (UTC), or the one `after` so many days."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=(local.time().replace(tzinfo=None) >= at) + after)
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
