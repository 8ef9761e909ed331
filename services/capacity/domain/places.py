"""The two scarce things of a sitting, seats and cook places: how many there are, held, and lacking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

from services.capacity.domain.allotments import WALK_INS, Allotment
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.rules import WaitingRules
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from shared.copies import changed


class Scarce(StrEnum):
    """What a party may have to wait for."""

    SEATS = "seats"
    COOK_PLACES = "cook_places"
    OWN_SEATS = "own_seats"  # of a party in which all who are new cook: they may bring the seats that they take
    MEALS = "meals"  # of its month, to a partner: nobody stands in line for them


Needs = frozenset[Scarce]
_NOTHING, _MEALS = Needs(), Needs({Scarce.MEALS})


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


class Spare(Enum):
    """Which free seats a party may take while others wait before it."""

    ALL = auto()  # that are open to all, or kept for its kind
    KEPT = auto()  # only those kept for its kind: others wait for the rest
    NONE = auto()  # only those that it brings


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

    `taken_by` says how many of those held are of which kind of booking, but for anybody's. Of the kinds for which seats
    were kept, `released` are those whose hour has come, and `let_go` those whose seats a person has released before it.
    `allowances` says of partners how many of their people may be here, so that the meals of their month are enough.
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
    taken_by: Mapping[str, int] = field(default_factory=dict)
    released: frozenset[str] = frozenset()
    let_go: frozenset[str] = frozenset()
    allowances: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return Limits(seats=self.seats_with(self.cooks_held), cook_places=self.kitchen.cook_places)

    def seats_with(self, cooks: int) -> int:
        """How many could eat, if so many had a place to cook."""
        return self.kitchen.seats(self._counted(cooks))

    @property
    def cooks_counted(self) -> int:
        """With how many cooks it is reckoned how many can eat."""
        return self._counted(self.cooks_held)

    def _counted(self, cooks: int) -> int:
        return cooks if self.confirmed_only else self.kitchen.planned

    @property
    def chairs_left(self) -> int:
        """How many more find a chair and a plate, however many cook.

        In a room of 4 where 2 cooks make meals for 4 and one makes meals for 2: one of the cooks only eats now, so 4
        come and 2 can eat. Whoever comes to cook brings 2 meals and mends a part of it, but finds no chair.
        """
        return max(0, self.kitchen.ceiling - self.held)

    @property
    def free_seats(self) -> int:
        """Free seats, those that are kept for somebody included."""
        return max(0, self.limits.seats - self.held)

    @property
    def seats_left(self) -> int:
        """Free seats that anybody may have."""
        return self.free_seats - sum(self.still_kept.values())

    @property
    def still_kept(self) -> dict[str, int]:
        """How many free seats are kept for which kind of booking: as many as it has not taken yet.

        What is kept is never a reason to be at risk: where too few seats are free, fewer are kept, first of all for the
        last of the kitchen's allotments.
        """
        if not (allotments := self.kitchen.allotments):
            return {}
        kept, free = {}, self.free_seats
        for one in allotments:
            if self._is_kept(one):
                kept[one.kind] = min(free, max(0, one.seats - self.taken_by.get(one.kind, 0)))
                free -= kept[one.kind]
        return kept

    def _is_kept(self, one: Allotment) -> bool:
        return one.kind not in self.released and one.kind not in self.let_go

    def left_for(self, kind: str | None) -> int:
        """Free seats that bookings of this kind may have."""
        kept = self.still_kept
        return self.free_seats - sum(kept.values()) + kept.get(kind or "", 0)

    def pool(self, kind: str | None) -> str | None:
        """Where bookings of a kind find seats or meals that others have not: by the name of the kind, or None."""
        if kind is None:
            return None
        partner = self.kitchen.partner(kind)
        apart = (partner and partner.monthly is not None) or any(
            one.kind == kind and self._is_kept(one) for one in self.kitchen.allotments
        )
        return kind if apart else None

    @property
    def pools(self) -> list[str]:
        """All kinds of booking that may find seats or meals which others have not."""
        partners = [one.id for one in self.kitchen.partners if one.monthly is not None]
        kept = [one.kind for one in self.kitchen.allotments if one.kind != WALK_INS]
        return sorted({*partners, *kept})

    def release_at(self, one: Allotment) -> datetime | None:
        """When seats that are kept are released by the clock (UTC); None if they never are."""
        return self.cutoff_at - timedelta(hours=one.hours) if one.hours else None

    @property
    def next_release(self) -> datetime | None:
        """When the next of them are (UTC), if any."""
        instants = (self.release_at(one) for one in self.kitchen.allotments if self._is_kept(one))
        return min((instant for instant in instants if instant), default=None)

    def as_of(self, now: datetime) -> "Sitting":
        """As it stands at this instant: the seats whose hour has come are kept for nobody."""
        kitchen = self.kitchen
        due = {one.kind for one in kitchen.allotments if (at := self.release_at(one)) is not None and at <= now}
        return changed(self, released=self.released | due) if due - self.released else self

    def meals_left(self, kind: str | None) -> int | None:
        """How many more people a partner may have here, as far as the meals of its month go; None: no matter."""
        partner = self.kitchen.partner(kind)
        if partner is None or partner.monthly is None:
            return None
        return max(0, self.allowances.get(partner.id, partner.monthly) - self.taken_by.get(partner.id, 0))

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

    def too_few_for(self, party: Party, kind: str | None = None) -> Needs:
        """Of what there is too little for this party even if nobody else ate, and all cook places were taken. What is
        kept to the end for others is none of it.
        """
        short = set()
        to_the_end = (one for one in self.kitchen.allotments if not one.hours and self._is_kept(one))
        others = sum(one.seats for one in to_the_end if one.kind != kind)
        if party.seats > max(self.limits.seats, self.kitchen.seats(self.kitchen.cook_places)) - others:
            short.add(Scarce.SEATS)
        if party.cooks > self.kitchen.cook_places:
            short.add(Scarce.COOK_PLACES)
        return frozenset(short)

    def lacking(self, held: Party, wished: Party, kind: str | None = None, spare: Spare = Spare.ALL) -> Needs:
        """Of what too little is free to seat `wished` where `held` sits, in a booking of this kind; nothing if it fits.

        It fits if no more people sit than can eat, and none on what is kept for others. Cooks who bring at least the
        seats that they take fit wherever there are chairs: also while more sit than can eat, for that mends it, and
        while seats are held up for who asked before them (`spare`).
        """
        wanted = needs(held, wished)
        cooks = self.cooks_held + wished.cooks - held.cooks
        seats = wished.seats - held.seats
        limit = self.seats_with(self.cooks_held)
        free, own = limit - self.held, 0
        if kept := self.still_kept:
            own = kept.get(kind or "", 0)
            free += own - sum(kept.values())
        least = min(0, free) if spare is Spare.ALL else free - own if spare is Spare.KEPT else free
        enough = set()
        if free + self.seats_with(cooks) - limit - seats >= least and seats <= self.chairs_left:
            enough.add(Scarce.SEATS)
        if cooks <= self.kitchen.cook_places:
            enough.add(Scarce.COOK_PLACES)
        meals = self.meals_left(kind) if kind else None
        return wanted - enough | (_MEALS if meals is not None and seats > meals else _NOTHING)

    def reseated(self, before: Party, after: Party) -> "Sitting":
        """As it stands when `after` sits where `before` sat. What is released shrinks the overhang first.

        When cooks withdraw the limit may fall, and then as many sit beyond it as sit beyond it.
        """
        now = changed(
            self,
            held=self.held + after.seats - before.seats,
            cooks_held=self.cooks_held + after.cooks - before.cooks,
        )
        if now.limits.seats < self.limits.seats:
            return now.overhanging()
        beyond = now.overhanging()
        return changed(
            now,
            overhang=min(self.overhang, beyond.overhang),
            cook_overhang=min(self.cook_overhang, beyond.cook_overhang),
        )

    def overhanging(self) -> "Sitting":
        """As it stands when all who hold a seat keep it, whatever the limits: the rest is overhang."""
        return changed(
            self,
            overhang=max(0, self.held - self.limits.seats),
            cook_overhang=max(0, self.cooks_held - self.kitchen.cook_places),
        )

    def under(self, kitchen: Kitchen, *, confirmed_only: bool) -> "Sitting":
        """As it stands in another kitchen, or when only confirmed cooks count."""
        return changed(self, kitchen=kitchen, confirmed_only=confirmed_only).overhanging()

    def planned_anew(self, kitchen: Kitchen, cutoff_at: datetime) -> "Sitting":
        """As it stands when seats are kept by another rule, or booking closes at another time: what the clock released
        may be kept again; what a person released stays so, unless it is kept otherwise now.
        """
        as_before = set(self.kitchen.allotments) & set(kitchen.allotments)
        let_go = self.let_go & {one.kind for one in as_before}
        return changed(self, cutoff_at=cutoff_at, released=frozenset(), let_go=let_go)

    def releasing(self, kinds: Iterable[str]) -> "Sitting":
        """As it stands when a person releases what is kept for these kinds."""
        return changed(self, let_go=self.let_go | frozenset(kinds))

    def ruled(self, rules: WaitingRules) -> "Sitting":
        """As it stands when its waiting list follows these rules."""
        return changed(self, policy=rules.policy, offers_hours=rules.offers_hours)


def nowhere(sitting: str, now: datetime) -> Sitting:
    """Stands for a sitting that capacity does not know."""
    kitchen = Kitchen(room=0, cook_places=0)
    return Sitting(id=sitting, status=SittingStatus.CLOSED, cutoff_at=now, kitchen=kitchen, exists=False)
