"""What a sitting, as last heard from capacity, allows. Capacity remains the judge: this only answers sooner."""

from datetime import datetime
from enum import StrEnum

from services.booking.domain.errors import (
    MealBegun,
    MealCancelled,
    MealClosed,
    PartyTooLarge,
    PastCutoff,
    UnknownPartner,
)
from shared.contracts.party import Party
from shared.contracts.sitting import PartnerPlaces, SittingNotice, SittingStatus


def check_takes_bookings(sitting: SittingNotice, now: datetime) -> None:
    """Raises MealCancelled, MealClosed or PastCutoff if nobody can book any more."""
    if sitting.status is SittingStatus.CANCELLED:
        raise MealCancelled
    if sitting.status is SittingStatus.CLOSED:
        raise MealClosed
    if now >= sitting.cutoff_at or now >= sitting.starts_at:
        raise PastCutoff


def check_party(sitting: SittingNotice, party: Party) -> None:
    """Raises PartyTooLarge if one booking may not be for so many people."""
    if sitting.largest_party is not None and party.seats > sitting.largest_party:
        raise PartyTooLarge


def partner_of(sitting: SittingNotice, partner: str) -> PartnerPlaces:
    """A partner of the cantine (by id), with what is kept for it. Raises UnknownPartner if it is one no longer."""
    for one in sitting.partners:
        if one.id == partner:
            return one
    raise UnknownPartner


def takes_bookings(sitting: SittingNotice, now: datetime) -> bool:
    """Whether one can still book."""
    return sitting.status is SittingStatus.OPEN and now < sitting.cutoff_at and now < sitting.starts_at


def check_not_begun(sitting: SittingNotice | None, now: datetime) -> None:
    """Raises MealBegun once the meal has begun. A sitting of which we have not heard has not."""
    if has_begun(sitting, now):
        raise MealBegun


def has_begun(sitting: SittingNotice | None, now: datetime) -> bool:
    """Whether the meal has begun."""
    return sitting is not None and now >= sitting.starts_at


class Availability(StrEnum):
    """What a resident who looks for a meal finds."""

    PLACES = "places"
    FULL = "full"  # one can join the waiting list
    CLOSED = "closed"
    CANCELLED = "cancelled"


def availability(sitting: SittingNotice, now: datetime) -> Availability:
    """Whether there are places, a waiting list, or neither."""
    if sitting.status is SittingStatus.CANCELLED:
        return Availability.CANCELLED
    if not takes_bookings(sitting, now):
        return Availability.CLOSED
    return Availability.PLACES if sitting.seats_left > 0 else Availability.FULL
