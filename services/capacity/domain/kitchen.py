"""The kitchen rule: how many can eat depends on how many cook.

    seats = min(room, ⌊base + per cook × cooks⌋, equipment)

The example that all figures are checked against is ⌊23.5 + 1.5 × cooks⌋: 7 cooks give 34 seats, 11 give 40. A cook
eats too, so the seats are for everybody. `base` and `per_cook` are whole hundredths of a meal: nothing is rounded on
the way.
"""

from dataclasses import dataclass, fields, replace
from datetime import time
from enum import StrEnum

from services.capacity.domain.allotments import (
    HOURS,
    MAX_HOURS,
    MAX_NAME,
    MOST_PARTNERS,
    NEWCOMERS,
    WALK_INS,
    Allotment,
    Partner,
)
from services.capacity.domain.flaws import Flaw, Flawed
from services.capacity.domain.hours import MAX_DAYS_BEFORE, HourBefore
from shared.text import is_storable

MEAL = 100  # hundredths
MAX_SEATS = 500
MAX_PER_COOK = 50 * MEAL
MAX_MONTHLY = 5000  # meals of a partner
COUNTS_FROM = HourBefore(days=1, at=time(20, 0))


class FlawedKitchen(Flawed):
    """A kitchen cannot be as written."""


@dataclass(frozen=True, kw_only=True)
class Hands:
    """How many meals can be cooked: so many whoever comes, and so many more for each cook. In hundredths of a meal."""

    base: int
    per_cook: int

    def meals(self, cooks: int) -> int:
        """Whole meals with so many cooks, those that the cooks eat included."""
        return (self.base + self.per_cook * cooks) // MEAL


class Bound(StrEnum):
    """What besides the chairs bounds how many can eat."""

    COOKS = "cooks"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, kw_only=True)
class Kitchen:
    """What a kitchen and its dining room can do.

    `room` is how many can sit, `equipment` how many meals the pots and plates allow (None: no matter), `hands` what the
    cooks can do (None: no matter who cooks). Until the hour `counts_from` the planned number of cooks counts (None: as
    many as there are cook places), from then on only those who have a place. One booking may be for `largest_party`
    people at most (None: for as many as there are seats), and all bookings that share a contact or a partner together
    for `group_cap` (None: no matter).

    Of the seats some are kept for newcomers, for who comes without reserving, and for each of the `partners`, until so
    many hours before booking closes (0: to the end).
    """

    room: int = 35
    cook_places: int = 10
    planned_cooks: int | None = None
    hands: Hands | None = None
    equipment: int | None = None
    counts_from: HourBefore = COUNTS_FROM
    largest_party: int | None = None
    group_cap: int | None = None
    newcomer_seats: int = 0
    newcomer_hours: int = HOURS
    walk_in_seats: int = 0
    walk_in_hours: int = 0
    partners: tuple[Partner, ...] = ()

    @property
    def allotments(self) -> tuple[Allotment, ...]:
        """For whom how many seats are kept. Where too few are free, the first keep theirs."""
        if not (self.newcomer_seats or self.walk_in_seats or self.partners):
            return ()
        every = (
            Allotment(kind=NEWCOMERS, seats=self.newcomer_seats, hours=self.newcomer_hours),
            *(Allotment(kind=one.id, seats=one.seats, hours=one.hours) for one in self.partners),
            Allotment(kind=WALK_INS, seats=self.walk_in_seats, hours=self.walk_in_hours),
        )
        return tuple(one for one in every if one.seats)

    def partner(self, kind: str | None) -> Partner | None:
        """The partner whose bookings are of this kind, if any."""
        return next((one for one in self.partners if one.id == kind), None) if kind else None

    def cap_of_group(self, kind: str | None = None) -> int | None:
        """For how many people the bookings of a group can be together, if this is their kind; None if that does not
        matter. A partner may fill the seats that are kept for it.
        """
        partner = self.partner(kind)
        return self.group_cap if self.group_cap is None or not partner else max(self.group_cap, partner.seats)

    def most_on_one_booking(self, kind: str | None = None) -> int | None:
        """For how many people one booking of this kind can be at most; None if that does not matter."""
        most = (self.largest_party, self.cap_of_group(kind))
        return min((one for one in most if one is not None), default=None)

    @property
    def planned(self) -> int:
        """How many cooks are planned."""
        return self.cook_places if self.planned_cooks is None else self.planned_cooks

    @property
    def ceiling(self) -> int:
        """How many could eat however many cooked."""
        return self.room if self.equipment is None else min(self.room, self.equipment)

    def seats(self, cooks: int) -> int:
        """How many can eat when so many cook; they are among them."""
        return self.ceiling if self.hands is None else min(self.ceiling, self.hands.meals(cooks))

    def bounds(self, cooks: int) -> tuple[Bound, ...]:
        """Why fewer can eat than find a chair when so many cook: all of these must change for one more to eat. Nothing,
        if it is the chairs.
        """
        seats = self.seats(cooks)
        if seats == self.room:
            return ()
        by_cooks = self.hands is not None and self.hands.meals(cooks) == seats
        by_equipment = self.equipment == seats
        return (*((Bound.COOKS,) if by_cooks else ()), *((Bound.EQUIPMENT,) if by_equipment else ()))


@dataclass(frozen=True, kw_only=True)
class OwnKitchen:
    """What is otherwise at one sitting than usual in its kitchen; None is as usual, as far as there is room for it."""

    room: int | None = None
    cook_places: int | None = None
    planned_cooks: int | None = None
    hands: Hands | None = None
    equipment: int | None = None
    counts_from: HourBefore | None = None
    largest_party: int | None = None
    group_cap: int | None = None
    newcomer_seats: int | None = None
    newcomer_hours: int | None = None
    walk_in_seats: int | None = None
    walk_in_hours: int | None = None
    partner_seats: tuple[tuple[str, int], ...] | None = None

    def within(self, usual: Kitchen) -> Kitchen:
        """The kitchen at this sitting."""
        own = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "partner_seats"}
        seats = dict(self.partner_seats or ())
        partners = tuple(replace(one, seats=seats.get(one.id, one.seats)) for one in usual.partners)
        kitchen = replace(usual, partners=partners, **{name: value for name, value in own.items() if value is not None})
        if self.cook_places is None:
            kitchen = replace(kitchen, cook_places=min(kitchen.cook_places, kitchen.ceiling))
        if self.planned_cooks is None and kitchen.planned_cooks is not None:
            kitchen = replace(kitchen, planned_cooks=min(kitchen.planned_cooks, kitchen.cook_places))
        return kitchen


AS_USUAL = OwnKitchen()


def flaws_of(kitchen: Kitchen) -> dict[str, Flaw]:
    """What is wrong with a kitchen, by field; nothing, if it can be so."""
    flaws: dict[str, Flaw] = {}
    if not 0 <= kitchen.room <= MAX_SEATS:
        flaws["seats"] = Flaw.OUT_OF_RANGE
    if kitchen.equipment is not None and not 0 <= kitchen.equipment <= MAX_SEATS:
        flaws["equipment"] = Flaw.OUT_OF_RANGE
    if not 0 <= kitchen.cook_places <= MAX_SEATS:
        flaws["cook_places"] = Flaw.OUT_OF_RANGE
    elif not flaws and kitchen.cook_places > kitchen.ceiling:
        flaws["cook_places"] = Flaw.MORE_COOKS_THAN_SEATS
    if kitchen.planned_cooks is not None and kitchen.planned_cooks < 0:
        flaws["planned_cooks"] = Flaw.OUT_OF_RANGE
    elif kitchen.planned > kitchen.cook_places:
        flaws["planned_cooks"] = Flaw.MORE_COOKS_THAN_PLACES
    if kitchen.hands and not 0 <= kitchen.hands.base <= MAX_SEATS * MEAL:
        flaws["base"] = Flaw.OUT_OF_RANGE
    if kitchen.hands and not 0 <= kitchen.hands.per_cook <= MAX_PER_COOK:
        flaws["per_cook"] = Flaw.OUT_OF_RANGE
    if not 0 <= kitchen.counts_from.days <= MAX_DAYS_BEFORE:
        flaws["counts_from_days"] = Flaw.OUT_OF_RANGE
    for field, most in (("largest_party", kitchen.largest_party), ("group_cap", kitchen.group_cap)):
        if most is not None and not 1 <= most <= MAX_SEATS:
            flaws[field] = Flaw.NOBODY_MAY_COME
    return flaws | _flawed_allotments(kitchen, with_seats=not flaws)


def most_in(kitchen: Kitchen) -> dict[str, int]:
    """How much a field of a kitchen may be at most because of the others."""
    return {"cook_places": kitchen.ceiling, "planned_cooks": kitchen.cook_places}


def _flawed_allotments(kitchen: Kitchen, *, with_seats: bool) -> dict[str, Flaw]:
    flaws: dict[str, Flaw] = {}
    for field, number, most in (
        ("newcomer_seats", kitchen.newcomer_seats, MAX_SEATS),
        ("newcomer_hours", kitchen.newcomer_hours, MAX_HOURS),
        ("walk_in_seats", kitchen.walk_in_seats, MAX_SEATS),
        ("walk_in_hours", kitchen.walk_in_hours, MAX_HOURS),
    ):
        if not 0 <= number <= most:
            flaws[field] = Flaw.OUT_OF_RANGE
    for number, partner in enumerate(kitchen.partners):
        flaws |= {f"partner_{number}_{field}": flaw for field, flaw in _flawed_partner(partner, kitchen).items()}
    if len(kitchen.partners) > MOST_PARTNERS:
        flaws[f"partner_{MOST_PARTNERS}_name"] = Flaw.OUT_OF_RANGE
    if with_seats and not flaws and sum(one.seats for one in kitchen.allotments) > kitchen.seats(kitchen.planned):
        flaws[_field_of(kitchen.allotments[0].kind, kitchen)] = Flaw.MORE_KEPT_THAN_SEATS
    return flaws


def _flawed_partner(partner: Partner, kitchen: Kitchen) -> dict[str, Flaw]:
    flaws: dict[str, Flaw] = {}
    if not partner.name:
        flaws["name"] = Flaw.MISSING
    elif len(partner.name) > MAX_NAME:
        flaws["name"] = Flaw.TOO_LONG
    elif not is_storable(partner.name):
        flaws["name"] = Flaw.UNREADABLE
    elif sum(one.name.casefold() == partner.name.casefold() for one in kitchen.partners) > 1:
        flaws["name"] = Flaw.SAME_NAME
    for field, number, most in (
        ("seats", partner.seats, MAX_SEATS),
        ("monthly", partner.monthly or 0, MAX_MONTHLY),
        ("hours", partner.hours, MAX_HOURS),
    ):
        if not 0 <= number <= most:
            flaws[field] = Flaw.OUT_OF_RANGE
    return flaws


def _field_of(kind: str, kitchen: Kitchen) -> str:
    """In which field one wrote how many seats are kept for this kind."""
    fixed = {NEWCOMERS: "newcomer_seats", WALK_INS: "walk_in_seats"}
    numbers = {one.id: number for number, one in enumerate(kitchen.partners)}
    return fixed.get(kind) or f"partner_{numbers[kind]}_seats"


def check_kitchen(kitchen: Kitchen) -> None:
    """Make sure that a kitchen can be so. Raises FlawedKitchen."""
    if flaws := flaws_of(kitchen):
        raise FlawedKitchen(flaws, most_in(kitchen))
