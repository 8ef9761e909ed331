"""Residents ask for seats, in batches."""

from dataclasses import replace

import sqlalchemy as sa

from services.capacity.domain.kitchen import OwnKitchen
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import KeptAnswer, SeatsAnswer, Standing, Why
from shared.contracts.sitting import SittingNotice
from tests.services.capacity.house import CapacityHouse

HELD, WAITLISTED, REFUSED, RELEASED = Standing.HELD, Standing.WAITLISTED, Standing.REFUSED, Standing.RELEASED


def eaters(count: int) -> Party:
    return Party(eaters=count)


def test_an_answer_says_what_is_held_and_which_request_it_answers(house: CapacityHouse) -> None:
    sitting = house.opens()
    request = house.asks(sitting, "a", Party(cooks=1, eaters=1))
    house.hears(request)
    answer = house.said(SeatsAnswer)["a"]
    assert (answer.standing, answer.held, answer.wished) == (HELD, request.party, request.party)
    assert (answer.answers, answer.sitting, answer.asked_at) == (request.revision, sitting, request.asked_at)


def test_neighbours_hear_how_full_the_sitting_is(house: CapacityHouse) -> None:
    sitting = house.opens(seats=10, cook_places=3)
    before = house.said(SittingNotice)[sitting]
    house.asked(sitting, "a", Party(cooks=1, eaters=3))
    for receiver in ("booking", "notifications"):
        notice = house.said(SittingNotice, receiver)[sitting]
        assert (notice.seats_left, notice.cook_places_left, notice.waitlist_length) == (6, 2, 0)
        assert notice.revision > before.revision
        assert notice.cantine.slug == "lyon-vaise"


def test_an_answer_that_changes_no_seat_says_nothing_of_the_sitting(house: CapacityHouse) -> None:
    sitting = house.opens()
    house.asked(sitting, "a", eaters(2))
    house.forget_what_was_said()
    house.asked(sitting, "a", eaters(2))
    assert set(house.said(SeatsAnswer)) == {"a"}
    assert house.said(SittingNotice) == {}


def test_a_batch_over_several_sittings_is_answered_whole(house: CapacityHouse) -> None:
    lunch, dinner = house.opens(seats=2, cook_places=1), house.opens(seats=1, cook_places=1)
    house.hears(
        house.asks(lunch, "a", eaters(2)),
        house.asks(dinner, "b", eaters(1)),
        house.asks(lunch, "c", eaters(1)),
        house.asks("nowhere", "d", eaters(1)),
    )
    answers = house.said(SeatsAnswer)
    assert {thing: one.standing for thing, one in answers.items()} == {
        "a": HELD,
        "b": HELD,
        "c": WAITLISTED,
        "d": REFUSED,
    }
    assert answers["d"].why is Why.UNKNOWN_SITTING


def test_a_group_is_found_in_the_ledger_in_one_statement(house: CapacityHouse) -> None:
    sitting = house.opens(seats=30, kitchen=OwnKitchen(room=30, group_cap=5))
    house.hears(*[replace(house.asks(sitting, f"a{one}", eaters(4)), group=f"group-{one}") for one in range(5)])
    statements: list[str] = []
    engine = house.parts.service.database.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    house.hears(*[replace(house.asks(sitting, f"b{one}", eaters(2)), group=f"group-{one}") for one in range(7)])
    assert sum("group_key IN" in one for one in statements) == 1
    answers = house.said(SeatsAnswer)
    assert [answers[f"b{one}"].why for one in range(7)] == [Why.GROUP_TOO_LARGE] * 5 + [None] * 2


def test_a_booking_stays_with_its_group_when_a_request_does_not_name_it(house: CapacityHouse) -> None:
    sitting = house.opens(seats=30, kitchen=OwnKitchen(room=30, group_cap=6))
    house.hears(
        *[replace(house.asks(sitting, one, party), group="rey") for one, party in (("a", eaters(4)), ("b", eaters(2)))]
    )
    house.hears(house.asks(sitting, "b", eaters(6)))
    answer = house.said(SeatsAnswer)["b"]
    assert (answer.held, answer.why) == (eaters(2), Why.GROUP_TOO_LARGE)


def test_two_hundred_requests_take_a_handful_of_statements(house: CapacityHouse) -> None:
    sitting = house.opens(seats=50)
    requests = [house.asks(sitting, f"b{number:03}", eaters(1)) for number in range(200)]
    house.hears(*requests[:100])
    statements: list[str] = []
    engine = house.parts.service.database.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    house.hears(*requests[100:])
    assert len(statements) <= 15
    assert house.sitting(sitting).seating.waitlist_length == 150


def test_a_freed_seat_goes_to_the_first_in_line_however_long_it_is(house: CapacityHouse) -> None:
    sitting = house.opens(seats=2, cook_places=1)
    house.asked(sitting, "a", eaters(2))
    house.hears(*[house.asks(sitting, f"w{number:02}", eaters(1)) for number in range(30)])
    house.forget_what_was_said()
    house.cancelled(sitting, "a")
    answers = house.said(SeatsAnswer)
    assert {thing: one.standing for thing, one in answers.items()} == {"a": RELEASED, "w00": HELD, "w01": HELD}
    assert house.said(SittingNotice)[sitting].waitlist_length == 28


def test_when_a_large_party_leaves_the_line_those_behind_it_are_seated(house: CapacityHouse) -> None:
    sitting = house.opens(seats=5, cook_places=1)
    house.asked(sitting, "a", eaters(4))
    house.asked(sitting, "large", eaters(3))
    house.asked(sitting, "one", eaters(1))
    assert house.claim("one").standing is WAITLISTED
    house.cancelled(sitting, "large")
    assert house.claim("one").standing is HELD


def test_who_holds_a_seat_and_waits_for_a_cook_place_is_found_in_a_long_line(house: CapacityHouse) -> None:
    sitting = house.opens(seats=3, cook_places=1)
    house.asked(sitting, "cook", Party(cooks=1))
    house.asked(sitting, "eater", eaters(2))
    house.hears(*[house.asks(sitting, f"w{number}", eaters(1)) for number in range(5)])
    house.asked(sitting, "eater", Party(cooks=1, eaters=1))
    house.asked(sitting, "cook", eaters(1))
    assert house.claim("eater").held == Party(cooks=1, eaters=1)


def test_a_release_that_overtook_its_request_is_remembered(house: CapacityHouse) -> None:
    sitting = house.opens()
    late = house.asks(sitting, "a", eaters(2))
    house.cancelled(sitting, "a")
    house.hears(late)
    assert (house.claim("a").standing, house.claim("a").held) == (RELEASED, NOBODY)
    assert house.sitting(sitting).seating.held == 0


def test_a_message_that_arrives_twice_counts_once(house: CapacityHouse) -> None:
    sitting = house.opens()
    request = house.asks(sitting, "a", eaters(2))
    house.hears(request)
    house.hears(request)
    assert house.sitting(sitting).seating.held == 2


def test_a_forgotten_seat_is_honoured_and_answered_above_what_booking_keeps(house: CapacityHouse) -> None:
    sitting = house.opens(seats=2, cook_places=1)
    house.asked(sitting, "stranger", eaters(2))
    far_ahead = house.claim("stranger").revision + 10**12
    kept = KeptAnswer(revision=far_ahead, standing=HELD, held=eaters(2))
    house.hears(house.asks(sitting, "a", eaters(2), last_answer=kept))
    assert house.said(SeatsAnswer)["a"].revision == far_ahead + 1
    assert house.said(SittingNotice)[sitting].at_risk


def test_a_booking_that_exchanges_its_sitting_is_laid_aside(house: CapacityHouse) -> None:
    one, other = house.opens(), house.opens()
    house.asked(one, "a", eaters(2))
    house.hears(house.asks(other, "a", eaters(2)))
    assert house.parked() == 1
    assert house.claim("a").sitting == one
