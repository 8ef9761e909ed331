"""Why there is no place, or still none, as letters say it, to a guest and to who booked for them in the same words."""

from collections.abc import Callable

from services.notifications.letters.telling import Telling
from shared.contracts.seats import Why


def why_again(tell: Telling) -> tuple[str, ...]:
    """Why one is still on the waiting list, having been asked."""
    taken = tell.booking.why is Why.OFFER_TAKEN
    return (tell.gettext("Somebody else was faster to say yes. The place in line is kept."),) if taken else ()


def why(tell: Telling) -> str:
    """Why there is none."""
    _ = tell.gettext
    reasons: dict[Why | None, Callable[[], str]] = {
        Why.PAST_CUTOFF: lambda: _("Booking for this meal has closed: the shopping is done."),
        Why.SITTING_CANCELLED: lambda: _("The meal is cancelled."),
        Why.SITTING_CLOSED: lambda: _("This meal takes no new bookings."),
        Why.UNKNOWN_SITTING: lambda: _("This meal is no longer on the calendar."),
        Why.PARTY_TOO_LARGE: lambda: _("This meal does not take so many people on one booking."),
        Why.GROUP_TOO_LARGE: lambda: _(
            "With the other bookings on this contact, or of the association, there would be more people than this meal"
            " takes from one group. On the page of the booking are other dates with places for all."
        ),
        Why.MEALS_USED_UP: lambda: _(
            "The group has not enough meals left that month. The page of the booking says how many there are, and has"
            " dates of the months after."
        ),
        Why.WAITLIST_CLOSED: lambda: _("The meal is full, and its waiting list is closed."),
    }
    return reasons.get(tell.booking.why, lambda: _("The meal is full."))()
