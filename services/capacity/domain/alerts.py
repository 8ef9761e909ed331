"""What is worth a coordinator's attention."""

from services.capacity.domain.places import Sitting
from shared.contracts.sitting import SittingStatus


def is_full(sitting: Sitting) -> bool:
    """Whether the last seat is taken of a sitting to which people could come."""
    return sitting.status is SittingStatus.OPEN and 0 < sitting.limits.seats <= sitting.held
