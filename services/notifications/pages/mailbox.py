"""The demo's mailbox: every e-mail and SMS that would have left. Registered with DEMO=1 only."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.notifications.domain.letter import Channel
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import CALENDAR_FILE
from services.notifications.pages.desk import service
from services.notifications.providers.recorder import Recorder
from services.notifications.store.mailbox import Received
from services.notifications.use_cases import mailbox
from services.notifications.use_cases.hear_receipts import receive_receipt
from services.notifications.use_cases.receive_text import receive_text
from shared.gsm7 import segments, septets
from shared.web.headers import policy
from shared.web.language import gettext as _

ZONE = ZoneInfo("Europe/Paris")  # of the demo's network
LONGEST_ADDRESS = 320
LOOK_EVERY = 3  # seconds
FATES = {Delivery.DELIVERED, Delivery.DEAD, Delivery.COMPLAINED}

blueprint = Blueprint(
    "mailbox", __name__, url_prefix="/messages/mailbox", template_folder="templates", static_folder="static"
)


@blueprint.get("")
def show() -> str:
    """The newest messages, all or those to one address."""
    return render_template("mailbox.html", **_messages())


@blueprint.get("/list")
def renew() -> str:
    """Only the list: for the page, which asks again and again."""
    return render_template("mailbox_list.html", **_messages())


@blueprint.get("/<int:message_id>")
def read(message_id: int) -> Response:
    """One message, as text and as its reader sees it."""
    message = _find(message_id)
    size = {"septets": septets(message.text), "segments": segments(message.text)} if _is_sms(message) else {}
    response = make_response(render_template("message.html", message=message, at=_local(message.received_at), **size))
    response.headers["Content-Security-Policy"] = policy(frame_src="'self'")
    return response


@blueprint.post("/<int:message_id>/reply")
def reply(message_id: int) -> AnyResponse:
    """Answer an SMS, as whoever got it would with their telephone."""
    message = _find(message_id)
    text = request.form.get("text", "")
    if not _is_sms(message):
        abort(404)
    if text.strip():
        receive_text(service(), "mailbox", uuid4().hex, message.address, text)
        flash(_("Sent. What comes back, if anything does, is here in a moment."))
    return redirect(url_for("mailbox.show", to=message.address), 303)


@blueprint.post("/<int:message_id>/fate")
def fate(message_id: int) -> AnyResponse:
    """Tell what became of a message, as a provider would."""
    message, told = _find(message_id), request.form.get("told", "")
    if told not in FATES:
        abort(400)
    receive_receipt(service(), Recorder.name, ref=message.key, name="", delivery=Delivery(told), detail="")
    flash(_("Noted, as if a provider had told it. What follows, if anything does, is here in a moment."))
    return redirect(url_for("mailbox.show", to=message.address), 303)


@blueprint.get("/<int:message_id>/html")
def html(message_id: int) -> Response:
    """The HTML of an e-mail, for a frame in which nothing runs; its links open in the whole window."""
    message = _find(message_id)
    if not message.html:
        abort(404)
    response = make_response(message.html.replace("<head>", '<head><base target="_top">', 1))
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
        "sandbox allow-top-navigation-by-user-activation"
    )
    return response


@blueprint.get("/<int:message_id>/calendar")
def calendar(message_id: int) -> Response:
    """The file for a calendar that came with an e-mail."""
    message = _find(message_id)
    if not message.calendar:
        abort(404)
    response = make_response(message.calendar)
    response.mimetype = "text/calendar"
    response.headers["Content-Disposition"] = f'attachment; filename="{CALENDAR_FILE}"'
    return response


def _messages() -> dict[str, object]:
    to = request.args.get("to", "").strip()[:LONGEST_ADDRESS]
    messages = [(message, _local(message.received_at)) for message in mailbox.latest(service(), to)]
    return {"messages": messages, "to": to, "look_every": LOOK_EVERY}


def _find(message_id: int) -> Received:
    message = mailbox.message(service(), message_id)
    if message is None:
        abort(404)
    return message


def _is_sms(message: Received) -> bool:
    return message.channel is Channel.SMS


def _local(at: datetime) -> datetime:
    return at.astimezone(ZONE)
