"""A newer version works on the same databases: what it keeps beside what we know stops nothing of ours."""

from typing import Any

import sqlalchemy as sa

from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from tests.stories.house import House
from tests.stories.residents import call_off, letters, lunch, outcome_of, reserve, rows

MAPS = {("needs", "diets"), ("needs", "access"), ("sitting", "taken_by"), ("cook_ask", "people")}
"""Columns whose keys are data, not the names of fields."""
LATER = "from_a_later_version"


def newer(kept: Any) -> Any:
    """As a version keeps it that knows more of everything."""
    match kept:
        case dict():
            return {name: newer(value) for name, value in kept.items()} | {LATER: 1}
        case list():
            return [newer(one) for one in kept]
    return kept


def a_newer_version_keeps_more(house: House) -> int:
    """Rewrite all JSON objects with a field more, and put a letter and an alert of new kinds beside each. How many."""
    count = 0
    for part in house.parts.values():
        with part.service.database.begin() as conn:
            for table in part.metadata.sorted_tables:
                if table.name not in ("outbox", "attempt"):
                    count += _rewritten(conn, table)
                if table.name in ("letter", "alert", "known_alert"):
                    count += _beside(conn, table)
    return count


def _rewritten(conn: sa.Connection, table: sa.Table) -> int:
    columns = [one for one in table.c if isinstance(one.type, sa.JSON) and (table.name, one.name) not in MAPS]
    count = 0
    for row in conn.execute(sa.select(table)).all() if columns else ():
        kept = {one.name: newer(row._mapping[one.name]) for one in columns}
        mine = sa.and_(*(one == row._mapping[one.name] for one in table.primary_key))
        conn.execute(sa.update(table).where(mine).values(kept))
        count += LATER in str(kept)
    return count


def _beside(conn: sa.Connection, table: sa.Table) -> int:
    found = conn.execute(sa.select(table)).mappings().all()
    keys = {one.name for one in table.primary_key} - {"about", "kind"}
    for row in found:
        conn.execute(sa.insert(table), {**row, "kind": LATER, **{name: f"{row[name]}-later" for name in keys}})
    return len(found)


def test_what_a_newer_version_keeps_stops_nothing(house: House) -> None:
    sitting = lunch(house, seats=1, cook_places=1)
    house.settle()
    jeanne = reserve(house, sitting, Party(eaters=1))
    house.do_what_is_due()
    paul = reserve(house, sitting, Party(eaters=1), name="Paul")
    house.do_what_is_due()
    assert a_newer_version_keeps_more(house) >= 5
    house.let_time_pass(minutes=1)  # Paul has asked before Marie
    call_off(house, jeanne)
    marie = reserve(house, sitting, Party(eaters=1), name="Marie")
    house.let_time_pass(minutes=10)
    assert outcome_of(house, jeanne).status is BookingStatus.CANCELLED
    assert outcome_of(house, paul).status is BookingStatus.CONFIRMED
    assert outcome_of(house, marie).status is BookingStatus.WAITLISTED
    kinds = [kind for kind, _state in letters(house)]
    assert {"confirmed", "waitlisted", "cancelled_by_guest", LATER} <= set(kinds)
    for name, part in house.parts.items():
        assert rows(house, name, part.metadata.tables["attempt"]) == [], f"{name} parked something"
        assert rows(house, name, part.metadata.tables["ailing_timer"]) == [], f"a timer of {name} fails"
