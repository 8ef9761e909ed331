"""A resident changes how many they are, or cancels."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.booking.domain.errors import AlreadyCancelled, MealBegun, MealCancelled, PastCutoff, UnknownBooking
from shared.contracts.booking import BookingStatus
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import SittingStatus
from tests.services.booking.house import FOUR, STARTS_AT, TWO, BookingHouse

ONE = Party(cooks=1)


@pytest.fixture
def confirmed(house: BookingHouse) -> str:
    """A confirmed booking for two."""
    house.announce()
    made = house.book(TWO)
    house.confirm(made)
    return made


def test_a_change_is_checked_while_the_confirmed_party_stands(house: BookingHouse, confirmed: str) -> None:
    notice = house.notice_said(confirmed)
    house.change(confirmed, FOUR)
    now = house.outcome(confirmed)
    assert (now.status, now.party, now.checking) == (BookingStatus.CONFIRMED, TWO, True)
    wish = house.wish_said(confirmed)
    assert wish.party == FOUR
    assert wish.last_answer is not None and (wish.last_answer.standing, wish.last_answer.held) == (Standing.HELD, TWO)
    assert house.notice_said(confirmed) == notice  # nobody is told yet


def test_the_change_is_news_once_it_is_given(house: BookingHouse, confirmed: str) -> None:
    news = house.find(confirmed).news
    house.change(confirmed, FOUR)
    house.confirm(confirmed)
    notice = house.notice_said(confirmed)
    assert (notice.status, notice.party) == (BookingStatus.CONFIRMED, FOUR) and notice.news > news


def test_a_larger_party_waits_while_the_smaller_is_held(house: BookingHouse, confirmed: str) -> None:
    news = house.find(confirmed).news
    house.change(confirmed, FOUR)
    house.hear(house.answer(confirmed, Standing.HELD, TWO))
    now = house.outcome(confirmed)
    assert (now.status, now.party, now.waiting, now.checking) == (BookingStatus.CONFIRMED, TWO, True, False)
    assert house.place_in_line(confirmed) == 1
    assert house.find(confirmed).news == news


def test_a_change_that_was_not_made_is_no_longer_wished(house: BookingHouse, confirmed: str) -> None:
    house.change(confirmed, FOUR)
    house.hear(house.answer(confirmed, Standing.HELD, TWO, why=Why.PARTY_TOO_LARGE))
    now = house.outcome(confirmed)
    assert (now.status, now.party, now.why, now.waiting) == (BookingStatus.CONFIRMED, TWO, Why.PARTY_TOO_LARGE, False)
    assert house.find(confirmed).party == TWO


def test_while_another_change_is_checked_the_refusal_of_the_first_stays_told(
    house: BookingHouse, confirmed: str
) -> None:
    house.change(confirmed, FOUR)
    house.hear(house.answer(confirmed, Standing.HELD, TWO, why=Why.PARTY_TOO_LARGE))
    told = house.notice_said(confirmed)
    house.change(confirmed, FOUR)
    assert house.outcome(confirmed).why is None  # on the page
    assert house.notice_said(confirmed) == told
    house.parts.resay()
    again = replace(house.notice_said(confirmed), link=told.link, email_link=told.email_link)  # signed anew
    assert again == told  # else notifications would write “confirmed” beside “not changed”
    assert again.why is Why.PARTY_TOO_LARGE


def test_growing_goes_to_the_end_of_the_line_and_shrinking_keeps_the_place(house: BookingHouse, confirmed: str) -> None:
    asked_at = house.find(confirmed).asked_at
    house.clock.pass_time(minutes=5)
    house.change(confirmed, ONE)
    assert house.wish_said(confirmed).asked_at == asked_at
    house.change(confirmed, TWO)
    assert house.wish_said(confirmed).asked_at == house.clock.at


def test_one_more_cook_is_growing_too(house: BookingHouse, confirmed: str) -> None:
    house.clock.pass_time(minutes=5)
    house.change(confirmed, Party(cooks=2))
    assert house.wish_said(confirmed).asked_at == house.clock.at


def test_wishing_what_is_wished_is_said_anew_and_keeps_the_place_in_line(house: BookingHouse, confirmed: str) -> None:
    before = house.find(confirmed)
    house.clock.pass_time(minutes=5)
    house.change(confirmed, TWO)
    after = house.find(confirmed)
    assert after.revision > before.revision
    assert after == replace(before, revision=after.revision)
    assert house.wish_said(confirmed).revision == after.revision


def test_a_refused_party_may_ask_again_as_if_anew(house: BookingHouse) -> None:
    house.announce()
    made = house.book(FOUR)
    house.refuse(made, Why.WAITLIST_CLOSED)
    house.clock.pass_time(minutes=5)
    house.change(made, FOUR)
    assert house.outcome(made).status is BookingStatus.REQUESTED
    assert house.wish_said(made).asked_at == house.clock.at
    assert house.notice_said(made).status is BookingStatus.REQUESTED


def test_a_waiting_party_that_changes_is_checked_again(house: BookingHouse) -> None:
    house.announce()
    made = house.book(FOUR)
    house.put_on_waiting_list(made)
    told = house.find(made).news
    house.change(made, TWO)
    assert house.outcome(made).status is BookingStatus.REQUESTED
    assert house.find(made).news == told
    house.put_on_waiting_list(made)
    assert house.find(made).news > told


def test_there_and_back_again_is_no_news(house: BookingHouse) -> None:
    house.announce()
    made = house.book(FOUR)
    house.put_on_waiting_list(made)
    told = house.find(made).news
    house.change(made, TWO)
    house.change(made, FOUR)
    house.put_on_waiting_list(made)
    assert house.find(made).news == told
    assert house.notice_said(made).status is BookingStatus.WAITLISTED


def test_after_the_cutoff_one_may_shrink_but_not_grow(house: BookingHouse, confirmed: str) -> None:
    house.clock.at = STARTS_AT - timedelta(minutes=1)
    with pytest.raises(PastCutoff):
        house.change(confirmed, FOUR)
    house.change(confirmed, ONE)
    assert house.wish_said(confirmed).party == ONE


def test_a_cancelled_meal_takes_no_more_people(house: BookingHouse, confirmed: str) -> None:
    house.announce(revision=2, status=SittingStatus.CANCELLED)
    with pytest.raises(MealCancelled):
        house.change(confirmed, FOUR)


def test_cancelling_releases_the_seats_and_tells(house: BookingHouse, confirmed: str) -> None:
    news = house.find(confirmed).news
    house.cancel(confirmed)
    assert house.wish_said(confirmed).party == NOBODY
    notice = house.notice_said(confirmed)
    assert (notice.status, notice.party) == (BookingStatus.CANCELLED, TWO) and notice.news > news


def test_cancelled_is_final(house: BookingHouse, confirmed: str) -> None:
    late = house.answer(confirmed, Standing.HELD, TWO)
    house.cancel(confirmed)
    before = house.find(confirmed)
    house.cancel(confirmed)
    assert house.find(confirmed) == before
    with pytest.raises(AlreadyCancelled):
        house.change(confirmed, ONE)
    house.hear(late)
    house.hear(house.answer(confirmed, Standing.RELEASED))
    assert house.outcome(confirmed).status is BookingStatus.CANCELLED
    assert house.find(confirmed).news == before.news


def test_once_the_meal_has_begun_it_is_too_late(house: BookingHouse, confirmed: str) -> None:
    house.clock.at = STARTS_AT
    with pytest.raises(MealBegun):
        house.change(confirmed, ONE)
    with pytest.raises(MealBegun):
        house.cancel(confirmed)


def test_a_booking_that_is_not_found(house: BookingHouse) -> None:
    with pytest.raises(UnknownBooking):
        house.cancel("nothing")
    with pytest.raises(UnknownBooking):
        house.change("nothing", ONE)
