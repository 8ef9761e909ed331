"""The hour comes: alerts that time alone raises or ends, and alerts that nobody has answered."""

from services.capacity.domain.alert_duty import Place, escalates_at
from services.capacity.domain.alerts import Alert
from services.capacity.store import alerts as alert_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.alerts import keep_and_say, watch
from shared.messaging.service import Service, UnitOfWork

BATCH = 100  # sittings in one transaction


def look_at_alerts(service: Service, public_url: str, batch: int = BATCH) -> int:
    """Look at the sittings whose alerts time may have changed, in batches. Returns how many were looked at."""
    looked = 0
    while due := _due(service, batch):
        with service.work() as work:
            sittings = [
                one
                for one in sitting_store.lock(work.conn, due).values()
                if one.watch.due_at and one.watch.due_at <= work.now
            ]
            places = alert_store.places(work.conn, {one.cantine for one in sittings})
            sitting_store.save(work.conn, watch(work, sittings, places, public_url))
        looked += len(sittings)
    return looked


def escalate_alerts(service: Service, public_url: str, batch: int = BATCH) -> int:
    """Tell the others of what nobody has answered in time. Returns how many alerts that were."""
    told = 0
    while unanswered := _unanswered(service, batch):
        with service.work() as work:
            sittings = sitting_store.lock(work.conn, unanswered)
            waiting = [
                one
                for one in alert_store.lock(work.conn, unanswered)
                if one.escalates_at and one.escalates_at <= work.now
            ]
            places = alert_store.places(work.conn, {one.cantine for one in waiting})
            alerts = [_escalated(work, one, places[one.cantine]) for one in waiting]
            keep_and_say(work, alerts, sittings, places, public_url)
        told += len(alerts)
    return told


def _escalated(work: UnitOfWork, alert: Alert, place: Place) -> Alert:
    next_at = escalates_at(alert.severity, alert.circle + 1, work.now, place)
    return alert.escalated(work.now, next_at)


def _due(service: Service, batch: int) -> list[str]:
    with service.read() as conn:
        return sitting_store.alerts_due(conn, service.clock.now(conn), batch)


def _unanswered(service: Service, batch: int) -> list[str]:
    with service.read() as conn:
        return alert_store.unanswered(conn, service.clock.now(conn), batch)
