"""Campaign 11: letters fall due while the senders that should send them are killed with -9, one after the other.

Most letters are reminders, which are never repeated: one that a killed sender may have handed over is left to the
operator, whether it arrived or not. The others are repeated under the same Message-ID, and counted.
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

import psycopg
import sqlalchemy as sa

from services.notifications.bootstrap import assemble
from services.notifications.domain.letter import UNKNOWN_OUTCOME, Letter, LetterKind, LetterState
from services.notifications.domain.plan import plan
from services.notifications.store import facts, letters
from services.notifications.store.tables import letter
from services.notifications.use_cases.send_due import MOST
from shared.contracts.booking import BookingNotice, BookingStatus, Origin
from shared.contracts.party import Party
from shared.contracts.sitting import SittingNotice, SittingStatus
from shared.messaging.service import Service
from tests.contracts.examples import EXAMPLES
from tests.faults.report import Figure, Options, Report, at_least, none_of
from tests.faults.servers import open_postgres
from tests.real.fleet import ROOT, until
from tests.real.sink import Sink, open_sink

SENDERS = 3
IN_ROWS = 2_000
DOMAIN = "example.org"
ONE_IN = 4  # so many letters there is one that is repeated: a confirmation instead of a reminder


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many letters there are, how many of them fall due and within how many seconds, and how often is killed.

    `stale` and `pause` (seconds) are those of the processes; all must be `settled` so many seconds after the last kill.
    """

    letters: int
    due: int
    within: float
    kills: int
    stale: float
    pause: float
    settled: float


FULL = Size(letters=100_000, due=20_000, within=600, kills=25, stale=60, pause=5, settled=240)
SMALL = Size(letters=1_500, due=300, within=4, kills=4, stale=5, pause=0.5, settled=60)


@dataclass
class Post:
    """The database with the letters, the sink that takes them, and the processes that send them."""

    service: Service
    sink: Sink
    env: Mapping[str, str]
    size: Size
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    due_at: dict[str, datetime] = field(default_factory=dict)
    kills: int = 0
    in_hand: int = 0

    def start(self) -> None:
        """One more process."""
        command = [sys.executable, "-m", "tests.faults.ticking", str(self.size.stale), str(self.size.pause)]
        quiet = subprocess.DEVNULL
        self.running.append(subprocess.Popen(command, cwd=ROOT, env=dict(self.env), stdout=quiet, stderr=quiet))

    def kill(self, chance: random.Random) -> bool:
        """kill -9 of one process while letters are in senders' hands, and a new one at once. False: nothing was."""
        victim = chance.choice(self.running)
        held = self.count(LetterState.ATTEMPTING)
        if not held:
            return False
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait(timeout=10)
        self.running.remove(victim)
        self.start()
        self.kills += 1
        return True

    def count(self, *states: LetterState) -> int:
        """How many letters are in one of these states."""
        with self.service.read() as conn:
            return int(conn.scalar(sa.select(sa.func.count()).where(letter.c.state.in_(states))) or 0)

    def now(self) -> datetime:
        """The database's clock."""
        with self.service.read() as conn:
            return self.service.clock.now(conn)

    def stop(self) -> None:
        """End what runs."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=10)


def run(options: Options) -> Report:
    """The full one, on a PostgreSQL of its own."""
    with open_postgres() as server:
        with psycopg.connect(server.url, autocommit=True) as conn:
            conn.execute("CREATE DATABASE notifications")
        return strike(server.url_of("notifications"), FULL, random.Random(options.seed))


def strike(url: str, size: Size, chance: random.Random) -> Report:
    """Plan letters, let them fall due, kill who sends them, and count."""
    with open_post(url, size) as post:
        begun = lay_down(post)
        for _ in range(SENDERS):
            post.start()
        until(lambda: post.sink.mails, what="the first letter leaves")
        moments = sorted(chance.uniform(0.05, 0.95) * size.within for _ in range(size.kills))
        for moment in moments:
            time.sleep(max(0.0, (begun - post.now()).total_seconds() + moment))
            until(lambda: post.kill(chance), what="a sender has letters in hand")
        last = post.now()
        until(lambda: settled(post), seconds=size.settled + size.within, what="every letter that is due has its fate")
        took = (post.now() - max(last, begun + timedelta(seconds=size.within))).total_seconds()
        return Report("11 · Letters fall due while their senders are killed", tuple(judge(post)), (_note(took),))


@contextmanager
def open_post(url: str, size: Size) -> Iterator[Post]:
    """An empty house of letters with a mail sink."""
    with open_sink() as sink, tempfile.TemporaryDirectory(prefix="tablee-timers-") as folder:
        settings = {
            "NOTIFICATIONS_DATABASE_URL": url,
            "BROKER_URL": "memory://",
            "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
            "MAIL_PROVIDER": "smtp",
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}?tls=none",
            "MAIL_FROM": f"tablees@{DOMAIN}",
            "SMS_PROVIDER": "none",
            "DEMO": "",
        }
        parts = assemble(settings)
        parts.migrate()
        post = Post(parts.service, sink, {**os.environ, **settings, "HOME": str(Path(folder))}, size)
        try:
            yield post
        finally:
            post.stop()
            parts.service.database.dispose()


def lay_down(post: Post) -> datetime:
    """Write down the letters; those that fall due begin to in a moment. Returns when (UTC)."""
    now, size = post.now(), post.size
    sitting = replace(_sitting(), starts_at=now + timedelta(days=5), date=(now + timedelta(days=5)).date())
    with post.service.work() as work:
        facts.share_sittings(work.conn, [sitting.thing])
        facts.keep_sittings(work.conn, [sitting], {})
    notices = (_booking(sitting.thing, number) for number in range(size.due))
    planned: list[Letter] = []
    while part := list(islice(notices, IN_ROWS)):
        with post.service.work() as work:
            facts.keep_bookings(work.conn, part, [f"code-{one.thing}" for one in part])
            known = facts.load_bookings(work.conn, [one.thing for one in part])
            meal = facts.load_sittings(work.conn, [sitting.thing])[sitting.thing]
            for booking in known.values():
                number = len(planned)
                kind = LetterKind.CONFIRMED if number % ONE_IN == 0 else LetterKind.REMINDER
                (one,) = (each for each in plan(booking, meal, (), now) if each.kind is kind)
                planned.append(replace(one, state=LetterState.PLANNED, latest_at=meal.starts_at))
    begun = post.now() + timedelta(seconds=2)
    step = timedelta(seconds=size.within) / size.due
    ripe = [replace(one, due_at=begun + number * step) for number, one in enumerate(planned)]
    later = (
        replace(ripe[0], key=f"later-{number}", booking=f"later-{number}", due_at=now + timedelta(days=1))
        for number in range(size.letters - size.due)
    )
    for rows in (iter(ripe), later):
        while chunk := list(islice(rows, IN_ROWS)):
            with post.service.work() as work:
                letters.write_once(work.conn, chunk)
    post.due_at = {one.key: one.due_at for one in ripe}
    return begun


def settled(post: Post) -> bool:
    """Whether each letter that was due is sent or given up."""
    with post.service.read() as conn:
        waits = letter.c.state.in_([LetterState.PLANNED, LetterState.DUE, LetterState.ATTEMPTING])
        own = sa.not_(letter.c.key.startswith("later-"))
        return not conn.scalar(sa.select(sa.func.count()).where(waits, own))


def judge(post: Post) -> Iterator[Figure]:
    """What must hold of the letters and of what the sink was given."""
    size = post.size
    with post.service.read() as conn:
        rows = {row.key: row for row in conn.execute(sa.select(letter))}
    due = [rows[key] for key in post.due_at]
    arrived = Counter(mail.key for mail in post.sink.mails)
    times = {row.key: arrived.pop(message_id(row.key), 0) for row in due}
    unknown = [row.key for row in due if row.state == LetterState.FAILED and _is_left_to_operator(row)]
    lost = [row.key for row in due if not times[row.key] and row.key not in set(unknown)]
    doubled = [key for key, count in times.items() if count > 1]
    reminders = {row.key for row in due if row.kind == LetterKind.REMINDER}
    yield at_least("letters", len(rows), size.letters)
    yield at_least("of which fell due", len(due), size.due)
    yield at_least(f"kill -9s of one of {SENDERS} senders, letters in hand", post.kills, size.kills)
    yield none_of("lost", lost)
    yield none_of("neither sent nor left to the operator", [row.key for row in due if not _has_its_fate(row)])
    yield none_of("reminders that arrived twice", [key for key in doubled if key in reminders])
    repeated = [key for key in doubled if key not in reminders]
    at_hand = MOST * post.kills
    yield Figure("others repeated under their Message-ID", str(len(repeated)), f"≤ {at_hand}", len(repeated) <= at_hand)
    there = sum(times[key] > 0 for key in unknown)
    told = f"{len(unknown)}, {there} of which had arrived"
    yield Figure("reminders left to the operator", told, f"≤ {at_hand}", len(unknown) <= at_hand)
    yield none_of("sent before their time, or unknown to us", arrived)
    yield none_of("letters of tomorrow that were touched", _touched(rows, post.due_at))
    yield from _lateness(post, due)


def message_id(key: str) -> str:
    """The Message-ID under which a letter travels."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{DOMAIN}>"


def _lateness(post: Post, due: Sequence[sa.Row[tuple[object, ...]]]) -> Iterator[Figure]:
    """In seconds, from when a letter fell due until it was sent; also without those that a killed sender had in hand,
    which wait until it is thought silent.
    """
    late = sorted((row.sent_at - post.due_at[row.key]).total_seconds() for row in due if row.sent_at)
    undisturbed = [one for one in late if one < post.size.stale] or late
    for name, those in (("all", late), ("those that waited for no silent sender", undisturbed)):
        p50, p99 = (statistics.quantiles(those, n=100)[place] for place in (49, 98))
        value = f"{p50:.2f}, {p99:.2f}, {those[-1]:.2f} s ({len(those)})"
        yield Figure(f"lateness of {name}: p50, p99, longest", value, "stated", True)


def _touched(rows: Mapping[str, sa.Row[tuple[object, ...]]], due: Mapping[str, datetime]) -> list[str]:
    return [key for key, row in rows.items() if key not in due and row.state != LetterState.PLANNED]


def _has_its_fate(row: sa.Row[tuple[object, ...]]) -> bool:
    return row.state == LetterState.SENT or _is_left_to_operator(row)


def _is_left_to_operator(row: sa.Row[tuple[object, ...]]) -> bool:
    is_reminder = row.kind == LetterKind.REMINDER
    return bool(is_reminder and row.state == LetterState.FAILED and (row.reason or "").startswith(UNKNOWN_OUTCOME))


def _sitting() -> SittingNotice:
    one = EXAMPLES["sitting_notice"]
    assert isinstance(one, SittingNotice)
    return replace(one, status=SittingStatus.OPEN)


def _booking(sitting: str, number: int) -> BookingNotice:
    one = EXAMPLES["booking_notice"]
    assert isinstance(one, BookingNotice)
    return replace(
        one,
        thing=f"guest-{number:06d}",
        sitting=sitting,
        status=BookingStatus.CONFIRMED,
        party=Party(eaters=2),
        why=None,
        email=f"guest{number}@{DOMAIN}",
        phone=None,
        link=f"http://127.0.0.1/b/{number}",
        offer_until=None,
        origin=Origin.GUEST,
    )


def _note(took: float) -> str:
    return f"Settled {took:.0f} s after the last letter was due and the last sender killed."
