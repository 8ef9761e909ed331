"""Residents who ask at the same moment are served together, and each gets their own answer."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

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
from services.booking.use_cases.reception import Guest, Reception
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


@dataclass
class Slow:
    """Instead of `book_all`: each turn waits until it is let go."""

    house: BookingHouse
    served: list[int] = field(default_factory=list)
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    let_go: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def __call__(self, service: object, voice: object, requests: list[Asked], limits: Limits) -> list[Answer]:
        self.served.append(len(requests))
        self.begun.release()
        self.let_go.acquire(timeout=10)
        return book_all(self.house.service, self.house.voice, requests)

    def until_a_turn_begins(self) -> None:
        assert self.begun.acquire(timeout=10)


@pytest.fixture
def slow(house: BookingHouse, monkeypatch: pytest.MonkeyPatch) -> Slow:
    house.announce()
    slow = Slow(house)
    monkeypatch.setattr(reception_module, "book_all", slow)
    return slow


def until_they_wait(reception: Reception, count: int) -> None:
    while len(reception._waiting) < count:
        pass


def test_who_comes_while_another_is_served_is_served_next_all_at_once(house: BookingHouse, slow: Slow) -> None:
    reception = Reception(house.service, house.voice)
    with ThreadPoolExecutor(6) as residents:
        first = residents.submit(reception.book, "lunch", wish())
        slow.until_a_turn_begins()
        others = [residents.submit(reception.book, "lunch", wish()) for _ in range(5)]
        until_they_wait(reception, 5)
        slow.let_go.release(2)
        assert {made.result().party for made in (first, *others)} == {TWO}
    assert slow.served == [1, 5]
    assert house.count(booking) == 6


def test_more_than_one_turn_serves_wait_for_the_next_which_one_of_them_takes(
    house: BookingHouse, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception_module, "MOST", 2)
    reception = Reception(house.service, house.voice)
    with ThreadPoolExecutor(6) as residents:
        first = residents.submit(reception.book, "lunch", wish(FOUR))
        slow.until_a_turn_begins()
        others = [residents.submit(reception.book, "lunch", wish()) for _ in range(5)]
        until_they_wait(reception, 5)
        slow.let_go.release(4)
        assert first.result().party == FOUR and {made.result().party for made in others} == {TWO}
    assert slow.served == [1, 2, 2, 1]


def test_who_is_served_goes_at_once_also_while_the_next_are_served(house: BookingHouse, slow: Slow) -> None:
    reception = Reception(house.service, house.voice)
    with ThreadPoolExecutor(4) as residents:
        first = residents.submit(reception.book, "lunch", wish())
        slow.until_a_turn_begins()
        two = [residents.submit(reception.book, "lunch", wish()) for _ in range(2)]
        until_they_wait(reception, 2)
        slow.let_go.release()
        slow.until_a_turn_begins()
        last = residents.submit(reception.book, "lunch", wish())
        until_they_wait(reception, 1)
        slow.let_go.release()
        slow.until_a_turn_begins()  # that of the last one, which is not let go yet
        assert [made.result(timeout=10).party for made in (first, *two)] == [TWO] * 3
        assert not last.done()
        slow.let_go.release()
        assert last.result().party == TWO


def test_nobody_sleeps_for_ever_if_who_serves_breaks_off(
    house: BookingHouse, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    reception = Reception(house.service, house.voice)
    with ThreadPoolExecutor(4) as residents:
        first = residents.submit(reception.book, "lunch", wish())
        slow.until_a_turn_begins()
        others = [residents.submit(reception.book, "lunch", wish()) for _ in range(3)]
        until_they_wait(reception, 3)
        monkeypatch.setattr(reception_module, "book_all", broken_off)
        slow.let_go.release()
        assert {type(made.exception(timeout=10)) for made in others} == {KeyboardInterrupt, RuntimeError}
        first.exception(timeout=10)
    monkeypatch.undo()
    assert reception.book("lunch", wish()).party == TWO


def broken_off(*_asked: object) -> list[Answer]:
    raise KeyboardInterrupt


def test_a_quiet_reception_serves_again(house: BookingHouse) -> None:
    house.announce()
    reception = Reception(house.service, house.voice)
    with pytest.raises(UnknownMeal):
        reception.book("nowhere", wish())
    assert [reception.book("lunch", wish()).party for _ in range(2)] == [TWO, TWO]


def test_what_cannot_be_made_together_is_made_alone(house: BookingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house.announce()
    reception = Reception(house.service, house.voice)

    def unless_one_is_odd(service: object, voice: object, requests: list[Asked], limits: Limits) -> list[Answer]:
        if any(one.sitting == "odd" for one in requests):
            raise ZeroDivisionError
        return book_all(house.service, house.voice, requests)

    monkeypatch.setattr(reception_module, "book_all", unless_one_is_odd)
    company = [Guest(asked=asked(sitting, wish())) for sitting in ("lunch", "odd", "lunch")]
    reception._serve(company)
    assert [type(guest.answer) for guest in company] == [Booking, ZeroDivisionError, Booking]


def test_while_the_database_is_away_everybody_is_told_at_once(
    house: BookingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def away(service: object, voice: object, requests: list[Asked], limits: Limits) -> list[Answer]:
        tries.append(len(requests))
        raise sa.exc.TimeoutError

    monkeypatch.setattr(reception_module, "book_all", away)
    company = [Guest(asked=asked("lunch", wish())) for _ in range(3)]
    Reception(house.service, house.voice)._serve(company)
    assert tries == [3]
    assert all(isinstance(guest.answer, sa.exc.TimeoutError) for guest in company)


def test_an_error_is_raised_to_who_asked(house: BookingHouse) -> None:
    with pytest.raises(BookingError):
        Reception(house.service, house.voice).book("nowhere", wish())
