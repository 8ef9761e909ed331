"""Members of a cantine's association: the team notes them, sees them, and takes a slip of the finger back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from services.booking.domain.booking import Booking
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.contact import Contact
from services.booking.domain.errors import UnknownBooking, UnknownMeal
from services.booking.domain.membership import (
    KEPT_AFTER,
    Known,
    Membership,
    Sought,
    known,
    noted,
    renewed,
    taken_back,
    ways_to,
)
from services.booking.domain.staff import Staff
from services.booking.store import bookings, memberships, sittings
from shared.contracts.reply import CONTACT
from shared.contracts.sitting import Cantine, SittingNotice
from shared.links import Links
from shared.messaging.service import Service, UnitOfWork
from shared.text import plain


@dataclass(frozen=True, kw_only=True)
class Members:
    """All who are noted at a cantine, by name, on its local day, now (UTC)."""

    cantine: Cantine
    today: date
    now: datetime
    members: Sequence[Membership]


@dataclass(frozen=True, kw_only=True)
class Register:
    """Who is a member, as the team of a cantine keeps it."""

    service: Service
    links: Links

    def among(self, staff: Staff, meal: SittingNotice, guests: Iterable[Booking]) -> Mapping[str, Known]:
        """What is known of these guests of a meal, by booking; nothing for staff who do not see names."""
        named = [one for one in guests if one.contact.name and not one.erased]
        if not staff.sees_names or not named:
            return {}
        with self.service.read() as conn:
            now = self.service.clock.now(conn)
            return self._known(conn, meal.cantine, {one.id: self.sought(one) for one in named}, now)

    def note(
        self, staff: Staff, sitting_id: str, booking_id: str, until: date | None, namesake: str | None = None
    ) -> None:
        """The guest of a booking is a member for a year (more). `until` is what the page showed, None if nothing:
        pressed twice, or by two, it is noted once. Who has no contact may be a `namesake` (by id), whose membership it
        is then. Raises UnknownMeal, UnknownBooking.
        """
        with self.service.work() as work:
            cantine, who = self._guest(work, staff, sitting_id, booking_id)
            found = self._known(work.conn, cantine, {booking_id: who}, work.now)[booking_id]
            if namesake:
                found = replace(found, own=next((one for one in found.namesakes if one.id == namesake), found.own))
            found = _still_there(work, found)
            if (found.own and found.own.until) == until and found.may_be_noted:
                new = noted(who, found, new_id=uuid4().hex, cantine=cantine.slug, by=staff.id)
                memberships.keep(work.conn, new)

    def note_by_name(self, by: str, cantine: Cantine, contact: Contact, key: str, *, another: bool) -> None:
        """Somebody is a member for a year (more), whether they have booked or not, as one of the staff (`by`) says; the
        same key once, a renewal once a day. `another` if they are not who is on the list by that name. Raises
        InvalidInput: they are noted already, for long, or may be.
        """
        with self.service.work() as work:
            memberships.lock_cantine(work.conn, cantine.slug)
            if memberships.is_there(work.conn, key):
                return
            who = self._sought_by(contact.name or "", contact.email, contact.phone)
            found = _still_there(work, self._known(work.conn, cantine, {key: who}, work.now)[key])
            if found.own and found.own.before and found.own.noted_by == by and found.may_be_taken_back:
                return
            if not found.may_be_noted:
                raise InvalidInput({"name": Complaint.MEMBER_ALREADY})
            if not (found.own or another) and memberships.like(work.conn, cantine.slug, {who.known_as}, ()):
                raise InvalidInput({"another": Complaint.MEMBER_NAMESAKE})
            memberships.keep(work.conn, noted(who, found, new_id=key, cantine=cantine.slug, by=by))

    def renew(self, staff: Staff, membership_id: str, until: date) -> None:
        """A member, until this day as the page showed, is one for a year more: pressed twice, or by two, once."""
        with self.service.work() as work:
            one = memberships.lock(work.conn, membership_id)
            if one is None or one.until != until or not staff.looks_after(one.cantine):
                return
            cantine = sittings.cantine_of(work.conn, one.cantine)
            if cantine and one.may_renew(today := _today(cantine, work.now)):
                memberships.keep(work.conn, renewed(one, today, work.now, by=staff.id))

    def recognise(self, staff: Staff, sitting_id: str, booking_id: str, membership_id: str) -> None:
        """The guest of a booking is the member of the same name: from now on by the contact of this booking.

        Raises UnknownMeal, UnknownBooking.
        """
        with self.service.work() as work:
            cantine, who = self._guest(work, staff, sitting_id, booking_id)
            one = memberships.lock(work.conn, membership_id)
            if one and one.cantine == cantine.slug and one.known_as == who.known_as:
                memberships.keep(work.conn, who.recognised(one))

    def take_back(self, staff: Staff, membership_id: str, until: date) -> None:
        """What was noted last, until this day, a moment ago, was a mistake: it is as it was before."""
        with self.service.work() as work:
            one = memberships.lock(work.conn, membership_id)
            if one is None or one.until != until or not staff.looks_after(one.cantine):
                return
            if not one.may_be_taken_back(work.now):
                return
            before = taken_back(one)
            if before:
                memberships.keep(work.conn, before)
            else:
                memberships.remove(work.conn, one.id)

    def remove(self, staff: Staff, membership_id: str) -> str | None:
        """They are a member no more. Returns their name, if they were one where somebody of the staff looks after."""
        with self.service.work() as work:
            one = memberships.lock(work.conn, membership_id)
            if one is None or not staff.looks_after(one.cantine):
                return None
            memberships.remove(work.conn, one.id)
            return one.name

    def sought(self, guest: Booking) -> Sought:
        """The guest of a booking, as members are compared with them."""
        return self._sought_by(guest.contact.name or "", *ways_to(guest))

    def _guest(self, work: UnitOfWork, staff: Staff, sitting_id: str, booking_id: str) -> tuple[Cantine, Sought]:
        meal = sittings.find(work.conn, sitting_id)
        if meal is None or not staff.looks_after(meal.cantine.slug):
            raise UnknownMeal
        memberships.lock_cantine(work.conn, meal.cantine.slug)
        guest = bookings.find(work.conn, booking_id)
        if guest is None or guest.sitting != sitting_id or not guest.contact.name or guest.erased:
            raise UnknownBooking
        return meal.cantine, self.sought(guest)

    def _sought_by(self, name: str, email: str | None, phone: str | None) -> Sought:
        return Sought(
            name=name,
            emails=marks_of(self.links, email) if email else (),
            phones=marks_of(self.links, phone) if phone else (),
        )

    def _known(self, conn: Connection, cantine: Cantine, some: Mapping[str, Sought], now: datetime) -> dict[str, Known]:
        marks = {mark for one in some.values() for mark in one.marks}
        found = memberships.like(conn, cantine.slug, {one.known_as for one in some.values()}, marks)
        today = _today(cantine, now)
        return {id: known(who, found, today, now) for id, who in some.items()}


def look_at_members(service: Service, staff: Staff) -> list[Members]:
    """Those of the cantines that somebody looks after, also between two seasons, by city and name."""
    with service.read() as conn:
        now = service.clock.now(conn)
        slugs = [slug for slug in sittings.all_cantines(conn) if staff.looks_after(slug)]
        found = [one for slug in slugs if (one := sittings.cantine_of(conn, slug))]
        return [
            Members(
                cantine=one,
                today=_today(one, now),
                now=now,
                members=_by_name(memberships.of_cantine(conn, one.slug)),
            )
            for one in found
        ]


def forget_memberships(service: Service) -> int:
    """Forget those that lapsed long ago. Returns how many."""
    with service.work() as work:
        return memberships.forget(work.conn, (work.now - KEPT_AFTER).date())


def marks_of(links: Links, address: str) -> tuple[str, ...]:
    """What stands for an address or a number: the newest first, then under older keys."""
    return links.marks(CONTACT, address.casefold())


def _by_name(some: Iterable[Membership]) -> list[Membership]:
    return sorted(some, key=lambda one: (plain(one.name), one.id))


def _today(cantine: Cantine, now: datetime) -> date:
    return now.astimezone(ZoneInfo(cantine.zone)).date()


def _still_there(work: UnitOfWork, found: Known) -> Known:
    """What is known with the membership locked, if nobody was forgotten meanwhile."""
    return replace(found, own=memberships.lock(work.conn, found.own.id)) if found.own else found
