"""Copies: a database is put back, here or at a neighbour, and all agree again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.booking.store.tables import booking
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import SeatsAnswer, SeatsRequest, Standing, Why
from tests.services.booking.house import FOUR, STARTS_AT, TWO, BookingHouse


def lost(house: BookingHouse, standing: Standing, held: Party = NOBODY, **changes: Any) -> SeatsAnswer:
    """An answer about a booking that this database has lost."""
    values: dict[str, Any] = {
        "thing": "a-lost-booking",
        "revision": 7,
        "answers": 1_000,
        "sitting": "lunch",
        "standing": standing,
        "held": held,
        "wished": TWO,
        "asked_at": house.clock.at - timedelta(days=1),
    }
    return SeatsAnswer(**values | changes)


def test_a_lost_confirmed_booking_comes_back(house: BookingHouse) -> None:
    house.announce()
    house.hear(lost(house, Standing.HELD, TWO))
    now = house.outcome("a-lost-booking")
    assert (now.status, now.party, now.checking) == (BookingStatus.CONFIRMED, TWO, False)
    notice = house.notice_said("a-lost-booking")
    assert (notice.name, notice.email, notice.phone, notice.language) == (None, None, None, "fr")
    assert notice.status is BookingStatus.CONFIRMED

    house.change("a-lost-booking", FOUR)
    assert house.wish_said("a-lost-booking").revision > 1_000


@pytest.mark.parametrize(
    ("standing", "changes", "status"),
    [
        (Standing.WAITLISTED, {}, BookingStatus.WAITLISTED),
        (Standing.REFUSED, {"why": Why.PARTY_TOO_LARGE}, BookingStatus.REFUSED),
        (Standing.RELEASED, {"wished": NOBODY}, BookingStatus.CANCELLED),
    ],
)
def test_other_lost_bookings_come_back_as_they_stood(
    house: BookingHouse, standing: Standing, changes: dict[str, Any], status: BookingStatus
) -> None:
    house.hear(lost(house, standing, **changes))
    assert house.outcome("a-lost-booking").status is status


def test_a_wish_that_was_lost_is_learnt_from_its_answer(house: BookingHouse) -> None:
    house.announce()
    made = house.book(TWO)
    later = house.find(made).revision + 5
    house.hear(house.answer(made, Standing.HELD, FOUR, answers=later, wished=FOUR))
    kept = house.find(made)
    assert (kept.party, kept.revision) == (FOUR, later)
    assert house.outcome(made).status is BookingStatus.CONFIRMED


def test_a_cancellation_that_was_lost_is_learnt_from_its_answer(house: BookingHouse) -> None:
    house.announce()
    made = house.book(TWO)
    later = house.find(made).revision + 5
    house.hear(house.answer(made, Standing.RELEASED, answers=later, wished=NOBODY))
    assert house.outcome(made).status is BookingStatus.CANCELLED
    assert house.find(made).party == TWO


def test_everything_live_is_said_again(house: BookingHouse) -> None:
    house.announce()
    house.announce("over", starts_at=STARTS_AT - timedelta(hours=20))
    live, cancelled, waiting = house.book(), house.book(), house.book()
    over = house.book(sitting="over")
    house.cancel(cancelled)
    house.put_on_waiting_list(waiting)
    before = {made: house.find(made) for made in (live, cancelled, waiting)}
    house.receipt_all(SeatsRequest)
    house.receipt_all(BookingNotice)
    assert house.said(SeatsRequest, live) is None

    house.clock.at = STARTS_AT - timedelta(hours=17)
    assert house.parts.resay() == 3
    for made, kept in before.items():
        assert house.find(made) == replace(kept, revision=house.find(made).revision)
        assert house.wish_said(made).revision == house.find(made).revision > kept.revision
        assert house.notice_said(made).revision == kept.notice_revision
    assert house.wish_said(cancelled).party == NOBODY
    assert house.said(SeatsRequest, over) is None


def test_a_later_wish_that_capacity_keeps_is_not_undone_by_the_one_of_the_copy(house: BookingHouse) -> None:
    house.announce()
    made = house.book()
    house.confirm(made)
    later = house.find(made).revision + 1_000_000_000_000
    house.receipt_all(SeatsRequest, {made: later})
    assert house.said(SeatsRequest, made) is None
    house.hear(house.answer(made, Standing.RELEASED, answers=later, wished=NOBODY))
    assert house.outcome(made).status is BookingStatus.CANCELLED


def test_notifications_that_knows_better_is_answered_above_it(house: BookingHouse) -> None:
    house.announce()
    made = house.book()
    house.confirm(made)
    ahead = house.find(made).revision + 1_000_000_000_000
    news = house.find(made).news
    house.receipt_all(BookingNotice, {made: ahead})
    assert house.notice_said(made).revision == house.find(made).notice_revision > ahead
    assert house.notice_said(made).news == news


def test_a_batch_changes_all_at_once(house: BookingHouse) -> None:
    house.announce()
    made = [house.book() for _ in range(20)]
    held = [house.answer(one, Standing.HELD, TWO) for one in made]
    adopted = [replace(lost(house, Standing.HELD, TWO), thing=f"lost-{number}") for number in range(20)]
    house.hear(*held, *adopted)
    assert house.count(booking) == 40
    assert {house.outcome(one).status for one in made} == {BookingStatus.CONFIRMED}


def test_a_meal_is_kept_as_last_described(house: BookingHouse) -> None:
    house.announce(revision=5, seats_left=1)
    house.announce(revision=4, seats_left=9)
    house.announce("other", revision=1, allergens=None)
    kept, other = house.sitting(), house.sitting("other")
    assert kept is not None and other is not None
    assert (kept.seats_left, kept.allergens, other.allergens) == (1, ("celery", "milk"), None)
