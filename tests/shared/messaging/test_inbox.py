"""What is heard twice, late or out of order changes nothing; what fails, fails alone."""

import itertools
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from shared.contracts.seats import SeatsRequest
from shared.messaging import inbox, parked
from shared.messaging.post_office import Envelope
from tests.shared.messaging.conftest import TABLES, Pair, request


def publish(pair: Pair, *requests: SeatsRequest) -> list[Envelope]:
    pair.ask(*requests)
    pair.booking_relay.step()
    envelopes, pair.office.waiting = pair.office.waiting, []
    return envelopes


def all_parked(pair: Pair) -> list[parked.Parked]:
    with pair.capacity.read() as conn:
        return parked.all_parked(conn, TABLES.attempt)


def test_a_message_that_comes_twice_counts_once(pair: Pair) -> None:
    (envelope,) = publish(pair, request("b1", 1))
    pair.office.deliver(envelope)
    pair.office.deliver(envelope)
    assert pair.seen() == [("b1", 1)]


def test_an_overtaken_message_changes_nothing_and_is_receipted_with_what_is_kept(pair: Pair) -> None:
    (older,) = publish(pair, request("b1", 1, eaters=1))
    (newer,) = publish(pair, request("b1", 2, eaters=2))
    pair.office.deliver(newer)
    pair.office.deliver(older)
    pair.settle()
    assert pair.seen() == [("b1", 2)]
    assert pair.unreceipted() == []
    assert pair.said_again == {}


def test_an_item_that_raises_is_parked_and_its_neighbours_are_handled(pair: Pair) -> None:
    pair.broken = {"b2"}
    pair.ask(request("b1", 1), request("b2", 1), request("b3", 1))
    pair.settle()
    assert pair.seen() == [("b1", 1), ("b3", 1)]
    assert [(one.item.thing, one.marks, one.error) for one in all_parked(pair)] == [("b2", 3, "RuntimeError")]
    assert pair.unreceipted() == []


def test_a_parked_item_can_be_replayed_once_the_bug_is_mended(pair: Pair) -> None:
    pair.broken = {"b1"}
    pair.ask(request("b1", 1))
    pair.settle()
    pair.broken = set()
    (one,) = all_parked(pair)
    pair.capacity_inbox.replay(one.item)
    assert pair.seen() == [("b1", 1)]


def test_a_parked_item_that_comes_once_more_is_not_tried_again(pair: Pair) -> None:
    pair.broken = {"b1"}
    (envelope,) = publish(pair, request("b1", 1))
    pair.office.deliver(envelope)
    pair.broken = set()
    pair.office.deliver(envelope)
    assert pair.seen() == []
    (one,) = all_parked(pair)
    pair.capacity_inbox.replay(one.item)
    assert pair.seen() == [("b1", 1)]


def test_an_item_that_killed_its_worker_in_company_and_twice_alone_is_parked_unseen(pair: Pair) -> None:
    (envelope,) = publish(pair, request("b1", 1))
    item = parked.Item.read("seats_request", "booking", envelope.items[0])
    for _ in range(parked.LEFT_BEHIND):
        with pair.capacity.database.begin() as conn:
            parked.mark(conn, TABLES.attempt, item)  # the worker is killed right after
    pair.office.deliver(envelope, redelivered=True)
    assert pair.seen() == []
    assert [one.item.thing for one in all_parked(pair)] == ["b1"]


def test_a_redelivered_task_that_works_leaves_no_mark(pair: Pair) -> None:
    (envelope,) = publish(pair, request("b1", 1), request("b2", 1))
    pair.office.deliver(envelope, redelivered=True)
    with pair.capacity.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(TABLES.attempt)).scalar() == 0
    assert pair.seen() == [("b1", 1), ("b2", 1)]


def test_a_mark_of_a_state_that_was_lost_goes_with_the_next_one(pair: Pair) -> None:
    (lost,) = publish(pair, request("b1", 1))
    with pair.capacity.database.begin() as conn:
        parked.mark(conn, TABLES.attempt, parked.Item.read("seats_request", "booking", lost.items[0]))
    (following,) = publish(pair, request("b0", 1), request("b1", 2))
    pair.office.deliver(following)
    with pair.capacity.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(TABLES.attempt)).scalar() == 0
    assert pair.seen() == [("b0", 1), ("b1", 1)]


def test_a_mark_that_was_made_too_late_goes_with_the_next_copy(pair: Pair) -> None:
    (envelope,) = publish(pair, request("b1", 1))
    pair.office.deliver(envelope)
    with pair.capacity.database.begin() as conn:
        parked.mark(conn, TABLES.attempt, parked.Item.read("seats_request", "booking", envelope.items[0]))
    pair.office.deliver(envelope)
    with pair.capacity.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(TABLES.attempt)).scalar() == 0


def deliver_until_done(pair: Pair, envelope: Envelope) -> int:
    """The broker hands a task out again until it is done. Returns how often."""
    for times in range(1, 10):
        try:
            pair.office.deliver(envelope, redelivered=True)
        except inbox.TryLater:
            continue
        return times
    raise AssertionError("it is never done")


@pytest.fixture
def time_for_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database so slow that three items are done before the task goes back to the broker."""
    seconds = itertools.count()
    monkeypatch.setattr(inbox, "time", SimpleNamespace(monotonic=lambda: next(seconds) * inbox.PATIENCE / 3))


@pytest.mark.usefixtures("time_for_three")
def test_a_redelivered_task_without_time_for_all_of_it_gets_further_each_time(pair: Pair) -> None:
    (envelope,) = publish(pair, *(request(f"b{number}", 1) for number in range(7)))
    assert deliver_until_done(pair, envelope) == 3
    assert pair.seen() == [(f"b{number}", 1) for number in range(7)]


@pytest.mark.usefixtures("time_for_three")
def test_redelivered_receipts_without_time_for_all_of_them_get_further_each_time(pair: Pair) -> None:
    for number in range(7):
        (envelope,) = publish(pair, request(f"b{number}", 1))
        pair.office.deliver(envelope)
    pair.capacity_relay.step()
    (receipts,) = pair.office.waiting
    assert deliver_until_done(pair, receipts) == 3
    assert pair.unreceipted() == []


def test_an_item_that_cannot_be_understood_gets_no_receipt_and_harms_no_neighbour(pair: Pair) -> None:
    (envelope,) = publish(pair, request("b1", 1), request("b2", 1))
    task = json.loads(envelope.payload)
    del task["items"][0]["body"]["party"]
    task["items"].append("not an item at all")
    pair.office.deliver(Envelope("capacity", "seats_request", json.dumps(task).encode()))
    pair.settle()
    assert pair.seen() == [("b2", 1)]
    assert pair.unreceipted() == [("b1", 1)]


def test_the_correlation_id_travels_with_the_item(pair: Pair) -> None:
    (envelope,) = publish(pair, request("b1", 1))
    assert len(envelope.items[0]["correlation"]) == 32


@pytest.mark.parametrize("wrong", [{"sends": None}, {"sends": "many"}, {"revision": 2**70}, {"revision": True}])
def test_an_item_with_a_strange_cover_harms_no_neighbour(pair: Pair, wrong: dict[str, Any]) -> None:
    (envelope,) = publish(pair, request("b1", 1), request("b2", 1))
    task = json.loads(envelope.payload)
    task["items"][0].update(wrong)
    if "revision" in wrong:
        task["items"][0]["body"].update(wrong)
    pair.office.deliver(Envelope("capacity", "seats_request", json.dumps(task).encode()))
    assert pair.seen() == [("b2", 1)]


def test_data_that_cannot_be_stored_is_the_items_fault_not_the_databases(pair: Pair) -> None:
    pair.unstorable = {"b2"}
    pair.ask(request("b1", 1), request("b2", 1), request("b3", 1))
    pair.settle()
    assert {thing for thing, _party in pair.seen()} >= {"b1", "b3"}
    assert [one.item.thing for one in all_parked(pair)] == ["b2"]


def test_no_mark_outlives_the_handling_of_its_thing(pair: Pair) -> None:
    (envelope,) = publish(pair, request("b1", 2))
    for revision in (1, 2):
        item = parked.Item.read("seats_request", "booking", envelope.items[0])
        with pair.capacity.database.begin() as conn:
            parked.mark(conn, TABLES.attempt, replace(item, revision=revision))
    pair.office.deliver(envelope)
    with pair.capacity.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(TABLES.attempt)).scalar() == 0


def test_the_databases_trouble_never_counts_against_an_item(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PATIENCE", 0.1)
    (envelope,) = publish(pair, request("b1", 1))
    pair.away = True
    for _ in range(parked.MARKS + 2):
        with pytest.raises(inbox.TryLater):
            pair.office.deliver(envelope, redelivered=True)
    pair.away = False
    pair.office.deliver(envelope, redelivered=True)
    assert pair.seen() == [("b1", 1)]
    assert all_parked(pair) == []


def test_a_parked_item_that_cannot_be_read_any_more_is_not_lost_by_a_replay(pair: Pair) -> None:
    pair.broken = {"b1"}
    pair.ask(request("b1", 1))
    pair.settle()
    (one,) = all_parked(pair)
    with pytest.raises(inbox.CannotBeRead):
        pair.capacity_inbox.replay(replace(one.item, body={"thing": "b1", "revision": 1}))
    assert len(all_parked(pair)) == 1
