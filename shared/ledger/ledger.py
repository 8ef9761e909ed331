"""Opening the ledger of a service."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from heapq import merge

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.ledger.lines import Digest, Line
from shared.ledger.pending import on_its_way
from shared.messaging.service import Service
from shared.purge import COMPARED


@dataclass(frozen=True)
class Ledger:
    """The lines of one service, when they were true (UTC), and which key made its digests."""

    service: str
    at: datetime
    key: str
    lines: Iterator[Line]


Open = Callable[[], AbstractContextManager[Ledger]]
"""Opens a service's ledger as it stands now."""

Streams = Callable[[Connection, Digest, datetime], Iterable[Iterable[Line]]]
"""What a service keeps of the meals since an instant (UTC), in any number of streams of lines, each in order."""


@contextmanager
def open_ledger(service: Service, secret_keys: tuple[str, ...], streams: Streams) -> Iterator[Ledger]:
    """The ledger of a service as it stands now: one snapshot, to the last line. Meals whose guests are forgotten, or
    are about to be, are left out.
    """
    digest = Digest(secret_keys)
    with service.database.snapshot() as conn:
        conn.execute(sa.select(service.tables.heard.c.thing).limit(1)).all()  # from here on everything stands still
        at = service.clock.now(conn)
        every = [*streams(conn, digest, at - COMPARED), *on_its_way(conn, service.tables)]
        yield Ledger(service.name, at, digest.key, merge(*every, key=lambda line: line.place))
