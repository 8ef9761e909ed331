"""What coordinators should know of: the alerts that stand, those that ended lately, and “I'm on it”."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.addresses import sitting_of
from services.capacity.domain.alerts import NoSuchAlert
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.use_cases.answer_alert import answer_alert
from services.capacity.use_cases.look_at_alerts import find_alerts
from services.capacity.use_cases.sms_credit import answer_credit, credits_seen
from shared.contracts.alert import AlertKind
from shared.text import is_storable
from shared.web.language import gettext as _

blueprint = Blueprint("alerts", __name__, template_folder="templates", url_prefix="/coordination")


@blueprint.get("/alerts")
def overview() -> str:
    """The alerts of my cantines."""
    seen, credits = find_alerts(desk().service, me()), credits_seen(desk().service, me())
    return render_template("alerts.html", seen=seen, credits=credits)


@blueprint.post("/alerts/sms-credit/<provider>/on-it")
def top_up(provider: str) -> Response:
    """I see to it that SMS can be sent: nobody else need be disturbed."""
    if not is_storable(provider):
        raise NoSuchAlert
    with desk().service.work() as work:
        answer_credit(work, me(), provider, desk().settings.public_url)
    flash(_("Thank you. The others see that somebody is on it."))
    return redirect(url_for("alerts.overview"), 303)


@blueprint.post("/sittings/<sitting_id>/alerts/<kind>/on-it")
def be_on_it(sitting_id: str, kind: str) -> Response:
    """I take care of it: nobody else need be disturbed."""
    staff = me()
    if kind not in set(AlertKind) or not is_storable(sitting_id):
        raise NoSuchAlert
    with desk().service.work() as work:
        answer_alert(work, staff, sitting_id, AlertKind(kind), desk().settings.public_url)
    flash(_("Thank you. The others see that somebody is on it."))
    return redirect(url_for("sittings.one", sitting_id=sitting_id), 303)


@blueprint.get("/m/<code>")
def short_link(code: str) -> Response:
    """The short address of a meal, as in an SMS."""
    me()
    return redirect(url_for("sittings.one", sitting_id=sitting_of(code)), 302)
