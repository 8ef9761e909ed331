"""What the JSON APIs of the services have in common: the door, the words for what is wrong, the documentation."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from threading import Lock
from typing import Any, NoReturn, cast

from flask import Flask, Request, Response, render_template, request, url_for
from flask_smorest import Api, Blueprint
from marshmallow import Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from shared.text import is_storable
from shared.web.errors import Problem
from shared.web.language import gettext as _


class ProblemSchema(Schema):
    """What went wrong (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.Dict(metadata={"description": "What is wrong, by field."})


class Parser(FlaskParser):
    """Tells what is wrong by field, in the language of the request."""

    def handle_error(self, error: ValidationError, req: Request, schema: Any, **_options: Any) -> NoReturn:
        """Raise the problem that names the fields."""
        messages = cast(Mapping[str, Any], error.messages)
        (fields,) = messages.values()  # one location: the body or the query
        raise Problem(422, errors=_translated(fields))

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body. Raises Problem if it is not JSON in UTF-8, or brackets in brackets in brackets."""
        try:
            return json.loads(req.get_data().decode())
        except (ValueError, RecursionError) as error:
            raise _not_json() from error


class Endpoints(Blueprint):  # type: ignore[misc]  # flask-smorest has no types
    """Endpoints about one resource."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._prepare_doc_cbks.append(_tell_refusals)


class TableeApi(Api):  # type: ignore[misc]  # flask-smorest has no types
    """An API whose errors are the house's own problems. Its description, which few read, is written when it is first
    asked for: that takes as long as nearly all else in making the application.
    """

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_RESPONSE_CONTENT_TYPE = "application/json"

    def __init__(self, app: Flask, blueprints: Sequence[Endpoints], description: str, bearer: str | None) -> None:
        self._blueprints, self._description, self._bearer = blueprints, description, bearer
        self._writing = Lock()
        super().__init__(app)
        for blueprint in blueprints:
            app.extensions["flask-smorest"]["blp_name_to_api"][blueprint.name] = self
            app.register_blueprint(blueprint)

    def _init_spec(self, **_options: Any) -> None:
        """Later, in `_describe`."""

    def _openapi_json(self) -> Response:
        with self._writing:
            if self.spec is None:
                self._describe()
        return cast(Response, super()._openapi_json())

    def _describe(self) -> None:
        super()._init_spec(info={"description": self._description})
        if self._bearer:
            scheme = {"type": "http", "scheme": "bearer", "description": self._bearer}
            self.spec.components.security_scheme("token", scheme)
            self.spec.options["security"] = [{"token": []}]
        for blueprint in self._blueprints:
            blueprint.register_views_in_doc(self, self._app, self.spec, name=blueprint.name, parameters=None)
            self.spec.tag({"name": blueprint.name, "description": blueprint.description})

    def _register_error_handlers(self) -> None:
        """The house answers for all errors, in `shared.web.errors`."""

    def _register_responses(self) -> None:
        """They are described as what they are."""
        usual: str = self.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = usual


def install(
    app: Flask, blueprints: Sequence[Endpoints], *, prefix: str, description: str, bearer: str | None = None
) -> None:
    """Give the application an API under `<prefix>/api`, described at `<prefix>/api/docs`.

    It uses no session, so there is nothing to forge. `bearer` says what a token is, if each request needs one.
    """
    app.config.update(
        API_TITLE="Tablée",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=f"{prefix}/api/docs",
        OPENAPI_JSON_PATH="openapi.json",
    )
    for blueprint in blueprints:
        app.extensions["csrf"].exempt(blueprint)
    TableeApi(app, blueprints, description, bearer)
    app.add_url_rule(f"{prefix}/api/docs", "api_documentation", _documentation)


def must_be_json() -> None:
    """Refuse a body that does not call itself JSON, before anything looks at it."""
    if request.method in {"POST", "PATCH"} and not request.is_json:
        raise UnsupportedMediaType


def _not_json() -> Problem:
    return Problem(400, errors={"json": [_("This is not JSON in UTF-8.")]})


def storable(text: str) -> None:
    """Raises ValidationError for a text that no database can hold."""
    if not is_storable(text):
        raise ValidationError("This contains characters that cannot be kept.")


def _tell_refusals(doc: dict[str, Any], _info: Any, *, spec: Any, method: str, **_more: Any) -> dict[str, Any]:
    """Every status with which this may be refused, instead of one word for all. An endpoint may name more itself."""
    statuses = [HTTPStatus.NOT_FOUND, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE]
    if spec.options.get("security"):
        statuses += [HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN]
    if method != "get":
        statuses.append(HTTPStatus.CONFLICT)
    if method not in ("get", "delete"):
        statuses += [HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE]
    responses = doc["responses"]
    responses.pop("default", None)
    for status in statuses:
        responses.setdefault(str(status.value), status.name)
    return doc


def _documentation() -> str:
    return render_template("api_docs.html", spec_url=url_for("api-docs.openapi_json"))


def _translated(messages: Any) -> Any:
    if isinstance(messages, Mapping):
        return {str(name): _translated(value) for name, value in messages.items()}
    if isinstance(messages, list):
        return [_(message) if isinstance(message, str) else _translated(message) for message in messages]
    return messages
