"""What a sitting, as last heard from capacity, allows. Capacity remains the judge: this only answers sooner."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.booking.domain.booking import Booking
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


@dataclass(frozen=True, kw_only=True)
class Terms:
    """So much of a sitting as says whether somebody can book, each as in its notice."""

    status: SittingStatus
    starts_at: datetime
    cutoff_at: datetime
    largest_party: int | None
    partners: tuple[PartnerPlaces, ...]


def check_takes_bookings(sitting: SittingNotice | Terms, now: datetime) -> None:
    """Raises MealCancelled, MealClosed or PastCutoff if nobody can book any more."""
    if sitting.status is SittingStatus.CANCELLED:
        raise MealCancelled
    if sitting.status is SittingStatus.CLOSED:
        raise MealClosed
    if now >= sitting.cutoff_at or now >= sitting.starts_at:
        raise PastCutoff


def check_party(sitting: SittingNotice | Terms, party: Party, partner: str | None = None) -> None:
    """Raises PartyTooLarge if one booking (of this partner, if any) may not be for so many people."""
    most = largest_party(sitting, partner)
    if most is not None and party.seats > most:
        raise PartyTooLarge


def largest_party(sitting: SittingNotice | Terms, partner: str | None = None) -> int | None:
    """For how many people one booking may be; None if that does not matter."""
    places = _places(sitting, partner)
    return places.largest_party if places else sitting.largest_party


def has_places_for(sitting: SittingNotice, party: Party, *, newcomer: bool, partner: str | None) -> bool:
    """Whether there seem to be places for a party, with what is kept for its kind of booking."""
    places, most = _places(sitting, partner), largest_party(sitting, partner)
    kept = places.kept if places else sitting.newcomer_seats if newcomer else 0
    enough = party.seats <= sitting.seats_left + kept and party.cooks <= sitting.cook_places_left
    return enough and (most is None or party.seats <= most)


class Room(StrEnum):
    """For whom of a waiting party there would be room at once."""

    FOR_FEWER = "for fewer"
    ONLY_TO_EAT = "only to eat"


def seats_for(sitting: SittingNotice, booking: Booking) -> int:
    """The seats left for a booking of its kind, with what is kept for it."""
    places = _places(sitting, booking.partner)
    kept = places.kept if places else sitting.newcomer_seats if booking.newcomer else 0
    return sitting.seats_left + kept


def room_at_once(sitting: SittingNotice, booking: Booking) -> Room | None:
    """What keeps a party that is next in line, where less of it would be enough; None if there is nothing for it."""
    left, party = seats_for(sitting, booking), booking.party
    if party.cooks > sitting.cook_places_left:
        return Room.ONLY_TO_EAT if party.seats <= left else None
    return Room.FOR_FEWER if 0 < left < party.seats else None


def _places(sitting: SittingNotice | Terms, partner: str | None) -> PartnerPlaces | None:
    return next((one for one in sitting.partners if one.id == partner), None) if partner else None


def partner_of(sitting: SittingNotice, partner: str) -> PartnerPlaces:
    """A partner of the cantine (by id), with what is kept for it. Raises UnknownPartner if it is one no longer."""
    if places := _places(sitting, partner):
        return places
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
