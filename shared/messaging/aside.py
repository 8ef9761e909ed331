"""What an operator looks after in each service: items that could not be handled or are never receipted, and timers that
fail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.logs import get_logger
from shared.messaging import again, parked
from shared.messaging.ailing import Ailing, all_ailing
from shared.messaging.inbox import Inbox
from shared.messaging.parked import Parked
from shared.messaging.service import Service

log = get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Aside:
    """What was laid aside, and what fails."""

    ailing: Sequence[Ailing]
    parked: Sequence[Parked]
    stuck: int
    now: datetime


class NotParked(Exception):
    """This item is not parked (any more)."""


class FailedAgain(Exception):
    """It failed again, and with which kind of error."""


def look(service: Service) -> Aside:
    """All of it."""
    with service.read() as conn:
        return Aside(
            ailing=all_ailing(conn, service.tables.ailing),
            parked=parked.all_parked(conn, service.tables.attempt),
            stuck=again.count_stuck(conn, service.tables.outbox),
            now=service.clock.now(conn),
        )


def replay(service: Service, inbox: Inbox, kind: str, thing: str, revision: int) -> None:
    """Handle an item again; it leaves the list if that works. Raises NotParked, FailedAgain."""
    one = _find(service, kind, thing, revision)
    try:
        inbox.replay(one.item)
    except Exception as error:
        log.warning("A parked item failed again.", kind=kind, thing=thing, error=type(error).__name__)
        raise FailedAgain(type(error).__name__) from error
    _forget(service, one)


def give_up(service: Service, kind: str, thing: str, revision: int) -> None:
    """Forget an item without handling it. Raises NotParked."""
    _forget(service, _find(service, kind, thing, revision))


def unstick(service: Service) -> int:
    """Send stuck items again. Returns how many."""
    with service.work() as work:
        count = again.release_stuck(work.conn, service.tables.outbox, work.now)
    service.bell.ring()
    return count


def _forget(service: Service, one: Parked) -> None:
    with service.work() as work:
        parked.forget(work.conn, service.tables.attempt, [one.item])


def _find(service: Service, kind: str, thing: str, revision: int) -> Parked:
    with service.read() as conn:
        for one in parked.all_parked(conn, service.tables.attempt):
            if (one.item.kind, one.item.thing, one.item.revision) == (kind, thing, revision):
                return one
    raise NotParked
