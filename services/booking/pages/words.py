"""What pages say about parties, reasons, allergens and days, in the language of the request."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import phonenumbers

from services.booking.domain.complaints import Complaint
from services.booking.domain.needs import ACCESS, ALLERGENS, DIETS, Need, Needs
from services.booking.domain.parties import MOST_PEOPLE
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.contracts.sitting import SittingNotice, WaitlistPolicy
from shared.web.language import gettext as _
from shared.web.language import ngettext


def party(people: Party) -> str:
    """A party, as in “4 people, 1 cooking, 1 child”."""
    if people.seats == people.cooks == 1:
        return _("1 person, who also cooks")
    parts = [ngettext("%(num)d person", "%(num)d people", people.seats)]
    if people.seats == people.cooks:
        parts.append(_("all cooking"))
    elif people.cooks:
        parts.append(_("%(num)d cooking", num=people.cooks))
    if people.children:
        parts.append(ngettext("%(num)d child", "%(num)d children", people.children))
    return ", ".join(parts)


def complaint(said: Complaint, largest: int | None = None, *, of_others: bool = False) -> str:
    """What is wrong with a field; `largest` is for how many people one booking of the meal may be, if that is known. It
    is `of_others` if who booked for them reads it.
    """
    if largest is not None and said in (Complaint.PEOPLE_RANGE, Complaint.PARTY_TOO_LARGE):
        most = min(largest, MOST_PEOPLE)
        if of_others:
            return _(
                "Please say how many people come, from 1 to %(num)d at this meal. For more, call the canteen.", num=most
            )
        return _("Please say how many you are, from 1 to %(num)d at this meal. For more, call the canteen.", num=most)
    return (_of_others().get(said) if of_others else None) or _(said.value)


def _of_others() -> Mapping[Complaint, str]:
    return {
        Complaint.PEOPLE_RANGE: _("Please say how many people come, from 1 to 12. For more, call the canteen."),
        Complaint.PARTY_TOO_LARGE: _("This meal does not take so many people on one booking."),
        Complaint.COOKS_RANGE: _("Please write how many of them cook, 0 or more."),
        Complaint.CHILDREN_RANGE: _("Please write how many of them are children, 0 or more."),
        Complaint.MORE_THAN_ALL: _(
            "Cooks and children together are more than all of them. Please check the three numbers."
        ),
        Complaint.COMPANIONS_MANY: _("You name more people than come along. Please check how many come."),
        Complaint.DIET_RANGE: _("Please write how many of them eat so, from 0 to 12."),
        Complaint.ACCESS_RANGE: _("Please write how many of them, from 0 to 12."),
        Complaint.MORE_THAN_YOU: _("That is more than come on this booking. Please change first how many come."),
        Complaint.CARER_COUNTS: _(
            "A carer is one of them, with a seat. Please change first how many come, the carer included."
        ),
        Complaint.NO_CHILD: _(
            "There are not so many children on this booking. Please change first how many of them are children."
        ),
        Complaint.NO_COOK: _("Not so many of them cook on this booking. Please change first how many cook."),
    }


def why(reason: Why, meals_left: int | None = None, *, with_partner: bool = False, guest: str = "") -> str:
    """Why there is no place, or why a change was not made. Who books with a partner may have so many meals left in the
    month; `guest` is the name of who comes, if who booked for them reads it.
    """
    return {
        Why.PAST_CUTOFF: _("Booking had closed: the shopping was done."),
        Why.SITTING_CANCELLED: _("The meal is cancelled."),
        Why.SITTING_CLOSED: _("This meal takes no more bookings."),
        Why.UNKNOWN_SITTING: _("This meal does not exist any more."),
        Why.PARTY_TOO_LARGE: _("This meal does not take so many people on one booking."),
        Why.GROUP_TOO_LARGE: _(
            "With the other bookings of your group, or on your contact, you would be more than this meal takes from one"
            " group."
        )
        if with_partner
        else _(
            "With the other bookings on this contact there would be more people than this meal takes from one group."
        ),
        Why.MEALS_USED_UP: _meals_used_up(meals_left or 0),
        Why.WAITLIST_CLOSED: _("The meal is full, and so is its waiting list."),
        Why.OFFER_EXPIRED: _("The time to answer is over."),
        Why.OFFER_DECLINED: _("The place was declined: %(name)s has left the waiting list.", name=guest)
        if guest
        else _("You have declined the place, and left the waiting list."),
        Why.OFFER_TAKEN: _(
            "Somebody else was faster to say yes: %(name)s stays on the waiting list as before.", name=guest
        )
        if guest
        else _("Somebody else was faster to say yes: you keep your place in the waiting list."),
    }[reason]


def _meals_used_up(left: int) -> str:
    if not left:
        return _("Your group has had all its meals of that month.")
    return ngettext(
        "Your group has only %(num)d meal left that month.", "Your group has only %(num)d meals left that month.", left
    )


def span(length: timedelta) -> str:
    """A length of time as one says it, rounded down: “2 hours and 5 minutes”."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return ngettext("%(num)d minute", "%(num)d minutes", minutes) if minutes else _("less than a minute")
    said = ngettext("%(num)d hour", "%(num)d hours", hours)
    if not minutes:
        return said
    more = ngettext("%(num)d minute", "%(num)d minutes", minutes)
    return _("%(hours)s and %(minutes)s", hours=said, minutes=more)


def policy(sitting: SittingNotice) -> str:
    """Who gets places that come free."""
    return {
        WaitlistPolicy.STRICT: _("Places that come free go to who asked first: nobody is passed over."),
        WaitlistPolicy.FILL: _(
            "Places that come free go to the first party for whom there are enough: a smaller one may go first."
        ),
    }[sitting.waitlist_policy]


def allergen(code: str) -> str:
    """One of the 14 allergens of the European list; another word as it stands."""
    known = {
        "gluten": _("gluten"),
        "crustaceans": _("crustaceans"),
        "eggs": _("eggs"),
        "fish": _("fish"),
        "peanuts": _("peanuts"),
        "soybeans": _("soya"),
        "milk": _("milk"),
        "nuts": _("nuts"),
        "celery": _("celery"),
        "mustard": _("mustard"),
        "sesame": _("sesame"),
        "sulphites": _("sulphites"),
        "lupin": _("lupin"),
        "molluscs": _("molluscs"),
    }
    return known.get(code, code)


def allergens(sitting: SittingNotice) -> str:
    """Which of the 14 are in the meal. Unknown never shows as none."""
    if sitting.allergens is None:
        return _("Not yet known: ask at the canteen on the day.")
    return ", ".join(map(allergen, sitting.allergens)) or _("None of the 14 that must be declared.")


def diets(sitting: SittingNotice) -> str:
    """Which diets the meal suits; "" if none is promised."""
    known = {"vegetarian": _("vegetarian"), "vegan": _("vegan"), "without_pork": _("without pork")}
    return ", ".join(known.get(code, code) for code in sitting.diets)


def diet(code: str) -> str:
    """How somebody eats, as a field is called."""
    return {"vegetarian": _("Vegetarian"), "vegan": _("Vegan"), "without_pork": _("Without pork")}[code]


def _eaters(code: str, count: int) -> str:
    """How many eat so."""
    return {
        "vegetarian": ngettext("%(num)d vegetarian", "%(num)d vegetarians", count),
        "vegan": ngettext("%(num)d vegan", "%(num)d vegans", count),
        "without_pork": ngettext("%(num)d without pork", "%(num)d without pork", count),
    }[code]


def need(one: Need) -> str:
    """A diet or an allergen with how many, as in “2 vegetarians” or “without celery: 1 booking”."""
    if one.name in DIETS:
        return _eaters(one.name, one.count)
    bookings = ngettext("%(num)d booking", "%(num)d bookings", one.count)
    return _("without %(allergen)s: %(bookings)s", allergen=allergen(one.name), bookings=bookings)


def access(code: str) -> str:
    """What somebody needs to come and sit, as a field is called."""
    return {
        "wheelchair": _("Place for a wheelchair"),
        "carer": _("Seat beside for a carer"),
        "high_chair": _("High chair"),
        "seated_cooking": _("Cooking while seated"),
    }[code]


def room_need(code: str, count: int) -> str:
    """What the room is made ready for, with how many: “2 high chairs”."""
    return {
        "wheelchair": ngettext("%(num)d place for a wheelchair", "%(num)d places for wheelchairs", count),
        "carer": ngettext("%(num)d carer, seated beside", "%(num)d carers, seated beside", count),
        "high_chair": ngettext("%(num)d high chair", "%(num)d high chairs", count),
        "seated_cooking": ngettext("%(num)d person cooks seated", "%(num)d people cook seated", count),
    }[code]


def room_needs(told: Needs) -> str:
    """What one guest needs to come and sit, for the host: “1 place for a wheelchair; 1 carer, seated beside”."""
    return "; ".join(room_need(code, told.access[code]) for code in ACCESS if code in told.access)


def needs(told: Needs) -> str:
    """What one guest does not eat, for the host: “2 vegetarians; without celery”."""
    eats = [_eaters(code, told.diets[code]) for code in DIETS if code in told.diets]
    avoids = [allergen(code) for code in ALLERGENS if code in told.allergens]
    return "; ".join([*eats, *([_("without %(allergens)s", allergens=", ".join(avoids))] if avoids else [])])


def every(weekday: int) -> str:
    """How often, for somebody who comes each week on this day; Monday is 0."""
    return (
        _("every Monday"),
        _("every Tuesday"),
        _("every Wednesday"),
        _("every Thursday"),
        _("every Friday"),
        _("every Saturday"),
        _("every Sunday"),
    )[weekday]


def telephone(number: str) -> str:
    """A number as people dial it: +33639980011 is 06 39 98 00 11."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    style = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(parsed, style.NATIONAL if parsed.country_code == 33 else style.INTERNATIONAL)
    return written.replace(" ", "\N{NO-BREAK SPACE}")


def local(instant: datetime, sitting: SittingNotice) -> datetime:
    """An instant on the clock of the cantine."""
    return instant.astimezone(ZoneInfo(sitting.cantine.zone))
