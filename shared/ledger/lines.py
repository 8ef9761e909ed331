"""One line of a ledger, and how values are written in it."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection, Row

BOOKING, OTHER, SITTING = "booking", "other", "sitting"
"""What a line is about, in order."""

_AT_ONCE = 1000  # rows fetched together


class Line(NamedTuple):
    """What a service keeps about one thing: `about` says of which sort the thing is, `what` what is kept of it.

    `facts` are plain values, the same after a journey through JSON. Lines come in the order of (about, thing), as
    Python orders texts.
    """

    about: str
    thing: str
    what: str
    facts: Mapping[str, Any]

    @property
    def place(self) -> tuple[str, str]:
        """Where the line stands in a ledger."""
        return self.about, self.thing


class Digest:
    """Says what must be equal without telling it: an HMAC with the newest secret key."""

    def __init__(self, secret_keys: tuple[str, ...]) -> None:
        self._key = secret_keys[0].encode()
        self.key = self("which key this is")

    def __call__(self, *values: object) -> str:
        """The digest of some values, as 32 hexadecimal digits."""
        return hmac.new(self._key, json.dumps(plain(values)).encode(), hashlib.sha256).hexdigest()[:32]


def line(about: str, thing: str, what: str, **facts: object) -> Line:
    """A line with these facts, written as plain values."""
    return Line(about, thing, what, plain(facts))


def plain(value: Any) -> Any:
    """A value as it is after a journey through JSON: instants in UTC, records as objects."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value


def rows(conn: Connection, query: sa.Select[Any]) -> Iterator[Row[Any]]:
    """The rows of a query, fetched as they are read."""
    yield from conn.execute(query, execution_options={"yield_per": _AT_ONCE})
