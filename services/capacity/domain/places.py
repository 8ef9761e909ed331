"""The two scarce things of a sitting, seats and cook places: how many there are, held, and lacking."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus, WaitlistPolicy


class Scarce(StrEnum):
    """What a party may have to wait for."""

    SEATS = "seats"
    COOK_PLACES = "cook_places"


Needs = frozenset[Scarce]


def needs(held: Party, wished: Party) -> Needs:
    """What must be free for `wished` to sit where `held` sits: nothing, if the party takes no more than before."""
    wanted = set()
    if wished.seats > held.seats:
        wanted.add(Scarce.SEATS)
    if wished.cooks > held.cooks:
        wanted.add(Scarce.COOK_PLACES)
    return frozenset(wanted)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many people can sit at the table, and how many of them can cook."""

    seats: int
    cook_places: int

    def too_few_for(self, party: Party) -> Needs:
        """Of what there is too little for this party even if nobody else came."""
        short = set()
        if party.seats > self.seats:
            short.add(Scarce.SEATS)
        if party.cooks > self.cook_places:
            short.add(Scarce.COOK_PLACES)
        return frozenset(short)


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """The facts of a sitting on which seats are decided.

    `held` counts all people with a seat, cooks included; `cooks_held` the cooks among them. `overhang` is by how much
    `held` is above the limit, because the limit was lowered: nobody loses a seat, and nobody new gets one.
    `cutoff_at` is UTC. A sitting that does not exist is one to which nobody can come.
    """

    id: str
    status: SittingStatus
    cutoff_at: datetime
    limits: Limits
    held: int = 0
    cooks_held: int = 0
    overhang: int = 0
    cook_overhang: int = 0
    waitlist_length: int = 0
    waitlist_closed: bool = False
    policy: WaitlistPolicy = WaitlistPolicy.STRICT
    exists: bool = True

    @property
    def seats_left(self) -> int:
        """Free seats."""
        return max(0, self.limits.seats - self.held)

    @property
    def cook_places_left(self) -> int:
        """Free cook places. A cook also needs a seat: when none is left, they are for those who have one."""
        return max(0, self.limits.cook_places - self.cooks_held)

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

    def lacking(self, held: Party, wished: Party) -> Needs:
        """Of what too little is free to seat `wished` where `held` sits; nothing if it fits."""
        wanted = needs(held, wished)
        enough = set()
        if self.held + wished.seats - held.seats <= self.limits.seats:
            enough.add(Scarce.SEATS)
        if self.cooks_held + wished.cooks - held.cooks <= self.limits.cook_places:
            enough.add(Scarce.COOK_PLACES)
        return wanted - enough

    def reseated(self, before: Party, after: Party) -> "Sitting":
        """As it stands when `after` sits where `before` sat. What is released shrinks the overhang first."""
        held = self.held + after.seats - before.seats
        cooks_held = self.cooks_held + after.cooks - before.cooks
        return replace(
            self,
            held=held,
            cooks_held=cooks_held,
            overhang=min(self.overhang, max(0, held - self.limits.seats)),
            cook_overhang=min(self.cook_overhang, max(0, cooks_held - self.limits.cook_places)),
        )

    def overhanging(self) -> "Sitting":
        """As it stands when all who hold a seat keep it, whatever the limits: the rest is overhang."""
        return replace(
            self,
            overhang=max(0, self.held - self.limits.seats),
            cook_overhang=max(0, self.cooks_held - self.limits.cook_places),
        )

    def limited(self, limits: Limits) -> "Sitting":
        """As it stands under other limits."""
        return replace(self, limits=limits).overhanging()


def nowhere(sitting: str, now: datetime) -> Sitting:
    """Stands for a sitting that capacity does not know."""
    limits = Limits(seats=0, cook_places=0)
    return Sitting(id=sitting, status=SittingStatus.CLOSED, cutoff_at=now, limits=limits, exists=False)
