"""A usual place fits into its share, and rests after two absences in a row that can no longer be corrected."""

from datetime import UTC, datetime, time, timedelta

import pytest

from services.booking.domain.usual import Kept, Usual, fits, is_to_rest
from shared.contracts.party import Party

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BEGUN = NOW - timedelta(days=60)
TUESDAYS = Usual(
    id="u",
    person="p",
    cantine="lyon-saone",
    weekday=1,
    meal_starts=time(12, 30),
    party=Party(eaters=2),
    since=BEGUN,
    resumed_at=BEGUN,
)


@pytest.mark.parametrize(
    ("seats", "taken", "share", "fit"),
    [(34, 0, 25, True), (34, 6, 25, True), (34, 7, 25, False), (8, 0, 25, True), (7, 0, 25, False), (34, 0, 0, False)],
)
def test_a_usual_place_fits_into_the_share(seats: int, taken: int, share: int, fit: bool) -> None:
    assert fits(Party(eaters=2), seats, taken, share) is fit


def kept(days_ago: float, came: bool | None) -> Kept:
    return Kept(starts_at=NOW - timedelta(days=days_ago), came=came)


@pytest.mark.parametrize(
    ("meals", "rests"),
    [
        ([kept(14, False), kept(7, False)], True),
        ([kept(21, False), kept(14, True), kept(7, False)], False),
        ([kept(14, False), kept(7, True)], False),
        ([kept(14, False)], False),
        ([kept(8, False), kept(1, False)], False),  # the last can still be corrected
        ([kept(21, False), kept(14, None), kept(7, False)], True),  # a meal without check-in says nothing
        ([kept(70, False), kept(63, False)], False),  # before it began
    ],
)
def test_it_rests_after_two_absences_in_a_row(meals: list[Kept], rests: bool) -> None:
    assert is_to_rest(TUESDAYS, meals, NOW) is rests


def test_when_it_is_resumed_earlier_absences_no_longer_count() -> None:
    meals = [kept(14, False), kept(7, False)]
    assert not is_to_rest(TUESDAYS.paused(NOW), meals, NOW)  # it rests already
    again = TUESDAYS.paused(NOW).resumed(NOW)
    assert again.paused_at is None
    assert not is_to_rest(again, meals, NOW)


def test_its_booking_has_the_same_id_however_often_it_is_made() -> None:
    assert TUESDAYS.booking_id("s") == TUESDAYS.booking_id("s") != TUESDAYS.booking_id("t")
