"""A cantine chooses what it hears of, and a member of staff how."""

from services.capacity.domain.alert_duty import Reachable
from services.capacity.domain.alerts import AlertSettings
from services.capacity.store import alerts as alert_store
from services.capacity.store import sittings as sitting_store
from shared.messaging.service import UnitOfWork


def choose_alerts(work: UnitOfWork, cantine: str, settings: AlertSettings) -> None:
    """From now on the cantine hears of this; its sittings to come are looked at anew, by the timer."""
    sitting_store.look_again(work.conn, cantine, work.now)
    alert_store.save_settings(work.conn, cantine, settings)


def choose_ways(work: UnitOfWork, person: Reachable) -> None:
    """From now on this member of staff is told so."""
    alert_store.save_wishes(work.conn, person)
