"""Two hundred requests for one seat, decided by four processes at once on the real servers."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.capacity.bootstrap import assemble as assemble_capacity
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import Plan
from services.capacity.store.tables import claim
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.open_sitting import open_sitting
from shared.assembly import Assembly
from shared.contracts.party import NOBODY, Party
from shared.contracts.routes import schema_of
from shared.contracts.seats import SeatsRequest, Standing
from shared.messaging.celery_app import make_celery
from shared.messaging.publisher import CeleryPublisher, NotPublished
from tests import backends
from tests.real.fleet import ROOT, until
from tests.real.fragile import fragile_settings
from tests.stories.house import environment
from tests.stories.residents import CANTINE, at_noon

pytestmark = pytest.mark.xdist_group("fleet")
REQUESTS = 200
ONE = Party(eaters=1)
ASKED = datetime.now(UTC) - timedelta(hours=1)


@dataclass
class Crowd:
    capacity: Assembly
    publisher: CeleryPublisher
    sitting: str

    def ask(self, number: int, revision: int = 1, party: Party = ONE) -> None:
        """One task with one item. Later numbers asked earlier, so that order of arrival is not order of asking."""
        request = SeatsRequest(
            thing=f"booking-{number:03}",
            revision=revision,
            sitting=self.sitting,
            party=party,
            asked_at=ASKED - timedelta(seconds=number),
        )
        body = schema_of(request.kind).dump(request)
        item = {"thing": request.thing, "revision": revision, "correlation": "c", "sends": 1, "body": body}
        until(lambda: self._is_published(request.kind, item), what="the request is published")

    def _is_published(self, kind: str, item: dict[str, Any]) -> bool:
        """As a relay does: what the broker did not confirm is published again."""
        try:
            self.publisher.publish("capacity", kind, [item])
        except NotPublished:
            return False
        return True

    def decided(self) -> int:
        """How many requests have their claim."""
        return len(self._bookings(*Standing))

    def held(self) -> list[str]:
        """The bookings that hold a seat."""
        return self._bookings(Standing.HELD)

    def waiting(self) -> list[str]:
        """The bookings that wait, in order of asking."""
        return self._bookings(Standing.WAITLISTED)

    def _bookings(self, *standings: Standing) -> list[str]:
        with self.capacity.service.read() as conn:
            rows = sa.select(claim.c.booking).where(claim.c.standing.in_(standings)).order_by(claim.c.asked_at)
            return list(conn.execute(rows).scalars())


@contextmanager
def open_crowd(guard: str, queue_prefix: str, folder: Path) -> Iterator[Crowd]:
    with backends.new_database("postgres", folder, "capacity") as url:
        env = os.environ | environment({"capacity": url}, BROKER_URL=backends.BROKER_URL, QUEUE_PREFIX=queue_prefix)
        capacity = assemble_capacity(env)
        capacity.migrate()
        with capacity.service.work() as work:
            add_cantine(work, CANTINE)
            day = work.now.date() + timedelta(days=5)
            sitting = open_sitting(
                work,
                CANTINE.slug,
                Plan(**at_noon(day), kitchen=OwnKitchen(room=1, cook_places=0)),
                "",
                Author(name="Camille"),
            )
        publisher = CeleryPublisher(
            make_celery(fragile_settings("booking", url, queue_prefix)), "booking", queue_prefix
        )
        with (folder / "crowd.log").open("wb") as log:
            crowd = subprocess.Popen(
                [sys.executable, "-m", "tests.real.crowd", guard],
                cwd=ROOT,
                env=env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            yield Crowd(capacity, publisher, sitting)
        finally:
            os.killpg(crowd.pid, signal.SIGKILL)
            crowd.wait(timeout=10)
            publisher.close()
            capacity.service.database.dispose()


def decide_all(crowd: Crowd) -> None:
    for number in range(REQUESTS):
        crowd.ask(number)
    until(lambda: crowd.decided() == REQUESTS, what="all requests are decided")


def test_exactly_one_gets_the_last_seat_and_the_rest_wait_in_order_of_asking(
    postgres: None, queue_prefix: str, tmp_path: Path
) -> None:
    with open_crowd("guarded", queue_prefix, tmp_path) as crowd:
        decide_all(crowd)
        (winner,) = crowd.held()
        line = crowd.waiting()
        assert len(line) == REQUESTS - 1
        assert line == sorted(line, reverse=True)
        for next_in_line in line[:3]:
            crowd.ask(int(winner[-3:]), revision=2, party=NOBODY)
            until(lambda: crowd.held() == [next_in_line], what="the seat is given on")  # noqa: B023
            winner = next_in_line


def test_the_harness_sees_the_race_when_the_guard_is_off(postgres: None, queue_prefix: str, tmp_path: Path) -> None:
    with open_crowd("unguarded", queue_prefix, tmp_path) as crowd:
        for number in range(REQUESTS):
            crowd.ask(number)
        until(lambda: len(crowd.held()) > 1, what="the seat is sold twice")
