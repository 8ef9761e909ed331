"""The floors: the least that PostgreSQL must do, measured by pgbench in the same run.

*Hot row*: one transaction inserts a booking, raises a guarded counter on its sitting, and inserts an outbox row; all on
one sitting. *Insert only*: one transaction inserts a booking. *Confirmed publish*: RabbitMQ confirms one message.
"""

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


def confirmed_publish(count: int = 500) -> float:
    """Seconds in which RabbitMQ takes one message into a quorum queue and confirms it, on average."""
    options = {"confirm_publish": True}
    with kombu.Connection(backends.BROKER_URL, connect_timeout=4, transport_options=options) as connection:
        channel = connection.default_channel
        queue = kombu.Queue(
            f"bench-{uuid4().hex[:8]}", durable=True, queue_arguments={"x-queue-type": "quorum"}, channel=channel
        )
        queue.queue_declare()
        try:
            producer = kombu.Producer(channel)
            begun = time.monotonic()
            for number in range(count):
                producer.publish({"number": number}, routing_key=queue.name, mandatory=True, confirm_timeout=5)
            return (time.monotonic() - begun) / count
        finally:
            queue.delete()


def _transactions_per_second(script: str, sessions: int) -> float:
    with tempfile.TemporaryDirectory() as folder, backends.new_database("postgres", Path(folder), "floor") as url:
        with psycopg.connect(url, autocommit=True, connect_timeout=3) as conn:
            conn.execute(TABLES)
        file = Path(folder) / "transaction.sql"
        file.write_text(script)
        command = ["pgbench", "-n", "-c", str(sessions), "-j", str(min(2, sessions)), "-T", str(SECONDS)]
        done = subprocess.run(
            [*command, "-f", str(file), url], capture_output=True, text=True, timeout=SECONDS + 60, check=False
        )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(f"pgbench gave no figure: {done.stderr[-500:]}")
    return float(found.group(1))
