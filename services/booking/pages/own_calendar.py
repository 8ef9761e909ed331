"""A meal that is booked, as a file for the guest's own calendar: for those whom no e-mail brings it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, make_response, url_for

from services.booking.domain.company import first_name
from services.booking.domain.proxy import is_read_by_guest, may_pass_on
from services.booking.pages import words
from services.booking.pages.calendar import AT_TABLE
from services.booking.pages.desk import desk
from services.booking.use_cases.look import Seen, look
from shared.calendars import Meal, ics, instant_of
from shared.contracts.booking import BookingStatus
from shared.contracts.sitting import SittingNotice, SittingStatus
from shared.web import language
from shared.web.headers import keep_secret
from shared.web.language import gettext as _

blueprint = Blueprint("own_calendar", __name__, url_prefix="/b/<token>")
blueprint.after_request(keep_secret)


@blueprint.get("/meal.ics")
def meal(token: str) -> Response:
    """The meal, while there is a place for them."""
    seen = look(desk().service, desk().booking_of(token))
    sitting = seen.sitting
    if sitting is None or not is_expected(seen):
        abort(404)
    event = _event(seen, sitting, _guest(seen, from_letter=desk().is_from_letter(token)))
    response = make_response(ics(sitting.cantine.name, [event], language=language.current().code))
    response.mimetype = "text/calendar"
    response.headers["Content-Disposition"] = 'attachment; filename="tablee.ics"'
    return response


def is_expected(seen: Seen) -> bool:
    """Whether there is a meal that they come to."""
    on = seen.sitting is not None and seen.sitting.status is not SittingStatus.CANCELLED
    return on and not seen.is_over and seen.outcome.status is BookingStatus.CONFIRMED


def _guest(seen: Seen, *, from_letter: bool) -> str:
    """The first name of whose meal it is, if who booked for them asks; "" if it is their own."""
    one = seen.booking
    by_guest = is_read_by_guest(one.proxy, from_letter=from_letter, partner=one.partner, erased=one.erased)
    told_of = may_pass_on(one.proxy, by_guest=by_guest, erased=one.erased)
    return first_name(one.contact.name or "") if told_of else ""


def _event(seen: Seen, sitting: SittingNotice, guest: str) -> Meal:
    """The event that an e-mail brings has the same UID and a higher SEQUENCE, so it wins. No secret is in this one:
    calendars are shared.
    """
    cantine, cooks, proxy = sitting.cantine, seen.outcome.party.cooks, seen.booking.proxy
    if guest:
        title = _("Cooking and meal for %(name)s: %(canteen)s") if cooks else _("Meal for %(name)s: %(canteen)s")
    else:
        title = _("Cooking and meal: %(canteen)s") if cooks else _("Meal: %(canteen)s")
    hears = not guest or (proxy is not None and proxy.reached)
    how = (
        _("If it changes, this entry does not: our messages tell you.")
        if hears
        else _("If it changes, this entry does not: the page of the booking tells it.")
    )
    cooking = datetime.combine(sitting.date, sitting.cooking_starts, ZoneInfo(cantine.zone))
    said = instant_of(sitting.revision)
    return Meal(
        uid=f"booking-{seen.booking.id}@tablee",
        begins_at=cooking if cooks else sitting.starts_at,
        ends_at=sitting.starts_at + AT_TABLE,
        zone=cantine.zone,
        title=title % {"canteen": cantine.name, "name": guest},
        text=f"{words.party(seen.outcome.party)}\n{how}",
        place=f"{cantine.name}, {cantine.address}",
        url=desk().public_url + url_for("meals.meal", sitting_id=sitting.thing),
        cancelled=False,
        replanned_at=said,
        changed_at=said,
    )
