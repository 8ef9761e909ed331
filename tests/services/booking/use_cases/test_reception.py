"""Residents who ask at the same moment are served together, and each gets their own answer."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from services.booking.domain.booking import Booking
from services.booking.domain.errors import AlreadySent, BookingError, MealClosed, UnknownMeal
from services.booking.domain.limits import Limits
from services.booking.domain.once import once
from services.booking.domain.wish import Wish
from services.booking.store.tables import booking, idempotency_key
from services.booking.use_cases import reception as reception_module
from services.booking.use_cases.book import Answer, Asked, asked, book_all
from services.booking.use_cases.reception import Reception
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from tests.services.booking.house import CAMILLE, FOUR, TWO, BookingHouse


def wish(party: Party = TWO) -> Wish:
    return Wish(party=party, contact=CAMILLE)


def kinds(answers: list[Answer]) -> list[type]:
    return [type(answer) for answer in answers]


def test_one_answer_for_each_in_their_order(house: BookingHouse) -> None:
    house.announce()
    house.announce("closed", status=SittingStatus.CLOSED)
    requests = [asked("lunch", wish()), asked("closed", wish()), asked("nowhere", wish()), asked("lunch", wish(FOUR))]
    answers = book_all(house.service, house.voice, requests)
    assert kinds(answers) == [Booking, MealClosed, UnknownMeal, Booking]
    parties = [answer.party for answer in answers if isinstance(answer, Booking)]
    assert parties == [TWO, FOUR]
    assert house.count(booking) == 2
    assert house.wish_said(requests[3].booking_id).party == FOUR


def test_the_same_form_twice_in_one_moment_makes_one_booking(house: BookingHouse) -> None:
    house.announce()
    twice = [asked("lunch", wish(), once("form", "key", "lunch")) for _ in range(2)]
    other = asked("lunch", wish(), once("form", "key", "other details"))
    first, second, refused = book_all(house.service, house.voice, [*twice, other])
    assert first == second
    assert isinstance(refused, AlreadySent)
    assert house.count(booking) == 1


def test_a_form_that_could_not_be_booked_may_be_sent_again(house: BookingHouse) -> None:
    only = once("form", "key", "lunch")
    assert kinds(book_all(house.service, house.voice, [asked("lunch", wish(), only)])) == [UnknownMeal]
    assert house.count(idempotency_key) == 0
    house.announce()
    assert kinds(book_all(house.service, house.voice, [asked("lunch", wish(), only)])) == [Booking]


def test_who_comes_while_another_is_served_is_served_next_all_at_once(
    house: BookingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.announce()
    reception = Reception(house.service, house.voice)
    served: list[int] = []
    at_it, go_on = threading.Event(), threading.Event()

    def slowly(service: object, voice: object, requests: list[Asked], limits: Limits) -> list[Answer]:
        served.append(len(requests))
        at_it.set()
        go_on.wait(10)
        return book_all(house.service, house.voice, requests)

    monkeypatch.setattr(reception_module, "book_all", slowly)
    with ThreadPoolExecutor(6) as residents:
        first = residents.submit(reception.book, "lunch", wish())
        at_it.wait(10)
        others = [residents.submit(reception.book, "lunch", wish()) for _ in range(5)]
        while len(reception._waiting) < 5:
            pass
        go_on.set()
        assert {made.result().party for made in (first, *others)} == {TWO}
    assert served == [1, 5]
    assert house.count(booking) == 6


def test_whoever_serves_is_served_too_however_many_came_before(
    house: BookingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.announce()
    monkeypatch.setattr(reception_module, "MOST", 2)
    reception = Reception(house.service, house.voice)
    before: list[tuple[Asked, Future[Answer]]] = [(asked("lunch", wish()), Future()) for _ in range(5)]
    reception._waiting.extend(before)
    with ThreadPoolExecutor(1) as resident:
        assert resident.submit(reception.book, "lunch", wish(FOUR)).result(timeout=10).party == FOUR
    assert all(isinstance(answered.result(), Booking) for _, answered in before)


def test_what_cannot_be_made_together_is_made_alone(house: BookingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house.announce()
    reception = Reception(house.service, house.voice)

    def unless_one_is_odd(service: object, voice: object, requests: list[Asked], limits: Limits) -> list[Answer]:
        if any(one.sitting == "odd" for one in requests):
            raise ZeroDivisionError
        return book_all(house.service, house.voice, requests)

    monkeypatch.setattr(reception_module, "book_all", unless_one_is_odd)
    company: list[tuple[Asked, Future[Answer]]] = [
        (asked(sitting, wish()), Future()) for sitting in ("lunch", "odd", "lunch")
    ]
    reception._serve(company)
    assert isinstance(company[1][1].exception(), ZeroDivisionError)
    assert [isinstance(company[number][1].result(), Booking) for number in (0, 2)] == [True, True]


def test_while_the_database_is_away_everybody_is_told_at_once(
    house: BookingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def away(service: object, voice: object, requests: list[Asked], limits: Limits) -> list[Answer]:
        tries.append(len(requests))
        raise sa.exc.TimeoutError

    monkeypatch.setattr(reception_module, "book_all", away)
    company: list[tuple[Asked, Future[Answer]]] = [(asked("lunch", wish()), Future()) for _ in range(3)]
    Reception(house.service, house.voice)._serve(company)
    assert tries == [3]
    assert all(isinstance(answered.exception(), sa.exc.TimeoutError) for _, answered in company)


def test_an_error_is_raised_to_who_asked(house: BookingHouse) -> None:
    with pytest.raises(BookingError):
        Reception(house.service, house.voice).book("nowhere", wish())
