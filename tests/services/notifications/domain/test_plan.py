"""The rule of planning, in itself: the clock's changes, and whatever order things are heard in."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import AFTER_THE_MEAL, Letter, LetterKind, LetterState
from services.notifications.domain.plan import plan, reminder_at, reminder_until
from shared.contracts.booking import Attended, BookingStatus
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.contracts.sitting import SittingStatus
from tests.services.notifications.domain.facts import BOOKING, SITTING, sitting_on

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        (date(2026, 3, 29), "Europe/Paris", datetime(2026, 3, 28, 15, 0, tzinfo=UTC)),  # the night with 2:00 to 3:00
        (date(2026, 3, 30), "Europe/Paris", datetime(2026, 3, 29, 14, 0, tzinfo=UTC)),
        (date(2026, 10, 25), "Europe/Paris", datetime(2026, 10, 24, 14, 0, tzinfo=UTC)),  # the night with 3:00 to 2:00
        (date(2026, 10, 26), "Europe/Paris", datetime(2026, 10, 25, 15, 0, tzinfo=UTC)),
        (date(2026, 11, 27), "Indian/Reunion", datetime(2026, 11, 26, 12, 0, tzinfo=UTC)),
        (date(2026, 10, 25), "Indian/Reunion", datetime(2026, 10, 24, 12, 0, tzinfo=UTC)),
        (date(2026, 11, 27), "America/Cayenne", datetime(2026, 11, 26, 19, 0, tzinfo=UTC)),
        (date(2026, 11, 27), "Asia/Kolkata", datetime(2026, 11, 26, 10, 30, tzinfo=UTC)),  # half an hour aside
        (
            date(2026, 4, 5),
            "Australia/Lord_Howe",
            datetime(2026, 4, 4, 5, 0, tzinfo=UTC),
        ),  # half an hour back
        (date(2026, 4, 6), "Australia/Lord_Howe", datetime(2026, 4, 5, 5, 30, tzinfo=UTC)),
    ],
)
def test_a_reminder_is_due_at_16_on_the_day_before_as_the_cantines_clock_shows_it(
    day: date, zone: str, moment: datetime
) -> None:
    assert reminder_at(sitting_on(day, zone=zone)) == moment


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 27)])
def test_a_reminder_is_useful_to_cooks_until_cooking_starts_and_to_others_until_two_hours_before(day: date) -> None:
    sitting = sitting_on(day, cooking_starts=time(9, 30))
    cook = replace(BOOKING, party=Party(cooks=1, eaters=3))
    assert reminder_until(cook, sitting) == sitting.starts_at - timedelta(hours=3)
    assert reminder_until(BOOKING, sitting) == sitting.starts_at - timedelta(hours=2)


def test_a_brunch_on_the_night_the_clock_changes_has_its_times_as_the_clock_shows_them() -> None:
    brunch = sitting_on(date(2026, 10, 25), time(10, 30), cooking_starts=time(1, 30))
    cook = replace(BOOKING, party=Party(cooks=1))
    assert reminder_until(cook, brunch) == datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    assert brunch.starts_at == datetime(2026, 10, 25, 9, 30, tzinfo=UTC)


def test_an_e_mail_is_preferred_to_an_sms() -> None:
    by_kind = {letter.kind: letter.channel for letter in plan(BOOKING, SITTING, [], MORNING)}
    assert set(by_kind.values()) == {"email"}
    assert {letter.channel for letter in plan(replace(BOOKING, email=None), SITTING, [], MORNING)} == {"sms"}


def test_a_letter_that_waits_for_another_attempt_keeps_its_time() -> None:
    (confirmation, *_) = plan(BOOKING, SITTING, [], MORNING)
    tried = replace(confirmation, attempts=2, due_at=MORNING + timedelta(minutes=1))
    again = plan(BOOKING, SITTING, [tried], MORNING + timedelta(seconds=5))
    assert tried.key not in {letter.key for letter in again}


def test_a_letter_that_failed_for_good_is_not_planned_again() -> None:
    letters = [replace(one, state=LetterState.FAILED, reason="SMTP 550") for one in plan(BOOKING, SITTING, [], MORNING)]
    assert plan(BOOKING, SITTING, letters, MORNING) == []


@given(
    days=st.integers(1, 7),
    at=st.times(time(8), time(20, 59)).map(lambda one: one.replace(second=0, microsecond=0)),
    day=st.dates(date(2026, 1, 10), date(2027, 12, 31)),
    zone=st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Cayenne", "Asia/Kolkata", "Australia/Lord_Howe"]),
)
def test_whatever_a_cantine_chooses_its_own_clock_shows_it(days: int, at: time, day: date, zone: str) -> None:
    sitting = sitting_on(day, zone=zone)
    sitting = replace(sitting, cantine=replace(sitting.cantine, reminder_days=days, reminder_at=at))
    local = reminder_at(sitting).astimezone(sitting.zone)
    assert (local.date(), local.time()) == (day - timedelta(days=days), at)


bookings = st.builds(
    lambda status, news, why, cooks, way, unanswered, attended: replace(
        BOOKING,
        status=status,
        news=news,
        why=why,
        party=Party(cooks=cooks, eaters=1),
        email=way,
        unanswered=unanswered,
        attended=attended,
    ),
    st.sampled_from(BookingStatus),
    st.integers(1, 4),
    st.sampled_from([None, None, Why.SITTING_CANCELLED, Why.PARTY_TOO_LARGE]),
    st.integers(0, 1),
    st.sampled_from(["camille@example.org", None]),
    st.booleans(),
    st.sampled_from([None, *Attended]),
)
sittings = st.builds(
    lambda hours, status: replace(
        SITTING,
        starts_at=SITTING.starts_at + timedelta(hours=hours),
        status=status,
        cantine=replace(SITTING.cantine, thanks=True),
    ),
    st.integers(-2, 2),
    st.sampled_from([SittingStatus.OPEN, SittingStatus.OPEN, SittingStatus.CANCELLED]),
)
steps = st.lists(st.tuples(bookings, sittings, st.integers(0, 2000), st.booleans()), min_size=1, max_size=8)


@given(steps)
def test_whatever_is_heard_nothing_is_written_twice_and_nothing_unwanted_waits(
    steps: list[tuple[Booking, Sitting, int, bool]],
) -> None:
    known: dict[str, Letter] = {}
    sent: list[str] = []
    now = MORNING
    for booking, sitting, minutes, send in steps:
        now += timedelta(minutes=minutes)
        known |= {letter.key: letter for letter in plan(booking, sitting, list(known.values()), now)}
        waiting = [letter for letter in known.values() if letter.waits]
        others = {LetterKind.REMINDER, LetterKind.MOVED, *AFTER_THE_MEAL}
        standing = [letter for letter in waiting if letter.kind not in others]
        assert plan(booking, sitting, list(known.values()), now) == []  # planning is done in one go
        assert len(standing) <= 1
        assert all(now <= letter.latest_at for letter in waiting)
        if booking.status is not BookingStatus.CONFIRMED or sitting.cancelled:
            assert waiting == standing
        if send:
            for letter in waiting:
                if letter.due_at <= now:
                    sent.append(letter.key)
                    known[letter.key] = replace(
                        letter, state=LetterState.SENT, called_at=now, starts_at=sitting.starts_at
                    )
    assert len(sent) == len(set(sent))
    assert sum(key.split(":")[1] in AFTER_THE_MEAL for key in sent) <= 1


NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 3:00 in Paris
BREAKFAST = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
BY_SMS = replace(BOOKING, email=None, news=2)
DAYS_LATER = sitting_on(date(2026, 11, 30))


def told(kind: LetterKind, booking: Booking, sitting: Sitting) -> Letter:
    """A letter that this guest has had."""
    (letter,) = (one for one in plan(booking, sitting, [], NIGHT - timedelta(days=2)) if one.kind is kind)
    sent_at = NIGHT - timedelta(days=2)
    return replace(letter, state=LetterState.SENT, taken_at=sent_at, starts_at=sitting.starts_at)


def due(kind: LetterKind, booking: Booking, sitting: Sitting, *known: Letter, now: datetime = NIGHT) -> datetime:
    """When a letter leaves that is planned now."""
    (letter,) = (one for one in plan(booking, sitting, list(known), now) if one.kind is kind)
    assert (letter.state is LetterState.PLANNED) == (letter.due_at > now)
    return letter.due_at


WAITING = told(LetterKind.WAITLISTED, replace(BY_SMS, status=BookingStatus.WAITLISTED, news=1), DAYS_LATER)


def test_whose_turn_comes_at_night_is_told_by_sms_in_the_morning() -> None:
    assert due(LetterKind.CONFIRMED, BY_SMS, DAYS_LATER, WAITING) == BREAKFAST
    assert due(LetterKind.CONFIRMED, replace(BY_SMS, email="c@example.org"), DAYS_LATER, WAITING) == NIGHT
    full = replace(BY_SMS, status=BookingStatus.REFUSED)
    assert due(LetterKind.FULL, full, DAYS_LATER, WAITING) == BREAKFAST


def test_who_books_at_night_or_says_yes_is_told_at_once() -> None:
    assert due(LetterKind.CONFIRMED, BY_SMS, DAYS_LATER) == NIGHT
    offered = replace(BY_SMS, status=BookingStatus.OFFERED, offer_until=NIGHT + timedelta(days=1), news=1)
    offer = told(LetterKind.OFFER, offered, DAYS_LATER)
    assert due(LetterKind.CONFIRMED, BY_SMS, DAYS_LATER, WAITING, replace(offer, taken_at=NIGHT)) == NIGHT


def test_an_offer_that_passes_with_the_evening_is_told_in_the_morning() -> None:
    passed = replace(BY_SMS, status=BookingStatus.WAITLISTED, why=Why.OFFER_EXPIRED)
    assert due(LetterKind.OFFER_PASSED, passed, DAYS_LATER, WAITING) == BREAKFAST


def test_a_turn_that_comes_in_the_night_before_cooking_is_told_at_once() -> None:
    today = sitting_on(date(2026, 11, 24), cooking_starts=time(9, 30))
    assert due(LetterKind.CONFIRMED, BY_SMS, today, WAITING) == BREAKFAST
    assert due(LetterKind.CONFIRMED, replace(BY_SMS, party=Party(cooks=1)), today, WAITING) == NIGHT


def test_a_meal_moved_at_night_rings_no_telephone_before_the_morning() -> None:
    confirmed = told(LetterKind.CONFIRMED, BY_SMS, DAYS_LATER)
    moved = sitting_on(date(2026, 11, 30), time(13, 30))
    assert due(LetterKind.MOVED, BY_SMS, moved, confirmed) == BREAKFAST
    soon = sitting_on(date(2026, 11, 24), time(10, 0))
    assert due(LetterKind.MOVED, BY_SMS, soon, confirmed) == NIGHT + timedelta(minutes=2)
