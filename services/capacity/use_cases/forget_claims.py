"""Ninety days after a meal its claims are forgotten; the sitting keeps what they came to."""

from services.capacity.domain.sittings import FARTHEST
from services.capacity.store import forgetting
from shared.messaging.service import Service
from shared.purge import KEPT, forget_meals

AT_ONCE = 500  # claims in one round


def forget_claims(service: Service) -> int:
    """Forget those whose time has come. Returns how many claims."""
    return forget_meals(service, forgetting.due, forgetting.forget)


def forget_stray_claims(service: Service) -> int:
    """Forget claims on meals that capacity never heard of, or lost: of these nobody knows the day. Who was refused goes
    after ninety days; who was given a seat, when no meal can still be planned for it. Returns how many.
    """
    with service.work() as work:
        kept_since = work.now - KEPT
        return forgetting.forget_of_unknown_sittings(work.conn, kept_since, kept_since - FARTHEST, AT_ONCE)
