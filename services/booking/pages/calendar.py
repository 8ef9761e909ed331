"""The meals of a cantine for calendar programs, which come back by themselves."""

from datetime import timedelta

from flask import Blueprint, Response, url_for

from services.booking.pages import words
from services.booking.pages.desk import desk
from services.booking.store.sittings import Described
from services.booking.use_cases.look_at_calendar import look_at_calendar
from shared.calendars import Meal, ics, instant_of
from shared.contracts.sitting import SittingStatus
from shared.web import feeds, language
from shared.web.language import gettext as _

blueprint = Blueprint("calendar", __name__)

AT_TABLE = timedelta(hours=2)  # a calendar needs an end; the meal has none but the washing-up


@blueprint.get("/cantines/<slug>.ics")
def feed(slug: str) -> Response:
    """The meals of a cantine, in the language of the address (`lang`)."""
    found = look_at_calendar(desk().service, slug)
    return feeds.calendar(ics(found.name, [_meal(one) for one in found.items], language=language.current().code))


def _meal(one: Described) -> Meal:
    sitting, cancelled = one.sitting, one.sitting.status is SittingStatus.CANCELLED
    title = _("Meal at %(canteen)s", canteen=sitting.cantine.name)
    address = url_for("meals.meal", sitting_id=sitting.thing, _external=True)
    described = instant_of(one.described)
    return Meal(
        uid=f"meal-{sitting.thing}@tablee",
        begins_at=sitting.starts_at,
        ends_at=sitting.starts_at + AT_TABLE,
        zone=sitting.cantine.zone,
        title=_("Cancelled: %(what)s", what=title) if cancelled else title,
        text="\n".join(_facts(one)),
        place=f"{sitting.cantine.name}, {sitting.cantine.address}",
        url=address,
        cancelled=cancelled,
        replanned_at=described,
        changed_at=described,
    )


def _facts(one: Described) -> list[str]:
    """What a resident wants to know before they come. Not how many places are left: calendars look too seldom."""
    sitting, speech = one.sitting, language.current()
    return [
        sitting.menu or _("Decided that morning, with what the market gives."),
        _("Allergens: %(allergens)s", allergens=words.allergens(sitting)),
        _("Cooks begin at %(time)s.", time=speech.clock(sitting.cooking_starts)),
        _("You give what you can. A meal costs us %(price)s.", price=speech.euros(sitting.break_even_price)),
    ]
