"""Letters alone: how many a second the sender hands to local sinks for e-mail and for SMS, beside the same clients
(smtplib, urllib3) with as many connections and nothing around them.
"""

import smtplib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import cast
from uuid import uuid4

import urllib3

from bench.figure import Figure, Result
from bench.house import WITHIN, House, open_house
from bench.items import in_tasks
from bench.options import Options
from bench.sink import Letters, Sink, open_sink
from services.notifications.bootstrap import assemble
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.message import Message
from shared.contracts.sitting import SittingNotice
from tests.contracts.examples import EXAMPLES
from tests.real.fleet import until

COUNT = 3000
PATH = "/send"


def measure(options: Options) -> Result:
    """The letters lie due in the database, first the e-mails and then the SMS; only the sender runs."""
    count = options.bookings or COUNT
    with open_house() as house, open_sink(sms=True) as phones:
        house.fleet.env.update(_by_http(phones.port))
        _plan_letters(house, count)
        house.start("notifications sender")
        mail = _watch(house, house.sink, count)
        sms = _watch(house, phones, count)
    mail_floor, sms_floor = smtplib_alone(mail.taken, count), _bare(_send_sms, sms.taken, count, sms=True)
    return Result(
        [
            _of_floor("letters per second, of bare smtplib", mail, mail_floor),
            _of_floor("SMS per second, of bare urllib3", sms, sms_floor),
        ],
        [
            f"{count} confirmations of {len(mail.taken.last)} bytes, {mail.told}",
            f"floor, smtplib with as many kept connections and the same letter: {mail_floor:.0f}/s",
            f"CPU per letter: {mail.cost}",
            f"{count} confirmations by SMS, requests of {len(sms.taken.last)} bytes, {sms.told}",
            f"floor, urllib3 with as many kept connections and the same request: {sms_floor:.0f}/s",
            f"CPU per SMS: {sms.cost}",
        ],
    )


@dataclass(frozen=True)
class _Watched:
    """What a sink had taken in the end, and what that cost, in words."""

    taken: Letters
    cost: str

    @property
    def told(self) -> str:
        return f"{rate(self.taken):.0f}/s over {self.taken.connections} connection(s)"


def _watch(house: House, sink: Sink, count: int) -> _Watched:
    until(lambda: sink.letters().count >= 1, seconds=WITHIN, what="the first letter in the sink")
    before, cpu = sink.letters(), house.cpu()
    until(lambda: sink.letters().count >= count, seconds=WITHIN, what=f"{count} letters in the sink")
    taken, cpu_after = sink.letters(), house.cpu()
    measured = taken.count - before.count
    sender, server = (
        (cpu_after[name] - cpu[name]) / measured * 1000 for name in ("notifications sender", "PostgreSQL")
    )
    ours = (taken.cpu - before.cpu) / measured * 1000
    return _Watched(taken, f"sender {sender:.2f} ms, PostgreSQL {server:.2f} ms, sink {ours:.2f} ms")


def _of_floor(what: str, watched: _Watched, floor: float) -> Figure:
    return Figure(what=what, measured=rate(watched.taken) / floor * 100, must=50, stretch=80, unit=" %", at_least=True)


def _by_http(port: int) -> dict[str, str]:
    """The settings of a provider for SMS that listens at a port."""
    return {
        "SMS_PROVIDER": "http",
        "SMS_SENDER": "Tablee",
        "SMS_HTTP_URL": f"http://127.0.0.1:{port}{PATH}",
        "SMS_HTTP_AUTHORIZATION": "Bearer bench",
        "SMS_HTTP_BODY": '{"to": "{to}", "text": "{text}", "from": "{from}", "key": "{key}"}',
        "SMS_HTTP_REF": "id",
    }


def _plan_letters(house: House, count: int) -> None:
    """Let notifications hear of a meal and of confirmed bookings, through its own inbox."""
    now = datetime.now(UTC)
    sitting = replace(
        cast(SittingNotice, EXAMPLES["sitting_notice"]),
        date=(now + timedelta(days=7)).date(),
        starts_at=now + timedelta(days=7),
        cutoff_at=now + timedelta(days=6),
    )
    confirmed = replace(
        cast(BookingNotice, EXAMPLES["booking_notice"]), sitting=sitting.thing, status=BookingStatus.CONFIRMED, why=None
    )
    mail = [(f"guest{number}@example.org", None) for number in range(count)]
    sms = [(None, f"+3363998{number % 10_000:04}") for number in range(count)]
    bookings = [
        replace(confirmed, thing=str(uuid4()), link=f"http://127.0.0.1/b/{number}", email=email, phone=phone)
        for number, (email, phone) in enumerate([*mail, *sms])
    ]
    notifications = assemble(house.fleet.env)
    told: Sequence[tuple[str, str, Sequence[Message]]] = (
        ("capacity", SittingNotice.kind, [sitting]),
        ("booking", BookingNotice.kind, bookings),
    )
    for sender, kind, messages in told:
        for items in in_tasks(messages):
            notifications.inbox.receive(kind, sender, items)
    notifications.service.database.dispose()


def rate(taken: Letters) -> float:
    """Letters per second, from the first to the last."""
    return (taken.count - 1) / (taken.last_at - taken.first_at)


def smtplib_alone(like: Letters, count: int) -> float:
    """The floor: letters per second of smtplib with as many kept connections, and a letter that lies ready."""
    return _bare(_send_mail, like, count)


def _bare(send: Callable[[int, bytes, int], None], like: Letters, count: int, *, sms: bool = False) -> float:
    """The rate of a client alone, from a process of its own."""
    with open_sink(sms=sms) as sink, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        process.submit(_send_all, send, sink.port, like.last, like.connections, count).result()
        return rate(sink.letters())


def _send_all(send: Callable[[int, bytes, int], None], port: int, message: bytes, connections: int, count: int) -> None:
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(send, [port] * connections, [message] * connections, [count // connections] * connections))


def _send_mail(port: int, message: bytes, count: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as kept:
        for _ in range(count):
            kept.sendmail("tablees@example.org", "guest@example.org", message)


def _send_sms(port: int, body: bytes, count: int) -> None:
    with urllib3.PoolManager(retries=False) as kept:
        for _ in range(count):
            kept.request("POST", f"http://127.0.0.1:{port}{PATH}", body=body, headers={"Authorization": "Bearer bench"})
