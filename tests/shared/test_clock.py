"""All processes of a service tell the same time: that of its database."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from shared.clock import DatabaseClock
from shared.database import Database
from tests import backends

pytestmark = pytest.mark.usefixtures("postgres")
HELD_UP = 0.2  # seconds


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with backends.new_database("postgres", tmp_path, "clock") as url:
        database = Database(url)
        yield database
        database.dispose()


@pytest.mark.parametrize("on_the_way", ["before_cursor_execute", "after_cursor_execute"])
def test_a_process_that_was_held_up_while_it_asked_tells_the_same_time(database: Database, on_the_way: str) -> None:
    held_up: list[float] = []

    def hold_up(*_statement: Any) -> None:
        if not held_up:
            held_up.append(HELD_UP)
            time.sleep(HELD_UP)

    event.listen(database.engine, on_the_way, hold_up)
    clock = DatabaseClock()
    with database.begin() as conn:
        clock.now(conn)
        ahead = clock.now(conn) - datetime.now(UTC)
    assert held_up
    assert abs(ahead) < timedelta(seconds=HELD_UP / 4)  # the server of the tests runs on this machine


def test_the_server_is_not_asked_each_time(database: Database) -> None:
    asked: list[Any] = []
    event.listen(database.engine, "after_cursor_execute", lambda *statement: asked.append(statement[2]))
    clock = DatabaseClock()
    with database.begin() as conn:
        clock.now(conn)
        first = len(asked)
        told = [clock.now(conn) for _ in range(10)]
    assert len(asked) == first > 0
    assert told == sorted(told)
