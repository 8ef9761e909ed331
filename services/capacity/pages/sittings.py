"""What coordinators see: the weeks to come, and one meal."""

from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request

from services.capacity.pages.access import me, my_sitting
from services.capacity.pages.desk import desk
from services.capacity.use_cases.look import find_cantines, find_sittings, now

blueprint = Blueprint("sittings", __name__, template_folder="templates", url_prefix="/coordination")

WEEK = timedelta(days=7)
SHOWN = 3 * WEEK


@blueprint.get("/")
def overview() -> str:
    """The meals of my cantines, week by week."""
    staff, at = me(), now(desk().service)
    cantines = find_cantines(desk().service, staff.cantines)
    zone = ZoneInfo(next(iter(cantines.values())).zone if cantines else "UTC")
    this_week = _monday(at.astimezone(zone).date())
    since = _monday(_day_asked_for(this_week))
    found = find_sittings(desk().service, staff, since, since + SHOWN)
    return render_template(
        "sittings.html",
        weeks=[(monday, list(week)) for monday, week in groupby(found, key=lambda one: _monday(one.date))],
        cantines=cantines,
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
    return render_template("sitting.html", seen=my_sitting(sitting_id))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day_asked_for(otherwise: date) -> date:
    """The day in the address, if it is one within a few years."""
    try:
        day = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return otherwise
    return day if abs(day - otherwise) < timedelta(days=1500) else otherwise
