"""Capacity has told who looks after the cantines."""

from collections.abc import Sequence

from services.booking.store import staff
from shared.contracts.staff import StaffNotice
from shared.messaging.service import UnitOfWork


def hear_staff(work: UnitOfWork, notices: Sequence[StaffNotice]) -> None:
    """Keep the staff as last told of: whoever was removed is signed out at their next click."""
    staff.keep(work.conn, notices)
