"""The guests of one sitting, as staff see them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.booking.domain.booking import Booking
from services.booking.domain.coming import has_said_coming
from services.booking.domain.staff import Staff, short_name
from services.booking.domain.standing import Outcome, outcome
from shared.contracts.booking import BookingStatus
from shared.contracts.party import NOBODY, Party
from shared.contracts.sitting import SittingNotice
from shared.text import plain

_ORDER = (
    BookingStatus.CONFIRMED,
    BookingStatus.OFFERED,
    BookingStatus.REQUESTED,
    BookingStatus.WAITLISTED,
    BookingStatus.CANCELLED,
    BookingStatus.REFUSED,
)


@dataclass(frozen=True, kw_only=True)
class Guest:
    """One booking as staff see it; `late` if it was changed or cancelled after the cutoff, when the shopping was done.

    `says_coming` if they have said that they come. `companions` are those
    who were named. `name`, `phone`, and the `proxy` who booked for them, are None where
    they are not known, or not theirs to see who asks.
    """

    booking: Booking
    became: Outcome
    name: str | None
    phone: str | None
    email: str | None
    late: bool
    proxy: str | None = None
    says_coming: bool = False
    companions: tuple[str, ...] = ()

    @property
    def comes(self) -> bool:
        """Whether they are expected at the table."""
        return self.became.status is BookingStatus.CONFIRMED


def guests_of(bookings: Iterable[Booking], sitting: SittingNotice, staff: Staff) -> list[Guest]:
    """The guests whom a member of staff should see, those who come first, by name.

    Of those who cancelled or found no place only the late ones are shown: they cost a portion.
    """
    seen = [_guest(one, sitting, staff) for one in bookings]
    shown = [
        one for one in seen if one.late or one.became.status not in {BookingStatus.CANCELLED, BookingStatus.REFUSED}
    ]
    return sorted(shown, key=lambda one: (_ORDER.index(one.became.status), plain(one.name or ""), one.booking.id))


def coming(guests: Iterable[Guest]) -> Party:
    """All who are expected at the table, together."""
    total = NOBODY
    for party in (one.became.party for one in guests if one.comes):
        total = replace(
            total,
            cooks=total.cooks + party.cooks,
            eaters=total.eaters + party.eaters,
            children=total.children + party.children,
        )
    return total


def is_late(booking: Booking, cutoff_at: datetime) -> bool:
    """Whether a guest changed or cancelled after the cutoff."""
    return booking.changed_at is not None and booking.changed_at > cutoff_at


def _guest(booking: Booking, sitting: SittingNotice, staff: Staff) -> Guest:
    contact = booking.contact
    name = contact.name and (contact.name if staff.sees_names else short_name(contact.name))
    became = outcome(booking)
    companions = booking.company.among(became.party).companions
    return Guest(
        booking=booking,
        became=became,
        name=name,
        phone=contact.phone if staff.sees_names else None,
        email=contact.email if staff.sees_names else None,
        late=is_late(booking, sitting.cutoff_at),
        proxy=booking.proxy.name if booking.proxy and staff.sees_names else None,
        says_coming=has_said_coming(booking, sitting),
        companions=tuple(one if staff.sees_names else short_name(one) for one in companions),
    )
