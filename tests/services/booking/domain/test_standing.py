"""What became of a booking, whatever is wished and answered in whatever order."""

from datetime import UTC, datetime
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.booking import Booking, cancel, change_party, new_booking
from services.booking.domain.contact import Contact
from services.booking.domain.errors import AlreadyCancelled
from services.booking.domain.standing import hear, outcome, tell
from services.booking.domain.wish import Wish
from shared.contracts.booking import BookingStatus
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import SeatsAnswer, Standing, Why

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ZOE = Contact(name="Zoé", email="zoe@example.org", phone=None, language="fr")
PARTIES = st.builds(Party, cooks=st.integers(0, 2), eaters=st.integers(1, 3), children=st.integers(0, 1))


def booked(party: Party) -> Booking:
    return new_booking("b", "lunch", Wish(party=party, contact=ZOE), NOW, 1)


def answers(wishes: st.SearchStrategy[int]) -> st.SearchStrategy[SeatsAnswer]:
    return st.builds(
        SeatsAnswer,
        thing=st.just("b"),
        revision=st.integers(1, 20),
        answers=wishes,
        sitting=st.just("lunch"),
        standing=st.sampled_from(list(Standing)),
        held=PARTIES,
        wished=PARTIES,
        asked_at=st.just(NOW),
        why=st.none() | st.sampled_from(list(Why)),
    )


@given(PARTIES, st.lists(answers(st.just(1)), max_size=4, unique_by=lambda answer: answer.revision))
def test_the_latest_answer_counts_in_whatever_order_they_come(party: Party, heard: list[SeatsAnswer]) -> None:
    released = [answer for answer in heard if answer.standing is Standing.RELEASED]
    if released:  # capacity releases only what its guest has cancelled, and that is final
        heard = [answer for answer in heard if answer.revision <= released[0].revision]
    ends = set()
    for order in permutations(heard):
        booking = booked(party)
        for answer in order:
            booking = hear(booking, answer, NOW)
        ends.add((booking.answer, outcome(booking).status))
    assert len(ends) == 1 or released


@given(PARTIES, PARTIES, answers(st.integers(1, 2)))
def test_nobody_is_told_before_the_present_wish_is_answered(party: Party, other: Party, answer: SeatsAnswer) -> None:
    booking = change_party(booked(party), other, NOW, 2)
    heard = hear(booking, answer, NOW)
    told = tell(heard, 9)
    if answer.answers < booking.revision:
        assert told == heard and outcome(heard).checking
        assert outcome(heard).status in {BookingStatus.REQUESTED, BookingStatus.CONFIRMED}
    else:
        again = tell(told, 10)
        assert (told.news, told.notice_revision) == (9, 9)
        assert again.news == 9
        assert again.notice_revision == (9 if told.cancelled_at else 10)  # what is cancelled is said once


@given(PARTIES, st.lists(answers(st.integers(1, 9)), max_size=4))
def test_cancelled_is_for_ever(party: Party, heard: list[SeatsAnswer]) -> None:
    booking = cancel(booked(party), NOW, 2)
    for answer in heard:
        booking = hear(booking, answer, NOW)
    assert outcome(booking).status is BookingStatus.CANCELLED
    assert booking.wish == NOBODY and booking.party == party
    try:
        change_party(booking, party, NOW, 50)
    except AlreadyCancelled:
        pass
    else:
        raise AssertionError("a cancelled booking was changed")


@given(PARTIES, answers(st.integers(1, 9)))
def test_an_answer_is_never_older_than_the_wish_it_reveals(party: Party, answer: SeatsAnswer) -> None:
    booking = hear(booked(party), answer, NOW)
    assert booking.revision == max(1, answer.answers)
    assert not outcome(booking).checking
