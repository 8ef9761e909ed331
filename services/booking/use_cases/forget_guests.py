"""Ninety days after a meal its guests are forgotten; of each visit a row stays by which nobody can be recognised."""

from services.booking.store import forgetting
from shared.messaging.service import Service
from shared.purge import forget_meals


def forget_guests(service: Service) -> int:
    """Forget those whose time has come. Returns how many bookings."""
    return forget_meals(service, forgetting.due, forgetting.forget)
