"""What is kept of somebody is found by their address: PostgreSQL never has to look at every letter."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.bootstrap import assemble
from services.notifications.store import erasing, exporting, facts
from services.notifications.use_cases.receive_text import receive_text
from shared.clock import SetClock
from tests import backends
from tests.services.notifications.conftest import SETTINGS
from tests.services.notifications.house import BY_SMS, CAMILLE, NotificationsHouse

SMALL = {"attempt", "mailbox", "guest_link"}  # parked items; the demo's; links that are good for half an hour
EMAIL, PHONE = str(CAMILLE.email), str(BY_SMS["phone"])


@pytest.fixture
def house(postgres: None, tmp_path: Path, clock: SetClock) -> Iterator[NotificationsHouse]:
    with backends.new_database("postgres", tmp_path, "notifications") as url:
        parts = assemble({"NOTIFICATIONS_DATABASE_URL": url, **SETTINGS}, clock=clock)
        parts.migrate()
        yield NotificationsHouse(parts, clock)
        parts.service.database.dispose()


def scans(conn: Connection, asked: list[tuple[str, Any]]) -> set[str]:
    """The tables that PostgreSQL must read from end to end to answer, even if that is as dear as can be."""
    conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
    plans = [row[0] for one in asked for row in conn.exec_driver_sql(f"EXPLAIN {one[0]}", one[1])]
    found = (line.partition("Seq Scan on ")[2].split(" ")[0] for line in plans if "Seq Scan on " in line)
    return set(found) - SMALL


@pytest.mark.parametrize("address", [EMAIL, PHONE])
def test_no_table_that_grows_is_read_from_end_to_end(house: NotificationsHouse, address: str) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    before = house.clock.at + timedelta(days=1)
    with house.service.database.begin() as conn:
        sa.event.listen(conn, "before_cursor_execute", note)
        exporting.letters_to(conn, address)
        exporting.texts_from(conn, address)
        facts.bookings_with(conn, address, after=house.clock.at)
        erasing.lock(conn, [address])
        erasing.erase(conn, address, before)
        sa.event.remove(conn, "before_cursor_execute", note)
        assert len(asked) > 10
        assert scans(conn, asked) == set()
        everything: list[tuple[str, Any]] = [("SELECT * FROM letter WHERE reason = 'x'", ())]
        assert scans(conn, everything) == {"letter"}, "it would be seen"


def test_what_is_kept_of_somebody_is_all_there(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.book("sam", **BY_SMS, name="Sam")
    house.ask_for_link(email=EMAIL.upper())
    receive_text(house.service, "http", "1", PHONE, "Où est la porte ?")
    house.ring()
    with house.service.read() as conn:
        kinds = [one.kind for one in exporting.letters_to(conn, EMAIL)]
        assert sorted(kinds) == ["confirmed", "guest_link", "reminder"]
        assert {(one.kind, one.about) for one in exporting.letters_to(conn, PHONE)} == {
            ("confirmed", "Sam"),
            ("reminder", "Sam"),
            ("text_passed_on", ""),
        }
