"""The JSON API of booking, described at `/api/docs`."""

from flask import Flask

from services.booking.api import bookings, sittings
from services.booking.use_cases.desk import EXTENSION, Desk
from shared.web import api

DESCRIPTION = """Book a meal, look at what became of it, change it, cancel it; and find the meals to come.

A booking is accepted at once (`202`) and answered a moment later: read it again until `being_checked` is false.
Its address carries a secret; whoever has it may change the booking. Errors are `application/problem+json`.
"""


def install(app: Flask, desk: Desk) -> None:
    """Give the application its API."""
    app.extensions[EXTENSION] = desk
    api.install(app, [bookings.blueprint, sittings.blueprint], prefix="", description=DESCRIPTION)
