"""Why something that a resident asked for cannot be done. The docstring of each is its message."""


class BookingError(Exception):
    """This cannot be done."""


class UnknownMeal(BookingError):
    """We do not know this meal."""


class UnknownCantine(BookingError):
    """We do not know this canteen."""


class UnknownBooking(BookingError):
    """We do not find this booking."""


class PastCutoff(BookingError):
    """Booking for this meal has closed: the shopping is done."""


class MealClosed(BookingError):
    """This meal takes no more bookings."""


class MealCancelled(BookingError):
    """This meal is cancelled."""


class PartyTooLarge(BookingError):
    """There are more of you than one booking of this meal may be for."""


class MealBegun(BookingError):
    """This meal has begun: the booking can no longer be changed."""


class AlreadyCancelled(BookingError):
    """This booking is cancelled and cannot be changed. You are welcome to make a new one."""


class DoorClosed(BookingError):
    """Guests are checked in on the day of the meal and the two days after."""


class NobodyToWriteTo(BookingError):
    """There is nobody to write to."""


class CallIsOver(BookingError):
    """There are cooks enough by now. Thank you!"""


class AlreadyExpected(BookingError):
    """You have a booking for this meal already."""


class UnknownPerson(BookingError):
    """We no longer have your name and contact, so we do not call you any more."""


class UnknownPreference(BookingError):
    """This cannot be chosen."""


class NotVerified(BookingError):
    """For this, please use the link in the message that we sent you."""


class NoUsualPlace(BookingError):
    """There is no usual place left on this day of the week. You are welcome to book each time."""


class NotExpected(BookingError):
    """A usual place begins with a confirmed booking."""


class UnknownPartner(BookingError):
    """This address is no longer in use."""


class LinkOver(BookingError):
    """This link is no longer good."""


class TooManyLinks(BookingError):
    """Too many links were asked for from here."""


class TooManyFromHere(BookingError):
    """Many bookings were made from this connection within the hour."""


class TooManyLately(BookingError):
    """Many bookings were made with this contact within the hour."""


class TooManyOpen(BookingError):
    """There are many bookings to come with this contact already."""


class TooManyUnconfirmed(TooManyLately):
    """Several requests with this contact wait to be confirmed."""


class RequestLapsed(BookingError):
    """This request is over: nothing was booked."""


class ToBeConfirmed(BookingError):
    """Bookings here are confirmed by a message."""


class AlreadySent(BookingError):
    """This was already sent, with other details."""

    def __init__(self, booking: str) -> None:
        super().__init__()
        self.booking = booking
