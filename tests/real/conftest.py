"""A queue prefix of its own for each test, and the whole product as real processes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.capacity.bootstrap import assemble as assemble_capacity
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import Plan
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.open_sitting import open_sitting
from tests import backends
from tests.real.fleet import Fleet, open_fleet, until, web_answers
from tests.stories.residents import CANTINE, at_noon


@pytest.fixture
def queue_prefix(rabbitmq: None) -> Iterator[str]:
    with backends.new_queue_prefix() as prefix:
        yield prefix


@pytest.fixture
def fleet(postgres: None, queue_prefix: str, tmp_path: Path) -> Iterator[Fleet]:
    with open_fleet(queue_prefix, tmp_path) as opened:
        opened.start()
        until(lambda: web_answers(opened), what="the web answers")
        yield opened


def open_lunches(fleet: Fleet, count: int, *, seats: int) -> list[str]:
    """Open lunches in the days to come; returns their ids once booking knows them all."""
    known = fleet.known_sittings()
    capacity = assemble_capacity(fleet.env)
    with capacity.service.work() as work:
        add_cantine(work, CANTINE)
        days = [work.now.date() + timedelta(days=3 + number) for number in range(count)]
        plans = [Plan(**at_noon(day), kitchen=OwnKitchen(room=seats, cook_places=seats // 3)) for day in days]
        ids = [open_sitting(work, CANTINE.slug, plan, "", Author(name="Camille")) for plan in plans]
    capacity.service.database.dispose()
    until(lambda: fleet.known_sittings() == known + count, what="booking knows the lunches")
    return ids
