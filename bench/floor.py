"""The floors: the least that PostgreSQL must do, measured by pgbench in the same run.

*Hot row*: one transaction inserts a booking, raises a guarded counter on its sitting, and inserts an outbox row; all on
one sitting. *Insert only*: one transaction inserts a booking. *Confirmed publish*: RabbitMQ confirms one message.
"""

import random
import re
import subprocess
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import kombu
import psycopg

from tests import backends

SESSIONS = 8
SECONDS = 5  # of each pgbench
TABLES = """
CREATE TABLE sitting (id int PRIMARY KEY, seats int NOT NULL, held int NOT NULL DEFAULT 0);
CREATE TABLE booking (id bigserial PRIMARY KEY, sitting int NOT NULL, name text, contact text, party int);
CREATE TABLE outbox (id bigserial PRIMARY KEY, kind text, body text);
INSERT INTO sitting (id, seats) VALUES (1, 1000000000);
"""
INSERT = """
INSERT INTO booking (sitting, name, contact, party) VALUES (1, 'Jeanne Exemple', 'jeanne@example.org', 2);
"""
TRANSACTION = f"""
BEGIN;
{INSERT.strip()}
UPDATE sitting SET held = held + 2 WHERE id = 1 AND held + 2 <= seats;
INSERT INTO outbox (kind, body) VALUES ('seats_request', '{{"party": 2, "asked_at": "2026-11-24T09:00:00+00:00"}}');
COMMIT;
"""


def hot_row(sessions: int = SESSIONS) -> float:
    """Minimal booking transactions per second on one hot sitting. Raises RuntimeError if pgbench fails."""
    return _transactions_per_second(TRANSACTION, sessions)


def insert_only(sessions: int = SESSIONS) -> float:
    """Transactions per second that insert one booking each. Raises RuntimeError if pgbench fails."""
    return _transactions_per_second(INSERT, sessions)


def unhurried_row(per_second: int) -> float:
    """Seconds of one such transaction where they come by chance, so many a second, one session. Raises RuntimeError if
    pgbench fails.
    """
    told = _pgbench(TRANSACTION, "-c", "1", "-T", str(2 * SECONDS), "-R", str(per_second))
    return (_number(r"latency average = ([\d.]+)", told) - _number(r"schedule lag: avg ([\d.]+)", told)) / 1000


def confirmed_publish(count: int = 500, *, per_second: int | None = None) -> float:
    """Seconds in which RabbitMQ takes one message into a quorum queue and confirms it, on average: one after the other,
    or so many a second, by chance.
    """
    options = {"confirm_publish": True}
    with kombu.Connection(backends.BROKER_URL, connect_timeout=4, transport_options=options) as connection:
        channel = connection.default_channel
        queue = kombu.Queue(
            f"bench-{uuid4().hex[:8]}", durable=True, queue_arguments={"x-queue-type": "quorum"}, channel=channel
        )
        queue.queue_declare()
        try:
            producer, chance, took = kombu.Producer(channel), random.Random(3), 0.0
            for number in range(count):
                if per_second:
                    time.sleep(chance.expovariate(per_second))
                begun = time.monotonic()
                producer.publish({"number": number}, routing_key=queue.name, mandatory=True, confirm_timeout=5)
                took += time.monotonic() - begun
            return took / count
        finally:
            queue.delete()


def _transactions_per_second(script: str, sessions: int) -> float:
    told = _pgbench(script, "-c", str(sessions), "-j", str(min(2, sessions)), "-T", str(SECONDS))
    return _number(r"tps = ([\d.]+)", told)


def _pgbench(script: str, *options: str) -> str:
    """What pgbench says at its end."""
    with tempfile.TemporaryDirectory() as folder, backends.new_database("postgres", Path(folder), "floor") as url:
        with psycopg.connect(url, autocommit=True, connect_timeout=3) as conn:
            conn.execute(TABLES)
        file = Path(folder) / "transaction.sql"
        file.write_text(script)
        command = ["pgbench", "-n", *options, "-f", str(file), url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS + 60, check=False)
    if done.returncode:
        raise RuntimeError(f"pgbench failed: {done.stderr[-500:]}")
    return done.stdout


def _number(pattern: str, told: str) -> float:
    found = re.search(pattern, told)
    if found is None:
        raise RuntimeError(f"pgbench gave no figure: {told[-500:]}")
    return float(found.group(1))
