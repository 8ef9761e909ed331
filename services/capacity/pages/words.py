"""What the pages say about meals, parties, allergens and mistakes, in the language of the request."""

from datetime import datetime
from zoneinfo import ZoneInfo

from services.capacity.domain.allotments import MAX_HOURS, NEWCOMERS, WALK_INS
from services.capacity.domain.allotments import MAX_NAME as MAX_NAME_OF_A_PARTNER
from services.capacity.domain.closures import MAX_NAME
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.hours import MAX_DAYS_BEFORE
from services.capacity.domain.kitchen import MAX_MONTHLY, MAX_PER_COOK, MAX_SEATS, MEAL
from services.capacity.domain.places import Sitting
from services.capacity.domain.sittings import MAX_MENU, MAX_PRICE, PlannedSitting
from services.capacity.domain.templates import MAX_EVERY
from services.capacity.pages import allotment_forms, kitchen_forms, kitchen_words
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from shared.holidays import Holiday
from shared.web.language import current, ngettext
from shared.web.language import gettext as _

NEARLY_FULL = 85  # percent of the seats


def party(people: Party) -> str:
    """A party, as in “4 people, 1 cooking, 1 child”."""
    parts = [ngettext("%(num)d person", "%(num)d people", people.seats)]
    if people.cooks:
        parts.append(_("%(num)d cooking", num=people.cooks))
    if people.children:
        parts.append(ngettext("%(num)d child", "%(num)d children", people.children))
    return ", ".join(parts)


def state(sitting: PlannedSitting, now: datetime) -> list[tuple[str, str]]:
    """How a meal stands, as badges: the class of each, and its words."""
    seating = sitting.seating
    if seating.status is SittingStatus.CANCELLED:
        return [("badge-off", _("Cancelled"))]
    if sitting.starts_at <= now:
        return [("badge-off", _("Over"))]
    badges = []
    if sitting.awaits_a_decision(now):
        badges.append(("badge-full", _("Does it go ahead?")))
    elif sitting.going_ahead_at:
        badges.append(("badge-ok", _("Goes ahead")))
    if seating.at_risk:
        badges.append(("badge-full", _("At risk")))
    elif seating.seats_left == 0:
        badges.append(("badge-full", _("Full")))
    elif seating.held * 100 >= NEARLY_FULL * seating.limits.seats:
        badges.append(("badge-wait", _("Nearly full")))
    if seating.cutoff_at <= now:
        badges.append(("badge-off", _("Booking closed")))
    elif seating.status is SittingStatus.CLOSED:
        badges.append(("badge-wait", _("Takes no bookings")))
    return badges or [("badge-ok", _("Open"))]


def lacking(sitting: PlannedSitting, missing: int, now: datetime) -> list[str]:
    """What somebody still has to see to before a meal that misses so many cooks."""
    if sitting.is_over(now):
        return []
    said = []
    if not sitting.menu:
        said.append(_("No menu yet"))
    elif sitting.allergens is None:
        said.append(_("Allergens not yet known"))
    kitchen, cooks = sitting.seating.kitchen, sitting.seating.cooks_held
    if missing:
        said.append(ngettext("%(num)d cook is missing", "%(num)d cooks are missing", missing))
    elif kitchen.cook_places and not cooks:
        said.append(_("Nobody cooks yet"))
    return said


def overhang(seating: Sitting) -> list[str]:
    """By how much more people come than the limits allow, if so."""
    said = []
    if seating.overhang:
        said.append(
            ngettext(
                "%(num)d person has a place beyond what this meal can seat and feed: nobody loses theirs.",
                "%(num)d people have a place beyond what this meal can seat and feed: nobody loses theirs.",
                seating.overhang,
            )
        )
        said += kitchen_words.mend(seating)
    if seating.cook_overhang:
        said.append(
            ngettext(
                "%(num)d more cook than cook places: nobody loses their place.",
                "%(num)d more cooks than cook places: nobody loses their place.",
                seating.cook_overhang,
            )
        )
    return said


def flaw(field: str, what: Flaw, at_most: int = 0) -> str:
    """What is wrong with a field of the form, which may be `at_most` so much where others decide that."""
    most = MAX_SEATS
    if field.startswith(allotment_forms.OF_A_MEAL):
        field = "partner_seats"
    elif field.startswith("partner_"):
        field = f"partner_{field.rpartition('_')[2]}"
    by_field = {
        **dict.fromkeys(
            [(day, Flaw.UNREADABLE) for day in ("date", "since", "until", "first", "last")],
            _("Please write the day as in 2026-12-24."),
        ),
        ("name", Flaw.TOO_LONG): _("Please shorten this to %(most)d characters.", most=MAX_NAME),
        ("partner_name", Flaw.TOO_LONG): _("Please shorten this to %(most)d characters.", most=MAX_NAME_OF_A_PARTNER),
        ("partner_name", Flaw.OUT_OF_RANGE): _("There are too many partners."),
        ("partner_monthly", Flaw.OUT_OF_RANGE): _("Please choose a number between 0 and %(most)d.", most=MAX_MONTHLY),
        **dict.fromkeys(
            [(hours, Flaw.OUT_OF_RANGE) for hours in ("newcomer_hours", "walk_in_hours", "partner_hours")],
            _("Please choose a number between 0 and %(most)d.", most=MAX_HOURS),
        ),
        **dict.fromkeys(
            [(count, Flaw.UNREADABLE) for count in ("partner_seats", "partner_monthly", "partner_hours")],
            _("Please write a whole number."),
        ),
        ("every", Flaw.OUT_OF_RANGE): _("Please choose a number between 1 and %(most)d.", most=MAX_EVERY),
        ("break_even_price", Flaw.UNREADABLE): _("Please write a price, such as 12.50."),
        ("break_even_price", Flaw.OUT_OF_RANGE): _(
            "Please write a price between 0 and %(most)s.", most=current().euros(MAX_PRICE)
        ),
        ("food_price", Flaw.UNREADABLE): _("Please write a price, such as 12.50."),
        ("food_price", Flaw.OUT_OF_RANGE): _(
            "Please write a price between 0 and %(most)s.", most=current().euros(MAX_PRICE)
        ),
        ("cutoff_days", Flaw.OUT_OF_RANGE): _("Please choose a number between 0 and %(most)d.", most=MAX_DAYS_BEFORE),
        ("cutoff_days", Flaw.UNREADABLE): _("Please write a whole number."),
        ("decide_days", Flaw.OUT_OF_RANGE): _("Please choose a number between 0 and %(most)d.", most=MAX_DAYS_BEFORE),
        **dict.fromkeys(
            [(count, Flaw.UNREADABLE) for count in kitchen_forms.COUNTS],
            _("Please write a whole number."),
        ),
        ("decide_at", Flaw.UNREADABLE): _("Please write a time, such as 20:00."),
        ("decide_at", Flaw.AFTER_MEAL): _("Whether the meal goes ahead is asked before it starts."),
        ("cutoff_at", Flaw.UNREADABLE): _("Please write a time, such as 20:00."),
        **dict.fromkeys(
            [(count, Flaw.UNREADABLE) for count in kitchen_forms.COUNTS],
            _("Please write a whole number."),
        ),
        **dict.fromkeys(
            [(number, Flaw.UNREADABLE) for number in ("base", "per_cook")],
            _("Please write a number such as 23.5, with at most two decimals."),
        ),
        ("per_cook", Flaw.OUT_OF_RANGE): _("Please choose a number between 0 and %(most)d.", most=MAX_PER_COOK // MEAL),
        ("counts_from_days", Flaw.OUT_OF_RANGE): _(
            "Please choose a number between 0 and %(most)d.", most=MAX_DAYS_BEFORE
        ),
        ("counts_from_at", Flaw.UNREADABLE): _("Please write a time, such as 20:00."),
        ("cooking_starts", Flaw.UNREADABLE): _("Please write a time, such as 09:30."),
        ("meal_starts", Flaw.UNREADABLE): _("Please write a time, such as 12:30."),
    }
    return (
        by_field.get((field, what))
        or {
            Flaw.MISSING: _("Please fill this in."),
            Flaw.UNREADABLE: _("This cannot be understood."),
            Flaw.PAST: _("That moment is past. Please choose a day to come."),
            Flaw.NO_SUCH_HOUR: _("The clocks go forward that day and leap over this hour. Please choose another."),
            Flaw.CLOCK_CHANGES: _("The clocks change between these hours. Please let cooking start after that."),
            Flaw.CUTOFF_PAST: _("Booking for that day would be closed already. Please choose a later day."),
            Flaw.TOO_FAR: _("That day is more than two years away. Please check the year."),
            Flaw.COOKING_AFTER_MEAL: _("Cooking starts before the meal."),
            Flaw.OUT_OF_RANGE: _("Please choose a number between 0 and %(most)d.", most=most),
            Flaw.NOBODY_MAY_COME: _("Please choose a number between 1 and %(most)d.", most=most),
            Flaw.MORE_COOKS_THAN_PLACES: ngettext(
                "There is %(num)d cook place: there cannot be more cooks.",
                "There are %(num)d cook places: there cannot be more cooks.",
                at_most,
            ),
            Flaw.MORE_COOKS_THAN_SEATS: ngettext(
                "%(num)d person can eat, cooks included: there cannot be more cook places.",
                "%(num)d people can eat, cooks included: there cannot be more cook places.",
                at_most,
            ),
            Flaw.TOO_LONG: _("Please shorten this to %(most)d characters.", most=MAX_MENU),
            Flaw.UNKNOWN_ALLERGEN: _("Please choose from the list."),
            Flaw.UNKNOWN_DIET: _("Please choose from the list."),
            Flaw.MORE_THAN_PRICE: _("Food is a part of the break-even price: it cannot cost more."),
            Flaw.ENDS_BEFORE_IT_BEGINS: _("The last day is not before the first."),
            Flaw.OVERLAPS: _("In these hours there is already another meal."),
            Flaw.MORE_KEPT_THAN_SEATS: _("More seats are kept than there are. Please keep fewer."),
            Flaw.SAME_NAME: _("There is another partner of this name."),
            Flaw.NOBODY_IS_TOO_FEW: _("Please say how many people or cooks are enough."),
            Flaw.AFTER_MEAL: _("Booking closes before the meal starts."),
            Flaw.ALLERGENS_UNCLEAR: _("Please say whether there are allergens, and tick them only if there are."),
        }[what]
    )


def kind(code: str) -> str:
    """For whom seats are kept; a partner goes by its name."""
    return {NEWCOMERS: _("newcomers"), WALK_INS: _("who has not reserved")}.get(code, code)


def partner(name: str, seats: int, monthly: int | None, hours: int) -> str:
    """A partner with what it has, as in “Les Amis du Quai: 3 seats until 24 hours before, 15 meals a month”."""
    parts = [ngettext("%(num)d seat", "%(num)d seats", seats)]
    if seats and hours:
        parts.append(ngettext("released %(num)d hour before", "released %(num)d hours before", hours))
    if monthly is not None:
        parts.append(ngettext("%(num)d meal a month", "%(num)d meals a month", monthly))
    return f"{name} ({', '.join(parts)})"


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


def diet(code: str) -> str:
    """A diet that a meal suits; another word as it stands."""
    known = {"vegetarian": _("vegetarian"), "vegan": _("vegan"), "without_pork": _("without pork")}
    return known.get(code, code)


def weekday(number: int) -> str:
    """A day of the week; Monday is 0."""
    days = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return days[number]


def holiday(which: Holiday) -> str:
    """The name of a public holiday."""
    return {
        Holiday.NEW_YEAR: _("New Year's Day"),
        Holiday.GOOD_FRIDAY: _("Good Friday"),
        Holiday.EASTER_MONDAY: _("Easter Monday"),
        Holiday.LABOUR_DAY: _("Labour Day"),
        Holiday.VICTORY: _("Victory Day"),
        Holiday.ASCENSION: _("Ascension Day"),
        Holiday.WHIT_MONDAY: _("Whit Monday"),
        Holiday.NATIONAL_DAY: _("Bastille Day"),
        Holiday.ASSUMPTION: _("Assumption Day"),
        Holiday.ALL_SAINTS: _("All Saints' Day"),
        Holiday.ARMISTICE: _("Armistice Day"),
        Holiday.CHRISTMAS: _("Christmas Day"),
        Holiday.SAINT_STEPHEN: _("Saint Stephen's Day"),
    }[which]


def local(at: datetime, zone: str) -> datetime:
    """An instant on the clock of the cantine."""
    return at.astimezone(ZoneInfo(zone))


def school_break(name: str) -> str:
    """A school break, which the ministry names in French, in the reader's language; one that is new, as it is named."""
    return {
        "Vacances de Noël": _("Christmas holidays"),
        "Vacances d'hiver": _("Winter holidays"),
        "Vacances de printemps": _("Spring holidays"),
        "Pont de l'Ascension": _("Long weekend of the Ascension"),
        "Vacances d'été": _("Summer holidays"),
        "Vacances de la Toussaint": _("Autumn holidays"),
    }.get(name, name)
