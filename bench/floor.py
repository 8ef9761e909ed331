"""The floor: the least that PostgreSQL must do for a booking, measured by pgbench in the same run.

One transaction inserts a booking, raises a guarded counter on its sitting, and inserts an outbox row.
"""

import re
import subprocess
import tempfile
from pathlib import Path

import psycopg

TABLES = """
CREATE TABLE sitting (id int PRIMARY KEY, seats int NOT NULL, held int NOT NULL DEFAULT 0);
CREATE TABLE booking (id bigserial PRIMARY KEY, sitting int NOT NULL, name text, contact text, party int);
CREATE TABLE outbox (id bigserial PRIMARY KEY, kind text, body text);
INSERT INTO sitting (id, seats) SELECT n, 1000000000 FROM generate_series(1, {sittings}) AS n;
"""
TRANSACTION = """
\\set sitting random(1, {sittings})
BEGIN;
INSERT INTO booking (sitting, name, contact, party) VALUES (:sitting, 'Jeanne Exemple', 'jeanne@example.org', 2);
UPDATE sitting SET held = held + 2 WHERE id = :sitting AND held + 2 <= seats;
INSERT INTO outbox (kind, body) VALUES ('seats_request', '{{"party": 2, "asked_at": "2026-11-24T09:00:00+00:00"}}');
COMMIT;
"""


def floor(url: str, *, clients: int, sittings: int, seconds: int = 5) -> float:
    """Minimal booking transactions per second with `clients` sessions. Raises RuntimeError if pgbench fails."""
    with psycopg.connect(url, autocommit=True, connect_timeout=3) as conn:
        conn.execute(TABLES.format(sittings=sittings))
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "booking.sql"
        script.write_text(TRANSACTION.format(sittings=sittings))
        command = ["pgbench", "-n", "-c", str(clients), "-j", "2", "-T", str(seconds), "-f", str(script), url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError(f"pgbench gave no figure: {done.stderr[-500:]}")
    return float(found.group(1))
