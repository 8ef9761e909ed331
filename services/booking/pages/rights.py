"""What is kept of me, and forgetting me: behind the same link as my bookings."""

from flask import Blueprint, Response, jsonify, make_response, render_template

from services.booking.domain.guest_links import VALID
from services.booking.domain.membership import KEPT_AFTER as LAPSED_FOR
from services.booking.pages.desk import desk
from services.booking.pages.memory import forget
from services.booking.use_cases.erase import erase_by_link
from services.booking.use_cases.export import as_json, export_by_link
from services.booking.use_cases.forget_guests import LOST_FOR
from services.booking.use_cases.look_at_mine import look_at_mine
from shared.erasures import JOURNAL_KEPT
from shared.purge import KEPT
from shared.web.headers import keep_secret

blueprint = Blueprint("rights", __name__, url_prefix="/my/<token>", template_folder="templates")
blueprint.after_request(keep_secret)


@blueprint.get("/kept")
def kept(token: str) -> str:
    """All that booking keeps of me, in words."""
    found = export_by_link(desk().service, desk().links, desk().mine_of(token))
    return render_template("kept.html", token=token, kept=found, valid=VALID, lapsed_for=LAPSED_FOR)


@blueprint.get("/kept.json")
def kept_as_json(token: str) -> Response:
    """The same for programs, to take along."""
    answer = jsonify(as_json(export_by_link(desk().service, desk().links, desk().mine_of(token))))
    answer.headers["Content-Disposition"] = 'attachment; filename="tablee-bookings.json"'
    return answer


@blueprint.get("/erase")
def question(token: str) -> str:
    """What forgetting me means. Opening it forgets nothing."""
    mine = look_at_mine(desk().service, desk().mine_of(token), sms=desk().sms)
    return render_template("erase.html", token=token, mine=mine, **_kept_for())


@blueprint.post("/erase")
def forget_me(token: str) -> Response:
    """Forget me, on this device too."""
    done = erase_by_link(desk().service, desk().links, desk().voice, desk().mine_of(token))
    response = make_response(render_template("erased.html", done=done, **_kept_for()))
    forget(response)
    return response


def _kept_for() -> dict[str, int]:
    return {"after_meal": KEPT.days, "journal_days": JOURNAL_KEPT.days, "stop_years": LOST_FOR.days // 365}
