"""Where providers bring what guests send us, and what became of our letters. Each proves that it is who it says: by a
secret, in the address or as a bearer token, or by a signature that holds for this body and for minutes.

Nothing is done here but to keep it: then the provider is told that it was received.
"""

import hmac
from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from services.notifications.pages.desk import service
from services.notifications.providers import hook_bounces, hook_brevo, hook_http, hook_ovh
from services.notifications.providers.hooks import Heard, Reader, ReceiptHeard, Unreadable
from services.notifications.providers.signature import Signed
from services.notifications.use_cases.hear_receipts import receive_receipt
from services.notifications.use_cases.receive_text import receive_text
from shared.web.errors import Problem

blueprint = Blueprint("hooks", __name__, url_prefix="/messages/hooks")

SECRETS = "tablee.hooks_secrets"
MOST_AT_ONCE = 500  # things in one call
READERS: Mapping[str, Reader] = {"brevo": hook_brevo.read, "ovh": hook_ovh.read, "http": hook_http.read}
BY_GET = {"ovh"}


@blueprint.post("/bounces")
@blueprint.post("/bounces/<secret>")
def bounce(secret: str = "") -> ResponseReturnValue:
    """Keep what an e-mail that came back tells, as the mail server wrote it. Any other e-mail is left alone."""
    request.max_content_length = hook_bounces.LONGEST
    if not _is_allowed(secret):
        raise Problem(404)
    heard = hook_bounces.read(request.get_data())
    if heard:
        _keep("smtp", heard)
    return "", 200


@blueprint.route("/<provider>", methods=["GET", "POST"])
@blueprint.route("/<provider>/<secret>", methods=["GET", "POST"])
def receive(provider: str, secret: str = "") -> ResponseReturnValue:
    """Keep what was brought. What cannot be read is refused, the rest of it kept."""
    if provider not in READERS or not _is_allowed(secret):
        raise Problem(404)
    if request.method != "POST" and provider not in BY_GET:
        raise Problem(405, headers={"Allow": "POST"})
    unreadable = False
    for fields in _brought():
        try:
            _keep(provider, READERS[provider](fields))
        except Unreadable:
            unreadable = True
    if unreadable:
        raise Problem(400)
    return "", 200


def _keep(provider: str, heard: Heard) -> None:
    if isinstance(heard, ReceiptHeard):
        told = {"ref": heard.ref, "name": heard.name, "detail": heard.detail}
        receive_receipt(service(), provider, delivery=heard.delivery, **told)
    elif heard:
        receive_text(service(), provider, heard.ref, heard.sender, heard.text)


def _is_allowed(secret: str) -> bool:
    known: tuple[str, ...] = current_app.extensions[SECRETS]
    signed = Signed.read(request.headers.get)
    if signed:
        return signed.holds(known, request.get_data())
    return _is_one_of(secret or _bearer(), known)


def _is_one_of(secret: str, known: Iterable[str]) -> bool:
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
