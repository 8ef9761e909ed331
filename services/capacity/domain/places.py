"""The two scarce things of a sitting, seats and cook places: how many there are, held, and lacking."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.rules import WaitingRules
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus, WaitlistPolicy


class Scarce(StrEnum):
    """What a party may have to wait for."""

    SEATS = "seats"
    COOK_PLACES = "cook_places"
    OWN_SEATS = "own_seats"  # of a party in which all who are new cook: they may bring the seats that they take


Needs = frozenset[Scarce]


def needs(held: Party, wished: Party) -> Needs:
    """What must be free for `wished` to sit where `held` sits: nothing, if the party takes no more than before."""
    wanted = set()
    if wished.seats > held.seats:
        wanted.add(Scarce.SEATS)
    if wished.cooks > held.cooks:
        wanted.add(Scarce.COOK_PLACES)
    return frozenset(wanted)


def waits_for(held: Party, wished: Party) -> Needs:
    """In which queue a party stands while `wished` cannot sit where `held` sits."""
    needed = needs(held, wished)
    if Scarce.SEATS in needed and wished.cooks - held.cooks == wished.seats - held.seats:
        return needed - {Scarce.SEATS} | {Scarce.OWN_SEATS}
    return needed


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many people can eat, and how many of them can cook."""

    seats: int
    cook_places: int


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """The facts of a sitting on which seats are decided.

    `held` counts all people with a seat, cooks included, and those for whom one is kept while they are asked;
    `cooks_held` the cooks among them. `overhang` is by how much `held` is above the limit, because the limit was
    lowered or cooks withdrew: nobody loses a seat, and nobody new gets one. Only once `confirmed_only` does the limit
    follow those who cook; before, it follows the plan. `offered` is how many bookings are asked, which begins
    `offers_hours` before the cutoff; `untaken` how many seats were offered, found nobody, and stand free. `cutoff_at`
    is UTC. While cooks are called for, until `called_until` (UTC), the cutoff is none for parties of cooks. A sitting
    that does not exist is one to which nobody can come.
    """

    id: str
    status: SittingStatus
    cutoff_at: datetime
    kitchen: Kitchen
    confirmed_only: bool = False
    held: int = 0
    cooks_held: int = 0
    overhang: int = 0
    cook_overhang: int = 0
    waitlist_length: int = 0
    waitlist_closed: bool = False
    policy: WaitlistPolicy = WaitlistPolicy.STRICT
    offers_hours: int = 0
    offered: int = 0
    untaken: int = 0
    zone: str = "UTC"
    called_until: datetime | None = None
    exists: bool = True

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return Limits(seats=self.seats_with(self.cooks_held), cook_places=self.kitchen.cook_places)

    def seats_with(self, cooks: int) -> int:
        """How many could eat, if so many had a place to cook."""
        return self.kitchen.seats(cooks if self.confirmed_only else self.kitchen.planned)

    @property
    def seats_left(self) -> int:
        """Free seats."""
        return max(0, self.limits.seats - self.held)

    @property
    def cook_places_left(self) -> int:
        """Free cook places. A cook also needs a seat: when none is left, one that is held or brought."""
        return max(0, self.kitchen.cook_places - self.cooks_held)

    @property
    def may_take_place(self) -> bool:
        """Whether it is not called off."""
        return self.status is not SittingStatus.CANCELLED

    @property
    def at_risk(self) -> bool:
        """Whether more people are coming than the limits allow: a person must decide what to do."""
        return self.overhang > 0 or self.cook_overhang > 0

    def takes_bookings(self, now: datetime) -> bool:
        """Whether one can ask for a seat: if none is left, one waits."""
        return self.status is SittingStatus.OPEN and now < self.cutoff_at

    def too_few_for(self, party: Party) -> Needs:
        """Of what there is too little for this party even if nobody else ate, and all cook places were taken."""
        short = set()
        if party.seats > max(self.limits.seats, self.kitchen.seats(self.kitchen.cook_places)):
            short.add(Scarce.SEATS)
        if party.cooks > self.kitchen.cook_places:
            short.add(Scarce.COOK_PLACES)
        return frozenset(short)

    def lacking(self, held: Party, wished: Party, held_up: Needs = frozenset()) -> Needs:
        """Of what too little is free to seat `wished` where `held` sits; nothing if it fits.

        It fits if no more people sit than can eat. Cooks who bring at least the seats that they take always fit: also
        while more sit than can eat, for that mends it, and while seats are `held_up` for who asked before them.
        """
        wanted = needs(held, wished)
        cooks = self.cooks_held + wished.cooks - held.cooks
        free = self.limits.seats - self.held
        left = self.seats_with(cooks) - self.held - wished.seats + held.seats
        enough = set()
        if left >= (free if Scarce.SEATS in held_up else min(0, free)):
            enough.add(Scarce.SEATS)
        if cooks <= self.kitchen.cook_places:
            enough.add(Scarce.COOK_PLACES)
        return wanted - enough

    def reseated(self, before: Party, after: Party) -> "Sitting":
        """As it stands when `after` sits where `before` sat. What is released shrinks the overhang first.

        When cooks withdraw the limit may fall, and then as many sit beyond it as sit beyond it.
        """
        now = replace(
            self,
            held=self.held + after.seats - before.seats,
            cooks_held=self.cooks_held + after.cooks - before.cooks,
        )
        if now.limits.seats < self.limits.seats:
            return now.overhanging()
        beyond = now.overhanging()
        return replace(
            now,
            overhang=min(self.overhang, beyond.overhang),
            cook_overhang=min(self.cook_overhang, beyond.cook_overhang),
        )

    def overhanging(self) -> "Sitting":
        """As it stands when all who hold a seat keep it, whatever the limits: the rest is overhang."""
        return replace(
            self,
            overhang=max(0, self.held - self.limits.seats),
            cook_overhang=max(0, self.cooks_held - self.kitchen.cook_places),
        )

    def under(self, kitchen: Kitchen, *, confirmed_only: bool) -> "Sitting":
        """As it stands in another kitchen, or when only confirmed cooks count."""
        return replace(self, kitchen=kitchen, confirmed_only=confirmed_only).overhanging()

    def ruled(self, rules: WaitingRules) -> "Sitting":
        """As it stands when its waiting list follows these rules."""
        return replace(self, policy=rules.policy, offers_hours=rules.offers_hours)


def nowhere(sitting: str, now: datetime) -> Sitting:
    """Stands for a sitting that capacity does not know."""
    kitchen = Kitchen(room=0, cook_places=0)
    return Sitting(id=sitting, status=SittingStatus.CLOSED, cutoff_at=now, kitchen=kitchen, exists=False)
