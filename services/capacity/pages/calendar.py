"""A coordinator's weeks for calendar programs, behind a secret address."""

from datetime import timedelta

from flask import Blueprint, Response, url_for

from services.capacity.domain.hours import instant
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.pages import words
from services.capacity.pages.desk import desk
from services.capacity.store.calendars import Described
from services.capacity.use_cases.my_calendar import look_at_weeks
from shared.calendars import Meal, ics, instant_of
from shared.contracts.party import Party
from shared.contracts.sitting import Cantine, SittingStatus
from shared.web import feeds, language
from shared.web.language import gettext as _
from shared.web.language import ngettext

blueprint = Blueprint("calendar", __name__)

AT_TABLE = timedelta(hours=2)  # a calendar needs an end


@blueprint.get("/coordination/calendar/<token>.ics")
def feed(token: str) -> Response:
    """The meals of whoever has this address."""
    weeks = look_at_weeks(desk().service, token, desk().links)
    meals = [_meal(one, weeks.cantines[one.sitting.cantine]) for one in weeks.items]
    name = ", ".join(cantine.name for cantine in weeks.cantines.values())
    response = feeds.calendar(ics(name, meals, language=language.current().code))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _meal(one: Described, cantine: Cantine) -> Meal:
    sitting, seating = one.sitting, one.sitting.seating
    cancelled = seating.status is SittingStatus.CANCELLED
    coming = words.party(Party(cooks=seating.cooks_held, eaters=seating.held - seating.cooks_held))
    title = _("Cancelled") if cancelled else coming
    return Meal(
        uid=f"kitchen-{sitting.id}@tablee",
        begins_at=instant(sitting.date, sitting.cooking_starts, cantine.zone),
        ends_at=sitting.starts_at + AT_TABLE,
        zone=cantine.zone,
        title=f"{cantine.name} · {title}",
        text="\n".join(_facts(sitting)),
        place=f"{cantine.name}, {cantine.address}",
        url=url_for("sittings.one", sitting_id=sitting.id, _external=True),
        cancelled=cancelled,
        replanned_at=instant_of(one.described),
        changed_at=instant_of(sitting.revision),
    )


def _facts(sitting: PlannedSitting) -> list[str]:
    """How the meal stands. There are no names here: capacity knows none."""
    seating, limits = sitting.seating, sitting.seating.limits
    taken, cooks = seating.held, seating.cooks_held
    facts = [
        ngettext("%(num)d seat taken of %(limit)d", "%(num)d seats taken of %(limit)d", taken, limit=limits.seats),
        ngettext("%(num)d cook of %(limit)d", "%(num)d cooks of %(limit)d", cooks, limit=limits.cook_places),
        *words.overhang(seating),
    ]
    if seating.waitlist_length:
        facts.append(ngettext("%(num)d party is waiting", "%(num)d parties are waiting", seating.waitlist_length))
    facts.append(_("The meal starts at %(time)s.", time=language.current().clock(sitting.meal_starts)))
    return [*facts, sitting.menu] if sitting.menu else facts
