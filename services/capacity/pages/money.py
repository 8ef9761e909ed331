"""What a meal cost, and what all guests together gave: never what one person gave."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.after_meal import MAX_SUM, Money
from services.capacity.pages.access import me, my_sitting
from services.capacity.pages.desk import desk
from services.capacity.pages.forms import cents, written_price
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.after_meal import NotYetServed, look_at_after, note_money
from shared.web import language
from shared.web.errors import Problem
from shared.web.language import gettext as _

blueprint = Blueprint(
    "money", __name__, template_folder="templates", url_prefix="/coordination/sittings/<sitting_id>/money"
)

FIELDS = ("food_cost", "contributions")


@blueprint.get("")
def form(sitting_id: str) -> str:
    """What was written down so far."""
    my_sitting(sitting_id)
    known = look_at_after(desk().service, sitting_id).money
    return _page(sitting_id, {name: written_price(getattr(known, name)) if known else "" for name in FIELDS}, {})


@blueprint.post("")
def note(sitting_id: str) -> Response | tuple[str, int]:
    """Write it down."""
    my_sitting(sitting_id)
    typed = _typed()
    sums, errors = {}, {}
    for name, text in typed.items():
        try:
            sums[name] = cents(text)
        except ValueError:
            errors[name] = _("Please write an amount, such as 118.40.")
        else:
            if not 0 <= sums[name] <= MAX_SUM:
                errors[name] = _(
                    "Please write an amount between 0 and %(most)s.", most=language.current().euros(MAX_SUM)
                )
    if errors:
        return _page(sitting_id, typed, errors), 422
    try:
        with desk().service.work() as work:
            note_money(work, me(), sitting_id, Money(**sums))
    except NotYetServed as error:
        raise Problem(409, _("This meal has not begun."), _("What it cost is written down afterwards.")) from error
    flash(_("That is noted."))
    return redirect(url_for("sittings.one", sitting_id=sitting_id), 303)


@comes_back("money.note")
def note_again(sitting_id: str) -> str:
    """The form with the sums that were typed."""
    return _page(sitting_id, _typed(), {})


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "").strip()[:20] for name in FIELDS}


def _page(sitting_id: str, values: dict[str, str], errors: dict[str, str]) -> str:
    return render_template("money.html", seen=my_sitting(sitting_id), values=values, errors=errors)
