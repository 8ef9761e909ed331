"""Persons as booking told of them, and the calls for cooks that they are asked: when each may be written.

A call is a solicitation, not news of a booking: it leaves only to who agreed, never twice within a week, and an SMS
only in the hours of the law: from 8:00 to 20:00, not on Sundays nor on public holidays. An e-mail waits at night.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.notifications.domain.facts import Sitting
from services.notifications.domain.letter import Channel, Letter, LetterKind
from shared.holidays import is_holiday_somewhere
from shared.quiet_hours import awake

BEGIN, END = time(8, 0), time(20, 0)  # local: the hours of the law for SMS
SUNDAY = 6
LEAST_NOTICE = timedelta(hours=1)  # before cooking starts: closer than this nobody can come any more
REST = timedelta(days=7)  # between two calls to the same person


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who agreed to be written to, by one way."""

    id: str
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: str

    @property
    def channel(self) -> Channel:
        """How they are written to."""
        return Channel.EMAIL if self.email else Channel.SMS


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A person is asked to cook at a sitting, until an instant (UTC); `short_code` is the secret in the short link."""

    person: str
    sitting: str
    call: str
    until: datetime
    link: str = field(repr=False)
    short_code: str = field(repr=False)

    @property
    def key(self) -> str:
        """The key of the letter that asks it."""
        return f"cook_call:{self.person}:{self.sitting}:{self.call}"

    @property
    def latest_at(self) -> datetime:
        """When asking stops being useful."""
        return self.until - LEAST_NOTICE


def may_leave_at(channel: Channel, zone: str, now: datetime) -> datetime:
    """When a solicitation may leave (UTC): now, or at the next hour at which it is decent and lawful."""
    if channel is Channel.EMAIL:
        return awake(now, zone)
    local = now.astimezone(ZoneInfo(zone))
    day = local.date()
    if _is_working_day(day) and BEGIN <= local.time() < END:
        return now
    if local.time() >= BEGIN:
        day += timedelta(days=1)
    while not _is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, BEGIN, ZoneInfo(zone)).astimezone(UTC)


def is_still_asked(asked: Asked | None, sitting: Sitting, now: datetime) -> bool:
    """Whether there is still reason to ask: the call is open, and the meal takes place."""
    return asked is not None and not sitting.cancelled and now <= asked.latest_at


def was_asked_lately(others: Iterable[Letter], now: datetime) -> bool:
    """Whether one of these other letters called the same person within a week."""
    return any(
        one.kind is LetterKind.COOK_CALL and (one.called_at or one.taken_at or one.due_at) > now - REST
        for one in others
    )


def _is_working_day(day: date) -> bool:
    return day.weekday() != SUNDAY and not is_holiday_somewhere(day)
