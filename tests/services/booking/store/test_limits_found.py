"""What a contact has booked, and whether they are a member, is found by the contact: PostgreSQL does not go through all
bookings for each new one, nor through all members for each list.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from services.booking.bootstrap import assemble
from services.booking.store import limits, memberships
from shared.clock import SetClock
from tests import backends
from tests.services.booking.conftest import SETTINGS


def test_what_a_contact_has_booked_is_found_by_their_address_and_number(
    postgres: None, tmp_path: Path, clock: SetClock
) -> None:
    asked: list[tuple[str, Any]] = []
    with backends.new_database("postgres", tmp_path, "booking") as url:
        parts = assemble({"BOOKING_DATABASE_URL": url, **SETTINGS}, clock=clock)
        parts.migrate()
        with parts.service.database.begin() as conn:
            sa.event.listen(conn, "before_cursor_execute", lambda _c, _k, what, given, *_: asked.append((what, given)))
            limits.made(conn, ["198.51.100.1"], ["camille@example.org"], clock.at - timedelta(days=1), clock.at)
            ((statement, given),) = asked
            conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = [row[0] for row in conn.exec_driver_sql(f"EXPLAIN {statement}", given)]
            memberships.like(conn, "lyon-saone", ["camille exemple"], ["a mark"])
            statement, given = asked[-1]
            of_members = " ".join(row[0] for row in conn.exec_driver_sql(f"EXPLAIN {statement}", given))
        parts.service.database.dispose()
    conditions = " ".join(line for line in plan if "Index Cond" in line)
    assert "lower((email)" in conditions and "phone" in conditions and "client" in conditions, plan
    assert "known_as" in of_members and "email" in of_members and "Seq Scan" not in of_members, of_members
