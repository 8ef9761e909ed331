"""A guest who has a place says, near the meal, that they come: the host sees it."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.booking import Booking
from services.booking.domain.errors import AlreadyCancelled
from services.booking.domain.standing import outcome
from shared.contracts.booking import BookingStatus
from shared.contracts.sitting import SittingNotice

ASKED_WITHIN = timedelta(days=2)  # before the meal: earlier nobody asks


def says_coming(booking: Booking, sitting: SittingNotice) -> Booking:
    """The booking of a guest who comes, as they say. It holds for the meal as it is now: if the meal moves, nobody has
    said so. Who has no place changes nothing. Raises AlreadyCancelled.
    """
    if booking.cancelled_at is not None:
        raise AlreadyCancelled
    if outcome(booking).status is not BookingStatus.CONFIRMED or has_said_coming(booking, sitting):
        return booking
    return replace(booking, coming_for=sitting.starts_at)


def has_said_coming(booking: Booking, sitting: SittingNotice | None) -> bool:
    """Whether its guest said that they come to the meal as it is now."""
    return sitting is not None and booking.coming_for == sitting.starts_at


def was_reminded(booking: Booking, sitting: SittingNotice, now: datetime) -> bool:
    """Whether the hour at which guests are reminded came since they booked."""
    cantine = sitting.cantine
    at = datetime.combine(sitting.date - timedelta(days=cantine.reminder_days), cantine.reminder_at)
    reminded = at.replace(tzinfo=ZoneInfo(cantine.zone))
    return booking.created_at <= reminded <= now


def is_near(sitting: SittingNotice, now: datetime) -> bool:
    """Whether it is time to ask who comes."""
    return sitting.starts_at - ASKED_WITHIN <= now < sitting.starts_at
