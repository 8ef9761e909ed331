"""A weekly meal (`sitting_template`): the recurrence that sittings are made from, ahead of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import gcd
from uuid import UUID, uuid5

from services.capacity.domain.closures import Exceptions
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.hours import YEARS
from services.capacity.domain.kitchen import Kitchen, flaws_of, most_in
from services.capacity.domain.sittings import FlawedPlan, Plan, PlannedSitting
from services.capacity.domain.sittings import check as check_plan

WEEK = timedelta(days=7)
HORIZON = 6 * WEEK  # how far ahead sittings are made
MAX_EVERY = 8  # weeks
A_MEAL = timedelta(hours=2)  # from its start: then the table and the kitchen are free again

_MADE_FROM = UUID("6f1d9a52-3a50-4f0e-8b1d-1f0f5a9c7e42")


class NoSuchTemplate(Exception):
    """There is no such weekly meal."""


class OverlappingTemplates(FlawedPlan):
    """Another weekly meal of the cantine takes kitchen or table in the same hours of the same days."""

    def __init__(self, other: "Template") -> None:
        super().__init__({"meal_starts": Flaw.OVERLAPS})
        self.other = other


@dataclass(frozen=True, kw_only=True)
class Template:
    """What recurs: every week (or every few), on the weekday of its first day, until a day (included) or for ever.

    `usual` is the plan of the first day; menu and allergens belong to each day. On public holidays nothing is made
    unless `on_holidays`; in a closure never. `made_until` is the day up to which sittings were made, if any.
    """

    id: str
    cantine: str
    usual: Plan
    every: int = 1
    until: date | None = None
    on_holidays: bool = False
    made_until: date | None = None

    @property
    def first(self) -> date:
        """The first day."""
        return self.usual.date

    def takes_place(self, day: date) -> bool:
        """Whether its rhythm meets this day; exceptions are another matter."""
        weeks, rest = divmod((day - self.first).days, 7)
        return rest == 0 <= weeks and weeks % self.every == 0 and (self.until is None or day <= self.until)

    def days(self, since: date, until: date) -> Iterator[date]:
        """The days that its rhythm meets from one day to another, both included."""
        day = max(since, self.first)
        day += timedelta(days=(self.first.weekday() - day.weekday()) % 7)
        while day <= until:
            if self.takes_place(day):
                yield day
            day += WEEK

    def plan(self, day: date) -> Plan:
        """The plan of the sitting on that day."""
        return replace(self.usual, date=day)

    def is_off(self, day: date, exceptions: Exceptions) -> bool:
        """Whether nothing is made for that day."""
        if exceptions.closure(day):
            return True
        return not self.on_holidays and exceptions.holiday(day) is not None

    def sitting_of(self, day: date) -> str:
        """The id of the sitting made for that day: always the same, also if it is made again after a restore."""
        return str(uuid5(_MADE_FROM, f"{self.id} {day.isoformat()}"))


def usual(plan: Plan) -> Plan:
    """What of a plan recurs: not its day, its menu, its allergens and diets, nor whether it takes bookings."""
    return replace(plan, date=date.min, menu="", allergens=None, diets=(), open=True)


def is_untouched(sitting: PlannedSitting, template: Template) -> bool:
    """Whether a sitting still stands as its template would make it, but for what belongs to the day."""
    return sitting.date == sitting.template_day and usual(sitting.plan) == usual(template.usual)


def follow(sitting: PlannedSitting, before: Template, after: Template) -> Plan:
    """The plan of an untouched sitting when its template changes; what belongs to the day stays."""
    plan = sitting.plan
    return replace(
        after.usual,
        date=plan.date,
        menu=plan.menu,
        allergens=plan.allergens,
        diets=after.usual.diets if plan.diets == before.usual.diets else plan.diets,
        open=plan.open,
    )


def overlap(one: Plan, other: Plan) -> bool:
    """Whether two meals of one cantine on the same day need kitchen or table in the same hours."""
    return one.cooking_starts < _free_from(other) and other.cooking_starts < _free_from(one)


def check(template: Template, kitchen: Kitchen, zone: str, now: datetime, others: Iterable[Template]) -> None:
    """Make sure that a template can be followed beside the others of its cantine, in its kitchen.

    Raises FlawedPlan or OverlappingTemplates.
    """
    flaws: dict[str, Flaw] = {}
    if template.first.year not in YEARS:
        raise FlawedPlan({"since": Flaw.UNREADABLE})
    if not 1 <= template.every <= MAX_EVERY:
        flaws["every"] = Flaw.OUT_OF_RANGE
    if template.until is not None and template.until < template.first:
        flaws["until"] = Flaw.ENDS_BEFORE_IT_BEGINS
    on_some_day = template.plan(now.date() + WEEK)
    on_that_day = on_some_day.kitchen.within(kitchen)
    flaws |= flaws_of(on_that_day)
    try:
        check_plan(on_some_day, kitchen, zone, now, before=on_some_day)
    except FlawedPlan as error:
        flaws |= error.flaws
    if flaws:
        raise FlawedPlan(flaws, most_in(on_that_day))
    for other in others:
        if other.id != template.id and overlap(template.usual, other.usual) and _meet(template, other):
            raise OverlappingTemplates(other)


def _free_from(plan: Plan) -> time:
    """When the table is free again, on the same day."""
    end = datetime.combine(date.min, plan.meal_starts) + A_MEAL
    return end.time() if end.date() == date.min else time.max


def _meet(one: Template, other: Template) -> bool:
    """Whether two templates ever fall on the same day: if so, then within one turn of both rhythms."""
    since = max(one.first, other.first)
    turn = WEEK * (one.every * other.every // gcd(one.every, other.every))
    return any(other.takes_place(day) for day in one.days(since, since + turn))
