"""What falls due by itself: planned letters whose time has come, and letters whose sender went silent."""

from collections.abc import Collection
from datetime import timedelta

from services.notifications.domain.letter import Letter
from services.notifications.domain.retry import after, may_repeat
from services.notifications.domain.sending import Accepted, Unknown
from services.notifications.store import letters
from shared.logs import get_logger
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)

STALE_AFTER = timedelta(seconds=60)


def ring_reminders(service: Service) -> int:
    """Planned letters whose time has come are due."""
    with service.work() as work:
        rung = letters.ring(work.conn, work.now)
    if rung:
        service.bell.ring()
    return rung


def settle_stale_attempts(service: Service, repeats_safely: Collection[str]) -> int:
    """Decide what becomes of letters that a sender took a minute ago and never spoke of again (it died).

    `repeats_safely` names the providers that send a key once, however often they are asked.
    """
    with service.work() as work:
        stale = letters.lock_stale(work.conn, work.now, STALE_AFTER)
        for letter, provider in stale:
            _settle(work, letter, repeats_safely=provider in repeats_safely)
    return len(stale)


def _settle(work: UnitOfWork, letter: Letter, *, repeats_safely: bool) -> None:
    if letter.called_at is None and not may_repeat(letter.kind):  # its sender died before it turned to the provider
        letters.give_back(work.conn, [letter])
        return
    settled = after(Unknown("its sender went silent"), letter, work.now, repeats_safely=repeats_safely)
    letters.keep_outcomes(work.conn, [(settled, Accepted())], work.now)
    log.warning("A letter was left in mid-air.", kind=letter.kind, correlation=letter.correlation, state=settled.state)
