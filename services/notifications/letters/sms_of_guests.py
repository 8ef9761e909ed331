"""What a proxy reads of their guest by SMS, where a guest would read “you”.

It begins with whom it is for, so the name is not said again. A word after the meal is not here: only guests themselves
ask for one.
"""

from collections.abc import Callable, Mapping

from services.notifications.domain.letter import LetterKind
from services.notifications.letters.telling import Telling


def sms_as_read_by_proxy(kind: LetterKind, tell: Telling, sms: str) -> str:
    """An SMS to a guest as their proxy reads it."""
    return (tell.guest and kind in BY_KIND and BY_KIND[kind](tell)) or sms


def confirmed(tell: Telling) -> str:
    """Their turn of the waiting list has come; "" for another place, of which the words are the same for both."""
    _ = tell.gettext
    if not tell.turn:
        return ""
    if tell.alone:
        return _("%(cantine)s: a place came free, booked for %(short_day)s %(time)s. Change or cancel: %(link)s")
    return _("%(cantine)s: places came free, booked for %(short_day)s %(time)s, %(count)s pers. Cancel: %(link)s")


def offer(tell: Telling) -> str:
    """There is a place, if the guest still wants it: until an hour."""
    _ = tell.gettext
    if tell.answerable:
        return _("%(cantine)s: there is room on %(short_day)s %(time)s. Reply YES or NO by %(until)s, or: %(link)s")
    return _("%(cantine)s: there is room on %(short_day)s %(time)s. Yes or no until %(until)s: %(link)s")


def offer_passed(tell: Telling) -> str:
    """Nobody answered in time; they may still say yes."""
    return tell.gettext("%(cantine)s: the place on %(short_day)s %(time)s went to the next. Still wanted? %(link)s")


def cancelled(tell: Telling) -> str:
    """The guest has cancelled, or who reads it."""
    return tell.gettext("%(cantine)s: the booking for %(short_day)s %(time)s is cancelled. Thank you. %(link)s")


def reminder(tell: Telling) -> str:
    """A meal is near."""
    if tell.answerable:
        return _to_answer(tell)
    _ = tell.gettext
    if tell.booking.party.cooks:
        return _("%(cantine)s: in the kitchen on %(short_day)s from %(cooking)s. Ill? Cancel without guilt: %(link)s")
    return _("%(cantine)s: the meal is on %(short_day)s at %(time)s, %(count)s pers. Not free? Cancel: %(link)s")


def morning(tell: Telling) -> str:
    """Today."""
    if tell.answerable:
        return _to_answer(tell)
    _ = tell.gettext
    if tell.booking.party.cooks:
        return _("%(cantine)s: in the kitchen today from %(cooking)s. Ill? Cancel without guilt: %(link)s")
    return _("%(cantine)s: the meal is today at %(time)s, %(count)s pers. Not free? Cancel: %(link)s")


def _to_answer(tell: Telling) -> str:
    _ = tell.gettext
    if tell.booking.party.cooks:
        return _("%(cantine)s: in the kitchen on %(short_day)s %(cooking)s. Coming? Reply YES, or NO if ill. %(link)s")
    return _("%(cantine)s: %(short_day)s %(time)s, %(count)s pers. Coming? Reply YES or NO. %(link)s")


BY_KIND: Mapping[LetterKind, Callable[[Telling], str]] = {
    LetterKind.CONFIRMED: confirmed,
    LetterKind.OFFER: offer,
    LetterKind.OFFER_PASSED: offer_passed,
    LetterKind.CANCELLED_BY_GUEST: cancelled,
    LetterKind.REMINDER: reminder,
    LetterKind.MORNING: morning,
}
