"""Alerts as heard, and which of them the daily digest of each member of staff holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.alerts import KnownAlert
from services.notifications.store.tables import digest_line, known_alert
from shared.contracts.alert import AlertKind, Severity
from shared.keeping import keep_rows
from shared.kept import words_of


@dataclass(frozen=True)
class DigestLine:
    """An alert in somebody's digest, as it was raised; `who` stands for the person. Nobody is told of it twice so."""

    who: str
    thing: str
    raised: int
    severity: Severity
    letter: str


def keep(conn: Connection, alerts: Sequence[KnownAlert]) -> None:
    """Write down how alerts stand."""
    rows = [asdict(one) | {"facts": dict(one.facts)} for one in sorted(alerts, key=lambda one: one.thing)]
    changes = [column.name for column in known_alert.c if not column.primary_key]
    keep_rows(conn, known_alert, rows, changes=changes)


def load(conn: Connection, things: Collection[str]) -> dict[str, KnownAlert]:
    """Alerts by name."""
    known = known_alert.c.kind.in_(words_of(AlertKind))
    rows = conn.execute(sa.select(known_alert).where(known_alert.c.thing.in_(things), known))
    return {row.thing: _read(row) for row in rows}


def write_lines(conn: Connection, lines: Collection[DigestLine]) -> None:
    """Put alerts into digests; one that the person's digest has told, or will tell, is left where it is."""
    keep_rows(conn, digest_line, [asdict(one) for one in sorted(lines, key=lambda one: (one.who, one.thing))])


def lines_of(conn: Connection, letters: Collection[str]) -> list[DigestLine]:
    """What these digests hold, in order."""
    if not letters:
        return []
    query = sa.select(digest_line).where(digest_line.c.letter.in_(letters))
    rows = conn.execute(query.order_by(digest_line.c.letter, digest_line.c.thing))
    return [DigestLine(**{**row._mapping, "severity": Severity(row.severity)}) for row in rows]


def forget_untold(conn: Connection, told: Mapping[str, Collection[str]]) -> None:
    """Of these digests, by key, only the lines stay that are told: an alert that was eased just then, and comes back,
    goes into the next.
    """
    for letter, things in sorted(told.items()):
        of_it = digest_line.c.letter == letter
        conn.execute(sa.delete(digest_line).where(of_it, digest_line.c.thing.not_in(things)))


def _read(row: Any) -> KnownAlert:
    return KnownAlert(**{**row._mapping, "kind": AlertKind(row.kind), "severity": Severity(row.severity)})
