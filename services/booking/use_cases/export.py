"""All that booking keeps of somebody, for themselves: to read, and as JSON to take along."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact
from services.booking.domain.held import Held
from services.booking.domain.membership import KEPT_AFTER, Membership
from services.booking.domain.needs import NONE, Needs
from services.booking.domain.persons import FORGOTTEN_AFTER, Person, address_of
from services.booking.domain.standing import Outcome, outcome
from services.booking.domain.usual import Usual
from services.booking.store import bookings, exporting, memberships, persons, sittings, usual
from services.booking.store import held as held_store
from services.booking.use_cases.look_at_mine import way_behind
from services.booking.use_cases.memberships import marks_of
from shared.contracts.sitting import SittingNotice
from shared.links import Links
from shared.messaging.service import Service
from shared.purge import KEPT


@dataclass(frozen=True, kw_only=True)
class KeptBooking:
    """A booking, how many of it `came`, what they do not eat, when its guest was `told` something by voice, and until
    when it names them.
    """

    booking: Booking
    became: Outcome
    sitting: SittingNotice | None
    came: int | None
    needs: Needs
    told: datetime | None
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class KeptPerson:
    """What is kept between two meals: of whom, until when, who calls them to cook, what they were asked (meal, when,
    reply), and their usual places.
    """

    person: Person
    until: datetime
    callers: Sequence[str]
    asked: Sequence[tuple[str, datetime, str | None]]
    places: Sequence[Usual]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """All that booking keeps of who is reached at an address or a number; each of the `memberships` with the name of
    its cantine.
    """

    address: str = field(repr=False)
    bookings: Sequence[KeptBooking]
    person: KeptPerson | None
    held: Sequence[Held] = ()
    memberships: Sequence[tuple[Membership, str]] = ()
    now: datetime


def export_by_link(service: Service, links: Links, link: str) -> Kept:
    """All that is kept of who came by a link (by id). Raises LinkOver."""
    with service.read() as conn:
        now = service.clock.now(conn)
        way, _until = way_behind(conn, link, now)
        return _kept(conn, links, way, now)


def export(service: Service, links: Links, way: Contact) -> Kept:
    """All that is kept of whoever is reached by this way."""
    with service.read() as conn:
        return _kept(conn, links, way, service.clock.now(conn))


def as_json(kept: Kept) -> dict[str, Any]:
    """The same for programs. Instants are UTC."""
    return {
        "contact": kept.address,
        "written_at": kept.now.isoformat(),
        "bookings": [_booking(one) for one in kept.bookings],
        "waits_to_be_confirmed": [_request(one) for one in kept.held],
        "between_two_meals": _person(kept.person) if kept.person else None,
        "memberships": [_membership(one, cantine) for one, cantine in kept.memberships],
    }


def _kept(conn: Connection, links: Links, way: Contact, now: datetime) -> Kept:
    address = address_of(way)
    found = bookings.all_of(conn, address)
    meals = sittings.some(conn, {one.sitting for one in found})
    ids = [one.id for one in found]
    came, told, needs = exporting.came(conn, ids), exporting.told_by_voice(conn, ids), exporting.needed(conn, ids)
    person = persons.find(conn, way)
    joined = memberships.with_marks(conn, marks_of(links, address))
    return Kept(
        address=address,
        bookings=[
            _kept_booking(one, meals.get(one.sitting), came.get(one.id), needs.get(one.id, NONE), told.get(one.id))
            for one in found
        ],
        person=_kept_person(conn, person) if person else None,
        held=held_store.waiting_of(conn, address, now),
        memberships=[(one, sittings.name_of_cantine(conn, one.cantine) or one.cantine) for one in joined],
        now=now,
    )


def _kept_booking(
    one: Booking, meal: SittingNotice | None, came: int | None, needs: Needs, told: datetime | None
) -> KeptBooking:
    until = meal.starts_at + KEPT if meal else None
    return KeptBooking(booking=one, became=outcome(one), sitting=meal, came=came, needs=needs, told=told, until=until)


def _kept_person(conn: Connection, person: Person) -> KeptPerson:
    return KeptPerson(
        person=person,
        until=person.seen_at + FORGOTTEN_AFTER,
        callers=sorted(persons.cooks_for(conn, person.id)),
        asked=exporting.asked_to_cook(conn, person.id),
        places=usual.of_persons(conn, [person.id]),
    )


def _booking(one: KeptBooking) -> dict[str, Any]:
    booking, contact, meal, prefers = one.booking, one.booking.contact, one.sitting, one.booking.preferences
    return {
        "canteen": meal and meal.cantine.name,
        "day": meal and meal.date.isoformat(),
        "time": meal and meal.meal_starts.isoformat(),
        "status": one.became.status.value,
        "people": booking.party.seats,
        "cooks": booking.party.cooks,
        "children": booking.party.children,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "for_calls_only": contact.calls_only,
        "language": contact.language,
        "first_visit": booking.newcomer,
        "with_a_partner": booking.partner is not None,
        "booked_by_the_team": booking.booked_by is not None,
        "booked_by": booking.proxy.name if booking.proxy else None,
        "contact_is_of_who_booked": booking.proxy is not None and booking.proxy.reached,
        "how_it_came_about": booking.origin.value,
        "made_at": booking.created_at.isoformat(),
        "changed_at": _instant(booking.changed_at),
        "cancelled_at": _instant(booking.cancelled_at),
        "prefers_text_messages": prefers.by_sms,
        "wants_reminders": prefers.reminders,
        "wants_a_reminder_on_the_morning": prefers.morning_sms,
        "wants_no_letters": prefers.quiet,
        "wants_a_word_after_the_meal": prefers.thanks,
        "the_word_was_to_who": booking.attended and booking.attended.value,
        "is_a_member_or_would_like_to_be": booking.membership,
        "companions": list(booking.company.companions),
        "shows_a_first_name_to_the_others": booking.company.shows_name,
        "wishes_for_company": booking.company.greeting and booking.company.greeting.value,
        "comes_late_by_minutes": booking.late_by,
        "said_that_they_come": booking.coming_for is not None,
        "came": one.came,
        "eats_only": dict(one.needs.diets),
        "avoids_allergens": sorted(one.needs.allergens),
        "needs_to_sit": dict(one.needs.access),
        "needs_told_by_who_booked": one.needs.passed_on,
        "told_by_voice_at": _instant(one.told),
        "kept_until": _instant(one.until),
    }


def _request(one: Held) -> dict[str, Any]:
    wish = one.wish
    return {
        "meal": one.sitting,
        "people": wish and wish.party.seats,
        "name": wish and wish.contact.name,
        "asked_at": one.asked_at.isoformat(),
        "kept_until": one.valid_until.isoformat(),
    }


def _membership(one: Membership, cantine: str) -> dict[str, Any]:
    return {
        "canteen": cantine,
        "name": one.name,
        "until": one.until.isoformat(),
        "noted_at": one.noted_at.isoformat(),
        "kept_until": (one.until + KEPT_AFTER).isoformat(),
    }


def _person(kept: KeptPerson) -> dict[str, Any]:
    person = kept.person
    return {
        "name": person.contact.name,
        "reached_at": person.address,
        "language": person.contact.language,
        "since": person.since.isoformat(),
        "last_seen": person.seen_at.isoformat(),
        "kept_until": kept.until.isoformat(),
        "called_to_cook_by": list(kept.callers),
        "asked_to_cook": [
            {"meal": meal, "asked_at": at.isoformat(), "replied": reply} for meal, at, reply in kept.asked
        ],
        "usual_places": [
            {
                "canteen": one.cantine,
                "weekday": one.weekday,
                "time": one.meal_starts.isoformat(),
                "people": one.party.seats,
                "cooks": one.party.cooks,
                "children": one.party.children,
                "since": one.since.isoformat(),
                "rests_since": _instant(one.paused_at),
            }
            for one in kept.places
        ],
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
