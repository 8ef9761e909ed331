"""What is said stays in the outbox until the receiver's receipt, and only its latest state."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from shared.messaging import outbox
from shared.messaging.publisher import Refused
from shared.messaging.relay import Relay
from tests.contracts.examples import EXAMPLES
from tests.shared.messaging.conftest import TABLES, Pair, request
from tests.shared.messaging.refusing import Refusing


def test_what_is_said_is_heard_once_and_the_row_is_closed(pair: Pair) -> None:
    pair.ask(request("b1", 1), request("b2", 1, eaters=3))
    pair.settle()
    assert pair.seen() == [("b1", 1), ("b2", 3)]
    assert pair.unreceipted() == []


def test_nothing_is_said_when_the_deed_is_rolled_back(pair: Pair) -> None:
    try:
        with pair.booking.work() as work:
            work.say(request("b1", 1))
            raise RuntimeError
    except RuntimeError:
        pass
    assert pair.unreceipted() == []


def test_a_newer_state_replaces_one_that_was_not_published_yet(pair: Pair) -> None:
    pair.ask(request("b1", 1, eaters=1))
    pair.ask(request("b1", 2, eaters=2))
    pair.settle()
    assert pair.seen() == [("b1", 2)]


def test_an_older_state_never_replaces_a_newer_one(pair: Pair) -> None:
    pair.ask(request("b1", 2, eaters=2))
    pair.ask(request("b1", 1, eaters=1))
    assert pair.unreceipted() == [("b1", 2)]


def test_a_state_said_while_the_older_one_is_on_its_way_stays_due(pair: Pair) -> None:
    pair.ask(request("b1", 1))
    with pair.booking.database.begin() as conn:
        leased = outbox.lease(conn, TABLES.outbox, pair.clock.at, 10)
    pair.ask(request("b1", 2, eaters=2))
    with pair.booking.database.begin() as conn:
        outbox.mark_published(conn, TABLES.outbox, leased, pair.clock.at)
    pair.settle()
    assert pair.seen() == [("b1", 2)]
    assert pair.unreceipted() == []


def test_a_receipt_of_an_older_state_does_not_close_the_newer_one(pair: Pair) -> None:
    pair.ask(request("b1", 1))
    pair.booking_relay.step()
    pair.office.deliver_all()  # capacity has heard the first state
    pair.ask(request("b1", 2, eaters=2))
    pair.capacity_relay.step()
    pair.office.deliver_all()  # its receipt arrives
    assert pair.unreceipted() == [("b1", 2)]


def test_a_batch_holds_at_most_two_hundred_items(pair: Pair) -> None:
    pair.ask(*(request(f"b{n:03}", 1) for n in range(450)))
    pair.booking_relay.step()
    assert [len(envelope.items) for envelope in pair.office.waiting] == [200, 200, 50]


def test_two_relays_never_lease_the_same_row(pair: Pair) -> None:
    pair.ask(*(request(f"b{n}", 1) for n in range(10)))
    with pair.booking.database.begin() as conn:
        first = outbox.lease(conn, TABLES.outbox, pair.clock.at, 6)
    with pair.booking.database.begin() as conn:
        second = outbox.lease(conn, TABLES.outbox, pair.clock.at, 6)
    assert len(first) == 6
    assert len(second) == 4
    assert not {row.thing for row in first} & {row.thing for row in second}


def test_what_a_process_has_just_said_is_due_for_a_relay_whose_clock_is_a_little_behind(pair: Pair) -> None:
    pair.booking_relay.step()
    pair.ask(request("b1", 1))
    pair.clock.pass_time(seconds=-0.2)
    assert pair.booking_relay.step() == 1


def test_a_relay_whose_clock_is_a_little_behind_leaves_another_what_that_has_just_leased(pair: Pair) -> None:
    pair.booking_relay.step()
    pair.ask(request("b1", 1))
    with pair.booking.database.begin() as conn:
        outbox.lease(conn, TABLES.outbox, pair.clock.at, 10)
    pair.clock.pass_time(seconds=-0.2)
    assert pair.booking_relay.step() == 0


def test_a_lease_that_is_not_honoured_lapses(pair: Pair) -> None:
    pair.booking_relay.step()
    pair.ask(request("b1", 1))
    with pair.booking.database.begin() as conn:
        outbox.lease(conn, TABLES.outbox, pair.clock.at, 10)  # another relay dies here
    assert pair.booking_relay.step() == 0
    pair.clock.pass_time(seconds=outbox.LEASE.total_seconds() + 1)
    pair.settle()
    assert pair.seen() == [("b1", 1)]


def test_a_relay_that_starts_publishes_at_once_what_the_one_before_had_leased(pair: Pair) -> None:
    pair.ask(request("b1", 1))
    with pair.booking.database.begin() as conn:
        outbox.lease(conn, TABLES.outbox, pair.clock.at, 10)  # this relay is killed here
    assert pair.booking_relay.step() == 1


def test_a_relay_whose_database_went_away_in_a_round_publishes_at_once_what_it_had_leased(pair: Pair) -> None:
    pair.booking_relay.step()
    pair.ask(request("b1", 1))
    relay = Relay(pair.booking, Fading())
    with pytest.raises(OperationalError):
        relay.step()
    assert relay.step() == 1


class Fading:
    """A broker that takes everything, but the database goes away when it took the first batch."""

    taken = 0

    def publish(self, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        self.taken += 1
        if self.taken == 1:
            raise OperationalError("", {}, Exception())

    def fresh_empty_queues(self, receivers: Sequence[str]) -> list[str]:
        return []

    def close(self) -> None:
        pass


def test_what_could_not_be_published_is_due_again_at_once_and_holds_up_no_other_queue(pair: Pair) -> None:
    with pair.capacity.work() as work:
        work.say(EXAMPLES["sitting_notice"])  # to booking and to notifications
    relay = Relay(pair.capacity, Refusing(pair.office, "capacity", "booking"))
    with pytest.raises(Refused) as refused:
        relay.step()
    assert (refused.value.receivers, refused.value.published) == (("booking",), 1)
    assert [envelope.receiver for envelope in pair.office.waiting] == ["notifications"]
    pair.office.waiting.clear()
    assert pair.capacity_relay.step() == 1
    assert [envelope.receiver for envelope in pair.office.waiting] == ["booking"]
