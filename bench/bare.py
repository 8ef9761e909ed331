"""What the libraries alone cost: the bare program (`bench/bare_program.py`) and the bare sender
(`bench/bare_letters.py`), measured as the product is. Nothing is asked of them: they say how much of the product's
figures no code of ours could save.
"""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path

import kombu
import psycopg

from bench import accept, bare_letters, decision, letters
from bench.bare_program import TABLES
from bench.figure import Figure, Result
from bench.floor import insert_only
from bench.house import WARM, WITHIN, Processes
from bench.load import bookings, offer
from bench.options import Options
from shared.messaging.celery_app import make_queue
from tests import backends
from tests.real.fleet import Fleet, until
from tests.real.sink import Sink, free_port

SITTING = ["1"]
UNDECIDED = "SELECT count(*) FROM booking WHERE answers IS NULL"


def measure(options: Options) -> Result:
    """The web alone, which then says nothing to anybody, as the product's; all three processes at a quiet pace; and the
    sender.
    """
    inserts = insert_only()
    with open_bare("--silent") as bare:
        bare.start("booking web")
        _warm_up(bare)
        accepted = accept.accept(bare, SITTING, options.bookings or accept.BOOKINGS, inserts)
    floors = decision.transaction_and_publish(), decision.unhurried_transaction_and_publish()
    with open_bare() as bare:
        bare.start(*bare.fleet.instead)
        _warm_up(bare)
        until(lambda: bare.ask("booking", UNDECIDED) == 0, seconds=WITHIN, what="the first bookings are decided")
        decided = decision.decide(bare, SITTING, options.bookings or decision.BOOKINGS, *floors)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        sent = process.submit(bare_letters.send, options.bookings or letters.COUNT).result()
    mailed, smtplib = letters.rate(sent.taken), letters.smtplib_alone(sent.taken, sent.taken.count)
    return Result(
        [
            Figure(what="the bare program: HTTP accept, of insert-only", measured=accepted.of_floor, unit=" %"),
            Figure(what="the bare program: request to decision, p50", measured=decided.of_floor(50), unit=" ×"),
            Figure(what="the bare program: request to decision, p99", measured=decided.of_floor(99), unit=" ×"),
            Figure(what="the bare program: CPU per booking at 20/s", measured=decided.cpu_per_booking, unit=" ms"),
            Figure(
                what="the bare sender: letters per second, of bare smtplib", measured=mailed / smtplib * 100, unit=" %"
            ),
        ],
        [
            *accepted.lines,
            *decided.lines,
            f"letters of {len(sent.taken.last)} bytes, {mailed:.0f}/s, {sent.cpu:.2f} ms of CPU each",
            f"floor, smtplib with the same letter: {smtplib:.0f}/s",
        ],
    )


@contextmanager
def open_bare(*options: str) -> Iterator[Processes]:
    """The bare program with databases and queues of its own, in which nothing runs yet."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tablee-bare-")))
        prefix = stack.enter_context(backends.new_queue_prefix())
        urls = {name: stack.enter_context(backends.new_database("postgres", folder, name)) for name in TABLES}
        for name, tables in TABLES.items():
            with psycopg.connect(urls[name], autocommit=True, connect_timeout=3) as conn:
                conn.execute(tables.encode())
            with kombu.Connection(backends.BROKER_URL, connect_timeout=4) as connection:
                make_queue(prefix, name)(connection.default_channel).declare()
        module = " ".join(["bench.bare_program", *options])
        fleet = Fleet(
            env=os.environ
            | {f"{name.upper()}_DATABASE_URL": url for name, url in urls.items()}
            | {"BROKER_URL": backends.BROKER_URL, "QUEUE_PREFIX": prefix, "SECRET_KEYS": "nothing is signed here" * 2},
            logs=folder,
            port=free_port(),
            sink=Sink(),  # not opened: nobody writes letters
            instead={
                "booking web": f"{module} booking",
                "booking worker": f"{module} booking",
                "capacity worker": f"{module} capacity",
            },
            web_workers=2,
        )
        stack.callback(fleet.stop)
        yield Processes(fleet)


def _warm_up(bare: Processes) -> None:
    offer(bare.port, bookings(SITTING, WARM, name="early"), clients=8)
