"""One table from what cannot be done to the answer."""

from flask import Flask, Response, make_response, redirect, render_template

from services.capacity.domain.addresses import AT_THE_DOOR
from services.capacity.domain.alerts import NoSuchAlert
from services.capacity.domain.closures import NoSuchClosure
from services.capacity.domain.flaws import Flawed
from services.capacity.domain.sittings import NoSuchSitting, SittingIsOver
from services.capacity.domain.staff import LinkExpired, LinkUsed, NoSuchStaff, NotYours
from services.capacity.domain.templates import NoSuchTemplate
from services.capacity.pages.access import OnlyAtTheDoor
from shared.links import ForgedLink
from shared.web.errors import Problem, answer
from shared.web.language import gettext as _


def install(app: Flask) -> None:
    """Answer with the table."""
    app.register_error_handler(OnlyAtTheDoor, lambda _error: redirect(AT_THE_DOOR, 303))
    app.register_error_handler(NotYours, lambda _error: answer(Problem(403)))
    for missing in (NoSuchSitting, NoSuchTemplate, NoSuchClosure, NoSuchStaff, NoSuchAlert):
        app.register_error_handler(missing, lambda _error: answer(Problem(404)))
    app.register_error_handler(Flawed, lambda _error: answer(Problem(422)))  # where no form shows what is wrong
    app.register_error_handler(SittingIsOver, _sitting_is_over)
    for error in (LinkUsed, LinkExpired, ForgedLink):
        app.register_error_handler(error, _link_does_not_open)


def _sitting_is_over(_error: Exception) -> Response:
    detail = _("It was cancelled, or it has taken place. Nothing was changed.")
    return answer(Problem(409, _("This meal can no longer be changed."), detail))


def _link_does_not_open(error: Exception) -> Response:
    status, title = {
        LinkUsed: (410, _("This link was used already.")),
        LinkExpired: (410, _("This link is too old.")),
        ForgedLink: (404, _("This link does not open anything.")),
    }[type(error)]
    response = make_response(render_template("link_closed.html", title=title))
    response.status_code = status
    return response
