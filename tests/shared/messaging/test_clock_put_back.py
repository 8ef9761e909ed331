"""The database's clock was an hour ahead, and is put right while rows are under way: none of them waits for an hour."""

from tests.shared.messaging.conftest import Pair, request
from tests.shared.messaging.test_sending_again import lose_the_mail, stuck_things


def put_back_an_hour(pair: Pair) -> None:
    pair.clock.pass_time(hours=-1)


def test_a_row_that_was_due_is_due(pair: Pair) -> None:
    pair.ask(request("b1", 1))
    put_back_an_hour(pair)
    pair.settle()
    assert pair.seen() == [("b1", 1)]


def test_a_lost_row_is_found_by_a_probe(pair: Pair) -> None:
    pair.ask(request("lost", 1))
    lose_the_mail(pair)
    pair.clock.pass_time(seconds=31)
    pair.booking_relay.send_again()
    lose_the_mail(pair)
    put_back_an_hour(pair)
    pair.booking_relay.send_again()
    pair.settle()
    assert pair.seen() == [("lost", 1)]


def test_rows_that_wait_since_are_not_thought_overtaken(pair: Pair) -> None:
    pair.ask(request("before", 1))
    pair.settle()
    put_back_an_hour(pair)
    pair.ask(request("waits", 1))
    pair.booking_relay.step()
    for _ in range(12):
        pair.clock.pass_time(seconds=1)
        pair.booking_relay.send_again()
    assert stuck_things(pair) == []
    assert pair.booking_relay.step() == 0


def test_a_receipt_of_what_was_sent_before_is_no_evidence_about_what_is_sent_since(pair: Pair) -> None:
    pair.ask(request("before", 1))
    pair.booking_relay.step()
    put_back_an_hour(pair)
    pair.settle()
    pair.clock.pass_time(seconds=1)
    pair.ask(request("waits", 1))
    pair.booking_relay.step()
    pair.clock.pass_time(seconds=4)
    pair.booking_relay.send_again()
    assert pair.booking_relay.step() == 0


def test_what_is_lost_later_is_sent_again_as_ever(pair: Pair) -> None:
    pair.ask(request("before", 1))
    pair.settle()
    put_back_an_hour(pair)
    pair.ask(request("lost", 1))
    lose_the_mail(pair)
    pair.clock.pass_time(seconds=3)
    pair.ask(request("later", 1))
    pair.settle()
    pair.booking_relay.send_again()
    pair.settle()
    assert pair.unreceipted() == []
