"""Staff read the texts that only a person can understand, and say that they have looked after one."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.notifications.domain.facts import Sitting
from services.notifications.domain.numbers import number_in
from services.notifications.domain.staff import Staff
from services.notifications.store import facts, texts
from services.notifications.store.texts import Unclear
from services.notifications.use_cases.reach_again import write_again_to
from shared.contracts.staff import StaffRole
from shared.links import Links
from shared.messaging.service import Service
from shared.text import is_storable

MOST = 200


@dataclass(frozen=True, kw_only=True)
class ToRead:
    """A text, and the meal that its sender was written to about last."""

    text: Unclear
    sitting: Sitting | None


def look_at_texts(service: Service, staff: Staff) -> list[ToRead]:
    """What is to be read from guests of their cantines, oldest first; for administrators also from strangers."""
    with service.read() as conn:
        found = texts.unclear(conn, _theirs(staff), MOST)
        sittings: Mapping[str, Sitting] = facts.load_sittings(conn, {one.sitting for one in found if one.sitting})
    return [ToRead(text=one, sitting=sittings.get(one.sitting or "")) for one in found]


def look_after(service: Service, staff: Staff, number: int) -> None:
    """They have looked after a text; if somebody else has, or it is not theirs, nothing changes."""
    with service.work() as work:
        texts.look_after(work.conn, number, _theirs(staff), staff.id, work.now)


def write_again(service: Service, links: Links, typed: str) -> bool | None:
    """Somebody who said STOP has asked the staff for text messages again, or an address from which letters came back
    is well again. Whether nothing went there; None, if what was typed is neither a number nor an address.
    """
    contact = typed.strip() if "@" in typed and is_storable(typed) else number_in(typed)
    if contact is None:
        return None
    with service.work() as work:
        written = write_again_to(work, links, contact)
    service.bell.ring()
    return written


def _theirs(staff: Staff) -> tuple[str, ...] | None:
    return None if staff.role is StaffRole.ADMINISTRATOR else staff.cantines
