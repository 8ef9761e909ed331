"""Several are forgotten in one transaction, as after a restore: locks are taken in one order, whoever else waits."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.bootstrap import assemble
from services.booking.domain.contact import Contact, way_of
from services.booking.store.tables import booking, cook_ask, cook_call, guest_link, person
from services.booking.use_cases.erase import erase
from services.booking.use_cases.persons import person_of
from services.booking.use_cases.send_links import ask_for_link
from shared.clock import SetClock
from shared.contracts.erasure import Erased
from shared.contracts.reply import CONTACT
from shared.links import Links
from tests import backends
from tests.services.booking.conftest import SETTINGS
from tests.services.booking.house import BookingHouse

LINKS = Links((SETTINGS["SECRET_KEYS"],))
GUESTS = [
    Contact(name=name, email=f"{name.lower()}@example.org", phone=None, language="fr") for name in ("Zoe", "Ada", "Lou")
]


@pytest.fixture
def house(postgres: None, tmp_path: Path, clock: SetClock) -> Iterator[BookingHouse]:
    """Three guests with a booking, a link, and a call to cook that is open each, in any order."""
    with backends.new_database("postgres", tmp_path, "booking") as url:
        parts = assemble({"BOOKING_DATABASE_URL": url, **SETTINGS}, clock=clock)
        parts.migrate()
        house = BookingHouse(parts, clock)
        house.announce()
        for one in GUESTS:
            house.book(who=one)
            ask_for_link(house.service, LINKS, way_of(str(one.email), language="fr", sms=True), "198.51.100.1")
            call_to_cook(house, one)
            clock.pass_time(seconds=1)
        yield house
        parts.service.database.dispose()


def call_to_cook(house: BookingHouse, who: Contact) -> None:
    with house.service.work() as work:
        asked = {"sitting": f"dinner of {who.name}", "call": who.name}
        ends = work.now + timedelta(hours=5)
        call = sa.insert(cook_call).values(**asked, cantine="lyon-saone", sought=2, until=ends, told=0)
        work.conn.execute(call)
        work.conn.execute(sa.insert(cook_ask).values(**asked, person=person_of(work, who).id, at=work.now))


def lock(conn: Connection, table: sa.Table, thing: str) -> None:
    """Lock one row at once, or raise."""
    (key,) = table.primary_key
    conn.execute(sa.select(key).where(key == thing).with_for_update(nowait=True)).one()


def somebody_waits(house: BookingHouse) -> bool:
    with house.service.database.begin() as conn:
        question = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return conn.execute(sa.text(question)).first() is not None


def test_who_forgets_somebody_holds_no_person_while_waiting_for_their_call(house: BookingHouse) -> None:
    """Who answers a call locks the call, then the person."""
    with house.service.read() as conn:
        people = conn.scalars(sa.select(person.c.id)).all()
    address = str(GUESTS[0].email)
    eraser = threading.Thread(target=lambda: erase(house.service, LINKS, house.voice, GUESTS[0]))
    with house.service.database.begin() as writer:
        lock(writer, cook_call, f"dinner of {GUESTS[0].name}")
        eraser.start()
        while not somebody_waits(house):
            assert eraser.is_alive()
        for one in people:
            lock(writer, person, one)
    eraser.join(timeout=10)
    with house.service.read() as conn:
        assert conn.scalar(sa.select(sa.func.count()).where(person.c.address == address)) == 0


@pytest.mark.parametrize(("table", "by"), [(booking, booking.c.id), (guest_link, guest_link.c.asked_at)])
def test_who_forgets_several_waits_without_holding_a_later_row(
    house: BookingHouse, table: sa.Table, by: sa.Column[object]
) -> None:
    with house.service.read() as conn:
        first, *later = conn.scalars(sa.select(table.c.id).order_by(by)).all()
    heard = [
        Erased(thing=LINKS.mark(CONTACT, str(one.email)), revision=number, erased_at=house.clock.at)
        for number, one in enumerate(GUESTS, start=1)
    ]
    eraser = threading.Thread(target=lambda: house.hear(*heard))
    with house.service.database.begin() as writer:
        lock(writer, table, first)
        eraser.start()
        while not somebody_waits(house):
            assert eraser.is_alive()
        for thing in later:
            lock(writer, table, thing)
    eraser.join(timeout=10)
    assert not eraser.is_alive()
    with house.service.read() as conn:
        assert conn.scalar(sa.select(sa.func.count()).where(booking.c.erased)) == len(GUESTS)
        assert conn.scalar(sa.select(sa.func.count()).select_from(guest_link)) == 0
