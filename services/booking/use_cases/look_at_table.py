"""Staff look at the meals of their cantines and at who comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.booking.domain.attendance import Count, door_is_open
from services.booking.domain.errors import UnknownMeal
from services.booking.domain.greeters import pairs
from services.booking.domain.guests import Guest, coming, guests_of
from services.booking.domain.needs import Need, Needs, are_kept, counted, lowered, room_for
from services.booking.domain.staff import Staff, short_name
from services.booking.store import bookings, door, sittings
from services.booking.store import needs as needs_store
from services.booking.store import staff as staff_store
from services.booking.store.door import Together, WalkIn
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.sitting import SittingNotice
from shared.messaging.service import Service

BACK, AHEAD = timedelta(hours=20), timedelta(days=7)  # a meal of this morning is still of today


@dataclass(frozen=True, kw_only=True)
class Table:
    """One meal with its guests, as a member of staff sees it at an instant.

    `marks` says how many of each booking came (0: absent), of those who were checked in; all of it is `count`ed. The
    last of them that one press marked `together` can be taken back.
    `needs` says what those who told it do not eat, and need to come and sit.
    """

    sitting: SittingNotice
    guests: list[Guest]
    now: datetime
    marks: dict[str, int] = field(default_factory=dict)
    together: Together | None = None
    walk_ins: list[WalkIn] = field(default_factory=list)
    needs: dict[str, Needs] = field(default_factory=dict, repr=False)
    count: Count = field(default_factory=Count)

    @property
    def door_is_open(self) -> bool:
        """Whether guests can be checked in now."""
        return door_is_open(self.sitting, self.now)

    @property
    def unmarked(self) -> int:
        """How many bookings are expected, and nobody has said whether they came."""
        return sum(one.comes and one.booking.id not in self.marks for one in self.guests)

    @property
    def coming(self) -> Party:
        """All who are expected."""
        return coming(self.guests)

    @property
    def waiting(self) -> int:
        """How many bookings wait for a place."""
        return sum(one.became.status is BookingStatus.WAITLISTED for one in self.guests)

    @property
    def kitchen_needs(self) -> list[Need]:
        """What those who are expected do not eat, together, against the menu."""
        return counted(self._needs_of_who_comes(), self.sitting)

    @property
    def room_needs(self) -> dict[str, int]:
        """How many of those who are expected need what to come and sit."""
        return room_for(self._needs_of_who_comes())

    def _needs_of_who_comes(self) -> list[Needs]:
        expected = (one.booking.id for one in self.guests if one.comes)
        return [self.needs[one] for one in expected if one in self.needs]

    @property
    def first_visits(self) -> int:
        """How many bookings are expected of people who come for the first time."""
        return sum(one.comes and one.booking.newcomer for one in self.guests)

    @property
    def to_welcome(self) -> list[tuple[str, str | None]]:
        """Who comes for the first time and would like company, each with who could welcome them: first names, with an
        initial, since there may be two Jeannes.
        """
        found = pairs(one.booking for one in self.guests if one.comes)
        return [
            (short_name(new.contact.name or ""), short_name(greeter.contact.name or "") if greeter else None)
            for new, greeter in found
        ]

    @property
    def late(self) -> int:
        """How many bookings were changed or cancelled after the cutoff."""
        return sum(one.late for one in self.guests)

    @property
    def checking(self) -> bool:
        """Whether capacity has not yet answered all of them."""
        return any(one.became.checking for one in self.guests)


def find_staff(service: Service, staff_id: str) -> Staff | None:
    """A member of staff as they stand now; None if they are unknown or were removed."""
    with service.read() as conn:
        return staff_store.find(conn, staff_id)


def was_heard_of(service: Service, staff_id: str) -> bool:
    """Whether anything was ever heard of this member of staff."""
    with service.read() as conn:
        return staff_store.is_known(conn, staff_id)


def look_at_meals(service: Service, staff: Staff) -> list[Table]:
    """The meals of their cantines from this morning on, for a week, soonest first."""
    with service.read() as conn:
        now = service.clock.now(conn)
        meals = sittings.between(conn, now - BACK, now + AHEAD, staff.sees_meals_of)
        booked = bookings.of_sittings(conn, [one.thing for one in meals])
        told = needs_store.of_meals(conn, [one.thing for one in meals if are_kept(one, now)])
    tables = []
    for one in meals:
        guests = guests_of(booked.get(one.thing, []), one, staff)
        tables.append(Table(sitting=one, guests=guests, now=now, needs=_at_table(told.get(one.thing, {}), guests)))
    return tables


def look_at_table(service: Service, staff: Staff, sitting_id: str) -> Table:
    """One meal of their cantines. Raises UnknownMeal, also if it is not theirs."""
    with service.read() as conn:
        sitting = sittings.find(conn, sitting_id)
        if sitting is None or not staff.looks_after(sitting.cantine.slug):
            raise UnknownMeal
        booked, now = bookings.of_sittings(conn, [sitting_id]).get(sitting_id, []), service.clock.now(conn)
        told = needs_store.of_meals(conn, [sitting_id]) if are_kept(sitting, now) else {}
        guests = guests_of(booked, sitting, staff)
        return Table(
            sitting=sitting,
            guests=guests,
            now=now,
            needs=_at_table(told.get(sitting_id, {}), guests),
            marks=door.marks(conn, sitting_id),
            together=door.marked_together(conn, sitting_id),
            walk_ins=door.walk_ins(conn, sitting_id),
            count=door.count(conn, sitting_id),
        )


def _at_table(told: Mapping[str, Needs], guests: Iterable[Guest]) -> dict[str, Needs]:
    """What was told, of no more people than have a place now: some may have been told of a larger party that waits."""
    theirs = (
        (one.booking.id, lowered(told[one.booking.id], one.became.party)) for one in guests if one.booking.id in told
    )
    return {booking: needs for booking, needs in theirs if needs.any}
