"""A guest who waits is asked whether they still want to come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.notifications.domain.letter import TOO_LATE, Letter, LetterKind, LetterState
from services.notifications.domain.plan import plan
from shared.contracts.booking import BookingStatus
from shared.contracts.seats import Why
from tests.services.notifications.domain.facts import BOOKING, SITTING

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)  # 22:00 in Lyon
MORNING = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
ASKED = replace(BOOKING, status=BookingStatus.OFFERED, offer_until=NOON + timedelta(hours=2))
BY_SMS = replace(ASKED, email=None, offer_until=MORNING + timedelta(hours=2))


def only(letters: list[Letter]) -> Letter:
    (letter,) = letters
    return letter


def test_they_are_asked_at_once_and_only_while_it_is_useful() -> None:
    letter = only(plan(ASKED, SITTING, [], NOON))
    assert (letter.kind, letter.due_at, letter.latest_at) == (LetterKind.OFFER, NOON, ASKED.offer_until)
    assert plan(ASKED, SITTING, [], NOON + timedelta(hours=3)) == []


def test_a_letter_about_an_offer_that_is_over_does_not_leave() -> None:
    letter = only(plan(ASKED, SITTING, [], NOON))
    dropped = only(plan(ASKED, SITTING, [letter], NOON + timedelta(hours=3)))
    assert (dropped.state, dropped.reason) == (LetterState.DROPPED, TOO_LATE)


def test_no_telephone_rings_at_night_unless_the_offer_ends_with_it() -> None:
    letter = only(plan(BY_SMS, SITTING, [], NIGHT))
    assert (letter.due_at, letter.state) == (MORNING, LetterState.PLANNED)
    assert only(plan(replace(ASKED, offer_until=BY_SMS.offer_until), SITTING, [], NIGHT)).due_at == NIGHT
    assert only(plan(replace(BY_SMS, offer_until=MORNING), SITTING, [], NIGHT)).due_at == NIGHT


def test_each_offer_is_told_once_and_what_follows_takes_its_place() -> None:
    letter = only(plan(ASKED, SITTING, [], NOON))
    assert plan(ASKED, SITTING, [letter], NOON) == []
    another = plan(replace(ASKED, news=2), SITTING, [replace(letter, state=LetterState.SENT)], NOON)
    assert only(another).key != letter.key
    confirmed = replace(ASKED, status=BookingStatus.CONFIRMED, news=2, offer_until=None)
    kinds = {one.kind: one.state for one in plan(confirmed, SITTING, [letter], NOON)}
    assert (kinds[LetterKind.OFFER], kinds[LetterKind.CONFIRMED]) == (LetterState.DROPPED, LetterState.DUE)


def test_who_did_not_answer_is_told_how_to_come_back_and_who_said_no_is_left_in_peace() -> None:
    refused = replace(BOOKING, status=BookingStatus.REFUSED, news=3)
    assert only(plan(replace(refused, why=Why.OFFER_EXPIRED), SITTING, [], NOON)).kind is LetterKind.OFFER_PASSED
    assert plan(replace(refused, why=Why.OFFER_DECLINED), SITTING, [], NOON) == []
