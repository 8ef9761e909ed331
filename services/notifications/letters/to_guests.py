"""Letters to guests: one function for each kind. English is the source; the other languages are in `translations/`."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from services.notifications.domain.letter import LetterKind
from services.notifications.letters.content import Content, Item
from services.notifications.letters.telling import Telling
from services.notifications.letters.why import why, why_again
from shared.contracts.booking import Origin
from shared.contracts.host_message import as_sms


def requested(tell: Telling) -> Content:
    """Their wish has come, and the answer takes a while."""
    _ = tell.gettext
    return tell.letter(
        _("We have your request for %(day)s"),
        _("Your request to eat with us has reached us. The answer takes longer than usual: please forgive us."),
        _(
            "You need not do anything. As soon as we know whether there is room, we write to you; until then, no place"
            " is promised."
        ),
        sms=tell.sms_of_first(
            _("%(cantine)s: request for %(short_day)s %(time)s received. No place promised yet: we write. %(link)s"),
            by_team=_(
                "%(cantine)s: noted for you by phone, %(short_day)s %(time)s. Answer to follow. Not wanted? %(link)s"
            ),
            by_proxy=_(
                "%(cantine)s: %(short_proxy)s asked for you, %(short_day)s %(time)s. Answer to follow. Not wanted?"
                " %(link)s"
            ),
        ),
        link=_("See or cancel my request"),
    )


def confirmed(tell: Telling) -> Content:
    """There is a place."""
    _ = tell.gettext
    subject, said = (
        _changed(tell)
        or _turn(tell)
        or {
            Origin.GUEST: (
                _("Your meal on %(day)s is booked"),
                _("Your place at the table is kept. We look forward to seeing you."),
            ),
            Origin.COOK_CALL: (
                _("You cook with us on %(day)s: thank you"),
                _("Your place in the kitchen and at the table is kept. Thank you for coming to help!"),
            ),
            Origin.STANDING: (
                _("Your usual place on %(day)s"),
                _("Your usual place is kept. We look forward to seeing you."),
            ),
        }[tell.booking.origin]
    )
    return tell.letter(
        subject,
        said,
        sms=_("%(cantine)s: changed: %(short_day)s %(time)s, %(count)s pers. Change or cancel: %(link)s")
        if tell.changed
        else _turn_by_sms(tell)
        if tell.turn
        else tell.sms_of_first(
            _("%(cantine)s: booked for %(short_day)s %(time)s, %(count)s pers. Change or cancel: %(link)s"),
            by_team=_(
                "%(cantine)s: booked for you by phone, %(short_day)s %(time)s, %(count)s pers. Not wanted? %(link)s"
            ),
            by_proxy=_(
                "%(cantine)s: %(short_proxy)s booked for you, %(short_day)s %(time)s, %(count)s pers. Not wanted?"
                " %(link)s"
            ),
        ),
        link=_("See, change or cancel my booking"),
        notes=(
            _("Do plans change? Tell us on that page: the place will make somebody else happy.")
            if tell.guest
            else _("Your plans change? Tell us on that page: your place will make somebody else happy."),
            _("There you also choose whether we write by e-mail or SMS, in which language, and whether we remind you.")
            if tell.booking.email and tell.booking.phone
            else _("There you also choose in which language we write, and whether we remind you."),
        ),
    )


def _changed(tell: Telling) -> tuple[str, str] | None:
    """Subject and first words for who had a place before, and changed something."""
    if not tell.changed:
        return None
    _, party = tell.gettext, tell.booking.party
    people = tell.language.ngettext("%(num)d person", "%(num)d people", party.seats)
    return (
        _("Your meal on %(day)s is booked for %(people)s now", people=people),
        _("Your change is made: it is %(people)s now. We look forward to seeing you.", people=people),
    )


def _turn(tell: Telling) -> tuple[str, str] | None:
    """Subject and first words for who stood on the waiting list: they may have given up hope."""
    if not tell.turn:
        return None
    _ = tell.gettext
    if tell.alone:
        return (
            _("A place came free for the meal on %(day)s: you are expected"),
            _("A place came free: you are expected. You need wait no longer, your place at the table is kept."),
        )
    return (
        _("Places came free for the meal on %(day)s: you are expected"),
        _("Places came free: you are all expected. You need wait no longer, your places at the table are kept."),
    )


def _turn_by_sms(tell: Telling) -> str:
    _ = tell.gettext
    if tell.alone:
        return _("%(cantine)s: a place came free, you are expected %(short_day)s %(time)s. Change or cancel: %(link)s")
    return _("%(cantine)s: places came free, you are expected %(short_day)s %(time)s, %(count)s pers. Cancel: %(link)s")


def waitlisted(tell: Telling) -> Content:
    """Perhaps a place will come free."""
    _ = tell.gettext
    return tell.letter(
        _("You are on the waiting list for %(day)s"),
        *why_again(tell),
        *(
            (
                _("There is no place at this meal for now, so you are on its waiting list."),
                _("If one comes free for you, it is yours and we write to you at once."),
            )
            if tell.alone
            else (
                _("There is no room for all of you at this meal for now, so you are on its waiting list."),
                _("If enough places come free for all of you, they are yours and we write to you at once."),
            )
        ),
        sms=tell.sms_of_first(
            _("%(cantine)s: waiting list for %(short_day)s %(time)s. We write if places come free. %(link)s"),
            by_team=_("%(cantine)s: noted for you by phone: waiting list %(short_day)s %(time)s. Not wanted? %(link)s"),
            by_proxy=_(
                "%(cantine)s: %(short_proxy)s booked for you: waiting list %(short_day)s %(time)s. Not wanted? %(link)s"
            ),
        ),
        link=_("See my booking, or leave the waiting list"),
    )


def offer(tell: Telling) -> Content:
    """There is a place, if they still want it: until an hour."""
    _ = tell.gettext
    return tell.letter(
        _("A place is free for you on %(day)s: yes or no, until %(until_day)s, %(until_time)s"),
        _("A place has come free at this meal, and we keep it for you until %(until_day)s, %(until_time)s.")
        if tell.alone
        else _(
            "Places have come free at this meal: there is room for all of you, and we keep it for you until"
            " %(until_day)s, %(until_time)s."
        ),
        _("Would you still like to come? Please say yes or no on your booking's page."),
        _("If you say no, or do not answer in time, the place goes to the next in line."),
        sms=(
            _("%(cantine)s: room for you on %(short_day)s %(time)s. Reply YES or NO by %(until)s, or: %(link)s")
            if tell.answerable
            else _("%(cantine)s: room for you on %(short_day)s %(time)s. Yes or no until %(until)s: %(link)s")
        ),
        link=_("Say yes or no"),
    )


def offer_passed(tell: Telling) -> Content:
    """They did not answer in time; they may still say yes."""
    _ = tell.gettext
    return tell.letter(
        _("The place on %(day)s was offered to the next in line"),
        _("A place had come free for you at this meal, and we did not hear from you in time."),
        _(
            "Would you still like to come? As long as the meal can be booked, one tap on your booking's page brings you"
            " back to your old place in line."
        ),
        sms=_("%(cantine)s: the place on %(short_day)s %(time)s went to the next. Still want it? %(link)s"),
        link=_("Still want to come? To my booking"),
        facts=False,
    )


def full(tell: Telling) -> Content:
    """There is no place, and why."""
    _ = tell.gettext
    return tell.letter(
        _("No place this time: meal on %(day)s"),
        _("We are sorry, we cannot welcome you at this meal."),
        why(tell),
        _("We would be happy to see you at another one."),
        sms=tell.sms_of_first(
            no_place := _("%(cantine)s: sorry, no place on %(short_day)s %(time)s. Why, and other meals: %(link)s"),
            by_team=no_place,
            by_proxy=_("%(cantine)s: %(short_proxy)s asked for you, %(short_day)s: sorry, no place. Why: %(link)s"),
        ),
        link=_("See why, and find another meal"),
        facts=False,
    )


def change_refused(tell: Telling) -> Content:
    """The booking stays as it was, and why."""
    _ = tell.gettext
    return tell.letter(
        _("Your booking for %(day)s stays as it was"),
        _("We could not make the change that you asked for. Your booking stays as it was."),
        why(tell),
        sms=_("%(cantine)s: change not possible. Still booked: %(short_day)s %(time)s, %(count)s pers. %(link)s"),
        link=_("See, change or cancel my booking"),
    )


def cancelled_by_guest(tell: Telling) -> Content:
    """The guest has cancelled, or who booked for them: a link to the booking is in the hands of both."""
    _ = tell.gettext
    if tell.booking.proxy:
        said: tuple[str, ...] = (
            _(
                "Your booking for the meal on %(day)s at %(time)s is cancelled: by you, or by %(proxy)s, who had booked"
                " for you."
            ),
            _("You would like to come all the same? Call us, or book again."),
        )
        sms = _(
            "%(cantine)s: booking for %(short_day)s %(time)s cancelled, by you or %(short_proxy)s. Not right? %(link)s"
        )
    else:
        said = (
            _("You have cancelled your booking for the meal on %(day)s at %(time)s. Thank you for telling us."),
            _("We would be happy to see you another time."),
        )
        sms = _("%(cantine)s: your booking for %(short_day)s %(time)s is cancelled. Thank you for telling us. %(link)s")
    return tell.letter(
        _("Your booking for %(day)s is cancelled"), *said, sms=sms, link=_("See my booking"), facts=False
    )


def cancelled_by_cantine(tell: Telling) -> Content:
    """The meal is off."""
    _ = tell.gettext
    return tell.letter(
        _("The meal on %(day)s is cancelled"),
        _("We are sorry: %(cantine)s has to cancel the meal on %(day)s at %(time)s. Please do not come that day."),
        _("You need not do anything. We would be happy to see you at another meal."),
        sms=_("%(cantine)s: sorry, the meal on %(short_day)s %(time)s is cancelled. Other meals: %(link)s"),
        link=_("See my booking, and find another meal"),
        facts=False,
    )


def moved(tell: Telling) -> Content:
    """The meal is at another time, or on another day: an hour is read in passing, so a new day is said first of all."""
    _ = tell.gettext
    if tell.changes_day:
        subject = _("Your meal is on another day: %(day)s at %(time)s")
        said = _(
            "The day of your meal has changed: it is no longer on %(old_day)s at %(old_time)s, but on %(day)s at"
            " %(time)s."
        )
        sms = _(
            "%(cantine)s: meal moved from %(old_short_day)s %(old_time)s to %(short_day)s %(time)s. Not free? Cancel:"
            " %(link)s"
        )
    elif tell.was_at:
        subject = _("New time for your meal: %(day)s at %(time)s")
        said = _("The time of your meal has changed: on %(day)s it is no longer at %(old_time)s, but at %(time)s.")
        sms = _("%(cantine)s: meal on %(short_day)s moved from %(old_time)s to %(time)s. Not free? Cancel: %(link)s")
    else:
        subject = _("Your meal has moved: %(day)s at %(time)s")
        said = _("The meal that you booked has moved: it is on %(day)s at %(time)s.")
        sms = _("%(cantine)s: meal moved to %(short_day)s %(time)s. Not free? Cancel: %(link)s")
    return tell.letter(
        subject,
        said,
        _("Your place is kept."),
        sms=sms,
        link=_("See, change or cancel my booking"),
        items=tell.cancelling,
        notes=(_("That does not suit you? Then cancel, and forgive us."),),
    )


def reminder(tell: Telling) -> Content:
    """See you soon; and whoever is ill should stay at home without guilt."""
    _ = tell.gettext
    cooks = tell.booking.party.cooks > 0
    hygiene = (
        _("Fever, an upset stomach, an infected cut? Then please do not cook: cancel without guilt, and get well."),
    )
    change = Item(
        title=_("More of you, or fewer?"),
        text=_("Tell us before the shopping, if you can."),
        link=(_("See or change my booking"), tell.page()),
    )
    return tell.letter(
        _("See you on %(day)s at %(time)s"),
        _("A word to remind you of the meal that you booked. We look forward to seeing you."),
        _("Are you coming? Say so, and the kitchen knows."),
        sms=_reminder_to_answer(tell)
        if tell.answerable
        else (
            _("%(cantine)s: you cook on %(short_day)s from %(cooking)s. Ill? Cancel without guilt: %(link)s")
            if cooks
            else _("%(cantine)s: see you on %(short_day)s at %(time)s, %(count)s pers. Not free? Cancel: %(link)s")
        ),
        link=_("Yes, I am coming") if tell.alone else _("Yes, we are coming"),
        asks="coming",
        items=(*tell.cancelling, change),
        notes=hygiene if cooks else (),
    )


def morning(tell: Telling) -> Content:
    """Today. An SMS, for who wishes it."""
    _ = tell.gettext
    if tell.answerable:
        return replace(reminder(tell), sms=_reminder_to_answer(tell))
    sms = (
        _("%(cantine)s: you cook today from %(cooking)s. Ill? Cancel without guilt: %(link)s")
        if tell.booking.party.cooks
        else _("%(cantine)s: see you today at %(time)s, %(count)s pers. Not free? Cancel: %(link)s")
    )
    return replace(reminder(tell), sms=sms)


def _reminder_to_answer(tell: Telling) -> str:
    _ = tell.gettext
    if tell.booking.party.cooks:
        return _("%(cantine)s: you cook on %(short_day)s %(cooking)s. Coming? Reply YES, or NO if ill. %(link)s")
    return _("%(cantine)s: %(short_day)s %(time)s, %(count)s pers. Are you coming? Reply YES or NO. %(link)s")


def thanks(tell: Telling) -> Content:
    """They came: thank you; and nobody owes anything."""
    _ = tell.gettext
    lend_a_hand = Item(
        title=_("Would you like to lend a hand another time?"),
        text=_("Cooking, laying the table, washing up: everybody can help, and nobody must."),
        link=(_("You may call me when cooks are missing"), tell.page()),
    )
    return _after_the_meal(
        tell,
        _("Thank you for coming on %(day)s"),
        _("Thank you for cooking with us, and for the meal that we had together!")
        if tell.booking.party.cooks
        else _("It was good to have you at the table. Thank you for coming!"),
        _("The price is free: what you gave, or did not give, is right, and nobody keeps account of it."),
        items=(lend_a_hand,),
        sms=_("%(cantine)s: thank you for coming on %(short_day)s! See you at another meal: %(link)s"),
    )


def missed(tell: Telling) -> Content:
    """They were absent: we hope that they are well; and they are as welcome as ever."""
    _ = tell.gettext
    return _after_the_meal(
        tell,
        _("We missed you on %(day)s"),
        _("A place was laid for you, and we did not see you. We hope that you are well."),
        _("It happens to everybody, and changes nothing: you are as welcome as ever."),
        _("You were there after all? Then forgive us our mistake."),
        sms=_("%(cantine)s: we missed you on %(short_day)s, and hope you are well. See you soon: %(link)s"),
    )


def _after_the_meal(tell: Telling, subject: str, *paragraphs: str, sms: str, items: tuple[Item, ...] = ()) -> Content:
    """A word to who ticked that they wish for one, with a link that ends it."""
    _ = tell.gettext
    end = Item(
        title=_("No more such messages?"),
        text=_("You ticked that we may write to you after the meal."),
        link=(_("No longer write to me about this"), tell.ends_it or tell.page()),
    )
    content = tell.letter(subject, *paragraphs, sms=sms, link=_("See the next meals"), items=(*items, end), facts=False)
    return replace(content, link=(content.link[0], tell.meals))


def host_message(tell: Telling) -> Content:
    """What a host writes to everybody, as it was written."""
    _, lines = tell.gettext, (line.strip() for line in tell.words.split("\n"))
    return tell.letter(
        _("A word from %(cantine)s about your meal on %(day)s"),
        *(line for line in lines if line),
        sms=as_sms(tell.sitting.cantine.name, tell.words),
        link=_("See my booking"),
    )


BY_KIND: Mapping[LetterKind, Callable[[Telling], Content]] = {
    LetterKind.REQUESTED: requested,
    LetterKind.CONFIRMED: confirmed,
    LetterKind.WAITLISTED: waitlisted,
    LetterKind.OFFER: offer,
    LetterKind.OFFER_PASSED: offer_passed,
    LetterKind.FULL: full,
    LetterKind.CHANGE_REFUSED: change_refused,
    LetterKind.CANCELLED_BY_GUEST: cancelled_by_guest,
    LetterKind.CANCELLED_BY_CANTINE: cancelled_by_cantine,
    LetterKind.MOVED: moved,
    LetterKind.REMINDER: reminder,
    LetterKind.MORNING: morning,
    LetterKind.THANKS: thanks,
    LetterKind.MISSED: missed,
    LetterKind.HOST_MESSAGE: host_message,
}
