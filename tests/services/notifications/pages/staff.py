"""Staff of every role, signed in."""

import time

from flask import Flask
from flask.testing import FlaskClient

from shared.contracts.staff import StaffNotice, StaffRole
from tests.services.notifications.house import NotificationsHouse


def enter(house: NotificationsHouse, app: Flask, role: StaffRole, *cantines: str) -> FlaskClient:
    """A browser in which somebody of this role is signed in."""
    house.hear(StaffNotice(thing=role.value, revision=1, name="Nora", role=role, cantines=cantines))
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(since=time.time(), staff=role.value, name="Nora", cantines=[])
    return client
