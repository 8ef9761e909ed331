"""A booking and its sitting, as the rules see them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from services.notifications.domain.facts import Booking, Sitting
from tests.services.notifications.house import CAMILLE, LUNCH

BOOKING = Booking(
    id="camille",
    sitting="lunch",
    status=CAMILLE.status,
    party=CAMILLE.party,
    news=1,
    why=None,
    name=CAMILLE.name,
    email=CAMILLE.email,
    phone=CAMILLE.phone,
    language="fr",
    link=CAMILLE.link,
    short_code="abcdefghijkl",
)
SITTING = Sitting(
    id="lunch",
    cantine=LUNCH.cantine,
    date=LUNCH.date,
    cooking_starts=LUNCH.cooking_starts,
    meal_starts=LUNCH.meal_starts,
    starts_at=LUNCH.starts_at,
    status=LUNCH.status,
    menu=LUNCH.menu,
    break_even_price=LUNCH.break_even_price,
)


def sitting_on(day: date, meal: time = time(12, 30), zone: str = "Europe/Paris", **changes: Any) -> Sitting:
    """The lunch on another day, at a local time."""
    starts_at = datetime.combine(day, meal, ZoneInfo(zone)).astimezone(UTC)
    cantine = replace(SITTING.cantine, zone=zone)
    return replace(SITTING, date=day, meal_starts=meal, starts_at=starts_at, cantine=cantine, **changes)
