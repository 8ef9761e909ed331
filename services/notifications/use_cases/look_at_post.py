"""The operator looks at how notifications is: providers, timers, letters that wait, items that could not be handled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.notifications.domain.credit import Credit
from services.notifications.store import health
from services.notifications.store.health import Health, Waiting
from shared.logs import get_logger
from shared.messaging import again, parked
from shared.messaging.ailing import Ailing, all_ailing
from shared.messaging.inbox import Inbox
from shared.messaging.parked import Parked
from shared.messaging.service import Service

log = get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Post:
    """How notifications is."""

    providers: Sequence[Health]
    credits: Mapping[str, Credit]
    waiting: Waiting
    ailing: Sequence[Ailing]
    parked: Sequence[Parked]
    stuck: int
    now: datetime


class NotParked(Exception):
    """This item is not parked (any more)."""


class FailedAgain(Exception):
    """It failed again, and with which kind of error."""


def look_at_post(service: Service) -> Post:
    """All of it."""
    with service.read() as conn:
        now = service.clock.now(conn)
        return Post(
            providers=health.all_noted(conn),
            credits=health.credits(conn),
            waiting=health.waiting(conn, now),
            ailing=all_ailing(conn, service.tables.ailing),
            parked=parked.all_parked(conn, service.tables.attempt),
            stuck=again.count_stuck(conn, service.tables.outbox),
            now=now,
        )


def replay(service: Service, inbox: Inbox, kind: str, thing: str, revision: int) -> None:
    """Handle an item again; it leaves the list if that works. Raises NotParked, FailedAgain."""
    one = _find(service, kind, thing, revision)
    try:
        inbox.replay(one.item)
    except Exception as error:
        log.warning("A parked item failed again.", kind=kind, thing=thing, error=type(error).__name__)
        raise FailedAgain(type(error).__name__) from error
    give_up(service, kind, thing, revision)


def give_up(service: Service, kind: str, thing: str, revision: int) -> None:
    """Forget an item without handling it. Raises NotParked."""
    one = _find(service, kind, thing, revision)
    with service.work() as work:
        parked.forget(work.conn, service.tables.attempt, [one.item])


def unstick(service: Service) -> int:
    """Send stuck items again. Returns how many."""
    with service.work() as work:
        count = again.release_stuck(work.conn, service.tables.outbox, work.now)
    service.bell.ring()
    return count


def _find(service: Service, kind: str, thing: str, revision: int) -> Parked:
    with service.read() as conn:
        for one in parked.all_parked(conn, service.tables.attempt):
            if (one.item.kind, one.item.thing, one.item.revision) == (kind, thing, revision):
                return one
    raise NotParked
