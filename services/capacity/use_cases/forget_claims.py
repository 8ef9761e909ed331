"""Ninety days after a meal its claims are forgotten; the sitting keeps what they came to."""

from services.capacity.store import forgetting
from shared.messaging.service import Service
from shared.purge import forget_meals


def forget_claims(service: Service) -> int:
    """Forget those whose time has come. Returns how many claims."""
    return forget_meals(service, forgetting.due, forgetting.forget)
