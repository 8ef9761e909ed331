"""The servers of our own can be hurt in every way that a campaign needs, and come back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import cast

import amqp
import psycopg
import pytest

from tests.faults import faults, flight, servers
from tests.faults.house import House
from tests.faults.proxy import Link, open_links
from tests.faults.servers import Postgres, RabbitMQ
from tests.real.fleet import until

pytestmark = pytest.mark.xdist_group("fleet")


@pytest.fixture
def postgres(house: House) -> Postgres:
    return house.postgres


@pytest.fixture
def broker(house: House) -> RabbitMQ:
    return house.broker


@pytest.fixture
def link(postgres: Postgres) -> Iterator[Link]:
    with open_links(postgres.port) as (link,):
        yield link


def declare(broker: RabbitMQ, *, passive: bool) -> None:
    with amqp.Connection(f"127.0.0.1:{broker.port}", read_timeout=5, write_timeout=5) as connection:
        connection.channel().queue_declare("kept", durable=True, auto_delete=False, passive=passive)


def test_postgres_stops_at_once_and_keeps_what_was_committed(postgres: Postgres) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as conn:
        conn.execute("CREATE TABLE kept ()")
    postgres.stop()
    assert not postgres.answers()
    postgres.start()
    with psycopg.connect(postgres.url) as conn:
        conn.execute("SELECT count(*) FROM kept")


def test_a_frozen_postgres_is_silent_until_it_is_thawed(postgres: Postgres) -> None:
    postgres.freeze()
    assert not postgres.answers()
    postgres.thaw()
    assert postgres.answers()


def test_the_broker_keeps_its_queues_over_a_stop_and_loses_them_when_wiped(broker: RabbitMQ) -> None:
    declare(broker, passive=False)
    broker.stop()
    assert not broker.answers()
    broker.start()
    declare(broker, passive=True)
    broker.kill()
    broker.wipe()
    broker.start()
    with pytest.raises(amqp.NotFound):
        declare(broker, passive=True)


def test_a_full_disk_blocks_publishers_until_there_is_room_again(broker: RabbitMQ) -> None:
    broker.alarm_disk()
    assert "disk" in broker.control("eval", "rabbit_alarm:get_alarms().")
    broker.lift_alarm()
    assert "disk" not in broker.control("eval", "rabbit_alarm:get_alarms().")


def test_a_held_link_delivers_late(link: Link, postgres: Postgres) -> None:
    with psycopg.connect(postgres.url_of("postgres", link.port), autocommit=True) as conn, ThreadPoolExecutor() as pool:
        conn.execute("SELECT 1")
        link.hold()
        answer = pool.submit(conn.execute, "SELECT 2")
        until(lambda: link.held, what="the question is held")
        assert not answer.done()
        link.restore()
        assert answer.result(20).fetchall() == [(2,)]


def test_a_link_that_swallows_resets_who_lost_something(link: Link, postgres: Postgres) -> None:
    url = postgres.url_of("postgres", link.port)
    with (
        psycopg.connect(url, autocommit=True) as loser,
        psycopg.connect(url, autocommit=True) as idle,
        ThreadPoolExecutor() as pool,
    ):
        link.swallow()
        answer = pool.submit(loser.execute, "SELECT 1")
        until(lambda: link.held, what="the question vanishes")
        link.restore()
        assert isinstance(answer.exception(20), psycopg.OperationalError)
        idle.execute("SELECT 1")


@pytest.mark.parametrize("long", [False, True])
def test_a_hole_that_nothing_fell_into_is_closed_again(
    link: Link, postgres: Postgres, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    monkeypatch.setattr(faults, "IN_FLIGHT_WITHIN", 0.1)
    monkeypatch.setattr(flight, "messages", lambda _house: 1)
    house = cast(House, SimpleNamespace(to_postgres=link))
    with pytest.raises(faults.NothingInFlight):
        faults.hole("postgres", 3, long=long).strike(house)
    with psycopg.connect(postgres.url_of("postgres", link.port), connect_timeout=5) as conn:
        conn.execute("SELECT 1")


def test_a_cut_link_takes_new_connections(link: Link, postgres: Postgres) -> None:
    url = postgres.url_of("postgres", link.port)
    with psycopg.connect(url, autocommit=True) as conn:
        link.cut()
        with pytest.raises(psycopg.OperationalError):
            conn.execute("SELECT 1")
    psycopg.connect(url).close()


def test_what_is_missing_is_named() -> None:
    assert set(servers.missing()) <= {"PostgreSQL", "RabbitMQ"}
