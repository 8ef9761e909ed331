"""The days before the demo begins: meals that took place, so that figures, forecasts and sums show something."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from services.capacity.domain.after_meal import Money
from services.capacity.domain.history import THE_WEEKLY_MEAL
from services.capacity.domain.sittings import PlannedSitting, new_sitting
from services.capacity.domain.templates import Template
from services.capacity.seed.menus import BRUNCH, diets_of, menus_of
from services.capacity.store import after_meal, cantines, kitchens, templates
from services.capacity.store import sittings as sitting_store
from services.capacity.store import staff as staff_store
from services.capacity.use_cases.after_meal import note_money
from services.capacity.use_cases.conclude import conclude
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service

DAYS = 6  # before today
FOOD = 340  # cents for each who comes, more or less
GIVEN = 1050


def seed_past(service: Service) -> int:
    """Invent the meals of the last days, after the weekly ones, unless they are there. Returns how many."""
    with service.work() as work:
        every = cantines.every(work.conn)
        made = [one for cantine in every for one in _meals(work.conn, cantine, work.now)]
        known = sitting_store.some(work.conn, [one.id for one in made])
        new = [one for one in made if one.id not in known]
        conclude(work, [(None, one) for one in new], [], "", THE_WEEKLY_MEAL)
        return len(new)


def note_last_week(service: Service) -> int:
    """The hosts write down what those meals cost and what was given. Returns of how many."""
    with service.read() as conn:
        now = service.clock.now(conn)
        slugs = [one.slug for one in cantines.every(conn)]
        meals = [one for one in _of_last_days(conn, slugs, now) if not after_meal.find_money(conn, one.id)]
        hosts = {slug: next(iter(staff_store.to_alert(conn, [slug])), None) for slug in slugs}
    noted = 0
    for number, one in enumerate(meals):
        host, dice = hosts[one.cantine], random.Random(number)  # noqa: S311 - for variety, not for secrets
        if host and one.seating.held:
            people = one.seating.held + 2
            money = Money(
                food_cost=people * (FOOD + dice.randrange(-40, 41)),
                contributions=people * (GIVEN + dice.randrange(-90, 91)),
            )
            with service.work() as work:
                note_money(work, host, one.id, money)
            noted += 1
    return noted


def _of_last_days(conn: Connection, slugs: list[str], now: datetime) -> list[PlannedSitting]:
    found = sitting_store.of_cantines(conn, slugs, (now - timedelta(days=DAYS + 1)).date(), now.date())
    return [one for one in found if one.starts_at <= now]


def _meals(conn: Connection, cantine: Cantine, now: datetime) -> Iterator[PlannedSitting]:
    """A meal of each weekday on which there is one, the week before the weekly meals begin."""
    usual, today = kitchens.usual(conn, cantine.slug), now.astimezone(ZoneInfo(cantine.zone)).date()
    dice = random.Random(f"{cantine.slug} before {today}")  # noqa: S311
    menus = dice.sample(menus_of(today.month), k=len(menus_of(today.month)))
    for number in range(DAYS, 0, -1):
        day = today - timedelta(days=number)
        for template in _on(templates.of_cantines(conn, [cantine.slug]), day.weekday()):
            menu, allergens = dice.choice(BRUNCH) if day.weekday() == 6 else menus.pop()
            plan = replace(template.plan(day), menu=menu, allergens=allergens, diets=diets_of(menu))
            yield new_sitting(template.sitting_of(day), cantine, plan, now, usual=usual, template=template.id)


def _on(weekly: list[Template], weekday: int) -> list[Template]:
    return [one for one in weekly if one.first.weekday() == weekday]
