"""What a device remembers of its guest, by choice, to fill in the form next time: a signed cookie, and nothing here.

Never what they do not eat or need, nor whom they brought. It goes with one press.
"""

import json
from collections.abc import Mapping
from datetime import timedelta

from flask import current_app, request
from werkzeug.wrappers import Response

from services.booking.domain.wish import Wish
from services.booking.pages.desk import desk
from services.booking.pages.forms import typed
from shared.links import ForgedLink, StaleLink

COOKIE, PURPOSE, PATH = "tablee_guest", "memory", "/meals"
KEPT = timedelta(days=180)  # after the last booking on this device
FIELDS = ("people", "cooks", "children", "name", "email", "phone", "language")
_LONGEST = 3000  # characters: more no browser keeps


def remembered() -> dict[str, str]:
    """What this device remembers; nothing if it was not ours, or is too old."""
    said = request.cookies.get(COOKIE, "")
    if not said.isascii():
        return {}
    try:
        found = json.loads(desk().links.read(PURPOSE, said, max_age=int(KEPT.total_seconds())))
    except (ForgedLink, StaleLink, ValueError):
        return {}
    return typed(found, FIELDS) if isinstance(found, dict) else {}


def remember(response: Response, form: Mapping[str, str], wish: Wish) -> None:
    """Have this device remember what was typed, if its guest ticked it and booked for themself; or forget it."""
    if form.get("remember") != "1":
        if COOKIE in request.cookies and wish.proxy is None:
            forget(response)
        return
    if wish.proxy is not None:  # their contact is not this guest's
        return
    said = desk().links.sign(PURPOSE, json.dumps(typed(form, FIELDS), separators=(",", ":")))
    if len(said) > _LONGEST:
        return
    age = int(KEPT.total_seconds())
    response.set_cookie(COOKIE, said, max_age=age, path=PATH, httponly=True, samesite="Lax", secure=_secure())


def forget(response: Response) -> None:
    """Have this device forget."""
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Lax", secure=_secure())


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
