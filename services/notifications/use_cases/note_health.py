"""A sender notes how its providers are, now and then and only what is new, for the page that shows it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from services.notifications.providers.in_turn import InTurn
from services.notifications.providers.watched import Notes, Watch
from services.notifications.store import health
from services.notifications.store.health import Health
from shared.messaging.service import Service


def note_health(service: Service, watch: Watch, in_turn: Sequence[InTurn]) -> None:
    """Write down what became of letters since it was last noted; nothing, if none was sent."""
    notes = watch.take()
    if not notes:
        return
    resting = {name: seconds for one in in_turn for name, seconds in one.resting().items()}
    with service.work() as work:
        health.note(work.conn, _healths(notes, resting, work.now, watch.clock()))


def _healths(notes: Mapping[str, Notes], resting: Mapping[str, float], now: datetime, tick: float) -> list[Health]:
    def instant(at: float | None) -> datetime | None:
        return None if at is None else now - timedelta(seconds=tick - at)

    return [
        Health(
            provider=name,
            accepted_at=instant(one.accepted_at),
            failed_at=instant(one.failed_at),
            failure=one.failure[:200] or None,
            rests_until=now + timedelta(seconds=resting[name]) if name in resting else None,
        )
        for name, one in notes.items()
    ]
