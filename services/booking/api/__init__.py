"""The JSON API of booking, described at `/api/docs`."""

from flask import Flask, render_template, url_for
from flask_smorest import Api

from services.booking.api import bookings, sittings
from services.booking.api.schemas import ProblemSchema
from services.booking.use_cases.desk import EXTENSION, Desk

DESCRIPTION = """Book a meal, look at what became of it, change it, cancel it; and find the meals to come.

A booking is accepted at once (`202`) and answered a moment later: read it again until `being_checked` is false.
Its address carries a secret; whoever has it may change the booking. Errors are `application/problem+json`.
"""
CONFIGURATION = {
    "API_TITLE": "Tablée",
    "API_VERSION": "1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/docs",
    "OPENAPI_JSON_PATH": "openapi.json",
}


class TableeApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """An API whose errors are the house's own problems."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """The house answers for all errors, in `shared.web.errors`."""


def install(app: Flask, desk: Desk) -> None:
    """Give the application its API."""
    app.extensions[EXTENSION] = desk
    app.config.update(CONFIGURATION)
    api = TableeApi(app, spec_kwargs={"info": {"description": DESCRIPTION}})
    for blueprint in (bookings.blueprint, sittings.blueprint):
        app.extensions["csrf"].exempt(blueprint)  # no cookie is asked for here, so there is nothing to forge
        api.register_blueprint(blueprint)
    app.add_url_rule("/api/docs", "api_documentation", _documentation)


def _documentation() -> str:
    return render_template("api_docs.html", spec_url=url_for("api-docs.openapi_json"))
