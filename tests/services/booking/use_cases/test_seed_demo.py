"""The demo is booked by residents who do not exist."""

import re
from datetime import timedelta

import sqlalchemy as sa

from services.booking.store.tables import booking
from services.booking.use_cases.seed_demo import seed_demo
from shared.contracts.sitting import PartnerPlaces
from tests.services.booking.house import STARTS_AT, BookingHouse

QUAI = PartnerPlaces(id="quai", name="Les Amis du Quai", kept=2)


def test_nothing_without_meals(house: BookingHouse) -> None:
    assert seed_demo(house.service, house.parts.settings) == 0


def test_meals_look_alive_once(house: BookingHouse) -> None:
    for day in range(6):
        starts_at = STARTS_AT + timedelta(days=day)
        cutoff_at = starts_at - timedelta(hours=16, minutes=30)
        house.announce(f"day-{day}", starts_at=starts_at, cutoff_at=cutoff_at, date=starts_at.date(), partners=(QUAI,))
    made = seed_demo(house.service, house.parts.settings)
    assert made == house.count(booking) > 20
    assert seed_demo(house.service, house.parts.settings) == 0

    with house.service.read() as conn:
        rows = conn.execute(sa.select(booking)).all()
    asked = {f"day-{day}": 0 for day in range(6)}
    for row in rows:
        asked[row.sitting] += row.cooks + row.eaters + row.children
        assert row.email is None or re.fullmatch(r"[a-z.-]+@example\.org", row.email)
        assert row.phone is None or re.fullmatch(r"\+3363998\d{4}", row.phone)
        assert row.email or row.phone
    assert max(asked.values()) > 34 > min(asked.values())
    assert {row.language for row in rows} == {"fr", "en"}
    assert {row.newcomer for row in rows} == {True, False}
    assert {row.partner for row in rows} == {None, "quai"}
