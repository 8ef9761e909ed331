"""The page on which administrators see how the post of a service is: the same in all three.

It shows the cover of an item, never what it says; that is read with the command `parked show`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shared.contracts.routes import SERVICES
from shared.messaging import aside
from shared.messaging.aside import FailedAgain, NotParked
from shared.messaging.inbox import Inbox
from shared.messaging.service import Service
from shared.text import is_storable
from shared.web import language
from shared.web.errors import Problem
from shared.web.language import gettext as _
from shared.web.language import ngettext
from shared.zones import zone_of_network

PLACES = dict(zip(SERVICES, ("/table/post", "/coordination/post", "/messages/post"), strict=True))


OF_ALL = "/coordination/health"  # all three at once


def make_blueprint(
    service: Service,
    inbox: Inbox,
    administrator: Callable[[], object],
    zones: Callable[[Service], Iterable[str]],
    *,
    frame: str,
    template: str = "post.html",
    more: Callable[[], Mapping[str, object]] = dict,
) -> Blueprint:
    """The page of a service. `administrator` gives the one who asks, or raises; `zones` those of the cantines, on
    whose clock hours are told; `frame` is the template around it.

    A service may show `more`, with a template of its own.
    """
    blueprint = Blueprint("post", __name__, url_prefix=PLACES[service.name])

    @blueprint.get("")
    def show() -> str:
        """All of it."""
        staff, found = administrator(), aside.look(service)
        zone = zone_of_network(zones(service))
        there = {"zone": zone, "at": partial(local, zone=zone)}
        where = {"places": PLACES, "of_all": OF_ALL, "mine": service.name}
        return render_template(template, frame=frame, staff=staff, post=found, **there, **where, **more())

    @blueprint.post("/replay")
    def replay() -> Response:
        """Handle a parked item again."""
        administrator()
        try:
            aside.replay(service, inbox, *_named())
            flash(_("It was handled."))
        except NotParked as error:
            raise Problem(409) from error
        except FailedAgain as error:
            flash(_("It failed again: %(error)s.", error=str(error)), "bad")
        return redirect(url_for("post.show"), 303)

    @blueprint.post("/give-up")
    def give_up() -> Response:
        """Forget a parked item without handling it."""
        administrator()
        try:
            aside.give_up(service, *_named())
        except NotParked as error:
            raise Problem(409) from error
        flash(_("It was given up."))
        return redirect(url_for("post.show"), 303)

    @blueprint.post("/unstick")
    def unstick() -> Response:
        """Send stuck items again."""
        administrator()
        count = aside.unstick(service)
        flash(ngettext("%(num)d item is sent again.", "%(num)d items are sent again.", count))
        return redirect(url_for("post.show"), 303)

    return blueprint


def local(at: datetime | None, zone: ZoneInfo) -> str:
    """An instant on the clock of the network."""
    if at is None:
        return "–"
    there = at.astimezone(zone)
    return f"{language.current().short_day(there.date())} {language.current().clock(there)}"


def _named() -> tuple[str, str, int]:
    """The item that a form names. Raises Problem."""
    kind, thing, revision = (request.form.get(name, "") for name in ("kind", "thing", "revision"))
    if not (revision.isascii() and revision.isdigit() and len(revision) < 19 and is_storable(kind + thing)):
        raise Problem(422)
    return kind, thing, int(revision)
