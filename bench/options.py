"""What whoever starts the bench may choose."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """None: each measurement's own size, for which its bounds are meant."""

    bookings: int | None = None
