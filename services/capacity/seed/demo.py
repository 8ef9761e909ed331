"""Fills an empty database with the invented network, its weekly meals, and what is on the table in three weeks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from services.capacity.domain.closures import Exceptions
from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.history import THE_CLOCK, THE_WEEKLY_MEAL
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import Hands, Kitchen, OwnKitchen
from services.capacity.domain.sittings import Plan, PlannedSitting, new_sitting
from services.capacity.domain.templates import Template
from services.capacity.seed.menus import BRUNCH, diets_of, menus_of
from services.capacity.seed.network import CANTINES, COORDINATORS, IN_ALSACE_MOSELLE, OTHERS, PARTNERS
from services.capacity.store import cantines as cantine_store
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.close_days import keep_holidays_of
from services.capacity.use_cases.conclude import conclude
from services.capacity.use_cases.plan_weeks import add_template
from services.capacity.use_cases.set_kitchen import set_kitchen
from shared.contracts.sitting import Cantine
from shared.contracts.staff import StaffRole
from shared.holidays import Region
from shared.messaging.service import Service, UnitOfWork

DAYS = 21
FRIDAY, SUNDAY = 4, 6

KITCHEN = Kitchen(room=42, cook_places=11, hands=Hands(base=2350, per_cook=150))
"""7 cooks make 34 meals, 11 make 40."""
KEEPING = replace(KITCHEN, newcomer_seats=3, walk_in_seats=2, group_cap=8)
"""Where a partner has its meals, seats are kept for others too."""
SMALL = OwnKitchen(room=6, cook_places=2)


TODAY_AT = "dijon-gresilles"  # a meal today, on any weekday: there check-in can be tried
LAST_LUNCH = time(11, 0)


@dataclass(frozen=True)
class _Rhythm:
    weekdays: tuple[int, ...]
    cooking: time
    meal: time


LUNCH = _Rhythm((1, 2, 3, FRIDAY), time(9, 30), time(12, 30))
DINNER = _Rhythm((FRIDAY,), time(17, 0), time(20, 0))
IN_THE_EVENING = GoNoGo(at=HourBefore(days=1, at=time(18, 0)), covers=12, cooks=3)
SUNDAY_BRUNCH = _Rhythm((SUNDAY,), time(9, 0), time(11, 30))


def seed_demo(service: Service) -> int:
    """Invent a network, unless there is one already. Returns how many sittings were opened."""
    with service.work() as work:
        if cantine_store.any_exists(work.conn):
            return 0
        for cantine in CANTINES:
            add_cantine(work, cantine)
            set_kitchen(work, cantine.slug, _kitchen(cantine), "", THE_CLOCK)
            if cantine.slug in IN_ALSACE_MOSELLE:
                keep_holidays_of(work, cantine.slug, Region.ALSACE_MOSELLE)
        for email, name, language, cantines in COORDINATORS:
            add_coordinator(work, email=email, name=name, language=language, cantines=cantines, role=StaffRole.HOST)
        for email, name, language, role, theirs in OTHERS:
            add_coordinator(work, email=email, name=name, language=language, cantines=theirs, role=role)
        today = [a_meal_today(one, work.now) for one in CANTINES if one.slug == TODAY_AT]
        conclude(work, [(None, one) for one in today], [], "", THE_WEEKLY_MEAL)
        return len(today) + sum(_open(work, cantine) for cantine in CANTINES)


def a_meal_today(cantine: Cantine, now: datetime) -> PlannedSitting:
    """The lunch of today, or its dinner once that is late; booking has closed, and at night the meal has begun.

    It closes as the demo begins, not the evening before: those who are still to book it in time would all be late.
    """
    local = now.astimezone(ZoneInfo(cantine.zone)).replace(second=0, microsecond=0)
    rhythm = LUNCH if local.time() < LAST_LUNCH else DINNER
    menu, allergens = menus_of(local.month)[0]
    plan = Plan(
        date=local.date(),
        cooking_starts=rhythm.cooking,
        meal_starts=rhythm.meal,
        cutoff=HourBefore(days=0, at=min(local.time(), rhythm.meal)),
        kitchen=OwnKitchen(planned_cooks=7),
        break_even_price=1250,
        food_price=350,
        menu=menu,
        allergens=allergens,
        diets=diets_of(menu),
    )
    return new_sitting(str(uuid4()), cantine, plan, now, usual=_kitchen(cantine))


def _open(work: UnitOfWork, cantine: Cantine) -> int:
    """The weekly meals, and three weeks of sittings with their menus; the timer makes the weeks after."""
    today = work.now.astimezone(ZoneInfo(cantine.zone)).date()
    weekly = [_keep(work, one) for one in _weekly(cantine, today)]
    plans = _plans(cantine, weekly, today, work.now)
    sittings = [
        new_sitting(one.sitting_of(plan.date), cantine, plan, work.now, usual=_kitchen(cantine), template=one.id)
        for one, plan in plans
    ]
    conclude(work, [(None, one) for one in sittings], [], "", THE_WEEKLY_MEAL)
    return len(sittings)


def _kitchen(cantine: Cantine) -> Kitchen:
    partner = PARTNERS.get(cantine.slug)
    return replace(KEEPING, partners=(partner,)) if partner else KITCHEN


def _keep(work: UnitOfWork, template: Template) -> Template:
    return replace(template, id=add_template(work, template))


def _weekly(cantine: Cantine, today: date) -> Iterator[Template]:
    """Lunches from Tuesday to Friday, a dinner on Friday, a brunch on Sunday."""
    dice = random.Random(cantine.slug)  # noqa: S311 - for variety, not for secrets
    for rhythm in (LUNCH, DINNER, SUNDAY_BRUNCH):
        for weekday in rhythm.weekdays:
            usual = Plan(
                date=today + timedelta(days=(weekday - today.weekday()) % 7),
                cooking_starts=rhythm.cooking,
                meal_starts=rhythm.meal,
                kitchen=OwnKitchen(planned_cooks=dice.randint(7, 11)),
                break_even_price=dice.choice((1200, 1250, 1300)),
                food_price=350,
                go_no_go=IN_THE_EVENING if rhythm is DINNER else None,
            )
            yield Template(id="", cantine=cantine.slug, usual=usual)


def _plans(cantine: Cantine, weekly: list[Template], today: date, now: datetime) -> Iterator[tuple[Template, Plan]]:
    """Three weeks of plans that can still be booked, the same for the same day."""
    dice = random.Random(f"{cantine.slug} {today}")  # noqa: S311
    region = Region.ALSACE_MOSELLE if cantine.slug in IN_ALSACE_MOSELLE else Region.FRANCE
    menus: list[tuple[str, tuple[str, ...]]] = []
    for day in (today + timedelta(days=number) for number in range(1, DAYS + 1)):
        for template in weekly:
            usual = template.plan(day)
            off = template.is_off(day, Exceptions(region=region))
            if off or not template.takes_place(day) or usual.cutoff.instant(day, cantine.zone) <= now:
                continue
            if not menus:
                menus = dice.sample(menus_of(day.month), k=len(menus_of(day.month)))
            menu, allergens = dice.choice(BRUNCH) if day.weekday() == SUNDAY else menus.pop()
            known = dice.random() < 0.75 or not allergens
            small = dice.random() < 0.1  # a small table, that is soon full
            yield (
                template,
                replace(
                    usual,
                    kitchen=_small(cantine) if small else usual.kitchen,
                    menu=menu,
                    allergens=allergens if known else None,
                    diets=diets_of(menu),
                ),
            )


def _small(cantine: Cantine) -> OwnKitchen:
    """A small table keeps one seat for a first visit, and none for others."""
    partner = PARTNERS.get(cantine.slug)
    return replace(SMALL, newcomer_seats=1, walk_in_seats=0, partner_seats=((partner.id, 0),)) if partner else SMALL
