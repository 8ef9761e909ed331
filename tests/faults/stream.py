"""Residents who book at a steady pace, and when each was accepted, decided and told."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from tests.faults.house import House
from tests.real.client import Promise

PACE = 5.0  # bookings a second
LOOK_EVERY = 0.02  # seconds


@dataclass
class Stream:
    """What became of the bookings of one stream. All times are in seconds (monotonic)."""

    house: House
    decided_at: dict[str, float] = field(default_factory=dict)  # by e-mail address, as first seen
    told_at: dict[str, float] = field(default_factory=dict)  # by e-mail address, when its first letter was seen
    sent: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._before = len(self.house.client.ledger)
        self._mails = len(self.house.fleet.sink.mails)

    @property
    def accepted(self) -> list[Promise]:
        """The bookings that were accepted, in order."""
        return self.house.client.ledger[self._before :]

    @property
    def undecided(self) -> list[Promise]:
        """The bookings that were accepted, and are not decided."""
        return [one for one in self.accepted if one.email not in self.decided_at]

    @property
    def untold(self) -> list[Promise]:
        """The bookings that were accepted, and have no letter."""
        return [one for one in self.accepted if one.email not in self.told_at]

    @property
    def at_rest(self) -> bool:
        """Whether everything that was sent is accepted, decided and told."""
        return self.sent == len(self.accepted) and not self.undecided and not self.untold

    def send(self, sittings: Sequence[str]) -> None:
        """Book at a steady pace until the end; who gets no answer asks again, and holds nobody up."""
        with ThreadPoolExecutor(200) as pool:
            begun = time.monotonic()
            while not self.ended.wait(max(0.0, begun + self.sent / PACE - time.monotonic())):
                pool.submit(self.house.client.book, sittings[self.sent % len(sittings)])
                self.sent += 1

    def watch(self) -> None:
        """Look at booking's database, past the proxy, and at the mail sink, until the end and all is at rest."""
        conn: psycopg.Connection[tuple[object, ...]] | None = None
        while not (self.ended.is_set() and self.at_rest):
            time.sleep(LOOK_EVERY)
            self._look_at_mails()
            waiting = [one.email for one in self.undecided]
            if not waiting:
                continue
            try:
                conn = conn or self.house.look("booking")
                question = "SELECT email FROM booking WHERE answers >= revision AND email = ANY(%s)"
                for (email,) in conn.execute(question, (waiting,)):
                    self.decided_at[str(email)] = time.monotonic()
            except psycopg.Error:  # this server is away: that is the fault
                conn = None
        if conn:
            conn.close()

    def _look_at_mails(self) -> None:
        now = time.monotonic()
        mails = self.house.fleet.sink.mails
        for mail in mails[self._mails :]:
            self.told_at.setdefault(mail.to, now)
        self._mails = len(mails)


@contextmanager
def open_stream(house: House, sittings: Sequence[str]) -> Iterator[Stream]:
    """A stream of bookings, at these sittings in turn; at the end it is followed until all is at rest."""
    stream = Stream(house)
    threads = [
        threading.Thread(target=stream.send, args=(sittings,), name="residents", daemon=True),
        threading.Thread(target=stream.watch, name="watch", daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield stream
    finally:
        stream.ended.set()
    for thread in threads:
        thread.join(120)
