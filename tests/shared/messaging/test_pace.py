"""Who is waited for is not held up; the busier it is, the more travel together."""

import threading
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from shared.messaging import outbox
from shared.messaging import relay as relay_module
from shared.messaging.bell import LocalBell
from shared.messaging.publisher import Publisher
from shared.messaging.relay import LONGEST_PACE, LOOK_EVERY, PACE, Relay
from shared.messaging.resting import FIRST, LONGEST, Resting
from tests.contracts.examples import EXAMPLES
from tests.shared.messaging.conftest import TABLES, Pair, request
from tests.shared.messaging.refusing import Refusing


class CountingBell(LocalBell):
    """Counts its rings."""

    def __init__(self) -> None:
        super().__init__()
        self.rings = 0

    def ring(self) -> None:
        self.rings += 1


class RelayAtWork(LocalBell):
    """Booking's relay with a clock of its own (seconds), which stands. Each time that it waits for the bell the next
    thing is done, and the bell rings; after the last it is told to stop.
    """

    def __init__(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self._pair = pair
        self._now = 100.0
        self._meanwhile: list[Callable[[], object]] = []
        self._stop = threading.Event()
        self.rounds: list[list[str]] = []
        self.waits: list[float] = []
        monkeypatch.setattr(relay_module, "time", SimpleNamespace(monotonic=lambda: self._now))
        monkeypatch.setattr(self._stop, "wait", lambda _seconds: None)

    def run(self, *meanwhile: Callable[[], object], through: Publisher | None = None) -> None:
        """Run it from beginning to end."""
        self._meanwhile = [*meanwhile, self._stop.set]
        service = replace(self._pair.booking, bell=self)
        Relay(service, through or self._pair.office.publisher_for("booking")).run(self._stop)

    def pass_time(self, seconds: float) -> None:
        """Put the clock on."""
        self._now += seconds

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.rounds.append(sorted({envelope.kind for envelope in self._pair.office.waiting}))
        self._pair.office.waiting.clear()
        self._meanwhile.pop(0)()


def ask(pair: Pair, count: int) -> None:
    """So many residents ask for seats, and booking owes a receipt, for which nobody waits."""
    with pair.booking.work() as work:
        for number in range(count):
            work.say(request(f"b{number}", work.next_revision()))
        work.receipt(outbox.receipt_for("capacity", "seats_answer", [], by="booking", correlation="why"))


def test_no_bell_rings_for_what_nobody_waits_for(pair: Pair) -> None:
    bell = CountingBell()
    service = replace(pair.booking, bell=bell)
    with service.work() as work:
        work.receipt(outbox.receipt_for("capacity", "seats_answer", [], by="booking", correlation="why"))
    assert bell.rings == 0
    with service.work() as work:
        work.say(request("b1", 1))
    assert bell.rings == 1
    with service.work() as work:
        work.hurry()
    assert bell.rings == 2


def test_when_it_is_quiet_what_nobody_waits_for_leaves_once_a_second(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = RelayAtWork(pair, monkeypatch)
    relay.run(lambda: ask(pair, 1), lambda: relay.pass_time(0.4), lambda: relay.pass_time(LOOK_EVERY - 0.4))
    assert relay.rounds == [[], ["seats_request"], [], ["receipt"]]
    assert relay.waits == pytest.approx([LOOK_EVERY, LOOK_EVERY, LOOK_EVERY - 0.4, LOOK_EVERY])


def test_a_backlog_of_what_nobody_waits_for_leaves_without_a_pause(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay_module, "ROWS_PER_STEP", 2)
    for _ in range(5):
        ask(pair, 0)
    relay = RelayAtWork(pair, monkeypatch)
    relay.run()
    assert relay.rounds == [["receipt"]]
    with pair.booking.read() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(TABLES.outbox)) == 0


def test_when_it_is_busy_what_nobody_waits_for_leaves_with_the_others(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = RelayAtWork(pair, monkeypatch)
    relay.run(lambda: ask(pair, 60), lambda: ask(pair, 60))
    assert relay.rounds == [[], ["seats_request"], ["receipt", "seats_request"]]


def test_a_queue_that_refuses_holds_up_nobody_else(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask_for_a_link() -> None:
        with pair.booking.work() as work:
            work.say(EXAMPLES["guest_link"])  # to notifications, and hurried

    relay = RelayAtWork(pair, monkeypatch)
    through = Refusing(pair.office, "booking", "notifications")
    tried_again = [lambda: relay.pass_time(FIRST), lambda: relay.pass_time(2 * FIRST)]
    relay.run(ask_for_a_link, lambda: pair.ask(request("b1", 1)), *tried_again, through=through)
    assert relay.rounds == [[], [], ["seats_request"], [], []]
    rests = pytest.approx([FIRST, FIRST, 2 * FIRST])
    assert relay.waits[1:4] == rests, "it was left alone, tried again, and left alone for twice as long"


def test_who_refuses_again_rests_longer_and_after_a_while_anew() -> None:
    resting = Resting()
    now, rests = 100.0, []
    for _ in range(6):
        resting.refused(["capacity"], now)
        rests.append(resting.ends(now, now + 60) - now)
        now += rests[-1]
    assert rests == pytest.approx([0.1, 0.2, 0.4, 0.8, 1.0, 1.0])
    assert (resting.at(now - 0.01), resting.at(now)) == (("capacity",), ())
    resting.refused(["capacity"], now + LONGEST)
    assert resting.ends(now + LONGEST, now + 60) == pytest.approx(now + LONGEST + FIRST)


def test_one_alone_is_not_held_up_nor_do_two_by_chance_hold_up_the_next(pair: Pair) -> None:
    for asked in (["a"], ["b", "c"]):
        pair.ask(*(request(booking, 1) for booking in asked))
        assert pair.booking_relay.step() == len(asked)
        assert pair.booking_relay.pause == 0


def test_the_more_leave_together_the_longer_the_next_wait_for_company(pair: Pair) -> None:
    pair.ask(*(request(f"b{number}", 1) for number in range(4)))
    pair.booking_relay.step()
    assert pair.booking_relay.pause == 2 * PACE
    pair.ask(*(request(f"c{number}", 1) for number in range(60)))
    pair.booking_relay.step()
    assert pair.booking_relay.pause == LONGEST_PACE


def test_what_nobody_waits_for_holds_up_nobody(pair: Pair) -> None:
    for number in range(4):
        pair.ask(request(f"b{number}", 1))
        pair.booking_relay.step()
    pair.office.deliver_all()
    assert pair.capacity_relay.step() == 4  # receipts
    assert pair.capacity_relay.pause == 0
