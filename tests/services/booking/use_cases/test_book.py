"""A resident reserves, and what became of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from services.booking.domain.errors import AlreadySent, MealCancelled, MealClosed, PastCutoff, UnknownMeal
from services.booking.domain.once import once
from services.booking.store.tables import booking
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.seats import SeatsRequest, Standing, Why
from shared.contracts.sitting import SittingStatus
from tests.services.booking.house import CAMILLE, TWO, BookingHouse, a_sitting


def test_a_booking_is_requested_and_capacity_is_asked(house: BookingHouse) -> None:
    house.announce()
    made = house.book(TWO)

    assert house.outcome(made).status is BookingStatus.REQUESTED
    wish = house.wish_said(made)
    assert (wish.sitting, wish.party, wish.asked_at, wish.last_answer) == ("lunch", TWO, house.clock.at, None)


def test_notifications_hears_of_it_once_there_is_something_to_tell(house: BookingHouse) -> None:
    house.announce()
    made = house.book(TWO)
    assert house.said(BookingNotice, made) is None
    house.confirm(made)
    notice = house.notice_said(made)
    assert (notice.status, notice.party, notice.name) == (BookingStatus.CONFIRMED, TWO, CAMILLE.name)
    assert (notice.email, notice.phone, notice.language) == (CAMILLE.email, CAMILLE.phone, "fr")
    assert notice.link.startswith("http://127.0.0.1:8000/b/") and notice.link.endswith("?lang=fr")


def test_it_is_confirmed_when_capacity_gives_the_seats(house: BookingHouse) -> None:
    house.announce()
    made = house.book(TWO)
    requested = house.find(made)
    house.confirm(made)

    assert house.outcome(made).status is BookingStatus.CONFIRMED
    notice = house.notice_said(made)
    assert notice.status is BookingStatus.CONFIRMED
    assert notice.news == notice.revision > requested.news


def test_hearing_an_answer_leaves_the_wish_as_it_is(house: BookingHouse) -> None:
    house.announce()
    made = house.book(TWO)
    wished = house.find(made).revision
    house.confirm(made)
    kept = house.find(made)
    assert kept.revision == wished and kept.answer is not None and kept.answer.answers == wished


def test_it_waits_in_order_of_asking(house: BookingHouse) -> None:
    house.announce()
    first = house.book()
    house.clock.pass_time(seconds=1)
    second = house.book()
    house.put_on_waiting_list(second)
    house.put_on_waiting_list(first)

    assert house.outcome(first).status is BookingStatus.WAITLISTED
    assert (house.place_in_line(first), house.place_in_line(second)) == (1, 2)
    house.confirm(first)
    assert house.place_in_line(second) == 1


def test_bookings_that_share_a_contact_share_a_mark_that_tells_nobody_who_it_is(house: BookingHouse) -> None:
    house.announce()
    mine, again, other = house.book(), house.book(), house.book(who=replace(CAMILLE, email="zoe@example.org"))
    marks = [said.group for one in (mine, again, other) if (said := house.wish_said(one))]
    assert marks[0] and marks[0] == marks[1] != marks[2]
    assert "example" not in marks[0]


def test_a_refusal_has_its_reason(house: BookingHouse) -> None:
    house.announce()
    made = house.book()
    house.refuse(made, Why.PARTY_TOO_LARGE)
    notice = house.notice_said(made)
    assert (notice.status, notice.why) == (BookingStatus.REFUSED, Why.PARTY_TOO_LARGE)


def test_the_same_answer_again_is_no_news(house: BookingHouse) -> None:
    house.announce()
    made = house.book()
    house.confirm(made)
    news = house.find(made).news
    house.clock.pass_time(minutes=1)
    house.confirm(made)
    assert house.find(made).news == news


def test_an_older_answer_changes_nothing(house: BookingHouse) -> None:
    house.announce()
    made = house.book()
    waiting = house.answer(made, Standing.WAITLISTED)
    house.confirm(made)
    house.hear(waiting)
    assert house.outcome(made).status is BookingStatus.CONFIRMED


def test_a_double_submit_makes_one_booking(house: BookingHouse) -> None:
    house.announce()
    key = once("form", "a-token", "lunch", 2)
    assert house.book(once=key) == house.book(once=key)
    assert house.count(booking) == 1


def test_a_double_click_at_the_same_instant_makes_one_booking(house: BookingHouse) -> None:
    house.announce()
    key = once("form", "a-token", "lunch", 2)
    with ThreadPoolExecutor(8) as clicks:
        made = set(clicks.map(lambda _: house.book(once=key), range(16)))
    assert made == {house.only_booking()}


def test_the_same_key_with_other_details_is_refused(house: BookingHouse) -> None:
    house.announce()
    made = house.book(once=once("api", "a-key", "lunch", 2))
    with pytest.raises(AlreadySent) as refused:
        house.book(once=once("api", "a-key", "lunch", 3))
    assert refused.value.booking == made
    assert house.count(booking) == 1


def test_a_key_can_be_used_again_after_a_refusal(house: BookingHouse) -> None:
    key = once("form", "a-token", "lunch", 2)
    with pytest.raises(UnknownMeal):
        house.book(once=key)
    house.announce()
    house.book(once=key)


def test_a_key_is_forgotten_after_a_day(house: BookingHouse) -> None:
    house.announce()
    key = once("form", "a-token", "lunch", 2)
    made = house.book(once=key)
    house.parts.timers["forget old keys"]()
    assert house.book(once=key) == made
    house.clock.pass_time(hours=25)
    assert house.parts.timers["forget old keys"]() == 1


@pytest.mark.parametrize("seconds_after_cutoff", [-1, 0])
def test_at_the_cutoff_it_is_closed_as_in_capacity(house: BookingHouse, seconds_after_cutoff: int) -> None:
    house.announce()
    house.clock.at = a_sitting().cutoff_at + timedelta(seconds=seconds_after_cutoff)
    if seconds_after_cutoff < 0:
        house.book()
        return
    with pytest.raises(PastCutoff):
        house.book()
    assert house.said(SeatsRequest, "lunch") is None and house.count(booking) == 0


@pytest.mark.parametrize(
    ("status", "error"), [(SittingStatus.CLOSED, MealClosed), (SittingStatus.CANCELLED, MealCancelled)]
)
def test_a_meal_that_takes_nobody_says_so(house: BookingHouse, status: SittingStatus, error: type[Exception]) -> None:
    house.announce(status=status)
    with pytest.raises(error):
        house.book()
    assert house.count(booking) == 0


def test_an_unknown_meal(house: BookingHouse) -> None:
    with pytest.raises(UnknownMeal):
        house.book()
    assert not house.said(BookingNotice, "lunch")
