"""Where providers bring what guests send us. Each proves by a secret, in the address or as a bearer token, who it is.

Nothing is done here but to keep it: then the provider is told that it was received.
"""

import hmac
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from services.notifications.pages.desk import service
from services.notifications.providers import hook_brevo, hook_http, hook_ovh
from services.notifications.providers.hooks import Reader, Unreadable
from services.notifications.use_cases.receive_text import receive_text
from shared.web.errors import Problem

blueprint = Blueprint("hooks", __name__, url_prefix="/messages/hooks")

SECRETS = "tablee.hooks_secrets"
MOST_AT_ONCE = 500  # things in one call
READERS: Mapping[str, Reader] = {"brevo": hook_brevo.read, "ovh": hook_ovh.read, "http": hook_http.read}
BY_GET = {"ovh"}


@blueprint.route("/<provider>", methods=["GET", "POST"])
@blueprint.route("/<provider>/<secret>", methods=["GET", "POST"])
def receive(provider: str, secret: str = "") -> ResponseReturnValue:
    """Keep what was brought. What cannot be read is refused, the rest of it kept."""
    if provider not in READERS or not _is_ours(secret or _bearer()):
        raise Problem(404)
    if request.method != "POST" and provider not in BY_GET:
        raise Problem(405, headers={"Allow": "POST"})
    unreadable = False
    for fields in _brought():
        try:
            heard = READERS[provider](fields)
        except Unreadable:
            unreadable = True
            continue
        if heard:
            receive_text(service(), provider, heard.ref, heard.sender, heard.text)
    if unreadable:
        raise Problem(400)
    return "", 200


def _is_ours(secret: str) -> bool:
    known: tuple[str, ...] = current_app.extensions[SECRETS]
    same = [hmac.compare_digest(secret.encode("utf-8", "replace"), one.encode()) for one in known]  # all are compared
    return any(same)


def _bearer() -> str:
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _brought() -> list[Mapping[str, Any]]:
    """What was brought: one thing, or a list of them."""
    if not request.is_json:
        return [request.values.to_dict()]
    try:
        body = request.get_json()
    except RecursionError as error:  # brackets in brackets in brackets
        raise BadRequest from error
    things = body if isinstance(body, list) else [body]
    if len(things) > MOST_AT_ONCE or not all(isinstance(one, dict) for one in things):
        raise Problem(400)
    return things
