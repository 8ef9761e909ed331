"""What coordinators see: the weeks to come, and one meal."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request

from services.capacity.pages.access import me, my_sitting
from services.capacity.pages.desk import desk
from services.capacity.pages.weeks import WEEK, monday_of, week_to_open, weeks
from services.capacity.use_cases.after_meal import look_at_after
from services.capacity.use_cases.call_cooks import find_missing, look_at_cooks
from services.capacity.use_cases.look import find_cantines, find_history, find_sittings, now
from services.capacity.use_cases.look_ahead import find_exceptions
from services.capacity.use_cases.look_at_alerts import alerts_of

blueprint = Blueprint("sittings", __name__, template_folder="templates", url_prefix="/coordination")

SHOWN = 3 * WEEK


@blueprint.get("/")
def overview() -> str:
    """The meals of my cantines, or of one of them, week by week."""
    staff, at = me(), now(desk().service)
    cantines = find_cantines(desk().service, staff.cantines)
    zone = ZoneInfo(next(iter(cantines.values())).zone if cantines else "UTC")
    this_week = monday_of(at.astimezone(zone).date())
    since = monday_of(_day_asked_for(this_week))
    shown = {slug: one for slug, one in cantines.items() if request.args.get("cantine") in {slug, None, ""}} or cantines
    found = [one for one in find_sittings(desk().service, staff, since, since + SHOWN) if one.cantine in shown]
    exceptions = find_exceptions(desk().service, staff, since)
    each = list(weeks(since, since + SHOWN, found, {slug: exceptions[slug] for slug in shown}, cantines))
    return render_template(
        "sittings.html",
        weeks=each,
        open_week=week_to_open(each, at),
        missing=find_missing(desk().service, found),
        any_meal=bool(found),
        cantines=cantines,
        shown=shown,
        now=at,
        since=since,
        until=since + SHOWN - timedelta(days=1),
        this_week=this_week,
        earlier=since - SHOWN,
        later=since + SHOWN,
    )


@blueprint.get("/sittings/<sitting_id>")
def one(sitting_id: str) -> str:
    """One meal, with its waiting list: capacity knows no names."""
    seen = my_sitting(sitting_id)
    return render_template(
        "sitting.html",
        seen=seen,
        alerts=alerts_of(desk().service, seen.sitting),
        cooks=look_at_cooks(desk().service, seen.sitting),
        after=look_at_after(desk().service, sitting_id),
        history=find_history(desk().service, sitting_id),
    )


def _day_asked_for(otherwise: date) -> date:
    """The day in the address, if it is one within a few years."""
    try:
        day = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return otherwise
    return day if abs(day - otherwise) < timedelta(days=1500) else otherwise
