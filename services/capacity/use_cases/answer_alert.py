"""A coordinator says “I'm on it”: nobody else need be disturbed."""

from services.capacity.domain.alerts import NoSuchAlert
from services.capacity.domain.staff import Staff
from services.capacity.store import alerts as alert_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.alerts import keep_and_say
from shared.contracts.alert import AlertKind
from shared.messaging.service import UnitOfWork


def answer_alert(work: UnitOfWork, staff: Staff, sitting: str, kind: AlertKind, public_url: str) -> None:
    """Somebody is on it; the first who says so stays. Raises NoSuchAlert, also if the cantine is not theirs."""
    sittings = sitting_store.lock(work.conn, [sitting])
    alert = next((one for one in alert_store.lock(work.conn, [sitting]) if one.kind is kind), None)
    if alert is None or alert.cantine not in staff.cantines:
        raise NoSuchAlert
    if alert.awaits_an_answer:
        places = alert_store.places(work.conn, [alert.cantine])
        keep_and_say(work, [alert.answered(staff.id, work.now)], sittings, places, public_url)
