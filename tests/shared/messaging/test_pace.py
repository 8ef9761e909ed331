"""Who is waited for is not held up; the busier it is, the more travel together."""

from shared.messaging.relay import LONGEST_PACE, PACE
from tests.shared.messaging.conftest import Pair, request


def test_one_alone_is_not_held_up_nor_holds_up_the_next(pair: Pair) -> None:
    pair.ask(request("b1", 1))
    pair.booking_relay.step()
    assert pair.booking_relay.pause == 0


def test_the_more_leave_together_the_longer_the_next_wait_for_company(pair: Pair) -> None:
    pair.ask(*(request(f"b{number}", 1) for number in range(4)))
    pair.booking_relay.step()
    assert pair.booking_relay.pause == 3 * PACE
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
