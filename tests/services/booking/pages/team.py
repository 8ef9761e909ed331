"""The staff of La Tablée de Saône, as booking has heard of them, at their browsers."""

import time

from shared.contracts.staff import StaffNotice, StaffRole
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import Browser


def hears_of(house: BookingHouse, name: str, role: StaffRole, *cantines: str, **more: object) -> None:
    """Capacity tells of a member of staff."""
    house.answers += 1
    values = {"thing": name, "revision": house.answers, "name": name, "role": role, "cantines": cantines, **more}
    house.hear(StaffNotice(**values))  # type: ignore[arg-type]


def browser_of(house: BookingHouse, name: str, role: StaffRole, *cantines: str) -> Browser:
    """The browser of somebody whom capacity let in."""
    hears_of(house, name, role, *(cantines or ("lyon-saone",)))
    client = house.web.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    with client.session_transaction() as session:
        session.update(staff=name, name=name, cantines=[], since=int(time.time()))
    return Browser(client)
