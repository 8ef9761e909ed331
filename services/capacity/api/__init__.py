"""The JSON API of capacity, described at `/coordination/api/docs`."""

from flask import Flask

from services.capacity.api import alerts, availability, kitchens, sittings
from services.capacity.use_cases.desk import EXTENSION, Desk
from shared.web import api

DESCRIPTION = """Plan the meals of your canteens, and see how full they are.

Each request carries a token in `Authorization: Bearer …`. You make one on the page “Files and programs”; it opens what
you yourself may see and do at that moment, and nothing once you have withdrawn it. Capacity knows no guest: there are
counts here, and no names. Errors are `application/problem+json`; where a plan cannot be followed (`422`), `errors`
names the flaw of each field by a word, such as `past` or `more_cooks_than_seats`.
"""


def install(app: Flask, desk: Desk) -> None:
    """Give the application its API."""
    app.extensions[EXTENSION] = desk
    api.install(
        app,
        [sittings.blueprint, availability.blueprint, kitchens.blueprint, alerts.blueprint],
        prefix="/coordination",
        description=DESCRIPTION,
        bearer="A token from the page “Files and programs”.",
    )
