"""What letters are called on the pages of those who look after them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.notifications.domain.again import Refusal
from services.notifications.domain.letter import (
    DELAYED,
    NO_WAY,
    NOT_WANTED,
    TOO_LATE,
    UNKNOWN_OUTCOME,
    Letter,
    LetterKind,
    LetterState,
)
from services.notifications.domain.masking import masked
from services.notifications.domain.receipts import Delivery
from services.notifications.store.looking import Seen
from shared.web import language
from shared.web.language import gettext as _


def kind(one: str) -> str:
    """What a kind of letter tells, in a few words; one of yesterday's software is called by its name."""
    words: dict[str, str] = {
        LetterKind.REQUESTED: _("Request received"),
        LetterKind.CONFIRMED: _("Booked"),
        LetterKind.WAITLISTED: _("On the waiting list"),
        LetterKind.OFFER: _("A place is offered"),
        LetterKind.OFFER_PASSED: _("An offer has passed"),
        LetterKind.FULL: _("No place"),
        LetterKind.CHANGE_REFUSED: _("Change not possible"),
        LetterKind.CANCELLED_BY_GUEST: _("Cancelled by the guest"),
        LetterKind.CANCELLED_BY_CANTINE: _("Cancelled by the canteen"),
        LetterKind.MOVED: _("Meal moved"),
        LetterKind.REMINDER: _("Reminder"),
        LetterKind.MORNING: _("Reminder on the morning"),
        LetterKind.THANKS: _("Thanks after the meal"),
        LetterKind.MISSED: _("“We missed you”"),
        LetterKind.HOST_MESSAGE: _("A host’s words"),
        LetterKind.ALERT: _("Alert"),
        LetterKind.DIGEST: _("Alerts of the day"),
        LetterKind.SIGN_IN: _("Link to sign in"),
        LetterKind.GUEST_LINK: _("Link that a guest asked for"),
        LetterKind.SMS_CREDIT: _("Credit for SMS is low"),
        LetterKind.COOK_CALL: _("Call for cooks"),
        LetterKind.USUAL_PAUSED: _("Usual place rests"),
        LetterKind.USUAL_NO_PLACE: _("No usual place on a day"),
        LetterKind.TEXT_WHICH: _("Which meal is meant"),
        LetterKind.TEXT_STOPPED: _("No more text messages"),
        LetterKind.TEXT_STARTED: _("Text messages again"),
        LetterKind.TEXT_PASSED_ON: _("A text was passed on"),
        LetterKind.TEXT_NO: _("How to cancel by text"),
        LetterKind.TEXT_CANCELLED: _("Cancelled already"),
        LetterKind.TEXT_NO_PLACE: _("No longer booked"),
    }
    return words.get(one, str(one))


def state(one: LetterState) -> str:
    """Where a letter is on its way."""
    return {
        LetterState.PLANNED: _("Planned"),
        LetterState.DUE: _("Due"),
        LetterState.ATTEMPTING: _("Being sent"),
        LetterState.SENT: _("Sent"),
        LetterState.DELIVERED: _("Delivered"),
        LetterState.RETURNED: _("Came back"),
        LetterState.COMPLAINED: _("Called spam"),
        LetterState.FAILED: _("Failed"),
        LetterState.DROPPED: _("Not sent"),
    }.get(one, one.value)


def standing(one: Letter) -> str:
    """Where a letter stands; one that can only be spoken has not failed, it is for the telephone."""
    return _("To phone") if one.to_phone else state(one.state)


def standing_badge(one: Letter) -> str:
    """Its colour."""
    return "badge-wait" if one.to_phone else badge(one.state)


def state_named(name: str) -> str:
    """The same, of a state that was kept as a word."""
    return state(LetterState(name))


def badge(one: LetterState) -> str:
    """The colour of a state."""
    return {
        LetterState.SENT: "badge-ok",
        LetterState.DELIVERED: "badge-ok",
        LetterState.RETURNED: "badge-full",
        LetterState.COMPLAINED: "badge-full",
        LetterState.FAILED: "badge-full",
        LetterState.DROPPED: "badge-off",
    }.get(one, "badge-wait")


def reason(text: str | None) -> str:
    """Why a letter stands as it does; what a provider said is left as it is."""
    begin, colon, rest = (text or "").partition(": ")
    ours: dict[str, str] = {
        NO_WAY: _("no letter reaches them"),
        TOO_LATE: _("too late to be useful"),
        NOT_WANTED: _("no longer so, or no longer wanted"),
        UNKNOWN_OUTCOME: _("nobody knows whether it arrived"),
        DELAYED: _("it is late, and is tried again there"),
        Delivery.RETURNED: _("it was not taken there; nothing goes there for two days"),
        Delivery.DEAD: _("there is no such address or number; nothing goes there for 90 days"),
        Delivery.COMPLAINED: _("they are no longer written to unasked"),
    }
    return f"{ours.get(begin, begin)}{colon}{rest}"


def refused(one: Refusal) -> str:
    """Why a letter is not sent again."""
    return {
        Refusal.ONCE_ONLY: _("A letter of this kind is sent once only."),
        Refusal.ON_ITS_WAY: _("It is on its way."),
        Refusal.NO_LONGER_TRUE: _("What it says is no longer so: the guest has had, or will have, newer news."),
        Refusal.TOO_LATE: _("It is too late for it to be useful."),
        Refusal.NO_WAY: _("No way to reach them is known: please call."),
        Refusal.OFTEN_ENOUGH: _("It was sent often enough: please call."),
    }[one]


def at(when: datetime | None, seen: Seen | None = None) -> str:
    """An instant on the clock of the letter's cantine; of none, in UTC."""
    if when is None:
        return "–"
    zone = ZoneInfo(seen.cantine.zone) if seen and seen.cantine else UTC
    local = when.astimezone(zone)
    words = f"{language.current().short_day(local.date())} {language.current().clock(local)}"
    return words if zone is not UTC else f"{words} UTC"


def addressee(seen: Seen) -> str:
    """To whom it goes, so that only who knows the address recognises it."""
    return masked(seen.to) if seen.to else "–"
