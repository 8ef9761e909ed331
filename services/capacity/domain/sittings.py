"""A sitting as coordinators plan it: a local date and local times, and the instants in UTC that follow from them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from services.capacity.domain.alerts import UNWATCHED, Watch
from services.capacity.domain.cook_calls import Call, followed
from services.capacity.domain.flaws import Flaw, Flawed
from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.hours import MAX_DAYS_BEFORE, HourBefore, clock_changes, comes, instant
from services.capacity.domain.kitchen import AS_USUAL, MAX_SEATS, Kitchen, OwnKitchen, flaws_of, most_in
from services.capacity.domain.places import Sitting
from services.capacity.domain.rules import USUAL, WaitingRules
from shared.contracts.sitting import Cantine, SittingStatus
from shared.text import is_storable

Day = date  # in records of which a field is called `date`

CUTOFF = HourBefore(days=1, at=time(20, 0))  # shopping follows
FARTHEST = timedelta(days=730)  # ahead: a later day is a slip of the finger
MAX_MENU = 500  # characters
MAX_PRICE = 10_000  # cents
ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery", "mustard", "sesame",
    "sulphites", "lupin", "molluscs",
)  # fmt: skip
"""The 14 allergens of EU 1169/2011, in its order."""
DIETS = ("vegetarian", "vegan", "without_pork")
"""What a cantine can promise to serve. Nothing here speaks of allergies: the allergens do."""


class FlawedPlan(Flawed):
    """The plan of a sitting cannot be followed."""


class NoSuchSitting(Exception):
    """There is no such sitting."""


class SittingIsOver(Exception):
    """The sitting was cancelled, or has taken place: it can no longer be changed."""


def in_order(codes: Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """Allergens or diets, each once, as the list of those `known` has them; others come last."""
    return tuple(sorted(set(codes), key=lambda one: (known.index(one) if one in known else len(known), one)))


@dataclass(frozen=True, kw_only=True)
class Dish:
    """What is on the table, as in a `Plan`."""

    menu: str
    allergens: tuple[str, ...] | None
    diets: tuple[str, ...]

    @property
    def untold(self) -> "Dish":
        """The same menu while nobody has said whom it suits, nor its allergens."""
        return Dish(menu=self.menu, allergens=None, diets=())


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a coordinator decides of a sitting. Times are local to the cantine, prices are in cents.

    `allergens` is None while they are not yet known, () when there are none of the 14. `diets` are those that the meal
    suits. In which order somebody told them is no decision. `food_price` is how much of the break-even price is food
    (the rest is overheads), None if that is not told. Booking closes at `cutoff`. `go_no_go` is None where nobody is
    asked whether the meal goes ahead.
    """

    date: date
    cooking_starts: time
    meal_starts: time
    kitchen: OwnKitchen = AS_USUAL
    menu: str = ""
    allergens: tuple[str, ...] | None = None
    diets: tuple[str, ...] = ()
    break_even_price: int = 0
    food_price: int | None = None
    cutoff: HourBefore = CUTOFF
    go_no_go: GoNoGo | None = None
    open: bool = True

    def __post_init__(self) -> None:
        if self.allergens is not None:
            object.__setattr__(self, "allergens", in_order(self.allergens, ALLERGENS))
        object.__setattr__(self, "diets", in_order(self.diets, DIETS))


@dataclass(frozen=True, kw_only=True)
class PlannedSitting:
    """A sitting with its plan and the facts on which seats are decided.

    `decide_at` (UTC) is the hour of its `go_no_go`; `going_ahead_at` and `going_ahead_by` tell which member of staff
    said when that it goes ahead.
    `template` is the weekly meal that it was made from, if any, and `template_day` the day that it was made for.
    `ruled_for` is the cutoff before which the cantine's rule has looked whether cooks are to be called.
    `starts_at` (of the meal) is UTC, as is `confirmed_only_from`, from when only confirmed cooks count if that matters.
    """

    cantine: str
    date: date
    cooking_starts: time
    meal_starts: time
    starts_at: datetime
    menu: str
    allergens: tuple[str, ...] | None
    diets: tuple[str, ...]
    break_even_price: int
    food_price: int | None
    cutoff: HourBefore
    seating: Sitting
    template: str | None = None
    template_day: Day | None = None
    go_no_go: GoNoGo | None = None
    decide_at: datetime | None = None
    going_ahead_at: datetime | None = None
    going_ahead_by: str | None = None
    own_kitchen: OwnKitchen = AS_USUAL
    confirmed_only_from: datetime | None = None
    revision: int = 0
    watch: Watch = UNWATCHED
    call: Call | None = None
    ruled_for: datetime | None = None

    @property
    def id(self) -> str:
        """The id of the sitting."""
        return self.seating.id

    @property
    def cooking_at(self) -> datetime:
        """When cooking starts, in UTC."""
        before = datetime.combine(self.date, self.meal_starts) - datetime.combine(self.date, self.cooking_starts)
        return self.starts_at - before

    @property
    def plan(self) -> Plan:
        """What coordinators have decided."""
        return Plan(
            date=self.date,
            cooking_starts=self.cooking_starts,
            meal_starts=self.meal_starts,
            kitchen=self.own_kitchen,
            menu=self.menu,
            allergens=self.allergens,
            diets=self.diets,
            break_even_price=self.break_even_price,
            food_price=self.food_price,
            cutoff=self.cutoff,
            go_no_go=self.go_no_go,
            open=self.seating.status is SittingStatus.OPEN,
        )

    @property
    def dish(self) -> Dish:
        """What is on the table."""
        return Dish(menu=self.menu, allergens=self.allergens, diets=self.diets)

    def is_over(self, now: datetime) -> bool:
        """Whether nothing can be changed any more."""
        return self.seating.status is SittingStatus.CANCELLED or self.starts_at <= now

    def awaits_a_decision(self, now: datetime) -> bool:
        """Whether a person should say if it goes ahead. Without an answer it does."""
        return (
            self.go_no_go is not None
            and self.decide_at is not None
            and self.decide_at <= now
            and self.going_ahead_at is None
            and not self.is_over(now)
            and not self.go_no_go.is_met(self.seating)
        )

    def calling(self, call: Call) -> "PlannedSitting":
        """The sitting while this call is open for it, or after it is over."""
        called_until = call.until if call.is_open else None
        return replace(self, call=call, seating=replace(self.seating, called_until=called_until))

    def with_call_followed(self) -> "PlannedSitting":
        """The sitting with its call for cooks, if there is one, as it stands now."""
        if self.call is None or not self.call.is_open:
            return self
        return self.calling(followed(self.call, self.seating, self.cooking_at))

    def planned(self, plan: Plan, zone: str, seating: Sitting) -> "PlannedSitting":
        """The sitting under another plan, with what that means for the seats."""
        decide_at = _decide_at(plan, zone)
        return replace(
            self,
            go_no_go=plan.go_no_go,
            decide_at=decide_at,
            going_ahead_at=self.going_ahead_at if decide_at == self.decide_at else None,
            going_ahead_by=self.going_ahead_by if decide_at == self.decide_at else None,
            date=plan.date,
            cooking_starts=plan.cooking_starts,
            meal_starts=plan.meal_starts,
            starts_at=instant(plan.date, plan.meal_starts, zone),
            menu=plan.menu,
            allergens=plan.allergens,
            diets=plan.diets,
            break_even_price=plan.break_even_price,
            food_price=plan.food_price,
            cutoff=plan.cutoff,
            seating=seating,
            own_kitchen=plan.kitchen,
            confirmed_only_from=confirmed_only_from(plan.date, seating.kitchen, zone),
        )


def new_sitting(
    sitting: str,
    cantine: Cantine,
    plan: Plan,
    now: datetime,
    *,
    usual: Kitchen,
    rules: WaitingRules = USUAL,
    template: str | None = None,
) -> PlannedSitting:
    """A sitting with nobody at the table, made by hand or from a template.

    Its kitchen is as `usual` in the cantine but for what the plan says.
    """
    kitchen = plan.kitchen.within(usual)
    counts_from = confirmed_only_from(plan.date, kitchen, cantine.zone)
    status = SittingStatus.OPEN if plan.open else SittingStatus.CLOSED
    cutoff_at = plan.cutoff.instant(plan.date, cantine.zone)
    return PlannedSitting(
        cantine=cantine.slug,
        date=plan.date,
        cooking_starts=plan.cooking_starts,
        meal_starts=plan.meal_starts,
        starts_at=instant(plan.date, plan.meal_starts, cantine.zone),
        menu=plan.menu,
        allergens=plan.allergens,
        diets=plan.diets,
        break_even_price=plan.break_even_price,
        food_price=plan.food_price,
        cutoff=plan.cutoff,
        template=template,
        template_day=plan.date if template else None,
        go_no_go=plan.go_no_go,
        decide_at=_decide_at(plan, cantine.zone),
        seating=Sitting(
            id=sitting,
            status=status,
            cutoff_at=cutoff_at,
            kitchen=kitchen,
            confirmed_only=counts_from is not None and counts_from <= now,
            zone=cantine.zone,
        ).ruled(rules),
        own_kitchen=plan.kitchen,
        confirmed_only_from=counts_from,
    )


def _decide_at(plan: Plan, zone: str) -> datetime | None:
    return plan.go_no_go.at.instant(plan.date, zone) if plan.go_no_go else None


def confirmed_only_from(day: date, kitchen: Kitchen, zone: str) -> datetime | None:
    """From when only confirmed cooks count, in UTC; None where it does not matter who cooks."""
    return kitchen.counts_from.instant(day, zone) if kitchen.hands else None


def check(plan: Plan, usual: Kitchen, zone: str, now: datetime, before: Plan | None = None) -> None:
    """Make sure that the plan can be followed in a kitchen that is `usual` but for what the plan says.

    `before` is the plan that it changes. Raises FlawedPlan.
    """
    flaws = {**_flawed_hours(plan, zone, now, before), **_flawed_prices(plan)}
    kitchen = plan.kitchen.within(usual)
    if before is None or before.kitchen != plan.kitchen:  # what is usual may have changed since: that is not theirs
        flaws |= flaws_of(kitchen)
    if len(plan.menu) > MAX_MENU:
        flaws["menu"] = Flaw.TOO_LONG
    elif not all(is_storable(line) for line in plan.menu.split("\n")):
        flaws["menu"] = Flaw.UNREADABLE
    if not set(plan.allergens or ()) <= set(ALLERGENS):
        flaws["allergens"] = Flaw.UNKNOWN_ALLERGEN
    if not set(plan.diets) <= set(DIETS):
        flaws["diets"] = Flaw.UNKNOWN_DIET
    if flaws:
        raise FlawedPlan(flaws, most_in(kitchen))


def _flawed_hours(plan: Plan, zone: str, now: datetime, before: Plan | None) -> dict[str, Flaw]:
    flaws = _out_of_reach(plan, now)
    if flaws:
        return flaws
    starts_at, cutoff_at = instant(plan.date, plan.meal_starts, zone), plan.cutoff.instant(plan.date, zone)
    if before is None or before.date != plan.date or before.meal_starts != plan.meal_starts:
        if starts_at <= now:
            flaws["date"] = Flaw.PAST
        elif cutoff_at <= now and (before is None or before.date != plan.date):
            flaws["date"] = Flaw.CUTOFF_PAST
    for field, at in (("cooking_starts", plan.cooking_starts), ("meal_starts", plan.meal_starts)):
        if not comes(plan.date, at, zone):
            flaws[field] = Flaw.NO_SUCH_HOUR
    if plan.cooking_starts >= plan.meal_starts:
        flaws["cooking_starts"] = Flaw.COOKING_AFTER_MEAL
    elif not flaws and clock_changes(plan.date, plan.cooking_starts, plan.meal_starts, zone):
        flaws["cooking_starts"] = Flaw.CLOCK_CHANGES
    if cutoff_at > starts_at:
        flaws["cutoff_at"] = Flaw.AFTER_MEAL
    decide_at = _decide_at(plan, zone)
    if decide_at is not None and decide_at > starts_at:
        flaws["decide_at"] = Flaw.AFTER_MEAL
    return flaws


def _out_of_reach(plan: Plan, now: datetime) -> dict[str, Flaw]:
    """What is told before any instant is reckoned: at the ends of the calendar there are none."""
    if plan.date > now.date() + FARTHEST:
        return {"date": Flaw.TOO_FAR}
    if plan.date < now.date() - timedelta(days=1):
        return {"date": Flaw.PAST}
    if not 0 <= plan.cutoff.days <= MAX_DAYS_BEFORE:
        return {"cutoff_days": Flaw.OUT_OF_RANGE}
    if plan.go_no_go is not None and not 0 <= plan.go_no_go.at.days <= MAX_DAYS_BEFORE:
        return {"decide_days": Flaw.OUT_OF_RANGE}
    return {}


def _flawed_prices(plan: Plan) -> dict[str, Flaw]:
    flaws: dict[str, Flaw] = {}
    if not 0 <= plan.break_even_price <= MAX_PRICE:
        flaws["break_even_price"] = Flaw.OUT_OF_RANGE
    if plan.food_price is not None and plan.food_price < 0:
        flaws["food_price"] = Flaw.OUT_OF_RANGE
    elif plan.food_price is not None and plan.food_price > plan.break_even_price:
        flaws["food_price"] = Flaw.MORE_THAN_PRICE
    if plan.go_no_go is not None:
        for field, least in (("min_covers", plan.go_no_go.covers), ("min_cooks", plan.go_no_go.cooks)):
            if not 0 <= least <= MAX_SEATS:
                flaws[field] = Flaw.OUT_OF_RANGE
        if not (plan.go_no_go.covers or plan.go_no_go.cooks):
            flaws["min_covers"] = Flaw.NOBODY_IS_TOO_FEW
    return flaws
