"""The network gains a cantine."""

from zoneinfo import ZoneInfo

from services.capacity.domain.cantines import checked
from services.capacity.store import cantines as cantine_store
from shared.contracts.sitting import Cantine
from shared.messaging.service import UnitOfWork


def add_cantine(work: UnitOfWork, cantine: Cantine) -> None:
    """Add a cantine, or change what is known of it.

    Raises FlawedCantine, and ZoneInfoNotFoundError for a zone that does not exist.
    """
    ZoneInfo(cantine.zone)
    cantine_store.save(work.conn, checked(cantine))
