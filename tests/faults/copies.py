"""Older copies of a service's database, as an operator makes and restores them: pg_dump under load, pg_restore."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from shared.contracts.routes import SERVICES
from tests.faults.house import House
from tests.real.fleet import until


@dataclass(frozen=True)
class Copy:
    """A copy of a service's database in a file."""

    service: str
    file: Path


def take(house: House, service: str, folder: Path) -> Copy:
    """Copy a database while the product runs."""
    file = folder / f"{service}.dump"
    _run("pg_dump", "--format=custom", f"--file={file}", house.postgres.url_of(service))
    return Copy(service, file)


def strike(house: House, service: str) -> tuple[int, set[str]]:
    """kill -9 of all processes of a service, with messages in flight between it and the others.

    Returns how many were in flight, and the bookings of which only the struck database may have known the last wish or
    the guest.
    """
    until(lambda: in_flight(house, service) > 0, what=f"messages are in flight to or from {service}")
    flying = in_flight(house, service)
    for name in [name for name in house.fleet.running if name.split()[0] == service]:
        house.fleet.kill(name)
    return flying, _in_doubt(house) if service == "booking" else set()


def put_back(house: House, copy: Copy) -> None:
    """Put the copy in place of the database, and bring it to the newest schema."""
    name = sql.Identifier(copy.service)
    with psycopg.connect(house.postgres.url, autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        conn.execute(sql.SQL("CREATE DATABASE {}").format(name))
    _run("pg_restore", f"--dbname={house.postgres.url_of(copy.service)}", str(copy.file))
    house.fleet.run(copy.service, "migrate")


def resay_everywhere(house: House, restored: str) -> None:
    """`resay` in every service, the restored one last, each once what the one before said has been heard."""
    for service in sorted(SERVICES, key=lambda name: name == restored):
        house.fleet.run(service, "resay")
        with house.look(service) as conn:
            said = conn.execute("SELECT now()").fetchone()
            unheard = "SELECT 1 FROM outbox WHERE said_at <= %s AND kind <> 'receipt' LIMIT 1"
            until(
                lambda: conn.execute(unheard, said).fetchone() is None,  # noqa: B023 - done within this turn
                what=f"what {service} said again is heard",
            )


def letters_sent(house: House) -> set[str]:
    """The keys of the letters that notifications knows as sent."""
    return _column(
        house, "notifications", "SELECT key FROM letter WHERE state IN ('sent', 'delivered', 'returned', 'complained')"
    )


def in_flight(house: House, service: str) -> int:
    """How many things are said, to or by this service, and not receipted."""
    count = 0
    for sender in SERVICES:
        query = "SELECT receiver || kind || thing FROM outbox WHERE kind <> 'receipt'"
        count += len(_column(house, sender, query if sender == service else f"{query} AND receiver = '{service}'"))
    return count


def _in_doubt(house: House) -> set[str]:
    unheard = _column(house, "booking", "SELECT thing FROM outbox WHERE kind IN ('seats_request', 'booking_notice')")
    made = _column(house, "booking", "SELECT id FROM booking")
    return unheard | (made - _column(house, "notifications", "SELECT id FROM known_booking"))


def _column(house: House, service: str, query: str) -> set[str]:
    with house.look(service) as conn:
        return {str(row[0]) for row in conn.execute(query.encode())}


def _run(program: str, *words: str) -> None:
    subprocess.run([program, *words], check=True, capture_output=True, timeout=120)
