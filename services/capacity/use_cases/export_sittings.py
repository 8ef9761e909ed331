"""A coordinator takes the meals of a period away, as a table."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import sittings as sitting_store
from shared.messaging.service import Service

LONGEST = timedelta(days=1830)  # of a period: five years
AT_ONCE = timedelta(days=31)  # read in one transaction, so that a slow download holds none open


def export_sittings(service: Service, cantines: Sequence[str], first: date, last: date) -> Iterator[PlannedSitting]:
    """The sittings of some cantines between two local days, both included, in order of time."""
    since, end = first, last + timedelta(days=1)
    while since < end:
        before = min(since + AT_ONCE, end)
        with service.read() as conn:
            found = sitting_store.of_cantines(conn, cantines, since, before)
        yield from found
        since = before
