"""Each service with a role and a user of its own, as deploy/postgres and deploy/rabbitmq make them."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import amqp
import psycopg
import pytest

from deploy.make_secrets import definitions
from shared.contracts.routes import SERVICES
from tests import backends
from tests.faults import servers
from tests.faults.servers import Postgres, RabbitMQ, open_postgres, open_rabbitmq
from tests.real.client import Client
from tests.real.conftest import open_lunches
from tests.real.fleet import ROOT, Fleet, fleet_on, until, web_answers

pytestmark = pytest.mark.xdist_group("fleet")
PASSWORDS = {service: f"of-{service}-alone" for service in SERVICES}
BY_PASSWORD = "local all all trust\nhost all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"


@dataclass
class Place:
    """The two servers, set up as an operator would."""

    postgres: Postgres
    rabbitmq: RabbitMQ
    secrets: Path

    def database(self, service: str, *, of: str | None = None) -> str:
        """The URL by which a service reaches a database: its own, or a sibling's."""
        return f"postgresql://{service}:{PASSWORDS[service]}@127.0.0.1:{self.postgres.port}/{of or service}"

    def broker(self, service: str) -> str:
        """The URL by which a service reaches the broker."""
        return f"amqp://{service}:{PASSWORDS[service]}@127.0.0.1:{self.rabbitmq.port}/tablee"

    def make_roles(self) -> None:
        """Run the script of the containers."""
        env = {"PATH": os.environ["PATH"], "PGHOST": "127.0.0.1", "PGPORT": str(self.postgres.port)}
        env |= {"PGUSER": "postgres", "SECRETS": str(self.secrets)}
        done = subprocess.run(
            ["sh", ROOT / "deploy/postgres/roles.sh"], env=env, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    if missing := servers.missing():
        if backends.REQUIRED:
            pytest.fail(f"{' and '.join(missing)} must be installed.")
        pytest.skip(f"needs {' and '.join(missing)}")
    secrets = tmp_path_factory.mktemp("secrets")
    for service, password in PASSWORDS.items():
        (secrets / f"{service}_database_password").write_text(password)
    with ExitStack() as stack:
        made = Place(stack.enter_context(open_postgres()), stack.enter_context(open_rabbitmq()), secrets)
        made.make_roles()
        (made.postgres.folder / "data/pg_hba.conf").write_text(BY_PASSWORD)
        with psycopg.connect(made.postgres.url) as conn:
            conn.execute("SELECT pg_reload_conf()")
        told = secrets / "definitions.json"
        told.write_text(definitions((ROOT / "deploy/rabbitmq/definitions.json").read_text(), PASSWORDS))
        made.rabbitmq.control("import_definitions", str(told))
        yield made


@pytest.fixture(scope="module")
def fleet(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """The whole product, migrated and started by these roles and users."""
    urls = {service: place.database(service) for service in SERVICES}
    with fleet_on(urls, "amqp://nobody", "tablee", tmp_path_factory.mktemp("logs")) as opened:
        opened.env["BROKER_DECLARES"] = "0"
        opened.own = {service: {"BROKER_URL": place.broker(service)} for service in SERVICES}
        opened.start()
        until(lambda: web_answers(opened), what="the web answers")
        yield opened


def test_a_booking_goes_its_whole_way(fleet: Fleet) -> None:
    (meal,) = open_lunches(fleet, 1, seats=10)
    client = Client(fleet)
    promise = client.book(meal)
    assert promise is not None
    until(lambda: client.read(promise)["status"] == "confirmed", what="it is confirmed")
    until(lambda: fleet.sink.to(promise.email), what="the letter comes")
    client.http.clear()


def test_each_service_is_heard_of(fleet: Fleet, place: Place) -> None:
    heard = "SELECT service FROM service_state WHERE told->>'broker' = 'true' AND told->>'hearers' IS NOT NULL"
    with psycopg.connect(place.database("capacity"), autocommit=True) as conn:
        until(lambda: len(conn.execute(heard).fetchall()) == len(SERVICES), what="all three told")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_cannot_read_a_siblings_database(place: Place, service: str) -> None:
    for other in {*SERVICES, "postgres", "template1"} - {service}:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(place.database(service, of=other), connect_timeout=3)


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_owns_its_database_and_may_nothing_else(place: Place, service: str) -> None:
    with psycopg.connect(place.database(service), connect_timeout=3, autocommit=True) as conn:
        conn.execute("CREATE TABLE of_mine (x int); DROP TABLE of_mine")
        for refused in (
            "CREATE DATABASE more",
            "CREATE ROLE another",
            "COPY (SELECT 1) TO '/tmp/written-by-a-role'",
            f"ALTER ROLE {service} SUPERUSER",
            "SELECT pg_read_file('/etc/hostname')",
            "SELECT passwd FROM pg_shadow",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(refused.encode())


@pytest.mark.parametrize("service", SERVICES)
def test_a_password_is_needed_and_each_has_another(place: Place, service: str) -> None:
    wrong = place.database(service).replace(PASSWORDS[service], PASSWORDS[another(service)])
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong, connect_timeout=3)


def test_run_again_the_script_changes_what_differs_and_keeps_the_rest(place: Place) -> None:
    with psycopg.connect(place.database("booking")) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS kept (x int)")
    file = place.secrets / "booking_database_password"
    file.write_text("renewed; and 'quoted'")
    place.make_roles()
    old = place.database("booking")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(old, connect_timeout=3)
    file.write_text(PASSWORDS["booking"])
    place.make_roles()
    with psycopg.connect(old, connect_timeout=3) as conn:
        assert conn.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        conn.execute("DROP TABLE kept")


@pytest.mark.parametrize("service", SERVICES)
def test_a_user_cannot_read_a_siblings_queue(place: Place, service: str) -> None:
    for queue in {f"tablee.{other}{dead}" for other in SERVICES for dead in ("", ".dead")} - {f"tablee.{service}"}:
        with opened(place, service) as connection, pytest.raises(amqp.AccessRefused):
            connection.channel().basic_get(queue)
    with opened(place, service) as connection:
        connection.channel().queue_declare(f"tablee.{service}", passive=True)


@pytest.mark.parametrize("service", SERVICES)
def test_a_user_can_neither_make_nor_delete_nor_bind(place: Place, service: str) -> None:
    other = another(service)
    for refused in (
        lambda channel: channel.queue_declare("of-mine", durable=True, auto_delete=False),
        lambda channel: channel.queue_delete(f"tablee.{service}"),
        lambda channel: channel.exchange_declare("of-mine", "topic"),
        lambda channel: channel.queue_bind(f"tablee.{service}", f"tablee.{other}", "#"),
        lambda channel: channel.queue_purge(f"tablee.{other}"),
    ):
        with opened(place, service) as connection, pytest.raises(amqp.AccessRefused):
            refused(connection.channel())


@pytest.mark.parametrize("service", SERVICES)
def test_a_user_enters_this_host_path_alone(place: Place, service: str) -> None:
    with pytest.raises((amqp.NotAllowed, amqp.AccessRefused)), opened(place, service, path="/"):
        pass


def test_the_broker_has_what_the_definitions_say(place: Place) -> None:
    told = json.loads((ROOT / "deploy/rabbitmq/definitions.json").read_text())
    there = place.rabbitmq.control("list_queues", "-p", "tablee", "name", "--no-table-headers").split()
    assert sorted(there) == sorted(one["name"] for one in told["queues"])
    assert "bounded" in place.rabbitmq.control("list_policies", "-p", "tablee")


def opened(place: Place, service: str, path: str = "tablee") -> amqp.Connection:
    return amqp.Connection(
        f"127.0.0.1:{place.rabbitmq.port}", service, PASSWORDS[service], virtual_host=path, connect_timeout=5
    )


def another(service: str) -> str:
    return next(one for one in SERVICES if one != service)
