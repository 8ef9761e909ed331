"""A cantine chooses what it hears of, and a member of staff how."""

from dataclasses import dataclass

from services.capacity.domain.alert_duty import Reachable
from services.capacity.domain.alerts import AlertSettings
from services.capacity.domain.staff import Staff
from services.capacity.store import alerts as alert_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import staff as staff_store
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a cantine hears of, and who may be on duty there."""

    cantine: Cantine
    settings: AlertSettings
    people: tuple[Staff, ...]


def find_choices(service: Service, cantine: str) -> Choices:
    """What a cantine (that exists) has chosen."""
    with service.read() as conn:
        place = alert_store.places(conn, [cantine])[cantine]
        people = tuple(staff_store.to_alert(conn, [cantine]))
    return Choices(cantine=place.cantine, settings=place.settings, people=people)


def find_ways(service: Service, staff: Staff) -> Reachable:
    """How a member of staff is told."""
    with service.read() as conn:
        return alert_store.reach(conn, staff)


def choose_alerts(work: UnitOfWork, cantine: str, settings: AlertSettings) -> None:
    """From now on the cantine hears of this; its sittings to come are looked at anew, by the timer."""
    sitting_store.look_again(work.conn, cantine, work.now)
    alert_store.save_settings(work.conn, cantine, settings)


def choose_ways(work: UnitOfWork, person: Reachable) -> None:
    """From now on this member of staff is told so."""
    alert_store.save_wishes(work.conn, person)
