"""Whoever is removed loses every session, in every service, as soon as the message has travelled."""

import time

from flask.testing import FlaskClient

from services.capacity.domain.staff import Staff
from services.capacity.use_cases.add_coordinator import add_coordinator, remove_staff
from tests.stories.house import House
from tests.stories.residents import CANTINE, lunch, rows

PAGES = {"capacity": "/coordination/sittings/{}", "booking": "/table/{}"}


def coordinator(house: House, *cantines: str) -> Staff:
    with house["capacity"].service.work() as work:
        return add_coordinator(work, email="samira@example.org", name="Samira", language="fr", cantines=cantines)


def browsers(house: House, who: Staff) -> dict[str, FlaskClient]:
    """The same session, at the pages of each service."""
    clients = {name: house[name].make_web().test_client() for name in PAGES}
    for client in clients.values():
        with client.session_transaction() as session:
            session.update(since=time.time(), staff=who.id, name=who.name, cantines=list(who.cantines))
    return clients


def statuses(clients: dict[str, FlaskClient], sitting: str) -> set[int]:
    return {client.get(PAGES[name].format(sitting)).status_code for name, client in clients.items()}


def test_whoever_is_removed_is_signed_out_of_every_service(house: House) -> None:
    sitting = lunch(house)
    clients = browsers(house, coordinator(house, CANTINE.slug))
    house.settle()
    assert statuses(clients, sitting) == {200}
    with house["capacity"].service.work() as work:
        remove_staff(work, "samira@example.org")
    house.settle()
    assert statuses(clients, sitting) == {303}
    (known,) = rows(house, "notifications", house["notifications"].metadata.tables["known_staff"])
    assert (known.revoked, known.name) == (True, "")


def test_whoever_loses_a_cantine_sees_it_nowhere_any_more(house: House) -> None:
    sitting = lunch(house)
    clients = browsers(house, coordinator(house, CANTINE.slug))
    coordinator(house)
    house.settle()
    assert statuses(clients, sitting) == {404}
