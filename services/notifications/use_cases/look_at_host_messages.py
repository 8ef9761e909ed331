"""Staff look at what became of the words that were written to the guests of a meal."""

from dataclasses import dataclass

from services.notifications.domain.facts import Sitting
from services.notifications.domain.host_messages import Words
from services.notifications.domain.staff import Staff
from services.notifications.store import facts, host_messages
from services.notifications.store import staff as staff_store
from services.notifications.store.host_messages import Fate
from shared.messaging.service import Service
from shared.text import is_storable


class NoSuchMeal(Exception):
    """There is no such meal, or it is not theirs."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A message, and how many of its letters are in which state."""

    words: Words
    fates: list[Fate]


def find_staff(service: Service, staff_id: str) -> Staff | None:
    """A member of staff as they stand now; None if they are unknown or were removed."""
    with service.read() as conn:
        return staff_store.find(conn, staff_id)


def was_heard_of(service: Service, staff_id: str) -> bool:
    """Whether capacity has ever told of them, also of one who was removed since."""
    with service.read() as conn:
        return staff_id in staff_store.some(conn, {staff_id})


def look_at_host_messages(service: Service, staff: Staff, sitting_id: str) -> tuple[Sitting, list[Sent]]:
    """A meal of theirs, and what was written to its guests, latest first. Raises NoSuchMeal."""
    with service.read() as conn:
        known = facts.load_sittings(conn, [sitting_id]) if is_storable(sitting_id) else {}
        sitting = known.get(sitting_id)
        if sitting is None or not staff.looks_after(sitting.cantine.slug):
            raise NoSuchMeal
        messages = host_messages.of_sitting(conn, sitting_id)
        return sitting, [Sent(words=one, fates=host_messages.fates(conn, one)) for one in messages]
