"""The hour comes: alerts that time alone raises or ends, and alerts that nobody has answered."""

from services.capacity.domain.alert_duty import Place, escalates_at
from services.capacity.domain.alerts import Alert
from services.capacity.store import alerts as alert_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.alerts import keep_and_say, watch
from shared.messaging.service import Service, UnitOfWork
from shared.one_by_one import one_by_one

BATCH = 100  # sittings looked for at once


def look_at_alerts(service: Service, public_url: str, batch: int = BATCH) -> int:
    """Look at the sittings whose alerts time may have changed, one by one. Returns how many were looked at."""

    def look(sitting: str) -> int:
        with service.work() as work:
            due = [
                one
                for one in sitting_store.lock(work.conn, [sitting]).values()
                if one.watch.due_at and one.watch.due_at <= work.now
            ]
            places = alert_store.places(work.conn, {one.cantine for one in due})
            sitting_store.save(work.conn, watch(work, due, places, public_url))
        return len(due)

    return one_by_one(lambda: _due(service, batch), look)


def escalate_alerts(service: Service, public_url: str, batch: int = BATCH) -> int:
    """Tell the others of what nobody has answered in time, sitting by sitting. Returns how many alerts that were."""

    def escalate(sitting: str) -> int:
        with service.work() as work:
            sittings = sitting_store.lock(work.conn, [sitting])
            waiting = [
                one
                for one in alert_store.lock(work.conn, [sitting])
                if one.escalates_at and one.escalates_at <= work.now
            ]
            places = alert_store.places(work.conn, {one.cantine for one in waiting})
            alerts = [_escalated(work, one, places[one.cantine]) for one in waiting]
            keep_and_say(work, alerts, sittings, places, public_url)
        return len(alerts)

    return one_by_one(lambda: _unanswered(service, batch), escalate)


def _escalated(work: UnitOfWork, alert: Alert, place: Place) -> Alert:
    next_at = escalates_at(alert.severity, alert.circle + 1, work.now, place)
    return alert.escalated(work.now, next_at)


def _due(service: Service, batch: int) -> list[str]:
    with service.read() as conn:
        return sitting_store.alerts_due(conn, service.clock.now(conn), batch)


def _unanswered(service: Service, batch: int) -> list[str]:
    with service.read() as conn:
        return alert_store.unanswered(conn, service.clock.now(conn), batch)
