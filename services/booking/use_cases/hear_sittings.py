"""Capacity has described meals."""

from collections.abc import Sequence

from services.booking.store import sittings
from shared.contracts.sitting import SittingNotice
from shared.messaging.service import UnitOfWork


def hear_sittings(work: UnitOfWork, notices: Sequence[SittingNotice]) -> None:
    """Keep the meals as last described."""
    sittings.keep(work.conn, notices)
