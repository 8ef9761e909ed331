"""Ninety days after a meal its guests are forgotten; of each visit a row stays by which nobody can be recognised."""

from datetime import timedelta

from services.booking.store import forgetting
from shared.messaging.service import Service
from shared.purge import KEPT, forget_meals

LOST_FOR = timedelta(days=3 * 365)  # as long as notifications keeps that somebody said STOP


def forget_guests(service: Service) -> int:
    """Forget those whose time has come. Returns how many bookings."""
    return forget_meals(service, forgetting.due, forgetting.forget)


def forget_answers(service: Service) -> int:
    """Forget which answers were heard, and contacts that were lost years ago. Returns how many."""
    with service.work() as work:
        return forgetting.forget_answers(work.conn, work.now - KEPT, work.now - LOST_FOR)
