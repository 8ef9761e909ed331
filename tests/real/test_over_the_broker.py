"""The same stories over real Celery: memory:// with SQLite, as in the demo, and RabbitMQ with PostgreSQL."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.booking.bootstrap import assemble as assemble_booking
from services.capacity.bootstrap import assemble as assemble_capacity
from services.capacity.domain.history import Author
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.notifications.bootstrap import assemble as assemble_notifications
from shared.assembly import Assembly
from shared.clock import SetClock
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.loops import Loop
from shared.messaging.post_office import PostOffice
from shared.messaging.worker import EmbeddedWorker
from tests.real.fleet import Fleet, until
from tests.stories.house import House, environment
from tests.stories.residents import call_off, change_to, letters, lunch, outcome_of, reserve, rows

pytestmark = pytest.mark.xdist_group("fleet")
TWO = Party(eaters=2)
NO_CLOCK = SetClock.__new__(SetClock)  # time passes by itself here
ASSEMBLE = {"booking": assemble_booking, "capacity": assemble_capacity, "notifications": assemble_notifications}


@dataclass
class LiveHouse:
    """A house in which everything moves by itself; the stories' helpers know it as a house."""

    house: House

    def lunch(self, seats: int) -> str:
        with self.house["capacity"].service.read() as conn:
            today = self.house["capacity"].service.clock.now(conn).date()
        sitting = lunch(self.house, seats=seats, on=today + timedelta(days=4))
        sittings = self.house["booking"].metadata.tables["sitting"]
        # Of this one: a broker in memory may still hold what another test said.
        of_it = sa.select(sittings).where(sittings.c.id == sitting)
        until(lambda: rows(self.house, "booking", of_it), what="booking hears of the lunch")
        return sitting

    def becomes(self, booking: str, status: BookingStatus) -> None:
        until(lambda: outcome_of(self.house, booking).status is status, what=f"it becomes {status}")

    def written(self, *kinds: str) -> None:
        """These letters are sent, in any order, and no other."""
        expected = sorted((kind, "sent") for kind in kinds)
        until(
            lambda: sorted(one for one in letters(self.house) if one[1] == "sent") == expected,
            what=str(kinds),
        )


@pytest.fixture(params=["memory and SQLite", "RabbitMQ and PostgreSQL"])
def live(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LiveHouse]:
    if request.param.startswith("RabbitMQ"):
        fleet: Fleet = request.getfixturevalue("fleet")
        parts = {name: assemble(fleet.env) for name, assemble in ASSEMBLE.items()}
        yield LiveHouse(House(parts, {}, PostOffice(), NO_CLOCK))
    else:
        env = environment({name: f"sqlite:///{tmp_path}/{name}.db" for name in ASSEMBLE})
        parts = {name: assemble(env) for name, assemble in ASSEMBLE.items()}
        for part in parts.values():
            part.migrate()
        with all_in_this_process(parts.values()):
            yield LiveHouse(House(parts, {}, PostOffice(), NO_CLOCK))
    for part in parts.values():
        part.service.bell.close()
        part.service.database.dispose()


@contextmanager
def all_in_this_process(parts: Iterable[Assembly]) -> Iterator[None]:
    """Everything as threads, as in the demo."""
    stop = threading.Event()
    threads = [threading.Thread(target=loop, args=(stop,)) for part in parts for loop in loops(part)]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join(timeout=20)
    assert not any(thread.is_alive() for thread in threads)


def loops(part: Assembly) -> list[Loop]:
    app = part.make_celery()
    return [EmbeddedWorker(app, part.settings).run, part.make_relay(app).run, part.run_timers, *part.loops.values()]


def test_a_resident_books_changes_and_cancels(live: LiveHouse) -> None:
    sitting = live.lunch(seats=10)
    jeanne = reserve(live.house, sitting, TWO)
    live.becomes(jeanne, BookingStatus.CONFIRMED)
    live.written("confirmed")
    change_to(live.house, jeanne, Party(eaters=3))
    until(lambda: outcome_of(live.house, jeanne).party == Party(eaters=3), what="three come")
    live.written("confirmed", "confirmed")
    call_off(live.house, jeanne)
    live.written("confirmed", "confirmed", "cancelled_by_guest")


def test_a_full_meal_a_waiting_list_and_a_promotion(live: LiveHouse) -> None:
    sitting = live.lunch(seats=2)
    first = reserve(live.house, sitting, TWO, name="First")
    live.becomes(first, BookingStatus.CONFIRMED)
    second = reserve(live.house, sitting, TWO, name="Second")
    live.becomes(second, BookingStatus.WAITLISTED)
    call_off(live.house, first)
    live.becomes(second, BookingStatus.CONFIRMED)


def test_a_cancelled_meal_is_told_to_every_guest(live: LiveHouse) -> None:
    sitting = live.lunch(seats=10)
    guests = [reserve(live.house, sitting, TWO, name=f"Guest{n}") for n in range(3)]
    for guest in guests:
        live.becomes(guest, BookingStatus.CONFIRMED)
    live.written(*["confirmed"] * 3)
    with live.house["capacity"].service.work() as work:
        cancel_sitting(work, sitting, "", Author(name="Camille"))
    live.written(*["confirmed"] * 3, *["cancelled_by_cantine"] * 3)
