"""What every endpoint does at its door: read JSON, refuse what is not, say in which field something is wrong."""

from collections.abc import Mapping
from typing import Any, NoReturn, cast

from flask import Request, current_app, request
from flask_smorest import Blueprint
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from services.booking.domain.complaints import InvalidInput
from services.booking.domain.parties import PARTY_FIELDS
from services.booking.use_cases.desk import EXTENSION, Desk
from shared.web.errors import Problem
from shared.web.language import gettext as _


class Parser(FlaskParser):
    """Tells what is wrong by field, in the language of the request."""

    def handle_error(self, error: ValidationError, req: Request, schema: Any, **_options: Any) -> NoReturn:
        """Raise the problem that names the fields."""
        messages = cast(Mapping[str, Any], error.messages)
        (fields,) = messages.values()  # one location: the body or the query
        raise Problem(422, errors=_translated(fields))


class Endpoints(Blueprint):  # type: ignore[misc]  # flask-smorest has no types
    """Endpoints about one resource."""

    ARGUMENTS_PARSER = Parser()


def must_be_json() -> None:
    """Refuse a body that is not JSON, before anything looks at it."""
    if request.method not in {"POST", "PATCH"}:
        return
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        request.get_json()
    except RecursionError as error:  # brackets in brackets in brackets
        raise BadRequest from error


def desk() -> Desk:
    """The desk of the application that answers."""
    return cast(Desk, current_app.extensions[EXTENSION])


def as_problem(error: InvalidInput) -> Problem:
    """The complaints of the domain, at the fields of a JSON body."""
    errors: dict[str, Any] = {}
    for field, complaint in error.complaints.items():
        place = errors.setdefault("party", {}) if field in PARTY_FIELDS else errors
        place[field] = [_(complaint.value)]
    return Problem(422, errors=errors)


def _translated(messages: Any) -> Any:
    if isinstance(messages, Mapping):
        return {str(name): _translated(value) for name, value in messages.items()}
    if isinstance(messages, list):
        return [_(message) if isinstance(message, str) else _translated(message) for message in messages]
    return messages
