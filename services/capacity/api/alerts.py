"""The alerts of my canteens: what stands, what ended lately, and “I'm on it”."""

from typing import Any

from services.capacity.api.entrance import ask_for_token, caller, desk, keep_to_yourself
from services.capacity.api.schemas import AlertSchema, AlertsSchema
from services.capacity.domain.alerts import NoSuchAlert
from services.capacity.use_cases.answer_alert import answer_alert
from services.capacity.use_cases.look_at_alerts import SeenAlert, find_alert, find_alerts
from shared.contracts.alert import AlertKind
from shared.text import is_storable
from shared.web.api import Endpoints

blueprint = Endpoints("news", __name__, url_prefix="/coordination/api/v1/alerts", description="What to know of.")
blueprint.before_request(ask_for_token)
blueprint.after_request(keep_to_yourself)


@blueprint.route("", methods=["GET"])
@blueprint.response(200, AlertsSchema)
def find() -> dict[str, Any]:
    """The alerts of my canteens that stand, and those that ended in the last seven days; latest first."""
    seen = find_alerts(desk().service, caller())
    return {"items": [_shown(one) for one in (*seen.standing, *seen.gone)]}


@blueprint.route("/<sitting_id>/<kind>/answer", methods=["POST"])
@blueprint.response(200, AlertSchema)
def answer(sitting_id: str, kind: str) -> dict[str, Any]:
    """Say “I'm on it”, so that nobody else is disturbed; the first who says so stays."""
    if kind not in set(AlertKind) or not is_storable(sitting_id):
        raise NoSuchAlert
    with desk().service.work() as work:
        answer_alert(work, caller(), sitting_id, AlertKind(kind), desk().settings.public_url)
    return _shown(find_alert(desk().service, sitting_id, AlertKind(kind)))


def _shown(one: SeenAlert) -> dict[str, Any]:
    alert = one.alert
    return {
        "sitting": alert.about,
        "kind": alert.kind,
        "cantine": alert.cantine,
        "severity": alert.severity,
        "stands": alert.stands,
        "facts": alert.facts,
        "raised_at": alert.raised_at,
        "updated_at": alert.updated_at,
        "resolved_at": alert.resolved_at,
        "answered_at": alert.answered_at,
        "answered_by": one.answered_by,
    }
