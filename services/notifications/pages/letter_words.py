"""What letters are called on the pages of those who look after them."""

from services.notifications.domain.letter import LetterKind
from shared.web.language import gettext as _


def kind(one: LetterKind) -> str:
    """What a kind of letter tells, in a few words."""
    return {
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
        LetterKind.HOST_MESSAGE: _("A host’s words"),
        LetterKind.ALERT: _("Alert"),
        LetterKind.DIGEST: _("Alerts of the day"),
        LetterKind.SIGN_IN: _("Link to sign in"),
        LetterKind.SMS_CREDIT: _("Credit for SMS is low"),
        LetterKind.COOK_CALL: _("Call for cooks"),
        LetterKind.USUAL_PAUSED: _("Usual place rests"),
        LetterKind.USUAL_NO_PLACE: _("No usual place on a day"),
    }.get(one, one.value)
