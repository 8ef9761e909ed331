"""Fills an empty database with the invented network and its next three weeks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.capacity.domain.places import Limits
from services.capacity.domain.sittings import CUTOFF, Plan
from services.capacity.seed.menus import BRUNCH, menus_of
from services.capacity.seed.network import CANTINES, COORDINATORS
from services.capacity.store import cantines as cantine_store
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.open_sitting import open_sitting
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service

DAYS = 21
FRIDAY, SUNDAY = 4, 6


@dataclass(frozen=True)
class _Rhythm:
    cooking: time
    meal: time


LUNCH = _Rhythm(time(9, 30), time(12, 30))
DINNER = _Rhythm(time(17, 0), time(20, 0))
SUNDAY_BRUNCH = _Rhythm(time(9, 0), time(11, 30))


def seed_demo(service: Service) -> int:
    """Invent a network, unless there is one already. Returns how many sittings were opened."""
    with service.work() as work:
        if cantine_store.any_exists(work.conn):
            return 0
        for cantine in CANTINES:
            add_cantine(work, cantine)
        for email, name, language, cantines in COORDINATORS:
            add_coordinator(work, email=email, name=name, language=language, cantines=cantines)
        plans = [(cantine.slug, plan) for cantine in CANTINES for plan in _plans(cantine, work.now)]
        for slug, plan in plans:
            open_sitting(work, slug, plan)
    return len(plans)


def _plans(cantine: Cantine, now: datetime) -> Iterator[Plan]:
    """Three weeks of sittings that can still be booked, the same for the same day."""
    today = now.astimezone(ZoneInfo(cantine.zone)).date()
    dice = random.Random(f"{cantine.slug} {today}")  # noqa: S311 - for variety, not for secrets
    menus: list[tuple[str, tuple[str, ...]]] = []
    for day in (today + timedelta(days=number) for number in range(1, DAYS + 1)):
        if CUTOFF.instant(day, cantine.zone) <= now:
            continue
        for rhythm in _rhythms(day):
            if not menus:
                menus = dice.sample(menus_of(day.month), k=len(menus_of(day.month)))
            menu, allergens = dice.choice(BRUNCH) if rhythm is SUNDAY_BRUNCH else menus.pop()
            known = dice.random() < 0.75 or not allergens
            yield Plan(
                date=day,
                cooking_starts=rhythm.cooking,
                meal_starts=rhythm.meal,
                limits=_limits(dice),
                menu=menu,
                allergens=allergens if known else None,
                break_even_price=dice.choice((1200, 1250, 1300)),
            )


def _rhythms(day: date) -> list[_Rhythm]:
    """Lunches from Tuesday to Friday, a dinner on Friday, a brunch on Sunday."""
    if day.weekday() == SUNDAY:
        return [SUNDAY_BRUNCH]
    if day.weekday() == FRIDAY:
        return [LUNCH, DINNER]
    return [LUNCH] if day.weekday() in {1, 2, 3} else []


def _limits(dice: random.Random) -> Limits:
    """Mostly a full room; now and then a small table, that is soon full."""
    if dice.random() < 0.1:
        return Limits(seats=6, cook_places=2)
    cooks = dice.randint(8, 11)
    return Limits(seats=min(42, 30 + (cooks - 8) * 3 + dice.randint(0, 3)), cook_places=cooks)
