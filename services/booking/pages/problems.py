"""One table from what cannot be done to the answer: it serves the pages and the API."""

from flask import Flask, Response

from services.booking.domain.errors import (
    AlreadyCancelled,
    AlreadyExpected,
    AlreadySent,
    BookingError,
    CallIsOver,
    DoorClosed,
    LinkOver,
    MealBegun,
    MealCancelled,
    MealClosed,
    NobodyToWriteTo,
    NotExpected,
    NotVerified,
    NoUsualPlace,
    PartyTooLarge,
    PastCutoff,
    RequestLapsed,
    ToBeConfirmed,
    TooManyFromHere,
    TooManyLately,
    TooManyLinks,
    TooManyOpen,
    TooManyUnconfirmed,
    UnknownBooking,
    UnknownCantine,
    UnknownMeal,
    UnknownPartner,
    UnknownPerson,
    UnknownPreference,
)
from shared.links import ForgedLink
from shared.web.errors import Problem, answer
from shared.web.language import gettext as _

STATUS: dict[type[BookingError], int] = {
    UnknownMeal: 404,
    UnknownBooking: 404,
    UnknownCantine: 404,
    PastCutoff: 409,
    MealClosed: 409,
    MealCancelled: 409,
    MealBegun: 409,
    PartyTooLarge: 422,
    AlreadyCancelled: 409,
    AlreadySent: 422,
    DoorClosed: 409,
    NobodyToWriteTo: 409,
    CallIsOver: 409,
    AlreadyExpected: 409,
    UnknownPerson: 410,
    UnknownPartner: 410,
    NotVerified: 403,
    UnknownPreference: 422,
    NoUsualPlace: 409,
    NotExpected: 409,
    LinkOver: 410,
    TooManyLinks: 429,
    TooManyFromHere: 429,
    TooManyLately: 429,
    TooManyOpen: 429,
    TooManyUnconfirmed: 429,
    RequestLapsed: 410,
    ToBeConfirmed: 403,
}


def problem_of(error: BookingError) -> Problem:
    """The problem that tells an error, in the language of the request."""
    return Problem(STATUS[type(error)], _((type(error).__doc__ or "").strip()), _detail(error))


def install(app: Flask) -> None:
    """Answer with the table."""

    def cannot_be_done(error: BookingError) -> Response:
        return answer(problem_of(error))

    def forged(_error: ForgedLink) -> Response:
        detail = _("Please use the whole link, as it stands in the message that we sent you.")
        return answer(Problem(404, _("This link does not open a booking."), detail))

    app.register_error_handler(BookingError, cannot_be_done)
    app.register_error_handler(ForgedLink, forged)


def _detail(error: BookingError) -> str:
    words: dict[type[BookingError], str] = {
        UnknownBooking: _("If you booked a moment ago, please try again in a few minutes."),
        UnknownMeal: _("It may be over. Please choose one of the meals to come."),
        AlreadyExpected: _("To cook there, change how many of you cook, on the page of your booking."),
        UnknownPartner: _("Please ask the canteen for another, or book as everybody does."),
        LinkOver: _("It is good for 30 minutes. Please ask for another one under “My bookings”."),
        TooManyFromHere: _("Please try again in an hour, or call the canteen."),
        TooManyLately: _("Please try again in an hour, or call the canteen."),
        TooManyOpen: _("Cancel one that you do not need, under “My bookings”, or call the canteen."),
        TooManyUnconfirmed: _("Please open the link in the message that we sent you, or call the canteen."),
        RequestLapsed: _("The time to confirm it has passed, or it was refused. You are welcome to ask again."),
        ToBeConfirmed: _("Please book on the page of the meal: we then send you a link."),
        TooManyLinks: _("Please try again in an hour, or call the canteen."),
    }
    return words.get(type(error), "")
