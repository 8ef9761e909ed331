"""What the broker loses is sent again; a backlog is not fed; what is never receipted becomes stuck."""

import sqlalchemy as sa

from shared.messaging import again, outbox, rows
from tests.shared.messaging.conftest import TABLES, Pair, request


def lose_the_mail(pair: Pair) -> None:
    pair.booking_relay.step()
    pair.office.waiting.clear()


def test_a_lost_row_is_sent_again_once_a_later_one_is_receipted(pair: Pair) -> None:
    pair.ask(request("lost", 1))
    lose_the_mail(pair)
    pair.clock.pass_time(seconds=3)
    pair.ask(request("later", 1))
    pair.settle()
    pair.booking_relay.send_again()
    pair.settle()
    assert pair.seen() == [("later", 1), ("lost", 1)]
    assert pair.unreceipted() == []


def test_a_row_that_only_waits_in_a_backlog_is_not_sent_again(pair: Pair) -> None:
    pair.ask(request("b1", 1))
    pair.booking_relay.step()
    pair.clock.pass_time(seconds=20)
    pair.booking_relay.send_again()
    assert pair.booking_relay.step() == 0


def test_a_silent_receiver_is_probed_with_one_batch_every_thirty_seconds(pair: Pair) -> None:
    pair.ask(*(request(f"b{n:03}", 1) for n in range(300)))
    lose_the_mail(pair)
    sent = []
    for _ in range(5):
        pair.clock.pass_time(seconds=10)
        pair.booking_relay.send_again()
        sent.append(pair.booking_relay.step())
    assert sent == [0, 0, 0, rows.BATCH, 0]


def test_a_receiver_that_works_off_a_backlog_is_not_probed_and_nothing_is_overtaken(pair: Pair) -> None:
    for number in range(8):
        pair.ask(request(f"b{number}", 1))
        pair.booking_relay.step()
    sent = []
    while pair.office.waiting:
        pair.clock.pass_time(seconds=20)
        pair.office.deliver(pair.office.waiting.pop(0))  # each takes its time
        pair.capacity_relay.step()
        pair.office.deliver(pair.office.waiting.pop())  # its receipt
        pair.booking_relay.send_again()
        sent.append(pair.booking_relay.step())
    assert sent == [0] * 8
    assert len(pair.seen()) == 8


def test_a_loss_heals_by_one_batch_at_each_probe(pair: Pair) -> None:
    pair.ask(*(request(f"b{n:03}", 1) for n in range(300)))
    lose_the_mail(pair)
    for healed in (rows.BATCH, 300):
        pair.clock.pass_time(seconds=31)
        pair.booking_relay.send_again()
        pair.settle()
        assert len(pair.seen()) == healed
    assert pair.unreceipted() == []


def test_a_loss_heals_at_once_when_something_later_is_receipted(pair: Pair) -> None:
    pair.ask(*(request(f"b{n:03}", 1) for n in range(300)))
    lose_the_mail(pair)
    pair.clock.pass_time(seconds=3)
    pair.ask(request("later", 1))
    pair.settle()
    pair.booking_relay.send_again()
    pair.settle()
    assert len(pair.seen()) == 301
    assert pair.unreceipted() == []


def test_a_probe_of_a_backlog_does_not_make_the_rest_of_it_seem_overtaken(pair: Pair) -> None:
    for number in range(3):
        pair.ask(request(f"b{number}", 1))
        pair.booking_relay.step()
        pair.clock.pass_time(seconds=11)
    pair.booking_relay.send_again()
    assert pair.booking_relay.step() == 1  # the oldest, for the receiver was silent for more than 30 s
    pair.office.deliver(pair.office.waiting.pop(0))  # its first copy
    pair.capacity_relay.step()
    pair.office.deliver(pair.office.waiting.pop())
    pair.booking_relay.send_again()
    assert pair.booking_relay.step() == 0


def test_an_item_that_is_never_receipted_gets_stuck_and_no_longer_sent(pair: Pair) -> None:
    pair.ask(request("poison", 1))
    for round_number in range(again.STUCK_AFTER + 3):
        pair.booking_relay.step()
        pair.office.waiting = [e for e in pair.office.waiting if e.items[0]["thing"] != "poison"]
        pair.clock.pass_time(seconds=3)
        pair.ask(request(f"b{round_number}", 1))
        pair.booking_relay.step()
        pair.office.waiting = [e for e in pair.office.waiting if e.items[0]["thing"] != "poison"]
        pair.settle()
        pair.booking_relay.send_again()
    assert pair.booking_relay.step() == 0
    assert stuck_things(pair) == ["poison"]
    with pair.booking.database.begin() as conn:
        assert again.release_stuck(conn, TABLES.outbox, pair.clock.at) == 1
    pair.settle()
    assert ("poison", 1) in pair.seen()


def test_an_empty_queue_makes_due_what_was_published_and_what_a_killed_relay_had_leased(pair: Pair) -> None:
    pair.ask(request("published", 1))
    lose_the_mail(pair)
    pair.ask(request("leased", 1))
    with pair.booking.database.begin() as conn:
        outbox.lease(conn, TABLES.outbox, pair.clock.at, 10)
        assert again.send_again_all(conn, TABLES.outbox, "capacity", pair.clock.at) == 2
    pair.settle()
    assert pair.seen() == [("leased", 1), ("published", 1)]


def stuck_things(pair: Pair) -> list[str]:
    with pair.booking.read() as conn:
        box = TABLES.outbox
        return list(conn.execute(sa.select(box.c.thing).where(box.c.stuck_at.is_not(None))).scalars())


def test_a_receiver_that_keeps_more_than_we_have_makes_us_jump_above_it(pair: Pair) -> None:
    pair.ask(request("b1", 7, eaters=3))
    pair.settle()
    pair.ask(request("b1", 5, eaters=2))  # as after booking was put back to an older copy
    pair.settle()
    assert pair.said_again == {"b1": 7}
    assert pair.unreceipted() == []
    assert pair.seen() == [("b1", 1), ("b1", 3)]


def test_while_everything_is_heard_in_time_a_look_is_one_question(pair: Pair) -> None:
    pair.ask(request("b1", 1))
    pair.booking_relay.step()
    asked: list[str] = []
    sa.event.listen(pair.booking.database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    pair.booking_relay.send_again()
    assert len([one for one in asked if "outbox" in one]) == 1
    pair.clock.pass_time(seconds=3)
    pair.booking_relay.send_again()
    assert len(asked) > 2
