"""After a meal: booking tells how many came, a coordinator what it cost and what was given."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.capacity.domain.after_meal import Attendance, Money, cost_per_cover
from services.capacity.domain.history import by_hand, changes_of_money
from services.capacity.domain.sittings import NoSuchSitting
from services.capacity.domain.staff import Staff
from services.capacity.store import after_meal as store
from services.capacity.store import history
from services.capacity.store import sittings as sitting_store
from shared.contracts.attendance import Attendance as AttendanceMessage
from shared.messaging.service import Service, UnitOfWork
from shared.text import is_storable


class NotYetServed(Exception):
    """The meal has not begun: nobody knows what it cost."""


@dataclass(frozen=True, kw_only=True)
class After:
    """What is known of a meal afterwards."""

    attendance: Attendance | None
    money: Money | None

    @property
    def cost_per_cover(self) -> int | None:
        """What the food of one cover cost, in cents, where both are known."""
        return cost_per_cover(self.money, self.attendance) if self.money and self.attendance else None


def hear_attendance(work: UnitOfWork, messages: Sequence[AttendanceMessage]) -> None:
    """Keep how many came."""
    store.keep_attendance(work.conn, messages)


def look_at_after(service: Service, sitting: str) -> After:
    """What is known of a sitting afterwards."""
    with service.read() as conn:
        return After(attendance=store.find_attendance(conn, sitting), money=store.find_money(conn, sitting))


def note_money(work: UnitOfWork, me: Staff, sitting: str, money: Money) -> None:
    """Write down what a meal cost and what was given, instead of what was written before.

    Raises NoSuchSitting, also if it is not theirs; NotYetServed.
    """
    found = sitting_store.lock(work.conn, [sitting]).get(sitting) if is_storable(sitting) else None
    if found is None or found.cantine not in me.cantines:
        raise NoSuchSitting
    if found.starts_at > work.now:
        raise NotYetServed
    before = store.find_money(work.conn, sitting)
    store.keep_money(work.conn, sitting, money, me.id, work.now)
    history.note(work.conn, work.now, by_hand(me), [(sitting, changes_of_money(before, money))])
