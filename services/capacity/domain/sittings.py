"""A sitting as coordinators plan it: a local date and local times, and the instants in UTC that follow from them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.capacity.domain.places import Limits, Sitting
from shared.contracts.sitting import Cantine, SittingStatus
from shared.text import is_storable

CUTOFF_LOCAL = time(20, 0)  # of the day before: shopping follows
MAX_SEATS = 500
MAX_MENU = 500  # characters
MAX_PRICE = 10_000  # cents
ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery", "mustard", "sesame",
    "sulphites", "lupin", "molluscs",
)  # fmt: skip
"""The 14 allergens of EU 1169/2011."""


class Flaw(StrEnum):
    """What is wrong with a field of a plan."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    PAST = "past"
    CUTOFF_PAST = "cutoff_past"
    COOKING_AFTER_MEAL = "cooking_after_meal"
    OUT_OF_RANGE = "out_of_range"
    MORE_COOKS_THAN_SEATS = "more_cooks_than_seats"
    TOO_LONG = "too_long"
    UNKNOWN_ALLERGEN = "unknown_allergen"
    ALLERGENS_UNCLEAR = "allergens_unclear"


class FlawedPlan(Exception):
    """The plan of a sitting cannot be followed. `flaws` says what is wrong, by field."""

    def __init__(self, flaws: Mapping[str, Flaw]) -> None:
        super().__init__(", ".join(f"{field}: {flaw}" for field, flaw in flaws.items()))
        self.flaws = flaws


class NoSuchSitting(Exception):
    """There is no such sitting."""


class SittingIsOver(Exception):
    """The sitting was cancelled, or has taken place: it can no longer be changed."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a coordinator decides of a sitting. Times are local to the cantine, the price is in cents.

    `allergens` is None while they are not yet known, () when there are none of the 14.
    """

    date: date
    cooking_starts: time
    meal_starts: time
    limits: Limits
    menu: str = ""
    allergens: tuple[str, ...] | None = None
    break_even_price: int = 0
    open: bool = True


@dataclass(frozen=True, kw_only=True)
class PlannedSitting:
    """A sitting with its plan and the facts on which seats are decided. `starts_at` (of the meal) is UTC."""

    cantine: str
    date: date
    cooking_starts: time
    meal_starts: time
    starts_at: datetime
    menu: str
    allergens: tuple[str, ...] | None
    break_even_price: int
    seating: Sitting
    revision: int = 0
    full_alerted_at: datetime | None = None

    @property
    def id(self) -> str:
        """The id of the sitting."""
        return self.seating.id

    @property
    def plan(self) -> Plan:
        """What coordinators have decided."""
        return Plan(
            date=self.date,
            cooking_starts=self.cooking_starts,
            meal_starts=self.meal_starts,
            limits=self.seating.limits,
            menu=self.menu,
            allergens=self.allergens,
            break_even_price=self.break_even_price,
            open=self.seating.status is SittingStatus.OPEN,
        )

    def is_over(self, now: datetime) -> bool:
        """Whether nothing can be changed any more."""
        return self.seating.status is SittingStatus.CANCELLED or self.starts_at <= now

    def planned(self, plan: Plan, zone: str, seating: Sitting) -> "PlannedSitting":
        """The sitting under another plan, with what that means for the seats."""
        return replace(
            self,
            date=plan.date,
            cooking_starts=plan.cooking_starts,
            meal_starts=plan.meal_starts,
            starts_at=instant(plan.date, plan.meal_starts, zone),
            menu=plan.menu,
            allergens=plan.allergens,
            break_even_price=plan.break_even_price,
            seating=seating,
        )


def new_sitting(sitting: str, cantine: Cantine, plan: Plan) -> PlannedSitting:
    """A sitting with nobody at the table."""
    status = SittingStatus.OPEN if plan.open else SittingStatus.CLOSED
    cutoff_at = cutoff(plan.date, cantine.zone)
    return PlannedSitting(
        cantine=cantine.slug,
        date=plan.date,
        cooking_starts=plan.cooking_starts,
        meal_starts=plan.meal_starts,
        starts_at=instant(plan.date, plan.meal_starts, cantine.zone),
        menu=plan.menu,
        allergens=plan.allergens,
        break_even_price=plan.break_even_price,
        seating=Sitting(id=sitting, status=status, cutoff_at=cutoff_at, limits=plan.limits),
    )


def instant(day: date, at: time, zone: str) -> datetime:
    """A local date and time as an instant in UTC."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def cutoff(day: date, zone: str) -> datetime:
    """When booking closes for a sitting on that day: 20:00 local time on the day before, in UTC."""
    return instant(day - timedelta(days=1), CUTOFF_LOCAL, zone)


def check(plan: Plan, zone: str, now: datetime, before: Plan | None = None) -> None:
    """Make sure that the plan can be followed; `before` is the plan that it changes. Raises FlawedPlan."""
    flaws: dict[str, Flaw] = {}
    if before is None or before.date != plan.date or before.meal_starts != plan.meal_starts:
        if instant(plan.date, plan.meal_starts, zone) <= now:
            flaws["date"] = Flaw.PAST
        elif cutoff(plan.date, zone) <= now and (before is None or before.date != plan.date):
            flaws["date"] = Flaw.CUTOFF_PAST
    if plan.cooking_starts >= plan.meal_starts:
        flaws["cooking_starts"] = Flaw.COOKING_AFTER_MEAL
    if not 0 <= plan.limits.seats <= MAX_SEATS:
        flaws["seats"] = Flaw.OUT_OF_RANGE
    if not 0 <= plan.limits.cook_places <= MAX_SEATS:
        flaws["cook_places"] = Flaw.OUT_OF_RANGE
    elif plan.limits.cook_places > plan.limits.seats:
        flaws["cook_places"] = Flaw.MORE_COOKS_THAN_SEATS
    if len(plan.menu) > MAX_MENU:
        flaws["menu"] = Flaw.TOO_LONG
    elif not all(is_storable(line) for line in plan.menu.split("\n")):
        flaws["menu"] = Flaw.UNREADABLE
    if not 0 <= plan.break_even_price <= MAX_PRICE:
        flaws["break_even_price"] = Flaw.OUT_OF_RANGE
    if not set(plan.allergens or ()) <= set(ALLERGENS):
        flaws["allergens"] = Flaw.UNKNOWN_ALLERGEN
    if flaws:
        raise FlawedPlan(flaws)
